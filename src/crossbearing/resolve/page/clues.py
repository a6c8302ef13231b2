"""What a page shows of its own date, and what its text says by weekdays and dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from crossbearing.model.text import DateKind, Document, Shown, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.day import when
from crossbearing.resolve.page.counts import begins
from crossbearing.resolve.page.evidence import (
    DATELINE_LAGS,
    EVERY,
    FIRST,
    LATER_WEEKDAY_LAGS,
    NEWS_LAGS,
    Days,
    Piece,
    inside,
    merged,
    missed,
    moved,
    padded,
)
from crossbearing.words import times
from crossbearing.words.time_forms import Bound, Calendar, Range, Shift, TimeWords, Weekday

# ---------------------------------------------------------------- what the page shows of itself


def shown(document: Document, kind: DateKind) -> Iterator[Piece]:
    """The dates of one kind that the page shows of itself."""
    for shown_date in document.metadata.dates:
        if shown_date.kind is not kind:
            continue
        shown = shown_date.shown
        if kind is DateKind.AGE:
            yield _age(document, shown)
            continue
        days_shown = _iso(shown.value)
        if days_shown is None:
            continue
        yield _shown_piece(kind, shown, days_shown)


# How many dates of which the page does not say what they are the date of are another's. A judgement.
_OF_SOMETHING = 0.45


def _shown_piece(kind: DateKind, shown: Shown, at: Interval) -> Piece:
    where = f"({shown.where})"
    match kind:
        case DateKind.PUBLISHED:
            # One in fifteen is wrong: the crawl's, or that of a post of an old story. Then the page is older, mostly by months. A
            # judgement, within what leaves the doubts of rightly dated development pages as rare as with one in twenty.
            tiers = (((at,), 1.0), ((padded(at, 1, 1),), 0.01), ((padded(at, 400, 0),), 1.2e-4), ((padded(at, 1100, 0),), 2.7e-5))
            return Piece((shown,), f"the page shows {at} as its date {where}", ((at,),), tiers=tiers, miss=1e-6, shown=True)
        case DateKind.URL:
            said = f"its address bears {at} {where}"
            return Piece((shown,), said, ((at,), (padded(at, 1, 1),)), chances=(1.0, 0.1), miss=3e-6, shown=True)
        case DateKind.UPDATED:
            # Most pages are changed on the day they are put up; a week holds nearly all.
            options: tuple[Days, ...] = ((padded(at, 7, 0),), (Interval(None, at.latest),))
            return Piece((shown,), f"the page was last changed on {at} {where}", options, chances=(1.0, 2e-4), miss=2e-5)
        case DateKind.COPYRIGHT:
            return Piece((shown,), f"its footer shows the year of {at} {where}", ((Interval(None, at.latest),),), False, miss=0.1)
        case _:
            options, miss = ((at,), (padded(at, 1, 1),)), missed((at,), _OF_SOMETHING)
            return Piece((shown,), f"the page shows the date {at} {where}", options, False, chances=(1.0, 0.1), miss=miss)


def _age(document: Document, shown: Shown) -> Piece:
    """ "4 months ago", which counts from the capture."""
    words = times.parse(shown.value)
    if document.captured is None or words is None:
        return Piece((shown,), f"the page shows its age as '{shown.value}', counted from an unknown moment of capture", ())
    at = when.interval(words, Interval.day(document.captured.date()))
    says = f"the page shows its age as '{shown.value}', captured on {document.captured.date()}"
    return Piece((shown,), says, ((at,),) if at else (), miss=1e-4)


def captured(document: Document) -> Iterator[Piece]:
    if document.captured is not None:
        day = document.captured.date()
        # A day's grace for time zones.
        shown = Shown(document.captured.isoformat(), "capture", document.captured.isoformat())
        yield Piece((shown,), f"captured on {day}", ((Interval(None, moved(day, 1)),),), miss=1e-9)


def _iso(value: str) -> Interval | None:
    """The days of an ISO 8601 date that is whole or only a month or year; None where it is none."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value)
    if match is None:
        return None
    year, month, day = (int(n) if n else None for n in match.groups())
    if not year or not 1900 <= year < 2200 or (month is not None and not 1 <= month <= 12):
        return None
    try:
        if day and month:
            return Interval.day(date(year, month, day))
        first = date(year, month or 1, 1)
        last = date(year, month, 28) + timedelta(days=4) if month else date(year + 1, 1, 1)
        return Interval(first, last.replace(day=1) - timedelta(days=1))
    except ValueError:
        return None


# ---------------------------------------------------------------- dates in the text


# Where a dateline can stand: before this many characters of the article.
_DATELINE = 160


def dateline(document: Document, said: list[TimeWords]) -> Iterator[Piece]:
    """A whole date on a line of its own in the page's head, or a dateline before the text: "WASHINGTON, Nov 22 (X) --"."""
    runs = document.article()
    start = runs[0].start if runs else 0
    for words in said:
        form = words.form
        if not isinstance(form, Calendar) or form.day is None or form.month is None or words.bound:
            continue
        alone = _is_alone(document.text, words.span)
        headed = words.span.start - start < _DATELINE and re.match(
            r"\)?\s*\(?[\w .:/-]{0,30}\)?\s*(?:--|[–—-]) ?", document.text[words.span.end : words.span.end + 40]
        )
        stamp = words.span.start - start < _OPENING and form.year is not None and times.is_stamp(document.text, words)
        borne = (
            stamp
            or _of_edition(document.text, words)
            or (headed is not None and document.text[start : words.span.start].isupper())
            or _place_line(document, words, start)
        )
        if not alone and not borne:
            continue
        if alone and words.span.start > start + 600:
            continue
        quote = words.span.of(document.text)
        if form.year:
            if plain := _readings(words):
                says, options = f"its dateline bears '{quote}'", (plain, merged(padded(one, 1, 2) for one in plain))
                yield Piece((words.span,), says, options, firm=False, miss=1e-5, borne=borne)
        else:
            says, by_date = f"its dateline bears '{quote}'", (form.month, form.day, 2)
            yield Piece((words.span,), says, (), firm=False, by_date=by_date, on=form.weekday, lags=DATELINE_LAGS)


def _readings(words: TimeWords) -> Days:
    """The day of a whole date; of "03/04/2022" both."""
    form = words.form
    assert isinstance(form, Calendar)
    forms = (one for one in (replace(form, other=None), form.other) if one)
    readings = (when.interval(TimeWords(words.span, one), EVERY, "none") for one in forms)
    return merged(Interval(at.earliest, at.latest) for at in readings if at)


_PLACE_LINE = re.compile(r"^\(?[A-Z][\w’'.-]+(?:[ ,/]+[\w’'.()-]+){0,6},? *\(?$")


def _place_line(document: Document, words: TimeWords, start: int) -> bool:
    """Whether only a place stands before the date and a dash behind it: "KHARTOUM, April 16, 2023 (Outlet) –"."""
    line_start = document.text.rfind("\n", 0, words.span.start) + 1
    if words.span.start - line_start > _DATELINE:
        return False
    before = document.text[line_start : words.span.start].strip()
    behind = document.text[words.span.end : words.span.end + 40]
    return (
        line_start - start < 400
        and (not before or bool(_PLACE_LINE.match(before)))
        and bool(re.match(r"\)?,? ?(?:\([^)\n]{1,30}\))? ?(?:--|–|—|-) ", behind))
    )


# Beside a date on its own line may stand so many characters: its weekday, a clock, a label.
_BESIDE = 24


_EDITION = re.compile(r"\s*(?:\n|$|[|·•–—:(-]|, (?:[a-z]+ )?by [A-Z])")


def _of_edition(text: str, words: TimeWords) -> bool:
    """Whether a line of the text's head ends in a whole date with its weekday, or has a mark behind it: "LIVE: X, Monday 2 June -
    as it happens", "Noon bulletin, Tuesday 4 May 2021 (translated)"."""
    form = words.form
    if not (isinstance(form, Calendar) and form.year and form.weekday is not None):
        return False
    above = text[: words.span.start].strip()
    return len(above) < _DATELINE and above.count("\n") < 2 and _EDITION.match(text, words.span.end) is not None


_CELL = re.compile(r"[\n|·•]")


def _is_alone(text: str, span: Span) -> bool:
    """Whether a line, or a part of it between bars, holds the date, and little beside it that is no sentence."""
    start = max(0, span.start - 2 * _BESIDE)
    stop = min(len(text), span.end + 2 * _BESIDE)
    before, behind = _CELL.split(text[start : span.start]), _CELL.split(text[span.end : stop])
    if (start and len(before) == 1) or (stop < len(text) and len(behind) == 1):
        return False  # a longer line
    beside = f"{before[-1].lstrip()}{behind[0].rstrip()}"
    return len(beside) <= _BESIDE and not re.search(r"[a-z]{3,} [a-z]{3,}", beside)


_AHEAD = re.compile(
    r"\b(?:will|would|due|scheduled|planned|expected|until|by|expires?|deadline|upcoming|set to|later than)\b", re.I
)


def latest_dates(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """The latest date with its year that the article tells as past: the page is not older."""
    latest: tuple[date, TimeWords, date] | None = None
    for words in said:
        form = words.form
        ends = (form.last, form.first) if isinstance(form, Range) else (form,)
        dated = next((end for end in ends if isinstance(end, Calendar) and end.year), None)
        if dated is None or words.bound is Bound.UNTIL or not inside(words.span, article):
            continue
        at = when.interval(TimeWords(words.span, dated), EVERY, "none")
        if at is None or at.earliest is None or _AHEAD.search(document.text[max(0, words.span.start - 60) : words.span.start]):
            continue
        if latest is None or at.earliest > latest[0]:
            latest = (at.earliest, words, at.latest or at.earliest)
    if latest is None:
        return
    earliest, words, last = latest
    quote, day = words.span.of(document.text), earliest == last
    # A page that names the year of a day tells of it soon after, or long after: it only gives the lower end.
    says = f"it speaks of '{quote}' as past" if day else f"it speaks of '{quote}'"
    later = (Interval(moved(earliest, -1 if day else 0), None),)
    lead, opening = _head_end(document, article), _head_end(document, article, _OPENING)
    if not day or words.bound or earliest < FIRST:
        yield Piece((words.span,), says, (later,), firm=False)
    elif words.span.start < lead and not _tells_otherwise(said, article, opening, earliest.weekday()):
        yield Piece((words.span,), says, (later,), firm=False)
        soon = Interval(earliest, moved(earliest, 3))
        says = f"its opening tells of '{quote}', as news of the day or the days before"
        yield Piece((words.span,), says, ((soon,),), firm=False, miss=7e-5)
    else:
        tiers = tuple(
            ((Interval(moved(earliest, first), None if n is None else moved(earliest, n)),), chance)
            for first, n, chance in _WHOLE_LAGS
        )
        yield Piece((words.span,), says, (later,), firm=False, tiers=tiers, miss=5e-6)


# How a page follows the latest whole date of its text: of 64 pages 37 were of that day or the next (captions, posts, notes of a
# change), 4 of the two weeks after, 11 of half a year, 6 of four years, 3 of later, 3 of before.
_WHOLE_LAGS = ((0, 1, 0.29), (-2, 14, 0.005), (-2, 180, 0.001), (-2, 1500, 7e-5), (-2, None, 1e-5))


def _tells_otherwise(said: list[TimeWords], article: tuple[Span, ...], head: int, own: int | None = None) -> bool:
    """Whether the opening tells its news by a weekday or "today", so that a date in it is of something else; its own weekday is
    the same day told again."""
    return any(
        w.span.start < head and w.has_day and not w.bound and inside(w.span, article) and isinstance(w.form, Weekday | Shift)
        and not (isinstance(w.form, Weekday) and w.form.day == own)
        for w in said
    )  # fmt: skip


# The news stands in the first two sentences or so; its weekday sometimes only with the statement that tells it.
_LEAD, _OPENING = 300, 900


def _head_end(document: Document, article: tuple[Span, ...], left: int = _LEAD) -> int:
    """Where the article's first so many characters end in the document."""
    for run in article:
        if len(run) >= left:
            return run.start + left
        left -= len(run)
    return len(document.text)


def lead_day(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """A day and month without a year that the opening tells as news; with its weekday, only some years fit."""
    head = _head_end(document, article)
    dated = [
        w
        for w in said
        if isinstance(w.form, Calendar)
        and w.form.day
        and w.form.month
        and not w.form.year
        and not w.bound
        and inside(w.span, article)
    ]
    # Of several days the latest in the year's course is the news; the others lead up to it.
    opening = [
        w for w in dated if w.span.start < head and not _AHEAD.search(document.text[max(0, w.span.start - 60) : w.span.start])
    ]
    weekday = any(isinstance(w.form, Calendar) and w.form.weekday is not None for w in opening)
    if not opening or (not weekday and _tells_otherwise(said, article, _head_end(document, article, _OPENING))):
        return
    words = _latest(opening)
    if words is None:
        return
    form = words.form
    assert isinstance(form, Calendar)
    says, by_date = f"its opening tells of '{words.span.of(document.text)}' as news", (form.month or 1, form.day or 1, 4)
    yield Piece((words.span,), says, (), firm=False, by_date=by_date, on=form.weekday, lags=NEWS_LAGS)


# A year's course in days of its calendar, months of 31; days that leave no gap of half of it are told of the whole year.
_YEAR, _HALF = 372, 186


def _latest(among: list[TimeWords]) -> TimeWords | None:
    """Of days without a year the last, which the longest gap of the year's round follows; None where they fill the year."""
    placed = sorted(((w.form.month or 1) * 31 + (w.form.day or 1), w.span, w) for w in among if isinstance(w.form, Calendar))
    gaps = [(after[0] - here[0]) % _YEAR or _YEAR for here, after in zip(placed, placed[1:] + placed[:1], strict=True)]
    gap, at = max((gap, at) for at, gap in enumerate(gaps))
    return placed[at][2] if gap >= _HALF else None


def weekdays(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """The first weekday without a date: the page is of that day or soon after; one behind the opening says less."""
    head = _head_end(document, article, _OPENING)
    for words in said:
        form = words.form
        if not isinstance(form, Weekday) or words.bound or not inside(words.span, article):
            continue
        if form.which or form.week is not None or _AHEAD.search(document.text[max(0, words.span.start - 60) : words.span.start]):
            continue
        quote = words.span.of(document.text)
        if words.span.start < head:
            yield Piece(
                (words.span,), f"it tells of '{quote}' as news: written on that day or soon after", (), False, (form.day, 5)
            )
        else:
            by = (form.day, 6)
            yield Piece((words.span,), f"it tells of '{quote}'", (), False, by, lags=LATER_WEEKDAY_LAGS, only_weighs=True)
        return


def without_year(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """The first date without its year behind the opening: most such days are of the weeks before."""
    head = _head_end(document, article)
    for words in said:
        form = words.form
        if (
            isinstance(form, Calendar) and form.month and form.day and not form.year and not words.bound and not form.which
            and words.span.start >= head and inside(words.span, article) and not begins(document.text, form.month, form.day)
            and not _AHEAD.search(document.text[max(0, words.span.start - 60) : words.span.start])
        ):  # fmt: skip
            says = f"it tells of '{words.span.of(document.text)}' without a year"
            by_date = (form.month, form.day, 365)
            yield Piece((words.span,), says, (), firm=False, by_date=by_date, on=form.weekday, only_weighs=True)
            return


_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")


def outside_addresses(text: str, said: list[TimeWords]) -> list[TimeWords]:
    """The time expressions that are not read out of an address: "/2018/06/30/" is the date of another page."""
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    if not addresses:
        return said
    starts = [start for start, _ in addresses]
    before = ((words, bisect_right(starts, words.span.start) - 1) for words in said)
    return [words for words, at in before if at < 0 or words.span.start >= addresses[at][1]]


_LINK = re.compile(
    r"https?://[^\s<>\"')]{0,300}?[/_-](?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)(?!\d)[^\s<>\"')]*"
)


_OWN_ADDRESS = 40


def links(document: Document) -> Iterator[Piece]:
    """Addresses in the text that bear a date, the latest of them: what a page links to is mostly as old as the page, or older."""
    found: list[tuple[date, Span]] = []
    for match in _LINK.finditer(document.text):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        found.append((day, Span(match.start(), match.end())))
    if found:
        day, span = max(found, key=lambda one: one[0])
        soon, later = Interval(day, moved(day, 7)), Interval(moved(day, -1), None)
        says = f"it bears an address of {day}"
        yield Piece((span,), says, ((later,),), firm=False, chances=(0.05,), miss=1e-3)
        # An address at the very top is the page's own.
        chance = 2000.0 if span.start < _OWN_ADDRESS else 20.0
        yield Piece((span,), says, ((soon,),), firm=False, chances=(chance,), miss=1.0, only_weighs=True)
