"""UCDP GED: its written rules, case by case, and the laws that hold for all."""

from __future__ import annotations

from typing import Any

import pytest

from crossbearing.publish.ucdp import BOOK, COLUMNS
from tests.publish.case_books import cases, hold, name


@pytest.mark.parametrize("case", cases("ucdp"), ids=name)
def test_a_rule_of_ucdp(case: dict[str, Any]) -> None:
    """The cells are what UCDP's rule makes of the claims, or its rule says why there is no row."""
    hold(BOOK, case)


def test_the_columns_are_those_of_the_data_set() -> None:
    """There are 49, in the order of the data set, and each is filled by a rule or empty for a reason."""
    assert len(COLUMNS) == 49
    assert (COLUMNS[0], COLUMNS[24], COLUMNS[41], COLUMNS[-1]) == ("id", "where_prec", "deaths_b", "gwnob")
    assert all(reason for reason in BOOK.sheets[0].silent().values())
