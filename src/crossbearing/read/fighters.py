"""Whom "the rebels" goes back to. They fight a state's forces: an army that was heard last is not who they are."""

from __future__ import annotations

import re

from crossbearing import resources
from crossbearing.model.mention import Mention, MentionKind
from crossbearing.read.chunks import Chunked
from crossbearing.words.patterns import any_pattern

_SIDES = resources.table("people.yml")["sides"]
FIGHTERS = frozenset(_SIDES["fighters"])
"""Words for those who fight a state's forces."""
_FORCES = re.compile(
    rf"\b(?:{any_pattern(_SIDES['forces'])}|army|military|navy|air force|security services?|government|ministry|minister|"
    r"officials?|authorities|governor|mayor)\b",
    re.I,
)
_BAND = re.compile(r"\b(?:liberation|resistance|revolutionary|front|movement|rebels?|islamic|people['’]s|lord['’]s)\b", re.I)
"""What makes an army one of those who fight a state's: "the Hill Liberation Army"."""


def go_back(cut: Chunked) -> bool:
    """Whether a sentence speaks of "the rebels", "the gunmen": of fighters who were told of before."""
    the = (c for c in cut.chunks if c.kind == "group" and c.head in FIGHTERS and c.first and c.known is None)
    return any(cut.tokens[c.first - 1].low in ("the", "these", "those", "same") for c in the)


def are_they(text: str, mention: Mention | None) -> bool:
    """Whether fighters can be whom a mention names: no state, and, where no table knows it, no forces of one by its words."""
    if mention is None or mention.kind is MentionKind.STATE:
        return False
    words = mention.span.of(text)
    return mention.known is not None or _BAND.search(words) is not None or _FORCES.search(words) is None
