"""The time words of English news, as grammar only: which words they are and what they say, before any date is known.

Words are lexed to one letter each (a weekday, a month, "ago", ...), and the grammar is a set of regular expressions over
those letters, written with the classes' names. So a rule reads as the phrase it finds, and a text without time words
costs one pass. What an expression means against a page's date is worked out elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from crossbearing.model.text import Span
from crossbearing.model.when import Clock, ClockKind


class Unit(StrEnum):
    """The units that news counts time in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"


class Bound(StrEnum):
    """What a preposition makes of the expression behind it."""

    NONE = ""
    SINCE = "since"
    UNTIL = "until"  # also "by"
    BEFORE = "before"
    AFTER = "after"


Origin = Literal["page", "story"]
"""Counted from the day the page was written ("ago"), or from the day last told of ("earlier", "the next morning")."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date as the calendar has it, to the day, month or year. What is not said is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    part: str = ""
    """`early`, `mid`, `late`, `start`, `end`, `week 1` to `week 5`, `last week`, `half 1`, `half 2`,
    `quarter 1` to `quarter 4`, `fiscal` before one of these or alone, a season, `decade` or `century`."""
    which: str = ""
    """`last`, `this` or `next` before a month or season: "last May". Of the story: `following`, `previous`, `that month`. Of
    the year: `last year`, `this year`, `next year`, and of the story's `that year`, `year before`, `year after`."""
    feast: str = ""
    """A named day or season of the year, by its plain name."""
    nth: int | None = None
    """Which of a feast's days; 0 is its eve. Of a month and weekday, which of that month's; -1 is the last."""
    other: Calendar | None = None
    """The second reading of an ambiguous numeric date."""


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday alone. `which` is empty, `last`, `before last`, `this` or `next`, and of the story `that`, `following` or
    `previous`; `week` says of which week, counted from the page's."""

    day: int
    which: str = ""
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units before (negative) or after: "two days ago" is -2..-2 days, "yesterday" -1..-1. `on` is the day of the page's
    that has come round: "twenty years ago on Sunday"."""

    unit: Unit
    low: int
    high: int
    origin: Origin = "page"
    on: Form | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole unit of the calendar, counted from the current one: "last month" is -1, "this week" 0."""

    unit: Unit
    offset: int
    part: str = ""
    origin: Origin = "page"


@dataclass(frozen=True, slots=True)
class Within:
    """A stretch that reaches to the page's date, or (`ahead`) from it: "in the past 24 hours", "in recent days"."""

    unit: Unit
    low: int
    high: int
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From one to another, both included."""

    first: Form
    last: Form


@dataclass(frozen=True, slots=True)
class Bare:
    """A time of day alone; the day is the one last told of."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """ "Since the start of the war": the beginning of something that the words name no further."""


@dataclass(frozen=True, slots=True)
class Into:
    """So many units from the beginning of something: "two weeks into the war", "a year after the invasion", "the third day of the
    offensive" (`nth`)."""

    unit: Unit
    low: int
    high: int
    nth: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """How long, not when: "for three days", "a seven-day pause", "12-year-old" (`age`), "more than a year" (`about`: `more`)."""

    unit: Unit
    low: int
    high: int
    age: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """How often, not when: "every Monday", "daily", "two a week"."""

    unit: Unit
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A time that no calendar has: "now", "recently", "the former"."""

    kind: Literal["past", "present", "future"]


Form = Calendar | Weekday | Shift | Whole | Within | Range | Bare | Beginning | Into | Length | Repeated | Reference
Night = Literal["", "night", "overnight"]
"""`night` runs into the next day; `overnight` may be the night before the day or the one after it."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time expression: where it stands and what it says. It has no date yet."""

    span: Span
    form: Form
    clock: Clock | None = None
    bound: Bound = Bound.NONE
    night: Night = ""
    greenwich: Clock | None = None
    """The same moment in GMT or UTC, where the words give both: "at 4:15 am local time (0115 GMT)"."""

    @property
    def is_time(self) -> bool:
        """Whether it says when, and not how long, how old or how often."""
        return not isinstance(self.form, Length | Repeated | Reference)

    @property
    def has_day(self) -> bool:
        """Whether it names a day or longer by itself, and not only a time of day."""
        return self.is_time and not isinstance(self.form, Bare)


# ---------------------------------------------------------------- the words and their classes

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# Months as Spanish, French, Portuguese, Italian and German write them beside a day and a year, whole or short.
_FOREIGN = {
    name: number
    for number, names in enumerate(
        (
            "enero ene janvier janv janeiro gennaio gen januar",
            "febrero février févr fevereiro fev febbraio februar",
            "marzo mars março märz mär mrz",
            "abril abr avril avr aprile",
            "mayo mai maio maggio mag",
            "junio juin junho giugno giu juni",
            "julio juil juillet julho luglio lug juli",
            "agosto août",
            "septiembre septembre setembro set settembre",
            "octubre octobre outubro ottobre ott oktober okt",
            "noviembre novembre novembro",
            "diciembre dic décembre déc dezembro dez dicembre dezember",
        ),
        1,
    )
    for name in names.split()
} | {"ago": 8}
_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980,
    "nineties": 1990,
}  # fmt: skip
# What a vague number of units allows; the bounds are those that the project's table of vague numbers gives.
_VAGUE = {
    "several": (3, 7),
    "few": (2, 5),
    "couple": (2, 3),
    "many": (3, 20),
    "some": (2, 9),
    "dozen": (12, 12),
    "dozens": (24, 99),
}
_UNITS = {
    "minute": (Unit.MINUTE, 1), "hour": (Unit.HOUR, 1), "hr": (Unit.HOUR, 1), "day": (Unit.DAY, 1),
    "week": (Unit.WEEK, 1), "fortnight": (Unit.WEEK, 2),
    "month": (Unit.MONTH, 1), "year": (Unit.YEAR, 1), "decade": (Unit.YEAR, 10), "weekend": (Unit.WEEKEND, 1),
}  # fmt: skip

# The stretches of the clock that words for parts of the day allow; wide on purpose, as outlets use them.
_PARTS: dict[str, tuple[int, int]] = {
    "morning": (300, 1159), "afternoon": (1200, 1759), "evening": (1700, 2259), "night": (2000, 559), "dawn": (330, 700),
    "daybreak": (330, 700), "sunrise": (330, 730), "dusk": (1630, 2030), "sunset": (1630, 2030), "noon": (1130, 1230),
    "midday": (1100, 1330), "midnight": (2300, 100), "predawn": (0, 530), "nightfall": (1700, 2130), "early": (0, 859),
    "late": (1800, 2359), "hours": (0, 559), "overnight": (2000, 559), "early morning": (0, 859), "late morning": (1000, 1159),
    "early evening": (1600, 1959), "late evening": (2000, 2359), "late night": (2100, 300), "early afternoon": (1200, 1459),
    "late afternoon": (1500, 1829),
}  # fmt: skip

_OFTEN = {
    "hourly": Unit.HOUR, "daily": Unit.DAY, "nightly": Unit.DAY, "everyday": Unit.DAY, "weekly": Unit.WEEK,
    "monthly": Unit.MONTH, "yearly": Unit.YEAR, "annually": Unit.YEAR,
}  # fmt: skip

# Named days, as the lexer cuts their words, with their plain names. Which days they are of a year is worked out elsewhere.
FEASTS = {
    name: plain
    for plain, names in {
        "christmas": "christmas|christmas day|xmas",
        "christmas eve": "christmas eve",
        "boxing day": "boxing day",
        "new year": "new year 's day|new years day|new year 's",
        "new year's eve": "new year 's eve|new years eve",
        "epiphany": "epiphany",
        "orthodox christmas": "orthodox christmas",
        "orthodox christmas eve": "orthodox christmas eve",
        "valentine": "valentine 's day|valentines day",
        "victory day": "victory day",
        "halloween": "halloween",
        "armistice day": "armistice day|remembrance day|veterans day",
        "easter": "easter|easter sunday|easter day",
        "orthodox easter": "orthodox easter|orthodox easter sunday",
        "easter monday": "easter monday",
        "easter eve": "holy saturday|easter saturday|easter eve",
        "good friday": "good friday|orthodox good friday",
        "palm sunday": "palm sunday",
        "holy week": "holy week|easter week",
        "pentecost": "pentecost|whit sunday",
        "thanksgiving": "thanksgiving|thanksgiving day",
        "memorial day": "memorial day",
        "labor day": "labor day",
        "ramadan": "ramadan|ramazan|month of ramadan",
        "eid al-fitr": "eid al - fitr|eid ul - fitr|eid al fitr|eid ul fitr|ramadan bairam",
        "eid al-adha": "eid al - adha|eid ul - adha|eid al adha|eid ul adha|kurban bairam",
        "eid": "eid",
        "ashura": "ashura",
        "arbaeen": "arbaeen|arbain",
        "mawlid": "mawlid",
        "islamic new year": "islamic new year",
        "quds day": "quds day|al - quds day",
        "nowruz": "nowruz|newroz|norouz",
        "yom kippur": "yom kippur",
        "rosh hashanah": "rosh hashanah|rosh hashana",
        "passover": "passover|pesach",
        "sukkot": "sukkot",
        "simchat torah": "simchat torah",
        "hanukkah": "hanukkah|chanukah",
        "purim": "purim",
        "shavuot": "shavuot",
        # These differ by country or need the moon: known for days, and no more.
        "independence day": "independence day",
        "republic day": "republic day",
        "tet": "tet|lunar new year|chinese new year",
        "diwali": "diwali",
    }.items()
    for name in names.split("|")
}

_CLASSES: dict[str, tuple[str, str]] = {
    # name: letter, words
    "WEEKDAY": ("W", " ".join(_WEEKDAYS)),
    "WABBR": ("w", ""),
    "MONTH": ("M", " ".join(m for m in _MONTHS if m not in ("may", "march"))),
    "MAY": ("m", ""),
    "ABBR": ("b", ""),
    "DAYNUM": ("d", ""),
    "YEAR": ("Y", ""),
    "DECADE": ("X", " ".join(_DECADES)),
    "DIGITS": ("n", ""),
    "NUMWORD": ("u", " ".join((*_NUMBERS[1:], *_TENS))),
    "VAGUE": ("v", " ".join(_VAGUE)),
    "ORDNUM": ("o", ""),
    "ORDWORD": ("O", " ".join(_ORDINALS)),
    "NUMDATE": ("D", ""),
    "CLOCK": ("c", ""),
    "DOTTED": ("k", ""),
    "MERIDIEM": ("p", "am pm a.m p.m"),
    "ZONE": ("Z", "gmt utc edt est cet eet bst cest eest msk"),
    "LOCAL": ("l", "local"),
    "TIME": ("t", "time"),
    "OCLOCK": ("q", "o'clock o’clock"),
    "UNIT": ("U", " ".join((*_UNITS, *(u + "s" for u in _UNITS)))),
    "PARTDAY": (
        "P",
        "morning afternoon evening night dawn daybreak sunrise dusk sunset noon midday midnight nightfall mornings afternoons "
        "evenings nights",
    ),
    "PREDAWN": ("R", "predawn"),
    "PRE": ("r", "pre"),
    "SEASON": ("z", "spring summer autumn winter"),
    "EARLY": ("E", "early late mid"),
    "LATER": ("e", "earlier later previously afterwards afterward"),
    "EDGE": ("g", "beginning start end middle outset onset outbreak close"),
    "HALF": ("h", "half"),
    "LAST": ("L", "last past"),
    "THIS": ("H", "this"),
    "NEXT": ("N", "next coming upcoming"),
    "RECENT": ("x", "recent"),
    "STORYBACK": ("B", "previous preceding prior"),
    "STORYON": ("F", "following followed"),
    "SAME": ("S", "same that"),
    "AGO": ("G", "ago"),
    "BEFORE": ("<", "before"),
    "AFTER": (">", "after"),
    "SINCE": ("s", "since"),
    "UNTIL": ("|", "until till by"),
    "FROM": ("f", "from"),
    "BETWEEN": ("y", "between"),
    "TO": ("T", "to through into"),
    "AND": ("&", "and"),
    "OR": ("=", "or"),
    "INSIDE": ("i", "in during throughout for"),
    "OVER": ("5", "within over"),
    "ON": ("j", "on"),
    "AT": ("@", "at around about approximately roughly circa shortly just nearly almost"),
    "MORE": ("+", "more less"),
    "THAN": ("^", "than"),
    "OF": ("/", "of"),
    "THE": ("#", "the"),
    "A": ("a", "a an"),
    "TODAY": ("0", "today tonight yesterday tomorrow"),
    "OVERNIGHT": ("V", "overnight"),
    "WAR": ("%", "war conflict offensive invasion fighting hostilities crisis"),
    "BEGAN": ("$", "began started erupted broke"),
    "AGED": ("A", "aged"),
    "OLD": ("~", "old"),
    "DASH": ("-", "- – — /"),
    "COMMA": (",", ","),
    "DOT": ("!", "."),
    "LP": ("(", "( ["),
    "RP": (")", ") ]"),
    "POSS": ("'", "'s ’s"),
    "FALL": ("2", "fall"),
    "EVERY": ("3", "every each per"),
    "CENTURY": ("6", "century centuries"),
    "QUARTER": ("7", "quarter"),
    "QUARTERNUM": ("8", "q1 q2 q3 q4"),
    "FISCAL": ("9", "fiscal financial fy"),
    "FEAST": ("1", ""),
    "HOLIDAY": ("C", "holiday holidays"),
    "FOREIGN": ("4", " ".join(name for name in _FOREIGN if name != "ago")),
    "PUNCT": (";", ""),
    "OTHER": ("_", ""),
}
_LETTER = {name: letter for name, (letter, _) in _CLASSES.items()}
_NAME = {letter: name for name, letter in _LETTER.items()}
_OF_WORD = {word: letter for letter, words in _CLASSES.values() for word in words.split()}
_OF_WORD = {word: _LETTER["FEAST"] for name in FEASTS for word in name.split()} | _OF_WORD
_ABBREVIATED = {m[:3]: i + 1 for i, m in enumerate(_MONTHS)} | {"sept": 9}
_WABBREVIATED = {d[:3]: i for i, d in enumerate(_WEEKDAYS)} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_TOKEN = re.compile(
    rf"\d{{1,2}} ?(?:{'|'.join(m[:3].upper() for m in _MONTHS)}) ?\d\d\b|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?![-/.]?\d)|\d{1,2}[:h]\d{2}(?::\d{2})?(?!\d)|[0-2]\d[0-5]\d[hH]\b"
    r"|\d{1,2}\.\d{2}(?!\d)|\d{1,2}(?:st|nd|rd|th|er)\b|[’']?\d0[’']?s\b|\d{3}0[’']?s\b|\d+(?:,\d{3})*|[ap]\.m\b|[oO]['’]clock|['’]s\b|[qQ][1-4]\b|[^\W\d_]+|\n\s*\n|\S"
)
# A text none of whose words is one of these holds no time expression; most rules start from one of them.
_HEADS = "WwMmbYDckXUPRrz0VZ%$qp~Ao123678"


class _Token(NamedTuple):
    """One token of a match, in lower case."""

    word: str


@lru_cache(maxsize=16384)
def _classed(written: str) -> tuple[str, str]:
    """A token in lower case, and its class."""
    word = written.lower()
    return word, _letter(word, written)


def _letter(word: str, written: str) -> str:
    first = word[0]
    if first in "0123456789":
        return _digit_letter(word)
    if first in "’'" and word[-1] == "s" and len(word) > 2:
        return "X"
    if word in _OF_WORD:
        return _OF_WORD[word]
    if first.isalpha():
        if written[0].isupper():
            if word in ("may", "march"):
                return "m"
            if word in _ABBREVIATED:
                return "b"
            if word in _WABBREVIATED:
                return "w"
        return "_"
    return ";"


def _digit_letter(word: str) -> str:
    if word.isdecimal():
        if len(word) == 4 and 1500 <= int(word) < 2100:
            return "Y"
        return "d" if len(word) <= 2 and 1 <= int(word) <= 31 else "n"
    if word[-1] == "s":
        return "X"
    if word[-2:] in ("st", "nd", "rd", "th", "er"):
        return "o"
    if ":" in word or "h" in word:
        return "c"
    if "," in word:
        return "n"
    return "k" if re.fullmatch(r"\d{1,2}\.\d{2}", word) else "D"


# ---------------------------------------------------------------- the grammar

Groups = dict[str, list["_Token"]]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a rule's builder makes of the tokens that it matched."""

    form: Form
    clock: Clock | None = None
    night: Night = ""
    bound: Bound = Bound.NONE
    greenwich: Clock | None = None


@dataclass(frozen=True, slots=True)
class _Atom:
    """A match before it is joined with its neighbours: token range and meaning."""

    first: int
    last: int
    made: _Made


_ALIASES = {"IN": f"[{_LETTER['INSIDE']}{_LETTER['OVER']}]"}


def _compiled(rule: str) -> re.Pattern[str]:
    """A rule as a pattern over letters: capitals name classes, `name:(...)` a group, blanks mean nothing."""
    pattern = ""
    for m in re.finditer(r"(?P<group>[a-z]\w*:\()|(?P<name>[A-Z]+)|\s+|.", rule):
        if m["group"]:
            pattern += f"(?P<{m['group'][:-2]}>"
        elif m["name"]:
            pattern += _ALIASES.get(m["name"]) or re.escape(_LETTER[m["name"]])
        else:
            pattern += m.group().strip()
    return re.compile(pattern)


_MONTHX = "(?:MONTH|MAY|ABBR DOT?)"
_DAYX = "(?:DAYNUM|ORDNUM)"
_NUMBER = "(?:A? VAGUE OF?|NUMWORD (?:DASH? NUMWORD)?|DAYNUM|DIGITS|YEAR|A)"
_SOME = f"(?:{_NUMBER} (?:(?:OR|TO) (?:NUMWORD|DAYNUM))?)"
_HALF = "half:(AND A HALF)"
_ABOUT = "(?:AT|about:(MORE) THAN)?"
_CLOCKX = "(?:CLOCK|DOTTED|DAYNUM)"
_ZONEX = "(?:COMMA? LP? (?:ZONE|LOCAL TIME) RP?)"
_NIGHT_OF = "nightof:(IN? THE? PARTDAY (?:OF|FROM|BETWEEN)|OVERNIGHT ON? FROM? BETWEEN?)"
_EVE_OF = "ON THE eve:(FEAST) OF (?:THE OTHER{1,4} OF)?"
_NIGHT_TO = "(?:OVERNIGHT|(?:IN|ON)? THE part:(PARTDAY)) COMMA? TO"
# The classes of every named day's words, the longest first.
_FEASTX = "|".join(
    " ".join(classes)
    for classes in sorted({tuple(_NAME[_OF_WORD[w]] for w in name.split()) for name in FEASTS}, key=len, reverse=True)
)


def _month_of(tokens: list[_Token]) -> int:
    word = tokens[0].word
    return _MONTHS.index(word) + 1 if word in _MONTHS else _ABBREVIATED.get(word) or _FOREIGN[word]


def _value(tokens: list[_Token]) -> tuple[int, int]:
    """The number that some words say, as a range: "two or three" is from the one to the other."""
    joint = next((n for n, token in enumerate(tokens) if token.word in ("or", "to")), None)
    if joint:
        low, high = _value(tokens[:joint])[0], _value(tokens[joint + 1 :])[1]
        return (low, high) if low < high else (high, low)
    total = 0
    for token in tokens:
        word = token.word.rstrip("stndrhe") if token.word[0].isdecimal() else token.word
        if word[0].isdecimal():
            return (int(word.replace(",", "")),) * 2
        if word in _VAGUE:
            return _VAGUE[word]
        if word in _ORDINALS:
            return (_ORDINALS.index(word) + 1,) * 2
        total += _NUMBERS.index(word) if word in _NUMBERS else _TENS.get(word, 0)
    return (total or 1,) * 2


def _unit(tokens: list[_Token]) -> tuple[Unit, int]:
    word = tokens[0].word
    return _UNITS.get(word) or _UNITS[word.removesuffix("s")]


# The most that a bare plural can mean: "days ago", "in the following weeks".
_MANY = {Unit.HOUR: 23, Unit.DAY: 9, Unit.WEEK: 8, Unit.MONTH: 11}


# Of "and a half": the unit that a half can be told in, how many make one, and how many a half.
_HALVES = {
    Unit.YEAR: (Unit.MONTH, 12, 6), Unit.MONTH: (Unit.DAY, 30, 15), Unit.WEEK: (Unit.DAY, 7, 3), Unit.DAY: (Unit.HOUR, 24, 12),
    Unit.HOUR: (Unit.MINUTE, 60, 30),
}  # fmt: skip


def _amount(g: Groups) -> tuple[Unit, int, int] | None:
    """Unit, least and most, of "two weeks", "more than a month", "days"."""
    unit, times = _unit(g["unit"])
    if "num" in g:
        low, high = _value(g["num"])
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


def _day_date(g: Groups) -> _Made | None:
    """A day with its month, perhaps a second day, a year, a weekday."""
    year = int(g["year"][0].word) if "year" in g else None
    first = _calendar(year, _month_of(g["month"]), _value(g["day"])[0])
    if first is None:
        return None
    if "till" in g:
        last = _calendar(year, _month_of(g["month"]), _value(g["till"])[0])
        if last is None or (last.day or 0) <= (first.day or 0):
            return None
        night: Night = "overnight" if g.get("nightof") else ""
        return _Made(Range(first, last), _part("overnight") if night else None)
    return _Made(first)


def _calendar(year: int | None, month: int, day: int, weekday: int | None = None) -> Calendar | None:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return Calendar(year, month, day, weekday)


def _nth_day(g: Groups) -> _Made | None:
    """ "The first day of March", "the 1st day of February next"."""
    made = _day_date(g) if g["unit"][0].word == "day" else None
    return replace(made, form=replace(made.form, which=_which(g))) if made and isinstance(made.form, Calendar) else None


def _weekday_of_month(g: Groups) -> _Made | None:
    """ "The last Sunday of July", "the first Friday in March 2025"."""
    nth = -1 if g["nth"][0].word == "last" else _value(g["nth"])[0]
    year = int(g["year"][0].word) if "year" in g else None
    return _Made(Calendar(year, _month_of(g["month"]), weekday=_weekday_of(g["day"]), nth=nth)) if nth < 5 else None


def _number_date(g: Groups) -> _Made | None:
    """2024-01-18, or 8/12/2023 with both its readings."""
    word = g["date"][0].word
    if named := re.fullmatch(r"(\d+) ?([a-z]{3}) ?(\d\d)", word):
        found = _calendar(2000 + int(named[3]), _ABBREVIATED[named[2]], int(named[1]))  # "09JAN24"
        return _Made(found) if found else None
    a, b, c = (int(n) for n in re.split(r"[-/.]", word))
    if a > 31:
        found = _calendar(a, b, c) if b <= 12 else None
        return _Made(found) if found else None
    year = c if c > 99 else 2000 + c if c < 70 else 1900 + c
    if not 1900 <= year < 2100:
        return None
    american = a <= 12 and "." not in word  # "4.3.2025" is the fourth of March wherever dots are written
    readings = [r for r in (_calendar(year, b, a) if b <= 12 else None, _calendar(year, a, b) if american else None) if r]
    if not readings:
        return None
    return _Made(replace(readings[0], other=readings[1] if len(readings) > 1 and readings[1] != readings[0] else None))


_SLASHED = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\d/-])")


def settled(text: str, found: Iterable[TimeWords]) -> list[TimeWords]:
    """The expressions of a text whose numeric dates are all written one way: beside "8/29" a "9/2" is of September, beside "29/8"
    of February."""
    pairs = [(int(match[1]), int(match[2])) for match in _SLASHED.finditer(text)]
    day, month = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return [_read_one_way(words, month) for words in found] if day != month else list(found)


def _read_one_way(words: TimeWords, month_first: bool) -> TimeWords:
    form = words.form
    if not isinstance(form, Calendar) or form.other is None:
        return words
    return replace(words, form=form.other if month_first else replace(form, other=None))


def _day_of_month(g: Groups) -> _Made | None:
    which = g["which"][0].word if "which" in g else ""
    return _Made(Calendar(day=_value(g["day"])[0], which="that month" if which in ("same", "that") else which))


def _part_of(g: Groups) -> str:
    """The part of a month, year or week that the words before it name."""
    if "early" in g:
        return g["early"][0].word
    if "edge" in g:
        return {"beginning": "start", "outset": "start", "onset": "start", "start": "start", "middle": "mid"}.get(
            g["edge"][0].word, "end"
        )
    if "half" in g:
        return f"half {_value(g['half'])[0]}"
    if "nth" in g and g["week"][0].word == "week":
        return "last week" if g["nth"][0].word == "last" else f"week {_value(g['nth'])[0]}"
    return "" if "nth" not in g else "?"


_NOT_OF_MONTH = {"?", *(f"week {n}" for n in range(6, 21))}


def _month(g: Groups) -> _Made | None:
    year = int(g["year"][0].word) if "year" in g else None
    part = _part_of(g)
    if part in _NOT_OF_MONTH:
        return None  # "the first day of May", "last year in May"
    return _Made(Calendar(year, _month_of(g["month"]), part=part, which=_which(g)))


def _week_of(g: Groups) -> _Made | None:
    """ "The week of March 6"."""
    found = _calendar(int(g["year"][0].word) if "year" in g else None, _month_of(g["month"]), _value(g["day"])[0])
    return _Made(replace(found, part="week")) if found and g["unit"][0].word == "week" else None


_SAME_SEASON = {"fall": "autumn"}


_OF_YEARS = {"last": "last year", "this": "this year", "next": "next year", "coming": "next year", "following": "year after"}


def _month_of_year(g: Groups) -> _Made | None:
    """ "April next year", "July of that year"."""
    which = _OF_YEARS.get(_which(g) if g["which"][0].word not in ("same", "that") else "", "that year")
    if g["which"][0].word in ("previous", "preceding", "prior"):
        which = "year before"
    month = _month_of(g["month"])
    if "day" in g:
        found = _calendar(None, month, _value(g["day"])[0])
        return _Made(replace(found, which=which)) if found else None
    return _Made(Calendar(month=month, part=_part_of(g), which=which))


def _year(g: Groups) -> _Made | None:
    if "decade" in g:
        word = g["decade"][0].word
        plain = re.sub("[’']", "", word)
        if ((word[0].isdecimal() and len(plain) == 3) or plain in _DECADES) and ("the" not in g or plain < "2"):
            return None  # "in his 30s"
        if len(plain) == 5 and plain != word and "the" not in g:
            return None  # "2030's goals"
        ten = _DECADES.get(plain) or int(plain.rstrip("s"))
        # "The 1800s" are a hundred years, "the 2000s" ten.
        part = "century" if ten % 100 == 0 and 99 < ten < 2000 else "decade"
        return _Made(Calendar(ten if ten > 99 else 1900 + ten, part=part))
    season = g["season"][0].word if "season" in g else ""
    part = _SAME_SEASON.get(season, season) or _part_of(g)
    return None if part == "?" else _Made(Calendar(int(g["year"][0].word), part=part))


def _season(g: Groups) -> _Made | None:
    season = g["season"][0].word
    return _Made(Calendar(part=_SAME_SEASON.get(season, season), which=_which(g)))


def _which(g: Groups) -> str:
    """`last`, `this` or `next`, where one of them or of their like is said."""
    word = g["which"][0].word if "which" in g else ""
    if "story" in g:
        word = g["story"][0].word
        return "following" if word in ("following", "next", "after") else word if word in ("same", "that") else "previous"
    return {"past": "last", "coming": "next", "upcoming": "next", "same": "this", "that": "this"}.get(word, word)


def _century(g: Groups) -> _Made | None:
    """ "The 19th century", "the late eighteenth century"."""
    if "tens" in g and g["tens"][0].word != "twenty":
        return None
    number = _value(g["nth"])[0] + (20 if "tens" in g else 0)
    if not 2 <= number <= 22:
        return None
    last = Calendar(100 * (number - 1), part="century")
    from_ = _value(g["from"])[0] if "from" in g else number
    return _Made(Range(Calendar(100 * (from_ - 1), part="century"), last) if 2 <= from_ < number else last)


def _indefinite(g: Groups) -> _Made | None:
    """ "On a Sunday", "Friday nights": any of them, and no one day."""
    if "part" in g and not g["part"][0].word.endswith("s"):
        return None
    return _Made(Repeated(Unit.WEEK, _weekday_of(g["day"])))


def _nowadays(g: Groups) -> _Made | None:
    """ "To this day"."""
    return _Made(Reference("present")) if g["unit"][0].word == "day" else None


def _weekday_of(tokens: list[_Token]) -> int:
    word = tokens[0].word
    return _WEEKDAYS.index(word) if word in _WEEKDAYS else _WABBREVIATED[word]


def _quarter(g: Groups) -> _Made | None:
    """ "The first quarter of 2024", "Q3", "fiscal year 2025", "the second half of fiscal 2024"."""
    if "nth" in g and g["nth"][0].word == "last":
        return _Made(Calendar(part="quarter", which="last"))
    number = _value(g["nth"])[0] if "nth" in g else int(g["number"][0].word[1]) if "number" in g else 0
    if number > 4:
        return None
    part = f"quarter {number}" if number else ""
    if "fiscal" in g:
        part = f"fiscal {part}".strip()
    return _Made(Calendar(int(g["year"][0].word) if "year" in g else None, part=part, which=_which(g)))


def _feast(g: Groups) -> _Made | None:
    """A named day, or one of the days that it lasts: "Christmas Eve", "the third day of Ramadan"."""
    plain = FEASTS.get(" ".join(t.word.replace("’", "'") for t in g["feast"]))
    if plain is None:
        return None
    nth = 0 if "eve" in g else _value(g["nth"])[0] if "nth" in g else None
    if "eve" in g and g["eve"][0].word != "eve":
        return None
    return _Made(Calendar(int(g["year"][0].word) if "year" in g else None, which=_which(g), feast=plain, nth=nth))


def _repeated(g: Groups) -> _Made | None:
    if "day" in g:
        return _Made(Repeated(Unit.WEEK, _weekday_of(g["day"])))
    return _Made(Repeated(_unit(g["unit"])[0] if "unit" in g else Unit.DAY))


def _on_and_on(g: Groups) -> _Made | None:
    """ "Year after year", "from day to day"."""
    return _Made(Repeated(_unit(g["unit"])[0])) if g["unit"] == g["next"] else None


def _into(g: Groups) -> _Made | None:
    """ "Two weeks into the war", "the third day of the offensive"."""
    if "nth" in g:
        unit, times = _unit(g["unit"])
        number = _value(g["nth"])[0]
        return _Made(Into(unit, number * times, number * times, nth=True)) if number else None
    amount = _amount(g)
    return _Made(Into(*amount)) if amount else None


def _weekday(g: Groups) -> _Made | None:
    day = _weekday_of(g["day"])
    which = g["which"][0].word if "which" in g else ""
    if "after" in g and g["after"][0].word in ("last", "past"):
        which = "last"
    week = None
    if "week" in g:
        week = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "this": 0}.get(g["week"][0].word)
    return _Made(Weekday(day, {"past": "last", "coming": "next", "upcoming": "next"}.get(which, which), week))


def _story_weekday(g: Groups) -> _Made | None:
    """ "The following Monday", "that Friday"."""
    return _Made(Weekday(_weekday_of(g["day"]), "that" if (w := _which(g)) == "same" else w))


def _two_weekdays(g: Groups) -> _Made | None:
    """ "The night of Tuesday to Wednesday", "overnight between Tuesday and Wednesday"."""
    first, last = (_WEEKDAYS.index(g[k][0].word) for k in ("day", "till"))
    clock = _part("overnight") if "nightof" in g or "after" in g else None
    if clock and (last - first) % 7 != 1:
        return None
    return _Made(Range(Weekday(first), Weekday(last)), clock)


def _into_day(g: Groups) -> _Made | None:
    """ "Overnight into Wednesday", "the night to 12 August": the night that ends on it."""
    if "part" in g and g["part"][0].word != "night":
        return None
    if "till" in g:
        day = _WEEKDAYS.index(g["till"][0].word)
        return _Made(Range(Weekday((day - 1) % 7), Weekday(day)), _part("overnight"))
    made = _day_date(g)
    first = _day_before(made.form) if made and isinstance(made.form, Calendar) else None
    return _Made(Range(first, made.form), _part("overnight")) if made and first else None


def _day_before(day: Calendar) -> Calendar | None:
    if day.day is None or day.month is None:
        return None
    eve = date(day.year or 2001, day.month, min(day.day, 28)) - timedelta(days=1)
    return replace(day, day=day.day - 1) if day.day > 1 else Calendar(day.year and eve.year, eve.month, eve.day)


def _eve_of(g: Groups) -> _Made | None:
    """ "On the eve of Saturday's vote", "on the eve of the polls of 2 June": the day before."""
    if g["eve"][0].word != "eve":
        return None
    if "month" not in g:
        return _Made(Weekday((_weekday_of(g["day"]) - 1) % 7))
    made = _day_date(g)
    first = _day_before(made.form) if made and isinstance(made.form, Calendar) else None
    return _Made(first) if first else None


def _today(g: Groups) -> _Made | None:
    word = g["word"][0].word
    if word == "tonight":
        return _Made(Shift(Unit.DAY, 0, 0), _part("night"), "night")
    if "before" in g:
        return _Made(Shift(Unit.DAY, -2, -2))
    if "after" in g:
        return _Made(Shift(Unit.DAY, 2, 2))
    at = {"today": 0, "yesterday": -1, "tomorrow": 1}[word]
    return _Made(Shift(Unit.DAY, at, at))


def _last_night(g: Groups) -> _Made | None:
    """ "Last night", "this morning", "tomorrow night" is joined from two."""
    part, which = g["part"][0].word, g["which"][0].word
    at = -1 if which in ("last", "past") else 0
    if at and part not in ("night", "evening"):
        return None
    return _Made(Shift(Unit.DAY, at, at), _part(part), "night" if part == "night" else "")


def _before_last(g: Groups) -> _Made | None:
    """ "The Wednesday before last", "the week before last"."""
    if "day" in g:
        return _Made(Weekday(_weekday_of(g["day"]), "before last"))
    if "part" in g:
        night: Night = "night" if g["part"][0].word == "night" else ""
        return _Made(Shift(Unit.DAY, -2, -2), _part("night"), night) if night else None
    unit, times = _unit(g["unit"])
    return _Made(Whole(unit, -2)) if times == 1 and unit in (Unit.WEEK, Unit.WEEKEND, Unit.MONTH, Unit.YEAR) else None


# The night before the page; beside a day, a night of that day.
_OVERNIGHT = Shift(Unit.DAY, -1, 0)


def _overnight(g: Groups) -> _Made | None:
    return _Made(_OVERNIGHT, _part("overnight"))


def _whole(g: Groups) -> _Made | None:
    unit, times = _unit(g["unit"])
    if times > 1 or unit in (Unit.MINUTE, Unit.HOUR) or ("which" in g and g["unit"][0].word.endswith("s")):
        return None
    if "which" not in g:
        if "edge" in g or "early" in g:
            # "By the end of the year", "late in the month".
            return _Made(Whole(unit, 0, _part_of(g))) if unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR) else None
        # "Over the weekend": the one last begun.
        return _Made(Whole(unit, 0, "latest")) if unit is Unit.WEEKEND and not g["unit"][0].word.endswith("s") else None
    offset = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "upcoming": 1}[g["which"][0].word]
    later = {"earlier": "early", "later": "late"}.get(g["later"][0].word, "") if "later" in g else _part_of(g)
    if later == "?":
        return None
    if unit is Unit.DAY:
        return _Made(Shift(Unit.DAY, offset, offset, "story"))
    return _Made(Whole(unit, offset, later))


# So many years ago lie before the calendar's first year, or are no count of years: "5,000 years ago".
_RECKONED = 1500


def _ago(g: Groups) -> _Made | None:
    amount = _amount(g)
    if amount is None:
        return None
    unit, low, high = amount
    word = g["ago"][0].word
    if unit is Unit.YEAR and high > _RECKONED:
        return _Made(Reference("past" if word in ("ago", "earlier", "before", "previously", "prior") else "future"))
    if word in ("later", "after", "afterwards", "afterward"):
        return _Made(Shift(unit, low, high, "story"))
    return _Made(Shift(unit, -high, -low, "page" if word == "ago" else "story"))


def _centuries_ago(g: Groups) -> _Made | None:
    """ "Almost half a century ago", "two centuries ago": right to a tenth or so."""
    low, high = (50, 50) if "half" in g else tuple(100 * n for n in _value(g["num"]))
    return _Made(Shift(Unit.YEAR, -high - high // 16, high // 16 - low)) if high <= _RECKONED else None


def _soon(g: Groups) -> _Made | None:
    """ "Within hours": so soon after what was told."""
    unit, times = _unit(g["unit"])
    soon = g["soon"][0].word == "within" and unit is Unit.HOUR and g["unit"][0].word.endswith("s")
    return _Made(Shift(unit, 0, _MANY[unit] * times, "story")) if soon else None


def _within(g: Groups) -> _Made | None:
    amount = _amount(g)
    if amount is None or ("ahead" in g and "num" not in g and "inside" not in g and not g["unit"][0].word.endswith("s")):
        return None  # "the next day" is one day of the story
    return _Made(Within(*amount, ahead="ahead" in g))


def _story(g: Groups) -> _Made | None:
    """ "The previous day", "the next morning", "that night", "the day before"."""
    word = g["which"][0].word
    at = -1 if word in ("previous", "preceding", "prior", "before") else 0 if word in ("same", "that") else 1
    if "part" in g:
        part = g["part"][0].word
        return _Made(Shift(Unit.DAY, at, at, "story"), _part(part), "night" if part == "night" else "")
    unit, times = _unit(g["unit"])
    if unit in (Unit.MINUTE, Unit.HOUR) or times > 1:
        return None
    if g["unit"][0].word.endswith("s"):
        # "In the following days": from the next on.
        most = _MANY.get(unit, 20)
        return _Made(Shift(unit, 1 if at > 0 else -most, most if at > 0 else -1, "story")) if at else None
    return _Made(Shift(unit, at, at, "story") if unit is Unit.DAY else Whole(unit, at, "", "story"))


def _later_in(g: Groups) -> _Made | None:
    """ "Earlier in the day", "later in the evening": of the day last told of."""
    if "part" not in g and g["unit"][0].word != "day":
        return None
    return _Made(Shift(Unit.DAY, 0, 0, "story"), _part(g["part"][0].word) if "part" in g else None)


def _that_followed(g: Groups) -> _Made | None:
    """ "In the two days that followed": from the next on."""
    amount = _amount(g)
    return _Made(Shift(amount[0], 1, amount[2], "story")) if amount else None


def _nights(g: Groups) -> _Made | None:
    """ "Three nights later", "two nights ago"."""
    low, high = _value(g["num"])
    word = g["ago"][0].word
    if g["nights"][0].word not in ("night", "nights"):
        return None
    if word in ("later", "after", "afterwards", "afterward"):
        return _Made(Shift(Unit.DAY, low, high, "story"), _part("night"), "night")
    return _Made(Shift(Unit.DAY, -high, -low, "page" if word == "ago" else "story"), _part("night"), "night")


def _day_part(g: Groups) -> _Made | None:
    early = g["early"][0].word if "early" in g else ""
    part = g["part"][0].word if "part" in g else ""
    if "hours" in g:
        if g["hours"][0].word not in ("hour", "hours"):
            return None  # "the early days"
        return _Made(Bare(), _part("hours" if early == "early" else "late"))
    if "pre" in g:
        return _Made(Bare(), _part("predawn"))
    if "after" in g and part == "midnight":
        return _Made(Bare(), _clock(0, 200, ClockKind.PART))  # "shortly after midnight on Sunday": Sunday's first hours
    if "before" in g:
        before = {"dawn": (0, 530), "sunrise": (0, 600), "midnight": (2000, 2359), "noon": (600, 1159)}.get(part)
        if before is None:
            return None
        return _Made(Bare(), _clock(*before, ClockKind.PART))
    if early == "mid":
        early = ""
    if not early and not part:
        return None  # "mid Monday"
    if part.endswith("s"):
        return _Made(Repeated(Unit.DAY))  # "in the mornings"
    name = f"{early} {part}".strip() if f"{early} {part}".strip() in _PARTS else part or early
    night: Night = "night" if part == "night" else "overnight" if part in ("overnight", "midnight") else ""
    return _Made(Bare(), _part(name), night)


def _by_part(g: Groups) -> _Made | None:
    """ "By nightfall they held the town"; "by night" is no one night."""
    return _day_part(g) if g["by"][0].word == "by" and g["part"][0].word not in ("night", "nights") else None


def _part(name: str) -> Clock:
    return _clock(*(_PARTS.get(name) or _PARTS[name.removesuffix("s")]), ClockKind.PART)


def _clock(earliest: int, latest: int, kind: ClockKind, zone: str | None = None) -> Clock:
    return Clock(time(*divmod(earliest, 100)), time(*divmod(latest, 100)), kind, zone)


def _hour(token: _Token, meridiem: list[_Token] | None) -> time | None:
    word = re.sub(r"(?<=\d{4})h", "", token.word)
    if "," in word:
        return None  # "5,000 GMT"
    hour, minute = (int(n) for n in re.split(r"[:.h]", word)[:2]) if re.search(r"[:.h]", word) else divmod(int(word), 100)
    if word.isdecimal() and len(word) <= 2:
        hour, minute = int(word), 0
    if meridiem and hour <= 12:
        hour = hour % 12 + (12 if meridiem[0].word.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _clock_time(g: Groups) -> _Made | None:
    """ "At around 10:25 am", "0130 GMT", "between 2 and 4 am"."""
    latest = _hour(g["till"][0], g.get("meridiem")) if "till" in g else None
    earliest = _hour(g["clock"][0], g.get("first") or g.get("meridiem"))
    if earliest is None or ("till" in g and latest is None):
        return None
    approximate = "about" in g and any(t.word in ("around", "about", "approximately", "roughly", "circa") for t in g["about"])
    kind = ClockKind.WINDOW if latest else ClockKind.APPROXIMATE if approximate else ClockKind.EXACT
    zone = " ".join(t.word for t in g["zone"] if t.word.isalpha()) if "zone" in g else None
    return _Made(Bare(), Clock(earliest, latest or earliest, kind, zone.upper() if zone and zone != "local time" else zone))


def _in_hours(g: Groups) -> _Made | None:
    """ "0540 hrs", "1900 hours"."""
    four, hours = len(g["clock"][0].word) == 4, g["hours"][0].word in ("hrs", "hours")
    return _clock_time(g) if four and hours else None


def _length(g: Groups) -> _Made | None:
    if "num" not in g and not g["unit"][0].word.endswith("s"):
        return None
    amount = _amount(g)
    about = {"more": "more", "over": "more", "less": "less", "under": "less"}.get(g["about"][0].word, "") if "about" in g else ""
    return _Made(Length(*amount, age="old" in g, about=about)) if amount else None


def _last_of(g: Groups) -> _Made | None:
    """ "The last five months of her life", "the last day of the siege": how long, and not up to the page."""
    amount = _amount(g) if g["last"][0].word == "last" else None
    return _Made(Length(*amount)) if amount else None


def _age(g: Groups) -> _Made | None:
    low, high = _value(g["num"])
    return _Made(Length(Unit.YEAR, low, high, age=True)) if high < 130 else None


def _beginning(g: Groups) -> _Made | None:
    return _Made(Beginning(), bound=Bound.SINCE if g["bound"][0].word != "before" else Bound.BEFORE)


def _recently(g: Groups) -> _Made | None:
    unit, _ = _unit(g["unit"])
    most = {Unit.HOUR: 24, Unit.DAY: 9, Unit.WEEK: 8, Unit.MONTH: 11, Unit.YEAR: 9}.get(unit)
    return _Made(Within(unit, 1, most)) if most else None


_PREFIX = """(?: early:(EARLY) DASH? IN? THE? | (?:THE|AT|IN|EARLY){0,4} edge:(EDGE) OF THE?
    | IN? THE? half:(ORDWORD) HALF OF THE? | IN? THE? nth:(ORDWORD|LAST) week:(UNIT) (?:OF|IN) THE? )"""

# Tried in this order at one place; the longest wins, and among equals the first.
_RULES: tuple[tuple[re.Pattern[str], Callable[[Groups], _Made | None]], ...] = tuple(
    (_compiled(rule), builder)
    for rule, builder in (
        (f"month:({_MONTHX}) THE? day:({_DAYX}) (?!DASH? UNIT|DASH ORDNUM) (?:(?:COMMA|OF|IN)? year:(YEAR))?", _day_date),
        (f"month:({_MONTHX}) COMMA THE? day:({_DAYX}) (?:COMMA|OF|IN)? year:(YEAR)", _day_date),
        (
            f"""(?:BETWEEN|FROM|{_NIGHT_OF})? month:({_MONTHX}) THE? day:({_DAYX}) (?:DASH|TO|AND|OR|UNTIL) THE?
            till:({_DAYX}) (?!DASH? UNIT|OF? {_MONTHX}) (?:COMMA? year:(YEAR))?""",
            _day_date,
        ),
        (f"THE? day:({_DAYX}) DASH? OF? month:({_MONTHX}) (?:(?:DASH|COMMA|OF|IN)? year:(YEAR))?", _day_date),
        (
            f"""(?:BETWEEN|FROM|{_NIGHT_OF})? THE? day:({_DAYX}) (?:DASH|TO|AND|OR|UNTIL) THE? till:({_DAYX}) OF?
            month:({_MONTHX}) (?:COMMA? year:(YEAR))?""",
            _day_date,
        ),
        (f"THE? day:(ORDNUM|ORDWORD) unit:(UNIT) OF month:({_MONTHX}) COMMA? (?:year:(YEAR)|which:(LAST|THIS|NEXT))?", _nth_day),
        (f"day:({_DAYX}) DOT? month:(FOREIGN|AGO) DOT? year:(YEAR)", _day_date),
        (f"THE day:(ORDWORD) OF month:({_MONTHX}) (?:(?:COMMA|OF|IN)? year:(YEAR))?", _day_date),
        (f"THE nth:(ORDWORD|LAST) day:(WEEKDAY) (?:OF|IN) month:({_MONTHX}) (?:COMMA? year:(YEAR))?", _weekday_of_month),
        ("LP? date:(NUMDATE) (?: RP)?", _number_date),
        ("ON THE day:(ORDNUM) (?=[;!,)]|$|AND|IN|AT)", _day_of_month),
        ("THE? day:(ORDNUM) OF which:(THIS|LAST) UNIT", _day_of_month),
        (f"{_PREFIX}? (?:which:(LAST|THIS|NEXT))? month:(MONTH|MAY) (?:(?:COMMA|OF|IN)? year:(YEAR))", _month),
        (f"{_PREFIX} (?:which:(LAST|THIS|NEXT))? month:({_MONTHX})", _month),
        ("which:(LAST|THIS|NEXT) month:(MONTH|MAY)", _month),
        (f"{_PREFIX}? month:({_MONTHX}) COMMA? OF? which:(LAST|THIS|NEXT|SAME{{1,2}}) UNIT", _month_of_year),
        (f"{_PREFIX}? month:({_MONTHX}) OF? THE which:(SAME|STORYON|STORYBACK) UNIT", _month_of_year),
        (f"month:({_MONTHX}) day:({_DAYX}) COMMA? OF? THE? which:(LAST|THIS|NEXT|SAME{{1,2}}) UNIT", _month_of_year),
        (f"THE? day:({_DAYX}) OF? month:({_MONTHX}) COMMA? OF? THE? which:(LAST|THIS|NEXT|SAME{{1,2}}) UNIT", _month_of_year),
        ("THE? day:(ORDNUM) OF THE? which:(SAME{1,2}) UNIT", _day_of_month),
        ("month:(ABBR) DOT? year:(YEAR)", _month),
        ("month:(MONTH)", _month),
        ("(?<=IN|SINCE|UNTIL|FROM|BETWEEN|BEFORE|AFTER) month:(MAY)", _month),
        (f"{_PREFIX} year:(YEAR)", _year),
        ("(?<=INSIDE|SINCE|UNTIL|FROM|BETWEEN|BEFORE|AFTER) year:(YEAR) (?!DASH? UNIT|OF)", _year),
        ("(?:the:(THE) EARLY{0,2})? (?:EARLY DASH?)? decade:(DECADE)", _year),
        ("(?<=THE OTHER) the:(decade:(DECADE))", _year),
        (
            """(?:THE|EARLY|DASH){0,3} (?:from:(ORDNUM|ORDWORD) DASH? CENTURY? (?:AND|TO|DASH|OR) (?:THE|EARLY|DASH){0,3})?
            (?:tens:(NUMWORD) DASH)? nth:(ORDNUM|ORDWORD) DASH? CENTURY""",
            _century,
        ),
        ("(?:THE|EARLY|DASH|LATER){0,3} season:(SEASON|FALL) (?:OF|IN|COMMA)? year:(YEAR)", _year),
        ("THE? year:(YEAR) season:(SEASON)", _year),
        ("(?:THE|EARLY|DASH|LATER){0,3} which:(LAST|THIS|NEXT|SAME) season:(SEASON|FALL)", _season),
        ("(?:THE|EARLY|DASH|LATER){0,3} season:(SEASON)", _season),
        ("THE season:(FALL) (?!OF)", _season),
        ("THE story:(STORYBACK|STORYON|NEXT) season:(SEASON|FALL)", _season),
        (f"THE story:(STORYBACK|STORYON|NEXT) month:({_MONTHX})", _month),
        ("THE story:(STORYBACK|STORYON|NEXT) day:(WEEKDAY)", _story_weekday),
        ("story:(SAME) day:(WEEKDAY)", _story_weekday),
        ("THE day:(WEEKDAY) story:(BEFORE|AFTER) (?=COMMA|DOT|PUNCT|$)", _story_weekday),
        ("fiscal:(FISCAL) UNIT? year:(YEAR)", _quarter),
        ("THE? (?:which:(LAST|THIS|NEXT))? fiscal:(FISCAL) UNIT", _quarter),
        (
            """THE? nth:(ORDWORD|ORDNUM|LAST) QUARTER (?:(?:OF|IN)? THE? (?:fiscal:(FISCAL) UNIT?)?
            (?:year:(YEAR)|which:(LAST|THIS|NEXT) UNIT))?""",
            _quarter,
        ),
        ("number:(QUARTERNUM) (?:OF|IN)? (?:fiscal:(FISCAL) UNIT?)? year:(YEAR)", _quarter),
        (
            f"""THE? (?:nth:(ORDWORD|ORDNUM) UNIT OF THE?|eve:(FEAST) OF)? feast:({_FEASTX})
            (?:(?:OF|IN|COMMA)? year:(YEAR))? HOLIDAY?""",
            _feast,
        ),
        (f"which:(LAST|THIS|NEXT) feast:({_FEASTX})", _feast),
        ("EVERY day:(WEEKDAY)", _repeated),
        ("EVERY (?:NUMWORD|DAYNUM|ORDWORD)? unit:(UNIT)", _repeated),
        ("EVERY PARTDAY", _repeated),
        ("unit:(UNIT) (?:AFTER|TO) next:(UNIT)", _on_and_on),
        (f"{_ABOUT} (?:num:({_SOME})) MORE? unit:(UNIT) into:(TO|AFTER|SINCE) (?:THE|OTHER) OTHER{{0,5}} WAR", _into),
        ("(?:ON|IN)? THE? nth:(ORDNUM|ORDWORD) OTHER? unit:(UNIT) (?:OF|IN) (?:THE|OTHER) OTHER{0,5} WAR", _into),
        ("(?:ON|IN)? unit:(UNIT) nth:(DAYNUM|DIGITS|NUMWORD) OF (?:THE|OTHER) OTHER{0,5} WAR", _into),
        ("THIS? (?:which:(LAST|THIS|NEXT))? day:(WEEKDAY) (?:after:(LAST) (?!UNIT))?", _weekday),
        ("which:(LAST|THIS|NEXT) day:(WABBR) DOT?", _weekday),
        (f"day:(WABBR) DOT? COMMA? (?={_MONTHX}|{_DAYX} {_MONTHX}|NUMDATE)", _weekday),
        ("(?<=ON) day:(WABBR) DOT", _weekday),
        ("ON A day:(WEEKDAY) PARTDAY? (?!OTHER)", _indefinite),
        ("day:(WEEKDAY) part:(PARTDAY)", _indefinite),
        ("TO THIS unit:(UNIT) (?=COMMA|DOT|PUNCT|$)", _nowadays),
        ("day:(WEEKDAY) PARTDAY? (?:OF|COMMA)? week:(LAST|THIS|NEXT) UNIT", _weekday),
        (
            f"""(?: {_NIGHT_OF} | BETWEEN|FROM )? day:(WEEKDAY)
            (?:PARTDAY)? (?:TO|DASH|AND|OR|UNTIL) till:(WEEKDAY) (?:after:(PARTDAY))?""",
            _two_weekdays,
        ),
        (f"{_NIGHT_TO} till:(WEEKDAY)", _into_day),
        (f"{_NIGHT_TO} THE? day:({_DAYX}) OF? month:({_MONTHX}) (?:COMMA? year:(YEAR))?", _into_day),
        (f"{_NIGHT_TO} month:({_MONTHX}) THE? day:({_DAYX}) (?:COMMA? year:(YEAR))?", _into_day),
        ("ON THE eve:(FEAST) OF day:(WEEKDAY) POSS?", _eve_of),
        (f"{_EVE_OF} THE? day:({_DAYX}) OF? month:({_MONTHX}) (?:COMMA? year:(YEAR))?", _eve_of),
        (f"{_EVE_OF} month:({_MONTHX}) THE? day:({_DAYX}) (?:COMMA? year:(YEAR))?", _eve_of),
        ("word:(TODAY)", _today),
        ("LATER word:(TODAY)", _today),
        ("THE UNIT before:(BEFORE) word:(TODAY)", _today),
        ("THE UNIT after:(AFTER) word:(TODAY)", _today),
        ("(?:LATER|EARLY)? which:(LAST|THIS) part:(PARTDAY)", _last_night),
        ("OVERNIGHT", _overnight),
        ("later:(LATER) which:(THIS|LAST) unit:(UNIT)", _whole),
        (f"{_PREFIX}? which:(LAST|THIS|NEXT) unit:(UNIT)", _whole),
        ("(?:IN|ON|AT)? THE unit:(UNIT)", _whole),
        ("(?: early:(EARLY) IN THE | (?:THE|AT|IN){0,3} edge:(EDGE) OF THE ) unit:(UNIT) (?!OF|DASH)", _whole),
        (f"THE unit:(UNIT) OF month:({_MONTHX}) THE? day:({_DAYX}) (?:COMMA? year:(YEAR))?", _week_of),
        (f"THE unit:(UNIT) OF THE? day:({_DAYX}) OF? month:({_MONTHX}) (?:COMMA? year:(YEAR))?", _week_of),
        (f"{_ABOUT} (?:num:({_SOME}))? MORE? unit:(UNIT) ago:(AGO)", _ago),
        (f"{_ABOUT} (?:num:({_SOME}))? MORE? unit:(UNIT) ago:(LATER|BEFORE|AFTER|STORYBACK)", _ago),
        (f"{_ABOUT} num:({_NUMBER}) {_HALF} unit:(UNIT) ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", _ago),
        (f"{_ABOUT} num:({_NUMBER}) unit:(UNIT) {_HALF} ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", _ago),
        (f"{_ABOUT} half:(HALF A) unit:(UNIT) ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", _ago),
        (f"AT{{0,2}} (?:half:(HALF A)|num:({_NUMBER})) CENTURY AGO", _centuries_ago),
        ("THE (?:day:(WEEKDAY)|unit:(UNIT)|part:(PARTDAY)) BEFORE LAST", _before_last),
        (f"IN? THE last:(LAST) (?:num:({_SOME}))? unit:(UNIT) (?=OF)", _last_of),
        (f"IN? THE? (?:LAST|STORYBACK) (?:num:({_SOME})) unit:(UNIT)", _within),
        (f"IN? THE num:({_NUMBER}) (?:LAST|STORYBACK) unit:(UNIT)", _within),
        ("IN THE? LAST unit:(UNIT)", _within),
        (f"(?:inside:(IN))? THE ahead:(NEXT) (?:num:({_NUMBER}))? unit:(UNIT)", _within),
        ("IN? THE? RECENT unit:(UNIT)", _recently),
        ("LATER IN THE (?:unit:(UNIT)|part:(PARTDAY)) (?=COMMA|$)", _later_in),
        ("(?:LATER|EARLY)? ON? IN? THE? which:(STORYBACK|STORYON|SAME{1,2}) unit:(UNIT)", _story),
        ("(?:LATER|EARLY)? THE? which:(STORYBACK|STORYON|SAME{1,2}) part:(PARTDAY)", _story),
        ("THE which:(NEXT) (?:unit:(UNIT)|part:(PARTDAY))", _story),
        ("THE (?:unit:(UNIT)|part:(PARTDAY)) which:(BEFORE|AFTER|STORYBACK|STORYON)", _story),
        (f"IN THE (?:num:({_NUMBER}))? unit:(UNIT) SAME STORYON", _that_followed),
        (f"{_ABOUT} num:({_NUMBER}) nights:(PARTDAY) ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", _nights),
        (
            f"""(?:BETWEEN|FROM) clock:({_CLOCKX}) (?:first:(MERIDIEM))? DOT? (?:AND|TO|UNTIL)
            till:({_CLOCKX})
            (?=MERIDIEM|ZONE|LOCAL|OTHER|PUNCT|COMMA|DOT|ON)
            (?:meridiem:(MERIDIEM))? DOT? (?:zone:({_ZONEX}))?""",
            _clock_time,
        ),
        (f"about:(AT{{0,4}}) clock:(CLOCK) (?:meridiem:(MERIDIEM))? DOT? (?:zone:({_ZONEX}))?", _clock_time),
        (f"about:(AT{{0,4}}) clock:(DOTTED|DAYNUM) meridiem:(MERIDIEM) DOT? (?:zone:({_ZONEX}))?", _clock_time),
        ("about:(AT{0,4}) clock:(DAYNUM) OCLOCK (?:IN THE PARTDAY)?", _clock_time),
        (f"about:(AT{{0,4}}) clock:(DIGITS|YEAR|DOTTED) zone:({_ZONEX})", _clock_time),
        (f"about:(AT{{0,4}}) clock:(DIGITS|YEAR) hours:(UNIT) (?!OF) (?:zone:({_ZONEX}))?", _in_hours),
        ("(?:AT|IN|ON|EARLY|THE|LATER){0,4} early:(EARLY) DASH? (?:AT|IN|ON)? THE? part:(PARTDAY)", _day_part),
        ("(?:AT{1,4}|IN) THE? (?:early:(EARLY) DASH?)? part:(PARTDAY)", _day_part),
        ("IN? THE? early:(EARLY) PARTDAY? hours:(UNIT) (?:OF THE PARTDAY)?", _day_part),
        ("IN? THE? pre:(PREDAWN|PRE DASH? PARTDAY) (?:UNIT)?", _day_part),
        ("AT? before:(BEFORE) part:(PARTDAY)", _day_part),
        ("by:(UNTIL) THE? part:(PARTDAY)", _by_part),
        ("(?:BEFORE AND AFTER|AFTER AND BEFORE) part:(PARTDAY)", _day_part),
        (f"(?:AT? (?:{_NUMBER}|HALF A) UNIT|AT)? after:(AFTER) part:(PARTDAY)", _day_part),
        ("AT part:(OVERNIGHT)", _day_part),
        ("bound:(SINCE|BEFORE|FROM) THE EDGE OF THE OTHER{0,5} WAR", _beginning),
        ("bound:(SINCE|BEFORE) THE OTHER{0,5} WAR BEGAN", _beginning),
        ("(?<!TIME) soon:(OVER) unit:(UNIT)", _soon),
        (f"IN? {_ABOUT} (?:num:({_NUMBER})) MORE? DASH? unit:(UNIT) (?:DASH? old:(OLD))?", _length),
        ("(?<=IN) unit:(UNIT)", _length),
        ("AGED num:(DAYNUM|DIGITS|NUMWORD)", _age),
        ("num:(DAYNUM|NUMWORD) UNIT old:(OLD)", _age),
    )
)
# A part of the day that only counts beside a day: "early on Thursday", "Thursday morning".
_LOOSE = (
    (_compiled("(?:LATER)? early:(EARLY) DASH? (?:part:(PARTDAY))?"), _day_part),
    (_compiled("THE? part:(PARTDAY)"), _day_part),
    (_compiled("THE? pre:(PREDAWN)"), _day_part),
)
# What may stand between a day and its time of day.
_LINKS = ("ON", "OF", "THE", "COMMA", "AT", "LP", "INSIDE", "OVER", "POSS", "RP")
_BETWEEN = re.compile("^[" + re.escape("".join(_LETTER[name] for name in _LINKS)) + "]{0,3}$")
_PASSED = "".join(_LETTER[name] for name in ("ON", "THE", "AT", "INSIDE", "OVER"))
_BOUNDS = {"since": Bound.SINCE, "until": Bound.UNTIL, "till": Bound.UNTIL, "by": Bound.UNTIL, "before": Bound.BEFORE,
           "after": Bound.AFTER, "from": Bound.SINCE}  # fmt: skip
# A date or weekday before one of these is a name: a paper, a movement, a massacre.
_NAMED_AFTER = frozenset(
    [
        "times",
        "telegraph",
        "express",
        "mirror",
        "mail",
        "herald",
        "star",
        "brigade",
        "brigades",
        "alliance",
        "movement",
        "coalition",
        "camp",
    ]
)
_POSSESSIVE = frozenset(["his", "her", "its", "their", "our", "my", "your", "'s", "’s"])
_SEASONS = frozenset(["spring", "summer", "autumn", "winter"])
_SEASON_NAMES = frozenset("olympics olympic paralympics paralympic games school schools camps cleaning term palace".split())
# What goes on with the sentence behind a season, and is no thing of that season.
_SAYS_ON = frozenset(
    "was were is are had has have will would could may might can came saw brought when as but because while that which who with "
    "he she they we it i you there if so at until his her their its not".split()
)
_ARTICLES = frozenset(["the", "a", "an", "its", "their", "this", "annual"])
_COUNTED = frozenset(
    "people men women children civilians troops soldiers fighters militants families homes houses prisoners detainees hostages "
    "protesters refugees police policemen officers tons tonnes trucks aircraft tanks shells rockets missiles drones km "
    "miles metres meters feet dollars euros".split()
)
_NAMED_BEFORE = frozenset(["arab", "prague", "bloody", "black", "good", "easter", "palm", "super", "cyber"])


def find(text: str, start: int = 0, end: int | None = None, loose: bool = False) -> Iterator[TimeWords]:
    """Time expressions in the text between two offsets, left to right, without overlap.

    Durations, ages and what is repeated are found too (`is_time` is false for them), so that their numbers and days are not
    taken for others. `loose`: also words like "now", "recently" and "daily", the world wars by name, and years that nothing
    shows to be years.
    """
    end = len(text) if end is None else end
    dated = _dated(text, start, end)
    if not loose:
        yield from dated
        return
    yield from sorted(
        [*dated, *(w for w in _loosely(text, start, end) if not any(w.span.meets(d.span) for d in dated))], key=_first
    )


def _first(words: TimeWords) -> int:
    return words.span.start


# What behind four digits says that they count things: a thing of many, a measure, a share, a finer number.
_COUNTED_ANY = "|".join(sorted(_COUNTED))
_THINGS = rf"{_COUNTED_ANY}|(?!was\b|is\b|has\b|as\b|its\b|\w+(?:ss|us|is)\b)[a-z]+(?:s|children)\b"
_NO_YEAR = rf"(?![\d%]|[.,:/]\d|-\w+-|(?-i:\s*(?:{_THINGS})))"
# From the first declaration of war to the last armistice or surrender.
_WORLD_WARS = (
    (Calendar(1914, 7, 28), Calendar(1918, 11, 11)),
    (Calendar(1939, 9, 1), Calendar(1945, 9, 2)),
)
_LOOSELY = re.compile(
    rf"(?<![\d,.$€£#/:\w])(?<!\D\d{{3}}-)(?P<year>1[5-9]\d\d|20\d\d)(?:\s*[-–—/]\s*(?P<until>\d\d)\b(?![-/]))?{_NO_YEAR}"
    rf"|(?<=\bthe )(?P<named>19\d\d|20\d\d)(?= (?-i:(?!{_COUNTED_ANY})[a-z]+s\b))"
    r"|\b(?:(?P<war>(?:First|Second) World War|World War (?:One|Two|II|I)|WW(?:II|I|2|1))"
    rf"|(?P<often>{'|'.join(_OFTEN)})"
    r"|(?P<present>now|currently|nowadays|presently|at present|at the moment|(?:the )?present[ -]day|to date)"
    r"|(?P<past>recently|lately|formerly|in the past)"
    r"|(?P<future>(?:the )?(?:near |foreseeable )?future))\b",
    re.I,
)


def _loosely(text: str, start: int, end: int) -> Iterator[TimeWords]:
    for match in _LOOSELY.finditer(text, start, end):
        if match["named"]:
            yield TimeWords(Span(*match.span("named")), Calendar(int(match["named"])))  # "the 2004 elections"
            continue
        if match["year"]:
            yield TimeWords(Span(*match.span("year")), Calendar(int(match["year"])))
            if match["until"] and (until := int(match["year"][:2] + match["until"])) > int(match["year"]):
                yield TimeWords(Span(*match.span("until")), Calendar(until))
            continue
        if match["war"]:
            second = re.search(r"second|two|ii|2", match["war"], re.I) is not None
            yield TimeWords(Span(*match.span("war")), Range(*_WORLD_WARS[second]))
            continue
        if match["often"]:
            yield TimeWords(Span(*match.span()), Repeated(_OFTEN[match["often"].lower()]))
            continue
        kind: Literal["past", "present", "future"] = "past" if match["past"] else "present" if match["present"] else "future"
        yield TimeWords(Span(match.start(), match.end()), Reference(kind))


@lru_cache(maxsize=64)
def _dated(text: str, start: int, end: int) -> tuple[TimeWords, ...]:
    # Kept, because whoever reads a text and whoever dates it ask for the same.
    tokens = _lexed(text).within(text, start, end)
    letters = tokens.letters
    found: list[TimeWords] = []
    for atom in _joined(list(_atoms(tokens, letters)), letters, tokens):
        made = atom.made
        span = Span(tokens.starts[atom.first], tokens.ends[atom.last - 1])
        found.append(TimeWords(span, made.form, made.clock, made.bound, made.night, made.greenwich))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Lexed:
    """A text's tokens, where each starts, and a letter for each."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    letters: str

    def within(self, text: str, start: int, end: int) -> _Lexed:
        """The tokens between two offsets, a token that one of them cuts being only its part there."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if (first and self.ends[first - 1] > start) or (last > first and self.ends[last - 1] > end):
            return _cut(text, start, end)
        return _Lexed(self.starts[first:last], self.ends[first:last], self.words[first:last], self.letters[first:last])

    def __len__(self) -> int:
        return len(self.starts)

    def groups(self, match: re.Match[str]) -> Groups:
        """The tokens of each named group of a match on the letters."""
        return {k: [_Token(w) for w in self.words[match.start(k) : match.end(k)]] for k, v in match.groupdict().items() if v}


@lru_cache(maxsize=64)
def _lexed(text: str) -> _Lexed:
    # Kept, because a document is asked sentence by sentence, and then as a whole.
    return _cut(text, 0, len(text))


def _cut(text: str, start: int, end: int) -> _Lexed:
    found = list(_TOKEN.finditer(text, start, end))
    classed = [_classed(m.group()) for m in found]
    letters = "".join([letter for _, letter in classed])
    return _Lexed([m.start() for m in found], [m.end() for m in found], [word for word, _ in classed], letters)


@lru_cache(maxsize=4096)
def parse(text: str) -> TimeWords | None:
    """The first expression that says when; else the first of any kind; None where there is none."""
    found = list(find(text))
    return next((t for t in found if t.has_day), next((t for t in found if t.is_time), found[0] if found else None))


_RUN = re.compile("[^_;]+")
_HEAD = re.compile(f"[{re.escape(_HEADS)}]")


def _atoms(tokens: _Lexed, letters: str) -> Iterator[_Atom]:
    """Matches of the rules, leftmost and longest."""
    at = 0
    for run in _RUN.finditer(letters):
        if not _HEAD.search(letters, run.start(), run.end()):
            continue
        at = max(at, run.start())  # a rule may reach beyond its run
        while at < run.end():
            atom = _longest(tokens, letters, at) if letters[at] not in ",!)'" else None
            if atom is None:
                at += 1
                continue
            yield atom
            at = atom.last


def _longest(tokens: _Lexed, letters: str, at: int) -> _Atom | None:
    best: _Atom | None = None
    for pattern, builder in _RULES_BY_START.get(letters[at], ()):
        match = pattern.match(letters, at)
        if match is None or match.end() <= at or (best and match.end() <= best.last):
            continue
        made = builder(tokens.groups(match))
        if made is not None and not _is_name(tokens, at, match.end(), made):
            best = _Atom(at, match.end(), made)
    return best


def _is_name(tokens: _Lexed, first: int, last: int, made: _Made) -> bool:
    """Whether the words are part of a name: "the March 14 Alliance", "Bloody Sunday"."""
    after = tokens.words[last] if last < len(tokens) else ""
    if isinstance(made.form, Calendar | Range) and after in ("bc", "bce"):
        return True
    if isinstance(made.form, Whole | Shift):
        # "His last day", "the court's last week": the end of something, not the one before.
        return tokens.words[first] == "last" and first > 0 and tokens.words[first - 1] in _POSSESSIVE
    if not isinstance(made.form, Calendar | Weekday):
        return False
    if isinstance(made.form, Weekday) and tokens.words[first] == "that":
        # "Officials said that Tuesday's blast": no Tuesday of the story.
        return after in ("'s", "’s") or tokens.words[max(first - 1, 0)] in ("say", "says", "said", "saying")
    if isinstance(made.form, Calendar) and made.form.feast:
        # "The Christmas market", "Jabal al-Arbaeen".
        attributive = tokens.letters[last : last + 1] == _LETTER["OTHER"]
        before = tokens.words[max(first - 1, 0)]
        return before == "-" or (attributive and (before in _ARTICLES or tokens.words[first] in _ARTICLES))
    if isinstance(made.form, Calendar) and made.form.part in _SEASONS and (after in _SEASON_NAMES or _sorts(tokens, first, last)):
        return True  # "the Winter Games", "a summer school", "winter storms"
    if isinstance(made.form, Calendar) and made.form == Calendar(made.form.year) and after in _COUNTED:
        return True  # "from 2000 people"
    return after in _NAMED_AFTER or (first > 0 and tokens.words[first - 1] in _NAMED_BEFORE)


def _sorts(tokens: _Lexed, first: int, last: int) -> bool:
    """Whether a season alone says of what sort a thing is, and not when: "winter storms", "from summer rain"."""
    behind, before = tokens.letters[last : last + 1], tokens.letters[first - 1 : first]
    alone = last - first == 1 and before not in [_LETTER[name] for name in ("INSIDE", "OVER", "SINCE", "UNTIL", "AND")]
    return alone and behind in (_LETTER["OTHER"], _LETTER["UNIT"]) and tokens.words[last] not in _SAYS_ON


def _starts(pattern: re.Pattern[str]) -> frozenset[str]:
    """The letters that a rule can start with: only a matter of speed, so any letter where Python's parser cannot be asked."""
    try:
        from re import _parser as parser  # type: ignore[attr-defined]
    except ImportError:  # not a documented module
        return frozenset(letter for letter, _ in _CLASSES.values())

    def first(items: object) -> tuple[set[str], bool]:
        found: set[str] = set()
        for op, value in items:  # type: ignore[attr-defined]
            letters, empty = one(str(op), value)
            found |= letters
            if not empty:
                return found, False
        return found, True

    def one(op: str, value: object) -> tuple[set[str], bool]:
        match op:
            case "LITERAL":
                return {chr(int(str(value)))}, False
            case "IN":
                return {chr(v) for o, v in value if str(o) == "LITERAL"}, False  # type: ignore[attr-defined]
            case "BRANCH":
                parts = [first(branch) for branch in value[1]]  # type: ignore[index]
                return set().union(*(p for p, _ in parts)), any(e for _, e in parts)
            case "SUBPATTERN":
                return first(value[-1])  # type: ignore[index]
            case "MAX_REPEAT":
                letters, empty = first(value[2])  # type: ignore[index]
                return letters, empty or value[0] == 0  # type: ignore[index]
            case _:
                return set(), True  # an assertion takes no letter

    return frozenset(first(parser.parse(pattern.pattern))[0])


_STARTED = [(rule, _starts(rule[0])) for rule in _RULES]
_RULES_BY_START = {letter: tuple(rule for rule, starts in _STARTED if letter in starts) for letter, _ in _CLASSES.values()}


# ---------------------------------------------------------------- joining neighbours


def _joined(atoms: list[_Atom], letters: str, tokens: _Lexed) -> list[_Atom]:
    """Days with their times of day, weekdays with their dates, ranges, and the prepositions before them."""
    joined: list[_Atom] = []
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


def _with_loose(atom: _Atom, letters: str, tokens: _Lexed, floor: int) -> _Atom:
    """A day together with "early" or "on the morning of" before it and "morning" or "at dawn" behind it."""
    if not _takes_clock(atom.made):
        return atom
    for pattern, builder in _LOOSE:
        for at in range(max(floor, atom.first - 6), atom.first):
            match = pattern.match(letters, at)
            if match and match.end() <= atom.first and _BETWEEN.match(letters[match.end() : atom.first]):
                made = builder(tokens.groups(match))
                if made:
                    atom = _Atom(at, atom.last, _timed(atom.made, made))
                    break
        if atom.made.clock:
            break
    return _with_loose_after(atom, letters, tokens)


def _with_loose_after(atom: _Atom, letters: str, tokens: _Lexed) -> _Atom:
    behind = atom.last + (letters[atom.last : atom.last + 1] == _LETTER["POSS"])
    for pattern, builder in _LOOSE[:2]:
        match = pattern.match(letters, behind)
        if match and not (letters[match.end() - 1] == "E" and letters[match.end() : match.end() + 1] != "P"):
            made = builder(tokens.groups(match))
            if made and (atom.made.clock is None or made.night):
                return _Atom(atom.first, match.end(), _timed(atom.made, made))
    return atom


def _takes_clock(made: _Made) -> bool:
    form = made.form
    if isinstance(form, Calendar):
        return form.day is not None or bool(form.feast)
    return isinstance(form, Weekday) or (isinstance(form, Shift) and form.unit is Unit.DAY)


def _timed(day: _Made, part: _Made) -> _Made:
    """A day with a time of day. An exact time outdoes a part of the day, but keeps that it was night."""
    finer = part.clock if part.clock and (day.clock is None or part.clock.kind is not ClockKind.PART) else day.clock
    if part.clock and day.clock and part.clock.kind is day.clock.kind is ClockKind.PART:
        # "In the early hours of Tuesday morning": the shorter of the two.
        shorter = part.clock.latest < day.clock.latest and not day.night
        finer = part.clock if part.night or shorter else day.clock
    return replace(day, clock=finer, night=part.night or day.night, greenwich=part.greenwich or day.greenwich)


def _join(a: _Atom, b: _Atom, letters: str) -> _Atom | None:
    """Two neighbours as one expression, where they are one."""
    between = letters[a.last : b.first]
    if len(between) > 3:
        return None
    made: _Made | None = None
    if _BETWEEN.match(between):
        made = _day_and_clock(a.made, b.made) or _weekday_and_date(a.made, b.made)
        made = made or _come_round(a.made, b.made)
    if made is None and re.fullmatch("(?:&T|[" + re.escape("T|-&f") + "])#?", between):
        made = _ranged(a, b, letters)
    if made is None:
        return None
    last = b.last + (letters[b.last : b.last + 1] == ")" and "(" in between)
    return _Atom(a.first, last, made)


def _day_and_clock(a: _Made, b: _Made) -> _Made | None:
    for day, part in ((a, b), (b, a)):
        if (
            (isinstance(part.form, Bare) or part.form == _OVERNIGHT)
            and _takes_clock(day)
            and day.form != _OVERNIGHT
            and _fits(day, part)
        ):
            return _timed(day, replace(part, night="overnight") if part.form == _OVERNIGHT else part)
    if isinstance(a.form, Bare) and isinstance(b.form, Bare) and a.clock and b.clock:
        if a.clock.kind is not b.clock.kind and ClockKind.PART in (a.clock.kind, b.clock.kind):
            return _timed(a, b)
        return _two_zones(a, b)
    return None


GREENWICH = frozenset(["GMT", "UTC"])


def _two_zones(a: _Made, b: _Made) -> _Made | None:
    """ "At 4:15 am (0115 GMT)": one moment on two clocks. The local one is kept, and the other beside it."""
    for local, other in ((a, b), (b, a)):
        if local.clock and other.clock and other.clock.zone in GREENWICH and local.clock.zone not in GREENWICH:
            return replace(local, greenwich=other.clock)
    return None


def _fits(day: _Made, part: _Made) -> bool:
    """Whether a day can take this time of day: none yet, or only a part of the day that the other makes exact."""
    if day.clock is None:
        return True
    if day.clock.kind is not ClockKind.PART or part.clock is None:
        return False
    return part.clock.kind is not ClockKind.PART or part.clock.earliest <= day.clock.earliest <= part.clock.latest


def _come_round(a: _Made, b: _Made) -> _Made | None:
    """ "Twenty years ago on Sunday", "a year ago today": the day that has come round."""
    ago, day = a.form, b.form
    years = isinstance(ago, Shift) and ago.unit is Unit.YEAR and ago.origin == "page" and ago.low == ago.high
    if not years or not isinstance(ago, Shift) or not (isinstance(day, Weekday) or day == Shift(Unit.DAY, 0, 0)):
        return None
    return _Made(replace(ago, on=day), b.clock, b.night)


def _weekday_and_date(a: _Made, b: _Made) -> _Made | None:
    """ "Friday, Dec. 8", "8 December (Friday)"; of an ambiguous date, the reading that falls on that weekday."""
    for week, day in ((a, b), (b, a)):
        if isinstance(week.form, Weekday) and isinstance(day.form, Calendar) and day.form.day and day.form.weekday is None:
            readings = [r for r in (replace(day.form, other=None), day.form.other) if r]
            fitting = [r for r in readings if r.year and r.month and date(r.year, r.month, r.day or 1).weekday() == week.form.day]
            chosen = fitting[0] if fitting else day.form
            return _Made(replace(chosen, weekday=week.form.day), day.clock or week.clock, day.night or week.night)
    return None


def _runs_on(a: _Made, b: _Made) -> bool:
    """Whether a late hour of a day runs on into the next: "late on Friday and into Saturday"."""
    late = a.clock is not None and a.clock.kind is ClockKind.PART and a.clock.earliest.hour >= 16
    days = isinstance(a.form, Weekday) and isinstance(b.form, Weekday) and (b.form.day - a.form.day) % 7 == 1
    return late and days


_NO_END = (Range, Bare, Length, Repeated, Into)


def _ranged(a: _Atom, b: _Atom, letters: str) -> _Made | None:
    """ "From October 17 to November 3", "between Monday and Wednesday"; "and" only after "between"."""
    before = letters[max(a.first - 2, 0) : a.first] + letters[a.first]
    if "T" in letters[a.last : b.first] and _runs_on(a.made, b.made):
        return _Made(Range(a.made.form, b.made.form), _part("overnight"))
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
    return _Made(Range(first, last))


def _with_bound(atom: _Atom, floor: int, letters: str, tokens: _Lexed) -> _Atom:
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
    return _Atom(at, atom.last, replace(made, bound=_BOUNDS[tokens.words[at]]))


# ---------------------------------------------------------------- a page's own date


_LABEL = re.compile(r"(?:date of publication|publication date|published|posted|(?:last )?updated)(?: (?:on|at))?[: ]*$", re.I)
_LEADS_ON = frozenset(("on", "in", "of", "since", "by", "until", "from", "the", "late", "early", "before", "after", "and", "to"))
_GLUED = re.compile(r"[ |]{0,3}(?:[A-Z0-9\"“\[]|by [A-Z])")


def is_stamp(text: str, words: TimeWords) -> bool:
    """Whether a whole date is the page's own, run into headline or text: "Fri Apr 15 2016 6 killed", "Published 3 May 2019".

    Only its neighbours are looked at: a label before it, or nothing but a name, a number or the start, and behind it no word that
    a sentence would go on with.
    """
    form = words.form
    if not isinstance(form, Calendar) or not (form.year and form.month and form.day) or words.bound:
        return False
    before, behind = text[max(0, words.span.start - 60) : words.span.start], text[words.span.end : words.span.end + 12]
    if _LABEL.search(before):
        return True
    last = (before.split()[-1:] or ["A"])[0]
    name = (last[0].isupper() or last[0].isdigit()) and last[-1].isalnum() and last.lower() not in _LEADS_ON
    return name and _GLUED.match(behind) is not None
