"""The measure of reports marked by hand: what a reader finds of them, and what of its own is right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import written

from training.written import report

BODY = (
    "News from Tarka\n\n[Gunmen](perpetrator#1) [abducted](abduction#1) [two teachers](victim#1) on Monday. "
    "Then [things went quiet](clash#2) there. Troops [shelled](shelling#3:denied) nobody."
)


def test_what_is_found_is_told_from_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two deeds that were done the rules know the words of one, and that is right; what was denied is not counted."""
    monkeypatch.setattr(written, "reports", lambda: iter([report("one", BODY)]))
    monkeypatch.setattr(written, "held_out", lambda name: True)
    found = written.measured("rules")
    assert (found["happenings"], found["found"], found["right"]) == (2, 0.5, 1.0)
    assert (found["kind"], found["realis"]) == (1.0, 1.0)


def test_a_happening_in_a_sentence_without_a_mark_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deed that the marks do not have is the reader's own; one that is told and denied is not."""
    body = BODY + " Rebels abducted a nurse on Sunday."
    monkeypatch.setattr(written, "reports", lambda: iter([report("one", body)]))
    monkeypatch.setattr(written, "held_out", lambda name: True)
    assert written.measured("rules")["right"] == pytest.approx(2 / 3)
