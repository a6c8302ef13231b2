"""What became of the incidents between two drawings: which appeared, which changed and in what, which are gone.

An incident's id is made of its claims and may change with them, so drawings are compared by claims: an incident goes on in the
one that holds the most of its claims now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields

from crossbearing.model.incident import Incident
from crossbearing.model.review import Change

FIELDS = tuple(one.name for one in fields(Incident) if one.name not in ("id", "links", "most_killed", "most_injured"))
"""What is compared. Ids and links are told by other fields, or say only why claims stand together; the greatest number that is
named goes with its figure."""


def changes(before: Sequence[Incident], after: Sequence[Incident]) -> tuple[Change, ...]:
    """The changes from one drawing to another: first what is there now, in its order, then what is gone."""
    then = {claim: incident for incident in before for claim in incident.claims}
    now = {claim: incident for incident in after for claim in incident.claims}
    heir = {old.id: _most(old, now) for old in before}
    went_on: set[str] = set()
    found: list[Change] = []
    for incident in after:
        old = _most(incident, then)
        if old is None or heir[old.id] is not incident:
            found.append(Change("appeared", incident, None, incident.id))
            continue
        went_on.add(old.id)
        if differ := tuple(name for name in FIELDS if _held(old, name) != _held(incident, name)):
            found.append(Change("changed", incident, old.id, incident.id, differ))
    gone = [old for old in before if old.id not in went_on]
    return (*found, *(Change("gone", old, old.id, into.id if (into := heir[old.id]) else None) for old in gone))


def _held(incident: Incident, field: str) -> tuple[object, object]:
    return getattr(incident, field), getattr(incident, f"most_{field}", None)


def _most(incident: Incident, home: dict[str, Incident]) -> Incident | None:
    """The incident that holds the most of another's claims; at a tie the one of the smallest claim."""
    ids = Counter(home[claim].id for claim in incident.claims if claim in home)
    best = ids.most_common(1)[0][0] if ids else None
    return next((home[claim] for claim in incident.claims if claim in home and home[claim].id == best), None)
