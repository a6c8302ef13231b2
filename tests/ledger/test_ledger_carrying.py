"""A ledger carried over is the same ledger in another place: every row, every answer, or nothing at all."""

from __future__ import annotations

from datetime import datetime

import pytest
import stores
from decided import outcome

from crossbearing.api import open_ledger
from crossbearing.errors import LedgerError
from crossbearing.ledger import Reader, Writer, tables
from crossbearing.ledger.carrying import carry
from crossbearing.ledger.verify import verify
from crossbearing.model.decision import DecisionKind
from crossbearing.model.outcome import Fault

WAYS = [("sqlite", "postgres"), ("postgres", "sqlite"), ("postgres", "postgres"), ("sqlite", "sqlite")]


@pytest.fixture
def places(request, server, tmp_path):
    """From where and to where."""
    kinds = {"sqlite": lambda number: str(tmp_path / f"{number}.ledger"), "postgres": lambda _: server.fresh()}
    return [kinds[kind](number) for number, kind in enumerate(request.param)]


def fill(place, reports=3):
    """Reports, a fault, and a decision on one."""
    with Writer(place) as writer:
        for number in range(reports):
            capture, made = outcome(number)
            writer.append(made, capture)
        writer.append_fault(Fault("a\x00.txt", "ingest", "Odd", "it is odd."))
        writer.append_run("r", "started", {})
    with open_ledger(place) as ledger:
        ledger.decide(DecisionKind.ACCEPT, ledger.incidents()[0].claims, "Ann", "so")


def rows(place):
    with stores.sql(place) as connection:
        read = {table.name: connection.execute(f"SELECT * FROM {table.name} ORDER BY seq").fetchall() for table in tables.GROWING}
    return {name: [tuple(row) for row in found] for name, found in read.items()}


@pytest.mark.parametrize("places", WAYS, indirect=True, ids="-".join)
def test_every_row_is_carried_over(places, monkeypatch):
    """With its number and its instant, however many pages there are; it verifies, and goes on for itself."""
    monkeypatch.setattr("crossbearing.ledger.carrying.PAGE", 4)
    old, new = places
    fill(old)
    before = rows(old)
    assert carry(old, new) == sum(map(len, before.values())) > 20
    assert {**rows(new), "faults": []} == {**before, "faults": []} == {**rows(old), "faults": []}
    assert list(verify(new)) == []
    with Reader(old) as one, Reader(new) as other:
        assert (one.instant(), one.counts(), list(one.faults())) == (other.instant(), other.counts(), list(other.faults()))
        for instant in (datetime.fromisoformat(seen.at) for seen in list(one.recorded())[::3]):
            assert list(one.outcomes(instant)) == list(other.outcomes(instant))
        then = one.instant()
        with Writer(new) as writer:
            writer.append_run("s", "started", {})
        assert other.instant() > then == one.instant()
    assert list(verify(new)) == []


@pytest.mark.parametrize("places", WAYS[:2], indirect=True, ids="-".join)
def test_what_is_there_is_left_alone(places):
    """Neither another ledger nor the same one is written over."""
    old, new = places
    fill(old)
    fill(new, reports=1)
    before = rows(new)
    for target in (new, old):
        with pytest.raises(LedgerError, match="there is a ledger here already"):
            carry(old, target)
    assert rows(new) == before


@pytest.mark.parametrize("places", WAYS[:2], indirect=True, ids="-".join)
def test_a_ledger_that_lacks_rows_is_not_carried_over(places):
    """A row that somebody took away is told, and no half of a ledger is left."""
    old, new = places
    fill(old)
    with stores.sql(old) as connection:
        connection.execute("DROP TRIGGER claims_no_delete" + (" ON claims" if old.startswith("postgresql:") else ""))
        connection.execute("DELETE FROM claims WHERE seq = 2")
    with pytest.raises(LedgerError, match=r"rows of the table claims are missing.*nothing was carried over"):
        carry(old, new)
    fill(new, reports=1)  # the place is as free as it was
    assert list(verify(new)) == []
