"""Find many known names in a text in one pass, however they are accented, hyphenated, dotted or capitalised.

A name is a run of folded words; the longest name that starts at a word wins. A short all-capitals name ("US", "PA")
is only found in capitals, and a name written with a capital is never found in lower-case prose ("turkey", "us").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from crossbearing.model.text import Span

V = TypeVar("V")

# Dotted capitals are one word ("U.S."); an apostrophe within a word belongs to it ("Ma'rib"), a hyphen parts two.
WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’`ʿʾ‘][^\W_]{2,})*")
_WITHIN_NAMES = " -‐‑–/\u00a0\n\"“”‘’'"
_APOSTROPHES = str.maketrans("", "", "'’`ʿʾ‘.")
_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae"})


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word without case, accents, dots and apostrophes."""
    if word.isascii():
        return word.translate(_APOSTROPHES).lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_UNDECOMPOSED))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_APOSTROPHES)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A name's words, folded, with single spaces: the key under which it is looked up."""
    return " ".join(fold_word(m.group()) for m in WORD.finditer(text))


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A known name in a text, and what is known under it."""

    span: Span
    values: tuple[V, ...]


class NameIndex(Generic[V]):
    """Names and what they stand for."""

    def __init__(self, names: Iterable[tuple[str, V]]) -> None:
        self._by_key: dict[str, list[tuple[str, V]]] = {}
        self._sizes: dict[str, dict[str, list[int]]] = {}
        """By first word and second ("" where there is none), of how many words the names are that begin so, the longest first."""
        for name, value in names:
            words = fold(name).split()
            if not words:
                continue
            self._by_key.setdefault(" ".join(words), []).append((name, value))
            sizes = self._sizes.setdefault(words[0], {}).setdefault(words[1] if len(words) > 1 else "", [])
            sizes[:] = sorted({*sizes, len(words)}, reverse=True)

    def __len__(self) -> int:
        return len(self._by_key)

    def items(self) -> Iterator[tuple[str, V]]:
        """Every name as it was given, with what it stands for."""
        return ((name, value) for named in self._by_key.values() for name, value in named)

    def get(self, name: str) -> tuple[V, ...]:
        """What stands under a whole name, however it is written."""
        return tuple(value for _, value in self._by_key.get(fold(name), ()))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found[V]]:
        """Known names in the text, left to right, longest first, without overlap."""
        words = _words(text).within(text, start, len(text) if end is None else end)
        done, sizes = 0, self._sizes
        for at in [n for n, word in enumerate(words.folded) if word in sizes]:
            if at >= done and (size := self._match(text, words, at)):
                done = at + size
                span = Span(words.starts[at], words.ends[done - 1])
                key = " ".join(words.folded[at:done])
                yield Found(span, tuple(v for n, v in self._by_key[key] if _cased(n, span.of(text))))

    def _match(self, text: str, words: _Words, at: int) -> int:
        """How many words the longest name takes that starts at this word; 0 where none does."""
        by_second = self._sizes[words.folded[at]]
        second = words.folded[at + 1] if at + 1 < len(words.folded) else ""
        for size in [*by_second.get(second, []), *by_second.get("", [])]:
            # A slice past the last word is shorter than the name, and no name then.
            named = self._by_key.get(" ".join(words.folded[at : at + size]))
            if named and at + size <= len(words.folded) and _joined(text, words, at, size):
                written = text[words.starts[at] : words.ends[at + size - 1]]
                if any(_cased(n, written) for n, _ in named):
                    return size
        return 0


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text: where each starts and ends, and its folded form, in three lists of one length."""

    starts: list[int]
    ends: list[int]
    folded: list[str]

    def within(self, text: str, start: int, end: int) -> _Words:
        """The words between two offsets, a word that one of them cuts being only its part there."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if (first and self.ends[first - 1] > start) or (last > first and self.ends[last - 1] > end):
            return _cut(text, start, end)
        if first == 0 and last == len(self.starts):
            return self
        return _Words(self.starts[first:last], self.ends[first:last], self.folded[first:last])


@lru_cache(maxsize=128)
def _words(text: str) -> _Words:
    # Kept, because one document is asked for many kinds of names, and sentence by sentence.
    return _cut(text, 0, len(text))


def _cut(text: str, start: int, end: int) -> _Words:
    found = list(WORD.finditer(text, start, end))
    return _Words([m.start() for m in found], [m.end() for m in found], [fold_word(m.group()) for m in found])


def _joined(text: str, words: _Words, at: int, size: int) -> bool:
    """Whether nothing but blanks, hyphens, slashes and quotation marks stands between the words of a name."""
    between = (text[words.ends[i] : words.starts[i + 1]] for i in range(at, at + size - 1))
    return all(gap == " " or (gap.strip(_WITHIN_NAMES) == "" and gap.count("\n") < 2) for gap in between)


def _cased(name: str, written: str) -> bool:
    """Whether the written form's capitals allow the name."""
    bare = name.replace(".", "")
    if bare.isupper() and len(bare) <= 5:
        return written.replace(".", "").isupper()
    return not any(c.isupper() for c in name) or any(c.isupper() for c in written)
