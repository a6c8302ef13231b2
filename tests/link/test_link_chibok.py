"""366 reports of one abduction are one incident, and ten other abductions of the same weeks stay out of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from made_chibok import REPORTS, others, reports

from crossbearing.link.incidents import link
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Outcome
from crossbearing.pipeline import default_parts, digest


@dataclass(frozen=True)
class Drawn:
    """The reports' outcomes, and the incidents that they make together."""

    outcomes: tuple[Outcome, ...]
    others: tuple[Outcome, ...]
    incidents: tuple[Incident, ...]

    @property
    def largest(self) -> Incident:
        return max(self.incidents, key=lambda one: len(one.reports))


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    """All of them, from bytes to incidents, once."""
    parts = default_parts("rules")
    ours, theirs = (tuple(digest(one, parts) for one in captures) for captures in (reports(), others()))
    both = (*ours, *theirs)
    return Drawn(ours, theirs, link([claim for one in both for claim in one.claims], (), both))


def of_the_one(incident: Incident) -> list[str]:
    return [report for report in incident.reports if report.startswith("chibok")]


def of_others(incident: Incident) -> list[str]:
    return [report for report in incident.reports if report.startswith("other")]


def test_every_report_is_read(drawn: Drawn) -> None:
    """None is set aside, none is at fault, and each makes a claim."""
    assert len(drawn.outcomes) == REPORTS
    assert not [one.capture for one in (*drawn.outcomes, *drawn.others) if one.fault or one.set_aside]
    assert not [one.capture for one in (*drawn.outcomes, *drawn.others) if not one.claims]


def test_the_reports_stand_in_one_incident(drawn: Drawn) -> None:
    """All stand in one, whatever day, place, party and figure they give, and no other incident holds any."""
    assert len(of_the_one(drawn.largest)) == REPORTS
    assert sum(bool(of_the_one(one)) for one in drawn.incidents) == 1


def test_the_others_stay_out(drawn: Drawn) -> None:
    """Each other abduction is an incident of its own, and stands with none of the reports."""
    theirs = [one for one in drawn.incidents if of_others(one)]
    assert not [one.reports for one in theirs if of_the_one(one)]
    assert sorted(of_others(one) for one in theirs) == [[f"other-{number}"] for number in range(10)]


def test_the_counts_stay_side_by_side(drawn: Drawn) -> None:
    """No figure wins: those from 85 to 276 are told by who gives them, and the incident has the day that most give."""
    by_id = {claim.id: claim for one in drawn.outcomes for claim in one.claims}
    claims = [by_id[name] for name in drawn.largest.claims]
    told = {figure.value.low for claim in claims for figure in claim.figures if figure.value.counted == "captured"}
    assert told >= {85, 129, 276}
    assert drawn.largest.when is not None
    assert str(drawn.largest.when) == "2014-04-14"


def test_half_of_them_drawn_before_changes_nothing(drawn: Drawn) -> None:
    """With the even reports drawn before, copies, figures and reasons are those of a drawing from nothing."""
    both = (*drawn.outcomes, *drawn.others)
    before = link([claim for one in both[::2] for claim in one.claims], (), both[::2])
    assert link([claim for one in both for claim in one.claims], (), both, before) == drawn.incidents
