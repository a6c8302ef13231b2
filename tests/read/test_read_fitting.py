"""Whether words can be a party, and where they end: tests/cases/fitting.yml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from crossbearing.model.mention import Mention, MentionKind, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.fitting import fitted
from crossbearing.read.glued import headline

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "fitting.yml").read_text(encoding="utf-8"))


def marked(text: str, opens: str) -> Span:
    """The stretch between marks, where all marks are taken out of the text."""
    at, to = text.index(opens), text.index({"[": "]", "{": "}"}[opens])
    start = at - len(re.findall(r"[\[\]{}]", text[:at]))
    return Span(start, start + len(re.sub(r"[\[\]{}]", "", text[at:to])))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_party_is_given_to_its_edges_or_not_at_all(case: dict[str, str]) -> None:
    """Times, numbers and what became of someone are cut off; who cannot have done it is nobody, or whom it befell."""
    text = re.sub(r"[\[\]{}]", "", case["text"])
    role = Role(RoleName(case["part"]), Mention(marked(case["text"], "["), MentionKind(case.get("kind", "group"))))
    kind = "Violence against civilians", case.get("type", "Attack")
    fit = fitted(text, role, Span(0, len(text)), marked(case["text"], "{"), kind)
    assert (fit.mention.span.of(text) if fit else None) == case["fits"]
    assert fit is None or fit.name.value == case.get("as", case["part"])


def test_who_watches_by_the_table_has_done_nothing() -> None:
    """A monitor that the registry knows is no doer of violence, and a demonstration may be its own."""
    text = "Amnesty International said that a strike hit the clinic."
    role = Role(RoleName.PERPETRATOR, Mention(Span(0, 21), MentionKind.GROUP, "actor:amnesty"))
    at = Span(0, len(text)), Span(34, 40)
    assert fitted(text, role, *at, ("Explosions/Remote violence", "Air/drone strike")) is None
    assert fitted(text, role, *at, ("Protests", "Peaceful protest")) is role


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("Blast Kills Four in Kassala Market KHARTOUM — An explosion killed four.", "KHARTOUM — An"),
        ("Blast Kills Four in Kassala Market The explosion killed four.", "The explosion"),
        ("Blast kills four in a market Agency Monday 5 May 2014 Four people died.", "Four people died"),
        ("Members of the Free Harbour Army and the Coast Guard met on Monday.", "Members"),
        ("Blast Kills Four in Kassala Market", "Blast"),
        ("The Ministry of Defence of Eritrea in Asmara said so.", "The Ministry"),
    ],
)
def test_a_headline_ends_where_a_sentence_begins(text: str, behind: str) -> None:
    """At a dateline, at a word that begins a sentence, behind a byline's day; a sentence with many names has no headline."""
    assert text[headline(text, Span(0, len(text))) :].startswith(behind)
