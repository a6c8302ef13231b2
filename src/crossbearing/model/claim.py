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
    """Over what a figure counts: one incident, or more than one."""

    INCIDENT = "incident"
    DAY = "day"  # "in the past 24 hours"
    AREA = "area"  # "across the province"
    PERIOD = "period"  # "since January"
    WAR = "war"


class PeopleStatus(StrEnum):
    """What the people counted are said to be. Never guessed from which side they are on."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something, as a range. None is an open end: "at least 12" is 12 to open."""

    low: int | None
    high: int | None
    counted: str
    """`killed`, `injured`, `missing`, `captured`, `displaced`."""
    who: str | None = None
    """The people counted, as written: "civilians", "Palestinians, most of them women and children"."""
    scope: FigureScope = FigureScope.INCIDENT
    qualifier: str | None = None
    """As written: "at least", "more than"."""
    since: date | None = None
    over: str | None = None
    """What a cumulative figure runs over, as written: "during the war"."""
    status: PeopleStatus = PeopleStatus.UNKNOWN
    group: str | None = None
    """Of a group that records are kept of: `children`, `women`, `journalists`, `health workers`, `aid workers`."""
    part: bool = False
    """Whether it is a part of another figure of the claim: "including two children"."""

    def allows(self, other: Figure) -> bool:
        """Whether both can hold of one thing: the ranges share a number, or the one counts civilians and the other fighters."""
        if {self.status, other.status} == {PeopleStatus.CIVILIAN, PeopleStatus.COMBATANT}:
            return True
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
    figures: tuple[Stated[Figure], ...] = ()
    """What else the voice counts of it: parts of the killed and injured, and those missing, captured, displaced."""
    happening: int = 0
    """Which of the document's happenings it tells of: claims of one document that share it are one happening,
    claims that differ in it were told apart there."""
    ordinal: Stated[int] | None = None
    """"The second raid": the happening's place in an order that the words tell."""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class StatedCount:
    """How many happenings of one sort a document, in one voice, says that there were: what the ledger should hold."""

    id: str
    document: str
    report: str
    file: str
    quote: str
    """The document's text at `span`: the sentence that states it."""
    span: Span
    count: Stated[Figure]
    """The number, as a range; what is counted as written: `drone attacks`."""
    said: Interval
    """The days on which it can have been said: those of the page. The count runs up to them at most."""
    event_type: str | None = None
    """ACLED's event type; None where the words leave it open."""
    sub_event_type: str | None = None
    ordinal: bool = False
    """Whether the words name one happening's place in an order: "the second raid"."""
    status: Status = Status.HAPPENED
    """Foiled where the words count what was stopped."""
    when: Stated[Interval] | None = None
    """Over which days it counts; None where the words do not say."""
    where: tuple[Stated[Place], ...] = ()
    """Each a place of the count by itself; empty where the words name none."""
    perpetrators: tuple[Stated[Actor], ...] = ()
    targets: tuple[Stated[Actor], ...] = ()
    chain: tuple[Stated[Voice], ...] = ()
    """Outermost voice first: outlet, media, claimant."""
    part_of: str | None = None
    """The id of the count of which this is a part: "43 of them in Iraq"."""
    wider: bool = False
    """Whether its fields hold more than its words: they name a site or a place that no table knows ("attacks on tankers",
    "in the old quarter"), or a time that gives no days."""


def number(low: int | None, high: int | None) -> str:
    """A range in words: `12`, `9-12`, `12+` (at least), `0-12` (at most)."""
    if high is None:
        return f"{low}+"
    return str(high) if low == high else f"{low or 0}-{high}"


def claim_id(document: str, span: Span, step: str, happening: int, chain: tuple[str, ...]) -> str:
    """An id made of what the claim stands on, so that a repeat is the same claim (16 hex digits of SHA-256)."""
    return _content_id("c", document, f"{span.start}:{span.end}", step, str(happening), *chain)


def count_id(document: str, number: Span, step: str, chain: tuple[str, ...]) -> str:
    """An id made of what the count stands on, its number's span first, as a claim's is."""
    return _content_id("n", document, f"{number.start}:{number.end}", step, *chain)


def _content_id(letter: str, *parts: str) -> str:
    return letter + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
