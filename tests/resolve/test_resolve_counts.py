"""Counts from a dated beginning, and beginnings told without their year."""

from __future__ import annotations

import time as clock
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing import resources
from crossbearing.model.text import Document
from crossbearing.model.when import Interval
from crossbearing.resolve.page import beginnings, counts
from crossbearing.words import times


def page(text: str) -> Document:
    return Document("d", "c", "r", "f", text)


def counted(text: str) -> list[str]:
    return [str(piece.options[0][0]) for piece in counts.counted_days(page(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is 100 days into the war in Sudan.", ["2023-07-23..2023-07-26"]),
        ("On the 1,000th day of the war in Ukraine a depot burned.", ["2024-11-18..2024-11-20"]),
        ("One hundred days into the war in Sudan, shops are shut.", ["2023-07-23..2023-07-26"]),
        ("A hundred days into the war in Sudan, shops are shut.", ["2023-07-23..2023-07-26"]),
        ("Twenty-one months into the war in Sudan, shops are shut.", ["2024-12-29..2025-02-12"]),
        ("A month after the coup in Niger, a unit left.", ["2023-08-10..2023-09-24"]),
        ("Bells rang on the third anniversary of the full-scale invasion of Ukraine.", ["2025-02-14..2025-03-06"]),
        ("The 10th anniversary of the invasion of Iraq passed.", ["2013-03-10..2013-03-30"]),
        ("More than 100 days into the war in Sudan, shops are shut.", ["2023-07-24..2023-09-12"]),
        ("Two years into the war in Sudan and three into another, funds are thin.", ["2024-10-13..2026-04-15"]),
        ("On Day 45 of the war in Sudan, shops are shut.", ["2023-05-28..2023-05-30"]),
        ("For a third day jets struck the port in the war in Sudan.", []),
        ("A day after the takeover by the Taliban, Kabul was still. It was the fall of Kabul.", []),
        ("After two days of fighting in the war in Sudan, shops are shut.", []),
        ("It is 100 days into the campaign.", []),
        ("It is soon days into the war in Sudan.", []),
        ("The 9,999th anniversary of the war in Sudan passed.", ["9999-04-05..9999-04-25"]),
        ("It is 9999 years since the war in Sudan began.", []),
        ("Three years into the civil war, Russia sent grain.", []),
    ],
)  # fmt: skip
def test_a_count_gives_its_days(text: str, expected: list[str]) -> None:
    """A count of units from a beginning that the text names gives the days on which it is right, and other counts give none."""
    assert counted(text) == expected


@given(
    st.sampled_from(["gaza-2023", "sudan-2023", "ukraine-2022", "niger-2023"]),
    st.integers(10, 900),
    st.sampled_from(["days", "weeks", "months"]),
)
def test_a_count_holds_the_day_that_it_counts_to(name: str, number: int, unit: str) -> None:
    """The days of "N units into the war" hold the day that many units after it began."""
    row = next(row for row in resources.table("beginnings.yml") if row["id"] == name)
    size = {"days": 1.0, "weeks": 7.0, "months": 30.44}[unit]
    named = next(n for n in row["names"] if n.split()[0] in ("war", "coup"))
    text = f"It is {number} {unit} since the {named}, residents say."
    [at] = [piece.options[0][0] for piece in counts.counted_days(page(text))]
    assert at.meets(Interval.day(row["date"] + timedelta(days=round(number * size))))


def test_every_beginning_can_be_counted_from() -> None:
    """Each beginning has a date, a name that is found in its own words, and no name of another's."""
    rows = resources.table("beginnings.yml")
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert isinstance(row["date"], date)
        for name in row["names"]:
            assert row["date"] in {b.date for b in beginnings.named_in(f"They spoke of the {name} again.")}


def test_a_day_of_a_known_beginning_is_known() -> None:
    """7 October is the day of a beginning on a page that names it, and on no other."""
    assert counts.begins("The war in Gaza went on.", 10, 7)
    assert not counts.begins("The market was shut.", 10, 7)
    assert not counts.begins("The war in Gaza went on.", 10, 8)


def since(text: str) -> list[str]:
    document = page(text)
    pieces = counts.since_without_year(document, list(times.find(text)), document.article())
    return [str(p.options[0][0]) if p.options else f"{p.by_date}" for p in pieces]


def test_since_a_day_without_its_year() -> None:
    """Since a known beginning the page is of the year that followed; since another day it only weighs."""
    assert since("It is the second raid since October 7, when the war in Gaza began.") == ["2023-10-07..2024-10-06"]
    assert since("They began to raid after the October 7 attack, and the war in Gaza goes on.") == ["2023-10-07..2024-10-06"]
    assert since("The war in Gaza, which began on October 7, goes on.") == ["2023-10-07..2024-10-06"]
    assert since("The war in Gaza goes on. He was heard on October 7.") == []
    assert since("They began to raid after June 3.") == []
    assert since("It is the second raid since June 3.") == ["(6, 3, 365)"]
    assert since("It is the second raid since June 3, 2012.") == []
    assert since("It is the second raid.") == []


def test_weeks_since_a_beginning_are_no_days_and_no_years() -> None:
    """In the weeks since a beginning is from five days to a hundred after it."""
    [piece] = counts.units_since(page("In the weeks since the war in Sudan began, shops were shut."))
    assert str(piece.options[0][0]) == "2023-04-20..2023-07-24"
    assert list(counts.units_since(page("In the weeks since the quarrel began, shops were shut."))) == []


def test_many_counts_take_no_long() -> None:
    """Thousands of counts in one line are read in time that grows with the line."""
    start = clock.process_time()
    assert len(counted("two years into the war in Sudan, " * 2000)) == 2000
    assert clock.process_time() - start < 10
