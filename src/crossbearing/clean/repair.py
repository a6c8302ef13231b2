"""Broken characters made whole, with every offset kept true.

Only what can hide or split words is touched: carriage returns, NULs and other control characters, soft hyphens and
zero-width marks, odd spaces. Letters are never changed: a wrong guess at a letter would put words in a source's mouth.
"""

from __future__ import annotations

import re

from crossbearing.model.text import Piece, Span

_ODD = re.compile(
    "[\r\u2028\u2029\x85\x0b\x0c"  # line ends
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"  # nothing
    "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"  # spaces
    "(?:(?<=\r)\n)?"
)
_LINE_ENDS = "\r\u2028\u2029\x85\x0b\x0c"
_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def repair(text: str, at: int = 0) -> tuple[str, tuple[Piece, ...]]:
    """The text with broken characters mended, and the map back: pieces in order that cover all of the repaired text.

    `at` is where the text begins in its source. What is dropped outright belongs to no piece.
    """
    out: list[str] = []
    pieces: list[Piece] = []
    made = last = 0

    def add(word: str, start: int, end: int, exact: bool) -> None:
        nonlocal made
        if word:
            out.append(word)
            pieces.append(Piece(Span(made, made + len(word)), Span(at + start, at + end), exact))
            made += len(word)

    for match in _ODD.finditer(text):
        add(text[last : match.start()], last, match.start(), True)
        odd = match.group()[0]
        add("\n" if odd in _LINE_ENDS else " " if odd in _SPACES else "", match.start(), match.end(), False)
        last = match.end()
    add(text[last:], last, len(text), True)
    return "".join(out), tuple(pieces)
