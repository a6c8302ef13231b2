"""Evidence of a page's date: the days that each piece allows, and how much likelier it is on some days than on others.

A piece has options, sets of days from narrow to wide, by which the answer is narrowed step by step. The same options bear
chances: how likely a page is to show or say this when it is of such a day, against any other day. Multiplied over all pieces
they give each day's share, and with it how far the answer may be trusted. Chances are relative, so only their proportions count.

Where they come from: lags, and how often an office or a count is of another time than its page, were counted on the development
pages (`evals/dating.py`); the counts stand beside the numbers. The rest are judgements, and the comments say so; the figures of
`evals/dating.py` say what they are worth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crossbearing.model.provenance import Evidence
from crossbearing.model.text import Span
from crossbearing.model.when import Interval

Days = tuple[Interval, ...]
"""Stretches of days, in order, apart from each other."""
Shares = NDArray[np.float64]
"""One number for each day from `FIRST` to `LAST`."""

FIRST, LAST = date(1980, 1, 1), date(2035, 12, 31)
"""The days that are weighed: a page of before or after is dated by its options alone."""
_COUNT = (LAST - FIRST).days + 1
_YEAR = 366
EVERY = Interval(None, None)

Lags = tuple[tuple[int, float], ...]
"""Up to how many days after a named day, and how likely a page is then, per day; in order."""
WEEKDAY_LAGS: Lags = ((0, 0.73), (1, 0.205), (2, 0.045), (3, 0.006), (5, 0.003), (6, 0.008))
"""Of 641 weekdays that open a report 468 are of its own day, 132 of the day before, 28 of the day before that, 8 of the
three before those, and 5 of the day after it."""
LATER_WEEKDAY_LAGS: Lags = ((0, 0.29), (1, 0.36), (2, 0.23), (3, 0.05), (6, 0.025))
"""Of the first weekday behind an opening that names none: 38 of them, 11, 14, 9, 2 and then 2 in three days."""
YEARLESS_LAGS: Lags = ((7, 0.022), (30, 0.016), (60, 0.006), (180, 0.0012), (361, 0.0006), (365, 0.002))
"""Of the first date without its year behind the opening: of 122, 22 up to a week old, 46 to a month, 22 to two, 18 to six, 13
more. The last four days of the year round are those before the named day: pages bear a date a little ahead."""
NEWS_LAGS: Lags = ((4, 0.12), (30, 0.01), (60, 0.004), (180, 0.0004), (361, 0.0001), (365, 0.02))
"""A date without its year that the opening tells as news: of 14 ten were up to four days old, two ahead."""
DATELINE_LAGS: Lags = ((2, 0.3), (7, 0.005), (361, 0.00002), (365, 0.03))
"""All of 15 datelines without a year were up to two days old; the rest is a judgement."""
SINCE_LAGS: Lags = ((90, 0.008), (180, 0.003), (300, 0.0005), (365, 0.0002))
"""Of days since which something is told of, without a year: of 63, 39 up to two months old, 20 to six, 4 older."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: the days that it allows, narrowest first where a habit can be stretched."""

    evidence: tuple[Evidence, ...]
    says: str
    options: tuple[Days, ...]
    firm: bool = True
    """Whether it contradicts what it does not fit; a habit of writing is only set aside."""
    by_weekday: tuple[int, int] | None = None
    """In place of `options`: a weekday, and how many days after it the page can be."""
    by_date: tuple[int, int, int] | None = None
    """In place of `options`: month, day, and how many days after it the page can be, in a year not said."""
    on: int | None = None
    """The weekday that is said with `by_date`, 0 for Monday: only some years have the date on it."""
    chances: tuple[float, ...] = (1.0, 0.3, 0.1)
    """Of each option, of a day that the one before does not hold."""
    miss: float = 0.03
    """Of a day that no option holds."""
    lags: Lags = ()
    """How the chance falls with the days after a weekday or a date without its year."""
    tiers: tuple[tuple[Days, float], ...] = ()
    """Sets and their chances, narrow to wide, where they are others than the options and `chances`."""
    shown: bool = False
    """Whether it is a date that the page shows as its own."""
    borne: bool = False
    """Whether it is a whole date, year and all, that the text itself bears as its own."""
    kin: str = ""
    """Pieces of one kin are wrong together, on a page that tells of old times: all weigh no more against a day than `_OLD`."""
    only_weighs: bool = False
    """Whether it is too weak to narrow the answer and only counts among the chances."""

    @property
    def listed(self) -> bool:
        """Whether its days can only be listed within bounds."""
        return self.by_weekday is not None or self.by_date is not None

    @property
    def bounds(self) -> bool:
        """Whether it only says that the page is of before or after a day."""
        return any(stretch.days is None for stretch in self.options[-1]) if self.options else False


# A page tells of old times as of today about as seldom as one office or two mislead. A judgement.
_OLD = math.log(0.0003)


def weigh(pieces: Sequence[Piece]) -> Shares:
    """Each day's share, which sum to 1. Before any evidence a page is of the years in which pages are put up."""
    log = _before().copy()
    kin: dict[str, Shares] = {}
    for piece in pieces:
        if piece.kin in kin:
            kin[piece.kin] += _chances(piece)
        elif piece.kin:
            kin[piece.kin] = _chances(piece).copy()
        else:
            log += _chances(piece)
    for together in kin.values():
        log += np.maximum(together, _OLD)
    shares: Shares = np.exp(log - log.max())
    shares /= shares.sum()
    return shares


@lru_cache(maxsize=1)
def _before() -> Shares:
    """The logarithm of each day's chance before any evidence."""
    found = np.ones(_COUNT)
    for until, chance in ((date(2000, 1, 1), 0.2), (date(1990, 1, 1), 0.02)):
        found[: (until - FIRST).days] = chance
    logarithm: Shares = np.log(found)
    return logarithm


def _chances(piece: Piece) -> Shares:
    """The logarithm of each day's chance by one piece. Not to be changed: some are kept."""
    if piece.by_weekday:
        return _by_weekday(piece.by_weekday[0], piece.lags or WEEKDAY_LAGS)
    if piece.by_date:
        return _by_date(*piece.by_date[:2], piece.on, piece.lags or YEARLESS_LAGS)
    found = np.full(_COUNT, math.log(piece.miss))
    tiers = piece.tiers or tuple(zip(piece.options, piece.chances, strict=False))
    for option, chance in reversed(tiers):
        for stretch in option:
            found[slice(*_edges(stretch))] = math.log(chance)
    return found if tiers else np.zeros(_COUNT)


def _edges(stretch: Interval) -> tuple[int, int]:
    first = (stretch.earliest - FIRST).days if stretch.earliest else 0
    last = (stretch.latest - FIRST).days + 1 if stretch.latest else _COUNT
    return max(0, min(first, _COUNT)), max(0, min(last, _COUNT))


def _lagged(lag: NDArray[np.int64], lags: Lags) -> Shares:
    """The logarithm of the chance after so many days, none of them more than a year."""
    edges, chances = np.array([edge for edge, _ in lags]), np.array([chance for _, chance in lags])
    found: Shares = np.log(chances)[np.minimum(np.searchsorted(edges, np.arange(_YEAR)), len(lags) - 1)][lag]
    return found


@lru_cache(maxsize=16)
def _by_weekday(day: int, lags: Lags) -> Shares:
    """By how many days each day is after the last such weekday."""
    return _lagged((np.arange(_COUNT) + FIRST.weekday() - day) % 7, lags)


# A date with its weekday is of a year in which the two agree; one writer in fifty errs, as judged, and means any other year.
_MISMATCH = 0.003
# Days of the year round that lie so far behind a date are those right before the next.
_ROUND = 361


@lru_cache(maxsize=512)
def _by_date(month: int, day: int, weekday: int | None, lags: Lags) -> Shares:
    """By how many days each day is after the last such date; where the calendar has it only in leap years, after 28 February."""
    hits = [in_year(year, month, day) for year in range(FIRST.year - 1, LAST.year + 2)]
    starts = np.array([(hit - FIRST).days for hit in hits])
    last = np.repeat(np.arange(len(hits)), np.diff(np.clip([*starts, _COUNT], 0, _COUNT)))
    lag = np.arange(_COUNT) - starts[last]
    found = _lagged(lag, lags)
    fits = np.array([0.0 if is_meant(hit, weekday, day) else math.log(_MISMATCH) for hit in hits])
    meant: Shares = found + fits[last + (lag > _ROUND)]
    return meant


def in_year(year: int, month: int, day: int) -> date:
    """The date in a year; 28 February for 29 February where the year has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def is_meant(hit: date, weekday: int | None, day: int) -> bool:
    """Whether a date that `in_year` found falls on the weekday said with it, and is no 28 February for a 29 February."""
    return hit.day == day and weekday in (None, hit.weekday())


def likeliest(shares: Shares, share: float = 0.9, most: int = _COUNT) -> tuple[Days, float]:
    """The fewest days that together hold the share, as stretches, and what they hold. Days as likely as the last stay with it.

    A stretch that reaches the first or last day weighed is open at that end. Of more than `most` stretches only so many and the
    last are given.
    """
    # All days below this hold less together than what may be left out: they need no sorting.
    order = np.sort(shares[shares >= (1 - share) / _COUNT])[::-1]
    least = order[min(int(np.searchsorted(np.cumsum(order), share)), len(order) - 1)]
    inside = shares >= least * (1 - 1e-9)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(np.int8), [0]))))
    if len(edges) > 2 * most + 2:
        edges = np.concatenate((edges[: 2 * most], edges[-2:]))
    found = tuple(
        Interval(
            FIRST + timedelta(days=int(a)) if a else None,
            FIRST + timedelta(days=int(b) - 1) if b < _COUNT else None,
        )
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    )
    return found, float(shares[inside].sum())


def held(shares: Shares, days: Days) -> float:
    """The share that some days hold together."""
    return float(sum(shares[slice(*_edges(stretch))].sum() for stretch in days))


def against(piece: Piece, shares: Shares, at: Interval) -> float:
    """How many times likelier the piece is on the days that are likely than on those of an interval."""
    chances = np.exp(_chances(piece))
    here = chances[slice(*_edges(at))]
    return float((chances * shares).sum() / here.max()) if len(here) else 1.0


def merged(stretches: Iterable[Interval]) -> Days:
    """Stretches in order, those that touch made one."""
    found: list[Interval] = []
    for stretch in sorted(stretches, key=lambda i: i.earliest or date.min):
        if found and found[-1].gap(stretch) <= 1:
            found[-1] = found[-1].hull(stretch)
        else:
            found.append(stretch)
    return tuple(found)


def inside(span: Span, runs: tuple[Span, ...]) -> bool:
    """Whether one of the runs holds the span."""
    return any(run.holds(span) for run in runs)


def padded(at: Interval, before: int, after: int) -> Interval:
    """The interval with some days before and after."""
    return Interval(at.earliest and moved(at.earliest, -before), at.latest and moved(at.latest, after))


def moved(day: date, days: int) -> date:
    """So many days on, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def weighed(at: Interval) -> bool:
    """Whether any of the days is among those that are weighed."""
    return at.meets(Interval(FIRST, LAST))


def missed(days: Days, wrong: float) -> float:
    """The chance of each other day, where so large a share of the pieces that allow only these days are wrong."""
    first, last = zip(*(_edges(stretch) for stretch in days), strict=True)
    return float(wrong / (1 - wrong) * max(1, sum(last) - sum(first)) / _COUNT)


def written(allowed: Days) -> str:
    """A set of days in words, its first stretches."""
    return ", ".join(str(i) for i in allowed[:4]) + (", ..." if len(allowed) > 4 else "")
