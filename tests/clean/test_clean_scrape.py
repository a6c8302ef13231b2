"""Text scrapes: the article is found, and all else keeps its place and gets a name."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.clean.documents import clean_scrape
from crossbearing.clean.icons import Icon, parts
from crossbearing.clean.scrape import mark
from crossbearing.clean.shape import cut, features, look, wording
from crossbearing.model.text import FurnitureKind, Span
from crossbearing.resources import table

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "scrapes.yml").read_text(encoding="utf-8"))


def built(case: dict[str, Any]) -> tuple[str, list[tuple[str, Span]]]:
    """The case's scrape, and each part's place in it."""
    text, places = "", []
    for i, (kind, words) in enumerate(case["parts"]):
        text += case["between"] if i else ""
        places.append((kind, Span(len(text), len(text) + len(words))))
        text += words
    return text, places


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_each_line_is_what_it_is(case: dict[str, Any]) -> None:
    """Article lines are unmarked, furniture is marked with its kind."""
    text, places = built(case)
    furniture = mark(text).furniture()
    wrong = []
    for kind, span in places:
        marks = [f.kind.value for f in furniture if f.span.meets(span)]
        if kind != "any" and marks != ([] if kind == "article" else [kind]):
            wrong.append((kind, marks, span.of(text)))
    assert wrong == []


@pytest.mark.parametrize("case", [c for c in CASES if "metadata" in c], ids=[c["name"] for c in CASES if "metadata" in c])
def test_a_scrape_shows_its_title_and_dates(case: dict[str, Any]) -> None:
    """Title, outlet, section and dates are found, each with the words that show it."""
    text, _ = built(case)
    shown = clean_scrape(text).metadata
    wanted = case["metadata"]
    for name in ("title", "outlet", "section", "byline"):
        if name in wanted:
            found = getattr(shown, name)
            assert found is not None
            assert found.value == wanted[name]
            assert found.span is not None
            assert found.span.of(text) == found.quote
    if "dates" in wanted:
        assert [[d.kind.value, d.shown.value] for d in shown.dates] == wanted["dates"]
        assert all(d.shown.span is not None and d.shown.span.of(text) == d.shown.quote for d in shown.dates)


_ITEMS = "Raiders shot dead a herder at Kalemngorok and drove off goats.\n\nGunmen ambushed a lorry at Silale, wounding two men."


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (f"INCIDENT REGISTER\nRead to the press by the commander, Thursday 12 June 2025\n\n{_ITEMS}", ["2025-06-12"]),
        (f"DISTRICT ADMINISTRATION\nMorning summary, 9 May 2024, 07:30\n\n{_ITEMS}", ["2024-05-09"]),
        (f"Situation in the districts, 4 March\n\n{_ITEMS}\n\nPosted by the press office, 05.03.2025", ["2025-03-05"]),
        (f"UELE WATCH - DAILY DIGEST 22/01/2026\n\n{_ITEMS}", ["2026-01-22"]),
        (f"Live: hotel hit\nWednesday 22 April 2026. All times local. Latest first.\n\n{_ITEMS}", ["2026-04-22"]),
        (
            f"[Radio of the lake, Moba. Evening news. Friday, 13 November 2026]\n\n{_ITEMS}",
            ["2026-11-13"],
        ),
        (f"VOICES - from the plain\nRecorded in Asaita on 11 March 2026. She is 34.\n\n{_ITEMS}", ["2026-03-11"]),
        (f"The station stands still\n\nPune, November 26, 2026 (Plateau Features)\n\n{_ITEMS}", ["2026-11-26"]),
        (f"Bells at nine\n\nRio Manso, Salta, Sunday 19 July 2026\nby Dora Pinto\n\n{_ITEMS}", ["2026-07-19"]),
        (f"Four dead\n\nBy ANA HOLT\nLakeside Wire\n\nAKRON, Ohio (June 29, 2026) - A man was shot.\n\n{_ITEMS}", ["2026-06-29"]),
        (f"The road back\nTwo brothers return to Salto, burned on 16 March 1968\n\n{_ITEMS}", []),
        (f"The village was burned in the war, on a cold Saturday, 16 March 1968.\n\n{_ITEMS}", []),
    ],
)
def test_a_line_of_the_head_or_the_foot_that_is_no_sentence_ends_with_the_page_s_date(text: str, dates: list[str]) -> None:
    """The date stands behind a mark at the end of the line; that of a sentence is told, and not the page's."""
    assert [shown.shown.value for shown in clean_scrape(text).metadata.dates] == dates


def test_a_card_set_into_an_article_does_not_end_it() -> None:
    """A title standing twice without a lead of its own is marked, and the article goes on below it."""
    below = "The ministry added that repairs to the bridge would take at least two months and cost some nine million euros."
    text = "\n".join(
        [
            "Rockets fell on the river port at dawn on Monday and damaged two cranes, the ministry of transport said "
            "in a statement.",
            "Nobody was hurt, the ministry said, because the night shift had left and the day shift had not yet begun its work.",
            "Farmers protest over grain prices in capital",
            "Farmers protest over grain prices in capital",
            below,
        ]
    )
    furniture = mark(text).furniture()
    assert [f.kind for f in furniture] == [FurnitureKind.RELATED]
    assert furniture[0].span.end < text.index(below)


def test_the_same_words_are_furniture_only_where_they_stand_alone() -> None:
    """A heading's wording counts in a heading, not in a sentence that happens to hold it."""
    assert wording("related articles", 2) == (FurnitureKind.RELATED, True)
    assert wording("the committee read the related articles of the treaty before it voted on the ceasefire", 15) == (None, False)


def test_elements_that_ran_together_are_cut_apart() -> None:
    """Menu words without space between them are cut at their seams; a name with a capital inside is not."""
    assert [line.text for line in cut("NewsSportWeatherTravel")] == ["News", "Sport", "Weather", "Travel"]
    assert len(cut("A clip on YouTube showed the blast.")) == 1


def test_a_report_is_cleaned_in_a_few_milliseconds() -> None:
    """A report of 450 words takes a small part of the time that reading it does (1 ms on an idle core)."""
    text = "\n\n".join(
        f"The governor said on day {i} that shelling had damaged a number of houses in the town, and that {i} people were hurt."
        for i in range(20)
    )
    mark(text)
    begun = time.process_time()
    for _ in range(10):
        mark(text)
    assert (time.process_time() - begun) / 10 < 0.02


@given(st.text(alphabet=st.sampled_from(list("aB1. \n\t“”é|©:-—ß漢\u200b")), max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_has_ordered_marks_and_true_places(text: str) -> None:
    """Lines hold the text at their places; furniture is in order, within the text and without overlap."""
    marked = mark(text)
    assert all(Span(line.start, line.end).of(text) == line.text for line in marked.lines)
    at = 0
    for furniture in marked.furniture():
        assert at <= furniture.span.start < furniture.span.end <= len(text)
        at = furniture.span.end


def test_a_line_knows_its_shape() -> None:
    """Words, small words and the sentence's end are counted as the weights expect them."""
    line = look("The army said on Monday that two soldiers were hurt.", 7)
    assert (line.start, line.words, line.ends, line.kind, line.prose) == (7, 10, True, None, True)


ENTRIES = [
    (form, entry)
    for kind, forms in table("furniture.yml").items()
    if kind != "needed"
    for form in ("holds", "credit")
    for entry in forms.get(form, ())
]


@pytest.mark.parametrize(("form", "entry"), ENTRIES, ids=[f"{form} {i}" for i, (form, _) in enumerate(ENTRIES)])
def test_what_an_entry_finds_has_a_needed_word_in_it(form: str, entry: str) -> None:
    """The words that a line is looked through for first leave out nothing that an entry of the list would find."""
    needed = table("furniture.yml")["needed"][form]

    @given(st.from_regex(re.compile(entry)))
    @settings(max_examples=40, deadline=None, database=None)
    def holds(line: str) -> None:
        assert any(word in line.lower() for word in needed)

    holds()


@pytest.mark.parametrize(
    "line",
    ["a" * 43_000, "a." * 21_500, "a@" * 21_500, "ab " * 14_300 + "@", "1:" * 21_500, "A" + "-b" * 21_500, "folder_open" * 3_900],
    ids=["word", "dots", "ats", "words", "clocks", "hyphens", "icons"],
)
def test_a_line_of_any_length_is_looked_at_once(line: str) -> None:
    """Twice the line takes about twice the time: a broken page of one line of 43,000 characters is no trap."""
    begun = time.process_time()
    features(cut(line))
    clean_scrape(line)
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("folder_openSudan access_time3 weeks ago", [(Icon.SECTION, "Sudan "), (Icon.DATE, "3 weeks ago")]),
        ("today7 May 2024personAmal Idris", [(Icon.DATE, "7 May 2024"), (Icon.BYLINE, "Amal Idris")]),
        ("fa-clock 7 May 2024", [(Icon.DATE, " 7 May 2024")]),
        ("The event today in Port Sudan", [(None, "The event today in Port Sudan")]),
        ("Update: 3 dead", [(None, "Update: 3 dead")]),
    ],
)
def test_an_icons_name_tells_what_follows(line: str, wanted: list[tuple[Icon | None, str]]) -> None:
    """A name run together with a capital or a digit is an icon's; the same word in running text is a word."""
    assert [(part.icon, line[part.start : part.end]) for part in parts(line)] == wanted
