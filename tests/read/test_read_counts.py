"""Sentences that count happenings, read by rules and worked out, against what a careful coder notes of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossbearing.ledger.encode import decode_outcome, encode_outcome
from crossbearing.model.claim import StatedCount
from crossbearing.model.mention import CountWords, Mention
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import DateKind, Document, Metadata, Shown, ShownDate
from crossbearing.read import rules
from crossbearing.resolve.claims import resolve
from crossbearing.resolve.toll import tallies
from crossbearing.words import ordinals

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "coverage.yml").read_text(encoding="utf-8")
)


def document(text: str, published: str | None = None) -> Document:
    key = hashlib.sha256(text.encode()).hexdigest()
    dates = (ShownDate(DateKind.PUBLISHED, Shown(published, "json published", published)),) if published else ()
    return Document("d" + key[:16], key, "case", "case", text, metadata=Metadata(dates=dates))


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["text"][:60], marks=marks)


def range_of(written: str) -> tuple[int | None, int | None]:
    """A range as the cases write it: `5`, `5..9`, `5..` or `..9`."""
    low, dots, high = written.partition("..")
    return int(low) if low else None, (int(high) if high else None) if dots else int(low)


def words(page: Document, mentions: tuple[Mention, ...]) -> list[str]:
    return [page.quote(m.span) for m in mentions]


def hold(found: list[str], wanted: list[str]) -> bool:
    """Whether each is the words wanted or holds them, and there are no more."""
    return len(found) == len(wanted) and all(w.lower() in f.lower() for f, w in zip(sorted(found), sorted(wanted), strict=True))


@pytest.mark.parametrize("case", [marked(c) for c in CASES["sentences"]])
def test_words_that_count_happenings(case: dict[str, Any]) -> None:
    """Each count has its number, what it counts, and the places, parties and time that its words give."""
    page = document(case["text"])
    found = rules.read(page).counts
    figures = [tallies.figure(page, one) for one in found]
    said = [(f.value.low, f.value.high, page.quote(c.counted)) for f, c in zip(figures, found, strict=True) if f]
    assert said == [(*range_of(one["n"]), one["what"]) for one in case["counts"]]
    for one, count in zip(case["counts"], found, strict=True):
        assert_as_told(page, one, count)


def assert_as_told(page: Document, one: dict[str, Any], count: CountWords) -> None:
    assert count.ordinal is one.get("ordinal", False)
    assert count.foiled is one.get("foiled", False)
    assert (count.part_of is not None) is one.get("part", False)
    for name, mentions in (("at", count.places), ("by", count.perpetrators), ("on", count.targets)):
        if name in one:
            assert hold(words(page, mentions), one[name]), (name, words(page, mentions))
    if "when" in one:
        assert (one["when"] or "") in (page.quote(count.time.span) if count.time else "")
        assert (count.time is None) is (one["when"] is None)
    if "kind" in one:
        assert count.sub_event_type == one["kind"]


@pytest.mark.parametrize("case", [marked(c) for c in CASES["pages"]])
def test_counts_worked_out(case: dict[str, Any]) -> None:
    """On a page of a day a count has its days, its places, its parties and its voices, each standing on words."""
    page = document(case["text"], case["page"].isoformat())
    found = resolve(page, rules.read(page)).counts
    assert [(c.count.value.low, c.count.value.high) for c in found] == [range_of(one["n"]) for one in case["counts"]]
    for one, count in zip(case["counts"], found, strict=True):
        days = [count.when.value.earliest, count.when.value.latest] if count.when else None
        assert days == one["days"]
        assert sorted(p.value.name for p in count.where) == sorted(one["places"])
        assert (count.part_of is not None) is one.get("part", False)
        assert_named(one, count)


def assert_named(one: dict[str, Any], count: StatedCount) -> None:
    named = {
        "by": [a.value.name for a in count.perpetrators],
        "on": [a.value.name for a in count.targets],
        "chain": [v.value.name for v in count.chain],
    }
    assert {name: found for name, found in named.items() if name in one} == {name: one[name] for name in named if name in one}


def test_a_part_names_its_whole() -> None:
    """The id of the whole stands in its part, and each id is of its own number."""
    page = document("US forces have been attacked 78 times since 17 October, 43 of them in Iraq.", "2023-12-02")
    whole, part = resolve(page, rules.read(page)).counts
    assert part.part_of == whole.id != part.id
    assert whole.quote == page.quote(whole.span)


@pytest.mark.parametrize(
    ("text", "places"),
    [("the second raid", [2]), ("a 26th and a twenty-seventh", [26, 27]), ("its fortieth", [40]), ("the second-largest", [])],
)
def test_ordinals(text: str, places: list[int]) -> None:
    """Words and digits for a place in an order give its number; half of a compound gives none."""
    assert [one.place for one in ordinals.find(text)] == places


def test_an_outcome_without_counts_still_loads() -> None:
    """What was written before counts were kept is read as a page that states none."""
    page = document("US forces have been attacked 78 times since 17 October.", "2023-12-02")
    found = resolve(page, rules.read(page))
    outcome = Outcome("c" * 64, ("s",), document=page, dating=found.dating, counts=found.counts)
    assert decode_outcome(encode_outcome(outcome)) == outcome
    older = json.loads(encode_outcome(outcome))
    del older["counts"]
    assert decode_outcome(json.dumps(older)) == replace(outcome, counts=())
