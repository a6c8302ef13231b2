"""All the days that words can mean, and nothing narrower.

An interval is a set of local days with both ends included, and, where the words give one, a stretch of the clock.
It is never a timestamp: "on Wednesday" is a day, "early on Thursday" a part of one, "late 2017" four months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum


class ClockKind(StrEnum):
    """How a time of day is given."""

    EXACT = "exact"  # at 4:15 am
    APPROXIMATE = "approximate"  # at around 10:25
    WINDOW = "window"  # between 2 and 4 am
    PART = "part of day"  # at dawn, early, overnight


@dataclass(frozen=True, slots=True)
class Clock:
    """A stretch of the clock, local unless a zone is named. `latest` before `earliest` runs past midnight."""

    earliest: time
    latest: time
    kind: ClockKind
    zone: str | None = None
    """As written: "GMT", "local time"; None where nothing is said."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Every day that an expression can mean. None is an open end."""

    earliest: date | None
    latest: date | None
    clock: Clock | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"an interval runs forward; got {self.earliest} to {self.latest}")

    @classmethod
    def day(cls, day: date, clock: Clock | None = None) -> Interval:
        return cls(day, day, clock)

    @property
    def days(self) -> int | None:
        """How many days it holds; None where an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def meets(self, other: Interval) -> bool:
        """Whether some day lies in both."""
        return self.gap(other) == 0

    def gap(self, other: Interval) -> int:
        """Days between the two; 0 where they share a day. An open end reaches everywhere."""
        after = (self.earliest - other.latest).days if self.earliest and other.latest else 0
        before = (other.earliest - self.latest).days if other.earliest and self.latest else 0
        return max(after, before, 0)

    def narrowed(self, other: Interval) -> Interval | None:
        """The days in both, with this one's clock or else the other's; None where there are none."""
        earliest = max((d for d in (self.earliest, other.earliest) if d), default=None)
        latest = min((d for d in (self.latest, other.latest) if d), default=None)
        if earliest and latest and earliest > latest:
            return None
        return Interval(earliest, latest, self.clock or other.clock)

    def hull(self, other: Interval) -> Interval:
        """The shortest interval that holds both."""
        earliest = min(self.earliest, other.earliest) if self.earliest and other.earliest else None
        latest = max(self.latest, other.latest) if self.latest and other.latest else None
        return Interval(earliest, latest, self.clock if self.clock == other.clock else None)

    def shifted(self, days: int) -> Interval:
        """The same length, so many days later (earlier where negative), without the clock."""
        step = timedelta(days=days)
        return Interval(self.earliest and self.earliest + step, self.latest and self.latest + step)

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return str(self.earliest or "any day")
        return f"{self.earliest or ''}..{self.latest or ''}"
