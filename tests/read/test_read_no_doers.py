"""Who stands beside a deed and did not do it."""

from __future__ import annotations

import pytest

from crossbearing.model.text import Span
from crossbearing.read.no_doers import belonging, bombed_by_others, held_by, is_no_doer, is_spared


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "doer", "trigger", "no_doer"),
    [
        ("A car carrying soldiers exploded in A.", "soldiers", "exploded", True),
        ("Pagers used by members of the group exploded in A.", "members", "exploded", True),
        ("Jets belonging to the peace force bombed A.", "peace force", "bombed", False),
        ("Police recovered the bullet-riddled body of a man.", "Police", "bullet-riddled", True),
        ("Gunmen shot a man, and his body was found in A.", "Gunmen", "shot", False),
        ("A plane bombed hunters fighting the rebels near A.", "rebels", "bombed", True),
        ("Rebels fighting in A killed nine people.", "Rebels", "killed", False),
        ("Porters fired on above A; two died.", "Porters", "fired", True),
        ("Guards fired on porters above A.", "Guards", "fired", False),
        ("Troops rescued eight kidnapped pupils.", "Troops", "kidnapped", True),
        ("Rebels have released 40 kidnapped farmers.", "Rebels", "kidnapped", False),
    ],
)
def test_a_party_beside_a_deed_did_not_do_it(text: str, doer: str, trigger: str, no_doer: bool) -> None:
    """Who was aboard, who found the body, whom the victims fought and who freed them are told from those who did it."""
    assert is_no_doer(text, span(text, doer), span(text, trigger)) is no_doer


@pytest.mark.parametrize(
    ("text", "whom", "trigger", "spared"),
    [
        ("The minister toured a school that was hit in A.", "minister", "hit", True),
        ("The minister, a doctor, has visited a school which was badly damaged.", "minister", "damaged", True),
        ("The minister was shot in A.", "minister", "shot", False),
        ("The minister toured a school when he was shot.", "minister", "shot", False),
        ("Gunmen shot at the judge's car in A.", "judge", "shot", True),
        ("Gunmen fired on the workers' bus in A.", "workers", "fired", True),
        ("The judge's body was found in A.", "judge", "found", False),
    ],
)
def test_whoever_came_to_see_a_deed_or_owns_what_was_hit_is_spared(text: str, whom: str, trigger: str, spared: bool) -> None:
    """A clause behind a building is of the building, and a car that is somebody's was hit, not its owner."""
    assert is_spared(text, span(text, whom), span(text, trigger)) is spared


@pytest.mark.parametrize(
    ("text", "whom", "what"),
    [
        ("Shells hit the ambassador's residence.", "ambassador", "ambassador's residence"),
        ("Gunmen fired on the workers' old bus.", "workers", "workers' old bus"),
        ("Gunmen shot the judge's daughter.", "judge", None),
        ("Gunmen shot the judge.", "judge", None),
    ],
)
def test_whose_thing_was_hit_stands_for_it(text: str, whom: str, what: str | None) -> None:
    """The words go on to the thing; kin are people of their own."""
    found = belonging(text, span(text, whom))
    assert (found.of(text) if found else None) == what


def test_who_held_what_was_hit_did_not_hit_it() -> None:
    """What stands before "held by" is given, so that a weapon held by somebody is another matter."""
    text = "Shells hit a base held by rebels."
    held = held_by(text, span(text, "rebels"), span(text, "hit"))
    assert held == span(text, "base")


@pytest.mark.parametrize(
    ("text", "doer", "others"),
    [
        ("The brigade of the north bombed a pub.", "brigade of the north", True),
        ("The army bombed a pub.", "army", False),
        ("The brigade of the north bombed a pub with drones.", "brigade of the north", False),
    ],
)
def test_a_group_without_a_craft_bombs_from_the_ground(text: str, doer: str, others: bool) -> None:
    """Without a craft in the sentence, and by none who are a state's."""
    assert bombed_by_others(text, span(text, "bombed"), Span(0, len(text)), [span(text, doer)]) is others
