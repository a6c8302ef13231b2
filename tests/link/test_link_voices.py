"""Voices: which speakers can be known again, and who is said to have done a deed in a denial."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_claims import MakeClaim

from crossbearing.link.voices import accused, cleared, is_called, is_named, whole_names
from crossbearing.model.claim import Status, Voice


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Alpha Front", True), ("Kharkiv Rescue Service", True), ("SANA", True), ("Sydorov", True), ("a security source", False),
        ("committee", False), ("Department", False), ("Its", False), ("Nobody", False), ("US officials", False), ("Staff", False),
    ],
)  # fmt: skip
def test_some_speakers_can_be_known_again(name: str, named: bool) -> None:
    """A name of its own can; words for many people, for an office without its name, and pronouns cannot."""
    assert is_named(Voice(name, "claimant", name)) is named


def test_a_shorter_name_is_the_longer_one() -> None:
    """Only where the longer one holds all its words."""
    found = whole_names(["Staff", "General Staff of Aland", "Alpha Front", "Front Office"])
    assert found["Staff"] == "General Staff of Aland"
    assert (found["Alpha Front"], found["Front Office"]) == ("Alpha Front", "Front Office")


def test_an_outlet_is_called_by_its_first_words() -> None:
    """ "Meridian" is the Meridian Press Agency, "Press" is not."""
    assert is_called("Meridian Press Agency", "Meridian")
    assert not is_called("Meridian Press Agency", "Press")
    assert not is_called(None, "Meridian")


def test_who_denies_and_blames_accuses_the_other(claim: MakeClaim) -> None:
    """Of those named in a denial the speaker is cleared; where the speaker is not among them, all are."""
    both = (*claim("a", by="alpha").perpetrators, *claim("a", by="beta").perpetrators)
    own = replace(claim("a", voices=("alpha",), status=Status.DENIED), perpetrators=both)
    other = replace(claim("a", voices=("gamma",), status=Status.DENIED), perpetrators=both)
    told = replace(own, status=Status.HAPPENED)

    def named(stated: tuple) -> list[str]:  # type: ignore[type-arg]
        return [one.value.name for one in stated]

    assert (named(accused(own)), named(cleared(own))) == (["beta"], ["alpha"])
    assert (named(accused(other)), named(cleared(other))) == ([], ["alpha", "beta"])
    assert (named(accused(told)), named(cleared(told))) == (["alpha", "beta"], [])
