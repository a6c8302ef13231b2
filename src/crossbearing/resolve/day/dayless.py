"""Words that tell of no one day: a habit, a course of weeks, what had been before. No day of the report's is theirs.

What a report tells without a day was, in its lead, the day before; what it tells further down "has happened", "happens every
week" or "had happened", and all that its date says of that is that it was no later.
"""

from __future__ import annotations

import re

from crossbearing.model.mention import Happening

# What stands before a deed that the news only came after.
_CAUSE = re.compile(
    r"\b(?:in the (?:wake|aftermath) of|following|in response to|in reaction to|prompted by|triggered by|sparked by|ever since|"
    r"(?:days?|weeks?|months?|years?) after|(?:comes?|came|coming) (?:\w+ )?after|(?:up)?on the heels of) "
    r"(?:the |an? |this |that |last \w+ |\w+['’]s )?(?:[\w’'-]+ ){0,4}$",
    re.I,
)
# What says of a deed's clause that it was time and again, or of some time before.
_TIMES = re.compile(
    r"\b(?:recent(?:ly)?|lately|often|frequently|regularly|routinely|repeatedly|periodically|sometimes|previously|formerly|"
    r"every (?:day|night|week|month|year)|in the past|so far|to date|used to|continue[sd]? to|"
    r"(?:for|after|in|over) (?:the (?:past|last) )?(?:many |several |some |recent |few )*(?:days|weeks|months|years|decades)|"
    r"(?:days|weeks|months|years|decades) of)\b",
    re.I,
)
_HAD = re.compile(r"(?<!\bto )\b(?:has|have|had|[’'](?:ve|d))\b[^,;:]{0,48}$")
_IS = re.compile(r"\b(?:is|are|['’]re) (?:\w+ly |also |still |now )?\w+ing\b[^,;:]{0,32}$")
_CLAUSE = re.compile(r"[;:—]|, (?:and|but|while|as|after|which|who|where)\b")


def is_cause(text: str, happening: Happening) -> bool:
    """Whether a deed is only named as what something else came after: "called for a ban following the shooting in X"."""
    start = happening.trigger.start
    return _CAUSE.search(text[max(happening.sentence.start, start - 64) : start]) is not None


def is_dayless(text: str, happening: Happening) -> bool:
    """Whether a deed is told as one of many, or as before the news: "have launched attacks", "had seized the town". What somebody
    says that he "has" or "had" done may be the news."""
    trigger, sentence = happening.trigger, happening.sentence
    before, behind = text[sentence.start : trigger.start], text[trigger.end : sentence.end]
    start = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    end = _CLAUSE.search(behind)
    clause = before[start:] + trigger.of(text) + (behind[: end.start()] if end else behind)
    if _TIMES.search(clause) or _IS.search(before + trigger.of(text)):
        return True
    return not happening.attributions and _HAD.search(before) is not None
