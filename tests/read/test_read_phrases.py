"""The words of a party, from a head to its phrase: tests/cases/phrases.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from crossbearing.model.mention import Mention, MentionKind, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.phrases import whole

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "phrases.yml").read_text(encoding="utf-8"))


def asked(case: dict[str, str]) -> tuple[str, Role]:
    """A case's text without its brackets, and the role that stands between them."""
    before, rest = case["text"].split("[")
    held, after = rest.split("]")
    mention = Mention(Span(len(before), len(before) + len(held)), MentionKind(case.get("kind", "facility")))
    return before + held + after, Role(RoleName(case["part"]), mention)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_party_is_told_in_its_whole_phrase(case: dict[str, str]) -> None:
    """From a head to the phrase that a coder would write down, and no further."""
    text, role = asked(case)
    assert whole(text, role, Span(0, len(text))).mention.span.of(text) == case["whole"]


def test_a_known_name_and_a_place_stay_as_they_are() -> None:
    """What the registry knows is told in the registry's words, and a place or a weapon is no party."""
    text = "They hit the northern Harbour Guard base."
    known = Role(RoleName.TARGET, Mention(Span(22, 35), MentionKind.GROUP, "group:harbour-guard"))
    place = Role(RoleName.PLACE, Mention(Span(36, 40), MentionKind.FACILITY))
    assert whole(text, known, Span(0, len(text))) is known
    assert whole(text, place, Span(0, len(text))) is place
