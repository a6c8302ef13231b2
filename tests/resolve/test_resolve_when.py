"""Time words against a page's date: the days they can mean, and no fewer."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.model.text import Span
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.resolve.day import counted, dates, daytimes, feasts, tenses, when
from crossbearing.words import times
from crossbearing.words.time_forms import Weekday, Whole
from crossbearing.words.time_letters import FEASTS

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
    begun = counted.begun(case["text"], words.span) if words else None
    page, tense = interval_of(case["published"]), case.get("tense", "past")
    found = when.interval(words, page, tense, previous, begun) if words else None
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
    assert len(labels) == len(set(labels)) >= 230


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
        relative = isinstance(form, Weekday | Whole) and getattr(form, "which", "") != "next"
        found = when.interval(words, Interval.day(page)) if relative else None
        if found is not None and found.earliest is not None and not (isinstance(form, Whole) and form.offset > 0):
            assert found.earliest <= page + timedelta(days=dates.AHEAD)


WORDS = sorted({word for case in CASES for word in str(case["text"]).split()} | {"mid", "5,000", "GMT", "nights", "Ramadan"})


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), st.sampled_from(["past", "future", "none"]))
@settings(max_examples=400)
def test_no_heap_of_time_words_stops_the_reading(text: str, tense: tenses.Tense) -> None:
    """Words of time in any order give days, in order, or none."""
    for words in times.find(text, loose=True):
        for previous in (None, Interval.day(date(2016, 8, 8))):
            found = when.interval(words, Interval.day(date(2024, 1, 12)), tense, previous)
            assert found is None or not (found.earliest and found.latest) or found.earliest <= found.latest


def test_a_statement_widens_by_the_day_before() -> None:
    """What was told on a day without an hour may be of the day before."""
    said = Interval.day(date(2024, 1, 10))
    assert when.widened_statement(said) == Interval(date(2024, 1, 9), date(2024, 1, 10))
    assert when.widened_statement(Interval(None, None)) == Interval(None, None)


# ---------------------------------------------------------------- named days


def test_movable_feasts_fall_on_their_days() -> None:
    """Easter, the Jewish feasts and the tabular Islamic calendar agree with days that are known."""
    known = {
        ("easter", 2024): ["2024-03-31", "2024-05-05"],
        ("easter", 2025): ["2025-04-20"],
        ("orthodox easter", 2021): ["2021-05-02"],
        ("yom kippur", 1973): ["1973-10-06"],
        ("yom kippur", 2024): ["2024-10-12"],
        ("thanksgiving", 2023): ["2023-11-23"],
        ("memorial day", 2023): ["2023-05-29"],
    }
    for (name, year), days in known.items():
        assert [str(i) for i in feasts.feasts(name, None, year)] == days
    firsts = {
        ("ramadan", 2023): date(2023, 3, 23),
        ("eid al-fitr", 2024): date(2024, 4, 10),
        ("eid al-adha", 2025): date(2025, 6, 6),
    }
    for (name, year), day in firsts.items():
        (found,) = feasts.feasts(name, 1, year)
        assert found.meets(Interval.day(day))
        assert found.days == 3


@given(st.sampled_from(sorted(set(FEASTS.values()))), st.integers(1600, 2200))
def test_every_feast_lies_in_its_year(name: str, year: int) -> None:
    """A feast with a rule begins in the year asked for, give or take the slack; one without a rule has no days."""
    for found in feasts.feasts(name, None, year):
        assert found.earliest is not None
        assert abs(found.earliest.year - year) <= 1
        assert found.days is not None
        assert found.days <= 32


# ---------------------------------------------------------------- beginnings, tense, histories, zones


@pytest.mark.parametrize(
    ("text", "words", "tense"),
    [
        ("Talks will resume on Monday.", "Monday", "future"),
        ("On Monday the court will rule.", "Monday", "future"),
        ("The U.S. delegation could leave on Monday.", "Monday", "future"),
        ("He said on Monday that they will leave.", "Monday", "past"),
        ("They will appeal. A court ruled on Monday.", "Monday", "past"),
        ("They hope to overturn Monday's ruling.", "Monday", "past"),
        ("Monday: no news.", "Monday", "none"),
    ],
)
def test_the_nearest_verb_gives_the_tense(text: str, words: str, tense: str) -> None:
    """The verb before a time in its sentence, else the one behind it, tells whether it lies ahead."""
    start = text.index(words)
    assert tenses.tense_of(text, Span(start, start + len(words))) == tense


def test_a_beginning_is_the_one_named() -> None:
    """A count into a war starts from the beginning that its words or its sentence name, and from none where two are named."""
    text = "Two weeks into the war in Sudan it fell."
    assert counted.begun(text, Span(0, 18)) == date(2023, 4, 15)
    assert counted.begun("Two weeks into the war it fell.", Span(0, 18)) is None
    assert counted.begun("Two weeks into it, the war in Sudan and the war in Yemen went on.", Span(0, 9)) is None


def test_a_history_is_told_from_news() -> None:
    """Many years long past make a history; a few of them among weekdays do not."""
    old = "In 1911, in 1912, in 1913, in 1914 and in 1915 it fell. "
    assert tenses.is_history(times.find(old), date(2024, 1, 12))
    assert not tenses.is_history(times.find("In 1915 it fell."), date(2024, 1, 12))
    assert not tenses.is_history(times.find(old + "On Monday and on Tuesday it fell."), date(2024, 1, 12))
    assert not tenses.is_history(times.find(old), date(1912, 1, 12))
    assert not tenses.is_history(times.find("Today it fell. " + old), date(2024, 1, 12))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It fell two days after the vote.", "two days after", True),
        ("It fell the day before his speech.", "the day before", True),
        ("It had fallen two days before.", "two days before", False),
        ("Two days after, it fell.", "Two days after", False),
        ("It fell two days later.", "two days later", False),
    ],
)
def test_words_that_count_from_an_event_are_told(text: str, words: str, expected: bool) -> None:
    """ "Before" and "after" with something behind them count from there; alone they count from the story."""
    (found,) = times.find(text)
    assert found.span.of(text) == words
    assert tenses.counts_from_event(text, found) is expected


def test_a_day_just_gone_is_not_that_of_next_year() -> None:
    """Words that look ahead leave a date of last week where it is; one that lies some months back is the next."""
    page = Interval.day(date(1998, 8, 18))
    said = times.parse("It fell on August 7.")
    other = times.parse("It fell on April 7.")
    assert said
    assert other
    assert when.interval(said, page, "future") == Interval.day(date(1998, 8, 7))
    assert when.interval(other, page, "future") == Interval.day(date(1999, 4, 7))


def test_today_is_these_times_in_a_history() -> None:
    """ "Today" is the day of a piece of news, and no day where a history says how things now are."""
    today, night = times.parse("The bridge is used today."), times.parse("It was used last night.")
    assert today
    assert night
    assert tenses.is_nowadays(today, history=True)
    assert not tenses.is_nowadays(today, history=False)
    assert not tenses.is_nowadays(night, history=True)


@pytest.mark.parametrize(
    ("day", "clock", "ahead", "expected", "local"),
    [
        (10, (1, 15), 3, "2024-01-10", "04:15"),
        (10, (22, 30), 3, "2024-01-11", "01:30"),
        (10, (2, 30), -5, "2024-01-09", "21:30"),
        (10, (20, 0), 5.5, "2024-01-11", "01:30"),
    ],
)
def test_a_clock_in_gmt_moves_to_the_place(day: int, clock: tuple[int, int], ahead: float, expected: str, local: str) -> None:
    """A moment in GMT is told on the clock and the day of a place so many hours ahead."""
    at = time(*clock)
    found = daytimes.at_place(Interval.day(date(2024, 1, day), Clock(at, at, ClockKind.EXACT, "GMT")), ahead)
    assert str(found) == expected
    assert found.clock is not None
    assert f"{found.clock.earliest:%H:%M}" == local


def test_a_clock_in_gmt_past_midnight_keeps_both_days() -> None:
    """A stretch that runs over midnight at the place holds both days; what is not in GMT is left as it is."""
    stretch = Clock(time(20, 0), time(22, 0), ClockKind.WINDOW, "UTC")
    found = daytimes.at_place(Interval.day(date(2024, 1, 10), stretch), 3)
    assert str(found) == "2024-01-10..2024-01-11"
    for other in (None, Clock(time(20), time(22), ClockKind.PART), Clock(time(4), time(4), ClockKind.EXACT, "local time")):
        as_it_was = Interval.day(date(2024, 1, 10), other)
        assert daytimes.at_place(as_it_was, 3) == as_it_was
    late = Interval.day(date(2024, 1, 10), Clock(time(23, 0), time(1, 0), ClockKind.WINDOW, "GMT"))
    assert str(daytimes.at_place(late, 3)) == "2024-01-11"


def test_both_clocks_give_the_place_its_hours() -> None:
    """Where a moment is told on the local clock and in GMT, the hours between them are known, over midnight too."""
    for text, hours in (("at 4:15 am local time (0115 GMT)", 3), ("at 1:30 am (2200 GMT)", 3.5), ("at 9 p.m. (0200 GMT)", -5)):
        words = times.parse(text)
        assert words is not None
        assert daytimes.hours_ahead(words) == hours
    alone = times.parse("at 4:15 am")
    assert alone is not None
    assert daytimes.hours_ahead(alone) is None
