"""The days that a report's layout tells: a diary's headings, the first column of a log, the period of a digest.

"Friday, 4 April" on a line of its own dates what follows, up to the next such line; "2025-03-02 | Police killed ..." dates its
line. One such date is the page's own; two that differ are a list's. A digest's title says over which days it tells, and so
when an item was that says no day itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce

from crossbearing.model.text import Document, FurnitureKind, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.day import dates, when
from crossbearing.resolve.day.entries import Entry, entries
from crossbearing.words import times
from crossbearing.words.heads import NAME
from crossbearing.words.sentences import PROSE
from crossbearing.words.time_forms import Calendar, Range, TimeWords, Weekday

# What may stand beside the date of a heading: marks, a clock, and where it says its year also names: "[Harbour Wire, 4.3.2025]".
_CLOCK = r"\d{1,2}[:.h]\d\d(?:[ \t]*[ap]\.?m\b\.?)?|(?:GMT|UTC|local time)\b"
_BARE = re.compile(rf"(?:{_CLOCK}|[^\w\n])*\Z")
_NAMED = re.compile(rf"(?:{_CLOCK}|[^\w\n]|\b(?:[A-Z@]\w*|of|the|at|on|by|and)\b){{0,16}}\Z")
# A bullet, a bracket or a number of the log's before the date of its line, and what parts it from what the line tells.
_NUMBER = r"(?:[A-Z][\w.]{0,9} ){0,2}(?:No\. ?)?#?\d{1,6}(?:[/:.,]| [|–—-])[ \t]*"
_BULLET = re.compile(rf"(?:[^\w\n\"“‘']+|\d{{1,2}}[.)][ \t]+|{_NUMBER})?\Z")
# The number of an item, and its place, before its date: "3. Sumisip, 22 April. A platoon ..."
_NAMED_PLACE = rf"{NAME}(?: \([^()\n]{{2,60}}\))?"
_PLACED = re.compile(rf"[ \t]*(?:[-–—•*·▪]|\d{{1,2}}[.)])[ \t]*(?:{_NAMED_PLACE},[ \t]+){{1,2}}(?:[A-Z][a-z]+day,?[ \t]+)?\Z")
_FOUR = r"(?:,?[ \t]+[0-2]\d[0-5]\d(?:[ \t]?(?:hrs?|hours|h|z|gmt|utc))?\b)?"
_COLUMN = re.compile(rf"\)?{_FOUR}[ \t]*(?::|\||\.|[–—-])[ \t]+\S+[ \t]+\S", re.I)
_OF_PERIOD = re.compile(
    r"\b(?:periods?|covering|digest|round-?up|update|bulletin|report|review|weekly|monthly|log|list|brief|overview)\b", re.I
)
_OWN = (FurnitureKind.TITLE, FurnitureKind.DATELINE)
# A line with a date and so many characters more is a title, unless it says what the page's own date is.
_TITLE = 16
_LABEL = re.compile(r"\b(?:published|posted|updated|modified|issued|release|last)\b", re.I)
_LABELLED = re.compile(r"\. (?=[A-Z])")
_LONGEST = 31
_WEEK = 7
# A period stands among so many characters that open a report, in a line of so many words at the most.
_OPENING, _LINE = 300, 17
# A live blog's post begins with a clock time: "16:20 Shells hit ...", "4.30 pm: ...". From so many such lines on it is one.
_POST = re.compile(
    r"^[^\w\n]{0,4}(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[ \t]*[ap]\.?m\b\.?)?(?![:.]?\d)(?![ \t]*\d)|"
    r"(?:1[0-2]|0?\d)[ \t]*[ap]\.?m\b\.?|(?:[01]\d|2[0-3])[0-5]\d ?(?:h|hrs)\b)(?=[ \t\n:,|–—-])",
    re.M | re.I,
)
_CLOCK_ALONE = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[ \t]*(?:[ap]\.?m\b\.?|GMT|UTC))?", re.I)
_POSTS = 2
_NUMBERED = re.compile(r"^[^\w\n]{0,4}(\d{1,2})(?:[–-](\d{1,2}))?[./](\d{1,2})\.?[ \t]*(?:[:|–—-][ \t]*)?(?=[^\W\d])", re.M)
_TITLED = re.compile(r"\w[^\n]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A date, the stretch of text that it dates, and its days."""

    words: TimeWords
    scope: Span
    days: Interval


@dataclass(frozen=True)
class Layout:
    """What the layout of one report tells of its days."""

    document: Document
    said: Sequence[TimeWords]
    published: Interval

    def interval(self, words: TimeWords) -> Interval | None:
        """The days of a date that stands in no sentence."""
        return when.interval(self.settled(words), self.published)

    def settled(self, words: TimeWords) -> TimeWords:
        """A date without its year, on a page without a date, of the year that the opening says; of "7/5/2024" the reading that
        lies near the opening's days."""
        form, days = words.form, self.year if not self.published.days else None
        if isinstance(form, Calendar) and form.weekday is not None and form.year and self._is_hour(words):
            return replace(words, form=replace(form, year=None))
        if not isinstance(form, Calendar) or days is None:
            return words
        if form.year is None and not form.which:
            return replace(words, form=dates.in_year_of(form, days))
        readings = [replace(form, other=None), form.other] if form.other else []
        near = [one for one in readings if (at := when.interval(replace(words, form=one), days)) and days.gap(at) <= _LONGEST]
        return replace(words, form=near[0]) if len(near) == 1 else words

    def _is_hour(self, words: TimeWords) -> bool:
        """Whether the year of a log's date is an hour: "THU 19 FEB 1945 - ", where no such day of that year is a Thursday."""
        form, at = words.form, when.interval(words, self.published, "none")
        weekday = form.weekday if isinstance(form, Calendar) else None
        wrong = at is not None and at.earliest is not None and at.earliest.weekday() != weekday
        return wrong and self.document.quote(words.span)[-4:].isdigit() and is_column(self.document.text, words)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The dates under which a report tells its items, in order; none where there is one date only.

        Weekdays run on: "Monday" above "Tuesday" is the one before it, though the page be of a Monday.
        """
        found: list[Heading] = []
        for words, scope in reversed(list(self._scopes())):
            post = "\n" in scope.of(self.document.text).strip()
            days = self.interval(replace(words, clock=None) if post else words)  # the clock of a post is no deed's
            after = found[0].days.earliest if found else None
            if days and after and isinstance(words.form, Weekday) and days.earliest and days.earliest > after:
                days = days.shifted(-7)
            found[:0] = [Heading(words, scope, days)] if days and days.days else []
        return tuple(found)

    def _scopes(self) -> Iterator[tuple[TimeWords, Span]]:
        """The dates that head a list, and what each dates."""
        text, runs = self.document.text, self.document.article()
        end = runs[-1].end if runs else len(text)
        aside = [f.span for f in self.document.furniture if f.kind not in _OWN]  # other pages' dates, and comments'
        aside += [words.span for words in self.numbered]  # "05-06/10" is no month of 2010
        inside = (words for words in self.said if not any(span.meets(words.span) for span in aside))
        found = [(words, column) for words in inside if (column := _heads(text, words)) is not None]
        found = sorted(found + [(words, True) for words in self.numbered], key=lambda one: one[0].span)
        if len({_day(words) for words, _ in found}) < 2:
            return
        starts = [words.span.start for words, _ in found[1:]] + [max(end, found[-1][0].span.end)]
        for (words, column), start in zip(found, starts, strict=True):
            scope = Span(words.span.end, _line(text, words.span).end if column else start)
            if scope.of(text).strip():
                yield words, scope

    @cached_property
    def numbered(self) -> tuple[TimeWords, ...]:
        """The days and months in numbers that head a digest's lines, all of its period: "29.04. A drone hit a bus"."""
        text, days = self.document.text, self.period[1] if self.period else None
        found = [match for run in self.document.article() for match in _NUMBERED.finditer(text, run.start, run.end)]
        if days is None or len(found) < _POSTS:
            return ()
        for day, month in ((1, 3), (3, 1)):
            if all(1 <= int(match[month]) <= 12 for match in found):
                spans = [Span(match.start(1), match.end(3)) for match in found]
                forms = [_numbered(int(match[day]), int(match[2] or match[day]), int(match[month])) for match in found]
                told = tuple(map(TimeWords, spans, forms))
                if all((at := self.interval(words)) and days.meets(at) for words in told):
                    return told
        return ()

    def above(self, span: Span) -> Heading | None:
        """The date under which a report tells what stands there."""
        return next((heading for heading in self.headings if heading.scope.meets(span)), None)

    @cached_property
    def posts(self) -> tuple[Span, ...]:
        """The posts of a live blog, each from its clock time to the next."""
        text, runs = self.document.text, self.document.article()
        if not runs or self.numbered:
            return ()
        clocks = [f.span for f in self.document.furniture if f.kind is FurnitureKind.DATELINE]  # "15:05" on a line of its own
        first = min([runs[0].start, *(span.start for span in clocks if span.end == runs[0].start)])
        found = [match.start() for match in _POST.finditer(text, first, runs[-1].end)]
        alone = (span.start for span in clocks if _CLOCK_ALONE.fullmatch(span.of(text).strip()))
        starts = sorted({*alone, *(at for at in found if any(span.start <= at < span.end for span in (*runs, *clocks)))})
        ends = [*starts[1:], runs[-1].end] if starts else []
        return tuple(map(Span, starts, ends)) if len(starts) >= _POSTS else ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of a list."""
        return () if self.posts else entries(self.document)

    def post(self, span: Span) -> int | None:
        """Which of the posts, or of a list's entries, holds what stands there; None outside them, and where there are none."""
        told = self.posts or tuple(entry.span for entry in self.entries)
        return next((n for n, post in enumerate(told) if post.holds(span)), None)

    def post_title(self, span: Span) -> Span | None:
        """The title of the post that holds what stands there: what is beside its clock time, else the next line; of an entry,
        the names that head it."""
        number = self.post(span)
        if number is None or self.entries:
            return self.entries[number].head if number is not None else None
        post = self.posts[number]
        clock = _POST.match(self.document.text, post.start, post.end)
        words = _TITLED.search(self.document.text, clock.end() if clock else post.start, post.end)
        return Span(*words.span()) if words else None

    @cached_property
    def opening(self) -> tuple[TimeWords, ...]:
        """The times in the lines with which a report opens and which are no sentences: its title, "As of 18 August 2025"."""
        text, runs = self.document.text, self.document.article()
        first = runs[0].start if runs else 0
        start = 0 if first < _OPENING else first  # a title may be taken for a dateline, or a menu's
        end = _line(text, Span(start, min(first + _OPENING, len(text)))).end
        near = times.find(text, start, end, loose=True)  # "Year in review 2024"
        return tuple(words for words in near if _is_head(text, words))

    @cached_property
    def year(self) -> Interval | None:
        """The days of some one year that the opening says: of a list without a date, its year."""
        ends = (words.form.last if isinstance(words.form, Range) else words.form for words in self.opening)
        whole = (TimeWords(Span(0, 0), form) for form in ends if isinstance(form, Calendar) and form.year and not form.other)
        found = [days for words in whole if (days := when.interval(words, self.published))]
        days = reduce(Interval.hull, found) if found else None
        return days if days and days.days and days.days <= 366 else None

    @cached_property
    def period(self) -> tuple[TimeWords, Interval] | None:
        """Over which days a digest tells, by its opening: from one to another, or a month; else the day of its title, where that
        lies before the page's: "Situation in the districts over the past day, 4 March"."""
        lines = [(words, _line(self.document.text, words.span).of(self.document.text)) for words in self.opening]
        told = [words for words, line in lines if _is_period(words, f"{self._above(words)}\n{line}")]
        days = [words for words, line in lines if _titles(words, line) and self._before_page(words)]
        worked_out = ((words, self.interval(words)) for words in told + days)
        return next(((w, at) for w, at in worked_out if at and at.days and at.days <= _LONGEST), None)

    def _above(self, words: TimeWords) -> str:
        """The line above the one in which words stand: "Monthly conflict report", and below it "April 2026"."""
        text, start = self.document.text, _line(self.document.text, words.span).start
        return text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]

    def week(self, words: TimeWords) -> Interval | None:
        """The last day of a digest's week, from which its weekdays look back."""
        form, days = words.form, self.period[1] if self.period else None
        bare = isinstance(form, Weekday) and not form.which and form.week is None
        return Interval.day(days.latest) if bare and days and days.latest and 1 < (days.days or 0) <= _WEEK else None

    @cached_property
    def is_blog(self) -> bool:
        """Whether posts of one day follow each other, each headed by its hour: "18:05 - Glide bombs on Sloviansk"."""
        return self.published.days == 1 and bool(self.posts)

    def _before_page(self, words: TimeWords) -> bool:
        found, page = self.interval(words), self.published.earliest
        return bool(found and found.latest and page and found.latest < page)


def _numbered(day: int, until: int, month: int) -> Calendar | Range:
    """A day and month in numbers, or two days of one: "14-15/09"."""
    first, last = Calendar(month=month, day=day), Calendar(month=month, day=until)
    return first if day == until else Range(first, last)


def _is_head(text: str, words: TimeWords) -> bool:
    """Whether a time stands in a line that is no sentence, or in a label that opens it: "Weekly table, 3-9 May. Sources: X"."""
    line = _line(text, words.span)
    label = _LABELLED.search(text, words.span.end, line.end)
    head = text[line.start : label.start() if label else line.end].rstrip()
    alone = label is None or not PROSE.search(head)
    return alone and len(head.split()) <= _LINE and head[-1] not in ".!?"


def _is_period(words: TimeWords, line: str) -> bool:
    """Whether a line says from when to when a digest tells, or of which month."""
    form = words.form
    month = isinstance(form, Calendar) and None not in (form.month, form.year) and form.day is None and not words.bound
    return isinstance(form, Range) or (month and _OF_PERIOD.search(line) is not None)


def _titles(words: TimeWords, line: str) -> bool:
    """Whether a day stands in a title, beside what that is of."""
    form = words.form
    named = isinstance(form, Calendar) and form.day and form.month and not words.bound and not _LABEL.search(line)
    return bool(named) and len(line) - len(words.span) >= _TITLE


def _day(words: TimeWords) -> tuple[int | None, int | None]:
    form = words.form
    return (form.month, form.day) if isinstance(form, Calendar) else (None, getattr(form, "day", None))


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
    mark = _COLUMN.match(behind) or (whole and re.match(r"[,;]?[ \t]+[A-Z]", behind))
    return (_BULLET.match(before) is not None or _PLACED.match(before) is not None) and bool(mark)


def _line(text: str, span: Span) -> Span:
    """The line in which a span begins."""
    stop = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if stop < 0 else stop)
