"""Tables say the same as the records, and run nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from crossbearing.model.claim import Claim, Figure
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Stated
from crossbearing.publish.records import CLAIM, DOCUMENT, INCIDENT, SCHEMAS, claim_record, document_record, incident_record
from crossbearing.publish.tabular import columns, csv_lines, flatten, json_lines


def read(lines: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(lines, newline="")))


def test_json_lines_are_the_records(claim: Claim, text: str) -> None:
    """What is written is read back equal, one object a line, whatever characters it holds."""
    record = claim_record(claim, None, text) | {"quote": "«Кремль» said\n“no”\u2028"}
    lines = list(json_lines([record, record]))
    assert [json.loads(line) for line in lines] == [record, record]
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)


def test_csv_flattens_what_is_nested(claim: Claim, text: str) -> None:
    """Each part of a date, place or figure has its own column; what is not said is an empty cell."""
    (row,) = read("".join(csv_lines([claim_record(claim, "i1", text)], CLAIM)))
    assert (row["when_earliest"], row["where_latitude"], row["killed_low"], row["killed_high"]) == (
        "2031-03-04",
        "10.0",
        "12",
        "",
    )
    assert row["chain"] == "Coast Wire; Harbour Dispatch"
    assert row["injured_stated"] == ""
    assert tuple(row) == columns(CLAIM)


def test_csv_says_what_else_is_counted(claim: Claim, text: str) -> None:
    """Parts of a toll and those missing stand in one cell, each with its range and whom it counts."""
    children = Figure(2, 2, "killed", "children", group="children", part=True)
    missing = Figure(5, None, "missing", "people")
    counted = replace(
        claim, figures=tuple(Stated(one, claim.where.evidence if claim.where else (), claim.step) for one in (children, missing))
    )
    (row,) = read("".join(csv_lines([claim_record(counted, "i1", text)], CLAIM)))
    assert row["counts"] == "killed 2 children; missing 5+"


def test_csv_of_incidents_counts(incident: Incident) -> None:
    """Reports and lineages have their counts beside them, contradictions their sentences."""
    (row,) = read("".join(csv_lines([incident_record(incident)], INCIDENT)))
    assert (row["reports_count"], row["lineages_count"], row["lineages"]) == ("2", "1", "Harbour Dispatch")
    assert row["contradictions"] == "at least 12 here, 9 there"


def test_csv_of_documents_keeps_the_evidence(outcome: Outcome) -> None:
    """The sentences behind a page's date and its furniture stand in one cell each."""
    (row,) = read("".join(csv_lines([document_record(outcome)], DOCUMENT)))
    assert row["published_because"].startswith("It calls the day of the strike Tuesday.; ")
    assert row["furniture"] == "0-4 menu"


@pytest.mark.parametrize("words", ['=HYPERLINK("x")', "+1", "-1 dead", "@cmd", "\tx"])
def test_csv_runs_nothing(claim: Claim, text: str, words: str) -> None:
    """A quote that a spreadsheet would run is written as text; a negative longitude stays a number."""
    record = claim_record(claim, None, text)
    record["quote"], record["where"]["longitude"] = words, -3.5
    (row,) = read("".join(csv_lines([record], CLAIM)))
    assert row["quote"] == "'" + words
    assert row["where_longitude"] == "-3.5"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_an_empty_table_still_has_its_header(kind: str) -> None:
    """Nothing found is a header with no rows, and no column stands twice."""
    assert list(csv_lines([], kind)) == [",".join(columns(kind)) + "\r\n"]
    assert len(set(columns(kind))) == len(columns(kind))


def test_flattening_knows_every_column(incident: Incident) -> None:
    """A flattened record has the columns of its kind, in order."""
    assert tuple(flatten(incident_record(incident))) == columns(INCIDENT)
