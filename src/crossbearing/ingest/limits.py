"""How much is let in: the options of the room, and the meter that stops an archive made to burst.

Every byte that a decompressor makes is counted as it is made, so that a lie in a header buys nothing.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Protocol

from crossbearing.errors import RefusedInput

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What is let in."""

    file_bytes: int = 64 * MIB
    """The largest file, member of an archive or line of a JSON Lines file that is read, in bytes. It is held in memory
    whole. Web crawls cut pages at 1 to 5 MiB, and a long illustrated report in PDF runs to tens of MiB: 64 MiB leaves
    room above both. An archive or a JSON Lines file itself may be of any size, since it is read as a stream."""

    archive_bytes: int = 64 * 1024 * MIB
    """The most that one archive may unpack to, in bytes, counting archives within it. 64 GiB holds about a million pages
    of 64 KiB; it is a bound on time, since members are read one by one and nothing is written to disk."""

    archive_ratio: int = 200
    """The most bytes unpacked for a byte of the archive. Pages and prose pack 3 to 10 times, near copies of one page under
    xz up to about 100; deflate's own ceiling is 1032. Looked at only once more than `file_bytes` has been unpacked,
    because a small archive that packs well harms nobody."""

    archive_members: int = 1_000_000
    """The most members of one archive, counting those of archives within it. A zip's table of contents is held in memory:
    a million names take about half a GiB."""

    nesting: int = 2
    """How many archives may lie within one another below the first. Exports of exports are met at 1, a folder of them
    zipped again at 2; self-copying archives go on for ever."""

    def __post_init__(self) -> None:
        for name in ("file_bytes", "archive_bytes", "archive_ratio", "archive_members"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1; got {getattr(self, name)}")
        if self.nesting < 0:
            raise ValueError(f"nesting must be at least 0; got {self.nesting}")


DEFAULTS = IngestOptions()


class Exhausted(RefusedInput):
    """An archive went over a limit of the whole archive: nothing more of it is read."""


class Budget:
    """What one file that the user gave may still unpack to, over all its archives and theirs."""

    def __init__(self, file: str, packed: int, options: IngestOptions) -> None:
        self.file, self.packed, self.options = file, max(packed, 1), options
        self.unpacked = self.members = 0

    def spend(self, size: int) -> None:
        """Count bytes unpacked. Raises `Exhausted`."""
        self.unpacked += size
        if self.unpacked > self.options.archive_bytes:
            raise Exhausted(
                self.file,
                f"unpacks to more than {self.options.archive_bytes:,} bytes, the limit for one archive; the rest was not read",
                "Unpack it and give the folder, or raise ingest.archive_bytes",
            )
        if self.unpacked > self.options.file_bytes and self.unpacked > self.packed * self.options.archive_ratio:
            raise Exhausted(
                self.file,
                f"unpacks to more than {self.options.archive_ratio} times its size, as archives made to burst do; "
                "the rest was not read",
                "If you trust it, unpack it and give the folder, or raise ingest.archive_ratio",
            )

    def member(self) -> None:
        """Count a member. Raises `Exhausted`."""
        self.members += 1
        if self.members > self.options.archive_members:
            raise Exhausted(
                self.file,
                f"has more than {self.options.archive_members:,} members, the limit for one archive; the rest was not read",
                "Unpack it and give the folder, or raise ingest.archive_members",
            )


class Unpacking(Protocol):
    """What decompressors offer: a read that hands on what it has."""

    def read1(self, size: int, /) -> bytes: ...


class Meter(io.RawIOBase):
    """A stream read through, each byte counted against a budget."""

    def __init__(self, stream: Unpacking, budget: Budget) -> None:
        super().__init__()
        self._stream, self._budget = stream, budget
        self._broken: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the stream goes, so that a peek sees a whole head.

        Where the stream breaks, what came before is handed on first.
        """
        if self._broken:
            raise self._broken
        view, at = memoryview(buffer).cast("B"), 0
        while at < len(view):
            try:
                chunk = self._stream.read1(len(view) - at)
                self._budget.spend(len(chunk))
            except Exception as error:  # whatever a library raises on damage is raised again by the next read
                if not at:
                    raise
                self._broken = error
                break
            if not chunk:
                break
            view[at : at + len(chunk)] = chunk
            at += len(chunk)
        return at
