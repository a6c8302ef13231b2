"""Records on a map (GeoJSON, RFC 7946): an area is drawn as an area, and a record without a place is kept without one.

A pin says "here". Where the words only say "near", or name a province, the feature is the circle within which they
let it lie. The centre and the radius stand in the properties too, for whoever wants to draw it otherwise.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from crossbearing.publish.records import Record
from crossbearing.publish.tabular import flatten

WIDEST_POINT_KM = 5.0
"""Up to this radius a place is drawn as a point: about the size of a town, the finest that most reports give."""

CORNERS = 32
"""Of the polygon that stands for a circle. It is drawn around the circle, so that it holds all of it."""

EARTH_KM = 6371.0
"""Mean radius, as for the distances of the model."""

DIGITS = 5
"""Decimals of a degree in a corner of a polygon: about a metre."""

Position = tuple[float, float]
"""Longitude, latitude, in degrees: GeoJSON's order."""


def feature_lines(records: Iterable[Record]) -> Iterator[str]:
    """A FeatureCollection, one feature a line."""
    yield '{"type": "FeatureCollection", "features": [\n'
    between = ""
    for record in records:
        yield between + json.dumps(feature(record), ensure_ascii=False, allow_nan=False)
        between = ",\n"
    yield "\n]}\n"


def feature(record: Record) -> Record:
    """One claim's or incident's record as a feature; its properties are the flattened record."""
    return {"type": "Feature", "id": record["id"], "geometry": geometry(record["where"]), "properties": flatten(record)}


def geometry(where: Record | None) -> Record | None:
    """A point up to `WIDEST_POINT_KM`, else the area; None where the record has no place or no point on it."""
    if where is None or where["latitude"] is None or where["longitude"] is None:
        return None
    centre = (where["longitude"], where["latitude"])
    radius = where["radius_km"] or 0.0
    if radius <= WIDEST_POINT_KM:
        return {"type": "Point", "coordinates": list(centre)}
    rings = circle(centre, radius)
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": [_closed(rings[0])]}
    return {"type": "MultiPolygon", "coordinates": [[_closed(ring)] for ring in rings]}


def circle(centre: Position, radius_km: float) -> list[list[Position]]:
    """The rings that hold every point within the radius: one, or two where the circle crosses longitude 180.

    Rings run counterclockwise, and are not closed. A circle around a pole becomes the band from its lowest latitude up.
    """
    angle = min(radius_km / EARTH_KM, math.pi / 3)
    outer = math.atan(math.tan(angle) / math.cos(math.pi / CORNERS))
    if abs(centre[1]) + math.degrees(outer) >= 90:
        return [_cap(centre[1], math.degrees(outer))]
    ring = [_step(centre, outer, -2 * math.pi * corner / CORNERS) for corner in range(CORNERS)]
    if all(-180 <= x <= 180 for x, _ in ring):
        return [ring]
    turn = 360.0 if min(x for x, _ in ring) < -180 else -360.0
    shifted = [(x + turn, y) for x, y in ring]
    return [part for part in (_within(ring), _within(shifted)) if part]


def _step(centre: Position, angle: float, bearing: float) -> Position:
    """The point that lies so far (in radians of arc) from the centre, bearing clockwise from north; longitude not wrapped."""
    east, north = math.radians(centre[0]), math.radians(centre[1])
    to_north = math.asin(math.sin(north) * math.cos(angle) + math.cos(north) * math.sin(angle) * math.cos(bearing))
    to_east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(north), math.cos(angle) - math.sin(north) * math.sin(to_north)
    )
    return (math.degrees(east + to_east), math.degrees(to_north))


def _cap(latitude: float, degrees: float) -> list[Position]:
    if latitude > 0:
        return [(-180.0, latitude - degrees), (180.0, latitude - degrees), (180.0, 90.0), (-180.0, 90.0)]
    return [(-180.0, -90.0), (180.0, -90.0), (180.0, latitude + degrees), (-180.0, latitude + degrees)]


def _within(ring: list[Position]) -> list[Position]:
    """The part of a ring between longitude -180 and 180."""
    return _cut(_cut(ring, 180.0, 1), -180.0, -1)


def _cut(ring: list[Position], edge: float, side: int) -> list[Position]:
    """The part of a ring on the inner side of a meridian (Sutherland and Hodgman)."""
    kept: list[Position] = []
    for (x0, y0), (x1, y1) in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        inside0, inside1 = (x0 - edge) * side <= 0, (x1 - edge) * side <= 0
        if inside0 != inside1:
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
        if inside1:
            kept.append((x1, y1))
    return kept


def _closed(ring: list[Position]) -> list[list[Any]]:
    """A ring as GeoJSON writes it: rounded, its first corner again at its end."""
    corners = [[round(x, DIGITS), round(y, DIGITS)] for x, y in ring]
    return [*corners, corners[0]]
