"""Claims side by side: fields as rows, claims as columns, each value with its words in their sentence.

Claims of one lineage stand beside one another, since what they say in common was said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from crossbearing.cli import shown
from crossbearing.model.claim import Actor, Claim
from crossbearing.model.incident import Incident, Lineage, Standing
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.serve.index import sentence_at
from crossbearing.serve.lit import Mark, Stretch, stretches, values_of

MOST_SHOWN = 70
"""Characters of a quote in a line of choices."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it reads, and what it stands on."""

    reads: str
    words: str = ""
    elsewhere: tuple[tuple[Stretch, ...], ...] = ()
    """The sentences that hold the words, lit, where they are not the claim's own."""
    shown_by: str = ""
    """Where the page shows it outside of its text."""
    written: str = ""
    """The name as written, where the neutral one differs."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one claim says of one field."""

    values: tuple[Value, ...] = ()
    clashes: tuple[str, ...] = ()
    """Sentences: with what it cannot both hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """One claim."""

    number: int
    claim: Claim
    lineage: int
    voices: tuple[str, ...]
    """Innermost first: who says so, and who carries it."""
    sentence: tuple[Stretch, ...]
    """The claim's words, with what its values stand on lit."""
    document: Document
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """One field over all the claims."""

    field: str
    label: str
    held: str
    """What the incident shows."""
    cells: tuple[Cell, ...]
    standings: tuple[Standing, ...] = ()
    """Who stands behind each value, where claims give more than one."""
    grade: str = ""
    """How well the field stands."""

    @property
    def clashing(self) -> bool:
        return any(cell.clashes for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Beside:
    """An incident's claims side by side."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    groups: tuple[tuple[Lineage, int], ...] = ()
    """The lineages in the order of the columns, each with how many columns it has."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The column of each claim, by its id."""


def beside(incident: Incident, outcomes: Iterable[Outcome]) -> Beside:
    """The claims of an incident, from the outcomes that hold them."""
    found: dict[str, tuple[Claim, Document]] = {}
    for outcome in outcomes:
        for claim in outcome.claims:
            if outcome.document is not None and claim.id in incident.claims:
                found[claim.id] = (claim, outcome.document)
    order = [(n, one) for n, line in enumerate(incident.lineages) for one in line.claims if one in found]
    placed = {one for _, one in order}
    order += [(-1, one) for one in incident.claims if one in found and one not in placed]
    columns = tuple(_column(place, n, *found[one]) for place, (n, one) in enumerate(order, start=1))
    groups = []
    for n, line in enumerate(incident.lineages):
        many = sum(column.lineage == n for column in columns)
        if many:
            groups.append((line, many))
    rows = tuple(_row(name, label, held, cell, columns, incident) for name, label, held, cell in _FIELDS)
    rows = tuple(row for row in rows if any(cell.values for cell in row.cells))
    return Beside(columns, rows, tuple(groups), {column.claim.id: column.number for column in columns})


def _column(number: int, lineage: int, claim: Claim, document: Document) -> Column:
    marks = [
        Mark(span, kind, says, claim.id)
        for kind, says, evidence in values_of(claim)
        for span in evidence
        if isinstance(span, Span) and len(span) and span.meets(claim.span)
    ]
    sentence = tuple(stretches(document.text, marks, within=claim.span))
    voices = tuple(voice.value.name for voice in reversed(claim.chain))
    metadata = document.metadata
    return Column(
        number, claim, lineage, voices, sentence, document, metadata.title.value if metadata.title else "",
        metadata.outlet.value if metadata.outlet else "",
    )  # fmt: skip


def _row(name: str, label: str, held: Held, said: Said, columns: Sequence[Column], incident: Incident) -> Row:
    clashes: dict[str, list[str]] = {}
    for one in incident.contradictions:
        if one.field == name:
            for claim in (one.a, one.b, *one.with_a, *one.with_b):
                clashes.setdefault(claim, []).append(one.says)
    cells = tuple(Cell(tuple(said(column)), tuple(clashes.get(column.claim.id, ()))) for column in columns)
    standings = tuple(one for one in incident.standings if one.field == _STANDING.get(name, name))
    grade = next((one.grade.value for one in incident.grades if one.field == _STANDING.get(name, name)), "")
    return Row(name, label, held(incident), cells, standings if len(standings) > 1 else (), grade)


_STANDING = {"event_type": "kind"}
"""What a field is called where it is told who stands behind it."""


Said = Callable[[Column], Iterator[Value]]
Held = Callable[[Incident], str]


def _stated(column: Column, stated: Stated[Any] | None, reads: Callable[[Any], str]) -> Iterator[Value]:
    if stated is None:
        return
    text, claim = column.document.text, column.claim
    words, elsewhere, by = [], [], []
    for one in stated.evidence:
        if not isinstance(one, Span):
            by.append(f"{one.where}: {one.quote}")
            continue
        words.append(one.of(text))
        if not one.meets(claim.span):
            elsewhere.append(tuple(stretches(text, [Mark(one, "", "")], within=_wider(sentence_at(text, one), one))))
    written = stated.value.written if isinstance(stated.value, Actor) and stated.value.written != stated.value.name else ""
    said = " … ".join(dict.fromkeys(words))
    yield Value(reads(stated.value), said, tuple(dict.fromkeys(elsewhere)), "; ".join(dict.fromkeys(by)), written)


def _wider(sentence: Span, span: Span) -> Span:
    return Span(min(sentence.start, span.start), max(sentence.end, span.end))


def _one(name: str, reads: Callable[[Any], str]) -> Said:
    return lambda column: _stated(column, getattr(column.claim, name), reads)


def _many(name: str, reads: Callable[[Any], str]) -> Said:
    return lambda column: (value for one in getattr(column.claim, name) for value in _stated(column, one, reads))


def _names(actors: Iterable[Actor]) -> str:
    return "; ".join(dict.fromkeys(actor.name for actor in actors))


def _name(actor: Actor) -> str:
    return actor.name


def _held(name: str, reads: Callable[[Any], str]) -> Held:
    return lambda incident: reads(value) if (value := getattr(incident, name)) else ""


_FIELDS: tuple[tuple[str, str, Held, Said], ...] = (
    ("event_type", "what", lambda i: i.sub_event_type, lambda c: iter((Value(c.claim.sub_event_type),))),
    ("status", "status", lambda i: i.status.value, lambda c: iter((Value(_status(c.claim)),))),
    ("when", "when", _held("when", shown.days), _one("when", shown.days)),
    ("where", "where", _held("where", shown.place), _one("where", shown.place)),
    ("perpetrators", "by", _held("perpetrators", _names), _many("perpetrators", _name)),
    ("targets", "against", _held("targets", _names), _many("targets", _name)),
    ("claimed_by", "claimed by", lambda _: "", _many("claimed_by", _name)),
    ("weapons", "with", _held("weapons", "; ".join), _many("weapons", str)),
    ("killed", "killed", _held("killed", shown.count), _one("killed", shown.count)),
    ("injured", "injured", _held("injured", shown.count), _one("injured", shown.count)),
    ("figures", "also", lambda _: "", _many("figures", shown.befell)),
)
"""A row's field, its label, what the incident shows of it, and what a claim says."""


def _status(claim: Claim) -> str:
    return claim.status.value + (", only recalled" if claim.role.value == "background" else "")


def evidence_of(sides: Beside) -> list[tuple[str, str]]:
    """The words that a person's value can be said to stand on: each claim's own, and what its values stand on.

    Each is `DOCUMENT:START-END`, with how it reads.
    """
    found: dict[str, str] = {}
    for column in sides.columns:
        document, text = column.document, column.document.text
        spans = [("the sentence", column.claim.span)]
        spans += [(says, one) for _, says, evidence in values_of(column.claim) for one in evidence if isinstance(one, Span)]
        for says, span in spans:
            words = " ".join(span.of(text).split())
            short = words if len(words) <= MOST_SHOWN else words[: MOST_SHOWN - 1] + "…"
            found.setdefault(f"{document.id}:{span.start}-{span.end}", f"claim {column.number}, {says}: “{short}”")
    return list(found.items())
