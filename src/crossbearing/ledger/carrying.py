"""A ledger, row for row, in another place: out of a file into a database, or out of a database into a file.

Rows keep their instants, so that whatever is asked of the past has the same answer there. The cache of drawings stays behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from crossbearing.errors import LedgerError
from crossbearing.ledger.stores import Store
from crossbearing.ledger.tables import GROWING, making, open_store

PAGE = 500
"""Rows that are carried at a time, so that no table stands in memory whole."""


def carry(source: str, target: str) -> int:
    """Carry all that a ledger holds over to a path or an address where none is yet: all of it, or nothing. Returns how many rows.

    Raises LedgerError where the one is no ledger or lacks rows, and where the other holds anything.
    """
    old = open_store(source, create=False)
    try:
        with old.speaking(), old.engine.begin() as reading, making(target) as writing:
            reading.execution_options(yield_per=PAGE)
            carried = 0
            for table in GROWING:
                for rows in _pages(old, reading, table):
                    writing.execute(table.insert(), rows)  # numbered anew, and so as before: no number is left out
                    carried += len(rows)
            return carried
    finally:
        old.close()


def _pages(store: Store, reading: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """A table's rows in their order, without their numbers. Raises LedgerError where one is missing or cannot be read."""
    last = 0
    with store.speaking():
        for page in reading.execute(select(table).order_by(table.c.seq)).mappings().partitions(PAGE):
            first, last = last + 1, last + len(page)
            if (page[0]["seq"], page[-1]["seq"]) != (first, last):
                why = f"rows of the table {table.name} are missing between {first} and {last}"
                raise LedgerError(store.path, why, "`crossbearing verify` says what else is wrong; nothing was carried over")
            yield [{name: value for name, value in row.items() if name != "seq"} for row in page]
