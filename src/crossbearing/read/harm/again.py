"""Counts that others give of those counted before, the words for what befell them left out.

"Killed four soldiers; the rebels claimed 17", "put the toll at five, a local doctor at nine", "the ministry spoke of three".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm.headcount import of_one, opens_at
from crossbearing.read.harm.words import HARM, INJURED, KILLED, LOST
from crossbearing.read.lexicon import grammar, lexicon

_PUT = grammar("casualties.put")
_GIVEN = frozenset("claimed claims claim reported reports counted counts spoke-of speaks-of speak-of".split())
_TURNS = frozenset((";", ",", "while", "but", "and", "whereas"))
_ENDS = frozenset((".", ";", ",", "according"))
_THE_NUMBER = frozenset(("number", "figure", "count", "total"))
_IS = frozenset(("was", "is", "at", "to", "be"))


def counted_again(
    sentence: Chunked, told: Sequence[tuple[str, Mention]], before: Chunked | None
) -> Iterator[tuple[str, Mention]]:
    """What is counted and the figure, for each number by itself with which another voice counts those of `told`."""
    last = max((figure.span.end for _, figure in told), default=None)
    for chunk in sentence.chunks:
        if chunk.kind != "number" or chunk.number is None or of_one(sentence, chunk) or not _stands_alone(sentence, chunk):
            continue
        if last is None:
            if before is not None and _is_the_number(sentence, chunk) and (counted := _befell(before)):
                yield counted, Mention(chunk.number.span, MentionKind.FIGURE)
        elif chunk.span.start > last and _is_given(sentence, chunk, last):
            yield told[-1][0], Mention(chunk.number.span, MentionKind.FIGURE)


def _stands_alone(sentence: Chunked, number: Chunk) -> bool:
    """Whether nothing behind a number says what it counts."""
    behind = [t.low for t in sentence.tokens[number.last : number.last + 2]]
    return not behind or behind[0] in _ENDS or (behind[0] in ("and", "but") and behind[-1] in lexicon().speech)


def _is_given(sentence: Chunked, number: Chunk, last: int) -> bool:
    """Whether a word of speech gives a number, in a clause behind the figure that ends at `last`."""
    lows = [t.low for t in sentence.tokens]
    opens = opens_at(sentence, number)
    first = next((k for k, t in enumerate(sentence.tokens) if t.start >= last), len(lows))
    turn = next((k for k in range(opens - 1, first - 1, -1) if lows[k] in _TURNS), None)
    if turn is None or not HARM.isdisjoint(lows[turn:opens]):
        return False
    if lows[number.last : number.last + 1] == ["according"]:
        return lows[opens - 1] in _TURNS
    by = "-".join(lows[opens - 2 : opens])
    at = lows[opens - 1] == "at" and not _PUT.isdisjoint(lows[:opens])
    return at or by in _GIVEN or lows[opens - 1] in _GIVEN


def _is_the_number(sentence: Chunked, number: Chunk) -> bool:
    """ "Hospital sources said the number was seven"."""
    opens = opens_at(sentence, number)
    lows = [t.low for t in sentence.tokens[max(0, opens - 5) : opens]]
    named = any(a in ("the", "that") and b in _THE_NUMBER for a, b in pairwise(lows))
    return named and not _IS.isdisjoint(lows[-1:])


def _befell(before: Chunked) -> str:
    """What one word of harm says befell those of a sentence; nothing where it has none, or words for dead and hurt alike."""
    lows = {t.low for t in before.tokens}
    dead, hurt = not lows.isdisjoint(KILLED | LOST), not lows.isdisjoint(INJURED)
    return "" if dead == hurt else "killed" if dead else "injured"
