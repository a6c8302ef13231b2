"""Stages that read one word of a capture and do as it says: a claim, a page set aside, or each way to fail."""

from __future__ import annotations

import os
import time

from crossbearing.errors import MissingResource, UnreadableCapture
from crossbearing.model.claim import Claim, ClaimRole, Status, claim_id
from crossbearing.model.incident import Drawing, Incident
from crossbearing.model.mention import Reading, Stance
from crossbearing.model.outcome import Dating
from crossbearing.model.provenance import Step
from crossbearing.model.text import Capture, Document, Reason, SetAside, Span
from crossbearing.model.when import Interval
from crossbearing.stages import Parts, Resolved

STEPS = (Step("clean.fake", "1"), Step("read.fake", "1"), Step("resolve.fake", "1"))


def parts() -> Parts:
    return Parts(clean, read, resolve, STEPS)


def clean(capture: Capture) -> Document | SetAside:
    text = capture.content.decode()
    document = Document("d" + capture.sha256[:16], capture.sha256, capture.report, capture.file, text)
    if "unreadable" in text:
        raise UnreadableCapture(capture.file, "its words cannot be read", "Save it again")
    if "index" in text:
        return SetAside(Reason.INDEX, "It is a list.", document)
    return document


def read(document: Document) -> Reading:
    if "bug" in document.text:
        raise KeyError("no such thing")
    if "tableless" in document.text:
        raise MissingResource("gone.yml", "no such file in the package")
    if "forever" in document.text:
        time.sleep(3600)
    if "bang" in document.text:
        os.kill(os.getpid(), 9)
    return Reading(document.id, STEPS[1].id, (Span(0, len(document.text)),), (), (), ())


def resolve(document: Document, reading: Reading) -> Resolved:
    quote = document.text if "misquote" not in document.text else "Something else"
    span = Span(0, len(document.text))
    claim = Claim(
        claim_id(document.id, span, STEPS[2].id, 0, ()),
        document.id,
        document.report,
        document.file,
        quote,
        span,
        ClaimRole.MAIN,
        Status.HAPPENED,
        "Battles",
        "Armed clash",
        Stance.ASSERTS,
        STEPS[2].id,
    )
    return Resolved(Dating(Interval(None, None), ()), (claim,), ())


def link(claims, decisions, outcomes=(), before=()):
    """One incident for each first word."""
    words = sorted({claim.quote.split()[0] for claim in claims})
    kept = {word: sorted((c for c in claims if c.quote.split()[0] == word), key=lambda c: c.id) for word in words}
    return Drawing(tuple(
        Incident(
            word,
            tuple(c.id for c in held),
            tuple(c.report for c in held),
            "Battles",
            "Armed clash",
            Status.HAPPENED,
            None,
            None,
        )
        for word, held in kept.items()
    ))  # fmt: skip


def broken_link(claims, decisions, outcomes=(), before=()):
    raise ValueError("no thread")
