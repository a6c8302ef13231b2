"""Where the parts of an attribution begin and end: the network's shares, and the words on both sides of each edge.

A row of labels, one a word, is worth what the network's shares give it and what each step from a word to the next gives: by the
word before, the word after, whether they stand before, at or after the anchor, and whether in quotation marks. The likeliest row
is taken (a linear chain; Lafferty, McCallum and Pereira 2001); its share among all rows says how sure the parting is.
What each step gives was learned from PolNeAR (`training/edges.py`) and lies in the bundle. No name is among its words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossbearing.read.labels import ARCS
from crossbearing.read.quotes import Quotation

Numbers = NDArray[np.float32]

LABELS = len(ARCS["voice"])
SOURCE, CUE, CONTENT = (ARCS["voice"].index(part) for part in ("source", "cue", "content"))
SWITCH = 1.25
"""What a step to another label costs, in logits, where nothing was learned: a lone word of another label is a slip."""
SURELY_NONE = 0.97
"""Words before the first and after the last that is less surely nothing are left out of the row."""
LONG = 15
"""Words of a content from which on a row's share is reckoned by their number: a long content has more ways to end."""
SOMEBODY = 1.5
"""What it may cost to find a source at all, in logits. Somebody speaks, and the text mostly says who."""
FORMS = ("#sign", "#digit", "#name", "#ed", "#ing", "#ly", "#s", "#low")
"""How a word looks that is not among the learned ones."""
_ENDS = ("ed", "ing", "ly", "s")
_BY_END = {end[-1]: f"#{end}" for end in _ENDS}


def form(word: str) -> str:
    """Which of `FORMS` a word has."""
    if not word[0].isalnum():
        return "#sign"
    if word[0].isdigit():
        return "#digit"
    if word[0].isupper():
        return "#name"
    return _BY_END.get(word[-1], "#low") if word.endswith(_ENDS) else "#low"


def spelled(text: str, words: Sequence[tuple[int, int]], quoted: Sequence[Quotation]) -> tuple[list[str], list[int]]:
    """The words as the tables know them, a straight mark by what it does; and whether each stands inside a quotation."""
    opens, closes = {q.span.start for q in quoted}, {q.span.end for q in quoted if q.closed}
    said, inside, n = [], [], 0
    for start, end in words:
        while n < len(quoted) and quoted[n].span.end <= start:
            n += 1
        inside.append(int(n < len(quoted) and quoted[n].span.start < start))
        word = text[start:end].lower()
        if not word[0].isalnum():
            word = "“" if start in opens else "”" if end in closes else word
        said.append(word)
    return said, inside


class Edges:
    """What was learned of edges: a bundle's table, ready for use. Without one each change of label costs `SWITCH`."""

    def __init__(self, table: Mapping[str, Any] | None = None) -> None:
        table = table or _nothing_learned()
        self.at = {word: n for n, word in enumerate((*table["words"], *FORMS))}
        self.left, self.right, self.quoted, self.sides, self.weights, self.labels = (
            np.asarray(table[name], np.float32) for name in ("left", "right", "quoted", "sides", "weights", "labels")
        )
        self.share, self.sure, self.bias = table["heard"]

    def number(self, text: str, word: str, place: tuple[int, int]) -> int:
        """The row of the tables that a word has."""
        return self.at[word] if word in self.at else self.at[form(text[slice(*place)])]

    def heard(self, share: float, sure: float) -> float:
        """How much of an attribution is likely right: by its anchor's share, and how sure its parting is."""
        logit = math.log(max(share, 1e-6) / max(1.0 - share, 1e-6))
        return 1.0 / (1.0 + math.exp(-(self.share * logit + self.sure * sure + self.bias)))


class Sheet:
    """One window's words, laid out for all anchors in it."""

    def __init__(self, edges: Edges, text: str, words: Sequence[tuple[int, int]], quoted: Sequence[Quotation]) -> None:
        self.said, inside = spelled(text, words, quoted)
        self.at = np.array([edges.number(text, word, place) for word, place in zip(self.said, words, strict=True)], np.int64)
        self.inside = np.array(inside, np.int64)
        self.edges = edges
        self.moves = edges.right[self.at] + edges.quoted[self.inside]
        """(words, labels * labels): what it gives to come to a word, from each label to each."""
        self.moves[1:] += edges.left[self.at[:-1]]

    def parted(self, shares: Numbers, anchor: int) -> tuple[list[int], float]:
        """The likeliest label of each word as seen from an anchor, and how sure that is.

        That is the log of the row's share among all rows, for every `LONG` words of content. A row without a source gives way to
        the likeliest that has one, where that costs little.
        """
        lo, hi = told(shares, anchor)
        side = np.sign(np.arange(lo, hi) - anchor) + 1
        says = np.log(np.maximum(shares[lo:hi], 1e-9)) @ self.edges.weights + self.edges.labels[side]
        moves = (self.moves[lo:hi] + self.edges.sides[side])[1:]
        row, score = _likeliest(moves, says)
        sure = (score - _all(moves, says)) / max(1.0, row.count(CONTENT) / LONG)
        if SOURCE not in row:
            begins = moves.reshape(-1, LABELS, LABELS).copy()
            begins[:, [n for n in range(LABELS) if n != SOURCE], SOURCE] += SOMEBODY
            first = says.copy()
            first[0, SOURCE] += SOMEBODY
            row, _ = _likeliest(begins.reshape(moves.shape), first)
        return [0] * lo + row + [0] * (len(shares) - hi), sure


def _nothing_learned() -> dict[str, Any]:
    none = np.zeros((len(FORMS), LABELS * LABELS))
    switch = np.full((LABELS, LABELS), -SWITCH)
    np.fill_diagonal(switch, 0.0)
    return {
        "words": [],
        "left": none,
        "right": none,
        "quoted": [switch.ravel()] * 2,
        "sides": none[:3],
        "weights": np.eye(LABELS),
        "labels": np.zeros((3, LABELS)),
        "heard": (1.0, 0.0, 0.0),
    }


def told(shares: Numbers, anchor: int) -> tuple[int, int]:
    """From which word to which, the end exclusive, a row has to be looked for; one more on each side, which is none."""
    said = np.flatnonzero(shares[:, 0] < SURELY_NONE)
    first, last = (int(said[0]), int(said[-1])) if len(said) else (anchor, anchor)
    return max(0, min(first, anchor) - 1), min(len(shares), max(last, anchor) + 2)


def _likeliest(moves: Numbers, says: Numbers) -> tuple[list[int], float]:
    """The best row and what it is worth (Viterbi). In plain numbers: numpy's calls would cost more than four labels' sums."""
    (a, b, c, d), *rest = says.tolist()
    back: list[tuple[int, int, int, int]] = []
    for m, (none, source, cue, content) in zip(moves.tolist(), rest, strict=True):
        to_none = (a + m[0], b + m[4], c + m[8], d + m[12])
        to_source = (a + m[1], b + m[5], c + m[9], d + m[13])
        to_cue = (a + m[2], b + m[6], c + m[10], d + m[14])
        to_content = (a + m[3], b + m[7], c + m[11], d + m[15])
        a, b, c, d = max(to_none), max(to_source), max(to_cue), max(to_content)
        back.append((to_none.index(a), to_source.index(b), to_cue.index(c), to_content.index(d)))
        a, b, c, d = a + none, b + source, c + cue, d + content
    best = (a, b, c, d)
    score = max(best)
    row = [best.index(score)]
    for came in reversed(back):
        row.append(came[row[-1]])
    return row[::-1], score


def _all(moves: Numbers, says: Numbers) -> float:
    """The log of what all rows are worth together."""
    tops = says.max(1, keepdims=True)
    first, *rest = np.exp(says - tops).tolist()
    total = float(tops.sum())
    a, b, c, d = first
    for m, (none, source, cue, content) in zip(np.exp(moves).tolist(), rest, strict=True):
        # Written out: a loop over the four labels would take twice the time.
        a, b, c, d = (
            none * (a * m[0] + b * m[4] + c * m[8] + d * m[12]),
            source * (a * m[1] + b * m[5] + c * m[9] + d * m[13]),
            cue * (a * m[2] + b * m[6] + c * m[10] + d * m[14]),
            content * (a * m[3] + b * m[7] + c * m[11] + d * m[15]),
        )
        size = a + b + c + d
        total += math.log(size)
        a, b, c, d = a / size, b / size, c / size, d / size
    return total + math.log(a + b + c + d)
