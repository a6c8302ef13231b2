"""A ledger in a schema of a PostgreSQL database, by psycopg.

One writer at a time has the schema's advisory lock; readers wait for nobody, and see one state to their end. Whatever a row's
text holds can be held: PostgreSQL takes no NUL in a text, so one is written as two characters that no text has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from crossbearing.errors import LedgerError
from crossbearing.ledger.address import Address
from crossbearing.ledger.stores import BUSY, BUSY_SECONDS, FULL, Store, Trouble, refusal

REACH_SECONDS = 10
"""How long a server may take to answer at all."""

ENCODING = "UTF8"
"""What a database must be kept in to hold any text."""


class PostgresStore(Store):
    """A ledger in a schema of a database."""

    refused = ("update", "delete", "truncate")

    def __init__(self, address: Address) -> None:
        # Of the schema alone: locks are a database's own.
        name = f"crossbearing {address.schema}".encode()
        self._lock = int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True)
        super().__init__(address)

    def _engine(self) -> Engine:
        assert self.address.url is not None
        settings = {
            "search_path": f'"{self.address.schema}"',
            "lock_timeout": f"{BUSY_SECONDS}s",
            "extra_float_digits": "1",  # as many as give the number again: what is read is what was written
        }
        said = {name: one if isinstance(one, str) else ",".join(one) for name, one in self.address.url.query.items()}
        own = [f"-c {name}={value}" for name, value in settings.items()]
        given = {"connect_timeout": REACH_SECONDS, "application_name": "crossbearing", **said, "client_encoding": ENCODING}
        given["options"] = " ".join([said.get("options", ""), *own])
        url = self.address.url.set(drivername="postgresql+psycopg", query={})
        try:
            # A desk stays open for days: a connection that a restart of the server broke is told before it is used.
            return create_engine(url, connect_args=given, pool_pre_ping=True)
        except ImportError as error:
            why = "psycopg, which speaks to PostgreSQL, is not installed"
            raise LedgerError(self.path, why, "`pip install 'crossbearing[postgres]'` brings it") from error

    def _begin(self, connection: Connection, writes: bool) -> None:
        from psycopg import IsolationLevel

        driver: Any = connection.connection.dbapi_connection  # it begins by itself, with the first statement, as it is told here
        driver.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
        driver.read_only = not writes
        if writes:
            # Waited for before anything is looked at; each statement after it sees what was committed meanwhile.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({self._lock})")

    def look(self, create: bool) -> None:
        """As of every store."""
        with self.engine.connect() as connection:
            kept, is_there = connection.execute(
                text(
                    "SELECT current_setting('server_encoding'), "
                    "EXISTS (SELECT FROM pg_tables WHERE schemaname = :schema AND tablename = 'migrations')"
                ),
                {"schema": self.address.schema},
            ).one()
        if not is_there and not create:
            todo = "Check the address, or make a ledger with `crossbearing run PATH... --ledger postgresql://...`"
            raise LedgerError(self.path, "there is no ledger here", todo)
        if kept != ENCODING:
            todo = f"Make one with `createdb --encoding {ENCODING} --template template0 NAME`"
            raise LedgerError(self.path, f"the database is kept in {kept}, which cannot hold every text", todo)

    def prepare(self) -> None:
        """As of every store."""
        with self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                asked = text("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = :schema)")
                if not connection.execute(asked, {"schema": self.address.schema}).scalar():
                    connection.execute(text(f'CREATE SCHEMA "{self.address.schema}"'))

    def guards(self, connection: Connection) -> set[str]:
        """As of every store; one that is switched off does not stand."""
        asked = text(
            "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE nspname = :schema AND tgenabled = 'A'"
        )
        return set(connection.execute(asked, {"schema": self.address.schema}).scalars())

    def numbered(self, connection: Connection, table: Table) -> int:
        """As of every store."""
        return connection.execute(text("SELECT last FROM numbering WHERE name = :name"), {"name": table.name}).scalar() or 0

    def damage(self, connection: Connection) -> Iterator[str]:
        """As of every store: nothing, for a server checks its pages itself, as it reads them."""
        yield from ()

    def settle(self) -> None:
        """As of every store: a server has nothing lying about."""

    def trouble(self, error: DBAPIError, said: str) -> Trouble | None:
        """As of every store; by the SQL standard's states, since a server speaks the language of its country."""
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state.startswith(_GONE) or (not state and isinstance(error, OperationalError)):
            return _unreached(said)
        return _STATES.get(state)


def _unreached(said: str) -> Trouble:
    """What it means that there is no connection, or none any more."""
    _, turned_away, why = said.partition("FATAL:")
    if turned_away:
        todo = "Check the name, the password and the database; a password can also stand in ~/.pgpass"
        return f"the server ends this connection ({why.strip().splitlines()[0]})", todo
    todo = "Check the address, and that the server runs; what was recorded stays"
    return f"the server cannot be reached ({' '.join(said.split())[:200]})", todo


_GONE = ("08", "57P")
_STATES = {
    "55P03": BUSY,
    "53100": FULL,
    "42501": ("your rights in the database do not suffice", "Ask whoever keeps it; to read a ledger takes SELECT on its tables"),
    "25006": ("the ledger cannot be written to", "Name the server that takes writes; this one only follows another"),
}


def guards(table: Table) -> Iterator[str]:
    """Triggers that let nothing but INSERT of a new row through, and number it.

    A sequence of PostgreSQL's own would leave a gap where a transaction failed, and nobody could tell it from a row that is gone.
    """
    name, says = table.name, refusal(table)
    yield f"INSERT INTO numbering (name, last) VALUES ('{name}', 0)"
    yield f"CREATE TRIGGER {name}_number BEFORE INSERT ON {name} FOR EACH ROW EXECUTE FUNCTION number_row()"
    for verb, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        guard = f"{name}_no_{verb.lower()}"
        yield f"CREATE TRIGGER {guard} BEFORE {verb} ON {name} FOR EACH {each} EXECUTE FUNCTION refuse_change('{says}')"
        # ALWAYS: also for who plays replication, which the ordinary triggers let through.
        yield f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {guard}"


FIRST = (
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
"""What the guards call: the next number for a new row, and no to all else."""
