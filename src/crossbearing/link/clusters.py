"""Which tellings are one happening: average linkage over their scores, with constraints.

Two clusters are as alike as their tellings are on the average, each of the one with each of the other; the two most alike are
joined, as long as the average speaks for one happening. So one likeness by chance joins nothing, and a telling of which a few
reports give a wrong day is held by the others. Two tellings that one report tells apart pull their followers apart too, unless
these are so many and so alike that the report has rather told one happening twice. What people part never comes together.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from crossbearing.link.candidates import candidates
from crossbearing.link.compare import TOLD_APART, score
from crossbearing.link.units import Unit

Pair = tuple[int, int]
Scored = tuple[int, int, float]
AVERAGE = 0.0
"""The average score from which two clusters are joined."""
UNMET = -3.0
"""The score of two tellings that are no candidates: they have too little in common to be compared. It counts where their clusters
have others that are. About the median of such pairs in gva_incidents."""


def cluster(
    told: Sequence[Unit], same: Sequence[Pair] = (), different: Sequence[Pair] = (), met: Iterable[Scored] | None = None
) -> list[list[int]]:
    """The tellings of each happening, as indices in order.

    What people judged comes before any score and any rule: `same` are joined first, `different` never. `met` is what `scored`
    gives, where it is at hand.
    """
    return _Drawing(told, same, different).drawn(scored(told) if met is None else met)


def scored(told: Sequence[Unit]) -> Iterator[Scored]:
    """The candidates that have something in common, each with its score, the smaller index first."""
    for i, j in candidates(told):
        if (found := score(told[i], told[j])) > UNMET:
            yield i, j, found


def average(told: Sequence[Unit], between: Collection[Pair], met: Collection[Pair]) -> float:
    """How alike two clusters are: the average score of the tellings of the one with those of the other, which are the pairs
    `between` them. `met` holds the candidates among these pairs."""
    return sum(_worth(told[i], told[j], (i, j) in met) for i, j in between) / len(between)


def _worth(a: Unit, b: Unit, met: bool) -> float:
    if a.document == b.document:
        return TOLD_APART
    return max(score(a, b), UNMET) if met else UNMET


class _Drawing:
    """Clusters on their way. A cluster is called by the smallest index among its members."""

    def __init__(self, told: Sequence[Unit], same: Sequence[Pair], different: Sequence[Pair]) -> None:
        self._told = told
        self._members: dict[int, list[int]] = {i: [i] for i in range(len(told))}
        self._home = list(range(len(told)))
        self._documents = [Counter([unit.document]) for unit in told]
        self._foes: list[set[int]] = [set() for _ in told]
        """For each cluster the tellings that must not come into it."""
        for i, j in different:
            self._foes[i].add(j)
            self._foes[j].add(i)
        self._sums: dict[int, dict[int, float]] = defaultdict(dict)
        """For clusters that hold candidates of each other, the sum of the scores of each with each."""
        self._heap: list[tuple[float, int, int]] = []
        for i, j in same:
            self._put_together(self._home[i], self._home[j])

    def drawn(self, met: Iterable[Scored]) -> list[list[int]]:
        """Join what is most alike until nothing is."""
        for (a, b), (total, pairs) in self._met(met).items():
            if not self._forbidden(a, b):
                self._meet(a, b, total - UNMET * pairs + self._unmet(a, b))
        while self._heap:
            negative, a, b = heapq.heappop(self._heap)
            if a in self._members and b in self._members and -negative == self._average(a, b):
                self._join(a, b)
        return [sorted(members) for _, members in sorted(self._members.items())]

    def _met(self, scores: Iterable[Scored]) -> dict[Pair, tuple[float, int]]:
        """Clusters that hold candidates of each other: the sum of these candidates' scores, and their number."""
        met: dict[Pair, tuple[float, int]] = {}
        for i, j, found in scores:
            a, b = self._home[i], self._home[j]
            if a != b:
                pair = (a, b) if a < b else (b, a)
                total, pairs = met.get(pair, (0.0, 0))
                met[pair] = total + found, pairs + 1
        return met

    def _join(self, a: int, b: int) -> None:
        """Bring `b` into `a`, which is the smaller, and see what the two meet together."""
        mine, theirs = self._sums.pop(a), self._sums.pop(b)
        met = sorted((mine.keys() | theirs.keys()) - {a, b})
        sums = {c: (mine[c] if c in mine else self._unmet(a, c)) + (theirs[c] if c in theirs else self._unmet(b, c)) for c in met}
        self._put_together(a, b)
        for c in met:
            self._sums[c].pop(a, None)
            self._sums[c].pop(b, None)
            if not self._forbidden(a, c):
                self._meet(a, c, sums[c])

    def _put_together(self, i: int, j: int) -> None:
        a, b = min(i, j), max(i, j)
        if a == b:
            return
        for member in self._members[b]:
            self._home[member] = a
        self._members[a] += self._members.pop(b)
        self._documents[a] += self._documents[b]
        self._foes[a] |= self._foes[b]

    def _meet(self, a: int, b: int, total: float) -> None:
        """Note two clusters' sum, and whether they are alike enough to be joined."""
        self._sums[a][b] = self._sums[b][a] = total
        if (alike := self._average(a, b)) >= AVERAGE:
            heapq.heappush(self._heap, (-alike, min(a, b), max(a, b)))

    def _average(self, a: int, b: int) -> float:
        total = self._sums[a].get(b) if a in self._sums else None
        return float("nan") if total is None else total / self._size(a, b)

    def _size(self, a: int, b: int) -> int:
        """How many pairs two clusters make."""
        return len(self._members[a]) * len(self._members[b])

    def _unmet(self, a: int, b: int) -> float:
        """The sum of two clusters that hold no candidates of each other."""
        few, many = sorted((self._documents[a], self._documents[b]), key=len)
        apart = sum(count * many[document] for document, count in few.items() if document in many)
        return UNMET * self._size(a, b) + (TOLD_APART - UNMET) * apart

    def _forbidden(self, a: int, b: int) -> bool:
        """Whether people have parted some telling of the one from some telling of the other."""
        return not self._foes[a].isdisjoint(self._members[b])
