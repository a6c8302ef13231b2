"""From the network's scores to spans: mentions, triggers with their parts, and voices. Pure: numbers and words in, spans out.

Every span begins and ends with a word of the text. Scores are the network's own, mended by the temperatures that a bundle
carries (`calibration`), so that of the things said with 0.8 about eight in ten are right.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count, groupby, repeat
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossbearing.model.text import Span
from crossbearing.read.network.edges import CONTENT, CUE, SOURCE, SWITCH, Edges, Sheet, parted
from crossbearing.read.network.labels import ARCS, BUCKETS, COLUMNS, FILLERS, FLAT, PARTS
from crossbearing.read.quotes import Quotation, quotations, whole

Scores = NDArray[np.float32]

SURELY_NONE = 0.9
FAINT = 0.1
"""From what share on a word may be an anchor: whether it is one hangs on how sure it is what is seen from it."""
NEVER = -1e9
"""The logarithm of a share that no row of labels pays for."""
OPENS = frozenset("of and or in at by to for from with , ; : . ' ’ s ” )".split())
"""Words that open no name: what the network takes for one begins behind them."""
ENDS = frozenset("of and or in at by to for from with the a an his her its their , ; : ' ’ s “ ( [".split())
"""Words that end no name."""
REACH = 512
"""No two words of a window are farther apart: the encoder knows so many places."""


@dataclass(frozen=True, slots=True)
class Settings:
    """From what score on a thing is said at all. Chosen on train and dev parts."""

    trigger: float = 0.5
    voice: float = 0.4
    """How much of an attribution is to be right, at least."""
    role: float = 0.5
    mention: float = 0.0
    same: float = 0.5
    filler: float = 0.1


@dataclass(frozen=True, slots=True)
class Named:
    """A mention, or a part of a happening: its words, what it is, and how sure the network is."""

    span: Span
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Heard:
    """An attribution. A part that the text leaves out has no pieces."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of a happening. `kinds` and `realis` give every label its share."""

    span: Span
    kinds: Mapping[str, float]
    realis: Mapping[str, float]
    roles: tuple[Named, ...]
    score: float
    same: int
    """Triggers of one window with the same number are one happening."""


@dataclass(slots=True)
class Decoded:
    """What the network finds in one text, in the order of the text."""

    mentions: list[Named] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    voices: list[Heard] = field(default_factory=list)
    words: dict[int, tuple[Seen, int]] = field(default_factory=dict)
    """By where a word begins: its window and its place there. Of a page's five hundred words few are asked for."""
    fillers: list[Named] = field(default_factory=list)
    """Parts of some incident of the text, whichever word tells of it."""

    def word(self, start: int) -> Word | None:
        """What the network says of the word that begins at a place."""
        found = self.words.get(start)
        return Word(*found) if found else None


@dataclass(frozen=True, slots=True)
class Word:
    """What the network says of one word, whether or not anything came of it."""

    seen: Seen
    index: int

    @property
    def happening(self) -> float:
        """That the word tells of a happening of any kind but `other`."""
        return float(self.seen.happening[self.index])

    @property
    def realis(self) -> Mapping[str, float]:
        return _Shares(FLAT["realis"], self.seen.shares("realis")[self.index])

    @property
    def kinds(self) -> Mapping[str, float]:
        return _Shares(FLAT["kind"], self.seen.shares("kind")[self.index])


class Seen:
    """One window's scores, and what they say."""

    def __init__(
        self,
        words: Sequence[tuple[int, int]],
        flat: Scores,
        wide: Scores,
        tables: Mapping[str, Any],
        text: str = "",
        quoted: Sequence[Quotation] = (),
    ) -> None:
        self.words, self.flat, self.wide, self.tables, self.text, self.quoted = words, flat, wide, tables, text, quoted
        self.near = tables["near"]
        self.warmth: Mapping[str, float] = tables.get("calibration", {})
        self._shares: dict[str, Scores] = {}
        self.parts: dict[int, list[Named]] = {}
        """The parts of a happening, by its trigger: rules and network often ask for the same."""
        self.hung: dict[int, Scores] = {}
        """What share each word has of each part of a happening, by its trigger."""

    def shares(self, name: str) -> Scores:
        """(words, labels) of a flat head, each row adding up to 1."""
        if name not in self._shares:
            a, b = COLUMNS[name]
            self._shares[name] = _softmax(self.flat[:, a:b] / self.warmth.get(name, 1.0), -1)
        return self._shares[name]

    @cached_property
    def sheet(self) -> Sheet:
        """The words, laid out to part an attribution's."""
        return Sheet(self.tables["edges"], self.text, self.words, self.quoted, self.shares("said"))

    @cached_property
    def happening(self) -> Scores:
        """(words,): that a word tells of a happening of any kind but `other`."""
        kinds = self.shares("kind")
        none, other = FLAT["kind"].index("-"), FLAT["kind"].index("other")
        return np.asarray(1.0 - kinds[:, none] - kinds[:, other], np.float32)

    def arc(self, name: str, anchor: int) -> Scores:
        """(words, labels): what every word is, as seen from an anchor."""
        found: Scores = self.arcs(name, [anchor])[0]
        return found

    def arcs(self, name: str, anchors: Sequence[int]) -> Scores:
        """(anchors, words, labels): the same from several anchors at once, which costs hardly more than from one."""
        first, count, size = PARTS[name]
        words = len(self.words)
        ask, offer = self.wide[:, first : first + 2 * count * size].reshape(words, 2, count, size).transpose(1, 2, 0, 3)
        a, b = COLUMNS[name]
        # (labels, anchors, words): numpy goes fastest along the longest. In place, since what is made is as large as the rest.
        scores: Scores = ask[:, anchors] @ offer.transpose(0, 2, 1)
        scores /= size**0.5
        scores += self.flat[:, a:b].T[:, None]
        scores += self.near[name].take(REACH + np.arange(words) - np.asarray(anchors, np.int64)[:, None], 1)
        scores /= self.warmth.get(name, 1.0)
        return _softmax(scores, 0).transpose(1, 2, 0)

    def link(self, name: str, a: int, b: int) -> float:
        """That two words, `a` before `b`, speak of one thing."""
        first, _, size = PARTS[name]
        scale, bias = self.tables["link"][name]
        score = float(self.wide[b, first : first + size] @ self.wide[a, first + size : first + 2 * size]) / size**0.5
        return 0.5 * (1.0 + float(np.tanh(0.5 * (score * scale + bias))))

    def trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """A run of words without the small words at its ends, which name nothing: "members of the", "Diaz and"; None of such
        alone."""
        while first <= last and self.word(last) in ENDS:
            last -= 1
        while first <= last and self.word(first) in OPENS:
            first += 1
        return (first, last) if first <= last else None

    def word(self, n: int) -> str:
        """A word of the window in lower case; a letter as it is, since "U.S" and "Camp A" end with one of the name."""
        written = self.text[slice(*self.words[n])]
        return written.lower() if len(written) > 1 else written

    def span(self, first: int, last: int) -> Span:
        """From one word to another, both in it."""
        return Span(self.words[first][0], self.words[last][1])


def tables(bundle: Mapping[str, Any]) -> dict[str, Any]:
    """A bundle's tables, ready for use: what distance says by label and from `-REACH` words on, no longer by bucket."""
    apart = _bucket(np.arange(-REACH, REACH + 1))
    near = {name: np.asarray(table, np.float32)[apart].T.copy() for name, table in bundle["near"].items()}
    return {**bundle, "near": near, "edges": Edges(bundle.get("edges"))}


def decode(
    windows: Sequence[tuple[Sequence[tuple[int, int]], Scores, Scores]],
    held: Mapping[str, Any],
    settings: Settings = Settings(),
    text: str = "",
) -> Decoded:
    """What the windows of one text say. Each window is its words, (words, labels) flat scores and (words, WIDE) vectors."""
    made, quoted = Decoded(), quotations(text)
    read = [Seen(words, flat, wide, held, text, quoted) for words, flat, wide in windows if words]
    for seen in read:
        made.mentions += _mentions(seen, settings)
        made.fillers += _fillers(seen, settings)
        _triggers(seen, settings, made)
    made.voices = list(_whole(_voices(read, settings), text, quoted))
    return made


def _mentions(seen: Seen, settings: Settings) -> Iterator[Named]:
    shares, labels = seen.shares("mention"), FLAT["mention"]
    best, top = shares.argmax(-1).tolist(), shares.max(-1)
    end, size = 0, len(best)
    for word in (word for word in range(size) if best[word]):
        if word < end:
            continue
        label, end = labels[best[word]][2:], word + 1
        while end < size and labels[best[end]] == "I-" + label:
            end += 1
        score = _mean(top[word:end])
        if score >= settings.mention and (kept := seen.trimmed(word, end - 1)):
            yield Named(seen.span(*kept), label, score)


def _fillers(seen: Seen, settings: Settings) -> Iterator[Named]:
    """Runs of words that are likelier one part than any other, each as sure as its surest word."""
    shares = seen.shares("filler")
    at = np.flatnonzero(1.0 - shares[:, 0] >= settings.filler)
    parts = shares[at, 1::2] + shares[at, 2::2]
    best, top = parts.argmax(-1).tolist(), parts.max(-1).tolist()
    # The words of a run stand as far from one another as their places in the row.
    for _, group in groupby(enumerate(at.tolist()), key=lambda word: (word[1] - word[0], best[word[0]])):
        run = list(group)
        score = max(top[n] for n, _ in run)
        if score >= settings.filler and (kept := seen.trimmed(run[0][1], run[-1][1])):
            yield Named(seen.span(*kept), FILLERS[best[run[0][0]]], score)


def _voices(windows: Sequence[Seen], settings: Settings) -> list[Heard]:
    """The attributions of all windows, in the order of their anchors."""
    asked, at = [], []
    for seen in windows:
        shares, cues = seen.shares("anchor")[:, 1].tolist(), seen.shares("said")[:, CUE].tolist()
        edges = seen.tables["edges"]
        faint = (anchor for anchor, share in enumerate(shares) if share >= FAINT)
        anchors = [anchor for anchor in faint if edges.heard(shares[anchor], cues[anchor]) >= settings.voice]
        asked += [seen.sheet.asked(arc, anchor) for anchor, arc in zip(anchors, seen.arcs("voice", anchors), strict=True)]
        at += [(seen, anchor, shares[anchor], cues[anchor]) for anchor in anchors]
    found: dict[int, list[tuple[float, int, list[int]]]] = {}
    for (seen, anchor, share, cue), (labels, sure) in zip(at, parted(asked), strict=True):
        score = seen.tables["edges"].heard(share, cue, sure, seen.sheet.borne(labels))
        if score >= settings.voice and CONTENT in labels:
            found.setdefault(id(seen), []).append((score, anchor, labels))
    return [voice for seen in windows for voice in _heard(seen, found.get(id(seen), []))]


def _heard(seen: Seen, found: Iterable[tuple[float, int, list[int]]]) -> list[Heard]:
    """The attributions of a window by their scores, anchors and labels: of those whose cues share a word the likeliest."""
    heard: dict[int, Heard] = {}
    taken: set[int] = set()
    for score, anchor, labels in sorted(found, key=lambda one: (-one[0], one[1])):
        cue = {anchor, *(n for n, label in enumerate(labels) if label == CUE)}
        if taken.isdisjoint(cue):
            taken |= cue
            runs = _runs(0, labels)
            source, how, content = (tuple(seen.span(*run) for run in runs.get(part, ())) for part in (SOURCE, CUE, CONTENT))
            heard[anchor] = Heard(source, how, content, score)
    return [heard[anchor] for anchor in sorted(heard)]


def _whole(voices: Sequence[Heard], text: str, quoted: Sequence[Quotation]) -> Iterator[Heard]:
    """The voices, what they say carried to the end of its quotations."""
    for voice in voices:
        others = [span for other in voices if other is not voice for span in other.content]
        said = voice.cue or voice.source or voice.content[:1]
        cue = Span(said[0].start, said[-1].end)
        yield replace(voice, content=whole(text, quoted, cue, voice.content, others))


def _triggers(seen: Seen, settings: Settings, made: Decoded) -> None:
    kinds, realis, happening = seen.shares("kind"), seen.shares("realis"), seen.happening
    made.words.update(zip((start for start, _ in seen.words), zip(repeat(seen), count()), strict=False))
    found = _told(happening, kinds, settings)
    anchors = [first for first, _ in found]
    _hang(seen, anchors)
    numbers = _same(seen, anchors, settings, len(made.triggers))
    for (first, last), number in zip(found, numbers, strict=True):
        made.triggers.append(
            Trigger(
                seen.span(first, last),
                _Shares(FLAT["kind"], kinds[first]),
                _Shares(FLAT["realis"], realis[first]),
                tuple(roles(seen, first, settings)),
                float(happening[first]),
                number,
            )
        )


def _told(happening: Scores, kinds: Scores, settings: Settings) -> list[tuple[int, int]]:
    """Runs of words of one kind, each from its first word to its last."""
    best = kinds[:, 1:].argmax(-1).tolist()
    sure = np.flatnonzero(happening >= settings.trigger).tolist()
    # The words of a run stand as far from one another as their places in the row.
    runs = (list(group) for _, group in groupby(enumerate(sure), key=lambda word: (word[1] - word[0], best[word[1]])))
    return [(run[0][1], run[-1][1]) for run in runs]


def roles(seen: Seen, anchor: int, settings: Settings) -> Iterator[Named]:
    """The parts of a happening, as seen from its trigger's first word."""
    if anchor not in seen.parts:
        _hang(seen, [anchor])
    return (part for part in seen.parts[anchor] if part.score >= settings.role)


def share(seen: Seen, anchor: int, span: Span, parts: Sequence[str]) -> float:
    """How much the words of a span are any of these parts, as seen from a trigger; 1 where the window does not hold them."""
    if anchor not in seen.hung:
        _hang(seen, [anchor])
    first = bisect_right(seen.words, span.start, key=itemgetter(1))
    end = bisect_left(seen.words, span.end, key=itemgetter(0))
    columns = [ARCS["role"].index(part) for part in parts]
    return float(seen.hung[anchor][first:end, columns].max()) if first < end else 1.0


def _hang(seen: Seen, anchors: Sequence[int]) -> None:
    """Work out the parts of happenings."""
    arcs = seen.arcs("role", anchors)
    found = (_runs(*row) for row in _smooth(arcs))
    for anchor, shares, runs in zip(anchors, arcs, found, strict=True):
        seen.hung[anchor] = shares
        seen.parts[anchor] = [
            Named(seen.span(a, b), ARCS["role"][n], _mean(shares[a : b + 1, n])) for n in sorted(runs) for a, b in runs[n]
        ]


def _same(seen: Seen, anchors: list[int], settings: Settings, first: int) -> list[int]:
    """A number for each trigger: that of the earlier one it is most surely the same as, else its own."""
    numbers: list[int] = []
    for k, b in enumerate(anchors):
        scored = [(seen.link("happening", a, b), j) for j, a in enumerate(anchors[:k])]
        score, j = max(scored, default=(0.0, 0))
        numbers.append(numbers[j] if score >= settings.same else first + k)
    return numbers


def _runs(start: int, labels: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """By label, the first and last word of each run of it in a row that begins with the word `start`. "None" has no runs."""
    found: dict[int, list[tuple[int, int]]] = {}
    for label, run in groupby(labels):
        end = start + len(list(run))
        if label:
            found.setdefault(label, []).append((start, end - 1))
        start = end
    return found


def _smooth(shares: Scores) -> Iterator[tuple[int, list[int]]]:
    """For each anchor the likeliest row of labels (Viterbi), each change at `SWITCH`.

    Given with the word that it begins with; before it and behind it all words are "none".
    """
    best, top, opened = shares.argmax(-1), shares.max(-1), shares[..., 0] < SURELY_NONE
    logs, odds, size = np.log(np.maximum(shares, 1e-9)), np.log(top / np.maximum(1 - top, 1e-9)), shares.shape[1]
    likely = np.where(odds > 0, best, -1)
    ends = np.stack([opened.any(1), opened.argmax(1), opened[:, ::-1].argmax(1)], 1).tolist()
    for n, (some, first, last) in enumerate(ends):
        lo, hi = (max(0, first - 1), min(size, size - last + 1)) if some else (0, 0)
        path: list[int] = best[n, lo:hi].tolist()
        for a, b in _unsure(likely[n, lo:hi].tolist(), odds[n, lo:hi].tolist(), 2 * SWITCH):
            around = max(0, a - 1), min(hi - lo, b + 1)
            if any(path[slice(*around)]):
                rows: list[list[float]] = logs[n, lo + around[0] : lo + around[1]].tolist()
                # The words before and behind have their labels already.
                for k in (around[0], around[1] - 1):
                    if not a <= k < b:
                        rows[k - around[0]] = [0.0 if label == path[k] else NEVER for label in range(len(rows[0]))]
                path[slice(*around)] = _likeliest(rows)
        yield lo, path


def _unsure(labels: list[int], odds: list[float], pays: float) -> Iterator[tuple[int, int]]:
    """The stretches of words whose labels hang on their neighbours'.

    Words in a row of one label whose odds together pay for a change into them and one out of them have it whatever stands beside
    them; each has to be likelier than not. Label -1: the word is not.
    """
    start, at = -1, 0
    for label, run in groupby(labels):
        end = at + len(list(run))
        if label < 0 or sum(odds[at:end]) <= pays:
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
        at = end
    if start >= 0:
        yield start, at


def _likeliest(rows: list[list[float]]) -> list[int]:
    """The likeliest row of labels of one stretch, of the logarithms of their shares.

    In plain numbers: a stretch has a handful of words, and numpy's calls would cost more than the sums.
    """
    # A label that is nowhere likelier than "none" is on no likeliest row.
    labels = [n for n in range(len(rows[0])) if n == 0 or any(row[n] > row[0] for row in rows)]
    rows = [[row[n] for n in labels] for row in rows]
    best, back = rows[0], []
    for row in rows[1:]:
        highest = max(best)
        top, moved = best.index(highest), highest - SWITCH
        back.append([n if score >= moved else top for n, score in enumerate(best)])
        best = [(score if score >= moved else moved) + add for score, add in zip(best, row, strict=True)]
    at = best.index(max(best))
    path = [labels[at]]
    for came in reversed(back):
        at = came[at]
        path.append(labels[at])
    return path[::-1]


class _Shares(dict[str, float]):
    """A label's share, by name."""

    def __init__(self, labels: Sequence[str], shares: Scores) -> None:
        super().__init__(zip(labels, shares.tolist(), strict=True))


def _mean(shares: Scores) -> float:
    # As `mean` has it, whose own checks cost more than a handful of sums.
    return float(np.add.reduce(shares) / np.float32(len(shares)))


def _softmax(scores: Scores, labels: int) -> Scores:
    """Shares that add up to 1 along the axis of the labels."""
    powers: Scores = scores - scores.max(labels, keepdims=True)
    np.exp(powers, powers)
    powers /= powers.sum(labels, keepdims=True)
    return powers


def _bucket(apart: NDArray[np.int64]) -> NDArray[np.int64]:
    far = np.minimum(np.searchsorted(np.array(BUCKETS), np.abs(apart), side="left"), len(BUCKETS) - 1)
    return np.asarray(np.where(apart == 0, 0, np.where(apart > 0, far + 1, far + 1 + len(BUCKETS))), np.int64)
