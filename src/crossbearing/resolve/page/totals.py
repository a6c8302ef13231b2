"""Totals that a page cites, looked up in the published series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from crossbearing.model.text import Document, FurnitureKind, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.page.evidence import Piece, inside, merged, missed, padded
from crossbearing.resolve.page.series import Counted, Series, days, shipped
from crossbearing.words import numbers, sentences, times
from crossbearing.words.patterns import any_of
from crossbearing.words.time_forms import Bound, Calendar

# ---------------------------------------------------------------- totals


_KILLED = r"kill(?:ed|ing|s)?|dead|deaths?|died|martyred|martyrs|slain|fatalities|lives|death toll"
_INJURED = r"injur(?:ed|ing|ies)|wound(?:ed|ing|s)|hurt"
_CASUALTY = re.compile(rf"\b(?:(?P<killed>{_KILLED})|(?P<injured>{_INJURED}))\b", re.I)
_TOTAL = re.compile(
    r"\b(?:since|war|offensive|aggression|onslaught|assault|campaign|genocid\w+|bombardment|so far|to date|total|toll|conflict|"
    r"massacres?|invasion|hostilities|attacks|strikes|began|overall)\b",
    re.I,
)
# Part of a total, or people of another count: these say nothing of the series.
_OTHERS = re.compile(
    r"\s*(?:[\w-]+ ){0,2}?(?:children|women|minors|journalists|medics|doctors|health workers|aid workers|staff|soldiers|"
    r"troops|fighters|militants|Israelis|hostages|settlers|people in Israel|"
    r"in Israel|tons|tonnes|trucks|square|buildings|homes|rockets|missiles|"
    r"missing|under the rubble|displaced|detained|arrested|prisoners|days?|hours?|weeks?|months?|years?|kilomet|miles|percent|%)",
    re.I,
)
_CARRIED = re.compile(r"^\W*(?:another|some|at least|more than|over|about|around|a further|as many as|nearly|[\d,]+)\b", re.I)
_OF_HAMAS = re.compile(r"\bHamas[\w -]{0,60}$")
# "The toll has passed 70,000" is said as "over 70,000" is.
_PASSED = re.compile(
    r"\b(?:pass(?:ed|es|ing)|topp(?:ed|ing)|surpass\w*|cross(?:ed|es|ing)|exceed\w*|beyond|past|above)\s+(?:the )?$", re.I
)
_DAILY = re.compile(r"\b(?:past|last|previous) (?:24|48|twenty-four) hours\b", re.I)
# How many totals are of another count or cited long after: of those to the digit, and of rounded ones. Judgements.
_WRONG = {True: 0.05, False: 0.15}
# Below this a total is too likely to be another number.
_LEAST = 200


def cited_totals(document: Document) -> Iterator[Piece]:
    """Cumulative casualty figures that a shipped series holds, those of the article before those of its furniture."""
    pieces = [(place, piece) for piece, place in _cited(document)]
    article = document.article()
    teasers = [f.span for f in document.furniture if f.kind is FurnitureKind.COMMENTS]
    kept = [(span, piece) for span, piece in pieces if not any(t.meets(span) for t in teasers)]
    for own in (True, False):
        for span, piece in kept:
            if inside(span, article) is own:
                where = "" if own else " (in the page's furniture, which may be of another day)"
                yield replace(piece, says=piece.says + where, firm=own)


def _cited(document: Document) -> Iterator[tuple[Piece, Span]]:
    text = document.text
    if not _places().search(text):
        return
    carried: tuple[Series, ...] = ()
    for sentence in _sentences(text):
        words = sentence.of(text)
        if not _CASUALTY.search(words) or not re.search(r"\d{3}|\d,\d{3}|thousand", words):
            carried = ()
            continue
        named = _series_of(words)
        if not named and carried and _CARRIED.match(words):
            named = carried
        elif named and not _TOTAL.search(words) and not carried:
            named = ()
        carried = named
        if named:
            yield from _of_sentence(text, sentence, named)


def _sentences(text: str) -> Iterator[Span]:
    """The sentences that hold a number of three digits or more, and those behind them."""
    at = 0
    for line in text.splitlines(keepends=True):
        if re.search(r"\d{3}|thousand", line):
            yield from sentences.split(text, Span(at, at + len(line.rstrip())))
        at += len(line)


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    """The places and people of all series."""
    return re.compile(rf"\b{any_of(p for s in shipped() for p in (*s.places, *s.people))}\b")


def _series_of(words: str) -> tuple[Series, ...]:
    """The series of the place that a sentence names; of people where it names no place; none where it names two."""
    by_place = [s for s in shipped() if any(re.search(rf"\b{re.escape(p)}\b", words) for p in s.places)]
    found = by_place or [s for s in shipped() if any(re.search(rf"\b{re.escape(p)}\b", words) for p in s.people)]
    return tuple(found) if len({s.places for s in found}) == 1 else ()


def _of_sentence(text: str, sentence: Span, named: tuple[Series, ...]) -> Iterator[tuple[Piece, Span]]:
    found = [n for n in numbers.find(text, sentence.start, sentence.end) if max(n.low or 0, n.high or 0) >= _LEAST]
    if found:
        named = _since(sentence.of(text), named)
    for at, number in enumerate(found):
        stop = found[at + 1].span.start if at + 1 < len(found) else sentence.end
        counted = _counted_as(text, sentence, number.span, stop)
        if (
            counted is None
            or number.span.of(text).lower().startswith("a ")  # "a thousand" is a manner of speaking
            or _OTHERS.match(text, number.span.end)
            or _DAILY.search(text, number.span.end, min(stop, number.span.end + 90))
        ):
            continue
        if _OF_HAMAS.search(text[max(sentence.start, number.span.start - 70) : number.span.start]) and (number.low or 0) < 1500:
            continue  # the dead of 7 October 2023 in Israel, told in the same sentence
        allowed: list[Interval] = []
        passed = number.qualifier is None and _PASSED.search(text, max(sentence.start, number.span.start - 20), number.span.start)
        for series in named:
            allowed += days(series, counted, number.low, number.high, "over" if passed else number.qualifier)
        if not allowed:
            continue
        quote = text[number.span.start : number.span.end]
        says = f"it cites '{quote}' {counted}, which the published totals of {named[0].name} reached then"
        # Cited still on the day on which the next came out.
        days_cited = (merged(allowed), merged(padded(one, 0, 1) for one in allowed))
        exact = number.qualifier is None and (number.low or 0) % 100 != 0
        miss = missed(days_cited[0], _WRONG[exact])
        yield Piece((number.span,), says, days_cited, chances=(1.0, 0.2), miss=miss), number.span


_OF_YEAR = re.compile(r"\b(?:of|in|during|the)\s+((?:19|20)\d\d)\b(?!,\d)")


def _since(words: str, named: tuple[Series, ...]) -> tuple[Series, ...]:
    """Of several series of one place that which counts from the day that the sentence names; all where it names none.

    None where it tells of a year before all of them: "in the war of 2014".
    """
    if any(int(year[1]) < min(s.since.year for s in named) for year in _OF_YEAR.finditer(words)):
        return ()
    for said in times.find(words) if len(named) > 1 else ():
        form = said.form
        if said.bound is Bound.SINCE and isinstance(form, Calendar) and form.month:
            fitting = tuple(
                s
                for s in named
                if form.year in (None, s.since.year) and abs(form.month * 31 + (form.day or 1) - _course(s.since)) <= 31
            )
            return fitting or named
    return named


def _course(day: date) -> int:
    return day.month * 31 + day.day


_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_A_DATE = re.compile(
    r"(?:\b(?:in|since|of|until|by|from)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?(?: \d\d?,?)?)\s+$", re.I
)


def _counted_as(text: str, sentence: Span, number: Span, stop: int) -> Counted | None:
    """Whether a number counts killed or injured: by the verb right before it, else by the first word behind it, else by
    a toll named before."""
    before = text[max(sentence.start, number.start - 45) : number.start]
    if _YEAR.fullmatch(number.of(text)) and _OF_A_DATE.search(before):
        return None
    verb = re.search(
        r"(killing|injuring|wounding|killed|injured|wounded|claimed|martyring|deaths of|lives of)\s*(?:of\s+)?$", before, re.I
    )
    if verb:
        return "injured" if verb.group(1).lower().startswith(("injur", "wound")) else "killed"
    behind = _CASUALTY.search(text, number.end, min(stop, number.end + 160))
    if behind:
        return "injured" if behind["injured"] else "killed"
    toll = list(_CASUALTY.finditer(text, max(sentence.start, number.start - 120), number.start))
    return ("injured" if toll[-1]["injured"] else "killed") if toll else None
