"""The shipped series: files that say what they hold, and that the script in scripts/ makes again."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from crossbearing import resources
from crossbearing.resolve.page import series

ROOT = Path(__file__).parent.parent.parent
GAZA = next(s for s in series.shipped() if "Gaza" in s.places)
SOURCE = ROOT.parent / "shared" / "series"


def test_every_series_says_what_it_counts() -> None:
    """Each file names its place, its source and the day that it counts from, and its days run forward from then."""
    shipped = series.shipped()
    assert len(shipped) >= 4
    for one in shipped:
        assert one.places
        assert one.source
        assert [r.day for r in one.rows] == sorted({r.day for r in one.rows})
        assert one.since <= one.rows[0].day


def test_what_was_filled_in_afterwards_is_no_row() -> None:
    """Nobody could cite a number of a day on which none came out: the West Bank's came by the week from April 2024 on."""
    bank = next(s for s in series.shipped() if s.places == ("West Bank",))
    weekly = [r.day for r in bank.rows if r.day >= date(2024, 4, 1)]
    gaps = [(later - day).days for day, later in pairwise(weekly)]
    assert sum(gap >= 5 for gap in gaps) > 0.9 * len(gaps)


@pytest.mark.parametrize("name", ["gaza", "west_bank", "lebanon_2023", "lebanon_2026"])
def test_the_script_makes_the_shipped_file_again(name: str) -> None:
    """Built again from the source, a series is the file that ships, byte for byte."""
    if not SOURCE.is_dir():
        pytest.skip("needs ../shared/series beside the checkout")
    spec = importlib.util.spec_from_file_location("build_series", ROOT / "scripts" / "build_series.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules["build_series"] = script
    spec.loader.exec_module(script)
    meta = json.loads((SOURCE / "META.json").read_text(encoding="utf-8"))
    wanted = next(s for s in (script.GAZA, script.WEST_BANK, script.LEBANON_2023, script.LEBANON_2026) if s.name == name)
    assert script.written(wanted, SOURCE, meta) == resources.path(f"series/{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("counted", "low", "high", "qualifier", "expected"),
    [
        ("killed", 23357, 23357, None, "2024-01-10..2024-01-12"),
        ("killed", 24000, None, "over", "2024-01-15..2024-01-21"),
        ("injured", 61000, None, "At least", "2024-01-16..2024-01-19"),
        ("killed", 24500, None, "more than", "2024-01-18..2024-01-21"),
        ("killed", 21600, 24000, "nearly", "2024-01-08..2024-01-15"),
        ("killed", GAZA.rows[-1].killed + 5000, None, "over", f"{GAZA.rows[-1].day}.."),
        ("killed", 99_999_999, None, "over", None),
    ],
)
def test_a_figure_gives_its_days(counted: str, low: int, high: int | None, qualifier: str | None, expected: str | None) -> None:
    """A figure to the digit holds until the next, a rounded one until the next round one; what was never reached has no day."""
    found = series.days(GAZA, "killed" if counted == "killed" else "injured", low, high, qualifier)
    assert [str(i) for i in found] == ([expected] if expected else [])
