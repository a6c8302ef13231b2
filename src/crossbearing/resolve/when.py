"""What time words mean against the page's date: interval algebra, and nothing narrower than the words allow.

The page's date is an interval too: where it holds several days, the answer holds what each of them would give.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.words import times
from crossbearing.words.times import (
    Bare,
    Beginning,
    Bound,
    Calendar,
    Form,
    Length,
    Range,
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


def interval(words: TimeWords, anchor: Interval, tense: Tense = "past", previous: Interval | None = None) -> Interval | None:
    """The days that the words can mean on a page of this date.

    `previous` is the interval last told of, for words that count from the story ("the next morning", "a week earlier");
    without it they count from the page's date or the day before. None where the words say no day (a duration), or where
    the page's date is too open for them.
    """
    if not words.is_time:
        return None
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
    """When a thing can have happened that was told on a day, without an hour: that day or the one before."""
    return Interval(said.earliest and said.earliest - timedelta(days=1), said.latest)


def _of_form(form: Form, anchor: Interval, tense: Tense, previous: Interval | None) -> Interval | None:
    match form:
        case Calendar():
            return _calendar(form, _told_at(form, anchor, previous), tense)
        case Weekday():
            return _weekday(form, anchor.latest, tense) if anchor.earliest and anchor.latest else None
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
        case Length():
            return None


def _weekday(form: Weekday, page: date, tense: Tense) -> Interval:
    back = (page.weekday() - form.day) % 7
    if form.week is not None:
        monday = page - timedelta(days=page.weekday()) + timedelta(weeks=form.week)
        return Interval.day(monday + timedelta(days=form.day))
    if form.which == "last":
        return Interval.day(page - timedelta(days=back or 7))
    if form.which == "next":
        return Interval.day(page + timedelta(days=7 - back))
    if tense == "future" and back:
        return Interval.day(page + timedelta(days=7 - back))
    return Interval.day(page - timedelta(days=back))


# ---------------------------------------------------------------- dates of the calendar


def _calendar(form: Calendar, anchor: Interval, tense: Tense) -> Interval | None:
    """A date, whole or in part; of two readings the likelier, or both where neither is."""
    found = _one_calendar(form, anchor, tense)
    if form.other is None or found is None:
        return found
    second = _one_calendar(form.other, anchor, tense)
    return found if second is None else _likelier(found, second, anchor)


# A story this many days before the page carries its year on to the dates that follow.
_LONG_AGO = 300


def _told_at(form: Calendar, anchor: Interval, previous: Interval | None) -> Interval:
    """The day from which a date without a year looks back: the page's, or, in a story of long ago, a year on from there."""
    if form.year is not None or previous is None or previous.earliest is None or anchor.earliest is None:
        return anchor
    if (anchor.earliest - previous.earliest).days < _LONG_AGO:
        return anchor
    # A month's grace: stories also step back a little.
    on = min(previous.earliest + timedelta(days=_LONG_AGO), anchor.earliest)
    return Interval.day(on)


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
    candidates = [c for year in range(page.year - 9, page.year + 3) if (c := _in_year(form, year)) is not None]
    if form.weekday is not None:
        candidates = [c for c in candidates if c.earliest and c.earliest.weekday() == form.weekday] or candidates
    limit = page + timedelta(days=AHEAD if form.day else 0)
    past = [c for c in candidates if c.earliest and c.earliest <= limit]
    ahead = [c for c in candidates if c.latest and c.latest >= page]
    if form.which == "last":
        past = [c for c in past if c.latest and c.latest < page]
    if form.which == "this":
        return _in_year(form, page.year)
    if form.which == "next" or (tense == "future" and form.which != "last"):
        return ahead[0] if ahead else None
    return past[-1] if past else None


def _nearest_day_of_month(day: int, page: date, tense: Tense) -> Interval | None:
    """ "On the 18th": of this month, or of the one before (after, where told ahead)."""
    months = [_month_shifted(page.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
    days = [first.replace(day=day) for first in months if day <= calendar.monthrange(first.year, first.month)[1]]
    if tense == "future":
        return Interval.day(next(d for d in days if d >= page))
    return Interval.day([d for d in days if d <= page + timedelta(days=AHEAD)][-1])


def _in_year(form: Calendar, year: int) -> Interval | None:
    """The date in a given year; None where that year has no such day."""
    if form.part == "decade":
        return Interval(date(year, 1, 1), date(year + 9, 12, 31))
    if form.month is None:
        return _part_of_year(form.part, year)
    length = calendar.monthrange(year, form.month)[1]
    if form.day is not None:
        return Interval.day(date(year, form.month, form.day)) if form.day <= length else None
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
    first, last = _OF_YEAR.get(part, (1, 12))
    return Interval(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


# ---------------------------------------------------------------- counted from a day


def _base(form: Shift | Whole, anchor: Interval, previous: Interval | None) -> Interval:
    """The day that the words count from."""
    if form.origin == "page":
        return anchor
    return Interval(previous.earliest, previous.latest) if previous else _day_before(anchor)


def _day_before(anchor: Interval) -> Interval:
    """The page's date or the day before: where a story is, as long as it has named no day."""
    return Interval(anchor.earliest and anchor.earliest - timedelta(days=1), anchor.latest)


def _counted(form: Shift | Whole, base: Interval) -> Interval | None:
    earliest = base.earliest and _span(form, base.earliest).earliest
    latest = base.latest and _span(form, base.latest).latest
    return Interval(earliest, latest) if earliest or latest else None


def _span(form: Shift | Whole, day: date) -> Interval:
    """What the words mean, counted from one day."""
    if isinstance(form, Whole):
        return _whole(form, day)
    unit, low, high = form.unit, form.low, form.high
    if unit is Unit.MINUTE:
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
