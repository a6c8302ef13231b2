"""What was drawn before saves work and changes nothing."""

from __future__ import annotations

import made_ledgers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import BASE, FAR, MakeClaim
from made_decisions import Decide

from crossbearing.link import incidents
from crossbearing.link.incidents import link
from crossbearing.model.decision import DecisionKind
from crossbearing.model.outcome import Outcome


@settings(max_examples=150)
@given(st.data())
def test_a_drawing_before_changes_nothing(data: st.DataObject) -> None:
    """Whatever part of the claims and decisions was drawn before, the drawing of all is the same, link by link."""
    claims, outcomes = data.draw(made_ledgers.claims()), data.draw(made_ledgers.pages())
    decisions = data.draw(made_ledgers.decisions(claims))
    first = data.draw(st.just(claims) | st.lists(st.sampled_from(claims), unique=True))
    some = decisions[: data.draw(st.integers(0, len(decisions)))]

    before = link(first, some, _of(outcomes, data))

    assert link(claims, decisions, outcomes, before) == link(claims, decisions, outcomes)


def test_who_decides_on_an_incident_has_it_drawn_again(claim: MakeClaim, decide: Decide) -> None:
    """A claim rejected by itself leaves the figures, though the same claims stand in the incident."""
    claims = [claim("a", killed=(2, 2)), claim("b", killed=(9, 9))]
    refused = decide("Ann", DecisionKind.REJECT, claims[1], claims_only=True)

    (incident,) = link(claims, [refused], (), link(claims))

    assert incident.killed is not None
    assert incident.killed.high == 2


def _of(outcomes: list[Outcome], data: st.DataObject) -> list[Outcome]:
    """The same pages in another order: a claim never comes without its page."""
    return data.draw(st.permutations(outcomes))


def test_what_nothing_new_bears_on_is_not_made_again(claim: MakeClaim, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new report of one incident has that one drawn; the other is taken as it was."""
    old = [claim("a"), claim("b"), claim("x", place=FAR, day=20), claim("y", place=FAR, day=20)]
    before = link(old)
    made: list[tuple[str, ...]] = []
    whole = incidents._incident

    def noted(told, known, judgements):
        made.append(tuple(unit.report for unit in told))
        return whole(told, known, judgements)

    monkeypatch.setattr(incidents, "_incident", noted)

    after = link([*old, claim("c", place=BASE)], before=before)

    assert sorted(one.reports for one in after) == [("a", "b", "c"), ("x", "y")]
    assert [sorted(reports) for reports in made] == [["a", "b", "c"]]
    assert next(one for one in after if "x" in one.reports) in before
