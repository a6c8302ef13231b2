"""Many words as one pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.words.patterns import any_of, any_pattern, lowered

WORDS = st.lists(st.text("ab.| ", min_size=1, max_size=4), min_size=1, max_size=8)


@given(WORDS, st.text("ab.| c", max_size=12))
def test_it_finds_what_the_words_one_after_another_find(words: list[str], text: str) -> None:
    """The longest first, and each as it is written: a dot is a dot."""
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    assert [m.span() for m in re.finditer(any_of(words), text)] == [m.span() for m in re.finditer(plain, text)]


@given(WORDS)
def test_it_is_one_group(words: list[str]) -> None:
    """What stands behind it in a pattern stands behind every word."""
    assert all(re.fullmatch(any_of(words) + "!", word + "!") for word in words)


@pytest.mark.parametrize(
    "patterns",
    [
        ["a|b+c|ab"],
        ["(?:a|bc)? b|c", "a?b", "[ab|] c|.a"],
        ["(?:a|(?:b|c)c) (?:a|b)|a{2}", "(?:a|b)+c", r"\||b\.", r"c\(a"],
    ],
)
@given(text=st.text("abc .|(", max_size=8))
def test_patterns_grouped_by_their_first_letters_find_what_they_find_one_after_another(patterns: list[str], text: str) -> None:
    """Groups that open a pattern are taken apart, and those that may be missing too."""
    assert bool(re.search(rf"\b{any_pattern(patterns)}(?!\w)", text)) == bool(re.search(rf"\b(?:{'|'.join(patterns)})(?!\w)", text))


@given(st.text(max_size=20))
def test_a_lowered_text_keeps_every_character_in_its_place(text: str) -> None:
    """A letter whose small form is two, as the Turkish capital I with a dot, stays as it is."""
    low = lowered(text + "\u0130")
    assert len(low) == len(text) + 1
    assert all(b in (a, a.lower()) for a, b in zip(text, low, strict=False))
