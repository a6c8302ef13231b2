"""What the words of a calendar date mean: days, weekdays, weeks, months, seasons, years, feasts, and the nights between two days.

Each function makes a meaning of the tokens that one of the grammar's rules matched, or None where they mean no date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from crossbearing.words.time_clocks import part_of_day
from crossbearing.words.time_forms import Calendar, Made, Night, Range, Weekday
from crossbearing.words.time_letters import ABBREVIATED, DECADES, FEASTS, Groups, month_of, value_of, weekday_of


def day_date(g: Groups) -> Made | None:
    """A day with its month, perhaps a second day, a year, a weekday."""
    year = int(g["year"][0].word) if "year" in g else None
    first = _calendar(year, month_of(g["month"]), value_of(g["day"])[0])
    if first is None:
        return None
    if "till" in g:
        last = _calendar(year, month_of(g["month"]), value_of(g["till"])[0])
        if last is None or (last.day or 0) <= (first.day or 0):
            return None
        night: Night = "overnight" if g.get("nightof") else ""
        return Made(Range(first, last), part_of_day("overnight") if night else None)
    return Made(first)


def night_between(g: Groups) -> Made | None:
    """ "The night of 30 April to 1 May": the night between the two."""
    year = int(g["year"][0].word) if "year" in g else None
    first = _calendar(None, month_of(g["month"]), value_of(g["day"])[0])
    last = _calendar(year, month_of(g["next"]), value_of(g["till"])[0])
    if first is None or last is None or last.day != (1 if first.month != last.month else (first.day or 0) + 1):
        return None
    return Made(Range(first, last), part_of_day("overnight"))


def _calendar(year: int | None, month: int, day: int, weekday: int | None = None) -> Calendar | None:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return Calendar(year, month, day, weekday)


def nth_day(g: Groups) -> Made | None:
    """ "The first day of March", "the 1st day of February next"."""
    made = day_date(g) if g["unit"][0].word == "day" else None
    return replace(made, form=replace(made.form, which=_which(g))) if made and isinstance(made.form, Calendar) else None


def weekday_of_month(g: Groups) -> Made | None:
    """ "The last Sunday of July", "the first Friday in March 2025"."""
    nth = -1 if g["nth"][0].word == "last" else value_of(g["nth"])[0]
    year = int(g["year"][0].word) if "year" in g else None
    return Made(Calendar(year, month_of(g["month"]), weekday=weekday_of(g["day"]), nth=nth)) if nth < 5 else None


def number_date(g: Groups) -> Made | None:
    """2024-01-18, or 8/12/2023 with both its readings."""
    word = g["date"][0].word
    if named := re.fullmatch(r"(\d+) ?([a-z]{3}) ?(\d\d)", word):
        found = _calendar(2000 + int(named[3]), ABBREVIATED[named[2]], int(named[1]))  # "09JAN24"
        return Made(found) if found else None
    a, b, c = (int(n) for n in re.split(r"[-/.]", word))
    if a > 31:
        found = _calendar(a, b, c) if b <= 12 else None
        return Made(found) if found else None
    year = c if c > 99 else 2000 + c if c < 70 else 1900 + c
    if not 1900 <= year < 2100:
        return None
    american = a <= 12 and "." not in word  # "4.3.2025" is the fourth of March wherever dots are written
    readings = [r for r in (_calendar(year, b, a) if b <= 12 else None, _calendar(year, a, b) if american else None) if r]
    if not readings:
        return None
    return Made(replace(readings[0], other=readings[1] if len(readings) > 1 and readings[1] != readings[0] else None))


def day_of_month(g: Groups) -> Made | None:
    which = g["which"][0].word if "which" in g else ""
    return Made(Calendar(day=value_of(g["day"])[0], which="that month" if which in ("same", "that") else which))


def part_of(g: Groups) -> str:
    """The part of a month, year or week that the words before it name."""
    if "early" in g:
        return g["early"][0].word
    if "edge" in g:
        return {"beginning": "start", "outset": "start", "onset": "start", "start": "start", "middle": "mid"}.get(
            g["edge"][0].word, "end"
        )
    if "half" in g:
        return f"half {value_of(g['half'])[0]}"
    if "nth" in g and g["week"][0].word == "week":
        return "last week" if g["nth"][0].word == "last" else f"week {value_of(g['nth'])[0]}"
    return "" if "nth" not in g else "?"


_NOT_OF_MONTH = {"?", *(f"week {n}" for n in range(6, 21))}


def month_alone(g: Groups) -> Made | None:
    year = int(g["year"][0].word) if "year" in g else None
    part = part_of(g)
    if part in _NOT_OF_MONTH:
        return None  # "the first day of May", "last year in May"
    return Made(Calendar(year, month_of(g["month"]), part=part, which=_which(g)))


def week_of(g: Groups) -> Made | None:
    """ "The week of March 6"."""
    found = _calendar(int(g["year"][0].word) if "year" in g else None, month_of(g["month"]), value_of(g["day"])[0])
    return Made(replace(found, part="week")) if found and g["unit"][0].word == "week" else None


_SAME_SEASON = {"fall": "autumn"}


_OF_YEARS = {"last": "last year", "this": "this year", "next": "next year", "coming": "next year", "following": "year after"}


def month_of_year(g: Groups) -> Made | None:
    """ "April next year", "July of that year"."""
    which = _OF_YEARS.get(_which(g) if g["which"][0].word not in ("same", "that") else "", "that year")
    if g["which"][0].word in ("previous", "preceding", "prior"):
        which = "year before"
    month = month_of(g["month"])
    if "day" in g:
        found = _calendar(None, month, value_of(g["day"])[0])
        return Made(replace(found, which=which)) if found else None
    return Made(Calendar(month=month, part=part_of(g), which=which))


def year_alone(g: Groups) -> Made | None:
    if "decade" in g:
        word = g["decade"][0].word
        plain = re.sub("[’']", "", word)
        if ((word[0].isdecimal() and len(plain) == 3) or plain in DECADES) and ("the" not in g or plain < "2"):
            return None  # "in his 30s"
        if len(plain) == 5 and plain != word and "the" not in g:
            return None  # "2030's goals"
        ten = DECADES.get(plain) or int(plain.rstrip("s"))
        # "The 1800s" are a hundred years, "the 2000s" ten.
        part = "century" if ten % 100 == 0 and 99 < ten < 2000 else "decade"
        return Made(Calendar(ten if ten > 99 else 1900 + ten, part=part))
    season = g["season"][0].word if "season" in g else ""
    part = _SAME_SEASON.get(season, season) or part_of(g)
    return None if part == "?" else Made(Calendar(int(g["year"][0].word), part=part))


def season_alone(g: Groups) -> Made | None:
    season = g["season"][0].word
    return Made(Calendar(part=_SAME_SEASON.get(season, season), which=_which(g)))


def _which(g: Groups) -> str:
    """`last`, `this` or `next`, where one of them or of their like is said."""
    word = g["which"][0].word if "which" in g else ""
    if "story" in g:
        word = g["story"][0].word
        return "following" if word in ("following", "next", "after") else word if word in ("same", "that") else "previous"
    return {"past": "last", "coming": "next", "upcoming": "next", "same": "this", "that": "this"}.get(word, word)


def century(g: Groups) -> Made | None:
    """ "The 19th century", "the late eighteenth century"."""
    if "tens" in g and g["tens"][0].word != "twenty":
        return None
    number = value_of(g["nth"])[0] + (20 if "tens" in g else 0)
    if not 2 <= number <= 22:
        return None
    last = Calendar(100 * (number - 1), part="century")
    from_ = value_of(g["from"])[0] if "from" in g else number
    return Made(Range(Calendar(100 * (from_ - 1), part="century"), last) if 2 <= from_ < number else last)


def quarter(g: Groups) -> Made | None:
    """ "The first quarter of 2024", "Q3", "fiscal year 2025", "the second half of fiscal 2024"."""
    if "nth" in g and g["nth"][0].word == "last":
        return Made(Calendar(part="quarter", which="last"))
    number = value_of(g["nth"])[0] if "nth" in g else int(g["number"][0].word[1]) if "number" in g else 0
    if number > 4:
        return None
    part = f"quarter {number}" if number else ""
    if "fiscal" in g:
        part = f"fiscal {part}".strip()
    return Made(Calendar(int(g["year"][0].word) if "year" in g else None, part=part, which=_which(g)))


def feast_day(g: Groups) -> Made | None:
    """A named day, or one of the days that it lasts: "Christmas Eve", "the third day of Ramadan"."""
    plain = FEASTS.get(" ".join(t.word.replace("’", "'") for t in g["feast"]))
    if plain is None:
        return None
    nth = 0 if "eve" in g else value_of(g["nth"])[0] if "nth" in g else None
    if "eve" in g and g["eve"][0].word != "eve":
        return None
    return Made(Calendar(int(g["year"][0].word) if "year" in g else None, which=_which(g), feast=plain, nth=nth))


def weekday_alone(g: Groups) -> Made | None:
    day = weekday_of(g["day"])
    which = g["which"][0].word if "which" in g else ""
    if "after" in g and g["after"][0].word in ("last", "past"):
        which = "last"
    week = None
    if "week" in g:
        week = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "this": 0}.get(g["week"][0].word)
    return Made(Weekday(day, {"past": "last", "coming": "next", "upcoming": "next"}.get(which, which), week))


def story_weekday(g: Groups) -> Made | None:
    """ "The following Monday", "that Friday"."""
    return Made(Weekday(weekday_of(g["day"]), "that" if (w := _which(g)) == "same" else w))


def two_weekdays(g: Groups) -> Made | None:
    """ "The night of Tuesday to Wednesday", "overnight between Tuesday and Wednesday"."""
    first, last = (weekday_of(g[k]) for k in ("day", "till"))
    clock = part_of_day("overnight") if "nightof" in g or "after" in g else None
    if clock and (last - first) % 7 != 1:
        return None
    return Made(Range(Weekday(first), Weekday(last)), clock)


def into_day(g: Groups) -> Made | None:
    """ "Overnight into Wednesday", "the night to 12 August": the night that ends on it."""
    if "part" in g and g["part"][0].word != "night":
        return None
    if "till" in g:
        day = weekday_of(g["till"])
        return Made(Range(Weekday((day - 1) % 7), Weekday(day)), part_of_day("overnight"))
    made = day_date(g)
    first = _day_before(made.form) if made and isinstance(made.form, Calendar) else None
    return Made(Range(first, made.form), part_of_day("overnight")) if made and first else None


def _day_before(day: Calendar) -> Calendar | None:
    if day.day is None or day.month is None:
        return None
    eve = date(day.year or 2001, day.month, min(day.day, 28)) - timedelta(days=1)
    return replace(day, day=day.day - 1) if day.day > 1 else Calendar(day.year and eve.year, eve.month, eve.day)


def eve_of(g: Groups) -> Made | None:
    """ "On the eve of Saturday's vote", "on the eve of the polls of 2 June": the day before."""
    if g["eve"][0].word != "eve":
        return None
    if "month" not in g:
        return Made(Weekday((weekday_of(g["day"]) - 1) % 7))
    made = day_date(g)
    first = _day_before(made.form) if made and isinstance(made.form, Calendar) else None
    return Made(first) if first else None
