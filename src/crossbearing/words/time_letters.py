"""The words that tell times, and their classes: each word of a text becomes the letter of its class.

So the grammar can be written as expressions over letters. Also what one such word is worth: a month, a weekday, a number, a unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crossbearing.words.time_forms import Unit

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
DECADES = {
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
    "DECADE": ("X", " ".join(DECADES)),
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
LETTER = {name: letter for name, (letter, _) in _CLASSES.items()}
CLASS_OF = {letter: name for name, letter in LETTER.items()}
LETTER_OF = {word: letter for letter, words in _CLASSES.values() for word in words.split()}
LETTER_OF = {word: LETTER["FEAST"] for name in FEASTS for word in name.split()} | LETTER_OF
ABBREVIATED = {m[:3]: i + 1 for i, m in enumerate(_MONTHS)} | {"sept": 9}
_WABBREVIATED = {d[:3]: i for i, d in enumerate(_WEEKDAYS)} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_TOKEN = re.compile(
    rf"\d{{1,2}} ?(?:{'|'.join(m[:3].upper() for m in _MONTHS)}) ?\d\d\b|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?![-/.]?\d)|\d{1,2}[:h]\d{2}(?::\d{2})?(?!\d)|[0-2]\d[0-5]\d[hH]\b"
    r"|\d{1,2}\.\d{2}(?!\d)|\d{1,2}(?:st|nd|rd|th|er)\b|[’']?\d0[’']?s\b|\d{3}0[’']?s\b|\d+(?:,\d{3})*|[ap]\.m\b|[oO]['’]clock|['’]s\b|[qQ][1-4]\b|[^\W\d_]+|\n\s*\n|\S"
)
# A text none of whose words is one of these holds no time expression; most rules start from one of them.
HEADS = "WwMmbYDckXUPRrz0VZ%$qp~Ao123678"


class Token(NamedTuple):
    """One token of a match, in lower case."""

    word: str


Groups = dict[str, list[Token]]


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
    if word in LETTER_OF:
        return LETTER_OF[word]
    if first.isalpha():
        if written[0].isupper():
            if word in ("may", "march"):
                return "m"
            if word in ABBREVIATED:
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


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text's tokens, where each starts, and a letter for each."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    letters: str

    def within(self, text: str, start: int, end: int) -> Lexed:
        """The tokens between two offsets, a token that one of them cuts being only its part there."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if (first and self.ends[first - 1] > start) or (last > first and self.ends[last - 1] > end):
            return _cut(text, start, end)
        return Lexed(self.starts[first:last], self.ends[first:last], self.words[first:last], self.letters[first:last])

    def __len__(self) -> int:
        return len(self.starts)

    def groups(self, match: re.Match[str]) -> Groups:
        """The tokens of each named group of a match on the letters."""
        return {k: [Token(w) for w in self.words[match.start(k) : match.end(k)]] for k, v in match.groupdict().items() if v}


@lru_cache(maxsize=64)
def lexed(text: str) -> Lexed:
    # Kept, because a document is asked sentence by sentence, and then as a whole.
    return _cut(text, 0, len(text))


def _cut(text: str, start: int, end: int) -> Lexed:
    found = list(_TOKEN.finditer(text, start, end))
    classed = [_classed(m.group()) for m in found]
    letters = "".join([letter for _, letter in classed])
    return Lexed([m.start() for m in found], [m.end() for m in found], [word for word, _ in classed], letters)


def month_of(tokens: list[Token]) -> int:
    word = tokens[0].word
    return _MONTHS.index(word) + 1 if word in _MONTHS else ABBREVIATED.get(word) or _FOREIGN[word]


def value_of(tokens: list[Token]) -> tuple[int, int]:
    """The number that some words say, as a range: "two or three" is from the one to the other."""
    joint = next((n for n, token in enumerate(tokens) if token.word in ("or", "to")), None)
    if joint:
        low, high = value_of(tokens[:joint])[0], value_of(tokens[joint + 1 :])[1]
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


def unit_of(tokens: list[Token]) -> tuple[Unit, int]:
    word = tokens[0].word
    return _UNITS.get(word) or _UNITS[word.removesuffix("s")]


def weekday_of(tokens: list[Token]) -> int:
    word = tokens[0].word
    return _WEEKDAYS.index(word) if word in _WEEKDAYS else _WABBREVIATED[word]
