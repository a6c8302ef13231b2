"""Toponym and context to place: the words narrow, the gazetteer offers, the document's other places decide.

Every place carries a precision and the radius within which the words let it lie; a name that the gazetteer does not know,
or that nothing in the document makes likely, is no place.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.mention import Mention, MentionKind, Reading
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.model.where import COARSE, FINENESS, Place, Precision
from crossbearing.resolve import toponym
from crossbearing.resolve.gazetteer import Candidate, Gazetteer, Kind, bare, open_gazetteer
from crossbearing.resolve.place_asides import datelines, is_elsewhere
from crossbearing.resolve.toponym import Feature, Relation, Toponym, is_street
from crossbearing.resolve.written import as_written, holds, is_of_a_town, within
from crossbearing.words.names import NameIndex, fold
from crossbearing.words.parties import ARMED_GROUPS

NAMED = (MentionKind.PLACE, MentionKind.FACILITY)
"""The mentions that name a spot; a state's name is a party's as often."""
STEP = Step("where", "9")
"""A step of `Places` bears the digest of its gazetteer besides, where that is not the one that ships."""

# What the several grounds for a candidate are worth beside each other. Set by hand on sentences of our own and on the dev
# halves of GeoWebNews and LGL (evals/places.py); a candidate's population counts as its power of ten, 2.7 to 7.4.
PRIOR = {
    Kind.COUNTRY: 9.0, Kind.FACILITY: 9.0, Kind.AREA: 7.0, Kind.ADMIN1: 6.5, Kind.ADMIN2: -2.0, Kind.CITY: 0.0,
    Kind.SITE: 1.0, Kind.LAND: -1.0,
}  # fmt: skip
PEOPLE = 1.0  # times the power of ten of a town's or district's people, 2 to 7.4
COUNTRY_SHARE = 6.0  # times the share of the document's places that lie in the country
COUNTRY_SPOKEN = 2.0  # the document speaks of the country at all
BESIDE = 8.0  # the words beside the toponym name the country
BESIDE_DIVISION = 5.0  # or the division
DIVISION_SPOKEN = 1.5
PARTY_SPOKEN = 0.5  # a party named speaks for its country as an adjective does, and never alone for a place there
NEAR_OTHERS = 3.0  # next to another place of the document, falling off over 100 km
CAPITAL = 4.0
ONLY_SOUNDS = -4.0
OWN_NAME = 1.5  # the name is the place's own, and not a further or former one
OF_ITS_KIND = 5.0  # "Walker County" is sooner the county than the town
COMPANY = 4.0  # times the share of the document's names that could lie in the same division
IN_COMPANY = 0.3  # from this share on, the division that the names share is spoken of, whether or not its country is
# A town that nothing in the document speaks for is believed from this size on, in a document that speaks of no country at all,
# and from the second one where it speaks of others.
ALONE, AGAINST = 15_000, 500_000
FURTHER = 100_000  # and one that only bears the name beside its own
MUCH_SPOKEN = 5.0  # of another country, from which on a facility's name alone speaks for none
END_UNKNOWN = 30.0  # km: how far from one end it may be where nobody knows the other
FARTHEST_END = 300.0  # km: so far apart the two ends of "between A and B" may lie
NEARBY_KM = 150.0  # from a place beyond doubt, within which another spelling of a town's name is believed
_LANDS = 2  # in so many of the lands that are spoken of most
GREAT_DIVISION = 3_000_000  # people in the towns of a division, from which on it may outweigh the country of its name
GREAT_CITY = 300_000  # "Tel Aviv vowed": from this size on a town's name is used for those who govern from it
# Of the posterior: fitted by likelihood on every second development article of LGL, GeoWebNews and GeoVirus.
TEMPERATURE = 1.0
# How often none of the candidates is meant: where the likeliest is a division, a region or a country, and where it is finer.
NONE_OF_THESE = {True: 0.013, False: 0.044}
NO_VILLAGE = 50_000  # from this size on a town is not what "the village of" means
GIVEN_NAME = 300_000  # a given name ("Hassan") is a town only from this size on, or in a country the document speaks of


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """The countries and divisions that a document speaks of, and the places it names beyond doubt."""

    countries: Mapping[str, float]
    """ISO alpha-2 to its share of the document's places; sums to 1, empty where it speaks of none."""
    divisions: frozenset[str]
    """Folded names of the first-order divisions named."""
    anchors: tuple[Candidate, ...]
    company: Mapping[tuple[str | None, str | None], float]
    """(country, first-order division) to the share of the document's names that some place there bears."""
    evidence: Mapping[str, Span]
    """The first words that speak of each country."""
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...] = ()
    """What the reader found, in the order of the text."""
    located: dict[Mention, Stated[Place] | None] = field(default_factory=dict, compare=False, repr=False)
    """What `locate` has found in the document: several rules ask for the places of one happening."""

    def sentence(self, span: Span, text: str) -> Span:
        """The sentence in which a span lies; a window around it where the reader marked none."""
        at = bisect_right(self.sentences, span.start, key=lambda s: s.start) - 1
        if at >= 0 and self.sentences[at].holds(span):
            return self.sentences[at]
        return Span(max(0, span.start - 200), min(len(text), span.end + 200))

    def meeting(self, span: Span) -> list[Mention]:
        """What the reader found in the words of a span."""
        at = bisect_right(self.mentions, span.start - _LONGEST, key=lambda m: m.span.start)
        end = bisect_right(self.mentions, span.end, key=lambda m: m.span.start)
        return [m for m in self.mentions[at:end] if m.span.meets(span)]


# One mention is asked about for the document, for its happening and for each of its neighbours.
_read = lru_cache(maxsize=1024)(toponym.read)
_SETTLED = (Feature.TOWN, Feature.VILLAGE)
_AROUND_A_SITE = (Feature.REGION, Feature.DISTRICT, Feature.AROUND, *_SETTLED, Feature.QUARTER)
_DIVISIONS = (Feature.DISTRICT, Feature.ADMIN1)
_INSIDE = re.compile(r"\b(?:in|of|within) (?:the )?$")
_OF_A_TOWN = (Feature.NONE, Feature.AIRFIELD, Feature.SITE)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the words beside a toponym name: the country or division that it lies in, and where they stand."""

    countries: frozenset[str] = frozenset()
    divisions: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    holders: tuple[tuple[Candidate, ...], ...] = ()
    """What bears each name that the place is plainly said to lie in: "in Djugu territory", "in the province of Y"."""

    def excludes(self, c: Candidate) -> bool:
        """Whether a town or district lies far from all that bears one of these names."""
        return c.kind in (Kind.CITY, Kind.ADMIN2) and any(all(_far_from(c, h) for h in held) for held in self.holders)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A toponym's words, and what can bear its name."""

    words: Toponym
    beside: _Beside
    scored: tuple[tuple[float, Candidate], ...]
    best: Candidate | None

    def totals(self) -> tuple[tuple[Candidate, float], ...]:
        """Each candidate with what speaks for it, the likeliest first; one thing that bears the name twice stands once."""
        totals: dict[str, tuple[Candidate, float]] = {}
        top = max((score for score, _ in self.scored), default=0.0)
        for score, c in self.scored:
            total = top + 0.1 if c is self.best else score  # a town before the division that is named after it
            if c.id not in totals or total > totals[c.id][1]:
                totals[c.id] = c, total
        return tuple(sorted(totals.values(), key=lambda ct: -ct[1]))

    def shares(self) -> tuple[tuple[Candidate, float], ...]:
        """Each candidate with its probability, the likeliest first."""
        totals = self.totals()
        top = totals[0][1] if totals else 0.0
        weights = [math.exp((total - top) / TEMPERATURE) for _, total in totals]
        some = 1.0 - NONE_OF_THESE[bool(totals) and as_place(totals[0][0]).precision in COARSE]
        return tuple((c, some * weight / sum(weights)) for (c, _), weight in zip(totals, weights, strict=True))

    @property
    def sure(self) -> float:
        """The probability of the likeliest."""
        found = self.shares()
        return found[0][1] if found else 0.0


def likeliest(found: Sequence[tuple[Place, float]], level: float = 0.9) -> tuple[tuple[Place, float], ...]:
    """The fewest of a posterior's places whose probabilities sum to at least `level`; all of them where they do not."""
    kept: list[tuple[Place, float]] = []
    for place, share in sorted(found, key=lambda one: -one[1]):
        if sum(one for _, one in kept) >= level:
            break
        kept.append((place, share))
    return tuple(kept)


class Places:
    """Works out which place a toponym means."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or open_gazetteer()
        self.step = replace(STEP, digest=self.gazetteer.digest)

    # -- the document ---------------------------------------------------------------------------------------------------

    def context(self, document: Document, reading: Reading) -> PlaceContext:
        """The countries and regions that the document speaks of, from its title, its article and the reader's mentions."""
        weights: dict[str, float] = {}
        evidence: dict[str, Span] = {}
        stretches = list(document.article())
        title = document.metadata.title
        if title and title.span and not any(s.holds(title.span) for s in stretches):
            stretches.insert(0, title.span)
        early = stretches[0].start + 400 if stretches else 0  # the title and the lead: where a report says what it is about
        for stretch in stretches:
            for span, code, adjective in countries_in(document.text, stretch.start, stretch.end):
                if _of_a_body(document.text, span):
                    continue
                worth = _worth(document.text, span, adjective) * (2.0 if span.start < early else 1.0)
                weights[code] = weights.get(code, 0.0) + worth
                evidence.setdefault(code, span)
        for code in _homes(reading):
            weights[code] = weights.get(code, 0.0) + PARTY_SPOKEN
        named = self._names(document, reading)
        anchors, divisions = _anchors(named, weights, evidence)
        self._yield_to_divisions(document, weights, evidence)
        total = sum(weights.values())
        shares = {code: worth / total for code, worth in sorted(weights.items(), key=lambda w: -w[1])} if total else {}
        mentions = tuple(sorted(reading.mentions, key=lambda m: m.span.start))
        return PlaceContext(shares, divisions, anchors, _company(named), evidence, reading.sentences, mentions)

    def _yield_to_divisions(self, document: Document, weights: dict[str, float], evidence: Mapping[str, Span]) -> None:
        """ "Georgia" on a page that speaks of Atlanta, and of nothing Georgian, is no country: what it weighs goes to the home of
        the division so called, where that has millions of people (Niger State has not, on a page that speaks of Niger)."""
        for code in sorted(set(weights) & set(evidence)):
            bearers = [c for c in self.gazetteer.candidates(document.quote(evidence[code])) if c.exact]
            if not any(c.kind is Kind.COUNTRY for c in bearers):
                continue
            great = (c.country for c in bearers if c.kind is Kind.ADMIN1 and c.population > GREAT_DIVISION)
            other = max((h for h in great if h in weights and h != code), key=lambda h: weights[h or ""], default=None)
            spoken = countries_in(document.text, 0, len(document.text)) if other else ()
            if other and 2 * weights[other] >= weights[code] and not any(adjective and of == code for _, of, adjective in spoken):
                weights[other] += weights.pop(code)

    def _names(self, document: Document, reading: Reading) -> dict[str, tuple[Span, tuple[Candidate, ...]]]:
        """Each name that a mention gives, where it stands first, and what bears it; metonyms and doubtful words left out."""
        named: dict[str, tuple[Span, tuple[Candidate, ...]]] = {}
        seen: set[str] = set()
        for mention in (*reading.mentions, *_called(document)):
            written = document.quote(mention.span)
            # A name is asked for once; words without a capital ("the base") name nothing.
            if mention.kind not in NAMED or written in seen or written.islower():
                continue
            words = _read(document.text, mention.span, _around(reading.sentences, mention.span, document.text))
            if words.full in named or words.metonym or _doubtful(words):
                continue
            seen.add(written)
            bearers = self._bearers(document.text, words, _in_full(document.text, mention.span), mention.span)
            found = tuple(c for c in bearers if c.kind is not Kind.COUNTRY and _fits(words, c))
            # "Niger" without "State" speaks for the country, not for the division of its neighbour.
            if found and not (words.feature is Feature.NONE and any(c.kind is Kind.COUNTRY for c in bearers)):
                named[words.full] = mention.span, found
        return named

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
        if weighed is None or _is_joined(document.text, weighed.words) or weighed.best is None:
            return None
        if _speaks(weighed.words, weighed.best) or _is_surname(document.text, weighed.words, weighed.best):
            return None
        if _is_small(weighed.best) and _is_a_partys(document.text, mention, weighed.words, context):
            return None
        place, score = self._placed(weighed.words, weighed.best, context)
        return Stated(place, (weighed.words.span, *weighed.beside.spans), self.step.id, score)

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
        return tuple((self._placed(weighed.words, c, context)[0] if moved else as_place(c), share) for c, share in found)

    def scores(self, document: Document, mention: Mention, context: PlaceContext) -> tuple[tuple[Place, float], ...]:
        """The same named things with what speaks for each, before it is made a probability: for whoever fits that anew."""
        weighed = self._weighed(document, mention, context, moved=False)
        return tuple((as_place(c), score) for c, score in weighed.totals()) if weighed else ()

    def _weighed(self, document: Document, mention: Mention, context: PlaceContext, moved: bool = True) -> _Weighed | None:
        """A mention's words, and what bears the name with what speaks for each; None where no name is to be looked up.

        `moved`: "southern" before the mention may make it another thing, where a part has a name of its own.
        """
        if mention.kind not in (MentionKind.PLACE, MentionKind.FACILITY, MentionKind.STATE):
            return None
        sentence = context.sentence(mention.span, document.text)
        words = _read(document.text, _unowned(document.text, mention.span), sentence)
        if (whole := _in_full(document.text, mention.span)) is not None:
            words = replace(words, full=whole, core=whole)
        if not words.full or is_adjective(words.full):
            return None
        if moved and words.direction and (parts := self._part_entries(words)):
            return _Weighed(replace(words, relation=Relation.AT), _Beside(), ((9.0, parts[0]),), parts[0])
        found = self._bearers(document.text, words, whole, mention.span)
        if not any(c.exact for c in found) and (rest := toponym.part_of(words)):
            words, found = rest, self._part_entries(rest) or self._named(rest)
        if not any(c.exact for c in found) and words.feature in _OF_A_TOWN and (more := self._spelt_otherwise(words, context)):
            found = more
        if words.within and not any(_in_context(c, context) for c in found) and (near := self._spelt_nearby(words, context)):
            found = near
        if not any(c.exact for c in found) and (line := toponym.ends_of(words)):
            back = replace(line, full=line.other, core=line.other, other=line.core)  # where nobody knows where it begins
            words = next((end for end in (line, back) if any(c.exact for c in self._named(end))), line)
            found = self._named(words)
        if (land := toponym.land_of(words)) and not any(_fits(words, c) for c in found):
            words, found = land, self._named(land)
        if words.rural:
            found = tuple(c for c in found if c.kind is Kind.ADMIN1 and c.exact) or found
        if not found:
            return None
        beside = self._beside(document.text, words, sentence)
        scored = self._scored(words, _told_apart(words, beside, found), beside, context)
        best = _best(words, scored)
        return _Weighed(words, beside, tuple((score, c) for score, _, c in scored), best)

    def _spelt_otherwise(self, words: Toponym, context: PlaceContext) -> tuple[Candidate, ...]:
        """The one facility of the document's countries whose name has the same consonants, or holds these words."""
        if words.feature is Feature.NONE:
            return ()
        for found in (
            self.gazetteer.like(words.core, context.countries),
            self.gazetteer.holding(words.full, context.countries),
        ):
            if len({c.id for c in found}) == 1:
                return found
        return ()

    def _spelt_nearby(self, words: Toponym, context: PlaceContext) -> tuple[Candidate, ...]:
        """The one town of the document's lands that is spelt much like a name, and lies near a place beyond doubt."""
        if words.feature not in (Feature.NONE, *_SETTLED):
            return ()
        lands = list(context.countries)[:_LANDS] if context.anchors else []
        alike = [c for land in lands for c in self.gazetteer.spelt_like(words.core, land, context.anchors, NEARBY_KM)]
        near = [c for c in alike if any(c.id != a.id and _km(c, a) < NEARBY_KM for a in context.anchors)]
        return tuple(near) if len({c.id for c in near}) == 1 else ()

    def _bearers(self, text: str, words: Toponym, whole: str | None, span: Span) -> tuple[Candidate, ...]:
        """What bears the name of a mention; the division alone, where it is its short name that is written whole."""
        if whole is None:
            found = self._named(words)
            return tuple(c for c in found if fold(c.name) != fold(words.full)) if _in_capitals(text, span) else found
        return tuple(c for c in self.gazetteer.candidates(whole) if c.kind is not Kind.COUNTRY) if whole else ()

    def _named(self, words: Toponym) -> tuple[Candidate, ...]:
        """What bears the name: with its feature words where something is called so, else without them."""
        full = self.gazetteer.candidates(words.full)
        if words.core == words.full:
            return full
        full = tuple(c for c in full if c.exact)
        whole = tuple(c for c in full if c.kind in (Kind.FACILITY, Kind.AREA, Kind.COUNTRY, Kind.SITE, Kind.LAND))
        if whole or (words.feature in _SETTLED and any(c.kind is Kind.CITY for c in full)):
            return whole or full
        return (*full, *self.gazetteer.candidates(words.core))

    def _part_entries(self, words: Toponym) -> tuple[Candidate, ...]:
        """Areas that are a part by its own name: "northeast Syria", "southern Gaza"."""
        direction = words.direction.replace(" ", "").replace("-", "")
        for written in dict.fromkeys((direction, direction + "ern", direction.removesuffix("ern"))):
            found = tuple(c for c in self.gazetteer.candidates(f"{written} {words.core}") if c.kind is Kind.AREA and c.exact)
            if found:
                return found
        return ()

    def _beside(self, text: str, words: Toponym, sentence: Span) -> _Beside:
        """The country or division that the words around name as the frame: "X in the Iraqi province of Anbar", "X, Iraq"."""
        countries: set[str] = set()
        divisions: set[str] = set()
        spans: list[Span] = []
        holders: list[tuple[Candidate, ...]] = []
        start, end = max(sentence.start, words.span.start - 60), min(sentence.end, words.span.end + 90)
        after = text[words.span.end : end]
        if short := _short_name_after().match(after):
            divisions.add(fold(_short_names()[short[1]]))
            spans.append(Span(words.span.end + short.start(1), words.span.end + short.end(1)))
        elif _opens_frame(after):
            for span, code, _ in countries_in(text, words.span.end, words.span.end + _frame_length(after)):
                if toponym.OWNED.match(text[span.end : span.end + 60]):
                    continue  # "in the Donetsk region, Russia's defence ministry said"
                countries.add(code)
                spans.append(span)
            holders = list(self._holders(text, words, words.span.end + _frame_length(after), sentence))
            for run in _runs(after[: _frame_length(after)]):
                named = [c for c in self.gazetteer.candidates(run) if c.kind in (Kind.ADMIN1, Kind.AREA) and c.exact]
                if any(c.kind is Kind.ADMIN1 for c in named) and divisions and after[:1] == ",":
                    divisions.clear()  # "Nevada, Oregon, Idaho": a list, and no frame
                    break
                divisions.update(fold(c.name) for c in named if c.kind is Kind.ADMIN1)
                if len({c.country for c in named}) == 1 and named[0].country:
                    countries.add(named[0].country)
                if named and (at := _found(run, text, words.span.end)):
                    spans.append(at)
        if owner := _OWNER_BEFORE.search(text, start, words.span.start):  # "Baghdad's Karrada district"
            towns = [c for c in self.gazetteer.candidates(owner[1]) if c.exact and c.kind in (Kind.CITY, Kind.ADMIN1)]
            holders += [tuple(towns)] if towns else []
        for span, code, adjective in countries_in(text, start, words.span.start):
            between = text[span.end : words.span.start]
            if toponym.FRAMING.fullmatch(between) and (adjective or between.startswith(("'s", "’s"))):
                countries.add(code)
                spans.append(span)
        return _Beside(frozenset(countries), frozenset(divisions), tuple(sorted(set(spans))), tuple(holders))

    def _holders(self, text: str, held: Toponym, end: int, sentence: Span) -> Iterator[tuple[Candidate, ...]]:
        """What bears each name behind a toponym that is called a district or a division, or stands behind "in" or "of"."""
        start = held.span.end
        site = held.feature in (Feature.AIRFIELD, Feature.SITE)  # "the X mosque in Y": in the town of Y, too
        for words, name in toponym.behind(text, start, end, sentence):
            inside = _INSIDE.search(text, start, name.start)
            if words.relation is not Relation.AT or not (words.feature in _DIVISIONS or inside):
                continue
            town = words.feature is Feature.DISTRICT or (site and inside)
            kinds = (Kind.ADMIN1, Kind.ADMIN2, Kind.AREA, *((Kind.CITY,) if town else ()))
            bearers = [c for c in self._named(words) if c.exact]
            within = tuple(c for c in bearers if c.kind in kinds)
            if within and not any(c.kind is Kind.COUNTRY for c in bearers):
                yield within

    def _scored(
        self, words: Toponym, found: Sequence[Candidate], beside: _Beside, context: PlaceContext
    ) -> list[tuple[float, int, Candidate]]:
        """(score, minus its place in the order of look-up, candidate) of each that the document makes likely at all."""
        fitting = [c for c in found if _fits(words, c)] or [
            c
            for c in found
            if c.kind in (Kind.CITY, Kind.AREA, Kind.ADMIN1)
            and words.feature is not Feature.NATURE
            and not (words.feature is Feature.VILLAGE and c.population >= NO_VILLAGE)
        ]
        if words.feature is Feature.REGION and any(c.kind is not Kind.CITY for c in fitting):
            fitting = [c for c in fitting if c.kind is not Kind.CITY]  # "Kharkiv region" is not Kharkiv
        own = {c.id for c in found if c.kind is Kind.AREA}  # "Djugu territory" does not vouch for the town of Djugu
        others = [a for a in context.anchors if a.id not in own]
        return [
            (self._score(words, c, beside, context, others), -i, c)
            for i, c in enumerate(fitting)
            if _likely(words, c, beside, context)
        ]

    def _score(self, words: Toponym, c: Candidate, beside: _Beside, context: PlaceContext, others: Sequence[Candidate]) -> float:
        score = PRIOR[c.kind] + (PEOPLE * math.log10(c.population + 100) if c.kind in (Kind.CITY, Kind.ADMIN2) else 0.0)
        lies_in = c.countries or ((c.country,) if c.country else ())
        share = max((context.countries.get(code, 0.0) for code in lies_in), default=0.0)
        score += COUNTRY_SHARE * share + (COUNTRY_SPOKEN if share else 0.0)
        if beside.countries:
            score += BESIDE if beside.countries & set(lies_in) else -BESIDE
        if c.admin1:
            if beside.divisions:
                score += BESIDE_DIVISION if fold(c.admin1) in beside.divisions else -BESIDE_DIVISION / 2
            score += DIVISION_SPOKEN * (fold(c.admin1) in context.divisions)
        away = min((_km(c, other) for other in others if other.id != c.id), default=9e9)
        score += NEAR_OTHERS * math.exp(-away / 100)
        score += COMPANY * context.company.get((c.country, c.admin1), 0.0)
        if c.kind is Kind.FACILITY and words.feature in _AROUND_A_SITE:
            score -= PRIOR[Kind.FACILITY]  # "the Harir district" is sooner the town's than the base's
        if fold(c.name) in (fold(words.core), fold(words.full)):
            score += OWN_NAME + CAPITAL * c.capital  # "Philadelphia" is no capital, though Amman was once called so
        if c.kind is Kind.ADMIN2 and words.feature is Feature.DISTRICT:
            score += OF_ITS_KIND
        return score + (0.0 if c.exact else ONLY_SOUNDS)

    def _placed(self, words: Toponym, c: Candidate, context: PlaceContext) -> tuple[Place, float]:
        """The candidate as the words place the happening by it, and how sure we are."""
        place = as_place(c)
        score = (0.9 if c.exact else 0.6) * (1.0 if len(context.countries) == 0 or _in_context(c, context) else 0.8)
        if c.kind in (Kind.CITY, Kind.ADMIN1, Kind.ADMIN2) and words.feature in (Feature.AIRFIELD, Feature.SITE):
            reach = 15.0 if words.feature is Feature.AIRFIELD else 20.0  # an airport serves the town it is named after
            name = c.name if fold(words.full) == fold(c.name) else f"{words.full} (near {c.name})"
            place = replace(place, name=name, precision=Precision.NEAR, radius_km=max(reach, 2 * c.radius_km))
            score *= 0.8
        elif words.feature in _AROUND_A_SITE and c.kind in (Kind.FACILITY, Kind.SITE):  # "the al-Tanf area"
            place = replace(place, precision=Precision.NEAR, radius_km=max(20.0, c.radius_km))
        elif words.feature is Feature.AROUND and c.kind is Kind.CITY:
            place = replace(place, precision=Precision.NEAR, radius_km=max(25.0, c.radius_km))
        elif words.feature in (Feature.DISTRICT, Feature.REGION) and c.kind is Kind.CITY:
            place = replace(place, precision=Precision.DISTRICT, radius_km=25.0)
        if words.relation is Relation.BETWEEN:
            if other := self._other_end(words, c):
                return _between(place, other), score * 0.8
            reach = max(END_UNKNOWN, place.radius_km or 0.0)
            return replace(place, name=near(place.name), precision=_no_finer(place, Precision.NEAR), radius_km=reach), score * 0.6
        return _related(words, place, c), score

    def _other_end(self, words: Toponym, c: Candidate) -> Candidate | None:
        """The other end of "between A and B": of the bearers of its name within 300 km the greatest, a power of ten of people
        weighing as much as 100 km."""
        found = [o for o in self.gazetteer.candidates(words.other) if o.id != c.id]
        if c.kind is Kind.COUNTRY:
            return next((o for o in found if o.kind is Kind.COUNTRY), None)
        near = [o for o in found if o.kind is not Kind.COUNTRY and _km(c, o) < FARTHEST_END]
        # A capital or a great town gives its name to a road before the village next door does.
        return max(near, key=lambda o: (o.exact, math.log10(o.population + 100) - _km(c, o) / 100, o.id), default=None)

    # -- one happening --------------------------------------------------------------------------------------------------

    def choose(
        self, document: Document, mentions: Sequence[Mention], context: PlaceContext, taken: bool = False
    ) -> Stated[Place] | None:
        """Of the mentions that place one happening, the finest place that the others can hold; None where none is a place.

        The coarser ones that hold it stand in its evidence, and lend it their country and division. `taken`: whether it is that
        land changed hands, so that what was seized is a place, whether or not any table knows it.
        """
        spots = [self._spot(document, m, context) for m in mentions]
        located = [s.found for s in spots if s.found and not s.words.origin] or [s.found for s in spots if s.found]
        picked = _picked(spots)
        unknown = _unknown([s for s in spots if s.found or _is_named(s.mention, s.words, context)], picked, document.text, taken)
        if unknown and (by_name := self._as_written(document, unknown, located, context)):
            return by_name
        if unknown and taken and not located and (home := self.country_of(context)):
            return within(unknown.mention, unknown.words, home)
        if not located:
            return None
        best = picked.found if picked and picked.found else max(located, key=lambda p: _rank(p, located))
        holders = [p for p in located if p is not best and holds(p.value, best.value)]
        place = best.value
        for holder in sorted(holders, key=lambda p: p.value.radius_km or 9e9):
            place = replace(place, country=place.country or holder.value.country, admin1=place.admin1 or holder.value.admin1)
        evidence = tuple(dict.fromkeys(e for p in (best, *holders) for e in p.evidence))
        against = sum(not holds(p.value, best.value) for p in located if p is not best)
        return Stated(place, evidence, self.step.id, best.score * (0.8 if against else 1.0))

    def seat(self, document: Document, near: Span, context: PlaceContext) -> Stated[Place] | None:
        """The capital that a sentence says things were in without naming it: "in the Belgian capital", "near the capital"; the
        latter is that of the country that most of the document's places lie in."""
        found: list[tuple[int, Stated[Place]]] = []
        sentence = context.sentence(near, document.text)
        for said in _SEAT.finditer(document.text, sentence.start, sentence.end):
            code = adjective_of(said["of"].strip()) if said["of"] else next(iter(context.countries), "")
            seat = self._capital(code) if code else None
            if seat:
                span = Span(*said.span("seat"))
                words = _read(document.text, span, sentence)
                place = _related(words, as_place(seat), seat)
                sure = 0.9 if said["of"] else 0.5
                found.append((abs(span.start - near.start), Stated(place, (words.span,), self.step.id, sure)))
        return min(found, key=lambda one: one[0])[1] if found else None

    def _capital(self, code: str) -> Candidate | None:
        names = next((row["capital"] for row in resources.rows("countries.csv") if row["iso2"] == code), "")
        seats = (c for name in names.split("|")[:1] if name for c in self.gazetteer.candidates(name, code))
        return next((c for c in seats if c.capital), None)

    def pick(self, document: Document, mentions: Sequence[Mention], context: PlaceContext) -> Mention | None:
        """Of the mentions that place one happening, given as the reader hangs them on it, the one that says where most finely.

        The first that is a place is where it happened, or holds it: a later one is taken for it only if it is finer and can
        lie within it. A name that no table knows counts as a town, where the words before say that it is a place, and a
        site without a known name ("the consulate") as none. None where no mention is a place: metonyms, adjectives.
        """
        picked = _picked([self._spot(document, m, context) for m in mentions])
        return picked.mention if picked else None

    def words(self, document: Document, mention: Mention, context: PlaceContext) -> Toponym:
        """A mention's words as they place something."""
        return _read(document.text, mention.span, context.sentence(mention.span, document.text))

    def is_seat(self, place: Place) -> bool:
        """Whether a place is a capital."""
        return any(c.capital and c.id == place.id for c in self.gazetteer.candidates(place.name, place.country))

    def is_named(self, document: Document, mention: Mention, context: PlaceContext) -> bool:
        """Whether a name that no table knows is a place's, by how the reader takes it or by the words beside it."""
        return _is_named(mention, self._spot(document, mention, context).words, context)

    def _as_written(
        self, document: Document, spot: _Spot, others: Sequence[Stated[Place]], context: PlaceContext
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

        return as_written(document, spot.mention, spot.words, sentence, [widened(p) for p in others], locate, home)

    def _told_of_elsewhere(self, document: Document, spot: _Spot, context: PlaceContext) -> bool:
        """Whether a name is a dateline's capital, or that of a place to which somebody was brought."""
        span = spot.mention.span
        if is_elsewhere(document.text, context.sentence(span, document.text), span):
            return True
        wrote = any(span.meets(town) for town in datelines(document))
        return wrote and spot.place is not None and self.is_seat(spot.place)

    def _division(self, found: Stated[Place]) -> Stated[Place]:
        """The division that a town gives its name to; any other place as it is."""
        place = found.value
        if place.precision is not Precision.TOWN or not place.admin1 or fold(place.admin1) != fold(place.name):
            return found
        named = self.gazetteer.candidates(place.admin1, place.country)
        home = next((c for c in named if c.kind is Kind.ADMIN1 and c.exact), None)
        return replace(found, value=as_place(home)) if home else found

    def _spot(self, document: Document, mention: Mention, context: PlaceContext) -> _Spot:
        return _Spot(mention, self.words(document, mention, context), self.locate(document, mention, context))

    def country_of(self, context: PlaceContext) -> Stated[Place] | None:
        """The country that most of the document's places lie in, as a last resort; None where it speaks of no country."""
        for code, share in context.countries.items():
            country = self.gazetteer.country(code)
            if country and code in context.evidence:
                return Stated(as_place(country), (context.evidence[code],), self.step.id, round(0.5 * share, 3))
        return None


def _is_named(mention: Mention, words: Toponym, context: PlaceContext) -> bool:
    """Whether the reader takes a name for a place's wherever it meets it, or the words beside it say what place it is: of a
    person's, a party's or a book's name no place is made because "in" or "of" stands before it, nor of a word of the language
    ("the Jewish settlement of X")."""
    if words.feature in _SETTLED and fold(words.core) in _not_places()["words"]:
        return False
    kinds = {m.kind for m in context.meeting(mention.span)}
    if MentionKind.PERSON in kinds:
        return False
    return mention.kind is not MentionKind.PLACE or words.feature in _LIVED_IN or not kinds.isdisjoint(NAMED)


def _is_small(c: Candidate) -> bool:
    return c.kind in (Kind.CITY, Kind.ADMIN2) and c.population < GIVEN_NAME


def _is_a_partys(text: str, mention: Mention, words: Toponym, context: PlaceContext) -> bool:
    """Whether the reader takes all words of a name for a person's or a party's, or the name is a shop's ("the Sarah's store")
    or what a person of the document is called by."""
    read = context.meeting(mention.span)
    if (read and all(m.kind in _WHO for m in read)) or _SHOP.search(text[max(0, mention.span.start - 4) : words.span.end + 4]):
        return True
    if words.within or " " in words.core:
        return False
    people = (m.span.of(text) for m in context.mentions if m.kind is MentionKind.PERSON)
    return any(name.endswith(f" {words.core}") for name in people)


_SHOP = re.compile(r"\b[Tt]he [^'’]+['’]s [a-z]")
_WHO = (MentionKind.PERSON, MentionKind.GROUP, MentionKind.ORGANISATION)
_LIVED_IN = (*_SETTLED, *_DIVISIONS, Feature.QUARTER, Feature.AROUND)


# Where nothing behind it names it or says whose it is.
_SEAT = re.compile(
    r"\b(?:in|near|outside|around|across|inside|over|(?:outskirts|suburbs) of) "
    r"(?P<seat>the (?P<of>(?:[A-Z][\w-]+ ){1,2})?capital)(?: city)?"
    r"(?=[.;:)”\"]|, (?![A-Z])|\s+(?:and|or|that|which|where|when|while|as|but|after|before|during|on|in|at|by|since|late|early|"
    r"overnight|today|yesterday|amid|to|with|for|over|was|were|has|have|had|is|are|killed|killing|left|leaving|wounded)\b"
    r"(?! the (?:country|province)))"
)


_OWNER_BEFORE = re.compile(r"\b([A-Z][\w-]+(?: [A-Z][\w-]+)?)['’]s (?:[a-z-]+ ){0,2}$")


def _best(words: Toponym, scored: Sequence[tuple[float, int, Candidate]]) -> Candidate | None:
    """The likeliest candidate; None where there is none."""
    if not scored:
        return None
    best = max(scored)[2]
    if best.kind is Kind.ADMIN1 and words.feature in _OF_A_TOWN and words.relation is not Relation.PART:
        # "in Aleppo" without "province" is the city, where the division is named after one.
        towns = [c for _, _, c in scored if c.kind is Kind.CITY and c.country == best.country and c.population >= 10_000]
        within = [c for c in towns if c.exact and (c.capital or c.admin1 == best.name or _km(c, best) <= best.radius_km)]
        return max(within, key=lambda c: c.population) if within else best
    return best


def _told_apart(words: Toponym, beside: _Beside, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """What bears the name, without the towns and divisions that share it with a country, a continent or a sea, where
    nothing but a list of countries ("Mexico, China and Japan") stands beside."""
    if words.full.isupper() and len(words.full) <= 3 and not any(c.kind is Kind.COUNTRY for c in found):
        found = [c for c in found if c.kind is not Kind.CITY or c.name.isupper()]  # "OAS" is no town called Oas
    wide = [c for c in found if c.exact and (c.kind is Kind.COUNTRY or (c.kind is Kind.AREA and c.radius_km >= 400))]
    if not wide or beside.divisions or words.feature not in (Feature.NONE, Feature.NATURE, Feature.REGION):
        return found
    own = {fold(words.core), fold(words.full)}
    kept = [
        c for c in found if c in wide or (c.kind is Kind.ADMIN1 and fold(c.name) in own) or c.kind in (Kind.AREA, Kind.FACILITY)
    ]
    return kept or found


@lru_cache(maxsize=1)
def _armed_homes() -> Mapping[str, str]:
    """The country of each armed party that has one."""
    rows, armed = resources.table("actors.yml")["actors"], ARMED_GROUPS | {"state forces"}
    return {f"actor:{row['id']}": row["country"] for row in rows if row.get("country") and row["kind"] in armed}


def _called(document: Document) -> Iterator[Mention]:
    """The names that the article, whatever its reader found there, calls a division's or a front's, or that have a governor."""
    for run in document.article():
        for kind in _DIVISION.finditer(document.text, run.start, run.end):
            if name := _CALLED.search(document.text, max(run.start, kind.start() - _LONGEST), kind.start()):
                yield Mention(Span(name.start("name"), name.end("name")), MentionKind.PLACE)


_DIVISION = re.compile(
    r"\b(?:province|governorate|oblast|department|prefecture|region|district|territory|county|front|axis|governor|"
    r"(?:(?:regional|provincial|military) )?administration)\b"
)
_CALLED = re.compile(r"(?<![\w'’-])(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}) $")
_LONGEST = 90
"""So many characters a name has at most."""


def _homes(reading: Reading) -> list[str]:
    """The countries of the armed parties that a reading names, once for each party."""
    homes, named = _armed_homes(), {mention.known for mention in reading.mentions if mention.known}
    return sorted(homes[known] for known in named & homes.keys())


# -- the company that names keep ------------------------------------------------------------------------------------------


def _anchors(
    named: Mapping[str, tuple[Span, tuple[Candidate, ...]]], weights: dict[str, float], evidence: dict[str, Span]
) -> tuple[tuple[Candidate, ...], frozenset[str]]:
    """The places named beyond doubt, each of which speaks for its country, and the divisions named."""
    anchors: dict[str, Candidate] = {}
    divisions: set[str] = set()
    spoken = max(weights.values(), default=0.0)
    for name, (span, found) in named.items():
        divisions.update(fold(c.name) for c in found if c.kind is Kind.ADMIN1)
        best = max(found, key=lambda c: (PRIOR[c.kind], c.population))
        least = ALONE if _spelt_alike(name, best) or fold(name).startswith(f"{fold(best.name)} ") else FURTHER
        if not best.exact or (best.kind in (Kind.CITY, Kind.ADMIN2) and best.population < least and best.country not in weights):
            continue
        if best.kind is Kind.FACILITY and spoken >= MUCH_SPOKEN and best.country not in weights:
            continue  # "Al-Quds hospital" of a report of another land is that land's
        rivals = [c for c in found if c.country != best.country and c.kind in (Kind.CITY, Kind.ADMIN1)]
        sure = best.kind in (Kind.FACILITY, Kind.AREA) or not rivals
        seat = best.capital and _spelt_alike(name, best)
        if sure or seat or best.population > max(10 * max(c.population for c in rivals), 100_000):
            anchors[best.id] = best
            if best.country:
                weights[best.country] = weights.get(best.country, 0.0) + (3.0 if sure else 1.5)
                evidence.setdefault(best.country, span)
    return tuple(anchors.values()), frozenset(divisions)


def _company(named: Mapping[str, tuple[Span, tuple[Candidate, ...]]]) -> dict[tuple[str | None, str | None], float]:
    """How many of the document's names could lie together in each division, as shares of all."""
    tally: dict[tuple[str | None, str | None], float] = {}
    for _, found in named.values():
        for home in {(c.country, c.admin1) for c in found if c.exact and c.admin1}:
            tally[home] = tally.get(home, 0.0) + 1.0
    # One name alone has no company: every place that bears it would vouch for itself.
    return {home: (count - 1.0) / (len(named) - 1) for home, count in tally.items() if count > 1.0}


# -- words for countries ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _country_words() -> NameIndex[tuple[str, bool]]:
    """Names and adjectives of countries; the value says which country, and whether the word is an adjective."""
    names: list[tuple[str, tuple[str, bool]]] = []
    for row in resources.rows("countries.csv"):
        names += [(n, (row["iso2"], False)) for n in (row["name"], *row["aliases"].split("|")) if n]
        names += [(n, (row["iso2"], True)) for n in row["adjectives"].split("|") if n]
    for row in resources.rows("areas.csv"):
        lies_in = row["countries"].split("|")
        if len(lies_in) == 1 and lies_in[0]:
            names += [(n, (lies_in[0], False)) for n in (row["name"], *row["aliases"].split("|")) if n[:1].isupper()]
    return NameIndex(names)


def countries_in(text: str, start: int, end: int) -> Iterator[tuple[Span, str, bool]]:
    """(words, ISO alpha-2, whether an adjective) of each country spoken of."""
    for found in _country_words().find(text, start, end):
        if found.values:
            code, adjective = found.values[0]
            yield found.span, code, adjective and all(a for c, a in found.values if c == code)


def is_adjective(name: str) -> bool:
    """Whether a name is only the adjective of a country ("Sudanese"): nobody's place."""
    known = _country_words().get(name)
    return bool(known) and all(adjective for _, adjective in known)


def adjective_of(name: str) -> str:
    """The ISO alpha-2 code of the country whose adjective or people a name is ("Sudanese", "Syrians"); empty else."""
    for written in (name, name.removesuffix("s")):
        known = _country_words().get(written)
        if known and all(adjective for _, adjective in known):
            return known[0][0]
    return ""


def _unowned(text: str, span: Span) -> Span:
    """A name without the country that it belongs to, where a text has lost its apostrophes: "Syrias Idlib province"; "Syrias"
    alone is Syria."""
    first = span.of(text).split(None, 1)[0] if span.of(text).strip() else ""
    country = len(first) > 4 and first.endswith("s") and not _country_words().get(first) and _country_words().get(first[:-1])
    if not country or all(adjective for _, adjective in country):
        return span
    rest = _NEXT_WORD.match(text, span.start + len(first), span.end)
    return Span(rest.end(), span.end) if rest else Span(span.start, span.start + len(first) - 1)


_NEXT_WORD = re.compile(r" (?=\w)")


def _in_full(text: str, span: Span) -> str | None:
    """What an abbreviation with its dots stands for ("Kan.", "W.Va."), empty for one that is not known: its letters would
    find anything. None for what is no abbreviation."""
    written = re.sub(r"\s", "", span.of(text))
    known = _short_names()
    if not written.endswith(".") and text[span.end : span.end + 1] == ".":
        written = f"{written}." if f"{written}." in known else written
    if written in known:
        return known[written]
    return "" if len(written) <= 6 and written.endswith(".") and written.count(".") == 1 else None


@lru_cache(maxsize=1)
def _short_names() -> Mapping[str, str]:
    """Dotted short names of states, as the style books of English news write them, to the whole names."""
    pairs = (pair.split("=") for pair in resources.table("not_places.yml")["short_names"].split())
    return {short: whole.replace("_", " ") for short, whole in pairs}


@lru_cache(maxsize=1)
def _short_name_after() -> re.Pattern[str]:
    """A comma and a short name: "Huntsville, Ala."."""
    return re.compile(r",\s+(" + "|".join(re.escape(short) for short in _short_names()) + r")")


def _is_joined(text: str, words: Toponym) -> bool:
    """Whether the name is the first half of an adjective: "Tehran-backed"."""
    return words.metonym and text[words.span.end : words.span.end + 1] in ("-", "‐", "‑")


# Who is called by a country is as a rule not in it: a mission's soldiers, seafarers, travellers.
_OF_A_STRANGER = re.compile(
    r"[ -](?:\w+ )?(?:peacekeepers?|blue helmets?|nationals?|citizens?|tourists?|journalists?|reporters?|photographers?|sailors?|"
    r"seafarers?|seam[ae]n|aid workers?|engineers?|passports?|flagged|owned|registered|crew|priests?|missionar(?:y|ies)|"
    r"contractors?|newspaper)\b"
)


def _worth(text: str, span: Span, adjective: bool) -> float:
    """How much a country's name says of where things happen: most after "in", least as somebody's adjective."""
    before, after = text[max(0, span.start - 14) : span.start].lower(), text[span.end : span.end + 8]
    if after[:1] in "-‐‑" and after[1:2].isalpha():
        return 0.2  # "US-led", "Iran-backed"
    if adjective:
        return 0.05 if _OF_A_STRANGER.match(text, span.end) else 0.5
    last = before.rstrip().removesuffix(" the").split()[-1:]
    return 3.0 if (last and last[0] in _IN) or before.endswith(", ") else 1.0


_LEADS_IN = (
    "in into inside across throughout northern southern eastern western northeastern northwestern southeastern southwestern"
    " northeast northwest central"
)
_IN = frozenset(_LEADS_IN.split())


def _around(sentences: Sequence[Span], span: Span, text: str) -> Span:
    at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
    if at >= 0 and sentences[at].holds(span):
        return sentences[at]
    return Span(max(0, span.start - 200), min(len(text), span.end + 200))


# -- what narrows a toponym ---------------------------------------------------------------------------------------------


def _opens_frame(after: str) -> bool:
    """Whether what follows a toponym says what it lies in."""
    lead = after.lstrip("\"”'’s ")
    return after[:1] == "," or lead.startswith(
        ("in ", "(", "of ", "on ", "district", "city", "town", "village", "province", "area", "which is located", "located")
    )


_ASIDE = re.compile(
    r",\s+(?!in\b|the\b|near\b|about\b|some\b|an?\b|of\b|which\b|(?:north|south|east|west|central)\w*\b|al-|as-|el-|ar-|ad-|ez-)[a-z]"
)


def _frame_length(after: str) -> int:
    """How far the frame reaches: to the end of the clause, at most 70 characters."""
    aside = _ASIDE.search(after)
    after = after[: aside.start()] if aside else after
    stops = [
        after.find(mark)
        for mark in (
            ";",
            ":",
            ".",
            " and ",
            " where ",
            " that ",
            " after ",
            " as ",
            " when ",
            " by ",
            " killing ",
            " but ",
            " while ",
        )
    ]
    return min([s for s in stops if s > 0] + [70, len(after)])


def _found(run: str, text: str, start: int) -> Span | None:
    """Where the words of a run stand in the text, whatever blanks, line breaks and brackets lie between them."""
    match = re.compile(r"[\s()]+".join(map(re.escape, run.split()))).search(text, start)
    return Span(match.start(), match.end()) if match else None


def _runs(words: str) -> Iterator[str]:
    """Runs of capitalised words: names that a frame may hold."""
    run: list[str] = []
    for word in [*words.replace("(", " ").replace(")", " ").split(), ""]:
        name = word.rstrip(",.'’")
        name = name[:-2] if name.endswith(("'s", "’s")) else name
        starts = name[:1].isupper() or (name[:3] in ("al-", "el-", "as-", "ar-", "ez-", "ad-", "an-") and name[3:4].isupper())
        if starts or (run and name in ("de", "del", "al", "ez-Zor", "el")):
            run.append(name)
        if run and (not starts or word != name):
            yield " ".join(run)
            run = []


def _in_capitals(text: str, span: Span) -> bool:
    """Whether a short name stands in capitals within a line that does not, opens no dateline, and is never written otherwise:
    then it is the letters of a body ("SWAT") unless a place goes by them ("NSW")."""
    written = span.of(text)
    if not (2 <= len(written) <= 5 and written.isalpha() and written.isupper()):
        return False
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    tail = text[span.end : span.end + 60].partition("\n")[0]
    if not line.strip(' "“(') or _DATELINE_MARK.match(tail) or not any(word.islower() for word in f"{line} {tail}".split()):
        return False
    return re.search(rf"\b{written.capitalize()}\b", text) is None


def _of_a_body(text: str, span: Span) -> bool:
    """Whether what reads as a country or an area is a body's name: a "SWAT" team, "Mount Sinai Hospital"."""
    if _HOUSE_OF.match(text, span.end):
        return True
    return span.of(text) not in _SHORT_COUNTRIES and _in_capitals(text, span)


_HOUSE_OF = re.compile(r" (?:\w+ )?(?:Hospital|Medical|Clinic|Street|Avenue|Road|Drive|High School)\b")
_SHORT_COUNTRIES = frozenset(("UK", "US", "UAE", "DRC", "CAR", "USA", "EU", "PRC", "ROK", "DPRK", "KSA", "DR"))
_DATELINE_MARK = re.compile(r"\s*(?:\(|[—–]|-\s)")


@lru_cache(maxsize=1)
def _not_places() -> Mapping[str, frozenset[str]]:
    table = {key: frozenset(fold(word) for word in words.split()) for key, words in resources.table("not_places.yml").items()}
    return {**table, "words": table["words"] | table["common"]}


def _doubtful(words: Toponym) -> bool:
    """Whether the name alone is more often a word or a person's name than a place."""
    name = fold(words.core)
    return name in _not_places()["words"] or name in _not_places()["given_names"]


def _speaks(words: Toponym, c: Candidate) -> bool:
    """Whether the name stands for a government: a country or seat of government that acts, or a great city that speaks."""
    if c.kind is Kind.COUNTRY and words.goes_on:
        return True
    if c.kind is Kind.COUNTRY or c.capital:
        return words.metonym or words.spoken
    return words.metonym and c.kind is Kind.CITY and c.population >= GREAT_CITY


def _is_surname(text: str, words: Toponym, c: Candidate) -> bool:
    """Whether a place's name is somebody's on the page ("Musa Lara", "Musay Lara, 34"), and nothing says what is there."""
    if words.within or c.kind not in (Kind.CITY, Kind.ADMIN1, Kind.ADMIN2) or words.core != words.full or " " in words.core:
        return False
    named = re.finditer(rf"\b([A-Z][\w’'-]+) (?:[A-Z]\. )?{re.escape(words.core)}\b(, \d\d?[,;.)])?", text)
    return any(m[2] or (c.kind is not Kind.ADMIN1 and fold(m[1]) in _not_places()["given_names"]) for m in named)


def _fits(words: Toponym, c: Candidate) -> bool:
    """Whether a candidate can be what the feature word says."""
    if c.kind is Kind.COUNTRY:  # "United States", "Central African Republic", "the Republic of Armenia"
        return words.feature not in (*_SETTLED, Feature.DISTRICT, Feature.NATURE)
    if c.kind is Kind.FACILITY:
        return words.feature is not Feature.ADMIN1
    if c.kind is Kind.SITE:  # from a dump, where every village has its mosque: the words must say what it is
        return words.feature in (Feature.AIRFIELD, Feature.SITE)
    if c.kind is Kind.LAND:
        return words.feature in (Feature.NATURE, Feature.REGION, Feature.NONE, Feature.SITE) and c.exact
    if words.feature in _SETTLED:
        return c.kind is Kind.CITY and (words.feature is Feature.TOWN or c.population < NO_VILLAGE)
    if words.feature is Feature.ADMIN1:
        return c.kind in (Kind.ADMIN1, Kind.ADMIN2) or (c.kind is Kind.AREA and c.feature != "district")
    if words.feature in (Feature.DISTRICT, Feature.AROUND):
        return c.kind in (Kind.ADMIN2, Kind.CITY) or (c.kind is Kind.AREA and c.feature in ("district", "area", "zone"))
    if words.feature is Feature.NATURE:  # "Lake Vermont" is no state
        return c.kind is Kind.AREA or (c.kind is Kind.CITY and fold(c.name) == fold(words.full))
    if words.feature is Feature.REGION:
        return c.kind in (Kind.ADMIN1, Kind.AREA, Kind.CITY, Kind.ADMIN2)
    return True


def _in_context(c: Candidate, context: PlaceContext) -> bool:
    return any(code in context.countries for code in (c.countries or (c.country or "",)))


def _far_from(c: Candidate, holder: Candidate) -> bool:
    """Whether a town lies well outside of a division, a district or an area."""
    if c.admin1 and holder.kind is Kind.ADMIN1 and c.country == holder.country and fold(c.admin1) == fold(holder.name):
        return False
    return _km(c, holder) > 1.25 * holder.radius_km + 60


def _likely(words: Toponym, c: Candidate, beside: _Beside, context: PlaceContext) -> bool:
    """Whether the document makes a candidate likely at all, so that "Hemo" of Syria is no hamlet on another continent."""
    lies_in = set(c.countries or (c.country or "",))
    if beside.excludes(c):
        return False
    if beside.divisions and beside.countries and not beside.countries & lies_in and c.kind is not Kind.COUNTRY:
        return False  # "the village of X in the Donetsk region" is none of another land
    if beside.countries & lies_in or (c.admin1 and fold(c.admin1) in beside.divisions):
        return c.exact or c.kind is not Kind.ADMIN2
    here = _in_context(c, context) or (c.exact and context.company.get((c.country, c.admin1), 0.0) >= IN_COMPANY)
    if words.feature is Feature.SITE and context.countries and not _in_context(c, context):
        return False  # the Salem Mosque stands in no Salem, and in no land that is not spoken of
    wordlike = fold(words.core) in _not_places()["words"]
    if wordlike and fold(c.name) == fold(words.full) != fold(words.core):
        wordlike = fold(words.core) not in _not_places()["common"]  # "Story City" is no story
    if wordlike and c.kind in (Kind.CITY, Kind.ADMIN2) and not (c.capital and c.exact):
        return here and (words.within or (words.locative and _spelt_alike(words.core, c))) and c.population >= ALONE
    if wordlike and c.kind is Kind.ADMIN1:
        return here  # "the Northwest" is Cameroon's only where Cameroon is spoken of
    if fold(words.core) in _not_places()["given_names"] and c.kind in (Kind.CITY, Kind.ADMIN2):
        return (here and words.locative) or c.population >= GIVEN_NAME
    if not c.exact:
        return here and c.kind is not Kind.ADMIN2
    if here or c.kind in (Kind.COUNTRY, Kind.FACILITY, Kind.AREA):
        return True
    if c.kind is Kind.ADMIN2:
        return not context.countries and c.population >= ALONE
    if c.kind is Kind.ADMIN1:
        return (not context.countries and c.population >= ALONE) or words.feature is Feature.ADMIN1 or c.population >= AGAINST
    own = _spelt_alike(words.core, c) or _spelt_alike(words.full, c)
    return c.population >= (AGAINST if context.countries else ALONE if own else FURTHER)


def _spelt_alike(name: str, c: Candidate) -> bool:
    """Whether a name is the place's own, be it with other vowels, in which transliterations differ most."""
    return _VOWELS.sub("", bare(fold(c.name))) == _VOWELS.sub("", bare(fold(name)))


_VOWELS = re.compile(r"[aeiouy'’\s-]")


LINES = ("river", "wadi", "canal", "road", "border", "corridor", "line")
"""Features that are drawn as lines: a name of one says nothing of where along it."""

# -- from candidate to place --------------------------------------------------------------------------------------------


def as_place(c: Candidate) -> Place:
    """A candidate as it stands, with the precision of its kind and at least its radius."""
    precision = {
        Kind.FACILITY: Precision.EXACT, Kind.SITE: Precision.EXACT, Kind.CITY: Precision.TOWN, Kind.ADMIN2: Precision.DISTRICT,
        Kind.ADMIN1: Precision.ADMIN1, Kind.COUNTRY: Precision.COUNTRY,
    }.get(c.kind) or _of_area(c)  # fmt: skip
    admin1 = c.name if c.kind is Kind.ADMIN1 else c.admin1
    least = 25.0 if c.kind is Kind.ADMIN2 else 2.0  # its towns in the table are few, and its villages lie farther out
    return Place(c.id, c.name, precision, c.country, admin1, c.latitude, c.longitude, max(least, c.radius_km))


def _of_area(c: Candidate) -> Precision:
    """How finely an area or a land places: by its reach, and never as a town where it is drawn as a line."""
    if c.radius_km <= 6 and c.kind is Kind.AREA and c.feature not in LINES:
        return Precision.TOWN
    return Precision.DISTRICT if c.radius_km <= 60 else Precision.REGION


def _no_finer(place: Place, precision: Precision) -> Precision:
    """The coarser of a place's precision and another."""
    return max(place.precision, precision, key=FINENESS.__getitem__)


def near(name: str) -> str:
    return name if "(near " in name or name.startswith("near ") else f"near {name}"


def _related(words: Toponym, place: Place, c: Candidate) -> Place:
    """The place moved and widened as the relation says."""
    reach = place.radius_km or 5.0
    wide = place.precision in COARSE
    if words.relation is Relation.PART:
        return _part(words, place, reach) if wide else place
    if words.relation in (Relation.AT, Relation.BETWEEN) or (wide and words.relation is not Relation.FROM):
        return place
    if words.relation is Relation.EDGE:
        moved = _moved(place, words.bearing, reach) if words.bearing is not None else place
        return replace(moved, name=f"outskirts of {c.name}", precision=Precision.NEAR, radius_km=max(12.0, 2 * reach))
    if words.relation is Relation.NEAR:
        # "Near" a base is a few km, near a town a score of them: 15 and 20 hold 9 in 10 of what analysts mean by it.
        return replace(place, name=near(place.name), precision=Precision.NEAR, radius_km=max(15.0 if reach <= 5 else 20.0, reach))
    if words.distance_km is not None:
        if words.bearing is None:
            return replace(place, name=near(place.name), precision=Precision.NEAR, radius_km=words.distance_km + reach)
        moved = _moved(place, words.bearing, words.distance_km)
        return replace(
            moved,
            name=f"{words.distance_km:.3g} km from {place.name}",
            precision=Precision.NEAR,
            radius_km=max(5.0, 0.35 * words.distance_km),
        )
    if words.bearing is None:
        return place
    shift = reach if wide else max(5.0, reach)
    moved = _moved(place, words.bearing, shift)
    precision = Precision.REGION if wide else Precision.NEAR
    name = f"{_compass(words.bearing)} of {place.name}"
    return replace(moved, name=name, precision=precision, radius_km=max(15.0, 1.2 * reach))


def _part(words: Toponym, place: Place, reach: float) -> Place:
    """The north, the east, the centre of a wide place: moved half its radius, and three fifths as wide."""
    moved = _moved(place, words.bearing, reach / 2) if words.bearing is not None else place
    finer = Precision.REGION if place.precision in (Precision.COUNTRY, Precision.REGION) else Precision.ADMIN1
    return replace(moved, name=f"{words.direction} {place.name}", precision=finer, radius_km=round(0.6 * reach, 1))


def _between(place: Place, other: Candidate) -> Place:
    """Half way between two places, as far as either end."""
    end = as_place(other)
    if place.latitude is None or place.longitude is None or end.latitude is None or end.longitude is None:
        return place
    reach = round((place.km(end) or 0.0) / 2 + 5.0, 1)
    return replace(
        place, name=f"between {place.name} and {end.name}",
        precision=Precision.NEAR if reach <= 30 else Precision.DISTRICT if reach <= 60 else Precision.REGION,
        latitude=round((place.latitude + end.latitude) / 2, 4), longitude=round((place.longitude + end.longitude) / 2, 4),
        radius_km=reach, country=place.country if place.country == end.country else None,
        admin1=place.admin1 if place.admin1 == end.admin1 else None,
    )  # fmt: skip


def _moved(place: Place, bearing: float | None, km: float) -> Place:
    """The place moved so many km in a direction (flat earth: right to 1 % below 300 km and 70 degrees)."""
    if bearing is None or place.latitude is None or place.longitude is None:
        return place
    north = km * math.cos(math.radians(bearing)) / 111.2
    east = km * math.sin(math.radians(bearing)) / (111.2 * max(0.1, math.cos(math.radians(place.latitude))))
    return replace(place, latitude=round(place.latitude + north, 4), longitude=round(place.longitude + east, 4))


def _compass(bearing: float) -> str:
    return min(toponym.BEARINGS, key=lambda word: abs(toponym.BEARINGS[word] - bearing))


def _km(a: Candidate, b: Candidate) -> float:
    """Kilometres between two candidates (flat earth within 300 km; farther ones only need to be far)."""
    north = (a.latitude - b.latitude) * 111.2
    east = (a.longitude - b.longitude) * 111.2 * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return math.hypot(north, east)


# -- choosing among places ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spot:
    """A mention of one happening's place, its words, and where it is."""

    mention: Mention
    words: Toponym
    found: Stated[Place] | None

    @property
    def place(self) -> Place | None:
        return self.found.value if self.found else None


def _picked(spots: Sequence[_Spot]) -> _Spot | None:
    """The spot that says most finely where, as `Places.pick` says; else the first that is at least a name."""
    placing: list[_Spot] = []
    others: list[_Spot] = []
    for spot in spots:
        unknown, words = spot.found is None, spot.words
        if words.origin or (unknown and (words.metonym or is_adjective(words.full))):
            others += [] if unknown else [spot]
        elif unknown and (spot.mention.kind is MentionKind.FACILITY or not (words.within or words.feature)):
            others.append(spot)
        else:
            placing.append(spot)
    if not placing:
        return others[0] if others else None
    best, *rest = _unopposed(placing)
    for spot in rest:
        best = spot if _within(spot.place, best.place) else best
    return best


def _unknown(spots: Sequence[_Spot], picked: _Spot | None, text: str, taken: bool) -> _Spot | None:
    """The name of a place, or of a site in a town or something wider, that no table knows and that says most finely where."""
    known = picked.found.value.precision if picked and picked.found else Precision.COUNTRY
    if known is Precision.EXACT:
        return None
    unknown = [s for s in spots if s.found is None and not (s.words.goes_on or s.words.metonym or is_street(s.words.full))]
    town = known in (Precision.TOWN, Precision.NEAR)
    named = [s for s in unknown if _is_site(s) or (not town and _is_there(s, text, taken))]
    return min(named, key=lambda s: (s.words.feature in _DIVISIONS, s is not picked), default=None)


def _is_site(spot: _Spot) -> bool:
    """Whether a name is a site's own: "Kalonge hospital", and not "the hospital"."""
    return spot.mention.kind is MentionKind.FACILITY and spot.words.core != spot.words.full and spot.words.core[:1].isupper()


def _is_there(spot: _Spot, text: str, taken: bool) -> bool:
    """Whether the words say that a name is a place's: "in X", "the village of X", "attacked X in Y"."""
    if spot.mention.kind is not MentionKind.PLACE or not _CAPITAL.match(spot.words.full):
        return False
    if taken or text.endswith(" on ", 0, spot.words.span.start):  # "shells fell on X"
        return True
    return bool(spot.words.within or spot.words.feature or _IN_AFTER.match(text, spot.words.span.end))


_CAPITAL = re.compile(r"(?:[a-z]{2,3}[-‐‑])?[A-Z]")  # "al-Waer"
_IN_AFTER = re.compile(r",? (?:in|near|outside) (?:the )?[A-Z]")


def _unopposed(spots: Sequence[_Spot]) -> list[_Spot]:
    """The spots without those fine ones against which more of the wide ones speak than against another fine one."""
    wide = [s.place for s in spots if s.place and s.place.precision in COARSE]
    against = [sum(not holds(w, s.place) for w in wide) if s.place and s.place.precision not in COARSE else None for s in spots]
    least = min((count for count in against if count is not None), default=0)
    return [spot for spot, count in zip(spots, against, strict=True) if count is None or count == least]


def _within(fine: Place | None, wide: Place | None) -> bool:
    """Whether one place of a happening is finer than another and can lie within it; None for one that no table knows."""
    if fine is None or wide is None:
        return fine is None and wide is not None and FINENESS[wide.precision] > FINENESS[Precision.TOWN]
    if FINENESS[fine.precision] == FINENESS[wide.precision] or (fine.precision in COARSE and wide.precision in COARSE):
        return (fine.radius_km or 0.0) < (wide.radius_km or 0.0) and (fine.km(wide) or 9e9) <= (wide.radius_km or 0.0)
    return FINENESS[fine.precision] < FINENESS[wide.precision] and holds(wide, fine)


def _rank(p: Stated[Place], located: Sequence[Stated[Place]]) -> tuple[float, ...]:
    """A spot, a town or near one first; of these what no wide place speaks against; then the finer, surer, earlier."""
    # Only what is wide can speak against: a second town is another happening's, or another way to say the first.
    finest = max(FINENESS[p.value.precision], FINENESS[Precision.NEAR])
    coarser = [o for o in located if FINENESS[o.value.precision] > finest]
    against = sum(not holds(o.value, p.value) for o in coarser)
    wide = p.value.precision in (Precision.COUNTRY, Precision.REGION)
    fine = FINENESS[p.value.precision] <= FINENESS[Precision.NEAR]
    tier = 0.0 if wide else 2.0 if fine else 1.0
    return (tier, -float(against), -float(FINENESS[p.value.precision]), p.score, -float(located.index(p)))
