"""Two books side by side: where they part, and by which rules."""

from __future__ import annotations

from typing import Any

import pytest

from crossbearing.publish.compare import compare
from crossbearing.publish.export import BOOKS
from tests.publish.made_dossiers import dossier

FIGHT = {"by": "alpha", "against": "army", "kind": "clash"}

CASES: dict[str, tuple[dict[str, Any], list[tuple[str, object, str, object, str]]]] = {
    "the same in both": ({**FIGHT, "killed": 3}, []),
    "nobody killed": (FIGHT, [("row", "no row", "ucdp.excluded.no_death", "1 row", "")]),
    "a country only": ({**FIGHT, "killed": 3, "at": "country"}, [("row", "1 row", "", "no row", "acled.excluded.country_only")]),
    "two months": (
        {**FIGHT, "killed": 3, "days": "2024-04-01..2024-05-31"},
        [("row", "1 row", "", "no row", "acled.excluded.longer_than_a_month")],
    ),
    "a week": (
        {**FIGHT, "killed": 3, "days": "2024-05-06..2024-05-12"},
        [("days", "2024-05-06 to 2024-05-12", "ucdp.date_start.earliest", "2024-05-09", "acled.event_date.middle")],
    ),
    "dozens": ({**FIGHT, "killed": "dozens"}, [("killed", 24, "ucdp.best.most_lineages", 12, "acled.fatalities.vague")]),
    "neither": ({**FIGHT, "status": "planned"}, []),
}


@pytest.mark.parametrize(("claim", "found"), CASES.values(), ids=CASES)
def test_two_books_part_for_a_reason(claim: dict[str, Any], found: list[tuple[str, object, str, object, str]]) -> None:
    """UCDP and ACLED differ where their rules do, and the rules are named; where both have no row, or agree, nothing is said."""
    differences = list(compare(BOOKS["ucdp"], BOOKS["acled"], [dossier({"claims": [claim]})]))
    told = [
        (one.aspect, a.value, *a.rules[:1], *([] if a.rules else [""]), b.value, *b.rules[:1], *([] if b.rules else [""]))
        for one in differences
        for a, b in [one.sides]
    ]
    assert told == found
    assert all(len(side.rules) == len(side.says) for one in differences for side in one.sides)


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_a_book_does_not_differ_from_itself(book: Any) -> None:
    """Compared with itself no book says anything."""
    made = [dossier({"claims": [claim]}) for claim, _ in CASES.values()]
    assert list(compare(book, book, made)) == []
