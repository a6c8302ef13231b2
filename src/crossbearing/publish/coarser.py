"""Later and coarser: what an export may hold back, so that it does no harm. Nothing here ever makes anything finer.

A delay withholds what may have been too lately. Rounding moves a place to a grid, widens its circle by as far as it may have been
moved, and takes away the name that would give back what was rounded off. Both work on the dossier, before any rule sees it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from crossbearing.model.claim import Claim
from crossbearing.model.where import FINENESS, Place, Precision
from crossbearing.publish.book import Excluded
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.sides import country

DEGREE_KM = 111.32
"""Kilometres in a degree of latitude, and the most that there are in one of longitude."""

LAST_ZONE = timedelta(hours=12)
"""A day ends last twelve hours behind UTC."""


@dataclass(frozen=True, slots=True)
class Caution:
    """What a person asked to be held back."""

    delay: timedelta | None = None
    degrees: float | None = None
    """The grid that points are rounded to, in degrees."""


def withheld(dossier: Dossier, delay: timedelta) -> Excluded | None:
    """Why an incident is held back: its last possible day ended less than the delay before the ledger's instant, or has no
    end."""
    latest = dossier.incident.when.latest if dossier.incident.when else None
    if latest is not None:
        over = datetime.combine(latest, time(0), UTC) + timedelta(days=1) + LAST_ZONE
        if over + delay <= dossier.instant:
            return None
    says = f"Held back by the delay: its last possible day is {latest or 'not known'}."
    return Excluded(dossier.incident.id, "export.delay", says, dossier.incident.claims)


def coarsened(dossier: Dossier, degrees: float) -> Dossier:
    """The dossier with every place rounded, and without the words for them."""
    where = dossier.incident.where
    incident = replace(dossier.incident, where=rounded(where, degrees) if where else None)
    claims = tuple(_rounded_claim(claim, degrees) for claim in dossier.claims)
    words: Mapping[tuple[str, str], str] = {key: said for key, said in dossier.words.items() if key[1] != "where"}
    return replace(dossier, incident=incident, claims=claims, words=words)


def _rounded_claim(claim: Claim, degrees: float) -> Claim:
    if claim.where is None:
        return claim
    return replace(claim, where=replace(claim.where, value=rounded(claim.where.value, degrees)))


def rounded(place: Place, degrees: float) -> Place:
    """The place on a grid of so many degrees. A name that is finer than the grid gives way to the division's, or the
    country's."""
    if place.latitude is None or place.longitude is None:
        return place
    moved = degrees * DEGREE_KM * math.sqrt(0.5)
    latitude = max(-90.0, min(90.0, _on_grid(place.latitude, degrees)))
    longitude = (_on_grid(place.longitude, degrees) + 180.0) % 360.0 - 180.0
    wide = replace(place, latitude=latitude, longitude=round(longitude, 6), radius_km=(place.radius_km or 0.0) + moved)
    if FINENESS[place.precision] > FINENESS[Precision.NEAR] and (place.radius_km or 0.0) >= moved:
        return wide
    precision = max(place.precision, Precision.NEAR, key=FINENESS.__getitem__)
    name = place.admin1 or country(place.country).get("name") or "place withheld"
    return replace(wide, id=f"rounded:{latitude:g},{longitude:g}", name=name, precision=precision)


def _on_grid(value: float, step: float) -> float:
    return round(round(value / step) * step, 6)
