"""What time words mean against the page's date: interval algebra, and nothing narrower than the words allow.

The page's date is an interval too: where it holds several days, the answer holds what each of them would give.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crossbearing.model.when import Interval
from crossbearing.resolve.day.counted import base_of, come_round, day_before, of_begun, of_count, of_within
from crossbearing.resolve.day.dates import AHEAD, OF_STORY, nearest, of_calendar, of_said_year, said_at
from crossbearing.resolve.day.daytimes import with_night
from crossbearing.resolve.day.tenses import Tense
from crossbearing.words import times
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
        return of_begun(words.form, begun)
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
    found = with_night(found, words)
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
            if form.which in OF_STORY:
                return of_calendar(form, previous or anchor, tense)
            told_at = said_at(form, anchor, previous)
            return of_calendar(of_said_year(form, anchor, previous), told_at, tense if told_at == anchor else "past")
        case Weekday() if form.which in OF_STORY:
            base = previous or anchor
            return _story_weekday(form, base) if base.earliest and base.latest else None
        case Weekday():
            return _weekday(form, anchor.latest, tense) if anchor.earliest and anchor.latest else None
        case Whole(Unit.WEEKEND, 0) if tense == "past":
            # Told of as past, "this weekend" early in the week is the one before.
            return of_count(replace(form, part="latest"), base_of(form, anchor, previous))
        case Shift(on=day) if day is not None:
            return come_round(form, _of_form(day, anchor, tense, previous))
        case Shift() | Whole():
            return of_count(form, base_of(form, anchor, previous))
        case Within():
            return of_within(form, anchor)
        case Range():
            return _range(form, anchor, tense, previous)
        case Bare():
            return previous.shifted(0) if previous else day_before(anchor)
        case Beginning():
            return Interval(None, anchor.latest)
        case Into() | Length() | Repeated() | Reference():
            return None


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


def _range(form: Range, anchor: Interval, tense: Tense, previous: Interval | None) -> Interval | None:
    last = _of_form(form.last, anchor, tense, previous)
    if last is None:
        return None
    first_form = form.first
    if isinstance(first_form, Weekday) and isinstance(form.last, Weekday) and last.earliest:
        # The first weekday is the one before the second.
        return Interval(last.earliest - timedelta(days=(form.last.day - first_form.day) % 7), last.latest)
    if isinstance(first_form, Calendar) and isinstance(form.last, Calendar) and first_form.year is None and last.latest:
        first = nearest(replace(first_form, weekday=None), last.latest, "past")
    else:
        first = _of_form(first_form, anchor, tense, previous)
    if first is None or (first.earliest and last.latest and first.earliest > last.latest):
        return None
    return Interval(first.earliest, last.latest)


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
