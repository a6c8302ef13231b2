"""What arrives and what we read: bytes as they came, and the text made of them with the way back.

Nothing here is ever shortened. A document's text holds the furniture of its page too, marked with its kind;
the article is what the marks leave. So an offset means the same to every later stage, and a wrong mark can be undone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0; got {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class Media(StrEnum):
    """The forms in which a capture can come."""

    HTML = "text/html"
    SCRAPE = "text/plain"
    MHTML = "multipart/related"
    MAIL = "message/rfc822"
    PDF = "application/pdf"
    REPORT = "application/x-report+json"  # one line of a JSON Lines file of reports


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes as received. The same bytes are the same capture, wherever they lie."""

    content: bytes
    sha256: str
    """Hex digest of `content`: the capture's id."""
    file: str
    """Where it lay: a path, with `!/` before a member of an archive and `#N` before line N of a JSON Lines file."""
    report: str
    """The input's own id where it has one, else its path."""
    media: Media
    captured: datetime | None = None
    """When the bytes were fetched, where the input itself says so. Never the time of the run: a run must repeat."""


class FurnitureKind(StrEnum):
    """What surrounds an article."""

    MENU = "menu"
    TITLE = "title"  # the title standing again, or outside of the article
    BYLINE = "byline"
    DATELINE = "dateline"  # a line that only shows a date or an age
    SHARE = "share"
    NOTICE = "notice"  # cookies, scripts, subscriptions, error banners
    RELATED = "related"  # a teaser or list of other articles
    COMMENTS = "comments"
    CAPTION = "caption"
    FOOTER = "footer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of a document's text that is no part of its article."""

    span: Span
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a document's text and the run of the decoded source it was made of."""

    text: Span
    source: Span
    exact: bool
    """True where the two read the same, character by character; false where an entity or white space was folded."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a capture shows of itself, and where."""

    value: str
    where: str
    """Where it stands, e.g. `meta article:published_time`, `line`, `json published`, `url`, `file`."""
    quote: str
    """The words or markup as they stand there."""
    span: Span | None = None
    """The place in the document's text, where it stands in the text."""


class DateKind(StrEnum):
    """What a date that a page shows is the date of."""

    PUBLISHED = "published"
    UPDATED = "updated"
    AGE = "age"  # relative to the moment of capture: "4 months ago"
    URL = "url"
    COPYRIGHT = "copyright"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date that a page shows of itself. Its value is ISO 8601 (to the year, month, day or instant), or an age's words."""

    kind: DateKind
    shown: Shown


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page shows of itself, each with the place where it shows it."""

    title: Shown | None = None
    byline: Shown | None = None
    outlet: Shown | None = None
    section: Shown | None = None
    address: Shown | None = None
    language: Shown | None = None
    dates: tuple[ShownDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Clean text derived from one capture, with a map back to it."""

    id: str
    """Made of the capture's hash and the cleaning step."""
    capture: str
    report: str
    file: str
    text: str
    furniture: tuple[Furniture, ...] = ()
    """In order, without overlap."""
    pieces: tuple[Piece, ...] = ()
    """The map into the decoded source, in the order of the text."""
    metadata: Metadata = Metadata()
    captured: datetime | None = None

    def quote(self, span: Span) -> str:
        """The words at a span."""
        return self.text[span.start : span.end]

    def places(self, words: str) -> tuple[Span, ...]:
        """Every stretch that reads so, letter by letter, whatever white space stands between the words."""
        wanted = r"\s+".join(re.escape(word) for word in words.split())
        return tuple(Span(*found.span()) for found in re.finditer(wanted, self.text)) if wanted else ()

    def article(self) -> tuple[Span, ...]:
        """The stretches that are not furniture, in order, blank ones left out."""
        runs: list[Span] = []
        at = 0
        for piece in (*(f.span for f in self.furniture), Span(len(self.text), len(self.text))):
            if piece.start > at and self.text[at : piece.start].strip():
                runs.append(Span(at, piece.start))
            at = max(at, piece.end)
        return tuple(runs)

    def is_brief(self) -> bool:
        """Whether its article is a line or two: a headline, an item of a feed, a caption, a post."""
        return sum(len(run.of(self.text).split(None, BRIEF_WORDS)) for run in self.article()) <= BRIEF_WORDS


BRIEF_WORDS = 60
"""A brief report has at most so many words: of 365 captions of harm in Ukraine 9 of 10 have fewer than 20, and the longest 61."""


class Reason(StrEnum):
    """Why a page is no report."""

    EMPTY = "empty"  # no text at all
    NO_ARTICLE = "no article"  # only furniture
    INDEX = "index page"
    ERROR = "error page"
    FICTION = "review or fiction"
    SPORT = "sport"
    LANGUAGE = "language not read"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A page that is no report, with the reason."""

    reason: Reason
    because: str
    """A sentence for the person who asks why."""
    document: Document | None = None
    """What there is to read, where there is anything."""
