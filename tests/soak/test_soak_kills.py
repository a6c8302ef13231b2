"""Killed at any moment, however often, a run ends with the ledger of an undisturbed one."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import stores
from made_reports import write_reports

from crossbearing.api import open_ledger
from crossbearing.ledger.verify import verify

# Says when it is about to run: a kill while Python loads its modules shows nothing.
RUN = """
import sys
import crossbearing.pipeline
from crossbearing.api import open_ledger
from crossbearing.ledger.verify import verify
from crossbearing.run.local import RunOptions
if __name__ == "__main__":
    with open_ledger(sys.argv[2]) as ledger:
        print("now", flush=True)
        print(ledger.run([sys.argv[1]], RunOptions(workers=int(sys.argv[3]))))
"""


def start(folder: Path, ledger: str, workers: int) -> subprocess.Popen:
    command = [sys.executable, "-c", RUN, str(folder), ledger, str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    return process


def dump(ledger: str) -> dict[str, object]:
    """All that the ledger says, without when it was recorded."""
    with open_ledger(ledger, create=False) as held:
        return {
            "outcomes": [repr(each) for each in held.outcomes()],
            "claims": [repr(each) for each in held.claims()],
            "documents": [repr(each) for each in held.documents()],
            "faults": sorted(repr(each) for each in held.faults()),
            "incidents": [repr(each) for each in held.incidents()],
            "counts": {name: many for name, many in held.counts().items() if name != "runs"},
        }


def check_whole(ledger: str, folder: Path) -> None:
    """No capture is lost, none is held twice, and all holds that can be checked."""
    with open_ledger(ledger, create=False) as held:
        given = Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir())
        for sha256 in {outcome.capture for outcome in held.outcomes()}:
            capture = held.capture(sha256)
            assert hashlib.sha256(capture.content).hexdigest() == sha256
            assert len(held.locations(sha256)) == given[sha256]
    assert list(verify(ledger)) == []
    with stores.sql(ledger) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT sha256) FROM captures").fetchone()[0] > 0
        for table, key in (("captures", "sha256"), ("locations", "id"), ("outcomes", "capture || steps"), ("faults", "says")):
            many, distinct = connection.execute(f"SELECT count(*), count(DISTINCT {key}) FROM {table}").fetchone()
            assert many == distinct, table


def trial(tmp_path: Path, fresh: Callable[[], str], kills: int, reports: int, seed: int) -> None:
    """Kill a run so many times at random moments, starting again from an empty ledger whenever one was finished."""
    folder, calm = tmp_path / "reports", fresh()
    folder.mkdir()
    write_reports(folder, reports, seed)
    process = start(folder, calm, 1)
    began = time.monotonic()
    assert process.wait() == 0
    whole = time.monotonic() - began
    expected = dump(calm)
    assert expected["claims"]

    chance, done, ledgers = Random(seed), 0, 0
    while done < kills:
        stormy, ledgers, finished = fresh(), ledgers + 1, False
        while not finished:
            process = start(folder, stormy, chance.choice((1, 2)))
            # Any moment of an undisturbed run's length, and somewhat after, for a run that goes on first waits for a
            # worker to read what the last one left. Once killed often enough, it is left to end.
            time.sleep(chance.uniform(0, 1.3) * whole if done < kills else 0)
            if done < kills and process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                done += 1
            finished = process.wait() == 0
        print(f"{done} kills, {ledgers} ledgers ended whole")
        check_whole(stormy, folder)
        assert dump(stormy) == expected


def test_a_few_kills(tmp_path, fresh):
    """Six kills over sixty reports."""
    trial(tmp_path, fresh, kills=6, reports=60, seed=1)


@pytest.mark.soak
def test_two_hundred_kills(tmp_path, fresh):
    """Two hundred kills over two hundred reports."""
    trial(tmp_path, fresh, kills=200, reports=200, seed=2)
