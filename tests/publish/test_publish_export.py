"""Exports: rows in exact column order, a reason for every cell, nothing dropped in silence, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from crossbearing.publish.book import Book
from crossbearing.publish.coarser import Caution
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.export import BOOKS, REASONS, Exported, export
from tests.publish.made_dossiers import INSTANT, dossier

MADE = (
    {"claims": [{"by": "alpha", "against": "army", "killed": 12, "outlet": "=HYPERLINK(1)", "title": "Twelve, and\nmore"}]},
    {"claims": [{"by": "alpha", "against": "army", "killed": 3, "at": "country"}], "incident": {"id": "i00000000000b"}},
    {"claims": [{"by": "alpha", "status": "planned"}], "incident": {"id": "i00000000000c"}},
)
every_book = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)


def written(book: Book, made: Sequence[Dossier], caution: Caution | None = None) -> tuple[dict[str, str], Exported]:
    """The text of each file, and what the export came to."""
    files: dict[str, list[str]] = defaultdict(list)
    done = export(book, made, INSTANT, caution or Caution(), lambda name, line: files[name].append(line))
    return {name: "".join(lines) for name, lines in files.items()}, done


def reasons(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_table_is_read_back_cell_by_cell() -> None:
    """A CSV reader finds the columns in their order and one record a row, line breaks in a cell folded or kept, no formula
    run."""
    files, _ = written(BOOKS["ucdp"], [dossier(case) for case in MADE])
    rows = list(csv.reader(io.StringIO(files["events"], newline="")))
    assert tuple(rows[0]) == BOOKS["ucdp"].sheets[0].columns
    assert {len(row) for row in rows} == {49}
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["best"], first["relid"], first["source_headline"]) == ("12", "", "Twelve, and\nmore")
    assert first["source_office"] == "'=HYPERLINK(1)"


@every_book
def test_each_row_has_its_reasons(book: Book) -> None:
    """Beside each row stands a line with the incident, its claims, and for each cell the rule; the head holds the rules."""
    files, done = written(book, [dossier(case) for case in MADE])
    head, *rest = reasons(files[REASONS])
    assert (head["book"], head["version"], head["instant"]) == (book.name, book.version, "2024-06-01T12:00:00+00:00")
    made = [one for one in rest if "row" in one]
    assert len(made) == sum(done.rows.values())
    for one in made:
        assert one["claims"]
        assert {cell["rule"] for cell in one["cells"].values()} <= set(head["rules"])
    assert all(said for sheet in head["empty"].values() for said in sheet.values())


@every_book
def test_what_is_left_out_is_listed_with_its_rule(book: Book) -> None:
    """Every incident is a row or an exclusion, and an exclusion has its sentence."""
    made = [dossier(case) for case in MADE]
    files, done = written(book, made)
    excluded = [one for one in reasons(files[REASONS]) if "excluded" in one]
    shown = {one["incident"] for one in reasons(files[REASONS]) if "row" in one}
    assert {one["excluded"] for one in excluded} | shown == {one.incident.id for one in made}
    assert [one["rule"] for one in excluded] == [one.rule for one in done.excluded]
    assert all(one["says"] and one["claims"] for one in excluded)


@every_book
def test_the_same_ledger_gives_the_same_bytes(book: Book) -> None:
    """Two exports are one, byte for byte."""
    assert written(book, [dossier(case) for case in MADE])[0] == written(book, [dossier(case) for case in MADE])[0]


def test_what_is_delayed_is_listed_too() -> None:
    """A delay takes rows away and says so."""
    files, done = written(BOOKS["acled"], [dossier(MADE[0])], Caution(timedelta(days=90)))
    assert done.rows.total() == 0
    assert [one.rule for one in done.excluded] == ["export.delay"]
    assert reasons(files[REASONS])[0]["delay_hours"] == 2160
    assert len(files["events"].splitlines()) == 1


def test_what_is_rounded_is_rounded_in_every_column() -> None:
    """No column of an export holds the name, the words or the coordinates of a rounded place."""
    claim = {"killed": 3, "at_id": "Velmar", "by": "alpha", "words": {"where": "in Velmar"}, "title": "Velmar mourns three"}
    case = {"claims": [claim]}
    for book in BOOKS.values():
        exact, _ = written(book, [dossier(case)])
        rough, _ = written(book, [dossier(case)], Caution(degrees=0.5))
        main = book.sheets[0].name
        assert "Velmar" in exact[main]
        assert "Velmar" not in "".join(rough.values())
