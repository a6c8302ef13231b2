"""Where everything comes from, in the words of PROV (JSON-LD): incidents from claims, claims from documents, documents from
captures.

A claim is quoted from a document, attributed to its voices and made by a step; an incident is derived from its claims, and
influenced by people's decisions. Whoever knows PROV-O can walk from any value to the bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from crossbearing.model.claim import Claim, Voice
from crossbearing.model.decision import Decision, value_text
from crossbearing.publish.book import Value
from crossbearing.publish.dossier import Dossier, Page, records_of
from crossbearing.publish.records import Record

NAMES = "urn:crossbearing:"
"""Before everything that is named here: `urn:crossbearing:claim:c...`."""

CONTEXT: dict[str, Value] = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "@vocab": f"{NAMES}term:",
}

Node = dict[str, Value]


def graph_lines(dossiers: Iterable[Dossier]) -> Iterator[str]:
    """A JSON-LD document, one node a line; a voice, a document, a step or a decision stands once."""
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [\n'
    seen: set[str] = set()
    between = ""
    for dossier in dossiers:
        for node in _nodes(dossier):
            if node["@id"] not in seen:
                seen.add(str(node["@id"]))
                yield between + json.dumps(node, ensure_ascii=False, allow_nan=False)
                between = ",\n"
    yield "\n]}\n"


def _nodes(dossier: Dossier) -> Iterator[Node]:
    incident, claims = records_of(dossier)
    for page in dossier.cited:
        yield from _of_page(page)
    for claim, record in zip(dossier.claims, claims, strict=True):
        yield from (_agent(voice.value) for voice in claim.chain)
        yield {"@id": _name("step", claim.step), "@type": ["prov:Activity", "Step"], "label": claim.step}
        yield _of_claim(claim, record)
    for decision in dossier.review.decisions:
        yield {"@id": _name("person", decision.person), "@type": ["prov:Agent", "prov:Person"], "label": decision.person}
        yield _of_decision(decision)
    yield _of_incident(dossier, incident)


def _of_page(page: Page) -> Iterator[Node]:
    made: Node = {"@id": _name("document", page.id), "@type": ["prov:Entity", "Document"], "report": page.report}
    if page.capture:
        yield {"@id": f"urn:sha256:{page.capture}", "@type": ["prov:Entity", "Capture"]}
        made["prov:wasDerivedFrom"] = _to(f"urn:sha256:{page.capture}")
    if page.address:
        made["prov:hadPrimarySource"] = _to(page.address)
    if page.title:
        made["label"] = page.title
    yield made


def _of_claim(claim: Claim, record: Record) -> Node:
    kept = ("role", "status", "event_type", "sub_event_type", "stance", "quote", "start", "end")
    return {
        "@id": _name("claim", claim.id),
        "@type": ["prov:Entity", "Claim"],
        "prov:wasQuotedFrom": _to(_name("document", claim.document)),
        "prov:wasAttributedTo": [_to(_agent_name(voice.value)) for voice in claim.chain],
        "prov:wasGeneratedBy": _to(_name("step", claim.step)),
        **{key: record[key] for key in kept if record[key] not in (None, "")},
        **_values(record),
    }


def _of_incident(dossier: Dossier, record: Record) -> Node:
    made: Node = {
        "@id": _name("incident", dossier.incident.id),
        "@type": ["prov:Entity", "Incident"],
        "prov:generatedAtTime": {"@type": "xsd:dateTime", "@value": dossier.instant.isoformat()},
        "prov:wasDerivedFrom": [_to(_name("claim", claim.id)) for claim in dossier.claims],
        **{key: record[key] for key in ("status", "event_type", "sub_event_type")},
        **_values(record),
        "lineage": [
            {"root": one.root, "because": one.because, "prov:hadMember": [_to(_name("claim", claim)) for claim in one.claims]}
            for one in dossier.incident.lineages
        ],
    }
    if dossier.review.decisions:
        made["prov:wasInfluencedBy"] = [_to(_name("decision", one.id)) for one in dossier.review.decisions]
    return made


def _of_decision(decision: Decision) -> Node:
    made: Node = {
        "@id": _name("decision", decision.id),
        "@type": ["prov:Activity", "Decision"],
        "prov:wasAssociatedWith": _to(_name("person", decision.person)),
        "prov:endedAtTime": {"@type": "xsd:dateTime", "@value": decision.at.isoformat()},
        "kind": decision.kind.value,
        "reason": decision.reason,
    }
    if decision.field:
        made |= {"field": decision.field, "value": value_text(decision.value)}
    return made


def _values(record: Record) -> Node:
    """What a record says of when, where, who and how many, without what it does not say."""
    made: Node = {}
    for field in ("when", "where", "killed", "injured"):
        if record[field]:
            made[field] = {key: value for key, value in record[field].items() if value not in (None, "")}
    for field in ("perpetrators", "targets", "weapons"):
        if record[field]:
            made[field] = record[field]
    return made


def _agent(voice: Voice) -> Node:
    return {"@id": _agent_name(voice), "@type": ["prov:Agent", voice.kind.capitalize()], "label": voice.name}


def _agent_name(voice: Voice) -> str:
    return _name("voice", f"{voice.kind} {voice.name}")


def _name(kind: str, key: str) -> str:
    """A name that no character of a page can break: what is no id is hashed."""
    plain = key if key.isascii() and key.replace("-", "").isalnum() else hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{NAMES}{kind}:{plain}"


def _to(name: str) -> Node:
    return {"@id": name}
