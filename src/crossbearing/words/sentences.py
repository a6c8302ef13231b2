"""Where sentences end in news text: at stops that are no abbreviation's, at the ends of lines, at list marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from crossbearing.model.text import Span

_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr prof gen brig col lt maj sgt capt cmdr adm sen rep gov pres st ft no vs etc inc ltd co corp jr sr "
        "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun e.g i.e a.m p.m approx dept est al km sq ed"
    ).split()
)
_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9À-ÞЀ-Я])|[.!?]+[\"'”’»)\]]*(?=\s*$)|\n[ \t]*\n|\n(?=[ \t]*[-•*–·])|\n"
)
TURN = re.compile(r";|, (?:while|but|whereas) ")
"""Where a sentence turns to what another does or says."""
PROSE = re.compile(r"[a-z]{3,} [a-z]{3,}")
"""What a line that is no bare heading holds."""
LONGEST = 2000
"""Characters of the longest sentence: some 330 words, more than news writes without a stop. What is longer (a page without
stops, damage) is read in pieces, cut at a blank, since the rules look from each word of a sentence to the others."""
NARROWEST, WIDEST = 50, 100
"""Characters: the widths that mails, wires and PDFs are broken at (72 and 78 for mails); a longer line is a paragraph."""
# What begins an item of a list: a mark, or the date or the hour that heads a log's line.
_DATE = (
    r"(?:[A-Z][a-z]{2,8},? )?(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[ -][A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2})(?:,? \d{4})?"
)
_HOUR = r"(?:\d{1,2}[:.]\d\d|\d{4} ?(?:[hH]|hrs))"
_ITEM = re.compile(rf"[-•*–·](?!\S)|(?:{_DATE}(?:,? {_HOUR})?|{_HOUR})[ \t]*(?:[:|]|[–—-])[ \t]")
_LAST_WORD = re.compile(r"([^\s\"'“‘(\[]+)$")


@lru_cache(maxsize=64)
def split(text: str, run: Span) -> tuple[Span, ...]:
    """The sentences of one run of a text, trimmed, in order.

    A line ends a sentence, since scrapes break lines at paragraphs; in a block that was broken at a fixed width, as mails
    and PDFs are, it does not. Kept, because whoever reads a text and whoever works out what it means ask for the same.
    """
    return tuple(_split(text, run))


def _split(text: str, run: Span) -> Iterator[Span]:
    at = run.start
    wrapped = _wrapped(text, run) if "\n" in text[run.start : run.end] else frozenset()
    for match in _END.finditer(text, run.start, run.end):
        if match.end() <= at or match.start() in wrapped or (text[match.start()] == "." and _inside(text, at, match)):
            continue
        yield from _trimmed(text, at, match.end())
        at = match.end()
    yield from _trimmed(text, at, run.end)


def _wrapped(text: str, run: Span) -> frozenset[int]:
    """The line ends that only a fixed width made: the next line's first word would not have fitted on the line before."""
    found: list[int] = []
    at = run.start
    for filled, block in itertools.groupby(text[run.start : run.end].split("\n"), key=lambda line: bool(line.strip())):
        lines = list(block)
        if filled:
            found += _folds(lines, at)
        at += sum(map(len, lines)) + len(lines)
    return frozenset(found)


def _folds(lines: list[str], at: int) -> Iterator[int]:
    """Where the lines of one block, which begins at an offset, go on in the next."""
    width = max(map(len, lines))
    full = sum(len(line) > width - 16 for line in lines)
    if not NARROWEST <= width <= WIDEST or len(lines) < 2 or 2 * full < len(lines):
        return
    for line, following in itertools.pairwise(lines):
        at += len(line)
        first = following.split(maxsplit=1)[0]
        goes_on = len(lines) > 2 or first[0].islower()
        if goes_on and len(line.rstrip()) + 1 + len(first) > width and not _ITEM.match(following.lstrip()):
            yield at
        at += 1


def _inside(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop belongs to an abbreviation or an initial rather than to a sentence."""
    before = _LAST_WORD.search(text, max(start, stop.start() - 24), stop.start())
    if not before:
        return False
    word = before.group(1)
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        # "U.S. forces" goes on, "in the U.S. The" does not.
        following = text[stop.end() : stop.end() + 12].split()
        return not (following and following[0] in ("The", "In", "On", "It", "A", "He", "She", "They", "But", "At"))
    if word.lower() in _MONTHS and _DAY_BEFORE.search(text, max(start, stop.start() - 12), stop.start()):
        return not _CAPITAL.match(text, stop.end())  # "on 31 Oct. An army strike"; not "31 Oct. 2024"
    return word.lower() in _ABBREVIATIONS


_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_DAY_BEFORE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? \w+$")
_CAPITAL = re.compile(r"\s+[\"'“‘«(\[]*[A-ZÀ-Þ]")


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = max(text.rfind(blank, start + LONGEST // 2, start + LONGEST) for blank in " \n\t\u00a0")
        cut = cut if cut > start else start + LONGEST
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
