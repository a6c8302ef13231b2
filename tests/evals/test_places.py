"""The scorers of places: what counts as right, how a probability is judged, and from what a happening's place is chosen."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import event_places
import places

from crossbearing.model.text import Span
from crossbearing.model.where import Precision
from crossbearing.resolve.place.where import Places


def test_shares_are_of_what_is_answered_and_of_all() -> None:
    """161 km off is right and more is wrong; what is not placed is neither, but counts among all."""
    assert places.shares([0.0, 161.0, 161.1, None]) == (2 / 3, 0.75, 0.5)
    assert places.shares([]) == (0.0, 0.0, 0.0)


def answer(*scores: float, right: int | None = 0) -> places.Answer:
    true = tuple(n == right for n in range(len(scores)))
    return places.Answer(scores, true, true, Precision.TOWN)


def test_shares_of_candidates_leave_room_for_none_of_them() -> None:
    """The probabilities of one answer fall with its scores and sum to what is left besides none of these."""
    shares = answer(10.0, 9.0, 2.0).shares(1.0, 0.1)
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(0.9)


def test_the_temperature_is_the_one_under_which_the_truth_is_likeliest() -> None:
    """Where the best score is always right the coldest wins, and where it is right as often as not a warm one does."""
    sure = [answer(3.0, 0.0)] * 20
    torn = [answer(3.0, 0.0, right=n % 2) for n in range(20)]
    assert places.temperature_of(sure, lambda a: a.near) == 0.5
    assert places.temperature_of(torn, lambda a: a.near) == 4.0


def test_sets_reach_the_level_or_come_nearest_to_it() -> None:
    """One place too many reaches 90 %; the nearest set may stay a little below; none is given where all are too few."""
    assert places._at_least([0.88, 0.1]) == 2
    assert places._nearest([0.88, 0.1]) == 1
    assert places._at_least([0.5, 0.3]) == 0
    assert places._nearest([0.5, 0.3]) == 0


def test_what_is_missed_is_told_by_kind() -> None:
    """Of the answers of each kind, the share in which no candidate is right."""
    found = [answer(1.0, right=None), answer(1.0), answer(1.0, 0.0, right=1)]
    assert places.missed(found, lambda a: a.near, lambda a: len(a.scores)) == {1: 0.5, 2: 0.0}


ROWS: tuple[tuple[str, str, list[str]], ...] = (
    ("The army shelled Qwaston on Monday while talks went on in Geneva.", "shelled", ["Qwaston"]),
    ("The army shelled Qwaston on Monday while talks went on in Geneva.", "went", ["Geneva"]),
    ("Two men were shot dead in a market in Baquba, Iraq.", "shot", ["Baquba", ""]),
    ("Nobody marched.", "marched", []),
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Made rows in the corpus's form, under ids of its development part."""
    ids = iter(n for n in range(10_000) if event_places.hashlib.sha256(f"made-{n}".encode()).hexdigest()[0] in "01")
    rows = []
    for text, verb, names in ROWS:
        marked = [{"start": text.index(n), "end": text.index(n) + len(n), "text": n} for n in names]
        start = text.index(verb)
        event = {"verb": {"start": start, "end": start + len(verb), "text": verb}, "places": marked, "other_verbs": []}
        rows.append({"id": f"made-{next(ids)}", "text": text, "events": [event]})
    with gzip.open(tmp_path / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_the_places_of_every_verb_of_a_sentence_stand_to_choose_from(corpus: Path) -> None:
    """A task knows its own places and those of the sentence's other verbs; empty marks and verbs without a place are left out."""
    found = event_places.tasks(corpus)
    assert [[s.of(t.text) for s in t.gold] for t in found] == [["Qwaston"], ["Geneva"], ["Baquba"]]
    assert [[s.of(t.text) for s in t.marked] for t in found] == [["Qwaston", "Geneva"]] * 2 + [["Baquba"]]


def test_a_choice_is_one_of_what_was_offered(corpus: Path) -> None:
    """Each verb gets the place that the clause gives it, and the baselines choose from the same mentions."""
    for task in event_places.tasks(corpus):
        ours, offered = event_places.choice(task, Places())
        assert ours in offered
        assert ours in task.gold
        assert event_places.nearest(offered, task.verb, behind=True) in offered


def test_the_nearest_behind_gives_way_to_the_nearest_where_none_is_behind() -> None:
    """Without a mention behind the verb the one before it is taken, and without any none."""
    verb = Span(10, 14)
    assert event_places.nearest([Span(0, 3), Span(40, 44)], verb, behind=True) == Span(40, 44)
    assert event_places.nearest([Span(0, 3), Span(40, 44)], verb, behind=False) == Span(0, 3)
    assert event_places.nearest([Span(0, 3)], verb, behind=True) == Span(0, 3)
    assert event_places.nearest([], verb, behind=True) is None
