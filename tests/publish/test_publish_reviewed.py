"""What people decided, in exports: what they set outranks the claims, what they rejected has no row, the unfinished is held."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crossbearing.model.claim import Figure
from crossbearing.model.decision import Contest, DecisionKind, Review, State
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision
from crossbearing.publish.book import Book, Excluded, Row
from crossbearing.publish.coarser import Caution
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.export import BOOKS, REASONS, export, read
from tests.publish.made_dossiers import ACTORS, INSTANT, dossier, reviewed

STORY = {
    "claims": [
        {"by": "alpha", "against": "army", "killed": 12, "words": {"where": "in Northtown", "when": "over three days"},
         "days": "2024-05-10..2024-05-12"},
        {"by": "bravo", "against": "army", "killed": 15, "days": "2024-05-10..2024-05-12"},
    ]
}  # fmt: skip
HARBOUR = Place("geonames:7", "Harbour", Precision.TOWN, "LI", "Coast", 47.1, 9.5, 3.0)
every_book = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)


def only(book: str, made: Dossier) -> Row:
    """The one row of a book's first sheet."""
    found = read(BOOKS[book], made, Caution())
    assert not isinstance(found, Excluded)
    (row,) = [one for one in found if one.sheet == BOOKS[book].sheets[0].name]
    return row


def test_a_place_that_a_person_set_is_exported() -> None:
    """The place, its class and its country are the person's; the claims' words for another place are not beside it."""
    row = only("ucdp", reviewed(dossier(STORY), Review(), where=HARBOUR))
    assert (row.value("where_coordinates"), row.value("country"), row.value("adm_1")) == ("Harbour", "Liechtenstein", "Coast")
    assert row.value("where_description") is None


@pytest.mark.parametrize(
    ("book", "columns"),
    [
        ("ucdp", {"best": 20, "low": 20, "high": 22}),
        ("airwars", {"civilian_non_combatants_killed_min": 20, "civilian_non_combatants_killed_max": 22}),
        ("plover", {"size": {"dead": 20}}),
    ],
)
def test_a_figure_that_a_person_set_is_the_only_one(book: str, columns: dict[str, Any]) -> None:
    """No claim's figure stands beside it."""
    row = only(book, reviewed(dossier(STORY), Review(), killed=Figure(20, 22, "killed")))
    assert {column: row.value(column) for column in columns} == columns


def test_a_figure_that_a_person_set_is_divided_like_any() -> None:
    """ACLED's rows of three days share it, and the notes say whose it is."""
    found = read(BOOKS["acled"], reviewed(dossier(STORY), Review(), killed=Figure(21, 21, "killed")), Caution())
    assert not isinstance(found, Excluded)
    assert [row.value("fatalities") for row in found] == [7, 7, 7]
    assert "21 (Ann)" in str(found[0].value("notes"))


def test_days_that_a_person_set_are_no_longer_a_campaign() -> None:
    """The words of the claims for how long it went on do not stand beside the person's day."""
    day = Interval.day(INSTANT.date().replace(month=5, day=11))
    assert only("acled", reviewed(dossier(STORY), Review(), when=day)).value("event_date") == "2024-05-11"
    assert only("ucdp", reviewed(dossier(STORY), Review(), when=day)).value("event_clarity") == 1


def test_a_doer_that_a_person_set_is_the_doer() -> None:
    """Where two are accused and a person says who it was, nothing is contested."""
    made = reviewed(dossier(STORY), Review(), perpetrators=(ACTORS["clan"],))
    assert only("ucdp", made).value("side_b") == "Valley Clan"
    assert only("airwars", dossier(STORY)).value("strike_status") == "Contested strike"
    assert only("airwars", made).value("strike_status") == "Likely strike"


def test_doers_that_a_person_set_are_one_side() -> None:
    """Two whom different claims accuse are rivals until a person says that both did it."""
    both = reviewed(dossier(STORY), Review(), perpetrators=(ACTORS["alpha"], ACTORS["bravo"]))
    for made, beside in ((dossier(STORY), None), (both, "Bravo Brigades")):
        found = read(BOOKS["acled"], made, Caution())
        assert not isinstance(found, Excluded)
        assert {row.value("assoc_actor_1") for row in found} == {beside}
    assert only("airwars", both).value("strike_status") == "Likely strike"


def test_a_claim_that_was_rejected_adds_nothing() -> None:
    """Its figure and its doer are gone."""
    row = only("ucdp", reviewed(dossier(STORY), Review(rejected_claims=("c2",))))
    assert (row.value("best"), row.value("high"), row.value("side_b")) == (12, 12, "Alpha Front")


@every_book
def test_an_incident_whose_claims_were_all_rejected_has_no_row(book: Book) -> None:
    """Nothing is left to code."""
    found = read(book, reviewed(dossier(STORY), Review(rejected_claims=("c1", "c2"))), Caution())
    assert isinstance(found, Excluded)
    assert found.rule == f"{book.name}.excluded.rejected"


@every_book
@pytest.mark.parametrize(
    ("review", "verified", "rule"),
    [
        (Review(), None, None),
        (Review(), True, "export.verified"),
        (Review(verdict=DecisionKind.ACCEPT), True, None),
        (Review(verdict=DecisionKind.ACCEPT, state=State.SENT_BACK), True, "export.verified"),
        (Review(state=State.STUB), None, "export.unready"),
        (Review(state=State.SENT_BACK), None, "export.unready"),
        (Review(state=State.STUB), False, None),
        (Review(contests=(Contest("killed", "two say two things", ("x1", "x2")),)), None, "export.contested"),
        (Review(contests=(Contest("killed", "two say two things", ("x1", "x2")),)), False, None),
        (Review(verdict=DecisionKind.REJECT), False, "excluded.rejected"),
        (Review(verdict=DecisionKind.REJECT), True, "excluded.rejected"),
    ],
)
def test_the_work_of_people_holds_back(book: Book, review: Review, verified: bool | None, rule: str | None) -> None:
    """Rejected is never exported, verified only what was accepted, and what is not done with only where it is asked for."""
    found = read(book, reviewed(dossier(STORY), review), Caution(verified=verified))
    assert (found.rule.removeprefix(f"{book.name}.") if isinstance(found, Excluded) else None) == rule


def test_the_reasons_name_the_person() -> None:
    """Beside a row stands who set what, when and why; with a rounded place not what the place was."""
    made = reviewed(dossier(STORY), Review(), where=HARBOUR, killed=Figure(20, 20, "killed"))
    lines: list[str] = []
    export(BOOKS["ucdp"], [made], INSTANT, Caution(), lambda name, line: lines.append(line) if name == REASONS else None)
    told = {one["field"]: (one["value"], one["person"], one["reason"]) for one in json.loads(lines[1])["set"]}
    assert told == {"where": ("Harbour, LI", "Ann", "she was there"), "killed": ("20", "Ann", "she was there")}
    rough: list[str] = []
    export(BOOKS["ucdp"], [made], INSTANT, Caution(degrees=0.5), lambda name, line: rough.append(line))
    assert "Ann" in rough[-1]
    assert "Harbour" not in "".join(rough)
