"""The head of a line: the place, and perhaps the day, under which round-ups and reports by place tell of what happened.

"Goma. Soldiers looted ...", "- Geidam: Troops ...", "2. Kawkareik (8 April): Two air strikes ...",
"3. Sumisip, 22 April. A platoon ...", "3 June, Djugu: Militiamen ...", "No. 11/2024, 0640 hrs, LAFEY. A lorry ...".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crossbearing.model.text import Span

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
"""A month's name in a pattern, in full or short."""
NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|de|del|al|el|la)){0,3}"
"""A place's name in a pattern, of four words at most."""
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ \t]+{MONTH}|{MONTH}[ \t]+\d{{1,2}})(?:,?[ \t]+\d{{4}})?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ \t]+)?"
_FIELD = r"(?:[A-Za-z]{1,5}\.? ?)?\d[\d/.:-]*(?: ?(?:hrs|h|am|pm|[AP]M))?"  # of a log: its number, a date, an hour
_HEAD = re.compile(
    rf"[ \t]*(?:(?:[-–—•*·][ \t]*)?(?P<day>{_DAY})[ \t]*(?:,|[-–—]|\bin\b)[ \t]+)?"
    r"(?:(?P<bullet>[-–—•*·▪◦‣>\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+|\d{1,2}[.)])[ \t]*)?"
    rf"(?P<fields>(?:{_FIELD},[ \t]+){{1,3}})?"
    rf"(?P<name>{NAME}(?: [a-z]+)?)"
    r"(?:[ \t]*\((?P<aside>[^()\n]{2,60})\))?"
    rf"(?:,[ \t]+(?P<date>{_WEEKDAY}{_DAY}))?"
    r"(?P<mark>:|\.|[ \t][–—-])[ \t]+(?=(?:\S+[ \t]+){2}\S)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before what a line tells."""

    name: Span
    """Words that may name a place; whether they do, a gazetteer knows."""
    whole: Span
    """The head with its bullet, and what brackets add."""


def head_of(text: str, at: int) -> Head | None:
    """The head of the line in which an offset lies; None where it has none. A dateline says where one writes."""
    match = _HEAD.match(text, text.rfind("\n", 0, at + 1) + 1)
    if match is None or (match["day"] and match["mark"] != ":"):
        return None
    if not (match["bullet"] or match["fields"]) and (match["name"].isupper() or match["mark"].strip() in _DASHES):
        return None
    return Head(Span(*match.span("name")), Span(match.start(), match.end()))


_DASHES = frozenset("-–—")
