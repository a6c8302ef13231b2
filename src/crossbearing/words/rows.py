"""Tables in a text: a line that names columns, and the rows below it ("Date | Place | What happened | Killed | Injured").

Cells are parted by upright strokes or tabs. Which columns there are is told by their names alone; a line is a row where it has
as many cells as the line of names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from crossbearing.model.text import Span

_NAMES: Mapping[str, Sequence[str]] = {
    "date": ("date", "day", "when", "time", "date and time", "date of incident"),
    "spot": ("place", "location", "town", "village", "city", "where", "site", "locality", "settlement"),
    "district": ("district", "area", "county", "municipality", "commune", "raion"),
    "province": ("province", "region", "governorate", "oblast", "department", "state"),
    "what": ("what happened", "what", "event", "incident", "description", "details", "summary", "attack", "type"),
    "killed": ("killed", "dead", "deaths", "fatalities", "people killed", "civilians killed", "number killed", "no. killed"),
    "injured": ("injured", "wounded", "injuries", "hurt", "people injured", "civilians injured", "number injured", "no. injured"),
}
_COLUMN = {name: column for column, names in _NAMES.items() for name in names}
PLACES = ("spot", "district", "province")
"""The columns for where, the finest first."""
_PART = re.compile(r"[ \t]*\|[ \t]*|\t+")
_FEWEST = 3
_LINE = re.compile(r"[^\n]+")


class Row(NamedTuple):
    """One row of a table, and its cells by what their columns are of; empty cells are left out."""

    span: Span
    cells: Mapping[str, Span]


def columns(cells: Sequence[str]) -> Mapping[str, int]:
    """Where each column that a line names stands; none where the cells name no table of incidents.

    Such a table has at least three columns, of them one for when or where, and one for what happened or for people hurt.
    """
    found: dict[str, int] = {}
    for n, cell in enumerate(cells):
        if column := _COLUMN.get(" ".join(cell.lower().strip(" :*#").split())):
            found.setdefault(column, n)
    told = not {"date", *PLACES}.isdisjoint(found) and not {"what", "killed", "injured"}.isdisjoint(found)
    return found if told and len(cells) >= _FEWEST else {}


def rows(text: str) -> tuple[Row, ...]:
    """The rows of all tables in a text, in order."""
    return tuple(_rows(text)) if "|" in text or "\t" in text else ()


def row_at(rows: Sequence[Row], at: int) -> Row | None:
    """The row in which an offset lies, of rows in order."""
    before = bisect_right(rows, at, key=lambda row: row.span.start)
    return rows[before - 1] if before and at < rows[before - 1].span.end else None


def _rows(text: str) -> Iterator[Row]:
    named: Mapping[str, int] = {}
    count = 0
    for line in _LINE.finditer(text):
        cells = _cells(text, Span(*line.span()))
        if len(cells) < _FEWEST or not any(c.of(text).strip("-: ") for c in cells):
            named = named if len(cells) >= _FEWEST else {}  # the rule below the names
        elif here := columns([c.of(text) for c in cells]):
            named, count = here, len(cells)
        elif named and len(cells) == count:
            yield Row(Span(*line.span()), {column: cells[n] for column, n in named.items() if len(cells[n])})


def _cells(text: str, line: Span) -> list[Span]:
    """The cells of a line, without the strokes that frame it."""
    inner = text[line.start : line.end].strip(" \t")
    start = text.index(inner, line.start) if inner else line.start
    opened = inner.startswith("|")
    closed = opened and inner.endswith("|") and len(inner) > 1
    first, last = start + opened, start + len(inner) - closed
    at, cells = first, []
    for mark in _PART.finditer(text, first, last):
        cells.append(_bare(text, at, mark.start()))
        at = mark.end()
    return [*cells, _bare(text, at, last)]


def _bare(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks around it."""
    said = text[start:end]
    left = start + len(said) - len(said.lstrip())
    return Span(left, max(left, start + len(said.rstrip())))
