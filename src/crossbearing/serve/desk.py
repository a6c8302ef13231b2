"""The desk: one ledger as it is served. It keeps the index in step with the ledger, and knows past instants too."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
import sqlite3
import tempfile
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from crossbearing.api import Ledger, open_ledger
from crossbearing.errors import CrossbearingError
from crossbearing.ledger.address import address_of
from crossbearing.ledger.reader import Reader
from crossbearing.ledger.writer import Writer
from crossbearing.link.coverage import coverage, estimates
from crossbearing.model.decision import Decision
from crossbearing.model.outcome import Outcome
from crossbearing.publish.coarser import Caution
from crossbearing.publish.coverage import estimate_record, gap_record
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.export import BOOKS
from crossbearing.publish.export import export as written
from crossbearing.publish.records import Record
from crossbearing.serve.index import ENDING, Index, State, coverage_of, drawn_incidents
from crossbearing.serve.uploads import Uploads

LOOK_SECONDS = 0.5
"""How often the ledger is asked whether it has grown. A person does not notice half a second."""

QUIET_SECONDS = 3.0
"""A ledger that grows without incidents is being run into. Left alone for so long, the run is over or was cut off."""

KEEP_SECONDS = 10.0
"""After so long without a decision the drawing is written down: of a large ledger that takes seconds."""

DRAWN_SECONDS = 3.0
"""How long a person waits for the incidents to be drawn after a decision, before being told that it goes on."""

PAST = 3
"""How many past instants are kept at hand."""

KNOWN = 12
"""How many answers are kept that were worked out once for a state."""

T = TypeVar("T")

Checked = tuple[list[Record], list[Record]]
"""Gaps and estimates."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's connection, and the state that it is answered from."""

    connection: sqlite3.Connection
    state: State
    is_past: bool = False
    """Whether it is asked what was held at an instant."""


class Desk:
    """A ledger, its index, and what is being read into it. Raises LedgerError where the ledger cannot be opened."""

    def __init__(self, ledger: str | os.PathLike[str], config: Path | None = None) -> None:
        self.ledger, self.config = address_of(ledger), config
        self.token = secrets.token_urlsafe(24)
        """What a form must bring along: another site's page cannot know it."""
        Writer(self.ledger.written).close()
        self._rooms = tempfile.TemporaryDirectory(prefix="crossbearing-desk-")
        self.reader = Reader(self.ledger.written)
        self.index = Index(self.ledger.written, self._beside())
        self.uploads = Uploads(self.ledger.written, config, self.refresh)
        self.prepared: tuple[tuple[str, Callable[[Asked], Any]], ...] = ()
        """What is worked out as soon as the ledger has grown, by name."""
        self._known: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._working_out: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._past: OrderedDict[str, Index] = OrderedDict()
        self._looking_back = threading.Lock()
        self._lock, self._stop, self._wake = threading.Lock(), threading.Event(), threading.Event()
        self._brought = threading.Condition()
        self._keeper: threading.Thread | None = None
        self._keeping: threading.Thread | None = None

    def _beside(self) -> Path:
        """Where the index lies: beside the ledger, or where that folder cannot be written to, in a passing one."""
        path = Path(f"{self.ledger.beside}{ENDING}")
        try:
            with path.open("ab"):
                return path
        except OSError:
            return Path(self._rooms.name) / path.name

    @contextmanager
    def asking(self, as_of: datetime | None = None) -> Iterator[Asked]:
        """What is held now, or was at an instant."""
        with contextlib.ExitStack() as stack:
            with self._looking_back if as_of else contextlib.nullcontext():  # held until it reads: it may be removed after
                index = self._at(as_of) if as_of else self.index
                connection = stack.enter_context(index.asking())
                state = index.state(connection)
            yield Asked(connection, state, as_of is not None)

    def refresh(self, told: Callable[[int, int], None] | None = None) -> None:
        """Bring the index up to the ledger: whoever has just written reads what was written."""
        self.index.refresh(told)
        with self._brought:
            self._brought.notify_all()
        self._prepare()

    def outcome_of(self, held: Asked, document: str) -> Outcome:
        """What became of the capture that a document of the index is of."""
        row = held.connection.execute("SELECT outcome FROM document WHERE id = ?", (document,)).fetchone()
        return next(outcome for _, outcome in self.reader.some_outcomes([row[0]]))

    def outcomes_of(self, held: Asked, claims: Sequence[str]) -> list[Outcome]:
        """The outcomes that some claims are of."""
        marks = ", ".join("?" * len(claims))
        rows = held.connection.execute(f"SELECT DISTINCT outcome FROM claim WHERE id IN ({marks})", claims)
        return [outcome for _, outcome in self.reader.some_outcomes([row[0] for row in rows])]

    def _prepare(self) -> None:
        """Work out beforehand what every page shows, so that the first who comes does not wait for it."""
        with self.asking() as held:
            for what, make in self.prepared:
                self.once(held, what, make)

    def once(self, held: Asked, what: str, make: Callable[[Asked], T]) -> T:
        """What is worked out once for a state of the ledger, and then known."""
        key = (held.state.tag, what)
        with self._working_out[what]:
            if key not in self._known:
                made = make(held)
                with self._lock:
                    self._known[key] = made
                    while len(self._known) > KNOWN:
                        self._known.popitem(last=False)
                return made
            known: T = self._known[key]
            return known

    def coverage(self, held: Asked) -> Checked:
        """What reports say there should be against what is held, and estimates, as records."""
        return self.once(held, "coverage", self._check)

    def _check(self, held: Asked) -> Checked:
        instant = datetime.fromisoformat(held.state.instant)
        counts = coverage_of(held.connection)
        incidents = [one for one in drawn_incidents(held.connection) if not (one.review and one.review.rejected)]
        gaps = coverage(counts, incidents, self.reader.claims(instant)) if counts else ()
        texts = {}
        for gap in gaps:
            if gap.count.document not in texts:
                page = self.outcome_of(held, gap.count.document).page
                texts[gap.count.document] = page.text if page else ""
        records = [gap_record(gap, texts[gap.count.document]) for gap in gaps]
        return records, [estimate_record(one) for one in estimates(gaps, incidents)]

    def decide(self, make: Callable[[Ledger], Decision]) -> Decision:
        """Have a decision recorded, and wait a while for what follows of it to be drawn: a large ledger takes longer."""
        with open_ledger(self.ledger.written, create=False) as ledger:
            made = make(ledger)
        if self._keeper is None:
            self.refresh()
            return made
        self._wake.set()
        with self._brought:
            self._brought.wait_for(lambda: not self.index.behind(), DRAWN_SECONDS)
        return made

    @contextmanager
    def dossiers(self, held: Asked, incidents: set[str]) -> Iterator[tuple[datetime, Iterator[Dossier]]]:
        """The instant of a state, and what an export may look at of some of its incidents."""
        instant = datetime.fromisoformat(held.state.instant)
        with open_ledger(self.ledger.written, create=False) as ledger:
            yield instant, (one for one in ledger.dossiers(instant) if one.incident.id in incidents)

    def by_book(self, held: Asked, book: str, incidents: set[str], caution: Caution) -> dict[str, bytes]:
        """Some incidents through a code book: the bytes of each of its tables, and of the reasons, by name."""
        files: dict[str, list[str]] = {}
        with self.dossiers(held, incidents) as (instant, dossiers):
            written(BOOKS[book], dossiers, instant, caution, lambda name, line: files.setdefault(name, []).append(line))
        return {name: "".join(lines).encode("utf-8", "backslashreplace") for name, lines in files.items()}

    def start(self) -> None:
        """Keep the index in step from now on."""
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._keeper.start()

    def close(self) -> None:
        """Stop what goes on, and let go of the files."""
        self._stop.set()
        self._wake.set()
        if self._keeper:
            self._keeper.join()
            self._keeper = None
        self.uploads.close()
        if self._keeping:
            self._keeping.join()
        with contextlib.suppress(CrossbearingError):
            self.index.keep()
        self.reader.close()
        self.index.close()
        for index in self._past.values():
            index.close()
        with contextlib.suppress(OSError):
            self._rooms.cleanup()

    def _keep(self) -> None:
        while not self._stop.is_set():
            asked = self._wake.wait(LOOK_SECONDS)
            self._wake.clear()
            try:
                if self.index.behind():
                    if asked or not self._is_run_into():
                        self.refresh()
                elif not asked:
                    self.index.warm()
                    self._keep_drawing()
            except (CrossbearingError, sqlite3.Error):
                log.exception("the index could not be brought up to the ledger; it is tried again")

    def _keep_drawing(self) -> None:
        """Have the ledger keep the last drawing, once nobody has written for a while, and without holding up whoever does."""
        quiet = (datetime.now(UTC) - self.reader.instant()).total_seconds()
        if quiet >= KEEP_SECONDS and not (self._keeping and self._keeping.is_alive()):
            self._keeping = threading.Thread(target=self.index.keep, name="keeping", daemon=True)
            self._keeping.start()

    def _is_run_into(self) -> bool:
        """Whether to wait until a run has drawn the incidents itself."""
        if self.uploads.busy:
            return True
        since = (datetime.now(UTC) - self.reader.instant()).total_seconds()
        return since < QUIET_SECONDS and self.index.writing()

    def _at(self, as_of: datetime) -> Index:
        """The index of a past instant; of an instant to come it is that of now, which may still change."""
        if as_of >= self.reader.instant():
            return self.index
        key = as_of.isoformat()
        if key not in self._past:
            name = hashlib.sha256(key.encode()).hexdigest()[:16]
            index = Index(self.ledger.written, Path(self._rooms.name) / name, as_of)
            index.refresh()
            self._past[key] = index
            while len(self._past) > PAST:
                self._past.popitem(last=False)[1].remove()
        self._past.move_to_end(key)
        return self._past[key]
