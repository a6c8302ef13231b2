"""Whatever people decide and undo, in whatever order, the ledger keeps its laws; and any past export can be made again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime
from random import Random

from decided import PEOPLE, outcome, trial

from crossbearing.api import Ledger, open_ledger
from crossbearing.cli.held import Held
from crossbearing.ledger import Writer
from crossbearing.model.claim import Figure
from crossbearing.model.decision import DecisionKind
from crossbearing.publish.tabular import csv_lines, json_lines


def test_no_sequence_of_decisions_breaks_a_law(fresh: Callable[[], str]) -> None:
    """Every claim in one incident; undo exact; what is different apart; nothing recorded changes; the past stays the past."""
    trial(fresh, sequences=8, steps=12)


def export(ledger: Ledger, as_of: datetime | None = None) -> str:
    """All incidents with their words, as JSON Lines and as CSV."""
    records = list(Held(ledger, as_of).incident_records(words=True))
    return "".join((*json_lines(records), *csv_lines(records, "crossbearing.incident/1")))


def step(ledger: Ledger, writer: Writer, chance: Random, number: int) -> None:
    """Something that happens to a ledger: a report comes, or somebody decides."""
    incidents = ledger.incidents()
    if number % 4 == 0 or len(incidents) < 2:
        capture, made = outcome(number)
        writer.append(made, capture)
        return
    one, other = chance.sample(incidents, 2)
    person = chance.choice(sorted(PEOPLE))
    kind = chance.choice((DecisionKind.SAME, DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.SET, DecisionKind.DIFFERENT))
    more: dict = {"other": other.claims} if kind in (DecisionKind.SAME, DecisionKind.DIFFERENT) else {}
    if kind is DecisionKind.SET:
        more = {"field": "killed", "value": Figure(number, None, "killed"), "note": "a call"}
    ledger.decide(kind, one.claims, person, f"step {number}", rank=PEOPLE[person], **more)


def test_any_past_export_is_made_again(store: str) -> None:
    """A hundred random instants of a ledger's past give, byte for byte, the export that was made at that time."""
    path, chance = store, Random(7)
    instants: list[datetime] = []
    exports: list[str] = []
    with Writer(path) as writer, open_ledger(path) as ledger:
        for number in range(40):
            step(ledger, writer, chance, number)
            instants.append(ledger.instant())
            exports.append(export(ledger))
        for _ in range(100):
            at = instants[0] + chance.random() * (instants[-1] - instants[0])
            assert export(ledger, at) == exports[bisect_right(instants, at) - 1]
    assert len(set(exports)) > 30
