"""Airwars' incident record: its written rules, case by case, and its tables."""

from __future__ import annotations

from typing import Any

import pytest

from crossbearing.publish.airwars import BOOK, CLASSES, HARM
from tests.publish.case_books import cases, hold, name


@pytest.mark.parametrize("case", cases("airwars"), ids=name)
def test_a_rule_of_airwars(case: dict[str, Any]) -> None:
    """The cells are what Airwars' rule makes of the claims, or its rule says why there is no row."""
    hold(BOOK, case)


def test_the_tables_are_those_of_the_record() -> None:
    """There are 18 classes of people with four columns each, and every column is filled by a rule or empty for a reason."""
    assert (len(CLASSES), len(HARM)) == (18, 72)
    assert [sheet.name for sheet in BOOK.sheets] == ["incidents", "belligerents", "statements", "sources", "casualties"]
    assert all(reason for sheet in BOOK.sheets for reason in sheet.silent().values())
