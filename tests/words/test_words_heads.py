"""Lines that are headed by a place, and lines that are not."""

from __future__ import annotations

import pytest

from crossbearing.words.heads import head_of


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Goma. Soldiers looted a store on Monday.", "Goma"),
        ("- Geidam: Troops repelled an attack.", "Geidam"),
        ("2. Kawkareik (8 April): Two air strikes hit a school.", "Kawkareik"),
        ("• Port Sudan: a drone fell into the sea.", "Port Sudan"),
        ("Goma prison. More than 100 women fled.", "Goma prison"),
        ("QUETTA: Armed men blocked a road.", None),
        ("SANAA - The group said that it had fired.", None),
        ("- BORNO: Gunmen attacked a village.", "BORNO"),
        ("No. 7/2024, 0640 hrs, LAFEY. A lorry ran over a mine.", "LAFEY"),
        ("On 3 May 2024, Goma. Soldiers looted a store.", None),
        ("The army said: nobody was hurt.", None),
        ("it was over. Nobody was hurt there.", None),
        ("Goma.", None),
    ],
)
def test_a_line_may_open_with_the_place_that_it_tells_of(line: str, name: str | None) -> None:
    """A name with a colon or a stop heads its line; a dateline, a sentence and a line without more do not."""
    text = f"What was told before.\n{line}\nWhat is told next."
    at = text.index(line)
    head = head_of(text, at + len(line) - 2)
    assert (head.name.of(text) if head else None) == name


def test_a_head_ends_with_its_line() -> None:
    """What the next line tells is not told under the head of this one."""
    text = "- Geidam: Troops repelled an attack.\nNobody was hurt in the town."
    assert head_of(text, 4) is not None
    assert head_of(text, len(text) - 3) is None
