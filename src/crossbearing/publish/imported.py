"""Records read back: what was written as JSON Lines comes in again unchanged, and what is no record is refused with its line.

Nothing is repaired and nothing is filled in: a record holds to its schema, with every field and no other, or it is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from crossbearing.errors import RunError
from crossbearing.publish.records import SCHEMAS, Record, schema


class NoRecord(RunError):
    """A line that is no record."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(file, line, why)
        self.file, self.line, self.why = file, line, why

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.why}. Give a file that `--format jsonl` wrote."


def read_records(lines: Iterable[str], file: str) -> Iterator[Record]:
    """The records of a JSON Lines file, each as it was written. Blank lines are passed over. Raises `NoRecord`."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise NoRecord(file, number, f"it is no JSON ({error})") from error
        if not isinstance(record, dict) or record.get("schema") not in SCHEMAS:
            raise NoRecord(file, number, f"it is no record of a kind that is known: {', '.join(SCHEMAS)}")
        if wrong := _wrong(record, schema(record["schema"]), ""):
            raise NoRecord(file, number, wrong)
        yield record


_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "null": type(None),
}  # fmt: skip


def _wrong(value: Any, shape: dict[str, Any], where: str) -> str | None:
    """What does not hold to the schema, in a few words; None where all does."""
    given = shape.get("type", ())
    allowed = [given] if isinstance(given, str) else list(given)
    if allowed and not any(_is(value, one) for one in allowed):
        return f"{where or 'the record'} is no {' or '.join(allowed)}"
    if "enum" in shape and value not in shape["enum"]:
        return f"{where} is {value!r}, which is none of its values"
    if isinstance(value, dict) and "properties" in shape:
        fields = shape["properties"]
        for name in (*fields, *value):
            if (name in value) != (name in fields):
                return f"{f'{where}.' if where else ''}{name} is {'missing' if name in fields else 'no field of it'}"
        found = (_wrong(value[name], fields[name], f"{where}.{name}".lstrip(".")) for name in fields)
        return next(filter(None, found), None)
    if isinstance(value, list) and isinstance(shape.get("items"), dict):
        return next(filter(None, (_wrong(one, shape["items"], f"{where}[]") for one in value)), None)
    return None


def _is(value: Any, name: str) -> bool:
    """Whether a value is of JSON Schema's type; true and false are no numbers."""
    return isinstance(value, _TYPES[name]) and (not isinstance(value, bool) or name in ("boolean",))
