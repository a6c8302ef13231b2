"""Small made ledgers: a few reports of a few happenings, told alike and otherwise, for laws that hold of any."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from made_claims import BASE, COUNTRY, FAR, TOWN, make_claim
from made_decisions import decider
from made_pages import make_outcome

from crossbearing.model.claim import Claim, ClaimRole, Status
from crossbearing.model.decision import Decision, DecisionKind
from crossbearing.model.outcome import Outcome

REPORTS = [f"r{n}" for n in range(9)]
SENTENCES = (
    "Residents of the quarter said that two loud blasts shook the windows of every house along the river road.",
    "A spokesman for the garrison told reporters that nobody had been hurt and that the runway could be used again.",
    "The bakery of Ismat Qarandal burned down, and three goats that belonged to a neighbour were found dead.",
    "Engineers began to clear the road to the depot in the afternoon while ambulances waited beyond the bridge.",
)
KINDS = (("Explosions/Remote violence", "Air/drone strike"), ("Battles", "Armed clash"), ("Protests", "Peaceful protest"))


@st.composite
def claims(draw: st.DrawFn, most: int = 12) -> list[Claim]:
    """Claims of several reports, each with a telling of one, two or three happenings, in one or two voices."""
    keys = st.tuples(st.sampled_from(REPORTS), st.integers(0, 2), st.sampled_from(["", "mayor"]))
    return [_claim(draw, *key) for key in draw(st.lists(keys, unique=True, min_size=2, max_size=most))]


def _claim(draw: st.DrawFn, report: str, happening: int, voice: str) -> Claim:
    def one_of(*values: object) -> Any:
        return draw(st.sampled_from(values))

    return make_claim(
        report, day=one_of(10, 11, 17, (9, 12), None), place=one_of(BASE, TOWN, FAR, COUNTRY, None),
        by=one_of(None, "alpha", "beta"), on=one_of(None, "alpha", "beta"), kind=one_of(*KINDS[:1] * 3, *KINDS),
        happening=happening, killed=one_of(None, (2, 2), (5, None)), voices=(voice,) if voice else (),
        status=one_of(*[Status.HAPPENED] * 3, Status.FOILED, Status.PLANNED), quote=one_of(*SENTENCES),
        role=one_of(ClaimRole.MAIN, ClaimRole.MAIN, ClaimRole.BACKGROUND),
    )  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> list[Outcome]:
    """The pages of most of the reports; some print the same sentences."""
    kept = draw(st.lists(st.sampled_from(REPORTS), unique=True))
    texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True).map(" ".join)
    return [make_outcome(report, draw(texts), draw(st.integers(10, 20))) for report in kept]


@st.composite
def decisions(draw: st.DrawFn, made: list[Claim]) -> list[Decision]:
    """What two people say of some of the claims."""
    decide = decider()
    kinds = [DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.COPY, DecisionKind.REJECT]
    found: list[Decision] = []
    for _ in range(draw(st.integers(0, 3))):
        person, kind = draw(st.sampled_from(["Ann", "Bob"])), draw(st.sampled_from(kinds))
        a, b = draw(st.sampled_from(made)), draw(st.sampled_from(made))
        if kind is DecisionKind.REJECT:
            found.append(decide(person, kind, a, claims_only=True))
        elif a.id != b.id:
            found.append(decide(person, kind, a, b))
    return found
