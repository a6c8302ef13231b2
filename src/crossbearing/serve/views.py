"""What the lists look like from afar: on a map, along a time line, as figures against a reference series.

Each is a question to the index that answers in counts, so that a hundred thousand claims cost as little as a hundred.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crossbearing.resolve.page.series import Series
from crossbearing.serve.questions import Question, chosen, corners
from crossbearing.words.names import fold

MOST_AREAS = 1500
"""So many incidents are drawn one by one; more of them are counted by cells."""

CELLS = 48
"""Across the longer side of the map: a cell is about as large as the mark that stands for it."""

BARS = 120
"""The most that stand beside one another and can still be pointed at."""

STEPS = (1, 7, 14, 30, 91, 182, 365, 1826)
"""Days that one bar can stand for."""


def map_of(connection: sqlite3.Connection, asked: Question) -> dict[str, Any]:
    """The incidents on the map: `areas` one by one, or where they are too many `cells` with counts.

    An area is `[id, longitude, latitude, radius in km, precision, status, kind, day, place]`; a cell is
    `[west, south, east, north, incidents, contested ones]`. `unplaced` counts those that have no point.
    """
    where, values = chosen("incident", asked)
    edges = "count(*), count(latitude), min(latitude), max(latitude), min(longitude), max(longitude)"
    rows = connection.execute(f"SELECT {edges} FROM incident WHERE {where}", values).fetchone()
    total, placed = rows[0], rows[1]
    answer: dict[str, Any] = {"total": total, "unplaced": total - placed, "areas": [], "cells": [], "bounds": None}
    if not placed:
        return answer
    answer["bounds"] = [rows[4], rows[2], rows[5], rows[3]]
    if placed <= MOST_AREAS:
        sql = (
            "SELECT id, longitude, latitude, coalesce(radius_km, 0), fineness, status, kind, coalesce(earliest, latest), "
            f"name FROM incidents WHERE {where} AND latitude IS NOT NULL "
            "ORDER BY radius_km DESC, id"
        )
        answer["areas"] = [list(row) for row in connection.execute(sql, values)]
        return answer
    west, south, east, north = corners(asked.box) if asked.box else answer["bounds"]
    side = max((east - west) % 360 or 360, north - south, 0.01) / CELLS
    sql = (
        "SELECT cast(floor(longitude / :side) AS INTEGER) AS x, cast(floor(latitude / :side) AS INTEGER) AS y, count(*), "
        f"sum(contradictions > 0) FROM incident WHERE {_named(where)} AND latitude IS NOT NULL GROUP BY x, y"
    )
    given = {"side": side, **{f"v{n}": value for n, value in enumerate(values)}}
    for x, y, many, contested in connection.execute(sql, given):
        answer["cells"].append([*(round(edge * side, 4) for edge in (x, y, x + 1, y + 1)), many, contested])
    return answer


def _named(where: str) -> str:
    """The condition with names in place of its marks, in order."""
    parts = where.split("?")
    return "".join(part + (f":v{n}" if n < len(parts) - 1 else "") for n, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Bar:
    """Some days, and how many incidents are of them."""

    first: date
    last: date
    surely: int
    """Those whose days all lie within."""
    possibly: int
    """Those some of whose days do, the sure ones among them."""


def timeline(connection: sqlite3.Connection, asked: Question) -> list[Bar]:
    """How many incidents there are by day, week, month or more: as fine as fits. Those with an open end are of its day."""
    where, values = chosen("incident", asked)
    sql = f"SELECT coalesce(earliest, latest), coalesce(latest, earliest), count(*) FROM incident WHERE {where} GROUP BY 1, 2"
    spans = [
        (date.fromisoformat(row[0]).toordinal(), date.fromisoformat(row[1]).toordinal(), row[2])
        for row in connection.execute(sql, values)
        if row[0]
    ]
    if not spans:
        return []
    # Bars begin and end where incidents do that last a month at most: "the 1990s" would leave no room for a week.
    short = [one for one in spans if one[1] - one[0] <= 31] or spans
    first, last = min(one[0] for one in short), max(one[1] for one in short)
    if asked.since:
        first = max(first, min(asked.since.toordinal(), last))
    if asked.until:
        last = min(last, max(asked.until.toordinal(), first))
    step = next((one for one in STEPS if (last - first) / one < BARS), (last - first) // BARS + 1)
    first -= (first - 1) % 7 if step == 7 or step == 14 else 0  # weeks begin on Monday
    many = (last - first) // step + 1
    surely, change = [0] * many, [0] * (many + 1)
    for early, late, count in spans:
        a, b = max(0, (early - first) // step), min(many - 1, (late - first) // step)
        if b < 0 or a >= many:
            continue
        if a == b and first <= early and late <= first + many * step - 1:
            surely[a] += count
        change[a] += count
        change[b + 1] -= count
    bars, running = [], 0
    for n in range(many):
        running += change[n]
        start = date.fromordinal(first + n * step)
        bars.append(Bar(start, start + timedelta(days=step - 1), surely[n], running))
    return bars


@dataclass(frozen=True, slots=True)
class Told:
    """A total that a page states."""

    document: str
    file: str | None
    source: str | None
    counted: str
    low: int | None
    high: int | None
    earliest: date | None
    latest: date | None
    words: str


def totals(connection: sqlite3.Connection) -> list[tuple[str, Told]]:
    """Every total stated, with the sentence that names what it is of."""
    found = []
    sql = "SELECT total.*, file FROM total JOIN document USING (outcome) ORDER BY total.earliest, total.document"
    for row in connection.execute(sql):
        days = [date.fromisoformat(row[name]) if row[name] else None for name in ("earliest", "latest")]
        names = (row["document"], row["file"], row["source"], row["counted"])
        told = Told(*names, row["low"], row["high"], days[0], days[1], row["words"])
        found.append((row["sentence"], told))
    return found


def of_series(found: Iterable[tuple[str, Told]], series: Series) -> list[Told]:
    """The totals whose sentence names the place or the people of a series, stated since it begins."""
    names = [f" {fold(name)} " for name in (*series.places, *series.people)]
    held = []
    for sentence, told in found:
        said = f" {fold(sentence)} "
        if any(name in said for name in names) and (told.latest is None or told.latest >= series.since):
            held.append(told)
    return held


def tolls(connection: sqlite3.Connection, asked: Question) -> list[tuple[str, int, int, bool, int]]:
    """People killed in the incidents held, by month: its name, the least, the most, whether that is open, of how many."""
    where, values = chosen("incident", asked)
    months: dict[str, list[int]] = {}
    for row in connection.execute(f"SELECT record FROM incidents WHERE {where} AND status = 'happened' AND day < '9999'", values):
        record = json.loads(row[0])
        killed, when = record["killed"], record["when"]
        if killed is None or when is None or (when["earliest"] or "")[:7] != (when["latest"] or "-")[:7]:
            continue
        month = months.setdefault(when["earliest"][:7], [0, 0, 0, 0])
        low = killed["low"] or 0
        month[0] += low
        month[1] += killed["high"] if killed["high"] is not None else max(low, killed["most"] or 0)
        month[2] |= killed["high"] is None
        month[3] += 1
    return [(name, low, high, bool(is_open), many) for name, (low, high, is_open, many) in sorted(months.items())]
