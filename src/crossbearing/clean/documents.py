"""The room's door: a capture becomes a document with its furniture marked, or is set aside with the reason.

Each form of capture has its way to text; from there all are alike. Whatever the bytes hold, only a `StepError` leaves.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from crossbearing.clean.aside import why_not
from crossbearing.clean.cleaned import Cleaned
from crossbearing.clean.decode import decode
from crossbearing.clean.metadata import merged, of_address, of_lines
from crossbearing.clean.page import clean_page
from crossbearing.clean.repair import repair
from crossbearing.clean.scrape import Marked, mark
from crossbearing.clean.shape import cut
from crossbearing.clean.shown import instant
from crossbearing.errors import StepError, UnreadableCapture
from crossbearing.model.provenance import Step
from crossbearing.model.text import (
    BRIEF_WORDS,
    Capture,
    DateKind,
    Document,
    FurnitureKind,
    Media,
    Metadata,
    Reason,
    SetAside,
    Shown,
    ShownDate,
)

STEP = Step("clean", "5")
_ENGLISH = ("en", "eng", "english")


def clean(capture: Capture) -> Document | SetAside:
    """The document of a capture, or why it is none.

    Raises `UnreadableCapture` where the bytes hold no text in the form that they are said to have.
    """
    try:
        cleaned, captured = _WAYS[capture.media](capture)
    except StepError:
        raise
    except RecursionError as error:
        raise UnreadableCapture(capture.file, "its parts are nested too deeply", "Save it in a simpler form") from error
    document = Document(
        id="d" + hashlib.sha256(f"{capture.sha256}\x1f{STEP.id}".encode()).hexdigest()[:16],
        capture=capture.sha256,
        report=capture.report,
        file=capture.file,
        text=cleaned.text,
        furniture=cleaned.marked.furniture(),
        pieces=cleaned.pieces,
        metadata=cleaned.metadata,
        captured=captured or capture.captured,
    )
    language = cleaned.metadata.language
    if language and language.where.startswith("json") and language.value.lower().split("-")[0].split("_")[0] not in _ENGLISH:
        return SetAside(Reason.LANGUAGE, f"It says of itself that its language is “{language.value}”", document)
    reason = why_not(cleaned)
    return SetAside(*reason, document if cleaned.text.strip() else None) if reason else document


Way = Callable[[Capture], tuple[Cleaned, datetime | None]]


def _page(capture: Capture) -> tuple[Cleaned, None]:
    return clean_page(_text(capture, capture.content, markup=True)), None


def _scrape(capture: Capture) -> tuple[Cleaned, None]:
    return clean_scrape(_text(capture, capture.content)), None


def clean_scrape(source: str, title: str | None = None) -> Cleaned:
    """A text scrape, its lines marked. `title` is the page's own, where something outside of the text says so."""
    text, pieces = repair(source)
    marked = mark(text, title)
    return Cleaned(text, marked, pieces, of_lines(text, marked))


def clean_brief(source: str, title: str | None) -> Cleaned:
    """A record's text of a line or two: it is all that the record tells, so no line of it is furniture, save the record's title
    where it stands there again."""
    text, pieces = repair(source)
    lines = tuple(cut(text))
    again = next((i for i, line in enumerate(lines[:-1]) if title and line.text.strip() == title.strip()), None)
    marked = Marked(lines, tuple(FurnitureKind.TITLE if i == again else None for i in range(len(lines))), again)
    return Cleaned(text, marked, pieces, of_lines(text, marked))


def _text(capture: Capture, content: bytes, charset: str | None = None, markup: bool = False) -> str:
    text = decode(content, charset, markup)
    if text is None:
        raise UnreadableCapture(capture.file, "its bytes are no text in any encoding known here", "Save it again as UTF-8")
    return text


def _report(capture: Capture) -> tuple[Cleaned, datetime | None]:
    """One object of a JSON Lines file. The map leads into its `text` or `html`, decoded."""
    try:
        report = json.loads(_text(capture, capture.content))
    except ValueError as error:
        raise UnreadableCapture(capture.file, f"the line is not JSON ({error})", "Write one JSON object a line") from error
    if not isinstance(report, dict):
        raise UnreadableCapture(capture.file, "the line is JSON but no object", "Write one JSON object a line")
    fields = {k: v.encode("utf-8", errors="replace").decode() for k, v in report.items() if isinstance(v, str) and v.strip()}
    if "text" in fields:
        way = clean_brief if len(fields["text"].split()) <= BRIEF_WORDS else clean_scrape
        cleaned = way(fields["text"], fields.get("title"))
    elif "html" in fields:
        cleaned = clean_page(fields["html"])
    elif isinstance(report.get("text", report.get("html")), str):
        cleaned = clean_scrape("")
    else:
        raise UnreadableCapture(capture.file, "the object has neither `text` nor `html` as a string", "Give one of the two")
    shown = merged(_of_fields(fields), cleaned.metadata)
    return replace(cleaned, metadata=shown), _moment(fields.get("captured"))


def _of_fields(fields: dict[str, str]) -> Metadata:
    """What a report's own fields show."""

    def field(*names: str) -> Shown | None:
        return next((Shown(fields[n], f"json {n}", fields[n]) for n in names if n in fields), None)

    dates = []
    for name, kind in (("published", DateKind.PUBLISHED), ("date", DateKind.PUBLISHED), ("updated", DateKind.UPDATED)):
        if name in fields and (value := instant(fields[name])):
            dates.append(ShownDate(kind, Shown(value, f"json {name}", fields[name])))
    own = Metadata(
        title=field("title"),
        byline=field("byline", "author"),
        outlet=field("outlet", "source", "publisher"),
        section=field("section"),
        language=field("lang", "language"),
        dates=tuple(dates),
    )
    return merged(own, of_address(fields["url"], "json url")) if "url" in fields else own


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()) if text else None
    except ValueError:
        return None


def _mail(capture: Capture) -> tuple[Cleaned, None]:
    """A message: its plain text, or else its HTML; subject, sender and date from its head."""
    message = _message(capture)
    part = _body(message, ("text/plain", "text/html"))
    if part is None:
        raise UnreadableCapture(capture.file, "the message has no text part", "Save its body as text or HTML")
    cleaned = _of_part(capture, part, _head(message, "subject"))
    subject, sender, date = (_head(message, name) for name in ("subject", "from", "date"))
    dates: tuple[ShownDate, ...] = ()
    if date and (value := _mail_date(date)):
        dates = (ShownDate(DateKind.PUBLISHED, Shown(value, "mail date", date)),)
    head = Metadata(
        title=Shown(subject, "mail subject", subject) if subject else None,
        byline=Shown(sender, "mail from", sender) if sender else None,
        dates=dates,
    )
    return replace(cleaned, metadata=merged(head, cleaned.metadata)), None


def _archive(capture: Capture) -> tuple[Cleaned, None]:
    """A page saved with all its files: the first part that is HTML."""
    message = _message(capture)
    part = _body(message, ("text/html", "text/plain"))
    if part is None:
        raise UnreadableCapture(capture.file, "the saved page has no HTML part", "Save the page again")
    cleaned = _of_part(capture, part, None)
    address = _head(message, "snapshot-content-location") or _head(part, "content-location")
    if address:
        cleaned = replace(cleaned, metadata=merged(cleaned.metadata, of_address(address, "mhtml location")))
    return cleaned, None


def _message(capture: Capture) -> EmailMessage:
    try:
        message = email.message_from_bytes(capture.content, policy=email.policy.default)
    except Exception as error:  # the standard library's parser lets many kinds of error out on broken heads
        raise UnreadableCapture(capture.file, f"it cannot be taken apart as a message ({error})", "Save it again") from error
    if not isinstance(message, EmailMessage):
        raise UnreadableCapture(capture.file, "it is no message", "Save it again")
    return message


def _body(message: EmailMessage, kinds: tuple[str, ...]) -> EmailMessage | None:
    parts = [p for p in message.walk() if isinstance(p, EmailMessage) and not p.is_multipart()]
    for kind in kinds:
        for part in parts:
            if part.get_content_type() == kind and "attachment" not in (_head(part, "content-disposition") or ""):
                return part
    return None


def _of_part(capture: Capture, part: EmailMessage, title: str | None) -> Cleaned:
    try:
        content, charset = part.get_payload(decode=True), part.get_content_charset()
    except Exception as error:  # as above
        raise UnreadableCapture(capture.file, f"its text part cannot be decoded ({error})", "Save it again") from error
    markup = part.get_content_type() == "text/html"
    text = _text(capture, content if isinstance(content, bytes) else b"", charset, markup)
    return clean_page(text) if markup else clean_scrape(text, title)


def _head(message: EmailMessage, name: str) -> str | None:
    try:
        value: Any = message.get(name)
        text = str(value).strip() if value is not None else ""
    except Exception:  # a head that cannot be parsed shows nothing; the message's text still does
        return None
    return text.encode("utf-8", errors="replace").decode() or None


def _mail_date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return instant(text)


def _pdf(capture: Capture) -> tuple[Cleaned, None]:
    """The text layer, page by page."""
    from pypdf import PdfReader

    # What the library warns of is in the error raised here, or mended by it; a second voice beside ours helps nobody.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(capture.content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableCapture(capture.file, "the PDF is locked with a password", "Save it again without one")
        pages = [page.extract_text() for page in reader.pages]
    except UnreadableCapture:
        raise
    except Exception as error:  # the library lets many kinds of error out on broken files
        raise UnreadableCapture(
            capture.file, f"the PDF cannot be read ({error})", "Open it in a viewer and save it again"
        ) from error
    source = "\n".join(pages).encode("utf-8", errors="replace").decode()
    if not source.strip():
        raise UnreadableCapture(
            capture.file, "the PDF has no text layer: its pages are pictures", "Run text recognition on it first"
        )
    return clean_scrape(source), None


_WAYS: dict[Media, Way] = {
    Media.HTML: _page,
    Media.SCRAPE: _scrape,
    Media.REPORT: _report,
    Media.MAIL: _mail,
    Media.MHTML: _archive,
    Media.PDF: _pdf,
}
