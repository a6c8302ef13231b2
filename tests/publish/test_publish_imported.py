"""Records read back: unchanged where they are ours, refused with their line where they are not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from crossbearing.model.claim import Claim
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Outcome
from crossbearing.publish.dossier import Dossier, records_of
from crossbearing.publish.imported import NoRecord, read_records
from crossbearing.publish.records import claim_record, document_record, incident_record
from crossbearing.publish.tabular import json_lines
from tests.publish.strategies_dossiers import dossiers


def test_what_was_written_comes_in_unchanged(claim: Claim, incident: Incident, outcome: Outcome, text: str) -> None:
    """Records of several kinds are the same lines again."""
    record = claim_record(claim, "i1", text)
    lines = list(json_lines([record, incident_record(incident, [record]), document_record(outcome)]))
    assert list(json_lines(read_records(lines, "x.jsonl"))) == lines


@given(made=dossiers())
def test_any_claims_and_incidents_come_in_unchanged(made: Dossier) -> None:
    """Whatever is claimed, its record is read as it was written."""
    incident, claims = records_of(made)
    lines = list(json_lines([incident, *claims]))
    assert list(json_lines(read_records([*lines, "\n"], "x.jsonl"))) == lines


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"schema": "crossbearing.claim/9"}, "it is no record of a kind that is known"),
        ({"quote": None}, "quote is no string"),
        ({"start": "12"}, "start is no integer"),
        ({"start": True}, "start is no integer"),
        ({"status": "perhaps"}, "status is 'perhaps'"),
        ({"colour": "red"}, "colour is no field of it"),
        ({"chain": ["Coast Wire", 7]}, r"chain\[\] is no string"),
        ({"killed": {"low": 1, "high": 2}}, "killed.stated is missing"),
    ],
)
def test_what_is_no_record_is_refused_with_its_line(claim: Claim, text: str, change: dict[str, object], why: str) -> None:
    """A field that is missing, of another type or unknown is named."""
    good, bad = claim_record(claim, "i1", text), claim_record(claim, "i1", text) | change
    with pytest.raises(NoRecord, match=rf"^x.jsonl, line 2: {why}"):
        list(read_records(json_lines([good, bad]), "x.jsonl"))


def test_what_is_no_json_is_refused(claim: Claim, text: str) -> None:
    """A line that was cut off, and a list."""
    line = json.dumps(claim_record(claim, "i1", text))
    with pytest.raises(NoRecord, match="no JSON"):
        list(read_records([line[:-5]], "x.jsonl"))
    with pytest.raises(NoRecord, match="no record"):
        list(read_records(["[]"], "x.jsonl"))
