"""PLOVER's records and POLECAT's table: the written rules, case by case."""

from __future__ import annotations

from typing import Any

import pytest

from crossbearing.publish.cameo import KINDS, QUAD, quad_of
from crossbearing.publish.plover import BOOK, EVENT, POLECAT, POLECAT_BOOK
from tests.publish.case_books import cases, hold, name


@pytest.mark.parametrize("case", cases("plover"), ids=name)
def test_a_rule_of_plover(case: dict[str, Any]) -> None:
    """The fields are what PLOVER's rule makes of the claims, or its rule says why there is no record."""
    hold(BOOK, case)


@pytest.mark.parametrize("case", cases("polecat"), ids=name)
def test_a_rule_of_polecat(case: dict[str, Any]) -> None:
    """The cells are what the table's rule makes of the claims, or its rule says why there is no row."""
    hold(POLECAT_BOOK, case)


def test_the_table_has_its_columns() -> None:
    """POLECAT's table has 40 columns, in its order; PLOVER's four required fields are there."""
    assert len(POLECAT) == 40
    assert (POLECAT[0], POLECAT[23], POLECAT[-1]) == ("Event ID", "Placename", "Version")
    assert {"id", "date", "actor", "event"} <= set(EVENT)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_both_ontologies_have_one_quad(kind: Any) -> None:
    """A CAMEO code and its PLOVER type lie in the same quad."""
    assert quad_of(kind.cameo) == QUAD[kind.plover]
