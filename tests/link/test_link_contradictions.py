"""Contradictions: one for each two values that cannot both hold, typed; a toll that rises is told apart by its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_claims import BASE, TOWN, MakeClaim
from made_pages import make_outcome

from crossbearing.link.contradictions import contradictions
from crossbearing.link.incidents import link
from crossbearing.link.pages import pages
from crossbearing.link.units import units
from crossbearing.model.claim import Actor, Claim, PeopleStatus, Status
from crossbearing.model.incident import Clash, Contradiction
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision


def odd(*claims: Claim, days: dict[str, int] | None = None) -> tuple[tuple[Contradiction, ...], tuple[Contradiction, ...]]:
    """What does not fit in one incident of these claims, whether linking would have joined them or not."""
    known = {page.document: page for page in pages(make_outcome(name, "words", day) for name, day in (days or {}).items())}
    found = contradictions(units(claims), known)
    return found.contradictions, found.rising


def one(*claims: Claim) -> Contradiction:
    ((found,), _) = odd(*claims)
    return found


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ({"killed": (3, 3)}, {"killed": (5, 5)}, Clash.FIGURES),
        ({"by": "alpha"}, {"by": "beta"}, Clash.RESPONSIBILITY),
        ({"by": "alpha", "status": Status.DENIED}, {"by": "alpha"}, Clash.RESPONSIBILITY),
        ({}, {"status": Status.FOILED}, Clash.OUTCOME),
        ({"status": Status.DENIED}, {}, Clash.OUTCOME),
        ({"day": 10}, {"day": 11}, Clash.DATE),
        ({"place": BASE}, {"place": replace(TOWN, latitude=36.2)}, Clash.PLACE),
        ({"weapon": "drones"}, {"weapon": "mortar shells"}, Clash.MEANS),
        ({"weapon": "car bomb"}, {"weapon": "artillery"}, Clash.MEANS),
    ],
    ids=str,
)
def test_each_kind_of_contradiction_is_known(claim: MakeClaim, a: dict[str, object], b: dict[str, object], kind: Clash) -> None:
    """Each is one, of its kind, and names the claims of both sides."""
    told = claim("a", voices=("Alpha Front",), **a), claim("b", voices=("Beta Corps",), **b)
    found = one(*told)
    assert found.kind is kind
    assert {found.a, found.b} == {c.id for c in told}
    assert "Alpha Front says" in found.says
    assert "Beta Corps says" in found.says


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"killed": (3, None)}, {"killed": (5, 5)}),
        ({"day": (9, 11)}, {"day": 11}),
        ({"place": BASE}, {"place": TOWN}),
        ({"place": Place("p:1", "Aland", Precision.COUNTRY, "XA", None, 0.0, 0.0, 9.0)}, {"place": BASE}),
        ({"weapon": "missiles"}, {"weapon": "warplanes"}),
        ({"weapon": "bombs"}, {"weapon": "mortars"}),
        ({"weapon": "suicide bomber"}, {"weapon": "car bomb"}),
        ({"weapon": "rifles"}, {"weapon": "drones"}),
        ({"status": Status.FOILED}, {"status": Status.DENIED}),
    ],
    ids=str,
)
def test_what_can_both_hold_is_none(claim: MakeClaim, a: dict[str, object], b: dict[str, object]) -> None:
    """Ranges that meet, places within each other's precision, words that may mean the same."""
    assert odd(claim("a", **a), claim("b", **b)) == ((), ())


def test_claims_that_say_the_same_are_one_side(claim: MakeClaim) -> None:
    """Twenty reports against ten are one contradiction, which names them all."""
    told = [claim(f"a{n}", killed=(3, 3)) for n in range(20)] + [claim(f"b{n}", killed=(5, 5)) for n in range(10)]
    found = one(*told)
    assert sorted((1 + len(found.with_a), 1 + len(found.with_b))) == [10, 20]
    assert {found.a, found.b, *found.with_a, *found.with_b} == {c.id for c in told}
    assert "and 19 more reports say 3 killed" in found.says


def test_who_denies_and_blames_contradicts_twice(claim: MakeClaim) -> None:
    """Alpha denies it and says that Beta did it: both stand against who says that Alpha did."""
    blamed = claim("b", by="beta").perpetrators
    denial = claim("a", by="alpha", voices=("alpha",), status=Status.DENIED)
    denial = replace(denial, perpetrators=(*denial.perpetrators, *blamed))
    found, _ = odd(denial, claim("b", by="alpha", voices=("a doctor",)))
    assert [c.kind for c in found] == [Clash.RESPONSIBILITY] * 2
    assert {c.says.split(", ")[-1] for c in found} | {c.says.split(", ")[0] for c in found} >= {"a doctor says alpha did it"}


def test_two_names_of_one_party_are_one_side(claim: MakeClaim) -> None:
    """A state and its forces stand together against whom another names."""
    state = claim("a", by="alpha").perpetrators[0]
    told = [
        replace(claim(name, by="alpha"), perpetrators=(replace(state, value=actor),))
        for name, actor in (
            ("a", Actor("Aland", "state:XA", "Aland", "state", "XA")),
            ("b", Actor("Military forces of Aland", "forces:XA", "its army", "state forces", "XA")),
            ("c", Actor("Beta Corps", "beta", "Beta Corps", "rebel group")),
        )
    ]
    found = one(*told)
    assert sorted((1 + len(found.with_a), 1 + len(found.with_b))) == [1, 2]


def test_one_speaker_is_at_odds_with_no_one(claim: MakeClaim) -> None:
    """A report that tells of both sides' fire in one voice names two parties and contradicts nobody."""
    assert odd(claim("a", by="alpha"), replace(claim("a", by="beta"), id="c2")) == ((), ())


# ---------------------------------------------------------------- tolls that rise


def test_a_toll_that_rises_is_no_contradiction(claim: MakeClaim) -> None:
    """3 on the 11th, 5 on the 12th: both can have held; who told it first stands first."""
    found, rising = odd(claim("a", killed=(3, 3)), claim("b", killed=(5, 5)), days={"a": 11, "b": 12})
    assert found == ()
    (rise,) = rising
    assert (rise.a, rise.b) == (claim("a", killed=(3, 3)).id, claim("b", killed=(5, 5)).id)
    assert rise.says.endswith("on a later day")


@pytest.mark.parametrize("days", [{"a": 12, "b": 11}, {"a": 11, "b": 11}, {"a": 11}, {}], ids=str)
def test_other_tolls_are_contested(claim: MakeClaim, days: dict[str, int]) -> None:
    """A toll that falls, two of one day, and two of which the days are not known cannot both hold."""
    found, rising = odd(claim("a", killed=(3, 3)), claim("b", killed=(5, 5)), days=days)
    assert [c.kind for c in found] == [Clash.FIGURES]
    assert not rising


def test_who_still_gives_the_old_toll_contests_the_new(claim: MakeClaim) -> None:
    """3 on the 11th and again on the 13th, 5 on the 12th: the first rose, the second stands against it."""
    told = [claim(name, killed=(n, n)) for name, n in (("a", 3), ("b", 5), ("c", 3))]
    found, rising = odd(*told, days={"a": 11, "b": 12, "c": 13})
    assert [{c.a, c.b} for c in found] == [{told[1].id, told[2].id}]
    assert [(c.a, c.b) for c in rising] == [(told[0].id, told[1].id)]


RISEN = [
    ("Governor: three killed. Hospital, Tuesday: risen to five.", "five"),
    ("Governor: three killed. The hospital put it at five, up from three.", "five"),
    ("Governor: three killed. Two more died at night, bringing the toll to five, the hospital said.", "five"),
]


def two_voices(claim: MakeClaim, text: str, figure: str) -> tuple[Claim, Claim]:
    """The claims of a page on which a governor counts three dead, and a hospital five."""
    told = claim("a", killed=(3, 3), voices=("governor",)), claim("a", killed=(5, 5), voices=("hospital",), happening=0)
    at = [Span(text.index(word), text.index(word) + len(word)) for word in ("three", figure)]
    first, second = (
        replace(one, killed=replace(one.killed, evidence=(span,))) for one, span in zip(told, at, strict=True) if one.killed
    )
    return first, second


@pytest.mark.parametrize(("text", "figure"), RISEN, ids=lambda case: case[-40:])
def test_a_toll_told_as_risen_rises_on_one_page(claim: MakeClaim, text: str, figure: str) -> None:
    """A higher figure that its words give as risen contradicts no lower one of the same page, nor of a page of that day."""
    known = {page.document: page for page in pages((make_outcome("a", text, 12), make_outcome("b", "words", 12)))}
    for told in (two_voices(claim, text, figure), (*two_voices(claim, text, figure), claim("b", killed=(3, 3)))):
        found = contradictions(units(told), known)
        assert found.contradictions == ()
        assert [rise.says.rpartition(", ")[2] for rise in found.rising] == ["as risen"]


def test_a_toll_not_told_as_risen_is_contested_on_one_page(claim: MakeClaim) -> None:
    """Two voices of one page with two tolls, neither told as risen; and a lower toll of a day after the risen one."""
    flat = "Governor: three killed. Hospital: five killed."
    text, figure = RISEN[0]
    for words, told in (
        (flat, two_voices(claim, flat, "five")),
        (text, (two_voices(claim, text, figure)[1], claim("b", killed=(3, 3)))),
    ):
        known = {page.document: page for page in pages((make_outcome("a", words, 12), make_outcome("b", "words", 13)))}
        found = contradictions(units(told), known)
        assert (len(found.contradictions), len(found.rising)) == (1, 0)


def test_linking_tells_rising_tolls_apart(claim: MakeClaim) -> None:
    """The incident holds them apart from its contradictions, once the pages are at hand."""
    told = [claim("a", killed=(3, 3)), claim("b", killed=(5, 5))]
    outcomes = [make_outcome("a", "words", 11), make_outcome("b", "words", 12)]
    (incident,) = link(told, (), outcomes)
    assert (len(incident.contradictions), len(incident.rising)) == (0, 1)
    assert (len(link(told)[0].contradictions), len(link(told)[0].rising)) == (1, 0)


def test_days_of_pages_that_may_be_one_do_not_rise(claim: MakeClaim) -> None:
    """A page of the 11th or 12th and one of the 12th may be of one day."""
    first, second = make_outcome("a", "words", 11), make_outcome("b", "words", 12)
    assert first.dating
    first = replace(first, dating=replace(first.dating, published=Interval(date(2024, 5, 11), date(2024, 5, 12))))
    (incident,) = link([claim("a", killed=(3, 3)), claim("b", killed=(5, 5))], (), [first, second])
    assert not incident.rising


def test_the_dead_of_two_sorts_are_no_contradiction(claim: MakeClaim) -> None:
    """Two civilians in the one report and three fighters in the other: both can hold."""

    def counted(report: str, number: int, status: PeopleStatus) -> Claim:
        told = claim(report, killed=(number, number))
        assert told.killed
        return replace(told, killed=replace(told.killed, value=replace(told.killed.value, status=status)))

    civilians, fighters = counted("a", 2, PeopleStatus.CIVILIAN), counted("b", 3, PeopleStatus.COMBATANT)

    assert odd(civilians, fighters) == ((), ())
    assert one(civilians, counted("c", 3, PeopleStatus.UNKNOWN)).field == "killed"
