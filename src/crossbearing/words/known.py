"""The names that the project's own tables know: armed groups, states, organisations, media, offices; and adjectives of countries.

A reader looks a text over for them in one pass; what they resolve to is worked out later, from the same tables.
Short forms that are only safe as a whole mention ("IS", "AU", "PA") are not looked for in running text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crossbearing import resources
from crossbearing.errors import MissingResource
from crossbearing.words.names import NameIndex, fold

_KINDS = {
    "state": "state",
    "organisation": "organisation",
    "monitor": "organisation",
    "medium": "medium",
    "office": "person-office",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for."""

    id: str
    """`actor:...`, `outlet:...` or `state:XX` (ISO 3166-1 alpha-2)."""
    kind: str
    """`group`, `state`, `organisation`, `medium` or `person-office`."""
    loaded: bool = False
    """Whether the name takes a side."""


def parts(cell: str | None) -> tuple[str, ...]:
    """The names of a table's cell, which are parted by `|`."""
    return tuple(name for name in (piece.strip() for piece in (cell or "").split("|")) if name)


@lru_cache(maxsize=None)
def countries() -> tuple[dict[str, str], ...]:
    """The rows of `countries.csv`; none where that table does not ship."""
    try:
        return resources.rows("countries.csv")
    except MissingResource:
        return ()


@lru_cache(maxsize=None)
def known_names() -> NameIndex[Known]:
    """Every name that is safe to look for in running text."""
    names = {(fold(name), known): (name, known) for name, known in (*_actor_names(), *_outlet_names(), *_state_names())}
    return NameIndex(names.values())


@lru_cache(maxsize=None)
def adjectives() -> NameIndex[str]:
    """Adjectives and peoples' names ("Sudanese", "Ukrainian") to ISO 3166-1 alpha-2."""
    return NameIndex((adjective, row["iso2"]) for row in countries() for adjective in parts(row.get("adjectives")))


@lru_cache(maxsize=None)
def force_words() -> dict[str, str]:
    """Words that make forces after a country's name or adjective ("troops", "air force"), folded, to the branch they mean."""
    table = resources.table("actors.yml")["force_words"]
    return {fold(word): branch for branch, words in table.items() for word in parts(words)}


@lru_cache(maxsize=None)
def sorts() -> dict[str, str]:
    """What the registry says each actor is ("state forces", "rebel group"), by the id that a known name bears."""
    return {f"actor:{row['id']}": row["kind"] for row in resources.table("actors.yml")["actors"]}


_CLIMBS = {"parent": ("parent", "umbrella", "was"), "umbrella": ("umbrella",), "was": ("was",)}
"""Fields of an actor that name those over it, each with the fields by which to go on from there: whoever is a member of a front
does not belong to the state that the front belongs to, and who has a new name has left the old one's masters."""


@lru_cache(maxsize=None)
def above() -> dict[str, frozenset[str]]:
    """For each actor, the actors and states (`state:XX`) over it: what it belongs to, is a member of, or was before."""
    rows = {row["id"]: row for row in resources.table("actors.yml")["actors"]}

    def over(name: str, fields: tuple[str, ...]) -> frozenset[str]:
        row = rows.get(name, {})
        named = [(one, field) for field in fields for one in parts(row.get(field))]
        return frozenset(one for one, _ in named).union(*(over(one, _CLIMBS[field]) for one, field in named))

    return {name: over(name, tuple(_CLIMBS)) for name in rows}


def _actor_names() -> Iterator[tuple[str, Known]]:
    for actor in resources.table("actors.yml")["actors"]:
        kind, key = _KINDS.get(actor["kind"], "group"), actor["id"] if actor["kind"] == "state" else f"actor:{actor['id']}"
        for name in parts(actor.get("aliases")):
            yield name, Known(key, kind)
        for name in parts(actor.get("loaded")):
            yield name, Known(key, kind, loaded=True)


def _outlet_names() -> Iterator[tuple[str, Known]]:
    for outlet in resources.table("outlets.yml")["outlets"]:
        for name in parts(outlet.get("aliases")):
            yield name, Known(f"outlet:{outlet['id']}", "medium")


def _state_names() -> Iterator[tuple[str, Known]]:
    for row in countries():
        for name in (row["name"], *parts(row.get("aliases"))):
            yield name, Known(f"state:{row['iso2']}", "state")
