"""When an undated page can have been written, if it is of the same time as the dated pages beside it: a view, and no more.

A page that bears "Tuesday, March 12" and no year is of one day in every sixth year or so; which one, its own words do not say.
In a folder about one week nearly all other pages lie in that week, and of the page's likely days only those of one year lie
there. That is an assumption about the folder and not a reading of the page, so it is told beside its date, with the count that
it rests on, and no claim's day comes from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from crossbearing.model.outcome import Dating
from crossbearing.model.when import Interval

WEEK = 7
"""Pages of so many days are of one time; a page of that time lies no further off, and one whose days are as few is dated."""
FEWEST, MOST = 5, 0.75
"""So many dated pages, and so large a share of them within one week, make a time that an undated one can be taken to share.
Judgements: fewer say too little, and a folder of many weeks names none."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the dated pages say of an undated one, if it is of their time."""

    days: tuple[Interval, ...]
    """Those of its own likely days that lie in or near the others' week, in order."""
    week: Interval
    """The days of the pages that lie in one week."""
    within: int
    """How many those are."""
    dated: int
    """Of so many dated pages."""


def beside(dating: Dating, others: Iterable[Interval]) -> Beside | None:
    """Which of an undated page's likely days lie by the week of the other pages (`others`: when each was written).

    None where the page has its date, where its words allow no days that can be listed, where the others are of no one week, and
    where none of its days lies there or all do.
    """
    if not dating.likely or (dating.published.days or WEEK + 1) <= WEEK:
        return None
    days = sorted(other.earliest for other in others if other.earliest and other.days and other.days <= WEEK)
    within = max((_week_from(days, at) for at in range(len(days))), key=len, default=[])
    if len(days) < FEWEST or len(within) < MOST * len(days):
        return None
    near = Interval(within[0] - timedelta(days=WEEK), within[-1] + timedelta(days=WEEK))
    fitting = tuple(cut for stretch in dating.likely if (cut := stretch.narrowed(near)))
    if not fitting or fitting == dating.likely:
        return None
    return Beside(fitting, Interval(within[0], within[-1]), len(within), len(days))


def _week_from(days: list[date], at: int) -> list[date]:
    """The days from one on that lie in a week with it."""
    return [day for day in days[at:] if (day - days[at]).days < WEEK]
