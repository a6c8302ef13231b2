"""A graph in PROV's words: from every incident to its documents, and no name that a page can break."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from hypothesis import given

from crossbearing.model.decision import DecisionKind, Review
from crossbearing.publish.coarser import Caution
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.export import shown_or_held
from crossbearing.publish.jsonld import graph_lines
from tests.publish.made_dossiers import dossier, reviewed
from tests.publish.strategies_dossiers import dossiers


def graph(*made: Dossier) -> dict[str, dict[str, Any]]:
    """The nodes of the JSON-LD document, by name."""
    nodes = json.loads("".join(graph_lines(made)))["@graph"]
    assert len({node["@id"] for node in nodes}) == len(nodes)
    return {node["@id"]: node for node in nodes}


@given(made=dossiers())
def test_every_incident_leads_to_its_documents(made: Dossier) -> None:
    """From an incident to its claims, from each to its document, its voices and its step: every name is that of a node."""
    nodes = graph(made)
    incident = nodes[f"urn:crossbearing:incident:{made.incident.id}"]
    claims = [nodes[one["@id"]] for one in incident["prov:wasDerivedFrom"]]
    assert len(claims) == len(made.claims)
    for claim in claims:
        assert nodes[claim["prov:wasQuotedFrom"]["@id"]]["@type"][1] == "Document"
        assert nodes[claim["prov:wasGeneratedBy"]["@id"]]["@type"][0] == "prov:Activity"
        assert all(nodes[one["@id"]]["@type"][0] == "prov:Agent" for one in claim["prov:wasAttributedTo"])


def test_a_name_on_a_page_is_no_name_of_the_graph() -> None:
    """A voice may be called anything: in a name it is a hash, as a label it is itself."""
    nodes = graph(dossier({"claims": [{"voice": '<b> "x" urn:crossbearing:claim:c1'}]}))
    (voice,) = [node for node in nodes.values() if "Claimant" in node["@type"]]
    assert voice["label"] == '<b> "x" urn:crossbearing:claim:c1'
    assert voice["@id"].rpartition(":")[2].isalnum()


def test_a_graph_of_nothing_is_empty() -> None:
    """JSON that can be read, though there is no incident."""
    assert graph() == {}


def test_what_is_rejected_or_too_late_is_held_back() -> None:
    """What is no code book holds back what a code book does."""
    whole = dossier({"claims": [{"killed": 12}]})
    refused = reviewed(whole, Review(verdict=DecisionKind.REJECT))
    shown, held = shown_or_held([whole, refused], Caution())
    assert ([one.incident.review for one in shown], [one.rule for one in held]) == ([None], ["export.rejected"])
    assert shown_or_held([whole], Caution(timedelta(days=60)))[0] == []


def test_a_rounded_graph_does_not_name_the_place() -> None:
    """Neither as a name, nor in the words, nor in a title."""
    case = {"claims": [{"at_id": "Velmar", "title": "Three die in Velmar", "words": {"where": "in Velmar"}}]}
    shown, _ = shown_or_held([dossier(case)], Caution(degrees=0.5))
    assert "Velmar" in json.dumps(graph(dossier(case)))
    assert "Velmar" not in json.dumps(graph(*shown))
