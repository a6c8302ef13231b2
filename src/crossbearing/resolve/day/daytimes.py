"""Hours of the clock, at the page and at the place of what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.words.time_clocks import GREENWICH
from crossbearing.words.time_forms import TimeWords


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


# An hour of the morning told after one of the late evening is of the next day.
_LATE, _EARLY = time(18), time(9)


def at_hour(story: Interval, words: TimeWords) -> Interval:
    """A time of day alone, on the day last told of, or the next: "at 9 pm on Monday ... at around 3 am"."""
    told, clock = story.clock, words.clock
    on = story.days == 1 and told is not None and clock is not None and told.earliest >= _LATE and clock.latest <= _EARLY
    return replace(story.shifted(1) if on else story, clock=clock)


def is_night(days: Interval) -> bool:
    """Whether two days are those of a night, which is of the day on which it began: the day after is that into which it ran."""
    return days.days == 2 and days.clock is not None and days.clock.latest < days.clock.earliest


def with_night(found: Interval, words: TimeWords) -> Interval:
    """The days that a night touches. An hour decides: 11:30 pm "last night" is the evening's day, 12:40 am the next."""
    clock = words.clock
    if not words.night or clock is None:
        return replace(found, clock=clock)
    if clock.kind in (ClockKind.EXACT, ClockKind.APPROXIMATE):
        morning = clock.earliest.hour < 12
        day = found.shifted(1) if morning and words.night == "night" else found
        return replace(day, clock=clock)
    before = 1 if words.night == "overnight" else 0
    return stretched(found, before, 1, clock)


def stretched(found: Interval, before: int, after: int, clock: Clock | None) -> Interval:
    """An interval with so many days more at each end."""
    return Interval(
        found.earliest and found.earliest - timedelta(days=before), found.latest and found.latest + timedelta(days=after), clock
    )
