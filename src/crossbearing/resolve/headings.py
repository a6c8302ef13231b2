"""The days that a report's layout tells: a diary's headings, the first column of a log, the period of a digest.

"Friday, 4 April" on a line of its own dates what follows, up to the next such line; "2025-03-02 | Police killed ..." dates its
line. One such date is the page's own; two that differ are a list's. A digest's title says over which days it tells, and so
when an item was that says no day itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crossbearing.model.text import Document, Span
from crossbearing.words import times
from crossbearing.words.times import Calendar, Range, TimeWords, Weekday

# What may stand beside the date of a heading: marks, a clock, and where it says its year also names: "[Harbour Wire, 4.3.2025]".
_CLOCK = r"\d{1,2}[:.h]\d\d(?:[ \t]*[ap]\.?m\b\.?)?|(?:GMT|UTC|local time)\b"
_BARE = re.compile(rf"(?:{_CLOCK}|[^\w\n])*\Z")
_NAMED = re.compile(rf"(?:{_CLOCK}|[^\w\n]|\b(?:[A-Z@]\w*|of|the|at|on|by|and)\b){{0,16}}\Z")
# A bullet or a bracket before the date of a log's line, and what parts it from what the line tells.
_BULLET = re.compile(r"(?:[^\w\n\"“‘']+|\d{1,2}[.)][ \t]+)?\Z")
_COLUMN = re.compile(r"\)?[ \t]*(?::|\||\.|[–—-])[ \t]+\S+[ \t]+\S")
_OF_PERIOD = re.compile(
    r"\b(?:periods?|covering|digest|round-?up|update|bulletin|report|review|weekly|monthly|log|brief|overview)\b", re.I
)
# A line with a date and so many words more is a title, unless it says what the page's own date is.
_TITLE = 3
_LABEL = re.compile(r"\b(?:published|posted|updated|modified|issued|release|last)\b", re.I)
# A period stands among so many characters that open a report, in a line of so many words at the most.
_OPENING, _LINE = 300, 17


@dataclass(frozen=True, slots=True)
class Heading:
    """A date, and the stretch of text that it dates."""

    words: TimeWords
    scope: Span


def headings(document: Document, said: Sequence[TimeWords]) -> tuple[Heading, ...]:
    """The dates under which a report tells its items, in order; none where there is one date only."""
    text, runs = document.text, document.article()
    end = runs[-1].end if runs else len(text)
    found = [(words, column) for words in said if (column := _heads(text, words)) is not None]
    if len({_day(words) for words, _ in found}) < 2:
        return ()
    starts = [words.span.start for words, _ in found[1:]] + [max(end, found[-1][0].span.end)]
    made = (
        Heading(words, Span(words.span.end, _line(text, words.span).end if column else start))
        for (words, column), start in zip(found, starts, strict=True)
    )
    return tuple(heading for heading in made if heading.scope.of(text).strip())


def _day(words: TimeWords) -> tuple[int | None, int | None]:
    form = words.form
    return (form.month, form.day) if isinstance(form, Calendar) else (None, getattr(form, "day", None))


def opening(document: Document) -> tuple[TimeWords, ...]:
    """The times that the lines say with which a report opens and which are no sentences: its title, "As of 18 August 2025"."""
    text, runs = document.text, document.article()
    first = runs[0].start if runs else 0
    start = 0 if first < _OPENING else first  # a title may be taken for a dateline, or a menu's
    end = _line(text, Span(start, min(first + _OPENING, len(text)))).end
    near = times.find(text, start, end, loose=True)  # "Year in review 2024"
    lines = ((words, _line(text, words.span).of(text).rstrip()) for words in near)
    return tuple(words for words, line in lines if len(line.split()) <= _LINE and line[-1] not in ".!?")


def period(document: Document) -> TimeWords | None:
    """The days, or the month, over which a digest says in its opening lines that it tells."""
    for words in opening(document):
        if isinstance(words.form, Range):
            return words
        if _is_month(words) and _OF_PERIOD.search(_line(document.text, words.span).of(document.text)):
            return words
    return None


def day_in_title(document: Document) -> TimeWords | None:
    """The day that a title names beside what it is of: "Situation in the districts over the past day, 4 March"."""
    for words in opening(document):
        form, line = words.form, _line(document.text, words.span).of(document.text)
        named = isinstance(form, Calendar) and form.day and form.month and not words.bound
        if named and len(line.split()) - len(words.span.of(document.text).split()) >= _TITLE and not _LABEL.search(line):
            return words
    return None


def _is_month(words: TimeWords) -> bool:
    form = words.form
    return isinstance(form, Calendar) and None not in (form.month, form.year) and form.day is None and not words.bound


def _heads(text: str, words: TimeWords) -> bool | None:
    """Whether a date heads a line as its first column; False where it is a heading of its own, None where it is neither."""
    form, line = words.form, _line(text, words.span)
    if words.bound or not (isinstance(form, Weekday) or (isinstance(form, Calendar) and form.day and form.month)):
        return None
    whole = isinstance(form, Calendar) and form.year and words.clock
    if is_column(text, words, bool(whole)):
        return True
    before, behind = text[line.start : words.span.start], text[words.span.end : line.end]
    beside = _NAMED if isinstance(form, Calendar) and form.year else _BARE
    return False if beside.match(before) and beside.match(behind) else None


def is_column(text: str, words: TimeWords, whole: bool = False) -> bool:
    """Whether a time stands first in its line, with a mark between it and what the line tells: of a blog's post "13:11 - ". One
    that is `whole`, with year and clock, needs no mark."""
    line = _line(text, words.span)
    before, behind = text[line.start : words.span.start], text[words.span.end : line.end]
    mark = _COLUMN.match(behind) or (whole and re.match(r"[ \t]+[A-Z]", behind))
    return _BULLET.match(before) is not None and bool(mark)


def _line(text: str, span: Span) -> Span:
    """The line in which a span begins."""
    stop = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if stop < 0 else stop)
