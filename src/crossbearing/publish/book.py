"""A code book as data: sheets of columns and, for each column, the rules that may fill it, in the order in which they are tried.

A rule is a small function from what one row stands for to a cell, or to None where it does not apply. The first that applies
fills the cell, and the cell keeps the rule's name and the claims it was made from. So every cell can be explained, two books
can be compared rule by rule, and a column that no rule fills is empty for a reason that is written down.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from crossbearing.publish.dossier import Dossier

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a cell may hold: what JSON can say."""

U = TypeVar("U")
"""What one row of a sheet stands for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, and what it was made of."""

    value: Value
    claims: tuple[str, ...] = ()
    """The ids of the claims that it was made from."""
    says: str = ""
    """What the rule has to say of this very value, where its own sentence does not say it."""
    rule: str = ""
    """The id of the rule; the sheet writes it."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[U]):
    """One written rule of a code book, and the function that applies it."""

    id: str
    """`book.column.name`, e.g. `ucdp.where_prec.2`."""
    version: int
    """Higher where the same evidence gives another cell than before."""
    source: str
    """Where the rule is written, as the list of sources in docs/codebooks.md names it; `ours` for a reading of our own."""
    says: str
    """The rule in a sentence or two: its function's docstring."""
    apply: Callable[[U], Cell | None]


Deed = Callable[[U], Cell | None]


class Rules(Generic[U]):
    """Rules under one heading, each under the column (or the kind of reason) that its name begins with."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.by_column: dict[str, list[Rule[U]]] = {}

    def rule(self, name: str, source: str, version: int = 1) -> Callable[[Deed[U]], Deed[U]]:
        """Take a function as a rule, e.g. under `where_prec.2`. Rules of one column are tried in the order taken."""

        def take(apply: Deed[U]) -> Deed[U]:
            self.take(name, source, apply, version=version)
            return apply

        return take

    def take(self, name: str, source: str, apply: Deed[U], says: str = "", version: int = 1) -> None:
        """The same for a function that is made, not written: `says` is its sentence."""
        sentence = " ".join((says or inspect.getdoc(apply) or "").split())
        if not sentence:
            raise ValueError(f"{self.heading}.{name}: a rule says what it does")
        made = Rule(f"{self.heading}.{name}", version, source, sentence, apply)
        if any(made.id == known.id for known in self):
            raise ValueError(f"{made.id}: two rules have this id")
        self.by_column.setdefault(name.partition(".")[0], []).append(made)

    def __iter__(self) -> Iterator[Rule[U]]:
        return (rule for rules in self.by_column.values() for rule in rules)

    def cell(self, column: str, unit: U) -> Cell | None:
        """What the first rule that applies makes of it."""
        for rule in self.by_column.get(column, ()):
            if made := rule.apply(unit):
                return replace(made, rule=rule.id)
        return None


class Sheet(Rules[U]):
    """One table of a book: its columns in order, and what its rows stand for."""

    def __init__(
        self,
        book: str,
        name: str,
        columns: Sequence[str],
        units: Callable[[Dossier], Iterable[U]],
        empty: Mapping[str, str],
        once: str = "",
    ) -> None:
        super().__init__(book)
        self.name, self.columns, self.units, self.empty = name, tuple(columns), units, dict(empty)
        self.once = once
        """A column by which rows are one: a row whose value in it was written before is not written again."""

    def row(self, dossier: Dossier, unit: U) -> Row:
        """All cells of one row that some rule fills."""
        cells = {column: made for column in self.columns if (made := self.cell(column, unit))}
        return Row(self.name, dossier.incident.id, cells)

    def silent(self) -> dict[str, str]:
        """Every column that no rule fills, with the reason."""
        return {column: self.empty[column] for column in self.columns if column not in self.by_column}


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by column; a column that is not there is empty."""

    sheet: str
    incident: str
    cells: Mapping[str, Cell]

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim that the row was made from."""
        return tuple(dict.fromkeys(claim for cell in self.cells.values() for claim in cell.claims))

    def value(self, column: str) -> Value:
        """A cell's value; None where it is empty."""
        cell = self.cells.get(column)
        return cell.value if cell else None


@dataclass(frozen=True, slots=True)
class Excluded:
    """An incident that a book has no row for, and the rule that says so."""

    incident: str
    rule: str
    says: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A code book as this package carries it out: versioned, since another reading of the same rules is another book."""

    name: str
    version: int
    title: str
    sheets: tuple[Sheet[Any], ...]
    """The first is the one that the export is named for."""
    excludes: Rules[Dossier]
    aspects: Mapping[str, tuple[str, ...]]
    """The columns of the first sheet that say what two books can be compared in: `days`, `place`, `killed`."""
    form: str = "csv"
    """How it is written: `csv`, `tsv`, `tsv without a header`, `jsonl`, or `json` for one list."""

    def read(self, dossier: Dossier) -> tuple[Row, ...] | Excluded:
        """The rows of one incident, or why it has none."""
        for rule in self.excludes:
            if made := rule.apply(dossier):
                return Excluded(dossier.incident.id, rule.id, made.says or rule.says, made.claims or dossier.incident.claims)
        return tuple(sheet.row(dossier, unit) for sheet in self.sheets for unit in sheet.units(dossier))

    def sheet(self, name: str) -> Sheet[Any]:
        """A sheet by its name. Raises KeyError where there is none."""
        return {sheet.name: sheet for sheet in self.sheets}[name]

    def rules(self) -> dict[str, Rule[Any]]:
        """Every rule by its id, those that exclude first."""
        return {rule.id: rule for rules in (self.excludes, *self.sheets) for rule in rules}
