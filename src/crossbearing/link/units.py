"""What is linked: one document's telling of one happening, with the claims of every voice in it.

Claims that a document makes of one happening are together by its own word, whatever any score says; claims that it tells apart
are tellings by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from crossbearing.link.means import classes
from crossbearing.link.pages import Page
from crossbearing.link.wording import PageWords, Wording, page_words, wording
from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status
from crossbearing.model.when import Interval
from crossbearing.model.where import FINE, FINENESS, Place

DAY = 24 * 60
"""A day in minutes."""


@dataclass(frozen=True)
class Unit:
    """One document's happening. What is worked out of it is kept: it is compared with many others."""

    document: str
    happening: int
    claims: tuple[Claim, ...]
    when: Interval | None
    where: Place | None
    doers: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    weapons: tuple[str, ...]
    killed: tuple[Figure, ...]
    injured: tuple[Figure, ...]
    wording: Wording
    lead: bool = False
    """Whether it is the first that its document tells as its news."""
    among: int = 1
    """How many happenings its document tells."""

    @cached_property
    def key(self) -> str:
        """Its smallest claim id."""
        return min(c.id for c in self.claims)

    @cached_property
    def order(self) -> tuple[str, int, int, str]:
        """What it is sorted by: its report, where it is told there, which of the happenings told it is, its key.

        That depends neither on how the claims came nor, as ids alone would, on the versions of the steps.
        """
        return self.report, min(c.span.start for c in self.claims), self.happening, self.key

    @property
    def report(self) -> str:
        return self.claims[0].report

    @cached_property
    def outlet(self) -> str | None:
        """Who publishes it, as far as its page says."""
        return next((v.value.name for c in self.claims for v in c.chain if v.value.kind == "outlet"), None)

    @cached_property
    def main(self) -> bool:
        return any(c.role is ClaimRole.MAIN for c in self.claims)

    @cached_property
    def planned(self) -> bool:
        return all(c.status is Status.PLANNED for c in self.claims)

    @cached_property
    def fine(self) -> bool:
        return self.where is not None and self.where.precision in FINE

    @cached_property
    def statuses(self) -> frozenset[Status]:
        return frozenset(c.status for c in self.claims)

    @cached_property
    def ordinals(self) -> frozenset[int]:
        """Its place in an order that the words tell."""
        return frozenset(c.ordinal.value for c in self.claims if c.ordinal)

    @cached_property
    def means(self) -> frozenset[str]:
        """The weapons' head nouns without their plural: "two armed drones" and "drone" are one."""
        return frozenset(_stem(weapon) for weapon in self.weapons)

    @cached_property
    def means_classes(self) -> frozenset[str]:
        """Of which sorts the weapons are, as far as their words say."""
        return frozenset(kind for weapon in self.weapons for kind in classes(weapon))

    @cached_property
    def minutes(self) -> tuple[int, int] | None:
        """From when to when it was, in minutes from the first of all days, where it tells an hour of one day; None where not."""
        if self.when is None or self.when.clock is None or self.when.earliest is None or self.when.days != 1:
            return None
        midnight = self.when.earliest.toordinal() * DAY
        first, last = (t.hour * 60 + t.minute for t in (self.when.clock.earliest, self.when.clock.latest))
        return midnight + first, midnight + last + (DAY if last < first else 0)

    @cached_property
    def sure_of_day(self) -> float:
        return max((c.when.score for c in self.claims if c.when), default=0.0)

    @cached_property
    def sure_of_place(self) -> float:
        return max((c.where.score for c in self.claims if c.where), default=0.0)

    def of(self, claims: tuple[Claim, ...]) -> Unit:
        """The same telling, of some of its claims only."""
        return replace(_unit((self.document, self.happening), list(claims), self.wording.page), lead=self.lead, among=self.among)


def units(claims: Iterable[Claim], pages: Mapping[str, Page] | None = None) -> tuple[Unit, ...]:
    """The claims, put together by document and happening, in an order of their own.

    `pages` are the documents' pages by the ids of the documents, as far as they are at hand.
    """
    together: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        together.setdefault((claim.document, claim.happening), []).append(claim)
    held = {document: pages[document] for document, _ in together if document in pages} if pages else {}
    words = {document: page_words(page.text, page.said) for document, page in held.items()}
    made = [_unit(key, sorted(cs, key=lambda c: (c.span.start, c.id)), words.get(key[0])) for key, cs in together.items()]
    leads: dict[str, Unit] = {}
    among = Counter(unit.document for unit in made)
    for unit in sorted(made, key=_order):
        leads.setdefault(unit.document, unit)
    told = (replace(u, lead=leads[u.document] is u, among=among[u.document]) for u in made)
    return tuple(sorted(told, key=lambda u: u.order))


def _order(unit: Unit) -> tuple[bool, int, int]:
    """What is news before what is recalled, and what stands first before what stands later."""
    return not unit.main, min(c.span.start for c in unit.claims if unit.main is (c.role is ClaimRole.MAIN)), unit.happening


def _unit(key: tuple[str, int], claims: list[Claim], page: PageWords | None) -> Unit:
    whens = [c.when.value for c in claims if c.when and c.when.value.days]
    wheres = [c.where.value for c in claims if c.where]
    return Unit(
        key[0],
        key[1],
        tuple(claims),
        min(whens, key=lambda w: (w.days or 0, w.clock is None), default=None),
        min(wheres, key=lambda p: (FINENESS[p.precision], p.radius_km or 0), default=None),
        _distinct(a.value for c in claims for a in c.perpetrators),
        _distinct(a.value for c in claims for a in c.targets),
        tuple(dict.fromkeys(w.value.lower() for c in claims for w in c.weapons)),
        tuple(c.killed.value for c in claims if c.killed),
        tuple(c.injured.value for c in claims if c.injured),
        wording(claims, page),
    )


def _stem(weapon: str) -> str:
    words = re.findall(r"[a-z]+", weapon)
    return words[-1].rstrip("s") if words else weapon


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({a.id or a.name.lower(): a for a in actors}.values())
