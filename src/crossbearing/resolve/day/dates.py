"""Dates as a calendar has them, with or without their year: the nearest that the tense lets them be."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from crossbearing.model.when import Interval
from crossbearing.resolve.day.feasts import feasts, nth_weekday
from crossbearing.resolve.day.tenses import Tense
from crossbearing.words.time_forms import Calendar, Unit

AHEAD = 3
"""So many days a report may be dated before what it tells of: time zones, and pages put up ahead of their date."""
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
OF_STORY = ("that", "following", "previous")
"""Words that count a date from the day last told of."""


def of_calendar(form: Calendar, anchor: Interval, tense: Tense) -> Interval | None:
    """A date, whole or in part; of two readings the likelier, or both where neither is."""
    if form.which in OF_STORY:
        return of_story(form, anchor)
    found = _one_calendar(form, anchor, tense)
    if form.other is None or found is None:
        return found
    second = _one_calendar(form.other, anchor, tense)
    return found if second is None else _likelier(found, second, anchor)


def of_story(form: Calendar, base: Interval) -> Interval | None:
    """ "The following April", "the previous spring", counted from the day last told of."""
    if base.earliest is None or base.latest is None:
        return None
    years = range(base.earliest.year - 2, base.latest.year + 3)
    found = [i for year in years if (i := in_year(form, year)) and i.earliest and i.latest]
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


def of_said_year(form: Calendar, anchor: Interval, previous: Interval | None) -> Calendar:
    """A date whose year or month other words say: "April next year", "July of that year", "the 28th of that month"; "on the
    16th" in a story of another month than the page's is of the story's."""
    if form.day and (form.year, form.month, form.weekday, form.which) == (None, None, None, "") and previous is not None:
        return _in_story(form, form.day, anchor, previous)
    if form.which not in _YEARS and form.which != "that month":
        return form
    of_page = form.which in ("last year", "this year", "next year")
    base = anchor.latest if of_page or previous is None else previous.earliest
    if base is None:
        return form
    if form.which == "that month":
        return Calendar(base.year, base.month, form.day)
    return replace(form, year=base.year + _YEARS[form.which], which="")


def _in_story(form: Calendar, day: int, anchor: Interval, previous: Interval) -> Calendar:
    """A bare day of the month where a story was told of that lies well before the page, and not years before: the next such day
    from there on."""
    told, page = previous.earliest, anchor.earliest or anchor.latest
    if told is None or page is None or _long_ago(anchor, previous) or (previous.days or _MONTH + 1) > _MONTH:
        return form
    if (page - told).days <= _MONTH:
        return form
    month = told if day >= told.day else month_shifted(told.replace(day=1), 1)
    return Calendar(month.year, month.month, day)


_MONTH = 31


def said_at(form: Calendar, anchor: Interval, previous: Interval | None) -> Interval:
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
    near = sorted((days.gap(at), year) for year in years if (at := in_year(form, year)))
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
        return in_year(form, form.year)
    if anchor.earliest is None or anchor.latest is None:
        return None
    return nearest(form, anchor.latest, tense)


def nearest(form: Calendar, page: date, tense: Tense) -> Interval | None:
    """The year that a date without one is of: the nearest in the past, a few days ahead allowed; the next where told ahead."""
    if form.month is None and form.day is not None:
        if form.which:
            month = month_shifted(page.replace(day=1), -1 if form.which == "last" else 0)
            return in_year(Calendar(month=month.month, day=form.day), month.year)
        return _nearest_day_of_month(form.day, page, tense)
    candidates = [c for year in range(page.year - 9, page.year + 3) for c in _readings(form, year)]
    if form.feast:
        candidates.sort(key=lambda c: c.earliest or page)
    if form.weekday is not None:
        fit = [c for c in candidates if c.earliest and c.earliest.weekday() == form.weekday and _distance(c, page) <= _LONG_AGO]
        candidates = fit or candidates
    limit = page + timedelta(days=AHEAD if form.day or form.feast else 0)
    past = [c for c in candidates if c.earliest and c.earliest <= limit]
    ahead = [c for c in candidates if c.latest and c.latest >= page]
    if form.which == "last":
        past = [c for c in past if c.latest and c.latest < page]
    if form.which == "this":
        return in_year(form, page.year)
    if tense == "none" and not form.which and (past or ahead):
        return min(past[-1:] + ahead[:1], key=lambda c: _distance(c, page))
    if form.which == "next":
        return ahead[0] if ahead else None
    if tense == "future" and form.which != "last" and ahead:
        # "The blasts of 7 August would ..." two weeks on: of the year gone, whatever the verb.
        return past[-1] if past and _distance(ahead[0], page) > _FAR * _distance(past[-1], page) else ahead[0]
    return past[-1] if past else None


_LONG_AGO = 400
"""Days from the page beyond which a day that bears its weekday is no likelier to be meant than that the writer erred in it."""
# What is told as ahead is taken for past where the day ahead is further off than so many times the one gone.
_FAR = 5


def _distance(found: Interval, page: date) -> float:
    """Days from the page; those ahead count half as much again, since reports tell more of what was."""
    days = ((found.earliest or page) - page).days
    return 1.5 * days if days > 0 else -days


def _nearest_day_of_month(day: int, page: date, tense: Tense) -> Interval | None:
    """ "On the 18th": of this month, or of the one before (after, where told ahead)."""
    months = [month_shifted(page.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
    days = [first.replace(day=day) for first in months if day <= calendar.monthrange(first.year, first.month)[1]]
    if tense == "future":
        return Interval.day(next(d for d in days if d >= page))
    return Interval.day([d for d in days if d <= page + timedelta(days=AHEAD)][-1])


def _readings(form: Calendar, year: int) -> list[Interval]:
    """What a date without a year can be in a given one: a feast may fall twice, or differ between calendars."""
    if form.feast:
        return feasts(form.feast, form.nth, year)
    found = in_year(form, year)
    return [found] if found else []


def in_year(form: Calendar, year: int) -> Interval | None:
    """The date in a given year; None where that year has no such day."""
    if form.part in ("decade", "century"):
        years = 10 if form.part == "decade" else 100
        return Interval(date(year, 1, 1), date(year + years - 1, 12, 31))
    if form.feast:
        found = feasts(form.feast, form.nth, year)
        return Interval(found[0].earliest, found[-1].latest) if found else None
    if form.part.startswith("fiscal"):
        # Fiscal years begin between April of the year before and the year's own January, as countries have it.
        whole = part_of_year(form.part.removeprefix("fiscal").strip(), year)
        return Interval(whole.earliest and month_shifted(whole.earliest, -9), whole.latest)
    if form.month is None:
        if form.part == "winter" and form.year is None:
            return Interval(date(year - 1, 12, 1), date(year, 3, 1) - timedelta(days=1))
        return part_of_year(form.part, year)
    if form.weekday is not None and form.nth is not None:
        return Interval.day(nth_weekday(year, form.month, form.weekday, form.nth))
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


def part_of_year(part: str, year: int) -> Interval:
    if part in _SEASONS:
        month, months = _SEASONS[part]
        # "Winter 2023" may be the one that begins in that year's January or in its December.
        start = date(year, 1, 1) if part == "winter" else date(year, month, 1)
        return Interval(start, month_shifted(date(year, month, 1), months) - timedelta(days=1))
    if part.startswith("quarter "):
        last = 3 * int(part[8:])
        return Interval(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]))
    first, last = _OF_YEAR.get(part, (1, 12))
    return Interval(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def moved(day: date, unit: Unit, n: int) -> date:
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * n)
    return month_shifted(day, n * (12 if unit is Unit.YEAR else 1))


def month_shifted(day: date, months: int) -> date:
    """The same day so many months later, or the month's last; the calendar's first or last day beyond its ends."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 < year < 9998:
        return date(2, 1, 1) if year <= 1 else date(9998, 12, 1)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
