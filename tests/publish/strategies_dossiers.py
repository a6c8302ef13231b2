"""Dossiers as a Hypothesis strategy: a few claims of one happening, in the short form that the cases are written in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from crossbearing.publish.dossier import Dossier
from tests.publish.made_dossiers import KINDS, dossier

PARTIES = ["alpha", "bravo", "clan", "army", "abroad", "mission", "gunmen", "unlisted"]
TARGETS = [*PARTIES, "civilians", "market"]
NUMBERS = st.integers(0, 400)
KILLED = (
    NUMBERS.map(str) | NUMBERS.map("{}+".format) | st.tuples(NUMBERS, st.integers(1, 50)).map(lambda p: f"{p[0]}-{p[0] + p[1]}")
    | NUMBERS.map("..{}".format) | st.sampled_from(["several", "dozens", "hundreds", "plural"])
)  # fmt: skip
OF_WHOM = st.sampled_from(["", " civilian", " combatant", " combatant soldiers", " civilian villagers", " civilian [children]"])
PLACES = ["exact", "town", "near", "district", "admin1", "region", "country", "town 60", "near 40", "sea", "river"]


@st.composite
def days(draw: st.DrawFn) -> str:
    first = date(2024, 5, 1) + timedelta(days=draw(st.integers(0, 40)))
    return f"{first}..{first + timedelta(days=draw(st.sampled_from([0, 0, 1, 2, 5, 6, 9, 30, 60, 400])))}"


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    """One claim in short form."""
    made: dict[str, Any] = {
        "at": draw(st.sampled_from(PLACES)),
        "days": draw(days()),
        "kind": draw(st.sampled_from(sorted(KINDS))),
        "by": draw(st.lists(st.sampled_from(PARTIES), max_size=2, unique=True)),
        "against": draw(st.lists(st.sampled_from(TARGETS), max_size=2, unique=True)),
        "status": draw(st.sampled_from(["happened", "happened", "happened", "foiled", "denied"])),
        "lineage": draw(st.integers(1, 3)),
        "document": draw(st.sampled_from(["one", "two", "three", "four"])),
        "words": {"when": draw(st.sampled_from(["on Friday", "over several days", "for three nights"]))},
    }
    for counted in ("killed", "injured"):
        if draw(st.booleans()):
            made[counted] = draw(KILLED) + draw(OF_WHOM)
    if made["by"] and draw(st.booleans()):
        made |= {"voice": made["by"][0], "own": draw(st.booleans()) and made["status"] != "denied"}
    return made


happenings = st.lists(claims(), min_size=1, max_size=4).map(lambda said: {"claims": said})
"""Cases: the claims of one happening, in short form."""


def dossiers() -> st.SearchStrategy[Dossier]:
    """Dossiers of one happening each."""
    return happenings.map(dossier)
