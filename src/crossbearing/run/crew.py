"""Processes that read at once, of which any may hang or die without harm to the run.

Each has one capture at a time, so that it is always known which one was to blame: a worker that takes too long is
ended and its capture becomes a fault; one that dies is replaced, and its capture tried once more by itself.
The standard library's pool cannot do this: it can end no single worker, and one death breaks all that was in flight.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from crossbearing.errors import RunError
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import Capture
from crossbearing.run.attempt import too_slow
from crossbearing.stages import Parts

# A network's weights and the gazetteer are loaded in a few seconds; this is for a machine that is out of breath.
START_SECONDS = 300.0


class CrewError(RunError):
    """The workers could not be started."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(why, todo)
        self.why, self.todo = why, todo

    def __str__(self) -> str:
        return f"the reading processes cannot start: {self.why}. {self.todo}."


class WorkerDied(Exception):
    """A worker ended before it answered."""

    def __init__(self, code: int | None, in_time: bool) -> None:
        super().__init__(code, in_time)
        self.code, self.in_time = code, in_time


class Worker:
    """One process, with its stages built. Raises CrewError where they cannot be."""

    def __init__(self, factory: bytes, steps: tuple[str, ...]) -> None:
        command = [sys.executable, "-m", "crossbearing.run.worker"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            built = self._ask(pickle.dumps(sys.path) + pickle.dumps(factory), START_SECONDS)
        except WorkerDied as error:
            raise CrewError(f"one ended with code {error.code} before it was ready", _ALONE) from error
        if isinstance(built, str):
            raise CrewError(built, _ALONE)
        if built != steps:
            self.end()
            raise CrewError(f"they would read by other steps ({built}) than this process ({steps})", _ALONE)

    def read(self, capture: Capture, seconds: float) -> Outcome | Fault:
        """What the stages make of the capture. Raises WorkerDied where no answer comes, and the worker's RunError."""
        answer = self._ask(pickle.dumps(capture, protocol=pickle.HIGHEST_PROTOCOL), seconds)
        if isinstance(answer, RunError):
            raise answer
        assert isinstance(answer, Outcome | Fault)
        return answer

    def end(self) -> None:
        """End the process at once. It holds nothing that could be lost."""
        self._process.kill()
        self._process.wait()

    def _ask(self, message: bytes, seconds: float) -> object:
        process, rang = self._process, threading.Event()
        assert process.stdin is not None
        assert process.stdout is not None

        def ring() -> None:
            rang.set()
            process.kill()

        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(message)
            process.stdin.flush()
            return pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError, ValueError) as error:
            self.end()
            raise WorkerDied(process.returncode, not rang.is_set()) from error
        finally:
            timer.cancel()


_ALONE = "Run with one worker to see it happen in this process, or name a factory of stages that can be imported"


class Crew:
    """So many workers, started when there is work for them."""

    def __init__(self, factory: Callable[[], Parts], steps: tuple[str, ...], workers: int, seconds: float) -> None:
        self._factory, self._steps, self._seconds = _packed(factory), steps, seconds
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="crew")
        self._own = threading.local()
        self._all: list[Worker] = []
        self._closing = False

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing = True
        for worker in tuple(self._all):
            worker.end()
        self._threads.shutdown(cancel_futures=True)
        for worker in tuple(self._all):  # one may have started in between
            worker.end()

    @property
    def able(self) -> bool:
        """Whether the factory of stages can be imported by another process."""
        return self._factory is not None

    def submit(self, capture: Capture) -> Future[Outcome | Fault]:
        """Have a capture read by the next worker that is free."""
        return self._threads.submit(self._read, capture)

    def _read(self, capture: Capture) -> Outcome | Fault:
        code = None
        # Once more, alone in a fresh process: it may have died of what its neighbours took of the memory.
        for _ in range(2):
            if self._closing:
                break
            try:
                return self._worker().read(capture, self._seconds)
            except WorkerDied as error:
                self._own.worker = None
                if not error.in_time:
                    return too_slow(capture, self._seconds)
                code = error.code
        return _fatal(capture, code)

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            if self._factory is None:
                raise CrewError("the function that builds the stages cannot be imported", _ALONE)
            worker = self._own.worker = Worker(self._factory, self._steps)
            self._all.append(worker)
        return worker


def _packed(factory: Callable[[], Parts]) -> bytes | None:
    """The factory's name for another process; None where it has none there: a closure, or a function of a script."""
    if getattr(factory, "__module__", None) == "__main__":
        return None
    try:
        return pickle.dumps(factory)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def _fatal(capture: Capture, code: int | None) -> Fault:
    """The fault of a capture that ends whoever reads it."""
    how = f"by signal {-code}" if code is not None and code < 0 else f"with code {code}"
    why = ", as the system does when memory runs out" if code == -9 else ""
    sentence = f"{capture.file}: the process that read it was ended {how}{why}, twice. The next run tries it again."
    return Fault(capture.file, "read", "WorkerDied", sentence, capture.sha256, capture.report)
