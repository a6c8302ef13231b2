"""Where the parts of an attribution begin and end: rows of labels, and what was learned of the steps between words."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import Span
from crossbearing.read.network.edges import FORMS, LABELS, TOGETHER, Edges, Sheet, form, parted, spelled
from crossbearing.read.quotes import quotations
from crossbearing.resources import path

TEXT = "The raid , Vo said , was ours"
NONE, SOURCE, CUE, CONTENT = range(LABELS)


def cut(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def sheet(text: str, table: dict[str, Any] | None = None, own: np.ndarray | None = None) -> Sheet:
    """Words that by themselves are any label as likely as another, where no shares are given."""
    words = cut(text)
    return Sheet(Edges(table), text, words, quotations(text), np.full((len(words), LABELS), 0.25) if own is None else own)


def one(words: Sheet, told: np.ndarray, anchor: int) -> tuple[list[int], float]:
    return parted([words.asked(told, anchor)])[0]


def shares(labels: str, sure: float = 0.9) -> np.ndarray:
    """The shares of each word's label; the others halve, or third, the rest."""
    rest = (1 - sure) / (LABELS - 1)
    return np.array([[sure if str(n) == label else rest for n in range(LABELS)] for label in labels], np.float32)


def learned(**changed: Any) -> dict[str, Any]:
    """A table that says nothing but what is changed, and that a change of label costs one."""
    none = np.zeros((len(FORMS) + len(changed.get("words", [])), LABELS * LABELS))
    switch = np.eye(LABELS) - 1
    table = {"words": [], "left": none, "right": none, "quoted": [switch.ravel()] * 2, "sides": np.zeros((3, LABELS * LABELS))}
    table |= {"weights": np.eye(LABELS), "own": np.zeros((LABELS, LABELS)), "labels": np.zeros((3, LABELS))}
    return table | {"heard": (1.0, 0.0, 0.0, 0.0, 0.0)} | changed


def step(one: int, other: int, gives: float) -> np.ndarray:
    """A row of a table in which one step gives something."""
    row = np.zeros(LABELS * LABELS)
    row[one * LABELS + other] = gives
    return row


@pytest.mark.parametrize(
    ("word", "wanted"),
    [(";", "#sign"), ("24", "#digit"), ("Vo", "#name"), ("UN", "#name"), ("Red Army", "#name"), ("raided", "#ed"),
     ("raiding", "#ing"), ("surely", "#ly"), ("raids", "#s"), ("raid", "#low")],
)  # fmt: skip
def test_a_word_that_was_not_learned_counts_by_its_form(word: str, wanted: str) -> None:
    """A name has one form, however many words it has and whoever bears it."""
    assert form(word) == wanted


def test_a_straight_mark_is_what_it_does() -> None:
    """The same mark opens and closes; a word is inside a quotation from its mark on to the closing one."""
    text = '"We held," Vo said.'
    said, inside = spelled(text, cut(text), quotations(text))
    assert said == ["“", "we", "held", ",", "”", "vo", "said", "."]
    assert inside == [0, 1, 1, 1, 1, 0, 0, 0]


def test_the_likeliest_row_is_taken_where_nothing_was_learned() -> None:
    """A lone word of another label is a slip."""
    row, _ = one(sheet(TEXT), shares("33012033"), 4)
    assert row == [3, 3, 0, 1, 2, 0, 3, 3]
    row, _ = one(sheet(TEXT), shares("33312333", 0.6), 4)
    assert row[:3] == [3, 3, 3]


def test_a_step_that_was_learned_moves_an_edge() -> None:
    """What a comma gives to end a content at it outweighs a share that is hardly for it."""
    told = shares("33312033", 0.6)
    commas = np.vstack([step(CONTENT, NONE, 3.0), np.zeros((len(FORMS), LABELS * LABELS))])
    assert one(sheet(TEXT), told, 4)[0][2] == CONTENT
    assert one(sheet(TEXT, learned(words=[","], right=commas, left=commas * 0)), told, 4)[0][2] == NONE


def test_somebody_speaks_where_that_costs_little() -> None:
    """A row without a source gives way to one with it, and not where nobody is likely at all."""
    told = shares("33002033")
    told[3] = [0.5, 0.45, 0.03, 0.02]
    assert one(sheet(TEXT), told, 4)[0][3] == SOURCE
    told[3] = [0.99, 0.008, 0.001, 0.001]
    assert SOURCE not in one(sheet(TEXT), told, 4)[0]


def test_words_far_from_all_that_is_told_are_nothing() -> None:
    """They cost no time, and have a label all the same."""
    text = "x " * 30 + TEXT
    row, _ = one(sheet(text), np.vstack([shares("0" * 30, 0.99), shares("33012033", 0.99)]), 34)
    assert row == [0] * 30 + [3, 3, 0, 1, 2, 0, 3, 3]


@given(
    st.lists(st.lists(st.floats(0.02, 0.9), min_size=LABELS, max_size=LABELS), min_size=2, max_size=4),
    st.lists(st.floats(-2, 2), min_size=LABELS * LABELS, max_size=LABELS * LABELS),
)
def test_no_row_is_likelier_and_its_share_is_among_all_of_them(rows: list[list[float]], steps: list[float]) -> None:
    """Against every row there is; somebody is sure to speak in this one, so that no other gives way."""
    told = np.array([[0.2, 0.9, 0.1, 0.1], *rows], np.float32)
    told /= told.sum(1, keepdims=True)
    text = " ".join("abcde"[: len(told)])
    row, sure = one(sheet(text, learned(quoted=[steps, steps])), told, 0)

    def worth(labels: tuple[int, ...]) -> float:
        words = sum(float(np.log(told[n, label])) for n, label in enumerate(labels))
        return words + sum(steps[a * LABELS + b] for a, b in pairwise(labels))

    every = {labels: worth(labels) for labels in np.ndindex(*(LABELS,) * len(told))}
    best = max(every, key=lambda labels: every[labels])
    if SOURCE in best:
        assert every[tuple(row)] == pytest.approx(every[best], abs=1e-4)
    assert sure == pytest.approx(every[best] - float(np.log(np.exp(list(every.values())).sum())), abs=1e-3)


@given(st.lists(st.text("0123", min_size=1, max_size=8), min_size=1, max_size=5), st.floats(0.3, 0.9))
def test_a_row_is_parted_among_others_as_it_is_alone(rows: list[str], sure: float) -> None:
    """Whatever the others' lengths; what each is worth differs by rounding alone."""
    table = learned(quoted=[np.linspace(-1.3, 1.7, LABELS * LABELS)] * 2)
    asked = [sheet(" ".join("abcdefgh"[: len(row)]), table).asked(shares(row, sure), 0) for row in rows]
    for (labels, worth), row in zip(parted(asked), asked, strict=True):
        (alone, of_its_own) = parted([row])[0]
        assert labels == alone
        assert worth == pytest.approx(of_its_own, abs=1e-9)


def test_more_rows_than_are_parted_at_once_are_parted() -> None:
    """Nor is any lost where nobody asks."""
    asked = [sheet(TEXT).asked(shares("33012033"), 4)] * (TOGETHER + 1)
    assert len(parted(asked)) == TOGETHER + 1
    assert parted([]) == []


@given(st.floats(0.01, 0.98), st.floats(0.01, 0.98), st.floats(-9, -0.1), st.floats(-9, -0.1), st.floats(0.001, 0.01))
def test_a_surer_anchor_and_a_surer_row_make_more_of_an_attribution_right(
    share: float, cue: float, sure: float, borne: float, more: float
) -> None:
    """By the bundle's own weights; and at most that much is right where only the anchor is known."""
    edges = Edges(_bundle()["edges"])
    here = edges.heard(share, cue, sure, borne)
    assert 0 < here < edges.heard(share + more, cue, sure, borne) < 1
    assert here < edges.heard(share, cue + more, sure, borne)
    assert here < edges.heard(share, cue, sure + more, borne)
    assert here < edges.heard(share, cue, sure, borne + more)
    assert here < edges.heard(share, cue)


def test_what_a_word_is_by_itself_tips_what_the_anchor_leaves_open() -> None:
    """As much as was learned of it: here the one share counts as the other."""
    told = shares("33012033")
    told[0] = 0.25
    plain, own = learned(), np.full((8, LABELS), 0.25)
    own[0] = [0.97, 0.01, 0.01, 0.01]
    assert one(sheet(TEXT, plain, own), told, 4)[0][0] == CONTENT
    assert one(sheet(TEXT, plain | {"own": np.eye(LABELS)}, own), told, 4)[0][0] == NONE


def test_a_parting_is_borne_by_the_shares_that_its_words_have_by_themselves() -> None:
    """The mean log of them; words that it makes nothing of do not count, and a parting of nothing is borne."""
    made = sheet(TEXT, None, shares("33012033", 0.7))
    assert made.borne([3, 3, 0, 1, 2, 0, 3, 3]) == pytest.approx(np.log(0.7))
    assert made.borne([0, 0, 0, 3, 2, 0, 0, 0]) == pytest.approx((np.log(0.7) + np.log(0.1)) / 2)
    assert made.borne([0] * 8) == 0


def test_no_name_has_a_row_of_its_own() -> None:
    """All words of the bundle's table are signs or of lower case, and few, so that no party's edge is another's."""
    words = _bundle()["edges"]["words"]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)
    text = "Hezbollah said . Ukraine said . Vo said ."
    made = sheet(text, _bundle()["edges"])
    assert made.at[0] == made.at[3] == made.at[6] == made.edges.at["#name"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Omar said rebels left Kutum.", "rebels left Kutum"),
        ("Rebels left Kutum, Omar said.", "Rebels left Kutum"),
        ("“We left Kutum,” Omar said.", "“We left Kutum,”"),
        ('"We left Kutum," Omar said.', '"We left Kutum,"'),
    ],
)
def test_a_stop_is_the_sentence_s_and_a_mark_that_closes_is_the_content_s(text: str, content: str) -> None:
    """By what was learned: the shares alone leave the sign before the edge open."""
    words, at = cut(text), text.index("said")
    said = Span(text.index(content), text.index(content) + len(content))
    of = {at: "2", text.index("Omar"): "1"}
    labels = "".join("3" if said.start <= a < said.end else of.get(a, "0") for a, _ in words)
    told = shares(labels)
    for n, (a, b) in enumerate(words):
        if text[a:b] in ".,”" or (text[a:b] == '"' and a):
            told[n] = [0.48, 0.02, 0.02, 0.48]
    row, _ = one(sheet(text, _bundle()["edges"], told), told, [a for a, _ in words].index(at))
    assert "".join(map(str, row)) == labels


def _bundle() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((path("reader") / "bundle.json").read_text(encoding="utf-8"))
    return found
