"""Sentences that tell of a kind of happening by who does what with whom, against what a careful coder makes of them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossbearing import resources
from crossbearing.model.mention import Happening, Reading, Realis, RoleName
from crossbearing.model.text import Document
from crossbearing.read import kinds, rules
from crossbearing.read.lexicon import lexicon
from crossbearing.read.network.labels import KINDS

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "kinds.yml").read_text(encoding="utf-8"))
TABLE: list[dict[str, Any]] = resources.table("kinds.yml")["kinds"]
TOLD = (Realis.ASSERTED, Realis.FOILED)


@lru_cache(maxsize=None)
def read(text: str) -> Reading:
    key = hashlib.sha256(text.encode()).hexdigest()
    return rules.read(Document("d" + key[:16], key, "case", "case", text))


def told(text: str) -> list[Happening]:
    """What the rules find told as having happened, or as foiled."""
    return [h for h in read(text).happenings if h.realis in TOLD]


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["text"][:60], marks=marks)


def words(text: str, happening: Happening, name: RoleName) -> list[str]:
    return [m.span.of(text).lower() for m in happening.role(name)]


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_a_sentence_tells_of_the_kind_that_its_coder_saw(case: dict[str, Any]) -> None:
    """One kind and no other is told; an incident can be made of it or not; its doer and its place are those of the words."""
    text = case["text"]
    found = told(text)
    assert {h.sub_event_type for h in found} == ({case["sub"]} if "sub" in case else set())
    assert {h.generic for h in found} <= {case.get("generic", False)}
    for key, name in (("by", RoleName.PERPETRATOR), ("at", RoleName.PLACE)):
        held = [word for h in found for word in words(text, h, name)]
        assert all(any(wanted.lower() in word for word in held) for wanted in case.get(key, ())), f"{key}: {held}"


def test_the_cases_are_many_and_each_kind_has_some() -> None:
    """There are at least 150 sentences, none twice, and each kind of the table is told in two of them."""
    texts = [c["text"] for c in CASES]
    assert len(texts) == len(set(texts)) >= 150
    subs = [c.get("sub") for c in CASES]
    assert all(subs.count(lexicon().types[row["kind"]][1]) >= 2 for row in TABLE)


def test_a_kind_bears_the_type_that_the_network_s_label_has() -> None:
    """The table and the network mean one event and sub-event type by one key."""
    assert all(lexicon().types[row["kind"]] == KINDS[row["kind"]] for row in TABLE)


def test_every_kind_says_what_it_is_and_has_forms_that_are_patterns() -> None:
    """Each kind has a definition; each of its forms has one word in brackets that tells of the happening, and compiles."""
    for row in TABLE:
        assert row["is"].endswith(".")
        assert row["tells"]
        assert set(row) <= {"kind", "is", "over", "incident", "tells", "never"}
        assert all(form.count("[") == 1 for form in row["tells"])
    assert kinds.knows(["arrested"])
    assert not kinds.knows(["bombed"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iranian soldiers arrested nine men in Gurmand on Monday.", "Israeli soldiers arrested nine men in Gurmand on Monday."),
        ("Hezbollah fighters captured the town of Lomeva.", "Houthi fighters captured the town of Lomeva."),
        ("Russian troops retook the town of Lomeva.", "Ukrainian troops retook the town of Lomeva."),
        ("Turkish police fired tear gas at protesters in Daresh.", "American police fired tear gas at protesters in Daresh."),
    ],
)
def test_whose_they_are_changes_no_kind(one: str, other: str) -> None:
    """Two sentences that differ by the name of a party are of one kind."""
    assert [h.sub_event_type for h in told(one)] == [h.sub_event_type for h in told(other)] != []
