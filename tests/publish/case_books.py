"""Cases of a code book: each an incident's claims in short form, and what the book makes of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from crossbearing.publish.book import Book, Excluded, Row
from tests.publish.made_dossiers import dossier

CASES = Path(__file__).parents[1] / "cases"


@lru_cache(maxsize=None)
def cases(book: str) -> tuple[dict[str, Any], ...]:
    """The cases of a book, from `tests/cases/BOOK.yml`."""
    return tuple(yaml.safe_load((CASES / f"{book}.yml").read_text(encoding="utf-8")))


def name(case: dict[str, Any]) -> str:
    return str(case["says"])


def hold(book: Book, case: dict[str, Any]) -> None:
    """Hold a book to a case: the cells, the rules that made them, the rows, or the rule that leaves it out."""
    found = book.read(dossier(case))
    if "excluded" in case:
        assert isinstance(found, Excluded), f"it has {len(found)} rows"
        assert found.rule == f"{book.name}.excluded.{case['excluded']}"
        return
    assert not isinstance(found, Excluded), f"left out by {found.rule}"
    main = [row for row in found if row.sheet == book.sheets[0].name]
    rows_given = case.get("rows") or [case.get("gives", {})]
    assert len(main) == len(rows_given)
    for row, given in zip(main, rows_given, strict=True):
        assert {column: row.value(column) for column in given} == given
    made = main[0].cells if main else {}
    rules = {column: made[column].rule if column in made else None for column in case.get("rules", {})}
    assert rules == {column: f"{book.name}.{column}.{rule}" for column, rule in case.get("rules", {}).items()}
    for sheet, given in case.get("tables", {}).items():
        _hold_table([row for row in found if row.sheet == sheet], given)


def _hold_table(rows: list[Row], given: list[dict[str, Any]]) -> None:
    assert [{column: row.value(column) for column in one} for row, one in zip(rows, given, strict=False)] == given
    assert len(rows) == len(given)
