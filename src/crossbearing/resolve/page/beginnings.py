"""The days that reports count from ("100 days into the war"), and the words that name what began."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crossbearing import resources


@dataclass(frozen=True, slots=True)
class Beginning:
    """A day that reports count from, and the words that name what began."""

    name: str
    date: date
    names: re.Pattern[str]
    loose: re.Pattern[str] | None
    plain: tuple[str, ...]
    """The names in lower case: looked for first, for speed."""

    def named_in(self, text: str) -> bool:
        """Whether a text names it, in full or loosely."""
        return bool(self.names.search(text) or (self.loose and self.loose.search(text)))


@lru_cache(maxsize=1)
def beginnings() -> tuple[Beginning, ...]:
    """Every beginning of the table, in its order."""
    made: list[Beginning] = []
    for row in resources.table("beginnings.yml"):
        names = re.compile("|".join(rf"\b{re.escape(n)}\b" for n in row["names"]), re.I)
        loose = re.compile("|".join(rf"\b{re.escape(n)}\b" for n in row["loose"])) if row["loose"] else None
        made.append(Beginning(row["name"], row["date"], names, loose, tuple(name.lower() for name in row["names"])))
    return tuple(made)


def named_in(stretch: str) -> list[Beginning]:
    """The beginnings that a stretch of text names in full."""
    lower = stretch.lower()
    return [b for b in beginnings() if any(name in lower for name in b.plain) and b.names.search(stretch)]
