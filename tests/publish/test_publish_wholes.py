"""What is no code book: a graph in PROV's words, a spreadsheet, a Parquet file, a pair of tables for a map and a line of time."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from crossbearing.model.decision import DecisionKind, Review
from crossbearing.publish.coarser import Caution
from crossbearing.publish.dossier import Dossier, records_of
from crossbearing.publish.export import BOOKS, export, shown_or_held
from crossbearing.publish.jsonld import graph_lines
from crossbearing.publish.records import CLAIM, INCIDENT
from crossbearing.publish.tabular import columns
from crossbearing.publish.wholes import spreadsheet
from tests.publish.made_dossiers import INSTANT, dossier, reviewed
from tests.publish.strategies_dossiers import dossiers

STORY: dict[str, Any] = {
    "claims": [
        {"by": "alpha", "killed": 12, "outlet": "Coast Wire", "voice": "Regional Office", "address": "https://wire.example/1",
         "title": "=1+1", "words": {"killed": "Twelve people", "where": "Town", "when": "on Friday"}},
        {"by": "alpha", "killed": 15, "outlet": "Coast Wire", "document": "d1", "words": {"killed": "15", "where": "Town"}},
    ]
}  # fmt: skip


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


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The cells of each sheet of a spreadsheet, row by row, read from its XML."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        shared = [
            "".join(one.itertext()) for one in etree.fromstring(file.read("xl/sharedStrings.xml")).iterfind("m:si", space)
        ]
        names = [one.get("name") for one in etree.fromstring(file.read("xl/workbook.xml")).iterfind(".//m:sheet", space)]
        found = {}
        for number, name in enumerate(names, start=1):
            tree = etree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(tree.iterfind(".//m:f", space)), "a formula"
            found[name] = [
                [shared[int(cell.findtext("m:v", "", space))] if cell.get("t") == "s" else cell.findtext("m:v", "", space)
                 for cell in row.iterfind("m:c", space)]
                for row in tree.iterfind(".//m:row", space)
            ]  # fmt: skip
        return found


def test_a_spreadsheet_holds_incidents_claims_and_reports() -> None:
    """Each has a sheet with its columns, and no words of a page are a formula."""
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    found = sheets(spreadsheet([dossier(STORY)], INSTANT, ["A note."]))
    assert [len(found[name]) for name in ("Incidents", "Claims", "Reports")] == [2, 3, 2]
    assert tuple(found["Incidents"][0]) == columns(INCIDENT)
    assert tuple(found["Claims"][0]) == columns(CLAIM)
    assert "=1+1" in found["Reports"][1]
    assert ["A note."] in found["About"]


def test_a_spreadsheet_is_the_same_bytes_again() -> None:
    """It bears the ledger's instant, and not the time of writing."""
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    assert spreadsheet([dossier(STORY)], INSTANT, []) == spreadsheet([dossier(STORY)], INSTANT, [])


@settings(max_examples=20)
@given(made=dossiers())
def test_a_parquet_file_holds_each_cell(made: Dossier, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is read back is what the flattened record says, with its type."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    import pyarrow.parquet

    from crossbearing.publish import parquet
    from crossbearing.publish.tabular import flatten

    path: Path = tmp_path_factory.mktemp("parquet") / "x.parquet"
    incident, claims = records_of(made)
    for kind, records in ((CLAIM, claims), (INCIDENT, [incident])):
        parquet.write(records, kind, path)
        read = pyarrow.parquet.read_table(path)
        assert tuple(read.column_names) == columns(kind)
        for row, record in zip(read.to_pylist(), records, strict=True):
            flat = flatten(record)
            assert row == {name: [*map(str, flat[name])] if isinstance(flat[name], list) else flat[name] for name in flat}


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ({"at": "exact"}, {"date": "05/10/2024", "latitude": "42.5", "longitude": "1.5", "location": "Exact"}),
        ({"at": "near"}, {"latitude": None, "location": "Near"}),
        ({"at": "none"}, {"latitude": None, "location": None}),
        ({"days": "2024-05-10..2024-05-12"}, {"date": None, "description": "Air/drone strike, happened, Town (town), "
                                              "2024-05-10..2024-05-12"}),
        ({"by": "alpha", "against": "army"}, {"associations": ["Alpha Front", "Andorran Armed Forces"], "sources": ["d1"]}),
    ],
)  # fmt: skip
def test_a_map_gets_no_point_that_is_finer_than_the_place(claim: dict[str, Any], given: dict[str, Any]) -> None:
    """A wider place has no point and several days no date, and the description says what is known."""
    (row, *_) = BOOKS["timemap"].read(dossier({"claims": [claim]}))
    assert {column: row.value(column) for column in given} == given


def test_a_source_of_two_events_stands_once() -> None:
    """Both tables are one JSON list each, and every source that an event names is there once."""
    made = [dossier(STORY | {"incident": {"id": f"i{n:012x}"}}) for n in range(2)]
    files: dict[str, str] = {}
    export(BOOKS["timemap"], made, INSTANT, Caution(), lambda name, line: files.update({name: files.get(name, "") + line}))
    events, sources = json.loads(files["events"]), json.loads(files["sources"])
    assert [one["sources"] for one in events] == [["d1"], ["d1"]]
    assert [(one["id"], one["url"]) for one in sources] == [("d1", "https://wire.example/1")]


def test_an_export_of_nothing_is_an_empty_list() -> None:
    """JSON that can be read, though there is no event."""
    files: dict[str, str] = {}
    export(BOOKS["timemap"], [], INSTANT, Caution(), lambda name, line: files.update({name: files.get(name, "") + line}))
    assert (json.loads(files["events"]), json.loads(files["sources"])) == ([], [])
    assert json.loads("".join(graph_lines([])))["@graph"] == []


def test_what_is_rejected_or_too_late_is_in_neither() -> None:
    """The graph and the spreadsheet hold back what a code book does."""
    whole = dossier(STORY)
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
