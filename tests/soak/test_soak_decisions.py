"""Five hundred sequences of decisions and undos keep every law of the ledger."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from decided import trial


@pytest.mark.soak
def test_five_hundred_sequences_break_no_law(tmp_path: Path) -> None:
    """The laws of the short trial, over five hundred longer sequences."""
    numbers = itertools.count()
    trial(lambda: str(tmp_path / f"{next(numbers)}.ledger"), sequences=500, steps=25)
