"""The commands that say who goes back to whom, and what cannot both hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from typer.testing import CliRunner

from crossbearing.cli import app
from crossbearing.publish.records import schema

WIRE = (
    "KHARKIV, Ukraine (Inland) - A drone struck a fuel depot in Kharkiv on Tuesday and killed 3 people, the governor, "
    "Oleh Sydorov, said. "
    "The fire that broke out in one of the tanks was put out before noon, and trains to the depot were sent by another line."
)
REPORTS = (
    {"id": "wire", "outlet": "Inland Press Agency", "published": "2024-05-15", "text": WIRE},
    {"id": "copy", "outlet": "Coast Wire", "published": "2024-05-15", "text": f"{WIRE} The paper's own man counted two craters."},
    {
        "id": "later",
        "outlet": "Harbour Dispatch",
        "published": "2024-05-17",
        "text": "A drone hit a fuel depot in Kharkiv on Tuesday and killed 5 people, the Kharkiv Rescue Service said.",
    },
    {
        "id": "other",
        "outlet": "Dnipro Bulletin",
        "published": "2024-05-15",
        "text": "Air defences shot down a drone over a fuel depot in Kharkiv on Tuesday; the Air Force Command said that nobody "
        "was hurt.",
    },
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The reports, read."""
    folder = tmp_path_factory.mktemp("lineage")
    (folder / "in.jsonl").write_text("".join(json.dumps(one) + "\n" for one in REPORTS), encoding="utf-8")
    assert ask("run", str(folder / "in.jsonl"), "--ledger", str(folder / "l"), "--workers", "1").exit_code == 0
    return str(folder / "l")


def ask(*words: str, **env: str) -> Any:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "110", **env})


def records(result: Any) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    for one in found:
        Draft202012Validator(schema(one["schema"]), format_checker=FormatChecker()).validate(one)
    return found


def incident(ledger: str) -> str:
    """The incident that the wire tells of."""
    found = [json.loads(line) for line in ask("incidents", "--ledger", ledger, "--format", "jsonl").stdout.splitlines()]
    return str(next(one["id"] for one in found if "wire" in one["reports"]))


def test_a_copy_is_shown_with_its_words(ledger: str) -> None:
    """The copy goes back to the wire; the words that they share are those of both texts."""
    found = records(ask("lineage", incident(ledger), "--ledger", ledger, "--format", "jsonl"))
    lines = [one for one in found if one["schema"] == "crossbearing.lineage/1"]
    (fold,) = [fold for one in lines for fold in one["folds"] if fold["report"] == "copy"]
    assert (fold["to"], fold["kind"]) == ("wire", "copy")
    assert fold["shared"][0]["here"]["quote"] == fold["shared"][0]["there"]["quote"] == WIRE.rstrip(".")
    killed = {one["value"]: one["lineages"] for one in found if one.get("field") == "killed"}
    assert killed["3"] == 1


def test_the_table_says_who_goes_back_to_whom(ledger: str, tmp_path: Path) -> None:
    """Reason, words and lineages by value, on a screen of any width and in a file."""
    name = incident(ledger)
    for width in ("80", "140"):
        shown = ask("lineage", name[:8], "--ledger", ledger, COLUMNS=width)
        assert shown.exit_code == 0
        assert re.search(r"copy → wire \(copy\): 8\d% of its own words stand in Inland", " ".join(shown.stdout.split()))
        assert "who stands behind it" in shown.stdout
        assert max(map(len, shown.stdout.splitlines())) <= int(width)
    lines = ask("lineage", name, "--ledger", ledger, "--out", str(tmp_path / "x.jsonl"))
    assert (lines.exit_code, lines.stdout) == (0, "")
    assert (tmp_path / "x.jsonl").read_text(encoding="utf-8").count("\n") > 3
    assert ask("lineage", "nothing", "--ledger", ledger).exit_code == 2


def test_contradictions_are_listed_with_both_sides(ledger: str) -> None:
    """Hit or stopped is one; the toll that rose from the 15th to the 17th is told apart."""
    found = records(ask("contradictions", "--ledger", ledger, "--format", "jsonl"))
    kinds = {(one["type"], one["rising"]) for one in found}
    assert ("figures", True) in kinds
    rose = {(one["a"]["report"], one["b"]["report"]) for one in found if one["rising"] and one["field"] == "killed"}
    assert {("wire", "later"), ("copy", "later")} & rose
    assert {later for _, later in rose} == {"later"}
    for width in ("80", "140"):
        shown = ask("contradictions", "--ledger", ledger, COLUMNS=width)
        assert "Tolls that rose" in shown.stdout
        assert max(map(len, shown.stdout.splitlines())) <= int(width)


def test_contradictions_can_be_chosen(ledger: str) -> None:
    """By day, country and report, as incidents are; nothing is said to be nothing."""
    every = records(ask("contradictions", "--ledger", ledger, "--format", "jsonl"))
    assert records(ask("contradictions", "--ledger", ledger, "--format", "jsonl", "--country", "Ukraine")) == every
    later = records(ask("contradictions", "--ledger", ledger, "--format", "jsonl", "--report", "later"))
    assert later
    assert all("later" in one["reports"] for one in later)
    none = ask("contradictions", "--ledger", ledger, "--country", "Iraq")
    assert (none.exit_code, none.stdout) == (0, "")
    assert "No contradictions." in none.stderr
    wrong = ask("contradictions", "--ledger", ledger, "--since", "2024-06-01", "--until", "2024-05-01")
    assert wrong.exit_code == 2
