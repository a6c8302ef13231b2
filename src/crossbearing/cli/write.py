"""Records to the screen, to a pipe or to a file: lines as they come, a file whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crossbearing.errors import RunError
from crossbearing.publish.records import Record

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".geojson": "geojson", ".parquet": "parquet", ".txt": "table"}
"""What the ending of a file says of its format."""


class UnwritableFile(RunError):
    """A file that was to be written and cannot be."""


class NotInstalled(RunError):
    """A format whose library is an extra that is not installed."""

    def __init__(self, form: str, extra: str) -> None:
        super().__init__(form, extra)
        self.form, self.extra = form, extra

    def __str__(self) -> str:
        return f"{self.form}: the library that writes it is not installed. `pip install 'crossbearing[{self.extra}]'` brings it."


def format_of(asked: str | None, out: Path | None, allowed: tuple[str, ...]) -> str:
    """The format asked for, or the one that the file's ending says, or a table on the screen. Raises `UnwritableFile`."""
    meant = asked or (ENDINGS.get(out.suffix.lower()) if out else "table")
    if meant is None:
        raise UnwritableFile(
            f"{out}: its ending says no format ({', '.join(ENDINGS)}). Say one with --format: {', '.join(allowed)}."
        )
    if meant not in allowed:
        raise UnwritableFile(f"{out}: there is no {meant} of these. Say one with --format: {', '.join(allowed)}.")
    return meant


def lines_of(records: Iterable[Record], kind: str, form: str) -> Iterator[str]:
    """Records of one kind as the lines of a file."""
    from crossbearing.publish import geojson, tabular

    if form == "csv":
        return tabular.csv_lines(records, kind)
    return geojson.feature_lines(records) if form == "geojson" else tabular.json_lines(records)


def send(lines: Iterable[str], out: Path | None) -> None:
    """Write lines in UTF-8, to stdout or to a file that appears only once it is whole."""
    if out is None:
        stream = sys.stdout.buffer
        for line in lines:
            stream.write(encoded(line))
        stream.flush()
        return
    with replacing(out) as part, part.open("wb") as file:
        file.writelines(encoded(line) for line in lines)


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A file to write beside `out`, which takes its place once it is whole. Raises `UnwritableFile`."""
    part = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
            part = file.name
        yield Path(part)
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, out)
    except OSError as error:
        raise UnwritableFile(f"{out}: cannot be written ({error.strerror}). Name another file.") from error
    finally:
        if part and os.path.exists(part):
            os.unlink(part)


def send_parquet(records: Iterable[Record], kind: str, out: Path | None) -> None:
    """Write records as a Parquet file. Raises `NotInstalled`, and `UnwritableFile` where no file is named."""
    from crossbearing.publish import parquet

    if out is None:
        raise UnwritableFile("parquet: it is no text for the screen. Name a file with --out.")
    with replacing(out) as part:
        try:
            parquet.write(records, kind, part)
        except ImportError as error:
            raise NotInstalled("parquet", "parquet") from error


def encoded(line: str) -> bytes:
    """UTF-8; half a character of two (a lone surrogate) is escaped as JSON escapes it."""
    return line.encode("utf-8", "backslashreplace")


def _umask() -> int:
    """What new files may not be: temporary files are private, and what is asked for by name is not."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
