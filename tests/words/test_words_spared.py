"""Words by which all came to no harm, and words that only look like them."""

from __future__ import annotations

import pytest

from crossbearing.words.spared import is_spared, spared


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("Everyone is alive, but the driver is in surgery.", "alive"),
        ("The vessel and crew are reported safe.", "safe"),
        ("Vessel and all crew safe.", "safe"),
        ("Her crew are safe and the ship sails on.", "safe"),
        ("All 45 crew members were unharmed.", "unharmed"),
        ("All aboard survived.", "survived"),
        ("The crew was said to be unhurt.", "unhurt"),
    ],
)
def test_all_are_well(words: str, how: str) -> None:
    """The word that says how well stands with it."""
    found = spared(words)
    assert found is not None
    assert found["how"] == how
    assert is_spared(found.group())


@pytest.mark.parametrize(
    "words",
    [
        "The rest of the crew are safe.",
        "The remaining crew are safe.",
        "The search goes on until everyone is safe.",
        "The army will ensure the crew are safe.",
        "Is everyone safe?",
        "We hope that everyone is alive.",
        "Everyone went to a safe place.",
        "The crew is safe from prosecution.",
        "The driver is unhurt.",
    ],
)
def test_some_are_well_or_it_is_hoped(words: str) -> None:
    """One who is well says nothing of the others."""
    assert spared(words) is None
