"""The scorer of ordinary news, on made-up claims and a made-up text: which incident is meant, and what counts as false."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import incidents as scorer

from crossbearing.model.claim import Claim, ClaimRole, Figure, Status
from crossbearing.model.mention import Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Interval

TEXT = "A shell hit Sake. Two guards died. Gunmen raided Kidal. The mayor attacked his rival."
DAY = Interval(date(2024, 3, 4), date(2024, 3, 4))


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def claim(words: str, happening: int, role: ClaimRole = ClaimRole.MAIN, killed: Figure | None = None) -> Claim:
    span = Span(*at(words))
    return Claim(
        "c1", "d1", "r1", "f1", words, span, role, Status.HAPPENED, "Battles", "Armed clash", Stance.ASSERTS, "s",
        when=Stated(DAY, (span,), "s"), killed=Stated(killed, (span,), "s") if killed else None, happening=happening,
    )  # fmt: skip


def told(words: str, role: str = "news", **more: object) -> scorer.Record:
    known = {"type": "Battles", "status": "happened", "day": ["2024-03-04", "2024-03-04"], "place": None, "country": None}
    return {"at": [at(words)], "role": role, "killed": None, "injured": None} | known | more


def text(found: list[Claim], *wanted: scorer.Record) -> scorer.Text:
    groups = scorer.happenings(found)
    return scorer.Text({"n": 0, "incidents": list(wanted)}, TEXT, groups, scorer.paired(groups, list(wanted)))


def shares(one: scorer.Text) -> dict[str, tuple[int, int]]:
    return {name: (tally.right, tally.found) for name, tally in scorer.scored([one]).items()}


def test_an_incident_that_the_text_tells_is_right_and_one_that_it_does_not_is_false() -> None:
    """Each found incident goes with the one told in its sentence; a sentence that tells none makes it false."""
    found = shares(text([claim("A shell hit Sake.", 0), claim("The mayor attacked his rival.", 1)], told("A shell hit Sake.")))
    assert found["precision"] == (1, 2)
    assert found["false"] == (1, 1)
    assert found["recall"] == found["day"] == (1, 1)


def test_one_incident_found_twice_is_right_once() -> None:
    """What is split in two is told again."""
    both = told("A shell hit Sake.") | {"at": [at("A shell hit Sake."), at("Two guards died.")]}
    found = shares(text([claim("A shell hit Sake.", 0), claim("Two guards died.", 1)], both))
    assert found["precision"] == (1, 2)
    assert found["again"] == (1, 1)


def test_what_is_recalled_counts_for_no_recall_and_what_is_unsure_for_nothing() -> None:
    """A recalled incident given as news is counted as such; an unsure one neither helps nor harms."""
    one = text(
        [claim("A shell hit Sake.", 0), claim("Gunmen raided Kidal.", 1)],
        told("A shell hit Sake.", "recalled"),
        told("Gunmen raided Kidal.", unsure=True),
    )
    found = shares(one)
    assert found["recalled_as_news"] == (1, 1)
    assert found["precision"] == (1, 1)
    assert found["recall"] == (0, 0)


@pytest.mark.parametrize(("wanted", "given", "right"), [([2, 2], 2, 1), ([3, 3], 2, 0), (None, 2, 0), ([2, 2], None, 0)])
def test_a_toll_is_right_where_it_is_the_same(wanted: list[int] | None, given: int | None, right: int) -> None:
    """A toll that only one side has is wrong."""
    figure = Figure(given, given, "killed") if given is not None else None
    found = shares(text([claim("A shell hit Sake.", 0, killed=figure)], told("A shell hit Sake.", killed=wanted)))
    assert found["killed"] == (right, 1)


def test_tokens_become_text_again() -> None:
    """Marks, endings and quotation marks stand as they are written."""
    assert scorer.plain("He did n't say \" it 's over , \" ( he left ) .") == "He didn't say \"it's over,\" (he left)."


def test_every_row_of_the_gold_is_of_one_part_and_its_spans_are_in_order() -> None:
    """The two halves share no text; no incident is without a sentence."""
    rows = scorer.gold()
    assert {row["part"] for row in rows} == {"train", "dev"}
    assert len({row["n"] for row in rows}) == len(rows) == 84
    assert all(one["at"] and one["at"] == sorted(one["at"]) for row in rows for one in row["incidents"])
