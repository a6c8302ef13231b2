"""Where a headline or a byline runs into the text behind it without a stop, as pages give it that were saved as one line.

"Blast Kills Four in Market MAPUTO — An explosion ...": the headline's capitals end before the first word of plain prose, at a
dateline or at a word that begins a sentence. The sentence stays one: its headline names the place and the day too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crossbearing.model.text import Span
from crossbearing.words.heads import MONTH

_WORD = re.compile(r"\S+")
_LONGEST, _SHORTEST = 24, 4
"""Words of a headline."""
_DATED = re.compile(
    rf"[A-Z]\w+ (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}},?) \d{{4}} (?=[A-Z0-9])"
)
"""A byline's day: "... Agency Monday 5 May 2014 At least ..."."""
_DATELINE = re.compile(r"(?=[A-Z.’' ,/-]{4})(?:[A-Z][A-Z.’'-]+[,/]? ?){1,6}[—–-] ")
_BEGINS = frozenset("The A An At In On After As When While It He She They There More Nearly Some Several Dozens Hundreds".split())
_SMALL = frozenset(
    "of in on at to for after by with and the a an from over as is or vs vs. amid but not be into its & - — – |".split()
)


@lru_cache(maxsize=64)
def headline(text: str, sentence: Span) -> int:
    """Where the text begins behind a headline that a sentence opens with; its start where it opens with none."""
    start, end = sentence.start, sentence.end
    words = [(m.start(), m.group()) for m in _WORD.finditer(text, start, min(end, start + 300))]
    prose = next((k for k, (_, w) in enumerate(words) if w[0].islower() and w not in _SMALL), len(words))
    if prose == len(words):
        return start  # all of it a headline
    if (day := _DATED.search(text, start, min(end, start + 240))) and _is_byline(text[start : day.start()].split()):
        return day.end()
    heads = range(_SHORTEST, min(prose + 1, len(words) - 1, _LONGEST))
    return next((words[k][0] for k in heads if _opens(text, words, k, end)), start)


def _is_byline(head: list[str]) -> bool:
    """Whether words enough stand before a day, and no stop among them."""
    return len(head) >= _SHORTEST and not any(w[-1] in ".,;:" for w in head)


def _opens(text: str, words: list[tuple[int, str]], k: int, end: int) -> bool:
    """Whether a sentence begins at word k, before which there are a headline's words alone."""
    at, word = words[k]
    before, ahead = words[k - 1][1], words[k + 1][1]
    if not word[0].isupper() or before.rstrip("'\"’”")[-1:] in (*",:;.", "") or before.lower() in _SMALL:
        return False
    if _DATELINE.match(text, at, end):
        return not before.isupper() or len(before) < 3
    return word in _BEGINS and (ahead[0].islower() or ahead[0].isdigit() or word in ("The", "A", "An"))
