"""Where a report is from that names no place for what it tells: the town of its dateline, or of the police that tell it.

A desk leaves out where, if that is where it writes. So the town stands for the place only where no happening of the report
has one of its own, and only as "near": a police's ground and a newsroom's reach beyond the town.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.where import FINE, Place, Precision
from crossbearing.resolve.place.asides import datelines
from crossbearing.resolve.place.placing import near
from crossbearing.resolve.place.spoken_of import PlaceContext
from crossbearing.resolve.place.where import Places

REACH_KM = 25.0
"""How far from the town: a district's or county's police."""
SURE = 0.5
"""What is left of the sureness of the name: a judgement."""
_POLICE = re.compile(
    r"(?P<town>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}) (?:[Cc]ity |[Mm]etropolitan |[Cc]ounty )?"
    r"(?:[Pp]olice\b|[Ss]heriff\b|[Ff]ire (?:[Dd]epartment|[Cc]hief)\b|[Cc]oroner\b)"
)
_POLICE_IN = re.compile(
    r"\b(?:[Pp]olice|[Ff]irefighters)(?: (?:officers?|officials?|spokes(?:man|woman)|chief|detectives))? (?:in|of) "
    r"(?P<town>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2})"
)


def filed(document: Document, places: Places, context: PlaceContext) -> Stated[Place] | None:
    """The town that a report is from, as a place near which it happened; None where no words say, or no table knows it."""
    for span in (*datelines(document), *police(document)):
        found = places.locate(document, Mention(span, MentionKind.PLACE), context)
        if found and found.value.precision in FINE:
            return Stated(around(found.value), found.evidence, places.step.id, round(found.score * SURE, 4))
    return None


def around(place: Place) -> Place:
    """A town, and what its police and its newsroom reach."""
    reach = max(REACH_KM, place.radius_km or 0.0)
    return replace(place, name=near(place.name), precision=Precision.NEAR, radius_km=reach)


def police(document: Document) -> Iterator[Span]:
    """The names before the article's words for police; of "On Sunday Mosul police" the later words too."""
    title = document.metadata.title
    for run in (*((title.span,) if title and title.span else ()), *document.article()):
        for match in _POLICE.finditer(document.text, run.start, run.end):
            start, end = match.span("town")
            yield Span(start, end)
            while (blank := document.text.find(" ", start, end)) > 0:
                start = blank + 1
                yield Span(start, end)
        for match in _POLICE_IN.finditer(document.text, run.start, run.end):
            yield Span(*match.span("town"))
