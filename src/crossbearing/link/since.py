"""What claims say that came after a person set a field, where it cannot hold beside the value that was set.

A person's value stands over whatever comes. So that it does not stand unseen over what they could not know, that is told, until
they set the field again in the light of it. What holds beside the value says nothing against it: a day within the days, "at least
ten" beside twelve, the country beside the town.
"""

from __future__ import annotations

import re
from datetime import date

from crossbearing.link.lineage import FIELDS
from crossbearing.model.claim import Actor, Figure, Status
from crossbearing.model.decision import Decision, FieldValue, Otherwise
from crossbearing.model.incident import Incident
from crossbearing.model.when import Interval
from crossbearing.model.where import Place
from crossbearing.words.known import countries
from crossbearing.words.names import fold

STANDING = {"event_type": "kind"}
"""What a field is called where it is told who stands behind it."""

_FIGURE = re.compile(r"(\d+)(?:(\+)|-(\d+))?")


def otherwise(incident: Incident, by: Decision) -> tuple[Otherwise, ...]:
    """What claims of an incident give that the decision which set a field had not seen, and that cannot hold beside its value."""
    name = STANDING.get(by.field, by.field)
    seen = set(by.subject)
    assert name in FIELDS
    found = []
    for one in incident.standings:
        later = tuple(claim for claim in one.claims if claim not in seen)
        if one.field == name and later and not holds_beside(by.value, one.value):
            found.append(Otherwise(one.value, later))
    return tuple(found)


def holds_beside(value: FieldValue | None, told: str) -> bool:
    """Whether what a claim gives, as a standing writes it, can hold beside what was set. Nothing does beside "not known"."""
    if isinstance(value, Interval):
        return value.meets(_days(told))
    if isinstance(value, Figure):
        return value.allows(_figure(told, value.counted))
    if isinstance(value, Place):
        return fold(told) in _names(value)
    if isinstance(value, Status):
        return told == value.value
    if isinstance(value, tuple):
        return told.casefold() in {(one.name if isinstance(one, Actor) else one).casefold() for one in value}
    return False


def _days(told: str) -> Interval:
    early, dots, late = told.partition("..")
    return Interval(_day(early), _day(late if dots else early))


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written[:1].isdigit() else None


def _figure(told: str, counted: str) -> Figure:
    found = _FIGURE.fullmatch(told)
    if found is None:
        return Figure(None, None, counted)
    low, is_open, high = found.groups()
    return Figure(int(low), None if is_open else int(high or low), counted)


def _names(place: Place) -> set[str]:
    """The place's own name, and the names of what it lies in."""
    rows = [row for row in countries() if row["iso2"] == place.country]
    around = [name for row in rows for name in (row["name"], *row["aliases"].split("|"))]
    return {fold(name) for name in (place.name, place.admin1, *around) if name}
