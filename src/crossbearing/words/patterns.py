"""Many words as one pattern.

Python tries the alternatives of a pattern one after another, at every place of a text. Here those that begin with one letter
stand together, so that at most places one look passes over all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A group that matches any of some words, as they are written; of two that one place begins, the longer is tried first."""
    alike: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        alike.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in alike.items()) + ")"
