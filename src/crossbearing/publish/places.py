"""What the code books ask of a place beyond its precision: whether it lies at sea or along a line, and the point that stands
for it."""

from __future__ import annotations

from functools import lru_cache

from crossbearing.model.where import Place
from crossbearing.resources import rows

AT_SEA = ("sea", "strait")
"""Kinds of areas that are waters between countries; a lake or a canal is part of a country."""

LINES = ("river", "wadi", "canal", "road", "border", "corridor", "line")
"""Kinds of areas that are drawn as lines: a name of one says nothing of where along it."""

DIGITS = 4
"""Decimals of a degree in an export: some ten metres, ACLED's number."""


@lru_cache(maxsize=1)
def _features() -> dict[str, str]:
    return {f"area:{row['id']}": row["kind"] for row in rows("areas.csv")}


def feature(place: Place) -> str | None:
    """What sort of area a place is by its own name (`sea`, `river`, `region`); None for what is no named area."""
    return _features().get(place.id)


def on_a_line(place: Place) -> bool:
    """Whether its name is that of a line."""
    return feature(place) in LINES


def at_sea(place: Place) -> bool:
    """Whether its name is that of a sea or a strait."""
    return feature(place) in AT_SEA


def coordinates(place: Place) -> tuple[float, float] | None:
    """Latitude and longitude in degrees (WGS 84), to `DIGITS`; None where the place has no point."""
    if place.latitude is None or place.longitude is None:
        return None
    return round(place.latitude, DIGITS), round(place.longitude, DIGITS)
