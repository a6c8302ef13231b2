"""The time expressions of a text: found by the grammar, told from names, and no date known yet.

A text is lexed to one letter a word and the grammar matched on the letters, so a text without time words costs one pass.
What an expression means against a page's date is worked out elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from crossbearing.model.text import Span
from crossbearing.words.time_forms import Calendar, Made, Range, Reference, Repeated, Shift, TimeWords, Unit, Weekday, Whole
from crossbearing.words.time_joins import Atom, joined
from crossbearing.words.time_letters import HEADS, LETTER, Lexed, lexed
from crossbearing.words.time_rules import RULES_BY_START


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


@lru_cache(maxsize=64)
def _dated(text: str, start: int, end: int) -> tuple[TimeWords, ...]:
    # Kept, because whoever reads a text and whoever dates it ask for the same.
    tokens = lexed(text).within(text, start, end)
    letters = tokens.letters
    found: list[TimeWords] = []
    for atom in joined(list(_atoms(tokens, letters)), letters, tokens):
        made = atom.made
        span = Span(tokens.starts[atom.first], tokens.ends[atom.last - 1])
        found.append(TimeWords(span, made.form, made.clock, made.bound, made.night, made.greenwich))
    return tuple(found)


@lru_cache(maxsize=4096)
def parse(text: str) -> TimeWords | None:
    """The first expression that says when; else the first of any kind; None where there is none."""
    found = list(find(text))
    return next((t for t in found if t.has_day), next((t for t in found if t.is_time), found[0] if found else None))


_RUN = re.compile("[^_;]+")
_HEAD = re.compile(f"[{re.escape(HEADS)}]")


def _atoms(tokens: Lexed, letters: str) -> Iterator[Atom]:
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


def _longest(tokens: Lexed, letters: str, at: int) -> Atom | None:
    best: Atom | None = None
    for pattern, builder in RULES_BY_START.get(letters[at], ()):
        match = pattern.match(letters, at)
        if match is None or match.end() <= at or (best and match.end() <= best.last):
            continue
        made = builder(tokens.groups(match))
        if made is not None and not _is_name(tokens, at, match.end(), made):
            best = Atom(at, match.end(), made)
    return best


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


def _is_name(tokens: Lexed, first: int, last: int, made: Made) -> bool:
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
        attributive = tokens.letters[last : last + 1] == LETTER["OTHER"]
        before = tokens.words[max(first - 1, 0)]
        return before == "-" or (attributive and (before in _ARTICLES or tokens.words[first] in _ARTICLES))
    if isinstance(made.form, Calendar) and made.form.part in _SEASONS and (after in _SEASON_NAMES or _sorts(tokens, first, last)):
        return True  # "the Winter Games", "a summer school", "winter storms"
    if isinstance(made.form, Calendar) and made.form == Calendar(made.form.year) and after in _COUNTED:
        return True  # "from 2000 people"
    return after in _NAMED_AFTER or (first > 0 and tokens.words[first - 1] in _NAMED_BEFORE)


def _sorts(tokens: Lexed, first: int, last: int) -> bool:
    """Whether a season alone says of what sort a thing is, and not when: "winter storms", "from summer rain"."""
    behind, before = tokens.letters[last : last + 1], tokens.letters[first - 1 : first]
    alone = last - first == 1 and before not in [LETTER[name] for name in ("INSIDE", "OVER", "SINCE", "UNTIL", "AND")]
    return alone and behind in (LETTER["OTHER"], LETTER["UNIT"]) and tokens.words[last] not in _SAYS_ON


# What behind four digits says that they count things: a thing of many, a measure, a share, a finer number.
_COUNTED_ANY = "|".join(sorted(_COUNTED))
_THINGS = rf"{_COUNTED_ANY}|(?!was\b|is\b|has\b|as\b|its\b|\w+(?:ss|us|is)\b)[a-z]+(?:s|children)\b"
_NO_YEAR = rf"(?![\d%]|[.,:/]\d|-\w+-|(?-i:\s*(?:{_THINGS})))"
# From the first declaration of war to the last armistice or surrender.
_WORLD_WARS = (
    (Calendar(1914, 7, 28), Calendar(1918, 11, 11)),
    (Calendar(1939, 9, 1), Calendar(1945, 9, 2)),
)
_OFTEN = {
    "hourly": Unit.HOUR, "daily": Unit.DAY, "nightly": Unit.DAY, "everyday": Unit.DAY, "weekly": Unit.WEEK,
    "monthly": Unit.MONTH, "yearly": Unit.YEAR, "annually": Unit.YEAR,
}  # fmt: skip
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
