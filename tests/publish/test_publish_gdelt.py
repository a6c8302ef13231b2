"""GDELT's Events and Mentions: the written rules, case by case."""

from __future__ import annotations

from typing import Any

import pytest

from crossbearing.publish.gdelt import BOOK, EVENT, MENTION
from tests.publish.case_books import cases, hold, name


@pytest.mark.parametrize("case", cases("gdelt"), ids=name)
def test_a_rule_of_gdelt(case: dict[str, Any]) -> None:
    """The cells are what GDELT's rule makes of the claims, or its rule says why there is no row."""
    hold(BOOK, case)


def test_the_files_have_their_columns() -> None:
    """Events has 61 columns and Mentions 16, in their order."""
    assert (len(EVENT), len(MENTION)) == (61, 16)
    assert (EVENT[0], EVENT[26], EVENT[51], EVENT[-1]) == ("GLOBALEVENTID", "EventCode", "ActionGeo_Type", "SOURCEURL")
