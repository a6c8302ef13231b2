"""Whose words the answers of an interview are."""

from __future__ import annotations

from crossbearing.model.text import Document
from crossbearing.read.interviews import answers

INTRO = "Amina was nineteen when men came to her village near Korhol. She lives in Tarka now."
ASKED = (
    ("What did you see?", "I saw two trucks. They shot the miller in front of me."),
    ("How many were they?", "Twenty, we think."),
    ("Did the army come?", "On Tuesday. My uncle had gone to fetch it."),
)


def document(text: str) -> Document:
    return Document("d", "r", "case", "case", text)


def _page(intro: str, label: str = "", told: tuple[tuple[str, str], ...] = ASKED, end: str = "The army did not reply.") -> str:
    return "\n\n".join([intro, *(f"{q}\n{label}{a}" for q, a in told), end])


def test_the_answers_are_told_by_whom_the_page_presents() -> None:
    """An intro that presents somebody gives the answers their voice."""
    page = document(_page(INTRO))
    found = answers(page)
    assert [a.who.span.of(page.text) for a in found] == ["Amina"] * 3
    assert [a.span.of(page.text) for a in found] == [a for _, a in ASKED]


def test_or_by_the_name_before_each() -> None:
    """A name before each answer gives them theirs."""
    page = document(_page("A talk about the raid.", label="Amina Sule: "))
    assert {a.who.span.of(page.text) for a in answers(page)} == {"Amina Sule"}


def test_questions_by_their_letter() -> None:
    """Q and A before question and answer are read as such."""
    told = tuple((f"Q: {q.rstrip('?')}", f"A: {a}") for q, a in ASKED)
    page = document(_page(INTRO, told=told))
    assert {a.who.span.of(page.text) for a in answers(page)} == {"Amina"}


def test_an_explainer_answers_itself() -> None:
    """An explainer that answers its own questions presents nobody."""
    told = tuple((q, "The army took the town on Monday, officials said.") for q, _ in ASKED)
    assert answers(document(_page(INTRO, told=told))) == ()


def test_a_page_that_presents_nobody_has_no_voice() -> None:
    """Where the page presents nobody, nobody is given the answers."""
    assert answers(document(_page("The war in the hills has lasted a year."))) == ()
