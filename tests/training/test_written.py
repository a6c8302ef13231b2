"""Reports marked by hand: marks become triggers and parts, and every mark in the folder can be read."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from training.labelled import KINDS, REALIS, ROLES, Labelled
from training.written import BadMark, held_out, report, reports

HERDERS = (
    "Herders taken near Tarka\n\n[Men](perpetrator#1) [made off with](abduction#1) [two herders](victim#1) outside "
    "[Tarka](place#1 place#2). Police [headed off](abduction#2:foiled) a second attempt there. Five died in "
    "[the raid](attack#1)."
)


@cache
def written() -> list[Labelled]:
    return list(reports())


def told(one: Labelled) -> list[tuple[str, str, str | None, int | None]]:
    return [(one.text[e.start : e.end], e.kind, e.realis, e.chain) for e in one.events]


def test_a_mark_leaves_its_words_in_the_text_and_becomes_a_trigger() -> None:
    """What stands behind the words names the kind, the happening, and whether it happened."""
    one = report("r", HERDERS)
    assert one.text.startswith("Herders taken near Tarka\n\nMen made off with two herders outside Tarka. Police headed off")
    assert told(one) == [
        ("made off with", "abduction", "asserted", 1),
        ("headed off", "abduction", "foiled", 2),
        ("the raid", "attack", "asserted", 1),
    ]
    assert one.title == "Herders taken near Tarka"


def test_a_part_belongs_to_the_triggers_of_its_number_in_its_sentence_else_to_the_nearest() -> None:
    """One place may be that of two happenings; the later words for a happening have no parts of their own here."""
    one = report("r", HERDERS)
    parts = [[(r.role, one.text[r.start : r.end]) for r in e.roles] for e in one.events]
    assert parts == [[("perpetrator", "Men"), ("victim", "two herders"), ("place", "Tarka")], [("place", "Tarka")], []]


def test_words_for_the_dead_without_a_mark_teach_nothing() -> None:
    """ "Five died" tells neither that "died" is a deed nor that it is none."""
    one = report("r", HERDERS)
    assert [one.text[a:b] for a, b in one.unsaid] == ["died"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("H\n\n[Men](doer#1) [fled](attack#1).", "no kind and no part"),
        ("H\n\n[Men](perpetrator#2) [fell upon](attack#1) them.", "which no words tell"),
        ("H\n\n[Men](perpetrator#1:denied) [fell upon](attack#1) them.", "whether something happened"),
        ("H\n\n[fell upon](attack#1:maybe) them.", "whether something happened"),
        ("H\n\n[The [old] men](perpetrator#1) [fell upon](attack#1) them.", "a bracket"),
    ],
)
def test_a_mark_that_cannot_be_read_is_named(body: str, why: str) -> None:
    """The message gives the report and the words."""
    with pytest.raises(BadMark, match=f"r: .*{why}"):
        report("r", body)


def test_every_report_of_the_folder_can_be_read_and_has_a_name_of_its_own() -> None:
    """Marks are of known kinds and parts, and no two reports share a name or a text."""
    assert len(written()) > 100
    assert len({one.id for one in written()}) == len({one.text for one in written()}) == len(written())
    for one in written():
        assert {e.kind for e in one.events} <= set(KINDS)
        assert {e.realis for e in one.events} <= set(REALIS)
        assert {r.role for e in one.events for r in e.roles} <= set(ROLES)


def test_many_kinds_and_all_of_what_may_have_become_of_a_deed_come_up() -> None:
    """They are there for what the generator says too seldom."""
    kinds = Counter(e.kind for one in written() for e in one.events)
    realis = Counter(e.realis for one in written() for e in one.events)
    assert min(kinds[kind] for kind in set(KINDS) - {"harm", "other", "chemical", "strike"}) >= 10
    assert min(realis[said] for said in REALIS) >= 10


def test_a_part_of_the_reports_is_kept_for_measuring() -> None:
    """About a sixth, by their names, so that it stays the same as reports are added."""
    kept = sum(held_out(one.id) for one in written()) / len(written())
    assert 0.08 < kept < 0.25


def test_where_marks_are_sparse_a_trigger_without_a_doer_says_nothing_of_one() -> None:
    """ "Five died in the raid" has no marks for who did it to whom, and the sentence of the three other marks has both."""
    one = report("r", HERDERS, sparse=True)
    assert [e.silent for e in one.events] == [[], ["perpetrator", "target", "victim"], ["perpetrator", "target", "victim"]]
    assert not any(e.silent for e in report("r", HERDERS).events)
