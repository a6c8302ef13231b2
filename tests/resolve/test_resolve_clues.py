"""What a page shows of its date, and what its text says by weekdays, dates and addresses."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import DateKind, Document, Metadata, Shown, ShownDate
from crossbearing.resolve.page import clues
from crossbearing.resolve.page.evidence import Piece
from crossbearing.words import times
from crossbearing.words.time_forms import TimeWords


def page(text: str, captured: date | None = None, **shown: str) -> Document:
    dates = tuple(ShownDate(DateKind(kind), Shown(value, "line", value)) for kind, value in shown.items())
    at = datetime(captured.year, captured.month, captured.day) if captured else None
    return Document("d", "c", "r", "f", text, metadata=Metadata(dates=dates), captured=at)


def said(text: str) -> list[TimeWords]:
    return clues.outside_addresses(text, list(times.find(text)))


def allowed(pieces: list[Piece]) -> list[str]:
    return [
        ", ".join(map(str, piece.options[0])) if piece.options else f"by {piece.by_date or piece.by_weekday}" for piece in pieces
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2024-02-29T23:59:59Z", "2024-02-29"),
        ("2023-02-29", None),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("2024-12", "2024-12-01..2024-12-31"),
        ("2024", "2024-01-01..2024-12-31"),
        ("2024-13", None),
        ("0000", None),
        ("1899-01-01", None),
        ("2200-01-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_shown_value_gives_its_days(value: str, expected: str | None) -> None:
    """An ISO date gives its day, month or year, and what no calendar has gives none."""
    found = clues._iso(value)
    assert (str(found) if found else None) == expected


@given(st.text(max_size=30) | st.dates().map(str) | st.datetimes().map(str))
def test_any_shown_value_is_read(value: str) -> None:
    """Whatever a page shows as its date, reading it never fails."""
    for kind in DateKind:
        list(clues.shown(page("A convoy was hit.", date(2024, 1, 1), **{kind.value: value}), kind))


def test_a_capture_bounds_the_page_by_the_day_after() -> None:
    """A page is no younger than the day after its capture, for time zones, as far as the calendar goes."""
    assert allowed(list(clues.captured(page("x", date(2024, 2, 28))))) == ["..2024-02-29"]
    assert allowed(list(clues.captured(page("x", date.max)))) == ["..9999-12-31"]
    assert list(clues.captured(page("x"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KABUL, Oct 8, 2001 (Desk) -- Blasts were heard.", ["2001-10-08"]),
        ("KABUL, Oct 8 (Desk) -- Blasts were heard.", ["by (10, 8, 2)"]),
        ("8 October 2001\n\nBlasts were heard.", ["2001-10-08"]),
        ("Published: 8 October 2001 14:05\n\nBlasts were heard.", ["2001-10-08"]),
        ("03/04/2022\n\nBlasts were heard.", ["2022-03-04, 2022-04-03"]),
        ("25/12/2022\n\nBlasts were heard.", ["2022-12-25"]),
        ("The road was opened on 8 October 2001 by the mayor.", []),
        ("October 2001\n\nBlasts were heard.", []),
        ("", []),
    ],
)
def test_a_dateline_gives_its_day(text: str, expected: list[str]) -> None:
    """A dateline and a date on a line of its own give their day, or both that it can be, and a sentence's date none."""
    assert allowed(list(clues.dateline(page(text), said(text)))) == expected


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("8 October 2001", True),
        ("a\n8 October 2001\nb", True),
        ("Monday, 8 October 2001, 14:05", True),
        ("x" * 60 + "8 October 2001", False),
        ("8 October 2001" + "x" * 60, False),
        ("they came on 8 October 2001", False),
        ("\n" * 60 + "8 October 2001" + "\n" * 60, True),
    ],
)
def test_a_date_alone_on_its_line(text: str, alone: bool) -> None:
    """A date stands alone where its line holds no more than a weekday, a clock or a label beside it."""
    [words] = [w for w in times.find(text) if "October" in w.span.of(text)]
    assert clues._is_alone(text, words.span) is alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 3 June 2014.", ["2014-06-02..", "2014-06-03..2014-06-06"]),
        ("It fell between 9 and 12 July 2014.", ["2014-07-11..", "2014-07-12..2014-07-15"]),
        ("On Friday it fell, as it did on 3 June 2014.", ["2014-06-02.."]),
        ("It has been shut since 3 June 2014.", ["2014-06-02.."]),
        ("It fell in 2014.", ["2014-01-01.."]),
        ("It will open on 3 June 2014.", []),
        ("It is to open not later than 3 June 2014.", []),
        ("The fort fell on 18 June 1815.", ["1815-06-17.."]),
    ],
)
def test_the_latest_past_date_is_the_lower_end(text: str, expected: list[str]) -> None:
    """A page is not older than the latest date that it tells as past, and soon after it where the opening tells it as news."""
    document = page(text)
    assert allowed(list(clues.latest_dates(document, said(text), document.article()))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 3 June, and again on 6 June.", ["by (6, 6, 4)"]),
        ("It fell on December 30, and again on January 2.", ["by (1, 2, 4)"]),
        ("On January 2 he spoke of the raid of December 30.", ["by (1, 2, 4)"]),
        ("It fell on January 9, February 2, May 14, October 3 and December 12.", []),
        ("It fell on 3 June. On Tuesday it was mended.", []),
        ("It is due to open on 3 June.", []),
        ("It fell in June.", []),
    ],
)
def test_a_day_without_a_year_is_news(text: str, expected: list[str]) -> None:
    """Of the opening's days without a year the last in the year's round is the news; none is where they fill the year."""
    document = page(text)
    assert allowed(list(clues.lead_day(document, said(text), document.article()))) == expected


def test_the_weekday_of_a_date_goes_with_it() -> None:
    """A date told with its weekday keeps it, so that only some years fit."""
    text = "It fell on Tuesday, March 25."
    [piece] = clues.lead_day(page(text), said(text), page(text).article())
    assert (piece.by_date, piece.on) == ((3, 25, 4), 1)


def test_a_weekday_behind_the_opening_only_weighs() -> None:
    """The first weekday narrows the answer where the opening tells it, and only weighs further down."""
    for text, weighs in (("It fell on Friday.", False), ("The road is long. " * 60 + "It fell on Friday.", True)):
        [piece] = clues.weekdays(page(text), said(text), page(text).article())
        assert piece.by_weekday is not None
        assert piece.by_weekday[0] == 4
        assert piece.only_weighs is weighs


def test_a_date_in_an_address_is_no_date_of_the_text() -> None:
    """Time expressions inside of an address are left out, and those beside it kept."""
    text = "See https://news.example/2019/10/09/x and www.news.example/2018/01/02 of 3 June 2014."
    assert [words.span.of(text) for words in said(text)] == ["3 June 2014"]
    assert said("It fell on 3 June 2014.") == list(times.find("It fell on 3 June 2014."))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://news.example/2019/10/09/x", ["2019-10-08..", "2019-10-09..2019-10-16"]),
        ("https://news.example/x-20191009.html", ["2019-10-08..", "2019-10-09..2019-10-16"]),
        ("https://news.example/2019/13/09/x", []),
        ("https://news.example/2019/02/30/x", []),
        ("https://news.example/story/20191009123", []),
        ("https://news.example/", []),
    ],
)
def test_an_address_gives_the_day_that_it_bears(address: str, expected: list[str]) -> None:
    """An address with a whole date bounds the page from before and weighs for the week after it; other numbers are no date."""
    assert allowed(list(clues.links(page(f"See {address} for more.")))) == expected


@given(st.text(max_size=200))
def test_any_text_gives_clues_or_none(text: str) -> None:
    """No text makes a clue fail, and each clue stands on words of the text."""
    document, found = page(text), said(text)
    article = document.article()
    pieces = [
        *clues.dateline(document, found),
        *clues.latest_dates(document, found, article),
        *clues.lead_day(document, found, article),
        *clues.weekdays(document, found, article),
        *clues.without_year(document, found, article),
        *clues.links(document),
    ]
    assert all(span.of(text).strip() for piece in pieces for span in piece.evidence)  # type: ignore[union-attr]
