"""A page that counts attacks since a known first day is of the days on which so many had been told."""

from __future__ import annotations

from datetime import date

import pytest

from crossbearing.model.text import Document
from crossbearing.resolve.page.attacked import cited_counts, tallies
from crossbearing.words import times

US = tallies()[0]


def found(text: str) -> list[str]:
    """The days that each count in a text allows, narrowest first."""
    document = Document("d", "d", "d", "d", text)
    return [str(piece.options[0][0]) for piece in cited_counts(document, list(times.find(text)))]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("US forces have been attacked 66 times since October 17, a spokesman said.", "2023-11-21..2023-12-01"),
        ("US forces have been attacked about 66 times since October 17, a spokesman said.", "2023-11-15..2023-12-01"),
        ("US forces have been attacked 66 times or more since October 17.", "2023-11-17..2023-12-01"),
        ("Officials count 78 attacks on American bases in Iraq and Syria since mid-October.", "2023-12-07..2023-12-09"),
        ("The coalition counted 55 attacks since 17 October 2023.", "2023-11-14..2023-11-16"),
        ("The bases came under fire. The US has counted 168 attacks since October 17.", "2024-02-05.."),
    ],
)
def test_a_count_gives_its_days(text: str, days: str) -> None:
    """From the day on which so many had been told to the day after more were; about so many, from a little before."""
    assert found(text) == [days]


@pytest.mark.parametrize(
    "text",
    [
        "US forces in Syria have been attacked 34 times since October 17.",
        "The ships were attacked 66 times since October 17.",
        "US forces have been attacked 66 times since March 3.",
        "US forces have been attacked 66 times.",
        "US forces lost 66 soldiers since October 17.",
        "US forces have been attacked 66 times since October 19.",
        "US forces have been attacked 66 times since October 17, 2019.",
    ],
)
def test_another_count_dates_nothing(text: str) -> None:
    """The count of one country, of other targets, since another day, or of no day is not the table's."""
    assert found(text) == []


def test_tables_of_counts_grow() -> None:
    """Each table's days and counts go up, from its first day on."""
    for tally in tallies():
        assert list(tally.rows) == sorted(set(tally.rows))
        assert [count for _, count in tally.rows] == sorted({count for _, count in tally.rows})
        assert tally.rows[0][0] >= tally.since >= date(2000, 1, 1)
