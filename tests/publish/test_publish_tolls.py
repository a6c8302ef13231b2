"""Figures as code books ask for them: which words are vague, which go on for days, whose word a figure is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from crossbearing.model.claim import Figure, PeopleStatus
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.tolls import by_status, lasting, latest, tolls, vague, votes
from tests.publish.made_dossiers import dossier
from tests.publish.strategies_dossiers import dossiers


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words", "name"),
    [
        (3, None, "several", "several people", "several"),
        (3, None, "a handful of", "a handful of soldiers", "several"),
        (20, None, "tens of", "tens of people", "tens"),
        (24, None, "at least", "at least dozens of people", "dozens"),
        (40, None, "scores of", "scores of people", "scores"),
        (200, None, "hundreds of", "hundreds of villagers", "hundreds"),
        (2000, None, "thousands", "thousands", "thousands"),
        (2, None, None, "soldiers", "several"),
        (2, None, "at least", "at least two", None),
        (12, None, "at least", "at least 12", None),
        (12, None, "more than", "more than 12 of many", None),
        (12, 12, None, "a dozen", None),
        (None, 12, "up to", "up to several", None),
    ],
)
def test_words_that_give_no_number_are_vague(
    low: int | None, high: int | None, qualifier: str | None, words: str, name: str | None
) -> None:
    """The size that they say; a number, however bounded, is none, and a plain plural says several."""
    assert vague(Figure(low, high, "killed", qualifier=qualifier), words) == name


@pytest.mark.parametrize(
    ("words", "lasts"),
    [
        ("over three days", True),
        ("for several nights", True),
        ("throughout the past four days", True),
        ("from Sunday to Tuesday", True),
        ("a three-day", True),
        ("on Friday", False),
        ("in recent days", False),
        ("between Sunday and Tuesday", False),
        ("last week", False),
        ("at the weekend", False),
    ],
)
def test_days_are_told_from_days_of_which_one_is_meant(words: str, lasts: bool) -> None:
    """Only words that say how long it went on make a happening of several days."""
    days = "2024-05-10..2024-05-12"
    assert bool(lasting(dossier({"claims": [{"days": days, "words": {"when": words}}]}))) is lasts
    assert not lasting(dossier({"claims": [{"days": "2024-05-10", "words": {"when": words}}]}))


@pytest.mark.parametrize(
    ("claim", "of_doer", "of_party"),
    [
        ({"by": "alpha", "voice": "alpha"}, True, True),
        ({"by": "alpha", "own": True}, True, True),
        ({"by": "alpha", "against": "army", "voice": "army"}, False, True),
        ({"by": "alpha", "against": "army", "voice": "Regional Office"}, False, False),
        ({"by": "alpha", "against": "army"}, False, False),
    ],
)
def test_a_figure_knows_whose_word_it_is(claim: dict[str, Any], of_doer: bool, of_party: bool) -> None:
    """The doer's, either party's, or somebody else's."""
    (toll,) = tolls(dossier({"claims": [claim | {"killed": 3}]}))
    assert (toll.of_doer, toll.of_party) == (of_doer, of_party)


@given(made=dossiers())
def test_no_toll_is_lost_or_made(made: Dossier) -> None:
    """By status, the people of a figure are as many as it says; of the votes each is one of the figures; the latest are some."""
    given_ = tolls(made)
    for toll in given_:
        assert sum(by_status(toll).values()) == toll.least
        assert all(number > 0 for status, number in by_status(toll).items() if status is PeopleStatus.UNKNOWN)
        assert toll.least <= toll.most or toll.figure.low is None
    assert set(votes(given_).values()) <= set(given_)
    assert {one.lineage for one in given_} == set(votes(given_))
    assert bool(latest(given_)) is bool(given_)
