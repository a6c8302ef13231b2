"""Neighbouring time expressions that are one: a day with its hour, a weekday with its date, two days as a range, and the
preposition before them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from crossbearing.model.when import ClockKind
from crossbearing.words.time_clocks import GREENWICH, four_digits, part_of_day
from crossbearing.words.time_counts import OVERNIGHT
from crossbearing.words.time_forms import Bare, Bound, Calendar, Into, Length, Made, Range, Repeated, Shift, Unit, Weekday, Whole
from crossbearing.words.time_letters import LETTER, Lexed
from crossbearing.words.time_rules import LOOSE


@dataclass(frozen=True, slots=True)
class Atom:
    """A match before it is joined with its neighbours: token range and meaning."""

    first: int
    last: int
    made: Made


# What may stand between a day and its time of day.
_LINKS = ("ON", "OF", "THE", "COMMA", "AT", "LP", "INSIDE", "OVER", "POSS", "RP")
_BETWEEN = re.compile("^[" + re.escape("".join(LETTER[name] for name in _LINKS)) + "]{0,3}$")
_PASSED = "".join(LETTER[name] for name in ("ON", "THE", "AT", "INSIDE", "OVER"))
_BOUNDS = {"since": Bound.SINCE, "until": Bound.UNTIL, "till": Bound.UNTIL, "by": Bound.UNTIL, "before": Bound.BEFORE,
           "after": Bound.AFTER, "from": Bound.SINCE}  # fmt: skip


def joined(atoms: list[Atom], letters: str, tokens: Lexed) -> list[Atom]:
    """Days with their times of day, weekdays with their dates, ranges, and the prepositions before them."""
    joined: list[Atom] = []
    for atom in atoms:
        atom = _with_loose(atom, letters, tokens, joined[-1].last if joined else 0)
        while joined:
            both = _join(joined[-1], atom, letters)
            if both is None:
                break
            joined.pop()
            atom = both
        joined.append(atom)
    return [_with_bound(atom, joined[i - 1].last if i else 0, letters, tokens) for i, atom in enumerate(joined)]


def _with_loose(atom: Atom, letters: str, tokens: Lexed, floor: int) -> Atom:
    """A day together with "early" or "on the morning of" before it and "morning" or "at dawn" behind it."""
    if not _takes_clock(atom.made):
        return atom
    for pattern, builder in LOOSE:
        for at in range(max(floor, atom.first - 6), atom.first):
            match = pattern.match(letters, at)
            if match and match.end() <= atom.first and _BETWEEN.match(letters[match.end() : atom.first]):
                made = builder(tokens.groups(match))
                if made:
                    atom = Atom(at, atom.last, _timed(atom.made, made))
                    break
        if atom.made.clock:
            break
    return _with_loose_after(atom, letters, tokens)


def _with_loose_after(atom: Atom, letters: str, tokens: Lexed) -> Atom:
    behind = atom.last + (letters[atom.last : atom.last + 1] == LETTER["POSS"])
    for pattern, builder in LOOSE[:2]:
        match = pattern.match(letters, behind)
        if match and not (letters[match.end() - 1] == "E" and letters[match.end() : match.end() + 1] != "P"):
            made = builder(tokens.groups(match))
            if made and (atom.made.clock is None or made.night):
                return Atom(atom.first, match.end(), _timed(atom.made, made))
    return atom


def _takes_clock(made: Made) -> bool:
    form = made.form
    if isinstance(form, Calendar):
        return form.day is not None or bool(form.feast)
    return isinstance(form, Weekday) or (isinstance(form, Shift) and form.unit is Unit.DAY)


def _timed(day: Made, part: Made) -> Made:
    """A day with a time of day. An exact time outdoes a part of the day, but keeps that it was night."""
    finer = part.clock if part.clock and (day.clock is None or part.clock.kind is not ClockKind.PART) else day.clock
    if part.clock and day.clock and part.clock.kind is day.clock.kind is ClockKind.PART:
        # "In the early hours of Tuesday morning": the shorter of the two.
        shorter = part.clock.latest < day.clock.latest and not day.night
        finer = part.clock if part.night or shorter else day.clock
    return replace(day, clock=finer, night=part.night or day.night, greenwich=part.greenwich or day.greenwich)


def _join(a: Atom, b: Atom, letters: str) -> Atom | None:
    """Two neighbours as one expression, where they are one."""
    between = letters[a.last : b.first]
    if len(between) > 3:
        return None
    made: Made | None = None
    if _BETWEEN.match(between):
        made = _day_and_clock(a.made, b.made) or _weekday_and_date(a.made, b.made)
        made = made or _come_round(a.made, b.made)
    if made is None and re.fullmatch("(?:&T|[" + re.escape("T|-&f") + "])#?", between):
        made = _ranged(a, b, letters)
    if made is None:
        return None
    last = b.last + (letters[b.last : b.last + 1] == ")" and "(" in between)
    return Atom(a.first, last, made)


def _day_and_clock(a: Made, b: Made) -> Made | None:
    for day, part in ((a, b), (b, a)):
        if (
            (isinstance(part.form, Bare) or part.form == OVERNIGHT)
            and _takes_clock(day)
            and day.form != OVERNIGHT
            and _fits(day, part)
        ):
            return _timed(day, replace(part, night="overnight") if part.form == OVERNIGHT else part)
    if isinstance(a.form, Bare) and isinstance(b.form, Bare) and a.clock and b.clock:
        if a.clock.kind is not b.clock.kind and ClockKind.PART in (a.clock.kind, b.clock.kind):
            return _timed(a, b)
        return _two_zones(a, b)
    return None


def _two_zones(a: Made, b: Made) -> Made | None:
    """ "At 4:15 am (0115 GMT)": one moment on two clocks. The local one is kept, and the other beside it."""
    for local, other in ((a, b), (b, a)):
        if local.clock and other.clock and other.clock.zone in GREENWICH and local.clock.zone not in GREENWICH:
            return replace(local, greenwich=other.clock)
    return None


def _fits(day: Made, part: Made) -> bool:
    """Whether a day can take this time of day: none yet, or only a part of the day that the other makes exact."""
    if day.clock is None:
        return True
    if day.clock.kind is not ClockKind.PART or part.clock is None:
        return False
    return part.clock.kind is not ClockKind.PART or part.clock.earliest <= day.clock.earliest <= part.clock.latest


def _come_round(a: Made, b: Made) -> Made | None:
    """ "Twenty years ago on Sunday", "a year ago today", "two years ago this month": what has come round."""
    ago, day = a.form, b.form
    years = isinstance(ago, Shift) and ago.unit is Unit.YEAR and ago.origin == "page" and ago.low == ago.high
    this = day in (Shift(Unit.DAY, 0, 0), Whole(Unit.WEEK, 0), Whole(Unit.MONTH, 0))
    if not years or not isinstance(ago, Shift) or not (isinstance(day, Weekday) or this):
        return None
    return Made(replace(ago, on=day), b.clock, b.night)


def _weekday_and_date(a: Made, b: Made) -> Made | None:
    """ "Friday, Dec. 8", "8 December (Friday)"; of an ambiguous date, the reading that falls on that weekday."""
    for week, day in ((a, b), (b, a)):
        if isinstance(week.form, Weekday) and isinstance(day.form, Calendar) and day.form.day and day.form.weekday is None:
            readings = [r for r in (replace(day.form, other=None), day.form.other) if r]
            fitting = [r for r in readings if r.year and r.month and date(r.year, r.month, r.day or 1).weekday() == week.form.day]
            chosen = fitting[0] if fitting else day.form
            clock = day.clock or week.clock
            if not fitting and 0 < (chosen.year or 0) < _YEARS and clock is None and (clock := four_digits(chosen.year or 0)):
                chosen = replace(chosen, year=None)  # "THU 19 FEB 1530 - ": no such weekday in that year, but such an hour
            return Made(replace(chosen, weekday=week.form.day), clock, day.night or week.night)
    return None


# Four digits below this behind a weekday's date are an hour, where the weekday fits no such year.
_YEARS = 1900


def _runs_on(a: Made, b: Made) -> bool:
    """Whether a late hour of a day runs on into the next: "late on Friday and into Saturday"."""
    late = a.clock is not None and a.clock.kind is ClockKind.PART and a.clock.earliest.hour >= 16
    days = isinstance(a.form, Weekday) and isinstance(b.form, Weekday) and (b.form.day - a.form.day) % 7 == 1
    return late and days


_NO_END = (Range, Bare, Length, Repeated, Into)


def _ranged(a: Atom, b: Atom, letters: str) -> Made | None:
    """ "From October 17 to November 3", "between Monday and Wednesday"; "and" only after "between"."""
    before = letters[max(a.first - 2, 0) : a.first] + letters[a.first]
    if "T" in letters[a.last : b.first] and _runs_on(a.made, b.made):
        return Made(Range(a.made.form, b.made.form), part_of_day("overnight"))
    if "&" in letters[a.last : b.first] and "y" not in before:
        return None
    if isinstance(a.made.form, _NO_END) or isinstance(b.made.form, _NO_END):
        return None
    dashed = "-" in letters[a.last : b.first] or "y" in before or "f" in before
    if not dashed or (a.made.clock and not isinstance(a.made.form, Weekday)):
        return None
    first, last = a.made.form, b.made.form
    if isinstance(first, Calendar) and isinstance(last, Calendar) and first.year is None and last.year is not None:
        first = replace(first, year=last.year)
    return Made(Range(first, last))


def _with_bound(atom: Atom, floor: int, letters: str, tokens: Lexed) -> Atom:
    """The preposition that opens an expression at one end, where one stands before it."""
    made = atom.made
    if made.bound or not isinstance(made.form, Calendar | Weekday | Shift | Whole):
        return atom
    if isinstance(made.form, Shift) and made.form.origin == "story":
        return atom
    at = atom.first - 1
    while at >= floor and letters[at] in _PASSED and atom.first - at < 3:
        at -= 1
    if at < floor or tokens.words[at] not in _BOUNDS:
        return atom
    return Atom(at, atom.last, replace(made, bound=_BOUNDS[tokens.words[at]]))
