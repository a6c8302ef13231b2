"""What a table of incidents says in cells of their own: where a row's deed was, and how many it hurt."""

from __future__ import annotations

from dataclasses import replace

from crossbearing.model.mention import Happening, Mention, MentionKind, Role, RoleName
from crossbearing.read.harm.words import Casualty
from crossbearing.words import numbers
from crossbearing.words.rows import PLACES, Row


def hurt_in(text: str, row: Row) -> list[Casualty]:
    """The number of those killed and of those injured, each by the first number in its cell."""
    found: list[Casualty] = []
    for counted in ("killed", "injured"):
        cell = row.cells.get(counted)
        number = next(numbers.find(text, cell.start, cell.end), None) if cell else None
        if number is not None:
            found.append(Casualty(counted, Mention(number.span, MentionKind.FIGURE), None, cumulative=False))
    return found


def placed(happening: Happening, row: Row) -> Happening:
    """A row's deed with the places of its cells, behind those that its words tell."""
    cells = [row.cells[name] for name in PLACES if name in row.cells]
    told = [m.span for m in happening.role(RoleName.PLACE)]
    own = tuple(
        Role(RoleName.PLACE, Mention(cell, MentionKind.PLACE)) for cell in cells if not any(cell.meets(span) for span in told)
    )
    return replace(happening, roles=happening.roles + own)
