"""Pairings, and what stands near an incident, as plain records."""

from __future__ import annotations

from crossbearing.model.pairing import Near, Pairing, Side
from crossbearing.publish.records import NEAR, PAIRING, Record


def pairing_record(one: Pairing) -> Record:
    """Two tellings held beside each other, as `crossbearing.pairing/1`, weights to three digits."""
    return {"schema": PAIRING, **_pairing(one)}


def near_record(one: Near) -> Record:
    """What stands near an incident, as `crossbearing.near/1`."""
    return {
        "schema": NEAR,
        "incident": one.incident,
        "inside": one.inside,
        "other": one.other,
        "claims": list(one.claims),
        "reports": list(one.reports),
        "average": one.average,
        "compared": one.compared,
        "pairs": one.pairs,
        "best": _pairing(one.best),
    }


def _pairing(one: Pairing) -> Record:
    return {
        "a": _side(one.a),
        "b": _side(one.b),
        "together": one.together,
        "start": one.start,
        "weights": [{"says": found.says, "weight": round(found.weight, 3)} for found in one.weighed],
        "score": one.score,
        "forbidden": one.forbidden,
        "decided": one.decided,
        "candidates": one.candidates,
        "against": list(one.against),
    }


def _side(side: Side) -> Record:
    return {"report": side.report, "claims": list(side.claims), "incident": side.incident, "quote": side.quote}
