"""PostgreSQL as a ledger's place: who writes waits, who reads sees one state, a writer that dies leaves nothing, and trouble is
a sentence without a password."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from urllib.parse import quote

import pytest
import stores
from sqlalchemy.exc import ProgrammingError

from crossbearing.errors import LedgerError
from crossbearing.ledger import Reader, Writer, postgres, tables
from crossbearing.ledger import stores as databases
from crossbearing.ledger.verify import verify


@pytest.fixture
def fresh(server):
    """Of all places for a ledger only those on the server."""
    return server.fresh


@pytest.fixture
def secret(server):
    """The address of somebody who comes in by a password, which is to be shown nowhere."""

    def address(password=stores.PASSWORD, database="ledgers", more=""):
        whole = f"{stores.GUARDED}:{quote(password, safe='')}@"
        return f"postgresql://{whole}/{database}?host={server.folder}{more}"

    return address


def test_who_writes_waits_for_who_writes(path, a_capture, a_fault):
    """One writer at a time: the second begins when the first has ended, and its instant is the later one."""
    with Writer(path) as one, Writer(path) as other, Reader(path) as reader:
        late = threading.Thread(target=other.append_fault, args=(a_fault(),))
        with tables.writing(one._engine) as (connection, now):
            late.start()
            late.join(0.5)
            assert late.is_alive()
            assert list(reader.faults()) == []  # and who reads waits for nobody
            connection.execute(tables.runs.insert(), {"recorded_at": now, "run": "r", "moment": "started", "what": "{}"})
        late.join(10)
        assert [one.of for one in reader.recorded()] == ["run", "fault"]


def test_a_writer_that_waits_too_long_is_told(path, a_fault, monkeypatch):
    """A ledger that another keeps to itself is a sentence in the end."""
    monkeypatch.setattr(postgres, "BUSY_SECONDS", 1)
    says = rf"kept the ledger to itself for {databases.BUSY_SECONDS} seconds.*Wait"
    with Writer(path) as one, Writer(path) as other, tables.writing(one._engine), pytest.raises(LedgerError, match=says):
        other.append_fault(a_fault())


def test_another_schema_is_another_ledger(fresh, a_fault):
    """Two ledgers of one database know nothing of each other, and neither waits for the other."""
    one, other = fresh(), fresh()
    with Writer(one) as first, Writer(other) as second, tables.writing(first._engine):
        second.append_fault(a_fault())
    with Reader(one) as empty, Reader(other) as full:
        assert (len(list(empty.faults())), len(list(full.faults()))) == (0, 1)


def test_a_question_sees_one_state(path, a_capture):
    """Rows that come while an answer is read are not in it, however long that takes."""
    with Writer(path) as writer, Reader(path) as reader:
        for number in range(3):
            writer.append_capture(a_capture(str(number)))
        answer = reader.captures()
        first = next(answer)
        writer.append_capture(a_capture("late"))
        assert len([first, *answer]) == 3
        assert len(list(reader.captures())) == 4


KILLED = """
import os, sys, time
from crossbearing.ledger import Writer, tables
with Writer(sys.argv[1]) as writer, tables.writing(writer._engine) as (connection, now):
    connection.execute(tables.runs.insert(), {"recorded_at": now, "run": "r", "moment": "started", "what": "{}"})
    print("now", flush=True)
    time.sleep(60)
"""


def test_a_writer_that_is_killed_leaves_nothing(path, a_fault):
    """What a transaction began and did not end is not there, no number is spent, and the next writer goes on at once."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, path], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "now\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Writer(path) as writer, Reader(path) as reader:
        assert reader.counts()["runs"] == 0
        writer.append_run("s", "started", {})
        assert [one.id for one in reader.recorded()] == ["s"]
    assert list(verify(path)) == []


def test_a_failed_write_spends_no_number(path, a_fault):
    """Rows are numbered without a gap, so that a gap is a row that somebody took away."""
    with Writer(path) as writer:
        for number in range(3):
            writer.append_run(str(number), "started", {})
            with suppress(RuntimeError), tables.writing(writer._engine) as (connection, now):
                connection.execute(tables.runs.insert(), {"recorded_at": now, "run": "x", "moment": "m", "what": "{}"})
                raise RuntimeError
    with stores.sql(path) as connection:
        assert connection.execute("SELECT seq, run FROM runs ORDER BY seq").fetchall() == [(1, "0"), (2, "1"), (3, "2")]


def test_a_restart_of_the_server_is_got_over(path, a_fault):
    """A connection that broke between two questions is made anew."""
    with Writer(path) as writer, Reader(path) as reader:
        with stores.sql(path) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        assert writer.append_fault(a_fault())
        assert list(reader.faults()) == [a_fault()]


def test_a_database_that_is_no_ledger_is_left_alone(path):
    """Tables of somebody else's stay as they are, whoever asks."""
    schema = path.partition("schema=")[2]
    with stores.sql(path) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"CREATE TABLE {schema}.notes (words TEXT)")
    with pytest.raises(LedgerError, match=r"there is no ledger here.*crossbearing run"):
        Reader(path)
    with pytest.raises(LedgerError, match="no ledger of Crossbearing"):
        Writer(path)
    with stores.sql(path) as connection:
        assert connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)).fetchall() == [("notes",)]


def test_reading_makes_nothing(path):
    """A question to a place without a ledger leaves no schema behind."""
    with pytest.raises(LedgerError, match="there is no ledger here"):
        Reader(path)
    with stores.sql(path) as connection:
        asked = "SELECT count(*) FROM pg_namespace WHERE nspname = %s"
        assert connection.execute(asked, (path.partition("schema=")[2],)).fetchone() == (0,)


def test_a_database_of_few_characters_is_refused(server):
    """One that cannot hold every text is told before anything is written, with what to do."""
    with stores.sql(server.address("postgres"), alone=True) as connection:
        connection.execute("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(LedgerError, match=r"kept in LATIN1.*createdb --encoding UTF8"):
        Writer(server.address("narrow"))


def test_who_may_only_read_reads(path, secret, a_fault):
    """SELECT suffices to read; to write is refused in a sentence."""
    schema = path.partition("schema=")[2]
    with Writer(path) as writer:
        writer.append_fault(a_fault())
    with stores.sql(path) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {stores.GUARDED}")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {stores.GUARDED}")
    own = secret(more=f"&schema={schema}")
    with Reader(own) as reader:
        assert list(reader.faults()) == [a_fault()]
    assert list(verify(own)) == []
    with Writer(own) as writer, pytest.raises(LedgerError, match="your rights in the database do not suffice"):
        writer.append_run("r", "started", {})


def test_who_may_append_can_do_no_more(path, secret, a_capture, an_outcome):
    """The rights that the guide names suffice to run, to decide and to keep a drawing, and to change nothing."""
    schema = path.partition("schema=")[2]
    Writer(path).close()
    with stores.sql(path) as connection:
        for right in (
            f"USAGE ON SCHEMA {schema}",
            f"SELECT, INSERT ON ALL TABLES IN SCHEMA {schema}",
            "UPDATE ON numbering",
            "DELETE ON incident_view",
        ):
            connection.execute(f"GRANT {right} TO {stores.GUARDED}")
    with Writer(secret(more=f"&schema={schema}")) as writer:
        writer.append(an_outcome(), a_capture())
        for _ in range(2):
            with tables.writing(writer._engine) as (connection, _):
                connection.execute(tables.incident_view.delete())
                connection.execute(tables.incident_view.insert(), {"key": "k", "payload": "[]"})
        with pytest.raises(ProgrammingError, match="permission denied"), tables.writing(writer._engine) as (connection, _):
            connection.execute(tables.claims.delete())
    with Reader(path) as reader:
        assert list(reader.outcomes()) == [an_outcome()]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (lambda secret: secret("wr0ng-s3same"), "the server ends this connection .*password authentication failed.*pgpass"),
        (lambda secret: secret(database="none"), 'the server ends this connection .*"none" does not exist'),
        (lambda secret: secret().replace("host=/", "host=/none/"), "the server cannot be reached .*Check the address"),
        (lambda secret: secret(more="&odd=1"), "invalid connection option .*odd"),
        (lambda secret: secret(more="&schema=barred"), "your rights in the database do not suffice"),
    ],
)
def test_trouble_is_a_sentence_without_the_password(secret, address, says):
    """Whatever keeps a ledger from being opened is told with where and what to do, and gives nothing away."""
    with pytest.raises(LedgerError, match=says) as told:
        Writer(address(secret))
    whole = "".join(traceback.format_exception(told.value))  # as a log has it
    assert "s3same" not in str(told.value) + whole


def test_without_the_driver_it_is_said(path, monkeypatch):
    """Where psycopg is not installed, the sentence says how it comes."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"psycopg.*is not installed.*crossbearing\[postgres\]"):
        Writer(path)
