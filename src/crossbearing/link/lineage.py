"""Who goes back to whom: the reports of one incident, folded where they share a root.

Ten outlets that carry one statement are one lineage. Reports fold where they name the same speaker, where one carries
the other, or where their words are the same; each fold says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crossbearing.link.units import Unit
from crossbearing.model.claim import Voice
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
    root = list(range(len(units)))
    because: dict[int, str] = {}
    for i, a in enumerate(units):
        for j in range(i):
            if (reason := shared_root(units[j], a)) and root[i] != root[j]:
                old, new = max(root[i], root[j]), min(root[i], root[j])
                because.setdefault(new, reason)
                root = [new if r == old else r for r in root]
    return tuple(
        Lineage(
            _speaker(units[r]) or units[r].report,
            tuple(sorted(c.id for i, u in enumerate(units) if root[i] == r for c in u.claims)),
            because.get(r, "stands alone"),
        )
        for r in sorted(set(root))
    )


def shared_root(a: Unit, b: Unit) -> str | None:
    """Why two tellings go back to one root; None where nothing says so."""
    x, y = _voices(a), _voices(b)
    mine, theirs = ({fold(v.name): v for v in side if v.kind == "claimant" and _named(v)} for side in (x, y))
    if common := sorted(mine.keys() & theirs.keys()):
        return f"both go back to {mine[common[0]].name}"
    media_x, media_y = ({fold(v.name): v for v in side if v.kind != "claimant"} for side in (x, y))
    if common := sorted(media_x.keys() & media_y.keys()):
        return f"both go back to {media_x[common[0]].name}"
    if max((same_words(p.quote, q.quote) for p in a.claims for q in b.claims), default=0.0) >= SAME_WORDS:
        return "they use the same words"
    return None


def same_words(a: str, b: str) -> float:
    """The share of the shorter quote's three-word runs that stand in the other, 0 to 1; fewer than eight words say nothing."""
    x, y = _runs(a), _runs(b)
    return len(x & y) / min(len(x), len(y)) if len(x) >= 6 and len(y) >= 6 else 0.0


def _named(voice: Voice) -> bool:
    """Whether the name tells one speaker from others: "Alpha Front" does, "a security source" and "committee" do not."""
    return not _UNNAMED.search(voice.name) and any(c.isupper() for c in voice.name)


def _runs(quote: str) -> frozenset[tuple[str, ...]]:
    words = fold(quote).split()
    return frozenset(tuple(words[i : i + 3]) for i in range(len(words) - 2))


def _voices(unit: Unit) -> list[Voice]:
    return [v.value for c in unit.claims for v in c.chain]


def _speaker(unit: Unit) -> str | None:
    """The innermost voice of a telling."""
    return next((c.chain[-1].value.name for c in unit.claims if c.chain), None)
