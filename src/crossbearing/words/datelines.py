"""Datelines: the town, and often the agency, with which a report opens ("BAGHDAD (Reuters) - ", "RALEIGH, N.C. -- ")."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DATELINE = re.compile(
    r"(?:\([^)]{2,60}\)\s*)?(?:(?P<town>[A-Z][\w'’. -]{2,40}?)\s*(?:,[^–—:/]{0,40}?)?"
    r"(?:\([^)]{2,40}\)\s*[-–—:]{1,2}\s?|(?:[-–—:]{1,2}|\.?\s*/[A-Z]{2,12}/\.?)\s)|(?P<slug>[A-Z][\w .]{2,30}?)\s?/\s)"
)


# "Basra, August 19 -- ", "Santiago, 24 Jan 89 -- ": a day behind the comma, whatever the town's letters.
_DAY = re.compile(r",[^,]*\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\b[\s\d,]*(?:[-–—]{1,2}\s)$", re.I)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a dateline's parts lie, as offsets into the words that it opens."""

    town: tuple[int, int]
    """The first and the last offset of the town, without what stands behind its comma."""
    end: int
    """Behind its mark."""


def dateline(words: str) -> Dateline | None:
    """The dateline that words open with; None where they open with none."""
    match = _DATELINE.match(words)
    words = match.group() if match else ""
    if match is None or not (words[:4].isupper() or "(" in words or "/" in words or _DAY.search(words)):
        return None
    return Dateline(match.span("town" if match["town"] else "slug"), match.end())
