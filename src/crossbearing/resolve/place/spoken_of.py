"""What a document speaks of: its countries and divisions, the places it names beyond doubt, and the company of its names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crossbearing import resources
from crossbearing.model.mention import Mention, MentionKind, Reading
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.where import Place
from crossbearing.resolve.place import toponym
from crossbearing.resolve.place.asides import datelines
from crossbearing.resolve.place.bearers import PRIOR, bearers_of, doubtful, fits, spelt_alike
from crossbearing.resolve.place.country_words import countries_in, in_full, of_a_body, worth_of
from crossbearing.resolve.place.gazetteer import Candidate, Gazetteer, Kind, bare
from crossbearing.resolve.place.toponym import Feature
from crossbearing.words.names import fold
from crossbearing.words.parties import ARMED_GROUPS

NAMED = (MentionKind.PLACE, MentionKind.FACILITY)
"""The mentions that name a spot; a state's name is a party's as often."""
PARTY_SPOKEN = 0.5  # a party named speaks for its country as an adjective does, and never alone for a place there
# A town that nothing in the document speaks for is believed from this size on, in a document that speaks of no country at all,
# and from the second one where it speaks of others.
ALONE, AGAINST = 15_000, 500_000
FURTHER = 100_000  # and one that only bears the name beside its own
MUCH_SPOKEN = 5.0  # of another country, from which on a facility's name alone speaks for none
SPOKEN = 2.0  # of another country, from which on the name of one small town speaks for no land that nothing else speaks for
_FORCES = re.compile(
    r"(?:['’]s)? (?:[\w-]+ ){0,2}?(?:troops|forces|soldiers|army|military|defen[cs]e ministry|ministry of defen[cs]e|jets?|"
    r"drones?|(?:war)?planes|aircraft|helicopters?|(?:air ?)?strikes?|missiles?|commandos|marines|navy|mercenar(?:y|ies)|"
    r"special forces|air force|paratroopers|artillery|shelling)\b"
)
_BUREAU, _HARDLY = 10.0, 0.03  # so much at most, and so little of it, says a dateline's land for itself
PEOPLED = (Kind.CITY, Kind.ADMIN1, Kind.ADMIN2)
GREAT_DIVISION = 3_000_000  # people in the towns of a division, from which on it may outweigh the country of its name


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
    people: frozenset[str] = frozenset()
    """The names of the persons among them."""
    acting: tuple[Candidate, ...] = ()
    """The countries that it speaks of, where it does so by adjectives alone ("Turkish jets"): who acts need not be at home."""
    forces: bool = False
    """Whether these are forces, which go to wars far from home: "French troops"."""
    located: dict[Mention, Stated[Place] | None] = field(default_factory=dict, compare=False, repr=False)
    """What `locate` has found in the document: several rules ask for the places of one happening."""
    framed: list[Mapping[str, Any]] = field(default_factory=list, compare=False, repr=False)
    """What the words beside a name say of it anywhere in the document, once asked for."""

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


def in_context(c: Candidate, context: PlaceContext) -> bool:
    """Whether it lies in a land that the document speaks of."""
    return any(code in context.countries for code in (c.countries or (c.country or "",)))


# One mention is asked about for the document, for its happening and for each of its neighbours.
words_at = lru_cache(maxsize=1024)(toponym.read)


def context_of(gazetteer: Gazetteer, document: Document, reading: Reading) -> PlaceContext:
    """The countries and regions that the document speaks of, from its title, its article and the reader's mentions."""
    weights: dict[str, float] = {}
    evidence: dict[str, Span] = {}
    lands: set[str] = set()
    forces = False
    homes = _homes(reading)
    stretches = list(document.article())
    title = document.metadata.title
    if title and title.span and not any(s.holds(title.span) for s in stretches):
        stretches.insert(0, title.span)
    early = stretches[0].start + 400 if stretches else 0  # the title and the lead: where a report says what it is about
    for stretch in stretches:
        for span, code, adjective in countries_in(document.text, stretch.start, stretch.end):
            if of_a_body(document.text, span) or (code not in homes and _lies_in(gazetteer, span.of(document.text), homes)):
                continue
            worth = worth_of(document.text, span, adjective) * (2.0 if span.start < early else 1.0)
            if not worth:
                continue  # "six peacekeepers from Tanzania"
            weights[code] = weights.get(code, 0.0) + worth
            evidence.setdefault(code, span)
            of_forces = _FORCES.match(document.text, span.end) is not None
            forces |= of_forces
            lands |= set() if adjective or of_forces else {code}
    for code, worth in homes.items():
        weights[code] = weights.get(code, 0.0) + worth
    named = _names(gazetteer, document, reading)
    spoken = max(weights.values(), default=0.0)
    anchors, divisions = _anchors(named, weights, evidence)
    _yield_to_divisions(gazetteer, document, weights, evidence)
    for town in datelines(document) if homes else ():
        for code in weights.keys() - homes.keys():
            said_at = evidence.get(code, Span(0, 0))
            if town.start <= said_at.start <= town.end + len(", ") and weights[code] <= _BUREAU:
                weights[code] *= _HARDLY  # where the desk of a report on another land's war sits
    total = sum(weights.values())
    shares = {code: worth / total for code, worth in sorted(weights.items(), key=lambda w: -w[1])} if total else {}
    mentions = tuple(sorted(reading.mentions, key=lambda m: m.span.start))
    people = frozenset(document.quote(m.span) for m in mentions if m.kind is MentionKind.PERSON)
    acting = () if lands or anchors else tuple(c for c in map(gazetteer.country, shares) if c)
    company = _company(named, spoken)
    return PlaceContext(shares, divisions, anchors, company, evidence, reading.sentences, mentions, people, acting, forces)


def _yield_to_divisions(
    gazetteer: Gazetteer, document: Document, weights: dict[str, float], evidence: Mapping[str, Span]
) -> None:
    """ "Georgia" on a page that speaks of Atlanta, and of nothing Georgian, is no country: what it weighs goes to the home of
    the division so called, where that has millions of people (Niger State has not, on a page that speaks of Niger)."""
    for code in sorted(set(weights) & set(evidence)):
        bearers = [c for c in gazetteer.candidates(document.quote(evidence[code])) if c.exact]
        if not any(c.kind is Kind.COUNTRY for c in bearers):
            continue
        great = (c.country for c in bearers if c.kind is Kind.ADMIN1 and c.population > GREAT_DIVISION)
        other = max((h for h in great if h in weights and h != code), key=lambda h: weights[h or ""], default=None)
        spoken = countries_in(document.text, 0, len(document.text)) if other else ()
        if other and 2 * weights[other] >= weights[code] and not any(adjective and of == code for _, of, adjective in spoken):
            weights[other] += weights.pop(code)


def _names(gazetteer: Gazetteer, document: Document, reading: Reading) -> dict[str, tuple[Span, tuple[Candidate, ...]]]:
    """Each name that a mention gives, where it stands first, and what bears it; metonyms and doubtful words left out."""
    named: dict[str, tuple[Span, tuple[Candidate, ...]]] = {}
    seen: set[str] = set()
    for mention in (*reading.mentions, *_called(document)):
        written = document.quote(mention.span)
        # A name is asked for once; words without a capital ("the base") name nothing.
        if mention.kind not in NAMED or written in seen or written.islower():
            continue
        words = words_at(document.text, mention.span, _around(reading.sentences, mention.span, document.text))
        if words.full in named or words.metonym or doubtful(words):
            continue
        seen.add(written)
        bearers = bearers_of(gazetteer, document.text, words, in_full(document.text, mention.span), mention.span)
        found = tuple(c for c in bearers if c.kind is not Kind.COUNTRY and fits(words, c))
        # "Niger" without "State" speaks for the country, not for the division of its neighbour.
        if found and not (words.feature is Feature.NONE and any(c.kind is Kind.COUNTRY for c in bearers)):
            named[words.full] = mention.span, found
    return named


def _around(sentences: Sequence[Span], span: Span, text: str) -> Span:
    at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
    if at >= 0 and sentences[at].holds(span):
        return sentences[at]
    return Span(max(0, span.start - 200), min(len(text), span.end + 200))


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


@lru_cache(maxsize=1)
def _armed_homes() -> Mapping[str, tuple[str, ...]]:
    """The country of each armed party that has one; of one that has none those of its branches."""
    armed = ARMED_GROUPS | {"state forces"}
    rows = [row for row in resources.table("actors.yml")["actors"] if row["kind"] in armed]
    branches: dict[str, set[str]] = {}
    for row in rows:
        if row.get("country") and row.get("parent"):
            branches.setdefault(row["parent"], set()).add(row["country"])
    homes = {row["id"]: {row["country"]} if row.get("country") else branches.get(row["id"], set()) for row in rows}
    return {f"actor:{name}": tuple(sorted(lands)) for name, lands in homes.items() if 0 < len(lands) <= _BRANCHES}


_BRANCHES = 3
"""A party with branches in more countries has no home."""


def _homes(reading: Reading) -> Mapping[str, float]:
    """The countries of the armed parties that a reading names, by what they weigh."""
    homes, named = _armed_homes(), {mention.known for mention in reading.mentions if mention.known}
    found: dict[str, float] = {}
    for known in sorted(named & homes.keys()):
        for code in homes[known]:
            found[code] = found.get(code, 0.0) + PARTY_SPOKEN / len(homes[known])
    return found


def _anchors(
    named: Mapping[str, tuple[Span, tuple[Candidate, ...]]], weights: dict[str, float], evidence: dict[str, Span]
) -> tuple[tuple[Candidate, ...], frozenset[str]]:
    """The places named beyond doubt, each of which speaks for its country, and the divisions named."""
    anchors: dict[str, Candidate] = {}
    divisions: set[str] = set()
    said, spoken = set(weights), max(weights.values(), default=0.0)
    for name, (span, found) in named.items():
        divisions.update(fold(c.name) for c in found if c.kind is Kind.ADMIN1)
        best = max(found, key=lambda c: (PRIOR[c.kind], c.population))
        least = ALONE if spelt_alike(name, best) or fold(name).startswith(f"{fold(best.name)} ") else FURTHER
        if not best.exact or (best.kind in (Kind.CITY, Kind.ADMIN2) and best.population < least and best.country not in weights):
            continue
        if best.kind is not Kind.FACILITY and best.country not in said and _is_at_home(name, best, found, said):
            continue  # Nara of a report on Mali, where there is one too, is not the city in Japan
        if best.kind is Kind.FACILITY and spoken >= MUCH_SPOKEN and best.country not in weights:
            continue  # "Al-Quds hospital" of a report of another land is that land's
        rivals = [c for c in found if c.country != best.country and c.kind in (Kind.CITY, Kind.ADMIN1)]
        sure = best.kind is Kind.FACILITY or (best.kind is Kind.AREA and not best.is_listed_town) or not rivals
        seat = best.capital and spelt_alike(name, best)
        if sure or seat or best.population > max(10 * max(c.population for c in rivals), 100_000):
            anchors[best.id] = best
            if best.country:
                weights[best.country] = weights.get(best.country, 0.0) + (3.0 if sure else 1.5)
                evidence.setdefault(best.country, span)
    for land in sorted(weights.keys() - said) if said else ():
        alone = [a for a in anchors.values() if land in a.countries]
        if len(alone) != 1 or alone[0].kind not in PEOPLED or alone[0].capital or alone[0].population >= AGAINST:
            continue
        if spoken >= SPOKEN or not any(spelt_alike(name, alone[0]) for name in named):
            del anchors[alone[0].id], weights[land], evidence[land]  # it would vouch for itself
    return tuple(anchors.values()), frozenset(divisions)


def _lies_in(gazetteer: Gazetteer, name: str, homes: Mapping[str, float]) -> bool:
    """Whether the name of an area is borne in a named party's home, too: the RSF's Bara is not Pakistan's."""
    bearers = gazetteer.candidates(name) if homes else ()
    return any(c.exact and homes.keys() & set(c.countries) for c in bearers) and not any(c.kind is Kind.COUNTRY for c in bearers)


def _is_at_home(name: str, best: Candidate, found: Sequence[Candidate], said: set[str]) -> bool:
    """Whether a name is borne in a land spoken of, too, and what bears it elsewhere is no capital and no great city."""
    great = (
        c.capital or (c.kind is Kind.CITY and c.population >= AGAINST) for c in found if c.country == best.country and c.exact
    )
    return not any(great) and any(c.exact and said.intersection(c.countries) and spelt_alike(name, c) for c in found)


def _company(
    named: Mapping[str, tuple[Span, tuple[Candidate, ...]]], spoken: float
) -> dict[tuple[str | None, str | None], float]:
    """How many of the document's names could lie together in each division, as shares of all."""
    tally: dict[tuple[str | None, str | None], float] = {}
    # "Al-Bayda" and "Bayda" are one, and would vouch for each other in a document that speaks of another land.
    names = {bare(fold(name)) if spoken >= SPOKEN else name: found for name, (_, found) in named.items()}
    for found in names.values():
        for home in {(c.country, c.admin1) for c in found if c.exact and c.admin1}:
            tally[home] = tally.get(home, 0.0) + 1.0
    # One name alone has no company: every place that bears it would vouch for itself.
    return {home: (count - 1.0) / (len(names) - 1) for home, count in tally.items() if count > 1.0}
