"""Figure words and the ranges they give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.words import numbers

FILE = Path(__file__).parent.parent / "cases" / "figures.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["numbers"]


def range_of(written: str) -> tuple[int | None, int | None]:
    low, dots, high = written.partition("..")
    return int(low) if low else None, (int(high) if high else None) if dots else int(low)


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["text"], marks=marks)


def differences(case: dict[str, Any]) -> list[str]:
    """Where the ranges found in a case's words differ from its own, alone and within a sentence."""
    wanted = [] if case["range"] is None else [range_of(case["range"])]
    wrong = []
    for text in (case["text"], f"The army said it had counted {case['text']} there."):
        found = [(n.low, n.high) for n in numbers.find(text)]
        if found != wanted:
            wrong.append(f"{text!r} gives {found}, not {wanted}")
    return wrong


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_figure_words_give_their_range(case: dict[str, Any]) -> None:
    """The words give one range, alone and in a sentence; words without a number give none."""
    assert differences(case) == []


@given(st.integers(0, 9_999_999))
def test_digits_mean_themselves_with_and_without_commas(number: int) -> None:
    """A whole number is read as itself, and grouping changes nothing."""
    for written in (f"{number}", f"{number:,}"):
        assert [(n.low, n.high) for n in numbers.find(f"They counted {written} people.")] == [(number, number)]


@given(st.text(max_size=80), st.integers(1, 999))
def test_numbers_lie_in_the_text_in_order(text: str, number: int) -> None:
    """Spans lie in the text, left to right, without overlap, and no range runs backwards."""
    whole = f"{text} {number} people {text}"
    at = 0
    for found in numbers.find(whole):
        assert at <= found.span.start < found.span.end <= len(whole)
        assert found.low is None or found.high is None or 0 <= found.low <= found.high
        at = found.span.end


def ranges(text: str) -> list[tuple[int | None, int | None]]:
    return [(n.low, n.high) for n in numbers.find(text)]


def test_two_numbers_joined_by_and_are_two() -> None:
    """ "Five and seven" are two numbers; only "between" makes them a range."""
    assert ranges("They counted five and seven trucks.") == [(5, 5), (7, 7)]
    assert ranges("They counted between five and seven trucks.") == [(5, 7)]


@pytest.mark.parametrize("words", ["how many people", "as many people", "so many people", "too many people"])
def test_a_question_of_number_is_no_number(words: str) -> None:
    """ "How many" and its like give no range."""
    assert ranges(f"It was asked {words} had come.") == []


@given(st.sampled_from(["at least", "more than", "up to", "about", "nearly", "some"]), st.integers(1, 9999))
def test_a_qualifier_keeps_the_number_in_its_range(qualifier: str, number: int) -> None:
    """However a number is qualified, its range holds the number itself."""
    ((low, high),) = ranges(f"They counted {qualifier} {number} trucks.")
    assert (low or 0) <= number <= (number if high is None else high)
