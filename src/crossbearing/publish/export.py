"""Dossiers through a code book into files: rows, and beside them the reason for every cell and for every incident left out.

One pass feeds every file. The reasons are lines of JSON: first the book with its rules, then each row's cells with their rules
and claims, and each incident that has no row with the rule that says so. Same ledger, same instant, same options: same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crossbearing.model.decision import value_text
from crossbearing.publish.acled import BOOK as ACLED
from crossbearing.publish.airwars import BOOK as AIRWARS
from crossbearing.publish.book import Book, Excluded, Row, Sheet, Value
from crossbearing.publish.coarser import Caution, coarsened, hushed, unready, withheld
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.gdelt import BOOK as GDELT
from crossbearing.publish.plover import BOOK as PLOVER
from crossbearing.publish.plover import POLECAT_BOOK as POLECAT
from crossbearing.publish.tabular import cell, line
from crossbearing.publish.timemap import BOOK as TIMEMAP
from crossbearing.publish.ucdp import BOOK as UCDP

BOOKS: dict[str, Book] = {book.name: book for book in (UCDP, ACLED, AIRWARS, PLOVER, POLECAT, GDELT, TIMEMAP)}
"""Every code book by its name."""

WHY = "crossbearing.why/1"
"""The kind of the lines that say why."""

REASONS = "why"
"""The name under which those lines are written; every other name is a sheet's."""

Write = Callable[[str, str], None]
"""Takes a sheet's name, or `REASONS`, and a line for its file."""


@dataclass(slots=True)
class Exported:
    """What an export came to."""

    rows: Counter[str] = field(default_factory=Counter)
    """How many, by sheet."""
    excluded: list[Excluded] = field(default_factory=list)


def read(book: Book, dossier: Dossier, caution: Caution) -> tuple[Row, ...] | Excluded:
    """One incident through one book, as coarse as it may be shown; or why it is left out or held back."""
    shown = cautious(dossier, caution)
    return shown if isinstance(shown, Excluded) else book.read(shown)


def cautious(dossier: Dossier, caution: Caution) -> Dossier | Excluded:
    """A dossier as coarse as was asked for, or why it is held back. What people rejected is for the book's own rule."""
    if not dossier.review.rejected:
        if held := unready(dossier, caution.verified):
            return held
        if caution.delay is not None and (late := withheld(dossier, caution.delay)):
            return late
    return dossier if caution.degrees is None else coarsened(dossier, caution.degrees)


def shown_or_held(dossiers: Iterable[Dossier], caution: Caution) -> tuple[list[Dossier], list[Excluded]]:
    """For what is no code book: the dossiers that may be shown, as coarse as was asked for, and those that are held back."""
    shown: list[Dossier] = []
    held: list[Excluded] = []
    for dossier in dossiers:
        found = cautious(dossier, caution)
        if isinstance(found, Excluded):
            held.append(found)
        elif found.review.rejected:
            held.append(Excluded(found.incident.id, "export.rejected", "A person rejected it.", found.incident.claims))
        else:
            shown.append(found)
    return shown, held


def export(book: Book, dossiers: Iterable[Dossier], instant: datetime, caution: Caution, write: Write) -> Exported:
    """Write every incident by a book, in the order given."""
    done = Exported()
    write(REASONS, _json(_head(book, instant, caution)))
    for sheet in book.sheets:
        if head := header(book, sheet):
            write(sheet.name, head)
    seen: set[tuple[str, Value]] = set()
    for dossier in dossiers:
        shown = cautious(dossier, caution)
        found = shown if isinstance(shown, Excluded) else book.read(shown)
        if isinstance(found, Excluded):
            done.excluded.append(found)
            write(REASONS, _json(_excluded(found)))
            continue
        for row in found:
            key = (row.sheet, row.value(book.sheet(row.sheet).once))
            if key in seen:
                continue
            seen.update([key] if key[1] is not None else [])
            done.rows[row.sheet] += 1
            write(row.sheet, row_line(book, row, done.rows[row.sheet] == 1))
            write(REASONS, _json(_reasons(row, done.rows[row.sheet]) | _decided(dossier, caution)))
    for sheet in book.sheets:
        if book.form == "json":
            write(sheet.name, "\n]\n")
    return done


def header(book: Book, sheet: Sheet[Any]) -> str:
    """The first line of a sheet's file; empty where the format has none."""
    if book.form == "csv":
        return line(sheet.columns)
    if book.form == "json":
        return "[\n"
    return "\t".join(sheet.columns) + "\n" if book.form == "tsv" else ""


def row_line(book: Book, row: Row, first: bool = True) -> str:
    """One row as its format writes it: of a list in JSON (`json`), the first of it or a later one."""
    sheet = book.sheet(row.sheet)
    if book.form in ("jsonl", "json"):
        made = _json({column: row.value(column) for column in sheet.columns if column in row.cells})
        return made if book.form == "jsonl" else ("" if first else ",\n") + made.rstrip("\n")
    cells = [cell(row.value(column)) for column in sheet.columns]
    return line(cells) if book.form == "csv" else "\t".join(" ".join(one.split()) for one in cells) + "\n"


def _head(book: Book, instant: datetime, caution: Caution) -> dict[str, Value]:
    rules: dict[str, Value] = {
        rule.id: {"version": rule.version, "source": rule.source, "says": rule.says} for rule in book.rules().values()
    }
    empty: dict[str, Value] = {sheet.name: sheet.silent() for sheet in book.sheets}
    return {
        "schema": WHY,
        "book": book.name,
        "version": book.version,
        "instant": instant.isoformat(),
        "delay_hours": caution.delay.total_seconds() / 3600 if caution.delay else None,
        "round_degrees": caution.degrees,
        "verified": caution.verified,
        "rules": rules,
        "empty": empty,
    }


def _reasons(row: Row, number: int) -> dict[str, Value]:
    cells: dict[str, Value] = {}
    for column, made in row.cells.items():
        cells[column] = {"rule": made.rule, "claims": list(made.claims)} | ({"says": made.says} if made.says else {})
    return {"sheet": row.sheet, "row": number, "incident": row.incident, "claims": list(row.claims), "cells": cells}


def _decided(dossier: Dossier, caution: Caution) -> dict[str, Value]:
    """The fields that people set, and who: nothing where nobody did. Of a place that is rounded only that it was set."""
    settings = (hushed(one) if caution.degrees is not None else one for one in dossier.review.settings)
    made: list[Value] = [
        {
            "field": one.field, "value": value_text(one.value), "claims_say": value_text(one.claims_say), "person": one.person,
            "at": one.at.isoformat(), "reason": one.reason, "decision": one.decision,
        }
        for one in settings
    ]  # fmt: skip
    return {"set": made} if made else {}


def _excluded(one: Excluded) -> dict[str, Value]:
    return {"excluded": one.incident, "rule": one.rule, "says": one.says, "claims": list(one.claims)}


def _json(record: dict[str, Value]) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"
