"""The dead and the wounded of a happening, and the totals of a war, from sentence to range."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.claim import Claim, Figure, FigureScope, PeopleStatus
from crossbearing.model.mention import Mention, MentionKind, StatedFigure
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.read import rules
from crossbearing.resolve.claims import resolve
from crossbearing.resolve.toll import figures

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
    return pytest.param(case, id=case["text"][:80], marks=marks)


Ranged = tuple[int | None, int | None]


def ranges(claims: Iterable[Claim], name: str) -> list[Ranged]:
    """The distinct ranges that the claims state, in the order told."""
    stated = [s.value for c in claims if (s := getattr(c, name)) is not None]
    return list(dict.fromkeys((f.low, f.high) for f in stated))


def found_in(text: str) -> tuple[dict[str, object], tuple[Claim, ...]]:
    """What the program counts in a text, in the words of a case: all that it states, and nothing else."""
    page = document(text)
    resolved = resolve(page, rules.read(page))
    got: dict[str, object] = {name: ranges(resolved.claims, name) for name in ("killed", "injured")}
    beside = list(dict.fromkeys(s.value for c in resolved.claims for s in c.figures))
    got["parts"] = [(f.counted, (f.low, f.high), f.group) for f in beside if f.part]
    got |= {name: [(f.low, f.high) for f in beside if f.counted == name] for name in ("missing", "captured", "displaced")}
    got["totals"] = [(t.value.counted, (t.value.low, t.value.high), t.value.scope.value) for t in resolved.totals]
    return got, resolved.claims


def coded_in(case: dict[str, Any]) -> dict[str, object]:
    """What the case says of the same."""
    want: dict[str, object] = {}
    for name in ("killed", "injured", "missing", "captured", "displaced"):
        written = case.get(name, [])
        want[name] = [range_of(w) for w in ([written] if isinstance(written, str) else written)]
    want["parts"] = [(what, range_of(written), next(iter(of), None)) for what, written, *of in case.get("parts", [])]
    want["totals"] = [(what, range_of(written), scope) for what, written, scope in case.get("totals", [])]
    return want


def differences(case: dict[str, Any]) -> list[str]:
    """Where the figures of a text's claims and totals differ from its case."""
    (got, claims), want = found_in(case["text"]), coded_in(case)
    wrong = [f"{name} {got[name]}, not {want[name]}" for name in want if got[name] != want[name]]
    whole = next((s.value for name in ("killed", "injured") for c in claims if (s := getattr(c, name)) is not None), None)
    for name in ("status", "group"):
        if name in case and (whole is None or getattr(whole, name) != case[name]):
            wrong.append(f"{name} {whole and getattr(whole, name)}, not {case[name]}")
    return wrong


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_a_report_counts_its_dead_and_wounded_as_its_coder_does(case: dict[str, Any]) -> None:
    """The figures of one happening stand at its claim, and a war's total at none."""
    assert differences(case) == []


def test_the_cases_are_many() -> None:
    """With the number words there are at least 165 cases, none twice."""
    whole = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    texts = [c["text"] for c in (*whole["numbers"], *whole["people"])]
    assert len(texts) == len(set(texts)) >= 165


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("five", 5, 5), ("at least five", 5, None), ("civilians", 2, None), ("a farmer", 1, 1), ("nobody", 0, 0)],
)
def test_a_mention_gives_its_range(words: str, low: int, high: int | None) -> None:
    """A number is itself, a plain plural at least two, one person one, and nobody none."""
    page = document(f"They killed {words} in Sake.")
    at = page.text.index(words)
    found = figures.figure(page, Mention(Span(at, at + len(words)), MentionKind.FIGURE), "killed")
    assert (found.value.low, found.value.high) == (low, high)
    assert found.evidence == (Span(at, at + len(words)),)


def test_a_total_is_cumulative_and_keeps_what_it_runs_over() -> None:
    """A total carries its scope, its beginning, and both pieces of its evidence."""
    page = document("At least 900 people were killed since January.")
    at = page.text.index("since January")
    number, since = Mention(Span(0, 12), MentionKind.FIGURE), Mention(Span(at, at + 13), MentionKind.TIME)
    found = figures.total(page, StatedFigure(number, "killed", None, True, since), date(2024, 1, 1))
    assert found.value.scope is FigureScope.PERIOD
    assert (found.value.low, found.value.high, found.value.over) == (900, None, "since January")
    assert found.value.since == date(2024, 1, 1)
    assert found.evidence == (number.span, since.span)


@pytest.mark.parametrize(
    ("words", "low", "high", "status"),
    [
        ("eight rebels and two soldiers", 10, 10, PeopleStatus.COMBATANT),
        ("two soldiers and three villagers", 5, 5, PeopleStatus.UNKNOWN),
        ("at least two guards and a farmer", 3, None, PeopleStatus.UNKNOWN),
        ("a man and his wife", 2, 2, PeopleStatus.UNKNOWN),
        ("a mother and her three children", 4, 4, PeopleStatus.CIVILIAN),
        ("a woman, 45, and her son, 12,", 2, 2, PeopleStatus.CIVILIAN),
        ("between 12 and 15 villagers", 12, 15, PeopleStatus.CIVILIAN),
        ("no fewer than nine villagers", 9, None, PeopleStatus.CIVILIAN),
    ],
)
def test_a_mention_of_several_is_their_sum(words: str, low: int, high: int | None, status: PeopleStatus) -> None:
    """People told side by side add up, ages do not, and a status holds where each of them has it."""
    page = document(f"They killed {words} in Sake.")
    at = page.text.index(words)
    found = figures.figure(page, Mention(Span(at, at + len(words)), MentionKind.FIGURE), "killed").value
    assert (found.low, found.high, found.status) == (low, high, status)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("five civilians", PeopleStatus.CIVILIAN),
        ("two journalists", PeopleStatus.CIVILIAN),
        ("nine soldiers", PeopleStatus.COMBATANT),
        ("three recruits", PeopleStatus.COMBATANT),
        ("seven people", PeopleStatus.UNKNOWN),
        ("four Yemenis", PeopleStatus.UNKNOWN),
        ("armed villagers and rebels", PeopleStatus.UNKNOWN),
        ("12", PeopleStatus.UNKNOWN),
    ],
)
def test_a_status_is_told_never_guessed(words: str, status: PeopleStatus) -> None:
    """Words that say who bore arms give a status; a nationality, a bare number or both kinds at once give none."""
    assert figures.status(words) is status


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("two girls", "children"),
        ("a cameraman", "journalists"),
        ("three nurses", "health workers"),
        ("aid workers", "aid workers"),
        ("women and children", None),
        ("five people", None),
    ],
)
def test_a_group_is_named_by_its_words(words: str, group: str | None) -> None:
    """One group of record is named by its words; several, or none, give none."""
    assert figures.group(words) == group


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("30 people were killed in the past 24 hours.", FigureScope.DAY),
        ("30 people were killed since the war began.", FigureScope.WAR),
        ("A war monitor said 30 people were killed last month.", FigureScope.PERIOD),
        ("Strikes throughout the province killed 30 people.", FigureScope.AREA),
        ("The fighting was heavy. The toll was 30 people. The war went on.", FigureScope.PERIOD),
    ],
)
def test_a_total_runs_over_what_its_sentence_says(text: str, scope: FigureScope) -> None:
    """The scope is read off the figure's own sentence, and is a period where that says nothing."""
    at = text.index("30")
    assert figures.scope_of(document(text), Span(at, at + 2)) is scope


Told = tuple[Stated[Figure], bool]


def told(low: int | None, high: int | None, at: int = 0, more: bool = False) -> Told:
    return Stated(Figure(low, high, "killed"), (Span(at, at + 2),), figures.STEP.id), more


def whole_of(*found: Told) -> Ranged | None:
    best = figures.whole(found)
    return (best.value.low, best.value.high) if best else None


def test_nothing_told_is_no_figure() -> None:
    """A voice that counts nobody states no figure."""
    assert whole_of() is None


def test_the_looser_of_one_number_holds() -> None:
    """ "40" in a headline and "at least 40" below it are "at least 40", whichever comes first."""
    assert whole_of(told(40, 40), told(40, None, 50)) == whole_of(told(40, None), told(40, 40, 50)) == (40, None)


def test_another_five_are_added_to_those_before_them() -> None:
    """What is told on top of a figure is added to it and stands on the words of both."""
    found = figures.whole([told(3, 3, 10), told(5, 5, 60, more=True)])
    assert found is not None
    assert (found.value.low, found.value.high) == (8, 8)
    assert found.evidence == (Span(10, 12), Span(60, 62))


def test_another_five_far_from_any_figure_stand_alone() -> None:
    """What is told on top of nothing near by is a figure itself, and the larger one holds."""
    assert whole_of(told(3, 3, 10), told(5, 5, 900, more=True)) == (5, 5)
    assert whole_of(told(18, 18, 60), told(19, 19, 10, more=True)) == (19, 19)


def test_a_whole_told_elsewhere_holds_both() -> None:
    """ "Eight died: three at once, another five in hospital": the sum does not pass the whole."""
    assert whole_of(told(8, 8), told(3, 3, 30), told(5, 5, 60, more=True)) == (8, 8)


tellings = st.lists(
    st.builds(told, st.integers(0, 500), st.one_of(st.none(), st.integers(500, 900)), st.integers(0, 2000), st.booleans()),
    min_size=1,
    max_size=6,
)


@given(tellings)
def test_the_whole_is_never_less_than_the_largest_floor_told(found: list[Told]) -> None:
    """Whatever is told, the figure's floor is that of the largest, or above it."""
    best = figures.whole(found)
    assert best is not None
    assert (best.value.low or 0) >= max(f.value.low or 0 for f, _ in found)


@given(tellings, st.randoms(use_true_random=False))
def test_the_order_of_mention_does_not_matter(found: list[Told], random: Random) -> None:
    """But for what is told on top of another, the order in which figures are handed over changes nothing."""
    plain = [(f, False) for f, _ in found]
    shuffled = random.sample(plain, len(plain))
    assert whole_of(*plain) == whole_of(*shuffled)


@given(st.integers(2, 400), st.integers(1, 900))
def test_a_part_never_raises_the_whole(killed: int, part: int) -> None:
    """However many the children are said to be, the dead stay as many as are told, and the children stand beside them."""
    got, _ = found_in(f"A shell hit a house in Sake, killing {killed} people, including {part} children.")
    assert got["killed"] == [(killed, killed)]
    assert got["parts"] == [("killed", (part, part), "children")]
