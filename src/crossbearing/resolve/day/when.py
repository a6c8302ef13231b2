"""What time words mean against the page's date: interval algebra, and nothing narrower than the words allow.

The page's date is an interval too: where it holds several days, the answer holds what each of them would give.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from crossbearing.model.text import Span
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.resolve.page.beginnings import named_in
from crossbearing.words import times
from crossbearing.words.time_clocks import GREENWICH
from crossbearing.words.time_forms import (
    Bare,
    Beginning,
    Bound,
    Calendar,
    Form,
    Into,
    Length,
    Range,
    Reference,
    Repeated,
    Shift,
    TimeWords,
    Unit,
    Weekday,
    Whole,
    Within,
)

Tense = Literal["past", "future", "none"]
# A report may be dated a little before what it tells of: time zones, and pages put up ahead of their date.
AHEAD = 3
_SEASONS = {"winter": (12, 3), "spring": (3, 3), "summer": (6, 3), "autumn": (9, 3)}  # first month, months; of the north
# The days of a month that a part of it allows; "late" and "end" run to the last.
_OF_MONTH = {
    "early": (1, 10),
    "start": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "end": (21, 31),
    "half 1": (1, 15),
    "half 2": (16, 31),
}
# The months of a year that a part of it allows.
_OF_YEAR = {
    "early": (1, 4),
    "start": (1, 3),
    "mid": (5, 8),
    "late": (9, 12),
    "end": (10, 12),
    "half 1": (1, 6),
    "half 2": (7, 12),
}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}


def interval(
    words: TimeWords, anchor: Interval, tense: Tense = "past", previous: Interval | None = None, begun: date | None = None
) -> Interval | None:
    """The days that the words can mean on a page of this date.

    `previous` is the interval last told of, for words that count from the story ("the next morning", "a week earlier");
    without it they count from the page's date or the day before. `begun` is the day that words like "two weeks into the war"
    count from. None where the words say no day (a duration), or where the page's date is too open for them.
    """
    if not words.is_time:
        return None
    if isinstance(words.form, Into):
        return _into(words.form, begun)
    if anchor.earliest is None or anchor.latest is None:
        return _on(words, anchor, tense, previous)
    found: Interval | None = None
    for day in _days(anchor.earliest, anchor.latest):
        alone = _on(words, Interval.day(day), tense, previous)
        found = alone if found is None else found.hull(alone) if alone else found
    return found


def _days(first: date, last: date) -> list[date]:
    """The days of the page's interval: all of the first week, which is as far as weekdays differ, and the last."""
    span = (last - first).days
    return [first + timedelta(days=n) for n in range(min(span, 7))] + [last]


def _on(words: TimeWords, anchor: Interval, tense: Tense, previous: Interval | None) -> Interval | None:
    """What the words mean on a page of one day, or on one whose date is open."""
    found = _of_form(words.form, anchor, tense, previous)
    if found is None:
        return None
    found = _with_night(found, words)
    if tense == "past" and words.bound is not Bound.UNTIL and not _ahead(words.form):
        found = _not_after(found, anchor.latest, isinstance(words.form, Calendar | Range))
    return _bounded(found, words.bound, anchor)


def parse(text: str) -> TimeWords | None:
    """The time expression in a mention's words; None where there is none."""
    return times.parse(text)


def widened_statement(said: Interval) -> Interval:
    """When a thing can have happened that was told on a day, without an hour: that day or the one before. What was told of a
    month was told of that."""
    if (said.days or 0) >= 28:
        return said
    return Interval(said.earliest and said.earliest - timedelta(days=1), said.latest)


def _of_form(form: Form, anchor: Interval, tense: Tense, previous: Interval | None) -> Interval | None:
    match form:
        case Calendar():
            if form.which in _OF_STORY:
                return _calendar(form, previous or anchor, tense)
            told_at = _told_at(form, anchor, previous)
            return _calendar(_of_said_year(form, anchor, previous), told_at, tense if told_at == anchor else "past")
        case Weekday() if form.which in _OF_STORY:
            base = previous or anchor
            return _story_weekday(form, base) if base.earliest and base.latest else None
        case Weekday():
            return _weekday(form, anchor.latest, tense) if anchor.earliest and anchor.latest else None
        case Whole(Unit.WEEKEND, 0) if tense == "past":
            # Told of as past, "this weekend" early in the week is the one before.
            return _counted(replace(form, part="latest"), _base(form, anchor, previous))
        case Shift(on=day) if day is not None:
            return _come_round(form, _of_form(day, anchor, tense, previous))
        case Shift() | Whole():
            return _counted(form, _base(form, anchor, previous))
        case Within():
            return _within(form, anchor)
        case Range():
            return _range(form, anchor, tense, previous)
        case Bare():
            return previous.shifted(0) if previous else _day_before(anchor)
        case Beginning():
            return Interval(None, anchor.latest)
        case Into() | Length() | Repeated() | Reference():
            return None


_OF_STORY = ("that", "following", "previous")


def _story_weekday(form: Weekday, base: Interval) -> Interval | None:
    """A weekday counted from the day last told of: the first after it, the last before it, or the nearest from it on."""
    if base.earliest is None or base.latest is None:
        return None
    if form.which == "previous":
        return Interval.day(base.earliest - timedelta(days=(base.earliest.weekday() - form.day) % 7 or 7))
    on = (form.day - base.latest.weekday()) % 7
    return Interval.day(base.latest + timedelta(days=on or 7 if form.which == "following" else on))


def _weekday(form: Weekday, page: date, tense: Tense) -> Interval:
    back = (page.weekday() - form.day) % 7
    if form.week is not None:
        monday = page - timedelta(days=page.weekday()) + timedelta(weeks=form.week)
        return Interval.day(monday + timedelta(days=form.day))
    if form.which in ("last", "before last"):
        return Interval.day(page - timedelta(days=(back or 7) + (7 if form.which == "before last" else 0)))
    if form.which == "next":
        return Interval.day(page + timedelta(days=7 - back))
    if tense == "future" and back:
        return Interval.day(page + timedelta(days=7 - back))
    return Interval.day(page - timedelta(days=back))


# ---------------------------------------------------------------- dates of the calendar


def _calendar(form: Calendar, anchor: Interval, tense: Tense) -> Interval | None:
    """A date, whole or in part; of two readings the likelier, or both where neither is."""
    if form.which in _OF_STORY:
        return _story_calendar(form, anchor)
    found = _one_calendar(form, anchor, tense)
    if form.other is None or found is None:
        return found
    second = _one_calendar(form.other, anchor, tense)
    return found if second is None else _likelier(found, second, anchor)


def _story_calendar(form: Calendar, base: Interval) -> Interval | None:
    """ "The following April", "the previous spring", counted from the day last told of."""
    if base.earliest is None or base.latest is None:
        return None
    years = range(base.earliest.year - 2, base.latest.year + 3)
    found = [i for year in years if (i := _in_year(form, year)) and i.earliest and i.latest]
    if form.which == "previous":
        return next((i for i in reversed(found) if i.latest and i.latest < base.earliest), None)
    return next((i for i in found if i.earliest and i.earliest > base.latest), None)


# A story this many days before the page carries its year on to the dates that follow.
_LONG_AGO = 300
# How far ahead of the day last told of such a story goes on, at most; what lies further ahead is a step back by some months.
_AHEAD_IN_STORY = 210


def _long_ago(anchor: Interval, previous: Interval | None) -> bool:
    if previous is None or previous.earliest is None or anchor.earliest is None:
        return False
    return (anchor.earliest - previous.earliest).days >= _LONG_AGO


_YEARS = {"last year": -1, "this year": 0, "next year": 1, "that year": 0, "year before": -1, "year after": 1}


def _of_said_year(form: Calendar, anchor: Interval, previous: Interval | None) -> Calendar:
    """A date whose year or month other words say: "April next year", "July of that year", "the 28th of that month"."""
    if form.which not in _YEARS and form.which != "that month":
        return form
    of_page = form.which in ("last year", "this year", "next year")
    base = anchor.latest if of_page or previous is None else previous.earliest
    if base is None:
        return form
    if form.which == "that month":
        return Calendar(base.year, base.month, form.day)
    return replace(form, year=base.year + _YEARS[form.which], which="")


def _told_at(form: Calendar, anchor: Interval, previous: Interval | None) -> Interval:
    """The day from which a date without a year looks back: the page's, or, in a story of long ago, a year on from there."""
    if form.year is not None or previous is None or not _long_ago(anchor, previous):
        return anchor
    if previous.earliest is None or previous.latest is None or anchor.earliest is None:
        return anchor
    if form.which == "next":
        return Interval.day(previous.latest)
    if previous.latest - previous.earliest > timedelta(days=180):
        on = date(previous.latest.year, 12, 31)  # a year was told of: what follows lies in it
    else:
        on = previous.earliest + timedelta(days=_AHEAD_IN_STORY)
    return Interval.day(min(on, anchor.earliest))


def in_year_of(form: Calendar, days: Interval) -> Calendar:
    """A date without its year in the year that brings it nearest to some days; as it is where two years do."""
    if form.month is None or days.earliest is None or days.latest is None:
        return form
    years = range(days.earliest.year - 1, days.latest.year + 2)
    near = sorted((days.gap(at), year) for year in years if (at := _in_year(form, year)))
    return replace(form, year=near[0][1]) if near and near[0][0] < near[1][0] else form


# A date that lies this near to the page's is taken over a reading that lies further off than it.
_NEAR = 45


def _likelier(a: Interval, b: Interval, anchor: Interval) -> Interval:
    if anchor.earliest is None or anchor.latest is None:
        return a.hull(b)
    page = Interval(anchor.earliest, anchor.latest + timedelta(days=AHEAD))
    ahead = [i.earliest is not None and page.latest is not None and i.earliest > page.latest for i in (a, b)]
    if ahead[0] != ahead[1]:
        return b if ahead[0] else a
    near = [page.gap(i) <= _NEAR for i in (a, b)]
    if near[0] != near[1]:
        return a if near[0] else b
    return a.hull(b)


def _one_calendar(form: Calendar, anchor: Interval, tense: Tense) -> Interval | None:
    if form.year is not None:
        return _in_year(form, form.year)
    if anchor.earliest is None or anchor.latest is None:
        return None
    return _nearest(form, anchor.latest, tense)


def _nearest(form: Calendar, page: date, tense: Tense) -> Interval | None:
    """The year that a date without one is of: the nearest in the past, a few days ahead allowed; the next where told ahead."""
    if form.month is None and form.day is not None:
        if form.which:
            month = _month_shifted(page.replace(day=1), -1 if form.which == "last" else 0)
            return _in_year(Calendar(month=month.month, day=form.day), month.year)
        return _nearest_day_of_month(form.day, page, tense)
    candidates = [c for year in range(page.year - 9, page.year + 3) for c in _readings(form, year)]
    if form.feast:
        candidates.sort(key=lambda c: c.earliest or page)
    if form.weekday is not None:
        candidates = [c for c in candidates if c.earliest and c.earliest.weekday() == form.weekday] or candidates
    limit = page + timedelta(days=AHEAD if form.day or form.feast else 0)
    past = [c for c in candidates if c.earliest and c.earliest <= limit]
    ahead = [c for c in candidates if c.latest and c.latest >= page]
    if form.which == "last":
        past = [c for c in past if c.latest and c.latest < page]
    if form.which == "this":
        return _in_year(form, page.year)
    if tense == "none" and not form.which and (past or ahead):
        return min(past[-1:] + ahead[:1], key=lambda c: _distance(c, page))
    if form.which == "next":
        return ahead[0] if ahead else None
    if tense == "future" and form.which != "last" and ahead:
        # "The blasts of 7 August would ..." two weeks on: of the year gone, whatever the verb.
        return past[-1] if past and _distance(ahead[0], page) > _FAR * _distance(past[-1], page) else ahead[0]
    return past[-1] if past else None


# What is told as ahead is taken for past where the day ahead is further off than so many times the one gone.
_FAR = 5


def _distance(found: Interval, page: date) -> float:
    """Days from the page; those ahead count half as much again, since reports tell more of what was."""
    days = ((found.earliest or page) - page).days
    return 1.5 * days if days > 0 else -days


def _nearest_day_of_month(day: int, page: date, tense: Tense) -> Interval | None:
    """ "On the 18th": of this month, or of the one before (after, where told ahead)."""
    months = [_month_shifted(page.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
    days = [first.replace(day=day) for first in months if day <= calendar.monthrange(first.year, first.month)[1]]
    if tense == "future":
        return Interval.day(next(d for d in days if d >= page))
    return Interval.day([d for d in days if d <= page + timedelta(days=AHEAD)][-1])


def _readings(form: Calendar, year: int) -> list[Interval]:
    """What a date without a year can be in a given one: a feast may fall twice, or differ between calendars."""
    if form.feast:
        return _feasts(form.feast, form.nth, year)
    found = _in_year(form, year)
    return [found] if found else []


def _in_year(form: Calendar, year: int) -> Interval | None:
    """The date in a given year; None where that year has no such day."""
    if form.part in ("decade", "century"):
        years = 10 if form.part == "decade" else 100
        return Interval(date(year, 1, 1), date(year + years - 1, 12, 31))
    if form.feast:
        found = _feasts(form.feast, form.nth, year)
        return Interval(found[0].earliest, found[-1].latest) if found else None
    if form.part.startswith("fiscal"):
        # Fiscal years begin between April of the year before and the year's own January, as countries have it.
        whole = _part_of_year(form.part.removeprefix("fiscal").strip(), year)
        return Interval(whole.earliest and _month_shifted(whole.earliest, -9), whole.latest)
    if form.month is None:
        if form.part == "winter" and form.year is None:
            return Interval(date(year - 1, 12, 1), date(year, 3, 1) - timedelta(days=1))
        return _part_of_year(form.part, year)
    if form.weekday is not None and form.nth is not None:
        return Interval.day(_nth_weekday(year, form.month, form.weekday, form.nth))
    length = calendar.monthrange(year, form.month)[1]
    if form.day is not None:
        day = date(year, form.month, form.day) if form.day <= length else None
        if day and form.part == "week":
            monday = day - timedelta(days=day.weekday())
            return Interval(monday, monday + timedelta(days=6))
        return Interval.day(day) if day else None
    first, last = _OF_MONTH.get(form.part, (1, 31))
    if form.part == "last week":
        first, last = length - 6, length
    elif form.part.startswith("week "):
        nth = int(form.part[5:])
        first, last = 7 * nth - 6, 7 * nth
    return Interval(date(year, form.month, min(first, length)), date(year, form.month, min(last, length)))


def _part_of_year(part: str, year: int) -> Interval:
    if part in _SEASONS:
        month, months = _SEASONS[part]
        # "Winter 2023" may be the one that begins in that year's January or in its December.
        start = date(year, 1, 1) if part == "winter" else date(year, month, 1)
        return Interval(start, _month_shifted(date(year, month, 1), months) - timedelta(days=1))
    if part.startswith("quarter "):
        last = 3 * int(part[8:])
        return Interval(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]))
    first, last = _OF_YEAR.get(part, (1, 12))
    return Interval(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


# ---------------------------------------------------------------- named days

_FIXED = {
    "new year": (1, 1), "epiphany": (1, 6), "orthodox christmas eve": (1, 6), "orthodox christmas": (1, 7), "valentine": (2, 14),
    "may day": (5, 1), "victory day": (5, 9), "halloween": (10, 31), "armistice day": (11, 11), "christmas eve": (12, 24),
    "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
}  # fmt: skip
# Days from Easter Sunday, and how many they last.
_BY_EASTER = {
    "palm sunday": (-7, 1), "holy week": (-6, 7), "good friday": (-2, 1), "easter eve": (-1, 1), "easter": (0, 1),
    "orthodox easter": (0, 1), "easter monday": (1, 1), "pentecost": (49, 1),
}  # fmt: skip
# Month, day and length in the Islamic calendar.
_ISLAMIC = {
    "islamic new year": (1, 1, 1), "ashura": (1, 10, 1), "arbaeen": (2, 20, 1), "mawlid": (3, 12, 1), "ramadan": (9, 1, 30),
    "eid al-fitr": (10, 1, 3), "eid al-adha": (12, 10, 4),
}  # fmt: skip
# Days from the first of Tishri, and how many they last; those of spring from the first of the year that follows.
_JEWISH = {"rosh hashanah": (0, 2), "yom kippur": (9, 1), "sukkot": (14, 7), "simchat torah": (21, 2)}
_JEWISH_SPRING = {"purim": (-193, 1), "passover": (-163, 8), "shavuot": (-113, 2)}
# The month, the weekday, and which of the month's (counted from its end where negative); of the United States.
_NTH_WEEKDAY = {"memorial day": (5, 0, -1), "labor day": (9, 0, 1), "thanksgiving": (11, 3, 4)}


@lru_cache(maxsize=4096)
def _feasts(name: str, nth: int | None, year: int) -> list[Interval]:
    """The days of a feast in a year of the common calendar, or its `nth` day (0: the eve), in order; none where no rule is known.

    Easter is both the Western and the Orthodox one. The tabular Islamic calendar is off by a day where the moon is watched
    for, so a day of it is three. A Jewish day begins on the evening before.
    """
    found: list[Interval] = []
    for first, length, slack in _starts_of(name, year):
        if nth is not None and nth > length:
            continue
        start, last = (first, first + timedelta(days=length - 1)) if nth is None else (first + timedelta(days=nth - 1),) * 2
        found.append(Interval(start - timedelta(days=slack), last + timedelta(days=slack)))
    return sorted(found, key=lambda i: i.earliest or date.min)


def _starts_of(name: str, year: int) -> list[tuple[date, int, int]]:
    """The first days of a feast in a year, how long it lasts, and by how many days that can be off."""
    if name in _FIXED:
        return [(date(year, *_FIXED[name]), 1, 0)]
    if name == "nowruz":
        return [(date(year, 3, 20), 2, 0)]
    if name in _BY_EASTER:
        after, length = _BY_EASTER[name]
        sundays = {_orthodox_easter(year)} | (set() if name.startswith("orthodox") else {_easter(year)})
        return [(sunday + timedelta(days=after), length, 0) for sunday in sorted(sundays)]
    if name == "hanukkah":
        start = _tishri(year + 3761)
        long = (_tishri(year + 3762) - start).days % 10 == 5
        return [(start + timedelta(days=84 if long else 83), 8, 0)]
    if name in _JEWISH:
        after, length = _JEWISH[name]
        return [(_tishri(year + 3761) + timedelta(days=after), length, 0)]
    if name in _JEWISH_SPRING:
        before, length = _JEWISH_SPRING[name]
        return [(_tishri(year + 3761) + timedelta(days=before), length, 0)]
    if name in _NTH_WEEKDAY:
        return [(_nth_weekday(year, *_NTH_WEEKDAY[name]), 1, 0)]
    if name == "quds day":
        return [(_last_friday(first + timedelta(days=29)), 1, 1) for first in _islamic_in(year, 9, 1)]
    names = ("eid al-fitr", "eid al-adha") if name == "eid" else (name,)
    return [(day, _ISLAMIC[n][2], 1) for n in names if n in _ISLAMIC for day in _islamic_in(year, *_ISLAMIC[n][:2])]


def _easter(year: int) -> date:
    """Easter Sunday of the Western churches: the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + weekday - 7 * ((a + 11 * h + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """Easter Sunday of the Orthodox churches: Meeus' Julian algorithm, moved into the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


# The day before 1 Muharram of the year 1 in the civil count (16 July 622, Julian).
_ISLAMIC_EPOCH = 227014


def _islamic_in(year: int, month: int, day: int) -> list[date]:
    """The days of a common year on which a date of the tabular Islamic calendar falls (years 2, 5, 7, 10, ... of 30 are long)."""
    about = round((year - 622) * 33 / 32)
    days = [
        date.fromordinal(_ISLAMIC_EPOCH + 354 * (y - 1) + (3 + 11 * y) // 30 + 29 * (month - 1) + month // 2 + day)
        for y in range(max(about - 1, 1), about + 3)
    ]
    return [d for d in days if d.year == year]


def _tishri(year: int) -> date:
    """The first day of a Jewish year (Dershowitz and Reingold, Calendrical Calculations)."""

    def days(of: int) -> int:
        months = (235 * of - 234) // 19
        day = 29 * months + (12084 + 13753 * months) // 25920
        return day + 1 if 3 * (day + 1) % 7 < 3 else day

    before, this, after = days(year - 1), days(year), days(year + 1)
    late = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return date.fromordinal(this + late - 1373427)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    if nth > 0:
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))


def _last_friday(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7)


# ---------------------------------------------------------------- counted from a beginning


def begun(text: str, span: Span) -> date | None:
    """The day that a count "into the war" starts from: of the beginning that the words behind it name, else the sentence.

    None where none is named, or two.
    """
    first = max(text.rfind(mark, 0, span.start) for mark in (". ", "\n"))
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, span.end)) >= 0]
    for stretch in (text[span.start : span.end + 60], text[first + 1 : min(ends, default=len(text))]):
        days = {beginning.date for beginning in named_in(stretch)}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _into(form: Into, first: date | None) -> Interval | None:
    """So many units on from a beginning; of the n-th unit, all its days, the first being that of the beginning."""
    if first is None:
        return None
    if form.unit in (Unit.MINUTE, Unit.HOUR):
        return Interval(first, first + timedelta(days=1 + form.high // 24))
    if form.nth:
        last = _moved(first, form.unit, form.high) - timedelta(days=1)
        return Interval(_moved(first, form.unit, form.low - 1), last)
    return _span(Shift(form.unit, form.low, form.high), first)


# ---------------------------------------------------------------- tense and zones

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


def hours_ahead(words: TimeWords) -> float | None:
    """By how many hours the place is ahead of Greenwich, where the words give a moment on both clocks; None where not."""
    local, other = words.clock, words.greenwich
    if local is None or other is None:
        return None
    minutes = 60 * (local.earliest.hour - other.earliest.hour) + local.earliest.minute - other.earliest.minute
    # No place is more than 14 hours ahead, or 12 behind.
    return ((minutes + 12 * 60) % (24 * 60) - 12 * 60) / 60


def at_place(found: Interval, ahead: float) -> Interval:
    """An interval whose clock is in GMT or UTC, on the clock and the days of a place so many hours ahead of Greenwich.

    What has no clock, a part of the day, a clock of another zone, or an open end comes back as it is.
    """
    clock = found.clock
    if clock is None or clock.zone not in GREENWICH or found.earliest is None or found.latest is None:
        return found
    step = timedelta(hours=ahead)
    first = datetime.combine(found.earliest, clock.earliest) + step
    last = datetime.combine(found.latest, clock.latest) + step
    if clock.latest < clock.earliest and found.days == 1:
        last += timedelta(days=1)  # it runs past midnight
    local = replace(clock, earliest=first.time(), latest=last.time(), zone="local time")
    return Interval(first.date(), max(first.date(), last.date()), local)


# ---------------------------------------------------------------- counted from a day


# An hour of the morning told after one of the late evening is of the next day.
_LATE, _EARLY = time(18), time(9)


def at_hour(story: Interval, words: TimeWords) -> Interval:
    """A time of day alone, on the day last told of, or the next: "at 9 pm on Monday ... at around 3 am"."""
    told, clock = story.clock, words.clock
    on = story.days == 1 and told is not None and clock is not None and told.earliest >= _LATE and clock.latest <= _EARLY
    return replace(story.shifted(1) if on else story, clock=clock)


def _base(form: Shift | Whole, anchor: Interval, previous: Interval | None) -> Interval:
    """The day that the words count from."""
    if form.origin == "page":
        return anchor
    if previous is None:
        return _day_before(anchor)
    days = isinstance(form, Shift) and form.unit is Unit.DAY
    return Interval(previous.earliest, previous.earliest if days and is_night(previous) else previous.latest)


def is_night(days: Interval) -> bool:
    """Whether two days are those of a night, which is of the day on which it began: the day after is that into which it ran."""
    return days.days == 2 and days.clock is not None and days.clock.latest < days.clock.earliest


def _day_before(anchor: Interval) -> Interval:
    """The page's date or the day before: where a story is, as long as it has named no day."""
    return Interval(anchor.earliest and anchor.earliest - timedelta(days=1), anchor.latest)


def _counted(form: Shift | Whole, base: Interval) -> Interval | None:
    if isinstance(form, Shift) and form.unit is Unit.MONTH and form.low == form.high and _is_month(base):
        return _whole(Whole(Unit.MONTH, form.low), base.earliest or date.min)
    earliest = base.earliest and _span(form, base.earliest).earliest
    latest = base.latest and _span(form, base.latest).latest
    return Interval(earliest, latest) if earliest or latest else None


def _come_round(form: Shift, on: Interval | None) -> Interval | None:
    """The same day of the calendar so many years before."""
    return on and Interval(
        on.earliest and _moved(on.earliest, form.unit, form.low), on.latest and _moved(on.latest, form.unit, form.high)
    )


def _is_month(days: Interval) -> bool:
    first, last = days.earliest, days.latest
    return first is not None and last is not None and first.day == 1 and last == _month_shifted(first, 1) - timedelta(days=1)


def _span(form: Shift | Whole, day: date) -> Interval:
    """What the words mean, counted from one day."""
    if isinstance(form, Whole):
        return _whole(form, day)
    unit, low, high = form.unit, form.low, form.high
    if unit is Unit.MINUTE:
        if form.origin == "story":
            return Interval.day(day)
        low, high, unit = low // 60, -(-high // 60), Unit.HOUR
    if unit is Unit.HOUR:
        # So many hours before some hour of a day: 3 are the day or the one before, 36 one day or two.
        return Interval(day + timedelta(days=low // 24), day + timedelta(days=-(-high // 24)))
    if unit is Unit.DAY:
        return Interval(day + timedelta(days=low), day + timedelta(days=high))
    # A count of longer units is right to about half a unit: "4 months ago" is no day.
    slack = {Unit.WEEK: 3, Unit.WEEKEND: 3, Unit.MONTH: 15, Unit.YEAR: 183}[unit]
    return Interval(_moved(day, unit, low) - timedelta(days=slack), _moved(day, unit, high) + timedelta(days=slack))


def _moved(day: date, unit: Unit, n: int) -> date:
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * n)
    return _month_shifted(day, n * (12 if unit is Unit.YEAR else 1))


def _month_shifted(day: date, months: int) -> date:
    """The same day so many months later, or the month's last; the calendar's first or last day beyond its ends."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 < year < 9998:
        return date(2, 1, 1) if year <= 1 else date(9998, 12, 1)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _whole(form: Whole, day: date) -> Interval:
    """A whole week (from Monday), weekend, month or year, or a part of one."""
    if form.unit in (Unit.WEEK, Unit.WEEKEND):
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=form.offset)
        if form.part == "latest" and day.weekday() < 4:
            monday -= timedelta(weeks=1)
        if form.unit is Unit.WEEKEND:
            # Friday to Sunday: the weekend of many countries at war begins on a Friday.
            return Interval(monday + timedelta(days=4), monday + timedelta(days=6))
        first, last = {"early": (0, 3), "start": (0, 2), "mid": (1, 4), "late": (3, 6), "end": (3, 6)}.get(form.part, (0, 6))
        return Interval(monday + timedelta(days=first), monday + timedelta(days=last))
    if form.unit is Unit.MONTH:
        first_day = _month_shifted(day.replace(day=1), form.offset)
        # "Earlier this month" runs up to the page, which may be its last day.
        part = "" if form.part == "early" and form.offset == 0 else form.part
        return _in_year(Calendar(month=first_day.month, part=part), first_day.year) or Interval.day(first_day)
    part = "" if form.part == "early" and form.offset == 0 else form.part
    return _part_of_year(part, day.year + form.offset)


def _within(form: Within, anchor: Interval) -> Interval | None:
    if form.ahead:
        last = anchor.latest and _reach(form, anchor.latest, 1)
        return Interval(anchor.earliest, last) if last else None
    first = anchor.earliest and _reach(form, anchor.earliest, -1)
    return Interval(first, anchor.latest) if first or anchor.latest else None


def _reach(form: Within, day: date, sign: int) -> date:
    if form.unit in (Unit.MINUTE, Unit.HOUR):
        hours = form.high if form.unit is Unit.HOUR else form.high // 60 + 1
        return day + timedelta(days=sign * -(-hours // 24))
    return _moved(day, form.unit, sign * form.high)


def _range(form: Range, anchor: Interval, tense: Tense, previous: Interval | None) -> Interval | None:
    last = _of_form(form.last, anchor, tense, previous)
    if last is None:
        return None
    first_form = form.first
    if isinstance(first_form, Weekday) and isinstance(form.last, Weekday) and last.earliest:
        # The first weekday is the one before the second.
        return Interval(last.earliest - timedelta(days=(form.last.day - first_form.day) % 7), last.latest)
    if isinstance(first_form, Calendar) and isinstance(form.last, Calendar) and first_form.year is None and last.latest:
        first = _nearest(replace(first_form, weekday=None), last.latest, "past")
    else:
        first = _of_form(first_form, anchor, tense, previous)
    if first is None or (first.earliest and last.latest and first.earliest > last.latest):
        return None
    return Interval(first.earliest, last.latest)


# ---------------------------------------------------------------- night, ends and limits


def _with_night(found: Interval, words: TimeWords) -> Interval:
    """The days that a night touches. An hour decides: 11:30 pm "last night" is the evening's day, 12:40 am the next."""
    clock = words.clock
    if not words.night or clock is None:
        return replace(found, clock=clock)
    if clock.kind in (ClockKind.EXACT, ClockKind.APPROXIMATE):
        morning = clock.earliest.hour < 12
        day = found.shifted(1) if morning and words.night == "night" else found
        return replace(day, clock=clock)
    before = 1 if words.night == "overnight" else 0
    return _stretched(found, before, 1, clock)


def _stretched(found: Interval, before: int, after: int, clock: Clock | None) -> Interval:
    return Interval(
        found.earliest and found.earliest - timedelta(days=before), found.latest and found.latest + timedelta(days=after), clock
    )


def _not_after(found: Interval, page: date | None, explicit: bool) -> Interval:
    """What is told as past did not happen after the page was written, unless the words themselves date it later."""
    if page is None or found.latest is None or found.latest <= page:
        return found
    if explicit and found.days is not None and found.days <= AHEAD:
        return found
    if found.earliest is not None and found.earliest > page:
        return found
    return replace(found, latest=page)


def _ahead(form: Form) -> bool:
    """Whether the words themselves look ahead: "tomorrow", "next week"."""
    match form:
        case Shift() | Whole():
            return form.origin == "page" and (form.high if isinstance(form, Shift) else form.offset) > 0
        case Within():
            return form.ahead
        case Weekday() | Calendar():
            return form.which == "next" or (isinstance(form, Weekday) and (form.week or 0) > 0)
        case _:
            return False


def _bounded(found: Interval, bound: Bound, anchor: Interval) -> Interval | None:
    """ "Since" and "after" run up to the page's date, "until", "by" and "before" are open to the past."""
    match bound:
        case Bound.SINCE | Bound.AFTER:
            latest = anchor.latest
            if found.earliest and latest and found.earliest > latest:
                latest = None
            return Interval(found.earliest, latest)
        case Bound.UNTIL:
            return Interval(None, found.latest)
        case Bound.BEFORE:
            return Interval(None, found.earliest and found.earliest - timedelta(days=1))
        case _:
            return found
