"""Totals that a page cites: of which place, killed or injured, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.model.text import Document, Furniture, FurnitureKind, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.page import series, totals
from crossbearing.resolve.page.evidence import missed


def page(text: str, furniture: tuple[Furniture, ...] = ()) -> Document:
    return Document("d", "c", "r", "f", text, furniture=furniture)


def cited(text: str) -> list[tuple[str, str]]:
    """The words of each total and the days that it allows at first."""
    return [
        (piece.evidence[0].of(text), ", ".join(map(str, piece.options[0])))  # type: ignore[union-attr]
        for piece in totals.cited_totals(page(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The war in Gaza has killed 30,035 people.", [("30,035", "2024-02-29")]),
        ("The war in Gaza has wounded 70,457 people.", [("70,457", "2024-02-29")]),
        ("The war has killed 30,035 Palestinians and wounded 70,457.", [("30,035", "2024-02-29"), ("70,457", "2024-02-29")]),
        ("The toll of the war in Gaza has passed 70,000 dead.", [("70,000", "2025-11-29..")]),
        ("In the Gaza war of 2014 more than 2,200 people were killed.", []),
        ("The war in Gaza, the worst since 2014, has killed 30,035 people.", [("30,035", "2024-02-29")]),
        ("The war in Gaza has killed a thousand people.", []),
        ("The war in Gaza has killed 150 people.", []),
        ("The war in Gaza has killed 890 soldiers.", []),
        ("The war in Gaza has left 30,035 homes in ruins.", []),
        ("Strikes on Gaza killed 250 people in the past 24 hours of the war.", []),
        ("Strikes on Gaza and Lebanon have killed 30,035 people since the war began.", []),
        ("The ministry in Gaza counted 30,035 dead.", []),
        ("The war in Sudan has killed 30,035 people.", []),
        ("The war in Gaza has killed 30,035. Another 70,457 are hurt.", [("30,035", "2024-02-29"), ("70,457", "2024-02-29")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_cited_total_gives_its_days(text: str, expected: list[tuple[str, str]]) -> None:
    """A total of a place with a series gives its days, and parts, days, other things and other years give none."""
    found = cited(text)
    assert [words for words, _ in found] == [words for words, _ in expected]
    for (_, days), (_, first) in zip(found, expected, strict=True):
        assert days.startswith(first)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(series.shipped()), st.data())
def test_a_day_s_totals_allow_that_day(one: series.Series, data: st.DataObject) -> None:
    """A sentence with the figures of a day of any shipped series, since its first day, allows that day."""
    row = data.draw(st.sampled_from(one.rows))
    since = f"{one.since:%B} {one.since.day}, {one.since.year}"
    text = f"In {one.places[0]} {row.killed:,} people have been killed and {row.injured:,} injured since {since}."
    for piece in totals.cited_totals(page(text)):
        assert any(stretch.meets(Interval.day(row.day)) for stretch in piece.options[-1])
        assert 0 < piece.miss < 0.1


def test_totals_in_furniture_come_last_and_are_not_firm() -> None:
    """A total beside the article may be of another day: it stands behind the article's own, and contradicts nothing."""
    text = "The war in Gaza has killed 30,320 people.\n\nThe war in Gaza has killed 30,035 people."
    teaser = Furniture(Span(0, text.index("\n")), FurnitureKind.RELATED)
    own, other = totals.cited_totals(page(text, (teaser,)))
    assert own.firm
    assert not other.firm
    assert own.evidence[0].of(text) == "30,035"  # type: ignore[union-attr]


def test_a_rounded_total_misses_more_often() -> None:
    """A rounded total leaves more to other days, for each of its days, than one to the digit."""
    [rounded] = totals.cited_totals(page("The war in Gaza has killed more than 30,000 people."))
    [exact] = totals.cited_totals(page("The war in Gaza has killed 30,035 people."))
    assert exact.miss == missed(exact.options[0], 0.05)
    assert rounded.miss > exact.miss
