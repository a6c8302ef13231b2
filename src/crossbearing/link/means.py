"""What sort of means a weapon's words name, so that it shows whether two tellings' means can be the same."""

from __future__ import annotations

from functools import lru_cache

from crossbearing import resources
from crossbearing.words.names import NameIndex

# Means that reports take for one another are one class: a suicide bomber's is a bomb. Those that go with any happening (guns,
# gas) say nothing against another.
_CLASSES = {"air": "air", "shelling": "shelling", "ied": "bomb", "suicide": "bomb", "grenade": "grenade"}
# Words that may mean what came from the air, what was fired and what was laid.
_OPEN = frozenset("bomb bombs missile missiles explosives projectile projectiles explosive device devices".split())


def classes(weapon: str) -> frozenset[str]:
    """What a weapon's words make of it; nothing where they leave it open."""
    return frozenset(found.values[0] for found in _weapons().find(weapon) if found.values)


@lru_cache(maxsize=1)
def _weapons() -> NameIndex[str]:
    table = resources.table("weapons.yml")
    return NameIndex((word, kind) for name, kind in _CLASSES.items() for word in table[name] if word not in _OPEN)
