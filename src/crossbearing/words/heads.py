"""The head of a line: the place, and perhaps the day, under which round-ups and reports by place tell of what happened.

"Goma. Soldiers looted ...", "- Geidam: Troops ...", "2. Kawkareik (8 April): Two air strikes ...".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crossbearing.model.text import Span

_HEAD = re.compile(
    r"[ \t]*(?:(?:[-–—•*·▪◦‣>]+|\d{1,2}[.)])[ \t]*)?(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|de|del|al|el|la)){0,3}(?: [a-z]+)?)"
    r"(?:[ \t]*\((?P<aside>[^()\n]{2,60})\))?(?::|\.|[ \t][–—-])[ \t]+(?=(?:\S+[ \t]+){2}\S)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before what a line tells."""

    name: Span
    """Words that may name a place; whether they do, a gazetteer knows."""
    whole: Span
    """The head with its bullet, and what brackets add."""


def head_of(text: str, at: int) -> Head | None:
    """The head of the line in which an offset lies; None where the line has none."""
    match = _HEAD.match(text, text.rfind("\n", 0, at + 1) + 1)
    return Head(Span(*match.span("name")), Span(match.start(), match.end())) if match else None
