"""Who speaks in a claim: the speaker whom its words go back to, and whether that one can be known again in another report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crossbearing.model.claim import Actor, Claim, Status, Voice
from crossbearing.model.provenance import Stated
from crossbearing.resources import table
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
    """Whether the name tells one speaker from others: "Alpha Front" does, "a security source", "Department" and "Its" do not."""
    if _UNNAMED.search(voice.name) or set(fold(voice.name).split()) <= _open():
        return False
    return any(c.isupper() for c in voice.name)


@lru_cache(maxsize=None)
def _open() -> frozenset[str]:
    """Words that alone name no one: heads of the words for speakers, and pronouns."""
    return frozenset(table("cues.yml")["claimants"]) | set("the a an he she it its they nobody no one who staff".split())


def accused(claim: Claim) -> tuple[Stated[Actor], ...]:
    """Who is said to have done it. Who denies a deed of its own may blame another in the same breath."""
    denied = cleared(claim)
    return tuple(p for p in claim.perpetrators if p not in denied)


def cleared(claim: Claim) -> tuple[Stated[Actor], ...]:
    """Who is said not to have done it: in a denial the speaker, where the speaker is among those named, or else all of them."""
    if claim.status is not Status.DENIED:
        return ()
    who = speaker(claim)
    own = tuple(p for p in claim.perpetrators if who and fold(p.value.name) == fold(who.name))
    return own or claim.perpetrators


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
