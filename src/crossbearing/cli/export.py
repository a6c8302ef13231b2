"""The commands of the code books: export by one, say why a cell says what it says, say why two books differ."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.frame import (
    LEDGER,
    AsOfOption,
    CountryOption,
    KindOption,
    LedgerOption,
    MapFormat,
    MapFormatOption,
    OutOption,
    ReportOption,
    SinceOption,
    StatusOption,
    UntilOption,
    selection_of,
)

# What is heavy is imported within a command, so that `--help` answers at once.
if TYPE_CHECKING:
    from rich.console import RenderableType

    from crossbearing.cli.held import Held
    from crossbearing.publish.book import Book, Excluded, Row
    from crossbearing.publish.coarser import Caution
    from crossbearing.publish.compare import Difference
    from crossbearing.publish.dossier import Dossier
    from crossbearing.publish.records import Record
    from crossbearing.publish.selection import Selection


class BookName(StrEnum):
    """The code books, as options name them."""

    UCDP = "ucdp"
    ACLED = "acled"
    AIRWARS = "airwars"
    PLOVER = "plover"
    POLECAT = "polecat"
    GDELT = "gdelt"
    TIMEMAP = "timemap"


class ExportFormat(StrEnum):
    """What an export can be: by a code book, a graph of where everything comes from, a spreadsheet."""

    UCDP = "ucdp"
    ACLED = "acled"
    AIRWARS = "airwars"
    PLOVER = "plover"
    POLECAT = "polecat"
    GDELT = "gdelt"
    TIMEMAP = "timemap"
    JSONLD = "jsonld"
    XLSX = "xlsx"


class DifferenceFormat(StrEnum):
    """How differences are written."""

    TABLE = "table"
    JSONL = "jsonl"


_HOURS = re.compile(r"(\d+(?:\.\d+)?)\s*([hd])")


def delay(text: str) -> timedelta:
    """A length of time as an option gives it: hours or days."""
    found = _HOURS.fullmatch(text.strip().lower())
    if not found:
        raise typer.BadParameter(f"'{text}' is no delay; write it as 72h or 3d")
    return timedelta(hours=float(found[1])) * (24 if found[2] == "d" else 1)


def grid(text: str) -> float:
    """The width of a grid as an option gives it, in degrees."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= 10:
        raise typer.BadParameter(f"'{text}' is no grid; write degrees, more than 0 and at most 10, such as 0.1")
    return found


BookOption = Annotated[
    BookName | None, typer.Option("--book", "-b", help="By this code book.", metavar="|".join(BookName), show_default=False)
]


def export(
    form: Annotated[
        ExportFormat,
        typer.Option(
            "--format", "-f", help="By which code book; or jsonld, where everything comes from; or xlsx, a spreadsheet.",
            metavar="|".join(ExportFormat), show_default=False,
        ),
    ],
    ledger: LedgerOption = LEDGER,
    out: OutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    status: StatusOption = None,
    report: ReportOption = None,
    hold: Annotated[
        timedelta | None,
        typer.Option(
            "--delay", parser=delay, help="Hold back what may have been in the last hours (72h) or days (3d).",
            metavar="LENGTH", show_default=False,
        ),
    ] = None,
    degrees: Annotated[
        float | None,
        typer.Option(
            "--round", parser=grid, help="Round places to a grid of so many degrees, and leave out finer names.",
            metavar="DEGREES", show_default=False,
        ),
    ] = None,
    verified: Annotated[
        bool | None,
        typer.Option(
            "--verified/--unverified",
            help="Only what people accepted; or also stubs, what was sent back and what is contested, which else are held back.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOfOption = None,
) -> None:  # fmt: skip
    """Write the incidents by a code book of the field, and beside it why each cell says what it says.

    A book of several tables writes one file for each, named after FILE. FILE.why.jsonl names the rule and the claims behind every
    cell, and for every incident without a row the rule that leaves it out. The same ledger as of the same instant gives the same
    bytes.

    Example: `crossbearing export --format ucdp --country Sudan --out sudan.csv --delay 72h --round 0.1`
    """
    from crossbearing.cli.held import opened
    from crossbearing.publish.coarser import Caution
    from crossbearing.publish.export import BOOKS

    selection = selection_of(since, until, country, kind, status and status.value, report)
    caution = Caution(hold, degrees, verified)
    with opened(ledger, as_of) as (_, held):
        found = _dossiers(held, selection)
        if form.value in BOOKS:
            _by_book(BOOKS[form.value], found, held.instant, caution, out)
        else:
            _whole(form, found, held.instant, caution, out)
    for field, count in sorted(selection.silent.items()):
        _note(f"Left out: {count} that do not say { {'when': 'a day', 'where': 'a country'}[field] }.")


def _by_book(book: Book, found: Iterator[Dossier], instant: datetime, caution: Caution, out: Path | None) -> None:
    from crossbearing.cli.write import encoded
    from crossbearing.publish.export import export as written

    with ExitStack() as open_files:
        spools: dict[str, IO[bytes]] = {}

        def write(name: str, line: str) -> None:
            if name not in spools:
                spools[name] = open_files.enter_context(tempfile.TemporaryFile())
            spools[name].write(encoded(line))

        done = written(book, found, instant, caution, write)
        _hand_over(book, spools, out)
    _say_done(book, done.rows, done.excluded, out)


def _whole(form: ExportFormat, found: Iterator[Dossier], instant: datetime, caution: Caution, out: Path | None) -> None:
    """What is no code book: everything that may be shown, as it is held."""
    from crossbearing.cli.write import NotInstalled, UnwritableFile, replacing, send
    from crossbearing.publish.export import shown_or_held
    from crossbearing.publish.jsonld import graph_lines
    from crossbearing.publish.workbook import spreadsheet

    shown, held = shown_or_held(found, caution)
    if form is ExportFormat.JSONLD:
        send(graph_lines(shown), out)
    elif out is None:
        raise UnwritableFile("xlsx: it is no text for the screen. Name a file with --out.")
    else:
        with replacing(out) as part:
            try:
                part.write_bytes(spreadsheet(shown, instant, [f"Held back: {len(held)} incidents."] if held else []))
            except ImportError as error:
                raise NotInstalled("xlsx", "xlsx") from error
    _note(f"{form.value}: {len(shown)} incidents.")
    _say_left_out(held, {})


def compare_codebooks(
    one: Annotated[BookName, typer.Argument(help="A code book.", metavar="BOOK", show_default=False)],
    other: Annotated[BookName, typer.Argument(help="Another.", metavar="OTHER", show_default=False)],
    ledger: LedgerOption = LEDGER,
    form: Annotated[
        DifferenceFormat, typer.Option("--format", "-f", help="How to write it.", metavar="|".join(DifferenceFormat))
    ] = DifferenceFormat.TABLE,
    out: OutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Say why two code books make two exports of one ledger: which incidents have no row in one, and where days, places and
    numbers of killed differ, with the rules.

    Example: `crossbearing compare-codebooks ucdp acled --since 2024-11-01`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.held import opened
    from crossbearing.cli.write import send
    from crossbearing.publish.compare import compare
    from crossbearing.publish.export import BOOKS

    selection = selection_of(since, until, country)
    with opened(ledger, as_of) as (_, held):
        found = list(compare(BOOKS[one.value], BOOKS[other.value], _dossiers(held, selection)))
    if form is DifferenceFormat.JSONL:
        send((json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found), out)
        return
    screen.show(_difference_table(found, (one.value, other.value)), out)
    if not found:
        _note(f"No differences: {one.value} and {other.value} have the same incidents, days, places and numbers of killed.")


def convert(
    file: Annotated[Path, typer.Argument(help="Records that --format jsonl wrote.", metavar="FILE", show_default=False)],
    form: MapFormatOption = None,
    out: OutOption = None,
) -> None:
    """Write records again in another form: JSON Lines as they were, CSV, a map, or Parquet. No ledger is needed.

    Example: `crossbearing convert claims.jsonl --out claims.csv`
    """
    from crossbearing.cli.write import UnwritableFile, format_of, lines_of, send, send_parquet

    meant = format_of(form or (None if out else MapFormat.JSONL), out, tuple(MapFormat))
    first, records = _records(file)
    if first is None:
        raise UnwritableFile(f"{file}: it holds no record. Give a file that `--format jsonl` wrote.")
    if meant == "table" or (meant == "geojson" and "where" not in first):
        raise UnwritableFile(f"{file}: there is no {meant} of these. Say another with --format: jsonl, csv, parquet.")
    if meant == "parquet":
        send_parquet(records, first["schema"], out)
    else:
        send(lines_of(records, first["schema"], meant), out)


def _records(file: Path) -> tuple[Record | None, Iterator[Record]]:
    """The first record of a file, and all of them. Raises `NoRecord` where one is of another kind than the first."""
    from crossbearing.cli.write import UnwritableFile
    from crossbearing.publish.imported import NoRecord, read_records

    def lines() -> Iterator[str]:
        try:
            with file.open(encoding="utf-8") as read:
                yield from read
        except (OSError, UnicodeDecodeError) as error:
            raise UnwritableFile(f"{file}: cannot be read ({error}). Give a file that `--format jsonl` wrote.") from error

    def alike() -> Iterator[Record]:
        kind = None
        for number, record in enumerate(read_records(lines(), str(file)), start=1):
            kind = kind or record["schema"]
            if record["schema"] != kind:
                raise NoRecord(str(file), number, f"it is a {record['schema']} among records of {kind}")
            yield record

    return next(alike(), None), alike()


def explain_cells(held: Held, incident: str, book: BookName, column: str | None) -> list[RenderableType]:
    """Which rule of a book made which cell of an incident's rows, or why it has none.

    Raises `NotHeld` for a column that there is not.
    """
    from rich.text import Text

    from crossbearing.cli.held import NotHeld
    from crossbearing.publish.book import Excluded
    from crossbearing.publish.export import BOOKS

    chosen, found = BOOKS[book.value], held.incident_to_explain(incident)
    known = dict.fromkeys(name for sheet in chosen.sheets for name in sheet.columns)
    if column is not None and column not in known:
        raise NotHeld(f"{column}: {book.value} has no such column. There are {', '.join(known)}.")
    (dossier,) = held.dossiers({found.id})
    made = chosen.read(dossier)
    if isinstance(made, Excluded):
        return [Text(f"{found.id} has no row in {book.value}.", style="bold"), Text(f"  {made.rule}: {made.says}")]
    parts: list[RenderableType] = [
        Text(f"{one.person} set {one.field}, which outranks what the claims say: {one.reason}") for one in dossier.review.settings
    ]
    for number, row in enumerate(made, start=1):
        if column is None or column in chosen.sheet(row.sheet).columns:
            parts.extend(_row(chosen, dossier, row, f"{row.sheet}, row {number} of {len(made)}", column))
    return parts


def _row(book: Book, dossier: Dossier, row: Row, title: str, column: str | None) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    from crossbearing.cli import shown

    rules, sheet = book.rules(), book.sheet(row.sheet)
    yield Text(f"{row.incident} in {book.name}: {title}", style="bold")
    quotes = {claim.id: claim.quote for claim in dossier.claims}
    for name in sheet.columns if column is None else (column,):
        cell = row.cells.get(name)
        if cell is None:
            if column is not None:
                yield Text(f"  {name} is empty: {sheet.silent().get(name, 'no rule of the book applies')}.")
            continue
        rule = rules[cell.rule]
        told = cell.value if isinstance(cell.value, str) else json.dumps(cell.value, ensure_ascii=False)
        value = "empty" if cell.value is None else shown.plain(told)
        lines = [f"{name}: {value}", f"  by {rule.id}, version {rule.version} [{rule.source}]: {rule.says}"]
        if cell.says:
            lines.append(f"  {shown.plain(cell.says)}")
        if column is None:
            lines.append(f"  from {', '.join(cell.claims)}")
        else:
            lines.extend(f"  from {one}: “{shown.plain(quotes.get(one, ''))}”" for one in cell.claims)
        yield Padding(Text("\n".join(lines)), (0, 0, 1 if column else 0, 2), expand=False)


def _difference_table(found: list[Difference], names: tuple[str, str]) -> list[RenderableType]:
    from rich import box
    from rich.table import Table

    if not found:
        return []
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for heading in ("incident", "what"):
        table.add_column(heading, no_wrap=True)
    for heading in names:
        table.add_column(heading, overflow="fold", ratio=1)
    for one in found:
        table.add_row(
            one.incident, one.aspect, *(f"{side.value}\n" + "\n".join(map(": ".join, zip(side.rules, side.says, strict=True)))
                                        for side in one.sides),
        )  # fmt: skip
    return [table]


def _dossiers(held: Held, selection: Selection) -> Iterator[Dossier]:
    kept = {record["id"] for record in selection.of(held.incident_records(words=False))}
    return held.dossiers(kept)


def _hand_over(book: Book, spools: dict[str, IO[bytes]], out: Path | None) -> None:
    """What was written goes to its files; to the screen only the first table, as it alone can be piped."""
    from crossbearing.cli.write import send

    for name, spool in spools.items():
        path = path_of(book, name, out)
        if path is not None or name == book.sheets[0].name:
            spool.seek(0)
            send((line.decode("utf-8") for line in spool), path)


def path_of(book: Book, name: str, out: Path | None) -> Path | None:
    """The file of a sheet or of the reasons: `x.csv`, `x.sources.csv`, `x.csv.why.jsonl`."""
    from crossbearing.publish.export import REASONS

    if out is None or name == book.sheets[0].name:
        return out
    if name == REASONS:
        return out.with_name(f"{out.name}.why.jsonl")
    return out.with_name(f"{out.stem}.{name}{out.suffix}")


def _say_done(book: Book, rows: Counter[str], excluded: list[Excluded], out: Path | None) -> None:
    told = ", ".join(f"{rows[sheet.name]} {sheet.name}" for sheet in book.sheets)
    _note(f"{book.name}, version {book.version}: {told}.")
    _say_left_out(excluded, {rule.id: rule.says for rule in book.rules().values()})
    if out is None:
        _note("With --out FILE, FILE.why.jsonl says by which rule and from which claims each cell was made.")


def _say_left_out(excluded: list[Excluded], sentences: dict[str, str]) -> None:
    """How many were left out, by rule, each with its sentence."""
    from crossbearing.cli import shown

    says = {one.rule: one.says for one in excluded} | sentences
    for rule, count in sorted(Counter(one.rule for one in excluded).items()):
        _note(f"Left out: {shown.counted(count, 'incident')} by {rule}: {says[rule]}")


def _note(sentence: str) -> None:
    typer.echo(sentence, err=True)
