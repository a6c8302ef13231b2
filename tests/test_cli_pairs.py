"""The commands that say why tellings stand together or apart, and that draw the incidents anew."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from crossbearing.cli import app
from crossbearing.publish.records import schema

TEXTS = {
    "one": "A drone hit a grain store in Kharkiv on Tuesday and killed two people, the mayor said.",
    "two": "Two people were killed on Tuesday when a drone hit a grain store in Kharkiv, the mayor said.",
    "three": "A missile hit a bridge in Odesa on Tuesday and killed two people, the governor said.",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two reports of one strike, and one of another."""
    folder = tmp_path_factory.mktemp("pairs")
    told = ({"id": name, "outlet": f"Paper {name}", "published": "2024-05-15", "text": text} for name, text in TEXTS.items())
    (folder / "in.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    assert ask("run", str(folder / "in.jsonl"), "--ledger", str(folder / "l"), "--workers", "1").exit_code == 0
    return str(folder / "l")


def ask(*words: str, **env: str) -> Any:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "110", **env})


def records(*words: str) -> list[dict[str, Any]]:
    result = ask(*words, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    for one in found:
        Draft202012Validator(schema(one["schema"])).validate(one)
    return found


def incident(ledger: str, report: str) -> dict[str, Any]:
    return next(one for one in records("incidents", "--ledger", ledger) if report in one["reports"])


def test_two_claims_are_shown_with_what_weighs(ledger: str) -> None:
    """The weights come to the score, and the two stand together."""
    claims = {one["report"]: one["id"] for one in records("claims", "--ledger", ledger)}
    (found,) = records("pairs", claims["two"], claims["one"], "--ledger", ledger)
    assert (found["a"]["report"], found["b"]["report"], found["together"], found["candidates"]) == ("two", "one", True, True)
    assert found["score"] == pytest.approx(found["start"] + sum(one["weight"] for one in found["weights"]), abs=0.02)
    shown = ask("pairs", claims["one"], claims["two"], "--ledger", ledger)
    assert shown.stdout.startswith("together")
    assert "+2.0 They share a day" in shown.stdout


def test_incidents_are_held_beside_each_other_telling_by_telling(ledger: str) -> None:
    """Each of the one with each of the other; --limit says how many are left out."""
    ours, theirs = incident(ledger, "one")["id"], incident(ledger, "three")["id"]
    found = records("pairs", ours, theirs, "--ledger", ledger)
    assert [one["b"]["report"] for one in found] == ["three", "three"]
    assert not any(one["together"] for one in found)
    assert all(one["against"] for one in found)
    shown = ask("pairs", ours, theirs, "--ledger", ledger, "--limit", "1")
    assert "Left out: 1 pairs" in shown.stderr
    assert "on two incidents are joined" in " ".join(shown.stdout.split())


@pytest.mark.parametrize("width", ["80", "140"])
def test_one_incident_shows_what_stands_near_it(ledger: str, width: str) -> None:
    """Its own tellings from the weakest; other incidents with how many of their tellings could be compared."""
    ours = incident(ledger, "one")["id"]
    inside = [one for one in records("pairs", ours, "--ledger", ledger) if one["inside"]]
    assert sorted(one["reports"] for one in inside) == [["one"], ["two"]]
    assert all(one["average"] == one["best"]["score"] for one in inside)
    shown = ask("pairs", ours[:8], "--ledger", ledger, COLUMNS=width)
    assert "Its own tellings that the others hold least" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= int(width)


def test_what_is_not_held_is_a_sentence(ledger: str) -> None:
    """An id that nothing has is wrong use."""
    wrong = ask("pairs", "nothing", "--ledger", ledger)
    assert wrong.exit_code == 2
    assert "no incident of this ledger has an id that starts so" in wrong.stderr


def test_link_draws_anew_what_was_kept(ledger: str, tmp_path: Path) -> None:
    """A drawing that is kept and wrong is dropped; what changed is said; drawn twice, nothing changes."""
    copy = tmp_path / "l"
    copy.write_bytes(Path(ledger).read_bytes())
    whole = records("incidents", "--ledger", str(copy))
    assert "2 incidents drawn, 2 before; nothing changed." in ask("link", "--ledger", str(copy)).stdout
    connection = sqlite3.connect(copy)
    connection.execute("update incident_view set payload = '[]'")
    connection.commit()
    connection.close()
    assert records("incidents", "--ledger", str(copy)) == []
    found = records("link", "--ledger", str(copy))
    assert [one["what"] for one in found] == ["appeared", "appeared"]
    assert records("incidents", "--ledger", str(copy)) == whole


def test_runs_one_after_the_other_draw_what_one_run_draws(ledger: str, tmp_path: Path) -> None:
    """What a second run took over from the first is what is drawn from nothing."""
    lines = (Path(ledger).parent / "in.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    twice = str(tmp_path / "l")
    for number, part in enumerate((lines[:1] + lines[2:], lines[1:2])):
        (tmp_path / f"{number}.jsonl").write_text("".join(part), encoding="utf-8")
        assert ask("run", str(tmp_path / f"{number}.jsonl"), "--ledger", twice, "--workers", "1").exit_code == 0
    assert records("incidents", "--ledger", twice) == records("incidents", "--ledger", ledger)
    assert "nothing changed" in ask("link", "--ledger", twice).stdout
