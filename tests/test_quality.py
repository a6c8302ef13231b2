"""The gate on what has been reached: it holds on the corpora, and lets floors up, and down only for a reason."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

EVALS = Path(__file__).parents[1] / "evals"
TODAY = date(2030, 1, 2)


def loaded(name: str) -> ModuleType:
    """A script of evals/ as a module."""
    spec = importlib.util.spec_from_file_location(name, EVALS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = before
    return module


gate = loaded("gate")


@pytest.mark.corpora
def test_what_has_been_reached_holds() -> None:
    """No measure of reports or places lies below its floor; the text scrapes have a test of their own."""
    root = gate.corpora()
    if not root.is_dir():
        pytest.skip("no annotated corpora beside the checkout")
    found = gate.measure(root, quick=True)
    if not found:
        pytest.skip("neither the corpora of reports and places nor their scorer lie beside the checkout")
    fallen, _ = gate.compare(found, json.loads(gate.FLOORS.read_text(encoding="utf-8")), root)
    assert fallen == []


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of corpora with one in it."""
    (tmp_path / "made_up").mkdir()
    (tmp_path / "made_up" / "gold.jsonl").write_text("{}\n", encoding="utf-8")
    return tmp_path


def floors(corpus: Path, **held: float) -> dict[str, object]:
    return {"made_up": {"digest": gate.digest(corpus / "made_up"), "date": "2029-01-01", "floors": held}}


def test_a_measure_below_its_floor_falls(corpus: Path) -> None:
    """Below a floor, above a ceiling, and a measure that is gone: each falls, with a sentence that names it."""
    held = floors(corpus, date=0.9, median_radius_km=6.0, weapon=0.5, status=0.5)
    fallen, apart = gate.compare({"made_up": {"date": 0.89, "median_radius_km": 6.5, "status": 0.5}}, held, corpus)
    assert apart == []
    assert [sentence.split(":")[0] for sentence in fallen] == ["made_up.date", "made_up.median_radius_km", "made_up.weapon"]


def test_another_version_of_a_corpus_is_not_compared(corpus: Path) -> None:
    """Where the corpus's files changed, the floors say nothing, and that is told."""
    held = floors(corpus, date=0.9)
    (corpus / "made_up" / "gold.jsonl").write_text("{} {}\n", encoding="utf-8")
    fallen, apart = gate.compare({"made_up": {"date": 0.1}}, held, corpus)
    assert fallen == []
    assert "another version" in apart[0]


def test_raising_lifts_what_rose_and_lowers_nothing(corpus: Path) -> None:
    """A better measure lifts its floor, rounded to the side of safety; a worse one leaves it where it was."""
    held = floors(corpus, date=0.9, status=0.9, median_radius_km=6.0)
    found = {"made_up": {"date": 0.9567, "status": 0.8, "median_radius_km": 5.111, "weapon": 0.7}}
    made = gate.lifted(found, held, corpus, TODAY)["made_up"]
    assert made["floors"] == {"date": 0.95, "status": 0.9, "median_radius_km": 5.12, "weapon": 0.7}
    assert made["date"] == "2030-01-02"
    assert gate.lifted({"made_up": {"date": 0.5}}, held, corpus, TODAY) == held


def test_a_floor_goes_down_only_with_its_reason(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason, the day and both values stay in the file; without a reason nothing is done."""
    made = gate.lowered({"made_up": {"date": 0.812}}, floors(corpus, date=0.9, status=0.9), "made_up.date", "new gold", TODAY)
    assert made["made_up"]["floors"] == {"date": 0.81, "status": 0.9}
    note = {"measure": "date", "from": 0.9, "to": 0.81, "date": "2030-01-02", "because": "new gold"}
    assert made["made_up"]["lowered"] == [note]
    monkeypatch.setattr(sys, "argv", ["gate.py", "--lower", "made_up.date"])
    with pytest.raises(SystemExit):
        gate.main()
    assert "--because" in capsys.readouterr().err
