"""What cannot both hold: the claims of one incident, set against one another field by field, and tolls that rise told apart.

Nothing is decided here and nothing averaged. Claims that say the same stand together, so that a figure that twenty reports give
against another that ten give is one contradiction and not two hundred. Two figures of which the higher is told on a later day,
or as one that has risen, are no contradiction: people die of wounds and bodies are found, so both can have held when they were
told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Generic, TypeVar

from crossbearing.link.means import classes
from crossbearing.link.pages import Page
from crossbearing.link.units import Unit
from crossbearing.link.voices import accused, cleared, is_named, speaker
from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status
from crossbearing.model.incident import Contradiction
from crossbearing.model.when import Interval
from crossbearing.model.where import FINE, Place
from crossbearing.words.parties import apart, related

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Found:
    """What does not fit together in one incident."""

    contradictions: tuple[Contradiction, ...]
    rising: tuple[Contradiction, ...]
    """Pairs of figures of which the higher was told later, or as risen."""


def contradictions(told: Sequence[Unit], pages: Mapping[str, Page]) -> Found:
    """The pairs of values that cannot both hold, one for each field and pair, in an order of their own.

    `pages` say when each report was written, and in which words: a toll of reports whose days are not known rises only where
    the words say so.
    """
    clashes = [*_parties(told), *_denials(told), *_outcomes(told), *_days(told), *_places(told), *_means(told)]
    rising: list[Contradiction] = []
    for name in ("killed", "injured"):
        still, rose = _tolls(told, name, pages)
        clashes += still
        rising += rose
    return Found(tuple(sorted(clashes, key=_order)), tuple(sorted(rising, key=_order)))


def _order(one: Contradiction) -> tuple[str, str, str, str]:
    return one.field, one.a, one.b, one.says


# ---------------------------------------------------------------- values, and who gives them


@dataclass(frozen=True, slots=True)
class _Value(Generic[V]):
    """One value of a field, and the claims that give it."""

    value: V
    says: str
    claims: tuple[Claim, ...]


def _values(given: Iterable[tuple[Hashable, V, str, Claim]]) -> list[_Value[V]]:
    """What is given, put together by its key: key, value, how it reads, and the claim."""
    claims: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    first: dict[Hashable, tuple[V, str]] = {}
    for key, value, says, claim in given:
        claims[key].append(claim)
        first.setdefault(key, (value, says))
    found = [_Value(*first[key], _ranked(cs)) for key, cs in claims.items()]
    return sorted(found, key=lambda one: one.claims[0].id)


def _ranked(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Each once: what a report tells as its news first, then what a speaker says who is named."""

    def rank(claim: Claim) -> tuple[bool, bool, str]:
        who = speaker(claim)
        return claim.role is not ClaimRole.MAIN, who is None or not is_named(who), claim.id

    return tuple(sorted({c.id: c for c in claims}.values(), key=rank))


def _clashing(name: str, values: Sequence[_Value[V]], clash: Callable[[_Value[V], _Value[V]], bool]) -> Iterator[Contradiction]:
    for a, b in combinations(values, 2):
        if clash(a, b):
            yield _row(name, (a.says, a.claims), (b.says, b.claims))


def _row(name: str, a: tuple[str, tuple[Claim, ...]], b: tuple[str, tuple[Claim, ...]], more: str = "") -> Contradiction:
    """A contradiction, each side told by the claim that ranks first."""
    says = ", ".join(_voiced(claims, value) for value, claims in (a, b))
    first, second = a[1], b[1]
    rest = (tuple(c.id for c in claims[1:]) for claims in (first, second))
    return Contradiction(name, first[0].id, second[0].id, says + more, *rest)


def _voiced(claims: Sequence[Claim], value: str) -> str:
    """Who says so: the innermost voice, or the report; and how many more reports."""
    who = claims[0].chain[-1].value.name if claims[0].chain else claims[0].report
    more = len({c.report for c in claims} - {claims[0].report})
    return f"{who} and {more} more report{'s' * (more > 1)} say {value}" if more else f"{who} says {value}"


# ---------------------------------------------------------------- field by field


def _parties(told: Sequence[Unit]) -> Iterator[Contradiction]:
    """Two parties, neither of which can be the other, each said to have done it by itself."""

    def given() -> Iterator[tuple[Hashable, tuple[Actor, ...], str, Claim]]:
        for claim in _claims(told):
            doers = tuple(p.value for p in accused(claim))
            if doers:
                names = " and ".join(dict.fromkeys(a.name for a in doers))
                yield frozenset(a.id or a.name.lower() for a in doers), doers, f"{names} did it", claim

    def clash(a: _Value[tuple[Actor, ...]], b: _Value[tuple[Actor, ...]]) -> bool:
        return all(apart(x, y) for x, y in product(a.value, b.value)) and _two_voices(a.claims, b.claims)

    return _clashing("perpetrators", _kin(_values(given())), clash)


def _kin(values: Iterable[_Value[tuple[Actor, ...]]]) -> list[_Value[tuple[Actor, ...]]]:
    """Parties that can be one put together: "US forces", "the United States"."""
    found: list[_Value[tuple[Actor, ...]]] = []
    for one in values:
        same = [other for other in found if any(related(x, y) for x, y in product(one.value, other.value))]
        claims = _ranked(c for each in (*same, one) for c in each.claims)
        first = next(each for each in (*same, one) if claims[0] in each.claims)
        actors = tuple(a for each in (*same, one) for a in each.value)
        found = [*(other for other in found if other not in same), _Value(actors, first.says, claims)]
    return sorted(found, key=lambda each: each.claims[0].id)


def _two_voices(a: Sequence[Claim], b: Sequence[Claim]) -> bool:
    """Whether two reports say so, or two speakers in one: one speaker who tells of both sides' deeds is at odds with no one."""
    return any(x.document != y.document or speaker(x) != speaker(y) for x, y in product(a, b))


def _denials(told: Sequence[Unit]) -> Iterator[Contradiction]:
    """A deed that one voice denies and another says was done."""
    denied = _values(
        (p.value.id or p.value.name.lower(), p.value, f"{p.value.name} did not do it", c)
        for c in _claims(told)
        for p in cleared(c)
    )
    for one in denied:
        accusing = [
            c for c in _claims(told) if c.status is Status.HAPPENED and any(related(p.value, one.value) for p in accused(c))
        ]
        if accusing:
            yield _row("perpetrators", (f"{one.value.name} did it", _ranked(accusing)), (one.says, one.claims))


def _outcomes(told: Sequence[Unit]) -> Iterator[Contradiction]:
    """A happening that one voice says was, and another, of the same report or of another, says was stopped or never was."""
    alike: defaultdict[frozenset[Status], list[Unit]] = defaultdict(list)
    for unit in told:
        alike[frozenset(c.status for c in unit.claims)].append(unit)
    clashes: defaultdict[tuple[Status, Status], list[set[Claim]]] = defaultdict(lambda: [set(), set()])
    for (statuses, some), (other, more) in product(alike.items(), repeat=2):
        for a, b in product(statuses, other):
            within = some is more and Status.DENIED in (a, b)  # a voice may tell of a hit and of a stop
            if a < b and {a, b} != {Status.DENIED, Status.FOILED} and (within or not statuses & other):
                first, second = clashes[a, b]
                first.update(_of(some, a))
                second.update(_of(more, b))
    for (a, b), (first, second) in sorted(clashes.items()):
        if first and second:
            yield _row("status", (a.value, _ranked(first)), (b.value, _ranked(second)))


def _of(told: Iterable[Unit], status: Status) -> Iterator[Claim]:
    """The claims of a status; who denies having done it is told by `_denials`."""
    return (c for c in _claims(told) if c.status is status and not (status is Status.DENIED and c.perpetrators))


def _days(told: Sequence[Unit]) -> Iterator[Contradiction]:
    """Days of which none is in both."""
    given = (
        ((when.earliest, when.latest), when, f"{when}", claim)
        for unit in told
        if (when := unit.when)
        for claim in unit.claims
        if claim.when and claim.when.value == when
    )
    return _clashing("when", _values(given), lambda a, b: a.value.gap(b.value) > 0)


def _places(told: Sequence[Unit]) -> Iterator[Contradiction]:
    """Fine places that lie outside of each other's precision."""

    def clash(a: _Value[Place], b: _Value[Place]) -> bool:
        p, q = a.value, b.value
        far = p.km(q)
        return far is not None and far > (p.radius_km or 0) + (q.radius_km or 0)

    given = (
        (where.id, where, where.name, claim)
        for unit in told
        if (where := unit.where) and where.precision in FINE
        for claim in unit.claims
        if claim.where and claim.where.value == where
    )
    return _clashing("where", _values(given), clash)


def _means(told: Sequence[Unit]) -> Iterator[Contradiction]:
    """Means of which none of the one can be one of the other: a drone and a mortar."""
    given = (
        (kinds, kinds, " and ".join(dict.fromkeys(w.value for w in claim.weapons)), claim)
        for claim in _claims(told)
        if (kinds := frozenset(k for w in claim.weapons for k in classes(w.value)))
        if claim.status is not Status.DENIED
    )

    def clash(a: _Value[frozenset[str]], b: _Value[frozenset[str]]) -> bool:
        # One report may tell of more means than one, each in another sentence.
        return a.value.isdisjoint(b.value) and {c.document for c in a.claims}.isdisjoint(c.document for c in b.claims)

    return _clashing("weapons", _values(given), clash)


# ---------------------------------------------------------------- tolls


def _tolls(told: Sequence[Unit], name: str, pages: Mapping[str, Page]) -> tuple[list[Contradiction], list[Contradiction]]:
    """Figures that cannot both hold, and those of them that rose from one day's reports to a later day's."""
    stated = ((c, s.value) for c in _claims(told) if (s := c.killed if name == "killed" else c.injured))
    values = _values(((f.low, f.high), f, f"{_range(f)} {name}", c) for c, f in stated)
    still, rose = [], []
    for a, b in combinations(values, 2):
        if a.value.allows(b.value):
            continue
        low, high = sorted((a, b), key=lambda one: (one.value.low or 0, one.value.high or 0))
        risen = [y for y in high.claims if _is_risen(y, name, pages)]
        later = [x for x in low.claims if all(_later(y, x, pages) for y in high.claims)]
        before = [x for x in low.claims if x in later or any(not _later(x, y, pages) for y in risen)]
        if before:
            how = ", on a later day" if set(before) == set(later) else ", as risen"
            rose.append(_row(name, (low.says, tuple(before)), (high.says, high.claims), how))
        rest = tuple(x for x in low.claims if x not in before)
        if rest:
            against = tuple(y for y in high.claims if not all(_later(y, x, pages) for x in rest))
            sides = sorted(((low.says, rest), (high.says, against)), key=lambda side: side[1][0].id)
            still.append(_row(name, sides[0], sides[1]))
    return still, rose


_ROSE = re.compile(
    r"\b(?:r(?:ose|isen|ises|ising)|climb(?:ed|s|ing)|increas(?:ed|es|ing)|jump(?:ed|s)|gr(?:ew|own|ows)|soar(?:ed|s)|"
    r"revised (?:up|upwards?)|(?:bring|push|tak|rais)(?:s|es|ing|ed)|brought|pushed)\b[^.;]{0,80}$",
    re.I,
)
_UP_FROM = re.compile(r"(?: [\w-]+){0,3},? (?:up from|from an earlier|from (?:\w+ )?\d)", re.I)


def _is_risen(claim: Claim, name: str, pages: Mapping[str, Page]) -> bool:
    """Whether the words give a claim's figure as one that a lower one went before: "risen to five", "five, up from three"."""
    figure = claim.killed if name == "killed" else claim.injured
    span = figure.words if figure else None
    page = pages.get(claim.document)
    if span is None or page is None:
        return False
    before, behind = page.text[max(0, span.start - 120) : span.start], page.text[span.end : span.end + 40]
    return bool(_ROSE.search(before.rpartition("\n")[2]) or _UP_FROM.match(behind))


def _later(claim: Claim, than: Claim, pages: Mapping[str, Page]) -> bool:
    """Whether a claim was surely told on a later day than another."""
    x, y = _said(than, pages), _said(claim, pages)
    return bool(x and y and x.latest and y.earliest and x.latest < y.earliest)


def _said(claim: Claim, pages: Mapping[str, Page]) -> Interval | None:
    page = pages.get(claim.document)
    return page.said if page else None


def _range(figure: Figure) -> str:
    if figure.low == figure.high:
        return str(figure.low)
    return f"{figure.low or 0}+" if figure.high is None else f"{figure.low or 0} to {figure.high}"


def _claims(told: Iterable[Unit]) -> Iterator[Claim]:
    return (c for unit in told for c in unit.claims)
