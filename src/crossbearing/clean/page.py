"""The article out of its HTML page, with the page's other text kept, marked, and every character led back to the source.

Two readers look at one page. A library (trafilatura) chooses the article, which it does well, but it hands back words
without their places. So the page is walked here too (`walk.py`): a block is article where its words are the library's.
Where that finds nothing, the blocks are judged as a scrape's lines.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

import trafilatura

from crossbearing.clean.cleaned import Cleaned
from crossbearing.clean.head import of_head
from crossbearing.clean.metadata import merged, of_lines
from crossbearing.clean.scrape import Marked, judge, mark_others, name, same
from crossbearing.clean.shape import Line, look
from crossbearing.clean.tables import joined
from crossbearing.clean.walk import Block, walked
from crossbearing.model.text import FurnitureKind, Piece, Span

# Damaged pages are what this is for, and the page is judged by its lines where the libraries fail: their warnings would only
# mix with what the person who runs it is told.
for _name in ("trafilatura", "htmldate", "justext", "courlan", "lxml"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_LITTLE = 0.6
"""Share of the words that the lines' shape makes an article of, below which the library is taken to have missed it."""


def clean_page(source: str) -> Cleaned:
    """A page's visible text with its article found, its furniture marked, and the map into the source."""
    chosen = _chosen(source)
    walk = walked(source, len(chosen.split()))
    blocks = joined(walk.blocks)
    text, pieces, lines = _laid_out(blocks)
    shown = of_head(walk)
    title = shown.title.value if shown.title else None
    marked = judge(lines, title)
    if len(chosen.split()) >= _LITTLE * sum(line.words for line, kind in zip(lines, marked.kinds, strict=True) if kind is None):
        marked = _aligned(lines, blocks, chosen, title) or marked
    metadata = merged(shown, of_lines(text, marked))
    return Cleaned(text, marked, pieces, metadata)


def _laid_out(blocks: Sequence[Block]) -> tuple[str, tuple[Piece, ...], list[Line]]:
    """The blocks as lines of one text, and the pieces that lead back; runs that adjoin on both sides are one."""
    pieces: list[Piece] = []
    lines: list[Line] = []
    at = 0
    for block in blocks:
        lines.append(look(block.text, at))
        ends = [run[0] for run in block.runs[1:]] + [len(block.text)]
        for (begin, start, stop, exact), end in zip(block.runs, ends, strict=True):
            before = pieces[-1] if pieces else None
            if exact and before and before.exact and before.text.end == at + begin and before.source.end == start:
                pieces[-1] = Piece(Span(before.text.start, at + end), Span(before.source.start, stop), True)
            else:
                pieces.append(Piece(Span(at + begin, at + end), Span(start, stop), exact))
        at += len(block.text) + 1
    return "\n".join(block.text for block in blocks), tuple(pieces), lines


def _chosen(source: str) -> str:
    """The article's words as the library finds them; empty where it finds none."""
    try:
        return trafilatura.extract(source, fast=True, include_comments=False) or ""
    except Exception:  # whatever the library trips over, the page is still judged by its lines
        return ""


def _aligned(lines: Sequence[Line], blocks: Sequence[Block], chosen: str, title: str | None) -> Marked | None:
    """The blocks whose words are the chosen article's, in its order, and the rest as furniture; None where none are."""
    wanted = [w for part in chosen.split("\n") for w in look(part, 0).key.split()]
    keep = _matched([line.key.split() for line in lines], wanted)
    if not any(keep):
        return None
    kinds: list[FurnitureKind | None] = []
    head = next((i for i, line in enumerate(lines) if title and blocks[i].heading and same(line, look(title, 0))), None)
    if head is None:
        head = next((i for i, line in enumerate(lines) if title and same(line, look(title, 0))), None)
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        if head is not None and same(line, lines[head]):
            kinds.append(FurnitureKind.TITLE)
        elif keep[i]:
            kinds.append(None)
        else:
            kinds.append(block.zone or line.kind or FurnitureKind.OTHER)
    mark_others(lines, kinds, head)
    return Marked(tuple(lines), tuple(name(lines, kinds)), head)


def _matched(blocks: Sequence[Sequence[str]], wanted: Sequence[str]) -> list[bool]:
    """Which blocks' words stand in the wanted ones, in order. A long block is found by the share of its word triples that
    do; a short one must stand whole between the long ones around it."""
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(wanted) - 2):
        places.setdefault(tuple(wanted[i : i + 3]), []).append(i)
    keep = [False] * len(blocks)
    at = 0
    used = bytearray(len(wanted))
    joined = " " + " ".join(wanted) + " "
    for i, words in enumerate(blocks):
        triples = [tuple(words[j : j + 3]) for j in range(len(words) - 2)]
        hits = [p for t in triples for p in _unused(places.get(t, ()), used)]
        if len(words) >= 3 and len(hits) >= 0.7 * len(triples):
            keep[i] = True
            for p in hits:
                used[p] = 1
            at = max(hits) + 3
        elif 0 < len(words) < 3 and at:
            keep[i] = wanted[at : at + len(words)] == list(words) and f" {' '.join(words)} " in joined
    return keep


def _unused(places: Sequence[int], used: bytearray) -> Iterator[int]:
    """The first place that no earlier block has taken: a block that stands again is furniture the second time."""
    found = next((p for p in places if not used[p]), None)
    if found is not None:
        yield found
