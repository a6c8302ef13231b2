"""`crossbearing series`: published totals as a table, and what in them cannot all be right."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.frame import Commands
from crossbearing.errors import NothingUsable

if TYPE_CHECKING:
    from crossbearing.resolve.page.checks import Total

series_app = typer.Typer(cls=Commands, no_args_is_help=True, help="Series of published totals.")


@series_app.callback()
def _only() -> None:
    """Series of published totals."""


@series_app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A CSV file, one day a row.", metavar="FILE", show_default=False)],
    total: Annotated[str, typer.Option("--total", help="The column of totals.", metavar="COLUMN")] = "killed",
    new: Annotated[
        str, typer.Option("--new", help="The column of each day's own number, where there is one.", metavar="COLUMN")
    ] = "",
    day: Annotated[str, typer.Option("--day", help="The column of days (2024-01-31).", metavar="COLUMN")] = "date",
) -> None:
    """List the totals of a cumulative series that fall, or look as if two digits were changed round.

    Rows whose cell is empty are passed over; lines that begin with # are comments. Nothing is corrected: each line says what is
    given, what it does not fit, and what would.

    Example: `crossbearing series check gaza.csv --total killed`
    """
    from crossbearing.resolve.page.checks import doubts

    given = list(_totals(file, day, total, new))
    found = doubts(given)
    for doubt in found:
        typer.echo(f"{doubt.kind}: {doubt.says}")
    typer.echo(f"{file}: {len(given):,} totals, {len(found):,} in doubt.")


def _totals(file: Path, day: str, total: str, new: str) -> Iterator[Total]:
    """The totals of a CSV file. Raises NothingUsable where the file, a column or a cell is not as said."""
    from crossbearing.resolve.page.checks import Total

    try:
        lines = [line for line in file.read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise NothingUsable(f"{file}: it cannot be read ({error}). Give a CSV file in UTF-8.") from error
    rows = csv.DictReader(lines, restval="")
    for column in (day, total, *([new] if new else [])):
        if column not in (rows.fieldnames or ()):
            known = ", ".join(rows.fieldnames or ()) or "none"
            raise NothingUsable(f"{file}: it has no column '{column}'. Name one that it has: {known}.")
    last: date | None = None
    for number, row in enumerate(rows, start=2):
        if not row[total]:
            continue
        at = _day(file, number, row[day])
        if last and at <= last:
            raise NothingUsable(f"{file}: its row {number} is of {at}, not after {last}. Sort the rows by day, one a day.")
        last = at
        yield Total(at, _number(file, number, row, total), _number(file, number, row, new) if new and row[new] else None)


def _day(file: Path, number: int, cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise NothingUsable(f"{file}: its row {number} has '{cell}' for a day. Write days as 2024-01-31.") from error


def _number(file: Path, number: int, row: Mapping[str, str], column: str) -> int:
    try:
        return int(row[column].replace(",", ""))
    except ValueError as error:
        raise NothingUsable(f"{file}: its row {number} has '{row[column]}' in {column}. Write whole numbers.") from error
