"""Who stands against whom: what sort of party an actor is, who is said to have done it, and who speaks for a party.

Which side it is plays no part: a rule that asks here gets the same answer when the two sides trade places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from crossbearing.model.claim import Actor, Claim, Status, Voice
from crossbearing.model.mention import Stance
from crossbearing.publish.dossier import KEPT, Dossier
from crossbearing.words.known import above, countries
from crossbearing.words.parties import related


class Sort(StrEnum):
    """What sort of party an actor is, as far as its words or its entry say."""

    STATE = "state"
    GROUP = "group"  # armed, and no state's
    CIVILIANS = "civilians"
    CROWD = "crowd"  # protesters, rioters
    OPEN = "open"  # a thing, a place, or nothing known


ARMED = (Sort.STATE, Sort.GROUP)

_SORTS = {
    "state forces": Sort.STATE, "external/other forces": Sort.STATE, "state": Sort.STATE,
    "rebel group": Sort.GROUP, "political militia": Sort.GROUP, "identity militia": Sort.GROUP,
    "civilians": Sort.CIVILIANS, "protesters": Sort.CROWD, "rioters": Sort.CROWD,
}  # fmt: skip


def sort_of(actor: Actor) -> Sort:
    """What sort of party it is. A body that the registry puts under a state acts for it."""
    if actor.kind == "organisation" and any(one.startswith("state:") for one in above().get(actor.id or "", ())):
        return Sort.STATE
    return _SORTS.get(actor.kind, Sort.OPEN)


@dataclass(frozen=True, slots=True)
class Party:
    """One party to a happening, with the claims that name it."""

    actor: Actor
    claims: tuple[str, ...]
    lineages: int
    """How many lineages name it."""
    owns: bool
    """Whether a voice claims the deed as this party's own."""


@lru_cache(maxsize=KEPT)
def accused(dossier: Dossier) -> tuple[Party, ...]:
    """Those said to have done it, the best supported first: by lineages, then who claims it, then as `_listed` has it.

    Names that can be one party's are one. Unnamed gunmen are nobody's rival: they stand here only where no party is named.
    Who is named only by a claim that denies stands here only where nobody else is. Whom a person set stands here.
    """
    given = [(c, [a.value for a in c.perpetrators]) for c in dossier.told]
    found = _parties(dossier, dossier.incident.perpetrators, given)
    supported = found if dossier.set("perpetrators") else [one for one in found if one.claims] or found
    named = [one for one in supported if one.actor.id] or supported
    return tuple(sorted(named, key=lambda one: (-one.lineages, not one.owns, *_listed(one))))


@lru_cache(maxsize=KEPT)
def attacked(dossier: Dossier) -> tuple[Party, ...]:
    """Those said to have been attacked, the best supported first; things and places are no parties.

    Who is accused as well as anybody is was not attacked, where somebody else was: which of two that are accused alike comes
    first is settled by their names, and must change nothing.
    """
    given = [(c, [a.value for a in c.targets]) for c in dossier.told]
    found = _parties(dossier, [a for a in dossier.incident.targets if sort_of(a) is not Sort.OPEN], given)
    side, blamed = doing(dossier), accused(dossier)
    alike = [one for one in blamed if (one.lineages, one.owns) == (blamed[0].lineages, blamed[0].owns)]
    left = _without(found, [*side, *alike]) or _without(found, side) or found
    return tuple(sorted(left, key=lambda one: (-one.lineages, *_listed(one))))


def _listed(party: Party) -> tuple[bool, bool, str]:
    """The order of parties that are supported alike: states and then groups, as the books list two sides, and by name only among
    parties of one sort, so that no class hangs on a name."""
    sort = sort_of(party.actor)
    return sort is not Sort.STATE, sort is not Sort.GROUP, party.actor.name


def _without(found: Sequence[Party], doers: Iterable[Party]) -> list[Party]:
    return [one for one in found if not any(related(one.actor, doer.actor) for doer in doers)]


@lru_cache(maxsize=KEPT)
def doing(dossier: Dossier) -> tuple[Party, ...]:
    """The side that did it: who is best supported, and those whom a claim names beside one of it. Whom a person set stands here.

    Who is accused by other claims only is a rival, and no ally.
    """
    given = accused(dossier)
    if dossier.set("perpetrators"):
        return given
    side = list(given[:1])
    for one in given[1:]:
        if any(set(one.claims) & set(ally.claims) for ally in side):
            side.append(one)
    return tuple(side)


def others(dossier: Dossier) -> tuple[Party, ...]:
    """Those accused who are not of the side that did it."""
    side = doing(dossier)
    return tuple(one for one in accused(dossier) if one not in side)


def rivals(dossier: Dossier) -> tuple[Party, ...]:
    """The named parties that are accused of one deed, where some of them by other claims only: they cannot all have done it."""
    named = [one for one in accused(dossier) if one.actor.id]
    return tuple(named) if any(one in others(dossier) for one in named) else ()


def denials(dossier: Dossier) -> tuple[Claim, ...]:
    """The claims in which one who is accused denies having done it. That it happened at all may be denied by anybody."""
    doers = [one.actor for one in accused(dossier)]
    return tuple(
        c for c in dossier.claims
        if c.status is Status.DENIED
        and (speaks_for(c, doers) or any(related(a.value, doer) for a in c.perpetrators for doer in doers))
    )  # fmt: skip


def owners(dossier: Dossier) -> tuple[Claim, ...]:
    """The claims in which a voice claims the deed as its own."""
    return tuple(c for c in dossier.told if c.claimed_by or c.stance is Stance.CLAIMS)


def claimant(claim: Claim) -> Voice | None:
    """The innermost voice of a claim, where it is a claimant's."""
    voice = claim.chain[-1].value if claim.chain else None
    return voice if voice and voice.kind == "claimant" else None


def speaks_for(claim: Claim, actors: Iterable[Actor]) -> bool:
    """Whether the claim is the word of one of these: it claims the deed as its own, or its claimant bears their name."""
    own = [a.value for a in claim.claimed_by]
    voice = claimant(claim)
    if voice:
        own.append(Actor(voice.name, None, voice.written))
    return any(_same(mine, actor) for mine in own for actor in actors)


def _same(a: Actor, b: Actor) -> bool:
    """Whether two names are one party's, the one of which may be a voice that has no entry."""
    if a.id is None and b.id is not None:
        b = Actor(b.name, None, b.written)
    return related(a, b)


def _parties(dossier: Dossier, actors: Sequence[Actor], given: Sequence[tuple[Claim, list[Actor]]]) -> list[Party]:
    """Actors that can be one party as one party, under the name of the one that most claims name."""
    groups: list[list[Actor]] = []
    for actor in actors:
        home = next((one for one in groups if any(related(actor, other) for other in one)), None)
        groups.append([actor]) if home is None else home.append(actor)
    return [_party(dossier, group, given) for group in groups]


def _party(dossier: Dossier, group: list[Actor], given: Sequence[tuple[Claim, list[Actor]]]) -> Party:
    naming = [claim for claim, named in given if any(related(a, b) for a in named for b in group)]
    owns = any(_same(a.value, b) for claim in naming for a in claim.claimed_by for b in group)
    head = min(group, key=lambda actor: (actor.id is None, group.index(actor)))
    return Party(head, tuple(c.id for c in naming), dossier.lineages(naming), owns)


@lru_cache(maxsize=None)
def country(code: str | None) -> dict[str, str]:
    """The row of `countries.csv` for an ISO 3166-1 alpha-2 code; empty where there is none."""
    return next((row for row in countries() if row["iso2"] == code), {})
