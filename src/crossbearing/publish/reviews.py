"""Decisions, the queue, agreement and changes as plain records."""

from __future__ import annotations

from collections.abc import Collection

from crossbearing.model.decision import Decision, DecisionKind, Review, value_text
from crossbearing.model.incident import incident_id
from crossbearing.model.review import Agreement, Change, Queued
from crossbearing.publish.records import AGREEMENT, CHANGE, DECISION, QUEUED, Record, day_of


def decision_record(decision: Decision, incident: str | None, standing: Collection[str]) -> Record:
    """One decision as `crossbearing.decision/1`.

    `incident` is the id of the incident that it bears on now, `standing` the ids of the decisions that count.
    """
    return {
        "schema": DECISION,
        "id": decision.id,
        "person": decision.person,
        "rank": decision.rank.value,
        "at": decision.at.isoformat(),
        "kind": decision.kind.value,
        "stands": decision.id in standing,
        "incident": incident,
        "were": were(decision),
        "subject": list(decision.subject),
        "other": list(decision.other),
        "claims_only": decision.claims_only,
        "field": decision.field or None,
        "value": value_text(decision.value),
        "evidence": [
            {"document": one.document, "start": one.span.start, "end": one.span.end, "quote": one.quote}
            for one in decision.evidence
        ],
        "note": decision.note or None,
        "state": decision.state.value if decision.state else None,
        "round": decision.round or None,
        "reason": decision.reason,
    }


def were(decision: Decision) -> list[str]:
    """The ids that the incidents on which a decision was made had then: an incident's id is made of its first claim's."""
    if decision.claims_only or decision.kind in (DecisionKind.UNDO, DecisionKind.OPEN):
        return []
    return list(dict.fromkeys(incident_id(min(side)) for side in (decision.subject, decision.other) if side))


def on_words(record: Record) -> str:
    """On which incident a decision bears, and of what ids that was made, in a few words; empty where it is on none."""
    then = [one for one in record["were"] if one != record["incident"]]
    if record["incident"] is None:
        return f"was {' and '.join(then)}" if then else ""
    return str(record["incident"]) + (f" (was {' and '.join(record['were'])})" if then else "")


def queued_record(queued: Queued) -> Record:
    """One incident that waits, as `crossbearing.queued/1`."""
    incident = queued.incident
    return {
        "schema": QUEUED,
        "incident": incident.id,
        "gain": queued.gain,
        "why": list(queued.why),
        "state": (incident.review or Review()).state.value,
        "sub_event_type": incident.sub_event_type,
        "earliest": day_of(incident.when.earliest) if incident.when else None,
        "latest": day_of(incident.when.latest) if incident.when else None,
        "where": incident.where.name if incident.where else None,
        "reports": len(incident.reports),
    }


def agreement_record(agreement: Agreement) -> Record:
    """How far coders agree on one field, as `crossbearing.agreement/1`, alpha to three digits."""
    return {
        "schema": AGREEMENT,
        "field": agreement.field,
        "people": list(agreement.people),
        "units": agreement.units,
        "agreed": agreement.agreed,
        "alpha": None if agreement.alpha is None else round(agreement.alpha, 3),
    }


def recorded_record(of: str, at: str, id: str, says: str, blind: str | None = None) -> Record:
    """Something that was recorded, as `crossbearing.change/1`. `at` is the instant as the ledger writes it.

    Of a decision in a round that is still `blind` only that it was made is told.
    """
    return {
        "schema": CHANGE,
        "at": at,
        "of": of,
        "what": "recorded",
        "id": id,
        "before": None,
        "after": None,
        "fields": [],
        "says": f"a decision of the blind round {blind}" if blind else says,
    }


def change_record(change: Change) -> Record:
    """What became of an incident, as `crossbearing.change/1`."""
    incident = change.incident
    place = f" at {incident.where.name}" if incident.where else ""
    days = f" on {incident.when}" if incident.when else ""
    differs = f" in {', '.join(change.fields)}" if change.fields else ""
    went = f": its claims stand in {change.after}" if change.what == "gone" and change.after else ""
    became = {"appeared": "appeared", "changed": "changed", "gone": "is gone"}[change.what]
    return {
        "schema": CHANGE,
        "at": None,
        "of": "incident",
        "what": change.what,
        "id": incident.id,
        "before": change.before,
        "after": change.after,
        "fields": list(change.fields),
        "says": f"{incident.sub_event_type}{place}{days} {became}{differs}{went}",
    }
