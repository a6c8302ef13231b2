"""Why two tellings were or were not put together, and what stands near an incident: views, computed when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one feature finds in two tellings."""

    says: str
    weight: float
    """Log-odds: positive for one happening, negative for two."""


@dataclass(frozen=True, slots=True)
class Side:
    """One telling of a pairing: what one report tells of one happening, in every voice."""

    report: str
    claims: tuple[str, ...]
    incident: str
    quote: str
    """The words of its first claim."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two tellings held beside each other."""

    a: Side
    b: Side
    start: float
    """What any two tellings have before anything is compared."""
    weighed: tuple[Weighed, ...]
    score: float
    """The sum of them: log-odds, 0 where one happening is as likely as two."""
    forbidden: str | None
    """The rule that keeps them apart whatever the score, in a sentence."""
    decided: str | None
    """What settled it before any score: a person's judgement, or that one report tells of both as of one."""
    candidates: bool
    """Whether they have enough in common to be compared when incidents are drawn."""
    against: tuple[str, ...] = ()
    """What of the two incidents keeps them apart; empty where they stand together."""

    @property
    def together(self) -> bool:
        return self.a.incident == self.b.incident


@dataclass(frozen=True, slots=True)
class Near:
    """What stands near an incident: another that came close to being joined with it, or one of its own tellings."""

    incident: str
    other: str
    """The other incident; of its own tellings the incident itself."""
    claims: tuple[str, ...]
    """All of the other incident's, or those of the telling."""
    reports: tuple[str, ...]
    average: float
    """How alike they are: log-odds, the average over each telling of the one with each of the other; from 0 on two are joined."""
    compared: int
    """How many pairs of tellings had enough in common to be compared."""
    pairs: int
    best: Pairing
    """The two tellings that are most alike."""

    @property
    def inside(self) -> bool:
        return self.incident == self.other
