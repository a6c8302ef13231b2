"""Deeds that a sentence tells by their tolls, each at its own place."""

from __future__ import annotations

import pytest
from test_read_rules import document

from crossbearing.model.mention import RoleName
from crossbearing.read import rules


def told(text: str) -> list[tuple[str, str, str]]:
    """Of each happening the place, the killed and the injured, in their words."""
    parts = (RoleName.PLACE, RoleName.KILLED, RoleName.INJURED)
    found = rules.read(document(text)).happenings
    return [tuple(" ".join(m.span.of(text) for m in h.role(name)) for name in parts) for h in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Air strikes killed six people in Lashio and four in Kutkai.", [("Lashio", "six", ""), ("Kutkai", "four", "")]),
        (
            "Shelling wounded two people in Rafah and three more in Khan Younis.",
            [("Rafah", "", "two"), ("Khan Younis", "", "three")],
        ),
        (
            "Gunmen killed two officers in Yala, three in Pattani and one in Narathiwat.",
            [("Yala", "two", ""), ("Pattani", "three", ""), ("Narathiwat", "one", "")],
        ),
        ("A drone killed six people in Lashio, including two in a monastery.", [("Lashio", "six", "")]),
        ("A bomb killed six people in Kabul and wounded four.", [("Kabul", "six", "four")]),
    ],
)
def test_each_toll_has_its_place(text: str, wanted: list[tuple[str, str, str]]) -> None:
    """A number without a verb behind a toll is told apart where it names a place of its own, and is no part of the first."""
    assert told(text) == wanted


def test_each_has_its_day_where_it_names_one() -> None:
    """The second deed's day is its own where the words name one."""
    text = "Jihadists killed six villagers in Manni on Tuesday and four in Djibo on Thursday."
    days = [[m.span.of(text) for m in h.role(RoleName.TIME)] for h in rules.read(document(text)).happenings]
    assert days == [["Tuesday"], ["Thursday"]]
