"""Whom "he" means, where something befell him."""

from __future__ import annotations

import re

import pytest

from crossbearing.model.mention import Happening, Realis, RoleName
from crossbearing.model.text import Span
from crossbearing.read.him import with_person


def _at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("text", "trigger", "persons", "who"),
    [
        ("Salma Idris sold bread. She was hit in Homs.", "hit", ["Salma Idris"], "Salma Idris"),
        ("The mayor, Tomas Paz, went home. Gunmen shot him in Cali.", "shot", ["mayor", "Tomas Paz"], "Tomas Paz"),
        ("Salma Idris sold bread. Gunmen shot her son.", "shot", ["Salma Idris"], None),
        ("A man met Ana Costa and stabbed her.", "stabbed", ["man", "Ana Costa"], None),
        ("Two men came. He was shot in Cali.", "shot", ["Two men"], None),
    ],
)
def test_he_is_whom_the_words_before_name(text: str, trigger: str, persons: list[str], who: str | None) -> None:
    """Whom the same sentence or one of the two before names, unless somebody else could be meant."""
    sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[A-Z][^.]*\.", text)]
    word = _at(text, trigger)
    sentence = next(s for s in sentences if s.holds(word))
    happening = Happening(word, sentence, "Violence against civilians", "Attack", Realis.ASSERTED, ())
    told = with_person(text, happening, sentences, [_at(text, p) for p in persons], [])
    assert [m.span.of(text) for m in told.role(RoleName.TARGET)] == ([who] if who else [])
