"""An undated page beside dated ones: what the week of the others makes of its likely days, and when it makes nothing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crossbearing.link.undated import FEWEST, WEEK, beside
from crossbearing.model.outcome import Dating
from crossbearing.model.when import Interval

OPEN = Interval(None, None)
MARCH_12 = tuple(Interval.day(date(year, 3, 12)) for year in (2013, 2019, 2024, 2030))
UNDATED = Dating(OPEN, (), likely=MARCH_12, share=0.95)


def days(*written: str) -> list[Interval]:
    return [Interval.day(date.fromisoformat(day)) for day in written]


ONE_WEEK = days("2024-03-10", "2024-03-11", "2024-03-13", "2024-03-13", "2024-03-15")


def test_the_others_week_leaves_one_year() -> None:
    """Of a day in many years only that of the year of the others' week is left, with the count that it rests on."""
    found = beside(UNDATED, [*ONE_WEEK, *days("2019-07-01")])
    assert found is not None
    assert found.days == (Interval.day(date(2024, 3, 12)),)
    assert (found.within, found.dated) == (5, 6)
    assert found.week == Interval(date(2024, 3, 10), date(2024, 3, 15))


def test_pages_of_many_weeks_say_nothing() -> None:
    """Where the others are few, or of no one week, or the page's days lie elsewhere, nothing is said."""
    assert beside(UNDATED, ONE_WEEK[:4]) is None
    assert beside(UNDATED, [*ONE_WEEK, *days("2023-01-01", "2023-05-01", "2023-09-01")]) is None
    assert beside(UNDATED, days(*["2024-09-10"] * 6)) is None
    assert beside(UNDATED, [OPEN] * 9) is None


def test_a_page_with_a_date_needs_no_others() -> None:
    """A page that is dated, and one whose words allow no days that can be listed, are left as they are."""
    assert beside(Dating(Interval.day(date(2019, 3, 12)), (), likely=MARCH_12), ONE_WEEK) is None
    assert beside(Dating(OPEN, ()), ONE_WEEK) is None
    assert beside(Dating(OPEN, (), likely=tuple(days("2024-03-12"))), ONE_WEEK) is None


@given(st.lists(st.dates(date(2020, 1, 1), date(2024, 12, 31)), min_size=FEWEST, max_size=12), st.integers(0, 400))
def test_nothing_is_added_to_what_the_page_allows(written: list[date], first: int) -> None:
    """What is left lies among the page's own likely days, and no further than a week from the others'."""
    start = date(2022, 6, 1) + timedelta(days=first)
    likely = tuple(Interval(day, day + timedelta(days=2)) for day in (start, start + timedelta(days=366)))
    found = beside(Dating(OPEN, (), likely=likely), [Interval.day(day) for day in written])
    if found is not None:
        assert all(any(own.narrowed(one) == one for own in likely) for one in found.days)
        assert all(one.gap(found.week) <= WEEK for one in found.days)
        assert found.within <= found.dated == len(written)


def test_the_order_of_the_others_changes_nothing() -> None:
    """The same pages in another order give the same answer."""
    assert beside(UNDATED, ONE_WEEK) == beside(UNDATED, ONE_WEEK[::-1])
