"""Where sentences end in news text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import Span
from crossbearing.words import sentences

CASES = [
    ("Two stops.", ["A shell fell on Sake.", "Two people died."]),
    ("an abbreviated title", ["Gen. Musa Bello spoke in Maiduguri.", "He left at noon."]),
    ("a doctor", ["Dr. Salma Idris treated the wounded.", "Nine died."]),
    ("an initial", ["John F. Adeyemi saw the attack.", "He fled."]),
    ("capitals with stops go on", ["A U.S. drone hit a truck near Kismayo.", "Three men died."]),
    ("capitals with stops end", ["The drone came from the U.S.", "The army said so."]),
    ("a time of day", ["The raid began at 4 a.m. on Friday.", "It lasted an hour."]),
    ("an abbreviated month", ["The town fell on Sept. 12 after a siege.", "Thousands fled."]),
    ("a decimal", ["The quake measured 6.1 on the scale.", "Houses fell."]),
    ("a question", ["Who fired?", "No one knows."]),
    ("a quotation that ends a sentence", ['"They came at night."', "A herder told the story."]),
    ("a curly quotation", ["“We heard two blasts.”", "Smoke rose over Homs."]),
    ("an ellipsis", ["The shelling went on…", "Then it stopped."]),
    ("a number with a stop before a name", ["He was born in 1983.", "Beirut was at war."]),
    ("a company", ["Delta Oil Co. closed the field.", "Guards left."]),
    ("a mount", ["Shells fell near St. Nicholas church in Kherson.", "Two died."]),
    ("a number's abbreviation", ["Checkpoint No. 5 was attacked.", "Four soldiers died."]),
]
APART = [("a blank line", "A shell fell\n\nTwo people died"), ("a line", "A shell fell on Sake\nTwo people died there")]


def split(text: str) -> list[str]:
    return [s.of(text) for s in sentences.split(text, Span(0, len(text)))]


@pytest.mark.parametrize(("label", "parts"), CASES, ids=[c[0] for c in CASES])
def test_a_text_falls_into_its_sentences(label: str, parts: list[str]) -> None:
    """Stops end sentences, and those of abbreviations, initials and numbers do not."""
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(("label", "text"), APART, ids=[c[0] for c in APART])
def test_a_line_ends_a_sentence(label: str, text: str) -> None:
    """Scrapes break lines at paragraphs, so a line's end is a sentence's end without a stop."""
    assert split(text) == [line for line in text.split("\n") if line]


def test_a_line_that_a_fixed_width_broke_goes_on() -> None:
    """Mails and PDFs break lines at 72 or 78 characters; a title and a byline above them stay apart."""
    text = (
        "Strike on a tent camp\n\nAn air strike on a tent camp by the sea, west of the old fishing port, killed\n"
        "nine people before dawn on Wednesday, the hospital said. A drone struck a car on\n"
        "the coast road in the morning.\nThe army did not comment.\n"
    )

    assert [one.replace("\n", " ") for one in split(text)] == [
        "Strike on a tent camp",
        "An air strike on a tent camp by the sea, west of the old fishing port, killed nine people before dawn on "
        "Wednesday, the hospital said.",
        "A drone struck a car on the coast road in the morning.",
        "The army did not comment.",
    ]


@given(st.text(max_size=200), st.integers(0, 50), st.integers(0, 50))
def test_sentences_cover_a_run_and_nothing_beyond(text: str, start: int, cut: int) -> None:
    """Sentences lie in the run in order, trimmed and unbroken, and leave out nothing but white space."""
    run = Span(min(start, len(text)), max(min(start, len(text)), len(text) - cut))
    at = run.start
    for span in sentences.split(text, run):
        assert text[at : span.start].strip() == ""
        words = span.of(text)
        assert words
        assert words == words.strip()
        at = span.end
    assert at <= run.end
    assert text[at : run.end].strip() == ""
