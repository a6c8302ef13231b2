"""The databases that can hold a ledger, and the little in which they differ. All else is said once, to both of them.

What differs is how a file or a server is opened, how a transaction begins, what refuses that a row be changed, what numbers
the rows, and how trouble is told. Each database has one class with all of it. The ledger's statements are SQLAlchemy's, and
plain enough that both understand them.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from crossbearing.errors import LedgerError
from crossbearing.ledger.address import Address, address_of

# TECH.md of the design measured zero errors for four writers and an analyst with this wait, and some with less.
BUSY_SECONDS = 30

Trouble = tuple[str, str]
"""Why something could not be done, and what to do."""

BUSY: Trouble = (
    f"another program has kept the ledger to itself for {BUSY_SECONDS} seconds",
    "Wait until it is done, then run the same command again",
)
FULL: Trouble = ("the disk is full", "Make room and run the same command again: what was recorded stays")


class Store(ABC):
    """One database that holds a ledger, or is to hold one."""

    refused: ClassVar[tuple[str, ...]]
    """What the triggers of a table that only grows refuse; they are called `TABLE_no_VERB`."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.path = address.shown
        self.engine = self._engine()
        event.listen(self.engine, "begin", self._begun)

    @abstractmethod
    def _engine(self) -> Engine:
        """An engine whose driver neither begins nor commits by itself."""

    @abstractmethod
    def _begin(self, writes: bool) -> str:
        """The SQL by which a transaction begins.

        One that writes has the ledger to itself from its beginning, and sees all that was written before. One that reads
        sees one state to its end.
        """

    def _begun(self, connection: Connection) -> None:
        connection.exec_driver_sql(self._begin(bool(connection.get_execution_options().get("writes", False))))

    @abstractmethod
    def look(self, create: bool) -> None:
        """Look whether a ledger can be there. Raises LedgerError where none can, or none can be made."""

    @abstractmethod
    def prepare(self) -> None:
        """Make ready for the first tables, before any transaction."""

    @abstractmethod
    def guards(self, connection: Connection) -> set[str]:
        """The names of the triggers that stand."""

    @abstractmethod
    def numbered(self, connection: Connection, table: Table) -> int:
        """The number of the last row that a table ever held, as the database remembers it."""

    @abstractmethod
    def damage(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong with what it keeps."""

    @abstractmethod
    def settle(self) -> None:
        """Leave as little as can be beside what was written: somebody may copy it."""

    @abstractmethod
    def trouble(self, error: DBAPIError, said: str) -> Trouble | None:
        """What an error of the driver's means; None where nothing better can be said than the database's own words."""

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn what a database says when it cannot go on into a sentence of ours."""
        try:
            yield
        except DBAPIError as error:
            said = (str(error.orig).splitlines() or [type(error.orig).__name__])[0]
            if isinstance(error, IntegrityError):
                raise LedgerError(self.path, said, "Nothing was changed") from error
            todo = "Check the file or the server and its disk, and run again: what was recorded stays"
            why, todo = self.trouble(error, str(error.orig)) or (f"the database says: {said}", todo)
            raise LedgerError(self.path, why, todo) from error


def store_at(ledger: str) -> Store:
    """The database that an address names, not yet looked at. Raises LedgerError where it cannot be spoken to."""
    address = address_of(ledger)
    if address.url is None:
        return SqliteStore(address)
    from crossbearing.ledger.postgres import PostgresStore  # here, because its driver is an extra

    return PostgresStore(address)


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

    def _begin(self, writes: bool) -> str:
        # A transaction that will write takes the lock at once: one that read first could no longer get it.
        return "BEGIN IMMEDIATE" if writes else "BEGIN"

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


def sqlite_guards(table: Table) -> Iterator[str]:
    """Triggers that let nothing but INSERT of a new row through."""
    says = _says(table)
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


def postgres_guards(table: Table) -> Iterator[str]:
    """The same of PostgreSQL, and what numbers the rows: a sequence of its own would leave a gap where a transaction failed."""
    name, says = table.name, _says(table)
    yield f"INSERT INTO numbering (name, last) VALUES ('{name}', 0)"
    yield f"CREATE TRIGGER {name}_number BEFORE INSERT ON {name} FOR EACH ROW EXECUTE FUNCTION number_row()"
    for verb, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        guard = f"{name}_no_{verb.lower()}"
        yield f"CREATE TRIGGER {guard} BEFORE {verb} ON {name} FOR EACH {each} EXECUTE FUNCTION refuse_change('{says}')"
        # ALWAYS: also for who plays replication, which the ordinary triggers let through.
        yield f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {guard}"


def _says(table: Table) -> str:
    return f"the ledger only grows: rows of {table.name} are never changed or removed"


POSTGRES_FIRST = (
    "CREATE TABLE numbering (name TEXT PRIMARY KEY, last INTEGER NOT NULL)",
    """
    CREATE FUNCTION number_row() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        EXECUTE 'UPDATE ' || quote_ident(TG_TABLE_SCHEMA) || '.numbering SET last = last + 1 WHERE name = $1 RETURNING last'
            INTO STRICT NEW.seq USING TG_TABLE_NAME;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
    END $$
    """,
)
"""What PostgreSQL's guards call: a number for a new row that is the next, and no for all else."""
