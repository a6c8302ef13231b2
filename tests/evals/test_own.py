"""The reports of our own and what a coder entered of each: that they hold together, and how names are compared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import own
from _readers import document

REPORTS = {row["n"]: (page, row) for page, row in own.reports()}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_what_a_coder_entered_stands_in_its_report(name: str) -> None:
    """Each sentence is found in the text, no day lies after the report's, and no incident is told nowhere."""
    page, row = REPORTS[name]
    published = page.metadata.dates[0].shown.value
    for one in row["incidents"]:
        assert one["at"]
        assert [page.text[a:b] for a, b in one["at"]] == one["told"]
        assert all(day is None or day <= published for day in one["day"] or ())


def test_one_half_is_read_for_errors_and_one_is_not() -> None:
    """And a sixth of both tells of no incident."""
    parts = [row["part"] for _, row in REPORTS.values()]
    assert parts.count("train") == parts.count("dev") == 24
    assert sum(not row["incidents"] for _, row in REPORTS.values()) == 8


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Islamic Resistance in Iraq", ["Islamic Resistance"], True),
        ("the Russian army", ["Russian forces"], True),
        ("gunmen", ["police"], False),
        ("a police station", ["municipal police station"], True),
        ("students", [], False),
        (None, [], True),
        (None, ["gunmen"], False),
    ],
)
def test_names_are_one_by_half_of_their_words(gold: str | None, found: list[str], same: bool) -> None:
    """Common words do not count, save where a name has no other."""
    assert own._meets(gold, found) is same


def test_a_denied_deed_is_no_incident(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a claim, and given as one."""
    text = "Posts saying that troops stormed a hospital in Omdurman on Monday are wrong."
    row = {"incidents": [], "part": "dev"}
    monkeypatch.setattr(own, "reports", lambda part: iter([(document("x", text, None, "2024-05-01"), row)]))
    assert own.read("dev", "rules")[0].found == []
