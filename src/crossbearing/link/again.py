"""What to cluster again when people decide otherwise on the same claims: a few incidents, and the same comes out as of all.

Two clusters are joined only where some telling of the one compares with some telling of the other as one happening: without such
a pair their average cannot speak for one. So the incidents that the decisions name are clustered again with those around them
that hold such a telling. Where a join brings both sorts together, the others are of it too, with those around them in turn; where
none does, each of the others has come out as it was, and nothing beyond them was touched.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossbearing.link.clusters import AVERAGE, Scored, cluster
from crossbearing.link.compare import score
from crossbearing.link.judged import Judgements, bound, judged, parted
from crossbearing.link.pages import Page, pages
from crossbearing.link.units import Unit, units
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Drawing
from crossbearing.model.outcome import Outcome

OutcomesOf = Callable[[Collection[str]], Iterable[Outcome]]
"""The outcomes, whole, that hold some claims."""

PLACE = np.dtype("<u4")
"""Of a telling among all, as a drawing keeps it."""

ALIKE = 1 << 31
"""Added to the first place of a pair that compares as one happening."""


class Noted:
    """Keeps which tellings have something in common while they are clustered."""

    def __init__(self) -> None:
        self._places = array("I")

    def of(self, met: Iterable[Scored]) -> Iterator[Scored]:
        """The same, noted on the way."""
        for one in met:
            i, j, found = one
            self._places.append(i | ALIKE if found >= AVERAGE else i)
            self._places.append(j)
            yield one

    def kept(self) -> bytes:
        """As `Drawing.met` holds it."""
        return np.array(self._places, PLACE).tobytes()


@dataclass(frozen=True, slots=True)
class Clustered:
    """Some incidents of a drawing, clustered again."""

    gone: frozenset[int]
    """The places of those that were clustered again."""
    clusters: list[list[Unit]]
    """Their tellings, as they stand together now."""
    pages: Mapping[str, Page]
    judgements: Judgements


def clustered_again(
    before: Drawing, earlier: Sequence[Decision], decisions: Sequence[Decision], outcomes_of: OutcomesOf
) -> Clustered | None:
    """The incidents that may stand otherwise by `decisions` than by `earlier`; None where a telling is cut otherwise, or where
    the drawing does not say what was compared."""
    around = _Around(before, earlier, decisions, outcomes_of)
    if not around.known:
        return None
    ours = around.homes(_named_otherwise(earlier, decisions))
    while True:
        theirs = around.beside(ours)
        clusters = around.clusters(sorted(ours | theirs))
        if clusters is None:
            return None
        mixed = [homes for homes in map(around.homes_of, clusters) if homes & ours and homes & theirs]
        if not mixed:
            own = [cluster for cluster in clusters if around.homes_of(cluster) <= ours]
            return Clustered(frozenset(ours), own, around.pages, around.now)
        ours = ours.union(*mixed)


def _named_otherwise(earlier: Sequence[Decision], decisions: Sequence[Decision]) -> set[str]:
    """The claims of the decisions that are in one of two lists only, and of those that share a claim with them, and so on."""
    ids = {one.id for one in earlier} ^ {one.id for one in decisions}
    sides = [{*one.subject, *one.other} for one in (*earlier, *decisions)]
    found = set().union(*(side for one, side in zip((*earlier, *decisions), sides, strict=True) if one.id in ids))
    while True:
        more = found.union(*(side for side in sides if not found.isdisjoint(side)))
        if len(more) == len(found):
            return found
        found = more


class _Around:
    """A drawing in which incidents are called by their places, and tellings by theirs."""

    def __init__(
        self, before: Drawing, earlier: Sequence[Decision], decisions: Sequence[Decision], outcomes_of: OutcomesOf
    ) -> None:
        self._before, self._outcomes_of = before, outcomes_of
        self._home = {claim: place for place, one in enumerate(before.incidents) for claim in one.claims}
        self._place = {key: place for place, key in enumerate(before.tellings)}
        self.known = bool(before.tellings) is bool(before.incidents) and self._place.keys() <= self._home.keys()
        """Whether the drawing says what was compared, of the claims that stand in its incidents."""
        self._met: NDArray[np.uint32] = np.frombuffer(before.met, PLACE).reshape(-1, 2)
        self._then, self.now = judged(earlier, self._home), judged(decisions, self._home)
        self.pages: dict[str, Page] = {}
        self._told: dict[str, Unit] = {}
        """Tellings at hand, by their keys."""

    def homes(self, claims: Iterable[str]) -> set[int]:
        """The incidents that hold some claims."""
        return {self._home[claim] for claim in claims if claim in self._home}

    def homes_of(self, told: Iterable[Unit]) -> set[int]:
        """The incidents that held some tellings."""
        return {self._home[unit.key] for unit in told}

    def beside(self, incidents: set[int]) -> set[int]:
        """Other incidents that hold a telling which compares with one of theirs as one happening."""
        among = self._among(incidents)
        pairs = self._met[(self._met[:, 0] & ALIKE) != 0] & (ALIKE - 1)
        ends = pairs[among[pairs[:, 0]] != among[pairs[:, 1]]]
        return {self._home[self._before.tellings[place]] for place in ends[~among[ends]]}

    def clusters(self, incidents: list[int]) -> list[list[Unit]] | None:
        """All the tellings of some incidents clustered by themselves; None where one is cut otherwise than before."""
        among = self._among(incidents)
        keys = [self._before.tellings[place] for place in np.flatnonzero(among)]
        if not self._have(keys):
            return None
        told = [self._told[key] for key in keys]
        number = np.cumsum(among) - 1
        met = self._met & np.array([ALIKE - 1, ALIKE - 1], PLACE)
        pairs = number[met[among[met[:, 0]] & among[met[:, 1]]]].tolist()
        compared = ((i, j, score(told[i], told[j])) for i, j in pairs)
        return [[told[i] for i in members] for members in cluster(told, *bound(told, self.now), compared)]

    def _among(self, incidents: Iterable[int]) -> NDArray[np.bool_]:
        """For each telling whether one of some incidents holds it."""
        among = np.zeros(len(self._before.tellings), np.bool_)
        held = [self._place[claim] for n in incidents for claim in self._before.incidents[n].claims if claim in self._place]
        among[held] = True
        return among

    def _have(self, keys: Sequence[str]) -> bool:
        """Have some tellings at hand. False where those of their documents are not what they were."""
        missing = [key for key in keys if key not in self._told]
        outcomes = list(self._outcomes_of(missing)) if missing else []
        known = {page.document: page for page in pages(outcomes)}
        whole = units([claim for outcome in outcomes for claim in outcome.claims], known)
        told = parted(whole, self.now)
        if [unit.claims for unit in told] != [unit.claims for unit in parted(whole, self._then)]:
            return False
        self.pages |= known
        self._told |= {unit.key: unit for unit in told}
        as_before = all(unit.key in self._place for unit in told)
        return as_before and all(key in self._told for key in keys)
