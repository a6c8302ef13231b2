"""When was this page written? An interval, from everything that the page shows of itself and everything that it says.

Each piece of evidence allows some days. The pieces are taken strongest first; each narrows what is left, and one that
would leave nothing is kept as a contradiction, or set aside where it was only a habit of writing ("on Thursday" told a
day or two later). So every date comes with its reasons, and no evidence gives an open interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.outcome import Dating
from crossbearing.model.provenance import Because, Evidence
from crossbearing.model.text import DateKind, Document, FurnitureKind, Shown, Span
from crossbearing.model.when import Interval
from crossbearing.resolve import when
from crossbearing.resolve.series import Counted, Series, days, shipped
from crossbearing.words import numbers, sentences, times
from crossbearing.words.times import Bound, Calendar, Range, Shift, TimeWords, Weekday

Days = tuple[Interval, ...]
"""Stretches of days, in order, apart from each other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: the days that it allows, narrowest first where a habit can be stretched."""

    evidence: tuple[Evidence, ...]
    says: str
    options: tuple[Days, ...]
    firm: bool = True
    """Whether it contradicts what it does not fit; a habit of writing is only set aside."""
    by_weekday: tuple[int, int] | None = None
    """In place of `options`: a weekday, and how many days after it the page can be."""
    by_date: tuple[int, int, int] | None = None
    """In place of `options`: month, day, and how many days after it the page can be, in a year not said."""


# Beyond this many days a weekday or a date without its year leaves too many answers to be worth listing.
_LISTED = 800
_EVERY = Interval(None, None)


def date_page(document: Document, found: Sequence[TimeWords] | None = None) -> Dating:
    """When the page was written, with each reason.

    `found` are the time expressions of the document's whole text, where the caller has them already. A date that the
    page shows as its own stands; what its text says against that is told in `contradiction`. Without any evidence the
    interval is open, up to the day after the capture where that is known.
    """
    said = list(times.find(document.text)) if found is None else list(found)
    left: Days = (_EVERY,)
    because: list[Because] = []
    against: list[str] = []
    for piece in _pieces(document, said):
        options = piece.options or _listed(piece, left)
        fitting = next((both for option in options if (both := _both(left, option))), None)
        if fitting is not None:
            allowed = next(option for option in options if _both(left, option))
            left = fitting
            because.append(Because(piece.evidence, piece.says, _written(allowed)))
        elif options and piece.firm and because:
            against.append(
                f"{piece.says}, which would allow {_written(options[0])}; that does not fit what is stronger: {because[0].says}"
            )
            because.append(Because(piece.evidence, f"set aside as a contradiction: {piece.says}", _written(options[0])))
        elif not piece.by_weekday or options:
            because.append(Because(piece.evidence, f"noted, without effect on the date: {piece.says}"))
    return Dating(Interval(left[0].earliest, left[-1].latest), tuple(because), ". ".join(against) + "." if against else None)


def _pieces(document: Document, said: list[TimeWords]) -> Iterator[Piece]:
    """All evidence, strongest first."""
    yield from _shown(document, DateKind.PUBLISHED)
    yield from _captured(document)
    yield from _shown(document, DateKind.URL)
    article = document.article()
    yield from _dateline(document, said)
    yield from _shown(document, DateKind.UPDATED)
    yield from _figures(document)
    yield from _latest_dates(document, said, article)
    yield from _counted_days(document)
    yield from _lead_day(document, said, article)
    yield from _weekdays(document, said, article)
    yield from _shown(document, DateKind.OTHER)
    yield from _since_without_year(document, said, article)
    yield from _shown(document, DateKind.AGE)
    yield from _shown(document, DateKind.COPYRIGHT)


# ---------------------------------------------------------------- sets of days


def _both(a: Days, b: Days) -> Days:
    """The days in both."""
    return tuple(sorted((n for i in a for j in b if (n := i.narrowed(j))), key=lambda i: i.earliest or date.min))


def _listed(piece: Piece, left: Days) -> tuple[Days, ...]:
    """A weekday, or a date without its year, as the days that it allows within what is left."""
    first, last = left[0].earliest, left[-1].latest
    if first is None or last is None or (last - first).days > _LISTED:
        return ()
    span = [first + timedelta(days=n) for n in range(-7, (last - first).days + 1)]
    if piece.by_weekday:
        weekday, most = piece.by_weekday
        hits = [d for d in span if d.weekday() == weekday]
    elif piece.by_date:
        month, day, most = piece.by_date
        hits = [d for d in span if (d.month, d.day) == (month, day)]
    else:
        return ()
    if not hits:
        return ()
    # The day itself or the next; else up to so many days on.
    return tuple(_merged(Interval(d, d + timedelta(days=n)) for d in hits) for n in dict.fromkeys((1, most)))


def _merged(stretches: Iterable[Interval]) -> Days:
    """Stretches in order, those that touch made one."""
    merged: list[Interval] = []
    for stretch in sorted(stretches, key=lambda i: i.earliest or date.min):
        if merged and (
            merged[-1].latest is None or (stretch.earliest and stretch.earliest <= merged[-1].latest + timedelta(days=1))
        ):
            merged[-1] = merged[-1].hull(stretch)
        else:
            merged.append(stretch)
    return tuple(merged)


def _written(allowed: Days) -> str:
    return ", ".join(str(i) for i in allowed[:4]) + (", ..." if len(allowed) > 4 else "")


# ---------------------------------------------------------------- what the page shows of itself


def _shown(document: Document, kind: DateKind) -> Iterator[Piece]:
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


def _shown_piece(kind: DateKind, shown: Shown, at: Interval) -> Piece:
    where = f"({shown.where})"
    match kind:
        case DateKind.PUBLISHED:
            return Piece((shown,), f"the page shows {at} as its date {where}", ((at,),))
        case DateKind.URL:
            return Piece((shown,), f"its address bears {at} {where}", ((at,), (_padded(at, 1, 1),)))
        case DateKind.UPDATED:
            # Most pages are changed on the day they are put up; a week holds nearly all.
            options: tuple[Days, ...] = ((_padded(at, 7, 0),), (Interval(None, at.latest),))
            return Piece((shown,), f"the page was last changed on {at} {where}", options)
        case DateKind.COPYRIGHT:
            return Piece((shown,), f"its footer shows the year of {at} {where}", ((Interval(None, at.latest),),), firm=False)
        case _:
            return Piece((shown,), f"the page shows the date {at} {where}", ((at,), (_padded(at, 1, 1),)), firm=False)


def _padded(at: Interval, before: int, after: int) -> Interval:
    return Interval(at.earliest and at.earliest - timedelta(days=before), at.latest and at.latest + timedelta(days=after))


def _age(document: Document, shown: Shown) -> Piece:
    """ "4 months ago", which counts from the capture."""
    words = times.parse(shown.value)
    if document.captured is None or words is None:
        return Piece((shown,), f"the page shows its age as '{shown.value}', counted from an unknown moment of capture", ())
    at = when.interval(words, Interval.day(document.captured.date()))
    says = f"the page shows its age as '{shown.value}', captured on {document.captured.date()}"
    return Piece((shown,), says, ((at,),) if at else ())


def _captured(document: Document) -> Iterator[Piece]:
    if document.captured is not None:
        day = document.captured.date()
        # A day's grace for time zones.
        shown = Shown(document.captured.isoformat(), "capture", document.captured.isoformat())
        yield Piece((shown,), f"captured on {day}", ((Interval(None, day + timedelta(days=1)),),))


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


def _dateline(document: Document, said: list[TimeWords]) -> Iterator[Piece]:
    """A whole date on a line of its own in the page's head, or a dateline before the text: "WASHINGTON, Nov 22 (X) --"."""
    runs = document.article()
    start = runs[0].start if runs else 0
    for words in said:
        form = words.form
        if not isinstance(form, Calendar) or form.day is None or form.month is None or words.bound:
            continue
        line = _line(document.text, words.span)
        alone = len(line) - len(words.span) <= 24 and not re.search(
            r"[a-z]{3,} [a-z]{3,}", line.replace(words.span.of(document.text), "")
        )
        headed = words.span.start - start < _DATELINE and re.match(
            r"\)?\s*\(?[\w .:/-]{0,30}\)?\s*(?:--|[–—-]) ?", document.text[words.span.end : words.span.end + 40]
        )
        if (
            not alone
            and not (headed and document.text[start : words.span.start].isupper())
            and not _place_line(document, words, start)
        ):
            continue
        if alone and words.span.start > start + 600:
            continue
        quote = words.span.of(document.text)
        if form.year:
            at = when.interval(words, _EVERY, "none")
            if at:
                plain = Interval(at.earliest, at.latest)
                yield Piece((words.span,), f"its dateline bears '{quote}'", ((plain,), (_padded(plain, 1, 2),)), firm=False)
        else:
            yield Piece((words.span,), f"its dateline bears '{quote}'", (), firm=False, by_date=(form.month, form.day, 2))


_PLACE_LINE = re.compile(r"^[A-Z][\w’'.-]+(?:[ ,/]+[\w’'.()-]+){0,6},? *\(?$")


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


def _line(text: str, span: Span) -> str:
    end = text.find("\n", span.end)
    return text[text.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text)].strip()


_AHEAD = re.compile(r"\b(?:will|would|due|scheduled|planned|expected|until|by|expires?|deadline|upcoming|set to)\b", re.I)


def _latest_dates(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """The latest date with its year that the article tells as past: the page is not older."""
    latest: tuple[date, TimeWords, date] | None = None
    for words in said:
        form = words.form
        first = form.first if isinstance(form, Range) else form
        if (
            not isinstance(first, Calendar)
            or first.year is None
            or words.bound is Bound.UNTIL
            or not _within(words.span, article)
        ):
            continue
        at = when.interval(TimeWords(words.span, first), _EVERY, "none")
        if at is None or at.earliest is None or _AHEAD.search(document.text[max(0, words.span.start - 60) : words.span.start]):
            continue
        if latest is None or at.earliest > latest[0]:
            latest = (at.earliest, words, at.latest or at.earliest)
    if latest:
        earliest, words, last = latest
        quote = words.span.of(document.text)
        day = earliest == last
        # A page that names the year of a day tells of it soon after, or long after: it only gives the lower end.
        says = f"it speaks of '{quote}' as past" if day else f"it speaks of '{quote}'"
        yield Piece((words.span,), says, ((Interval(earliest - timedelta(days=1 if day else 0), None),),), firm=False)
        lead, opening = _head_end(document, article), _head_end(document, article, _OPENING)
        if day and words.span.start < lead and not words.bound and not _tells_otherwise(said, article, opening):
            soon = Interval(earliest, earliest + timedelta(days=3))
            says = f"its opening tells of '{quote}', as news of the day or the days before"
            yield Piece((words.span,), says, ((soon,),), firm=False)


def _tells_otherwise(said: list[TimeWords], article: tuple[Span, ...], head: int) -> bool:
    """Whether the opening tells its news by a weekday or "today", so that a whole date in it is of something else."""
    return any(
        w.span.start < head and w.has_day and not w.bound and _within(w.span, article) and isinstance(w.form, Weekday | Shift)
        for w in said
    )


# The news stands in the first two sentences or so; its weekday sometimes only with the statement that tells it.
_LEAD, _OPENING = 300, 900


def _head_end(document: Document, article: tuple[Span, ...], left: int = _LEAD) -> int:
    """Where the article's first so many characters end in the document."""
    for run in article:
        if len(run) >= left:
            return run.start + left
        left -= len(run)
    return len(document.text)


def _within(span: Span, runs: tuple[Span, ...]) -> bool:
    return any(run.holds(span) for run in runs)


def _lead_day(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
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
        and _within(w.span, article)
    ]
    # Of several days the latest in the year's course is the news; the others lead up to it.
    opening = [
        w for w in dated if w.span.start < head and not _AHEAD.search(document.text[max(0, w.span.start - 60) : w.span.start])
    ]
    weekday = any(isinstance(w.form, Calendar) and w.form.weekday is not None for w in opening)
    if not opening or (not weekday and _tells_otherwise(said, article, _head_end(document, article, _OPENING))):
        return
    words = max(opening, key=lambda w: _course(w, opening))
    form = words.form
    assert isinstance(form, Calendar)
    quote = words.span.of(document.text)
    yield Piece(
        (words.span,), f"its opening tells of '{quote}' as news", (), firm=False, by_date=(form.month or 1, form.day or 1, 4)
    )


def _course(words: TimeWords, among: list[TimeWords]) -> int:
    """Where in the course of a year a day lies, January after December where both are named."""
    form = words.form
    assert isinstance(form, Calendar)
    months = {w.form.month for w in among if isinstance(w.form, Calendar)}
    month = form.month or 1
    return ((month + 12 if month < 6 and any(m and m > 9 for m in months) else month) * 31) + (form.day or 1)


def _weekdays(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """The first weekday that the opening names without a date: the page is of that day or soon after."""
    head = _head_end(document, article, _OPENING)
    for words in said:
        form = words.form
        if words.span.start >= head or not isinstance(form, Weekday) or words.bound or not _within(words.span, article):
            continue
        if form.which or form.week is not None or _AHEAD.search(document.text[max(0, words.span.start - 60) : words.span.start]):
            continue
        quote = words.span.of(document.text)
        yield Piece((words.span,), f"it tells of '{quote}' as news: written on that day or soon after", (), False, (form.day, 5))
        return


def _since_without_year(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """ "Since October 7", without a year, where that day is a known beginning: the page is of the year that followed."""
    for words in said:
        form = words.form
        if (
            words.bound is not Bound.SINCE
            or not isinstance(form, Calendar)
            or form.year
            or not form.day
            or not _within(words.span, article)
        ):
            continue
        for beginning in _beginnings():
            if (beginning.date.month, beginning.date.day) == (form.month, form.day) and beginning.named_in(document.text):
                at = Interval(beginning.date, beginning.date + timedelta(days=365))
                says = (
                    f"it says '{words.span.of(document.text)}' without a year, of {beginning.name}: written within the year after"
                )
                yield Piece((words.span,), says, ((at,),), firm=False)
                return


# ---------------------------------------------------------------- counts from a dated beginning


@dataclass(frozen=True, slots=True)
class Beginning:
    """A day that reports count from, and the words that name what began."""

    name: str
    date: date
    names: re.Pattern[str]
    loose: re.Pattern[str] | None

    def named_in(self, text: str) -> bool:
        return bool(self.names.search(text) or (self.loose and self.loose.search(text)))


@lru_cache(maxsize=1)
def _beginnings() -> tuple[Beginning, ...]:
    made: list[Beginning] = []
    for row in resources.table("beginnings.yml"):
        names = re.compile("|".join(rf"\b{re.escape(n)}\b" for n in row["names"]), re.I)
        loose = re.compile("|".join(rf"\b{re.escape(n)}\b" for n in row["loose"])) if row["loose"] else None
        made.append(Beginning(row["name"], row["date"], names, loose))
    return tuple(made)


_WAR = (
    r"(?:war|conflict|offensive|invasion|assault|aggression|fighting|onslaught|campaign|operation|siege|bombardment|"
    r"hostilities|genocide|coup)"
)
_COUNT = re.compile(
    rf"(?P<more>more than|over|nearly|almost|about)?\s{{0,3}}\b(?P<n>\d{{1,4}}|\w{{1,12}})\s+(?P<unit>days|weeks|months|years)\s+"
    rf"(?:into|since|after|on from|of)\s+(?:[\w’']{{1,30}}\s+){{0,6}}?(?P<what>{_WAR}|takeover|fall)\b"
    rf"|\b(?:on|enter(?:s|ed|ing)?|for|in|into|marks?|marked)\s+(?:its|the|their|a)\s+(?P<nth>\d{{1,4}})(?:st|nd|rd|th)\s+"
    rf"(?:(?P<nunit>day|week)|straight day|consecutive day)\b"
    rf"|\b(?:began|begun|broke out|started|erupted|launched|invaded|declared war)[^.\n]{{0,50}}?"
    rf"(?P<more2>more than|over|nearly|almost|about)?"
    rf"\s{{0,3}}\b(?P<n2>\d{{1,4}}|\w{{1,12}})\s+(?P<unit2>days|weeks|months|years)\s+ago\b"
    rf"|\b[Dd]ay\s+(?P<day>\d{{2,4}})\s+of\b|\b(?P<nth2>\d{{2,4}})(?:st|nd|rd|th)\s+day\s+of\b",
    re.I,
)
_COUNTING = re.compile(
    r"\b(?:days|weeks|months|years)\s+(?:into|since|after|on from|of|ago)\b"
    r"|\d(?:st|nd|rd|th)\s+(?:\w+ )?(?:day|week)\b|\bday\s+\d",
    re.I,
)
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}


def _counted_days(document: Document) -> Iterator[Piece]:
    """ "More than 100 days into the offensive", "on the 45th day of the war": counted from a beginning in the table."""
    text = document.text
    named: dict[tuple[int, int], list[Beginning]] = {}
    for match in _counts(text):
        number = numbers.value(match["n"] or match["n2"] or match["nth"] or match["day"] or match["nth2"])
        beginning = _which_beginning(text, match, named) if number else None
        if number is None or beginning is None:
            continue
        unit = (match["unit"] or match["unit2"] or match["nunit"] or "day").lower().removesuffix("s")
        size = _UNIT_DAYS[unit]
        more, cardinal = (match["more"] or match["more2"] or "").lower(), bool(match["unit"] or match["unit2"])
        at = _counted(beginning.date, number, size, more, cardinal)
        span = Span(match.start(), match.end())
        quote = " ".join(span.of(text).split())
        yield Piece((span,), f"it says '{quote}', counted from {beginning.date}, when {beginning.name} began", ((at,),))


def _counts(text: str) -> Iterator[re.Match[str]]:
    """The counts on the lines that can hold one: the long pattern is slow, and most texts have none."""
    done = 0
    for sign in _COUNTING.finditer(text):
        if sign.start() < done:
            continue
        start, end = text.rfind("\n", 0, sign.start()) + 1, text.find("\n", sign.end())
        done = end if end >= 0 else len(text)
        yield from _COUNT.finditer(text, start, done)


def _counted(start: date, number: int, size: float, more: str, cardinal: bool) -> Interval:
    """The days on which so many units have passed. A count of longer units is right to about half a unit."""
    passed = start + timedelta(days=round(number * size))
    slack = 1 if size == 1 else round(size / 2)
    if more in ("more than", "over"):
        # "More than 100 days" is said until a rounder count would be: half as much again at most.
        return Interval(passed, passed + timedelta(days=max(round(number * size / 2), 10)))
    if more in ("nearly", "almost"):
        return Interval(passed - timedelta(days=max(2 * slack, 5)), passed)
    if not cardinal:
        # The first day is the day of the beginning.
        passed -= timedelta(days=round(size))
        return Interval(passed - timedelta(days=1), passed + timedelta(days=max(1, round(size))))
    return Interval(passed - timedelta(days=slack), passed + timedelta(days=2 * slack if size > 1 else 2))


def _which_beginning(text: str, match: re.Match[str], known: dict[tuple[int, int], list[Beginning]]) -> Beginning | None:
    """The beginning that the words around name: in the sentence, else in the paragraph; None where two could be meant.

    `known` keeps what a paragraph and the whole text name, for the next count.
    """
    near = text[match.start() : match.end() + 80]
    named = [b for b in _beginnings() if b.names.search(near)]
    named = named or [b for b in _beginnings() if b.loose and b.loose.search(near)]
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    for stretch in ((start, end if end >= 0 else len(text)), (0, len(text))):
        if named:
            break
        if stretch not in known:
            known[stretch] = [b for b in _beginnings() if b.names.search(text[slice(*stretch)])]
        named = known[stretch]
    return named[0] if len(named) == 1 else None


# ---------------------------------------------------------------- totals


_KILLED = r"kill(?:ed|ing|s)?|dead|deaths?|died|martyred|martyrs|slain|fatalities|lives|death toll"
_INJURED = r"injur(?:ed|ing|ies)|wound(?:ed|ing|s)|hurt"
_CASUALTY = re.compile(rf"\b(?:(?P<killed>{_KILLED})|(?P<injured>{_INJURED}))\b", re.I)
_TOTAL = re.compile(
    r"\b(?:since|war|offensive|aggression|onslaught|assault|campaign|genocid\w+|bombardment|so far|to date|total|toll|conflict|"
    r"massacres?|invasion|hostilities|attacks|strikes|began|overall)\b",
    re.I,
)
# Part of a total, or people of another count: these say nothing of the series.
_OTHERS = re.compile(
    r"\s*(?:[\w-]+ ){0,2}?(?:children|women|minors|journalists|medics|doctors|health workers|aid workers|staff|soldiers|"
    r"troops|fighters|militants|Israelis|hostages|settlers|people in Israel|"
    r"in Israel|tons|tonnes|trucks|square|buildings|homes|rockets|missiles|"
    r"missing|under the rubble|displaced|detained|arrested|prisoners|days?|hours?|weeks?|months?|years?|kilomet|miles|percent|%)",
    re.I,
)
_CARRIED = re.compile(r"^\W*(?:another|some|at least|more than|over|about|around|a further|as many as|nearly|[\d,]+)\b", re.I)
_OF_HAMAS = re.compile(r"\bHamas[\w -]{0,60}$")
_DAILY = re.compile(r"\b(?:past|last|previous) (?:24|48|twenty-four) hours\b", re.I)
# Below this a total is too likely to be another number.
_LEAST = 200


def _figures(document: Document) -> Iterator[Piece]:
    """Cumulative casualty figures that a shipped series holds, those of the article before those of its furniture."""
    pieces = [(place, piece) for piece, place in _cited(document)]
    article = document.article()
    teasers = [f.span for f in document.furniture if f.kind is FurnitureKind.COMMENTS]
    kept = [(span, piece) for span, piece in pieces if not any(t.meets(span) for t in teasers)]
    for inside in (True, False):
        for span, piece in kept:
            if _within(span, article) is inside:
                where = "" if inside else " (in the page's furniture, which may be of another day)"
                yield Piece(piece.evidence, piece.says + where, piece.options, firm=inside)


def _cited(document: Document) -> Iterator[tuple[Piece, Span]]:
    text = document.text
    if not any(_places(s).search(text) for s in shipped()):
        return
    carried: tuple[Series, ...] = ()
    for sentence in _sentences(text):
        words = sentence.of(text)
        if not _CASUALTY.search(words) or not re.search(r"\d{3}|\d,\d{3}|thousand", words):
            carried = ()
            continue
        named = _series_of(words)
        if not named and carried and _CARRIED.match(words):
            named = carried
        elif named and not _TOTAL.search(words) and not carried:
            named = ()
        carried = named
        if named:
            yield from _of_sentence(text, sentence, named)


def _sentences(text: str) -> Iterator[Span]:
    """The sentences that hold a number of three digits or more, and those behind them."""
    at = 0
    for line in text.splitlines(keepends=True):
        if re.search(r"\d{3}|thousand", line):
            yield from sentences.split(text, Span(at, at + len(line.rstrip())))
        at += len(line)


@lru_cache(maxsize=64)
def _places(series: Series) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(p)}\b" for p in (*series.places, *series.people)))


def _series_of(words: str) -> tuple[Series, ...]:
    """The series of the place that a sentence names; of people where it names no place; none where it names two."""
    by_place = [s for s in shipped() if any(re.search(rf"\b{re.escape(p)}\b", words) for p in s.places)]
    found = by_place or [s for s in shipped() if any(re.search(rf"\b{re.escape(p)}\b", words) for p in s.people)]
    return tuple(found) if len({s.places for s in found}) == 1 else ()


def _of_sentence(text: str, sentence: Span, named: tuple[Series, ...]) -> Iterator[tuple[Piece, Span]]:
    found = [n for n in numbers.find(text, sentence.start, sentence.end) if max(n.low or 0, n.high or 0) >= _LEAST]
    for at, number in enumerate(found):
        stop = found[at + 1].span.start if at + 1 < len(found) else sentence.end
        counted = _counted_as(text, sentence, number.span, stop)
        if (
            counted is None
            or _OTHERS.match(text, number.span.end)
            or _DAILY.search(text, number.span.end, min(stop, number.span.end + 90))
        ):
            continue
        if _OF_HAMAS.search(text[max(sentence.start, number.span.start - 70) : number.span.start]) and (number.low or 0) < 1500:
            continue  # the dead of 7 October 2023 in Israel, told in the same sentence
        allowed: list[Interval] = []
        for series in named:
            allowed += days(series, counted, number.low, number.high, number.qualifier)
        if not allowed:
            continue
        quote = text[number.span.start : number.span.end]
        says = f"it cites '{quote}' {counted}, which the published totals of {named[0].name} reached then"
        yield Piece((number.span,), says, (_merged(allowed),)), number.span


_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_A_DATE = re.compile(
    r"(?:\b(?:in|since|of|until|by|from)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?(?: \d\d?,?)?)\s+$", re.I
)


def _counted_as(text: str, sentence: Span, number: Span, stop: int) -> Counted | None:
    """Whether a number counts killed or injured: by the verb right before it, else by the first word behind it, else by
    a toll named before."""
    before = text[max(sentence.start, number.start - 45) : number.start]
    if _YEAR.fullmatch(number.of(text)) and _OF_A_DATE.search(before):
        return None
    verb = re.search(
        r"(killing|injuring|wounding|killed|injured|wounded|claimed|martyring|deaths of|lives of)\s*(?:of\s+)?$", before, re.I
    )
    if verb:
        return "injured" if verb.group(1).lower().startswith(("injur", "wound")) else "killed"
    behind = _CASUALTY.search(text, number.end, min(stop, number.end + 160))
    if behind:
        return "injured" if behind["injured"] else "killed"
    toll = list(_CASUALTY.finditer(text, max(sentence.start, number.start - 120), number.start))
    return ("injured" if toll[-1]["injured"] else "killed") if toll else None
