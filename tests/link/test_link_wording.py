"""How tellings are worded: the laws of likeness and of rare words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import TOWN, MakeClaim, make_claim

from crossbearing.link.wording import (
    RARE,
    RARE_IN_TELLING,
    SMALL,
    likeness,
    page_words,
    said_elsewhere,
    vector_of,
    weight,
    wording,
)
from crossbearing.resources import rows, table
from crossbearing.words.names import fold

WORDS = st.sampled_from([*SMALL, "drone", "market", "killed", "Qarandal", "bridge", "bakery", "goats", "Kharkiv", "said", "Süd"])
TEXTS = st.lists(WORDS, max_size=30).map(" ".join)


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_from_either_side(a: str, b: str) -> None:
    """From 0 to 1, the same both ways, and 1 of a text with itself unless it holds small words only."""
    x, y = vector_of((a,)), vector_of((b,))
    assert likeness(x, y) == pytest.approx(likeness(y, x))
    assert -1e-9 <= likeness(x, y) <= 1 + 1e-9
    assert likeness(x, x) == pytest.approx(1.0 if x else 0.0)


@given(st.lists(TEXTS, max_size=4))
def test_the_order_of_the_words_says_nothing(texts: list[str]) -> None:
    """A vector is of length 1 and does not depend on the order of texts or words; small words are not in it."""
    vector = vector_of(texts)
    assert vector == pytest.approx(vector_of(" ".join(reversed(text.split())) for text in reversed(texts)))
    assert not vector or math.hypot(*vector.values()) == pytest.approx(1.0)
    assert SMALL.isdisjoint(vector)


def test_a_word_that_more_documents_hold_says_less() -> None:
    """Weights fall with the number of documents; what the table does not know says most."""
    known = {row["word"]: int(row["documents"]) for row in rows("words.csv")}
    names = sorted(known, key=lambda word: -known[word])
    common, seldom = names[0], names[-1]
    assert weight(common) < weight(seldom) <= weight("no word of the table")
    assert all(weight(word) <= weight("") for word in names[:: len(names) // 50])


@pytest.mark.parametrize("name", ["actors.yml", "offices.yml", "outlets.yml", "parties.yml", "weapons.yml"])
def test_a_known_name_is_never_rare(name: str) -> None:
    """No word of any name in the tables counts as rare, whichever side's name it is."""
    held = [word for value in _strings(table(name)) for word in fold(value).split()]
    assert len(held) > 20
    assert [word for word in held if weight(word) > RARE] == []
    page = page_words(" ".join(held), None)
    assert page.rare == frozenset()


@pytest.mark.parametrize("name", ["facilities.csv", "admin1.csv", "areas.csv", "countries.csv"])
def test_a_known_place_is_never_rare(name: str) -> None:
    """Nor does any word of a place that the tables name."""
    assert [word for row in rows(name) for value in row.values() for word in fold(value).split() if weight(word) > RARE] == []


@pytest.mark.parametrize("name", ["Jharkhand", "Yobe", "Helmand"])
def test_a_province_is_never_rare(name: str) -> None:
    """A province's name stands in all of its reports."""
    assert weight(fold(name)) <= RARE


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Shells hit market in Dori, six dead", True),
        ("Shells hit market in Dori, six ‘dead’", True),
        ("Shells hit a market in Dori on Monday.", False),
        ("“Shells hit a market in Dori.”", False),
        ("Shells hit market in Dori\nSix people died, the mayor said", False),
    ],
)
def test_a_headline_is_one_line_that_no_stop_ends(text: str, headline: bool) -> None:
    """A page that is no more than its headline is told by its form."""
    assert page_words(text, None).headline is headline


def test_a_name_of_nobody_is_rare(claim: MakeClaim) -> None:
    """A victim's name counts in the page and in the telling, where it is not said of the place or the voice."""
    text = "The baker Ismat Qarandal was hurt in Northtown, the mayor said."
    found = wording([claim("a", quote=text, place=TOWN, voices=("Ismat Bey",))], page_words(text, None))
    assert "qarandal" in found.telling_rare & found.page_rare
    assert {"ismat", "northtown"}.isdisjoint(found.telling_rare | found.page_rare)
    assert weight("qarandal") > max(RARE, RARE_IN_TELLING)
    assert said_elsewhere([make_claim("a", place=TOWN, voices=("Ismat Bey",))]) == {"northtown", "ismat", "bey"}


def test_without_its_page_only_the_telling_speaks(claim: MakeClaim) -> None:
    """A telling whose page is not at hand has no page's words, and the same sentence in two voices counts once."""
    told = [claim("a", quote="A drone hit Qarandal", voices=(voice,)) for voice in "AB"]
    once, twice = wording(told[:1], None), wording(told, None)
    assert (once.page, once.page_rare) == (None, frozenset())
    assert once.telling == twice.telling


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for each in held for one in _strings(each)]


@pytest.mark.parametrize(
    "desk",
    [
        "Call 212-555-0142", "Call (212) 555-0142", "Call 555-0142", "Call 1-800-555-TIPS (8477)", "Call +964 770 555 0142",
        "Write to tips@qarandal.example", "See https://qarandal.example/tips", "See www.qarandal.example", "Follow @qarandal",
        "Copyright 2016", "Updated 1999",
    ],
)  # fmt: skip
def test_what_leads_to_the_desk_is_not_rare(desk: str) -> None:
    """Addresses, telephone numbers and years are no words that two pages share for one happening's sake."""
    assert page_words(desk, None).rare == frozenset()


def test_numbers_of_the_happening_stay() -> None:
    """A road's number and a house's are as rare as they were."""
    assert {"23417", "q77"} <= page_words("They were hurt at 23417 Q77 road.", None).rare
