"""An evidence bundle: one zip from which a stranger can check every word of what is published, without the ledger.

    captures/SHA256      the bytes as they were received
    captures.jsonl       their hashes, forms and places
    documents/ID.txt     the texts made of them
    documents.jsonl      which text was made of which capture, and by which steps
    claims.jsonl         the claims, each with its words and their offsets
    decisions.jsonl      what people decided on them
    incidents.jsonl      the incidents as they were published
    exports/...          files that were published with them
    manifest.json        the SHA-256 and size of each of these; its own stands in the zip's comment

The same evidence gives the same bytes, whoever packs it: members are stored as they are, in order, without a time. So not only
the members can be checked, but every byte between them.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from crossbearing.ledger.encode import encode_claim, encode_decision, encode_moment
from crossbearing.ledger.reader import Reader
from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision, DecisionKind
from crossbearing.model.text import Document

KIND = "crossbearing.bundle/1"
MANIFEST = "manifest.json"
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The only time that a member bears: the first that a zip can hold."""

Member = tuple[str, bytes]
"""A name and the bytes."""


def members(
    reader: Reader, claims: Collection[str], extra: Mapping[str, bytes], as_of: datetime | None = None
) -> Iterator[Member]:
    """What belongs into a bundle of these claims: all that they stand on, what was decided on them, and the files given."""
    kept = sorted((claim for claim in reader.claims(as_of) if claim.id in claims), key=lambda claim: claim.id)
    wanted = {claim.document for claim in kept}
    read = {outcome.document.id: outcome for outcome in reader.outcomes(as_of) if outcome.document}
    texts = [document for name in sorted(wanted & read.keys()) if (document := read[name].document)]
    found = dict(extra)
    found["claims.jsonl"] = _lines(map(encode_claim, kept))
    found["decisions.jsonl"] = _lines(map(encode_decision, bearing(reader.decisions(as_of), kept)))
    found["documents.jsonl"] = _lines(json.dumps(_origin(one, read[one.id].steps), ensure_ascii=False) for one in texts)
    found |= {f"documents/{one.id}.txt": one.text.encode() for one in texts}
    shas = sorted({one.capture for one in texts})
    found["captures.jsonl"] = _lines(json.dumps(_capture(reader, sha, as_of), ensure_ascii=False) for sha in shas)
    waiting = {f"captures/{sha}": sha for sha in shas}
    for name in sorted({*found, *waiting}):
        yield name, found[name] if name in found else reader.capture(waiting[name]).content


def bearing(decisions: Iterable[Decision], claims: Iterable[Claim]) -> list[Decision]:
    """The decisions on some of the claims, and those that undo or open these, in order."""
    named = {claim.id for claim in claims}
    kept: list[Decision] = []
    ids: set[str] = set()
    rounds: set[str] = set()
    for one in decisions:
        about = rounds if one.kind is DecisionKind.OPEN else ids if one.kind is DecisionKind.UNDO else named
        if about & {*one.subject, *one.other}:
            kept.append(one)
            ids.add(one.id)
            rounds.add(one.round)
    return kept


def pack(out: Path, found: Iterable[Member], facts: Mapping[str, object]) -> None:
    """Write a bundle of members in the order of their names; `facts` (when, of which ledger state) stand in its manifest."""
    listed: list[dict[str, object]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in found:
            listed.append({"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)})
            _add(bundle, name, content)
        written = json.dumps({"schema": KIND, **facts, "members": listed}, ensure_ascii=False, indent=1, sort_keys=True)
        manifest = (written + "\n").encode()
        _add(bundle, MANIFEST, manifest)
        bundle.comment = hashlib.sha256(manifest).hexdigest().encode()


def _add(bundle: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, BEGINNING)
    member.create_system = 3  # whichever system packs it
    member.external_attr = 0o644 << 16
    bundle.writestr(member, content)


def _lines(written: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in written).encode()


def _origin(document: Document, steps: tuple[str, ...]) -> dict[str, object]:
    """What a document was made of, and by which steps."""
    of = {"id": document.id, "capture": document.capture, "report": document.report, "file": document.file}
    return {**of, "steps": list(steps)}


def _capture(reader: Reader, sha256: str, as_of: datetime | None) -> dict[str, object]:
    capture = reader.capture(sha256)
    places = [{"file": one.file, "report": one.report} for one in reader.locations(sha256, as_of)]
    return {"sha256": sha256, "media": capture.media.value, "captured": encode_moment(capture.captured), "places": places}
