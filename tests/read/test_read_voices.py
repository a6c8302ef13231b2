"""Chains of voices, as a careful reader would draw them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_read_rules import document, meets

from crossbearing.model.mention import Attribution, Reading
from crossbearing.read import rules

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "voices.yml").read_text(encoding="utf-8"))


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["text"][:60], marks=marks)


def last_chain(reading: Reading) -> list[Attribution]:
    """The attributions of the last sentence, outermost first."""
    last = reading.sentences[-1]
    inside = [(i, a) for i, a in enumerate(reading.attributions) if last.holds(a.cue)]

    def depth(attribution: Attribution) -> int:
        return 0 if attribution.within is None else 1 + depth(reading.attributions[attribution.within])

    return [a for _, a in sorted(inside, key=lambda pair: (depth(pair[1]), pair[0]))]


def differences(case: dict[str, Any]) -> list[str]:
    """Where the chain that is read differs from the case's, one line each."""
    text, wanted = case["text"], case["chain"]
    found = last_chain(rules.read(document(text)))
    shown = [(a.source.span.of(text) if a.source else None, a.cue.of(text), a.stance.value, a.medium) for a in found]
    if len(shown) != len(wanted):
        return [f"{len(wanted)} links wanted, found {shown}"]
    wrong = []
    for (source, cue, stance, medium), link in zip(shown, wanted, strict=True):
        if (source is None) != (link[0] is None) or (source and not meets(source, link[0])):
            wrong.append(f"source {source!r}, not {link[0]!r}")
        if not meets(cue, link[1]):
            wrong.append(f"cue {cue!r}, not {link[1]!r}")
        if medium != (link[3:] == ["medium"]):
            wrong.append(f"{source!r} medium: {medium}")
        if not medium and not link[3:] and stance != link[2]:
            wrong.append(f"stance {stance!r}, not {link[2]!r}")
    return wrong


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_a_sentence_has_the_voices_that_its_reader_hears(case: dict[str, Any]) -> None:
    """The links of the chain, their words, their stances, and which of them only carries."""
    assert differences(case) == []


def test_the_cases_are_many_and_told_apart() -> None:
    """There are at least 60 texts, none twice."""
    texts = [c["text"] for c in CASES]
    assert len(texts) == len(set(texts)) >= 60


def test_a_pronoun_without_a_voice_before_it_makes_none_up() -> None:
    """A text that opens with "He said" has no one to go back to."""
    text = "He said a shell hit the house in Sake."
    assert all(a.source is None or a.source.span.of(text) == "He" for a in rules.read(document(text)).attributions)
