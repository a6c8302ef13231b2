"""Draw the incidents that claims and decisions make. Pure, whole and repeatable: the order of the claims changes nothing.

Tellings that compare well are joined, best first, as long as no two of an incident forbid each other; so two raids that
one report tells apart pull their followers apart too, and a chain of likenesses never joins what its ends forbid.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache

from crossbearing.link.candidates import candidates
from crossbearing.link.compare import SIDES, Rule, compare, joining
from crossbearing.link.contradictions import contradictions
from crossbearing.link.copies import copies
from crossbearing.link.lineage import Ties, lineages, standings
from crossbearing.link.pages import pages
from crossbearing.link.units import Unit, units
from crossbearing.model.claim import Actor, Claim, Figure, Status
from crossbearing.model.incident import Incident, Link
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Decision, Step
from crossbearing.model.when import Interval
from crossbearing.model.where import FINE, FINENESS, Place

STEP = Step("link", "2")


def link(claims: Sequence[Claim], decisions: Sequence[Decision] = (), outcomes: Iterable[Outcome] = ()) -> tuple[Incident, ...]:
    """The incidents, in the order of their first day, then of their id.

    `outcomes` are those that the claims come of, with or without their claims: by the documents' texts copies are told from
    witnesses, by their days a toll that rises from one that is contested. Without them quotes are compared instead.
    """
    told = units(claims)
    clusters = [[told[i] for i in members] for members in _cluster(told)]
    ties = _ties(clusters, outcomes)
    incidents = [_incident(members, ties) for members in clusters]
    return tuple(sorted(incidents, key=lambda i: ((i.when and i.when.earliest and i.when.earliest.isoformat()) or "9999", i.id)))


def _ties(clusters: Sequence[Sequence[Unit]], outcomes: Iterable[Outcome]) -> Ties:
    """What the documents' texts say of who has it from whom: only those that stand under one incident are compared."""
    homes: defaultdict[str, set[int]] = defaultdict(set)
    for number, members in enumerate(clusters):
        for unit in members:
            homes[unit.document].add(number)
    known = {page.document: page for page in pages(outcomes) if page.document in homes}
    texts = {document: page.text for document, page in known.items()}
    found = copies(texts, lambda a, b: not homes[a].isdisjoint(homes[b]))
    return Ties({(one.a, one.b): one for one in found}, known)


def _cluster(told: Sequence[Unit]) -> list[list[int]]:
    """The tellings of each incident, as indices in order: joined best first, where no two of them forbid each other."""
    joins = [(-score, i, j) for i, j in candidates(told) if (score := joining(told[i], told[j])) is not None]
    joins.sort()
    apart = _Apart(told)
    cluster = list(range(len(told)))
    members: dict[int, list[int]] = {i: [i] for i in cluster}
    for _, i, j in joins:
        a, b = cluster[i], cluster[j]
        if a == b or apart.forbids(a, b):
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

    def __init__(self, told: Sequence[Unit]) -> None:
        self._documents = [{unit.document} for unit in told]
        self._sides = [_Side(rule, side, told) for rule, side in SIDES.items()]

    def forbids(self, a: int, b: int) -> bool:
        """Whether some telling of the one cluster forbids some telling of the other."""
        return not self._documents[a].isdisjoint(self._documents[b]) or any(side.forbids(a, b) for side in self._sides)

    def join(self, a: int, b: int) -> None:
        """Cluster `b` goes into `a`."""
        self._documents[a] |= self._documents[b]
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


def _incident(told: list[Unit], ties: Ties) -> Incident:
    """What the claims of one happening show together. No value wins by being last."""
    odd = contradictions(told, ties.pages)
    claims = sorted((c for u in told for c in u.claims), key=lambda c: c.id)
    kinds = Counter((c.event_type, c.sub_event_type) for c in claims)
    known = {k: n for k, n in kinds.items() if k[1] != MEANS_UNKNOWN} or kinds
    event_type, sub_event_type = max(known.items(), key=lambda item: (item[1], item[0]))[0]
    return Incident(
        id="i" + claims[0].id[1:13],
        claims=tuple(c.id for c in claims),
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
        lineages=lineages(told, ties),
        links=_links(told),
        contradictions=odd.contradictions,
        background=not any(u.main for u in told),
        standings=standings(told, ties),
        rising=odd.rising,
    )


def _links(told: list[Unit]) -> tuple[Link, ...]:
    """Why each telling stands with the others: its best comparison."""
    found: list[Link] = []
    for i, unit in enumerate(told):
        best = max(((compare(unit, other), other) for other in told[:i]), key=lambda pair: pair[0].score, default=None)
        if best:
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
