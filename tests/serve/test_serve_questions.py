"""Filters, orders and pages of lists: what is asked together holds together, and pages put together are the list."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossbearing.model.incident import Grade
from crossbearing.publish.records import Record
from crossbearing.publish.selection import Selection
from crossbearing.serve.desk import Desk
from crossbearing.serve.index import GRADED
from crossbearing.serve.questions import Paged, Question, WrongQuestion, every, listed, match

WEEK = [date(2024, 11, day) for day in range(2, 12)]
SHARED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def records(desk: Desk, table: str, **asked: object) -> list[Record]:
    with desk.asking() as held:
        return list(every(held.connection, table, Question.model_validate(asked)))  # type: ignore[arg-type]


@SHARED
@given(
    since=st.none() | st.sampled_from(WEEK),
    until=st.none() | st.sampled_from(WEEK),
    country=st.none() | st.sampled_from(["UA", "ru", "SD", "XX"]),
    kind=st.none() | st.sampled_from(["drone", "BATTLES", "shelling", "nothing"]),
    status=st.none() | st.sampled_from(["happened", "foiled"]),
    table=st.sampled_from(["incident", "claim"]),
)
def test_a_question_keeps_what_a_selection_keeps(
    desk: Desk, since: date | None, until: date | None, country: str | None, kind: str | None, status: str | None, table: str
) -> None:
    """The filters of the desk and of the commands keep the same records, and count the same as not saying."""
    asked = {"since": since, "until": until, "country": country, "kind": kind, "status": status, "background": True}
    selection = Selection(since, until, country, kind, status)
    meant = sorted(one["id"] for one in selection.of(records(desk, table, background=True)))
    assert sorted(one["id"] for one in records(desk, table, **asked)) == meant


@SHARED
@given(
    table=st.sampled_from(["incident", "claim", "document"]),
    sort=st.sampled_from(["day", "-day", "-killed", "-reports"]),
    limit=st.integers(1, 9),
)
def test_pages_put_together_are_the_list(desk: Desk, table: str, sort: str, limit: int) -> None:
    """Following `next` from page to page gives each record once, in the order asked for; the total is how many there are."""
    with desk.asking() as held:
        found: list[str] = []
        cursor = None
        while True:
            asked = Paged.model_validate({"sort": sort, "limit": limit, "cursor": cursor, "background": True})
            if table != "incident" and sort in ("-killed", "-reports"):
                with pytest.raises(WrongQuestion, match="an order of incidents"):
                    listed(held.connection, table, asked)  # type: ignore[arg-type]
                return
            page = listed(held.connection, table, asked)  # type: ignore[arg-type]
            assert len(page.records) <= limit
            found += page.records
            if page.next is None:
                break
            cursor = page.next
    ids = [json.loads(one)["id"] for one in found]
    assert len(ids) == len(set(ids)) == page.total == len(records(desk, table, background=True))
    if sort == "-killed":
        tolls = [(json.loads(one)["killed"] or {}).get("most") or 0 for one in found]
        assert tolls == sorted(tolls, reverse=True)


def test_a_box_keeps_what_can_lie_in_it(desk: Desk) -> None:
    """A box keeps areas that reach into it, whichever side of the 180th meridian it lies on, and nothing that has no point."""
    sudan = {one["where"]["name"] for one in records(desk, "incident", box="22,10,30,18")}
    assert sudan == {"El Fasher", "Nyala"}
    around = {one["where"]["country"] for one in records(desk, "incident", box="90,-10,-60,30")}
    assert around == {"MM", "CO"}
    aden = next(one for one in records(desk, "incident") if one["where"] and one["where"]["name"] == "Gulf of Aden")
    reach = aden["where"]["radius_km"] / 111.2
    beside = f"{aden['where']['longitude'] - 0.1},{aden['where']['latitude'] + reach - 0.2},180,90"
    assert aden["id"] in {one["id"] for one in records(desk, "incident", box=beside)}


def test_parties_and_sources_are_found_by_part_of_their_names(desk: Desk) -> None:
    """A party is found as doer, target or claimant, a source as outlet or as voice, whatever the case and accents."""
    assert {"Hezbollah"} <= {name for one in records(desk, "incident", party="HEZB") for name in one["perpetrators"]}
    volga = records(desk, "claim", source="volga courier")
    assert volga
    assert all("Volga Courier" in one["chain"] or "volga" in one["file"] for one in volga)
    assert records(desk, "incident", party="nobody of that name") == []


def test_words_are_all_found_phrases_and_beginnings_too(desk: Desk) -> None:
    """All words must stand in the evidence; quotes make a phrase, a star a beginning."""
    depot = {one["id"] for one in records(desk, "claim", q="depot")}
    assert depot
    assert {one["id"] for one in records(desk, "claim", q='"fuel depot"')} <= depot
    assert {one["id"] for one in records(desk, "claim", q="intercept*")}
    assert records(desk, "claim", q='"depot fuel"') == []
    assert records(desk, "claim", q="?!") == []
    assert {one["id"] for one in records(desk, "document", q="gendarmerie")}, "a document's whole text is searched"


def test_what_does_not_say_is_counted(desk: Desk) -> None:
    """A question for a country or a box says how many that hold to all else name no place, as the commands do."""
    mute = [one for one in records(desk, "claim") if not one["where"] or not one["where"]["country"]]
    with desk.asking() as held:
        page = listed(held.connection, "claim", Paged.model_validate({"country": "UA"}))
        boxed = listed(held.connection, "claim", Paged.model_validate({"box": "0,0,90,90"}))
    assert page.silent == {"where": len(mute)}
    assert len(mute) > 0
    assert all(one["where"]["latitude"] is not None for one in records(desk, "claim") if one["where"])
    assert boxed.silent.get("where", 0) == sum(one["where"] is None for one in records(desk, "claim"))


@pytest.mark.parametrize("grade", list(Grade))
def test_a_grade_is_asked_of_one_field_or_of_any(desk: Desk, grade: Grade) -> None:
    """What is kept is what the records say of their own grades, for each field by itself and for all of them."""
    every = records(desk, "incident")
    graded = {one["id"]: {(each["field"], each["grade"]) for each in one["grades"]} for one in every}
    any_field = {one["id"] for one in records(desk, "incident", grade=grade.value)}
    assert any_field == {key for key, said in graded.items() if grade.value in {one for _, one in said}}
    for field in GRADED:
        kept = {one["id"] for one in records(desk, "incident", grade=grade.value, graded=field)}
        assert kept == {key for key, said in graded.items() if (field, grade.value) in said}
        told = {one["id"] for one in records(desk, "incident", graded=field)}
        assert told == {key for key, said in graded.items() if field in dict(said)}
    assert len({one for said in graded.values() for _, one in said}) > 1, "the examples hold several grades"


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_no_words_break_the_search(words: str) -> None:
    """Whatever a person types is a question that the full-text search can read."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
        wanted = match(words.replace("\x00", "").encode("utf-8", "replace").decode())
        if wanted is not None:
            connection.execute("SELECT * FROM t WHERE t MATCH ?", (wanted,)).fetchall()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"box": "1,2,3"}, "west,south,east,north"),
        ({"box": "0,50,10,40"}, "the south first"),
        ({"since": "yesterday"}, "date"),
        ({"country": "Sudan"}, "pattern"),
        ({"limit": 0}, "greater than or equal to 1"),
        ({"q": "x" * 501}, "at most 500"),
    ],
)
def test_a_question_that_cannot_be_is_refused(asked: dict[str, object], says: str) -> None:
    """A filter that is not written as it should be is refused with what it should be."""
    with pytest.raises(ValueError, match=says):
        Paged.model_validate(asked)


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzEsIDJd", "WyJhIl0", "e30", "é", "W1tdLCAiYSJd"])
def test_a_cursor_that_no_page_gave_is_refused(desk: Desk, cursor: str) -> None:
    """A cursor that was made up is refused in a sentence, not with a crash."""
    with desk.asking() as held, pytest.raises(WrongQuestion, match="no page of this list begins there"):
        listed(held.connection, "incident", Paged.model_validate({"cursor": cursor}))
