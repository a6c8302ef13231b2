"""Incidents: what is joined, what is kept apart, and that the order of the claims changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import BASE, COUNTRY, FAR, TOWN, MakeClaim, make_claim
from made_decisions import decider

from crossbearing.link.incidents import link
from crossbearing.model.claim import Actor, ClaimRole, Status
from crossbearing.model.incident import Incident


def test_two_reports_of_one_strike_are_one_incident(claim: MakeClaim) -> None:
    """The same day and the same base are enough."""
    (incident,) = link([claim("a", day=10), claim("b", day=10)])

    assert incident.reports == ("a", "b")
    assert incident.when is not None
    assert incident.when.days == 1


def test_two_strikes_on_one_base_days_apart_stay_apart(claim: MakeClaim) -> None:
    """The same base a week later is another incident."""
    assert len(link([claim("a", day=10), claim("b", day=18)])) == 2


def test_happenings_that_one_report_tells_apart_never_merge(claim: MakeClaim) -> None:
    """Two raids on one base in one night stay two, and each draws its own followers."""
    first, second = claim("a", day=10, hour=1, happening=0), claim("a", day=10, hour=20, happening=1)

    incidents = link([first, second, claim("b", day=10, hour=1), claim("c", day=10, hour=20)])

    assert sorted(i.reports for i in incidents) == [("a", "b"), ("a", "c")]


def test_voices_of_one_report_stay_together(claim: MakeClaim) -> None:
    """Claims that one report makes of one happening in two voices are one incident's."""
    (incident,) = link([claim("a", voices=("Alpha",)), claim("a", voices=("Beta",))])

    assert len(incident.claims) == 2


def test_places_beyond_their_precision_stay_apart(claim: MakeClaim) -> None:
    """Two bases hundreds of kilometres apart are two incidents, whatever else agrees."""
    assert len(link([claim("a", place=BASE, by="alpha"), claim("b", place=FAR, by="alpha")])) == 2


def test_a_town_stands_for_the_base_beside_it(claim: MakeClaim) -> None:
    """A base and the town next to it lie within each other's precision."""
    (incident,) = link([claim("a", place=BASE), claim("b", place=TOWN)])

    assert incident.where == BASE


def test_a_finer_place_that_the_others_speak_against_is_not_where_it_was(claim: MakeClaim) -> None:
    """One report of three names the hospital far off where the wounded lie; the two that name the town place the incident."""
    same = [claim(report, place=place, by="alpha", on="beta") for report, place in zip("abc", (TOWN, TOWN, FAR), strict=True)]
    decide = decider()

    (incident,) = link(same, [decide("Ann", "same", same[0], one) for one in same[1:]])

    assert incident.where == TOWN


def test_who_is_named_most_stands_first_and_of_equals_whom_the_registry_knows(claim: MakeClaim) -> None:
    """A word that one report takes for the doer does not head the list."""
    unknown = claim("a", by="alpha")
    stated = replace(unknown.perpetrators[0], value=Actor("boy", None, "boy"))

    (incident,) = link([replace(unknown, perpetrators=(stated,)), claim("b", by="zeta")])

    assert [actor.name for actor in incident.perpetrators] == ["zeta", "boy"]


def test_a_country_alone_does_not_join_without_a_party(claim: MakeClaim) -> None:
    """A strike somewhere in the country on the same day is not the strike on the base for that alone."""
    other = ("Battles", "Armed clash")

    assert len(link([claim("a", place=BASE), claim("b", place=COUNTRY, kind=other)])) == 2


def test_parties_that_change_places_are_two_incidents(claim: MakeClaim) -> None:
    """A strike and the answer to it, at one place on one day, are told apart by who acts."""
    assert len(link([claim("a", by="alpha", on="beta"), claim("b", by="beta", on="alpha")])) == 2


def test_swapping_the_parties_changes_no_link(claim: MakeClaim) -> None:
    """The names of the parties carry no weight of their own."""

    def shape(one: str, other: str) -> list[tuple[str, ...]]:
        told = [claim("a", by=one, on=other), claim("b", by=one), claim("c", by=other, on=one), claim("d", day=13, by=other)]
        return sorted(i.reports for i in link(told))

    assert shape("alpha", "beta") == shape("beta", "alpha")


def test_a_hit_and_an_interception_are_one_incident_with_a_contradiction(claim: MakeClaim) -> None:
    """What one voice calls a hit and another an interception stays contested."""
    (incident,) = link([claim("a"), claim("b", status=Status.FOILED)])

    assert [c.field for c in incident.contradictions] == ["status"]


def test_a_denial_inside_one_report_contradicts_what_the_report_tells(claim: MakeClaim) -> None:
    """One report carries a claim and its denial: the incident shows both, and says that they cannot both hold."""
    (incident,) = link([claim("a", voices=("Alpha",)), claim("a", voices=("Beta",), status=Status.DENIED)])

    (contradiction,) = incident.contradictions
    assert contradiction.field == "status"
    assert sorted(contradiction.says.split(", ")) == ["Alpha says happened", "Beta says denied"]


def test_who_shot_it_down_and_who_denies_a_hit_agree(claim: MakeClaim) -> None:
    """ "It was intercepted" and "the base was not hit" are one story."""
    (incident,) = link([claim("a", status=Status.FOILED), claim("b", status=Status.DENIED)])

    assert not incident.contradictions


def test_figures_that_cannot_both_hold_are_a_contradiction_and_a_range(claim: MakeClaim) -> None:
    """No figure wins: the incident shows the range, and the contradiction both claims."""
    (incident,) = link([claim("a", killed=(3, 3)), claim("b", killed=(5, 5))])

    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high) == (3, 5)
    assert [c.field for c in incident.contradictions] == ["killed"]


def test_two_figures_of_one_report_are_a_contradiction_too(claim: MakeClaim) -> None:
    """One report in which two voices give two tolls: both claims are named."""
    (incident,) = link([claim("a", voices=("Alpha",), killed=(3, 3)), claim("a", voices=("Beta",), killed=(5, 5)), claim("a")])

    assert [c.field for c in incident.contradictions] == ["killed"]


def test_an_open_toll_keeps_the_greatest_number_that_a_claim_names(claim: MakeClaim) -> None:
    """ "At least 20" in the morning and "more than 1,400" a week later; nobody hurt is nobody hurt."""
    (incident,) = link([claim("a", killed=(20, None)), claim("b", killed=(1400, None)), claim("c")])

    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high, incident.most_killed) == (20, None, 1400)
    assert incident.most_injured is None


def test_figures_that_can_both_hold_are_no_contradiction(claim: MakeClaim) -> None:
    """ "At least three" and "five" go together."""
    (incident,) = link([claim("a", killed=(3, None)), claim("b", killed=(5, 5))])

    assert not incident.contradictions


def test_what_has_only_been_announced_is_not_what_happened(claim: MakeClaim) -> None:
    """A threat and a strike on one day are two incidents."""
    assert len(link([claim("a", status=Status.PLANNED), claim("b")])) == 2


def test_an_incident_that_every_report_recalls_is_background(claim: MakeClaim) -> None:
    """One report that tells it as news is enough to make it the ledger's news."""
    recalled = link([claim("a", role=ClaimRole.BACKGROUND)])
    news = link([claim("a", role=ClaimRole.BACKGROUND), claim("b")])

    assert recalled[0].background
    assert not news[0].background


def test_undated_claims_never_join_dated_ones(claim: MakeClaim) -> None:
    """A claim without any day is not put on a day by its place."""
    assert len(link([claim("a", day=None), claim("b", day=10)])) == 2


def test_every_link_gives_reasons(claim: MakeClaim) -> None:
    """A reviewer reads why two reports stand under one incident."""
    (incident,) = link([claim("a", by="alpha"), claim("b", by="alpha")])

    assert any("share a day" in reason for reason in incident.links[0].reasons)
    assert any("same party" in reason for reason in incident.links[0].reasons)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(2, 14))
def test_the_order_of_the_claims_changes_nothing(seed: int, size: int) -> None:
    """Shuffled claims give the same incidents."""
    dice = random.Random(seed)
    told = [
        make_claim(
            f"r{n}",
            day=dice.choice([10, (10, 11), 11, 12, None]),
            place=dice.choice([BASE, TOWN, FAR, COUNTRY]),
            by=dice.choice([None, "alpha", "beta"]),
        )
        for n in range(size)
    ]
    shuffled = dice.sample(told, len(told))

    assert link(told) == link(shuffled)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(2, 14))
def test_the_ids_of_the_claims_change_nothing(seed: int, size: int) -> None:
    """A new version of a step gives claims other ids, and the same tellings stand together."""
    dice = random.Random(seed)
    told = [
        make_claim(f"r{n}", day=dice.choice([10, (10, 11), 11, None]), place=dice.choice([BASE, TOWN, COUNTRY]), by="alpha")
        for n in range(size)
    ]
    anew = {one.id: f"{dice.getrandbits(64):016x}" for one in told}

    def grouped(found: Iterable[Incident], ids: dict[str, str]) -> set[frozenset[str]]:
        return {frozenset(ids.get(id_, id_) for id_ in one.claims) for one in found}

    renamed = [replace(one, id=anew[one.id]) for one in told]
    assert grouped(link(told), anew) == grouped(link(renamed), {})
