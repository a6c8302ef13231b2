"""How long each list, the map, the time line and the pages take to answer on a large ledger, and how large its index is.

    python benchmarks/serving.py [--claims N] [--times N] [--ledger FILE]

The ledger is made of the invented claims of `linking.py`; each document's text holds its claims' sentences, so that full-text
search has words to search. Requests go through the whole application (guard, routing, templates), one after another, in this
process: what is left out is the network and the browser. Milliseconds are of the wall clock; the slowest of each is what a
person waits for.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from fastapi.testclient import TestClient
from linking import made_ledger

from crossbearing.errors import LedgerError
from crossbearing.ledger.reader import Reader
from crossbearing.ledger.writer import Writer
from crossbearing.link.incidents import STEP, draw
from crossbearing.model.claim import Claim
from crossbearing.model.incident import Drawing
from crossbearing.model.outcome import Dating, Outcome
from crossbearing.model.provenance import Because
from crossbearing.model.text import Capture, Document, Media, Span
from crossbearing.model.when import Interval
from crossbearing.run.drawing import drawn
from crossbearing.serve.app import application
from crossbearing.serve.desk import Desk
from crossbearing.serve.guard import TOKEN_HEADER

AT_ONCE = 1500
"""Claims that are linked with one another: those of about ten days."""

ASKED = (
    "/api/v1/incidents",
    "/api/v1/incidents?limit=500",
    "/api/v1/incidents?sort=-killed",
    "/api/v1/incidents?since=2021-06-01&until=2021-06-30",
    "/api/v1/incidents?box=-10,-10,30,30",
    "/api/v1/incidents?party=rebel",
    "/api/v1/incidents?source=outlet+7",
    "/api/v1/incidents?kind=drone&status=happened&country=XA",
    "/api/v1/incidents?q=depot+river",
    "/api/v1/incidents?grade=contested",
    "/api/v1/incidents?grade=likely&graded=killed&party=rebel",
    "/api/v1/claims",
    "/api/v1/claims?limit=500&sort=-day",
    "/api/v1/claims?party=militia&q=smoke",
    "/api/v1/documents",
    "/api/v1/documents?q=depot",
    "/api/v1/queue",
    "/api/v1/decisions",
    "/api/v1/faults",
    "/api/v1/map",
    "/api/v1/map?box=-10,-10,30,30",
    "/api/v1/timeline",
    "/api/v1/search?q=quarter+smoke",
    "/api/v1/ledger",
    "/",
    "/?party=rebel&q=depot",
    "/?grade=single+source&graded=where&kind=drone&source=outlet+7",
    "/review",
    "/documents",
)


def outcomes(claims: Sequence[Claim]) -> Iterator[tuple[Outcome, Capture]]:
    """Made claims as outcomes of made captures, document by document."""
    by_document = sorted(claims, key=lambda one: one.document)
    for name, told in groupby(by_document, key=lambda one: one.document):
        yield _outcome(name, list(told))


def _outcome(name: str, told: Sequence[Claim]) -> tuple[Outcome, Capture]:
    text, kept = f"{name}\n", []
    for claim in told:
        span = Span(len(text), len(text) + len(claim.quote))
        text += claim.quote + "\n"
        kept.append(replace(claim, span=span, report=f"made/{name}.txt", file=f"made/{name}.txt"))
    file, sha256 = f"made/{name}.txt", hashlib.sha256(text.encode()).hexdigest()
    capture = Capture(text.encode(), sha256, file, file, Media.SCRAPE)
    document = Document(name, capture.sha256, capture.report, capture.file, text)
    days = next((claim.when.value for claim in kept if claim.when), Interval(None, None))
    dating = Dating(days, (Because((Span(0, 4),), "made"),))
    return Outcome(capture.sha256, ("made/1",), document=document, dating=dating, claims=tuple(kept)), capture


def make(path: str, many: int) -> None:
    """A ledger of so many claims at a path or an address."""
    with Writer(path) as writer:
        for outcome, capture in outcomes(made_ledger(many)):
            stored = writer.append(outcome, capture)
            if stored.fault:
                raise SystemExit(stored.fault.sentence)


def keep_drawing(path: str, whole: bool) -> None:
    """Keep a drawing where none is kept, of some days at a time or of all: the latter takes minutes."""
    with Reader(path) as reader, Writer(path) as writer:
        key = reader.view_key(STEP.id, reader.instant())
        if reader.keeps(key):
            return
        if whole:
            writer.keep_view(key, drawn(reader, reader.instant()).drawing)
            return
        claims = sorted(reader.claims(), key=lambda one: one.document)
        parts = [draw(claims[start : start + AT_ONCE]) for start in range(0, len(claims), AT_ONCE)]
        writer.keep_view(key, Drawing(tuple(incident for part in parts for incident in part.incidents)))


def merged(client: TestClient, token: str, incident: dict[str, Any]) -> tuple[float, int]:
    """Seconds from pressing "same" on an incident's page to a page on which both stand, and of how many claims that is."""
    key = incident["id"]
    days = {"since": incident["when"]["earliest"], "until": incident["when"]["latest"]} if incident["when"] else {}
    found = client.get("/api/v1/incidents", params={**days, "limit": 500}).json()["items"]
    (other, *_) = (one for one in found if one["id"] != key)
    form = {"token": token, "kind": "same", "on": key, "claims": " ".join(incident["claims"]), "other": other["id"],
            "person": "Benchmark", "because": "measured"}  # fmt: skip
    began = time.perf_counter()
    answer = client.post(f"/incidents/{key}", data=form, follow_redirects=True)
    answer.raise_for_status()
    took = time.perf_counter() - began
    while True:
        homes = {client.get(f"/api/v1/claims/{one['claims'][0]}").json()["incident"] for one in (incident, other)}
        if len(homes) == 1:
            return took, len(client.get(f"/api/v1/incidents/{homes.pop()}").json()["claims"])
        time.sleep(0.05)  # the page said that it goes on
        took = time.perf_counter() - began


def main(arguments: Sequence[str]) -> None:
    """Make the ledger, lay it out, ask."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--whole", action="store_true", help="draw all incidents together first, and measure merges")
    parser.add_argument("--ledger", help="keep it here, at a path or an address, and take it from here where it is")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as room:
        path = given.ledger or str(Path(room) / "made.ledger")
        try:
            Reader(path).close()
        except LedgerError:
            began = time.perf_counter()
            make(path, given.claims)
            print(f"made {given.claims} claims in {time.perf_counter() - began:.0f} s", flush=True)
        measure(path, given.times, given.whole)


def measure(path: str, times: int, whole: bool) -> None:
    """Print how long each question takes."""
    keep_drawing(path, whole)
    desk = Desk(path)
    began = time.perf_counter()
    desk.refresh()
    size = desk.index.path.stat().st_size >> 20
    took = time.perf_counter() - began
    print(f"laid out in {took:.1f} s; the index takes {size} MiB", flush=True)
    client = TestClient(application(desk, ["testserver"]))
    print(json.dumps(client.get("/api/v1/ledger").json()))
    print(f"{'median ms':>10} {'slowest ms':>10} {'KiB':>7}")
    for address in ASKED:
        took = []
        for _ in range(times):
            began = time.perf_counter()
            answer = client.get(address)
            took.append(1000 * (time.perf_counter() - began))
            answer.raise_for_status()
        print(f"{median(took):10.1f} {max(took):10.1f} {len(answer.content) / 1024:7.0f}  {address}", flush=True)
    for n in range(2):
        one = client.get("/api/v1/incidents?limit=2").json()["items"][n]["id"]
        wish = {"kind": "accept", "on": one, "because": "measured", "person": "Benchmark"}
        began = time.perf_counter()
        client.post("/api/v1/decisions", json=wish, headers={TOKEN_HEADER: desk.token}).raise_for_status()
        print(f"{time.perf_counter() - began:8.1f} s until a verdict is seen in every list", flush=True)
    most = client.get("/api/v1/incidents?sort=-reports&limit=1").json()["items"][0]
    began = time.perf_counter()
    client.get(f"/incidents/{most['id']}").raise_for_status()
    print(f"{time.perf_counter() - began:8.2f} s for the page of an incident of {len(most['claims'])} claims", flush=True)
    if whole:
        desk.start()
        for address in ("/api/v1/incidents?limit=3&sort=day", "/api/v1/incidents?limit=3&sort=-reports"):
            for n in range(3):
                took, claims = merged(client, desk.token, client.get(address).json()["items"][n])
                print(f"{took:8.2f} s from pressing same to the page, of {claims} claims now", flush=True)
    desk.close()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(sys.argv[1:])
