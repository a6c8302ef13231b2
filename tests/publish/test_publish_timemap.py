"""A pair of tables for a map and a line of time: nothing is drawn finer than it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crossbearing.publish.coarser import Caution
from crossbearing.publish.export import BOOKS, export
from tests.publish.made_dossiers import INSTANT, dossier

STORY: dict[str, Any] = {
    "claims": [
        {"by": "alpha", "killed": 12, "outlet": "Coast Wire", "voice": "Regional Office", "address": "https://wire.example/1",
         "title": "=1+1", "words": {"killed": "Twelve people", "where": "Town", "when": "on Friday"}},
        {"by": "alpha", "killed": 15, "outlet": "Coast Wire", "document": "d1", "words": {"killed": "15", "where": "Town"}},
    ]
}  # fmt: skip


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
