"""A selection keeps what can match, and counts what does not say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crossbearing.publish.selection import Selection

RECORD: dict[str, Any] = {
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "status": "happened",
    "report": "folder/one.html",
    "when": {"earliest": "2031-03-04", "latest": "2031-03-06"},
    "where": {"country": "ZZ"},
}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, True),
        ({"since": date(2031, 3, 6)}, True),
        ({"since": date(2031, 3, 7)}, False),
        ({"until": date(2031, 3, 4)}, True),
        ({"until": date(2031, 3, 3)}, False),
        ({"country": "zz"}, True),
        ({"country": "YY"}, False),
        ({"kind": "Drone"}, True),
        ({"kind": "battles"}, False),
        ({"status": "denied"}, False),
        ({"report": "one.html"}, True),
        ({"report": "two.html"}, False),
    ],
)
def test_a_selection_keeps(asked: dict[str, Any], kept: bool) -> None:
    """A record is kept where all that is asked can hold of it."""
    assert list(Selection(**asked).of([RECORD])) == ([RECORD] if kept else [])


def test_an_open_interval_reaches_everywhere() -> None:
    """A record that is open on one side is kept on that side."""
    record = {**RECORD, "when": {"earliest": None, "latest": "2031-03-06"}}
    assert Selection(since=date(2031, 1, 1), until=date(2031, 2, 1)).keeps(record)


def test_silence_is_counted() -> None:
    """What says no day or no country is left out of such a question, and counted."""
    days, lands = Selection(since=date(2031, 1, 1)), Selection(country="ZZ")
    assert not days.keeps({**RECORD, "when": None})
    assert not lands.keeps({**RECORD, "where": None})
    assert (days.silent["when"], lands.silent["where"]) == (1, 1)
