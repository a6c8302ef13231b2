"""What every way of cleaning hands back: text, what in it is furniture, the map to the source, what the page shows."""

from __future__ import annotations

from dataclasses import dataclass

from crossbearing.clean.scrape import Marked
from crossbearing.model.text import Metadata, Piece


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page as text, before it is known whether it is a report."""

    text: str
    marked: Marked
    pieces: tuple[Piece, ...]
    metadata: Metadata

    def words(self) -> int:
        """How many words the article has."""
        return sum(line.words for line, kind in zip(self.marked.lines, self.marked.kinds, strict=True) if kind is None)
