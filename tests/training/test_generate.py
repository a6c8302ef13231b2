"""Made-up reports: labels lie on their words, all labels come up, and no side leans to a part."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache

import pytest

from training.generate import draw_parties, generate, swapped
from training.labelled import KINDS, MENTIONS, REALIS, ROLES, Labelled, Piece


@cache
def reports() -> list[Labelled]:
    return list(generate(7, 2000))


@cache
def pairs() -> list[tuple[Labelled, Labelled]]:
    return list(swapped(11, 400))


def pieces(report: Labelled) -> Iterator[Piece]:
    yield from ((m.start, m.end) for m in report.mentions)
    for event in report.events:
        yield event.start, event.end
        yield from ((r.start, r.end) for r in event.roles)
    for voice in report.attributions:
        yield from voice.source + voice.cue + voice.content
    for chain in report.actor_chains:
        yield from chain


def shape(report: Labelled) -> list[object]:
    return [(e.kind, e.realis, e.chain, Counter(r.role for r in e.roles)) for e in report.events]


def test_labels_lie_on_words() -> None:
    """Labels lie on words."""
    for report in reports():
        for start, end in pieces(report):
            words = report.text[start:end]
            assert 0 <= start < end <= len(report.text)
            assert words == words.strip(), (report.id, words)


def test_texts_are_clean() -> None:
    """Texts are clean."""
    for report in reports():
        assert not any(sign in report.text for sign in "{}[]<>|~")
        for slip in ("  ", " ,", " .", ",,", ",.", "..", ".”.", '.".', "the the ", " a the "):
            assert slip not in report.text, (report.id, slip, report.text)


def test_every_label_comes_up() -> None:
    """Every label comes up."""
    events = [event for report in reports() for event in report.events]
    assert {e.kind for e in events} == set(KINDS)
    assert {e.realis for e in events} == set(REALIS)
    assert {r.role for e in events for r in e.roles} == set(ROLES)
    assert {m.kind for report in reports() for m in report.mentions} == set(MENTIONS)


def test_attributions_have_cue_or_source_and_content() -> None:
    """Attributions have cue or source and content."""
    for report in reports():
        for voice in report.attributions:
            assert voice.content, report.text
            assert voice.cue or voice.source


def test_a_seed_gives_the_same_reports() -> None:
    """A seed gives the same reports."""
    assert [asdict(r) for r in generate(3, 50)] == [asdict(r) for r in generate(3, 50)]
    assert [r.text for r in generate(3, 5)] != [r.text for r in generate(4, 5)]


def test_twins_differ_in_names_only() -> None:
    """Twins differ in names only."""
    for one, other in pairs():
        assert shape(one) == shape(other)
        assert len(one.attributions) == len(other.attributions)
        assert len(one.mentions) == len(other.mentions)
    assert sum(one.text != other.text for one, other in pairs()) > 300


@pytest.mark.parametrize("kind", ["state", "group"])
def test_no_sort_of_side_leans_to_a_part(kind: str) -> None:
    """No sort of side leans to a part."""
    drawn = [draw_parties(random.Random(number)) for number in range(2000)]
    first, second = (sum(pair[i].full.kind == kind for pair in drawn) for i in (0, 1))
    assert abs(first - second) < 120


def test_each_side_is_as_often_the_perpetrator() -> None:
    """Over the twins, the side that was drawn first does as much as the side that was drawn second."""
    counts: Counter[int] = Counter()
    for number, twins in enumerate(pairs()):
        parties = draw_parties(random.Random(f"11:{number}:names"), alike=True)
        for report in twins:
            done = {report.text[r.start : r.end] for e in report.events for r in e.roles if r.role == "perpetrator"}
            for side, party in enumerate(parties):
                counts[side] += bool(done & {n.text for n in (party.full, party.short, party.other, party.men, party.adjective)})
    assert counts[0] > 300
    assert abs(counts[0] - counts[1]) < 0.03 * counts[0]
