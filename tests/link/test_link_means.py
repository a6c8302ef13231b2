"""What sort of means a weapon's words name."""

from __future__ import annotations

import pytest

from crossbearing.link.means import classes


@pytest.mark.parametrize(
    ("weapon", "sorts"),
    [
        ("two armed drones", {"air"}), ("AC-130J Ghostrider", {"air"}), ("mortar shells", {"shelling"}),
        ("suicide vest", {"bomb"}), ("car bomb", {"bomb"}),
        ("hand grenade", {"grenade"}), ("bomb", set()), ("missile", set()), ("rifle", set()), ("", set()),
    ],
)  # fmt: skip
def test_a_weapon_is_of_the_sort_that_its_words_say(weapon: str, sorts: set[str]) -> None:
    """Open words ("a bomb") and arms that go with any happening are of none."""
    assert classes(weapon) == sorts
