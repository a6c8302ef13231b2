"""Labelled texts as the network's targets, word by word.

A target is a set of labels, as the bits of a number: where a corpus says "one of these", each of them is right, and what it does
not mark at all is 0: no label is wrong, and nothing is learned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from crossbearing.model.text import Span
from crossbearing.read.network.labels import ARCS, FLAT
from crossbearing.read.network.windows import LIMIT, Window, windows
from crossbearing.words import sentences
from training.labelled import Event, Labelled, Marked

_AT = {name: {label: n for n, label in enumerate(labels)} for name, labels in {**FLAT, **ARCS}.items()}
CLOSED = frozenset(
    (
        "in at on to of by from with for and or but as that which who is are was were be been has have had will would not "
        "said says into over after before during when while where it they he she we its their his her this these those "
        "there than then also"
    ).split()
)
"""Words that stand for nobody and nothing by themselves."""
POSITIVE_ONLY = ("muc4", "m2e2")
"""Sets that mark some triggers and not all."""


@dataclass(slots=True)
class Features:
    """A window and its targets. `W` words; a bit set for each label that would be right; 0 for nothing said."""

    window: Window
    corpus: str
    convention: int
    mention: np.ndarray
    kind: np.ndarray
    filler: np.ndarray
    anchor: np.ndarray
    said: np.ndarray
    realis: list[tuple[int, int]] = field(default_factory=list)
    voice: list[tuple[int, np.ndarray]] = field(default_factory=list)
    role: list[tuple[int, np.ndarray]] = field(default_factory=list)
    happening: list[tuple[int, int]] = field(default_factory=list)
    actor: list[tuple[int, int]] = field(default_factory=list)


def features(text: Labelled, tokenizer: Any, limit: int = LIMIT, hide: bool = True) -> Iterator[Features]:
    split = sentences.split(text.text, Span(0, len(text.text)))
    for window in windows(text.text, list(split), tokenizer, text.title, limit, hide):
        yield _Target(text, window).features()


class _Target:
    """One window's targets."""

    def __init__(self, text: Labelled, window: Window) -> None:
        self.text, self.window = text, window
        self.starts = [a for a, _ in window.words]
        self.lo, self.hi = window.words[0][0], window.words[-1][1]

    def words(self, start: int, end: int) -> range:
        """The words that a stretch of the text covers, by index."""
        first = bisect_left(self.starts, start)
        if first and self.window.words[first - 1][1] > start:
            first -= 1
        return range(first, bisect_left(self.starts, end))

    def at(self, event: Event) -> int | None:
        if not self.lo <= event.start < self.hi:
            return None
        found = self.words(event.start, event.end)
        return found[0] if len(found) else None

    def features(self) -> Features:
        text, count = self.text, len(self.starts)
        made = Features(self.window, text.corpus, text.convention, *(np.zeros(count, np.int64) for _ in range(5)))
        if "mentions" in text.marks:
            made.mention = self.spans("mention", text.mentions, text.complete)
        elif text.mentions:
            made.mention = self.spans("mention", text.mentions, [])
        if "fillers" in text.marks:
            made.filler = self.spans("filler", text.fillers, [k[2:] for k in FLAT["filler"] if k[0] == "B"])
        self.kinds(made)
        self.events(made)
        self.voices(made)
        self.actors(made)
        return made

    def spans(self, head: str, marked: Sequence[Marked], complete: Sequence[str]) -> np.ndarray:
        labels = _AT[head]
        # What is not marked throughout may be anything but what is.
        rest = sum(1 << n for label, n in labels.items() if label == "-" or label[2:] not in complete)
        target = np.full(len(self.starts), rest if complete else 0, np.int64)
        if not complete:
            # Where only some mentions are marked, marks and small words still stand outside of every one.
            small = [
                n
                for n, (a, b) in enumerate(self.window.words)
                if self.text.text[a:b].lower() in CLOSED or not self.text.text[a].isalnum()
            ]
            target[small] = 1
        for m in marked:
            if m.end <= self.lo or m.start >= self.hi:
                continue
            for k, word in enumerate(self.words(m.start, m.end)):
                target[word] = sum(1 << labels[("B-" if k == 0 else "I-") + kind] for kind in m.kind.split("|"))
        return target

    def kinds(self, made: Features) -> None:
        labels, text = _AT["kind"], self.text
        if "happenings" not in text.marks and text.corpus not in POSITIVE_ONLY:
            return
        if "happenings" in text.marks:
            made.kind[:] = 1 if text.corpus == "generated" else 1 | 1 << labels["other"]
            for start, end in text.unsaid:
                free = self.words(start, end)
                made.kind[free.start : free.stop] = 0
        for event in text.events:
            if event.start < self.hi and event.end > self.lo:
                for word in self.words(event.start, event.end):
                    made.kind[word] = sum(1 << labels[kind] for kind in event.kind.split("|"))

    def events(self, made: Features) -> None:
        for event in self.text.events:
            word = self.at(event)
            if word is None:
                continue
            if event.realis and "realis" in self.text.marks:
                made.realis.append((word, sum(1 << _AT["realis"][r] for r in event.realis.split("|"))))
            if "roles" in self.text.marks:
                made.role.append((word, self.roles(event)))
            if "happening-chains" in self.text.marks and event.chain is not None:
                made.happening.append((word, event.chain))

    def roles(self, event: Event) -> np.ndarray:
        labels = _AT["role"]
        complete = set(self.text.complete_roles).difference(event.silent)
        rest = sum(1 << n for label, n in labels.items() if label not in complete)
        target = np.full(len(self.starts), rest, np.int64)
        for role in event.roles:
            if role.start < self.hi and role.end > self.lo:
                for word in self.words(role.start, role.end):
                    target[word] = 1 << labels[role.role]
        return target

    def voices(self, made: Features) -> None:
        """An attribution is seen from its cue's first word; from its source's, or its content's, where a part is missing."""
        if "attributions" not in self.text.marks:
            return
        made.anchor[:] = 1
        parts = np.zeros(len(self.starts), np.int64)
        seen: dict[int, np.ndarray] = {}
        for said in self.text.attributions:
            piece = next((pieces[0] for pieces in (said.cue, said.source, said.content) if pieces), None)
            if piece is None or not self.lo <= piece[0] < self.hi or not self.words(*piece):
                continue
            anchor = self.words(*piece)[0]
            made.anchor[anchor] = 2
            target = seen.setdefault(anchor, np.ones(len(self.starts), np.int64))
            for name, pieces in (("content", said.content), ("source", said.source), ("cue", said.cue)):
                for start, end in pieces:
                    if start < self.hi and end > self.lo:
                        for word in self.words(start, end):
                            target[word] = 1 << _AT["voice"][name]
                            parts[word] |= 1 << _AT["said"][name]
        made.said = np.where(parts, parts, 1)
        made.voice += seen.items()

    def actors(self, made: Features) -> None:
        for number, chain in enumerate(self.text.actor_chains):
            for start, end in chain:
                if self.lo <= start < self.hi and (found := self.words(start, end)):
                    made.actor.append((found[-1], number))
