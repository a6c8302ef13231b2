"""Interviews: whose words the answers are.

A page that alternates questions and answers, the answers told in the first person, is an interview: what they tell is told by
whom the page presents before the first question, or by the name before each answer. Answers in nobody's person are the page's
own: "What happened?" in an explainer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Document, Span

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LABEL = re.compile(r"(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})\s*:\s+(?=\S)")
_QUESTION = re.compile(r"[^\n“\"]{0,240}\?\s*$")
_QUESTIONS = frozenset(("Q", "Question"))
_ANSWERS = frozenset(("A", "Answer"))
_OWN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|me|us|[Oo]ur)\b(?![^“”\"\n]*”)")
# "Kidane (not his real name) was 31", "W., a teacher of 34, survived": a sentence that presents somebody. A second one that
# speaks of the same as "he" or "she" tells that it is one person.
_PRESENTED = re.compile(
    r"(?:^|[.!?]\s+)(?P<who>[A-Z](?:\.|[\w’'-]+)(?: [A-Z][\w’'-]+){0,2})(?:,| \(| (?:was|is|has|had|lives|lived|survived|fled)\b)"
    r"(?=[^\n]*\b(?:[Hh]is|[Hh]er|[Hh]e|[Ss]he)\b)"
)
_LEAST = 3
"""So many questions, and so many answers in the first person but one, make an interview."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question, and who answers."""

    span: Span
    who: Mention


def answers(document: Document) -> tuple[Answer, ...]:
    """The answers of an interview, in order; none where the page is none, or does not say who answers."""
    text = document.text
    lines = [Span(*m.span()) for run in document.article() for m in _LINE.finditer(text, run.start, run.end)]
    asked = [k for k, line in enumerate(lines) if _asks(line.of(text))]
    if len(asked) < _LEAST:
        return ()
    # What follows the last answer may be the page's own again: one line of it is sure.
    told = [lines[a + 1 : b] for a, b in pairwise([*asked, asked[-1] + 2])]
    told = [answer for answer in told if answer]
    if sum(any(_OWN.search(line.of(text)) for line in answer) for answer in told) < _LEAST - 1:
        return ()
    presented = _presented(text, lines[: asked[0]])
    found = [(Span(answer[0].start, answer[-1].end), _labelled(text, answer[0]) or presented) for answer in told]
    return tuple(Answer(span, who) for span, who in found if who is not None)


def _asks(line: str) -> bool:
    label = _LABEL.match(line)
    if label is None or label["who"] in _ANSWERS:
        return label is None and _QUESTION.match(line) is not None
    return label["who"] in _QUESTIONS or _QUESTION.match(line, label.end()) is not None


def _labelled(text: str, line: Span) -> Mention | None:
    """The name before an answer."""
    label = _LABEL.match(text, line.start, line.end)
    if label is None or label["who"] in _ANSWERS:
        return None
    return Mention(Span(*label.span("who")), MentionKind.PERSON)


def _presented(text: str, lines: list[Span]) -> Mention | None:
    """Whom the lines before the first question present."""
    for line in lines:
        words = line.of(text)
        if words.rstrip().endswith((".", "!", "”", '"')) and (one := _PRESENTED.search(words)):
            return Mention(Span(line.start + one.start("who"), line.start + one.end("who")), MentionKind.PERSON)
    return None
