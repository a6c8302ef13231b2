"""Places in an order: "second", "twenty-sixth", "26th"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossbearing.model.text import Span
from crossbearing.words.patterns import any_of, lowered

UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth"
).split()
"""From the first to the nineteenth, in order."""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {w: n for n, w in enumerate(UNITS, 1)} | {w[:-1] + "ieth": 10 * n for n, w in enumerate(_TENS, 2)} | {"hundredth": 100}
_PATTERN = re.compile(
    r"(?<![\w.,/-])(?<!hundred and )(?<!thousand and )"  # "the hundred and second" is not the second
    rf"(?:(?P<ten>{any_of(_TENS)})[- ](?P<unit>{any_of(UNITS[:9])})|(?P<word>{any_of(_VALUES)})|"
    r"(?P<digits>\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th))(?![\w-])"
)


@dataclass(frozen=True, slots=True)
class OrdinalWords:
    """An ordinal in a text: its words and its place, 1 for the first."""

    span: Span
    place: int


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[OrdinalWords]:
    """The ordinals in the text, left to right; those of compounds ("second-largest") left out."""
    for match in _PATTERN.finditer(lowered(text), start, len(text) if end is None else end):
        yield OrdinalWords(Span(match.start(), match.end()), _place(match))


def _place(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"].replace(",", ""))
    if match["ten"]:
        return 10 * (_TENS.index(match["ten"]) + 2) + _VALUES[match["unit"]]
    return _VALUES[match["word"]]
