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

from crossbearing.publish.acled import BOOK as ACLED
from crossbearing.publish.airwars import BOOK as AIRWARS
from crossbearing.publish.book import Book, Excluded, Row, Sheet, Value
from crossbearing.publish.coarser import Caution, coarsened, withheld
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.tabular import cell, line
from crossbearing.publish.ucdp import BOOK as UCDP

BOOKS: dict[str, Book] = {book.name: book for book in (UCDP, ACLED, AIRWARS)}
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
    """One incident through one book, with what is to be held back held back."""
    if caution.delay is not None and (late := withheld(dossier, caution.delay)):
        return late
    return book.read(dossier if caution.degrees is None else coarsened(dossier, caution.degrees))


def export(book: Book, dossiers: Iterable[Dossier], instant: datetime, caution: Caution, write: Write) -> Exported:
    """Write every incident by a book, in the order given."""
    done = Exported()
    write(REASONS, _json(_head(book, instant, caution)))
    for sheet in book.sheets:
        if head := header(book, sheet):
            write(sheet.name, head)
    for dossier in dossiers:
        found = read(book, dossier, caution)
        if isinstance(found, Excluded):
            done.excluded.append(found)
            write(REASONS, _json(_excluded(found)))
            continue
        for row in found:
            done.rows[row.sheet] += 1
            write(row.sheet, row_line(book, row))
            write(REASONS, _json(_reasons(row, done.rows[row.sheet])))
    return done


def header(book: Book, sheet: Sheet[Any]) -> str:
    """The first line of a sheet's file; empty where the format has none."""
    if book.form == "csv":
        return line(sheet.columns)
    return "\t".join(sheet.columns) + "\n" if book.form == "tsv" else ""


def row_line(book: Book, row: Row) -> str:
    """One row as its format writes it."""
    sheet = book.sheet(row.sheet)
    if book.form == "jsonl":
        return _json({column: row.value(column) for column in sheet.columns if column in row.cells})
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
        "rules": rules,
        "empty": empty,
    }


def _reasons(row: Row, number: int) -> dict[str, Value]:
    cells: dict[str, Value] = {}
    for column, made in row.cells.items():
        cells[column] = {"rule": made.rule, "claims": list(made.claims)} | ({"says": made.says} if made.says else {})
    return {"sheet": row.sheet, "row": number, "incident": row.incident, "claims": list(row.claims), "cells": cells}


def _excluded(one: Excluded) -> dict[str, Value]:
    return {"excluded": one.incident, "rule": one.rule, "says": one.says, "claims": list(one.claims)}


def _json(record: dict[str, Value]) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"
