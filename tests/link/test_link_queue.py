"""The queue: contested, many readers and narrow margins first, and nothing that is done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_claims import MakeClaim
from made_decisions import Decide

from crossbearing.link.incidents import link
from crossbearing.link.queue import queue
from crossbearing.model.decision import DecisionKind, Review, State
from crossbearing.model.incident import Incident, Link


def incident(claim: MakeClaim, report: str = "a", **more: object) -> Incident:
    (drawn,) = link([claim(report)])
    return replace(drawn, **more)  # type: ignore[arg-type]


def joined(score: float) -> tuple[Link, ...]:
    return (Link("c1", "c2", score, ("a reason",)),)


def test_what_is_contested_comes_first(claim: MakeClaim, decide: Decide) -> None:
    """A contested incident goes before one that nobody has looked at, with who says what as its reason."""
    a, b = claim("a"), claim("b", day=20)
    drawn = link([a, b], [decide("Ann", "accept", b), decide("Bob", "reject", b)])
    first, second = queue(drawn)
    assert first.incident.reports == ("b",)
    assert first.why[0] == "contested: the incident: Ann says accept, Bob says reject"
    assert second.why == ("nobody has looked at it",)


def test_many_reports_go_before_few(claim: MakeClaim) -> None:
    """With one doubt, the gain grows as the logarithm of the reports."""
    few, many = incident(claim, "a"), incident(claim, "b", reports=("b", "c", "d"))
    assert [one.incident for one in queue([few, many])] == [many, few]
    assert [one.gain for one in queue([few, many])] == [0.2, 0.1]


def test_a_narrow_margin_goes_before_a_wide_one(claim: MakeClaim) -> None:
    """A link that only just holds is half a doubt, and half of it for each point above."""
    narrow, wide = incident(claim, "a", links=joined(0)), incident(claim, "b", links=joined(2))
    found = queue([wide, narrow])
    assert [one.incident for one in found] == [narrow, wide]
    assert found[0].why[0] == "its weakest link stands 0.0 above even odds"
    assert found[1].gain == pytest.approx(1 - 0.9 * (1 - 0.125), abs=0.001)


def test_a_link_by_a_person_is_no_doubt(claim: MakeClaim, decide: Decide) -> None:
    """What a person joined does not come back for its score."""
    a, b = claim("a"), claim("b", day=20)
    (one,) = queue(link([a, b], [decide("Ann", "same", a, b)]))
    assert not any("link" in why for why in one.why)


@pytest.mark.parametrize(
    ("review", "waits"),
    [
        (None, True),
        (Review(verdict=DecisionKind.ACCEPT), False),
        (Review(verdict=DecisionKind.REJECT), False),
        (Review(verdict=DecisionKind.UNSURE), True),
        (Review(state=State.COMPLETED), False),
        (Review(state=State.STUB), False),
        (Review(state=State.READY), True),
        (Review(state=State.SENT_BACK, verdict=DecisionKind.ACCEPT), True),
        (Review(verdict=DecisionKind.ACCEPT, new_claims=("c9",)), True),
    ],
)
def test_what_is_done_does_not_wait(claim: MakeClaim, review: Review | None, waits: bool) -> None:
    """A verdict or a completed record ends the wait, until claims come after it or it is sent back."""
    assert bool(queue([incident(claim, review=review)])) is waits


def test_what_was_seen_is_left_out(claim: MakeClaim) -> None:
    """Ids that are named do not wait."""
    one = incident(claim)
    assert queue([one], {one.id}) == ()
