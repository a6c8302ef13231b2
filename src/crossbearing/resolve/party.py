"""When two names can be of one party: the same entry, one within the other, or words that do not exclude each other."""

from __future__ import annotations

from crossbearing.model.claim import Actor
from crossbearing.words.names import fold

_EMPTY = frozenset(
    "the of in and for a an its his group groups fighters fighter militants militant forces force suspected unidentified unknown armed men gunmen".split()
)


def related(a: Actor, b: Actor) -> bool:
    """Whether the two can be the same party. Two entries of the registry are one only where they are the same or kin by name."""
    if a.id and b.id:
        return a.id == b.id or bool(a.country and a.country == b.country and _family(a) == _family(b) == "state")
    x, y = _words(a), _words(b)
    return bool(x and y) and (x <= y or y <= x)


def _family(actor: Actor) -> str:
    return "state" if actor.kind in ("State forces", "External/Other forces", "state", "organisation") else actor.kind


def _words(actor: Actor) -> frozenset[str]:
    return frozenset(fold(actor.name).split()) - _EMPTY
