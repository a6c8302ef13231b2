"""The ledger's tables, and how an older ledger becomes a newer one.

Every table but `incident_view` only grows: triggers refuse UPDATE, DELETE and what else would change a row, whoever asks.
Each row carries `recorded_at`, the instant of the transaction that wrote it, later than that of every transaction before it. So
"what did we hold on 3 March?" is `WHERE recorded_at <= :instant`, and the answer never changes afterwards.
When a thing happened is another matter, and stands in the claims' own intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Engine,
    FetchedValue,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
    func,
    inspect,
    literal_column,
    select,
    union_all,
)

from crossbearing.errors import LedgerError, LedgerTooNew
from crossbearing.ledger import postgres, sqlite
from crossbearing.ledger.address import address_of
from crossbearing.ledger.stores import Store

metadata = MetaData()


class _Whole(TypeDecorator[str]):
    """Text of any characters where the database takes no NUL: one is written as two characters that no text has."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """As it is written."""
        return None if value is None else value.replace(_MARK, _MARK + "1").replace("\x00", _MARK + "0")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """As it was given."""
        return None if value is None else value.replace(_MARK + "0", "\x00").replace(_MARK + "1", _MARK)


_MARK = "\ufdd0"  # Unicode keeps it from ever being a character

WORDS = Text().with_variant(_Whole(), "postgresql")
"""Text of any length."""

INSTANT = String(27).with_variant(String(27, collation="C"), "postgresql")
"""In order of the characters' numbers, which is that of time, whatever order the database is kept in."""


def _short(length: int) -> String:
    """Text of so many characters, as SQLite notes and nobody enforces."""
    return String(length).with_variant(_Whole(), "postgresql")


def _growing(name: str, *columns: Column[Any] | Index) -> Table:
    """A table that only grows: numbered in the order of writing, each row with its instant."""
    table = Table(
        name,
        metadata,
        # Numbered by the database, and by no sequence that leaves gaps: see `postgres.guards`.
        Column("seq", Integer, FetchedValue(), primary_key=True, autoincrement=False),
        Column("recorded_at", INSTANT, nullable=False),
        *columns,
        sqlite_autoincrement=True,
        implicit_returning=False,
    )
    event.listen(table, "after_create", _only_of("sqlite", tuple(sqlite.guards(table))))
    event.listen(table, "after_create", _only_of("postgresql", tuple(postgres.guards(table))))
    return table


def _only_of(database: str, statements: tuple[str, ...]) -> Callable[..., None]:
    """Executes statements where tables are made in the database that they are written for."""

    def execute(_made: Table | MetaData, connection: Connection, **_: object) -> None:
        for statement in statements if connection.dialect.name == database else ():
            connection.exec_driver_sql(statement)

    return execute


event.listen(metadata, "before_create", _only_of("postgresql", postgres.FIRST))


migrations = _growing("migrations", Column("number", Integer, nullable=False, unique=True), Column("name", WORDS, nullable=False))

captures = _growing(
    "captures",
    Column("sha256", _short(64), nullable=False, unique=True),
    Column("media", WORDS, nullable=False),
    Column("captured", WORDS),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)
locations = _growing(
    "locations",
    Column("id", _short(64), nullable=False, unique=True),  # of capture, file and report
    Column("capture", _short(64), nullable=False, index=True),
    Column("file", WORDS, nullable=False),
    Column("report", WORDS, nullable=False),
    Index("ix_locations_file", "file", postgresql_using="hash"),
)
outcomes = _growing(
    "outcomes",
    Column("id", _short(33), nullable=False, unique=True),  # of capture and steps
    Column("capture", _short(64), nullable=False),
    Column("steps", WORDS, nullable=False),  # JSON list of step ids
    Column("status", WORDS, nullable=False),  # read | set aside | fault
    Column("payload", WORDS, nullable=False),  # JSON of the outcome without its claims
    Index("ix_outcomes_capture_seq", "capture", "seq"),
)
documents = _growing(
    "documents",
    Column("outcome", _short(33), nullable=False, unique=True),
    Column("id", WORDS, nullable=False, index=True),
    Column("capture", _short(64), nullable=False),
    Column("report", WORDS, nullable=False),
    Column("file", WORDS, nullable=False),
    Column("title", WORDS),
    Column("earliest", _short(10)),  # when it was published, as far as known
    Column("latest", _short(10)),
)
claims = _growing(
    "claims",
    Column("outcome", _short(33), nullable=False),
    Column("id", WORDS, nullable=False, index=True),
    Column("document", WORDS, nullable=False),
    Column("report", WORDS, nullable=False),
    Column("event_type", WORDS, nullable=False),
    Column("sub_event_type", WORDS, nullable=False),
    Column("status", WORDS, nullable=False),
    Column("role", WORDS, nullable=False),
    Column("earliest", _short(10)),
    Column("latest", _short(10)),
    Column("country", _short(2)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("payload", WORDS, nullable=False),  # JSON of the claim
    Index("ux_claims_outcome_id", "outcome", "id", unique=True),
    Index("ix_claims_earliest", "earliest"),
)
faults = _growing(
    "faults",
    Column("id", _short(64), nullable=False, unique=True),  # of what it says and how often that was mended before
    Column("says", _short(64), nullable=False, index=True),  # of file, stage, error, sentence and capture
    Column("outcome", _short(33)),  # where the steps ran to their end and gave the fault
    Column("file", WORDS, nullable=False),
    Column("stage", WORDS, nullable=False),
    Column("error", WORDS, nullable=False),
    Column("sentence", WORDS, nullable=False),
    Column("capture", _short(64), index=True),
    Column("report", WORDS),
)
decisions = _growing(
    "decisions",
    Column("id", _short(64), nullable=False, unique=True),
    Column("person", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("subject", WORDS, nullable=False),  # all claims that it is about: too long for a tree of PostgreSQL's
    Column("reason", WORDS, nullable=False),
    Column("value", WORDS, nullable=False),
    Index("ix_decisions_subject", "subject", postgresql_using="hash"),
)
runs = _growing(
    "runs",
    Column("run", WORDS, nullable=False, index=True),
    Column("moment", WORDS, nullable=False),  # started | ended | interrupted
    Column("what", WORDS, nullable=False),  # JSON: paths and steps, or the summary
)

# A cache of what `link` drew. It may be emptied at any time.
incident_view = Table(
    "incident_view", metadata, Column("key", _short(64), primary_key=True), Column("payload", WORDS, nullable=False)
)


def met_key(key: str) -> str:
    """Under which key the view holds what was compared for the drawing of another key."""
    return f"{key[:32]} met"


GROWING = (migrations, captures, locations, outcomes, documents, claims, faults, decisions, runs)


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


# A migration is a function in this list. Its number is its place, from 1; none is ever edited after a release, so one
# that comes later must name its tables' columns as they were then, not by the tables above.
MIGRATIONS: tuple[tuple[str, Callable[[Connection], None]], ...] = (("the first tables", _first),)


def open_store(ledger: str, create: bool) -> Store:
    """Open the ledger at a path or an address, bring it to this version, and return its store.

    Raises LedgerTooNew for a ledger of a newer version, LedgerError for anything that is no ledger or cannot be opened.
    """
    store = _store_at(ledger)
    try:
        with store.speaking():
            store.look(create)
            _migrate(store)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def making(ledger: str) -> Iterator[Connection]:
    """One transaction in which the tables of a new ledger are made, empty, and filled by whoever asks: to the end, or not at all.

    Raises LedgerError where there is a ledger, or anything else.
    """
    store = _store_at(ledger)
    try:
        with store.speaking():
            store.look(create=True)
            store.prepare()
            with _having_the_lock(store.engine) as connection:
                if _version(connection, store):
                    why, todo = "there is a ledger here already", "Name a place where none is; this one was left as it is"
                    raise LedgerError(store.path, why, todo)
                for _, migrate in MIGRATIONS:
                    migrate(connection)
                yield connection
            store.settle()
    finally:
        store.close()


def _store_at(ledger: str) -> Store:
    address = address_of(ledger)
    return postgres.PostgresStore(address) if address.url else sqlite.SqliteStore(address)


def _migrate(store: Store) -> None:
    with store.engine.connect() as connection:
        if _version(connection, store) == len(MIGRATIONS):
            return
    store.prepare()
    with _having_the_lock(store.engine) as connection:
        # Asked again under the lock: another process may have been quicker.
        for number in range(_version(connection, store), len(MIGRATIONS)):
            name, migrate = MIGRATIONS[number]
            migrate(connection)
            now = _next_instant(latest_instant(connection))
            connection.execute(migrations.insert().values(number=number + 1, name=name, recorded_at=now))


def _version(connection: Connection, store: Store) -> int:
    """The number of the last migration; 0 where there are no tables yet."""
    names = inspect(connection).get_table_names(store.address.schema or None)
    if not names:
        return 0
    if "migrations" not in names or "captures" not in names:
        why = "this is a database, but no ledger of Crossbearing"
        raise LedgerError(store.path, why, "Name another one; this one was left as it is")
    version = connection.execute(select(func.max(migrations.c.number))).scalar() or 0
    if version > len(MIGRATIONS):
        why = f"it was written by a newer version of Crossbearing (tables {version}, this version knows {len(MIGRATIONS)})"
        raise LedgerTooNew(store.path, why, "Upgrade with `pip install --upgrade crossbearing`; the ledger was left as it is")
    return version


@contextmanager
def writing(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """One transaction that writes, and its instant: later than that of every transaction before it."""
    with _having_the_lock(engine) as connection:
        yield connection, _next_instant(latest_instant(connection))


@contextmanager
def _having_the_lock(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


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
