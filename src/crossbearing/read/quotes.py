"""What stands in quotation marks, and how far what a voice says goes on in them.

The network sees a window at a time and is unsure far from a cue. A quotation is one voice's to its closing mark, and "X", he
said, "Y" is one content in two pieces; what the marks say holds however long the words between them are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from crossbearing.model.text import Span

_MARK = re.compile(r"[“”\"]|''|``|\n")
_BEFORE = frozenset("([—–-‘'")
"""Signs after which a straight mark still opens."""
_SHORT = re.compile(r"\b[A-Z][a-z]{0,3}\.\s+(?=[A-Z])")
"""A stop that shortens a word before a name: "Sen. Lee"."""
_PARTED = re.compile(r"[.!?]\s+\S")
_ENDED = re.compile(r"[.!?,:;—–-]\s*$")
FAR = 200
"""Characters between two quotations of one content, at most: a cue with its source and what they are called."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks, the marks with it. One that its paragraph does not close ends there and is not `closed`."""

    span: Span
    closed: bool


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text, in order, those within others left out. A straight mark opens where it stands off."""
    found: list[Quotation] = []
    opened: int | None = None
    for match in _MARK.finditer(text):
        mark, start, end = match.group(), match.start(), match.end()
        if mark == "\n":
            if opened is not None:
                found.append(Quotation(Span(opened, start), False))
            opened = None
        elif _opens(text, mark, start, end):
            opened = start if opened is None else opened
        elif opened is not None:
            found.append(Quotation(Span(opened, end), True))
            opened = None
    if opened is not None:
        found.append(Quotation(Span(opened, len(text)), False))
    return found


def _opens(text: str, mark: str, start: int, end: int) -> bool:
    if mark in ("``", "”"):
        return mark == "``"
    if not text[end : end + 1].strip():
        return False
    before = text[start - 1 : start] if start else ""
    return mark == "“" or not before.strip() or before in _BEFORE


def whole(text: str, quoted: Sequence[Quotation], cue: Span, content: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """A content's pieces with the rest of its last quotation, and with the one that goes on right behind the cue.

    Nothing is taken that `others` hold, the contents of other voices; nor where the cue stands in the quotation itself: who is
    quoted tells there of somebody else.
    """
    *first, last = sorted(content, key=lambda piece: piece.start)
    n = bisect_right(quoted, last.end - 1, key=lambda q: q.span.start) - 1
    if n < 0 or not quoted[n].closed or quoted[n].span.end < last.end or quoted[n].span.holds(cue):
        return tuple(content)
    end = quoted[n].span.end
    if last.end < end and not _taken(others, last.end, end):
        last = Span(last.start, end)
    if last.end == end and n + 1 < len(quoted) and _goes_on(text, end, cue, quoted[n + 1], others):
        return (*first, last, quoted[n + 1].span)
    return (*first, last)


def _goes_on(text: str, end: int, cue: Span, then: Quotation, others: Sequence[Span]) -> bool:
    """Whether a quotation carries on the one that closed at `end`: between them stands the cue, to a stop, and nothing else."""
    start = then.span.start
    if not then.closed or not end <= cue.start < start or start - end > FAR or "\n" in text[end:start]:
        return False
    behind = _SHORT.sub(" ", text[max(end, cue.end) : start])
    return bool(_ENDED.search(behind)) and not _PARTED.search(behind) and not _taken(others, start, then.span.end)


def _taken(others: Sequence[Span], start: int, end: int) -> bool:
    return any(span.start < end and span.end > start for span in others)
