"""People told side by side: who of them is one more, and what only says more of one."""

from __future__ import annotations

import pytest

from crossbearing.words.listed import members

CASES = [
    ("Ali Omar and Sami Noor", ["Ali Omar", "Sami Noor"]),
    ("Ali Omar, 12, Sami Noor (40) and Aya Said, 7", ["Ali Omar", "Sami Noor", "Aya Said"]),
    ("Ali Omar, a guard, and Sami Noor, an electrician", ["Ali Omar", "Sami Noor"]),
    ("Ali Omar, his wife and two of their sons", ["Ali Omar", "his wife", "two of their sons"]),
    ("their neighbour, Halima Noor, 40, and a driver", ["Halima Noor", "a driver"]),
    ("his cousin Omar Ali, 12, and his cousin Sami Ali, 9", ["his cousin Omar Ali", "his cousin Sami Ali"]),
    ("the pilot, a mechanic and three soldiers", ["the pilot", "a mechanic", "three soldiers"]),
]


@pytest.mark.parametrize(("words", "told"), CASES, ids=[words for words, _ in CASES])
def test_those_listed_are_told_one_by_one(words: str, told: list[str]) -> None:
    """Ages and appositions are no members; a word for somebody's kin is."""
    assert members(words) == told
