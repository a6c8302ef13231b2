"""A page's date from what it shows and says: every reason kept, and never narrower than the evidence."""

from __future__ import annotations

import random
import time as clock
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import DateKind, Document, Furniture, FurnitureKind, Metadata, Shown, ShownDate, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.page import dating, series
from crossbearing.resolve.page.dating import date_page
from crossbearing.resolve.page.evidence import Piece, moved
from crossbearing.words import times

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE.parent / "cases" / "dating.yml").read_text(encoding="utf-8"))
REPORTS = HERE.parent.parent.parent / "shared" / "reports"


def page(text: str, shown: list[dict[str, str]] | None = None, captured: date | None = None) -> Document:
    dates = tuple(ShownDate(DateKind(d["kind"]), Shown(str(d["value"]), "line", str(d["value"]))) for d in shown or [])
    at = datetime(captured.year, captured.month, captured.day) if captured else None
    return Document("d", "c", "r", "f", text, metadata=Metadata(dates=dates), captured=at)


def interval_of(written: object) -> Interval:
    first, dots, last = str(written).partition("..")
    last = last if dots else first
    return Interval(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_a_page_is_dated_as_the_case_says(case: dict[str, Any]) -> None:
    """What a page shows and says gives the days on which it can have been written, and says so when they conflict."""
    dated = date_page(page(case["text"], case.get("shown"), case.get("captured")))
    at = dated.published
    if "expected" in case:
        assert at == interval_of(case["expected"])
    if "holds" in case:
        assert at.meets(interval_of(case["holds"]))
    if "within" in case:
        assert at.narrowed(interval_of(case["within"])) == at
    if "likely" in case:
        assert dated.likely
        assert all(one.narrowed(interval_of(case["likely"])) == one for one in dated.likely)
    assert dated.chance < case.get("chance_below", 2)
    assert (dated.contradiction is not None) == bool(case.get("contradiction"))
    assert case.get("doubt", "") in (dated.contradiction or "")


def test_every_case_says_what_it_expects() -> None:
    """Each case has a label of its own, and one expectation at least, of names that the test reads."""
    names = {"label", "text", "shown", "captured", "fails", "doubt", "contradiction", "chance_below"}
    asked = {"expected", "within", "holds", "likely"}
    assert len({case["label"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert asked & case.keys(), case["label"]
        assert case.keys() <= names | asked, case["label"]


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_every_reason_stands_on_something(case: dict[str, Any]) -> None:
    """Each reason has evidence that is in the page, and a sentence."""
    document = page(case["text"], case.get("shown"), case.get("captured"))
    for because in date_page(document).because:
        assert because.evidence
        assert because.says
        for evidence in because.evidence:
            assert isinstance(evidence, Shown) or evidence.of(document.text).strip()


GAZA = next(s for s in series.shipped() if "Gaza" in s.places)


def test_totals_to_the_digit_date_themselves() -> None:
    """A sentence with a day's totals always allows that day, and at most three days where the next came out within two.

    Where the next figures came out later than that, the page may be of any day until then: that is what the totals say.
    """
    rows = list(zip(GAZA.rows, GAZA.rows[1:], GAZA.rows[2:], strict=False))
    changed = [(b, c) for a, b, c in rows if a.killed != b.killed != c.killed and a.injured != b.injured != c.injured]
    sample = random.Random(7).sample(changed, 200)
    narrow = followed = 0
    for row, behind in sample:
        text = f"The war has killed {row.killed:,} Palestinians in Gaza and injured {row.injured:,} others."
        found = date_page(page(text)).published
        assert found.meets(Interval.day(row.day))
        if (behind.day - row.day).days <= 2:
            followed += 1
            narrow += found.days is not None and found.days <= 3
    assert followed >= 150
    assert narrow >= 0.95 * followed


@given(st.integers(0, len(GAZA.rows) - 1), st.sampled_from(["more than", "over", "at least", "nearly"]))
def test_rounded_totals_hold_their_day(at: int, qualifier: str) -> None:
    """A total rounded to thousands, down for "more than" and up for "nearly", allows the day that it was rounded from."""
    row = GAZA.rows[at]
    if row.killed < 10_000 or row.killed % 1000 == 0:
        return
    rounded = row.killed // 1000 * 1000 + (1000 if qualifier == "nearly" else 0)
    found = series.days(GAZA, "killed", rounded, None if qualifier != "nearly" else rounded, qualifier)
    assert any(i.meets(Interval.day(row.day)) for i in found)


SCRAPS = [*(str(c["text"]) for c in CASES), "24,000", "days into the war", "Gaza", "killed", "since October 7", "9999", "\n"]
VALUES = st.sampled_from(["2024-01-13", "2024-13-45", "0000", "9999-12-31", "2024", "4 months ago", "", "2199-12"])


@given(
    st.lists(st.sampled_from(SCRAPS), max_size=6).map(" ".join) | st.text(max_size=120),
    st.lists(st.tuples(st.sampled_from(list(DateKind)), VALUES), max_size=3),
    st.none() | st.dates(date(1990, 1, 1), date(2035, 1, 1)),
)
def test_any_page_gets_an_interval_and_reasons(text: str, shown: list[tuple[DateKind, str]], captured: date | None) -> None:
    """Whatever a page holds, dating it gives an interval that runs forward, the same one again, and never fails."""
    document = page(text, [{"kind": kind.value, "value": value} for kind, value in shown], captured)
    found = date_page(document)
    assert found == date_page(document)
    assert found.published.clock is None
    if found.published != Interval(None, None):
        assert any(b.allows for b in found.because)


@given(st.lists(st.sampled_from(SCRAPS), max_size=6).map(" ".join), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_shown_date_stands_or_it_is_said_what_was_taken(text: str, shown: date) -> None:
    """Whatever the text says, a date that the page shows is the answer, or the contradiction says which was taken."""
    found = date_page(page(text, [{"kind": "published", "value": shown.isoformat()}]))
    if found.published != Interval.day(shown):
        assert f"the page shows {shown}" in (found.contradiction or "")
        assert f"Taken is {found.published}, which its text bears." in (found.contradiction or "")
    assert 0 <= found.chance <= 1
    assert 0 <= found.share <= 1.0001


@given(
    st.lists(st.sampled_from(SCRAPS), max_size=4).map(" ".join),
    st.lists(st.tuples(st.sampled_from(list(DateKind)), VALUES), max_size=2),
    st.tuples(st.sampled_from(list(DateKind)), VALUES),
)
def test_one_piece_more_never_leaves_nothing(text: str, shown: list[tuple[DateKind, str]], more: tuple[DateKind, str]) -> None:
    """With each piece of evidence there is still an interval, which runs forward, and no reason gets lost."""
    few, many = (
        date_page(page(text, [{"kind": kind.value, "value": value} for kind, value in dates], date(2024, 3, 2)))
        for dates in (shown, [*shown, more])
    )
    assert len(many.because) >= len(few.because)
    for dated in (few, many):
        at = dated.published
        assert at.earliest is None or at.latest is None or at.earliest <= at.latest


PIECES = st.lists(
    st.one_of(
        st.tuples(st.dates(), st.integers(0, 900), st.booleans(), st.booleans()).map(
            lambda a: Piece((Span(0, 1),), "days", ((Interval(a[0], moved(a[0], a[1])),),), firm=a[2], shown=a[3])
        ),
        st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda a: Piece((Span(0, 1),), "a weekday", (), by_weekday=a)),
        st.tuples(st.integers(1, 12), st.integers(1, 28)).map(
            lambda a: Piece((Span(0, 1),), "a date", (), by_date=(*a, 4), firm=False)
        ),
    ),
    max_size=6,
)


@given(PIECES, st.booleans())
def test_pieces_narrow_to_days_that_the_first_allows(pieces: list[Piece], stretched: bool) -> None:
    """Whatever the pieces are, those taken first are kept, and each later one only narrows what they leave."""
    found = dating._narrowed(pieces, stretched).published
    first = next((piece.options[0][0] for piece in pieces if piece.options), Interval(None, None))
    assert found.narrowed(first) is not None
    before = dating._narrowed(pieces[:-1], stretched).published if pieces and not any(p.listed for p in pieces) else found
    assert found.narrowed(before) == found


@pytest.mark.parametrize("year", [1850, 1979, 2036, 2150])
def test_pages_of_other_times_are_dated_by_what_they_show(year: int) -> None:
    """A page of before or after the days that are weighed is dated as any other, without doubts that nothing bears out."""
    for kind in ("published", "url") if year >= 1900 else ():
        found = date_page(page("A convoy was hit on Friday.", [{"kind": kind, "value": f"{year}-03-04"}]))
        assert found.published == Interval.day(date(year, 3, 4))
        assert found.contradiction is None
        assert found.likely == ()
    assert date_page(page(f"The road was opened on 8 March {year}.")).published.earliest in (
        None,
        date(year, 3, 7),
        date(year, 3, 8),
    )


def test_an_answer_gets_wider_where_it_would_be_unlikely() -> None:
    """A day without a year and the year shown give the days behind it too, not only the two after."""
    found = date_page(page("The bridge was shelled on 19 March, residents said.", [{"kind": "published", "value": "2011"}]))
    assert str(found.published) == "2011-03-19..2011-03-23"
    assert found.chance >= 0.5
    assert found.contradiction is None


def test_what_cannot_be_dated_narrowly_keeps_its_bounds() -> None:
    """Where no narrow answer holds what is likely, the capture still bounds the page."""
    found = date_page(page("KABUL, Oct 7 (Desk) -- Blasts were heard on Monday.", None, date(2020, 3, 2)))
    assert found.published == Interval(None, date(2020, 3, 3))


def test_the_doubt_names_what_speaks_against_the_date() -> None:
    """A date that the page's words make unlikely is doubted, with the pieces that say so."""
    shown = [{"kind": "published", "value": "2020-08-08"}]
    found = date_page(page("https://news.example/2019/10/09/x\n\nShells fell, its mayor said on Wednesday.", shown))
    assert found.contradiction is not None
    assert "the page shows 2020-08-08" in found.contradiction
    assert "an address of 2019-10-09" in found.contradiction
    assert found.chance < 0.5


def test_an_article_is_dated_fast() -> None:
    """An article of 450 words takes a few milliseconds, its time expressions read before: the best of twenty stays below 30."""
    text = "\n\n".join(str(c["text"]) for c in CASES[60:] if len(str(c["text"])) < 200)[:2700]
    document, said = page(text), list(times.find(text))
    date_page(document, said)
    took = []
    for _ in range(20):
        start = clock.process_time()
        date_page(document, said)
        took.append(clock.process_time() - start)
    assert min(took) < 0.03


ODD = [
    "at " * 20_000 + "Friday",
    "a" * 50_000 + " days into the war",
    " " * 50_000 + "days ago, the war",
    "8 December 2023 " * 2_000,
    "24,000 killed in Gaza in the war " * 500,
    "1 " * 20_000 + "days ago",
    "on 3 June, on 4 May, " * 3_000,
    "8 December 2023\n" * 3_000,
    "President Barack Obama said. " * 2_000,
    "PRESIDENT BARACK OBAMA SAID. " * 2_000,
    "https://a.example/2019/10/09/x " * 3_000,
    "the 5th day of " * 3_000,
    "12 13 14 -- 15:20 // 1999. " * 2_000,
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_long_and_odd_pages_take_no_long(text: str) -> None:
    """A page of one word or one phrase over and over is dated in seconds."""
    start = clock.process_time()
    date_page(page(text))
    assert clock.process_time() - start < 10


def test_a_figure_before_the_series_begins_has_no_day() -> None:
    """A figure that the series never held, because it begins above it, allows nothing."""
    assert series.days(GAZA, "killed", 11, 11) == ()


def test_a_figure_between_two_days_is_of_about_then() -> None:
    """A figure that no day holds lies at the step where the count passed it."""
    days = series.days(GAZA, "killed", 23401, 23401)
    assert [str(d) for d in days] == ["2024-01-10..2024-01-12"]


def test_a_figure_in_comments_dates_nothing() -> None:
    """What readers write under a page does not date it."""
    text = "A convoy was hit.\n\nThe war has killed 23,708 Palestinians in Gaza."
    document = Document("d", "c", "r", "f", text, furniture=(Furniture(Span(17, len(text)), FurnitureKind.COMMENTS),))
    assert date_page(document).published == Interval(None, None)


@pytest.mark.parametrize(("name", "first", "last"), [("000", "2024-01-18", "2024-01-20"), ("001", "2024-01-10", "2024-01-11")])
def test_the_shared_pages_are_dated_from_their_own_words(name: str, first: str, last: str) -> None:
    """Both shared reports bear no date; their totals, weekdays and counts of days leave the days that a reader finds."""
    file = REPORTS / f"report-{name}.txt"
    if not file.exists():
        pytest.skip(f"needs {file.name} in ../shared/reports beside the checkout")
    found = date_page(page(file.read_text(encoding="utf-8"))).published
    assert found.narrowed(interval_of(f"{first}..{last}")) == found
    assert found.meets(Interval.day(date.fromisoformat(first)))
