"""What stands in quotation marks, and how far what a voice says goes on in them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import Span
from crossbearing.read.quotes import quotations, whole


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nobody speaks.", []),
        ("“We held,” she said.", ["“We held,”"]),
        ('"We held," she said. "We did."', ['"We held,"', '"We did."']),
        ("''We held,'' she said. ''We did.''", ["''We held,''", "''We did.''"]),
        ("“It was odd,“ he said.", ["“It was odd,“"]),  # the closing mark mistyped
        ('He spoke of "so-called" peace ("a farce").', ['"so-called"', '"a farce"']),
        ("“He told us ‘go’ and “we went” at once.”", ["“He told us ‘go’ and “we went”"]),  # the first mark that closes, closes
        ("“We held\nThe town is quiet.", ["“We held"]),
        ("“We held", ["“We held"]),
        ("It's the soldiers' camp.", []),
    ],
)
def test_a_quotation_runs_from_its_mark_to_the_next_that_closes(text: str, wanted: list[str]) -> None:
    """A straight mark opens where it stands off; at the end of its paragraph an open one ends."""
    assert [quotation.span.of(text) for quotation in quotations(text)] == wanted


def test_a_quotation_that_its_paragraph_does_not_close_says_so() -> None:
    """The mark may have been lost anywhere, so that nothing is built on it."""
    assert [q.closed for q in quotations("“We held\n“We did.”")] == [False, True]


@given(st.text(alphabet="ab “”\"'`.,\n(", max_size=40))
def test_quotations_stand_apart_and_within_one_paragraph(text: str) -> None:
    """Whatever the marks are."""
    found = quotations(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all("\n" not in q.span.of(text) and q.span.start < q.span.end for q in found)


def told(text: str, cue: str, content: list[str], others: list[str] | None = None) -> list[str]:
    """The pieces of a content, made whole."""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return [s.of(text) for s in whole(text, quotations(text), span(cue), [*map(span, content)], [*map(span, others or [])])]


@pytest.mark.parametrize(
    ("text", "content", "wanted"),
    [
        ("“We held the bridge. Then we left,” Vo said.", "“We held the bridge", "“We held the bridge. Then we left,”"),
        ("Vo said: “We held the bridge. Then we left.”", "“We held", "“We held the bridge. Then we left.”"),
        ("Vo said they “held the bridge” and left.", "they “held", "they “held the bridge”"),
        ("Vo said they “held the bridge” and left.", "they “held the bridge” and left", "they “held the bridge” and left"),
        ("“We were here. Lee Vo said no,” he wrote.", "“We were", "“We were"),  # the cue is one that the quotation tells of
        ("“We held the bridge Vo said.", "“We held", "“We held"),  # nothing closes it
    ],
)
def test_a_content_goes_on_to_the_end_of_its_quotation(text: str, content: str, wanted: str) -> None:
    """Where it ends in one, and the voice is not itself quoted there."""
    assert told(text, "said", [content]) == [wanted]


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("“We held,” Anna Vo said. “We did.”", True),
        ("“We held,” said Vo, a clerk of Sen. Lee in Port Ada. “We did.”", True),
        ("“We held,” she said, “and we did.”", True),
        ('"We held," she said. "We did."', True),
        ("“We held,” she said. Then came “the flood.”", False),  # another sentence
        ("“We held,” she said of “the flood.”", False),  # not behind a stop
        ("“We held,” she said.\n“We did.”", False),  # another paragraph
        ("She said: “We held.” “We did.”", False),  # the cue does not stand between
        ("“We held,” she said. “We did.", False),
    ],
)
def test_a_quotation_parted_by_its_cue_is_one_content(text: str, goes_on: bool) -> None:
    """Between the two stands who speaks, to a stop, and nothing else."""
    first = next(q.span.of(text) for q in quotations(text))
    assert len(told(text, "said", [first])) == 1 + goes_on


def test_nothing_is_taken_from_another_voice() -> None:
    """What another voice says stays with it."""
    text = "“We held. They fled,” she said. “We did.”"
    assert told(text, "said", ["“We held"], ["They fled"]) == ["“We held"]
    assert told(text, "said", ["“We held. They fled,”"], ["We did"]) == ["“We held. They fled,”"]


def test_earlier_pieces_of_a_content_stay() -> None:
    """Only the last goes on."""
    text = "The raid, she said, “was ours. All of it.”"
    assert told(text, "she said", ["The raid", "“was ours"]) == ["The raid", "“was ours. All of it.”"]
