"""Days that are counted from others: "three days ago", "last week", "within a month"."""

from __future__ import annotations

from datetime import date, timedelta

from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.resolve.day.dates import in_year, month_shifted, moved, part_of_year
from crossbearing.resolve.day.daytimes import is_night
from crossbearing.resolve.page.beginnings import named_in
from crossbearing.words.time_forms import Calendar, Into, Shift, Unit, Whole, Within


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


def of_begun(form: Into, first: date | None) -> Interval | None:
    """So many units on from a beginning; of the n-th unit, all its days, the first being that of the beginning."""
    if first is None:
        return None
    if form.unit in (Unit.MINUTE, Unit.HOUR):
        return Interval(first, first + timedelta(days=1 + form.high // 24))
    if form.nth:
        last = moved(first, form.unit, form.high) - timedelta(days=1)
        return Interval(moved(first, form.unit, form.low - 1), last)
    return unit_at(Shift(form.unit, form.low, form.high), first)


def base_of(form: Shift | Whole, anchor: Interval, previous: Interval | None) -> Interval:
    """The day that the words count from."""
    if form.origin == "page":
        return anchor
    if previous is None:
        return day_before(anchor)
    days = isinstance(form, Shift) and form.unit is Unit.DAY
    return Interval(previous.earliest, previous.earliest if days and is_night(previous) else previous.latest)


def day_before(anchor: Interval) -> Interval:
    """The page's date or the day before: where a story is, as long as it has named no day."""
    return Interval(anchor.earliest and anchor.earliest - timedelta(days=1), anchor.latest)


def of_count(form: Shift | Whole, base: Interval) -> Interval | None:
    """What the words mean, counted from each day that the base may be."""
    if isinstance(form, Shift) and form.unit is Unit.MONTH and form.low == form.high and _is_month(base):
        return of_whole(Whole(Unit.MONTH, form.low), base.earliest or date.min)
    earliest = base.earliest and unit_at(form, base.earliest).earliest
    latest = base.latest and unit_at(form, base.latest).latest
    return Interval(earliest, latest) if earliest or latest else None


def come_round(form: Shift, on: Interval | None) -> Interval | None:
    """The same day of the calendar so many years before."""
    return on and Interval(
        on.earliest and moved(on.earliest, form.unit, form.low), on.latest and moved(on.latest, form.unit, form.high)
    )


def _is_month(days: Interval) -> bool:
    first, last = days.earliest, days.latest
    return first is not None and last is not None and first.day == 1 and last == month_shifted(first, 1) - timedelta(days=1)


def unit_at(form: Shift | Whole, day: date) -> Interval:
    """What the words mean, counted from one day."""
    if isinstance(form, Whole):
        return of_whole(form, day)
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
    return Interval(moved(day, unit, low) - timedelta(days=slack), moved(day, unit, high) + timedelta(days=slack))


def of_whole(form: Whole, day: date) -> Interval:
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
        first_day = month_shifted(day.replace(day=1), form.offset)
        # "Earlier this month" runs up to the page, which may be its last day.
        part = "" if form.part == "early" and form.offset == 0 else form.part
        return in_year(Calendar(month=first_day.month, part=part), first_day.year) or Interval.day(first_day)
    part = "" if form.part == "early" and form.offset == 0 else form.part
    return part_of_year(part, day.year + form.offset)


def of_within(form: Within, anchor: Interval) -> Interval | None:
    """The days from the page so far back, or so far ahead."""
    if form.ahead:
        last = anchor.latest and _reach(form, anchor.latest, 1)
        return Interval(anchor.earliest, last) if last else None
    first = anchor.earliest and _reach(form, anchor.earliest, -1)
    return Interval(first, anchor.latest) if first or anchor.latest else None


def _reach(form: Within, day: date, sign: int) -> date:
    if form.unit in (Unit.MINUTE, Unit.HOUR):
        hours = form.high if form.unit is Unit.HOUR else form.high // 60 + 1
        return day + timedelta(days=sign * -(-hours // 24))
    return moved(day, form.unit, sign * form.high)
