"""The same reports and decisions make the same ledger in either database: row for row, answer for answer, byte for byte."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import stores
from decided import outcome
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import crossbearing.api
from crossbearing.api import Ledger, open_ledger
from crossbearing.cli import app
from crossbearing.cli.held import Held
from crossbearing.ledger import Reader, Writer, address_of, tables
from crossbearing.ledger.bundle import members
from crossbearing.ledger.verify import verify
from crossbearing.model.decision import DecisionKind
from crossbearing.publish.export import BOOKS
from crossbearing.publish.tabular import csv_lines, json_lines
from crossbearing.run.local import RunOptions
from crossbearing.serve.app import application
from crossbearing.serve.desk import Desk

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
PAGE = b"Shells fell on a market in Kutum on 5 November 2024. At least 12 people were killed, doctors told the Coast Wire.\n"


class Stopped(datetime):
    """A clock that stands still, so that instants rise by a microsecond with each transaction, and two runs have the same."""

    @classmethod
    def now(cls, tz: Any = None) -> Stopped:
        return cls(2025, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def two(server: stores.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A ledger in a file and one on the server: the same examples run into both, and the same decided."""
    both = str(tmp_path_factory.mktemp("two") / "week.ledger"), server.fresh()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "datetime", Stopped)
        patch.setattr(crossbearing.api, "datetime", Stopped)
        for place in both:
            with open_ledger(place) as ledger:
                ledger.run([EXAMPLES], RunOptions(workers=1))
                first, second, third, *_ = ledger.incidents()
                ledger.decide(DecisionKind.SAME, first.claims, "Ann", "one raid", other=second.claims)
                ledger.decide(DecisionKind.ACCEPT, third.claims, "Bob", "so")
                made = ledger.decide(DecisionKind.SET, third.claims, "Ann", "so", field="weapons", value=("x",), note="a call")
                ledger.decide(DecisionKind.UNDO, [made.id], "Ann", "a slip")
                with Writer(place) as writer:
                    capture, read = outcome(1)
                    writer.append(read, capture)
        yield both


def rows(place: str, table: str) -> list[tuple[object, ...]]:
    with stores.sql(place) as connection:
        return [tuple(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY seq").fetchall()]


@pytest.mark.parametrize("table", [table.name for table in tables.GROWING if table is not tables.runs])
def test_every_row_is_the_same(two: tuple[str, str], table: str) -> None:
    """Numbers, instants, ids and payloads; of the runs only what they took, and where, differs."""
    held = [rows(place, table) for place in two]
    assert held[0] == held[1]
    assert held[0] or table == "faults"


def answers(ledger: Ledger, place: str, instant: datetime) -> dict[str, object]:
    """All that leaves a ledger as it stood at an instant."""
    held = Held(ledger, instant)
    incidents, claims = list(held.incident_records(words=True)), list(held.claim_records())
    with Reader(place) as reader:
        bundled = list(members(reader, {one["id"] for one in claims}, {}, instant))
    return {
        "incidents": "".join((*json_lines(incidents), *csv_lines(incidents, "crossbearing.incident/1"))),
        "claims": "".join((*json_lines(claims), *csv_lines(claims, "crossbearing.claim/1"))),
        "documents": "".join(json_lines(held.document_records())),
        "judgements": ledger.judgements(instant),
        "recorded": [one for one in ledger.recorded(until=instant) if one.of != "run"],
        "bundle": bundled,
    }


def test_every_instant_answers_the_same(two: tuple[str, str]) -> None:
    """As of every seventh instant of the past and of now: the records, the bundle, what was recorded, byte for byte."""
    stamps = sorted({row[1] for table in tables.GROWING for row in rows(two[0], table.name)})
    instants = [datetime.fromisoformat(str(one)) for one in (*stamps[::7], stamps[-1])]
    assert len(instants) > 5
    with open_ledger(two[0]) as one, open_ledger(two[1]) as other:
        assert one.instant() == other.instant() == instants[-1]
        for instant in instants:
            assert answers(one, two[0], instant) == answers(other, two[1], instant)


@pytest.mark.parametrize("book", sorted(BOOKS))
def test_every_code_book_is_the_same(two: tuple[str, str], book: str) -> None:
    """An export is the same file out of either, with the same reasons beside it."""
    with open_ledger(two[0]) as one, open_ledger(two[1]) as other:
        assert one.export(book) == other.export(book)


def test_both_verify(two: tuple[str, str]) -> None:
    """Nothing is wrong with either, and reading the captures anew gives what is held."""
    assert [list(verify(place)) for place in two] == [[], []]
    said = [CliRunner().invoke(app, ["verify", place, "--again"]) for place in two]
    assert [one.exit_code for one in said] == [0, 0]
    assert [one.stdout for one in said] == [f"{address_of(place).shown}: all holds.\n" for place in two]
    assert said[0].stderr == said[1].stderr


COMMANDS = (
    "incidents", "incidents --format geojson", "claims --format csv", "documents", "faults", "show {incident}",
    "explain {incident} when", "lineage {incident}", "contradictions", "coverage", "pairs {incident}", "queue", "decisions",
    "agreement", "export --format ucdp --out {out}/x.csv", "compare-codebooks ucdp acled", "bundle {out}/x.zip",
    "incidents --as-of 2025-01-02T00:00:00.000030Z", "link", "run {examples}", "decide accept {incident} --because so --as Eve",
    "incidents --verified",
)  # fmt: skip


def test_every_command_says_the_same(two: tuple[str, str], tmp_path: Path) -> None:
    """What takes a ledger's file takes its address, and answers alike; only where it is differs, and how long it took."""
    with open_ledger(two[0]) as ledger:
        incident = ledger.incidents()[3].id
    given = {"incident": incident, "out": tmp_path, "examples": EXAMPLES}
    for command in COMMANDS:
        said = []
        for place in two:
            found = CliRunner().invoke(app, [*command.format(**given).split(), "--ledger", place], env={"COLUMNS": "200"})
            assert found.exit_code == 0, (command, found.output)
            files = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
            said.append((re.sub(r"in \d+\.\d s", "", found.output.replace(address_of(place).shown, "LEDGER")), files))
        assert said[0] == said[1], command


LISTS = (
    "incidents", "claims", "documents", "incidents?q=drone", "claims?q=%22fuel+depot%22", "claims?q=interc*", "search?q=hospital",
    "incidents?sort=-killed&since=2024-11-05", "queue", "coverage", "faults", "decisions", "map", "timeline",
)  # fmt: skip


def test_the_desk_answers_the_same(two: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, search and views are the same of both, now and as of an instant."""
    monkeypatch.chdir(tmp_path)
    said = []
    for place in two:
        desk = Desk(place)
        desk.refresh()
        client = TestClient(application(desk, ["testserver"]))
        asked = [f"/api/v1/{one}" for one in LISTS]
        asked += [f"{one}{'&' if '?' in one else '?'}as_of=2025-01-02T00:00:00.000030Z" for one in asked]
        got = {one: client.get(one) for one in asked}
        desk.close()
        assert {one: answer.status_code for one, answer in got.items()} == dict.fromkeys(asked, 200)
        said.append({one: answer.json() for one, answer in got.items()})
    assert said[0] == said[1]


def test_the_desk_tells_no_password(server: stores.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a page, nor a file beside the ledger, nor the ledger itself holds it."""
    monkeypatch.chdir(tmp_path)
    place = server.fresh().replace(f"{stores.OWNER}@", f"{stores.OWNER}:hidden-word@")
    page = tmp_path / "kutum.txt"
    page.write_bytes(PAGE)
    with open_ledger(place) as ledger:
        ledger.run([page], RunOptions(workers=1))
    desk = Desk(place)
    desk.refresh()
    client = TestClient(application(desk, ["testserver"]))
    asked = ("/", "/documents", "/faults", "/export", "/review", "/none", "/api/v1/ledger", "/api/v1/openapi.json")
    pages = [client.get(one).text for one in asked]
    desk.close()
    assert address_of(place).name in pages[0]
    assert not [page for page in pages if "hidden-word" in page]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"hidden-word" in path.read_bytes()]
    assert not [row for table in tables.GROWING for row in rows(place, table.name) if "hidden-word" in repr(row)]


def test_what_is_handed_in_runs_into_it(fresh: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload is run into the ledger wherever it is, by another process, and lies beside it or in the working folder;
    what it says of it holds no password."""
    monkeypatch.chdir(tmp_path)
    place = fresh().replace(f"{stores.OWNER}@", f"{stores.OWNER}:hidden-word@")
    desk = Desk(place)
    upload = desk.uploads.take([("kutum.txt", io.BytesIO(PAGE))])
    desk.uploads._waiting.put(None)
    assert desk.uploads._thread is not None
    desk.uploads._thread.join(120)
    told = desk.uploads.get(upload.id)
    assert told is not None
    assert told.state == "done", told
    assert "hidden-word" not in repr(told)
    (document,) = desk.reader.documents()
    assert document.file == f"{address_of(place).beside.name}-uploads/{upload.id}/kutum.txt"
    assert (tmp_path / document.file).is_file()
    desk.close()
