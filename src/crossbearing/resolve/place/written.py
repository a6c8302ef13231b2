"""A place that no table knows, by its own name: as finely as the words say what it lies in, or near.

"The village of X in Y province" is X, somewhere in Y: the point and the radius are Y's. "X, 30 km north of Y" lies as near to Y
as that says, and a village that only a town is named beside lies around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.where import COARSE, FINENESS, Place, Precision
from crossbearing.resolve.place import toponym
from crossbearing.resolve.place.toponym import Feature, Toponym

SURE = 0.8
"""What is left of the sureness of the place that it lies in."""
TOLD_BEFORE = 0.6
"""And where that place was told of in an earlier sentence."""
AROUND_KM = 20.0
"""How far from a town a village lies that is told beside it."""
_QUARTERS_KM = 7.0
"""A town that reaches so far is one in which a bare name is a quarter's."""
_WIDEST_KM = 400.0
"""A part of a country that reaches farther says little more than the country."""
_REACH = 140
"""Characters behind a name in which the words say what it lies in."""
_MOST = 80
"""Names that are asked for before it; what was told of longer ago is forgotten."""
_WIDE = (Precision.DISTRICT, *COARSE)
Locate = Callable[[Mention], Stated[Place] | None]


def as_written(
    document: Document,
    name: Mention,
    words: Toponym,
    sentence: Span,
    others: Iterable[Stated[Place]],
    locate: Locate,
    home: str | None,
) -> Stated[Place] | None:
    """The place that a name stands for which no table knows; None where the words put it in nothing that is known.

    `others`: the other places of its happening; `home`: the country that the document speaks of most.
    """
    behind = list(_behind(document.text, words.span, sentence, locate))
    wide = [p for p in others if p.value.precision in _WIDE]
    if any(p.value.precision not in _WIDE and p.value.id not in {b.value.id for b in behind} for p in others):
        return None  # a town that it does not lie in says more
    coarse = [p.value for p in wide if p.value.precision in COARSE]
    behind = [p for p in behind if p.value.precision in COARSE or all(holds(w, p.value) for w in coarse)]
    found = min((*behind, *wide), key=lambda p: (FINENESS[p.value.precision], p.value.radius_km or 9e9), default=None)
    if found is None or found.value.precision is Precision.COUNTRY:
        town = is_of_a_town(name, words)
        told = _told_before(document, words.span.start, locate, found.value.country if found else home, town)
        found = told or found
    return within(name, words, found) if found else None


def is_of_a_town(name: Mention, words: Toponym) -> bool:
    """Whether a name is that of a site or a quarter, which lies within the town that is named beside it."""
    return name.kind is MentionKind.FACILITY or words.feature in (Feature.SITE, Feature.AIRFIELD, Feature.QUARTER)


def holds(wide: Place, fine: Place) -> bool:
    """Whether the finer place can lie in the wider one."""
    if wide.precision is Precision.COUNTRY:
        return fine.country is None or wide.country == fine.country
    if wide.country and fine.country and wide.country != fine.country:
        return False
    away = wide.km(fine)
    # A division is no circle: its radius holds nine in ten of its towns, so a quarter more is let in.
    return away is not None and away <= 1.25 * (wide.radius_km or 0.0) + (fine.radius_km or 0.0)


def within(name: Mention, words: Toponym, holder: Stated[Place]) -> Stated[Place]:
    """A name's place somewhere in, or beside, one that is known."""
    settled = words.feature in (Feature.TOWN, Feature.VILLAGE)
    called = " ".join((words.core if settled else words.full).split())
    place = replace(holder.value, name=f"{called} ({holder.value.name})")
    site = is_of_a_town(name, words)
    if not site:
        place = replace(place, id=f"as written:{called.lower()}")
    if place.precision is Precision.TOWN and not site and (place.radius_km or 0.0) < _QUARTERS_KM:
        place = replace(place, precision=Precision.NEAR, radius_km=max(AROUND_KM, place.radius_km or 0.0))
    elif place.precision is Precision.EXACT:
        place = replace(place, precision=Precision.NEAR, radius_km=max(5.0, place.radius_km or 0.0))
    return Stated(place, (words.span, *holder.evidence), holder.step, round(holder.score * SURE, 4))


def _behind(text: str, name: Span, sentence: Span, locate: Locate) -> Iterator[Stated[Place]]:
    """What the words right behind a name say that it lies in, or near: each in the one behind it."""
    for _, span in toponym.behind(text, name.end, min(sentence.end, name.end + _REACH), sentence):
        if found := locate(Mention(span, MentionKind.PLACE)):
            yield found


def _told_before(document: Document, end: int, locate: Locate, country: str | None, town: bool) -> Stated[Place] | None:
    """The part of the country that was told of last before: in an earlier sentence, the dateline or the headline; or the town
    that an item of a list begins with. `town`: or any town, as of a quarter or a hospital that lies in one."""
    text, title = document.text, document.metadata.title
    runs = [*((title.span,) if title and title.span else ()), *document.article()]
    spans = {span for run in runs for span in toponym.names(text, run.start, min(run.end, end))}
    later: tuple[Span, Stated[Place]] | None = None
    for span in sorted(spans, reverse=True)[:_MOST]:
        if later and not toponym.is_held(text, span.end, later[0].start):
            break
        found = locate(Mention(span, MentionKind.PLACE))
        if later and (found is None or not _is_wide(found.value) or not holds(later[1].value, found.value)):
            break
        if found is None or (country and found.value.country != country) or found.value.precision is Precision.COUNTRY:
            continue
        settled = town and found.value.precision in (Precision.TOWN, Precision.NEAR)
        if _is_wide(found.value):
            later = span, found  # "in X district, Y": the finer one before it says more
        elif settled or (text.startswith((": ", ". "), span.end) and "\n" not in text[span.end : end]):
            return replace(found, score=found.score * TOLD_BEFORE)
    return replace(later[1], score=later[1].score * TOLD_BEFORE) if later else None


def _is_wide(place: Place) -> bool:
    """Whether a place is a part of a country that says more than the country."""
    return place.precision in _WIDE and (place.radius_km or 0.0) <= _WIDEST_KM
