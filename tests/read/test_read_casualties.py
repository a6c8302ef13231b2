"""The figures that one sentence counts: which words, of whom, and whether of a whole, a part, more, or a period."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import Span
from crossbearing.read.chunks import chunk
from crossbearing.read.harm.casualties import casualties
from crossbearing.read.harm.words import Casualty


def counted(text: str) -> list[Casualty]:
    return casualties(text, chunk(text, Span(0, len(text))))


def words(text: str) -> list[tuple[str, str]]:
    """What is counted and by which words, in the order found."""
    return [(c.counted, c.figure.span.of(text)) for c in counted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A shell killed five people.", [("killed", "five")]),
        ("Five people were killed and nine wounded.", [("killed", "Five"), ("injured", "nine")]),
        ("The blast left 14 dead and 30 injured.", [("killed", "14"), ("injured", "30")]),
        ("12 killed, 30 hurt as bomb explodes", [("killed", "12"), ("injured", "30")]),
        ("Two attackers killed 32 people.", [("killed", "32")]),
        ("The raid of 12 May wounded four on 13 May, killing two.", [("injured", "four"), ("killed", "two")]),
        ("Four killed including two women.", [("killed", "Four"), ("killed", "two")]),
        ("The war has killed more than 20,000 people.", [("killed", "more than 20,000")]),
        ("They lost six men.", [("killed", "six")]),
        ("The army killed eight rebels and lost two of its own.", [("killed", "eight"), ("killed", "two")]),
        ("Three guards lost their lives and two more are in hospital.", [("killed", "Three"), ("injured", "two")]),
        (
            "A strike killed a nurse, her patient and an ambulance driver.",
            [("killed", "a nurse, her patient and an ambulance driver")],
        ),
        ("The bombing claimed the life of the mayor and his wife.", [("killed", "the mayor and his wife")]),
        ("A boy of nine did not survive.", [("killed", "boy")]),
        ("Not one of the nine soldiers in the outpost survived the attack.", [("killed", "nine")]),
        ("Police put the toll at five, a doctor at nine.", [("killed", "five"), ("killed", "nine")]),
        ("The ministry said four soldiers were killed; the rebels claimed 17.", [("killed", "four"), ("killed", "17")]),
        ("The blast killed five, and police came at nine.", [("killed", "five")]),
        ("More than 30 cases of suffocation were treated.", [("injured", "More than 30")]),
        ("The death toll has climbed to 28, up from 21.", [("killed", "28")]),
        ("The toll rose from 14 to 21.", [("killed", "21")]),
        ("They had earlier put the death toll at 17.", []),
        ("Two of the wounded are in a coma.", []),
        ("It was not clear how many people were killed.", []),
        ("They vowed to kill 100 rebels for each soldier who died.", []),
        ("The strike was in retaliation for the killing of three guards.", []),
        ("The raid ended with the killing or wounding of 20 guards.", []),
        ("A bomb killed 15 cows.", []),
        ("A bomb killed two in houses near by.", [("killed", "two")]),
        ("The army lost two tanks.", []),
        ("No one was hurt.", [("killed", "No one"), ("injured", "No one")]),
        ("No deaths were reported, but seven people were wounded.", [("killed", "No deaths"), ("injured", "seven")]),
        ("A guard was killed; no one else was hurt.", [("killed", "guard")]),
        ("Eight rebels died in the exchange, and there were no losses among the troops.", [("killed", "Eight")]),
        ("There were no casualties among the troops.", [("killed", "no casualties"), ("injured", "no casualties")]),
        ("A woman of 61 who kept the gate was killed.", [("killed", "woman")]),
        ("They received six dead, three of them under ten years of age, and 31 wounded.", [("killed", "six"), ("injured", "31")]),
        ("The driver is in surgery with injuries to both legs.", [("injured", "driver")]),
        ("Two neighbours have fragment wounds.", [("injured", "Two")]),
        ("The mayor has no wounds.", []),
    ],
)
def test_a_sentence_counts_the_people_it_says_were_hurt(text: str, expected: list[tuple[str, str]]) -> None:
    """Each number of people hurt is found with what befell them, and no other number is."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Eight rebels and two soldiers were killed.", "Eight rebels and two soldiers"),
        ("A shell killed a man and his wife.", "a man and his wife"),
        ("Four soldiers along with two drivers were killed.", "Four soldiers along with two drivers"),
        ("Three men, two women and a child were killed.", "Three men, two women and a child"),
        ("22 children were killed along with six teachers.", "22 children were killed along with six teachers"),
        ("A shell killed a woman, 45, and her son, 12.", "a woman, 45, and her son"),
        ("Five people, two women and three children, were killed.", "Five"),
        ("A shell killed two guards, and a driver was wounded.", "two"),
    ],
)
def test_people_told_side_by_side_are_one_figure(text: str, figure: str) -> None:
    """What "and", "along with" or commas join is one figure; a whole with its kinds, or another harm's people, are not."""
    assert words(text)[0] == ("killed", figure)


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("Six people, including two children and a nurse, were killed.", "Six", ["two", "nurse"]),
        ("Eleven people were killed, three of them children.", "Eleven", ["three"]),
        ("Seven people were killed, of whom two were paramedics.", "Seven", ["two"]),
        ("Twelve people were wounded, four of them seriously.", "Twelve", []),
        ("Among the dead were four children.", "the dead", ["four"]),
        ("Two of the dead were women.", "the dead", ["Two"]),
    ],
)
def test_a_part_knows_its_whole(text: str, whole: str, parts: list[str]) -> None:
    """A part bears the words of the figure, or of the dead told of before, that it belongs to."""
    found = [c for c in counted(text) if c.part_of]
    assert [c.figure.span.of(text) for c in found] == parts
    assert {c.part_of.of(text) for c in found if c.part_of} == ({whole} if parts else set())


def test_a_part_belongs_to_the_figure_nearest_before_it() -> None:
    """Of one killed and six injured, "including a boy" is said of the injured."""
    text = "One person was killed, and six, including a boy, were injured."
    (part,) = [c for c in counted(text) if c.part_of]
    assert (part.counted, part.figure.span.of(text)) == ("injured", "boy")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Another five people died.", True),
        ("Two more people died.", True),
        ("Another died of wounds.", True),
        ("Four civilians were also killed.", True),
        ("Five people died.", False),
        ("More than five people died.", False),
    ],
)
def test_some_words_add_to_what_was_told(text: str, more: bool) -> None:
    """ "Another", "two more" and "also" tell a figure on top of one told before; "more than" does not."""
    assert [c.more for c in counted(text)] == [more]


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("Since April, 260 people have been killed.", [True]),
        ("Strikes across the country killed 34 people.", [True]),
        ("At least 43,000 people were killed.", [True]),
        ("Ten soldiers were killed in the deadliest raid since 2021.", [False]),
        ("Gunmen killed two guards in an attack across the border.", [False]),
        ("A shell killed two people, bringing to 31 the number killed since June.", [True, False]),
    ],
)
def test_a_figure_over_many_happenings_is_told_apart(text: str, cumulative: list[bool]) -> None:
    """A figure is cumulative by the words on its own side of where the sentence turns."""
    assert [c.cumulative for c in counted(text)] == cumulative


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eight people are missing.", ("missing", "Eight")),
        ("Gunmen abducted 137 pupils.", ("captured", "137")),
        ("They took three soldiers prisoner.", ("captured", "three")),
        ("The fighting displaced 4,000 people.", ("displaced", "4,000")),
    ],
)
def test_the_missing_the_captured_and_the_displaced_are_counted(text: str, expected: tuple[str, str]) -> None:
    """Those who were neither killed nor injured are counted under their own word."""
    assert words(text) == [expected]


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_what_is_killed_and_what_is_wounded_never_change_places(killed: int, injured: int) -> None:
    """Whatever the numbers and their order, each goes to its own word."""
    for text in (
        f"The blast killed {killed} people and wounded {injured}.",
        f"The blast wounded {injured} people and killed {killed}.",
        f"{killed} people were killed and {injured} were wounded.",
    ):
        assert sorted(words(text)) == [("injured", str(injured)), ("killed", str(killed))]


@given(st.text(max_size=120))
def test_figures_lie_within_any_text(text: str) -> None:
    """Whatever the words, each figure found lies within them."""
    line = f"{text} two people were killed"
    assert all(0 <= c.figure.span.start < c.figure.span.end <= len(line) for c in counted(line))
