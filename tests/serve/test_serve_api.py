"""The API: records as the commands write them, one state under one tag, sentences where something cannot be answered."""

from __future__ import annotations

import importlib.util
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from fastapi.testclient import TestClient

from crossbearing.api import open_ledger
from crossbearing.publish.records import schema
from crossbearing.serve.app import application
from crossbearing.serve.desk import Desk
from crossbearing.serve.guard import TOKEN_HEADER

ROOT = Path(__file__).parents[2]
PAGE = b"""Harbour Wire
Published: 12 March 2024

KIRKUK (Harbour Wire) - At least four people were killed when rockets hit a market in Kirkuk on Monday, police said.
"""


def waited(client: TestClient, upload: dict[str, object]) -> dict[str, object]:
    """An upload once it is over."""
    until = time.monotonic() + 90
    while not upload["over"]:
        assert time.monotonic() < until, upload
        time.sleep(0.1)
        upload = client.get(f"/api/v1/uploads/{upload['id']}").json()
    return upload


@pytest.mark.parametrize("table", ["incident", "claim", "document"])
def test_lists_hold_records_of_their_schema(client: TestClient, table: str) -> None:
    """Each item of a list is a record as its schema says, and is found by its id."""
    answer = client.get(f"/api/v1/{table}s", params={"limit": 100, "background": "true"}).json()
    assert answer["total"] == len(answer["items"]) > 10
    for one in answer["items"]:
        jsonschema.validate(one, schema(f"crossbearing.{table}/1"))
        assert client.get(f"/api/v1/{table}s/{one['id']}").json() == one


def test_every_address_of_the_description_answers(client: TestClient) -> None:
    """Each address to read that OpenAPI describes answers, and its example is of the schema that it gives."""
    described = client.get("/api/v1/openapi.json").json()
    ids = {name: client.get(f"/api/v1/{name}s").json()["items"][0]["id"] for name in ("incident", "claim", "document")}
    filled = {**ids, "book": "ucdp", "form": "csv"}
    read = {path: verbs["get"] for path, verbs in described["paths"].items() if "get" in verbs and "{key}" not in path}
    assert len(read) > 20
    for path, one in read.items():
        assert client.get(path.format(**filled)).status_code == 200, path
        held = one["responses"]["200"].get("content", {}).get("application/json", {})
        if "example" in held and held["schema"].get("properties"):
            jsonschema.validate(held["example"], held["schema"])


def test_one_state_has_one_tag(client: TestClient, desk: Desk) -> None:
    """What has not changed is not sent again; a decision changes the tag."""
    first = client.get("/api/v1/incidents")
    again = client.get("/api/v1/incidents", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    incident = first.json()["items"][0]["id"]
    made = client.post("/api/v1/decisions", json={"kind": "accept", "on": incident, "person": "Ann Lee", "because": "seen"})
    assert made.status_code == 201, made.text
    later = client.get("/api/v1/incidents", headers={"If-None-Match": first.headers["etag"]})
    assert later.status_code == 200
    assert later.headers["etag"] != first.headers["etag"]
    then = client.get("/api/v1/incidents", params={"as_of": first.headers["x-crossbearing-instant"]})
    assert then.json() == first.json()


def test_spans_are_of_the_text_that_they_come_with(client: TestClient) -> None:
    """Each span that something stands on lies in the document's text, and a claim's own is its quote."""
    quotes = {one["id"]: one["quote"] for one in client.get("/api/v1/claims", params={"limit": 500}).json()["items"]}
    seen = 0
    for one in client.get("/api/v1/documents", params={"became": "read"}).json()["items"]:
        found = client.get(f"/api/v1/documents/{one['id']}/spans").json()
        for span in found["spans"]:
            words = found["text"][span["start"] : span["end"]]
            assert words
            if span["kind"] == "claim" and span["claim"] in quotes:
                assert words == quotes[span["claim"]]
                seen += 1
    assert seen == len(quotes)


def test_map_and_time_line_count_the_same_incidents(client: TestClient) -> None:
    """Areas and those without a point are all the incidents of a question; a time line's sure ones are among its possible."""
    for asked in ({}, {"country": "UA"}, {"kind": "drone", "background": "true"}):
        total = client.get("/api/v1/incidents", params=asked).json()["total"]
        found = client.get("/api/v1/map", params=asked).json()
        assert len(found["areas"]) + found["unplaced"] == found["total"] == total
        bars = client.get("/api/v1/timeline", params=asked).json()["items"]
        assert all(bar["surely"] <= bar["possibly"] for bar in bars)
        assert sum(bar["surely"] for bar in bars) <= total <= sum(bar["possibly"] for bar in bars)


def test_a_crowded_map_counts_by_cells(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many areas to draw, each lies in just one cell."""
    from crossbearing.serve import views

    monkeypatch.setattr(views, "MOST_AREAS", 3)
    found = client.get("/api/v1/map").json()
    assert found["areas"] == []
    assert sum(cell[4] for cell in found["cells"]) == found["total"] - found["unplaced"]
    boxed = client.get("/api/v1/map", params={"box": "20,0,60,60", "source": "a"}).json()
    assert sum(cell[4] for cell in boxed["cells"]) == boxed["total"] - boxed["unplaced"]


def test_search_marks_what_was_looked_for(client: TestClient) -> None:
    """A search finds claims and documents, with the words found between marks."""
    found = client.get("/api/v1/search", params={"q": "depot"}).json()
    assert found["claims"]
    assert all("⟦depot⟧" in one["words"].lower() for one in found["claims"] if "depot" in one["claim"]["quote"].lower())
    assert any("⟦" in one["words"] for one in found["documents"])


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/api/v1/incidents/i0", 404, "no incident of this ledger has that id"),
        ("/api/v1/incidents?since=soon", 422, "since"),
        ("/api/v1/incidents?box=9", 422, "west,south,east,north"),
        ("/api/v1/incidents?as_of=then", 422, "write it as 2024-01-18"),
        ("/api/v1/incidents?cursor=xyz", 422, "no page of this list begins there"),
        ("/api/v1/export/gdelt9.csv", 404, "no such code book"),
        ("/api/v1/uploads/none", 404, "no upload"),
        ("/api/v1/nothing", 404, ""),
        ("/nothing", 404, ""),
        ("/incidents/i0", 404, "no incident of this ledger has that id"),
    ],
)
def test_what_cannot_be_answered_is_told(client: TestClient, address: str, status: int, says: str) -> None:
    """A wrong question is answered by its status and a sentence."""
    answer = client.get(address)
    assert answer.status_code == status
    assert says in answer.text


def test_what_is_handed_in_is_read_by_another_process(tmp_path: Path, opened: Callable[[Path], Desk]) -> None:
    """A file that is handed in to an empty ledger is put beside it, run into it, and becomes an incident."""
    desk = opened(tmp_path / "new.ledger")
    client = TestClient(application(desk, ["testserver"]), headers={TOKEN_HEADER: desk.token})
    answer = client.post("/api/v1/uploads", files=[("files", ("pages/../../kirkuk.txt", PAGE, "text/plain"))])
    assert answer.status_code == 202
    upload = waited(client, client.get(answer.headers["location"]).json())
    assert upload["state"] == "done", upload
    assert "1 new and 0 known captures" in upload["says"][0]
    (incident,) = client.get("/api/v1/incidents").json()["items"]
    assert incident["where"]["name"] == "Kirkuk"
    (document,) = client.get("/api/v1/documents").json()["items"]
    assert document["file"] == f"new.ledger-uploads/{upload['id']}/pages/kirkuk.txt"
    again = client.post("/api/v1/uploads", files=[("files", ("kirkuk.txt", PAGE, "text/plain"))]).json()
    assert "Nothing is new" in waited(client, again)["says"][0]


def test_nothing_handed_in_is_told(client: TestClient) -> None:
    """A form without a file, and a request without the token, are refused, and nothing is put down."""
    assert client.post("/api/v1/uploads", files=[("other", ("a.txt", b"x", "text/plain"))]).status_code == 422
    one = [("files", ("a.txt", b"x", "text/plain"))]
    refused = client.post("/api/v1/uploads", files=one, headers={TOKEN_HEADER: "guess"})
    assert refused.status_code == 403
    assert client.get("/api/v1/uploads").json() == {"items": []}


def test_decisions_are_recorded_listed_and_undone(client: TestClient, ledger: Path) -> None:
    """A correction shows in the incident and in the list of decisions; its undo brings back what stood."""
    before = client.get("/api/v1/incidents", params={"country": "RU"}).json()["items"][0]
    wish = {
        "kind": "set", "on": before["id"], "field": "killed", "value": "3+", "note": "the mayor by telephone",
        "because": "a later toll", "person": "Ann Lee",
    }  # fmt: skip
    made = client.post("/api/v1/decisions", json=wish)
    assert made.status_code == 201, made.text
    after = client.get(f"/api/v1/incidents/{before['id']}").json()
    assert after["killed"]["low"] == 3
    assert after["review"]["set"][0]["person"] == "Ann Lee"
    undo = {"kind": "undo", "on": made.json()["id"], "because": "wrong incident", "person": "Ann Lee"}
    assert client.post("/api/v1/decisions", json=undo).status_code == 201
    assert client.get(f"/api/v1/incidents/{before['id']}").json()["killed"] == before["killed"]
    kinds = [one["kind"] for one in client.get("/api/v1/decisions", params={"person": "Ann Lee"}).json()["items"]]
    assert kinds == ["set", "undo"]
    changes = client.get("/api/v1/changes", params={"limit": 5000}).json()["items"]
    assert [one["of"] for one in changes].count("decision") == 2
    with open_ledger(ledger) as held:
        assert [one.person for one in held.decisions()] == ["Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"kind": "accept", "on": "i0", "because": "x", "person": "A"}, "no incident or claim"),
        ({"kind": "accept", "on": "@", "because": "", "person": "A"}, "why"),
        ({"kind": "accept", "on": "@", "because": "x"}, "who decided"),
        ({"kind": "set", "on": "@", "field": "where", "value": "Nowhere at all", "because": "x", "person": "A"}, "no place"),
        ({"kind": "set", "on": "@", "field": "killed", "value": "3", "because": "x", "person": "A"}, "stands on"),
        ({"kind": "set", "on": "@", "field": "killed", "value": "3", "spans": "d1:5-2", "because": "x", "person": "A"}, "span"),
        ({"kind": "same", "on": "@", "because": "x", "person": "A"}, "two sides"),
        ({"kind": "different", "on": "@", "out": "c0", "because": "x", "person": "A"}, "no claim of it"),
        ({"kind": "praise", "on": "@", "because": "x", "person": "A"}, "kind"),
        ({"kind": "accept", "on": "@", "because": "x", "person": "A", "more": 1}, "more"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(client: TestClient, wish: dict[str, object], says: str) -> None:
    """A decision that lacks what it needs, or names what is not held, is refused with the reason, and nothing is recorded."""
    incident = client.get("/api/v1/incidents").json()["items"][0]["id"]
    answer = client.post("/api/v1/decisions", json={name: incident if value == "@" else value for name, value in wish.items()})
    assert answer.status_code == 422
    assert says in answer.json()["error"]
    assert client.get("/api/v1/decisions").json()["items"] == []


def test_a_split_parts_the_claims_named(client: TestClient) -> None:
    """A split takes the named claims out of an incident, and the rest stay together."""
    whole = max(client.get("/api/v1/incidents").json()["items"], key=lambda one: len(one["reports"]))
    gone = client.get(f"/api/v1/incidents/{whole['id']}/claims").json()["items"][-1]["id"]
    wish = {"kind": "different", "on": whole["id"], "out": gone, "because": "the second raid", "person": "Ann Lee"}
    assert client.post("/api/v1/decisions", json=wish).status_code == 201
    homes = {client.get(f"/api/v1/claims/{claim}").json()["incident"] for claim in whole["claims"] if claim != gone}
    assert len(homes) == 1
    assert client.get(f"/api/v1/claims/{gone}").json()["incident"] not in homes


def test_what_is_rejected_leaves_the_lists(client: TestClient) -> None:
    """A rejected incident and its claims are in no list, no map and no file unless asked for, and stay in the ledger."""
    one = client.get("/api/v1/incidents").json()["items"][0]
    client.post("/api/v1/decisions", json={"kind": "reject", "on": one["id"], "because": "a drill", "person": "Ann Lee"})
    assert one["id"] not in client.get("/api/v1/incidents").text
    assert one["id"] not in client.get("/api/v1/map").text
    assert one["id"] not in client.get("/api/v1/export/incidents.jsonl").text
    assert one["claims"][0] not in {claim["id"] for claim in client.get("/api/v1/claims?limit=500").json()["items"]}
    assert one["id"] in client.get("/api/v1/incidents?rejected=true").text
    assert client.get(f"/api/v1/incidents/{one['id']}").json()["review"]["verdict"] == "reject"


def test_the_queue_begins_with_what_gains_the_most(client: TestClient) -> None:
    """What waits is ordered by gain, each with its reasons, and what is decided waits no more."""
    waiting = client.get("/api/v1/queue").json()
    gains = [one["gain"] for one in waiting["items"]]
    assert gains == sorted(gains, reverse=True)
    assert all(one["why"] for one in waiting["items"])
    first = waiting["items"][0]["incident"]
    client.post("/api/v1/decisions", json={"kind": "accept", "on": first, "because": "seen", "person": "Ann Lee"})
    assert first not in {one["incident"] for one in client.get("/api/v1/queue").json()["items"]}


def test_a_closed_round_shows_nothing(client: TestClient) -> None:
    """Decisions of a blind round are listed to nobody and change nothing until an editor opens it."""
    one = client.get("/api/v1/incidents").json()["items"][0]
    wish = {"kind": "reject", "on": one["id"], "because": "a drill", "person": "Ann Lee", "round": "week-1"}
    assert client.post("/api/v1/decisions", json=wish).status_code == 201
    listed = client.get("/api/v1/decisions").json()
    assert listed["items"] == []
    assert listed["left_out"] == {"closed rounds": 1}
    made = [change["says"] for change in client.get("/api/v1/changes?limit=5000").json()["items"] if change["of"] == "decision"]
    assert made == ["a decision of the blind round week-1"]
    assert one["id"] in client.get("/api/v1/incidents").text


def test_an_export_is_the_same_bytes_again(client: TestClient) -> None:
    """The same state gives the same bytes, as held and by each code book, now and asked for by its instant."""
    instant = client.get("/api/v1/ledger").json()["instant"]
    for name in (
        "incidents.csv",
        "claims.jsonl",
        "incidents.geojson",
        "ucdp.zip",
        "acled.csv",
        "airwars.zip",
        "gdelt.tsv",
        "timemap.json",
        "incidents.jsonld",
    ):
        first = client.get(f"/api/v1/export/{name}").content
        assert first
        assert client.get(f"/api/v1/export/{name}", params={"as_of": instant}).content == first
    with zipfile.ZipFile(io.BytesIO(client.get("/api/v1/export/ucdp.zip").content)) as archive:
        reasons = archive.read("ucdp.why.jsonl").decode().splitlines()
    assert json.loads(reasons[0])["book"] == "ucdp"
    assert client.get("/api/v1/export/ucdp.csv?round=11").status_code == 422


def test_a_spreadsheet_holds_the_incidents_asked_for(client: TestClient) -> None:
    """The spreadsheet holds the incidents of a question with their claims; where it cannot be written, it says what it takes."""
    found = client.get("/api/v1/export/incidents.xlsx", params={"country": "SD"})
    if importlib.util.find_spec("xlsxwriter") is None:
        assert found.status_code == 404
        assert "XlsxWriter" in found.json()["error"]
        return
    with zipfile.ZipFile(io.BytesIO(found.content)) as book:
        held = book.read("xl/sharedStrings.xml").decode()
    assert "El Fasher" in held
    assert "Izmayil" not in held
