"""Decisions, the queue, agreement and changes hold to their schemas, and a record shows what people set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from crossbearing.model.claim import Figure
from crossbearing.model.decision import FIELDS, Cited, Contest, Decision, DecisionKind, Rank, Review, Setting, State
from crossbearing.model.incident import Incident
from crossbearing.model.review import Agreement, Change, Queued
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.publish.records import SCHEMAS, incident_record, schema
from crossbearing.publish.reviews import agreement_record, change_record, decision_record, queued_record, recorded_record
from crossbearing.publish.tabular import csv_lines

AT = datetime(2031, 3, 9, 10, 30, tzinfo=UTC)


def check(record: dict[str, Any]) -> dict[str, Any]:
    """The record, once it holds to its schema."""
    Draft202012Validator(schema(record["schema"]), format_checker=FormatChecker()).validate(record)
    return record


def decision(kind: str = "accept", **more: object) -> Decision:
    fields: dict = {"id": "j1", "person": "Ann", "rank": Rank.CODER, "at": AT, "subject": ("c1",), "reason": "so"} | more
    return Decision(kind=DecisionKind(kind), **fields)


def test_schemas_list_the_words_of_the_model() -> None:
    """Kinds, ranks, states and fields are those of the model."""
    found = schema("crossbearing.decision/1")["properties"]
    assert found["kind"]["enum"] == [one.value for one in DecisionKind]
    assert found["rank"]["enum"] == [one.value for one in Rank]
    assert found["state"]["enum"] == [*(one.value for one in State), None]
    assert found["field"]["enum"] == [*FIELDS, None]
    review = schema("crossbearing.incident/1")["properties"]["review"]["properties"]
    assert review["state"]["enum"] == [one.value for one in State]
    assert review["set"]["items"]["properties"]["field"]["enum"] == list(FIELDS)


@pytest.mark.parametrize("kind", [one.value for one in DecisionKind])
def test_every_kind_of_decision_is_a_record(kind: str) -> None:
    """What a decision does not say is null, an empty list or false."""
    record = check(decision_record(decision(kind), "i1", {"j1"}))
    assert record["stands"] is True
    assert record["field"] is record["value"] is record["note"] is record["state"] is record["round"] is None


def test_a_set_field_is_a_record() -> None:
    """The value reads as it is typed, with the words that it stands on and where they stand."""
    cited = Cited("d1", Span(3, 9), "twelve")
    made = decision("set", field="killed", value=Figure(12, None, "killed"), evidence=(cited,), note="n", round="one")
    record = check(decision_record(made, None, set()))
    assert (record["value"], record["stands"], record["incident"]) == ("12+", False, None)
    assert record["evidence"] == [{"document": "d1", "start": 3, "end": 9, "quote": "twelve"}]


@pytest.fixture
def decided(incident: Incident) -> Incident:
    """An incident of which a figure was set and the place is contested."""
    cited = Cited("d1", Span(3, 9), "twelve")
    made = decision("set", field="killed", value=Figure(12, None, "killed"), evidence=(cited,))
    setting = Setting("killed", made.value, incident.killed, "j1", "Ann", AT, "so")
    contest = Contest("where", "where: Ann says A, Bob says B", ("j2", "j3"))
    review = Review(State.READY, None, (setting,), (contest,), ("c2",), ("c2",), (made,))
    return replace(incident, killed=Figure(12, None, "killed"), review=review)


def test_an_incident_shows_what_people_decided(decided: Incident) -> None:
    """The field holds the person's value and its words; what the claims say stands beside it, in JSON and in CSV."""
    record = check(incident_record(decided))
    assert record["killed"] == {"low": 12, "high": None, "most": 12, "stated": "twelve"}
    (made,) = record["review"]["set"]
    assert made["says"] == "Ann set killed to 12+ (the claims say 9+): so"
    assert record["review"]["verified"] is False
    (_, row) = csv_lines([record], "crossbearing.incident/1")
    assert "Ann set killed to 12+ (the claims say 9+): so" in row
    assert "where: Ann says A, Bob says B" in row


def test_a_note_stands_for_words(decided: Incident) -> None:
    """What stands on no document shows its note where the words would be."""
    assert decided.review is not None
    noted = replace(decided.review.decisions[0], evidence=(), note="a call to the hospital")
    record = incident_record(replace(decided, review=replace(decided.review, decisions=(noted,))))
    assert record["killed"]["stated"] == "a call to the hospital"


def test_the_queue_is_records(incident: Incident, decided: Incident) -> None:
    """An incident that nobody has looked at is to do."""
    record = check(queued_record(Queued(incident, 1.25, ("nobody has looked at it",))))
    assert (record["state"], record["reports"], record["where"]) == ("to do", 2, "Zedland")
    assert check(queued_record(Queued(replace(decided, when=None, where=None), 0.5, ())))["state"] == "ready for review"


def test_agreement_is_records() -> None:
    """Alpha has three digits, or is null."""
    assert check(agreement_record(Agreement("killed", ("Ann", "Bob"), 11, 7, 0.74321)))["alpha"] == 0.743
    assert check(agreement_record(Agreement("killed", (), 0, 0, None)))["alpha"] is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("appeared", None, "i1", ()), "Air/drone strike at Zedland on 2031-03-04 appeared"),
        (("changed", "i1", "i1", ("killed", "status")), "Air/drone strike at Zedland on 2031-03-04 changed in killed, status"),
        (("gone", "i1", "i7", ()), "Air/drone strike at Zedland on 2031-03-04 is gone: its claims stand in i7"),
        (("gone", "i1", None, ()), "Air/drone strike at Zedland on 2031-03-04 is gone"),
    ],
)
def test_changes_are_sentences(incident: Incident, change: tuple, says: str) -> None:
    """What became of an incident is told with its kind, its place and its days."""
    what, before, after, fields = change
    incident = replace(incident, when=Interval.day(date(2031, 3, 4)))
    record = check(change_record(Change(what, incident, before, after, fields)))
    assert record["says"] == says


def test_what_was_recorded_is_a_record() -> None:
    """With its instant, as the ledger writes it."""
    assert check(recorded_record("decision", "2031-03-09T10:30:00.000001Z", "j1", "Ann accept: so"))["what"] == "recorded"


def test_the_schemas_of_review_ship() -> None:
    """Each kind of record is known by its name."""
    assert {f"crossbearing.{kind}/1" for kind in ("decision", "queued", "agreement", "change")} <= set(SCHEMAS)
