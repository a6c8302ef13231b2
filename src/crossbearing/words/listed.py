"""People told side by side, one by one: "Ali Omar, a guard, his son Sami, 12, and two neighbours" are two and two more.

Words between commas are another person, unless they say more of the one before ("Ali Omar, a guard") or are said more of by the
name behind them ("their neighbour, Halima Noor").
"""

from __future__ import annotations

import re

_PARTED = re.compile(r"\s*(,?\s+and\s+|,)\s*")
_AGE = re.compile(r"(?:both |aged )?\d{1,3}|\(\d{1,3}\)")
_OF_ONE = re.compile(r"(?:an?|the) ", re.I)
_OF_ANOTHER = re.compile(r"(?:his|her|their|its|another) ", re.I)


def members(words: str) -> list[str]:
    """The words for each of those told side by side, ages and appositions left out."""
    pieces = _PARTED.split(words.strip())
    found: list[str] = []
    link = "and"
    for n, piece in enumerate(pieces):
        if n % 2:
            link = piece.strip()
            continue
        piece = re.sub(r"\s*\(\s*\d{1,3}\s*\)$", "", piece)
        if not piece or _AGE.fullmatch(piece):
            continue
        if link == "," and found and _is_more_of(found[-1], piece):
            found[-1] = piece if _is_name(piece) else found[-1]
            continue
        found.append(piece)
    return found


def _is_more_of(before: str, piece: str) -> bool:
    """Whether words say more of those before them: a name with "a guard" behind it, "their neighbour" with a name behind it."""
    if _is_name(before):
        return _OF_ONE.match(piece) is not None and not _holds_name(piece)
    one = _OF_ONE.match(before) or _OF_ANOTHER.match(before)
    return one is not None and not _holds_name(before) and _is_name(piece)


def _is_name(words: str) -> bool:
    """Whether words begin as a name does."""
    return words[:1].isupper() and _OF_ONE.match(words) is None and _OF_ANOTHER.match(words) is None


def _holds_name(words: str) -> bool:
    """Whether a name follows the word for who bears it: "his cousin Omar Ali"."""
    return any(word[:1].isupper() for word in words.split()[1:])
