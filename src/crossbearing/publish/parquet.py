"""Records as a Parquet file: the columns of the CSV with their types, for whoever reads tables by the million."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from crossbearing.publish.records import Record, schema
from crossbearing.publish.tabular import COUNTED, columns, flatten

GROUP = 10_000
"""Records in a row group: what is held in memory at a time."""


def write(records: Iterable[Record], kind: str, path: Path) -> None:
    """Write records of a kind, e.g. `crossbearing.claim/1`. Raises ImportError where pyarrow is not installed."""
    import pyarrow  # here, as it is an extra
    import pyarrow.parquet

    types = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    made = {name: types.get(of, pyarrow.string()) for name, of in kinds(kind).items()}
    made |= {name: pyarrow.list_(pyarrow.string()) for name, of in kinds(kind).items() if of == "array"}
    shape = pyarrow.schema([(name, made[name]) for name in columns(kind)])
    rows = (_row(record, kind) for record in records)
    with pyarrow.parquet.ParquetWriter(path, shape, compression="zstd") as file:
        while group := list(islice(rows, GROUP)):
            file.write_table(pyarrow.Table.from_pylist(group, shape))


def kinds(kind: str) -> dict[str, str]:
    """Each column of a kind of record with JSON Schema's name for its type; what may be null has the other type."""
    found: dict[str, str] = {}
    for field, about in schema(kind)["properties"].items():
        inner = about.get("properties")
        found |= {f"{field}_{name}": _type(one) for name, one in inner.items()} if inner else {field: _type(about)}
        if field in COUNTED:
            found[f"{field}_count"] = "integer"
    return found


def _type(about: dict[str, Any]) -> str:
    given = about.get("type", "string")
    return next((one for one in ([given] if isinstance(given, str) else given) if one != "null"), "string")


def _row(record: Record, kind: str) -> dict[str, Any]:
    """One record, its lists as lists of text."""
    flat = flatten(record)
    return {name: [str(one) for one in flat[name]] if isinstance(flat[name], list) else flat[name] for name in columns(kind)}
