"""From the thing that is meant to the place that the words make of it: near it, north of it, part of it, between two."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from crossbearing.model.where import COARSE, FINENESS, Place, Precision
from crossbearing.resolve.place import toponym
from crossbearing.resolve.place.gazetteer import Candidate, Gazetteer, Kind, apart_km
from crossbearing.resolve.place.spoken_of import PlaceContext, in_context
from crossbearing.resolve.place.toponym import SETTLED, Feature, Relation, Toponym
from crossbearing.words.names import fold

LINES = ("river", "wadi", "canal", "road", "border", "corridor", "line")
"""Features that are drawn as lines: a name of one says nothing of where along it."""
END_UNKNOWN = 30.0  # km: how far from one end it may be where nobody knows the other
FARTHEST_END = 300.0  # km: so far apart the two ends of "between A and B" may lie
AROUND_A_SITE = (Feature.REGION, Feature.DISTRICT, Feature.AROUND, *SETTLED, Feature.QUARTER)


def as_place(c: Candidate) -> Place:
    """A candidate as it stands, with the precision of its kind and at least its radius."""
    precision = {
        Kind.FACILITY: Precision.EXACT, Kind.SITE: Precision.EXACT, Kind.CITY: Precision.TOWN, Kind.ADMIN2: Precision.DISTRICT,
        Kind.ADMIN1: Precision.ADMIN1, Kind.COUNTRY: Precision.COUNTRY,
    }.get(c.kind) or _of_area(c)  # fmt: skip
    admin1 = c.name if c.kind is Kind.ADMIN1 else c.admin1
    least = 25.0 if c.kind is Kind.ADMIN2 else 2.0  # its towns in the table are few, and its villages lie farther out
    return Place(c.id, c.name, precision, c.country, admin1, c.latitude, c.longitude, max(least, c.radius_km))


def _of_area(c: Candidate) -> Precision:
    """How finely an area or a land places: by its reach, and never as a town where it is drawn as a line."""
    if c.radius_km <= 6 and c.kind is Kind.AREA and c.feature not in LINES:
        return Precision.TOWN
    return Precision.DISTRICT if c.radius_km <= 60 else Precision.REGION


def placed(gazetteer: Gazetteer, words: Toponym, c: Candidate, context: PlaceContext) -> tuple[Place, float]:
    """The candidate as the words place the happening by it, and how sure we are."""
    place = as_place(c)
    score = (0.9 if c.exact else 0.6) * (1.0 if len(context.countries) == 0 or in_context(c, context) else 0.8)
    if c.kind in (Kind.CITY, Kind.ADMIN1, Kind.ADMIN2) and words.feature in (Feature.AIRFIELD, Feature.SITE):
        reach = 15.0 if words.feature is Feature.AIRFIELD else 20.0  # an airport serves the town it is named after
        place = replace(place, precision=Precision.NEAR, radius_km=max(reach, 2 * c.radius_km))
        if fold(words.full) not in (fold(words.core), fold(c.name)):  # "the airport of Hodeidah" has the town's name alone
            place = replace(place, name=f"{words.full} (near {c.name})")
        score *= 0.8
    elif words.feature in AROUND_A_SITE and c.kind in (Kind.FACILITY, Kind.SITE):  # "the al-Tanf area"
        place = replace(place, precision=Precision.NEAR, radius_km=max(20.0, c.radius_km))
    elif words.feature is Feature.AROUND and c.kind is Kind.CITY:
        place = replace(place, precision=Precision.NEAR, radius_km=max(25.0, c.radius_km))
    elif words.feature in (Feature.DISTRICT, Feature.REGION) and (c.kind is Kind.CITY or c.is_listed_town):
        place = replace(place, precision=Precision.DISTRICT, radius_km=25.0)
    if words.relation is Relation.BETWEEN:
        if other := _other_end(gazetteer, words, c):
            return _between(place, other), score * 0.8
        reach = max(END_UNKNOWN, place.radius_km or 0.0)
        return replace(place, name=near(place.name), precision=_no_finer(place, Precision.NEAR), radius_km=reach), score * 0.6
    return related(words, place, c), score


def _other_end(gazetteer: Gazetteer, words: Toponym, c: Candidate) -> Candidate | None:
    """The other end of "between A and B": of the bearers of its name within 300 km the greatest, a power of ten of people
    weighing as much as 100 km."""
    found = [o for o in gazetteer.candidates(words.other) if o.id != c.id]
    if c.kind is Kind.COUNTRY:
        return next((o for o in found if o.kind is Kind.COUNTRY), None)
    near = [o for o in found if o.kind is not Kind.COUNTRY and apart_km(c, o) < FARTHEST_END]
    # A capital or a great town gives its name to a road before the village next door does.
    return max(near, key=lambda o: (o.exact, math.log10(o.population + 100) - apart_km(c, o) / 100, o.id), default=None)


def _no_finer(place: Place, precision: Precision) -> Precision:
    """The coarser of a place's precision and another."""
    return max(place.precision, precision, key=FINENESS.__getitem__)


def near(name: str) -> str:
    return name if "(near " in name or name.startswith("near ") else f"near {name}"


def related(words: Toponym, place: Place, c: Candidate) -> Place:
    """The place moved and widened as the relation says."""
    reach = place.radius_km or 5.0
    wide = place.precision in COARSE
    if words.relation is Relation.PART:
        return _part(words, place, reach) if wide else place
    if words.relation in (Relation.AT, Relation.BETWEEN) or (wide and words.relation is not Relation.FROM):
        return place
    if words.relation is Relation.EDGE:
        moved = _moved(place, words.bearing, reach) if words.bearing is not None else place
        return replace(moved, name=f"outskirts of {c.name}", precision=Precision.NEAR, radius_km=max(12.0, 2 * reach))
    if words.relation is Relation.NEAR:
        # "Near" a base is a few km, near a town a score of them: 15 and 20 hold 9 in 10 of what analysts mean by it.
        return replace(place, name=near(place.name), precision=Precision.NEAR, radius_km=max(15.0 if reach <= 5 else 20.0, reach))
    if words.distance_km is not None:
        if words.bearing is None:
            return replace(place, name=near(place.name), precision=Precision.NEAR, radius_km=words.distance_km + reach)
        moved = _moved(place, words.bearing, words.distance_km)
        return replace(
            moved,
            name=f"{words.distance_km:.3g} km from {place.name}",
            precision=Precision.NEAR,
            radius_km=max(5.0, 0.35 * words.distance_km),
        )
    if words.bearing is None:
        return place
    shift = reach if wide else max(5.0, reach)
    moved = _moved(place, words.bearing, shift)
    precision = Precision.REGION if wide else Precision.NEAR
    name = f"{_compass(words.bearing)} of {place.name}"
    return replace(moved, name=name, precision=precision, radius_km=max(15.0, 1.2 * reach))


def _part(words: Toponym, place: Place, reach: float) -> Place:
    """The north, the east, the centre of a wide place: moved half its radius, and three fifths as wide."""
    moved = _moved(place, words.bearing, reach / 2) if words.bearing is not None else place
    finer = Precision.REGION if place.precision in (Precision.COUNTRY, Precision.REGION) else Precision.ADMIN1
    return replace(moved, name=f"{words.direction} {place.name}", precision=finer, radius_km=round(0.6 * reach, 1))


def _between(place: Place, other: Candidate) -> Place:
    """Half way between two places, as far as either end."""
    end = as_place(other)
    if place.latitude is None or place.longitude is None or end.latitude is None or end.longitude is None:
        return place
    reach = round((place.km(end) or 0.0) / 2 + 5.0, 1)
    return replace(
        place, name=f"between {place.name} and {end.name}",
        precision=Precision.NEAR if reach <= 30 else Precision.DISTRICT if reach <= 60 else Precision.REGION,
        latitude=round((place.latitude + end.latitude) / 2, 4), longitude=round((place.longitude + end.longitude) / 2, 4),
        radius_km=reach, country=place.country if place.country == end.country else None,
        admin1=place.admin1 if place.admin1 == end.admin1 else None,
    )  # fmt: skip


def _moved(place: Place, bearing: float | None, km: float) -> Place:
    """The place moved so many km in a direction (flat earth: right to 1 % below 300 km and 70 degrees)."""
    if bearing is None or place.latitude is None or place.longitude is None:
        return place
    north = km * math.cos(math.radians(bearing)) / 111.2
    east = km * math.sin(math.radians(bearing)) / (111.2 * max(0.1, math.cos(math.radians(place.latitude))))
    return replace(place, latitude=round(place.latitude + north, 4), longitude=round(place.longitude + east, 4))


_OFF = re.compile(
    r" (?:just |far )?off (?:the (?:\w+ )?coasts? of )?(?:(?:north|south|east|west)\w* )?"
    r"(?P<land>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
OFFSHORE_KM = 300.0
"""So far beyond a country what is off it lies at most."""


def off_coast(gazetteer: Gazetteer, text: str, end: int, sea: Place) -> Place:
    """A wide sea as far as it lies off the country that the words behind it name: "in the Pacific off Peru"."""
    off = _OFF.match(text, end)
    named = gazetteer.candidates(off["land"]) if off else ()
    land = next((c for c in named if c.kind is Kind.COUNTRY and c.exact), None)
    if land is None or land.radius_km + OFFSHORE_KM >= (sea.radius_km or 0.0):
        return sea
    name, radius = f"{sea.name} off {land.name}", land.radius_km + OFFSHORE_KM
    return replace(sea, name=name, latitude=land.latitude, longitude=land.longitude, radius_km=radius)


def _compass(bearing: float) -> str:
    return min(toponym.BEARINGS, key=lambda word: abs(toponym.BEARINGS[word] - bearing))
