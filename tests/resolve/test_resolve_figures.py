"""The dead and the wounded of a happening, and the totals of a war, from sentence to range."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossbearing.model.claim import FigureScope
from crossbearing.model.mention import Mention, MentionKind, StatedFigure
from crossbearing.model.text import Document, Span
from crossbearing.read import rules
from crossbearing.resolve import figures
from crossbearing.resolve.claims import resolve

FILE = Path(__file__).parent.parent / "cases" / "figures.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["people"]


def document(text: str) -> Document:
    key = hashlib.sha256(text.encode()).hexdigest()
    return Document("d" + key[:16], key, "case", "case", text)


def range_of(written: str) -> tuple[int | None, int | None]:
    low, dots, high = written.partition("..")
    return int(low) if low else None, (int(high) if high else None) if dots else int(low)


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["text"][:60], marks=marks)


def differences(case: dict[str, Any]) -> list[str]:
    """Where the figures of a text's claims and totals differ from its case."""
    page = document(case["text"])
    resolved = resolve(page, rules.read(page))
    if "totals" in case:
        wanted = [(what, *range_of(written)) for what, written in case["totals"]]
        found = [(t.value.counted, t.value.low, t.value.high) for t in resolved.totals]
        wrong = [] if found == wanted else [f"totals {found}, not {wanted}"]
        return wrong + [f"a claim of its own: {c.quote}" for c in resolved.claims if c.killed or c.injured]
    wrong = [] if resolved.claims else ["no claim"]
    for name in ("killed", "injured"):
        stated = next((s.value for c in resolved.claims if (s := getattr(c, name)) is not None), None)
        got = (stated.low, stated.high) if stated else None
        if got != (range_of(case[name]) if name in case else None):
            wrong.append(f"{name} {got}, not {case.get(name)}")
    return wrong + [f"a total: {t.value}" for t in resolved.totals]


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_a_report_counts_its_dead_and_wounded_as_its_coder_does(case: dict[str, Any]) -> None:
    """The figures of one happening stand at its claim, and a war's total at none."""
    assert differences(case) == []


def test_the_cases_are_many() -> None:
    """With the number words there are at least 60 cases, none twice."""
    whole = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    texts = [c["text"] for c in (*whole["numbers"], *whole["people"])]
    assert len(texts) == len(set(texts)) >= 60


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("five", 5, 5), ("at least five", 5, None), ("civilians", 2, None), ("a farmer", 1, 1), ("nobody", 0, 0)],
)
def test_a_mention_gives_its_range(words: str, low: int, high: int | None) -> None:
    """A number is itself, a plain plural at least two, one person one, and nobody none."""
    page = document(f"They killed {words} in Sake.")
    at = page.text.index(words)
    found = figures.figure(page, Mention(Span(at, at + len(words)), MentionKind.FIGURE), "killed")
    assert found is not None
    assert (found.value.low, found.value.high) == (low, high)
    assert found.evidence == (Span(at, at + len(words)),)


def test_a_total_is_cumulative_and_keeps_what_it_runs_over() -> None:
    """A total carries its scope, its beginning, and both pieces of its evidence."""
    page = document("At least 900 people were killed since January.")
    at = page.text.index("since January")
    number, since = Mention(Span(0, 12), MentionKind.FIGURE), Mention(Span(at, at + 13), MentionKind.TIME)
    found = figures.total(page, StatedFigure(number, "killed", None, True, since), date(2024, 1, 1))
    assert found is not None
    assert found.value.scope is FigureScope.CUMULATIVE
    assert (found.value.low, found.value.high, found.value.over) == (900, None, "since January")
    assert found.value.since == date(2024, 1, 1)
    assert found.evidence == (number.span, since.span)
