"""What the words mean that count time from a day, or tell how long or how often: "two days ago", "last week", "for an hour".

Each function makes a meaning of the tokens that one of the grammar's rules matched, or None where they mean nothing.
"""

from __future__ import annotations

from crossbearing.words.time_clocks import part_of_day
from crossbearing.words.time_dates import part_of
from crossbearing.words.time_forms import (
    Beginning,
    Bound,
    Into,
    Length,
    Made,
    Night,
    Reference,
    Repeated,
    Shift,
    Unit,
    Weekday,
    Whole,
    Within,
)
from crossbearing.words.time_letters import Groups, unit_of, value_of, weekday_of

# The most that a bare plural can mean: "days ago", "in the following weeks".
_MANY = {Unit.HOUR: 23, Unit.DAY: 9, Unit.WEEK: 8, Unit.MONTH: 11}


# Of "and a half": the unit that a half can be told in, how many make one, and how many a half.
_HALVES = {
    Unit.YEAR: (Unit.MONTH, 12, 6), Unit.MONTH: (Unit.DAY, 30, 15), Unit.WEEK: (Unit.DAY, 7, 3), Unit.DAY: (Unit.HOUR, 24, 12),
    Unit.HOUR: (Unit.MINUTE, 60, 30),
}  # fmt: skip


def _amount(g: Groups) -> tuple[Unit, int, int] | None:
    """Unit, least and most, of "two weeks", "more than a month", "days"."""
    unit, times = unit_of(g["unit"])
    if "num" in g:
        low, high = value_of(g["num"])
    elif g["unit"][0].word.endswith("s"):
        low, high = 2, _MANY.get(unit, 20)
    else:
        low, high = 1, 1
    if high > 5000:
        return None
    if "half" in g and unit in _HALVES:
        if g["half"][0].word == "half":
            low = high = 0  # "half a year"
        unit, size, half = _HALVES[unit]
        return unit, low * times * size + half, high * times * size + half
    if "about" in g and "num" in g:
        more = g["about"][0].word
        low, high = (low, high + 1) if more == "more" else (max(low - 1, 0), high) if more == "less" else (low, high)
    return unit, low * times, high * times


def indefinite(g: Groups) -> Made | None:
    """ "On a Sunday", "Friday nights": any of them, and no one day."""
    if "part" in g and not g["part"][0].word.endswith("s"):
        return None
    return Made(Repeated(Unit.WEEK, weekday_of(g["day"])))


def nowadays(g: Groups) -> Made | None:
    """ "To this day"."""
    return Made(Reference("present")) if g["unit"][0].word == "day" else None


def repeated(g: Groups) -> Made | None:
    if "day" in g:
        return Made(Repeated(Unit.WEEK, weekday_of(g["day"])))
    return Made(Repeated(unit_of(g["unit"])[0] if "unit" in g else Unit.DAY))


def on_and_on(g: Groups) -> Made | None:
    """ "Year after year", "from day to day"."""
    return Made(Repeated(unit_of(g["unit"])[0])) if g["unit"] == g["next"] else None


def into(g: Groups) -> Made | None:
    """ "Two weeks into the war", "the third day of the offensive"."""
    if "nth" in g:
        unit, times = unit_of(g["unit"])
        number = value_of(g["nth"])[0]
        return Made(Into(unit, number * times, number * times, nth=True)) if number else None
    amount = _amount(g)
    return Made(Into(*amount)) if amount else None


def today(g: Groups) -> Made | None:
    word = g["word"][0].word
    if word == "tonight":
        return Made(Shift(Unit.DAY, 0, 0), part_of_day("night"), "night")
    if "before" in g:
        return Made(Shift(Unit.DAY, -2, -2))
    if "after" in g:
        return Made(Shift(Unit.DAY, 2, 2))
    at = {"today": 0, "yesterday": -1, "tomorrow": 1}[word]
    return Made(Shift(Unit.DAY, at, at))


def last_night(g: Groups) -> Made | None:
    """ "Last night", "this morning", "tomorrow night" is joined from two."""
    part, which = g["part"][0].word, g["which"][0].word
    at = -1 if which in ("last", "past") else 0
    if at and part not in ("night", "evening"):
        return None
    return Made(Shift(Unit.DAY, at, at), part_of_day(part), "night" if part == "night" else "")


def before_last(g: Groups) -> Made | None:
    """ "The Wednesday before last", "the week before last"."""
    if "day" in g:
        return Made(Weekday(weekday_of(g["day"]), "before last"))
    if "part" in g:
        night: Night = "night" if g["part"][0].word == "night" else ""
        return Made(Shift(Unit.DAY, -2, -2), part_of_day("night"), night) if night else None
    unit, times = unit_of(g["unit"])
    return Made(Whole(unit, -2)) if times == 1 and unit in (Unit.WEEK, Unit.WEEKEND, Unit.MONTH, Unit.YEAR) else None


# The night before the page; beside a day, a night of that day.
OVERNIGHT = Shift(Unit.DAY, -1, 0)


def overnight(g: Groups) -> Made | None:
    return Made(OVERNIGHT, part_of_day("overnight"))


def whole(g: Groups) -> Made | None:
    unit, times = unit_of(g["unit"])
    if times > 1 or unit in (Unit.MINUTE, Unit.HOUR) or ("which" in g and g["unit"][0].word.endswith("s")):
        return None
    if "which" not in g:
        if "edge" in g or "early" in g:
            # "By the end of the year", "late in the month".
            return Made(Whole(unit, 0, part_of(g))) if unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR) else None
        # "Over the weekend": the one last begun.
        return Made(Whole(unit, 0, "latest")) if unit is Unit.WEEKEND and not g["unit"][0].word.endswith("s") else None
    offset = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "upcoming": 1}[g["which"][0].word]
    later = {"earlier": "early", "later": "late"}.get(g["later"][0].word, "") if "later" in g else part_of(g)
    if later == "?":
        return None
    if unit is Unit.DAY:
        return Made(Shift(Unit.DAY, offset, offset, "story"))
    return Made(Whole(unit, offset, later))


# So many years ago lie before the calendar's first year, or are no count of years: "5,000 years ago".
_RECKONED = 1500


def ago(g: Groups) -> Made | None:
    amount = _amount(g)
    if amount is None:
        return None
    unit, low, high = amount
    word = g["ago"][0].word
    if unit is Unit.YEAR and high > _RECKONED:
        return Made(Reference("past" if word in ("ago", "earlier", "before", "previously", "prior") else "future"))
    if word in ("later", "after", "afterwards", "afterward"):
        return Made(Shift(unit, low, high, "story"))
    return Made(Shift(unit, -high, -low, "page" if word == "ago" else "story"))


def centuries_ago(g: Groups) -> Made | None:
    """ "Almost half a century ago", "two centuries ago": right to a tenth or so."""
    low, high = (50, 50) if "half" in g else tuple(100 * n for n in value_of(g["num"]))
    return Made(Shift(Unit.YEAR, -high - high // 16, high // 16 - low)) if high <= _RECKONED else None


def soon(g: Groups) -> Made | None:
    """ "Within hours": so soon after what was told."""
    unit, times = unit_of(g["unit"])
    soon = g["soon"][0].word == "within" and unit is Unit.HOUR and g["unit"][0].word.endswith("s")
    return Made(Shift(unit, 0, _MANY[unit] * times, "story")) if soon else None


def within(g: Groups) -> Made | None:
    amount = _amount(g)
    if amount is None or ("ahead" in g and "num" not in g and "inside" not in g and not g["unit"][0].word.endswith("s")):
        return None  # "the next day" is one day of the story
    return Made(Within(*amount, ahead="ahead" in g))


def story(g: Groups) -> Made | None:
    """ "The previous day", "the next morning", "that night", "the day before"."""
    word = g["which"][0].word
    at = -1 if word in ("previous", "preceding", "prior", "before") else 0 if word in ("same", "that") else 1
    if "part" in g:
        part = g["part"][0].word
        return Made(Shift(Unit.DAY, at, at, "story"), part_of_day(part), "night" if part == "night" else "")
    unit, times = unit_of(g["unit"])
    if unit in (Unit.MINUTE, Unit.HOUR) or times > 1:
        return None
    if g["unit"][0].word.endswith("s"):
        # "In the following days": from the next on.
        most = _MANY.get(unit, 20)
        return Made(Shift(unit, 1 if at > 0 else -most, most if at > 0 else -1, "story")) if at else None
    return Made(Shift(unit, at, at, "story") if unit is Unit.DAY else Whole(unit, at, "", "story"))


def later_in(g: Groups) -> Made | None:
    """ "Earlier in the day", "later in the evening": of the day last told of."""
    if "part" not in g and g["unit"][0].word != "day":
        return None
    return Made(Shift(Unit.DAY, 0, 0, "story"), part_of_day(g["part"][0].word) if "part" in g else None)


def that_followed(g: Groups) -> Made | None:
    """ "In the two days that followed": from the next on."""
    amount = _amount(g)
    return Made(Shift(amount[0], 1, amount[2], "story")) if amount else None


def nights(g: Groups) -> Made | None:
    """ "Three nights later", "two nights ago"."""
    low, high = value_of(g["num"])
    word = g["ago"][0].word
    if g["nights"][0].word not in ("night", "nights"):
        return None
    if word in ("later", "after", "afterwards", "afterward"):
        return Made(Shift(Unit.DAY, low, high, "story"), part_of_day("night"), "night")
    return Made(Shift(Unit.DAY, -high, -low, "page" if word == "ago" else "story"), part_of_day("night"), "night")


def length(g: Groups) -> Made | None:
    if "num" not in g and not g["unit"][0].word.endswith("s"):
        return None
    amount = _amount(g)
    about = {"more": "more", "over": "more", "less": "less", "under": "less"}.get(g["about"][0].word, "") if "about" in g else ""
    return Made(Length(*amount, age="old" in g, about=about)) if amount else None


def last_of(g: Groups) -> Made | None:
    """ "The last five months of her life", "the last day of the siege": how long, and not up to the page."""
    amount = _amount(g) if g["last"][0].word == "last" else None
    return Made(Length(*amount)) if amount else None


def age(g: Groups) -> Made | None:
    low, high = value_of(g["num"])
    return Made(Length(Unit.YEAR, low, high, age=True)) if high < 130 else None


def beginning(g: Groups) -> Made | None:
    return Made(Beginning(), bound=Bound.SINCE if g["bound"][0].word != "before" else Bound.BEFORE)


def recently(g: Groups) -> Made | None:
    unit, _ = unit_of(g["unit"])
    most = {Unit.HOUR: 24, Unit.DAY: 9, Unit.WEEK: 8, Unit.MONTH: 11, Unit.YEAR: 9}.get(unit)
    return Made(Within(unit, 1, most)) if most else None
