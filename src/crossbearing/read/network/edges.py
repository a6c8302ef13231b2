"""Where the parts of an attribution begin and end: the network's shares, and the words on both sides of each edge.

A row of labels, one a word, is worth what the network's shares give it, as seen from the cue and by each word itself (it may be
part of any attribution), and what each step from a word to the next gives: by the
word before, the word after, whether they stand before, at or after the anchor, and whether in quotation marks. The likeliest row
is taken (a linear chain; Lafferty, McCallum and Pereira 2001); its share among all rows says how sure the parting is.
What each step gives was learned from PolNeAR (`training/edges.py`) and lies in the bundle. No name is among its words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from crossbearing.read.network.labels import ARCS
from crossbearing.read.quotes import Quotation

Numbers = NDArray[np.float32]
Exact = NDArray[np.float64]

LABELS = len(ARCS["voice"])
NONE, SOURCE, CUE, CONTENT = (ARCS["voice"].index(part) for part in ("-", "source", "cue", "content"))
SWITCH = 1.25
"""What a step to another label costs, in logits, where nothing was learned: a lone word of another label is a slip."""
SURELY_NONE = 0.97
"""Words before the first and after the last that is less surely nothing are left out of the row."""
LONG = 15
"""Words of a content from which on a row's share is reckoned by their number: a long content has more ways to end."""
SOMEBODY = 1.5
"""What it may cost to find a source at all, in logits. Somebody speaks, and the text mostly says who."""
TOGETHER = 128
"""So many rows are parted at once: some MiB of sums."""
SCALED = 8
"""After so many words the sums of a row are brought back to 1, before they leave what a number can hold."""
UNWEIGHED = (1.0, 0.0, 0.0, 0.0, 0.0)
"""What an attribution's score hangs on where that was not learned: its anchor's share alone."""
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
        self.left, self.right, self.quoted, self.sides, self.weights, self.own, self.labels = (
            np.asarray(table[name], np.float32) for name in ("left", "right", "quoted", "sides", "weights", "own", "labels")
        )
        self.share, self.cue, self.sure, self.borne, self.bias = table["heard"]

    def number(self, text: str, word: str, place: tuple[int, int]) -> int:
        """The row of the tables that a word has."""
        return self.at[word] if word in self.at else self.at[form(text[slice(*place)])]

    def heard(self, share: float, cue: float, sure: float = 0.0, borne: float = 0.0) -> float:
        """How much of an attribution is likely right: by its anchor's shares, how sure its parting is, and how far it is borne.

        `share`: that the word is an anchor; `cue`: that it is part of a cue; `sure` as from `parted`, `borne` as from `Sheet`. At
        most that much where the last two are not known yet.
        """
        odds = self.share * logit(share) + self.cue * logit(cue) + self.sure * sure + self.borne * borne + self.bias
        return 1.0 / (1.0 + math.exp(-odds))


def logit(share: float) -> float:
    """The log of a share's odds, within what a number can hold."""
    return math.log(max(share, 1e-6) / max(1.0 - share, 1e-6))


class Sheet:
    """One window's words, laid out for all anchors in it. `own`: (words, labels) shares of what each is in any attribution."""

    def __init__(
        self, edges: Edges, text: str, words: Sequence[tuple[int, int]], quoted: Sequence[Quotation], own: Numbers
    ) -> None:
        self.said, inside = spelled(text, words, quoted)
        self.at = np.array([edges.number(text, word, place) for word, place in zip(self.said, words, strict=True)], np.int64)
        self.inside = np.array(inside, np.int64)
        self.edges = edges
        self.own = np.log(np.maximum(own, 1e-9))
        self.says = self.own @ edges.own
        self.moves = edges.right[self.at] + edges.quoted[self.inside]
        """(words, labels * labels): what it gives to come to a word, from each label to each."""
        self.moves[1:] += edges.left[self.at[:-1]]

    def asked(self, shares: Numbers, anchor: int) -> Asked:
        """What every label of every word is worth as seen from an anchor, of (words, labels) shares."""
        lo, hi = told(shares, anchor)
        side = np.sign(np.arange(lo, hi) - anchor) + 1
        says = np.log(np.maximum(shares[lo:hi], 1e-9)) @ self.edges.weights + self.says[lo:hi] + self.edges.labels[side]
        moves = (self.moves[lo:hi] + self.edges.sides[side])[1:]
        return Asked(lo, len(shares), says, moves.reshape(-1, LABELS, LABELS))

    def borne(self, labels: Sequence[int]) -> float:
        """How far the words by themselves bear a parting: the mean log of the shares of those that it makes something of."""
        said = np.asarray(labels)
        held = np.flatnonzero(said)
        return float(self.own[held, said[held]].mean()) if len(held) else 0.0


class Asked(NamedTuple):
    """A row of words to be parted: its first word, how many words there are in all, (row, labels) what each word says and
    (row - 1, labels, labels) what each step gives, from each label to each."""

    first: int
    words: int
    says: Numbers
    moves: Numbers

    def with_source(self) -> Asked:
        """The same where a source is cheaper to find."""
        says, moves = self.says.copy(), self.moves.copy()
        says[0, SOURCE] += SOMEBODY
        moves[:, [n for n in range(LABELS) if n != SOURCE], SOURCE] += SOMEBODY
        return self._replace(says=says, moves=moves)


def parted(asked: Sequence[Asked]) -> list[tuple[list[int], float]]:
    """The likeliest label of each word of some rows, and how sure that is.

    That is the log of the row's share among all rows, for every `LONG` words of content. A row without a source gives way to
    the likeliest that has one, where that costs little. Rows are cheapest in numbers: many are gone through word by word at once.
    """
    return [one for n in range(0, len(asked), TOGETHER) for one in _parted(asked[n : n + TOGETHER])]


def _parted(asked: Sequence[Asked]) -> list[tuple[list[int], float]]:
    likeliest, score, among = _worth([*asked, *(row.with_source() for row in asked)])
    found = []
    for n, row in enumerate(asked):
        labels = likeliest[n]
        sure = float(score[n] - among[n]) / max(1.0, labels.count(CONTENT) / LONG)
        if SOURCE not in labels:
            labels = likeliest[len(asked) + n]
        found.append(([NONE] * row.first + labels + [NONE] * (row.words - row.first - len(labels)), sure))
    return found


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
        "own": np.zeros((LABELS, LABELS)),
        "labels": np.zeros((3, LABELS)),
        "heard": UNWEIGHED,
    }


def told(shares: Numbers, anchor: int) -> tuple[int, int]:
    """From which word to which, the end exclusive, a row has to be looked for; one more on each side, which is none."""
    said = np.flatnonzero(shares[:, 0] < SURELY_NONE)
    first, last = (int(said[0]), int(said[-1])) if len(said) else (anchor, anchor)
    return max(0, min(first, anchor) - 1), min(len(shares), max(last, anchor) + 2)


def _worth(asked: Sequence[Asked]) -> tuple[list[list[int]], Exact, Exact]:
    """Of each row the best labels (Viterbi), what they are worth, and the log of what all labels are worth together (forward).

    Behind its last word a row goes on to nothing but itself, at no cost.
    """
    sizes = [len(row.says) for row in asked]
    longest, many = max(sizes), len(asked)
    # The rows last: numpy goes fastest along the longest.
    says, moves = np.zeros((longest, LABELS, many)), np.full((longest - 1, LABELS, LABELS, many), -np.inf)
    moves[:, range(LABELS), range(LABELS)] = 0.0
    for n, (row, size) in enumerate(zip(asked, sizes, strict=True)):
        says[:size, :, n], moves[: size - 1, :, :, n] = row.says, row.moves
    best, came = says[0], np.empty(moves.shape)
    tops = says.max(1, keepdims=True)
    shares, steps = np.exp(says - tops), np.exp(moves)
    forward, among = shares[0], tops.sum((0, 1))
    for k in range(longest - 1):
        np.add(best[:, None], moves[k], came[k])
        best = np.maximum.reduce(came[k]) + says[k + 1]
        forward = np.add.reduce(forward[:, None] * steps[k]) * shares[k + 1]
        if k % SCALED == 0:
            size = forward.sum(0)
            among += np.log(size)
            forward /= size
    back, every = came.argmax(1), np.arange(many)
    labels = np.empty((longest, many), np.int64)
    labels[-1] = best.argmax(0)
    for k in range(longest - 1, 0, -1):
        labels[k - 1] = back[k - 1, labels[k], every]
    found = [row[:size] for row, size in zip(labels.T.tolist(), sizes, strict=True)]
    return found, best.max(0), among + np.log(forward.sum(0))
