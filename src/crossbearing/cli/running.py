"""A run as a person starts it: the settings turned into the rooms' options, a bar while it lasts, a summary after."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from crossbearing.config import load
from crossbearing.errors import ConfigError
from crossbearing.ingest.files import ingest
from crossbearing.ingest.limits import IngestOptions
from crossbearing.link.incidents import STEP, link
from crossbearing.pipeline import READERS, default_parts
from crossbearing.run.local import Progress, RunOptions, RunSummary
from crossbearing.run.local import run as run_locally


def run_with(paths: Sequence[str], ledger: Path, config: Path | None, options: Mapping[str, Any]) -> RunSummary:
    """Read the paths into the ledger by the settings that hold, `options` (`section.key` to value) over all others."""
    settings = load(config, options=options)
    how = settings.table("run")
    limits = IngestOptions(**settings.table("ingest"))
    reader = settings.settings.read.reader
    if reader not in READERS:
        origin = settings.origins.get("read.reader", "default")
        raise ConfigError(origin, "read.reader", f"no reader {reader!r}; there are {', '.join(READERS)}")
    with _bar() as progress:
        return run_locally(
            paths,
            os.fspath(ledger),
            partial(default_parts, reader),
            link,
            RunOptions(workers=how["workers"] or None, seconds=how["seconds"], link_step=STEP.id),
            progress,
            partial(ingest, options=limits),
        )


def summary_lines(summary: RunSummary) -> Iterator[str]:
    """What a run did, in a few lines."""
    new = summary.captures_new or summary.outcomes_new
    yield (
        f"{summary.captures_new} new and {summary.captures_known} known captures in {summary.seconds:.1f} s: "
        f"{summary.read} read, {summary.set_aside} set aside, {summary.faults} at fault." + ("" if new else " Nothing is new.")
    )
    if summary.incidents is not None:
        yield f"{summary.claims_new} new claims; {summary.ledger} holds {summary.claims} claims on {summary.incidents} incidents."
    elif not summary.interrupted:
        yield f"{summary.claims_new} new claims; the incidents could not be drawn: `crossbearing faults` says why."
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
                bar.update(task, description=f"{progress.done} of {progress.seen} so far, {progress.claims} claims")

        yield tell
