"""What the reports say there should be, against what the ledger holds: views, computed, which may be made again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crossbearing.model.claim import StatedCount
from crossbearing.model.when import Interval


@dataclass(frozen=True, slots=True)
class Gap:
    """One stated count against the ledger."""

    counts: tuple[StatedCount, ...]
    """Those that state it, the clearest first: the same number of the same, told again."""
    period: Interval
    """The days over which it counts, up to the day on which it was said."""
    surely: tuple[str, ...]
    """Incidents that are surely among those counted."""
    possibly: tuple[str, ...]
    """Incidents that can be, those above with them."""
    missing: int
    """How many the ledger lacks at the least: what is stated less all that can be among them, never below 0."""
    beyond: int
    """How many more the ledger surely holds than is stated, never below 0: perhaps some are one happening held as two."""
    says: str
    """The check in a sentence."""

    @property
    def count(self) -> StatedCount:
        return self.counts[0]


@dataclass(frozen=True, slots=True)
class Point:
    """A stated total on its day, and how many the ledger holds up to then: surely, and at most."""

    day: date
    stated: int
    surely: int
    possibly: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many happenings there were in all, and by which method, with what it takes for granted."""

    method: str
    """`stated totals`, `Chapman` or `Chao`."""
    about: str
    """Of what: the happenings counted, or the sources compared."""
    held: int
    total: float | None
    """None where there is too little to estimate from."""
    low: float | None
    """Of a 95 % interval, or the least that the words allow."""
    high: float | None
    error: float | None
    """Standard error, in happenings."""
    says: str
    assumes: tuple[str, ...] = ()
    """What must hold for the number to hold, in words."""
    points: tuple[Point, ...] = ()
    """The line of stated totals, by day."""
