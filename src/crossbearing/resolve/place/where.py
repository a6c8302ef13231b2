"""Toponym and context to place: the words narrow, the gazetteer offers, the document's other places decide.

Every place carries a precision and the radius within which the words let it lie; a name that the gazetteer does not know,
or that nothing in the document makes likely, is no place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from crossbearing.model.mention import Mention, MentionKind, Reading
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.model.where import Place, Precision
from crossbearing.resolve.place import toponym
from crossbearing.resolve.place.asides import datelines, is_elsewhere
from crossbearing.resolve.place.bearers import (
    OF_A_TOWN,
    bearers_of,
    fits,
    named_so,
    part_entries,
    spelt_nearby,
    spelt_otherwise,
    unapostrophed,
)
from crossbearing.resolve.place.choosing import Spot, finest_of, rank, unlisted
from crossbearing.resolve.place.country_words import adjective_of, in_full, is_adjective, unowned
from crossbearing.resolve.place.frames import Beside, beside_of, side_of
from crossbearing.resolve.place.gazetteer import Candidate, Gazetteer, Kind, apart_km, open_gazetteer
from crossbearing.resolve.place.no_place import is_a_partys, is_joined, is_named, is_small, is_surname, speaks
from crossbearing.resolve.place.placing import as_place, off_coast, placed, related
from crossbearing.resolve.place.seats import seats
from crossbearing.resolve.place.spoken_of import PlaceContext, context_of, in_context, words_at
from crossbearing.resolve.place.toponym import Feature, Relation, Toponym
from crossbearing.resolve.place.weighing import Weighed, best_of, scored_of, told_apart
from crossbearing.resolve.place.written import as_written, holds, is_of_a_town, within
from crossbearing.words.names import fold

STEP = Step("where", "13")
"""A step of `Places` bears the digest of its gazetteer besides, where that is not the one that ships."""


_PLACING = (MentionKind.PLACE, MentionKind.FACILITY, MentionKind.STATE)
_HARDLY = 0.2
"""A country with so small a share of a document's places is not where its quarters lie."""
_MOST_OF = 0.6
"""Of the share of the country that is spoken of most, what makes another the home of what is told."""
_FAR_KM = 25.0
"""So far from a town no quarter of it lies."""
UNSURE = 0.5
"""Of a land that only a word for its side of a border names."""


class Places:
    """Works out which place a toponym means."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or open_gazetteer()
        self.step = replace(STEP, digest=self.gazetteer.digest)
        # Asked of each name where it stands, and again when it stands elsewhere.
        self._beside_of = lru_cache(maxsize=1024)(partial(beside_of, self.gazetteer))

    # -- the document ---------------------------------------------------------------------------------------------------

    def context(self, document: Document, reading: Reading) -> PlaceContext:
        """The countries and regions that the document speaks of, from its title, its article and the reader's mentions."""
        return context_of(self.gazetteer, document, reading)

    # -- one toponym ----------------------------------------------------------------------------------------------------

    def locate(self, document: Document, mention: Mention, context: PlaceContext) -> Stated[Place] | None:
        """The place that the mention means, with its precision and radius; None where it means none that is known.

        A metonym ("Baghdad says") and a name that nothing in the document makes likely are None.
        """
        if mention not in context.located:
            context.located[mention] = self._located(document, mention, context)
        return context.located[mention]

    def _located(self, document: Document, mention: Mention, context: PlaceContext) -> Stated[Place] | None:
        weighed = self._weighed(document, mention, context)
        if weighed is None or is_joined(document.text, weighed.words) or weighed.best is None:
            return None
        if speaks(weighed.words, weighed.best) or is_surname(document.text, weighed.words, weighed.best):
            return None
        if weighed.words.feature is Feature.QUARTER and self._far(weighed.best, context):
            return None
        if is_small(weighed.best) and is_a_partys(document.text, mention, weighed.words, context):
            return None
        place, score = placed(self.gazetteer, weighed.words, weighed.best, context)
        if weighed.best.feature == "sea":
            place = off_coast(self.gazetteer, document.text, weighed.words.span.end, place)
        return Stated(place, (weighed.words.span, *weighed.beside.spans), self.step.id, score)

    def _far(self, town: Candidate, context: PlaceContext) -> bool:
        """Whether a town that a quarter is called like lies far from all that the document surely speaks of, in a country that it
        hardly does."""
        others = [a for a in context.anchors if a.id != town.id]
        if context.countries.get(town.country or "", 0.0) >= _HARDLY:
            return False
        return town.kind is Kind.CITY and bool(others) and all(apart_km(town, a) > _FAR_KM for a in others)

    def meant(self, document: Document, mention: Mention, context: PlaceContext) -> Stated[Place] | None:
        """The place that the name itself stands for, whatever the words do with it; None where nothing known is likely.

        Unlike `locate`, a government's seat ("Baghdad says"), a country's adjective ("Sudanese") and "north of X" are the
        seat, the country and X: this is what annotated corpora of toponyms ask for, and not where anything happened.
        """
        if code := adjective_of(mention.span.of(document.text)):
            country = self.gazetteer.country(code)
            return Stated(as_place(country), (mention.span,), self.step.id, 0.9) if country else None
        weighed = self._weighed(document, mention, context, moved=False)
        if weighed is None or weighed.best is None:
            return None
        return Stated(as_place(weighed.best), (weighed.words.span, *weighed.beside.spans), self.step.id, weighed.sure)

    def posterior(
        self, document: Document, mention: Mention, context: PlaceContext, moved: bool = True
    ) -> tuple[tuple[Place, float], ...]:
        """The places that the mention can mean, the likeliest first, each with its probability; empty where none is likely.

        A softmax over the grounds that `locate` weighs, at a temperature. The probabilities sum to less than 1 by the
        share of names that mean none of their candidates, most often because the gazetteer lacks what is meant. Both are
        fitted on half of the development articles of three corpora of toponyms and measured on the other half
        (evals/places.py --calibration): a place is right there if the truth lies within 161 km of it, or within it.
        `moved`: each as the words around place the happening by it; else the named things themselves.
        """
        weighed = self._weighed(document, mention, context, moved)
        if weighed is None:
            return ()
        found = weighed.shares()
        return tuple(
            (placed(self.gazetteer, weighed.words, c, context)[0] if moved else as_place(c), share) for c, share in found
        )

    def scores(self, document: Document, mention: Mention, context: PlaceContext) -> tuple[tuple[Place, float], ...]:
        """The same named things with what speaks for each, before it is made a probability: for whoever fits that anew."""
        weighed = self._weighed(document, mention, context, moved=False)
        return tuple((as_place(c), score) for c, score in weighed.totals()) if weighed else ()

    def _weighed(self, document: Document, mention: Mention, context: PlaceContext, moved: bool = True) -> Weighed | None:
        """A mention's words, and what bears the name with what speaks for each; None where no name is to be looked up.

        `moved`: "southern" before the mention may make it another thing, where a part has a name of its own.
        """
        if mention.kind not in _PLACING:
            return None
        sentence = context.sentence(mention.span, document.text)
        words = words_at(document.text, unowned(document.text, mention.span), sentence)
        if (whole := in_full(document.text, mention.span)) is not None:
            words = replace(words, full=whole, core=whole)
        if not words.full or is_adjective(words.full):
            return None
        if moved and words.direction and (parts := part_entries(self.gazetteer, words)):
            return Weighed(replace(words, relation=Relation.AT), Beside(), ((9.0, parts[0]),), parts[0])
        gazetteer = self.gazetteer
        found = bearers_of(gazetteer, document.text, words, whole, mention.span)
        if not any(c.exact for c in found) and (rest := toponym.part_of(words)):
            words, found = rest, part_entries(gazetteer, rest) or named_so(gazetteer, rest)
        if not any(c.exact for c in found) and words.feature in OF_A_TOWN:
            found = spelt_otherwise(gazetteer, words, context.countries) or found
        if not any(c.exact for c in found) and not document.text.endswith("the ", 0, mention.span.start):
            found = unapostrophed(gazetteer, words, context.countries) or found
        if words.within and not any(in_context(c, context) for c in found):
            found = spelt_nearby(gazetteer, words, context.countries, context.anchors) or found
        if not any(c.exact for c in found) and (line := toponym.ends_of(words)):
            back = replace(line, full=line.other, core=line.other, other=line.core)  # where nobody knows where it begins
            words = next((end for end in (line, back) if any(c.exact for c in named_so(self.gazetteer, end))), line)
            found = named_so(self.gazetteer, words)
        if (land := toponym.land_of(words)) and not any(fits(words, c) for c in found):
            words, found = land, named_so(self.gazetteer, land)
        if words.rural:
            found = tuple(c for c in found if c.kind is Kind.ADMIN1 and c.exact) or found
        if not found:
            return None
        beside = self._beside(document, mention, words, sentence, context)
        scored = scored_of(words, told_apart(words, beside, found), beside, context)
        best = best_of(words, scored)
        return Weighed(words, beside, tuple((score, c) for score, _, c in scored), best)

    def _beside(self, document: Document, mention: Mention, words: Toponym, sentence: Span, context: PlaceContext) -> Beside:
        """What the words beside a name say that it lies in; or, if they say nothing, those beside it elsewhere in the document:
        "the Syrian town of X", and then X."""
        beside = self._beside_of(document.text, words, sentence)
        if beside != Beside() or not context.countries:
            return beside
        return self._framed(document, context).get(fold(words.core), beside)

    def _framed(self, document: Document, context: PlaceContext) -> Mapping[str, Beside]:
        """The country of each name that stands more than once, where words beside one of these say it."""
        if context.framed:
            return context.framed[0]
        text, found = document.text, dict[str, Beside]()
        placing = [(m, m.span.of(text).removesuffix("'s").removesuffix("’s")) for m in context.mentions if m.kind in _PLACING]
        several = Counter(name for _, name in placing)
        for mention in (m for m, name in placing if several[name] > 1):
            sentence = context.sentence(mention.span, text)
            words = words_at(text, unowned(text, mention.span), sentence)
            beside = self._beside_of(text, words, sentence)
            if beside.countries & context.countries.keys():
                told = found.setdefault(fold(words.core), Beside(beside.countries))
                found[fold(words.core)] = Beside(told.countries & beside.countries)  # of "Tripoli, Lebanon or Libya" none
        context.framed.append(found)
        return found

    # -- one happening --------------------------------------------------------------------------------------------------

    def choose(
        self, document: Document, mentions: Sequence[Mention], context: PlaceContext, taken: Collection[Span] = ()
    ) -> Stated[Place] | None:
        """Of the mentions that place one happening, the finest place that the others can hold; None where none is a place.

        The coarser ones that hold it stand in its evidence, and lend it their country and division. `taken`: the names of what
        was seized, shelled or stormed, which are places, whether or not any table knows them.
        """
        spots = [self._spot(document, m, context) for m in mentions]
        there = [s.found for s in spots if s.found and not s.words.origin]
        located = there or [s.found for s in spots if s.found]
        picked = finest_of(spots)
        unknown = unlisted([s for s in spots if s.found or is_named(s.mention, s.words, context)], picked, document.text, taken)
        if unknown and (by_name := self._as_written(document, unknown, there, context)):
            return by_name
        if unknown and unknown.mention.span in taken and not located and (home := self.country_of(context)):
            return within(unknown.mention, unknown.words, home)
        if not located:
            return None
        best = picked.found if picked and picked.found else max(located, key=lambda p: rank(p, located))
        holders = [p for p in located if p is not best and holds(p.value, best.value)]
        place = best.value
        for holder in sorted(holders, key=lambda p: p.value.radius_km or 9e9):
            place = replace(place, country=place.country or holder.value.country, admin1=place.admin1 or holder.value.admin1)
        evidence = tuple(dict.fromkeys(e for p in (best, *holders) for e in p.evidence))
        against = sum(not holds(p.value, best.value) for p in located if p is not best)
        return Stated(place, evidence, self.step.id, best.score * (0.8 if against else 1.0))

    def seat(self, document: Document, near: Span, context: PlaceContext) -> Stated[Place] | None:
        """The capital that a sentence says things were in without naming it, by the words nearest to a span."""
        sentence = context.sentence(near, document.text)
        found: list[tuple[int, Stated[Place]]] = []
        for span, seat, said in seats(self.gazetteer, document.text, sentence, context.countries):
            words = words_at(document.text, span, sentence)
            place = related(words, as_place(seat), seat)
            found.append((abs(span.start - near.start), Stated(place, (words.span,), self.step.id, 0.9 if said else 0.5)))
        return min(found, key=lambda one: one[0])[1] if found else None

    def pick(self, document: Document, mentions: Sequence[Mention], context: PlaceContext) -> Mention | None:
        """Of the mentions that place one happening, given as the reader hangs them on it, the one that says where most finely.

        The first that is a place is where it happened, or holds it: a later one is taken for it only if it is finer and can
        lie within it. A name that no table knows counts as a town, where the words before say that it is a place, and a
        site without a known name ("the consulate") as none. None where no mention is a place: metonyms, adjectives.
        """
        picked = finest_of([self._spot(document, m, context) for m in mentions])
        return picked.mention if picked else None

    def words(self, document: Document, mention: Mention, context: PlaceContext) -> Toponym:
        """A mention's words as they place something."""
        return words_at(document.text, mention.span, context.sentence(mention.span, document.text))

    def is_seat(self, place: Place) -> bool:
        """Whether a place is a capital."""
        return any(c.capital and c.id == place.id for c in self.gazetteer.candidates(place.name, place.country))

    def is_named(self, document: Document, mention: Mention, context: PlaceContext) -> bool:
        """Whether a name that no table knows is a place's, by how the reader takes it or by the words beside it."""
        return is_named(mention, self._spot(document, mention, context).words, context)

    def _as_written(
        self, document: Document, spot: Spot, others: Sequence[Stated[Place]], context: PlaceContext
    ) -> Stated[Place] | None:
        sentence = context.sentence(spot.mention.span, document.text)
        home = next(iter(context.countries), None)

        def locate(mention: Mention) -> Stated[Place] | None:
            other = self._spot(document, mention, context)
            if other.found is None or other.words.origin or self._told_of_elsewhere(document, other, context):
                return None
            return widened(other.found)

        def widened(found: Stated[Place]) -> Stated[Place]:
            """A village in Sagaing lies in the division as likely as by its seat; a quarter or a hospital in the seat."""
            return found if is_of_a_town(spot.mention, spot.words) else self._division(found)

        found = as_written(document, spot.mention, spot.words, sentence, [widened(p) for p in others], locate, home)
        side = side_of(document.text, spot.words.span.end)
        land = self.gazetteer.country(side) if side else None
        if land is None or (found and found.value.country == side):
            return found
        if found and found.value.precision is not Precision.COUNTRY:  # beside what lies on this side
            return replace(found, value=replace(found.value, country=side, admin1=None))
        return within(spot.mention, spot.words, Stated(as_place(land), (spot.words.span,), self.step.id, UNSURE))

    def _told_of_elsewhere(self, document: Document, spot: Spot, context: PlaceContext) -> bool:
        """Whether a name is a dateline's capital, or that of a place to which somebody was brought."""
        span = spot.mention.span
        if is_elsewhere(document.text, context.sentence(span, document.text), span):
            return True
        if spot.place is None or not self.is_seat(spot.place):
            return False
        return any(span.meets(town) for town in datelines(document))

    def _division(self, found: Stated[Place]) -> Stated[Place]:
        """The division that a town gives its name to; any other place as it is."""
        place = found.value
        if place.precision is not Precision.TOWN or not place.admin1 or fold(place.admin1) != fold(place.name):
            return found
        named = self.gazetteer.candidates(place.admin1, place.country)
        home = next((c for c in named if c.kind is Kind.ADMIN1 and c.exact), None)
        return replace(found, value=as_place(home)) if home else found

    def _spot(self, document: Document, mention: Mention, context: PlaceContext) -> Spot:
        return Spot(mention, self.words(document, mention, context), self.locate(document, mention, context))

    def country_of(self, context: PlaceContext) -> Stated[Place] | None:
        """The country that most of the document's places lie in, as a last resort; None where it speaks of no country."""
        most = max(context.countries.values(), default=0.0)
        for code, share in context.countries.items():
            if share < _MOST_OF * most:
                return None  # of the lands of its parties it is any one's, and not the desk's
            country = self.gazetteer.country(code)
            if country and code in context.evidence:
                return Stated(as_place(country), (context.evidence[code],), self.step.id, round(0.5 * share, 3))
        return None
