"""Copies: found whatever a desk does to a wire, with the exact words; two who write for themselves are not taken for copies."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.link.copies import NEIGHBOURS, PASSAGE, candidates, copies, is_copy, shared

WIRE = (
    "Three drones struck the grain store beside the river port shortly before dawn on Monday, the harbour master said.\n"
    "Two silos burned until noon and a tug that lay at the quay was holed by splinters below the waterline.\n"
    "A night watchman was found dead in the ruins of the weighing house, and four loaders were taken to the clinic.\n"
    "The port had been closed to foreign ships since the ferry sank there in March, but barges went on loading at night."
)
ALONE = (
    "It was still dark when Oona Brandt heard the first of the explosions from her kitchen on the far bank of the river.\n"
    "By the time she reached the embankment the granary was alight, and men were running along the quay with hoses.\n"
    "Firemen told her that somebody had died, though nobody there could say who it was or how many had been carried off."
)


def edited(text: str, kind: str) -> str:
    lines = text.split("\n")
    return {
        "verbatim": text,
        "cut": "\n".join(lines[:2]),
        "reordered": "\n".join((lines[0], *reversed(lines[1:]))),
        "new lead": "\n".join((ALONE.split("\n")[0], *lines[1:])),
        "reworded": text.replace("shortly before", "just before").replace("burned", "blazed").replace("found dead", "killed"),
        "within a longer one": f"{ALONE}\n{text}\n{ALONE[::-1]}",
    }[kind]


@pytest.mark.parametrize("kind", ["verbatim", "cut", "reordered", "new lead", "reworded", "within a longer one"])
def test_a_copy_is_found_whatever_was_done_to_it(kind: str) -> None:
    """Cut, put about, with another lead, reworded, or printed within something longer."""
    (found,) = copies({"a": WIRE, "b": edited(WIRE, kind), "c": "Nothing of this stands anywhere else, and it is long enough."})
    assert (found.a, found.b) == ("a", "b")
    assert is_copy(found)


def test_two_reports_of_one_strike_are_no_copies() -> None:
    """The same happening in other words shares no passage."""
    assert shared("a", "b", WIRE, ALONE) is None
    assert not copies({"a": WIRE, "b": ALONE})


def test_the_words_that_are_shared_are_named() -> None:
    """The spans hold the words on either side; what is a report's own lies outside of them."""
    own = "Our reporter counted six craters."
    copy = f"{own}\n{WIRE.split(chr(10))[2]}"
    found = shared("a", "b", WIRE, copy)
    assert found is not None
    (passage,) = found.passages
    assert passage.a.of(WIRE) == passage.b.of(copy) == WIRE.split("\n")[2].rstrip(".")
    assert passage.words == 21
    assert found.share_b == pytest.approx(21 / 26, abs=1e-4)


def test_a_quotation_is_the_speakers() -> None:
    """Two who quote one statement at length copy the speaker, not each other."""
    quote = "“We have sent our drones against the store from which the enemy feeds its men, and shall send them again tomorrow.”"
    found = shared("a", "b", f"{WIRE}\n{quote}", f"{ALONE}\n{quote}")
    assert found is not None
    assert [p.quoted for p in found.passages] == [True]
    assert not is_copy(found)


def test_short_phrases_say_nothing() -> None:
    """A stock phrase of fewer words than a passage is no sign of copying."""
    phrase = " ".join(WIRE.split()[: PASSAGE - 1])
    assert shared("a", "b", f"{phrase}. {ALONE}", f"{phrase}, they say. Nobody else did.") is None


_words = st.sampled_from('alpha beta gamma delta river port store drone night dawn silo quay tug men fire “ ” " ,'.split())
_sentences = st.lists(st.lists(_words, max_size=25), max_size=8).map(
    lambda lines: "\n".join(" ".join(words) + "." for words in lines)
)


@settings(max_examples=150, deadline=None)
@given(one=_sentences, other=_sentences, common=_sentences)
def test_what_is_shared_stands_in_both(one: str, other: str, common: str) -> None:
    """No word is counted twice, spans lie within the texts, and the other way round it is the same with the sides changed."""
    a, b = f"{one}\n{common}", f"{common}\n{other}"
    found, back = shared("a", "b", a, b), shared("b", "a", b, a)
    assert (found is None) == (back is None)
    if found and back:
        assert 0 <= found.share_a <= 1
        assert 0 <= found.share_b <= 1
        for passages, side in ((found.passages, "a"), (found.passages, "b")):
            spans = sorted(getattr(p, side) for p in passages)
            assert all(x.end <= y.start for x, y in pairwise(spans))
        assert all(p.words >= PASSAGE and p.a.end <= len(a) and p.b.end <= len(b) for p in found.passages)


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(_sentences, min_size=2, max_size=6), seed=st.integers(0, 99))
def test_the_order_of_the_documents_changes_nothing(texts: list[str], seed: int) -> None:
    """Shuffled documents share what they shared."""
    told = {f"d{n}": f"{text}\n{WIRE if n % 2 else ALONE}" for n, text in enumerate(texts)}
    keys = random.Random(seed).sample(list(told), len(told))
    assert copies(told) == copies({key: told[key] for key in keys})


def test_only_what_is_wanted_is_compared() -> None:
    """Pairs that nobody asks for are not looked at."""
    told = dict.fromkeys("abc", WIRE)
    assert {(one.a, one.b) for one in copies(told, lambda a, b: "c" not in (a, b))} == {("a", "b")}


def test_a_sentence_that_all_hold_does_not_pair_all() -> None:
    """A notice under every page gives each a few neighbours: the pairs grow with the pages, not with their square."""
    notice = "This site keeps a record of your visits so that it can show you more of what you like to read."
    many = {f"d{n:04}": f"Number {n} tells of nothing that the others tell.\n{notice}" for n in range(400)}
    few = dict(list(many.items())[:100])
    assert NEIGHBOURS * 80 < len(candidates(few)) < len(candidates(many)) < 5 * len(candidates(few))
