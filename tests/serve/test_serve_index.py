"""The index holds what the ledger holds, however it came there, and never touches it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crossbearing.api import open_ledger
from crossbearing.cli.held import Held
from crossbearing.ledger.tables import GROWING
from crossbearing.model.decision import DecisionKind
from crossbearing.run.local import RunOptions
from crossbearing.serve.desk import PAST, Desk
from crossbearing.serve.index import ENDING

TABLES = (
    ("incident", "incidents", "id"), ("claim", "claims", "id"), ("document", "documents", "id"), ("fault", "fault", "place"),
    ("decision", "decision", "place"),
)  # fmt: skip
"""A kind of record, where it lies, and in which order."""

LATER = """The Ridge Post
Published: 14 March 2024

A roadside bomb killed two Iraqi soldiers outside Mosul on Wednesday, the army said in a statement.
"""


def everything(desk: Desk) -> dict[str, list[object]]:
    """All records that the index holds, by kind, in the order of their ids."""
    with desk.asking() as held:
        return {
            kind: [json.loads(row[0]) for row in held.connection.execute(f"SELECT record FROM {table} ORDER BY {order}")]
            for kind, table, order in TABLES
        }


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that only grows."""
    with closing(sqlite3.connect(path)) as connection:
        return {table.name: connection.execute(f"SELECT * FROM {table.name}").fetchall() for table in GROWING}


def test_the_index_holds_the_records_that_the_commands_write(desk: Desk, ledger: Path) -> None:
    """Incidents, claims, documents and faults are, record by record, those that the commands write of the same ledger."""
    with open_ledger(ledger) as opened_ledger:
        held = Held(opened_ledger)
        meant = {
            "incident": sorted(held.incident_records(words=True), key=lambda one: one["id"]),
            "claim": sorted(held.claim_records(), key=lambda one: one["id"]),
            "document": sorted(held.document_records(), key=lambda one: one["id"]),
            "fault": list(held.fault_records()),
        }
    found = everything(desk)
    # Words of an incident stand in the order of its claims here, and in that of the recording there.
    for one in (*found["incident"], *meant["incident"]):
        for field in ("when", "where", "killed", "injured"):
            if one[field]:
                one[field]["stated"] = sorted(one[field]["stated"].split(" | "))
    assert {kind: found[kind] for kind in meant} == meant
    assert len(found["claim"]) > 40


def test_an_index_brought_up_step_by_step_is_one_made_at_once(
    desk: Desk, ledger: Path, tmp_path: Path, opened: Callable[[Path], Desk], copied: Callable[[Path, Path], Path]
) -> None:
    """After more reports, a merge, a correction and an undo the index is what a new one is."""
    incidents = everything(desk)["incident"]
    (tmp_path / "later.txt").write_text(LATER)
    with open_ledger(ledger) as held:
        held.run([tmp_path / "later.txt"], RunOptions(workers=1))
        desk.refresh()
        first, second = (one["claims"] for one in incidents[:2])
        held.decide(DecisionKind.SAME, first, "Ann Lee", "one raid", other=second)
        desk.refresh()
        made = held.decide(DecisionKind.REJECT, incidents[2]["claims"], "Ann Lee", "a drill")
        desk.refresh()
        held.decide(DecisionKind.UNDO, [made.id], "Ann Lee", "wrong one")
    desk.refresh()
    stepped = everything(desk)
    assert everything(opened(copied(ledger, tmp_path / "anew.ledger"))) == stepped
    assert len(stepped["incident"]) == len(incidents), "one came with the later report, and one went with the merge"
    assert [one["kind"] for one in stepped["decision"]] == ["same", "reject", "undo"]


def test_the_ledger_is_left_as_it_was(ledger: Path, opened: Callable[[Path], Desk]) -> None:
    """Laying a ledger out adds, changes and removes no row of a table that grows."""
    before = rows(ledger)
    opened(ledger)
    assert rows(ledger) == before


@pytest.mark.parametrize("harm", ["deleted", "garbage", "of another ledger"])
def test_an_index_that_cannot_be_used_is_made_again(
    harm: str, ledger: Path, tmp_path: Path, opened: Callable[[Path], Desk]
) -> None:
    """An index that was deleted, damaged, or made of another ledger of that name is made anew, without a word."""
    first = opened(ledger)
    meant = everything(first)
    first.index.close()
    beside = Path(f"{ledger}{ENDING}")
    for ending in ("-wal", "-shm"):
        Path(f"{beside}{ending}").unlink(missing_ok=True)
    if harm == "deleted":
        beside.unlink()
    elif harm == "garbage":
        beside.write_bytes(b"no database" * 1000)
    else:
        other = tmp_path / "other.ledger"
        open_ledger(other).close()
        shutil.copy(opened(other).index.path, beside)
    assert everything(opened(ledger)) == meant


def test_a_past_instant_is_answered_as_then(desk: Desk, ledger: Path, tmp_path: Path) -> None:
    """Asked as of an instant before more reports came, the index answers as it did then."""
    with open_ledger(ledger) as held:
        then, before = held.instant(), everything(desk)["incident"]
        (tmp_path / "later.txt").write_text(LATER)
        held.run([tmp_path / "later.txt"], RunOptions(workers=1))
    desk.refresh()
    assert everything(desk)["incident"] != before
    with desk.asking(then) as asked:
        found = [json.loads(row[0]) for row in asked.connection.execute("SELECT record FROM incidents ORDER BY id")]
    assert found == before


def test_only_a_few_past_instants_are_kept_at_hand(desk: Desk, ledger: Path) -> None:
    """However many past instants are asked for, each answers, and only the last few keep a file."""
    with open_ledger(ledger) as held:
        last = held.instant()
    for back in range(1, 9):
        with desk.asking(last - timedelta(microseconds=back)) as asked:
            assert asked.connection.execute("SELECT count(*) FROM claim").fetchone()[0] > 40
    assert len(desk._past) == PAST
    assert len(list(Path(desk._rooms.name).glob("*-wal"))) <= PAST


def test_who_asks_meanwhile_sees_one_state(desk: Desk, ledger: Path, tmp_path: Path) -> None:
    """A question that began before the index was brought up to date is answered from the state before."""
    (tmp_path / "later.txt").write_text(LATER)
    with desk.asking() as asked:
        before = asked.connection.execute("SELECT count(*) FROM claim").fetchone()[0]
        with open_ledger(ledger) as held:
            held.run([tmp_path / "later.txt"], RunOptions(workers=1))
        desk.refresh()
        assert asked.connection.execute("SELECT count(*) FROM claim").fetchone()[0] == before
    with desk.asking() as asked:
        assert asked.connection.execute("SELECT count(*) FROM claim").fetchone()[0] > before


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(
    ledger: Path, opened: Callable[[Path], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no file can be made beside the ledger, the index lies elsewhere and answers the same."""
    ours = Path(f"{ledger}{ENDING}")
    really = Path.open

    def refuse(self: Path, *given: object, **more: object) -> object:
        if self == ours:
            raise PermissionError(13, "Permission denied")
        return really(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    desk = opened(ledger)
    assert desk.index.path != ours
    assert everything(desk)["claim"]


def test_an_index_knows_whether_it_is_behind(desk: Desk, ledger: Path) -> None:
    """A decision puts the index behind until it is brought up to it."""
    assert not desk.index.behind()
    claim = everything(desk)["claim"][0]
    with open_ledger(ledger) as held:
        held.decide(DecisionKind.ACCEPT, [claim["id"]], "Ann Lee", "seen")  # type: ignore[index]
    assert desk.index.behind()
    desk.refresh()
    assert not desk.index.behind()
    with closing(sqlite3.connect(desk.index.path)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'link/0' WHERE name = 'step'")
    assert desk.index.behind(), "incidents are drawn otherwise since"
    desk.refresh()
    assert not desk.index.behind()
