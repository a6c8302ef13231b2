"""The scorer of time expressions, on made-up texts: what a value is, what counts as right, and what is left out."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import times as scorer

from crossbearing.model.text import Span

PAGE = date(2024, 1, 12)


def values(text: str, page: date = PAGE) -> list[str | None]:
    return [s.value for s in scorer.ours(text, page)]


def said(start: int, end: int, value: str | None, words: str = "") -> scorer.Said:
    return scorer.Said(Span(start, end), value, words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 8 March 2021.", ["2021-03-08"]),
        ("It fell in March 2021.", ["2021-03"]),
        ("It fell in 2021.", ["2021"]),
        ("It fell in the summer of 2021.", ["2021-SU"]),
        ("It fell in the second half of 2021.", ["2021-H2"]),
        ("It fell in the first quarter of 2021.", ["2021-Q1"]),
        ("It fell in the 1990s.", ["199"]),
        ("It fell in the 19th century.", ["18"]),
        ("It fell on Wednesday.", ["2024-01-10"]),
        ("It fell on Wednesday night.", ["2024-01-10TNI"]),
        ("It fell late on Wednesday.", ["2024-01-10"]),
        ("It fell at 10:35 am on Wednesday.", ["2024-01-10T10:35"]),
        ("It fell yesterday.", ["2024-01-11"]),
        ("It fell last week.", ["2024-W01"]),
        ("It fell last month.", ["2023-12"]),
        ("It fell last winter.", ["2023-WI"]),
        ("It fell two months ago.", ["2023-11"]),
        ("It fell on Christmas Eve.", ["2023-12-24"]),
        ("It held for three days.", ["P3D"]),
        ("It held for four hours.", ["PT4H"]),
        ("It held for more than two years.", ["P2Y"]),
        ("It held for less than two years.", ["P2Y"]),
        ("It held for several days.", ["PXD"]),
        ("They meet daily, and every Monday.", ["P1D", "XXXX-WXX-1"]),
        ("They meet now.", ["PRESENT_REF"]),
        ("A boy, 12 years old, fell.", []),
        ("It stood in the last three days of the siege.", ["P3D"]),
        ("It was hit day after day.", ["P1D"]),
        ("It lasted from 5 to 7 March 2021.", ["2021-03-05", "2021-03-07"]),
        ("The war (1946-54) was long.", ["1946", "1954"]),
    ],
)
def test_values_are_those_of_timeml(text: str, expected: list[str | None]) -> None:
    """A form and its days are rendered as TimeML writes them, as fine as the form is."""
    assert values(text) == expected


def test_a_history_carries_its_year_on() -> None:
    """In a text whose years lie long ago, a date without a year is of the year last told of; in news, of the page's."""
    history = "It began in 1911. In 1912 it spread. In 1913 it grew. In 1914 it waned. In 1915 it paused. On 3 May it ended."
    assert values(history)[-1] == "1915-05-03"
    assert values("It paused in 1915. On 3 October it ended.")[-1] == "2023-10-03"


def test_two_spellings_of_a_value_are_one() -> None:
    """The spellings that corpora differ in are brought to one, and what is no set keeps its own."""
    pairs = {"2000-W7": "2000-W07", "196X": "196", "1949-XX": "1949", "2000-01-05-TNI": "2000-01-05TNI", "P5H": "PT5H"}
    pairs |= {"1999-01-02T6:22": "1999-01-02T06:22", "P1DE": "P10Y", "1999-01-02T06:22:13": "1999-01-02T06:22"}
    assert {value: scorer.normal(value, "DATE") for value in pairs} == pairs
    assert scorer.normal("XXXX-WXX", "SET") == "P1W"
    assert scorer.normal("XXXX-WXX", "DATE") == "XXXX-WXX"
    assert scorer.normal(None, "DATE") is None


def test_right_is_an_overlap_with_the_same_value() -> None:
    """Spans that overlap are a pair; it is right where the values are one; what meets gold without a value counts for neither."""
    wanted = [said(0, 10, "2001", "in 2001"), said(20, 30, "2002-05-06", "that day"), said(40, 50, None)]
    found = [said(5, 12, "2001", "2001"), said(22, 28, "2002-05-07", "day"), said(45, 50, "2003"), said(60, 64, "2004-01-01")]
    scores = scorer.compared(found, wanted)
    assert (scores["span"].right, scores["span"].found, scores["span"].gold) == (3, 4, 3)
    assert (scores["value"].right, scores["value"].found, scores["value"].gold) == (1, 3, 2)
    assert (scores["relative"].right, scores["relative"].found, scores["relative"].gold) == (0, 2, 1)


def test_an_equal_value_is_paired_first() -> None:
    """Of two expressions of ours within one of the gold's, the one of the same value is its pair."""
    pairs = scorer.paired([said(0, 5, "2001"), said(6, 10, "2002")], [said(0, 10, "2002")])
    assert pairs == {1: 0}


def test_dates_of_gum_are_days() -> None:
    """Partial dates become first and last day; a gold date without a year asks only for month and day."""
    assert scorer.days_of_gold({"when": "2015-02"}) == "2015-02-01..2015-02-28"
    assert scorer.days_of_gold({"from": "2015", "to": "2016-03"}) == "2015-01-01..2016-03-31"
    assert scorer.days_of(said(0, 1, "2015-W02"), PAGE) == ("2015-01-05..2015-01-11",)
    assert scorer.days_of(said(0, 1, "199"), PAGE) == ("1990-01-01..1999-12-31",)
    assert scorer.days_of(said(0, 1, "P3D"), PAGE) == ()
    spring = said(0, 1, scorer.days_of(said(0, 1, "2015-SP"), PAGE)[0])
    assert scorer.same(spring, said(0, 1, scorer.days_of_gold({"from": "--03", "to": "--06"})))


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("It fell in the summer of 2015.", ["2015-06-01..2015-09-30", "2015-06-01..2015-08-31"], "2015-06-01..2015-07-31"),
        ("It fell this week.", ["2024-01-08..2024-01-14", "2024-01-08..2024-01-12"], "2024-01-08..2024-01-13"),
        ("It ends by the end of 2025.", ["2025-12-31..2025-12-31", "2025-01-01..2025-12-31"], "2025-10-01..2025-12-31"),
        ("It held over the past three days.", ["2024-01-09..2024-01-12", "2024-01-10..2024-01-12"], "2024-01-01..2024-01-12"),
        ("It held for the last two years.", ["2022-01-12..2024-01-12", "2023-01-01..2024-01-12"], "2022-01-01..2023-12-31"),
        ("It stood before World War II.", ["1939-09-01..1945-09-02"], "1939-01-01..1945-12-31"),
    ],
)
def test_where_annotators_of_gum_differ_either_is_right(text: str, right: list[str], wrong: str) -> None:
    """A season, a week under way, an end, a stretch up to the day: each way that annotators have is right, and no other."""
    record = {"corpus": "gum", "id": "a", "text": text, "meta": {"dct": PAGE.isoformat()}, "dates": []}
    (found,) = scorer.found_in(record, scorer.ours)
    assert all(scorer.same(found, said(0, 1, value)) for value in right)
    assert not scorer.same(found, said(0, 1, wrong))


def test_a_day_that_is_not_known_dates_nothing() -> None:
    """What counts from a day that GUM does not know is left out of both sides; what says its year stays."""
    text = "It fell yesterday. It was built in 1950."
    dates = [
        {"start": 8, "end": 17, "text": "yesterday", "when": "1999-12-31"},
        {"start": 35, "end": 39, "text": "1950", "when": "1950"},
    ]
    record = {"corpus": "gum", "id": "a", "text": text, "meta": {"dct": "2000-01-01"}, "dates": dates}
    assert [s.value for s in scorer.found_in(record, scorer.ours)] == ["1950-01-01..1950-12-31"]
    assert [s.words for s in scorer.gold(record)] == ["1950"]
    record["meta"] = {"dct": "2000-01-02"}
    assert len(scorer.found_in(record, scorer.ours)) == len(scorer.gold(record)) == 2


def test_what_counts_from_a_named_event_has_no_value() -> None:
    """ "Two days after the vote" is of no day that the words say; "the day after", alone, is of the story."""
    assert values("Talks broke down on 8 March 2021. Two days after the vote the port fell.") == ["2021-03-08"]
    assert values("Talks broke down on 8 March 2021. The day after, the port fell.") == ["2021-03-08", "2021-03-09"]
    assert len(values("It was quiet last week, and the week before that, too.")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was held on 5-6 May 2019.", ["2019-05-05..2019-05-06"]),
        ("It was held between May and June 2019.", ["2019-05-01..2019-06-30"]),
        ("It was held on May 5th or 6th.", ["2024-05-05..2024-05-06"]),
        ("It was built between the late 18th and early 19th centuries.", ["1700-01-01..1899-12-31"]),
        ("It held over the past few years.", []),
        ("It was held from 5 May to 6 June 2019.", ["2019-05-05..2019-05-05", "2019-06-06..2019-06-06"]),
        ("It fell two hours ago.", []),
        ("It fell in the 9th century.", []),
    ],
)
def test_expressions_of_gum_are_days_or_longer(text: str, expected: list[str]) -> None:
    """Ends that share their month or year are one expression; hours, and years before 1000, are left out."""
    record = {"corpus": "gum", "id": "a", "text": text, "meta": {"dct": "2024-01-12"}, "dates": []}
    assert [s.value for s in scorer.found_in(record, scorer.ours)] == expected


def test_a_history_says_how_things_now_are() -> None:
    """ "Today" in a history has no day, and "that year" is the year last said."""
    old = "It began in 1911. In 1912 it spread. In 1913 it grew. In 1914 it waned. It ended in 1955, and that year it was sold."
    assert values(old)[-1] == "1955"
    assert values(old + " It stood." * 20 + " It is used today.")[-1] == "PRESENT_REF"


def test_slug_lines_hold_no_text(tmp_path: Path) -> None:
    """What a wire puts above and below a text is left out of both sides; a corpus that is not there is left out whole."""
    text = (
        "X1998 STORY 1998-08-07\n\nPORT ADA (AP) -- "
        + "On Friday the old bridge fell into the river with all " * 3
        + ".\nAP-NY-08-07-98"
    )
    at = text.index("Friday")
    stamps = [{"start": 12, "end": 22, "type": "DATE", "value": "1998-08-07", "text": "1998-08-07"}]
    marked = [{"start": at, "end": at + 6, "type": "DATE", "value": "1998-08-07", "text": "Friday"}]
    record: dict[str, Any] = {"corpus": "aquaint_timeml", "id": "a", "text": text, "meta": {"dct": "1998-08-07"}}
    record["timexes"] = stamps + marked
    (tmp_path / "aquaint_timeml").mkdir()
    with gzip.open(tmp_path / "aquaint_timeml" / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    scores = scorer.scored(tmp_path / "aquaint_timeml", scorer.ours)
    assert (scores["value"].right, scores["value"].found, scores["value"].gold) == (1, 3, 1)
    assert list(scorer.measured(tmp_path)) == ["aquaint_timeml"]
    assert "crossbearing" in scorer.table({"crossbearing": scores})
    assert len(list(scorer.errors(tmp_path / "aquaint_timeml"))) == 2


def test_dateparser_stands_beside() -> None:
    """What dateparser finds has spans in the text and values as fine as it says."""
    pytest.importorskip("dateparser")
    text = "Nothing of note.\n\nIt fell on 8 March 2021."
    (found,) = scorer.theirs(text, PAGE)
    assert found.value == "2021-03-08"
    assert "8 March 2021" in found.span.of(text)
