"""An outcome in one line: what a test of links says of the page that a claim comes of."""

from __future__ import annotations

from datetime import date

from crossbearing.model.outcome import Dating, Outcome
from crossbearing.model.text import Document, Furniture, Metadata, Shown
from crossbearing.model.when import Interval


def make_document(name: str, text: str, byline: str | None = None, furniture: tuple[Furniture, ...] = ()) -> Document:
    """A document whose id is its report's."""
    metadata = Metadata(byline=Shown(byline, "line", byline) if byline else None)
    return Document(name, name, name, name, text, furniture, metadata=metadata)


def make_outcome(name: str, text: str, day: int | None = None) -> Outcome:
    """A page of that text, written on that day of May 2024."""
    said = Interval.day(date(2024, 5, day)) if day else Interval(None, None)
    return Outcome(name, ("test/1",), make_document(name, text), Dating(said, ()))
