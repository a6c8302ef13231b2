"""Counts from a dated beginning: "more than 100 days into the offensive", "since October 7"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.page.beginnings import Beginning, beginnings, named_in
from crossbearing.resolve.page.evidence import SINCE_LAGS, Piece, in_year, inside, missed, padded
from crossbearing.words import numbers, ordinals
from crossbearing.words.time_forms import Bound, Calendar, TimeWords

_WAR = (
    r"(?:war|conflict|offensive|invasion|assault|aggression|fighting|onslaught|campaign|operation|siege|bombardment|"
    r"hostilities|genocide|coup|battle|insurgency)"
)
_ORDINALS = {word: n for n, word in enumerate(ordinals.UNITS[:14], 1)}
_ORDINAL = "|".join(_ORDINALS)
# "100", "1,000", "six", "a", "twenty-one", "one thousand".
_NUMBER = r"\d{1,4}|\d,\d{3}|(?:\w{1,5}\s)?(?:hundred|thousand)|\w{1,12}(?:-\w{3,5})?"
_NTH = rf"\d{{1,4}}(?=st|nd|rd|th)|\d,\d{{3}}(?=th)|{_ORDINAL}"
_THE_WAR = rf"(?:[\w’'-]{{1,30}}\s+){{0,6}}?(?P<what>{_WAR}|takeover|fall)\b"
_COUNT = re.compile(
    rf"(?P<more>more than|over|nearly|almost|about)?\s{{0,3}}\b(?P<n>{_NUMBER})\s+(?P<unit>(?:day|week|month|year)s?)\s+"
    rf"(?P<by>into|since|after|on from|of)\s+{_THE_WAR}"
    rf"|\b(?P<year>{_NTH})(?:st|nd|rd|th)?\s+anniversary\s+of\s+{_THE_WAR.replace('what', 'what2')}"
    rf"|\b(?:on|enter(?:s|ed|ing)?|for|in|into|marks?|marked)\s+(?:its|the|their|a)\s+(?P<nth>{_NTH})"
    rf"(?:st|nd|rd|th)?\s+(?:(?P<nunit>day|week|month|year)|straight day|consecutive day)\b"
    rf"|\b(?:began|begun|broke out|started|erupted|launched|invaded|declared war)[^.\n]{{0,50}}?"
    rf"(?P<more2>more than|over|nearly|almost|about)?"
    rf"\s{{0,3}}\b(?P<n2>{_NUMBER})\s+(?P<unit2>days|weeks|months|years)\s+ago\b"
    rf"|\b(?P<old>\d{{1,2}}|\w{{3,9}})-(?P<oldunit>day|week|month|year)(?:-old|-long)?\s+(?:\w+\s+){{0,2}}?{_WAR}\b"
    rf"|\b[Dd]ay\s+(?P<day>\d{{2,4}}|\d,\d{{3}})\s+of\b|\b(?P<nth2>\d{{2,4}}|\d,\d{{3}})(?:st|nd|rd|th)\s+day\s+of\b",
    re.I,
)
_COUNTING = re.compile(
    r"\b(?:day|week|month|year)s?\s+(?:into|since|after|on from|of|ago)\b|\banniversary\s+of\b"
    r"|(?:\dst|\dnd|\drd|th|first|second|third)\s+(?:\w+ )?(?:day|week|month|year)\b|\bday\s+\d"
    r"|\w-(?:day|week|month|year)(?:-old|-long)?\s",
    re.I,
)
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}


def counted_days(document: Document) -> Iterator[Piece]:
    """ "More than 100 days into the offensive", "on the 45th day of the war": counted from a beginning in the table."""
    text = document.text
    named: dict[tuple[int, int], list[Beginning]] = {}
    for match in _counts(text):
        beginning = _which_beginning(text, match, named)
        at = _at(match, beginning.date) if beginning else None
        if beginning is None or at is None:
            continue
        span = Span(match.start(), match.end())
        quote = " ".join(span.of(text).split())
        says = f"it says '{quote}', counted from {beginning.date}, when {beginning.name} began"
        yield Piece((span,), says, ((at,),), miss=missed((at,), _WRONG))


# Of 29 counts on the development pages (`evals/dating.py`) two were of another time than the page's.
_WRONG = 0.07
# An anniversary is told of for some days before and after.
_ROUND_THE_DAY = 10


_AS_A_WHOLE = re.compile(r"war|conflict|invasion|aggression|onslaught|genocide", re.I)


def _at(match: re.Match[str], start: date) -> Interval | None:
    """The days on which a count from a beginning is right; None where it is no count of a war."""
    said = next(said for name in ("n", "n2", "nth", "old", "day", "nth2", "year") if (said := match[name])).lower()
    number = _ORDINALS.get(said) or numbers.value(re.sub(r"^an?\b", "one", said))
    unit = (match["unit"] or match["unit2"] or match["nunit"] or match["oldunit"] or "day").lower()
    if number is None or (match["by"] == "of" and not (unit.endswith("s") and _AS_A_WHOLE.fullmatch(match["what"]))):
        return None  # "two days of fighting": a bout of it
    if match["year"]:
        day = in_year(min(start.year + number, date.max.year), start.month, start.day)
        return padded(Interval.day(day), _ROUND_THE_DAY, _ROUND_THE_DAY)
    size = _UNIT_DAYS[unit.removesuffix("s")]
    if size == 1 and (said in _ORDINALS or number == 1):
        return None  # "for a second day", "a day after": of the strike, the visit, the talks
    if number * size > _LONGEST:
        return None
    more = (match["more"] or match["more2"] or "").lower()
    at = _counted(start, number, size, more, bool(match["unit"] or match["unit2"] or match["oldunit"]))
    # A war in its sixth year is a five-year war to one writer and a six-year war to the next.
    return padded(at, round(size / 2), round(size / 2)) if match["old"] else at


# A century: what is counted for longer is no count of these wars.
_LONGEST = 36525


_UNIT = re.compile(r"\b(?:[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear|DAY|WEEK|MONTH|YEAR|anniversary|ANNIVERSARY)")
# A count reaches so far before and behind the unit that it counts.
_BEFORE, _BEHIND = 130, 200


def _counts(text: str) -> Iterator[re.Match[str]]:
    """The counts around the words that can belong to one: the long pattern is slow, and most texts have none."""
    done = 0
    for sign in _UNIT.finditer(text):
        if sign.start() < done or not _COUNTING.search(text, max(0, sign.start() - 30), sign.end() + 20):
            continue
        start = max(done, sign.start() - _BEFORE)
        start = max(start, text.rfind("\n", start, sign.start()) + 1)
        end = text.find("\n", sign.end(), sign.end() + _BEHIND)
        stop = end if end >= 0 else sign.end() + _BEHIND
        for match in _COUNT.finditer(text, start, stop):
            done = match.end()
            yield match


def _counted(start: date, number: int, size: float, more: str, cardinal: bool) -> Interval:
    """The days on which so many units have passed. A count of longer units is right to about half a unit."""
    passed = start + timedelta(days=round(number * size))
    slack = 1 if size == 1 else round(size / 2)
    if more in ("more than", "over"):
        # "More than 100 days" is said until a rounder count would be: half as much again at most.
        return Interval(passed, passed + timedelta(days=max(round(number * size / 2), 10)))
    if more in ("nearly", "almost"):
        return Interval(passed - timedelta(days=max(2 * slack, 5)), passed)
    if not cardinal:
        # The first day is the day of the beginning.
        passed -= timedelta(days=round(size))
        # "Enters its fifth year" is written ahead of the day.
        ahead = 1 if size == 1 else round(size / 8)
        return Interval(passed - timedelta(days=ahead), passed + timedelta(days=max(1, round(size))))
    return Interval(passed - timedelta(days=slack), passed + timedelta(days=2 * slack if size > 1 else 2))


def _which_beginning(text: str, match: re.Match[str], known: dict[tuple[int, int], list[Beginning]]) -> Beginning | None:
    """The beginning that the words around name: in the sentence, else in the paragraph; None where two could be meant.

    `known` keeps what a paragraph and the whole text name, for the next count.
    """
    began = bool(match["n2"])
    near = text[max(0, match.start() - 80) : match.end()] if began else text[match.start() : match.end() + 80]
    named = named_in(near)
    if len(named) > 1 and not began and (what := match["what"] or match["what2"]):
        # Of two the one whose name the count itself runs into: "two years into the war in Sudan and three into ...".
        reach = len(match.group()) - len(what)
        named = [b for b in named if any(m.start() <= reach + len(what) <= m.end() for m in b.names.finditer(near))] or named
    if began:
        # What "began five years ago" stands right before the verb, or is unknown: much begins within a war.
        return named[0] if len(named) == 1 else None
    if not match["old"] and "civil" not in match.group().lower():
        named = named or [b for b in beginnings() if b.loose and b.loose.search(near)]
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    for stretch in ((start, end if end >= 0 else len(text)), (0, len(text))):
        if named:
            break
        if stretch not in known:
            known[stretch] = named_in(text[slice(*stretch)])
        named = known[stretch]
    return named[0] if len(named) == 1 else None


def begins(text: str, month: int, day: int) -> bool:
    """Whether a day of the year is that of a known beginning which the text names."""
    return any((b.date.month, b.date.day) == (month, day) and b.named_in(text) for b in beginnings())


# How a beginning is told without its year: up to how many days after it, and how likely.
_SINCE_TIERS = ((90, 1.0), (180, 0.4), (300, 0.08), (365, 0.03))


_BEGAN = re.compile(r"\b(?:began|begun|begins?|started|broke out|erupted) (?:on )?(?:the )?$")


def since_without_year(document: Document, said: list[TimeWords], article: tuple[Span, ...]) -> Iterator[Piece]:
    """ "Since October 7", "which began on October 7", without a year: of a known beginning, in the year that followed."""
    for words in said:
        form = words.form
        if not isinstance(form, Calendar) or form.year or not form.month or not inside(words.span, article):
            continue
        for beginning in beginnings() if _looks_back(document.text, words) else ():
            if (beginning.date.month, beginning.date.day) == (form.month, form.day) and beginning.named_in(document.text):
                at = Interval(beginning.date, beginning.date + timedelta(days=365))
                says = (
                    f"it says '{words.span.of(document.text)}' without a year, of {beginning.name}: written within the year after"
                )
                tiers = tuple(((Interval(beginning.date, beginning.date + timedelta(days=n)),), c) for n, c in _SINCE_TIERS)
                yield Piece((words.span,), says, ((at,),), firm=False, tiers=tiers, miss=5e-4)
                return
        if words.bound is Bound.SINCE:
            says = f"it says '{words.span.of(document.text)}' without a year"
            date_of = (form.month, form.day or 15, 365)
            yield Piece((words.span,), says, (), firm=False, by_date=date_of, lags=SINCE_LAGS, only_weighs=True)
            return


def _looks_back(text: str, words: TimeWords) -> bool:
    """Whether words say since or after when something goes on, or when it began."""
    before = text[max(0, words.span.start - 24) : words.span.start]
    return words.bound in (Bound.SINCE, Bound.AFTER) or _BEGAN.search(before) is not None


_SINCE = re.compile(r"\b(?:in|over|during|for) the (?P<unit>days|weeks|months) since\b", re.I)
_SINCE_DAYS = {"days": (0, 21), "weeks": (5, 100), "months": (25, 500)}


def units_since(document: Document) -> Iterator[Piece]:
    """ "In the weeks since the war began": weeks are no days and no years."""
    for match in _SINCE.finditer(document.text):
        near = document.text[match.start() : match.end() + 80]
        named = named_in(near)
        if len(named) == 1:
            first, last = (named[0].date + timedelta(days=n) for n in _SINCE_DAYS[match["unit"].lower()])
            says = f"it says '{match.group()}' of {named[0].name}, which began on {named[0].date}"
            at = (Interval(first, last),)
            yield Piece((Span(match.start(), match.end()),), says, (at,), firm=False, miss=missed(at, _WRONG))
            return
