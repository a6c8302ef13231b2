"""The members of zip and tar archives, one after the other, never written to disk.

A member that cannot be let in is a fault of its own; damage to the archive itself ends it with a fault. A tar is read
as a stream; a zip needs its table of contents, so one that lies within another archive is held in memory.
"""

from __future__ import annotations

import io
import posixpath
import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from typing import IO, cast

from crossbearing.errors import RefusedInput, StepError, UnreadableCapture
from crossbearing.ingest.droppings import is_companion_asset, is_dropping
from crossbearing.ingest.entry import HEAD, Entry, fault_of, read_up_to, showable
from crossbearing.ingest.limits import MIB, Meter, Unpacking
from crossbearing.model.outcome import Fault

_DRIVE = re.compile(r"^[A-Za-z]:")
_FETCH = "It may be damaged; fetch it again"
# What may be read of a tar before its next member is known, in bytes: long names and extended headers are some KiB; a
# header that says it is a GiB long is there to fill the memory.
_TAR_HEADERS = MIB


def read_zip(entry: Entry, limit: int) -> Iterator[Entry | Fault]:
    """The members of a zip, in the order of its table of contents."""
    whole: IO[bytes] = entry.stream if entry.on_disk else io.BytesIO(_whole(entry, limit))
    with zipfile.ZipFile(whole) as archive:
        names = frozenset(_clean_name(info.filename) for info in archive.infolist())
        for info in archive.infolist():
            entry.budget.member()
            name = _clean_name(info.filename)
            if info.is_dir() or _is_skipped(name, names):
                continue
            file = f"{entry.file}!/{showable(name)}"
            try:
                _refuse_zip_member(file, name, info, archive)
                with archive.open(info) as member:
                    yield _member(entry, file, name, Meter(cast(Unpacking, member), entry.budget))
            except _Ignored:
                continue
            except StepError as error:
                yield fault_of(error)
            except (zipfile.BadZipFile, NotImplementedError) as error:
                yield fault_of(UnreadableCapture(file, f"cannot be unpacked: {showable(str(error))}", _FETCH))


def read_tar(entry: Entry) -> Iterator[Entry | Fault]:
    """The members of an uncompressed tar stream, in their order."""
    stream = _Guarded(entry.stream)
    # Zeros end a tar, but archives are put one behind the other, and damage can be zeros too: read on past them.
    source = cast(IO[bytes], stream)
    with tarfile.open(fileobj=source, mode="r|", tarinfo=_StrictInfo, bufsize=HEAD, ignore_zeros=True) as archive:
        while (info := archive.next()) is not None:
            # The list of members only grows, and a stream never goes back to it.
            vars(archive)["members"].clear()
            entry.budget.member()
            name = _clean_name(info.name)
            stream.allow(archive.offset + _TAR_HEADERS)
            if info.isdir() or _is_skipped(name, None):
                continue
            file = f"{entry.file}!/{showable(name)}"
            try:
                _refuse_tar_member(file, name, info)
                member = archive.extractfile(info)
                if member is not None:
                    yield _member(entry, file, name, member)
            except _Ignored:
                continue
            except StepError as error:
                yield fault_of(error)


class _Ignored(Exception):
    """A link to another member, which is read in its own place."""


class _StrictInfo(tarfile.TarInfo):
    """A member's header that does not let damage pass for the end of the archive, as the library does."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _StrictInfo:
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.HeaderError as error:
            # Of its kinds, only these two are damage that the library passes over; they are not in its stubs.
            if type(error).__name__ not in ("InvalidHeaderError", "TruncatedHeaderError"):
                raise
            raise tarfile.ReadError(f"{error} at byte {tarfile_.offset:,}") from None


class _Guarded:
    """A tar's bytes, read no further than the headers of the next member can take."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._at, self._until = stream, 0, _TAR_HEADERS

    def allow(self, until: int) -> None:
        """Set the byte that may be reached before the next member is known."""
        self._until = until + HEAD

    def read(self, size: int) -> bytes:
        if self._at > self._until:
            raise tarfile.ReadError(f"a header runs on for more than {_TAR_HEADERS:,} bytes")
        chunk = self._stream.read(size)
        self._at += len(chunk)
        return chunk


def _whole(entry: Entry, limit: int) -> bytes:
    content = read_up_to(entry.stream, limit)
    if len(content) > limit:
        raise RefusedInput(
            entry.file,
            f"is a zip within an archive and larger than {limit:,} bytes, the most that is held in memory",
            "Unpack the outer archive and give the folder",
        )
    return content


def _member(entry: Entry, file: str, name: str, stream: IO[bytes] | io.RawIOBase) -> Entry:
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), HEAD)
    return Entry(file, name, buffered, entry.budget, entry.depth + 1)


def _clean_name(name: str) -> str:
    """A member's name with forward slashes, as archives made on Windows do not always have them."""
    name = name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:].lstrip("/")
    return name


def _is_skipped(name: str, names: frozenset[str] | None) -> bool:
    return any(is_dropping(part) for part in name.split("/")) or is_companion_asset(name, names)


def _refuse_name(file: str, name: str) -> None:
    """Raises `RefusedInput` for a name that leads out of the archive."""
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        raise RefusedInput(file, "has a name that leads out of the archive, as in an attack", "Pack it again under a plain name")


def _refuse_link(file: str, name: str, target: str) -> None:
    """Raises `RefusedInput` for a link that leaves the archive, `_Ignored` for one that stays in it."""
    there = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    if target.startswith("/") or _DRIVE.match(target) or there.split("/")[0] == "..":
        raise RefusedInput(file, f"is a link that leaves the archive (to {showable(target)})", "Pack the file itself")
    raise _Ignored


def _refuse_zip_member(file: str, name: str, info: zipfile.ZipInfo, archive: zipfile.ZipFile) -> None:
    _refuse_name(file, name)
    if info.flag_bits & 1:
        raise RefusedInput(file, "is encrypted", "Unpack it with its password and give the folder")
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        with archive.open(info) as member:
            # 4096 bytes is the longest path of the common systems.
            _refuse_link(file, name, member.read(4096).decode("utf-8", "backslashreplace"))
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise RefusedInput(file, "is a device or a pipe, not a file", "Leave it out")


def _refuse_tar_member(file: str, name: str, info: tarfile.TarInfo) -> None:
    _refuse_name(file, name)
    if info.issym():
        _refuse_link(file, name, info.linkname)
    if info.islnk():
        _refuse_link(file, "", info.linkname)
    if info.issparse():
        raise RefusedInput(file, "is a sparse file, whose size has no bound", "Pack it again without `--sparse`")
    if not info.isfile():
        raise RefusedInput(file, "is a device or a pipe, not a file", "Leave it out")
