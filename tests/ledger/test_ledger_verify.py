"""What was tampered with is found: a row, a quote, a hash, a trigger, or any byte of a bundle."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib

import pytest
import stores
from decided import outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.api import open_ledger
from crossbearing.errors import LedgerError
from crossbearing.ledger import Reader, Writer, tables
from crossbearing.ledger.bundle import BEGINNING, MANIFEST, bearing, members, pack
from crossbearing.ledger.postgres import PostgresStore
from crossbearing.ledger.sqlite import SqliteStore
from crossbearing.ledger.verify import verify
from crossbearing.model.decision import Cited, DecisionKind, Rank
from crossbearing.model.outcome import Fault
from crossbearing.model.text import Span


@pytest.fixture
def full(path):
    """A ledger with reports, a fault and decisions, made as the program makes them."""
    with Writer(path) as writer:
        for number in (1, 2, 3):
            capture, made = outcome(number)
            writer.append(made, capture)
        writer.append_fault(Fault("x.txt", "ingest", "Odd", "x.txt: it is odd."))
        writer.append_run("r", "started", {})
    with open_ledger(path) as ledger:
        first, second, *_ = ledger.incidents()
        text = next(ledger.documents())
        words = Cited(text.id, Span(0, 7), text.quote(Span(0, 7)))
        ledger.decide(DecisionKind.SAME, first.claims, "Ann", "one raid", other=second.claims)
        given = {"field": "weapons", "value": ("x",), "evidence": [words]}
        said = ledger.decide(DecisionKind.SET, first.claims, "Ann", "by the text", **given)
        ledger.decide(DecisionKind.UNDO, [said.id], "Ann", "a slip")
        ledger.decide(DecisionKind.ACCEPT, first.claims, "Bob", "so", round="one")
        ledger.decide(DecisionKind.OPEN, ["one"], "Edith", "so", rank=Rank.EDITOR)
    return path


@pytest.fixture
def bundle(full, tmp_path):
    """A bundle of all claims, with one file beside them."""
    out = tmp_path / "full.zip"
    with Reader(str(full)) as reader:
        claims = [claim.id for claim in reader.claims()]
        pack(out, members(reader, claims, {"exports/x.csv": b"a,b\r\n"}), {"as_of": "now"})
    return out


def tamper(path, *statements):
    """Change a ledger as somebody would who can open it: without its triggers, and with them put back."""
    with stores.sql(path) as connection:
        of_file = not path.startswith("postgresql:")
        triggers = [] if not of_file else connection.execute(ALL_TRIGGERS).fetchall()
        off = [f"DROP TRIGGER {name}" for name, _ in triggers]
        off += [f"ALTER TABLE {table.name} DISABLE TRIGGER ALL" for table in tables.GROWING if not of_file]
        for statement in off:
            connection.execute(statement)
        for statement, values in statements:
            connection.execute(statement if of_file else statement.replace("?", "%s"), values)
        on = [sql for _, sql in triggers]
        on += [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{verb}" for table, verb in GUARDS if not of_file]
        for statement in on:
            connection.execute(statement)


ALL_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
GUARDS = [(table.name, verb) for table in tables.GROWING for verb in PostgresStore.refused]


def test_what_was_recorded_verifies(full, bundle):
    """A ledger as the program wrote it, and a bundle of it, hold."""
    assert list(verify(full)) == []
    assert list(verify(bundle)) == []


TAMPERED = [
    ("UPDATE captures SET content = ? WHERE seq = 1", (zlib.compress(b"another page"),), "holds other bytes than its hash"),
    ("UPDATE captures SET content = ? WHERE seq = 1", (b"junk",), "cannot be unpacked"),
    ("UPDATE locations SET file = 'elsewhere.txt' WHERE seq = 1", (), "is not the one that its id was made of"),
    ("DELETE FROM captures WHERE seq = 2", (), "rows are missing between 1 and 3"),
    ("DELETE FROM decisions WHERE seq = (SELECT max(seq) FROM decisions)", (), "once held 5 rows and ends at 4"),
    ("UPDATE outcomes SET status = 'fault' WHERE seq = 1", (), "listed otherwise than it reads"),
    ("UPDATE outcomes SET payload = replace(payload, 'drone', 'crane') WHERE seq = 1", (), "quotes 'A drone"),
    ("UPDATE claims SET payload = replace(payload, 'A drone', 'A crane') WHERE seq = 1", (), "quotes 'A crane"),
    ("UPDATE claims SET country = 'XB' WHERE seq = 1", (), "listed otherwise than it reads"),
    ("UPDATE claims SET payload = replace(payload, '\"happening\":0', '\"happening\":7') WHERE seq = 1", (), "id was made of"),
    ("UPDATE documents SET title = 'Another' WHERE seq = 1", (), "listed otherwise than its outcome reads"),
    ("UPDATE faults SET sentence = 'all is well' WHERE seq = 1", (), "says something else than its id"),
    ("UPDATE decisions SET person = 'Eve' WHERE seq = 1", (), "listed otherwise than it reads"),
    ("UPDATE decisions SET person = 'Eve', value = replace(value, '\"Ann\"', '\"Eve\"') WHERE seq = 1", (), "id was made of"),
    ("UPDATE decisions SET recorded_at = '2001-01-01T00:00:00.000000Z' WHERE seq = 2", (), "before the row above it"),
    ("UPDATE outcomes SET payload = '{' WHERE seq = 1", (), "cannot be read at all"),
]


@pytest.mark.parametrize(("statement", "values", "says"), TAMPERED)
def test_a_changed_ledger_is_found_out(full, statement, values, says):
    """Each change is told in a sentence, however it was made."""
    tamper(full, (statement, values))
    found = list(verify(full))
    assert any(says in one for one in found), found
    assert all(one.endswith(".") for one in found)


@pytest.mark.parametrize(
    ("fresh", "verb"),
    [*(("sqlite", verb) for verb in SqliteStore.refused), *(("postgres", verb) for verb in PostgresStore.refused)],
    indirect=["fresh"],
)
def test_a_table_without_its_guard_is_told(full, verb):
    """A trigger that somebody took away is missed."""
    with stores.sql(full) as connection:
        connection.execute(f"DROP TRIGGER claims_no_{verb}" + (" ON claims" if full.startswith("postgresql:") else ""))
    assert list(verify(full)) == [f"The table claims no longer refuses {verb.upper()}: its trigger is gone."]


def test_what_is_no_file_is_wrong_use(tmp_path):
    """A path without a file is told, and a file of another kind is no bundle."""
    with pytest.raises(LedgerError, match="no such file"):
        list(verify(tmp_path / "none"))
    (tmp_path / "notes.txt").write_text("notes")
    (says,) = verify(tmp_path / "notes.txt")
    assert "cannot be read as a bundle" in says


def test_a_ledger_of_a_newer_version_is_told(full):
    """What this version does not know it does not vouch for."""
    with stores.sql(full) as connection:
        connection.execute("INSERT INTO migrations (recorded_at, number, name) VALUES ('2999-01-01', 99, 'later')")
    (says,) = verify(full)
    assert "cannot be opened" in says


def test_the_same_evidence_is_the_same_bytes(full, bundle, tmp_path):
    """Packed again, by anyone, a bundle is the same file."""
    again = tmp_path / "again.zip"
    with Reader(str(full)) as reader:
        claims = {claim.id for claim in reader.claims()}
        pack(again, members(reader, claims, {"exports/x.csv": b"a,b\r\n"}, reader.instant()), {"as_of": "now"})
    assert again.read_bytes() == bundle.read_bytes()


def test_a_bundle_holds_what_its_claims_stand_on(full, tmp_path):
    """Of one claim asked for come its text, its capture and the decisions on it, and nothing of other reports."""
    out = tmp_path / "some.zip"
    with Reader(str(full)) as reader:
        (claim, *_) = reader.claims()
        made = reader.decisions()
        pack(out, members(reader, {claim.id}, {}), {})
    with zipfile.ZipFile(out) as some:
        names = some.namelist()
        held = [json.loads(line)["id"] for line in some.read("decisions.jsonl").decode().splitlines()]
        assert json.loads(some.read("claims.jsonl"))["id"] == claim.id
    assert [name for name in names if name.startswith("documents/")] == [f"documents/{claim.document}.txt"]
    assert len([name for name in names if name.startswith("captures/")]) == 1
    assert held == [one.id for one in bearing(made, [claim])]
    assert list(verify(out)) == []


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_tampered_byte_anywhere_is_found(packed, data):
    """Whichever byte of a bundle is changed to whatever, it no longer verifies."""
    path, whole = packed
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[at]))
    path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
    assert list(verify(path)) != []


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_bytes_that_come_or_go_are_found(packed, data):
    """A bundle that was cut short or has bytes put into it no longer verifies."""
    path, whole = packed
    at = data.draw(st.integers(0, len(whole)))
    more = data.draw(st.binary(min_size=1, max_size=9))
    path.write_bytes(whole[:at] + more + whole[at:])
    assert list(verify(path)) != []
    path.write_bytes(whole[: min(at, len(whole) - 1)])
    assert list(verify(path)) != []


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Where a bundle may be written to, and the bytes of a whole one."""
    folder = tmp_path_factory.mktemp("packed")
    path = folder / "one.ledger"
    capture, made = outcome(1)
    with Writer(str(path)) as writer:
        writer.append(made, capture)
    with open_ledger(path) as ledger:
        ledger.decide(DecisionKind.ACCEPT, [made.claims[0].id], "Ann", "so")
    out = folder / "one.zip"
    incident = {"id": "i1", "claims": [claim.id for claim in made.claims]}
    with Reader(str(path)) as reader:
        ids = [claim.id for claim in made.claims]
        pack(out, members(reader, ids, {"incidents.jsonl": json.dumps(incident).encode()}), {"as_of": "now"})
    whole = out.read_bytes()
    assert list(verify(out)) == []
    return out, whole


def repack(bundle, change):
    """A bundle whose members were changed by somebody who knows how to close one."""
    with zipfile.ZipFile(bundle) as old:
        found = {name: old.read(name) for name in old.namelist() if name != MANIFEST}
    change(found)
    pack(bundle, sorted(found.items()), {"as_of": "now"})


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("documents/", b"drone", b"crane", "quotes 'A drone"),
        ("claims.jsonl", b"A drone", b"A crane", "quotes 'A crane"),
        ("decisions.jsonl", b'"Ann"', b'"Eve"', "is not the one that its id was made of"),
        ("captures/", b"drone", b"crane", "is not called by the hash of its bytes"),
    ],
)
def test_a_bundle_that_was_closed_again_does_not_hold_together(bundle, name, old, new, says):
    """Who makes a new manifest for changed evidence still leaves members that do not bear one another out."""

    def change(found):
        first = next(each for each in found if each.startswith(name) and old in found[each])
        found[first] = found[first].replace(old, new)

    repack(bundle, change)
    assert any(says in one for one in verify(bundle))


def test_incidents_of_a_bundle_stand_on_its_claims(bundle):
    """An incident whose claim is not there, and a claim in two incidents, are told."""
    rows = [{"id": "i1", "claims": ["cnone"]}, {"id": "i2", "claims": ["cnone"]}]
    repack(bundle, lambda found: found.update({"incidents.jsonl": "\n".join(map(json.dumps, rows)).encode()}))
    found = list(verify(bundle))
    assert "Incident i1 holds claim cnone, which is not in the bundle." in found
    assert "Claim cnone stands in two incidents, i1 and i2." in found


def test_a_member_that_is_not_listed_is_told(bundle):
    """What somebody adds to a bundle is no part of it."""
    with zipfile.ZipFile(bundle, "a") as more:
        more.writestr(zipfile.ZipInfo("exports/forged.csv", BEGINNING), b"1")
    found = list(verify(bundle))
    assert "The bundle holds exports/forged.csv, which its manifest does not list." in found


def test_a_member_bears_its_hash(bundle):
    """The manifest's hashes are those of the bytes, as anyone can work them out."""
    with zipfile.ZipFile(bundle) as held:
        for one in json.loads(held.read(MANIFEST))["members"]:
            assert hashlib.sha256(held.read(one["name"])).hexdigest() == one["sha256"]


def test_every_table_that_grows_is_looked_at(full):
    """No table is passed over when rows are counted."""
    for table in tables.GROWING:
        with stores.sql(full) as connection:
            assert connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] > 0, table.name
