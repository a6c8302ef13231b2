"""Classes of the field's code books: never finer than the place or the day that they stand for."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.when import Interval
from crossbearing.model.where import FINENESS, Place, Precision
from crossbearing.publish.precision import acled_when, acled_where, airwars_where, ucdp_when, ucdp_where

NOT_CODED = 99
AIRWARS = ("nearby landmark", "town", "city", "district", "province/governorate", None)


def place(precision: Precision, radius: float | None = None) -> Place:
    return Place("geonames:1", "Kutum", precision, "SD", None, 14.2, 24.7, radius)


@pytest.mark.parametrize(
    ("precision", "radius", "ucdp", "acled", "airwars"),
    [
        (Precision.EXACT, 2.0, 1, 1, "nearby landmark"),
        (Precision.TOWN, 8.0, 1, 1, "town"),
        (Precision.TOWN, 60.0, 3, 2, "district"),
        (Precision.NEAR, 15.0, 2, 2, "city"),
        (Precision.DISTRICT, 40.0, 3, 2, "district"),
        (Precision.ADMIN1, 150.0, 4, 3, "province/governorate"),
        (Precision.REGION, 300.0, 5, 3, None),
        (Precision.COUNTRY, None, 6, None, None),
    ],
)
def test_a_place_has_the_class_of_its_words(precision: Precision, radius: float, ucdp: int, acled: int, airwars: str) -> None:
    """A spot, a town, near one, a district, a province, a part of a country, a country."""
    found = place(precision, radius)
    assert (ucdp_where(found), acled_where(found), airwars_where(found)) == (ucdp, acled, airwars)


@pytest.mark.parametrize(
    ("days", "ucdp", "acled"),
    [(1, 1, 1), (2, 2, 2), (6, 2, 2), (7, 3, 2), (8, 4, 3), (31, 4, 3), (32, 5, None), (366, 5, None), (367, None, None)],
)
def test_an_interval_has_the_class_of_its_length(days: int, ucdp: int | None, acled: int | None) -> None:
    """A day, some days, a week, a month, a year."""
    first = date(2024, 1, 12)
    found = Interval(first, first + timedelta(days=days - 1))
    assert (ucdp_when(found), acled_when(found)) == (ucdp, acled)


def test_an_open_interval_has_no_class() -> None:
    """A code book has no class for what has no end."""
    assert ucdp_when(Interval(date(2024, 1, 1), None)) is None
    assert acled_when(Interval(None, None)) is None


@given(st.sampled_from(Precision), st.sampled_from(Precision), st.floats(0, 500), st.floats(0, 500))
def test_no_class_is_finer_than_its_evidence(one: Precision, other: Precision, near: float, far: float) -> None:
    """Of two places the one that is vaguer in words and in radius has no finer class, in any code book."""
    fine, vague = sorted((one, other), key=FINENESS.__getitem__)
    a, b = place(fine, min(near, far)), place(vague, max(near, far))
    assert ucdp_where(a) <= ucdp_where(b)
    assert (acled_where(a) or NOT_CODED) <= (acled_where(b) or NOT_CODED)
    assert AIRWARS.index(airwars_where(a)) <= AIRWARS.index(airwars_where(b))


@given(st.integers(1, 900), st.integers(1, 900))
def test_no_longer_interval_has_a_finer_class(one: int, other: int) -> None:
    """Days only grow coarser with their number."""
    first = date(2024, 1, 12)
    for shorter, longer in pairwise(Interval(first, first + timedelta(days=n - 1)) for n in sorted((one, other))):
        assert (ucdp_when(shorter) or NOT_CODED) <= (ucdp_when(longer) or NOT_CODED)
        assert (acled_when(shorter) or NOT_CODED) <= (acled_when(longer) or NOT_CODED)
