"""What one capture gave: claims, or a reason to set it aside, or a fault. Three outcomes, three words."""

from __future__ import annotations

from dataclasses import dataclass

from crossbearing.model.claim import Claim, Figure, StatedCount
from crossbearing.model.provenance import Because, Stated
from crossbearing.model.text import Document, SetAside
from crossbearing.model.when import Interval


@dataclass(frozen=True, slots=True)
class Dating:
    """When a page was written, as far as it shows or says, and why we think so."""

    published: Interval
    because: tuple[Because, ...]
    """Each piece of evidence, with the days it alone would allow."""
    contradiction: str | None = None
    """A sentence where what the page shows and what it says cannot both hold, or hardly."""
    chance: float = 1.0
    """How likely the page is of one of these days, all evidence weighed."""
    likely: tuple[Interval, ...] = ()
    """The fewest days that together are at least nine tenths likely; empty where they are no more than a rhythm."""
    share: float = 1.0
    """How likely those days are together."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A step that failed on one thing. Stored, listed, retried."""

    file: str
    stage: str
    """`ingest`, `clean`, `read`, `resolve`, `link`, `ledger`."""
    error: str
    """The error's class name."""
    sentence: str
    """What, where, why, and what to do."""
    capture: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the stages made of one capture, or how far they came."""

    capture: str
    steps: tuple[str, ...]
    """The ids of the steps that ran, in order: with the capture, the key of the outcome."""
    document: Document | None = None
    dating: Dating | None = None
    claims: tuple[Claim, ...] = ()
    totals: tuple[Stated[Figure], ...] = ()
    """Figures of people over more than one happening: a war's dead. They date pages."""
    counts: tuple[StatedCount, ...] = ()
    """Counts of happenings: what the page says there should be."""
    set_aside: SetAside | None = None
    fault: Fault | None = None

    @property
    def page(self) -> Document | None:
        """The document, also of a page set aside."""
        return self.document or (self.set_aside.document if self.set_aside else None)
