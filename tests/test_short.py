"""Reports of one line: headlines, items of feeds, captions, posts. One that tells of a happening gives its claim, others none."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_pipeline import capture, news

from crossbearing.link.incidents import link
from crossbearing.model.claim import Claim, ClaimRole, Figure, Status
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Capture, Media
from crossbearing.pipeline import default_parts, digest
from crossbearing.words.names import fold

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "short.yml").read_text(encoding="utf-8")
)


def outcome(text: str, media: Media = Media.REPORT) -> Outcome:
    """What the rules make of a line; a network may be trained anew."""
    return digest(capture(text, media), default_parts())


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["text"][:50], marks=marks)


def range_of(figure: Stated[Figure] | None) -> str | None:
    """A figure as the cases write it."""
    if figure is None:
        return None
    low, high = figure.value.low, figure.value.high
    return f"{low}" if low == high else f"{'' if low is None else low}..{'' if high is None else high}"


def differences(case: dict[str, Any], claims: list[Claim]) -> list[str]:
    """In what the claims of a report differ from the one happening that its case wants, one line each."""
    told = [c for c in claims if c.role is ClaimRole.MAIN and c.status in (Status.HAPPENED, Status.FOILED)]
    if len({c.happening for c in told}) != 1:
        return [f"{len({c.happening for c in told})} happenings: {[c.sub_event_type for c in told]}"]
    wrong = []
    if not any(case["kind"].lower() in f"{c.event_type} {c.sub_event_type}".lower() for c in told):
        wrong.append(f"kind {[c.sub_event_type for c in told]}")
    places = {c.where.value.name for c in told if c.where}
    if ("at" in case) != bool(places) or not all(fold(case["at"]) in fold(place) for place in places):
        wrong.append(f"at {places}")
    for name in ("killed", "injured"):
        found = {r for c in told if (r := range_of(getattr(c, name)))}
        if found != ({case[name]} if name in case else set()):
            wrong.append(f"{name} {found}")
    return wrong


@pytest.mark.parametrize("case", [marked(c) for c in CASES["tells"]])
def test_one_line_that_tells_of_a_happening_is_its_report(case: dict[str, Any]) -> None:
    """The one happening has its kind, its place, its dead and its injured, and nothing that the line does not say."""
    found = outcome(case["text"])
    assert found.set_aside is None
    assert differences(case, list(found.claims)) == []


@pytest.mark.parametrize("case", [marked(c) for c in CASES["silent"]])
def test_one_line_that_tells_of_no_happening_gives_no_news(case: dict[str, Any]) -> None:
    """Films, matches, drills, accidents, sums, explainers and memorials are no news of a deed, though their words are."""
    assert news(outcome(case["text"]).claims) == []
    assert news(outcome(case["text"], Media.SCRAPE).claims) == []


def test_the_lines_are_many_and_told_once() -> None:
    """There are at least 60 of either sort."""
    for lines in CASES.values():
        texts = [c["text"] for c in lines]
        assert len(texts) == len(set(texts)) >= 60


def drawn(*lines: str) -> int:
    """How many incidents lines make, each of an outlet of its own and of one day."""
    outcomes = []
    for n, line in enumerate(lines):
        data = json.dumps({"id": f"post {n}", "outlet": f"Channel {n}", "published": "2024-11-20", "text": line}).encode()
        post = Capture(data, hashlib.sha256(data).hexdigest(), f"post {n}", f"post {n}", Media.REPORT)
        outcomes.append(digest(post, default_parts()))
    return len(link([c for one in outcomes for c in one.claims], (), outcomes))


@pytest.mark.parametrize(
    ("lines", "incidents"),
    [
        (("Strike on grain depot.", "Two people killed in strike on school."), 2),
        (("Strike on grain depot.", "Strike on grain depot."), 1),
        (("3 killed, 9 wounded in shelling of Omdurman market", "Shelling of Omdurman market: three dead, nine wounded"), 1),
        (("Two killed by landmine in Sirwah", "Village in Demoso shelled, one hurt"), 2),
    ],
)
def test_lines_are_one_incident_by_what_they_name(lines: tuple[str, ...], incidents: int) -> None:
    """Lines of one day come together by a place, a name or the same words, and not because they tell of one kind nowhere."""
    assert drawn(*lines) == incidents
