"""Names of those whom no table has take no side."""

from __future__ import annotations

import pytest

from crossbearing import resources
from crossbearing.resolve.party.neutral import neutral


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("terrorists", "armed group"),
        ("Terrorist groups", "armed groups"),
        ("Takfiri terrorists", "armed group"),
        ("armed terrorist group", "armed group"),
        ("terrorist", "armed person"),
        ("suicide terrorist", "suicide attacker"),
        ("Takfiri", "armed group"),
        ("Regime forces", "government forces"),
        ("regime's helicopters", "government's helicopters"),
        ("pro-regime fighters", "pro-government fighters"),
        ("anti-regime groups", "anti-government groups"),
        ("occupation soldiers", "soldiers"),
        ("enemy positions", "opposing positions"),
        ("terrorist groups affiliated to the Desert Front", "armed groups affiliated to the Desert Front"),
        # A name of its own is left whole.
        ("Anti-Terror Squad", "Anti-Terror Squad"),
        ("Counter-Terrorism Service", "Counter-Terrorism Service"),
        ("Free Army", "Free Army"),
        ("Soldiers of the North", "Soldiers of the North"),
        # A sentence's capital is none of the name.
        ("Gunmen", "gunmen"),
        ("Army units", "army units"),
        ("Kamara", "Kamara"),
        ("illegal miners", "illegal miners"),
    ],
)
def test_a_name_takes_no_side(written: str, name: str) -> None:
    """What takes a side gives way to a plain word or goes, and a name of its own stays."""
    assert neutral(written) == name
    assert neutral(name) == name


def test_what_stands_instead_takes_no_side_itself() -> None:
    """No plain word is itself one that is to be replaced."""
    for row in resources.table("loaded.yml")["loaded"]:
        for word in (row.get("instead"), row.get("alone")):
            assert not word or neutral(word) == word, row["term"]
