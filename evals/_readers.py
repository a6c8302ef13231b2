"""What the scorers of readers share: documents of raw text, readers by name, tokens, and counts that make an F1."""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora

from crossbearing import config
from crossbearing.ingest.files import ingest
from crossbearing.model.text import Capture, DateKind, Document, Metadata, Shown, ShownDate, Span
from crossbearing.pipeline import READERS, default_parts
from crossbearing.stages import Read

Record = dict[str, Any]
Tokens = frozenset[int]
"""Tokens of one text, by their numbers."""

_TOKEN = re.compile(r"\w+|[^\w\s]")


def document(id: str, text: str, title: str | None = None, day: str | None = None) -> Document:
    """A document that is all article. The title has a place where the text holds it word for word; the day, in ISO, is one that
    the page shows of itself."""
    at = text.find(title) if title else -1
    shown = Shown(title, "given", title, Span(at, at + len(title)) if at >= 0 else None) if title else None
    dates = (ShownDate(DateKind.PUBLISHED, Shown(day, "json date", day)),) if day else ()
    return Document(id, id, id, id, text, metadata=Metadata(title=shown, dates=dates))


def reader(name: str | None = None) -> Read:
    """The reader of a name, or the rules."""
    return (default_parts(name) if name else default_parts()).read


def configured() -> str:
    """The reader that the settings give: as they ship, the network."""
    return config.load().settings.read.reader


def records(folder: Path, part: str = "dev") -> Iterator[Record]:
    """A part of a corpus, the development part by default."""
    with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def captures(rows: Iterable[Record]) -> Iterator[Capture]:
    """Reports as they come through the door: JSON Lines with `id`, `text`, `published` where it is known."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "reports.jsonl"
        file.write_text("".join(json.dumps({"lang": "en", **row}) + "\n" for row in rows), encoding="utf-8")
        for capture in ingest([file]):
            assert isinstance(capture, Capture), capture
            yield capture


def of_record(record: Record) -> Document:
    """The document of a corpus's record."""
    return document(record["id"], record["text"], record.get("meta", {}).get("title"))


class Tokenized:
    """A text's words and punctuation marks, each mark by itself, and which of them spans cover."""

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        self.text = text
        self.spans = tuple(Span(m.start(), m.end()) for m in found)
        self.words: Tokens = frozenset(i for i, m in enumerate(found) if m[0][0].isalnum() or m[0][0] == "_")
        self._ends = [m.end() for m in found]

    def of(self, spans: Iterable[Span]) -> Tokens:
        """The tokens that the spans touch: one that is covered in part counts as covered."""
        return frozenset(i for span in spans for i in self.run(span))

    def run(self, span: Span) -> range:
        """The tokens that one span touches, in order."""
        first = last = bisect_right(self._ends, span.start)
        while last < len(self.spans) and self.spans[last].start < span.end:
            last += 1
        return range(first, last)

    def said(self, tokens: Tokens) -> str:
        """The words from the first of the tokens to the last, on one line."""
        return re.sub(r"\s+", " ", self.text[self.spans[min(tokens)].start : self.spans[max(tokens)].end]) if tokens else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, of how many found and how many wanted."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.right else 0.0


Scores = dict[str, Tally]


def summed(many: Iterable[Scores]) -> Scores:
    """Counts added up by name."""
    whole: Scores = {}
    for scores in many:
        for name, tally in scores.items():
            whole[name] = whole.get(name, Tally()) + tally
    return whole


def best_pairs(weights: dict[tuple[int, int], float]) -> dict[int, int]:
    """Found things to gold ones, one to one: the heaviest pair first, ties in the order of the text."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for (found, gold), weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if weight > 0 and found not in pairs and gold not in taken:
            pairs[found] = gold
            taken.add(gold)
    return pairs


def dice(one: Tokens, other: Tokens) -> float:
    """How far two sets of tokens are the same: twice what they share by the sum of their sizes. Two empty ones are the same."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def cells(*tallies: Tally) -> str:
    """Precision, recall and F1 of each tally, as cells of a table."""
    return "".join(f"{t.precision:8.3f}{t.recall:7.3f}{t.f1:7.3f}" for t in tallies)


def show(
    said: str | None,
    corpus: str,
    errors: Callable[[Path, Read], Iterator[str]],
    scored: Callable[[Record, Read], Scores],
    table: Callable[[Scores], str],
) -> None:
    """A scorer's command: some errors of a reader on a corpus, and the table of all counts."""
    options = options_for(said)
    folder = options.corpora / corpus
    if not folder.is_dir():
        print(f"Not measured: no {folder}.")
        return
    read = reader(options.reader)
    for line, _ in zip(errors(folder, read), range(options.errors), strict=False):
        print(line)
    print(f"{corpus}\n{table(summed(scored(record, read) for record in records(folder)))}")


def options_for(said: str | None) -> argparse.Namespace:
    """The options that the scorers of readers have in common."""
    parser = argparse.ArgumentParser(description=said, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", metavar="NAME", help="the reader to measure; left out, the program's own")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N missed and false findings of each corpus"
    )
    parser.add_argument("--corpora", type=Path, default=corpora())
    return parser.parse_args()


def told(said: str | None, corpus: str, measured: Callable[[Path, str | None, bool], dict[str, float]]) -> None:
    """The command of a scorer that reads one corpus: `--reader`, `--errors`, `--corpora`, and its figures line by line."""
    parser = argparse.ArgumentParser(description=said, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=sorted(READERS), help="the reader; else the settings' own")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--corpora", type=Path, default=corpora())
    options = parser.parse_args()
    figures = measured(options.corpora, options.reader, options.errors)
    for name, value in figures.items():
        print(f"{name:12s}{value:8.3f}")
    if not figures:
        print(f"not measured: no {options.corpora / corpus}")
