"""The tables only grow, know their version, and refuse what is no ledger in a sentence."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from crossbearing.errors import LedgerError, LedgerTooNew
from crossbearing.ledger import Reader, Writer, tables

VERBS = ("UPDATE {} SET recorded_at = 'x'", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}")
TABLES = [table.name for table in tables.GROWING]


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


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_changed_or_removed(full, table, verb):
    """Whoever opens the file, with whatever tool: the row stays as it was written."""
    with sqlite3.connect(full) as connection:
        before = connection.execute(f"SELECT * FROM {table}").fetchall()
        assert before
        with pytest.raises(sqlite3.IntegrityError, match="the ledger only grows"):
            connection.execute(verb.format(table, table))
        assert connection.execute(f"SELECT * FROM {table}").fetchall() == before


def test_a_claim_is_not_replaced_by_its_key(full):
    """REPLACE by a unique key removes rows silently in SQLite; not here."""
    with sqlite3.connect(full) as connection:
        columns = [c.name for c in tables.claims.columns if c.name not in {"seq", "status"}]
        names = ", ".join(columns)
        with pytest.raises(sqlite3.IntegrityError, match="the ledger only grows"):
            connection.execute(f"INSERT OR REPLACE INTO claims ({names}, status) SELECT {names}, 'denied' FROM claims")


def test_a_newer_ledger_is_left_alone(full):
    """A version that this package does not know is refused, with what to do."""
    with sqlite3.connect(full) as connection:
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
    with sqlite3.connect(full) as connection:
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
    with sqlite3.connect(full) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'notes'").fetchone() == (0,)
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
    with sqlite3.connect(path) as connection:
        stamps = [row[0] for row in connection.execute("SELECT recorded_at FROM runs ORDER BY seq")]
    assert stamps == [f"2024-03-01T00:00:00.00000{n}Z" for n in (1, 2, 3)]


def test_instants_are_text_in_order_of_time():
    """UTC to the microsecond, whatever zone the instant came in."""
    assert tables.instant_text(datetime.fromisoformat("2024-03-07T12:00:00+05:30")) == "2024-03-07T06:30:00.000000Z"
