"""A spreadsheet: incidents, claims and reports, each text as text, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from lxml import etree

from crossbearing.publish.records import CLAIM, INCIDENT
from crossbearing.publish.tabular import columns
from crossbearing.publish.workbook import spreadsheet
from tests.publish.made_dossiers import INSTANT, dossier

STORY: dict[str, Any] = {
    "claims": [
        {"by": "alpha", "killed": 12, "outlet": "Coast Wire", "voice": "Regional Office", "address": "https://wire.example/1",
         "title": "=1+1", "words": {"killed": "Twelve people", "where": "Town", "when": "on Friday"}},
        {"by": "alpha", "killed": 15, "outlet": "Coast Wire", "document": "d1", "words": {"killed": "15", "where": "Town"}},
    ]
}  # fmt: skip


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The cells of each sheet of a spreadsheet, row by row, read from its XML."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        shared = ["".join(one.itertext()) for one in etree.fromstring(file.read("xl/sharedStrings.xml")).iterfind("m:si", space)]
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
