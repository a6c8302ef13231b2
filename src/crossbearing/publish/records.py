"""What the ledger holds, as plain records: one dictionary per claim, incident, document or fault, each of a stated schema.

A record is what leaves the house: JSON Lines writes it as it is, tables and maps flatten it. Its keys stand in the
order of its schema, its days are ISO 8601, its names are the neutral ones, and `stated` holds the words themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from crossbearing.model.claim import Actor, Claim, Figure
from crossbearing.model.decision import Review, Setting, value_text
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.provenance import Evidence, Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place
from crossbearing.publish import precision

Record = dict[str, Any]
"""One line of an export: JSON values only."""

CLAIM, INCIDENT, DOCUMENT, FAULT = (f"crossbearing.{kind}/1" for kind in ("claim", "incident", "document", "fault"))
GAP, ESTIMATE = "crossbearing.gap/1", "crossbearing.estimate/1"
DECISION, QUEUED, AGREEMENT, CHANGE = (f"crossbearing.{kind}/1" for kind in ("decision", "queued", "agreement", "change"))
LINEAGE, STANDING, CONTRADICTION = (f"crossbearing.{kind}/1" for kind in ("lineage", "standing", "contradiction"))
PAIRING, NEAR = "crossbearing.pairing/1", "crossbearing.near/1"
SCHEMAS = (
    CLAIM, INCIDENT, DOCUMENT, FAULT, GAP, ESTIMATE, DECISION, QUEUED, AGREEMENT, CHANGE, LINEAGE, STANDING, CONTRADICTION,
    PAIRING, NEAR,
)  # fmt: skip

BETWEEN_WORDS = " … "
"""Between the stretches that one value stands on."""
BETWEEN_VOICES = " | "
"""Between the words of one claim and those of another, where an incident shows both."""


@lru_cache(maxsize=None)
def schema(name: str) -> Record:
    """The JSON Schema (draft 2020-12) that records of a kind hold to, e.g. `crossbearing.claim/1`.

    The schemas ship as `publish/schemas/claim-1.json` and so on. Raises KeyError for a name that is not in `SCHEMAS`.
    """
    if name not in SCHEMAS:
        raise KeyError(name)
    file = name.removeprefix("crossbearing.").replace("/", "-") + ".json"
    found: Record = json.loads((files(__package__) / "schemas" / file).read_text(encoding="utf-8"))
    return found


def claim_record(claim: Claim, incident: str | None, text: str) -> Record:
    """One claim as `crossbearing.claim/1`.

    `incident` is the id of the incident that the ledger now puts it in, `text` its document's whole text.
    """
    return {
        "schema": CLAIM,
        "id": claim.id,
        "report": claim.report,
        "document": claim.document,
        "file": claim.file,
        "incident": incident,
        "role": claim.role.value,
        "status": claim.status.value,
        "event_type": claim.event_type,
        "sub_event_type": claim.sub_event_type,
        "when": _interval(claim.when.value, words(claim.when, text)) if claim.when else None,
        "where": _place(claim.where.value, words(claim.where, text)) if claim.where else None,
        "perpetrators": names_of(actor.value.name for actor in claim.perpetrators),
        "targets": names_of(actor.value.name for actor in claim.targets),
        "claimed_by": names_of(actor.value.name for actor in claim.claimed_by),
        "weapons": names_of(weapon.value for weapon in claim.weapons),
        "chain": [voice.value.name for voice in claim.chain],
        "killed": _figure(claim.killed.value, words(claim.killed, text)) if claim.killed else None,
        "injured": _figure(claim.injured.value, words(claim.injured, text)) if claim.injured else None,
        "counts": [_count(one.value, words(one, text)) for one in claim.figures],
        "stance": claim.stance.value,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
    }


def incident_record(incident: Incident, claims: Sequence[Record] = ()) -> Record:
    """One incident as `crossbearing.incident/1`.

    `claims` are the records of its claims, in the order wanted: their words become the `stated` of the incident's
    values. Without them `stated` is null.
    """
    said = [record for record in claims if record["id"] in incident.claims]
    return {
        "schema": INCIDENT,
        "id": incident.id,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "status": incident.status.value,
        "when": _interval(incident.when, _grounds(incident, said, "when")) if incident.when else None,
        "where": _place(incident.where, _grounds(incident, said, "where")) if incident.where else None,
        "perpetrators": _actors(incident.perpetrators),
        "targets": _actors(incident.targets),
        "weapons": list(incident.weapons),
        "killed": _toll(incident, "killed", said),
        "injured": _toll(incident, "injured", said),
        "reports": list(incident.reports),
        "lineages": [{"root": one.root, "claims": list(one.claims), "because": one.because} for one in incident.lineages],
        "claims": list(incident.claims),
        "contradictions": [{"field": one.field, "a": one.a, "b": one.b, "says": one.says} for one in incident.contradictions],
        "grades": [{"field": one.field, "grade": one.grade.value} for one in incident.grades],
        "review": _review(incident.review) if incident.review else None,
    }


def document_record(outcome: Outcome, file: str | None = None) -> Record:
    """What became of one capture, as `crossbearing.document/1`.

    `file` says where the capture lay, for a page of which no document was made. The id is the document's, or the
    capture's hash where there is none.
    """
    document = outcome.page
    status, reason = _ended(outcome)
    metadata = document.metadata if document else None
    return {
        "schema": DOCUMENT,
        "id": document.id if document else outcome.capture,
        "file": file or (document.file if document else outcome.fault.file if outcome.fault else None),
        "source": metadata.outlet.value if metadata and metadata.outlet else None,
        "title": metadata.title.value if metadata and metadata.title else None,
        "status": status,
        "reason": reason,
        "published": _published(outcome),
        "furniture": _furniture(document),
    }


def fault_record(fault: Fault) -> Record:
    """A step that failed on one thing, as `crossbearing.fault/1`."""
    return {
        "schema": FAULT,
        "file": fault.file,
        "report": fault.report,
        "capture": fault.capture,
        "stage": fault.stage,
        "error": fault.error,
        "sentence": fault.sentence,
    }


def words(stated: Stated[Any], text: str) -> str:
    """The exact words that a value stands on: the text at each span, or what the capture shows outside of its text."""
    return BETWEEN_WORDS.join(dict.fromkeys(piece for piece in (_evidence(one, text) for one in stated.evidence) if piece))


def _evidence(evidence: Evidence, text: str) -> str:
    return evidence.of(text) if isinstance(evidence, Span) else evidence.quote


def _ended(outcome: Outcome) -> tuple[str, str | None]:
    """The document's status, and the sentence behind it where it was not read."""
    if outcome.fault:
        return "fault", outcome.fault.sentence
    if outcome.set_aside:
        return "set aside", f"{outcome.set_aside.reason.value}: {outcome.set_aside.because}"
    return "read", None


def _published(outcome: Outcome) -> Record | None:
    if outcome.dating is None:
        return None
    days = outcome.dating.published
    because = [one.says for one in outcome.dating.because]
    if outcome.dating.contradiction:
        because.append(outcome.dating.contradiction)
    return {"earliest": day_of(days.earliest), "latest": day_of(days.latest), "chance": outcome.dating.chance, "because": because}


def _furniture(document: Document | None) -> list[list[Any]]:
    return [[one.span.start, one.span.end, one.kind.value] for one in document.furniture] if document else []


def _all_words(records: Sequence[Record], field: str) -> str | None:
    """The distinct words of several claims for one field; None where no claim is at hand."""
    return BETWEEN_VOICES.join(dict.fromkeys(record[field]["stated"] for record in records if record[field])) or None


def _grounds(incident: Incident, records: Sequence[Record], field: str) -> str | None:
    """What a field of an incident stands on: the words that a person cited or the note, where one set it; else the claims'."""
    review = incident.review or Review()
    by = {one.field: one.decision for one in review.settings}.get(field)
    for decision in review.decisions:
        if decision.id == by:
            return BETWEEN_WORDS.join(one.quote for one in decision.evidence) or decision.note
    return _all_words(records, field)


def _interval(interval: Interval, stated: str | None) -> Record:
    return {
        "earliest": day_of(interval.earliest),
        "latest": day_of(interval.latest),
        "ucdp": precision.ucdp_when(interval),
        "acled": precision.acled_when(interval),
        "stated": stated,
    }


def _review(review: Review) -> Record:
    """What people decided on an incident."""
    return {
        "state": review.state.value,
        "verdict": review.verdict.value if review.verdict else None,
        "verified": review.verified,
        "set": [_set(one) for one in review.settings],
        "contested": [{"about": one.about, "says": one.says, "decisions": list(one.decisions)} for one in review.contests],
        "rejected_claims": list(review.rejected_claims),
        "new_claims": list(review.new_claims),
        "decisions": [one.id for one in review.decisions],
    }


def _set(one: Setting) -> Record:
    value, stood = value_text(one.value), value_text(one.claims_say)
    return {
        "field": one.field,
        "value": value,
        "claims_say": stood,
        "person": one.person,
        "at": one.at.isoformat(),
        "reason": one.reason,
        "decision": one.decision,
        "otherwise": [{"value": each.value, "claims": list(each.claims)} for each in one.otherwise],
        "says": f"{one.person} set {one.field} to {value or 'not known'} (the claims say {stood or 'nothing'}): {one.reason}",
    }


def day_of(day: Any) -> str | None:
    return day.isoformat() if day else None


def _place(place: Place, stated: str | None) -> Record:
    return {
        "name": place.name,
        "admin1": place.admin1,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km,
        "precision": place.precision.value,
        "ucdp": precision.ucdp_where(place),
        "acled": precision.acled_where(place),
        "airwars": precision.airwars_where(place),
        "stated": stated,
    }


def _figure(figure: Figure, stated: str | None) -> Record:
    return {"low": figure.low, "high": figure.high, "stated": stated}


def _toll(incident: Incident, field: str, claims: Sequence[Record]) -> Record | None:
    """A figure of an incident, with the greatest number that one of its claims names; of one that a person set, its own."""
    figure: Figure | None = getattr(incident, field)
    if figure is None:
        return None
    by_person = incident.review is not None and any(one.field == field for one in incident.review.settings)
    most = None if by_person else getattr(incident, f"most_{field}")
    ends = [end for end in (figure.low, figure.high, most) if end is not None]
    return _figure(figure, _grounds(incident, claims, field)) | {"most": max(ends, default=None)}


def _count(figure: Figure, stated: str | None) -> Record:
    """A figure with what it counts."""
    who = {"status": figure.status.value, "group": figure.group, "part": figure.part}
    return {"counted": figure.counted, "low": figure.low, "high": figure.high, **who, "stated": stated}


def _actors(actors: Iterable[Actor]) -> list[str]:
    return names_of(actor.name for actor in actors)


def names_of(names: Iterable[str]) -> list[str]:
    """Names in their order, each once."""
    return list(dict.fromkeys(names))
