"""`crossbearing gazetteer`: a gazetteer of the world from GeoNames' own files, in place of the small one that ships."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.frame import Commands

if TYPE_CHECKING:
    from crossbearing.resolve.place.building import Built, Progress

gazetteer_app = typer.Typer(cls=Commands, no_args_is_help=True, help="The gazetteer: names, and the places that bear them.")
_SHOWN = 10  # faults on the screen; the file beside the gazetteer lists all


@gazetteer_app.callback()
def _only() -> None:
    """The gazetteer: names, and the places that bear them."""


@gazetteer_app.command()
def build(
    dumps: Annotated[
        list[Path],
        typer.Argument(
            help="allCountries or countries' files of GeoNames, with admin1CodesASCII, admin2Codes and alternateNamesV2 where "
            "you have them; .txt or .zip.",
            metavar="DUMP...",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The gazetteer's file.", metavar="FILE", show_default=False)],
) -> None:
    """Build a gazetteer from dumps of GeoNames (https://download.geonames.org/export/dump/).

    A build that was cut off goes on where it was when the same command is given again. A line that cannot be read is a
    fault, and the build goes on: FILE.faults.tsv lists them. To use the gazetteer, set `gazetteer` in `[resolve]`.

    Example: `crossbearing gazetteer build allCountries.zip alternateNamesV2.zip --out world.gazetteer`
    """
    from crossbearing.resolve.place.building import build as build_from

    started = time.monotonic()
    with _bar() as tell:
        built = build_from(dumps, out, tell)
    for line in lines_of(built, time.monotonic() - started):
        typer.echo(line)
    for fault in built.faults[:_SHOWN]:
        typer.echo(fault.sentence, err=True)
    if built.faulty > _SHOWN:
        typer.echo(f"... and {built.faulty - _SHOWN:,} more.", err=True)


def lines_of(built: Built, seconds: float) -> Iterator[str]:
    """What a build made, in a few lines."""
    kinds = ", ".join(f"{count:,} of kind {kind}" for kind, count in built.kinds.items())
    went_on = " (it went on where the last build was cut off)" if built.resumed else ""
    yield f"{built.path}: {sum(built.kinds.values()):,} places under {built.names:,} names, in {seconds:.1f} s{went_on}."
    yield f"It holds {kinds or 'nothing'}. {built.lines:,} lines read; digest {built.digest[:12]}."
    if built.faulty:
        yield f"{built.faulty:,} lines could not be read; {built.path}.faults.tsv lists them."
    yield f'To use it: in crossbearing.toml, [resolve], then gazetteer = "{built.path}"'


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """How far the build is: a bar where a person looks, a line every ten seconds in a log."""
    if not sys.stderr.isatty():
        yield _logged()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True, markup=False), transient=True, refresh_per_second=5) as bar:
        task = bar.add_task("starting", total=None)

        def tell(progress: Progress) -> None:
            bar.update(task, description=_said(progress), completed=progress.done, total=progress.total or None)

        yield tell


def _logged() -> Callable[[Progress], None]:
    last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last > 10:
            last = time.monotonic()
            share = f", {progress.done / progress.total:.0%}" if progress.total else ""
            typer.echo(f"{_said(progress)}{share}", err=True)

    return tell


def _said(progress: Progress) -> str:
    if progress.stage != "reading":
        known = {"numbering": "numbering the places", "measuring": "measuring the divisions"}
        return known.get(progress.stage, "writing the names")
    faults = f", {progress.faults:,} faults" if progress.faults else ""
    return f"{progress.source}: {progress.lines:,} lines{faults}"
