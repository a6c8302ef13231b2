"""A ledger in a file, by SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from crossbearing.errors import LedgerError
from crossbearing.ledger.stores import BUSY, BUSY_SECONDS, FULL, Store, Trouble, refusal


class SqliteStore(Store):
    """A ledger in a file."""

    refused = ("update", "delete", "replace")

    def _engine(self) -> Engine:
        address = f"sqlite:///{self.address.beside}"
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

        @event.listens_for(engine, "connect")
        def _connected(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # the driver must not begin or commit by itself
            with closing(connection.cursor()) as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
                cursor.execute("PRAGMA synchronous = NORMAL")

        return engine

    def _begin(self, connection: Connection, writes: bool) -> None:
        # A transaction that will write takes the lock at once: one that read first could no longer get it.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    def look(self, create: bool) -> None:
        """As of every store."""
        at = self.address.beside
        if at.is_dir():
            raise LedgerError(self.path, "this is a folder", "Name a file, such as ledger.db")
        if not at.exists() and not create:
            todo = "Check the path, or make a ledger with `crossbearing run PATH... --ledger FILE`"
            raise LedgerError(self.path, "there is no ledger here", todo)
        if not at.parent.is_dir():
            raise LedgerError(self.path, f"the folder {at.parent} does not exist", "Make the folder first, or name another path")

    def prepare(self) -> None:
        """As of every store."""
        # Outside of a transaction, as SQLite demands; the mode stays with the file.
        self._pragma("journal_mode = WAL")

    def settle(self) -> None:
        """As of every store."""
        with suppress(sqlite3.Error):
            self._pragma("wal_checkpoint(PASSIVE)")

    def _pragma(self, what: str) -> None:
        with closing(self.engine.raw_connection()) as connection:
            connection.cursor().execute(f"PRAGMA {what}")

    def guards(self, connection: Connection) -> set[str]:
        """As of every store."""
        return set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())

    def numbered(self, connection: Connection, table: Table) -> int:
        """As of every store."""
        asked = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return connection.execute(asked, {"name": table.name}).scalar() or 0

    def damage(self, connection: Connection) -> Iterator[str]:
        """As of every store."""
        for (said,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if said != "ok":
                yield f"The database file is damaged: {said}."

    def trouble(self, error: DBAPIError, said: str) -> Trouble | None:
        """As of every store."""
        for signs, trouble in _SQLITE_SAYS:
            if any(sign in said for sign in signs):
                return trouble
        return None


_SQLITE_SAYS: tuple[tuple[tuple[str, ...], Trouble], ...] = (
    (
        ("not a database", "malformed"),
        ("this file is no ledger, or is damaged", "Name another file; this one was left as it is"),
    ),
    (("locked", "busy"), BUSY),
    (("readonly", "read-only"), ("the ledger cannot be written to", "Check the rights of the file and its folder")),
    (("unable to open",), ("the file cannot be opened", "Check the path and the rights of the file and its folder")),
    (("full",), FULL),
)


def guards(table: Table) -> Iterator[str]:
    """Triggers that let nothing but INSERT of a new row through."""
    says = refusal(table)
    for verb in ("UPDATE", "DELETE"):
        name = f"{table.name}_no_{verb.lower()}"
        yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} BEGIN SELECT RAISE(ABORT, '{says}'); END"
    # INSERT OR REPLACE removes a row without asking the DELETE trigger, so a key that stands is refused by its own.
    keys: list[tuple[str, ...]] = [("seq",), *((column.name,) for column in table.columns if column.unique)]
    keys += sorted(tuple(column.name for column in index.columns) for index in table.indexes if index.unique)
    same = " OR ".join("(" + " AND ".join(f"{name} = NEW.{name}" for name in key) + ")" for key in keys)
    yield (
        f"CREATE TRIGGER {table.name}_no_replace BEFORE INSERT ON {table.name} "
        f"WHEN EXISTS (SELECT 1 FROM {table.name} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{says}'); END"
    )
