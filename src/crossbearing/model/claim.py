"""The primary record: what one document, in one voice, states of one happening."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crossbearing.model.mention import Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place


class Status(StrEnum):
    """Realis as a claim shows it."""

    HAPPENED = "happened"
    FOILED = "foiled"
    DENIED = "denied"
    PLANNED = "planned"


class ClaimRole(StrEnum):
    """Whether a report tells it as its news, or recalls it."""

    MAIN = "main"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted upon: an entry of the registry under its neutral name, or the words as written."""

    name: str
    """Neutral display name; the words themselves where the actor is not in the registry."""
    id: str | None
    """In the registry; None where unknown."""
    written: str
    kind: str = ""
    """ACLED's words: state forces, rebel group, political militia, ..., or empty."""
    country: str | None = None
    loaded: bool = False
    """Whether the words as written are a loaded name of the actor."""


class FigureScope(StrEnum):
    """Over what a figure counts."""

    INCIDENT = "incident"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something, as a range. None is an open end: "at least 12" is 12 to open."""

    low: int | None
    high: int | None
    counted: str
    who: str | None = None
    """The people counted, as written: "civilians", "Palestinians, most of them women and children"."""
    scope: FigureScope = FigureScope.INCIDENT
    qualifier: str | None = None
    """As written: "at least", "more than"."""
    since: date | None = None
    over: str | None = None
    """What a cumulative figure runs over, as written: "during the war"."""

    def allows(self, other: Figure) -> bool:
        """Whether both can hold of one thing: the ranges share a number."""
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of the chain of who says so."""

    name: str
    kind: str
    """`outlet`, `medium` or `claimant`."""
    written: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document, in one voice, states of one happening."""

    id: str
    document: str
    report: str
    file: str
    quote: str
    """The words that state it: the document's text at `span`."""
    span: Span
    role: ClaimRole
    status: Status
    event_type: str
    sub_event_type: str
    stance: Stance
    step: str
    when: Stated[Interval] | None = None
    where: Stated[Place] | None = None
    perpetrators: tuple[Stated[Actor], ...] = ()
    targets: tuple[Stated[Actor], ...] = ()
    claimed_by: tuple[Stated[Actor], ...] = ()
    weapons: tuple[Stated[str], ...] = ()
    chain: tuple[Stated[Voice], ...] = ()
    """Outermost voice first: outlet, media, claimant."""
    killed: Stated[Figure] | None = None
    injured: Stated[Figure] | None = None
    happening: int = 0
    """Which of the document's happenings it tells of: claims of one document that share it are one happening,
    claims that differ in it were told apart there."""
    ordinal: Stated[int] | None = None
    """"The second raid": the happening's place in an order that the words tell."""
    score: float = 1.0


def claim_id(document: str, span: Span, step: str, happening: int, chain: tuple[str, ...]) -> str:
    """An id made of what the claim stands on, so that a repeat is the same claim (16 hex digits of SHA-256)."""
    key = "\x1f".join((document, f"{span.start}:{span.end}", step, str(happening), *chain))
    return "c" + hashlib.sha256(key.encode()).hexdigest()[:16]
