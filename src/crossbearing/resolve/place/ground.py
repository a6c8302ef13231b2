"""The ground of a report: the towns that it speaks of, in their order, for a deed that is told without a place of its own.

"Soldiers entered X. They shot forty men": a reader takes such a deed to be where the text just was. So its place is that of its
own sentence; else the last one of its paragraph, if no other deed was there; else the only town that was spoken of so far, be it
that of the dateline. A village that no table knows lies among the towns of its report, where these lie close to each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crossbearing.model.mention import Happening, Mention, MentionKind, Reading, RoleName
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.where import FINE, Place, Precision
from crossbearing.resolve.place.asides import bears_a_name, datelines, is_aside, is_elsewhere, is_told_from
from crossbearing.resolve.place.filed import around, police
from crossbearing.resolve.place.gazetteer import Kind
from crossbearing.resolve.place.placing import as_place, near
from crossbearing.resolve.place.spoken_of import NAMED, PlaceContext
from crossbearing.resolve.place.toponym import is_street
from crossbearing.resolve.place.where import Places
from crossbearing.resolve.place.written import SURE, holds
from crossbearing.words.names import fold

HERE, BEFORE = 0.8, 0.6
"""What is left of the sureness of a place of the same sentence, and of one told before."""
ONE_TOWN_KM = 30.0
"""Names within so many km of each other are of one town and what lies around it."""
AMONG_KM = 80.0
"""So far from their middle the towns lie at most of a report that is of one country-side."""
ANOTHER_KM = 60.0
"""So far from the towns of a report a town lies that only gives its name to a street."""
BESIDE_KM = 50.0
"""How far a village lies from the town that was spoken of just before it."""
BEYOND_KM = 30.0
"""And so far beyond them a village of it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that the report speaks of."""

    span: Span
    place: Stated[Place]
    there: bool
    """Whether words say that something is there, or came there: "in X", "entered X"."""
    told_from: bool = False
    """Whether it is where one wrote, or spoke."""


class Ground:
    """The towns that a report speaks of."""

    def __init__(self, document: Document, reading: Reading, places: Places, context: PlaceContext) -> None:
        self.document, self.reading, self.places, self.context = document, reading, places, context

    def here(self, happening: Happening, taken: Collection[Span], within: Place | None) -> Stated[Place] | None:
        """The place that its sentence names nearest to it, be it no part of its telling."""
        text, sentence, at = self.document.text, happening.sentence, happening.trigger.start
        own = [m.span for m in happening.role(RoleName.PLACE)]
        spots = [
            s for s in self.spots
            if sentence.holds(s.span) and s.there and not s.told_from
            and not any(s.span.meets(one) for one in (*own, *taken))
            and not is_aside(text, happening, s.span) and (within is None or holds(within, s.place.value))
        ]  # fmt: skip
        spot = min(spots, key=lambda s: abs(s.span.start - at), default=None)
        return replace(spot.place, score=spot.place.score * HERE) if spot else None

    def same(self, happening: Happening, told: Sequence[Stated[Place]]) -> Stated[Place] | None:
        """The place that was told of last before it, where its sentence says that it was the same: "in the same district"."""
        again = _SAME.search(self.document.text, happening.sentence.start, happening.sentence.end) if told else None
        if again is None or any(happening.sentence.start <= s.span.start < again.start() for s in self.spots):
            return None
        before = Span(happening.sentence.start, again.start())
        if again.group().endswith("ere") and any(m.kind in _LANDS for m in self.context.meeting(before)):
            return None  # "in Syria ... its campaign there"
        return replace(told[-1], score=told[-1].score * BEFORE)

    def before(self, sentence: Span, taken: Collection[Span]) -> Stated[Place] | None:
        """The last place that its paragraph named before it, where no other deed was there."""
        start = self.paragraph(sentence.start)
        told = [s for s in self.spots if start <= s.span.start and s.span.end <= sentence.start]
        last = told[-1] if told else None
        if last is None or not last.there or self.far_seat(last) or any(last.span.meets(one) for one in taken):
            return None
        return replace(last.place, score=last.place.score * BEFORE)

    def only(self, sentence: Span, indoors: bool = False) -> Stated[Place] | None:
        """The one town that the report spoke of up to a sentence, its dateline and headline with it, and what lies around it; or
        what a field of its head says. `indoors`: whether it was in a street or a house, which lies in the very town."""
        if _ELSEWHERE.match(self.document.text, sentence.start) or _EVERYWHERE.search(sentence.of(self.document.text)):
            return None
        told = [s for s in self.spots if s.span.start < sentence.start or (s.told_from and sentence.holds(s.span))]
        told = told or [s for s in self.spots if s.span.start >= sentence.end]
        told = [s for s in told if indoors or not self.far_seat(s)]
        told = [s for s in told if _FIELD.search(self.document.text, max(0, s.span.start - 60), s.span.start)][-1:] or told
        first = told[0].place if told else None
        if first is None or any((s.place.value.km(first.value) or 0.0) > ONE_TOWN_KM for s in told):
            return None
        finest = min((s.place for s in told), key=lambda p: p.value.radius_km or 9e9)
        return replace(finest, value=around(finest.value), score=finest.score * BEFORE)

    def among(self, wide: Place) -> Stated[Place] | None:
        """What lies around the towns within a wider place that a report speaks of, where they lie close to each other."""
        told = {s.place.value.id: s.place for s in self.spots if _within(s.place.value, wide) and not self.far_seat(s)}
        points = [(p.latitude, p.longitude) for found in told.values() if (p := found.value).latitude and p.longitude]
        if not points:
            return None
        nearest = next(iter(told.values()))
        middle = replace(
            nearest.value,
            latitude=round(sum(lat for lat, _ in points) / len(points), 4),
            longitude=round(sum(lon for _, lon in points) / len(points), 4),
        )
        reach = max(middle.km(found.value) or 0.0 for found in told.values())
        if reach > AMONG_KM:
            return None
        nearest = min(told.values(), key=lambda found: middle.km(found.value) or 0.0)
        name, radius = near(nearest.value.name), round(reach + BEYOND_KM, 1)
        precision = Precision.DISTRICT if radius <= 60 else Precision.REGION
        place = replace(middle, id=nearest.value.id, name=name, precision=precision, radius_km=radius)
        return Stated(place, nearest.evidence, nearest.step, nearest.score * BEFORE)

    def division(self, wide: Place) -> Stated[Place] | None:
        """The first-order division of a country in which most of the towns lie that a report speaks of."""
        told = {s.place.value.id: s.place for s in self.spots if _within(s.place.value, wide) and not self.far_seat(s)}
        lying = Counter((p.value.country, p.value.admin1) for p in told.values() if p.value.admin1)
        (country, name), count = lying.most_common(1)[0] if lying else ((None, None), 0)
        if wide.precision is not Precision.COUNTRY or name is None or count < 2 or 2 * count <= len(told):
            return None
        named = self.places.gazetteer.candidates(name, country)
        home = next((as_place(c) for c in named if c.kind is Kind.ADMIN1 and c.exact), None)
        one = next(p for p in told.values() if p.value.admin1 == name)
        return Stated(home, one.evidence, one.step, one.score * BEFORE) if home else None

    def village(self, name: Stated[Place], sentence: Span) -> Stated[Place] | None:
        """Where a name lies that no table knows, and of which the words say no more than the country: by the town that its
        paragraph has just named, else among those of the report."""
        house = next((e for e in name.evidence if isinstance(e, Span) and bears_a_name(self.document.text, e)), None)
        told = self.only(sentence, True) if house else None
        if told is None and (told := self.before(sentence, ())):
            told = replace(told, value=replace(around(told.value), precision=Precision.DISTRICT, radius_km=BESIDE_KM))
        if told is None or not _within(told.value, name.value):
            told = self.among(name.value) or self.division(name.value)
        if told is None:
            return None
        called = f"{name.value.name.partition(' (')[0]} ({told.value.name})"
        place = replace(told.value, id=name.value.id, name=called)
        return Stated(place, (*name.evidence, *told.evidence), told.step, round(told.score * SURE, 4))

    def far_seat(self, spot: Spot) -> bool:
        """Whether it is a capital in which one only writes or speaks: what is told from there may be anywhere in the country."""
        return spot.told_from and self.places.is_seat(spot.place.value)

    def paragraph(self, at: int) -> int:
        """Where the paragraph begins that an offset lies in; a line that no sentence ends is no paragraph."""
        breaks = [m.end() for m in _BREAK.finditer(self.document.text, 0, at)]
        return breaks[-1] if breaks else 0

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """What it speaks of, in the order of the text, without those of somebody's life and where the hurt were brought."""
        found: dict[int, Spot] = {}
        for spot in self._spots():
            found.setdefault(spot.span.start, spot)
        known = {s.place.value.id for s in found.values() if not bears_a_name(self.document.text, s.span)}
        kept = [s for s in found.values() if s.place.value.id in known]
        return tuple(sorted(kept or found.values(), key=lambda s: s.span))

    def only_named_after(self, name: Span) -> bool:
        """Whether a school, a street or a bridge bears the name of a town that is far from those that the report speaks of."""
        street = is_street(self.document.quote(name)) and " " not in self.document.quote(name)  # a town whose name ends so
        place = self.fine(name) if bears_a_name(self.document.text, name) and not street else None
        if place is None:
            return False
        towns = [s.place.value for s in self.spots if s.span != name]
        return bool(towns) and all((town.km(place.value) or 0.0) > ANOTHER_KM for town in towns)

    def _spots(self) -> Iterator[Spot]:
        text, title = self.document.text, self.document.metadata.title
        for span in datelines(self.document):
            if place := self.fine(span):
                yield Spot(span, place, True, True)
        for mention in self.reading.mentions:
            named = mention.kind in NAMED and not mention.span.of(text).islower()
            place = self.fine(mention.span, mention.kind) if named else None
            sentence = self.context.sentence(mention.span, text)
            words = self.places.words(self.document, mention, self.context)
            of_it = text.endswith(" of ", 0, mention.span.start)  # "the mayor of X"
            if place is None or (words.origin and not of_it) or is_elsewhere(text, sentence, mention.span):
                continue
            headed = bool(title and title.span and title.span.holds(mention.span))
            there = (words.locative and not words.origin) or headed or self.opens_item(mention.span)
            yield Spot(mention.span, place, there, is_told_from(text, sentence, mention.span))
        for span in self._headed():
            if place := self.fine(span):
                yield Spot(span, place, True)
        for span in police(self.document):
            if place := self.fine(span):
                yield Spot(span, place, False)

    def _headed(self) -> Iterator[Span]:
        """The names behind "in" and "at" of a headline that is no part of the article, and so is not read."""
        title = self.document.metadata.title
        if title and title.span and not any(run.meets(title.span) for run in self.document.article()):
            for match in _HEADED.finditer(self.document.text, title.span.start, title.span.end):
                yield Span(*match.span(1))

    def opens_item(self, name: Span) -> bool:
        """Whether an item of a list begins with a name: "0300 - X, Y district. Gunmen"."""
        text = self.document.text
        if _ITEM_GOES_ON.match(text, name.end) is None:
            return False
        return _ITEM_BEGINS.fullmatch(text, text.rfind("\n", 0, name.start) + 1, name.start) is not None

    def fine(self, span: Span, kind: MentionKind = MentionKind.PLACE) -> Stated[Place] | None:
        found = self.places.locate(self.document, Mention(span, kind), self.context)
        return found if found and found.value.precision in FINE else None


def _within(town: Place, wide: Place) -> bool:
    """Whether a town can lie in a wider place; in one of which not even the country is known, any can."""
    if wide.precision is Precision.ADMIN1 and town.admin1 and wide.admin1 and fold(town.admin1) != fold(wide.admin1):
        return False
    return (wide.country is None and wide.latitude is None) or holds(wide, town)


_LANDS = (MentionKind.PLACE, MentionKind.STATE)
_SAME = re.compile(
    r"\b(?:(?:the|that) (?:very )?same (?:\w+ )?(?:village|town|city|quarter|district|area|neighbou?rhood|place|province|region|"
    r"road|sector|direction|base|camp|market|locality|community|township|spot|site|stretch|zone|suburb|county|valley|island)s?\b|"
    r"(?<=[a-z] )(?:here|there)(?=[,.;]| (?:on|in|last|this|yesterday)\b)|"
    r"(?:in|at|on|near|of) that (?:village|town|city|quarter|district|neighbou?rhood|base|camp|township)\b(?!['’]s))"
)
_ELSEWHERE = re.compile(r"(?:Meanwhile|Elsewhere|Separately|In (?:a separate|another))\b")
_EVERYWHERE = re.compile(
    r"\b(?:nationwide|countrywide|(?:across|throughout) the country|several (?:towns|cities|states|provinces))\b"
)
_ITEM_BEGINS = re.compile(r"[^\n.;]{0,40}?(?:[-–—•*|]\s+|\d\.\s+)?(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?, )?")
_ITEM_GOES_ON = re.compile(
    r"(?: (?:district|town|city|area|province|state|county|township|zone|woreda|territory))?(?: \([^)\n]{1,30}\))?[.:] +[A-Z]"
)
# "Location: X" in the head of a form.
_FIELD = re.compile(r"(?:^|\n)[ \t]*(?:Position|Location|Place|Where|Site|Town|City)\b[^\n:]{0,20}:[^\n]{0,40}$", re.I)
_HEADED = re.compile(r"\b(?:in|at|near) ([A-Z][\w'’-]+(?: (?:d[aeo]s? |l[ao]s? |al |el )?[A-Z][\w'’-]+){0,3})(?=[\s,.:;?!]|$)")
_BREAK = re.compile(r"\n[ \t]*\n\s*|(?<=[.!?:”\")])[ \t]*\n\s*")
