"""ACLED: its written rules, case by case, and the laws that hold for all."""

from __future__ import annotations

from typing import Any

import pytest

from crossbearing.publish.acled import BOOK, COLUMNS
from tests.publish.case_books import cases, hold, name


@pytest.mark.parametrize("case", cases("acled"), ids=name)
def test_a_rule_of_acled(case: dict[str, Any]) -> None:
    """The cells are what ACLED's rule makes of the claims, or its rule says why there is no row."""
    hold(BOOK, case)


def test_the_columns_are_those_of_the_data_set() -> None:
    """There are 31, in the order of the data export, and each is filled by a rule or empty for a reason."""
    assert len(COLUMNS) == 31
    assert (COLUMNS[0], COLUMNS[7], COLUMNS[24], COLUMNS[-1]) == ("event_id_cnty", "actor1", "geo_precision", "timestamp")
    assert all(reason for reason in BOOK.sheets[0].silent().values())
