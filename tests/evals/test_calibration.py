"""The scorer of stated chances: what a set that is likelier than nine tenths counts for."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import calibration as scorer
from calibration import Answer


def test_a_likelier_set_counts_as_its_share_of_nine_tenths() -> None:
    """Sets that hold the truth as often as they say come to nine tenths, whatever they say; others to more or less."""
    sure = [Answer("days", 1.0, right=True)] * 10
    honest = [Answer("days", 0.95, right=n < 19) for n in range(20)]
    boasting = [Answer("days", 0.95, right=n < 10) for n in range(20)]
    assert float(scorer.at_nine_tenths(sure)) == 0.9
    assert float(scorer.at_nine_tenths(honest)) == 0.9
    assert float(scorer.at_nine_tenths(boasting)) < 0.5
    assert scorer.at_nine_tenths([Answer("days", 0.5, right=True)]) == ""


def test_rows_are_by_source_and_by_stated_chance() -> None:
    """Each source has a row, each tenth that has answers has one, and all have one together."""
    answers = [Answer("pages", 0.95, right=True), Answer("claims", 0.75, right=False)]
    rows = [row.split()[0] for row in scorer.table(answers)]
    assert rows == ["pages", "claims", "stated", "stated", "all", "all,"]


def test_chances_are_set_by_the_other_half() -> None:
    """A half that is wrong more often than it says brings the other half's chances down, and not its own."""
    wrong, right = ([Answer("pages", 0.9, right=says)] * 50 for says in (False, True))
    made = scorer.crossed(wrong + right)
    assert all(a.stated > 0.9 for a in made if not a.right)
    assert all(a.stated < 0.1 for a in made if a.right)
