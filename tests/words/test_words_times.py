"""Time words in a text: which words they are, whatever stands around them."""

from __future__ import annotations

import time as clock
from datetime import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.when import ClockKind
from crossbearing.words.time_forms import Bare, Bound, Calendar, Length, Range, Repeated, TimeWords, Unit, Weekday
from crossbearing.words.times import find, parse

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "when.yml").read_text(encoding="utf-8"))


def words_of(text: str) -> list[str]:
    return [t.span.of(text) for t in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It came early on Thursday, and again late Friday.", ["early on Thursday", "late Friday"]),
        ("It came at 11:30 PM last night and at 12:40 AM today.", ["at 11:30 PM last night", "at 12:40 AM today"]),
        ("On Sunday, Dec. 3, 2023, it came.", ["Sunday, Dec. 3, 2023"]),
        ("It came since October 7 and until mid-November.", ["since October 7", "until mid-November"]),
        ("On Friday (8/12/2023) morning it came.", ["Friday (8/12/2023) morning"]),
        ("From October 17 to 30, and October 17-30.", ["From October 17 to 30", "October 17-30"]),
        ("He is 34 years old and waited three days.", ["34 years old", "three days"]),
        ("The army may march; the sun set where he sat.", []),
        ("", []),
        ("Nothing of the kind.", []),
    ],
)
def test_the_words_found_are_the_whole_expression(text: str, expected: list[str]) -> None:
    """An expression is found with its hour, its weekday, its year and its preposition, and nothing else is."""
    assert words_of(text) == expected


def test_a_weekday_says_its_day_and_hour() -> None:
    """A weekday with an hour is one expression with a day and an exact clock."""
    words = parse("Rockets landed at 04:15 local time on Friday.")
    assert words is not None
    assert words.form == Weekday(4)
    assert words.clock is not None
    assert (words.clock.earliest, words.clock.kind, words.clock.zone) == (time(4, 15), ClockKind.EXACT, "local time")


def test_an_ambiguous_date_keeps_both_readings() -> None:
    """8/12/2023 is the 8th of December first, and the 12th of August besides."""
    words = parse("Hit on 8/12/2023.")
    assert words is not None
    assert words.form == Calendar(2023, 12, 8, other=Calendar(2023, 8, 12))


def test_a_weekday_settles_an_ambiguous_date() -> None:
    """Beside a weekday only the reading that falls on it is kept."""
    words = parse("Hit on Friday (8/12/2023).")
    assert words is not None
    assert words.form == Calendar(2023, 12, 8, weekday=4)


def test_bounds_are_told() -> None:
    """Since, until, before and after make an end of what they stand before."""
    bounds = [t.bound for t in find("Since May, until Friday, before 8 June, after 2014, by Monday.")]
    assert bounds == [Bound.SINCE, Bound.UNTIL, Bound.BEFORE, Bound.AFTER, Bound.UNTIL]


def test_durations_and_ages_are_no_times() -> None:
    """How long and how old are found, so that their numbers are not taken for others, but say no day."""
    found = list(find("A 12-year-old waited for three days."))
    assert [t.form for t in found] == [Length(Unit.YEAR, 12, 12, age=True), Length(Unit.DAY, 3, 3)]
    assert not any(t.is_time for t in found)


def test_a_time_of_day_alone_has_no_day() -> None:
    """A bare clock time is a time without a day of its own."""
    words = parse("It was seen at 19:15.")
    assert words is not None
    assert words.form == Bare()
    assert words.is_time
    assert not words.has_day


def test_a_range_takes_its_year_from_its_end() -> None:
    """A year behind a range is of both its ends."""
    words = parse("Besieged from 17 October to 3 November 2021.")
    assert words is not None
    assert words.form == Range(Calendar(2021, 10, 17), Calendar(2021, 11, 3))


def test_impossible_dates_are_no_dates() -> None:
    """The 31st of February and 2023-45-10 are not taken for dates."""
    assert not [t for t in find("On 2023-45-10 and 45/45/2023.") if isinstance(t.form, Calendar) and t.form.day]
    assert not [t for t in find("On February 31.") if isinstance(t.form, Calendar) and t.form.day == 31]


def test_loose_words_are_found_when_asked_for() -> None:
    """Words like "now" and years that nothing shows to be years are found only when asked for."""
    text = "The 1967 border is now shut, as 2014 people know (1946-54)."
    assert words_of(text) == []
    assert [t.span.of(text) for t in find(text, loose=True)] == ["1967", "now", "1946", "54"]
    assert [t.is_time for t in find(text, loose=True)] == [True, False, True, True]


def test_what_is_repeated_is_no_time() -> None:
    """How often is found with its unit or its weekday, and says no day."""
    text = "Daily, every Monday and each month."
    found = list(find(text))
    assert [t.form for t in found] == [Repeated(Unit.WEEK, 0), Repeated(Unit.MONTH)]
    assert not any(t.is_time for t in found)
    assert [t.form for t in find(text, loose=True)] == [Repeated(Unit.DAY), *(t.form for t in found)]


def test_named_days_have_their_plain_names() -> None:
    """A named day is found whole, with the day of it that is said, and no part of a longer name is."""
    assert [t.form for t in find("On New Year's Eve, Eid ul-Fitr and the second day of Passover 2024.")] == [
        Calendar(feast="new year's eve"),
        Calendar(feast="eid al-fitr"),
        Calendar(2024, feast="passover", nth=2),
    ]
    assert not list(find("A new day, a good victory, an Islamic republic, a labor memorial."))


def test_two_clocks_of_one_moment_are_one_expression() -> None:
    """A local clock with its GMT in brackets is one time, on the local clock, with the other beside it."""
    words = parse("It struck at 4:15 am local time (0115 GMT) on Friday.")
    assert words is not None
    assert words.form == Weekday(4)
    assert words.clock is not None
    assert words.greenwich is not None
    assert (words.clock.earliest, words.greenwich.earliest, words.greenwich.zone) == (time(4, 15), time(1, 15), "GMT")


SCRAPS = ["of", "12", "1,200", "May", "Sun", "-", "(", "last", "two", "ago", "²", "١٢", "\n\n"]
PIECES = st.lists(st.sampled_from([*(str(c["text"]) for c in CASES), *SCRAPS]), max_size=6)


@given(PIECES.map(" ".join) | st.text(max_size=80))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    """Whatever the text, spans lie within it, hold words, run forward and do not overlap; and finding again gives the same."""
    found: list[TimeWords] = list(find(text))
    at = 0
    for words in found:
        assert at <= words.span.start < words.span.end <= len(text)
        assert words.span.of(text).strip()
        at = words.span.end
    assert found == list(find(text))


def test_a_part_of_a_text_is_searched_alone() -> None:
    """Between two offsets only what lies there is found, with offsets into the whole text."""
    text = "On Monday it rained. On Tuesday it did not."
    assert [t.span.of(text) for t in find(text, 20)] == ["Tuesday"]
    assert [t.span.of(text) for t in find(text, 0, 20)] == ["Monday"]


def test_an_article_takes_little_time() -> None:
    """An article of 450 words takes a few milliseconds at most (1 on an idle core; the limit allows for a busy one)."""
    text = "Fighters launched drones early on Thursday at a post in the north of the country near the border. " * 25
    list(find(text))
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.01


def _seconds(text: str) -> float:
    start = clock.process_time()
    list(find(text))
    return clock.process_time() - start
