"""Small captures, documents and claims for the ledger's tests."""

from __future__ import annotations

import hashlib

import pytest

from crossbearing.model.claim import Claim, ClaimRole, Status
from crossbearing.model.mention import Stance
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import Capture, Document, Media, Span

TEXT = "Two rockets fell near the depot on Monday, the town council said."


def _capture(text: str = TEXT, file: str = "a.txt", report: str | None = None) -> Capture:
    content = text.encode()
    return Capture(content, hashlib.sha256(content).hexdigest(), file, report or file, Media.SCRAPE)


def _claim(capture: Capture | None = None, id: str = "c1", quote: str = "Two rockets fell", **more: object) -> Claim:
    capture = capture or _capture()
    fields: dict = {"file": capture.file, "quote": quote, "span": Span(0, len(quote)), "role": ClaimRole.MAIN} | more
    fields = {"status": Status.HAPPENED, "stance": Stance.ASSERTS, "step": "r/1"} | fields
    fields.setdefault("event_type", "Explosions/Remote violence")
    fields.setdefault("sub_event_type", "Shelling/artillery/missile attack")
    return Claim(id=id, document="d" + capture.sha256[:8], report=capture.report, **fields)


def _outcome(capture: Capture | None = None, steps: tuple[str, ...] = ("clean/1", "read/1"), **more: object) -> Outcome:
    capture = capture or _capture()
    text = capture.content.decode()
    document = Document("d" + capture.sha256[:8], capture.sha256, capture.report, capture.file, text)
    claim = _claim(capture, "c" + capture.sha256[:8], text[:16])
    fields: dict = {"document": document, "claims": (claim,)} | more
    return Outcome(capture.sha256, steps, **fields)


def _fault(capture: Capture | None = None, **more: object) -> Fault:
    fields: dict = {"file": "a.txt", "stage": "read", "error": "SlowReading", "sentence": "a.txt: it took too long."} | more
    return Fault(**fields, capture=capture.sha256 if capture else None)


@pytest.fixture
def a_capture():
    return _capture


@pytest.fixture
def a_claim():
    return _claim


@pytest.fixture
def an_outcome():
    return _outcome


@pytest.fixture
def a_fault():
    return _fault


@pytest.fixture
def path(store):
    """A file or a schema for a ledger of the test's own: the same contract holds of both."""
    return store
