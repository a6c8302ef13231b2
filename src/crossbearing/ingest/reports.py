"""JSON Lines of reports: each line is a capture of its own, its bytes as they stand in the file.

A line is an object with `text` or `html`; `id`, `url`, `outlet`, `published`, `lang` and `captured` may stand beside them.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crossbearing.errors import RefusedInput, StepError, UnreadableCapture
from crossbearing.ingest.entry import HEAD, fault_of, read_up_to, showable
from crossbearing.model.outcome import Fault
from crossbearing.model.text import Capture, Media

_BOM = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n"


def read_lines(file: str, stream: io.BufferedReader[Any], limit: int) -> Iterator[Capture | Fault]:
    """The reports of a JSON Lines stream, one line in memory at a time; a line that is none is a fault."""
    number = reports = 0
    while line := stream.readline(limit + 2):  # the line's own end is not counted
        number += 1
        place = f"{file}#{number}"
        if len(line.rstrip(b"\r\n")) > limit:
            _skip_line(stream, line)
            reports += 1
            yield fault_of(_too_long(place, limit))
            continue
        line = (line.removeprefix(_BOM) if number == 1 else line).rstrip(b"\r\n")
        if line.strip(_BLANK):
            reports += 1
            yield _capture_or_fault(place, line)
    if not reports:
        raise _without(file)


def read_json(file: str, stream: io.BufferedReader[Any], limit: int) -> Iterator[Capture | Fault]:
    """The reports of a `.json` file: one object, a list of them (each under its number), or JSON Lines after all."""
    head = stream.peek(HEAD)[:HEAD].removeprefix(_BOM).lstrip(_BLANK)
    if head.startswith(b"{") and _is_whole(head.split(b"\n", 1)[0]) and b"\n" in head:
        yield from read_lines(file, stream, limit)
        return
    content = read_up_to(stream, limit)
    if len(content) > limit:
        raise RefusedInput(file, f"is larger than {limit:,} bytes, the limit for one file", "Convert it to JSON Lines (.jsonl)")
    content = content.removeprefix(_BOM)
    if content.lstrip(_BLANK)[:1] == b"[":
        number = 0
        for number, own in enumerate(_elements(file, content), 1):
            yield _capture_or_fault(f"{file}#{number}", own)
        if not number:
            raise _without(file)
    elif _goes_on(content):
        yield from read_lines(file, io.BufferedReader(io.BytesIO(content)), limit)
    else:
        yield _capture_or_fault(file, content)


def _is_whole(line: bytes) -> bool:
    """Whether a line is JSON by itself, or at least ends as an object does."""
    try:
        json.loads(line)
    except RecursionError:
        return False
    except ValueError:
        # A first line longer than the head, or a broken one: JSON Lines if it does not read like the start of an object
        # that goes on ("{" alone in its line).
        return len(line.strip()) > 1 and line.rstrip().endswith(b"}")
    return True


def _goes_on(content: bytes) -> bool:
    """Whether more follows the first value, as in JSON Lines whose first line is longer than the head."""
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return error.msg == "Extra data"
    except (ValueError, RecursionError):
        return False
    return False


def _elements(file: str, content: bytes) -> Iterator[bytes]:
    """The own bytes of each element of a JSON list."""
    decoder = json.JSONDecoder()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _broken(file, f"it is not in UTF-8 (byte {error.start})") from None
    at = _past_blanks(text, text.index("[") + 1)
    while not text.startswith("]", at):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise _broken(file, f"what follows character {at} is broken ({_reason(error)})") from None
        yield text[at:end].encode("utf-8")
        at = _past_blanks(text, end)
        if text.startswith(",", at):
            at = _past_blanks(text, at + 1)
        elif not text.startswith("]", at):
            raise _broken(file, f"the list breaks off at character {at}")


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _capture_or_fault(place: str, content: bytes) -> Capture | Fault:
    """One report."""
    try:
        report = _report(place, content)
    except StepError as error:
        return fault_of(error)
    own = report.get("id")
    known = isinstance(own, str | int | float) and not isinstance(own, bool) and str(own).strip()
    return Capture(
        content,
        hashlib.sha256(content).hexdigest(),
        place,
        showable(str(own)) if known else place,
        Media.REPORT,
        _instant(report.get("captured")),
    )


def _report(place: str, content: bytes) -> dict[str, Any]:
    """The object that the bytes hold, with text or html. Raises `UnreadableCapture`."""
    try:
        report = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _broken(place, f"it is not in UTF-8 (byte {error.start})") from None
    except (ValueError, RecursionError) as error:
        raise _broken(place, _reason(error)) from None
    if not isinstance(report, dict):
        raise UnreadableCapture(
            place, f"holds {_name(report)} where a report, a JSON object, should stand", 'Write each report as {"text": ...}'
        )
    if not any(isinstance(report.get(field), str) for field in ("text", "html")):
        raise UnreadableCapture(
            place, "is a JSON object without `text` or `html`, so there is nothing to read", "Put the words under one of the two"
        )
    return report


def _instant(value: object) -> datetime | None:
    """An ISO 8601 instant; None where it is none. The field stays in the capture's bytes either way."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def _reason(error: ValueError | RecursionError) -> str:
    """What is wrong with some JSON, in a few words."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at character {error.pos}"
    return showable(str(error))


def _broken(place: str, why: str) -> UnreadableCapture:
    return UnreadableCapture(place, f"is not valid JSON: {why}", "Mend or remove it; the rest is read without it")


def _without(file: str) -> UnreadableCapture:
    return UnreadableCapture(file, "holds no reports", "If it should hold some, export it again")


def _too_long(place: str, limit: int) -> RefusedInput:
    return RefusedInput(place, f"is longer than {limit:,} bytes, the limit for one line", "Raise ingest.file_bytes to let it in")


def _skip_line(stream: io.BufferedReader, begun: bytes) -> None:
    """Read on to the end of a line, without keeping it."""
    while begun and not begun.endswith(b"\n"):
        begun = stream.readline(HEAD)


def _name(value: object) -> str:
    names = {list: "a list", str: "a string", int: "a number", float: "a number", bool: "true or false"}
    return names.get(type(value), "null")
