"""Stretches of text as the network takes them: whole sentences, cut into word pieces, the title before them.

What the network says it says of words, at each word's first piece. A word is what the tokenizer's own splitter makes of the
text (letters and digits together, each other sign alone), so that every span drawn from words is exact in characters.

The network is not told who is who. A known party's name, a country's, a people's: each is one and the same piece to it; and so
is any other name that its vocabulary would only spell. What it says of a strike can then not hang on whose it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from crossbearing.model.text import Span
from crossbearing.read.lexicon import lexicon
from crossbearing.words.known import adjectives, known_names

LIMIT = 192
"""Pieces in a window. Longer windows see more and cost more: 256 pieces cost a fifth more a word than 128."""
TITLE = 24
"""Pieces of the title that go before each window."""

OPEN, CLOSE, PARTY, NAME = 101, 102, 1, 2
"""Pieces of their own: before a window, after title and window, for a known party, for a name that the vocabulary lacks. The last
two are places in BERT's vocabulary that its training left unused."""

SHAPES = ("unknown", "sign", "lower", "capital", "upper", "digit")
"""How a word is written, told to a network whose vocabulary knows lower case only. `unknown` where a text is all capitals."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the network: `ids` and `shapes` by piece; `firsts` and `words` by word of the text (not of the title)."""

    ids: list[int]
    shapes: list[int]
    firsts: list[int]
    words: list[tuple[int, int]]


def shape(word: str, shouted: bool) -> int:
    """The index in `SHAPES` of how a word is written."""
    if not word[0].isalnum():
        return 1
    if not word.isalpha() and any(map(str.isdigit, word)):
        return 5
    if shouted:
        return 0
    return 4 if word.isupper() and len(word) > 1 else 3 if word[0].isupper() else 2


def shouted(text: str) -> bool:
    """Whether a text is written in capitals throughout, so that they say nothing."""
    lower, upper = sum(map(str.islower, text[:2000])), sum(map(str.isupper, text[:2000]))
    return upper > 4 * lower


def windows(
    text: str, sentences: Sequence[Span], tokenizer: Any, title: str = "", limit: int = LIMIT, hide: bool = True
) -> Iterator[Window]:
    """The text's sentences, packed in order. A sentence longer than a window is cut. `hide`: names are not told."""
    said = _Cut(title, tokenizer, hide).words(Span(0, len(title))) if title else []
    head = [(id, word.shape) for word in said for id in word.ids][:TITLE]
    cut = _Cut(text, tokenizer, hide)
    room = limit - len(head) - (3 if head else 2)
    held: list[_Word] = []
    size = 0
    for span in sentences:
        words = cut.words(span)
        whole = sum(len(word.ids) for word in words)
        for n, word in enumerate(words):
            # The first word asks for room for its sentence, the others only where that is longer than a window.
            if held and size + (len(word.ids) if n else whole) > room:
                yield _window(head, held)
                held, size = [], 0
            held.append(word)
            size += len(word.ids)
    if held:
        yield _window(head, held)


class _Word(NamedTuple):
    """One word: its pieces, its shape, and its place in the text."""

    ids: Sequence[int]
    shape: int
    place: tuple[int, int]


class _Cut:
    """A text on its way to pieces."""

    def __init__(self, text: str, tokenizer: Any, hide: bool) -> None:
        self.text, self.tokenizer, self.loud, self.hide = text, tokenizer, shouted(text), hide
        self.parties = _parties(text) if hide else []
        self.starts = [party.start for party in self.parties]

    def words(self, span: Span) -> list[_Word]:
        """The words of a sentence, each party's name one of them."""
        made: list[_Word] = []
        at = span.start
        for party in self.parties[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]:
            if span.holds(party):
                made += self.spelled(at, party.start)
                made.append(_Word((PARTY,), 0 if self.loud else 3, (party.start, party.end)))
                at = party.end
        made += self.spelled(at, span.end)
        # In a headline capitals say nothing, and what is hidden would be its verbs.
        return made if self.loud or not self.hide or _titled(made) else _hidden(made, self.text)

    def spelled(self, start: int, end: int) -> Iterable[_Word]:
        """The words between two offsets."""
        if _PLAIN.fullmatch(self.text, start, end):
            found = _WORD.finditer(self.text, start, end)
            return [_Word(*_spelt(self.tokenizer, match.group(), self.loud), match.span()) for match in found]
        return self.tokenized(start, end)

    def tokenized(self, start: int, end: int) -> Iterator[_Word]:
        """The same where only the tokenizer knows what its own splitter makes of them."""
        words = self.text[start:end]
        encoding = self.tokenizer.encode(words, add_special_tokens=False)
        cut = zip(encoding.word_ids, encoding.offsets, encoding.ids, strict=True)
        for _, pieces in groupby(cut, key=lambda piece: piece[0]):
            _, places, ids = zip(*pieces, strict=True)
            a, b = places[0][0], places[-1][1]
            yield _Word(ids, shape(words[a:b], self.loud), (start + a, start + b))


_PLAIN = re.compile(r"[\n -Z^-~\]\\“”‘’–—…]*")
"""Text of which it is plain what the tokenizer makes: letters and digits together, each other sign alone. Not so a bracket that
may open one of its own marks ("[SEP]")."""
_WORD = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9\s]")


@lru_cache(maxsize=65536)
def _spelt(tokenizer: Any, word: str, shouted: bool) -> tuple[Sequence[int], int]:
    """The pieces of a plain word and its shape, kept since most words come again."""
    return tokenizer.encode(word, add_special_tokens=False).ids, shape(word, shouted)


def _parties(text: str) -> list[Span]:
    """Where the text names a party, a country or a people, with its forces; of names that overlap the first and longest."""
    found = [f.span for f in known_names().find(text) if any(known.kind in ("group", "state") for known in f.values)]
    found += [f.span for f in adjectives().find(text)]
    kept: list[Span] = []
    # An article is hidden with its name: "the Netherlands", "the Malian army" have to look like "Syria".
    found = [Span(s.start - 4, s.end) if text[max(0, s.start - 4) : s.start].lower() == "the " else s for s in found]
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(Span(span.start, _with_forces(text, span.start, span.end)))
    return kept


def _with_forces(text: str, start: int, end: int) -> int:
    """Where a name ends with the forces behind it. "Pro-Iran militants" are no forces of Iran's."""
    forces = _FORCES.match(text, end) if not text.endswith("-", 0, start) else None
    return forces.end() if forces else end


_FORCES = re.compile(
    r" (?:armed forces|air force|national guard|security forces|defen[cs]e forces|army|military|forces|troops|navy|police"
    r"|government|soldiers|security services?|group|movement|federation|fighters|rebels|gunmen|militants|militia(?:men)?)\b",
    re.I,
)
"""What makes one name with a country's, so that "the Malian army" and a group's name look alike."""


def _titled(words: Sequence[_Word]) -> bool:
    """Whether most words of a sentence are capitalised."""
    shapes = [word.shape for word in words if word.shape in (2, 3, 4)]
    return sum(kind != 2 for kind in shapes) > 0.6 * len(shapes)


def _hidden(words: Sequence[_Word], text: str) -> list[_Word]:
    """A sentence in which capitalised words that the vocabulary has to spell are one piece, a row of them, too.

    With its forces behind it such a name is a party's. A sentence's first word is hidden only where no table has it.
    """
    spelled = [n for n, word in enumerate(words) if word.shape in (3, 4) and len(word.ids) > 1]
    if spelled[:1] == [0] and _is_common(text[slice(*words[0].place)]):
        del spelled[0]
    made: list[_Word] = []
    at = 0
    for first in spelled:
        if first < at:
            continue
        made += words[at:first]
        end = first + 1
        while end in spelled and _beside(words, end):
            end += 1
        start, stop = words[first].place[0], words[end - 1].place[1]
        forces = _with_forces(text, start, stop)
        party = forces > stop
        while end < len(words) and words[end].place[1] <= forces:
            stop, end = words[end].place[1], end + 1
        if party and made and text[slice(*made[-1].place)].lower() == "the":
            start = made.pop().place[0]
        made.append(_Word((PARTY if party else NAME,), 3, (start, stop)))
        at = end
    return [*made, *words[at:]]


def _beside(words: Sequence[_Word], at: int) -> bool:
    """Whether a word stands behind the one before it with but a space between."""
    return words[at].place[0] - words[at - 1].place[1] == 1


def _is_common(word: str) -> bool:
    """Whether a word stands in the reader's tables."""
    tables = lexicon()
    known = (
        tables.verbs,
        tables.nouns,
        tables.weapons,
        tables.armed,
        tables.civil,
        tables.modifiers,
        tables.claimants,
        tables.speech,
    )
    return any(word.lower() in table for table in known)


def _window(head: Sequence[tuple[int, int]], held: Sequence[_Word]) -> Window:
    ids = [OPEN, *(id for id, _ in head), CLOSE] if head else [OPEN]
    shapes = [1, *(kind for _, kind in head), 1] if head else [1]
    firsts: list[int] = []
    for word in held:
        firsts.append(len(ids))
        ids += word.ids
        shapes += [word.shape] * len(word.ids)
    return Window([*ids, CLOSE], [*shapes, 1], firsts, [word.place for word in held])
