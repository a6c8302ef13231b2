"""The table of features: each has its sentence, and its sign is what the sentence says."""

from __future__ import annotations

from made_claims import BASE, FAR, TOWN, MakeClaim

from crossbearing.link.compare import FEATURES, RULES, compare
from crossbearing.link.units import units
from crossbearing.model.claim import Claim


def _compare(a: Claim, b: Claim) -> tuple[bool, str]:
    one, other = units([a, b])
    result = compare(one, other)
    return result.same, " | ".join(result.reasons)


def test_every_feature_and_rule_is_documented() -> None:
    """A reviewer sees the docstrings: none may be missing."""
    assert all((f.__doc__ or "").strip().endswith(".") for f in (*FEATURES, *RULES))


def test_hours_far_apart_forbid(claim: MakeClaim) -> None:
    """00:40 and 19:15 on one day are two strikes."""
    same, why = _compare(claim("a", hour=0), claim("b", hour=19))

    assert not same
    assert "hours" in why


def test_neighbouring_days_need_more_than_the_place(claim: MakeClaim) -> None:
    """A day's difference is possible, but the place alone does not carry it."""
    assert not _compare(claim("a", day=10, kind=("Battles", "Armed clash")), claim("b", day=11, weapon="rocket"))[0]
    assert _compare(claim("a", day=10, by="alpha", on="beta"), claim("b", day=11, by="alpha", on="beta"))[0]


def test_kinds_that_no_one_takes_for_each_other_forbid(claim: MakeClaim) -> None:
    """A protest is no air strike."""
    assert not _compare(claim("a", kind=("Protests", "Peaceful protest")), claim("b"))[0]


def test_reasons_name_the_distance(claim: MakeClaim) -> None:
    """The sentence says how far apart the places lie."""
    assert "km apart" in _compare(claim("a", place=BASE), claim("b", place=FAR))[1]
    assert "within each other's precision" in _compare(claim("a", place=BASE), claim("b", place=TOWN))[1]


def test_other_weapons_weigh_against(claim: MakeClaim) -> None:
    """Drones and mortars differ; "two armed drones" and "drone" do not."""
    assert "same weapons" in _compare(claim("a", weapon="two armed drones"), claim("b", weapon="drone"))[1]
    assert "different weapons" in _compare(claim("a", weapon="mortar shells"), claim("b", weapon="drone"))[1]
