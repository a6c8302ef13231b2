"""Labels that say whose words a line is: "Source: village chief.", "Local sources: the army has ...", "... burnt. (police)".

Monitors' lists and channels name a voice before a colon or in brackets and use no verb of speech. A label before holds for its
sentence; one behind holds for what its line tells before it. A sentence with a voice of its own keeps that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Document, Span
from crossbearing.read.interviews import Answer
from crossbearing.read.lexicon import lexicon
from crossbearing.words import sentences

_BEHIND = re.compile(r"(?:(?<=[.!?);—–-] )|(?<=[(\n]))[Ss]ources?:[ \t]*(?P<who>[^\n.;,()]*[^\W\d_][^\n.;,()]*)")
_BEFORE = re.compile(
    r"[ \t>•*–-]*(?P<who>(?:[^\W\d_][\w'’-]*[ ]){0,4}?(?P<head>[^\W\d_]+)(?:[ ](?:in|from|of|at|near)[ ][^:.,\n]{2,50})?)[ ]?:"
    r"[ \t]+(?=(?:(?:\S+[ \t]+){4}|\d[\d,.]*[ \t]+\S+[ \t]+)\S)"
)
_CLOSED = re.compile(r"[^\W\d_][)\]]\.?[ \t]*(?:\n|\Z)")
_BRACKETS = re.compile(
    r"^[^\n]*[^\W\d_][^\n]*[ ][(\[](?P<who>(?:[^\W\d_][\w'’-]*[ ]){0,3}(?P<head>[^\W\d_]{3,}))"
    r"(?:(?:[,;/]|[ ]and)[ ]?[^()\[\]\n]{2,40})?[)\]][.]?[ \t]*$",
    re.M,
)
_WEB = re.compile(r"https?:|www\.|\.(?:com|org|net)\b", re.I)


def credited(document: Document) -> tuple[Answer, ...]:
    """Stretches of the article that a label credits to somebody, each with whom."""
    text = document.text
    runs = document.article()
    found = [one for run in runs for one in (*_behind(text, run), *_before(text, run))] if ":" in text else []
    back = [one for run in runs for one in _told_back(text, run)] if _TOLD_BACK.search(text) else []
    return (*found, *_bracketed(text, runs), *back)


def _told_back(text: str, run: Span) -> list[Answer]:
    """ "Six people were killed. That's what the mayor told us": what its paragraph tells up to there; who "spoke of 14 dead"."""
    found: list[Answer] = []
    start = run.start
    for sentence in sentences.split(text, run):
        start = sentence.start if "\n" in text[start : sentence.start] else start
        if match := _THAT.match(text, sentence.start, sentence.end):
            found.append(Answer(Span(start, sentence.start), _who(match, 0)))
            start = sentence.end
        elif match := _SPOKE_OF.search(sentence.of(text)):
            found.append(Answer(sentence, _who(match, sentence.start)))
    return found


def _who(match: re.Match[str], offset: int) -> Mention:
    start = offset + match.start("who")
    return Mention(Span(start, start + len(match["who"].rstrip())), MentionKind.GROUP)


_SO_MUCH = r"(?:That|This|So much)(?:['’]s| is| was)?,? (?:at least )?(?:what|how|according to)"
_TOLD_BACK = re.compile(rf"\b(?:spoke|speaks?) of\b|{_SO_MUCH} ")
"""What one or the other below begins with: most texts have neither."""
_THAT = re.compile(
    rf"{_SO_MUCH} (?P<who>[^,.;:!?\n]{{3,70}}?)"
    r"(?: (?:told|tells|said|says|reported|reports|explained|related|put it|tell|say)\b|[.\n])"
)
_SPOKE_OF = re.compile(
    r"(?:^|(?<=[,;] )|(?<=but )|(?<=and ))(?:[Tt]he )?(?P<who>(?:[^\W\d_][\w'’-]* ){1,6}?)(?:now |later |then )?"
    r"(?:spoke|speaks|speak) of (?:(?:at least|about|some|more than|up to) )?(?:\d[\d,.]*|[a-z]+) (?:\w+ )?"
    r"(?:dead|killed|deaths|victims|wounded|injured|hurt|missing|casualties|fatalities)\b"
)


def _bracketed(text: str, runs: Sequence[Span]) -> list[Answer]:
    """ "... 4 wounded. (police)", "... seven dead. [council chairman]": what its line tells. In a list that so names voices,
    whom no table knows is one too."""
    said = [m for run in runs for m in _BRACKETS.finditer(text, run.start, run.end)] if _CLOSED.search(text) else []
    sure = [m for m in said if m["head"].lower() in _voices()]
    told = said if len(sure) > 1 else sure
    return [Answer(Span(m.start(), m.start("who")), Mention(Span(*m.span("who")), MentionKind.GROUP)) for m in told]


def _behind(text: str, run: Span) -> list[Answer]:
    """ "... Source: ward head": what its line says before it, from the label before that."""
    found: list[Answer] = []
    for match in _BEHIND.finditer(text, run.start, run.end):
        line = max(text.rfind("\n", run.start, match.start()) + 1, run.start)
        start = max((a.who.span.end for a in found), default=line)
        who = match["who"].rstrip()
        if not _WEB.search(who) and len(who.split()) <= _LONGEST:
            span = Span(match.start("who"), match.start("who") + len(who))
            found.append(Answer(Span(max(line, start), match.start()), Mention(span, MentionKind.GROUP)))
    return found


_LONGEST = 6
"""A voice has so many words at most."""


def _before(text: str, run: Span) -> list[Answer]:
    """ "Medical sources in X: three people were killed": the sentence."""
    found: list[Answer] = []
    for sentence in sentences.split(text, run):
        match = _BEFORE.match(text, sentence.start, sentence.end)
        if match and match["head"].lower() in _voices():
            found.append(Answer(sentence, Mention(Span(*match.span("who")), MentionKind.GROUP)))
    return found


@lru_cache(maxsize=1)
def _voices() -> frozenset[str]:
    return lexicon().claimants - _NOT_BEFORE


_NOT_BEFORE = frozenset(("statement", "rebels", "militia", "militants", "unit", "group", "coalition", "faction"))
"""Before a colon these are rather of whom a line tells."""
