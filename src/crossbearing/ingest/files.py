"""The door: open paths and hand on what lies there, byte for byte. The only code that touches a user's files.

    path -> folder, archive, JSON Lines or document -> captures

Nothing is written, nothing is followed out of what was given, and nothing is lost without a word: what cannot be let in
is a fault with a sentence, and the next one is read. Folders are walked in the order of names, so that a run repeats.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import Any

from crossbearing.errors import RefusedInput, StepError, UnreadableCapture
from crossbearing.ingest.archives import read_tar, read_zip
from crossbearing.ingest.entry import HEAD, Entry, fault_of, read_up_to, showable
from crossbearing.ingest.limits import DEFAULTS, Budget, Exhausted, IngestOptions, Meter, Unpacking
from crossbearing.ingest.media import COMPRESSED, Container, Unknown, sniff
from crossbearing.ingest.reports import read_json, read_lines
from crossbearing.ingest.walk import walk
from crossbearing.model.outcome import Fault
from crossbearing.model.text import Capture, Media

__all__ = ["IngestOptions", "ingest"]

# What the standard library raises on damaged or hostile archives, by its documentation and by trial.
_DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, NotImplementedError, RuntimeError, ValueError, OverflowError, LookupError, MemoryError),
)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def ingest(paths: Iterable[str | os.PathLike[str]], options: IngestOptions = DEFAULTS) -> Iterator[Capture | Fault]:
    """Captures of all that lies under the paths, in order, with a fault for each thing that cannot be let in.

    Takes files and folders. Streams: at most one document, or one line of a JSON Lines file, is held at a time. The same
    bytes at two places are handed on twice, with the same hash. Raises nothing for whatever lies there.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    for path in given:
        for found in walk(os.fspath(path)):
            if isinstance(found, Fault):
                yield found
            else:
                yield from _read_file(found, options)


def _read_file(path: str, options: IngestOptions) -> Iterator[Capture | Fault]:
    """The captures of one file on disk."""
    file = showable(path.replace(os.sep, "/"))
    try:
        with _open(path, file) as stream:
            budget = Budget(file, os.fstat(stream.fileno()).st_size, options)
            yield from _read(Entry(file, os.path.basename(file), stream, budget, on_disk=True), options)
    except StepError as error:
        yield fault_of(error)
    except FileNotFoundError:
        yield fault_of(UnreadableCapture(file, "was gone when its turn came", "Run again if it should be there"))
    except PermissionError:
        yield fault_of(UnreadableCapture(file, "may not be read by this user", "Change its permissions or run as its owner"))
    except OSError as error:
        yield fault_of(UnreadableCapture(file, f"cannot be read ({error.strerror or error})", "Check the disk it lies on"))


def _open(path: str, file: str) -> io.BufferedReader[Any]:
    """A regular file, opened without ever waiting for a pipe's other end. Raises `RefusedInput` for anything else."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise _special(file)
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    stream = io.BufferedReader(io.FileIO(descriptor), HEAD)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise _special(file)
    return stream


def _special(file: str) -> RefusedInput:
    return RefusedInput(file, "is a pipe, socket or device, not a file", "Save what it gives to a file first")


def _read(entry: Entry, options: IngestOptions) -> Iterator[Capture | Fault]:
    """The captures of one stream; what goes wrong in it is its own fault, unless the whole archive is used up."""
    try:
        yield from _by_kind(entry, options)
    except Exhausted as error:
        if entry.depth:
            raise
        yield fault_of(error)
    except StepError as error:
        yield fault_of(error)
    except _DAMAGE as error:
        why = showable(str(error)).rstrip(".") or type(error).__name__
        yield fault_of(
            UnreadableCapture(entry.file, f"cannot be read to its end ({why})", "It may be damaged or cut off; fetch it again")
        )


def _by_kind(entry: Entry, options: IngestOptions) -> Iterator[Capture | Fault]:
    """Whatever the stream holds. Raises `StepError` and what the archive libraries raise."""
    kind = sniff(entry.name, entry.head())
    limit = options.file_bytes
    if isinstance(kind, Unknown):
        raise RefusedInput(entry.file, f"is no report: it is {kind.what}", kind.todo)
    if isinstance(kind, Media):
        yield _capture(entry, kind, limit)
    elif kind is Container.LINES:
        yield from read_lines(entry.file, entry.stream, limit)
    elif kind is Container.JSON:
        yield from read_json(entry.file, entry.stream, limit)
    elif kind in COMPRESSED:
        yield from _read(_peel(entry, kind), options)
    elif entry.depth > options.nesting:
        raise RefusedInput(
            entry.file,
            f"is an archive within {entry.depth} others, and at most {options.nesting} levels are opened",
            "Unpack the outer ones and give the folder",
        )
    else:
        yield from _members(entry, kind, options)


def _members(entry: Entry, kind: Container, options: IngestOptions) -> Iterator[Capture | Fault]:
    """The captures of an archive."""
    before = entry.budget.members
    for member in read_zip(entry, options.file_bytes) if kind is Container.ZIP else read_tar(entry):
        if isinstance(member, Fault):
            yield member
        else:
            yield from _read(member, options)
    if entry.budget.members == before:
        raise UnreadableCapture(entry.file, "is an archive without members", "If it should hold some, fetch it again")


def _peel(entry: Entry, kind: Container) -> Entry:
    """The same stream with its compression taken off, and its name without the ending."""
    if entry.peeled:
        raise RefusedInput(entry.file, "is compressed more than once", "Decompress it and give what comes out")
    stem, _, ending = entry.name.rpartition(".")
    name = f"{stem}.tar" if ending.lower().startswith("t") else stem if ending.lower() in ("gz", "bz2", "xz") else entry.name
    unpacked: Unpacking
    if kind is Container.GZIP:
        unpacked = gzip.GzipFile(fileobj=entry.stream)
    elif kind is Container.BZIP2:
        unpacked = bz2.BZ2File(entry.stream)
    else:
        unpacked = lzma.LZMAFile(entry.stream)  # noqa: SIM115 - it holds nothing but the stream, which its opener closes
    return replace(entry, name=name, stream=io.BufferedReader(Meter(unpacked, entry.budget), HEAD), on_disk=False, peeled=True)


def _capture(entry: Entry, media: Media, limit: int) -> Capture:
    """One document. Raises `RefusedInput` where it is over the limit."""
    content = read_up_to(entry.stream, limit)
    if len(content) > limit:
        raise RefusedInput(
            entry.file, f"is larger than {limit:,} bytes, the limit for one file", "Raise ingest.file_bytes to let it in"
        )
    captured = _saved(content) if media is Media.MHTML else None
    return Capture(content, hashlib.sha256(content).hexdigest(), entry.file, entry.file, media, captured)


def _saved(content: bytes) -> datetime | None:
    """When a browser saved the page, by the archive's own header."""
    try:
        header = BytesHeaderParser().parsebytes(content[:HEAD]).get("Date")
        return parsedate_to_datetime(str(header)) if header else None
    except (ValueError, TypeError, LookupError, OverflowError):
        return None
