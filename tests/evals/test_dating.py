"""The scorer of page dates, on made-up pages: which dates are taken away, what is right, and which seeded errors are found."""

from __future__ import annotations

import gzip
import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import dating as scorer

from crossbearing.model.outcome import Dating
from crossbearing.model.when import Interval
from crossbearing.resolve.page.checks import Total
from crossbearing.resolve.page.series import Row

TEXT = (
    "Shells fell on the market at the river, the governor said on {weekday}. Four people were hurt, and two stalls burned down. "
    "Traders said that the road to the bridge was shut, and that trucks with flour were waiting on the other bank for the night."
)


def lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three small corpora in the forms of the real ones."""
    days = [date(2023, 11, 6) + timedelta(days=n) for n in range(5)]
    bases = [{"id": f"b{n}", "text": TEXT.format(weekday=f"{day:%A}"), "published": str(day)} for n, day in enumerate(days)]
    lines(tmp_path / "us_bases_dev" / "reports.jsonl", [*bases, {"id": "none", "text": "Undated.", "published": None}])
    wire = f"APW19981107.0261 NEWS STORY 11/07/1998 06:18:00\n{TEXT.format(weekday='Saturday')}\nAP-NY-11-07-98 0618EDT"
    rows = [{"id": "w", "text": wire, "meta": {"dct": "1998-11-07"}}, {"id": "x", "text": wire, "meta": {"dct": None}}]
    lines(tmp_path / "aquaint_timeml" / "train.jsonl.gz", rows)
    article = f"Market hit 9 August 2016 {TEXT.format(weekday='Tuesday')}"
    lines(tmp_path / "fakes" / "all.jsonl.gz", [{"id": "f", "text": article}, {"id": "g", "text": TEXT}])
    return tmp_path


def test_pages_come_without_the_lines_that_bear_their_date(root: Path) -> None:
    """Each corpus gives the pages whose day is known, with that day taken out of the text."""
    assert [page.id for page in scorer.pages(root, "us_bases_dev")] == ["b0", "b1", "b2", "b3", "b4"]
    [wire] = scorer.pages(root, "aquaint_timeml")
    assert wire.day == date(1998, 11, 7)
    assert wire.text == TEXT.format(weekday="Saturday")
    [article] = scorer.pages(root, "fakes")
    assert article.day == date(2016, 8, 9)
    assert "2016" not in article.text


def test_a_shown_date_is_right_and_a_shifted_one_doubted(root: Path) -> None:
    """Dated pages are answered with their day and not doubted; ten months late, those whose weekday no longer fits are."""
    figures = scorer.measured(root)
    assert set(figures) == set(scorer.NAMES)
    bases = figures["us_bases_dev"]
    assert bases["pages"] == 5
    assert bases["dated_right"] == bases["dated_answered"] == bases["dated_days"] == 1
    assert bases["contradiction_false"] == 0
    # 304 days are 43 weeks and three days: each weekday is told three days late.
    assert bases["contradiction_found"] == 1
    assert bases["undated_holding"] == 1
    assert bases["undated_answered"] == 0


def test_a_corpus_that_is_missing_is_left_out(tmp_path: Path) -> None:
    """Only corpora that are there are measured."""
    assert scorer.measured(tmp_path) == {}


def test_likely_days_are_scored_against_what_they_claim() -> None:
    """Of the pages with likely days it is counted how many hold the day, beside the share that they claim."""
    day = date(2020, 5, 1)
    told = Dating(Interval(None, None), (), likely=(Interval(day, day),), share=0.9)
    missed = Dating(Interval(None, None), (), likely=(Interval(None, date(2019, 1, 1)),), share=0.94)
    silent = Dating(Interval(None, None), ())
    figures = scorer._likely([(day, told), (day, missed), (day, silent), (day, silent)])
    assert figures == {"likely_told": 0.5, "likely_right": 0.5, "likely_share": pytest.approx(0.92)}
    assert scorer._likely([(day, silent)])["likely_right"] == 0


def test_how_many_totals_could_be_dated_to_three_days() -> None:
    """Totals that stood for longer than three days, and the last of a series, can have no short answer."""
    rows = tuple(Row(date(2024, 1, day), killed, 0) for day, killed in ((1, 5), (2, 6), (3, 6), (9, 7), (10, 8)))
    assert scorer._could_be(rows) == pytest.approx(2 / 5)


def test_seeded_errors_of_a_series_are_counted() -> None:
    """In a series that grows evenly every seeded fall is found, most changed digits are, and nothing is doubted unseeded."""
    series = [Total(date(2024, 1, 1) + timedelta(days=n), 10_000 + 37 * n) for n in range(60)]
    found = scorer._checked(series, random.Random(1))
    assert found["falls"] == 1
    assert found["transposed"] > 0.6
    assert found["unseeded"] == []


def test_a_series_is_read_from_its_columns(tmp_path: Path) -> None:
    """Rows without a total are left out, and of two phases only the one that is meant is read."""
    text = "report_date,killed_cum_reported,phase\n2024-01-01,5,1\n2024-01-02,,1\n2026-01-01,7,2\n"
    (tmp_path / "lebanon_daily.csv").write_text(text, encoding="utf-8")
    assert [total.value for total in scorer._read(tmp_path, "lebanon 2023 killed")] == [5]
    assert [total.value for total in scorer._read(tmp_path, "lebanon 2026 killed")] == [7]


def test_every_shipped_series_dates_its_own_totals() -> None:
    """A sentence with the totals of any day of any shipped series is always given days that hold it."""
    figures = scorer.totals()
    assert len(figures) >= 4
    for name, row in figures.items():
        assert row["held"] == 1, name
        assert row["in_three_days"] <= row["could_be"] + 0.05, name
