"""A run as a person starts it: the settings turned into the rooms' options, a bar while it lasts, a summary after."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from crossbearing.cli.shown import counted
from crossbearing.config import load
from crossbearing.errors import ConfigError, LedgerError
from crossbearing.ingest.entry import showable
from crossbearing.ingest.files import ingest
from crossbearing.ingest.limits import IngestOptions
from crossbearing.ledger.address import address_of
from crossbearing.link.incidents import STEP, draw
from crossbearing.model.outcome import Fault
from crossbearing.model.text import Capture
from crossbearing.pipeline import READERS, default_parts
from crossbearing.resolve.place.gazetteer import open_gazetteer
from crossbearing.run.local import Progress, RunOptions, RunSummary
from crossbearing.run.local import run as run_locally


def run_with(
    paths: Sequence[str],
    ledger: str,
    config: Path | None,
    options: Mapping[str, Any],
    told: Callable[[Progress], None] | None = None,
    person: str = "",
) -> tuple[RunSummary, list[str]]:
    """Read the paths into the ledger by the settings that hold, `options` (`section.key` to value) over all others.

    `told` hears how far it is; without it a line on the screen tells. The run is noted as `person`'s, without one as that of
    the setting `review.person`. With the summary comes a sentence for each of the paths at which no file lies.
    """
    settings = load(config, options=options)
    how = settings.table("run")
    limits = IngestOptions(**settings.table("ingest"))
    reader = settings.settings.read.reader
    if reader not in READERS:
        origin = settings.origins.get("read.reader", "default")
        raise ConfigError(origin, "read.reader", f"no reader {reader!r}; there are {', '.join(READERS)}")
    gazetteer = settings.settings.resolve.gazetteer
    if gazetteer:
        gazetteer = os.path.abspath(gazetteer)
        open_gazetteer(gazetteer)  # so that a wrong one is told before anything is read
    _make_room(ledger)
    missed: dict[str, None] = {}
    person = person or settings.settings.review.person
    with nullcontext(told) if told else _bar() as progress:
        summary = run_locally(
            paths,
            ledger,
            partial(default_parts, reader, gazetteer),
            draw,
            RunOptions(workers=how["workers"] or None, seconds=how["seconds"], link_step=STEP.id, person=person),
            progress,
            partial(_taking_note, limits=limits, missed=missed),
        )
    return summary, list(missed)


def _make_room(ledger: str) -> None:
    """Make the folder that the ledger's file is to lie in. Raises `LedgerError`."""
    address = address_of(ledger)
    if address.url is not None:
        return
    folder = address.beside.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"the folder {folder} cannot be made ({error.strerror or error})"
        raise LedgerError(ledger, why, "Name another path with --ledger") from error


def _taking_note(
    paths: Iterable[str | os.PathLike[str]], limits: IngestOptions, missed: dict[str, None]
) -> Iterator[Capture | Fault]:
    """What lies under the paths; `missed` is given the sentence of each path at which no file lies, once."""
    given = [os.fspath(path) for path in paths]
    shown = {showable(path.replace(os.sep, "/")) for path in given if not os.path.isfile(path)}
    for arrived in ingest(given, limits):
        if isinstance(arrived, Fault) and arrived.file in shown:
            missed[arrived.sentence] = None
        yield arrived


def summary_lines(summary: RunSummary) -> Iterator[str]:
    """What a run did, in a few lines."""
    new = summary.captures_new or summary.outcomes_new
    yield (
        f"{summary.captures_new} new and {counted(summary.captures_known, 'known capture')} in {summary.seconds:.1f} s: "
        f"{summary.read} read, {summary.set_aside} set aside, {summary.faults} at fault." + ("" if new else " Nothing is new.")
    )
    if summary.incidents is not None:
        held = f"{counted(summary.claims, 'claim')} on {counted(summary.incidents, 'incident')}"
        yield f"{counted(summary.claims_new, 'new claim')}; {summary.ledger} holds {held}."
    elif not summary.interrupted:
        yield f"{counted(summary.claims_new, 'new claim')}; the incidents could not be drawn: `crossbearing faults` says why."
    if summary.faults:
        yield f"What failed, and what to do: crossbearing faults --ledger {summary.ledger}"
    if summary.resume:
        yield summary.resume


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None] | None]:
    """A line on stderr that tells how far the run is, where a person looks; nothing in a log or a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True, markup=False), transient=True, refresh_per_second=5) as bar:
        task = bar.add_task("starting")

        def tell(progress: Progress) -> None:
            if progress.stage == "link":
                bar.update(task, description="drawing the incidents")
            else:
                bar.update(task, description=f"{progress.done} of {progress.seen} so far, {counted(progress.claims, 'claim')}")

        yield tell
