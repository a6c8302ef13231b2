"""Records hold to their schemas, and their words to the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from crossbearing.model.claim import Claim, ClaimRole, Status
from crossbearing.model.incident import Incident
from crossbearing.model.mention import Stance
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import FurnitureKind, Reason, SetAside
from crossbearing.model.when import Interval
from crossbearing.model.where import Precision
from crossbearing.publish.records import SCHEMAS, claim_record, document_record, fault_record, incident_record, schema


def check(record: dict[str, Any]) -> dict[str, Any]:
    """The record, once it holds to its schema."""
    Draft202012Validator(schema(record["schema"]), format_checker=FormatChecker()).validate(record)
    return record


def enum(kind: str, *path: str) -> list[str]:
    found: Any = schema(kind)
    for key in path:
        found = found[key]
    return list(found)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    """Each shipped schema is a valid one, closed to unknown fields, with every field required and described."""
    found = schema(name)
    Draft202012Validator.check_schema(found)
    assert found["additionalProperties"] is False
    assert found["required"] == list(found["properties"])
    assert all(field["description"] for field in found["properties"].values())


def test_schemas_list_the_models_words() -> None:
    """The words that a schema allows are the words that the model has."""
    claim = "crossbearing.claim/1"
    assert enum(claim, "properties", "status", "enum") == [one.value for one in Status]
    assert enum(claim, "properties", "role", "enum") == [one.value for one in ClaimRole]
    assert enum(claim, "properties", "stance", "enum") == [one.value for one in Stance]
    assert enum(claim, "properties", "where", "properties", "precision", "enum") == [one.value for one in Precision]
    furniture = schema("crossbearing.document/1")["properties"]["furniture"]
    assert furniture["items"]["prefixItems"][2]["enum"] == [one.value for one in FurnitureKind]


def test_unknown_schema_is_refused() -> None:
    """A name that is no schema is no path into the package either."""
    with pytest.raises(KeyError):
        schema("crossbearing.../errors")


def test_a_claim_shows_its_words(claim: Claim, text: str) -> None:
    """Every value of a claim comes with the words it stands on; lists hold each name once, the chain from the outside in."""
    record = check(claim_record(claim, "i1", text))
    assert record["quote"] == text[record["start"] : record["end"]]
    assert record["when"] == {"earliest": "2031-03-04", "latest": "2031-03-04", "ucdp": 1, "acled": 1, "stated": "Tuesday"}
    assert record["where"]["stated"] == "near … Velmar"
    assert (record["where"]["radius_km"], record["where"]["precision"]) == (15.0, "near")
    assert (record["where"]["ucdp"], record["where"]["acled"], record["where"]["airwars"]) == (2, 2, "city")
    assert record["killed"] == {"low": 12, "high": None, "stated": "At least 12"}
    assert record["perpetrators"] == ["Northern Front"]
    assert record["chain"] == ["Coast Wire", "Harbour Dispatch"]
    assert (record["incident"], record["injured"]) == ("i1", None)


def test_a_claim_that_says_little_is_a_record_too(claim: Claim, text: str) -> None:
    """What a claim does not say is null or an empty list, never left out."""
    bare = replace(claim, when=None, where=None, perpetrators=(), targets=(), weapons=(), chain=(), killed=None)
    record = check(claim_record(bare, None, text))
    assert record["incident"] is record["when"] is record["where"] is record["killed"] is None
    assert record["perpetrators"] == record["chain"] == []


def test_a_validator_sees_a_wrong_record(claim: Claim, text: str) -> None:
    """A field that the schema does not know, and a day that is none, are both refused."""
    record = claim_record(claim, None, text)
    with pytest.raises(ValidationError):
        check({**record, "extra": 1})
    with pytest.raises(ValidationError):
        check({**record, "when": {**record["when"], "earliest": "Tuesday"}})


def test_an_incident_shows_all_sides(incident: Incident, claim: Claim, text: str) -> None:
    """An incident's record holds its claims' ids, its lineages and its contradictions; its words are its claims'."""
    other = {**claim_record(claim, "i1", text), "id": "c2", "killed": {"low": 9, "high": 9, "stated": "nine dead"}}
    record = check(incident_record(incident, [claim_record(claim, "i1", text), other]))
    assert record["claims"] == [claim.id, "c2"]
    assert record["when"] == {"earliest": "2031-03-04", "latest": None, "ucdp": None, "acled": None, "stated": "Tuesday"}
    assert record["killed"] == {"low": 9, "high": None, "most": 12, "stated": "At least 12 | nine dead"}
    assert record["lineages"][0]["root"] == "Harbour Dispatch"
    assert record["contradictions"][0]["field"] == "killed"
    assert check(incident_record(incident))["killed"]["stated"] is None


def test_a_document_says_how_it_was_dated(outcome: Outcome) -> None:
    """A read page gives its days, a sentence for each piece of evidence, and the contradiction where there is one."""
    record = check(document_record(outcome))
    assert record["status"] == "read"
    assert record["reason"] is None
    assert record["published"] == {
        "earliest": "2031-03-04",
        "latest": "2031-03-06",
        "chance": 1.0,
        "because": ["It calls the day of the strike Tuesday.", "The page shows 2032, the words say 2031."],
    }
    assert record["furniture"] == [[0, 4, "menu"]]
    assert (record["source"], record["title"]) == ("Coast Wire", "A depot is hit")


def test_a_page_that_was_not_read_says_why(outcome: Outcome) -> None:
    """A page set aside and a page that failed each keep their reason, with or without a document."""
    aside = replace(outcome, document=None, dating=None, claims=(), set_aside=SetAside(Reason.INDEX, "It lists ten other pages."))
    record = check(document_record(aside, "pages/index.html"))
    assert (record["status"], record["reason"]) == ("set aside", "index page: It lists ten other pages.")
    assert (record["id"], record["file"], record["published"]) == (outcome.capture, "pages/index.html", None)
    failed = replace(outcome, dating=None, claims=(), fault=Fault("pages/one.html", "read", "BrokenReading", "It broke."))
    assert check(document_record(failed))["reason"] == "It broke."


def test_an_open_date_stays_open(outcome: Outcome) -> None:
    """A page of which nothing dates is published on any day, with no evidence."""
    assert outcome.dating
    undated = replace(outcome, dating=replace(outcome.dating, published=Interval(None, None), because=(), contradiction=None))
    assert check(document_record(undated))["published"] == {"earliest": None, "latest": None, "chance": 1.0, "because": []}


def test_a_fault_is_a_record() -> None:
    """A fault before any bytes were reached is listed as fully as one after."""
    check(fault_record(Fault("bomb.zip", "ingest", "RefusedInput", "bomb.zip: it unpacks to 4 GB.")))
