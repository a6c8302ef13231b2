"""Five hundred sequences of decisions and undos keep every law of the ledger."""

from __future__ import annotations

import pytest
from decided import Desk
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test


@pytest.mark.soak
def test_five_hundred_sequences_break_no_law() -> None:
    """The laws of the short trial, over five hundred long sequences."""
    run_state_machine_as_test(Desk, settings=settings(max_examples=500, stateful_step_count=30, deadline=None))
