"""The tables only grow, know their version, and refuse what is no ledger in a sentence."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
import stores
from sqlalchemy import text

from crossbearing.errors import LedgerError, LedgerTooNew
from crossbearing.ledger import Reader, Writer, tables

VERBS = {
    "update": "UPDATE {0} SET recorded_at = 'x'",
    "delete": "DELETE FROM {0}",
    "replace": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
    "truncate": "TRUNCATE {0}",
}
OF_ONE = {"replace": "sqlite", "truncate": "postgres"}
"""Statements that only one of the databases knows."""

TABLES = [table.name for table in tables.GROWING]

only_sqlite = pytest.mark.parametrize("fresh", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("fresh", ["postgres"], indirect=True)


@pytest.fixture
def full(path, a_capture, an_outcome, a_fault):
    """A ledger with a row in every table that only grows."""
    with Writer(path) as writer:
        writer.append(an_outcome(), a_capture())
        writer.append_fault(a_fault())
        writer.append_run("r", "started", {})
        with tables.writing(writer._engine) as (connection, now):
            row = {"id": "x", "person": "p", "at": now, "kind": "k", "subject": "s", "reason": "r", "value": ""}
            connection.execute(tables.decisions.insert().values(recorded_at=now, **row))
    return path


@pytest.mark.parametrize(
    ("fresh", "verb"), [(kind, verb) for kind in stores.KINDS for verb in VERBS if OF_ONE.get(verb, kind) == kind],
    indirect=["fresh"],
)  # fmt: skip
def test_nothing_is_changed_or_removed(full, verb):
    """Whoever opens the ledger, with whatever tool: every row stays as it was written."""
    with stores.sql(full, alone=True) as connection:
        for table in TABLES:
            before = connection.execute(f"SELECT * FROM {table}").fetchall()
            assert before
            with pytest.raises(stores.errors("IntegrityError"), match=f"the ledger only grows: rows of {table}"):
                connection.execute(VERBS[verb].format(table))
            assert connection.execute(f"SELECT * FROM {table}").fetchall() == before


@only_postgres
def test_whoever_plays_replication_is_refused_too(full):
    """The setting by which a superuser passes over ordinary triggers does not pass over these."""
    with stores.sql(full, alone=True) as connection:
        connection.execute("SET session_replication_role = replica")
        with pytest.raises(stores.errors("IntegrityError"), match="the ledger only grows"):
            connection.execute("DELETE FROM claims")


@only_postgres
def test_a_row_that_is_there_is_not_put_in_again(full):
    """Neither ON CONFLICT nor a number of somebody's own gets a row into a place that is taken."""
    with stores.sql(full, alone=True) as connection:
        before = connection.execute("SELECT * FROM captures").fetchall()
        with pytest.raises(stores.errors("IntegrityError"), match="the ledger only grows"):
            connection.execute("INSERT INTO captures SELECT * FROM captures ON CONFLICT (sha256) DO UPDATE SET media = 'other'")
        assert connection.execute("SELECT * FROM captures").fetchall() == before


@only_sqlite
def test_a_claim_is_not_replaced_by_its_key(full):
    """REPLACE by a unique key removes rows silently in SQLite; not here."""
    with stores.sql(full) as connection:
        columns = [c.name for c in tables.claims.columns if c.name not in {"seq", "status"}]
        names = ", ".join(columns)
        with pytest.raises(sqlite3.IntegrityError, match="the ledger only grows"):
            connection.execute(f"INSERT OR REPLACE INTO claims ({names}, status) SELECT {names}, 'denied' FROM claims")


def test_a_newer_ledger_is_left_alone(full):
    """A version that this package does not know is refused, with what to do."""
    with stores.sql(full) as connection:
        connection.execute("INSERT INTO migrations (recorded_at, number, name) VALUES ('2999-01-01', 99, 'later')")

    with pytest.raises(LedgerTooNew, match=r"newer version.*tables 99.*Upgrade"):
        Reader(full)


def test_an_older_ledger_is_brought_up(full, monkeypatch):
    """A migration that joins the list runs once, in a transaction, and is noted with its instant."""

    def add(connection):
        connection.execute(text("CREATE TABLE notes (words TEXT)"))

    monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, ("notes", add)))
    before = Reader(full).counts()
    with Reader(full) as reader:
        assert reader.counts() == before
    with stores.sql(full) as connection:
        assert connection.execute("SELECT number, name FROM migrations").fetchall() == [(1, "the first tables"), (2, "notes")]
        assert connection.execute("SELECT * FROM notes").fetchall() == []


def test_a_migration_that_fails_changes_nothing(full, monkeypatch):
    """Half a migration is none."""

    def add(connection):
        connection.execute(text("CREATE TABLE notes (words TEXT)"))
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, ("notes", add)))
        with pytest.raises(RuntimeError):
            Reader(full)
    with stores.sql(full) as connection, pytest.raises(stores.errors("DatabaseError"), match="notes"):
        connection.execute("SELECT * FROM notes")
    assert Reader(full).counts()["claims"] == 1


def _folder(at):
    at.mkdir()


def _text(at):
    at.write_text("my notes " * 300)


def _other_database(at):
    with sqlite3.connect(at) as connection:
        connection.execute("CREATE TABLE migrations (number INTEGER)")


@pytest.mark.parametrize(
    ("make", "says"), [(_folder, "this is a folder"), (_text, "no ledger"), (_other_database, "no ledger of Crossbearing")]
)
def test_what_is_no_ledger_is_left_as_it_is(tmp_path, make, says):
    """Neither reading nor writing touches a file of another kind."""
    at = tmp_path / "thing"
    make(at)
    before = at.read_bytes() if at.is_file() else None
    for kind in (Reader, Writer):
        with pytest.raises(LedgerError, match=says):
            kind(str(at))
    assert (at.read_bytes() if at.is_file() else None) == before


def test_a_ledger_that_is_not_there(tmp_path):
    """Reading makes no file; writing makes no folder."""
    with pytest.raises(LedgerError, match=r"there is no ledger here.*crossbearing run"):
        Reader(str(tmp_path / "none.db"))
    with pytest.raises(LedgerError, match="does not exist"):
        Writer(str(tmp_path / "none" / "ledger.db"))
    assert list(tmp_path.iterdir()) == []


def test_instants_only_rise(path, monkeypatch):
    """A clock that is set back, or stands still, gives later instants all the same."""

    class Stuck(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2024, 3, 1, tzinfo=UTC)

    monkeypatch.setattr(tables, "datetime", Stuck)
    with Writer(path) as writer:
        for n in range(3):
            writer.append_run(str(n), "started", {})
    with stores.sql(path) as connection:
        stamps = [row[0] for row in connection.execute("SELECT recorded_at FROM runs ORDER BY seq")]
    assert stamps == [f"2024-03-01T00:00:00.00000{n}Z" for n in (1, 2, 3)]


def test_instants_are_text_in_order_of_time():
    """UTC to the microsecond, whatever zone the instant came in."""
    assert tables.instant_text(datetime.fromisoformat("2024-03-07T12:00:00+05:30")) == "2024-03-07T06:30:00.000000Z"
