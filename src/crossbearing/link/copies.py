"""The same words again: which documents copy one another, and which words exactly they share.

Candidates come of sentences: MinHash gives documents that hold a sentence in nearly the same words, in a time that grows with
the documents and not with their pairs. Alignment then says what stands in both: runs of equal words, laid together where an
editor changed a word or two between them, wherever an editor put them. What stands in quotation marks is a speaker's: two
reporters who quote one statement copy that speaker, not each other, so it does not count towards a copy.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile

from rensa import RMinHash

from crossbearing.model.incident import Copy, Passage
from crossbearing.model.text import Span
from crossbearing.words import sentences
from crossbearing.words.names import WORD, fold_word

# The first four are what MinHash needs to find a sentence of which a third was changed nine times in ten; an edited copy has
# several such sentences. Shorter sentences stand in too many reports to say anything.
SHINGLE, HASHES, BAND = 3, 16, 2
LEAST_SENTENCE = 8
# A sentence that very many hold pairs each of them with so many neighbours in the order of their ids: copies hang together by
# them still, and the pairs grow with the documents.
NEIGHBOURS = 16
# Words that must be equal in a row to be a run, words that an editor may change between two runs, and words that a shared
# passage must hold: chosen, with COPY, on half of the set of evals/copies.py, which reports the other half.
RUN, GAP, PASSAGE = 4, 5, 12
COPY = 0.3
"""The share of one document's own words, those outside of quotation marks, that must stand in the other."""

_QUOTED = re.compile(r"“[^“”]{20,1500}?”|\"[^\"\n]{20,1500}?\"|«[^«»]{20,1500}?»")


def copies(texts: Mapping[str, str], wanted: Callable[[str, str], bool] = lambda a, b: True) -> tuple[Copy, ...]:
    """Every two documents that share a passage, in the order of their ids; `a` is the smaller. `is_copy` says how much is a copy.

    `texts` are articles by the ids of their documents, furniture left out or blank; `wanted` says which two are worth a look.
    What is found does not depend on their order.
    """
    pairs = sorted(pair for pair in candidates(texts) if wanted(*pair))
    told = {key: _Words.of(texts[key]) for key in sorted({key for pair in pairs for key in pair})}
    found = (_shared(a, b, told[a], told[b]) for a, b in pairs)
    return tuple(one for one in found if one)


def shared(a: str, b: str, text: str, other: str) -> Copy | None:
    """What stands in both of two documents, passage by passage; None where nothing does."""
    return _shared(a, b, _Words.of(text), _Words.of(other))


def is_copy(one: Copy) -> bool:
    """Whether enough of either document's own words stand in the other."""
    return max(one.share_a, one.share_b) >= COPY


def candidates(texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of documents that hold a sentence in nearly the same words, the smaller id first."""
    where: list[str] = []
    shingles: list[list[str]] = []
    for key in sorted(texts):
        for one in _shingled(texts[key]):
            where.append(key)
            shingles.append(one)
    buckets: defaultdict[tuple[int, ...], dict[str, None]] = defaultdict(dict)
    if shingles:
        for key, row in zip(where, RMinHash.digest_matrix_from_token_sets(shingles, HASHES, 1).to_rows(), strict=True):
            for at in range(0, HASHES, BAND):
                buckets[(at, *row[at : at + BAND])][key] = None
    return {
        (first, second)
        for holders in buckets.values()
        if len(holders) > 1
        for names in (list(holders),)
        for n, first in enumerate(names)
        for second in names[n + 1 : n + 1 + NEIGHBOURS]
    }


def _shingled(text: str) -> Iterator[list[str]]:
    """The runs of three words of each sentence that is long enough, each sentence once."""
    seen: set[str] = set()
    for span in sentences.split(text, Span(0, len(text))):
        words = [fold_word(m.group()) for m in WORD.finditer(text, span.start, span.end)]
        whole = " ".join(words)
        if len(words) >= LEAST_SENTENCE and whole not in seen:
            seen.add(whole)
            yield [" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]


# ---------------------------------------------------------------- which words


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """A text's words: where each starts and ends, its folded form, and whether it is the text's own or a speaker's."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    folded: tuple[str, ...]
    own: tuple[bool, ...]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = list(WORD.finditer(text))
        starts = [m.start() for m in found]
        own = [True] * len(found)
        for quoted in _QUOTED.finditer(text):
            first, last = bisect_left(starts, quoted.start()), bisect_left(starts, quoted.end())
            own[first:last] = [False] * (last - first)
        return cls(tuple(starts), tuple(m.end() for m in found), tuple(fold_word(m.group()) for m in found), tuple(own))

    def span(self, first: int, last: int) -> Span:
        """From the one word to the other, both with it."""
        return Span(self.starts[first], self.ends[last])


@dataclass(frozen=True, slots=True)
class _Run:
    """Equal words in a row: from word `a` of the one and `b` of the other, so many."""

    a: int
    b: int
    size: int


def _shared(a: str, b: str, x: _Words, y: _Words) -> Copy | None:
    passages = [p for p in _passages(_runs(x, y)) if sum(r.size for r in p) >= PASSAGE]
    if not passages:
        return None
    mine = sum(x.own[i] for p in passages for r in p for i in range(r.a, r.a + r.size))
    theirs = sum(y.own[i] for p in passages for r in p for i in range(r.b, r.b + r.size))
    return Copy(
        a,
        b,
        tuple(_passage(x, y, p) for p in passages),
        round(mine / max(sum(x.own), 1), 4),
        round(theirs / max(sum(y.own), 1), 4),
    )


def _passage(x: _Words, y: _Words, runs: Sequence[_Run]) -> Passage:
    first, last = runs[0], runs[-1]
    return Passage(
        x.span(first.a, last.a + last.size - 1),
        y.span(first.b, last.b + last.size - 1),
        sum(r.size for r in runs),
        all(not x.own[i] for r in runs for i in range(r.a, r.a + r.size)),
    )


def _runs(x: _Words, y: _Words) -> list[_Run]:
    """Runs of equal words, the longest first, no word in two of them: greedy string tiling (Wise 1993)."""
    where = _grams(x)
    found: list[_Run] = []
    at = 0
    while at <= len(y.folded) - RUN:
        best = _Run(0, at, 0)
        for start in where.get(y.folded[at : at + RUN], ()):
            size = _length(x.folded, y.folded, start, at)
            if size > best.size:
                best = _Run(start, at, size)
        if best.size:
            found.append(best)
        # A longer run may begin within this one, but not one that ends with it.
        at += max(best.size - RUN + 1, 1)
    taken_x, taken_y = bytearray(len(x.folded)), bytearray(len(y.folded))
    kept = []
    for run in sorted(found, key=lambda r: (-r.size, r.a, r.b)):
        run = _free(run, taken_x, taken_y)
        if run.size >= RUN:
            kept.append(run)
            taken_x[run.a : run.a + run.size] = taken_y[run.b : run.b + run.size] = b"\1" * run.size
    return sorted(kept, key=lambda r: r.a)


@lru_cache(maxsize=64)
def _grams(x: _Words) -> dict[tuple[str, ...], list[int]]:
    """Where each run of the least length begins."""
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(x.folded) - RUN + 1):
        found[x.folded[at : at + RUN]].append(at)
    return dict(found)


def _length(x: Sequence[str], y: Sequence[str], a: int, b: int) -> int:
    """How many words are equal from there on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(islice(x, a, None), islice(y, b, None), strict=False)))


def _free(run: _Run, taken_x: bytearray, taken_y: bytearray) -> _Run:
    """The longest stretch of a run of which no word is taken."""
    best, start = _Run(run.a, run.b, 0), 0
    for at in range(run.size + 1):
        if at == run.size or taken_x[run.a + at] or taken_y[run.b + at]:
            if at - start > best.size:
                best = _Run(run.a + start, run.b + start, at - start)
            start = at + 1
    return best


def _passages(runs: Iterable[_Run]) -> Iterator[list[_Run]]:
    """Runs laid together where both documents go on after a few words of their own."""
    open_: list[_Run] = []
    for run in runs:
        last = open_[-1] if open_ else None
        if last and not (0 <= run.a - last.a - last.size <= GAP and 0 <= run.b - last.b - last.size <= GAP):
            yield open_
            open_ = []
        open_.append(run)
    if open_:
        yield open_
