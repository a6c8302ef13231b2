"""The happening as the ledger now holds it: a view over claims and decisions, which may be thrown away and made again."""

from __future__ import annotations

from dataclasses import dataclass

from crossbearing.model.claim import Actor, Figure, Status
from crossbearing.model.decision import Review
from crossbearing.model.when import Interval
from crossbearing.model.where import Place


@dataclass(frozen=True, slots=True)
class Link:
    """Why two claims stand under one incident."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims of one incident that cannot both hold."""

    field: str
    a: str
    b: str
    says: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """The claims that go back to one root, with the reason each report was folded into it."""

    root: str
    claims: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening. Its fields show each value that some claim states; none wins by being last."""

    id: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    event_type: str
    sub_event_type: str
    status: Status
    when: Interval | None
    where: Place | None
    perpetrators: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    weapons: tuple[str, ...] = ()
    killed: Figure | None = None
    injured: Figure | None = None
    lineages: tuple[Lineage, ...] = ()
    links: tuple[Link, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    background: bool = False
    """Whether every report that tells of it only recalls it."""
    review: Review | None = None
    """What people decided on it; None where nobody has."""
