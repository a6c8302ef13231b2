"""Grades: how well each field of an incident stands."""

from __future__ import annotations

from dataclasses import replace

from made_claims import MakeClaim

from crossbearing.link.incidents import link
from crossbearing.model.claim import Claim
from crossbearing.model.incident import Grade


def _grades(*claims: Claim) -> dict[str, Grade]:
    (incident,) = link(claims)
    return {one.field: one.grade for one in incident.grades}


def test_one_report_is_a_single_source(claim: MakeClaim) -> None:
    """What one report tells stands on one source, and a field of which nothing is told has no grade."""
    found = _grades(claim("a", by="alpha"))

    assert found["perpetrators"] is Grade.SINGLE
    assert "killed" not in found


def test_two_lineages_that_agree_make_it_likely(claim: MakeClaim) -> None:
    """Each field by itself: both name the place, one alone counts the dead."""
    found = _grades(claim("a", killed=(3, 3)), claim("b"))

    assert found["where"] is Grade.LIKELY
    assert found["killed"] is Grade.SINGLE


def test_a_party_that_owns_its_deed_declares_it(claim: MakeClaim) -> None:
    """Who says "we did it" declares the deed, and not its toll."""
    told = claim("a", by="alpha", killed=(3, 3))
    found = _grades(replace(told, claimed_by=told.perpetrators))

    assert found["perpetrators"] is Grade.DECLARED
    assert found["killed"] is Grade.SINGLE


def test_what_cannot_both_hold_is_contested(claim: MakeClaim) -> None:
    """Even where a party owns the deed, a second toll makes the toll contested."""
    told = claim("a", by="alpha", killed=(3, 3))
    found = _grades(replace(told, claimed_by=told.perpetrators), claim("b", by="alpha", killed=(9, 9)))

    assert found["killed"] is Grade.CONTESTED
    assert found["perpetrators"] is Grade.DECLARED
