"""Records as text: JSON Lines as they are, CSV with nested fields flattened into columns.

A CSV is opened by spreadsheets, and a quote comes from a page that anyone may have written: a text cell that a
spreadsheet would run as a formula gets an apostrophe in front. JSON Lines never changes a character.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from crossbearing.model.claim import number
from crossbearing.publish.records import SCHEMAS, Record, schema

BETWEEN_ITEMS = "; "
"""Between the items of a list in one cell."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""

COUNTED = {"reports", "lineages"}
"""Lists whose length is a column of its own, as it is what a reader sorts by."""


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """One JSON object a line, keys in the order of the schema, characters as they are."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def csv_lines(records: Iterable[Record], kind: str) -> Iterator[str]:
    """A header, then one record a line (RFC 4180; a cell may hold line breaks). `kind` is a schema's name."""
    header = columns(kind)
    yield line(header)
    for record in records:
        flat = flatten(record)
        yield line([cell(flat[column]) for column in header])


def columns(kind: str) -> tuple[str, ...]:
    """The columns of a kind of record, e.g. `when_earliest`, in order."""
    return _COLUMNS[kind]


def flatten(record: Record) -> dict[str, Any]:
    """One record with its nested fields as columns; lists stay lists of plain values."""
    flat: dict[str, Any] = {}
    for field, names in _fields(record["schema"]).items():
        value = record[field]
        if names:
            flat.update({f"{field}_{name}": None if value is None else _plain(value[name]) for name in names})
        else:
            flat[field] = _plain(value)
        if field in COUNTED:
            flat[f"{field}_count"] = len(value)
    return flat


def _fields(kind: str) -> dict[str, Sequence[str]]:
    """The fields of a kind of record, each with the names of its own fields where it is an object."""
    return {name: tuple(field.get("properties", ())) for name, field in schema(kind)["properties"].items()}


def _columns(kind: str) -> Iterator[str]:
    for field, names in _fields(kind).items():
        yield from (f"{field}_{name}" for name in names) if names else (field,)
        if field in COUNTED:
            yield f"{field}_count"


_COLUMNS = {kind: tuple(_columns(kind)) for kind in SCHEMAS}


def _counted(item: dict[str, Any]) -> str:
    """A figure in a list: `killed 2 children`, its range as written elsewhere."""
    return " ".join(
        filter(None, (item["counted"], number(item["low"], item["high"]), item["group"] or item["status"].replace("unknown", "")))
    )


def _plain(value: Any) -> Any:
    return [_item(item) for item in value] if isinstance(value, list) else value


def _item(item: Any) -> Any:
    """An item of a list as one plain value: a lineage's root, a contradiction's sentence, a field's grade, ..."""
    if isinstance(item, dict):
        if "grade" in item:
            return f"{item['field']}: {item['grade']}"
        return item.get("says") or item.get("root") or item.get("quote") or item.get("day") or _counted(item)
    if isinstance(item, list):
        start, end, kind = item
        return f"{start}-{end} {kind}"
    return item


def cell(value: Any) -> str:
    """A value as a table writes it: what is not said is empty, a list is joined, a text is no formula."""
    if value is None:
        return ""
    if isinstance(value, list):
        return _harmless(BETWEEN_ITEMS.join(str(item) for item in value))
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(FORMULA) else text


def line(cells: Sequence[str]) -> str:
    """One line of CSV (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
