"""Draw the incidents that claims and decisions make. Pure, whole and repeatable: the order of the claims changes nothing.

Tellings that compare well are joined, best first, as long as no two of an incident forbid each other; so two raids that
one report tells apart pull their followers apart too, and a chain of likenesses never joins what its ends forbid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache

from crossbearing.link.candidates import candidates
from crossbearing.link.compare import SIDES, Rule, compare, joining
from crossbearing.link.judged import Judgements, bound, counting, folded, judged, parted, reviewed, says_same
from crossbearing.link.lineage import lineages
from crossbearing.link.units import Unit, units
from crossbearing.model.claim import Actor, Claim, Figure, Status
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Contradiction, Incident, Link
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.model.provenance import Step
from crossbearing.model.when import Interval
from crossbearing.model.where import FINE, FINENESS, Place
from crossbearing.words.parties import related

STEP = Step("link", "1")


def link(claims: Sequence[Claim], decisions: Sequence[Decision] = ()) -> tuple[Incident, ...]:
    """The incidents, in the order of their first day, then of their id."""
    judgements = judged(decisions, {claim.id for claim in claims})
    told = parted(units(claims), judgements)
    drawn = [_incident([told[i] for i in members], judgements) for members in _cluster(told, *bound(told, judgements))]
    return _in_order(reviewed(drawn, judgements))


def review(incidents: Sequence[Incident], decisions: Sequence[Decision]) -> tuple[Incident, ...]:
    """Incidents that were drawn by the decisions that draw (`model.decision.drawing`), with what all decisions say of them.

    `link(claims, decisions)` is `review(link(claims, drawing(decisions)), decisions)`: what a verdict or a set field changes is
    worked out without drawing anew.
    """
    known = {claim for incident in incidents for claim in incident.claims}
    return _in_order(reviewed(incidents, judged(decisions, known)))


def _in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=lambda i: ((i.when and i.when.earliest and i.when.earliest.isoformat()) or "9999", i.id)))


def _cluster(told: Sequence[Unit], same: Sequence[tuple[int, int]], different: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The tellings of each incident, as indices in order: joined best first, where no two of them forbid each other.

    What people judged comes before any score and any rule: `same` are joined first, `different` never.
    """
    joins = [(-score, i, j) for i, j in candidates(told) if (score := joining(told[i], told[j])) is not None]
    joins.sort()
    apart = _Apart(told, different)
    cluster = list(range(len(told)))
    members: dict[int, list[int]] = {i: [i] for i in cluster}
    for by_person, (i, j) in (*((True, pair) for pair in same), *((False, (i, j)) for _, i, j in joins)):
        a, b = cluster[i], cluster[j]
        if a == b or (not by_person and apart.forbids(a, b)):
            continue
        for x in members[b]:
            cluster[x] = a
        members[a] += members.pop(b)
        apart.join(a, b)
    return [sorted(m) for m in members.values()]


class _Apart:
    """Which clusters hold two tellings that forbid each other, without a look at every two.

    A rule looks at one side of a telling only (`SIDES`), and a cluster has few days, places and parties that differ: each
    rule is asked once for each two sides that differ, and its answer is kept.
    """

    def __init__(self, told: Sequence[Unit], different: Sequence[tuple[int, int]]) -> None:
        self._documents = [{unit.document} for unit in told]
        self._members = [{index} for index in range(len(told))]
        self._foes: list[set[int]] = [set() for _ in told]
        for i, j in different:
            self._foes[i].add(j)
            self._foes[j].add(i)
        self._sides = [_Side(rule, side, told) for rule, side in SIDES.items()]

    def forbids(self, a: int, b: int) -> bool:
        """Whether some telling of the one cluster forbids some telling of the other."""
        return (
            not self._foes[a].isdisjoint(self._members[b])
            or not self._documents[a].isdisjoint(self._documents[b])
            or any(side.forbids(a, b) for side in self._sides)
        )

    def join(self, a: int, b: int) -> None:
        """Cluster `b` goes into `a`."""
        self._documents[a] |= self._documents[b]
        self._members[a] |= self._members[b]
        self._foes[a] |= self._foes[b]
        for side in self._sides:
            side.join(a, b)


class _Side:
    """One rule, and which tellings of each cluster differ in what it looks at."""

    def __init__(self, rule: Rule, side: Callable[[Unit], Hashable], told: Sequence[Unit]) -> None:
        first: dict[Hashable, int] = {}
        self._alike = [first.setdefault(side(unit), index) for index, unit in enumerate(told)]
        """For each telling the first that is alike."""
        self._of: dict[int, set[int]] = {}
        """Of clusters that have been joined; a telling alone is alike to itself."""
        self._ask = lru_cache(maxsize=1 << 20)(lambda x, y: rule(told[x], told[y]) is not None)

    def forbids(self, a: int, b: int) -> bool:
        return any(self._ask(x, y) for x in self._in(a) for y in self._in(b))

    def join(self, a: int, b: int) -> None:
        self._of[a] = self._in(a) | self._of.pop(b, {self._alike[b]})

    def _in(self, cluster: int) -> set[int]:
        return self._of.get(cluster) or {self._alike[cluster]}


def _incident(told: list[Unit], judgements: Judgements) -> Incident:
    """What the claims of one happening show together. No value wins by being last, and a rejected claim adds none."""
    held = tuple(sorted(c.id for u in told for c in u.claims))
    told = counting(told, judgements)
    claims = sorted((c for u in told for c in u.claims), key=lambda c: c.id)
    kinds = Counter((c.event_type, c.sub_event_type) for c in claims)
    known = {k: n for k, n in kinds.items() if k[1] != MEANS_UNKNOWN} or kinds
    event_type, sub_event_type = max(known.items(), key=lambda item: (item[1], item[0]))[0]
    return Incident(
        id="i" + held[0][1:13],
        claims=held,
        reports=tuple(sorted({c.report for c in claims})),
        event_type=event_type,
        sub_event_type=sub_event_type,
        status=_status(told),
        when=_when(told),
        where=_where(told),
        perpetrators=_actors(a for u in told for a in u.doers),
        targets=_actors(a for u in told for a in u.targets),
        weapons=tuple(dict.fromkeys(w for u in told for w in u.weapons)),
        killed=_range([f for u in told for f in u.killed]),
        injured=_range([f for u in told for f in u.injured]),
        lineages=folded(lineages(told), judgements),
        links=_links(told, judgements),
        contradictions=tuple(_contradictions(told)),
        background=not any(u.main for u in told),
    )


def _links(told: list[Unit], judgements: Judgements) -> tuple[Link, ...]:
    """Why each telling stands with the others: a person's word, or else its best comparison."""
    found: list[Link] = []
    for i, unit in enumerate(told):
        by_person = next(((other, said) for other in told[:i] if (said := says_same(unit, other, judgements))), None)
        best = max(((compare(unit, other), other) for other in told[:i]), key=lambda pair: pair[0].score, default=None)
        if by_person:
            found.append(Link(by_person[0].claims[0].id, unit.claims[0].id, 1.0, (by_person[1],)))
        elif best:
            found.append(Link(best[1].claims[0].id, unit.claims[0].id, best[0].score, best[0].reasons))
    return tuple(found)


def _status(told: list[Unit]) -> Status:
    """The status that most reports give; what happened for some happened for the ledger, with the contradiction beside it."""
    counts = Counter(c.status for u in told for c in u.claims)
    return max(counts.items(), key=lambda item: (item[1], item[0] is Status.HAPPENED))[0]


def _when(told: list[Unit]) -> Interval | None:
    """The days that all tellings allow; where none are, all the days that any gives."""
    whens = [u.when for u in told if u.when]
    if not whens:
        return None
    common: Interval | None = whens[0]
    for when in whens[1:]:
        common = common.narrowed(when) if common else None
    if common:
        return common
    hull = whens[0]
    for when in whens[1:]:
        hull = hull.hull(when)
    return hull


def _where(told: list[Unit]) -> Place | None:
    """The finest place that a telling names; the one most tellings name among equally fine ones."""
    places = [u.where for u in told if u.where]
    counts = Counter(p.id for p in places)
    return min(places, key=lambda p: (p.precision not in FINE, FINENESS[p.precision], -counts[p.id], p.id), default=None)


def _actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    counts: Counter[str] = Counter()
    first: dict[str, Actor] = {}
    for actor in actors:
        key = actor.id or actor.name.lower()
        counts[key] += 1
        first.setdefault(key, actor)
    return tuple(first[k] for k, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _range(figures: list[Figure]) -> Figure | None:
    """From the least to the most that any claim allows."""
    if not figures:
        return None
    lows, highs = [f.low for f in figures if f.low is not None], [f.high for f in figures]
    high = None if None in highs else max(h for h in highs if h is not None)
    return Figure(min(lows, default=None), high, figures[0].counted)


def _denials(a: Unit, b: Unit) -> Iterator[Contradiction]:
    """A deed that one voice denies and another says was done."""
    for x in a.claims:
        for y in b.claims:
            if {x.status, y.status} != {Status.DENIED, Status.HAPPENED}:
                continue
            if any(related(p.value, q.value) for p in x.perpetrators for q in y.perpetrators):
                denier, other = (x, y) if x.status is Status.DENIED else (y, x)
                says = f"{denier.report} has it denied that {denier.perpetrators[0].value.name} did it, {other.report} says so"
                yield Contradiction("perpetrators", other.id, denier.id, says)
                return


def _outcomes(a: Unit, b: Unit) -> Iterator[Contradiction]:
    """A happening that one voice says was, and another, of the same report or of another, says was stopped or never was."""
    if a is not b and {c.status for c in a.claims} & {c.status for c in b.claims}:
        return
    for x in a.claims:
        for y in b.claims:
            denied = next((c for c in (x, y) if c.status is Status.DENIED), None)
            if x.status is y.status or {x.status, y.status} == {Status.DENIED, Status.FOILED}:
                continue
            if (denied is None and a is b) or (denied and denied.perpetrators):
                continue  # a voice may tell of a hit and of a stop; who denies having done it is told by _denials
            yield Contradiction("status", x.id, y.id, f"{_says(x)}, {_says(y)}")
            return


def _clash(a: Unit, b: Unit, name: str) -> tuple[Claim, Claim] | None:
    """The first claims of two tellings whose figures cannot both hold."""
    given = [[(c, getattr(c, name).value) for c in unit.claims if getattr(c, name)] for unit in (a, b)]
    return next(((x, y) for x, f in given[0] for y, g in given[1] if not f.allows(g)), None)


def _tolls(unit: Unit) -> Iterator[Contradiction]:
    """Figures that two voices of one report give and that cannot both hold."""
    for name in ("killed", "injured"):
        if odd := _clash(unit, unit, name):
            says = f"{unit.report} gives two numbers of {name} that cannot both hold"
            yield Contradiction(name, odd[0].id, odd[1].id, says)


def _says(claim: Claim) -> str:
    return f"{claim.chain[-1].value.name if claim.chain else claim.report} says {claim.status.value}"


def _contradictions(told: list[Unit]) -> Iterator[Contradiction]:
    """Pairs of tellings that cannot both hold, one for each field and pair of reports."""
    for i, a in enumerate(told):
        yield from _outcomes(a, a)
        yield from _tolls(a)
        for b in told[:i]:
            yield from _denials(b, a)
            x, y = b.claims[0], a.claims[0]
            yield from _outcomes(b, a)
            for name in ("killed", "injured"):
                if clash := _clash(b, a, name):
                    says = f"{b.report} and {a.report} give numbers of {name} that cannot both hold"
                    yield Contradiction(name, clash[0].id, clash[1].id, says)
            if a.doers and b.doers and all(p.id and q.id and p.id != q.id for p in a.doers for q in b.doers):
                yield Contradiction(
                    "perpetrators", x.id, y.id, f"{b.report} names {b.doers[0].name}, {a.report} names {a.doers[0].name}"
                )
            if a.when and b.when and a.when.gap(b.when):
                yield Contradiction("when", x.id, y.id, f"{b.report} says {b.when}, {a.report} says {a.when}")
