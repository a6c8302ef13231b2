"""What stands around words for a time: whether they look ahead, tell history, or count from something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from crossbearing.model.text import Span
from crossbearing.words.time_forms import Calendar, Shift, TimeWords, Unit, Weekday

Tense = Literal["past", "future", "none"]


_AHEAD_WORDS = (
    r"will|won['’]t|would|shall|['’]ll|must|should|can|cannot|could|might|due|scheduled|slated|planned|plans?|expected|expects?|"
    r"set|going|upcoming|hopes?|hoped|agreed|vowed|deadline|postponed|extended|delayed|"
    r"to (?:be|begin|start|meet|hold|return|leave|go|visit|take)"
)
_VERB = re.compile(
    rf"\b(?:(?P<ahead>{_AHEAD_WORDS})|was|were|had|has|have|is|are|did|said|says|told|began|came|went|took|left|[a-z]{{3,}}ed)\b"
)
_SENTENCE_END = re.compile(r"(?<![A-Z])[.?!;]\s|\n")


def tense_of(text: str, span: Span) -> Tense:
    """Whether the words around a time expression tell of it as behind or ahead, by the nearest verb, first before it.

    A heuristic of few words. `none` where it sees no verb in the sentence.
    """
    if text[span.end : span.end + 2] in ("'s", "’s"):
        return "past"
    start = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, span.start - 90), span.start)), default=span.start - 90)
    verbs = list(_VERB.finditer(text, max(start, 0), span.start))
    if verbs:
        return "future" if verbs[-1]["ahead"] else "past"
    end = _SENTENCE_END.search(text, span.end, span.end + 60)
    after = _VERB.search(text, span.end, end.start() if end else span.end + 60)
    return "none" if after is None else "future" if after["ahead"] else "past"


def is_history(found: Iterable[TimeWords], page: date) -> bool:
    """Whether a text is a history, and no news of the day: its dates that say their year lie long before the page, or after it,
    where a page was begun long before it was finished.

    In a history a date without its year is of the story's year; in news it is of the page's. Weekdays are news, and so is a
    text whose opening tells of "today" or "yesterday".
    """
    told = list(found)
    forms = [w.form for w in told]
    said = [f.year for f in forms if isinstance(f, Calendar) and f.year and f.part not in ("decade", "century")]
    old = sum(abs(year - page.year) > 1 for year in said)
    if any(w.span.start < _OPENING and w.form in _OF_THE_PAGE for w in told):
        return False
    return len(said) >= 5 and 2 * old > len(said) and old > 3 * sum(isinstance(f, Weekday) for f in forms)


# The characters of a text in which news says of which day it is.
_OPENING = 300
_OF_THE_PAGE = (Shift(Unit.DAY, 0, 0), Shift(Unit.DAY, -1, -1))


def is_nowadays(words: TimeWords, history: bool) -> bool:
    """Whether "today" means these times, and not the day of the page: so it does in a history, which is of no day."""
    return history and words.form == Shift(Unit.DAY, 0, 0) and words.clock is None


_EVENT_BEHIND = re.compile(r"(?:before|after)\Z", re.I)
# "The week before that" counts from the story.
_NAMED_BEHIND = re.compile(r"\s+(?!(?:that|this)[^\w\s])[\w“\"]", re.I)


def counts_from_event(text: str, words: TimeWords) -> bool:
    """Whether words count from what is named behind them, and not from the page or the story: "two days after the vote"."""
    if getattr(words.form, "origin", "") != "story" or not _EVENT_BEHIND.search(words.span.of(text)):
        return False
    return _NAMED_BEHIND.match(text, words.span.end) is not None
