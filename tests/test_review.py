"""Whatever people decide and undo, in whatever order, the ledger keeps its laws."""

from __future__ import annotations

from decided import trial


def test_no_sequence_of_decisions_breaks_a_law() -> None:
    """Every claim in one incident; undo exact; what is different apart; nothing recorded changes; the past stays the past."""
    trial(sequences=15, steps=15)
