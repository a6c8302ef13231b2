"""Lineages, standings and contradictions as plain records: who goes back to whom, and what cannot both hold, with the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crossbearing.model.claim import Claim
from crossbearing.model.incident import Contradiction, Fold, Incident, Lineage, Passage, Standing
from crossbearing.model.text import Span
from crossbearing.publish.records import CONTRADICTION, LINEAGE, STANDING, Record, day_of, names_of

Texts = Mapping[str, str]
"""The documents' texts by id; of one that is not at hand the words are empty."""


def lineage_record(incident: Incident, lineage: Lineage, claims: Mapping[str, Claim], texts: Texts) -> Record:
    """One lineage of an incident as `crossbearing.lineage/1`. `claims` holds the incident's claims by id."""
    return {
        "schema": LINEAGE,
        "incident": incident.id,
        "root": lineage.root,
        "because": lineage.because,
        "reports": names_of(sorted(claims[one].report for one in lineage.claims if one in claims)),
        "claims": list(lineage.claims),
        "folds": [_fold(one, texts) for one in lineage.folds],
    }


def standing_record(incident: Incident, standing: Standing) -> Record:
    """One value of one field with who stands behind it, as `crossbearing.standing/1`."""
    return {
        "schema": STANDING,
        "incident": incident.id,
        "field": standing.field,
        "value": standing.value,
        "lineages": len(standing.roots),
        "roots": list(standing.roots),
        "claims": list(standing.claims),
    }


def contradiction_records(incident: Incident, claims: Mapping[str, Claim]) -> Iterable[Record]:
    """What cannot both hold in an incident, then its tolls that rose, each as `crossbearing.contradiction/1`.

    `claims` holds all claims by id. What the incident is stands beside it, so that rows can be chosen as incidents are.
    """
    for rising, found in ((False, incident.contradictions), (True, incident.rising)):
        for one in found:
            sides = [(one.a, *one.with_a), (one.b, *one.with_b)]
            yield {
                "schema": CONTRADICTION,
                "incident": incident.id,
                "event_type": incident.event_type,
                "sub_event_type": incident.sub_event_type,
                "when": {"earliest": day_of(incident.when.earliest), "latest": day_of(incident.when.latest)}
                if incident.when
                else None,
                "where": {"name": incident.where.name, "country": incident.where.country} if incident.where else None,
                "type": one.kind.value,
                "field": one.field,
                "rising": rising,
                "says": one.says,
                "a": _side(one, sides[0], claims),
                "b": _side(one, sides[1], claims),
                "reports": names_of(sorted(claims[c].report for side in sides for c in side)),
            }


def _side(one: Contradiction, ids: tuple[str, ...], claims: Mapping[str, Claim]) -> Record:
    """One side: the claim that speaks for it, and all that say the same."""
    claim = claims[ids[0]]
    return {
        "claim": claim.id,
        "report": claim.report,
        "file": claim.file,
        "chain": [voice.value.name for voice in claim.chain],
        "stance": claim.stance.value,
        "status": claim.status.value,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "claims": list(ids),
    }


def _fold(fold: Fold, texts: Texts) -> Record:
    return {
        "report": fold.report,
        "to": fold.to,
        "kind": fold.kind.value,
        "because": fold.because,
        "adds": list(fold.adds),
        "shared": [_passage(fold, one, texts) for one in fold.shared],
    }


def _passage(fold: Fold, passage: Passage, texts: Texts) -> Record:
    """The words that stand in both, as each has them."""

    def at(span: Span, text: str) -> Record:
        return {"start": span.start, "end": span.end, "quote": span.of(text)}

    return {
        "words": passage.words,
        "quoted": passage.quoted,
        "here": at(passage.a, texts.get(fold.document, "")),
        "there": at(passage.b, texts.get(fold.other or "", "")),
    }
