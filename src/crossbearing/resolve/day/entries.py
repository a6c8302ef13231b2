"""The entries of a list: notes, logs and digests that tell one thing a line, each under a mark, a date or the name of a place.

"> Hajin: grenade thrown into a house", "14/09 - Mangu - Bwai. Night attack", "3. In the evening a convoy was shelled". Each is a
report by itself, and where it names no place of its own it was at the one that heads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossbearing.model.text import Document, Span
from crossbearing.words.sentences import PROSE

_MARK = r"(?:[^\w\n\"“‘'(\[@#]{1,3}[ \t]+|\d{1,2}[.)][ \t]+)"
_MONTH = r"(?i:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)"
_STAMP = rf"(?:\d[\d/.:–-]*(?:st|nd|rd|th|h|hrs)?|hrs|hours|{_MONTH}|[A-Z]{{1,4}})"
_DATED = rf"(?:(?=[^\n]{{0,12}}\d){_STAMP}(?:,? {_STAMP}){{0,5}}[ \t]*(?:[:|,]|[–—-])[ \t]+)"
_NAME = (
    r"[A-ZÀ-Þ][\w'’-]*(?: (?:[A-ZÀ-Þ][\w'’-]*|of|the|al|el|ez|de|du|la|and|to|road|highway|city|town|village|district|area|"
    r"region|province|county|market|border|front|axis|direction|sector)){0,4}"
)
_NAMES = rf"{_NAME}(?: ?\({_NAME}\))?(?:(?:,|/|[ \t]+[–—|/-])[ \t]*(?:(?:near|road to|outside) )?{_NAME}){{0,3}}"
_ENTRY = re.compile(
    rf"[ \t]*(?P<lead>{_MARK}?{_DATED}?)(?:(?P<head>{_NAMES})(?P<stop>[ \t]*:|\.|[ \t]+[–—|-])[ \t]+(?=[\"“'‘(]?\w))?"
)
_APART = re.compile(r"[^,|/()–—-]+(?:-\b[^,|/()–—-]+)*")
"""One of the names that head an entry."""
_LEAST = 3
"""From so many entries on, with as many heads of their own, a report is a list."""
_PLAIN = 24
"""A head that stands by itself before a stop is no longer: "Uvira. On 11 October ...". """


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, and the names that head it."""

    span: Span
    head: Span | None


def entries(document: Document) -> tuple[Entry, ...]:
    """The entries of a list; none of a report that mostly tells in sentences."""
    found: list[Entry] = []
    told = 0
    for line in lines(document):
        told += PROSE.search(line.of(document.text)) is not None
        if entry := _entry(document.text, line):
            found.append(entry)
    heads = [entry.head.of(document.text) for entry in found if entry.head]
    several = len(set(heads)) >= _LEAST and 2 * len(set(heads)) >= len(heads)  # those who speak in turn are few
    return tuple(found) if several and 2 * len(found) >= told else ()


def names(text: str, head: Span) -> list[Span]:
    """The names in an entry's head, one by one: "Barkin Ladi - Heipang"."""
    found = _APART.finditer(text, head.start, head.end)
    return [Span(m.end() - len(m[0].lstrip()), m.start() + len(m[0].rstrip())) for m in found if m[0].strip()]


def lines(document: Document) -> Iterator[Span]:
    """The lines of an article that hold anything."""
    for run in document.article():
        at = run.start
        for line in run.of(document.text).split("\n"):
            if line.strip():
                yield Span(at, at + len(line))
            at += len(line) + 1


def _entry(text: str, line: Span) -> Entry | None:
    """A line as an entry: one with a mark or a date before it, or with names and a colon, a dash or a stop."""
    match = _ENTRY.match(text, line.start, line.end)
    if match is None or PROSE.search(text, match.end(), line.end) is None:
        return None
    head = Span(*match.span("head")) if match["head"] else None
    if head and not match["lead"] and match["stop"] == "." and len(head.of(text)) > _PLAIN:
        head = None
    return Entry(line, head) if head or match["lead"] else None
