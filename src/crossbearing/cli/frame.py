"""What holds for every command: errors are sentences, exit codes are three, and options mean one thing everywhere."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from crossbearing.errors import CrossbearingError, NothingUsable

if TYPE_CHECKING:
    from crossbearing.publish.selection import Selection

ALL_WELL, NOTHING_USABLE, WRONG_USE = 0, 1, 2
STOPPED = 130
"""By Ctrl-C, as shells count it (128 and the signal's number)."""

LEDGER = "crossbearing.ledger"


class Commands(TyperGroup):
    """A group of commands whose own errors are told in a sentence, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; turn what goes wrong into a sentence on stderr and an exit code."""
        try:
            return super().invoke(ctx)
        except CrossbearingError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(NOTHING_USABLE if isinstance(error, NothingUsable) else WRONG_USE) from error
        except BrokenPipeError as error:  # whoever reads has seen enough: that is no error
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(ALL_WELL) from error
        except KeyboardInterrupt as error:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(STOPPED) from error


class Format(StrEnum):
    """How records are written where they have no places."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class MapFormat(StrEnum):
    """How records are written where they have places."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"
    PARQUET = "parquet"


class StatusName(StrEnum):
    """Whether it is said to have happened."""

    HAPPENED = "happened"
    FOILED = "foiled"
    DENIED = "denied"
    PLANNED = "planned"


class DocumentStatus(StrEnum):
    """What became of a capture."""

    READ = "read"
    SET_ASIDE = "set aside"
    FAULT = "fault"


def day(text: str) -> date:
    """A day as an option gives it."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is no day; write it as 2024-01-18") from error


def instant(text: str) -> datetime:
    """An instant as an option gives it, in UTC where it names no zone; a day means its end."""
    try:
        if len(text) == len("2024-01-18"):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is no instant; write it as 2024-01-18 or 2024-01-18T09:30:00Z") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def country(text: str) -> str:
    """A country's two-letter code, from its code, its name, or another name for it."""
    from crossbearing.resources import rows
    from crossbearing.words.names import fold

    for row in rows("countries.csv"):
        if fold(text) in {fold(name) for name in (row["iso2"], row["iso3"], row["name"], *row["aliases"].split("|")) if name}:
            return row["iso2"]
    raise typer.BadParameter(f"'{text}' is no country; write its name or its code, such as IQ")


def selection_of(
    since: date | None = None, until: date | None = None, country: str | None = None, kind: str | None = None,
    status: str | None = None, report: str | None = None,
) -> Selection:  # fmt: skip
    """What the options of a list ask for."""
    from crossbearing.publish.selection import Selection

    if since and until and since > until:
        raise typer.BadParameter(f"--since {since} is after --until {until}. Give the earlier day to --since.")
    return Selection(since, until, country, kind, status, report)


ledger_option = typer.Option("--ledger", "-l", help="The ledger's file, or postgresql://USER@HOST/DATABASE.", metavar="LEDGER")
LedgerOption = Annotated[str, ledger_option]
HOW = "How to write it; by the ending of --out, else a table."
FormatOption = Annotated[Format | None, typer.Option("--format", "-f", help=HOW, metavar="|".join(Format), show_default=False)]
MapFormatOption = Annotated[
    MapFormat | None, typer.Option("--format", "-f", help=HOW, metavar="|".join(MapFormat), show_default=False)
]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", help="Write to this file instead of the screen.", metavar="FILE", show_default=False)
]
SinceOption = Annotated[
    date | None,
    typer.Option(parser=day, help="What can have been on this day or later.", metavar="DAY", show_default=False),
]
UntilOption = Annotated[
    date | None,
    typer.Option(parser=day, help="What can have been on this day or earlier.", metavar="DAY", show_default=False),
]
CountryOption = Annotated[
    str | None, typer.Option(parser=country, help="In this country: its name or code.", metavar="NAME", show_default=False)
]
KindOption = Annotated[
    str | None,
    typer.Option(help="Whose event type holds these words, such as 'drone' or 'battles'.", metavar="WORDS", show_default=False),
]
StatusOption = Annotated[
    StatusName | None, typer.Option(help="Of this status.", metavar="|".join(StatusName), show_default=False)
]
DocumentStatusOption = Annotated[
    DocumentStatus | None,
    typer.Option("--status", help="What became of it.", metavar="|".join(DocumentStatus), show_default=False),
]
ReportOption = Annotated[
    str | None, typer.Option(help="Of this report: its id, its path, or its file's name.", metavar="REPORT", show_default=False)
]
VerifiedOption = Annotated[bool, typer.Option("--verified", help="Only what people accepted, and nobody contests.")]
RejectedOption = Annotated[bool, typer.Option("--rejected", help="Also what people rejected.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        parser=instant,
        help="As the ledger stood at this instant (a day means its end, in UTC).",
        metavar="INSTANT",
        show_default=False,
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="The file of settings; else CROSSBEARING_CONFIG, else crossbearing.toml.",
        metavar="FILE",
        show_default=False,
    ),
]
