"""How far the clause around a word reaches."""

from __future__ import annotations

from crossbearing.read.chunks import Chunked
from crossbearing.read.lexicon import grammar

BOUNDARY = frozenset(
    "; : after before while when where which who whom that but although because since as if unless whether following amid though "
    "until".split()
)
"""Words and signs at which another clause begins."""
_RESPONSE = grammar("triggers.response")


def left_bound(sentence: Chunked, i: int) -> int:
    """The first token of the clause that token i stands in."""
    for k in range(i - 1, -1, -1):
        token = sentence.tokens[k]
        if token.low in BOUNDARY and not (sentence.at[k] >= 0):
            return k + 1
    return 0


def right_bound(sentence: Chunked, i: int) -> int:
    """The token behind the clause that token i stands in."""
    for k in range(i + 1, len(sentence.tokens)):
        token = sentence.tokens[k]
        if token.low in BOUNDARY and sentence.at[k] < 0:
            return k
        if (
            token.low == "in"
            and k + 2 < len(sentence.tokens)
            and (sentence.tokens[k + 1].low in _RESPONSE or sentence.tokens[k + 2].low in _RESPONSE)
        ):
            return k
    return len(sentence.tokens)


def a_day_after(sentence: Chunked, k: int) -> bool:
    """ "Struck X two days after Y was hit": whether a time ends here behind which another deed is told."""
    if sentence.tokens[k].low not in ("after", "before") or sentence.at[k] < 0:
        return False
    time = sentence.chunks[sentence.at[k]]
    return time.kind == "time" and time.last == k + 1 > time.first + 1
