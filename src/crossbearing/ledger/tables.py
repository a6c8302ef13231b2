"""The ledger's tables, and how an older file becomes a newer one.

Every table but `incident_view` only grows: triggers refuse UPDATE, DELETE and REPLACE, whoever asks. Each row carries
`recorded_at`, the instant of the transaction that wrote it, later than that of every transaction before it. So
"what did we hold on 3 March?" is `WHERE recorded_at <= :instant`, and the answer never changes afterwards.
When a thing happened is another matter, and stands in the claims' own intervals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    inspect,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.exc import DatabaseError, IntegrityError

from crossbearing.errors import LedgerError, LedgerTooNew

# TECH.md of the design measured zero errors for four writers and an analyst with this wait, and some with less.
BUSY_SECONDS = 30

metadata = MetaData()


def _growing(name: str, *columns: Column[Any] | Index) -> Table:
    """A table that only grows: numbered in the order of writing, each row with its instant."""
    return Table(
        name,
        metadata,
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("recorded_at", String(27), nullable=False),
        *columns,
        sqlite_autoincrement=True,
    )


migrations = _growing("migrations", Column("number", Integer, nullable=False, unique=True), Column("name", Text, nullable=False))

captures = _growing(
    "captures",
    Column("sha256", String(64), nullable=False, unique=True),
    Column("media", Text, nullable=False),
    Column("captured", Text),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)
locations = _growing(
    "locations",
    Column("id", String(64), nullable=False, unique=True),  # of capture, file and report
    Column("capture", String(64), nullable=False, index=True),
    Column("file", Text, nullable=False, index=True),
    Column("report", Text, nullable=False),
)
outcomes = _growing(
    "outcomes",
    Column("id", String(33), nullable=False, unique=True),  # of capture and steps
    Column("capture", String(64), nullable=False),
    Column("steps", Text, nullable=False),  # JSON list of step ids
    Column("status", Text, nullable=False),  # read | set aside | fault
    Column("payload", Text, nullable=False),  # JSON of the outcome without its claims
    Index("ix_outcomes_capture_seq", "capture", "seq"),
)
documents = _growing(
    "documents",
    Column("outcome", String(33), nullable=False, unique=True),
    Column("id", Text, nullable=False, index=True),
    Column("capture", String(64), nullable=False),
    Column("report", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("title", Text),
    Column("earliest", String(10)),  # when it was published, as far as known
    Column("latest", String(10)),
)
claims = _growing(
    "claims",
    Column("outcome", String(33), nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("sub_event_type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("earliest", String(10)),
    Column("latest", String(10)),
    Column("country", String(2)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("payload", Text, nullable=False),  # JSON of the claim
    Index("ux_claims_outcome_id", "outcome", "id", unique=True),
    Index("ix_claims_earliest", "earliest"),
)
faults = _growing(
    "faults",
    Column("id", String(64), nullable=False, unique=True),  # of what it says and how often that was mended before
    Column("says", String(64), nullable=False, index=True),  # of file, stage, error, sentence and capture
    Column("outcome", String(33)),  # where the steps ran to their end and gave the fault
    Column("file", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("capture", String(64), index=True),
    Column("report", Text),
)
decisions = _growing(
    "decisions",
    Column("id", String(64), nullable=False, unique=True),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("value", Text, nullable=False),
)
runs = _growing(
    "runs",
    Column("run", Text, nullable=False, index=True),
    Column("moment", Text, nullable=False),  # started | ended | interrupted
    Column("what", Text, nullable=False),  # JSON: paths and steps, or the summary
)

# A cache of what `link` drew. It may be emptied at any time.
incident_view = Table(
    "incident_view", metadata, Column("key", String(64), primary_key=True), Column("payload", Text, nullable=False)
)

def met_key(key: str) -> str:
    """Under which key the view holds what was compared for the drawing of another key."""
    return f"{key[:32]} met"


GROWING = (migrations, captures, locations, outcomes, documents, claims, faults, decisions, runs)


def _first(connection: Connection) -> None:
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        for table in GROWING:
            _guard(connection, table)


# A migration is a function in this list. Its number is its place, from 1; none is ever edited after a release, so one
# that comes later must name its tables' columns as they were then, not by the tables above.
MIGRATIONS: tuple[tuple[str, Callable[[Connection], None]], ...] = (("the first tables", _first),)


def _guard(connection: Connection, table: Table) -> None:
    """Triggers that let nothing but INSERT of a new row through."""
    says = f"the ledger only grows: rows of {table.name} are never changed or removed"
    for verb in ("UPDATE", "DELETE"):
        name = f"{table.name}_no_{verb.lower()}"
        connection.execute(text(f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} BEGIN SELECT RAISE(ABORT, '{says}'); END"))
    # INSERT OR REPLACE removes a row without asking the DELETE trigger, so a key that stands is refused by its own.
    keys: list[tuple[str, ...]] = [("seq",), *((column.name,) for column in table.columns if column.unique)]
    keys += sorted(tuple(column.name for column in index.columns) for index in table.indexes if index.unique)
    same = " OR ".join("(" + " AND ".join(f"{name} = NEW.{name}" for name in key) + ")" for key in keys)
    connection.execute(
        text(
            f"CREATE TRIGGER {table.name}_no_replace BEFORE INSERT ON {table.name} "
            f"WHEN EXISTS (SELECT 1 FROM {table.name} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
    )


def open_engine(path: str, create: bool) -> Engine:
    """Open the ledger at a path, bring it to this version, and return its engine.

    Raises LedgerTooNew for a ledger of a newer version, LedgerError for anything that is no ledger or cannot be opened.
    """
    at = Path(path)
    if at.is_dir():
        raise LedgerError(path, "this is a folder", "Name a file, such as ledger.db")
    if not at.exists() and not create:
        todo = "Check the path, or make a ledger with `crossbearing run PATH... --ledger FILE`"
        raise LedgerError(path, "there is no ledger here", todo)
    if not at.parent.is_dir():
        raise LedgerError(path, f"the folder {at.parent} does not exist", "Make the folder first, or name another path")
    engine = _sqlite_engine(at)
    try:
        with speaking(path):
            _migrate(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _sqlite_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin or commit by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A transaction that will write takes the lock at once: one that read first could no longer get it.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(engine: Engine, path: str) -> None:
    with engine.connect() as connection:
        if _version(connection, path) == len(MIGRATIONS):
            return
    # Outside of a transaction, as SQLite demands; the mode stays with the file.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
    with engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            # Asked again under the lock: another process may have been quicker.
            for number in range(_version(connection, path), len(MIGRATIONS)):
                name, migrate = MIGRATIONS[number]
                migrate(connection)
                now = _next_instant(latest_instant(connection))
                connection.execute(migrations.insert().values(number=number + 1, name=name, recorded_at=now))


def _version(connection: Connection, path: str) -> int:
    """The number of the last migration; 0 for an empty file."""
    names = inspect(connection).get_table_names()
    if not names:
        return 0
    if "migrations" not in names or "captures" not in names:
        why = "this is a database, but no ledger of Crossbearing"
        raise LedgerError(path, why, "Name another file; this one was left as it is")
    version = connection.execute(select(func.max(migrations.c.number))).scalar() or 0
    if version > len(MIGRATIONS):
        why = f"it was written by a newer version of Crossbearing (tables {version}, this version knows {len(MIGRATIONS)})"
        raise LedgerTooNew(path, why, "Upgrade with `pip install --upgrade crossbearing`; the ledger was left as it is")
    return version


@contextmanager
def writing(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """One transaction that writes, and its instant: later than that of every transaction before it."""
    with engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection, _next_instant(latest_instant(connection))


# The last row of each table is its latest, and is found by the key: cheap enough for each transaction to ask.
_LAST = (select(t.c.recorded_at).order_by(t.c.seq.desc()).limit(1).scalar_subquery() for t in GROWING)
_LATEST: Any = select(func.max(literal_column("recorded_at"))).select_from(
    union_all(*(select(last.label("recorded_at")) for last in _LAST)).subquery()
)


def latest_instant(connection: Connection) -> str | None:
    """The instant of the last transaction that wrote anything."""
    instant: str | None = connection.execute(_LATEST).scalar()
    return instant


def _next_instant(last: str | None) -> str:
    now = datetime.now(UTC)
    # Clocks are set back, and two commits can share a microsecond; an instant that names two states would be no answer.
    if last is not None and instant_text(now) <= last:
        now = datetime.fromisoformat(last) + timedelta(microseconds=1)
    return instant_text(now)


def instant_text(instant: datetime) -> str:
    """An instant as the tables hold it: UTC to the microsecond, so that order of text is order of time."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@contextmanager
def speaking(path: str) -> Iterator[None]:
    """Turn what a database says when it cannot go on into a sentence of ours."""
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig)
        if isinstance(error, IntegrityError):
            raise LedgerError(path, said, "Nothing was changed") from error
        for sign, why, todo in _TROUBLES:
            if re.search(sign, said):
                raise LedgerError(path, why, todo) from error
        todo = "Check the file and the disk, and run again: what was recorded stays"
        raise LedgerError(path, f"the database says: {said}", todo) from error


_TROUBLES = (
    ("not a database|malformed", "this file is no ledger, or is damaged", "Name another file; this one was left as it is"),
    (
        "locked|busy",
        f"another program has kept the ledger to itself for {BUSY_SECONDS} seconds",
        "Wait until it is done, then run the same command again",
    ),
    ("readonly|read-only", "the ledger cannot be written to", "Check the rights of the file and its folder"),
    ("unable to open", "the file cannot be opened", "Check the path and the rights of the file and its folder"),
    ("full", "the disk is full", "Make room and run the same command again: what was recorded stays"),
)
