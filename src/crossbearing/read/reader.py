"""The reader that ships: the rules read a document, the network scores it, and both are heard."""

from __future__ import annotations

from crossbearing.model.mention import Reading
from crossbearing.model.provenance import Step
from crossbearing.model.text import Document
from crossbearing.read import rules
from crossbearing.read.both import both
from crossbearing.read.network.graph import load


def read(document: Document) -> Reading:
    """All that rules and network find in a document's article."""
    reading = rules.read(document)
    title = document.metadata.title
    found = load().read(document.text, reading.sentences, title.value if title else "")
    return both(document, reading, found, step().id)


def step() -> Step:
    """The step bears the bundle's digest: other weights, another step."""
    return Step("read.network", "19", load().digest)
