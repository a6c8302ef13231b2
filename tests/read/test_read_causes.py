"""Sentences that tell what a crowd did and what it was about, against what a careful coder makes of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from crossbearing.model.mention import DEMONSTRATIONS, Happening, Realis, RoleName
from crossbearing.model.text import Document
from crossbearing.pipeline import default_parts

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "causes.yml").read_text(encoding="utf-8"))
READERS = ("rules", "network")
PARTS = {
    "by": (RoleName.PERPETRATOR,),
    "to": (RoleName.TARGET, RoleName.VICTIM),
    "at": (RoleName.PLACE, RoleName.TARGET),
    "on": (RoleName.TIME,),
    "killed": (RoleName.KILLED,),
}


def told(text: str, reader: str) -> tuple[list[Happening], list[Happening]]:
    """What a reader finds that a crowd did, and what others did; what makes no incident is left out."""
    key = hashlib.sha256(text.encode()).hexdigest()
    document = Document("d" + key[:16], key, "case", "case", text)
    real = [h for h in default_parts(reader).read(document).happenings if not h.generic and h.realis is not Realis.HYPOTHETICAL]
    return [h for h in real if h.event_type in DEMONSTRATIONS], [h for h in real if h.event_type not in DEMONSTRATIONS]


def words(text: str, happening: Happening, part: str) -> str:
    return " | ".join(m.span.of(text) for name in PARTS[part] for m in happening.role(name)).lower()


def marked() -> list[Any]:
    found = []
    for case in CASES:
        for reader in READERS:
            marks = [pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else []
            found.append(pytest.param(case, reader, id=f"{reader}: {case['text'][:60]}", marks=marks))
    return found


@pytest.mark.parametrize(("case", "reader"), marked())
def test_a_crowd_and_what_it_was_about_each_have_their_own_parts(case: dict[str, Any], reader: str) -> None:
    """Each side is told once, with the parts that its words give it, and with none of the other's."""
    text = case["text"]
    found = dict(zip(("crowd", "about"), told(text, reader), strict=True))
    assert {side: len(happenings) for side, happenings in found.items()} == {side: side in case for side in found}
    for side, other in (("crowd", "about"), ("about", "crowd")):
        for happening in found[side]:
            wanted = case[side]
            assert happening.sub_event_type == wanted["sub"] or happening.sub_event_type == "Strike, means unknown"
            for part in PARTS.keys() & wanted.keys():
                assert str(wanted[part]).lower() in words(text, happening, part), (
                    f"{side}, {part}: {words(text, happening, part)}"
                )
            for part in PARTS.keys() & case.get(other, {}).keys():
                theirs = str(case[other][part]).lower()
                assert theirs == str(wanted.get(part)).lower() or theirs not in words(text, happening, part), f"{side}: {theirs}"


@pytest.mark.parametrize("case", [c for c in CASES if "about" in c and "known_failure" not in c], ids=lambda c: c["text"][:60])
def test_what_is_only_named_is_recalled(case: dict[str, Any]) -> None:
    """A killing that a march is about is recalled; one that a clause tells is as much news as the march."""
    _, about = told(case["text"], "rules")
    assert {h.realis for h in about} == {Realis.ASSERTED if case["about"].get("new") else Realis.BACKGROUND}


WORDS = (
    "protests marched riots over against after because killing killed of soldiers shot a teacher in Goma on Friday , sparked to "
    "protest retaliation for an air strike funeral arrested police bombing which two ; seized it but army retook GOMA - said ("
).split()


@settings(max_examples=150, deadline=None, derandomize=True, phases=(Phase.generate, Phase.shrink))
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16))
def test_no_row_of_words_breaks_the_reader(row: list[str]) -> None:
    """Words that open causes and deeds, in whatever order: what is told stands within the text."""
    text = " ".join(row)
    for happenings in told(text, "rules"):
        assert all(0 <= h.trigger.start < h.trigger.end <= len(text) and h.sentence.holds(h.trigger) for h in happenings)
