"""Decisions: they outrank scores and rules, contest one another openly, and an undo leaves no trace in what is drawn."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import made_ledgers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import FAR, TOWN, MakeClaim, make_claim
from made_decisions import Decide, decider

from crossbearing.link.incidents import link, review
from crossbearing.link.judged import holder, judged
from crossbearing.link.since import holds_beside
from crossbearing.model.claim import Claim, Figure, Status
from crossbearing.model.decision import Decision, DecisionKind, Otherwise, State, closed, drawing, not_undone, standing, unseen
from crossbearing.model.incident import Incident
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision


def shape(incidents: tuple[Incident, ...]) -> list[tuple[str, ...]]:
    """Which reports stand together."""
    return sorted(incident.reports for incident in incidents)


def only(incidents: tuple[Incident, ...]) -> Incident:
    (incident,) = incidents
    return incident


def test_same_joins_what_every_rule_forbids(claim: MakeClaim, decide: Decide) -> None:
    """Two strikes weeks and countries apart are one where a person says so, with that as the reason."""
    a, b = claim("a", day=3), claim("b", day=25, place=FAR)
    assert len(link([a, b])) == 2

    incident = only(link([a, b], [decide("Ann", "same", a, b)]))

    assert incident.reports == ("a", "b")
    assert incident.links[0].reasons == ("Ann judged that they tell of one happening: reason 1",)


def test_same_joins_what_one_report_tells_apart(claim: MakeClaim, decide: Decide) -> None:
    """A decision outranks the report's own word that its happenings are two."""
    one, two = claim("a", happening=0), claim("a", happening=1)
    assert len(link([one, two])) == 2
    assert len(link([one, two], [decide("Ann", "same", one, two)])) == 1


def test_different_parts_what_compares_well(claim: MakeClaim, decide: Decide) -> None:
    """Two tellings of one day and one base stay two, and do not come together over a third."""
    a, b, c = claim("a"), claim("b"), claim("c")
    incidents = link([a, b, c], [decide("Ann", "different", a, b)])

    assert len(incidents) == 2
    assert not any({"a", "b"} <= set(incident.reports) for incident in incidents)


def test_different_parts_the_voices_of_one_telling(claim: MakeClaim, decide: Decide) -> None:
    """Two claims that a document gives to one happening are parted where a person tells them apart."""
    a, b = claim("a", voices=("Alpha",)), claim("a", voices=("Beta",))
    assert len(link([a, b])) == 1
    assert [incident.claims for incident in link([a, b], [decide("Ann", "different", a, b)])] == sorted([(a.id,), (b.id,)])


def test_a_telling_is_parted_so_that_all_that_people_said_can_hold(claim: MakeClaim, decide: Decide) -> None:
    """One voice goes with another report's and the other is told apart from it: the telling is cut, and neither word is lost."""
    x, y = claim("a", voices=("Alpha",)), claim("a", voices=("Beta",))
    z, w = claim("b", voices=("Alpha",)), claim("b", voices=("Beta",))
    incidents = link([x, y, z, w], [decide("Ann", "same", x, z), decide("Ann", "different", y, w)])
    home = {one: incident.id for incident in incidents for one in incident.claims}

    assert home[x.id] == home[z.id]
    assert home[y.id] != home[w.id]


def test_an_undo_restores_exactly(claim: MakeClaim, decide: Decide) -> None:
    """With the undo all is drawn as if the decision had never been; undone itself, it is drawn as with the decision."""
    claims = [claim("a"), claim("b"), claim("c", day=20)]
    merge = decide("Ann", "same", claims[0], claims[2])
    undo = decide("Ann", "undo", merge.id)
    again = decide("Ann", "undo", undo.id)

    assert link(claims, [merge, undo]) == link(claims)
    assert link(claims, [merge, undo, again]) == link(claims, [merge])


def test_people_who_differ_contest_and_neither_wins(claim: MakeClaim, decide: Decide) -> None:
    """The machine draws a contested edge as if nobody had spoken, whoever spoke last; both stand there with their names."""
    a, b = claim("a"), claim("b")
    for first, second in (("same", "different"), ("different", "same")):
        incident = only(link([a, b], [decide("Ann", first, a, b), decide("Bob", second, a, b)]))
        assert incident.review is not None
        (contest,) = incident.review.contests
        assert contest.about == "same"
        assert f"Ann says {first}, Bob says {second}" in contest.says


def test_an_editor_settles(claim: MakeClaim, decide: Decide) -> None:
    """What coders contest is settled by the last editor, before or after them."""
    a, b = claim("a"), claim("b")
    coders = [decide("Ann", "same", a, b), decide("Bob", "different", a, b)]
    edith, egon = decide("Edith", "different", a, b), decide("Egon", "same", a, b)

    assert len(link([a, b], [*coders, edith])) == len(link([a, b], [edith, *coders])) == 2
    incident = only(link([a, b], [*coders, edith, egon]))
    assert incident.review is not None
    assert incident.review.contests == ()


def test_who_changes_their_mind_contests_nothing(claim: MakeClaim, decide: Decide) -> None:
    """Of one person's words on one thing the last counts."""
    a, b = claim("a"), claim("b")
    incidents = link([a, b], [decide("Ann", "same", a, b), decide("Ann", "different", a, b)])
    assert len(incidents) == 2
    assert all(incident.review and not incident.review.contests for incident in incidents)


def test_unsure_opposes_nobody(claim: MakeClaim, decide: Decide) -> None:
    """Who is unsure leaves the word to who is not, an editor too; alone, it leaves it to the machine."""
    a, b = claim("a"), claim("b")
    unsure = decide("Ann", "unsure", a, b)
    assert len(link([a, b], [decide("Bob", "different", a, b), decide("Edith", "unsure", a, b)])) == 2
    assert len(link([a, b], [unsure, decide("Bob", "different", a, b)])) == 2
    assert len(link([a, b], [unsure])) == 1


def test_a_chain_of_same_does_not_outrun_a_different(claim: MakeClaim, decide: Decide) -> None:
    """a is b and b is c, but a is not c: what was said to be different is apart, and the last link is contested."""
    a, b, c = claim("a", day=1), claim("b", day=10), claim("c", day=20)
    said = [decide("Ann", "same", a, b), decide("Bob", "same", b, c), decide("Cid", "different", a, c)]
    incidents = link([a, b, c], said)

    assert shape(incidents) == [("a", "b"), ("c",)]
    assert any(contest.decisions == ("j2", "j3") for one in incidents if one.review for contest in one.review.contests)


def test_a_merge_and_a_split_of_it_contest_each_other(claim: MakeClaim, decide: Decide) -> None:
    """Two who judge whole incidents differ on every edge between them, and none of these holds."""
    mine, theirs = [claim("a", day=1), claim("b", day=1)], [claim("c", day=20), claim("d", day=20)]
    claims = [*mine, *theirs]
    incidents = link(claims, [decide("Ann", "same", mine, theirs), decide("Bob", "different", theirs, mine)])
    assert shape(incidents) == shape(link(claims))
    assert all(incident.review and incident.review.contests for incident in incidents)


def test_a_verdict_bears_on_the_incident_that_holds_most_of_its_claims(claim: MakeClaim, decide: Decide) -> None:
    """Claims that came after a verdict are named; where an incident falls apart, its larger part keeps the verdict."""
    a, b, c, late = claim("a"), claim("b"), claim("c"), claim("d")
    accepted = decide("Ann", "accept", [a, b, c])

    incident = only(link([a, b, c, late], [accepted]))
    assert incident.review is not None
    assert incident.review.verdict is DecisionKind.ACCEPT
    assert incident.review.verified
    assert incident.review.new_claims == (late.id,)

    parts = link([a, b, c], [accepted, decide("Ann", "different", [a, b], c)])
    verdicts = {part.reports: part.review and part.review.verdict for part in parts}
    assert verdicts == {("a", "b"): DecisionKind.ACCEPT, ("c",): None}


def test_a_rejected_incident_stays_and_says_so(claim: MakeClaim, decide: Decide) -> None:
    """Its fields are as before, and the decision stands beside them."""
    a = claim("a", killed=(3, 3))
    (before,) = link([a])
    (after,) = link([a], [decide("Ann", "reject", a)])
    assert after.review is not None
    assert after.review.rejected
    assert replace(after, review=None) == before


def test_a_rejected_claim_adds_nothing(claim: MakeClaim, decide: Decide) -> None:
    """The claim stays in its incident under the same id, and its figure and its report do not count."""
    a, b = claim("a", killed=(3, 3)), claim("b", killed=(40, 40))
    (before,) = link([a, b])
    (after,) = link([a, b], [decide("Ann", "reject", b, claims_only=True)])

    assert (after.id, after.claims) == (before.id, before.claims)
    assert after.killed == Figure(3, 3, "killed")
    assert after.contradictions == ()
    assert after.reports == ("a",)
    assert after.review is not None
    assert after.review.rejected_claims == (b.id,)
    assert not after.review.rejected


def test_a_set_field_shows_beside_what_the_claims_say(claim: MakeClaim, decide: Decide) -> None:
    """The incident holds the person's value; the setting names who, why, and what the claims alone give."""
    a = claim("a", killed=(3, 3))
    said = decide("Ann", "set", a, field="killed", value=Figure(5, None, "killed"), note="the hospital's list")
    incident = only(link([a], [said]))

    assert incident.killed == Figure(5, None, "killed")
    assert incident.review is not None
    (setting,) = incident.review.settings
    assert (setting.person, setting.reason, setting.claims_say) == ("Ann", "reason 1", Figure(3, 3, "killed"))


@pytest.mark.parametrize(
    ("field", "value", "shows"),
    [
        ("status", Status.FOILED, ("status", Status.FOILED)),
        ("event_type", ("Battles", "Armed clash"), ("sub_event_type", "Armed clash")),
        ("weapons", ("mortar",), ("weapons", ("mortar",))),
        ("where", TOWN, ("where", TOWN)),
        ("where", None, ("where", None)),
        ("perpetrators", (), ("perpetrators", ())),
    ],
)
def test_every_kind_of_field_can_be_set(claim: MakeClaim, decide: Decide, field: str, value: object, shows: tuple) -> None:
    """Each field takes a value of its kind; one that is not known is empty."""
    a = claim("a", by="alpha")
    incident = only(link([a], [decide("Ann", "set", a, field=field, value=value)]))
    assert getattr(incident, shows[0]) == shows[1]


def test_two_values_for_a_field_are_contested(claim: MakeClaim, decide: Decide) -> None:
    """What the claims say stands until an editor sets the field."""
    a = claim("a", killed=(3, 3))
    said = [
        decide("Ann", "set", a, field="killed", value=Figure(5, 5, "killed")),
        decide("Bob", "set", a, field="killed", value=Figure(7, 7, "killed")),
    ]
    incident = only(link([a], said))
    assert incident.killed == Figure(3, 3, "killed")
    assert incident.review is not None
    assert [contest.says for contest in incident.review.contests] == ["killed: Ann says 5, Bob says 7"]

    settled = only(link([a], [*said, decide("Edith", "set", a, field="killed", value=Figure(7, 7, "killed"))]))
    assert settled.killed == Figure(7, 7, "killed")


def test_a_copy_is_no_lineage_of_its_own(claim: MakeClaim, decide: Decide) -> None:
    """What a person marks as taken from another stands under one root with it, and in one incident."""
    a, b = claim("a", voices=("Alpha Front",)), claim("b", day=25, voices=("Beta Front",))
    incident = only(link([a, b], [decide("Ann", "copy", b, a)]))
    (line,) = incident.lineages
    assert line.claims == tuple(sorted((a.id, b.id)))
    assert "Ann marked the one as a copy of the other: reason 1" in line.because


def test_a_contested_copy_folds_nothing(claim: MakeClaim, decide: Decide) -> None:
    """Where another says that the two are different, they are two lineages again."""
    a, b = claim("a", voices=("Alpha Front",)), claim("b", voices=("Beta Front",))
    incident = only(link([a, b], [decide("Ann", "copy", b, a), decide("Bob", "different", a, b)]))
    assert len(incident.lineages) == 2


def test_the_state_is_the_last_that_was_given(claim: MakeClaim, decide: Decide) -> None:
    """Work goes up and down the ladder, and neither a stub nor what was sent back is verified."""
    a = claim("a")
    said = [decide("Ann", "accept", a), decide("Ann", "state", a, state=State.COMPLETED)]
    for more, state, verified in (
        ([], State.COMPLETED, True),
        ([State.SENT_BACK], State.SENT_BACK, False),
        ([State.SENT_BACK, State.READY], State.READY, True),
        ([State.STUB], State.STUB, False),
    ):
        incident = only(link([a], [*said, *(decide("Edith", "state", a, state=each) for each in more)]))
        assert incident.review is not None
        assert (incident.review.state, incident.review.verified) == (state, verified)


def test_a_blind_round_counts_once_it_is_open(claim: MakeClaim, decide: Decide) -> None:
    """Till then nothing of it shows; then its decisions are as any others, and may be contested."""
    a, b = claim("a"), claim("b")
    coded = [decide("Ann", "same", a, b, round="one"), decide("Bob", "different", a, b, round="one")]
    assert link([a, b], coded) == link([a, b])
    assert closed(coded) == tuple(coded)

    incident = only(link([a, b], [*coded, decide("Edith", "open", "one")]))
    assert incident.review is not None
    assert [contest.about for contest in incident.review.contests] == ["same"]


def test_what_is_coded_blind_is_seen_by_its_maker_alone(claim: MakeClaim, decide: Decide) -> None:
    """Neither a judgement, nor one that was undone, nor the undo is another's to see, until the round is open."""
    a = claim("a")
    open_one = decide("Bob", "accept", a)
    slip = decide("Ann", "reject", a, round="one")
    undo = decide("Ann", "undo", slip.id)
    again = decide("Ann", "undo", undo.id)
    coded = [open_one, slip, undo, again]
    assert unseen(coded, "Bob") == unseen(coded) == {one.id: "one" for one in (slip, undo, again)}
    assert unseen(coded, "Ann") == {}
    opening = decide("Edith", "open", "one")
    assert unseen([*coded, opening], "Bob") == {}
    assert set(unseen([*coded, opening, decide("Edith", "undo", opening.id)], "Bob")) == {slip.id, undo.id, again.id}


STEPS = st.tuples(
    st.sampled_from(["Ann", "Bob", "Edith"]),
    st.sampled_from(["accept", "undo", "open"]),
    st.sampled_from(["", "one", "two"]),
    st.integers(0, 20),
)


@given(st.lists(STEPS, max_size=14))
def test_nobody_sees_what_goes_back_to_a_closed_round(steps: list[tuple[str, str, str, int]]) -> None:
    """Whatever was decided, undone and opened in whichever order: hidden is just what goes back to another's closed round."""
    decide, claim, made = decider(), make_claim("a"), []
    root: dict[str, Decision] = {}
    for person, kind, name, number in steps:
        if kind == "undo" and made:
            one = decide(person, "undo", made[number % len(made)].id)
        elif kind == "open":
            one = decide(person, "open", name or "one")
        else:
            one = decide(person, "accept", claim, round=name)
        root[one.id] = root[one.subject[0]] if one.kind is DecisionKind.UNDO else one
        made.append(one)
    opened = {one.subject[0] for one in not_undone(made) if one.kind is DecisionKind.OPEN}
    for person in ("Ann", "Bob", "Edith", "Rea"):
        hidden = {one.id for one in made if root[one.id].round not in {"", *opened} and one.person != person}
        assert set(unseen(made, person)) == hidden


def test_decisions_on_claims_that_stand_no_more_change_nothing(claim: MakeClaim, decide: Decide) -> None:
    """A claim that a newer reading no longer makes is passed over; the rest of the decision holds."""
    a, b, gone = claim("a", day=1), claim("b", day=20), claim("gone")
    assert link([a], [decide("Ann", "accept", gone)]) == link([a])
    assert shape(link([a], [decide("Ann", "same", gone, a)])) == [("a",)]
    assert len(link([a, b], [decide("Ann", "same", [a, gone], b)])) == 1


def test_a_tie_goes_to_the_smallest_claim(decide: Decide, claim: MakeClaim) -> None:
    """Where two incidents hold as many of a decision's claims, that of the smallest id has it."""
    a, b = sorted((claim("a"), claim("b")), key=lambda one: one.id)
    assert holder(decide("Ann", "accept", [a, b]), {a.id: "x", b.id: "y"}) == "x"
    assert holder(decide("Ann", "accept", [a, b]), {}) is None


DAYS = {"a": 10, "b": 10, "c": 11, "d": 12, "e": 20, "f": 20}
CLAIMS = [make_claim(name, day=day, happening=happening) for name, day in DAYS.items() for happening in (0, 1)]


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    """Some decisions of three people on some claims."""
    decide = decider()
    made: list[Decision] = []
    for _ in range(draw(st.integers(1, 6))):
        person = draw(st.sampled_from(("Ann", "Bob", "Edith")))
        kind = draw(st.sampled_from(("same", "different", "unsure", "copy", "accept", "reject", "undo")))
        sides = draw(st.lists(st.sampled_from(CLAIMS), min_size=2, max_size=5, unique_by=lambda one: one.id))
        if kind == "undo" and made:
            made.append(decide(person, kind, draw(st.sampled_from(made)).id))
        elif kind in ("accept", "reject"):
            made.append(decide(person, kind, sides))
        elif kind != "undo":
            made.append(decide(person, kind, sides[:1], sides[1:]))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(made: list[Decision], chance: random.Random) -> None:
    """With decisions as without, the same claims in any order draw the same incidents."""
    shuffled = [*CLAIMS]
    chance.shuffle(shuffled)
    assert link(shuffled, made) == link(CLAIMS, made)


@given(histories())
def test_what_is_settled_holds(made: list[Decision]) -> None:
    """No edge is both, what is settled as different is apart, and what is left as same is together."""
    found = judged(made, {one.id for one in CLAIMS})
    home = {one: incident.id for incident in link(CLAIMS, made) for one in incident.claims}
    assert not found.same & found.different
    assert all(home[a] == home[b] for a, b in found.same)
    assert all(home[a] != home[b] for a, b in found.different)


@given(histories())
def test_an_undo_is_as_if_it_had_never_been(made: list[Decision]) -> None:
    """A history draws what its decisions draw that stand, without those undone and without the undos."""
    assert link(CLAIMS, made) == link(CLAIMS, not_undone(made))
    assert standing(standing(made)) == standing(made)


@given(histories())
def test_what_draws_nothing_is_worked_out_without_drawing(made: list[Decision]) -> None:
    """Verdicts and set fields on a drawing that is kept give what a whole drawing gives."""
    assert review(link(CLAIMS, drawing(made)), made) == link(CLAIMS, made)


def test_claims_that_came_later_and_differ_are_told_until_it_is_set_again(claim: MakeClaim, decide: Decide) -> None:
    """A value that a person set bears what came since; to set it again takes the flag away, and an undo brings it back."""
    a, b, c = claim("a", killed=(3, 3)), claim("b", killed=(9, 9)), claim("c", killed=(5, None))
    said = decide("Ann", "set", a, field="killed", value=Figure(5, 5, "killed"))
    assert only(link([a], [said])).review.settings[0].otherwise == ()

    (setting,) = only(link([a, b, c], [said])).review.settings
    assert setting.value == Figure(5, 5, "killed")
    assert setting.otherwise == (Otherwise("9", (b.id,)),), "what the person had seen, and what holds beside it, say nothing"

    again = decide("Ann", "set", [a, b, c], field="killed", value=Figure(5, 5, "killed"))
    assert only(link([a, b, c], [said, again])).review.settings[0].otherwise == ()
    gone = decide("Ann", "undo", again.id)
    assert only(link([a, b, c], [said, again, gone])).review.settings[0].otherwise == setting.otherwise


TOWN_OF_IT = Place("geonames:1", "Kirkuk", Precision.TOWN, "IQ", "Kirkuk Governorate", 35.4, 44.4, 9.0)


@pytest.mark.parametrize(
    ("value", "told", "holds"),
    [
        (Interval(date(2031, 5, 14), date(2031, 5, 14)), "2031-05-13..2031-05-15", True),
        (Interval(date(2031, 5, 14), date(2031, 5, 14)), "2031-05-15", False),
        (Interval(date(2031, 5, 14), date(2031, 5, 14)), "..2031-05-10", False),
        (Interval(date(2031, 5, 14), date(2031, 5, 14)), "2031-05-10..", True),
        (Interval(date(2031, 5, 14), date(2031, 5, 14)), "any day", True),
        (Figure(12, 12, "killed"), "10+", True),
        (Figure(12, 12, "killed"), "13+", False),
        (Figure(12, None, "killed"), "9-11", False),
        (Figure(12, None, "killed"), "9-14", True),
        (Figure(12, 12, "killed"), "-", True),
        (TOWN_OF_IT, "Kirkuk", True),
        (TOWN_OF_IT, "Iraq", True),
        (TOWN_OF_IT, "Kirkuk Governorate", True),
        (TOWN_OF_IT, "Mosul", False),
        (Status.FOILED, "happened", False),
        (("Battles", "Armed clash"), "Armed clash", True),
        (("Battles", "Armed clash"), "Attack", False),
        (("drone",), "drone", True),
        (("drone",), "rocket", False),
        (None, "12", False),
    ],
)
def test_what_holds_beside_a_value(value: object, told: str, holds: bool) -> None:
    """What is wider, or allows it, says nothing against a value; what excludes it does; beside "not known" nothing holds."""
    assert holds_beside(value, told) is holds


@given(made_ledgers.claims())
def test_every_value_that_claims_give_can_be_read_again(claims: list[Claim]) -> None:
    """Days and figures that are set as some claim gives them hold beside what that claim gives."""
    for incident in link(claims):
        for one in incident.standings:
            for name in ("when", "killed", "injured"):
                for claim in (claim for claim in claims if claim.id in one.claims and one.field == name):
                    stated = getattr(claim, name)
                    assert stated is None or holds_beside(stated.value, one.value)
