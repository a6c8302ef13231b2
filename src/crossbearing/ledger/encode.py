"""Values to JSON and back, exactly: what is read from the ledger equals what was given to it."""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter

from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Drawing, Incident
from crossbearing.model.outcome import Outcome

_OUTCOME = TypeAdapter(Outcome)
_CLAIM = TypeAdapter(Claim)
_DECISION = TypeAdapter(Decision)
_INCIDENTS = TypeAdapter(tuple[Incident, ...])


AT_ONCE = 500
"""Incidents encoded in one piece."""


def encode_outcome(outcome: Outcome) -> str:
    """An outcome as JSON. Raises ValueError for text that no file can hold (half a surrogate pair)."""
    return _OUTCOME.dump_json(outcome).decode()


def decode_outcome(payload: str) -> Outcome:
    """The outcome that the JSON was made of."""
    return _OUTCOME.validate_json(payload)


def encode_claim(claim: Claim) -> str:
    """A claim as JSON."""
    return _CLAIM.dump_json(claim).decode()


def decode_claim(payload: str) -> Claim:
    """The claim that the JSON was made of."""
    return _CLAIM.validate_json(payload)


def encode_decision(decision: Decision) -> str:
    """A decision as JSON."""
    return _DECISION.dump_json(decision).decode()


def decode_decision(payload: str) -> Decision:
    """The decision that the JSON was made of."""
    return _DECISION.validate_json(payload)


def decision_id(decision: Decision) -> str:
    """An id made of all that a decision says, so that a repeat is the same decision (16 hex digits of SHA-256)."""
    return "j" + content_id(encode_decision(replace(decision, id="")))[:16]


def encode_incidents(incidents: tuple[Incident, ...]) -> str:
    """Incidents as a JSON list. Made in pieces, so that another thread waits for a piece at the most."""
    pieces = (_INCIDENTS.dump_json(incidents[start : start + AT_ONCE])[1:-1] for start in range(0, len(incidents), AT_ONCE))
    return f"[{','.join(piece.decode() for piece in pieces)}]"


def decode_incidents(payload: str) -> tuple[Incident, ...]:
    """The incidents that the JSON list was made of."""
    return _INCIDENTS.validate_json(payload)


def encode_met(drawing: Drawing) -> str:
    """What a drawing keeps beside its incidents, as letters: its tellings and which of them were compared, made small."""
    return base64.b64encode(zlib.compress(" ".join(drawing.tellings).encode() + b"\n" + drawing.met, 1)).decode()


def decode_met(incidents: tuple[Incident, ...], payload: str) -> Drawing:
    """The drawing of these incidents that the letters were made of; without what was compared where they are damaged: a cache."""
    try:
        tellings, _, met = zlib.decompress(base64.b64decode(payload)).partition(b"\n")
        return Drawing(incidents, tuple(tellings.decode().split()), met)
    except (ValueError, zlib.error):
        return Drawing(incidents)


def outcome_id(capture: str, steps: tuple[str, ...]) -> str:
    """An id made of a capture's hash and the steps that read it, so that a repeat is the same outcome."""
    return "o" + content_id(capture, *steps)[:32]


def content_id(*parts: str | None) -> str:
    """The SHA-256 of some texts in order; None is told from an empty one."""
    key = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def encode_moment(moment: datetime | None) -> str | None:
    """An instant with its zone, or a local one without, as ISO 8601."""
    return moment.isoformat() if moment else None


def decode_moment(written: str | None) -> datetime | None:
    """The instant that was written."""
    return datetime.fromisoformat(written) if written else None
