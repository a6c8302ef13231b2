"""A place is an area until shown otherwise: every place carries the radius within which the words let it lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How finely the words place a happening, finest first."""

    EXACT = "exact"  # a named facility or a spot with coordinates
    TOWN = "town"  # a named town or village
    NEAR = "near"  # near, or so far and so directed from, a named place
    DISTRICT = "district"  # a named area smaller than a first-order division
    ADMIN1 = "admin1"  # a first-order division: province, governorate, state
    REGION = "region"  # part of a country, or across a border
    COUNTRY = "country"


FINE = (Precision.EXACT, Precision.TOWN, Precision.NEAR, Precision.DISTRICT)
"""What sets one happening apart from another."""

COARSE = (Precision.ADMIN1, Precision.REGION, Precision.COUNTRY)

FINENESS = {precision: n for n, precision in enumerate(Precision)}
"""0 for the finest."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the gazetteer, the table of facilities or the words themselves give it."""

    id: str
    """`facility:...`, `geonames:...`, `iso:...`, or `as written:...`."""
    name: str
    precision: Precision
    country: str | None
    """ISO 3166-1 alpha-2, where known. Contested places carry the administering state's claim in the resource, not here."""
    admin1: str | None = None
    latitude: float | None = None
    """WGS 84 degrees; None where only a country is known."""
    longitude: float | None = None
    radius_km: float | None = None
    """The happening lies within this distance of the point, as far as the words go."""

    def km(self, other: Place) -> float | None:
        """Great-circle distance in kilometres (haversine, mean radius 6371 km); None where a point is missing."""
        if self.latitude is None or self.longitude is None or other.latitude is None or other.longitude is None:
            return None
        north, other_north = math.radians(self.latitude), math.radians(other.latitude)
        east = math.radians(other.longitude - self.longitude)
        half = math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
        return 12742 * math.asin(min(1.0, math.sqrt(half)))
