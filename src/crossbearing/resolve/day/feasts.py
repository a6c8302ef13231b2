"""On which days of a year feasts and days of remembrance fall: fixed, of Easter, of the Islamic and the Jewish year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

from crossbearing.model.when import Interval

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
def feasts(name: str, nth: int | None, year: int) -> list[Interval]:
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
        return [(nth_weekday(year, *_NTH_WEEKDAY[name]), 1, 0)]
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


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    if nth > 0:
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))


def _last_friday(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7)
