"""The small parts: repair with its map, dates as pages show them, the walk through a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.clean.page import clean_page
from crossbearing.clean.repair import repair
from crossbearing.clean.shown import ages, copyright_years, dates, instant, url_date


@given(st.text(max_size=200))
def test_repair_keeps_every_offset_true(source: str) -> None:
    """Pieces cover all of the repaired text in order, exact ones read as the source does, and nothing is repaired twice."""
    text, pieces = repair(source)
    assert "".join(p.text.of(text) for p in pieces) == text
    assert all(p.text.of(text) == p.source.of(source) for p in pieces if p.exact)
    assert [p.source.start for p in pieces] == sorted(p.source.start for p in pieces)
    assert repair(text)[0] == text


def test_repair_mends_what_hides_or_splits_words() -> None:
    """Line ends are one character, odd spaces are spaces, soft hyphens and marks without width are gone."""
    assert repair("a\r\nb\u00a0c\u00add\ufeffe\x00f")[0] == "a\nb cdef"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("December 8, 2023", ["2023-12-08"]),
        ("Published: 8 Dec 2023 10:15", ["2023-12-08"]),
        ("15:54 GMT 10.11.2023", ["2023-11-10"]),
        ("17-11-2023", ["2023-11-17"]),
        ("2023-12-08T10:00:00Z", ["2023-12-08"]),
        ("2019/05/30 | 00:30", ["2019-05-30"]),
        ("Friday the 3rd of March, 2017", ["2017-03-03"]),
        ("03/04/2023", ["2023-03-04", "2023-04-03"]),
        ("11/25/2023", ["2023-11-25"]),
        ("Last updated March 2024", ["2024-03"]),
        ("31/02/2023", []),
        ("Resolution 2023/14", []),
        ("call 555-20-2023", []),
    ],
)
def test_dates_are_read_strictly(line: str, values: list[str]) -> None:
    """A whole date gives its day, an ambiguous one both of its days, what is none gives nothing."""
    assert [f.value for f in dates(line)] == values


def test_ages_and_copyright_years() -> None:
    """A relative age keeps its words, also where an icon's name runs into it; of a range of years the last counts."""
    assert [f.value for f in ages("access_time4 months ago")] == ["4 months ago"]
    assert [f.value for f in ages("an hour ago")] == ["an hour ago"]
    assert [f.value for f in ages("a long time ago")] == []
    assert [f.value for f in copyright_years("Copyright © 2010-2024 Lowland Post")] == ["2024"]


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://x.example/2024/01/10/raid", "2024-01-10"),
        ("https://x.example/world/2024/jan/10/raid", "2024-01-10"),
        ("https://x.example/news/20240110-raid", "2024-01-10"),
        ("https://x.example/2023/12/raid", "2023-12"),
        ("https://x.example/a/1234567890", None),
        ("https://x.example/2024/13/45/", None),
    ],
)
def test_an_address_shows_its_date(url: str, value: str | None) -> None:
    """The date in an address is found to the day or the month, and a number that is none is not."""
    found = url_date(url)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023-12-08T10:15:00Z", "2023-12-08T10:15:00Z"),
        ("2023-12-08 10:15", "2023-12-08T10:15:00"),
        ("2023-12-08T10:15:00.123+0300", "2023-12-08T10:15:00+03:00"),
        ("Fri, 08 Dec 2023 10:15:00 GMT", "2023-12-08"),
        ("2023-13-40", None),
        ("soon", None),
    ],
)
def test_a_machines_date_is_iso(text: str, value: str | None) -> None:
    """Instants keep their time and zone."""
    assert instant(text) == value


def test_a_page_that_never_closes_its_frames_is_still_read() -> None:
    """An element that hides its content and is never closed, or a broken declaration, does not hide the report."""
    words = "The ministry said on Monday that the bridge had been hit by two rockets and that nobody was hurt in the attack."
    for broken in ("<iframe src='x'>", "<![if lt IE 9]><![endif", "<select><option>"):
        body = f"<h1>Bridge hit by rockets</h1><p>{words}</p><p>{words.replace('two', 'three')}</p>"
        page = f"<html><body>{broken}{body}</body></html>"
        assert words in clean_page(page).text
