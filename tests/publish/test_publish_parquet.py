"""A Parquet file: each cell with its type."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from crossbearing.publish import parquet
from crossbearing.publish.dossier import Dossier, records_of
from crossbearing.publish.records import CLAIM, INCIDENT
from crossbearing.publish.tabular import columns, flatten
from tests.publish.strategies_dossiers import dossiers


@settings(max_examples=20)
@given(made=dossiers())
def test_a_parquet_file_holds_each_cell(made: Dossier, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is read back is what the flattened record says, with its type."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    import pyarrow.parquet

    path: Path = tmp_path_factory.mktemp("parquet") / "x.parquet"
    incident, claims = records_of(made)
    for kind, records in ((CLAIM, claims), (INCIDENT, [incident])):
        parquet.write(records, kind, path)
        read = pyarrow.parquet.read_table(path)
        assert tuple(read.column_names) == columns(kind)
        for row, record in zip(read.to_pylist(), records, strict=True):
            flat = flatten(record)
            assert row == {name: [*map(str, flat[name])] if isinstance(flat[name], list) else flat[name] for name in flat}
