"""Who goes back to whom: the reports of one incident, folded where they share a root.

Ten outlets that carry one statement are one lineage. Reports fold where they name the same speaker, where one carries
the other, or where their words are the same; each fold says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from crossbearing.link.units import Unit
from crossbearing.model.claim import Status, Voice
from crossbearing.model.incident import Lineage
from crossbearing.words.names import fold

# Share of the shorter quote's three-word runs from which two quotes are the same words. Wire copy that an editor cut and
# turned about keeps three runs in five; two reporters on one strike share names and little more.
SAME_WORDS = 0.6
# Speakers that are many people: two reports that cite "a security source" need not have the same one.
_UNNAMED = re.compile(
    r"\b(?:sources?|officials?|witness(?:es)?|eyewitness(?:es)?|residents?|media|reports?|people|locals?|authorities|police|activists?|medics?|doctors?|villagers?|spokes\w+)\b",
    re.I,
)


def lineages(units: Sequence[Unit]) -> tuple[Lineage, ...]:
    """The lineages of one incident's tellings, in the order of their first claim."""
    units = [side for unit in units for side in _sides(unit)]
    root = list(range(len(units)))
    because: dict[int, str] = {}
    names: dict[int, str] = {}
    for i, a in enumerate(units):
        for j in range(i):
            if units[j].document == a.document and units[j].happening == a.happening:
                continue
            if (shared := shared_root(units[j], a)) and root[i] != root[j]:
                old, new = max(root[i], root[j]), min(root[i], root[j])
                names.setdefault(new, shared.name or _speaker(units[new]) or units[new].report)
                because.setdefault(new, shared.reason)
                root = [new if r == old else r for r in root]
    return tuple(
        Lineage(
            names.get(r) or _speaker(units[r]) or units[r].report,
            tuple(sorted(c.id for i, u in enumerate(units) if root[i] == r for c in u.claims)),
            because.get(r, "stands alone"),
        )
        for r in sorted(set(root))
    )


def _sides(unit: Unit) -> list[Unit]:
    """A telling, with those who deny it apart from those who tell it: a denial is no copy of what it denies."""
    denials = tuple(c for c in unit.claims if c.status is Status.DENIED and c.chain and c.chain[-1].value.kind == "claimant")
    rest = tuple(c for c in unit.claims if c not in denials)
    told = any(c.status is Status.HAPPENED for c in rest)
    return [replace(unit, claims=rest), replace(unit, claims=denials)] if denials and told else [unit]


class Root(NamedTuple):
    """Why two tellings go back to one root, and whose it is where it has a name."""

    reason: str
    name: str | None = None


def shared_root(a: Unit, b: Unit) -> Root | None:
    """Why two tellings go back to one root; None where nothing says so."""
    x, y = _voices(a), _voices(b)
    mine, theirs = ({fold(v.name): v for v in side if v.kind == "claimant" and _named(v)} for side in (x, y))
    if common := sorted(mine.keys() & theirs.keys()):
        return Root(f"both go back to {mine[common[0]].name}", mine[common[0]].name)
    media_x, media_y = ({fold(v.name): v for v in side if v.kind != "claimant"} for side in (x, y))
    if common := sorted(media_x.keys() & media_y.keys()):
        return Root(f"both go back to {media_x[common[0]].name}", media_x[common[0]].name)
    if max((same_words(p.quote, q.quote) for p in a.claims for q in b.claims), default=0.0) >= SAME_WORDS:
        return Root("they use the same words")
    return None


def same_words(a: str, b: str) -> float:
    """The share of the shorter quote's three-word runs that stand in the other, 0 to 1; fewer than eight words say nothing."""
    x, y = _runs(a), _runs(b)
    return len(x & y) / min(len(x), len(y)) if len(x) >= 6 and len(y) >= 6 else 0.0


def _named(voice: Voice) -> bool:
    """Whether the name tells one speaker from others: "Alpha Front" does, "a security source" and "committee" do not."""
    return not _UNNAMED.search(voice.name) and any(c.isupper() for c in voice.name)


@lru_cache(maxsize=65536)
def _runs(quote: str) -> frozenset[tuple[str, ...]]:
    words = fold(quote).split()
    return frozenset(tuple(words[i : i + 3]) for i in range(len(words) - 2))


def _voices(unit: Unit) -> list[Voice]:
    return [v.value for c in unit.claims for v in c.chain]


def _speaker(unit: Unit) -> str | None:
    """The innermost voice of a telling."""
    return next((c.chain[-1].value.name for c in unit.claims if c.chain), None)
