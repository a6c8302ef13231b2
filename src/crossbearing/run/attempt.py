"""One capture through the stages, whatever happens there: an outcome, or the fault that stopped it."""

from __future__ import annotations

import re
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from crossbearing.errors import RunError
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import Capture
from crossbearing.pipeline import digest
from crossbearing.stages import Parts

STAGES = ("ingest", "clean", "read", "resolve", "link", "ledger")


class TimeIsUp(BaseException):
    """The time for one capture is over. Not an Exception, so that no stage takes it for one of its own."""


def attempt(capture: Capture, parts: Parts, seconds: float | None = None) -> Outcome | Fault:
    """Digest a capture, for at most so many seconds. Of what a stage raises, only a RunError passes: a table is gone."""
    try:
        with _limited(seconds):
            return digest(capture, parts)
    except TimeIsUp:
        return too_slow(capture, seconds or 0)
    except RunError:
        raise
    except Exception as error:
        return unexpected(error, capture.file, "read", capture)


def unexpected(error: Exception, file: str, stage: str, capture: Capture | None = None) -> Fault:
    """The fault that an error nobody foresaw leaves: a mistake of ours, named with its place in the code."""
    stage, place = _place(error, stage)
    # Addresses differ from run to run, and the same fault must be held once.
    said = re.sub(r" at 0x[0-9a-f]+", "", str(error))[:300]
    sentence = (
        f"{file}: an error that was not foreseen, {type(error).__name__}{f' ({said})' if said else ''}, at {place}. "
        "Nothing else was touched; please report this, with the file if you may share it."
    )
    if capture is None:
        return Fault(file, stage, type(error).__name__, sentence)
    return Fault(file, stage, type(error).__name__, sentence, capture.sha256, capture.report)


def too_slow(capture: Capture, seconds: float) -> Fault:
    """The fault of a capture that took longer than it may."""
    sentence = f"{capture.file}: reading it was stopped after {seconds:g} seconds. The next run tries it again."
    return Fault(capture.file, "read", "TookTooLong", sentence, capture.sha256, capture.report)


def can_be_limited() -> bool:
    """Whether this thread can be interrupted: only the main one, and not on every system."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _place(error: Exception, stage: str) -> tuple[str, str]:
    """The stage in which an error arose, and the innermost line of this package, or else of any."""
    frames = [(str(frame.f_globals.get("__name__", "?")), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [(name, line) for name, line in frames if name.startswith("crossbearing.")]
    for name, _ in ours:
        if name.split(".")[1] in STAGES:
            stage = name.split(".")[1]
    name, line = (ours or frames or [("?", 0)])[-1]
    return stage, f"{name}:{line}"


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    if seconds is None or not can_be_limited():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
