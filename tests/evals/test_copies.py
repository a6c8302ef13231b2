"""The made set of copies: what a desk does is done, depends on the article alone, and what nobody knows is left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import copies as scorer

TEXT = "\n\n".join(f"Paragraph {word} tells of the strike on the depot, and two men said they saw it." for word in "abcdefgh")
OTHER = "\n\n".join(f"Elsewhere {word} a ferry went down in the storm with all who were on board, it says." for word in "ijkl")


def article(text: str, incident: str, site: str) -> scorer.Article:
    return scorer.Article(text, incident, site)


@pytest.mark.parametrize("name", scorer.EDITS)
def test_each_edit_changes_the_text_and_keeps_some_of_it(name: str) -> None:
    """A cut is shorter, a reordered text has the same paragraphs, a new lead is another's; all keep words of the article."""
    desk, before = scorer.Desk("key", OTHER), scorer.paragraphs(TEXT)
    after = scorer.EDITS[name](desk, before)
    assert after != before
    assert {"cut": len(after) < 8, "reorder": sorted(after) == sorted(before), "lead": after[0] == OTHER.split("\n\n")[0]}.get(
        name, True
    )
    assert set(" ".join(after).split()) & set(TEXT.split())


def test_a_copy_depends_on_its_article_alone() -> None:
    """The dice are the id's: the same article gives the same copy, another id another."""
    assert scorer.Desk("one", OTHER).edited(TEXT) == scorer.Desk("one", OTHER).edited(TEXT)
    assert scorer.Desk("one", OTHER).edited(TEXT) != scorer.Desk("two", OTHER).edited(TEXT)


def test_what_nobody_knows_is_left_out() -> None:
    """Articles of one site, and two that share many words in a row, are not held for independent; the others are."""
    long = " ".join(f"word{n}" for n in range(scorer.LONG_RUN))
    told = scorer.made(
        {
            "a": article(f"{TEXT} {long}", "i", "one.test"),
            "b": article(f"{OTHER} {long}", "i", "two.test"),
            "c": article(OTHER.replace("ferry", "barge"), "i", "one.test"),
            "d": article(TEXT[::-1], "i", "three.test"),
        },
        set(),
    )
    assert {("a", "b"), ("a", "c")} <= told.unknown
    assert ("a", "d") in told.other
    assert not told.unknown & told.other
    assert told.same == {("a", "a edited"), ("b", "b edited"), ("c", "c edited"), ("d", "d edited")}


def test_precision_and_recall_by_hand() -> None:
    """Of two copies one is found, of two independent pairs one is taken for a copy: a half each."""
    told = scorer.Set(
        incident=dict.fromkeys(("a", "b", "a edited", "b edited"), "x"),
        same={("a", "a edited"), ("b", "b edited")},
        other={("a", "b"), ("a edited", "b")},
        edits={"a edited": ("cut",), "b edited": ("lead",)},
    )
    held = scorer.held_back(told, ("a", "b"))
    row = scorer.figures(told, {("a", "a edited"): 0.9, ("a", "b"): 0.5, ("b", "b edited"): 0.1}, 0.3, held)
    assert (row["precision"], row["recall"], row["false_of_independent"]) == (0.5, 0.5, 0.5)
    assert (row["recall_cut"], row["recall_lead"]) == (1.0, 0.0)
    assert scorer.figures(told, {}, 0.3, not held)["copies"] == 0
