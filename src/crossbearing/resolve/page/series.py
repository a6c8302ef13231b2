"""Published cumulative figures, day by day: a total that a page cites says when it was written.

A series is one file in `resources/series/`: a header in comment lines that is YAML, then date, killed, injured. Another
series is another file. A figure given to the digit is cited from the day it came out until the next one came out; a
rounded one ("over 24,000") from the day the count passed it until the next round number would have been written. Both may
stand for a day longer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from crossbearing import resources
from crossbearing.errors import MissingResource
from crossbearing.model.when import Interval

Counted = Literal["killed", "injured"]
# A page cites a figure until the next one comes out, or up to two days on; one that was given on several days, a day on.
_LAG, _REPEATED = timedelta(days=2), timedelta(days=1)
# The qualifiers of `words.numbers`, by the side on which they leave a figure open.
_ABOVE = re.compile(r"over|more than|at least|exceed\w*|in excess of|upwards of|or more|no fewer than|no less than|not less than")
_BELOW = re.compile(r"nearly|almost|close to|just under|approaching")


@dataclass(frozen=True, slots=True)
class Row:
    """What was published on one day."""

    day: date
    killed: int
    injured: int


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Cumulative figures of one place since one day, in the order of their days."""

    name: str
    places: tuple[str, ...]
    people: tuple[str, ...]
    """Names of the people counted, for where no place is named."""
    since: date
    source: str
    rows: tuple[Row, ...]

    def values(self, counted: Counted) -> list[int]:
        return [row.killed if counted == "killed" else row.injured for row in self.rows]


@lru_cache(maxsize=1)
def shipped() -> tuple[Series, ...]:
    """Every series in the package, by file name."""
    return tuple(_read(file.name) for file in sorted(resources.path("series").glob("*.csv")))


def _read(name: str) -> Series:
    table = f"series/{name}"
    header = resources.header(table)
    try:
        rows = tuple(
            Row(date.fromisoformat(row["date"]), int(row["killed"]), int(row["injured"]))
            for row in resources.rows(table)
            if row["given"] == "1"  # nobody could cite a number that was only filled in afterwards
        )
        since = date.fromisoformat(str(header["since"]))
        return Series(header["name"], tuple(header["places"]), tuple(header["people"]), since, header["source"], rows)
    except (KeyError, TypeError, ValueError) as error:
        raise MissingResource(table, f"not a series: {type(error).__name__} {error}") from error


def days(
    series: Series, counted: Counted, low: int | None, high: int | None, qualifier: str | None = None
) -> tuple[Interval, ...]:
    """The days on which a page can have been written that cites the figure; empty where the series never held it.

    `low` and `high` are the range that the words give, None an open end; `qualifier` the words that make it one. Days
    are whole stretches: the days that hold the figure, up to two days on or until the next one came out.
    """
    number = high if low is None or _BELOW.fullmatch((qualifier or "").lower()) else low
    if number is None or not series.rows:
        return ()
    values = series.values(counted)
    word = (qualifier or "").lower()
    above, below = bool(_ABOVE.fullmatch(word)), bool(_BELOW.fullmatch(word))
    if number > values[-1] and not below:
        # Newer than the series; far above its end it is no figure of it.
        return (Interval(series.rows[-1].day, None),) if number <= 2 * values[-1] else ()
    step = _step(number)
    if step <= 10 and not below and (number in values or not word or above):
        return _stretches(series, values, lambda v: v == number) or _between(series, values, number)
    if above:
        return _stretches(series, values, lambda v: number <= v < number + step)
    if below:
        return _stretches(series, values, lambda v: number - step <= v < number)
    if low is not None and high is not None and low < high:
        return _stretches(series, values, lambda v: low <= v <= high)
    return _stretches(series, values, lambda v: number - step // 2 <= v < number + step)


def _step(number: int) -> int:
    """To what a writer rounded the figure: the next such figure would be one step on. 1 where it is not rounded.

    24,000 is rounded to thousands, 24,500 to five hundreds; 30,000 may stand for longer than a thousand, so for five.
    """
    size: int = 10 ** (len(str(number)) - 1)
    if number % size == 0:
        return size // 2 or 1
    for step in (size // 10, size // 20, size // 100, size // 200):
        if step > 10 and number % step == 0:
            return step
    return 10 if number % 10 == 0 else 1


def _stretches(series: Series, values: list[int], holds: Callable[[int], bool]) -> tuple[Interval, ...]:
    """The runs of rows that hold, each up to the day on which the row behind it came out, or two days on."""
    found: list[Interval] = []
    start = last = None
    for row, value in zip(series.rows, values, strict=True):
        if holds(value):
            start, last = start or row.day, row.day
        elif start is not None and last is not None:
            found.append(Interval(start, max(row.day - timedelta(days=1), last + (_LAG if last == start else _REPEATED))))
            start = None
    if start is not None:
        found.append(Interval(start, None))
    return tuple(found)


def _between(series: Series, values: list[int], number: int) -> tuple[Interval, ...]:
    """A figure that no day holds: the days about the step at which the count passed it."""
    found: list[Interval] = []
    for at in range(1, len(values)):
        if values[at - 1] < number < values[at]:
            found.append(Interval(series.rows[at - 1].day, series.rows[at].day + _REPEATED))
    return tuple(found)
