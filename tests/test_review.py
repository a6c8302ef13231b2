"""Whatever people decide and undo, in whatever order, the ledger keeps its laws."""

from __future__ import annotations

from decided import Desk
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test


def test_no_sequence_of_decisions_breaks_a_law() -> None:
    """Every claim in one incident; undo exact; what is different apart; nothing recorded changes; the past stays the past."""
    run_state_machine_as_test(Desk, settings=settings(max_examples=15, stateful_step_count=15, deadline=None))
