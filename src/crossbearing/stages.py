"""The pipeline on one page, as types.

    capture --clean--> document --read--> reading --resolve--> claims --link--> incidents

Each stage is a callable over frozen values, without files, network or ledger. Whoever writes another reader or
cleaner meets its alias here and stands in its table in `pipeline.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crossbearing.model.claim import Claim, Figure, StatedCount
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Drawing, Incident
from crossbearing.model.mention import Reading
from crossbearing.model.outcome import Dating, Fault, Outcome
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Capture, Document, SetAside

Ingest = Callable[[Iterable[str]], Iterator[Capture | Fault]]
"""Open paths and hand on what lies there, byte for byte. The only stage that touches files."""

Clean = Callable[[Capture], Document | SetAside]
"""Find the article in a capture. Pure: the same bytes give the same document. May raise `StepError`."""

Read = Callable[[Document], Reading]
"""Find mentions, happenings and voices in a document's article. Pure. May raise `StepError`."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a document states, worked out."""

    dating: Dating
    claims: tuple[Claim, ...]
    totals: tuple[Stated[Figure], ...]
    counts: tuple[StatedCount, ...] = ()


Resolve = Callable[[Document, Reading], Resolved]
"""Work out what the words mean, and gather what belongs to one happening in one voice. Pure. May raise `StepError`."""

Link = Callable[[Sequence[Claim], Sequence[Decision], Iterable[Outcome], Sequence[Incident]], Drawing]
"""Draw the incidents that claims and decisions make; the outcomes hold the documents that the claims come of. Pure, and
independent of the order of the claims. What was drawn before of some of them saves work, and changes nothing."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The stages that a run is made of, each with the step that names it."""

    clean: Clean
    read: Read
    resolve: Resolve
    steps: tuple[Step, ...]
    """Of clean, read and resolve, in this order."""
