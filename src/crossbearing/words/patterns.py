"""Many words as one pattern.

Python tries the alternatives of a pattern one after another, at every place of a text. Here those that begin with one letter
stand together, so that at most places one look passes over all of them; and a text is put in lower case once, since a pattern
that heeds no case takes twice as long.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache


def any_of(words: Iterable[str]) -> str:
    """A group that matches any of some words, as they are written; of two that one place begins, the longer is tried first."""
    alike: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        alike.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in alike.items()) + ")"


def any_pattern(patterns: Iterable[str]) -> str:
    """A group that matches where one of some patterns does; which of them is left open, and so is how much of the text it takes."""
    alike: dict[str, list[str]] = {}
    for pattern in (one for many in patterns for one in _openings(many)):
        plain = pattern[:1].isalnum() and pattern[1:2] not in _REPEATS
        alike.setdefault(pattern[0] if plain else "", []).append(pattern[plain:])
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in alike.items()) + ")"


_REPEATS = frozenset("?*+{")
_BAR_OR_BRACKET = re.compile(r"\\.|\[[^\]]+\]|[()|]")


def _openings(pattern: str) -> Iterator[str]:
    """A pattern as several, none of which is parted by `|` or begins with a group of such: `(?:a|b)? c` is `a c`, `b c` and ` c`."""
    bars, ends, depth = [-1], [], 0
    for mark in _BAR_OR_BRACKET.finditer(pattern):
        depth += (mark.group() == "(") - (mark.group() == ")")
        if not depth and mark.group() in "|)":
            (bars if mark.group() == "|" else ends).append(mark.start())
    if len(bars) > 1:
        for start, end in itertools.pairwise((*bars, len(pattern))):
            yield from _openings(pattern[start + 1 : end])
    elif pattern.startswith("(?:") and pattern[ends[0] + 1 : ends[0] + 2] not in _REPEATS - {"?"}:
        inner, rest = pattern[3 : ends[0]], pattern[ends[0] + 1 :]
        for opening in _openings(inner):
            yield from _openings(opening + rest.removeprefix("?"))
        if rest.startswith("?"):
            yield from _openings(rest[1:])
    else:
        yield pattern


@lru_cache(maxsize=16)
def lowered(text: str) -> str:
    """A text in lower case, every character in its place. Kept, since a document is asked sentence by sentence."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
