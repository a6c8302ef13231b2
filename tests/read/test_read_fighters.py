"""Whom "the rebels" goes back to."""

from __future__ import annotations

import pytest
from test_read_rules import document

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read import rules
from crossbearing.read.chunks import chunk
from crossbearing.read.fighters import are_they, go_back


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("The rebels said they had killed 40 soldiers.", True),
        ("These gunmen fled.", True),
        ("Rebels killed 40 soldiers.", False),
        ("The army killed the mayor.", False),
    ],
)
def test_fighters_told_of_before_are_told_by_an_article(text: str, back: bool) -> None:
    """A plain plural brings in new ones."""
    assert go_back(chunk(text, Span(0, len(text)))) is back


@pytest.mark.parametrize(
    ("words", "kind", "known", "can"),
    [
        ("army", MentionKind.GROUP, None, False),
        ("Border police", MentionKind.GROUP, None, False),
        ("Quanek", MentionKind.STATE, "xq", False),
        ("Front of the Hills", MentionKind.GROUP, None, True),
        ("Hill Liberation Army", MentionKind.GROUP, None, True),
        ("Army of the Hills", MentionKind.GROUP, "hills", True),
    ],
)
def test_fighters_are_no_state_and_no_forces_of_one(words: str, kind: MentionKind, known: str | None, can: bool) -> None:
    """A party that a table knows may be called an army and be one of rebels."""
    assert are_they(words, Mention(Span(0, len(words)), kind, known)) is can


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("The army said it had lost five men. The rebels said they had killed 40 soldiers.", ["army", "rebels"]),
        ("The army killed five farmers. The fighters said they had killed 40 soldiers.", ["fighters"]),
        ("The Taliban attacked Gao. The militants said they had killed 40 soldiers.", ["Taliban"]),
    ],
)
def test_an_army_heard_last_does_not_speak_for_the_rebels(text: str, voices: list[str]) -> None:
    """Those speak for themselves, or as the group of fighters that was told of."""
    found = rules.read(document(text)).attributions
    assert [a.source.span.of(text) for a in found if a.source] == voices
