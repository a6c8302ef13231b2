"""Offices: whom a page calls by which, and when they held it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing import resources
from crossbearing.model.text import Document
from crossbearing.model.when import Interval
from crossbearing.resolve.page import offices

ROWS = resources.table("offices.yml")


def page(text: str) -> Document:
    return Document("d", "c", "r", "f", text)


def found(text: str) -> list[str]:
    """Each piece's words and days."""
    return [f"{p.evidence[0].of(text)}: {', '.join(map(str, p.options[0]))}" for p in offices.holders(page(text))]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Barack Obama spoke.", ["President Barack Obama: 2008-11-06..2017-02-19"]),
        ("President\nObama spoke.", ["President\nObama: 2008-11-06..2017-02-19"]),
        ("He wrote to the President\n\nObama spoke.", []),
        ("President-elect Barack Obama spoke.", ["President-elect Barack Obama: 2008-09-22..2009-01-20"]),
        ("President George W. Bush spoke.", ["President George W. Bush: 2000-11-06..2009-02-19"]),
        ("President George H. W. Bush spoke.", ["President George H. W. Bush: 1988-11-06..1993-02-19"]),
        ("President George H.W. Bush spoke.", ["President George H.W. Bush: 1988-11-06..1993-02-19"]),
        ("President Bush spoke.", ["President Bush: 1988-11-06..1993-02-19, 2000-11-06..2009-02-19"]),
        ("Defense Secretary Lloyd J. Austin spoke.", ["Defense Secretary Lloyd J. Austin: 2020-11-08..2025-02-19"]),
        ("Former President Barack Obama spoke.", []),
        ("former US President Barack Obama spoke.", []),
        ("those who served under President Bill Clinton spoke.", []),
        ("Vice President Joe Biden spoke.", ["Vice President Joe Biden: 2008-11-06..2017-02-19"]),
        ("Deputy Defence Minister Sergei Shoigu spoke.", []),
        ("President Michelle Obama spoke.", []),
        ("President Obama Street is shut.", []),
        ("President Obama Monday spoke.", ["President Obama: 2008-11-06..2017-02-19"]),
        ("PRESIDENT BARACK OBAMA SPOKE.", ["PRESIDENT BARACK OBAMA: 2008-11-06..2017-02-19"]),
        ("President Obama's envoy met President Obama.", ["President Obama: 2008-11-06..2017-02-19"]),
        ("the president", []),
        ("Obama", []),
        ("", []),
    ],
)
def test_an_office_gives_the_days_of_who_held_it(text: str, expected: list[str]) -> None:
    """A title with the name behind it gives the time in office, once for each person; what only looks like one gives none."""
    assert found(text) == expected


@pytest.mark.parametrize("row", ROWS[::7], ids=lambda row: f"{row['name']}, {row['titles'][0]}")
def test_every_row_is_found_by_its_own_words(row: dict[str, object]) -> None:
    """A title with the full name as the table has it gives days that hold the whole time in office."""
    titles, surnames = row["titles"], row["surnames"]
    assert isinstance(titles, list)
    assert isinstance(surnames, list)
    text = f"On the road {titles[0]} {surnames[0]} spoke."
    [piece] = list(offices.holders(page(text)))
    held = Interval(row["from"], row.get("to"))  # type: ignore[arg-type]
    assert any(held.narrowed(one) == held for one in piece.options[0])
    assert piece.kin == "offices"
    assert not piece.firm


def test_rows_run_forward_and_name_themselves() -> None:
    """Each row has a first day, a last one behind it or none, a title, and a surname."""
    for row in ROWS:
        assert isinstance(row["from"], date)
        assert row.get("to") is None or row["from"] <= row["to"]
        assert row["titles"]
        assert row["surnames"]


@given(
    st.text(max_size=80),
    st.sampled_from(["", " ", "\n", " Gen. ", " X.Y. ", " ß "]),
    st.sampled_from(["Obama", "OBAMA", "al-Assad", "Bush"]),
)
def test_any_text_is_read(text: str, between: str, name: str) -> None:
    """Whatever stands around a title and a name, the spans are of the text."""
    whole = f"{text} President{between}{name} {text}"
    for piece in offices.holders(page(whole)):
        for span in piece.evidence:
            assert span.of(whole).strip()  # type: ignore[union-attr]


def test_capitals_that_grow_in_small_letters_shift_nothing() -> None:
    """A text in capitals with a letter that small letters write as two is left as it is."""
    assert found("PRESIDENT BARACK OBAMA SPOKE.") != []
    for piece in offices.holders(page("ŉ".upper() + " PRESIDENT OBAMA")):
        assert piece.options
