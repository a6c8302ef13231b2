"""Known names in a text, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.words.names import NameIndex, fold, fold_word

INDEX = NameIndex(
    [
        ("Rapid Support Forces", "rsf"),
        ("Support Forces", "support"),
        ("RSF", "rsf"),
        ("US", "us"),
        ("U.S.", "us"),
        ("Turkey", "tr"),
        ("al-Shabaab", "shabaab"),
        ("Ma'rib", "marib"),
        ("São Tomé", "st"),
        ("Deir ez-Zor", "dz"),
        ("army", "army"),
        ("M23", "m23"),
    ]
)


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.span.of(text), f.values) for f in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Rapid Support Forces left.", [("Rapid Support Forces", ("rsf",))]),
        ("the RAPID SUPPORT FORCES left", [("RAPID SUPPORT FORCES", ("rsf",))]),
        ("Rapid support units", []),
        ("Support Forces came", [("Support Forces", ("support",))]),
        ("The RSF's men", [("RSF", ("rsf",))]),
        ("tell us more", []),
        ("The US said", [("US", ("us", "us"))]),
        ("the U.S. said", [("U.S.", ("us", "us"))]),
        ("a turkey dinner", []),
        ("in Turkey,", [("Turkey", ("tr",))]),
        ("Al Shabaab", [("Al Shabaab", ("shabaab",))]),
        ("al-Shabaab", [("al-Shabaab", ("shabaab",))]),
        ("Marib fell", [("Marib", ("marib",))]),
        ("Ma’rib fell", [("Ma’rib", ("marib",))]),
        ("Sao Tome", [("Sao Tome", ("st",))]),
        ("DEIR EZ-ZOR", [("DEIR EZ-ZOR", ("dz",))]),
        ("Deir. Ez Zor", []),
        ("the Army and the army", [("Army", ("army",)), ("army", ("army",))]),
        ("Rapid\n\nSupport Forces", [("Support Forces", ("support",))]),
        ("M23 rebels, M230", [("M23", ("m23",))]),
    ],
)
def test_names_are_found_as_they_are_written(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """Case, accents, hyphens and apostrophes may vary; the longest name wins; capitals tell a name from a word."""
    assert found(text) == expected


def test_a_whole_name_is_looked_up_in_any_writing() -> None:
    """`get` folds its argument as `find` folds the text."""
    assert INDEX.get("MA'RIB") == ("marib",)
    assert INDEX.get("São  Tomé") == ("st",)
    assert INDEX.get("São") == ()


def test_a_stretch_bounds_the_search() -> None:
    """Names that reach out of the stretch are not found in it."""
    text = "The Rapid Support Forces left Turkey."
    assert [f.span.of(text) for f in INDEX.find(text, 10)] == ["Support Forces", "Turkey"]
    assert [f.span.of(text) for f in INDEX.find(text, 0, 24)] == ["Rapid Support Forces"]


def test_names_without_words_are_no_names() -> None:
    """A name of signs alone is left out of the index."""
    assert len(NameIndex([("—", 1), ("", 2), ("Gao", 3)])) == 1


@given(st.text(alphabet=" -'’.abcXYZäÉñøčßıłœ0123東عБ", max_size=60))
def test_folding_is_done_once(text: str) -> None:
    """A folded name folds to itself, so a key is its own key."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéñøčß", min_size=1, max_size=12))
def test_case_never_matters_to_a_fold(word: str) -> None:
    """A word and its capitals fold alike."""
    assert fold_word(word) == fold_word(word.upper())


@given(st.text(max_size=60))
def test_found_names_lie_in_the_text_in_order(text: str) -> None:
    """Spans lie in the text, left to right, without overlap, and each stands for something."""
    at = 0
    whole = f"{text} RSF {text}"
    for one in INDEX.find(whole):
        assert at <= one.span.start < one.span.end <= len(whole)
        assert one.values
        at = one.span.end
