"""Who speaks in a claim: the speaker whom its words go back to, and whether that one can be known again in another report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crossbearing.model.claim import Claim, Voice
from crossbearing.words.names import fold

# Speakers that are many people: two reports that cite "a security source" need not have the same one.
_UNNAMED = re.compile(
    r"\b(?:sources?|officials?|witness(?:es)?|eyewitness(?:es)?|residents?|media|reports?|people|locals?|authorities|police|activists?|medics?|doctors?|villagers?|spokes\w+)\b",
    re.I,
)


def speaker(claim: Claim) -> Voice | None:
    """The innermost voice that is no outlet's and no agency's; None where the report tells it in its own voice."""
    return next((v.value for v in reversed(claim.chain) if v.value.kind == "claimant"), None)


def is_named(voice: Voice) -> bool:
    """Whether the name tells one speaker from others: "Alpha Front" does, "a security source" and "committee" do not."""
    return not _UNNAMED.search(voice.name) and any(c.isupper() for c in voice.name)


def whole_names(names: Iterable[str]) -> dict[str, str]:
    """The names of one report, each with the longest that holds all its words: "Staff" is the General Staff that it named."""
    known = sorted(set(names), key=lambda name: (-len(name), name))
    return {
        name: next(other for other in known if other == name or set(fold(name).split()) < set(fold(other).split()))
        for name in known
    }


def is_called(outlet: str | None, name: str) -> bool:
    """Whether an outlet is the one that a credit names: "Meridian" is the Meridian Press Agency."""
    return outlet is not None and f"{fold(outlet)} ".startswith(f"{fold(name)} ")
