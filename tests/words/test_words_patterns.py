"""Many words as one pattern."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from crossbearing.words.patterns import any_of

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
