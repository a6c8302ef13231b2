"""How well each field of an incident stands: declared by who did it, likely, contested, or told by a single source.

The words are those that Airwars grades strikes by; here each field has its own, for a report that two outlets copy from one
ministry may be the only source of the dead while three witnesses tell of the place.
"""

from __future__ import annotations

from collections.abc import Sequence

from crossbearing.link.units import Unit
from crossbearing.model.claim import Status
from crossbearing.model.incident import Contradiction, Grade, Graded, Standing

OWNED = ("kind", "status", "perpetrators")
"""What a party says of itself that claims a deed as its own."""


def grades(told: Sequence[Unit], standings: Sequence[Standing], clashes: Sequence[Contradiction]) -> tuple[Graded, ...]:
    """The grade of each field of which some claim tells, in the order of the standings."""
    contested = {clash.field for clash in clashes}
    owned = any(claim.claimed_by and claim.status is Status.HAPPENED for unit in told for claim in unit.claims)
    lineages: dict[str, int] = {}
    for one in standings:
        lineages[one.field] = max(lineages.get(one.field, 0), len(one.roots))
    return tuple(Graded(field, _grade(field in contested, owned and field in OWNED, most)) for field, most in lineages.items())


def _grade(contested: bool, declared: bool, lineages: int) -> Grade:
    if contested:
        return Grade.CONTESTED
    if declared:
        return Grade.DECLARED
    return Grade.LIKELY if lineages > 1 else Grade.SINGLE
