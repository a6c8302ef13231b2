"""Five hundred sequences of decisions and undos keep every law of the ledger."""

from __future__ import annotations

import pytest
from decided import trial


@pytest.mark.soak
def test_five_hundred_sequences_break_no_law() -> None:
    """The laws of the short trial, over five hundred longer sequences."""
    trial(sequences=500, steps=25)
