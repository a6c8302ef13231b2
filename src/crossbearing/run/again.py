"""Whether what is held can be made again: each capture read anew by the same steps gives the same claims.

The hashes of a ledger or a bundle show that its bytes are whole; this shows that its claims are what the machine makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crossbearing.ledger.verify import Held
from crossbearing.pipeline import digest
from crossbearing.stages import Parts


@dataclass(slots=True)
class Again:
    """How many captures were read anew, and how many by other steps than these could not be."""

    read: int = 0
    other_steps: int = 0


def again(held: Iterable[Held], parts: Parts, count: Again) -> Iterator[str]:
    """What comes out otherwise than it is held, a sentence each. What other steps read is counted in `count` and passed over."""
    steps = tuple(step.id for step in parts.steps)
    for one in held:
        if one.steps != steps:
            count.other_steps += 1
            continue
        count.read += 1
        made = {claim.id: claim for claim in digest(one.capture, parts).claims}
        for claim in one.claims:
            if claim.id not in made:
                yield f"{claim.file}: reading it again gives no claim {claim.id}."
            elif made[claim.id] != claim:
                yield f"{claim.file}: reading it again, claim {claim.id} says something else."
