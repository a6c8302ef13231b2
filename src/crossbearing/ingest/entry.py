"""Bytes under a path, opened and not yet known: what folders and archives hand on to be looked at."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from crossbearing.errors import RefusedInput, StepError
from crossbearing.ingest.limits import MIB, Budget
from crossbearing.model.outcome import Fault

STAGE = "ingest"

# As much as is looked at to tell what a file is, and the size of the buffers, in bytes.
HEAD = 1 << 16

_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One stream to be read once."""

    file: str
    """The path as captures and faults show it."""
    name: str
    """The name that its extension is read from."""
    stream: io.BufferedReader[Any]
    budget: Budget
    depth: int = 0
    """How many archives it lies in."""
    on_disk: bool = False
    """Whether the stream is a file's own and can be wound back."""
    peeled: bool = False
    """Whether a compression was already taken off."""

    def head(self) -> bytes:
        """Its first bytes, left in the stream."""
        return bytes(self.stream.peek(HEAD)[:HEAD])


def read_up_to(stream: io.BufferedReader[Any], limit: int) -> bytes:
    """All that is left of a stream; cut one byte past the limit where it is longer."""
    # In chunks: asked for the limit at once, the stream would take that much memory for the smallest file.
    chunks: list[bytes] = []
    left = limit + 1
    while left and (chunk := stream.read(min(left, MIB))):
        chunks.append(chunk)
        left -= len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def showable(text: str) -> str:
    """A name as it can be stored and printed: what is no character of a line of text is escaped (`\\n`, `\\udc80`)."""
    return _UNSHOWABLE.sub(lambda m: m.group().encode("unicode_escape").decode("ascii"), text)


def fault_of(error: StepError, report: str | None = None) -> Fault:
    """The fault that an error leaves, under the name of the class of the tree that a user can look up."""
    kind = "RefusedInput" if isinstance(error, RefusedInput) else type(error).__name__
    return Fault(error.file, STAGE, kind, str(error), None, report or error.file)
