"""What holds for every code book: its columns, its rules, and the laws that no evidence breaks."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given

from crossbearing.model.where import FINENESS
from crossbearing.publish.book import Book, Cell, Excluded, Row, Rules, Sheet
from crossbearing.publish.coarser import coarsened
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.export import BOOKS
from crossbearing.publish.precision import acled_when, acled_where, airwars_where, ucdp_when, ucdp_where
from tests.publish.case_books import CASES, cases
from tests.publish.made_dossiers import dossier
from tests.publish.strategies_dossiers import dossiers, happenings

every_book = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)

SWAP = {"army": "abroad", "abroad": "army", "alpha": "bravo", "bravo": "alpha"}
"""Parties that trade places. The second pair's kinds differ, so what is compared leaves the kinds of actors out."""
AIRWARS = ("nearby landmark", "town", "city", "district", "province/governorate", None)


def rows(book: Book, made: Dossier) -> tuple[Row, ...]:
    found = book.read(made)
    return () if isinstance(found, Excluded) else found


@every_book
def test_each_column_is_filled_by_a_rule_or_empty_for_a_reason(book: Book) -> None:
    """No column is empty without a sentence, and no rule fills a column that there is not."""
    for sheet in book.sheets:
        assert all(sheet.silent().values())
        assert set(sheet.by_column) <= set(sheet.columns)
        assert len(set(sheet.columns)) == len(sheet.columns)


@every_book
def test_each_rule_says_what_it_does_and_where_it_is_written(book: Book) -> None:
    """A rule has an id of its own, a sentence, a source and a version."""
    known = [rule for rules in (book.excludes, *book.sheets) for rule in rules]
    assert len({rule.id for rule in known}) == len(known)
    for rule in known:
        assert rule.id.startswith(f"{book.name}.")
        assert rule.says.rstrip().endswith((".", "…"))
        assert rule.source
        assert rule.version >= 1


@pytest.mark.parametrize("name", [path.stem for path in sorted(CASES.glob("*.yml")) if path.stem in BOOKS])
def test_each_rule_is_met_by_a_case(name: str) -> None:
    """There is no rule that no case reaches. What people rejected is in no case, and has a test of its own."""
    met: set[str] = {f"{name}.excluded.rejected"}
    for case in cases(name):
        found = BOOKS[name].read(dossier(case))
        met |= {found.rule} if isinstance(found, Excluded) else {cell.rule for row in found for cell in row.cells.values()}
    assert met == set(BOOKS[name].rules())


def test_each_code_book_has_its_cases() -> None:
    """Sixty at least for each of the three that people code by."""
    assert all(len(cases(name)) >= 60 for name in ("ucdp", "acled", "airwars"))


def test_the_first_rule_that_applies_fills_the_cell() -> None:
    """Rules of one column are tried in order, and the cell keeps the name of the one that made it."""
    sheet: Sheet[Dossier] = Sheet("made", "rows", ("a", "b"), lambda d: (d,), {"b": "nobody knows"})
    sheet.take("a.never", "ours", lambda d: None, "Never.")
    sheet.take("a.always", "ours", lambda d: Cell(1, ("c1",)), "Always.")
    sheet.take("a.late", "ours", lambda d: Cell(2), "Too late.")
    row = sheet.row(dossier({"claims": [{}]}), dossier({"claims": [{}]}))
    assert row.cells["a"] == Cell(1, ("c1",), rule="made.a.always")
    assert (row.value("b"), sheet.silent()) == (None, {"b": "nobody knows"})


def test_a_rule_without_a_sentence_or_with_a_name_taken_is_refused() -> None:
    """A book cannot hold a rule that does not say what it does, nor two of one name."""
    rules: Rules[Dossier] = Rules("made")
    with pytest.raises(ValueError, match="says what it does"):
        rules.take("a.mute", "ours", lambda d: None)
    rules.take("a.one", "ours", lambda d: None, "One.")
    with pytest.raises(ValueError, match="two rules"):
        rules.take("a.one", "ours", lambda d: None, "Another.")


@every_book
@given(made=dossiers())
def test_every_cell_stands_on_claims_of_its_incident(book: Book, made: Dossier) -> None:
    """Each cell names claims, all of them the incident's own; what leaves an incident out names them too."""
    found = book.read(made)
    if isinstance(found, Excluded):
        assert set(found.claims) <= set(made.incident.claims)
        assert found.claims
        return
    for row in found:
        assert row.claims
        for column, cell in row.cells.items():
            assert cell.claims, column
            assert set(cell.claims) <= set(made.incident.claims), column


@every_book
@given(case=happenings)
def test_the_same_evidence_gives_the_same_rows(book: Book, case: dict[str, Any]) -> None:
    """Two readings of one ledger are one."""
    assert book.read(dossier(case)) == book.read(dossier(deepcopy(case)))


@given(made=dossiers())
def test_no_class_is_finer_than_the_place_and_the_days(made: Dossier) -> None:
    """In no book is a place or a day finer than that of the incident, which the claims give."""
    where, when = made.incident.where, made.incident.when
    assume(where is not None and when is not None)
    assert where
    assert when
    for row in rows(BOOKS["ucdp"], made):
        assert row.value("where_prec") >= ucdp_where(where)
        assert row.value("date_prec") >= (ucdp_when(when) or 0)
        assert (row.value("date_start"), row.value("date_end")) == (str(when.earliest), str(when.latest))
    found = rows(BOOKS["acled"], made)
    for row in found:
        assert row.value("geo_precision") >= (acled_where(where) or 3)
        assert len(found) > 1 or row.value("time_precision") >= (acled_when(when) or 3)
        assert str(when.earliest.replace(day=1)) <= row.value("event_date") <= "9999"
    for row in rows(BOOKS["airwars"], made):
        if row.sheet == "incidents":
            assert AIRWARS.index(row.value("geolocation_accuracy")) >= AIRWARS.index(airwars_where(where))


@given(made=dossiers())
def test_rounding_makes_nothing_finer(made: Dossier) -> None:
    """What is rounded has the same class or a coarser one, in every book, and no place keeps a name finer than the grid."""
    rough = coarsened(made, 0.1)
    for book, column, least in (("ucdp", "where_prec", 2), ("acled", "geo_precision", 2)):
        for before, after in zip(rows(BOOKS[book], made), rows(BOOKS[book], rough), strict=False):
            assert after.value(column) >= before.value(column)
            assert after.value(column) >= least
    where, rounded = made.incident.where, rough.incident.where
    if where and rounded:
        assert FINENESS[rounded.precision] >= FINENESS[where.precision]


@given(made=dossiers())
def test_ucdp_deaths_add_up(made: Dossier) -> None:
    """Best is the sum of the four columns, and lies between low and high."""
    for row in rows(BOOKS["ucdp"], made):
        four = [row.value(column) for column in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        assert sum(four) == row.value("best")
        assert 0 <= row.value("low") <= row.value("best") <= row.value("high")
        assert row.value("high") > 0


@given(made=dossiers())
def test_acled_divides_without_loss(made: Dossier) -> None:
    """The rows of one incident share its fatalities, and differ by one at most."""
    found = [row.value("fatalities") for row in rows(BOOKS["acled"], made)]
    assert not found or max(found) - min(found) <= 1
    ids = [row.value("event_id_cnty") for row in rows(BOOKS["acled"], made)]
    assert len(set(ids)) == len(ids)


@given(made=dossiers())
def test_airwars_ends_are_in_order(made: Dossier) -> None:
    """The lowest number of a class is not above its highest."""
    for row in rows(BOOKS["airwars"], made):
        for column in row.cells:
            if column.endswith("_min") and row.value(column) is not None:
                assert row.value(column) <= row.value(column.removesuffix("_min") + "_max")


CLASSES = {
    "ucdp": ("type_of_violence", "where_prec", "date_prec", "event_clarity", "best", "low", "high", "deaths_civilians"),
    "acled": ("event_type", "sub_event_type", "disorder_type", "geo_precision", "time_precision", "fatalities"),
    "plover": ("event", "mode", "quad_code", "size", "date", "enddate"),
    "timemap": ("date", "type", "category", "latitude"),
    "polecat": ("Event Type", "Event Mode", "Event Date", "City"),
    "gdelt": ("EventCode", "QuadClass", "SQLDATE", "ActionGeo_Type", "NumMentions"),
    "airwars": ("strike_status", "civilian_harm_status", "geolocation_accuracy", "civilian_non_combatants_killed_min"),
}
"""What says nothing of who the parties are."""


@every_book
@given(case=happenings)
def test_the_parties_may_trade_places(book: Book, case: dict[str, Any]) -> None:
    """Where two parties trade places in every claim, no class changes, nor whether there is a row."""
    swapped = {"claims": [_swapped(claim) for claim in case["claims"]]}
    before, after = book.read(dossier(case)), book.read(dossier(swapped))
    if isinstance(before, Excluded) or isinstance(after, Excluded):
        assert isinstance(before, Excluded)
        assert isinstance(after, Excluded)
        assert before.rule == after.rule
        return
    main = book.sheets[0].name
    for a, b in zip((r for r in before if r.sheet == main), (r for r in after if r.sheet == main), strict=True):
        for column in CLASSES[book.name]:
            assert a.value(column) == b.value(column), column


def _swapped(claim: dict[str, Any]) -> dict[str, Any]:
    made = dict(claim)
    for role in ("by", "against"):
        made[role] = [SWAP.get(name, name) for name in claim[role]]
    if "voice" in made:
        made["voice"] = SWAP.get(made["voice"], made["voice"])
    return made
