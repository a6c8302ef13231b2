"""Changes: what appeared, what changed and in what, and where the claims of what is gone stand now."""

from __future__ import annotations

from dataclasses import replace

from made_claims import MakeClaim
from made_decisions import Decide

from crossbearing.link.changes import changes
from crossbearing.link.incidents import link


def test_nothing_became_of_what_is_the_same(claim: MakeClaim) -> None:
    """Two drawings of the same claims differ in nothing."""
    drawn = link([claim("a"), claim("b", day=20)])
    assert changes(drawn, drawn) == ()


def test_a_new_report_changes_its_incident_or_makes_one(claim: MakeClaim) -> None:
    """A second report of one strike changes the incident, and a report of another makes one."""
    before = link([claim("a")])
    after = link([claim("a"), claim("b", killed=(2, 2)), claim("c", day=25)])
    found = {one.what: one for one in changes(before, after)}

    assert set(found) == {"changed", "appeared"}
    assert found["changed"].fields == ("claims", "reports", "killed", "lineages", "standings", "grades")
    assert found["changed"].before == before[0].id
    assert found["appeared"].incident.reports == ("c",)


def test_a_greater_toll_changes_an_open_one(claim: MakeClaim) -> None:
    """From "at least 20" to "more than 1,400": the figure is 20 or more before and after, and what is shown is not."""
    before = link([claim("a", killed=(20, None)), claim("b", killed=(30, None))])
    after = link([claim("a", killed=(20, None)), claim("b", killed=(1400, None))])
    (found,) = changes(before, after)

    assert "killed" in found.fields


def test_a_merge_takes_one_into_the_other(claim: MakeClaim, decide: Decide) -> None:
    """Of two that become one, the one goes on and the other is gone into it; split again, it appears."""
    claims = [claim("a"), claim("b", day=20)]
    before, after = link(claims), link(claims, [decide("Ann", "same", claims[0], claims[1])])
    there = {one.what: one for one in changes(before, after)}
    assert set(there) == {"changed", "gone"}
    assert there["gone"].after == after[0].id
    back = {one.what: one for one in changes(after, before)}
    assert set(back) == {"changed", "appeared"}


def test_what_no_claim_tells_of_any_more_is_gone(claim: MakeClaim) -> None:
    """An incident whose claims stand no more went nowhere."""
    (gone,) = changes(link([claim("a")]), ())
    assert (gone.what, gone.after) == ("gone", None)


def test_a_field_that_a_person_set_is_a_change(claim: MakeClaim) -> None:
    """A change of one field names it, and no other."""
    before = link([claim("a")])
    (found,) = changes(before, (replace(before[0], weapons=("mortar",)),))
    assert found.fields == ("weapons",)
