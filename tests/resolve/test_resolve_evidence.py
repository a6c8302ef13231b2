"""Pieces of evidence weighed over days: shares that sum to one, the fewest days that hold most, and pieces of one kin."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.resolve.page import evidence
from crossbearing.resolve.page.evidence import EVERY, FIRST, LAST, Days, Piece

DATES = st.dates(date(1900, 1, 1), date(2120, 12, 31))
INTERVALS = st.tuples(st.none() | DATES, st.none() | DATES).map(
    lambda ends: Interval(*sorted(ends)) if None not in ends else Interval(*ends)  # type: ignore[type-var,arg-type]
)
DAYS: st.SearchStrategy[Days] = st.lists(INTERVALS, min_size=1, max_size=3).map(evidence.merged)
SOME = (Span(0, 1),)


def piece(options: tuple[Days, ...] = (), miss: float = 0.03, kin: str = "") -> Piece:
    return Piece(SOME, "some days", options, miss=miss, kin=kin)


PIECES = st.one_of(
    st.tuples(st.lists(DAYS, max_size=2), st.sampled_from([1.0, 0.03, 1e-9])).map(lambda a: piece(tuple(a[0]), a[1])),
    st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda by: Piece(SOME, "a weekday", (), by_weekday=by)),
    st.tuples(st.integers(1, 12), st.integers(1, 31), st.none() | st.integers(0, 6)).map(
        lambda by: Piece(SOME, "a date", (), by_date=(by[0], min(by[1], 29 if by[0] == 2 else 30), 4), on=by[2])
    ),
    DAYS.map(lambda days: piece((days,), 1e-3, "offices")),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=6))
def test_shares_sum_to_one(pieces: list[Piece]) -> None:
    """Whatever the pieces say, every day has a share that is a number, none is below nothing, and together they are one."""
    shares = evidence.weigh(pieces)
    assert np.isfinite(shares).all()
    assert (shares >= 0).all()
    assert float(shares.sum()) == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=5), st.sampled_from([0.5, 0.9, 0.99]))
def test_the_likeliest_days_hold_the_share_and_are_the_fewest(pieces: list[Piece], share: float) -> None:
    """The days given hold at least what is asked, and no day outside of them is likelier than one of them."""
    shares = evidence.weigh(pieces)
    days, held = evidence.likeliest(shares, share)
    assert held >= share - 1e-9
    assert held == pytest.approx(evidence.held(shares, days))
    inside = np.zeros(len(shares), dtype=bool)
    for one in days:
        first = (one.earliest - FIRST).days if one.earliest else 0
        inside[first : (one.latest - FIRST).days + 1 if one.latest else None] = True
    if not inside.all():
        assert shares[inside].min() >= shares[~inside].max() * (1 - 1e-9)
    # Without the least likely of them they would hold too little.
    least = shares[inside].min()
    assert held - shares[inside & (shares <= least * (1 + 1e-9))].sum() < share


def test_without_evidence_no_day_stands_out() -> None:
    """Before any evidence the days of one decade are equally likely, and older ones less."""
    shares = evidence.weigh([])
    assert evidence.held(shares, (Interval.day(date(2010, 1, 1)),)) == evidence.held(shares, (Interval.day(date(2020, 6, 1)),))
    assert (
        evidence.held(shares, (Interval.day(date(1985, 1, 1)),)) < evidence.held(shares, (Interval.day(date(2020, 6, 1)),)) / 10
    )


def test_many_stretches_are_cut_to_the_first_and_the_last() -> None:
    """Of a rhythm only so many stretches and the last are given, while what they hold is told of all."""
    shares = evidence.weigh([Piece(SOME, "a weekday", (), by_weekday=(4, 5))])
    every, share = evidence.likeliest(shares)
    few, same = evidence.likeliest(shares, most=3)
    assert share == same
    assert few == (*every[:3], every[-1])


def test_a_piece_without_options_says_nothing() -> None:
    """A piece that allows no days and names none leaves all shares as they are."""
    assert np.allclose(evidence.weigh([]), evidence.weigh([piece()]))


def test_pieces_that_exclude_each_other_leave_shares() -> None:
    """Two pieces that no day fits still give shares: the one that is more often wrong yields."""
    a, b = (Interval.day(date(2010, 5, 1)),), (Interval.day(date(2015, 5, 1)),)
    shares = evidence.weigh([piece((a,), 1e-9), piece((b,), 1e-4)])
    assert evidence.held(shares, a) > 100 * evidence.held(shares, b)


def test_days_outside_of_those_weighed_hold_nothing() -> None:
    """A day of before or after has no share, and a piece that allows only such days counts for none."""
    long_ago = Interval(date(1950, 1, 1), date(1950, 2, 1))
    assert not evidence.weighed(long_ago)
    assert evidence.weighed(Interval(None, date(1990, 1, 1)))
    assert evidence.held(evidence.weigh([]), (long_ago,)) == 0
    assert np.allclose(evidence.weigh([]), evidence.weigh([piece(((long_ago,),))]))


@given(st.integers(0, 6), st.dates(FIRST, LAST))
def test_a_weekday_is_likeliest_on_its_day(weekday: int, day: date) -> None:
    """No day of a week is likelier than the weekday that the page names."""
    chances = np.exp(evidence._by_weekday(weekday, evidence.WEEKDAY_LAGS))
    best = day + timedelta(days=(weekday - day.weekday()) % 7)
    if best <= LAST:
        assert chances[(best - FIRST).days] == chances.max() >= chances[(day - FIRST).days]


def test_a_leap_day_is_of_leap_years() -> None:
    """29 February allows no 28 February of a common year beside the leap years'."""
    shares = evidence.weigh([Piece(SOME, "29 February", (), by_date=(2, 29, 4), lags=evidence.NEWS_LAGS)])
    leap = evidence.held(shares, (Interval(date(2024, 2, 29), date(2024, 3, 4)),))
    assert leap > 100 * evidence.held(shares, (Interval(date(2023, 2, 28), date(2023, 3, 4)),))


def test_a_date_with_its_weekday_is_of_the_years_that_fit() -> None:
    """Tuesday, March 25 is of 1997, 2003, 2008, ... and not of the years between."""
    shares = evidence.weigh([Piece(SOME, "Tuesday, March 25", (), by_date=(3, 25, 4), on=1, lags=evidence.NEWS_LAGS)])
    assert evidence.held(shares, (Interval.day(date(2008, 3, 25)),)) > 100 * evidence.held(
        shares, (Interval.day(date(2009, 3, 25)),)
    )


def test_pieces_of_one_kin_are_wrong_together() -> None:
    """Ten offices of old together speak no more against a day than a page about old times allows."""
    old = (Interval(date(1997, 1, 1), date(2001, 1, 1)),)
    day = (Interval.day(date(2019, 5, 5)),)
    few = evidence.weigh([piece((old,), 1e-3, "offices")] * 2)
    many = evidence.weigh([piece((old,), 1e-3, "offices")] * 10)
    apart = evidence.weigh([piece((old,), 1e-3)] * 2)
    assert evidence.held(many, day) == pytest.approx(evidence.held(few, day))
    assert evidence.held(apart, day) < evidence.held(few, day) / 50


@given(DAYS, st.sampled_from([0.01, 0.07, 0.45]))
def test_so_large_a_share_is_missed(days: Days, wrong: float) -> None:
    """With the chance that `missed` gives, all other days together are about as likely as pieces of the kind are wrong."""
    miss = evidence.missed(days, wrong)
    assert miss > 0
    inside = sum(last - first for first, last in map(evidence._edges, days))
    count = (LAST - FIRST).days + 1
    if 0 < inside < count / 50:
        assert miss * (count - inside) / (inside + miss * (count - inside)) == pytest.approx(wrong, rel=0.05)


@given(st.lists(INTERVALS, max_size=6))
def test_merged_stretches_lie_apart_and_in_order(stretches: list[Interval]) -> None:
    """Merging keeps every day, and leaves stretches with a gap of a day at least between them."""
    found = evidence.merged(stretches)
    assert all(any(one.narrowed(old) == Interval(old.earliest, old.latest) for one in found) for old in stretches)
    for a, b in pairwise(found):
        assert a.latest is not None
        assert b.earliest is not None
        assert (b.earliest - a.latest).days > 1
    assert evidence.merged(found) == found


@given(st.dates(), st.integers(-4_000_000, 4_000_000))
def test_a_day_is_moved_as_far_as_the_calendar_goes(day: date, days: int) -> None:
    """Moving a day never fails, and is exact within the calendar."""
    found = evidence.moved(day, days)
    assert found in (date.min, date.max) or (found - day).days == days


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28))
def test_a_date_is_in_its_year(year: int, month: int, day: int) -> None:
    """A date that every year has is found in each, and is meant where its weekday is not said or fits."""
    found = evidence.in_year(year, month, day)
    assert found == date(year, month, day)
    assert evidence.is_meant(found, None, day)
    assert evidence.is_meant(found, found.weekday(), day)
    assert not evidence.is_meant(found, (found.weekday() + 1) % 7, day)


def test_what_speaks_against_a_day_is_told_by_how_much() -> None:
    """A piece that the likely days fit and the shown day does not speaks against it, and one that both fit does not."""
    old, every = (Interval(date(2010, 1, 1), date(2010, 1, 9)),), ((EVERY,),)
    pieces = [piece((old,), 1e-9), piece(every)]
    shares = evidence.weigh(pieces)
    at = Interval.day(date(2012, 1, 1))
    assert evidence.against(pieces[0], shares, at) > 1000
    assert evidence.against(pieces[1], shares, at) == pytest.approx(1)
    assert evidence.against(pieces[0], shares, Interval.day(date(2200, 1, 1))) == 1.0


def test_days_are_written_short() -> None:
    """More than four stretches are written as the first four and dots."""
    days = tuple(Interval.day(date(2010, 1, n)) for n in (1, 3, 5, 7, 9))
    assert evidence.written(days) == "2010-01-01, 2010-01-03, 2010-01-05, 2010-01-07, ..."
    assert evidence.written(days[:1]) == "2010-01-01"


def test_chances_are_never_nothing() -> None:
    """No kind of lag gives a chance of nothing, which would forbid a day for good."""
    for lags in (
        evidence.WEEKDAY_LAGS,
        evidence.LATER_WEEKDAY_LAGS,
        evidence.YEARLESS_LAGS,
        evidence.NEWS_LAGS,
        evidence.DATELINE_LAGS,
        evidence.SINCE_LAGS,
    ):
        assert all(math.log(chance) < 0 for _, chance in lags)
        assert [edge for edge, _ in lags] == sorted({edge for edge, _ in lags})
