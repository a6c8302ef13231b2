"""Uploads: files that a person hands in are put beside the ledger, and a process of its own runs them into it.

A request never reads a report: it only writes down what came. One upload is run after another, since a ledger has one
writer of outcomes at a time. The files stay where they were put: the ledger holds their bytes, but a page that failed is
tried again from its file.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import re
import shlex
import shutil
import signal
import threading
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any, BinaryIO

from crossbearing.errors import CrossbearingError
from crossbearing.ledger.address import address_of

ENDING = "-uploads"
"""What the folder is called beyond the ledger's own name."""

LONGEST_NAME = 120
"""Of a part of a path, in characters: file systems take 255 bytes."""

ENDING_SECONDS = 10.0
"""How long a run may take to end when the desk is closed."""

MOST_FILES = 5000
"""In one upload. More of them come in an archive."""

DEEPEST = 8
"""Folders within one another that are kept of a dropped folder."""


OVER = ("done", "failed")


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of one upload so far."""

    id: str
    files: int
    person: str = ""
    """Whose account handed it in; empty where the desk has no accounts."""
    state: str = "waiting"
    """`waiting`, `reading`, `linking`, `done` or `failed`."""
    seen: int = 0
    """Captures that came in so far."""
    done: int = 0
    claims: int = 0
    file: str = ""
    says: tuple[str, ...] = ()
    """What it came to, in sentences."""
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    @property
    def over(self) -> bool:
        return self.state in OVER

    def record(self) -> dict[str, object]:
        """As JSON values."""
        return {**asdict(self), "says": list(self.says), "over": self.over}


class Uploads:
    """The uploads of one ledger, run in the order in which they came. `after` is called when one is over."""

    def __init__(self, ledger: str | os.PathLike[str], config: Path | None, after: Callable[[], None]) -> None:
        self._ledger, self._config, self._after = address_of(ledger), config.absolute() if config else None, after
        self.folder = Path(f"{self._ledger.beside.absolute()}{ENDING}")
        self._held: dict[str, Upload] = {}
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._process: SpawnProcess | None = None
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether one is being run."""
        return any(one.state in ("reading", "linking") for one in self._held.values())

    def all(self) -> list[Upload]:
        """Every upload since the desk was opened, the last one first."""
        return list(self._held.values())[::-1]

    def get(self, key: str) -> Upload | None:
        """An upload by its id."""
        return self._held.get(key)

    def take(self, files: list[tuple[str, BinaryIO]], person: str = "") -> Upload:
        """Put files down, each under a name that its own was made into, and have them run as `person`'s."""
        key = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
        room = self.folder / key
        for name, content in files:
            to = _free(room.joinpath(*safe(name)))
            to.parent.mkdir(parents=True, exist_ok=True)
            with to.open("xb") as file:
                shutil.copyfileobj(content, file)
        upload = Upload(key, len(files), person)
        with self._lock:
            self._held[key] = upload
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="uploads", daemon=True)
                self._thread.start()
        self._waiting.put(key)
        return upload

    def close(self) -> None:
        """End what is running: what was read is kept, and the same upload again goes on."""
        self._waiting.put(None)
        process = self._process
        if process and process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGINT)  # a run that is interrupted ends what it began, and says so
            process.join(timeout=ENDING_SECONDS)
            process.kill()
        if self._thread:
            self._thread.join(timeout=10)

    def _work(self) -> None:
        while (key := self._waiting.get()) is not None:
            try:
                end = self._run(key)
                self._after()
            except (CrossbearingError, OSError) as error:
                end = {"state": "failed", "says": (str(error),)}
            self._tell(key, **end)

    def _run(self, key: str) -> dict[str, Any]:
        """Run one upload in a process of its own, and note what it says. Returns what is to be said once it shows."""
        context = multiprocessing.get_context("spawn")
        said: Queue[dict[str, Any]] = context.Queue()
        # Relative to the ledger's folder, so that the ledger names no folder of this machine.
        room = self.folder.parent
        where = os.path.relpath(self.folder / key, room)
        ledger = self._ledger.written if self._ledger.url else self._ledger.name
        given = (str(room), where, ledger, str(self._config) if self._config else None, self._held[key].person, said)
        self._process = context.Process(target=_run_into, args=given, name=f"upload-{key}")
        self._process.start()
        self._tell(key, state="reading")
        end: dict[str, Any] = {}
        while self._process.is_alive() or not said.empty():
            try:
                news = said.get(timeout=0.2)
            except queue.Empty:
                continue
            if news["state"] in OVER:
                end = news
            else:
                self._tell(key, **news)
        self._process.join()
        cut = "The run was cut off. What was read is kept: hand the files in again to go on."
        return end or {"state": "failed", "says": (cut,)}

    def _tell(self, key: str, **news: Any) -> None:
        with self._lock:
            self._held[key] = replace(self._held[key], **news)


def _run_into(folder: str, path: str, ledger: str, config: str | None, person: str, said: Queue[dict[str, Any]]) -> None:
    """In the process of its own: run a folder into the ledger."""
    os.chdir(folder)
    from crossbearing.cli.running import run_with, summary_lines
    from crossbearing.run.local import Progress

    def tell(progress: Progress) -> None:
        state = "linking" if progress.stage == "link" else "reading"
        news = {"seen": progress.seen, "done": progress.done, "claims": progress.claims}
        said.put({"state": state, **news, "file": progress.file.removeprefix(f"{path}/")})

    try:
        summary, _ = run_with([path], ledger, Path(config) if config else None, {}, tell, person)
        # A command that a person copies runs wherever they are, and holds no password.
        address = address_of(ledger)
        whole = replace(summary, ledger=shlex.quote(address.shown if address.url else os.path.join(folder, ledger)))
        said.put({"state": "done", "says": tuple(summary_lines(whole)), "file": ""})
    except CrossbearingError as error:
        said.put({"state": "failed", "says": (str(error),)})


_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')


def safe(name: str) -> list[str]:
    """The parts of a path within the upload's own folder that a file's name, as it came, stands for; at least one.

    Nothing leads out of the folder, hides, or is more than a file system takes; the ending stays, for it says the form.
    """
    parts = [_NOT_IN_NAMES.sub("_", part).strip(" .") for part in name.replace("\\", "/").split("/")]
    kept = [_short(part) for part in parts if part][-DEEPEST:]
    return kept or ["file"]


def _short(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if len(part) <= LONGEST_NAME or not dot or len(ending) > 10:
        return part[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _free(path: Path) -> Path:
    """The path, or one beside it where a file of that name came already."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
