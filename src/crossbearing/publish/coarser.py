"""Later and coarser: what an export may hold back, so that it does no harm. Nothing here ever makes anything finer.

A delay withholds what may have been too lately, and the review what people have not done with. Rounding moves a place to a
grid, widens its circle by as far as it may have been moved, and takes away the name that would give back what was rounded off.
Both work on the dossier, before any rule sees it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from crossbearing.model.claim import Claim
from crossbearing.model.decision import Setting, State
from crossbearing.model.where import FINENESS, Place, Precision
from crossbearing.publish.book import Excluded
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.records import BETWEEN_WORDS
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
    verified: bool | None = None
    """True for only what people stand behind; None also for what nobody has looked at yet, but not for stubs, for what was sent
    back, and for what people's decisions contest; false for all but what was rejected."""


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


def unready(dossier: Dossier, verified: bool | None) -> Excluded | None:
    """Why the work of people on an incident holds it back, if it does."""
    review = dossier.review
    ids = dossier.incident.claims
    if verified and not review.verified:
        return Excluded(dossier.incident.id, "export.verified", "Nobody stands behind it yet: it is not accepted.", ids)
    if verified is None and review.state in (State.STUB, State.SENT_BACK):
        return Excluded(dossier.incident.id, "export.unready", f"The work on it is not done: {review.state.value}.", ids)
    if verified is None and review.contests:
        return Excluded(dossier.incident.id, "export.contested", "Decisions of people that cannot both hold bear on it.", ids)
    return None


def coarsened(dossier: Dossier, degrees: float) -> Dossier:
    """The dossier with every place rounded, and without the words for them: a quote, a title or a reason that names one is left
    out.

    Addresses stand: they are how a report is found.
    """
    where, review = dossier.incident.where, dossier.review
    spoken = tuple(map(hushed, review.settings))
    bare = replace(review, settings=spoken) if dossier.incident.review else None
    incident = replace(dossier.incident, where=rounded(where, degrees) if where else None, review=bare)
    names = _names(dossier)
    claims = tuple(_rounded_claim(claim, degrees, names) for claim in dossier.claims)
    pages = {key: replace(page, title=_silent(page.title, names)) for key, page in dossier.pages.items()}
    words: Mapping[tuple[str, str], str] = {key: said for key, said in dossier.words.items() if key[1] != "where"}
    return replace(dossier, incident=incident, claims=claims, words=words, pages=pages)


def _names(dossier: Dossier) -> tuple[str, ...]:
    """The names of the places, as the ledger has them and as the reports write them, in lower case."""
    held = [dossier.incident.where, *(claim.where.value for claim in dossier.claims if claim.where)]
    said = [words for (_, field), words in dossier.words.items() if field == "where"]
    written = [piece for words in said for piece in words.split(BETWEEN_WORDS)]
    return tuple({name.lower() for name in (*(place.name for place in held if place), *written) if name})


def _silent(text: str | None, names: tuple[str, ...]) -> str | None:
    return None if text is None or any(name in text.lower() for name in names) else text


def hushed(setting: Setting) -> Setting:
    """What a person set, without the place where it was the place."""
    hidden = replace(setting, value=None, claims_say=None, reason="the place is rounded", otherwise=())
    return hidden if setting.field == "where" else setting


def _rounded_claim(claim: Claim, degrees: float, names: tuple[str, ...]) -> Claim:
    quoted = replace(claim, quote=_silent(claim.quote, names) or "")
    if claim.where is None:
        return quoted
    return replace(quoted, where=replace(claim.where, value=rounded(claim.where.value, degrees)))


FINEST = 1e-6
"""Degrees to which a rounded place is written: no grid is finer."""


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
    step = max(step, FINEST)
    return round(round(value / step) * step, 6)
