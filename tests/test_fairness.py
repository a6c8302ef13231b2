"""Exchanging the parties' names must not change what the network finds: kind, whether it happened, who plays which part."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crossbearing.model.text import Span
from crossbearing.read.network.graph import load
from crossbearing.words import sentences
from training.generate import swapped

MAY_CHANGE = 0.01
"""The share of sentences in which an exchange of names may change a kind, a status or a role."""

# Two parties each, as other wars' reports name them; each name stands for itself throughout a text.
EXCHANGED = (
    ("Israel", "Iran"), ("Israeli", "Iranian"), ("Russia", "Ukraine"), ("Russian", "Ukrainian"), ("American", "Turkish"),
    ("Hezbollah", "Houthi"), ("Islamic State", "Wagner Group"),
)  # fmt: skip


def told(text: str) -> list[tuple[int, str, str, tuple[str, ...]]]:
    """What the network says of each sentence: kind, realis and the parts, in order, without their words."""
    cut = list(sentences.split(text, Span(0, len(text))))
    found = load().read(text, cut)
    starts = [s.start for s in cut]
    return [
        (
            sum(start <= t.span.start for start in starts) - 1,
            max(t.kinds, key=lambda k: t.kinds[k]),
            max(t.realis, key=lambda k: t.realis[k]),
            tuple(r.label for r in sorted(t.roles, key=lambda r: r.span.start)),
        )
        for t in found.triggers
    ]


def changed(pairs: Iterator[tuple[str, str]], at_least: int) -> tuple[float, list[str]]:
    """The share of sentences that an exchange changes, and some of them, over no fewer sentences than asked."""
    count, other, shown = 0, 0, []
    for one, two in pairs:
        cut = list(sentences.split(one, Span(0, len(one))))
        count += len(cut)
        here, there = told(one), told(two)
        for n, span in enumerate(cut):
            if [t[1:] for t in here if t[0] == n] != [t[1:] for t in there if t[0] == n]:
                other += 1
                shown.append(span.of(one))
        if count >= at_least:
            return other / count, shown
    pytest.fail(f"only {count} sentences of {at_least}")


def test_made_up_reports_read_the_same_with_the_parties_exchanged() -> None:
    """Made up reports read the same with the parties exchanged."""
    pairs = ((a.text, b.text) for a, b in swapped(29, 4000))
    share, shown = changed(pairs, 2000)
    assert share <= MAY_CHANGE, f"{share:.3f} of the sentences changed, such as {shown[:3]}"


def real(folder: Path) -> Iterator[tuple[str, str]]:
    """Sentences of annotated reports that name a party of a pair, and the same with the other's name."""
    import gzip
    import json

    files = sorted((folder / "wikievents").glob("*.jsonl.gz")) + sorted((folder / "re3d").glob("*.jsonl.gz"))
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                text: str = record["text"]
                for span in sentences.split(text, Span(0, len(text))):
                    sentence = span.of(text)
                    if (other := exchanged(sentence)) != sentence:
                        yield sentence, other


def exchanged(text: str) -> str:
    both: dict[str, str] = {}
    for a, b in EXCHANGED:
        both |= {a: b, b: a}
    pattern = r"\b(?:" + "|".join(sorted(both, key=len, reverse=True)) + r")\b(?! of\b)"  # not the start of a longer name
    return re.sub(pattern, lambda match: both[match.group()], text)


@pytest.mark.corpora
def test_real_sentences_read_the_same_with_the_parties_exchanged() -> None:
    """Real sentences read the same with the parties exchanged."""
    folder = Path(os.environ.get("CROSSBEARING_CORPORA") or Path(__file__).resolve().parents[2] / "shared" / "corpora")
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}: set CROSSBEARING_CORPORA to their folder")
    share, shown = changed(real(folder), 200)
    assert share <= MAY_CHANGE, f"{share:.3f} of the sentences changed, such as {shown[:3]}"
