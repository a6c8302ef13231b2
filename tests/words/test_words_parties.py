"""When two names can be of one party, by the ties that the registry holds."""

from __future__ import annotations

from typing import Any

import pytest

from crossbearing import resources
from crossbearing.model.claim import Actor
from crossbearing.words.known import above
from crossbearing.words.parties import apart, related

ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in resources.table("actors.yml")["actors"]}


def entry(name: str) -> Actor:
    row = ROWS[name]
    return Actor(row["name"], name, row["name"], row["kind"], row.get("country"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hamas", "qassam-brigades"),
        ("iri", "kataib-hezbollah"),
        ("hts", "nusra"),
        ("al-qaida", "katiba-macina"),
        ("three-brotherhood", "arakan-army"),
        ("viv-ansanm", "gran-grif"),
        ("fla", "cma-mali"),
        ("us-forces", "us-centcom"),
        ("saf", "sudan-sovereignty-council"),
    ],
)
def test_kin_can_be_one_party(one: str, other: str) -> None:
    """A wing, a member of a front, a new name and another body of the state can be the party that it belongs to."""
    assert related(entry(one), entry(other))
    assert related(entry(other), entry(one))
    assert not apart(entry(one), entry(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kataib-hezbollah", "harakat-al-nujaba"),
        ("kataib-hezbollah", "iraqi-forces"),
        ("isis-west-africa", "boko-haram"),
        ("isis-west-africa", "isis-khorasan"),
        ("emc", "embf"),
        ("hts", "al-qaida"),
        ("arakan-army", "tnla"),
        ("saf", "rsf"),
    ],
)
def test_others_are_two_parties(one: str, other: str) -> None:
    """Two members of a front, a group and those who split from it, and who has left its masters are two."""
    assert not related(entry(one), entry(other))
    assert not related(entry(other), entry(one))
    assert apart(entry(one), entry(other))


def test_words_that_hold_each_other_are_one() -> None:
    """Words that no entry explains are one party where all that tells the one stands in the other."""
    lone, longer = (Actor(words, None, words) for words in ("Seven Hills group", "fighters of the Seven Hills brigade"))
    assert related(lone, longer)
    assert not related(lone, Actor("Nine Hills group", None, "Nine Hills group"))
    assert not related(Actor("the group", None, "the group"), longer)


def test_nobody_stands_over_itself() -> None:
    """Following what an actor belongs to, is a member of or was before never leads back to it."""
    assert [name for name, over in above().items() if name in over] == []
