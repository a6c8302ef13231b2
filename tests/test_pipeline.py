"""The whole way of one capture: traps give no news, quotes are the text's own words, and the same bytes give the same outcome."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.model.claim import Claim, ClaimRole, Status
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Capture, Media, Span
from crossbearing.pipeline import default_parts, digest

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


TRAPS, READ, VOICES = cases("traps.yml"), cases("read.yml"), cases("voices.yml")
TEXTS = [str(c["text"]) for c in (*TRAPS, *READ, *VOICES)]


def capture(text: str, media: Media) -> Capture:
    """A text as a scrape under its dateline, or as a dated report of an outlet."""
    report = {"id": "case", "outlet": "Harbour Wire", "published": "2024-11-20", "text": text}
    words = f"Harbour Wire\n20 November 2024\n\n{text}" if media is Media.SCRAPE else json.dumps(report)
    data = words.encode()
    return Capture(data, hashlib.sha256(data).hexdigest(), "case", "case", media)


def outcome(text: str, media: Media = Media.REPORT) -> Outcome:
    return digest(capture(text, media), default_parts())


def page(text: str) -> Outcome:
    """A text scrape as it stands, headline and all."""
    data = text.encode()
    return digest(Capture(data, hashlib.sha256(data).hexdigest(), "case", "case", Media.SCRAPE), default_parts())


def news(claims: tuple[Claim, ...]) -> list[str]:
    """The main claims that say something happened or was foiled, as words to show."""
    told = [c for c in claims if c.role is ClaimRole.MAIN and c.status in (Status.HAPPENED, Status.FOILED)]
    return [f"{c.status} {c.sub_event_type}: {c.quote}" for c in told]


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=f"{case['kind']}: {case['text'][:50]}", marks=marks)


@pytest.mark.parametrize("case", [marked(c) for c in TRAPS])
def test_a_trap_gives_no_news(case: dict[str, Any]) -> None:
    """What is denied, planned, supposed, long past, played, or only worded like violence is no main claim of a deed."""
    assert news(outcome(case["text"]).claims) == []
    assert news(outcome(case["text"], Media.SCRAPE).claims) == []


def test_the_traps_are_many_and_told_apart() -> None:
    """There are at least 600 traps, none twice, and beside them reports that do give news."""
    texts = [c["text"] for c in TRAPS]
    assert len(texts) == len(set(texts)) >= 600
    told = [t for t in (c["text"] for c in READ if not c.get("none")) if news(outcome(t).claims)]
    assert len(told) > len(READ) // 2


def stated(value: object) -> Iterator[Stated[Any]]:
    """Every stated value within a value."""
    if isinstance(value, Stated):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from stated(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from stated(getattr(value, field.name))


def assert_stands_on_words(found: Outcome) -> None:
    """Every quote is the text at its span; every piece of evidence is words of the text or shown by the page."""
    if found.document is None:
        assert found.set_aside or found.fault
        return
    text = found.document.text
    for claim in found.claims:
        assert claim.quote == text[claim.span.start : claim.span.end] != ""
        assert claim.document == found.document.id
    for value in (*stated(found.claims), *stated(found.totals)):
        assert value.evidence
        assert all(len(e) > 0 and e.end <= len(text) for e in value.evidence if isinstance(e, Span))
    ids = [c.id for c in found.claims]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("media", [Media.REPORT, Media.SCRAPE])
@pytest.mark.parametrize("text", TEXTS, ids=lambda t: t[:50])
def test_a_case_stands_on_its_words(text: str, media: Media) -> None:
    """The claims of every case quote it letter by letter and rest on words within it."""
    assert_stands_on_words(outcome(text, media))


# Sentences of the cases in any order, with the white space, quotes and broken ends that scrapes bring.
GLUE = st.sampled_from([" ", "\n", "\n\n", " — ", "\u00a0", "\t", "\r\n", "”", " (", "“", ": ", "\u200b"])
PARTS = st.tuples(st.sampled_from(TEXTS), GLUE).map("".join)
REPORTS = st.lists(PARTS, min_size=1, max_size=6).map("".join)


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.sampled_from([Media.REPORT, Media.SCRAPE]))
def test_a_report_made_of_cases_stands_on_its_words_and_repeats(text: str, media: Media) -> None:
    """Whatever the order and the glue, claims stand on words, and the same bytes give the same outcome."""
    first = outcome(text, media)
    assert first.fault is None
    assert_stands_on_words(first)
    assert outcome(text, media) == first


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 400), st.integers(0, 400), st.text(max_size=5))
def test_a_torn_text_stands_on_its_words(text: str, start: int, end: int, put: str) -> None:
    """A text with a stretch cut out and anything put in its place is read or set aside, and never misquoted."""
    first, last = sorted((start % (len(text) + 1), end % (len(text) + 1)))
    assert_stands_on_words(outcome(text[:first] + put.replace("\ud800", "") + text[last:]))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_an_outcome(text: str) -> None:
    """Any text at all is read, set aside or a stored fault."""
    assert_stands_on_words(outcome(text, Media.SCRAPE))


def test_a_headline_says_where_what_has_no_place_was() -> None:
    """A town that only the headline names is where a deed was whose own words and those before it name none."""
    text = (
        "Ten years on, a bell rings in Bergamo\n\nOglio Evening\nBy Carla Neri\n\n"
        "As every year the bell above the door was rung once for each of the dead.\n\n"
        "On 17 May 2016 a car bomb exploded opposite the shop and killed three guards. The baker still sells bread.\n\n"
        "Some had travelled from Genoa and from Trieste to stand in the street.\n"
    )
    places = [claim.where.value.name if claim.where else "" for claim in page(text).claims]
    assert places == ["near Bergamo"]


@pytest.mark.parametrize("brackets", ["()", "[]"])
def test_a_list_names_its_voices_in_brackets(brackets: str) -> None:
    """What stands in brackets behind each entry of a list is who says it, the first where it names two."""
    entries = {
        "Gunmen shot dead two guards at a checkpoint near Onitsha.": "vigilante group; two residents",
        "A priest was kidnapped from his car near Owerri.": "diocese",
        "Petrol bombs were thrown at an office in Aba, nobody hurt.": "police",
        "Soldiers fired on marchers in Enugu, two dead.": "hospital; army",
    }
    lines = [
        f"{n}. {n + 1} May - {told} {brackets[0]}{who}{brackets[1]}" for n, (told, who) in enumerate(entries.items(), start=1)
    ]
    found = page("\n\n".join(("MARSH WATCH\nMay 2026", *lines)))
    voices = [[voice.value.name for voice in claim.chain] for claim in found.claims]
    assert voices == [["vigilante group"], ["diocese"], ["Nigeria Police Force"], ["hospital"]]
