"""The stages in their order. `digest` is the whole way of one capture, and touches nothing but its arguments."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import lru_cache, partial

from crossbearing.clean import documents
from crossbearing.errors import StepError
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.provenance import Step
from crossbearing.model.text import Capture, SetAside
from crossbearing.read import reader, rules
from crossbearing.resolve import claims, work
from crossbearing.resolve.party import who
from crossbearing.resolve.place import gazetteer
from crossbearing.resolve.place.where import Places
from crossbearing.stages import Parts, Read

READERS: dict[str, Read] = {"rules": rules.read, "network": reader.read}
"""The readers that are built in, by the name that `read.reader` gives."""

STEPS: dict[str, Callable[[], Step]] = {"rules": lambda: rules.STEP, "network": reader.step}
"""What names each reader's work."""


def digest(capture: Capture, parts: Parts) -> Outcome:
    """One capture, from bytes to claims. Pure: no files, no network, no ledger.

    A `StepError` becomes the outcome's fault; what was reached before it is kept.
    """
    steps = tuple(step.id for step in parts.steps)
    stage, document = "clean", None
    try:
        cleaned = parts.clean(capture)
        if isinstance(cleaned, SetAside):
            return Outcome(capture.sha256, steps, document=cleaned.document, set_aside=cleaned)
        stage, document = "read", cleaned
        reading = parts.read(document)
        stage = "resolve"
        resolved = parts.resolve(document, reading)
    except StepError as error:
        return Outcome(capture.sha256, steps, document=document, fault=fault_of(error, stage, capture))
    return Outcome(
        capture.sha256,
        steps,
        document=document,
        dating=resolved.dating,
        claims=resolved.claims,
        totals=resolved.totals,
        counts=resolved.counts,
    )


def fault_of(error: Exception, stage: str, capture: Capture) -> Fault:
    """The fault that an error on one capture leaves in the ledger."""
    return Fault(capture.file, stage, type(error).__name__, str(error), capture.sha256, capture.report)


@lru_cache(maxsize=4)
def default_parts(read: str = "rules", gazetteer_file: str = "") -> Parts:
    """The stages as they ship, their tables loaded. The reader is a key of `READERS`; a gazetteer's path takes the place of
    the one that ships. Raises `ConfigError` where no gazetteer lies there."""
    places = Places(gazetteer.open_gazetteer(gazetteer_file))
    who.load_actors()
    rules.warm()
    # The tables live as long as the process, and a page makes ten thousand small values with hardly a cycle among them:
    # a collector that neither walks the tables nor stops within a page saves a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    resolve = partial(claims.resolve, places=places)
    return Parts(documents.clean, READERS[read], resolve, (documents.STEP, STEPS[read](), work.step_of(places)))
