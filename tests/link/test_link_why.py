"""Why tellings stand together or apart, by the same features, candidates and clusters as draw them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made_claims import BASE, FAR, TOWN, MakeClaim
from made_decisions import Decide

from crossbearing.link.candidates import candidates
from crossbearing.link.clusters import UNMET
from crossbearing.link.compare import TOLD_APART, compare
from crossbearing.link.incidents import link
from crossbearing.link.units import units
from crossbearing.link.why import ONE_TELLING, Why
from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision, DecisionKind


def why(claims: Sequence[Claim], decisions: Sequence[Decision] = ()) -> Why:
    return Why(link(claims, decisions), claims, decisions)


def test_the_weights_are_those_that_drew(claim: MakeClaim) -> None:
    """The start and what each feature adds come to the score of `compare`, and the sentences are its own."""
    a, b = claim("a", by="alpha"), claim("b", by="alpha", place=TOWN)

    (one,) = why([a, b]).pairings([b.id], [a.id])

    expected = compare(*units([a, b]))
    assert (one.a.report, one.b.report) == ("b", "a")
    assert one.together
    assert one.candidates
    assert one.score == expected.score == pytest.approx(one.start + sum(found.weight for found in one.weighed), abs=1e-3)
    assert {found.says for found in one.weighed} >= {said.rpartition(" (")[0] for said in expected.reasons}


def test_a_rule_that_forbids_is_named_beside_the_weights(claim: MakeClaim) -> None:
    """A riot is no raid, whatever the two weigh."""
    a, b = claim("a"), claim("b", kind=("Riots", "Mob violence"))

    (one,) = why([a, b]).pairings([a.id], [b.id])

    assert one.forbidden == "the one is explosions/remote violence, the other riots"
    assert one.weighed
    assert not one.together


def test_that_one_report_tells_two_apart_is_what_they_weigh(claim: MakeClaim) -> None:
    """Whatever else they have in common; and no rule forbids that other reports outweigh it."""
    a, b = claim("a", happening=0), claim("a", happening=1)

    (one,) = why([a, b]).pairings([a.id], [b.id])

    assert one.forbidden is None
    assert one.score == pytest.approx(TOLD_APART) == pytest.approx(one.start + sum(found.weight for found in one.weighed))
    assert [found.says for found in one.weighed] == ["one report tells the two apart, whatever they have in common"]
    assert not one.together
    assert one.against[0] == "the report a tells the two incidents apart (-9.0 for each two of its tellings)"


def test_two_voices_of_one_telling_need_no_score(claim: MakeClaim) -> None:
    """What one report says of one happening in two voices is together by its own word."""
    a, b = claim("a", voices=("Alpha",)), claim("a", voices=("Beta",))

    (one,) = why([a, b]).pairings([a.id], [b.id])

    assert (one.decided, one.together, one.weighed) == (ONE_TELLING, True, ())


def test_people_s_words_stand_before_the_score(claim: MakeClaim, decide: Decide) -> None:
    """Who put two together, or told them apart, is named with the reason."""
    a, b, far = claim("a"), claim("b"), claim("c", place=FAR, day=20)
    apart = decide("Ann", DecisionKind.DIFFERENT, [a], [b])
    same = decide("Ann", DecisionKind.SAME, [a], [far])

    asked = why([a, b, far], [apart, same])

    (one,) = asked.pairings([a.id], [b.id])
    assert (one.together, one.score > 0) == (False, True)
    assert one.decided == f"{apart.person} judged that they tell of two happenings: {apart.reason}"
    assert one.decided in one.against
    (other,) = asked.pairings([a.id], [far.id])
    assert (other.together, other.score < 0, other.against) == (True, True, ())
    assert other.decided == f"{same.person} judged that they tell of one happening: {same.reason}"


def test_what_is_alike_and_apart_says_what_the_clusters_have_against_it(claim: MakeClaim) -> None:
    """A report that could be of either raid went to the one; of the other it says who keeps the two apart."""
    claims = [claim("a", happening=0, hour=1), claim("a", happening=1, hour=20), claim("b", hour=1), claim("c", hour=20)]
    incidents = link(claims)
    first, second = (next(one for one in incidents if report in one.reports) for report in ("b", "c"))

    found = Why(incidents, claims).pairings(first.claims, second.claims)

    assert len(found) == len(first.reports) * len(second.reports)
    assert [one.forbidden is not None for one in found] == sorted(one.forbidden is not None for one in found)
    assert all(one.against[0].startswith("the report a tells the two incidents apart") for one in found)


def test_the_nearest_miss_comes_first(claim: MakeClaim) -> None:
    """Of two other incidents the one that was closer to being joined stands first, with the average that kept it out."""
    ours = [claim("a", by="alpha", on="gamma"), claim("b", by="alpha", on="gamma")]
    near, farther = claim("c", by="beta", day=(5, 30)), claim("d", by="gamma", on="alpha", day=(5, 30))
    claims = [*ours, near, farther]
    incidents = link(claims)
    home = next(one for one in incidents if ours[0].id in one.claims)
    told = units(claims)
    met = {frozenset((told[i].report, told[j].report)) for i, j in candidates(told)}

    found = [one for one in Why(incidents, claims).near(home.id, 5) if not one.inside]

    assert len(found) == 2
    assert [one.average for one in found] == sorted((one.average for one in found), reverse=True)
    for one in found:
        assert UNMET <= one.average < 0
        assert one.compared == sum(frozenset((mine, other)) in met for mine in home.reports for other in one.reports) > 0
    assert [one for one in Why(incidents, claims).near(home.id, 1) if not one.inside] == found[:1]


def test_the_weakest_telling_comes_first(claim: MakeClaim) -> None:
    """In one incident the report that gives less in common is held least; one that stands alone has no others."""
    claims = [claim("a", by="alpha", on="beta"), claim("b", by="alpha", on="beta"), claim("c", place=BASE), claim("z", place=FAR)]
    incidents = link(claims)
    home = next(one for one in incidents if "a" in one.reports)
    assert home.reports == ("a", "b", "c")

    found = Why(incidents, claims).near(home.id, 5)

    assert found[0].reports == ("c",)
    assert all(one.inside and one.pairs == 2 for one in found)
    assert Why(incidents, claims).near(next(one for one in incidents if "z" in one.reports).id, 5) == []
