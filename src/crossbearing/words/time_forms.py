"""What a time expression can say, before any date is known: a day of the calendar, a weekday, so many days ago, how long.

One small value for each form; `TimeWords` joins it with its place in the text, its clock and its preposition.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from crossbearing.model.text import Span
from crossbearing.model.when import Clock


class Unit(StrEnum):
    """The units that news counts time in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"


class Bound(StrEnum):
    """What a preposition makes of the expression behind it."""

    NONE = ""
    SINCE = "since"
    UNTIL = "until"  # also "by"
    BEFORE = "before"
    AFTER = "after"


Origin = Literal["page", "story"]
"""Counted from the day the page was written ("ago"), or from the day last told of ("earlier", "the next morning")."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date as the calendar has it, to the day, month or year. What is not said is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    part: str = ""
    """`early`, `mid`, `late`, `start`, `end`, `week 1` to `week 5`, `last week`, `half 1`, `half 2`,
    `quarter 1` to `quarter 4`, `fiscal` before one of these or alone, a season, `decade` or `century`."""
    which: str = ""
    """`last`, `this` or `next` before a month or season: "last May". Of the story: `following`, `previous`, `that month`. Of
    the year: `last year`, `this year`, `next year`, and of the story's `that year`, `year before`, `year after`."""
    feast: str = ""
    """A named day or season of the year, by its plain name."""
    nth: int | None = None
    """Which of a feast's days; 0 is its eve. Of a month and weekday, which of that month's; -1 is the last."""
    other: Calendar | None = None
    """The second reading of an ambiguous numeric date."""


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday alone. `which` is empty, `last`, `before last`, `this` or `next`, and of the story `that`, `following` or
    `previous`; `week` says of which week, counted from the page's."""

    day: int
    which: str = ""
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units before (negative) or after: "two days ago" is -2..-2 days, "yesterday" -1..-1. `on` is the day of the page's
    that has come round: "twenty years ago on Sunday"."""

    unit: Unit
    low: int
    high: int
    origin: Origin = "page"
    on: Form | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole unit of the calendar, counted from the current one: "last month" is -1, "this week" 0."""

    unit: Unit
    offset: int
    part: str = ""
    origin: Origin = "page"


@dataclass(frozen=True, slots=True)
class Within:
    """A stretch that reaches to the page's date, or (`ahead`) from it: "in the past 24 hours", "in recent days"."""

    unit: Unit
    low: int
    high: int
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From one to another, both included."""

    first: Form
    last: Form


@dataclass(frozen=True, slots=True)
class Bare:
    """A time of day alone; the day is the one last told of."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """ "Since the start of the war": the beginning of something that the words name no further."""


@dataclass(frozen=True, slots=True)
class Into:
    """So many units from the beginning of something: "two weeks into the war", "a year after the invasion", "the third day of the
    offensive" (`nth`)."""

    unit: Unit
    low: int
    high: int
    nth: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """How long, not when: "for three days", "a seven-day pause", "12-year-old" (`age`), "more than a year" (`about`: `more`)."""

    unit: Unit
    low: int
    high: int
    age: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """How often, not when: "every Monday", "daily", "two a week"."""

    unit: Unit
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A time that no calendar has: "now", "recently", "the former"."""

    kind: Literal["past", "present", "future"]


Form = Calendar | Weekday | Shift | Whole | Within | Range | Bare | Beginning | Into | Length | Repeated | Reference
Night = Literal["", "night", "overnight"]
"""`night` runs into the next day; `overnight` may be the night before the day or the one after it."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time expression: where it stands and what it says. It has no date yet."""

    span: Span
    form: Form
    clock: Clock | None = None
    bound: Bound = Bound.NONE
    night: Night = ""
    greenwich: Clock | None = None
    """The same moment in GMT or UTC, where the words give both: "at 4:15 am local time (0115 GMT)"."""

    @property
    def is_time(self) -> bool:
        """Whether it says when, and not how long, how old or how often."""
        return not isinstance(self.form, Length | Repeated | Reference)

    @property
    def has_day(self) -> bool:
        """Whether it names a day or longer by itself, and not only a time of day."""
        return self.is_time and not isinstance(self.form, Bare)


@dataclass(frozen=True, slots=True)
class Made:
    """What a rule's builder makes of the tokens that it matched."""

    form: Form
    clock: Clock | None = None
    night: Night = ""
    bound: Bound = Bound.NONE
    greenwich: Clock | None = None
