"""Time words against a page's date: the days they can mean, and no fewer."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.when import Interval
from crossbearing.resolve import when
from crossbearing.words import times

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "when.yml").read_text(encoding="utf-8"))


def interval_of(written: object) -> Interval:
    """An interval as the cases write it: a day, or `first..last` with open ends."""
    first, _, last = str(written).partition("..")
    if ".." not in str(written):
        last = first
    return Interval(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_words_mean_the_days_that_the_case_says(case: dict[str, Any]) -> None:
    """A sentence's time words give exactly the days, and the stretch of the clock, that a reader would allow."""
    words = when.parse(case["text"])
    previous = interval_of(case["previous"]) if "previous" in case else None
    found = words and when.interval(words, interval_of(case["published"]), case.get("tense", "past"), previous)
    if case["expected"] is None:
        assert found is None
        return
    assert found is not None
    expected = interval_of(case["expected"])
    assert (found.earliest, found.latest) == (expected.earliest, expected.latest)
    if "clock" in case:
        assert found.clock is not None
        assert f"{found.clock.earliest:%H:%M}-{found.clock.latest:%H:%M}" == case["clock"]


def test_labels_tell_the_cases_apart() -> None:
    """Every case has a label of its own."""
    labels = [c["label"] for c in CASES]
    assert len(labels) == len(set(labels)) >= 120


DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))
TEXTS = st.sampled_from([str(c["text"]) for c in CASES if "previous" not in c])


@given(TEXTS, DAYS, st.integers(0, 6))
def test_a_wider_page_date_allows_no_fewer_days(text: str, first: date, days: int) -> None:
    """What any one day of the page's interval would give lies within what the whole interval gives."""
    last = first + timedelta(days=days)
    for words in times.find(text):
        whole = when.interval(words, Interval(first, last))
        for page in (first, last):
            alone = when.interval(words, Interval.day(page))
            if alone is None:
                continue
            assert whole is not None
            assert whole.earliest is None or (alone.earliest is not None and whole.earliest <= alone.earliest)
            assert whole.latest is None or (alone.latest is not None and whole.latest >= alone.latest)


@given(TEXTS, DAYS)
def test_nothing_told_without_its_year_lies_after_the_page(text: str, page: date) -> None:
    """Words that carry no year of their own never mean a day that is more than a few days ahead, in a past tense."""
    for words in times.find(text):
        form = words.form
        relative = isinstance(form, times.Weekday | times.Whole) and getattr(form, "which", "") != "next"
        found = when.interval(words, Interval.day(page)) if relative else None
        if found is not None and found.earliest is not None and not (isinstance(form, times.Whole) and form.offset > 0):
            assert found.earliest <= page + timedelta(days=when.AHEAD)


def test_a_statement_widens_by_the_day_before() -> None:
    """What was told on a day without an hour may be of the day before."""
    said = Interval.day(date(2024, 1, 10))
    assert when.widened_statement(said) == Interval(date(2024, 1, 9), date(2024, 1, 10))
    assert when.widened_statement(Interval(None, None)) == Interval(None, None)
