"""Candidates: no pair whose fields agree and that compares as one happening is left out; nor one of the same rare words."""

from __future__ import annotations

import inspect
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_claims import BASE, COUNTRY, FAR, STEP, TOWN, MakeClaim, make_claim

import crossbearing.link.compare as compare_module
from crossbearing.link.candidates import candidates, dated
from crossbearing.link.compare import APART, MOST_DAYS_APART, RULES, compare, days_state, places, score, start, weights
from crossbearing.link.incidents import link
from crossbearing.link.units import Unit, units
from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status, claim_id
from crossbearing.model.mention import Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.model.where import Place, Precision

# Values lie close together and at the edges of the grids: poles, the date line, radii as wide as a cell, points not known.
_latitudes = st.sampled_from((None, -90.0, -89.9, 0.0, 0.2, 0.45, 36.0, 36.22, 36.6, 89.9, 90.0)) | st.floats(-90, 90)
_longitudes = st.sampled_from((None, -180.0, -179.8, 0.0, 0.2, 0.45, 41.0, 41.3, 179.9, 180.0)) | st.floats(-180, 180)
_radii = st.sampled_from((None, 0.0, 4.0, 12.5, 25.0, 25.1, 100.0, 400.0, 1600.0, 7000.0, 25_000.0)) | st.floats(0, 500)
_places = st.builds(
    Place, st.sampled_from(("p:1", "p:2", "p:3", "p:4")), st.just("Place"), st.sampled_from(Precision),
    st.sampled_from((None, "XA", "XB")), st.none(), _latitudes, _longitudes, _radii,
)  # fmt: skip
_clocks = st.sampled_from((None, None, Clock(time(1), time(2), ClockKind.WINDOW), Clock(time(23), time(3), ClockKind.WINDOW)))
_first = date(2024, 5, 10)
_whens = st.builds(
    lambda start, more, clock: Interval(_first + timedelta(start), _first + timedelta(start + more), clock),
    st.integers(0, 6), st.sampled_from((0, 0, 0, 1, 3, 5, 40)), _clocks,
)  # fmt: skip
_near_whens = st.sampled_from(
    [Interval(_first, _first + timedelta(n)) for n in (0, 0, 0, 1, 3, 5)] + [Interval.day(_first + timedelta(1))]
)
_open = st.sampled_from((Interval(None, None), Interval(_first, None), Interval(None, _first)))
ALPHA, BETA = Actor("alpha", "a:alpha", "alpha", "rebel group"), Actor("beta", "a:beta", "beta", "state forces", "XA")
_actors = st.sampled_from(
    (
        ALPHA,
        BETA,
        Actor("gamma", "a:gamma", "gamma", "state", "XA"),
        Actor("hill militia", None, "hill militia"),
        Actor("militia", None, "militia"),
    )
)
STRIKE = ("Explosions/Remote violence", "Air/drone strike")
_kinds = st.sampled_from(
    (
        STRIKE,
        ("Battles", "Armed clash"),
        ("Protests", "Peaceful protest"),
    )
)
_figures = st.sampled_from((None, Figure(0, 0, "killed"), Figure(3, 3, "killed"), Figure(2, None, "killed")))
_statuses = st.sampled_from((Status.HAPPENED, Status.HAPPENED, Status.FOILED, Status.DENIED, Status.PLANNED))
_few_actors = st.lists(_actors, max_size=1).map(tuple)


def _stated(value: object) -> Stated[object]:
    return Stated(value, (Span(0, 4),), STEP)


def _mostly(usual: st.SearchStrategy, other: st.SearchStrategy) -> st.SearchStrategy:
    """The usual in four cases of five: tellings that differ in all have nothing to lose."""
    return st.integers(0, 4).flatmap(lambda n: other if n == 4 else usual)


@st.composite
def _claims(draw: st.DrawFn, document: str) -> Claim:
    """A claim of a document: much the same as others, and now and then nothing like them."""
    kind, happening = draw(_mostly(st.just(STRIKE), _kinds)), draw(_mostly(st.just(0), st.just(1)))
    when = draw(_mostly(_near_whens | _near_whens | st.none(), _whens))
    place = draw(_mostly(st.sampled_from((BASE, TOWN, COUNTRY)), st.none() | _places))
    killed, ordinal = draw(_figures), draw(st.sampled_from((None, None, 1, 2)))
    by, on = (draw(_mostly(few, _few_actors)) for few in (st.sampled_from(((), (ALPHA,))), st.sampled_from(((), (BETA,)))))
    return Claim(
        claim_id(document, Span(0, 4), STEP, happening, ()), document, document, document, "words", Span(0, 5),
        ClaimRole.MAIN, draw(_mostly(st.just(Status.HAPPENED), _statuses)), *kind, Stance.ASSERTS, STEP,
        when=_stated(when) if when else None, where=_stated(place) if place else None,
        perpetrators=tuple(map(_stated, by)), targets=tuple(map(_stated, on)),
        weapons=draw(st.sampled_from(((), (_stated("drone"),)))), killed=_stated(killed) if killed else None,
        happening=happening, ordinal=_stated(ordinal) if ordinal else None,
    )  # fmt: skip


_ledgers = st.lists(st.sampled_from("abcdefgh").flatmap(_claims), min_size=3, max_size=12, unique_by=lambda c: c.id)


def _same_plainly(told: Sequence[Unit]) -> set[tuple[int, int]]:
    """The pairs that are of one happening by their fields, by a look at every two: both dated or both undated, and alike."""
    every = ((i, j) for j in range(len(told)) for i in range(j) if dated(told[i]) == dated(told[j]))
    return {(i, j) for i, j in every if compare(told[i], told[j]).same and _meet(told[i], told[j])}


def _meet(a: Unit, b: Unit) -> bool:
    """Whether both name a place, and neither their days nor their places lie apart."""
    if a.where is None or b.where is None:
        return False
    if not dated(a):
        return a.where.id == b.where.id
    if not (a.when and b.when) or a.when.gap(b.when) > MOST_DAYS_APART:
        return False
    return not any(one.state in (*APART, "places/same name") for one in places(a, b))


def _never_lost(told: Sequence[Unit]) -> None:
    found = list(candidates(told))
    assert len(found) == len(set(found)), "a pair comes once"
    assert all(i < j for i, j in found)
    assert _same_plainly(told) <= set(found)


@settings(max_examples=200, deadline=None)
@given(claims=_ledgers)
def test_blocking_loses_no_pair_that_compares_as_one(claims: list[Claim]) -> None:
    """Whatever the days, places, radii, parties and kinds: what `compare` calls one happening is a candidate."""
    _never_lost(units(claims))


@settings(max_examples=200, deadline=None)
@given(
    one=_places,
    other=_places,
    when=_whens | _open,
    later=_whens | _open,
    killed=st.booleans(),
)
@example(
    one=Place("p:1", "P", Precision.COUNTRY, None, None, 0.0, 179.9, 400.0),
    other=Place("p:2", "P", Precision.COUNTRY, None, None, 0.0, -173.0, 400.0),
    when=Interval.day(_first),
    later=Interval.day(_first),
    killed=True,
)
@example(
    one=Place("p:1", "P", Precision.TOWN, None, None, 10.0, 10.0, 5.0),
    other=Place("p:1", "P", Precision.TOWN, None, None, -10.0, 100.0, 5.0),
    when=Interval.day(_first),
    later=Interval.day(_first + timedelta(1)),
    killed=True,
)
def test_no_place_and_no_day_is_an_edge(one: Place, other: Place, when: Interval, later: Interval, killed: bool) -> None:
    """Two tellings that have all else in common meet wherever on the globe they lie, and whenever."""
    figures = (Figure(3, 3, "killed"),) if killed else ()
    _never_lost(
        [
            replace(units([make_claim(document)])[0], when=days, where=place, doers=(ALPHA,), weapons=("drone",), killed=figures)
            for document, place, days in (("a", one, when), ("b", other, later))
        ]
    )


@settings(max_examples=200, deadline=None)
@given(claims=_ledgers)
def test_a_score_is_the_same_from_either_side(claims: list[Claim]) -> None:
    """What two tellings have in common does not depend on which comes first; `score` is `compare` without its sentences."""
    told = units(claims)

    for a in told:
        for b in told:
            assert compare(a, b).score == compare(b, a).score
            assert all((rule(a, b) is None) == (rule(b, a) is None) for rule in RULES)
            if not compare(a, b).forbidden:
                assert abs(score(a, b) - compare(a, b).score) < 0.001


def test_every_state_that_a_feature_finds_has_a_weight() -> None:
    """The table names the features' states and no others: one that is misspelt would weigh nothing."""
    source = inspect.getsource(compare_module)
    told = set(re.findall(r'"([a-z]+/[a-z ]+)"', source))
    told |= {days_state(gap, longest) for gap in (0, 1, 2, 5, 20, 90) for longest in (1, 3, 9, 99)}
    told |= {f"published/{state.partition('/')[2]}" for state in (days_state(gap, 1) for gap in (2, 5, 20, 90))}

    assert told == set(weights())
    assert start() < 0


@settings(max_examples=100, deadline=None)
@given(claims=_ledgers, seed=st.integers(0, 999))
def test_the_order_of_any_claims_changes_nothing(claims: list[Claim], seed: int) -> None:
    """Shuffled claims give the same incidents, with the same links and contradictions."""
    assert link(claims) == link(random.Random(seed).sample(claims, len(claims)))


def test_places_far_apart_are_no_candidates(claim: MakeClaim) -> None:
    """Two bases in two corners of a country are never compared, nor is what lies days apart."""
    assert not list(candidates(units([claim("a", place=BASE), claim("b", place=FAR)])))
    assert not list(candidates(units([claim("a", day=10), claim("b", day=14)])))
    assert list(candidates(units([claim("a", place=BASE), claim("b", place=TOWN)]))) == [(0, 1)]


def test_what_tells_too_little_is_no_candidate(claim: MakeClaim) -> None:
    """Two strikes of no place and no day have nothing by which they could be known for one."""
    assert not list(candidates(units([claim(r, day=None, place=None, by="alpha") for r in "abc"])))


def test_pairs_grow_with_the_ledger_not_with_its_square(claim: MakeClaim) -> None:
    """Four times the days have about four times the pairs: a claim's candidates are those of its days and place."""
    towns = [Place(f"p:{n}", f"P{n}", Precision.TOWN, None, None, 30.0 + n % 5, 40.0 + n // 5, 5.0) for n in range(25)]

    def pairs(days: int) -> int:
        dice = random.Random(3)
        claims = [claim(f"r{n}", place=dice.choice(towns)) for n in range(20 * days)]
        dated = [replace(c, when=_stated(Interval.day(_first + timedelta(n // 20)))) for n, c in enumerate(claims)]
        return sum(1 for _ in candidates(units(dated)))

    assert pairs(15) > 20 * 15
    assert pairs(60) < 4.5 * pairs(15)
