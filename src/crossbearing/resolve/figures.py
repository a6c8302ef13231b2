"""What a number of people means: a range, of whom, of this happening or of a whole war."""

from __future__ import annotations

import re
from datetime import date

from crossbearing.model.claim import Figure, FigureScope
from crossbearing.model.mention import Mention, StatedFigure
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.words import numbers

STEP = Step("resolve.figures", "1")

# A plain plural is at least two; the casualty coders' convention, as for the vague words in `words/numbers.py`.
PLURAL = (2, None)
_NO_ONE = re.compile(r"^(?:no|nobody|none|no[- ]?one|without)\b", re.I)
_PLURAL = re.compile(r"(?:s|men|women|people|children|personnel|police|troops)$", re.I)


def figure(document: Document, mention: Mention, counted: str, people: Mention | None = None) -> Stated[Figure] | None:
    """The range that a figure's words give; None where they give none."""
    words = document.quote(mention.span)
    low_high = _range(document, mention.span, words)
    if low_high is None:
        return None
    low, high, qualifier = low_high
    evidence = (mention.span,) if people is None or people.span == mention.span else (mention.span, people.span)
    who = document.quote(people.span) if people else None
    return Stated(Figure(low, high, counted, who, FigureScope.INCIDENT, qualifier), evidence, STEP.id)


def total(document: Document, stated: StatedFigure, since: date | None = None) -> Stated[Figure] | None:
    """A figure over more than one happening."""
    one = figure(document, stated.mention, stated.counted, stated.people)
    if one is None:
        return None
    value = one.value
    over = document.quote(stated.since.span) if stated.since else None
    evidence = one.evidence + ((stated.since.span,) if stated.since else ())
    return Stated(
        Figure(value.low, value.high, value.counted, value.who, FigureScope.CUMULATIVE, value.qualifier, since, over),
        evidence,
        STEP.id,
    )


def _range(document: Document, span: Span, words: str) -> tuple[int | None, int | None, str | None] | None:
    if _NO_ONE.match(words):
        return 0, 0, None
    inside = list(numbers.find(document.text, span.start, span.end))
    if len(inside) > 1 and all(n.low is not None for n in inside):
        # "Eight militants and two soldiers": the reader gives figures told side by side as one.
        highs = [n.high for n in inside]
        return sum(n.low or 0 for n in inside), None if None in highs else sum(h or 0 for h in highs), inside[0].qualifier
    # The words behind the mention may qualify it: "three rockets or more".
    number = next(iter(numbers.find(document.text, span.start, min(len(document.text), span.end + 40))), None)
    if number and number.span.start < span.end:
        return number.low, number.high, number.qualifier
    return (*PLURAL, None) if _PLURAL.search(words) else (1, 1, None)
