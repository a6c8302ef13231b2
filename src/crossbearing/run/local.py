"""A run on one machine: take in, read what is new, append, draw the incidents anew. Cut off anywhere, it goes on.

Whatever was appended stays appended, and a capture that has an outcome at these steps is not read again. Reading goes
on in as many processes as asked for; this one alone writes, in the order of the input, so that the ledger is the same
however many there are.
"""

from __future__ import annotations

import os
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace

from crossbearing.errors import RunError, StepError
from crossbearing.ingest.files import ingest
from crossbearing.ledger.encode import outcome_id
from crossbearing.ledger.reader import Reader
from crossbearing.ledger.writer import Writer, status_of
from crossbearing.model.decision import Decision, drawing
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import Capture
from crossbearing.run.attempt import attempt, can_be_limited, unexpected
from crossbearing.run.crew import Crew
from crossbearing.stages import Ingest, Link, Parts

# So few are read in this process: a worker takes about as long to start as they take to read.
FEW = 16


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run uses the machine."""

    workers: int | None = None
    """How many processes read at once; 1 reads in this process, None takes as many as there are processors."""
    seconds: float = 60.0
    """The longest that one capture may take. A report takes some hundredths of a second; what takes this long never ends."""
    link_step: str = "link"
    """The id of the step that draws incidents: a new one draws them anew."""
    person: str = ""
    """Who brings the reports, as the ledger is to note it; empty where nobody is named."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    stage: str
    """`read` or `link`."""
    seen: int
    """Captures and faults that came in so far; the whole number is only known at the end."""
    done: int
    """How many of them are settled: known before, read, set aside or at fault."""
    claims: int
    file: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did, and what the ledger holds after it."""

    ledger: str
    captures_new: int = 0
    """Bytes that the ledger did not hold before."""
    captures_known: int = 0
    """Bytes that it held already, or that lay at two places."""
    outcomes_new: int = 0
    read: int = 0
    """Captures of this input that stand as read, now or since an earlier run, copies counted once; so with the next two."""
    set_aside: int = 0
    faults: int = 0
    """With those of files that gave no capture."""
    claims_new: int = 0
    claims: int = 0
    """All that stand in the ledger now."""
    incidents: int | None = None
    """All that are drawn from them; None where drawing failed or was not reached."""
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def nothing_usable(self) -> bool:
        """Whether no capture of the input could be read."""
        return self.read == 0

    @property
    def resume(self) -> str:
        """What to do after an interrupted run, in a sentence; empty after a whole one."""
        said = f"Interrupted. All that was read is kept in {self.ledger}: run the same command again to go on."
        return said if self.interrupted else ""


def run(
    paths: Iterable[str],
    ledger_path: str,
    parts: Callable[[], Parts],
    link: Link,
    options: RunOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
    take_in: Ingest = ingest,
) -> RunSummary:
    """Read what lies under the paths into the ledger, which is made where there is none, and draw the incidents.

    `parts` builds the stages; with more than one worker it must be a function that can be imported, for each process
    builds its own. What cannot be read becomes a fault and the run goes on. Raises RunError where it cannot.
    Ctrl-C ends the run with a summary that says so.
    """
    began, options, paths = time.monotonic(), options or RunOptions(), tuple(paths)
    built = parts()
    steps = tuple(step.id for step in built.steps)
    workers = options.workers or os.cpu_count() or 1
    with Writer(ledger_path) as writer, Reader(ledger_path) as reader, Crew(parts, steps, workers, options.seconds) as crew:
        workers = workers if crew.able else 1
        course = _Course(writer, reader, crew, built, options, workers, progress)
        interrupted = False
        try:
            course.start(paths)
            for arrived in _arrivals(paths, take_in):
                course.take(arrived)
            course.finish()
            course.draw(link)
        except KeyboardInterrupt:
            interrupted = True
        return course.close(interrupted, time.monotonic() - began)


def _arrivals(paths: tuple[str, ...], take_in: Ingest) -> Iterator[Capture | Fault]:
    """What comes in; if the door itself breaks, a fault that says so."""
    try:
        yield from take_in(paths)
    except RunError:
        raise
    except Exception as error:
        yield unexpected(error, ", ".join(paths)[:200], "ingest")


class _Course:
    """The state of one run: what is in flight, what is known, what was counted."""

    def __init__(
        self,
        writer: Writer,
        reader: Reader,
        crew: Crew,
        parts: Parts,
        options: RunOptions,
        workers: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._writer, self._reader, self._crew, self._parts = writer, reader, crew, parts
        self._options, self._workers, self._progress = options, workers, progress
        self._steps = tuple(step.id for step in parts.steps)
        self._known = reader.known_outcomes()
        self._flight: deque[tuple[Capture, Future[Outcome | Fault] | None]] = deque()
        self._met: set[str] = set()
        self._many = False
        self._run, self._noted = uuid.uuid4().hex, False
        self._what: dict[str, object] = {}
        self._seen = self._done = 0
        self.summary = RunSummary(writer.path)

    def start(self, paths: tuple[str, ...]) -> None:
        """Remember what is to be noted of the run, once it adds anything."""
        self._what = {"paths": list(paths), "steps": list(self._steps), "link": self._options.link_step}
        if self._options.person:
            self._what["person"] = self._options.person

    def take(self, arrived: Capture | Fault) -> None:
        """One thing that came in: a fault is held, a capture is held and read unless it was before."""
        self._seen += 1
        if isinstance(arrived, Fault):
            self._fault(arrived)
            return
        try:
            capture, new = self._writer.append_capture(arrived)
        except StepError as error:
            self._fault(Fault(arrived.file, "ledger", type(error).__name__, str(error), arrived.sha256, arrived.report))
            return
        self._count(captures_new=int(new), captures_known=int(not new))
        if new:
            self._note()
        status = self._known.get(outcome_id(capture.sha256, self._steps))
        if capture.sha256 in self._met:
            self._done += 1
        elif status is not None:
            self._settled(status, capture.file)
        else:
            self._send(capture, suspect=not new)
        self._met.add(capture.sha256)

    def finish(self) -> None:
        """Wait for all that is in flight."""
        while self._flight:
            self._settle()

    def draw(self, link: Link) -> None:
        """Draw the incidents, unless what they are drawn from is as it was."""
        key = self._reader.view_key(self._options.link_step)
        drawn = self._reader.drawing(key)
        if drawn is None:
            self._tell("link", self._writer.path)
            try:
                decisions = drawing(self._reader.judgements())
                drawn = link(tuple(self._reader.claims()), decisions, self._reader.pages(), self._drawn(decisions))
            except RunError:
                raise
            except Exception as error:
                if self._writer.append_fault(unexpected(error, self._writer.path, "link")):
                    self._note()
                self._count(faults=1)
                return
            self._writer.keep_view(key, drawn)
        if any(fault.stage == "link" for fault in self._reader.faults()):
            self._note()  # so that the run's end is noted, which mends them
        self.summary = replace(self.summary, incidents=len(drawn.incidents))

    def _drawn(self, decisions: Sequence[Decision]) -> tuple[Incident, ...]:
        """What was drawn before the run; nothing where that is not kept, or a decision was undone since."""
        kept = self._reader.earlier(self._options.link_step)
        grown = kept and {one.id for one in kept.decisions} <= {one.id for one in decisions}
        return kept.drawing.incidents if kept and grown else ()

    def close(self, interrupted: bool, seconds: float) -> RunSummary:
        """Note the run's end, and say what it did."""
        standing = self._reader.standing()
        summary = replace(self.summary, claims=standing["claims"], interrupted=interrupted, seconds=round(seconds, 3))
        if self._noted:
            moment = "interrupted" if interrupted else "ended" if summary.incidents is not None else "ended without incidents"
            self._writer.append_run(self._run, moment, asdict(summary))
        return summary

    def _send(self, capture: Capture, suspect: bool) -> None:
        """Have a capture read: here, or by the crew where there are many.

        One that an earlier run took in and did not settle may be what ended that run, so it is never read here.
        """
        here = not self._crew.able or (can_be_limited() and not suspect and not self._many)
        self._flight.append((capture, None if here else self._crew.submit(capture)))
        if self._workers > 1 and not self._many and len(self._flight) > FEW:
            self._many = True
            self._flight = deque((each, job or self._crew.submit(each)) for each, job in self._flight)
        # What is in flight is held in memory; two for each worker keep it busy while this process writes.
        room = 0 if self._workers == 1 else 2 * self._workers if self._many else FEW
        while len(self._flight) > room:
            self._settle()

    def _settle(self) -> None:
        """Hold what came of the capture that was sent first."""
        capture, job = self._flight[0]
        result = job.result() if job else attempt(capture, self._parts, self._options.seconds)
        if isinstance(result, Fault):
            self._fault(result)
        else:
            self._outcome(result, capture)
        self._flight.popleft()

    def _outcome(self, outcome: Outcome, capture: Capture) -> None:
        stored = self._writer.append(outcome, capture)
        self._note()
        self._known[outcome_id(capture.sha256, outcome.steps)] = status_of(stored)
        self._count(outcomes_new=1, claims_new=len(stored.claims))
        self._settled(status_of(stored), capture.file)

    def _fault(self, fault: Fault) -> None:
        if self._writer.append_fault(fault):
            self._note()
        self._settled("fault", fault.file)

    def _settled(self, status: str, file: str) -> None:
        self._count(read=int(status == "read"), set_aside=int(status == "set aside"), faults=int(status == "fault"))
        self._done += 1
        self._tell("read", file)

    def _note(self) -> None:
        """Note the run in the ledger when it first adds something: one that adds nothing leaves no trace."""
        if not self._noted:
            self._noted = True
            self._writer.append_run(self._run, "started", self._what)

    def _count(self, **more: int) -> None:
        self.summary = replace(self.summary, **{name: getattr(self.summary, name) + n for name, n in more.items()})

    def _tell(self, stage: str, file: str) -> None:
        if self._progress:
            self._progress(Progress(stage, self._seen, self._done, self.summary.claims_new, file))
