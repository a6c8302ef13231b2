"""A document's text with a light on every stretch that something stands on, and a word on what it became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from crossbearing.cli import shown
from crossbearing.model.claim import Claim, StatedCount
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Evidence
from crossbearing.model.text import Document, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, and what stands on it."""

    span: Span
    kind: str
    """`claim`, `when`, `where`, `party`, `weapon`, `voice`, `figure`, `total`, `count` or `dating`."""
    says: str
    """What it became, in a few words."""
    claim: str | None = None


def marks_of(outcome: Outcome) -> list[Mark]:
    """Every stretch of a document's text that a claim, a total, a count or the page's date stands on, in order."""
    found: list[Mark] = []
    for claim in outcome.claims:
        found += _of_claim(claim)
    for total in outcome.totals:
        found += _on(total.evidence, "total", f"a total: {shown.befell(total.value)}")
    for count in outcome.counts:
        found += _of_count(count)
    if outcome.dating:
        for because in outcome.dating.because:
            found += _on(because.evidence, "dating", f"dates the page: {because.says}")
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda one: (one.span.start, -one.span.end, one.kind))


def lines_of(marks: list[Mark]) -> tuple[list[Mark], list[int]]:
    """What the marks say, each once, and for each mark which of these it is: one value may stand on several stretches."""
    places: dict[tuple[str, str, str | None], int] = {}
    lines: list[Mark] = []
    of: list[int] = []
    for mark in marks:
        key = (mark.kind, mark.says, mark.claim)
        if key not in places:
            places[key] = len(lines)
            lines.append(mark)
        of.append(places[key])
    return lines, of


def _of_claim(claim: Claim) -> Iterator[Mark]:
    yield Mark(claim.span, "claim", f"{claim.sub_event_type}, {claim.status.value}", claim.id)
    for kind, says, evidence in values_of(claim):
        yield from _on(evidence, kind, says, claim.id)


def values_of(claim: Claim) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Each value of a claim: its kind, how it reads, and what it stands on."""
    if claim.when:
        yield "when", f"when: {shown.days(claim.when.value)}", claim.when.evidence
    if claim.where:
        yield "where", f"where: {shown.place(claim.where.value)}", claim.where.evidence
    for label, actors in (("by", claim.perpetrators), ("against", claim.targets), ("claimed by", claim.claimed_by)):
        for actor in actors:
            yield "party", f"{label}: {actor.value.name}", actor.evidence
    for weapon in claim.weapons:
        yield "weapon", f"with: {weapon.value}", weapon.evidence
    for voice in claim.chain:
        yield "voice", f"{voice.value.kind}: {voice.value.name}", voice.evidence
    for figure in (claim.killed, claim.injured, *claim.figures):
        if figure:
            yield "figure", shown.befell(figure.value), figure.evidence
    if claim.ordinal:
        yield "count", f"number {claim.ordinal.value} of its kind", claim.ordinal.evidence


def _of_count(count: StatedCount) -> Iterator[Mark]:
    value = count.count.value
    number = f"number {value.low}" if count.ordinal else shown.figure(value.low, value.high)
    yield from _on(count.count.evidence, "count", f"a count of happenings: {number} {value.counted}")


def _on(evidence: Iterable[Evidence], kind: str, says: str, claim: str | None = None) -> Iterator[Mark]:
    for one in evidence:
        span = one if isinstance(one, Span) else one.span
        if span is not None and len(span):
            yield Mark(span, kind, says, claim)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a text in which the same things hold."""

    text: str
    marks: tuple[int, ...] = ()
    """Which of the marks lie on it."""
    first: tuple[int, ...] = ()
    """Which of them begin here."""
    furniture: str | None = None
    at: int = 0
    """Where it begins in the document's text."""


def stretches(text: str, marks: list[Mark], document: Document | None = None, within: Span | None = None) -> Iterator[Stretch]:
    """A text, or a span of it, cut wherever a mark or a piece of furniture begins or ends; joined, it is as it was."""
    room = within or Span(0, len(text))
    pieces = document.furniture if document else ()
    edges = {room.start, room.end}
    for span in (*(one.span for one in marks), *(one.span for one in pieces)):
        edges.update(edge for edge in (span.start, span.end) if room.start < edge < room.end)
    cuts = sorted(edges)
    waiting = sorted(range(len(marks)), key=lambda n: marks[n].span.start)
    open_marks: list[int] = []
    at = piece = 0
    for start, end in pairwise(cuts):
        while at < len(waiting) and marks[waiting[at]].span.start <= start:
            open_marks.append(waiting[at])
            at += 1
        open_marks = [n for n in open_marks if marks[n].span.end > start]
        while piece < len(pieces) and pieces[piece].span.end <= start:
            piece += 1
        around = pieces[piece].kind.value if piece < len(pieces) and pieces[piece].span.start <= start else None
        begun = tuple(n for n in open_marks if marks[n].span.start == max(start, room.start) or start == room.start)
        yield Stretch(text[start:end], tuple(open_marks), begun, around, start)
