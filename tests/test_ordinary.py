"""Ordinary news, read as it comes: people told by name, captions, sums over years, and politics in words of war."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_pipeline import capture, news
from test_short import marked, range_of

from crossbearing.model.claim import ClaimRole
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Media
from crossbearing.pipeline import default_parts, digest
from crossbearing.words.names import fold

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "ordinary.yml").read_text(encoding="utf-8")
)


def outcome(text: str) -> Outcome:
    """What the default reader and the resolver make of a text."""
    return digest(capture(text, Media.REPORT), default_parts("network"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES["named"]])
def test_who_is_said_by_name_to_have_been_killed_counts_as_dead_and_is_no_place(case: dict[str, Any]) -> None:
    """One incident, with as many dead as are named, of its event type, where it was."""
    told = [c for c in outcome(case["text"]).claims if c.role is ClaimRole.MAIN]
    assert len({c.happening for c in told}) == 1
    assert {range_of(c.killed) for c in told} == {None if case["killed"] == "none" else case["killed"]}
    assert all(c.event_type.startswith(case["kind"]) for c in told)
    assert all(c.where and fold(case["at"]) in fold(c.where.value.name) for c in told)


@pytest.mark.parametrize("case", [marked(case) for case in CASES["pictures"]])
def test_a_picture_has_a_day_of_its_own_where_its_words_set_the_deed_before_it(case: dict[str, Any]) -> None:
    """The deed's day is the one told of it; where only the picture's is told it was then at the latest."""
    (when,) = {c.when.value for c in outcome(case["text"]).claims if c.when}
    assert str(when.latest) == case.get("day", case.get("upto"))
    assert (str(when.earliest) == case["day"]) if "day" in case else when.earliest is None


@pytest.mark.parametrize("case", [marked(case) for case in CASES["sums"]])
def test_a_sum_over_years_is_a_total_and_no_incident(case: dict[str, Any]) -> None:
    """It stands in the ledger as a total, with its floor."""
    found = outcome(case["text"])
    assert news(found.claims) == []
    assert [t.value.low for t in found.totals if t.value.counted == "killed"] == [case["killed"]]


@pytest.mark.parametrize("case", [marked(case) for case in CASES["silent"]])
def test_words_of_war_that_are_not_meant_give_no_news(case: dict[str, Any]) -> None:
    """Elections, markets, matches, films, accidents, sayings."""
    assert news(outcome(case["text"]).claims) == []
