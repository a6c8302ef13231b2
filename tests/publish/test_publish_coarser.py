"""Later and coarser: a delay withholds, rounding moves and widens, and neither gives anything back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.where import FINENESS, Place, Precision
from crossbearing.publish.coarser import coarsened, rounded, withheld
from tests.publish.made_dossiers import dossier

places = st.builds(
    Place,
    st.just("geonames:1"),
    st.just("Velmar"),
    st.sampled_from(Precision),
    st.sampled_from(["AD", None]),
    st.sampled_from(["Coast", None]),
    st.floats(-89, 89),
    st.floats(-180, 180),
    st.floats(0, 900),
)


@given(place=places, degrees=st.sampled_from([0.01, 0.1, 0.5, 1.0]))
def test_the_old_circle_lies_within_the_new_one(place: Place, degrees: float) -> None:
    """Wherever the happening may have been, the rounded place still allows it."""
    moved = place.km(rounded(place, degrees))
    assert moved is not None
    assert (rounded(place, degrees).radius_km or 0) >= moved + (place.radius_km or 0) - 1e-6


@given(place=places, degrees=st.sampled_from([0.1, 0.5, 1.0]))
def test_rounding_is_never_finer(place: Place, degrees: float) -> None:
    """Precision only grows coarser, and the point lies on the grid."""
    made = rounded(place, degrees)
    assert FINENESS[made.precision] >= max(FINENESS[place.precision], FINENESS[Precision.NEAR])
    assert abs((made.latitude or 0) / degrees - round((made.latitude or 0) / degrees)) < 1e-6 or abs(made.latitude or 0) == 90


@pytest.mark.parametrize("precision", [Precision.EXACT, Precision.TOWN, Precision.NEAR])
def test_a_name_that_would_give_it_back_is_left_out(precision: Precision) -> None:
    """A spot or a town loses its name and its id to the division that it lies in."""
    made = rounded(Place("geonames:1", "Velmar", precision, "AD", "Coast", 10.03, 20.04, 2.0), 0.1)
    assert (made.name, made.latitude, made.longitude) == ("Coast", 10.0, 20.0)
    assert "geonames" not in made.id


def test_a_name_that_is_coarser_than_the_grid_stays() -> None:
    """A province is wider than a tenth of a degree, and keeps its name."""
    made = rounded(Place("admin:1", "Coast", Precision.ADMIN1, "AD", "Coast", 10.03, 20.04, 120.0), 0.1)
    assert (made.name, made.precision) == ("Coast", Precision.ADMIN1)


def test_a_place_without_a_point_stays() -> None:
    """There is nothing to round."""
    place = Place("iso:AD", "Andorra", Precision.COUNTRY, "AD")
    assert rounded(place, 0.1) is place


def test_the_words_for_the_place_are_left_out() -> None:
    """Words would say what the rounding takes away."""
    words = {"where": "behind the school in Velmar", "when": "on Friday"}
    title = "Three die BEHIND THE SCHOOL in Velmar"
    made = coarsened(dossier({"claims": [{"killed": 3, "words": words, "title": title}]}), 0.1)
    assert list(made.words) == [("c1", "when")]
    assert (made.claims[0].quote, made.pages["d1"].title) == ("Words 1", None)
    assert made.claims[0].where
    assert made.claims[0].where.value.precision is Precision.NEAR


@pytest.mark.parametrize(
    ("days", "hours", "held"),
    [
        ("2024-05-29", 24, False),  # over on the 30th at noon, UTC
        ("2024-05-29", 48, False),
        ("2024-05-29", 49, True),
        ("2024-05-20..2024-05-31", 0, False),  # the last day is just over everywhere
        ("2024-05-20..2024-05-31", 1, True),
        ("2024-05-20..", 24, True),
        ("none", 24, True),
    ],
)
def test_a_delay_counts_from_the_end_of_the_last_possible_day(days: str, hours: int, held: bool) -> None:
    """The ledger's instant is noon of 1 June, UTC; a day is over twelve hours after it is in UTC; no end is never over."""
    found = withheld(dossier({"claims": [{"days": days}]}), timedelta(hours=hours))
    assert (found is not None) is held
    if found:
        assert found.claims == ("c1",)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 30))
def test_a_longer_delay_never_shows_more(one: int, other: int, day: int) -> None:
    """What a delay holds back, a longer one holds back too."""
    made = dossier({"claims": [{"days": f"2024-05-{day + 1:02}"}]})
    short, long = sorted((one, other))
    assert withheld(made, timedelta(hours=short)) is None or withheld(made, timedelta(hours=long)) is not None


def test_a_grid_finer_than_what_is_written_moves_nothing() -> None:
    """The smallest number there is, as a grid, leaves a point where it is."""
    town = Place("made:1", "Town", Precision.TOWN, "AD", None, 42.123456, 1.654321, 5.0)
    moved = rounded(town, 5e-324)
    assert (moved.latitude, moved.longitude) == (42.123456, 1.654321)
