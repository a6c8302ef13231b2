"""A map never shows a place more finely than the words do."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.claim import Claim
from crossbearing.model.incident import Incident
from crossbearing.publish.geojson import EARTH_KM, WIDEST_POINT_KM, circle, feature, feature_lines, geometry
from crossbearing.publish.records import claim_record, incident_record


def where(latitude: float | None, longitude: float | None, radius_km: float | None) -> dict[str, Any]:
    return {"latitude": latitude, "longitude": longitude, "radius_km": radius_km}


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    east, north, south = math.radians(b[0] - a[0]), math.radians(b[1]), math.radians(a[1])
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def area(ring: list[tuple[float, float]]) -> float:
    """Signed: positive where the ring runs counterclockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def test_a_wide_place_is_an_area(claim: Claim, text: str) -> None:
    """ "Near Velmar" is drawn as a closed polygon, and its centre, radius and precision stand in the properties."""
    found = feature(claim_record(claim, "i1", text))
    (ring,) = found["geometry"]["coordinates"]
    assert found["geometry"]["type"] == "Polygon"
    assert ring[0] == ring[-1]
    assert len(ring) == 33
    assert (found["properties"]["where_radius_km"], found["properties"]["where_precision"]) == (15.0, "near")
    assert (found["properties"]["where_longitude"], found["id"]) == (20.0, claim.id)


def test_a_fine_place_is_a_point() -> None:
    """Up to the widest point a place is a point, longitude first; beyond it an area."""
    assert geometry(where(10.0, 20.0, WIDEST_POINT_KM)) == {"type": "Point", "coordinates": [20.0, 10.0]}
    assert geometry(where(10.0, 20.0, WIDEST_POINT_KM + 0.1))["type"] == "Polygon"  # type: ignore[index]


def test_no_place_is_kept_without_one(incident: Incident) -> None:
    """A record whose place has no point, or that has no place, is a feature with a null geometry."""
    record = incident_record(incident)
    assert feature(record)["geometry"] is None
    assert feature({**record, "where": None})["geometry"] is None


def test_a_collection_is_json(incident: Incident) -> None:
    """None, one or two records make a whole FeatureCollection."""
    for count in (0, 1, 2):
        found = json.loads("".join(feature_lines([incident_record(incident)] * count)))
        assert (found["type"], len(found["features"])) == ("FeatureCollection", count)


@given(st.floats(-60, 60), st.floats(-140, 140), st.floats(5.1, 2000))
def test_a_circle_holds_its_radius(latitude: float, longitude: float, radius: float) -> None:
    """No corner lies nearer than the radius, none far beyond it, and the ring runs counterclockwise."""
    (ring,) = circle((longitude, latitude), radius)
    far = [km((longitude, latitude), corner) for corner in ring]
    assert min(far) >= radius * 0.9999
    assert max(far) <= radius * 1.01
    assert area(ring) > 0


@given(st.floats(-75, 75), st.sampled_from([-180.0, -179.5, 179.5, 180.0]), st.floats(100, 800))
def test_a_circle_across_the_date_line_is_two(latitude: float, longitude: float, radius: float) -> None:
    """A circle that crosses longitude 180 is cut there into two rings that stay on the map and lose no area."""
    rings = circle((longitude, latitude), radius)
    (whole,) = circle((0.0, latitude), radius)
    assert len(rings) == 2
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
    assert math.isclose(sum(area(ring) for ring in rings), area(whole), rel_tol=1e-6)


@pytest.mark.parametrize("latitude", [89.0, -89.0])
def test_a_circle_around_a_pole_is_a_band(latitude: float) -> None:
    """A circle that holds a pole becomes everything from its edge to the pole: coarser, never finer."""
    (ring,) = circle((30.0, latitude), 500)
    assert {x for x, _ in ring} == {-180.0, 180.0}
    assert math.copysign(90.0, latitude) in {y for _, y in ring}
    assert area(ring) > 0
