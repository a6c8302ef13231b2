"""Times in a deed's sentence that are of something else: of a count of the dead, of what a paper wrote, of a picture.

"Nasser hospital counted 24 bodies by the evening and 31 on Sunday" says when one counted; "a report on this page on 5 April
said that a bus was hit" says when one wrote so; a date before "(Reuters)" is the picture's that stands beside the text.
"""

from __future__ import annotations

import re

from crossbearing.model.text import Span

_DEAD = r"(?:[\w-]+ ){1,4}(?:bodies|dead|corpses)"
_COUNT = re.compile(
    rf"\b(?:count(?:ed|s)|(?:recovered|retrieved|received|found|buried|pulled|identified|registered)(?= {_DEAD})|"
    r"(?:put|raised|revised) the (?:\w+ )?(?:toll|number|figure)|"
    r"(?:toll|number|figure)\b[^.;]{0,40} (?:rose|risen|rises|climbed|climbs|grew|grown|stood|reached))\b[^;]{0,80}$",
    re.I,
)
_PAPER = re.compile(
    r"\b(?:articles?|reports?|stor(?:y|ies)|versions?|items?|dispatch(?:es)?|captions?|headlines?|editions?|issues?)\b"
    r"(?: [^.;:,]{0,40})?,?(?: (?:first )?published)? (?:on |of )?$",
    re.I,
)
_WROTE = re.compile(r",?(?: [^.;]{0,60})? (?:said|stated|gave|misstated|reported|wrote|misidentified|named|put|described)\b")
_DEED = r"(?:attack|strike|raid|ambush|assault|shelling|bombing|blast|explosion|killings?|shooting|incident)"
_IT_CAME = re.compile(
    rf"(?:It|(?:The|This|That) (?:\w+ )?{_DEED})(?: [^,.;]{{0,40}})? (?:came|comes|happened|occurred|took place|followed)"
    r"(?: just| only)? $"
)
_THEN = re.compile(
    r"(?:^Then,? |\b(?:then|afterwards?|thereafter|(?:soon|shortly|moments) (?:after|later))(?= (?:[\w-]+ ){0,2}$))", re.I
)
_REST = re.compile(r"\bthe rest of (?:the|that) (?:day|night|morning|afternoon|evening)\b")
# What opens an aside between commas: "who joined in", "built in", "a clerk who moved there in".
_TO = r"(?:in|on|at|by|to|from|since|into|over|as|with|for|near|of|out|up|down|last|early|late|there|back|again)"
_ASIDE = re.compile(rf", (?:who(?:se)?\b|(?:\w+ly )?[a-z]+(?:ed|wn|(?<![mr])en|lt|rn) {_TO}\b|an? [^,]* who\b)[^,;]*$")
_CREDIT = re.compile(r"(?<=\d{4})\.?\s*[(\[][A-Z]")
_BEFORE = 90


def of_count(text: str, sentence: Span, words: Span) -> bool:
    """Whether a time is that of a count: "counted 24 bodies by the evening"."""
    return _COUNT.search(text[sentence.start : words.start]) is not None


def of_paper(text: str, words: Span) -> bool:
    """Whether a time is when a paper wrote so: "a report on this page on 5 April said"."""
    before = text[max(0, words.start - _BEFORE) : words.start]
    return _PAPER.search(before) is not None and _WROTE.match(text, words.end) is not None


def of_picture(text: str, words: Span) -> bool:
    """Whether a date stands before a picture's credit: "June 6, 2015 (Reuters)"."""
    return _CREDIT.match(text, words.end) is not None


def then(text: str, sentence: Span, trigger: Span) -> bool:
    """Whether a deed is told as what came next, the same day: "They then shelled the town", "for the rest of the day"."""
    told = sentence.of(text)
    if "then" not in told and "Then" not in told and " rest of " not in told and "after" not in told and "later" not in told:
        return False
    return bool(_THEN.search(text[sentence.start : trigger.start]) or _REST.search(told))


def of_whom(text: str, sentence: Span, words: Span, trigger: Span) -> Span | None:
    """The aside in which a time stands, and which tells of somebody: "the mayor, elected in 2023, was shot on Friday"."""
    if text[words.end : words.end + 1] != "," or trigger.start < words.end:
        return None
    aside = _ASIDE.search(text[sentence.start : words.start])
    return Span(sentence.start + aside.start(), words.end) if aside else None


def it_came(text: str, sentence: Span, words: Span) -> bool:
    """Whether a count starts from the deed told before: "The strike came two days after a raid"."""
    return _IT_CAME.match(text, sentence.start, words.start) is not None
