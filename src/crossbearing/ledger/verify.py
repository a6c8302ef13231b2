"""Whether what is held is what was recorded: every hash, every quote and every id of a ledger or a bundle, checked offline.

What is checked can be made again from what is held: a capture's hash from its bytes, a quote from the text at its span, an id
from what it is the id of. Each failure is a sentence. Nothing here shows that a page was on the web on some day; only that
what is claimed of it stands in these bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from crossbearing.errors import LedgerError
from crossbearing.ledger.address import address_of
from crossbearing.ledger.bundle import KIND, MANIFEST, pack
from crossbearing.ledger.encode import decision_id, decode_claim, decode_decision, decode_moment, decode_outcome, outcome_id
from crossbearing.ledger.reader import Reader
from crossbearing.ledger.stores import Store
from crossbearing.ledger.tables import (
    GROWING,
    captures,
    claims,
    decisions,
    documents,
    faults,
    locations,
    open_store,
    outcomes,
)
from crossbearing.ledger.writer import broken, claim_row, decision_row, document_row, fault_id, place_id, status_of
from crossbearing.model.claim import Claim, claim_id
from crossbearing.model.decision import Decision, DecisionKind
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import Capture, Document, Media

AT_ONCE = 500
"""Rows that are fetched at a time, so that no table stands in memory whole."""


def verify(path: str | os.PathLike[str]) -> Iterator[str]:
    """What is wrong with a ledger, by path or address, or with a bundle, a sentence each; nothing where all holds.

    Raises LedgerError where there is no such file.
    """
    yield from verify_ledger(os.fspath(path)) if _is_ledger(path) else verify_bundle(Path(path))


@dataclass(frozen=True, slots=True)
class Held:
    """A capture, the steps that read it, and the claims that are held of it."""

    capture: Capture
    steps: tuple[str, ...]
    claims: tuple[Claim, ...]


def evidence(path: str | os.PathLike[str]) -> Iterator[Held]:
    """What a ledger or a bundle that verifies holds of each capture, so that it can be made again."""
    if not _is_ledger(path):
        yield from _bundled(Path(path))
        return
    with Reader(os.fspath(path)) as reader:
        for outcome in reader.outcomes():
            if outcome.fault is None:
                yield Held(reader.capture(outcome.capture), outcome.steps, outcome.claims)


def _is_ledger(path: str | os.PathLike[str]) -> bool:
    address = address_of(path)
    if address.url is not None:
        return True
    if not address.beside.is_file():
        raise LedgerError(address.shown, "there is no such file", "Name a ledger, or a bundle that `crossbearing bundle` wrote")
    with address.beside.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _bundled(path: Path) -> Iterator[Held]:
    with zipfile.ZipFile(path) as bundle:
        shown = {one["sha256"]: one for one in map(json.loads, _lines(bundle, "captures.jsonl"))}
        said: dict[str, list[Claim]] = defaultdict(list)
        for claim in map(decode_claim, _lines(bundle, "claims.jsonl")):
            said[claim.document].append(claim)
        for origin in map(json.loads, _lines(bundle, "documents.jsonl")):
            one = shown[origin["capture"]]
            capture = Capture(
                bundle.read(f"captures/{one['sha256']}"), one["sha256"], origin["file"], origin["report"], Media(one["media"]),
                decode_moment(one["captured"]),
            )  # fmt: skip
            yield Held(capture, tuple(origin["steps"]), tuple(said[origin["id"]]))


def _lines(bundle: zipfile.ZipFile, name: str) -> list[str]:
    """The lines of a member; none where it is not there."""
    return [line for line in bundle.read(name).decode().split("\n") if line] if name in bundle.namelist() else []


# ---------------------------------------------------------------- a ledger


def verify_ledger(path: str) -> Iterator[str]:
    """What is wrong with the ledger at a path or an address."""
    try:
        store = open_store(path, create=False)
    except LedgerError as error:
        yield f"The ledger cannot be opened: {error}"
        return
    try:
        with store.engine.begin() as connection:
            connection.execution_options(yield_per=AT_ONCE)
            for what, its in STORED.items():
                yield from _guardedly(partial(its, store, connection), what)
            for what, check in CHECKS.items():
                yield from _guardedly(partial(check, connection), what)
    finally:
        store.close()


def _guardedly(check: Callable[[], Iterator[str]], what: str) -> Iterator[str]:
    """What a check says; that it broke, where damage lets it come no further."""
    try:
        yield from check()
    except Exception as error:  # damage can raise anything, and each is a finding
        yield f"Of {what} some cannot be read at all ({type(error).__name__}: {str(error)[:120]})."


def _guarded(store: Store, connection: Connection) -> Iterator[str]:
    """Whether every table still refuses to be changed."""
    names = store.guards(connection)
    for table in GROWING:
        for verb in store.refused:
            if f"{table.name}_no_{verb}" not in names:
                yield f"The table {table.name} no longer refuses {verb.upper()}: its trigger is gone."


def _in_order(store: Store, connection: Connection) -> Iterator[str]:
    """Whether no row is missing, and each was recorded no earlier than the one before."""
    for table in GROWING:
        before, stamp = 0, ""
        for row in connection.execute(select(table.c.seq, table.c.recorded_at).order_by(table.c.seq)):
            if row.seq != before + 1:
                yield f"Of the table {table.name} rows are missing between {before} and {row.seq}."
            if row.recorded_at < stamp:
                yield f"Row {row.seq} of {table.name} says it was recorded at {row.recorded_at}, before the row above it."
            before, stamp = row.seq, row.recorded_at
        last = store.numbered(connection, table)
        if last != before:
            yield f"The table {table.name} once held {last} rows and ends at {before}."


def _captures(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(captures)):
        try:
            content = zlib.decompress(row.content)
        except zlib.error as error:
            yield f"Capture {row.sha256} cannot be unpacked ({error})."
            continue
        if hashlib.sha256(content).hexdigest() != row.sha256 or len(content) != row.size:
            yield f"Capture {row.sha256} holds other bytes than its hash says."


def _locations(connection: Connection) -> Iterator[str]:
    held = set(connection.execute(select(captures.c.sha256)).scalars())
    for row in connection.execute(select(locations)):
        if row.id != place_id(row.capture, row.file, row.report):
            yield f"The place {row.file} of capture {row.capture[:12]} is not the one that its id was made of."
        if row.capture not in held:
            yield f"The place {row.file} is of capture {row.capture[:12]}, which is not held."
    placed = set(connection.execute(select(locations.c.capture)).scalars())
    yield from (f"Capture {sha} has no place where it lay." for sha in sorted(held - placed))


def _outcomes(connection: Connection) -> Iterator[str]:
    """Ids, columns, and every quote and span of the claims."""
    held = set(connection.execute(select(captures.c.sha256)).scalars())
    for row in connection.execute(select(outcomes)):
        outcome = decode_outcome(row.payload)
        if row.id != outcome_id(outcome.capture, outcome.steps) or json.loads(row.steps) != list(outcome.steps):
            yield f"Outcome {row.id} is not of the capture and the steps that its id was made of."
        if row.capture != outcome.capture or row.status != status_of(outcome):
            yield f"Outcome {row.id} is listed otherwise than it reads."
        if row.capture not in held:
            yield f"Outcome {row.id} is of capture {row.capture[:12]}, which is not held."
        said = connection.execute(select(claims.c.payload).where(claims.c.outcome == row.id)).scalars()
        whole = Outcome(
            outcome.capture, outcome.steps, outcome.document, outcome.dating, tuple(map(decode_claim, said)),
            outcome.totals, outcome.counts, outcome.set_aside, outcome.fault,
        )  # fmt: skip
        yield from (f"In outcome {row.id}, {why}." for why in broken(whole, row.capture))


def _claims(connection: Connection) -> Iterator[str]:
    held = set(connection.execute(select(outcomes.c.id)).scalars())
    for row in connection.execute(select(claims)):
        claim = decode_claim(row.payload)
        yield from _claim_id(claim)
        if _differs(row, claim_row(claim)):
            yield f"Claim {claim.id} is listed otherwise than it reads."
        if row.outcome not in held:
            yield f"Claim {claim.id} is of outcome {row.outcome}, which is not held."


def _claim_id(claim: Claim) -> Iterator[str]:
    names = tuple(voice.value.name for voice in claim.chain)
    if claim.id != claim_id(claim.document, claim.span, claim.step, claim.happening, names):
        yield f"Claim {claim.id} is not the one that its id was made of."


def _documents(connection: Connection) -> Iterator[str]:
    rows = select(documents, outcomes.c.payload).outerjoin(outcomes, outcomes.c.id == documents.c.outcome)
    for row in connection.execute(rows):
        outcome = decode_outcome(row.payload) if row.payload else None
        if outcome is None or outcome.document is None or _differs(row, document_row(outcome, outcome.document)):
            yield f"Document {row.id} is listed otherwise than its outcome reads."


def _faults(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(faults)):
        fault = Fault(row.file, row.stage, row.error, row.sentence, row.capture, row.report)
        if row.says != fault_id(fault, row.outcome):
            yield f"Fault {row.id[:12]} of {row.file} says something else than its id was made of."


def _decisions(connection: Connection) -> Iterator[str]:
    known = set(connection.execute(select(claims.c.id)).scalars())
    rows = connection.execute(select(decisions).order_by(decisions.c.seq)).all()
    made = [decode_decision(row.value) for row in rows]
    for row, decision in zip(rows, made, strict=True):
        if _differs(row, decision_row(decision)):
            yield f"Decision {row.id} is listed otherwise than it reads."
    cited = {one.document for decision in made for one in decision.evidence}
    of_documents = select(outcomes.c.payload).join(documents, documents.c.outcome == outcomes.c.id)
    texts: dict[str, str] = {}
    for payload in connection.execute(of_documents.where(documents.c.id.in_(cited))).scalars():
        if document := decode_outcome(payload).document:
            texts[document.id] = document.text
    yield from check_decisions(made, texts, known)


def _differs(row: Any, made: Mapping[str, object]) -> bool:
    """Whether a row's columns are not those that its value makes."""
    return any(getattr(row, name) != value for name, value in made.items())


def check_decisions(made: Iterable[Decision], texts: Mapping[str, str], known: Collection[str] | None = None) -> Iterator[str]:
    """What is wrong with decisions, in their order, beside the texts of documents and, where all are at hand, the claims."""
    earlier: set[str] = set()
    rounds: set[str] = set()
    for one in made:
        if one.id != decision_id(one):
            yield f"Decision {one.id} of {one.person} is not the one that its id was made of."
        about = {DecisionKind.OPEN: rounds, DecisionKind.UNDO: earlier}.get(one.kind, known)
        if about is not None:
            missing = [name for name in (*one.subject, *one.other) if name not in about]
            yield from (f"Decision {one.id} is about {name}, which is not held." for name in missing)
        for cited in one.evidence:
            if cited.document in texts and cited.span.of(texts[cited.document]) != cited.quote:
                where = f"{cited.span.start}-{cited.span.end} of document {cited.document}"
                yield f"Decision {one.id} cites words that do not stand at {where}."
        earlier.add(one.id)
        rounds.add(one.round)


STORED: dict[str, Callable[[Store, Connection], Iterator[str]]] = {
    "the database": lambda store, connection: store.damage(connection),
    "the triggers": _guarded,
    "the rows": _in_order,
}
"""What is checked of how it is kept."""

CHECKS: dict[str, Callable[[Connection], Iterator[str]]] = {
    "the captures": _captures,
    "the places": _locations,
    "the outcomes": _outcomes,
    "the claims": _claims,
    "the documents": _documents,
    "the faults": _faults,
    "the decisions": _decisions,
}
"""What is checked of what is held, by what it is about."""


# ---------------------------------------------------------------- a bundle


def verify_bundle(path: Path) -> Iterator[str]:
    """What is wrong with a bundle: with its members, with what they say of one another, and with the bytes between them."""
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = bundle.read(MANIFEST)
            said = json.loads(manifest)
            if said["schema"] != KIND:
                yield f"The manifest says {said['schema']!r}; this version knows {KIND}."
                return
            if bundle.comment.decode("ascii", "replace") != hashlib.sha256(manifest).hexdigest():
                yield "The manifest is not the one that the bundle was closed with."
            listed = {one["name"]: one for one in said["members"]}
            yield from _members(bundle, listed)
            yield from _rebuilt(path, bundle, said)
            yield from _guardedly(partial(_contents, bundle, listed), "the members")
    except Exception as error:  # damage can raise anything, and each is a finding
        yield f"{path} cannot be read as a bundle ({type(error).__name__}: {str(error)[:120]})."


def _members(bundle: zipfile.ZipFile, listed: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    names = [name for name in bundle.namelist() if name != MANIFEST]
    yield from (f"The manifest lists {name}, which is not in the bundle." for name in sorted(listed.keys() - set(names)))
    for name in names:
        if name not in listed:
            yield f"The bundle holds {name}, which its manifest does not list."
        elif hashlib.sha256(bundle.read(name)).hexdigest() != listed[name]["sha256"]:
            yield f"{name} holds other bytes than the manifest says."


def _rebuilt(path: Path, bundle: zipfile.ZipFile, said: Mapping[str, Any]) -> Iterator[str]:
    """Whether packing the same members gives the same file."""
    facts = {name: value for name, value in said.items() if name not in ("schema", "members")}
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "again.zip"
        pack(again, ((name, bundle.read(name)) for name in bundle.namelist() if name != MANIFEST), facts)
        with path.open("rb") as one, again.open("rb") as other:
            while True:
                a, b = one.read(1 << 20), other.read(1 << 20)
                if a != b:
                    yield "The bundle's bytes are not those that its members make: something beside them was changed."
                    return
                if not a:
                    return


def _contents(bundle: zipfile.ZipFile, listed: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Whether the members bear one another out."""
    for name, one in listed.items():
        if name.startswith("captures/") and name != f"captures/{one['sha256']}":
            yield f"{name} is not called by the hash of its bytes."
    texts: dict[str, Document] = {}
    for place in map(json.loads, _lines(bundle, "documents.jsonl")):
        content = bundle.read(f"documents/{place['id']}.txt").decode()
        texts[place["id"]] = Document(place["id"], place["capture"], place["report"], place["file"], content)
        if f"captures/{place['capture']}" not in listed:
            yield f"Document {place['id']} was made of capture {place['capture'][:12]}, which is not in the bundle."
    said = [decode_claim(line) for line in _lines(bundle, "claims.jsonl")]
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in said:
        by_document[claim.document].append(claim)
        yield from _claim_id(claim)
    for name, some in by_document.items():
        document = texts.get(name)
        outcome = Outcome(document.capture if document else "", (), document, claims=tuple(some))
        yield from (f"In document {name}, {why}." for why in broken(outcome, outcome.capture))
    known = {claim.id for claim in said}
    made = map(decode_decision, _lines(bundle, "decisions.jsonl"))  # they may name claims of incidents that were not asked for
    yield from check_decisions(made, {name: one.text for name, one in texts.items()})
    yield from _incidents(map(json.loads, _lines(bundle, "incidents.jsonl")), known)


def _incidents(records: Iterable[Mapping[str, Any]], known: set[str]) -> Iterator[str]:
    home: dict[str, str] = {}
    for record in records:
        for claim in record["claims"]:
            if claim not in known:
                yield f"Incident {record['id']} holds claim {claim}, which is not in the bundle."
            if home.setdefault(claim, record["id"]) != record["id"]:
                yield f"Claim {claim} stands in two incidents, {home[claim]} and {record['id']}."
