"""Counts of attacks that a page cites, looked up in published counts: "attacked 66 times since October 17".

A table is one file in `resources/tallies/`: a header in comment lines that is YAML, then date and count. A count is taken for
one of the table's where its sentence names whom the table counts, names all of its places or none of them, and the text counts
since the table's first day, or since that month. So the count of one country, or of another body, dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from crossbearing import resources
from crossbearing.errors import MissingResource
from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.page.evidence import Piece, missed, padded
from crossbearing.words import numbers, sentences
from crossbearing.words.numbers import NumberWords
from crossbearing.words.time_forms import Bound, Calendar, TimeWords

_COUNTED = re.compile(r"\s+(?:or more )?(?:(?:\w+ ){0,2}(?:attacks|strikes|assaults)|times)\b", re.I)
_COUNT = re.compile(r"\d\s+(?:or more )?(?:\w+ ){0,2}(?:attacks|strikes|assaults|times)\b", re.I)
# "66 or more", "up to 66": so far from the number the published one may have been.
_ABOUT = 2
# Counts of another body, or cited late: a judgement, as for totals to the digit.
_WRONG = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """A published count of attacks since one day, in the order of its days."""

    name: str
    since: date
    places: tuple[str, ...]
    against: re.Pattern[str]
    rows: tuple[tuple[date, int], ...]


@lru_cache(maxsize=1)
def tallies() -> tuple[Tally, ...]:
    """Every table of counts in the package, by file name."""
    return tuple(_read(file.name) for file in sorted(resources.path("tallies").glob("*.csv")))


def _read(name: str) -> Tally:
    table = f"tallies/{name}"
    header = resources.header(table)
    try:
        against = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in header["against"]))
        rows = tuple((date.fromisoformat(row["date"]), int(row["count"])) for row in resources.rows(table))
        return Tally(header["name"], date.fromisoformat(str(header["since"])), tuple(header["places"]), against, rows)
    except (KeyError, TypeError, ValueError) as error:
        raise MissingResource(table, f"not a table of counts: {type(error).__name__} {error}") from error


def cited_counts(document: Document, said: Sequence[TimeWords]) -> Iterator[Piece]:
    """The first count of each table that the article cites."""
    text = document.text
    known = [tally for tally in tallies() if any(_since(words, tally.since) for words in said)]
    if not known or not _COUNT.search(text):
        return
    found: set[str] = set()
    for run in document.article():
        for sentence in sentences.split(text, run):
            for tally, number in _in_sentence(text, sentence, known):
                if tally.name not in found:
                    found.add(tally.name)
                    at = _days(tally, number)
                    quote = " ".join(number.span.of(text).split())
                    says = f"it cites '{quote}' as the number of {tally.name} since {tally.since}, which was told then"
                    yield Piece((number.span,), says, ((at,), (padded(at, 2, 2),)), firm=False, miss=missed((at,), _WRONG))


def _since(words: TimeWords, day: date) -> bool:
    """Whether words say "since" the day, or since its month."""
    form = words.form
    if words.bound is not Bound.SINCE or not isinstance(form, Calendar) or form.month != day.month:
        return False
    return form.year in (None, day.year) and form.day in (None, day.day)


def _in_sentence(text: str, sentence: Span, known: Sequence[Tally]) -> Iterator[tuple[Tally, NumberWords]]:
    words = sentence.of(text)
    for tally in known if _COUNT.search(words) else ():
        named = sum(place in words for place in tally.places)
        if not tally.against.search(words) or named not in (0, len(tally.places)):
            continue
        for number in numbers.find(text, sentence.start, sentence.end):
            if (number.low or number.high or 0) >= tally.rows[0][1] and _COUNTED.match(text, number.span.end):
                yield tally, number
                break


def _days(tally: Tally, number: NumberWords) -> Interval:
    """From the day on which so many had been told to the day after more were."""
    low, high = number.low, number.high
    if low is None or high is None:  # "66 or more", "up to 66"
        told = low if low is not None else high or 0
        low, high = told - _ABOUT, told + _ABOUT
    first = max((day for day, count in tally.rows if count <= low), default=tally.since)
    last = min((day for day, count in tally.rows if count > high), default=None)
    return Interval(first, last + timedelta(days=1) if last else None)
