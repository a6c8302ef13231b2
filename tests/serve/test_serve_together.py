"""Several people at once: nothing that was answered as recorded is lost, and nobody is shown an error."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx2
import pytest
import stores

from crossbearing.api import open_ledger
from crossbearing.run.local import RunOptions
from crossbearing.serve.guard import TOKEN_HEADER

ROOT = Path(__file__).parents[2]
PEOPLE = ("Ann Lee", "Bo Ray")


@pytest.fixture(params=stores.KINDS)
def held(request: pytest.FixtureRequest) -> str:
    """A ledger of the example reports in each database."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("ledger"))
    place: str = request.getfixturevalue("server").fresh()
    with open_ledger(place) as made:
        made.run([ROOT / "examples" / "reports"], RunOptions(workers=1))
    return place


@pytest.fixture
def address(held: str, tmp_path: Path) -> Iterator[str]:
    """A desk on the example reports, as a person starts it."""
    command = [sys.executable, "-m", "crossbearing", "serve", "--ledger", held, "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as process:
        assert process.stdout
        yield next(word for word in process.stdout.readline().split() if word.startswith("http")).rstrip("/")
        process.terminate()
        process.wait(timeout=20)


def work(address: str, number: int, until: float, recorded: list[tuple[str, str]], wrong: list[str]) -> None:
    """One client: looks, decides, looks again, undoes now and then, until its time is up."""
    dice, person = Random(number), PEOPLE[number % len(PEOPLE)]
    try:
        with httpx2.Client(base_url=address, timeout=60) as client:
            headers = {TOKEN_HEADER: client.get("/api/v1/token").json()["token"]}
            own: list[str] = []
            while time.monotonic() < until:
                listed = client.get("/api/v1/incidents", params={"rejected": "true", "background": "true", "limit": 200})
                one = dice.choice(listed.json()["items"])
                seen = {"claims": one["claims"], "because": f"client {number}", "person": person}
                kind = dice.choice(("accept", "unsure", "reject", "state", "undo"))
                if kind == "undo":
                    if not own:
                        continue
                    wish = {"kind": kind, "on": own.pop(), "because": "wrong", "person": person}
                else:
                    wish = {"kind": kind, **seen, **({"state": "in progress"} if kind == "state" else {})}
                made = client.post("/api/v1/decisions", json=wish, headers=headers)
                if made.status_code != 201:
                    wrong.append(f"{made.status_code}: {made.text}")
                    continue
                recorded.append((made.json()["id"], person))
                if kind != "undo":
                    own.append(made.json()["id"])
                for path in ("/", "/review", f"/incidents/{one['id']}"):
                    page = client.get(path)
                    if page.status_code not in (200, 404 if path.startswith("/incidents/") else 200):
                        wrong.append(f"{path}: {page.status_code}: {page.text[:300]}")
    except Exception as error:
        wrong.append(repr(error))


def together(address: str, ledger: str, clients: int, seconds: float) -> int:
    """So many clients at once for so long; returns how many decisions were recorded, all of which the ledger holds."""
    recorded: list[tuple[str, str]] = []
    wrong: list[str] = []
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=work, args=(address, n, until, recorded, wrong)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with open_ledger(ledger) as found:
        assert sorted((one.id, one.person) for one in found.decisions()) == sorted(recorded)
    listed = httpx2.get(f"{address}/api/v1/ledger").json()
    assert listed["claims"] > 40
    return len(recorded)


def test_two_people_decide_at_once(address: str, held: str) -> None:
    """Six clients of two people for three seconds: what was recorded is held, each under its name."""
    assert together(address, held, 6, 3) > 6


@pytest.mark.soak
def test_two_people_decide_at_once_for_a_minute(address: str, held: str) -> None:
    """Twenty clients of two people for a minute lose nothing and are shown no error."""
    assert together(address, held, 20, 60) > 100
