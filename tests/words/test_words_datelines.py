"""Datelines: the town before the report's first words."""

from __future__ import annotations

import pytest

from crossbearing.words.datelines import dateline

CASES = [
    ("KANO - Three men were shot.", "KANO", "Three"),
    ("EL FASHER, Sudan -- Shells fell.", "EL FASHER", "Shells"),
    ("JACKSON, Miss. (Wire) – A man died.", "JACKSON", "A man"),
    ("ST. LOUIS, MO (WXYZ)–Two people died.", "ST. LOUIS", "Two"),
    ("Goma (Agency) - Rebels came.", "Goma", "Rebels"),
    ("ADEN, Nov 3 (Agency) -- A bomb went off.", "ADEN", "A bomb"),
    ("DEIR EZ-ZOR: A mine went off.", "DEIR EZ-ZOR", "A mine"),
    ("MOSCOW, November 3. /WIRE/. A plant burned.", "MOSCOW", "A plant"),
    ("(Agency) JUBA - Troops left.", "JUBA", "Troops"),
]


@pytest.mark.parametrize(("words", "town", "rest"), CASES, ids=[words[:24] for words, *_ in CASES])
def test_a_dateline_gives_its_town_and_ends_before_the_text(words: str, town: str, rest: str) -> None:
    """The town alone, without the state, the day and the agency behind it; the text begins behind the mark."""
    found = dateline(words)
    assert found is not None
    assert words[slice(*found.town)] == town
    assert words[found.end :].startswith(rest)


@pytest.mark.parametrize(
    "words", ["Gunmen killed two men in Kano.", "Two men - both farmers - died.", "He said: nobody.", "IN KANO three men died."]
)
def test_a_sentence_without_one_has_none(words: str) -> None:
    """Dashes and colons within a sentence, and capitals alone, are no dateline."""
    assert dateline(words) is None
