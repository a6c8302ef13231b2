"""Why two code books make two exports of one ledger: incident by incident, with the rules that part them.

Two books are compared in what both speak of: whether the incident has a row at all, its days, its place, how many were killed.
The classes of precision are each book's own and are shown, not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crossbearing.publish.book import Book, Excluded, Row, Value
from crossbearing.publish.coarser import Caution
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.export import read


@dataclass(frozen=True, slots=True)
class Side:
    """What one book makes of one aspect of an incident, and by which rules."""

    book: str
    value: Value
    rules: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect of one incident in which two books differ."""

    incident: str
    aspect: str
    """`row`, `days`, `place` or `killed`."""
    sides: tuple[Side, Side]


ASPECTS = ("days", "place", "killed")
"""What is compared where both books have a row, by the columns that each book names for it."""


def compare(one: Book, other: Book, dossiers: Iterable[Dossier]) -> Iterator[Difference]:
    """Every difference, in the order of the dossiers."""
    for dossier in dossiers:
        found = [read(book, dossier, Caution()) for book in (one, other)]
        yield from _differences(dossier.incident.id, (one, other), found)


def _differences(
    incident: str, books: tuple[Book, Book], found: Sequence[tuple[Row, ...] | Excluded]
) -> Iterator[Difference]:  # fmt: skip
    if any(isinstance(each, Excluded) for each in found):
        if not all(isinstance(each, Excluded) for each in found):
            a, b = (_presence(book, each) for book, each in zip(books, found, strict=True))
            yield Difference(incident, "row", (a, b))
        return
    for aspect in ASPECTS:
        if not all(aspect in book.aspects for book in books):
            continue
        a, b = (_aspect(book, aspect, each) for book, each in zip(books, found, strict=True) if not isinstance(each, Excluded))
        if a.value != b.value:
            yield Difference(incident, aspect, (a, b))


def _presence(book: Book, found: tuple[Row, ...] | Excluded) -> Side:
    if isinstance(found, Excluded):
        return Side(book.name, "no row", (found.rule,), (found.says,))
    rows = sum(row.sheet == book.sheets[0].name for row in found)
    return Side(book.name, "1 row" if rows == 1 else f"{rows} rows", (), ())


def _aspect(book: Book, aspect: str, found: tuple[Row, ...]) -> Side:
    """An aspect over all rows of an incident: numbers are added up, days and names are gathered."""
    rows = [row for row in found if row.sheet == book.sheets[0].name]
    cells = [cell for row in rows for column in book.aspects[aspect] if (cell := row.cells.get(column))]
    rules = tuple(dict.fromkeys(cell.rule for cell in cells))
    known = book.rules()
    says = tuple(dict.fromkeys(part for rule in rules for part in (known[rule].says,)))
    return Side(book.name, _GATHER[aspect]([cell.value for cell in cells]), rules, says)


def _span(values: Sequence[Value]) -> Value:
    days = sorted({str(value) for value in values})
    return " to ".join(dict.fromkeys((days[0], days[-1]))) if days else None


def _names(values: Sequence[Value]) -> Value:
    return "; ".join(dict.fromkeys(str(value) for value in values)) or None


def _sum(values: Sequence[Value]) -> Value:
    numbers = [value for value in values if isinstance(value, int)]
    return sum(numbers) if numbers else None


_GATHER: dict[str, Callable[[Sequence[Value]], Value]] = {"days": _span, "place": _names, "killed": _sum}
