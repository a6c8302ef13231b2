"""When two names can be of one party: the same entry, one over the other, one state's forces, or words that hold each other."""

from __future__ import annotations

from functools import lru_cache

from crossbearing.model.claim import Actor
from crossbearing.resources import table
from crossbearing.words.known import above
from crossbearing.words.names import fold

_OF_A_STATE = ("state forces", "external/other forces", "state", "organisation")


def related(a: Actor, b: Actor) -> bool:
    """Whether the two can be the same party.

    Two entries of the registry are one party where they are the same entry, where one belongs to the other or came of it
    ("Hamas", "Al-Qassam Brigades"), or where they are two bodies of one state ("US forces", "US Central Command"); words
    that no entry explains are one where all that tells the one stands in the other.
    """
    if a.id and b.id:
        kin = a.id == b.id or a.id in above().get(b.id, ()) or b.id in above().get(a.id, ())
        return kin or bool(a.country and a.country == b.country and _of_a_state(a) and _of_a_state(b))
    x, y = _telling(a.name), _telling(b.name)
    return bool(x and y) and (x <= y or y <= x)


def apart(a: Actor, b: Actor) -> bool:
    """Whether the two are two parties: two entries of the registry that are not kin, or a state and "militias" of any name."""
    if a.id and b.id:
        return not related(a, b)
    kinds = {a.kind.lower(), b.kind.lower()}
    return bool(kinds & ARMED_GROUPS) and bool(kinds & {"state", "state forces", "external/other forces"})


ARMED_GROUPS = frozenset(("rebel group", "political militia", "identity militia"))
"""The kinds of armed parties that are no state's."""


def _of_a_state(actor: Actor) -> bool:
    return actor.kind.lower() in _OF_A_STATE


@lru_cache(maxsize=4096)
def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    kept = (w for w in fold(name).split() if w not in table("parties.yml")["empty"])
    return frozenset(w[:-1] if len(w) > 4 and w.endswith("s") else w for w in kept)
