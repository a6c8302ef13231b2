"""The one hand that writes: it appends what the stages gave, after a look at every quote, and changes nothing.

Captures, outcomes and faults are appended; incidents are a pure function of the claims that stand and may be thrown
away and drawn again. Ids are made of content, so appending the same thing twice adds nothing, and a run that is cut off
anywhere goes on. Each append is one transaction: either all of an outcome is held, or none of it.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from crossbearing.errors import BrokenReading, RefusedInput
from crossbearing.ledger.asof import unmended
from crossbearing.ledger.encode import (
    content_id,
    decode_moment,
    encode_claim,
    encode_decision,
    encode_incidents,
    encode_met,
    encode_moment,
    encode_outcome,
    outcome_id,
)
from crossbearing.ledger.review import admit
from crossbearing.ledger.tables import (
    captures,
    claims,
    decisions,
    documents,
    faults,
    incident_view,
    locations,
    met_key,
    open_store,
    outcomes,
    runs,
    writing,
)
from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Drawing
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.provenance import Evidence, Stated
from crossbearing.model.text import Capture, Document, Media, Span

# Saves a tenth more at level 9 and takes three times as long (measured on saved pages).
COMPRESSION = 6


class Writer:
    """Appends to the ledger at a path or an address, which it makes where there is none.

    Raises LedgerError, with what to do, where it cannot be opened or written. `path` is where it is, for people to read.
    """

    def __init__(self, path: str) -> None:
        self._store = open_store(path, create=True)
        self.path, self._engine = self._store.path, self._store.engine

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger, with all that was written in it and as little as can be beside it: somebody may copy it."""
        self._store.settle()
        self._store.close()

    def append_capture(self, capture: Capture) -> tuple[Capture, bool]:
        """Hold a capture and where it lay. Returns it as the ledger holds it, and whether its bytes are new.

        The same bytes are one capture: it keeps the form and the place in which it first came, and gains a location.
        Raises RefusedInput where the path holds bytes that are no text.
        """
        with self._store.speaking():
            with self._engine.connect() as connection:
                held = _held(connection, capture)
                if held and _is_at(connection, capture):
                    return held, False
            with writing(self._engine) as (connection, now):
                return _hold(connection, now, capture)

    def append(self, outcome: Outcome, capture: Capture) -> Outcome:
        """Hold what the stages made of a capture, with the capture itself. Returns the outcome as it was stored.

        At the door every claim's quote must be the document's text at its span, and every span must lie within the text.
        An outcome that breaks this is stored as a fault, with the document and without its claims. Raises RefusedInput as
        `append_capture` does.
        """
        outcome, payload, rows = _at_the_door(outcome, capture)
        key = outcome_id(outcome.capture, outcome.steps)
        with self._store.speaking(), writing(self._engine) as (connection, now):
            _hold(connection, now, capture)
            if connection.execute(_OUTCOME, {"key": key}).first():
                return outcome
            status = status_of(outcome)
            steps = json.dumps(outcome.steps)
            row: dict[str, object] = {"id": key, "capture": outcome.capture, "steps": steps, "status": status, "payload": payload}
            connection.execute(outcomes.insert(), {"recorded_at": now, **row})
            if outcome.document:
                row = document_row(outcome, outcome.document)
                connection.execute(documents.insert(), {"recorded_at": now, "outcome": key, **row})
            if rows:
                connection.execute(claims.insert(), [{"recorded_at": now, "outcome": key, **each} for each in rows])
            if outcome.fault:
                _append_fault(connection, now, outcome.fault, key)
        return outcome

    def append_fault(self, fault: Fault) -> bool:
        """Hold a fault that no outcome tells of. Returns whether it is new: the same fault is held once."""
        with self._store.speaking():
            with self._engine.connect() as connection:
                if _stands(connection, fault):
                    return False
            with writing(self._engine) as (connection, now):
                return _append_fault(connection, now, fault, None)

    def append_decision(self, decision: Decision) -> bool:
        """Hold a person's decision. Returns whether it is new: the same decision is held once.

        At the door it must name who and why, and claims, decisions and words that the ledger holds. Raises RefusedDecision.
        """
        with self._store.speaking(), writing(self._engine) as (connection, now):
            if connection.execute(select(decisions.c.seq).where(decisions.c.id == decision.id)).first():
                return False
            admit(connection, decision)
            connection.execute(decisions.insert(), {"recorded_at": now, **decision_row(decision)})
        return True

    def append_run(self, run: str, moment: str, what: Mapping[str, object]) -> None:
        """Note that a run `started`, `ended` or was `interrupted`, with its facts."""
        with self._store.speaking(), writing(self._engine) as (connection, now):
            row = {"run": run, "moment": moment, "what": json.dumps(what, sort_keys=True)}
            connection.execute(runs.insert(), {"recorded_at": now, **row})

    def keep_view(self, key: str, drawn: Drawing) -> None:
        """Keep what `link` drew under a key of `Reader.view_key`, in place of what was kept before."""
        rows = [{"key": key, "payload": encode_incidents(drawn.incidents)}]
        rows += [{"key": met_key(key), "payload": encode_met(drawn)}] if drawn.tellings else []
        with self._store.speaking(), writing(self._engine) as (connection, _):
            connection.execute(delete(incident_view))
            connection.execute(incident_view.insert(), rows)


def status_of(outcome: Outcome) -> str:
    """`read`, `set aside` or `fault`."""
    if outcome.fault:
        return "fault"
    return "set aside" if outcome.set_aside else "read"


def plain(written: str) -> str:
    """The text with whatever no file can hold written as an escape."""
    return written.encode("utf-8", "backslashreplace").decode()


def _at_the_door(outcome: Outcome, capture: Capture) -> tuple[Outcome, str, list[dict[str, object]]]:
    """The outcome as it may be stored, its JSON without claims, and its claims as rows."""
    why = next(broken(outcome, capture.sha256), None)
    if why is None:
        try:
            rows = [claim_row(claim) for claim in outcome.claims]
            return outcome, encode_outcome(replace(outcome, claims=())), rows
        except ValueError as error:  # pydantic's own serialisation error is one
            why = f"it cannot be written down ({error})"
    sentence = BrokenReading(plain(capture.file), plain(why), "Nothing of it was kept as a claim; please report this page")
    fault = Fault(plain(capture.file), "ledger", type(sentence).__name__, str(sentence), capture.sha256, plain(capture.report))
    bare = Outcome(capture.sha256, outcome.steps, document=outcome.document, dating=outcome.dating, fault=fault)
    try:
        return bare, encode_outcome(bare), []
    except ValueError:
        bare = replace(bare, document=None, dating=None)
        return bare, encode_outcome(bare), []


def broken(outcome: Outcome, sha256: str) -> Iterator[str]:
    """What keeps an outcome of the capture from being held, in half-sentences."""
    if outcome.capture != sha256:
        yield f"its outcome is of another capture ({outcome.capture[:12]})"
    document = outcome.document
    if document is None:
        if outcome.claims or outcome.totals or outcome.counts:
            yield "it has claims, but no document that they are of"
        return
    for claim in outcome.claims:
        said = document.quote(claim.span)
        if claim.document != document.id:
            yield f"claim {claim.id} is of another document ({claim.document})"
        if not said or claim.quote != said:
            where = f"{claim.span.start}:{claim.span.end}"
            yield f"claim {claim.id} quotes {claim.quote[:60]!r}, but the text at {where} reads {said[:60]!r}"
        if not math.isfinite(claim.score):
            yield f"claim {claim.id} has no finite score"
        for stated in _stated(claim):
            yield from _unfounded(stated, document, f"claim {claim.id}")
    for total in outcome.totals:
        yield from _unfounded(total, document, "a total")
    for count in outcome.counts:
        if count.quote != document.quote(count.span):
            yield f"count {count.id} quotes {count.quote[:60]!r}, but the text at {count.span.start}:{count.span.end} does not"
        for value in (count.count, count.when, *count.where, *count.perpetrators, *count.targets, *count.chain):
            if value is not None:
                yield from _unfounded(value, document, f"count {count.id}")
    for because in outcome.dating.because if outcome.dating else ():
        yield from _outside(because.evidence, document, "the dating")
    if len({claim.id for claim in outcome.claims}) < len(outcome.claims):
        yield "two of its claims have one id"


def _stated(claim: Claim) -> Iterator[Stated[Any]]:
    """Every value of a claim that stands on evidence."""
    yield from claim.perpetrators
    yield from claim.targets
    yield from claim.claimed_by
    yield from claim.weapons
    yield from claim.chain
    for value in (claim.when, claim.where, claim.killed, claim.injured, claim.ordinal, *claim.figures):
        if value is not None:
            yield value


def _unfounded(stated: Stated[Any], document: Document, whose: str) -> Iterator[str]:
    if not math.isfinite(stated.score):
        yield f"{whose} has a value without a finite score"
    yield from _outside(stated.evidence, document, whose)


def _outside(evidence: Iterable[Evidence], document: Document, whose: str) -> Iterator[str]:
    for each in evidence:
        span = each if isinstance(each, Span) else each.span
        if span is not None and span.end > len(document.text):
            yield f"{whose} rests on {span.start}:{span.end}, but the text ends at {len(document.text)}"


def _is_text(written: str) -> bool:
    return plain(written) == written


def _hold(connection: Connection, now: str, capture: Capture) -> tuple[Capture, bool]:
    """Hold a capture and its place, where either is new."""
    if not _is_text(capture.file + capture.report):
        raise RefusedInput(plain(capture.file), "its name is no text in UTF-8", "Rename the file and run again")
    held = _held(connection, capture)
    if held is None:
        connection.execute(captures.insert(), {"recorded_at": now, **_capture_row(capture)})
    if not _is_at(connection, capture):
        row = {"id": _place(capture), "capture": capture.sha256, "file": capture.file, "report": capture.report}
        connection.execute(locations.insert(), {"recorded_at": now, **row})
    return held or capture, held is None


def _place(capture: Capture) -> str:
    return place_id(capture.sha256, capture.file, capture.report)


def place_id(capture: str, file: str, report: str) -> str:
    """The id of a place where a capture lay."""
    return content_id(capture, file, report)


def _is_at(connection: Connection, capture: Capture) -> bool:
    """Whether it is known that the capture lay there."""
    return connection.execute(_AT, {"place": _place(capture)}).first() is not None


_AT = select(locations.c.seq).where(locations.c.id == bindparam("place"))
_FORM = select(captures.c.media, captures.c.captured).where(captures.c.sha256 == bindparam("capture"))
_PLACES = select(locations.c.file, locations.c.report).where(locations.c.capture == bindparam("capture"))
_FIRST_PLACE = _PLACES.order_by(locations.c.seq).limit(1)
_OUTCOME = select(outcomes.c.seq).where(outcomes.c.id == bindparam("key"))


def _held(connection: Connection, capture: Capture) -> Capture | None:
    """The capture as it first came, with the bytes at hand."""
    row = connection.execute(_FORM, {"capture": capture.sha256}).first()
    if row is None:
        return None
    first = connection.execute(_FIRST_PLACE, {"capture": capture.sha256}).one()
    return replace(capture, file=first.file, report=first.report, media=Media(row.media), captured=decode_moment(row.captured))


def _capture_row(capture: Capture) -> dict[str, object]:
    return {
        "sha256": capture.sha256,
        "media": capture.media.value,
        "captured": encode_moment(capture.captured),
        "size": len(capture.content),
        "content": zlib.compress(capture.content, COMPRESSION),
    }


def document_row(outcome: Outcome, document: Document) -> dict[str, object]:
    """A document as its row: what is asked for by name; the whole of it stands in the outcome."""
    published = outcome.dating.published if outcome.dating else None
    return {
        "id": document.id,
        "capture": document.capture,
        "report": document.report,
        "file": document.file,
        "title": document.metadata.title.value if document.metadata.title else None,
        "earliest": published.earliest.isoformat() if published and published.earliest else None,
        "latest": published.latest.isoformat() if published and published.latest else None,
    }


def claim_row(claim: Claim) -> dict[str, object]:
    """A claim as its row: what is asked for by name, and the whole of it as `payload`."""
    when = claim.when.value if claim.when else None
    where = claim.where.value if claim.where else None
    return {
        "id": claim.id,
        "document": claim.document,
        "report": claim.report,
        "event_type": claim.event_type,
        "sub_event_type": claim.sub_event_type,
        "status": claim.status.value,
        "role": claim.role.value,
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "country": where.country if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "payload": encode_claim(claim),
    }


def decision_row(decision: Decision) -> dict[str, object]:
    """A decision as its row: what is asked for by name, and the whole of it as `value`."""
    return {
        "id": decision.id,
        "person": decision.person,
        "at": encode_moment(decision.at),
        "kind": decision.kind.value,
        "subject": " ".join(decision.subject),
        "reason": decision.reason,
        "value": encode_decision(decision),
    }


def fault_id(fault: Fault, outcome: str | None) -> str:
    """What a fault says, as one hash."""
    return content_id(outcome, fault.file, fault.stage, fault.error, fault.sentence, fault.capture)


def _stands(connection: Connection, fault: Fault) -> bool:
    """Whether the same fault, of no outcome, is held and was not mended since."""
    return connection.execute(_STANDING, {"says": fault_id(fault, None)}).first() is not None


_STANDING = select(faults.c.seq).where(faults.c.says == bindparam("says"), unmended(None))


def _append_fault(connection: Connection, now: str, fault: Fault, outcome: str | None) -> bool:
    if outcome is None and _stands(connection, fault):
        return False
    says = fault_id(fault, outcome)
    # A fault that was mended and comes again is held again.
    times = connection.execute(select(func.count()).where(faults.c.says == says)).scalar()
    row = {
        "id": content_id(says, str(times)),
        "says": says,
        "file": plain(fault.file),
        "stage": fault.stage,
        "error": fault.error,
        "sentence": plain(fault.sentence),
        "capture": fault.capture,
        "report": plain(fault.report) if fault.report is not None else None,
    }
    connection.execute(faults.insert(), {"recorded_at": now, "outcome": outcome, **row})
    return True
