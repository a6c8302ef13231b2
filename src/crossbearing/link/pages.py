"""What linking knows of a document beside its claims: its article's words, when it can have been written, whose copy it prints.

A page says whose copy it prints where desks say so: in a dateline ("KHARTOUM (Agency) -"), a byline ("By Agency"), a line at the
end ("Source: Agency", "- Agency", "Copyright 2024 Agency"). At the head an agency need not be known; elsewhere it must be one of
the registry's, since there most names are of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Document
from crossbearing.model.when import Interval
from crossbearing.words.known import parts
from crossbearing.words.names import NameIndex

HEAD, TAIL = 4, 4
"""How many lines of the article its head and its end are."""
_CITY = r"^\W{0,3}[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{2,30}(?:,\s*[A-Z][\w .’'-]{2,30})?"
_DATELINE = re.compile(rf"{_CITY}(?:,\s*[A-Z][a-z]+\.?\s+\d{{1,2}})?\s*\((?P<who>[A-Z][\w .&’'-]{{1,40}})\)\s*[-–—:]")
_BYLINE = re.compile(r"^\W{0,3}by\s+(?P<who>[^\n]{2,60})$", re.I)
_END = re.compile(r"^\W{0,3}(?:source|credit|via|copyright|©)\W+(?:\d{4}\W+)?(?P<who>[^\n]{2,60})$", re.I)
_SIGNED = re.compile(r"(?:^\W{0,3}|[.!?”\"'’)]\s*)(?:[-–—]+\s*|[Ss]ource\W+|\()(?P<who>[A-Z][^\n()]{1,38}?)\)?\W*$")
"""At the end of the last words: "... he said. - Agency", "(Agency)", "Source Agency"."""
_NOT_WHOLE = re.compile(r"\b(?:additional|with (?:inputs?|reporting)|contributed|file photo)\b", re.I)
"""What says that only a part of the page is another's."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document, as linking knows it."""

    document: str
    text: str
    """Its text, with empty lines for the furniture, so that spans of claims mean the same."""
    said: Interval | None = None
    """The days on which it can have been written."""
    credits: tuple[str, ...] = ()
    """The agencies whose copy it says that it prints, by the registry's name or as written."""


def pages(outcomes: Iterable[Outcome]) -> Iterator[Page]:
    """The pages of outcomes; what was set aside or failed has none."""
    for outcome in outcomes:
        document = outcome.document
        if document is not None:
            yield Page(document.id, article(document), outcome.dating.published if outcome.dating else None, credits(document))


def article(document: Document) -> str:
    """A document's text in which empty lines stand for the furniture: the offsets stay as they are."""
    kept: list[str] = []
    at = 0
    for run in document.article():
        kept += ("\n" * (run.start - at), document.quote(run))
        at = run.end
    return "".join(kept)


def credits(document: Document) -> tuple[str, ...]:
    """The agencies whose copy a page says that it prints, in the order in which it says so."""
    lines = [line for line in article(document).split("\n") if line.strip()]
    found = [_head(line[:200]) for line in lines[:HEAD]]
    byline = document.metadata.byline
    found.append(_agency(re.sub(r"^\W*by\s+", "", byline.value, flags=re.I)) if byline else None)
    found += [_tail(line) for line in lines[-TAIL:]]
    return tuple(dict.fromkeys(name for name in found if name))


def _head(line: str) -> str | None:
    if match := _DATELINE.match(line):
        return _agency(match["who"]) or match["who"].strip()
    match = _BYLINE.match(line)
    return _agency(match["who"]) if match else None


def _tail(line: str) -> str | None:
    match = _END.match(line) or _SIGNED.search(line[-60:])
    return _agency(match["who"]) if match else None


def _agency(words: str) -> str | None:
    """The agency that words name at their start; None where they name none, or only as a helper."""
    if _NOT_WHOLE.search(words):
        return None
    found = next(_agencies().find(words), None)
    if not found or not found.values or words[: found.span.start].strip(" ©(/").lower() not in ("", "the"):
        return None
    return found.values[0]


@lru_cache(maxsize=None)
def _agencies() -> NameIndex[str]:
    rows = [row for row in resources.table("outlets.yml")["outlets"] if row["kind"] == "agency"]
    columns = ("name", "aliases", "exact", "slug")
    return NameIndex((name, row["name"]) for row in rows for column in columns for name in parts(row.get(column)))
