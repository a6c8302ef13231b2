"""Records of lineages, standings and contradictions hold to their schemas, and their words to the texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from crossbearing.model.claim import Claim, Status
from crossbearing.model.incident import Clash, Contradiction, Fold, FoldKind, Incident, Lineage, Passage, Standing
from crossbearing.model.mention import Stance
from crossbearing.model.text import Span
from crossbearing.publish.lineage import contradiction_records, lineage_record, standing_record
from crossbearing.publish.records import schema


def check(record: dict[str, Any]) -> dict[str, Any]:
    """The record, once it holds to its schema."""
    Draft202012Validator(schema(record["schema"]), format_checker=FormatChecker()).validate(record)
    return record


def test_schemas_list_the_models_words() -> None:
    """The words that a schema allows are the words that the model has."""
    fold = schema("crossbearing.lineage/1")["properties"]["folds"]["items"]["properties"]
    found = schema("crossbearing.contradiction/1")["properties"]
    assert fold["kind"]["enum"] == [one.value for one in FoldKind]
    assert found["type"]["enum"] == [one.value for one in Clash]
    assert found["a"]["properties"]["status"]["enum"] == [one.value for one in Status]
    assert found["a"]["properties"]["stance"]["enum"] == [one.value for one in Stance]
    assert all(Contradiction(field, "a", "b", "says").kind for field in found["field"]["enum"])


def test_a_lineage_shows_the_shared_words(claim: Claim, incident: Incident, text: str) -> None:
    """Of each fold the passages as both documents have them; a text that is not at hand has no words."""
    passage = Passage(Span(0, 12), Span(4, 16), 3)
    fold = Fold("r2", "r1", FoldKind.COPY, "60% of its own words stand in r1", "d2", claim.document, (passage,), ("killed: 7",))
    line = Lineage("r1", (claim.id,), "r1 cites no one", (fold, replace(fold, shared=(), other=None)))
    record = check(lineage_record(incident, line, {claim.id: claim}, {claim.document: text}))
    (shared,) = record["folds"][0]["shared"]
    assert (shared["here"]["quote"], shared["there"]["quote"]) == ("", text[4:16])
    assert record["reports"] == [claim.report]
    assert record["folds"][0]["adds"] == ["killed: 7"]


def test_a_standing_counts_its_lineages(incident: Incident) -> None:
    """One root for each independent lineage."""
    record = check(standing_record(incident, Standing("killed", "12+", ("c1", "c2"), ("A", "B"))))
    assert (record["field"], record["lineages"], record["roots"]) == ("killed", 2, ["A", "B"])


def test_a_contradiction_shows_both_sides(claim: Claim, incident: Incident) -> None:
    """Each side with its voice and words and all claims that stand on it; a toll that rose says so."""
    other, third = replace(claim, id="c2", report="r2"), replace(claim, id="c3", report="r3")
    clash = Contradiction("killed", claim.id, "c2", "one says 12, the other 9", (), ("c3",))
    odd = replace(incident, contradictions=(clash,), rising=(clash,))
    records = [check(one) for one in contradiction_records(odd, {c.id: c for c in (claim, other, third)})]
    assert [(one["type"], one["rising"]) for one in records] == [("figures", False), ("figures", True)]
    assert records[0]["b"]["claims"] == ["c2", "c3"]
    assert records[0]["a"]["quote"] == claim.quote
    assert records[0]["reports"] == sorted({claim.report, "r2", "r3"})
