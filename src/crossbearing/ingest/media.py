"""What is this? By its extension where the bytes do not say otherwise, else by the bytes.

Pages are saved under wrong names all the time: an error page as `.pdf`, a PDF as `.html`, a page as `.txt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crossbearing.model.text import Media


class Container(StrEnum):
    """Forms that hold captures rather than being one."""

    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    LINES = "json lines"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing that can be read as a report, with what it is, as in "it is {what}"."""

    what: str
    todo: str = "Leave it out, or convert it to HTML, text or PDF"


Kind = Media | Container | Unknown

_BY_EXTENSION: dict[str, Media | Container] = {
    **dict.fromkeys(("html", "htm", "xhtml", "shtml"), Media.HTML),
    **dict.fromkeys(("mhtml", "mht"), Media.MHTML),
    **dict.fromkeys(("txt", "text"), Media.SCRAPE),
    "eml": Media.MAIL,
    "pdf": Media.PDF,
    "zip": Container.ZIP,
    "tar": Container.TAR,
    **dict.fromkeys(("gz", "tgz"), Container.GZIP),
    **dict.fromkeys(("bz2", "tbz2", "tbz"), Container.BZIP2),
    **dict.fromkeys(("xz", "txz"), Container.XZ),
    **dict.fromkeys(("jsonl", "ndjson"), Container.LINES),
    "json": Container.JSON,
}
COMPRESSED = (Container.GZIP, Container.BZIP2, Container.XZ)
_REPORTS = (Container.LINES, Container.JSON)

_UNPACK = "Unpack it and give the folder"
_PICTURE = Unknown("a picture")
_FONT = Unknown("a font")
_OFFICE = Unknown("an office document", "Save it as PDF, HTML or text")
_MEDIA = Unknown("sound or video")
_TABLE = Unknown("a table", "Convert it to JSON Lines with a `text` or `html` field in each line")
_CODE = Unknown("code of a page, not its words")

_MAGIC: tuple[tuple[bytes, Container | Unknown], ...] = (
    (b"PK\x03\x04", Container.ZIP),
    (b"PK\x05\x06", Container.ZIP),
    (b"PK\x07\x08", Container.ZIP),
    (b"\x1f\x8b", Container.GZIP),
    (b"\xfd7zXZ\x00", Container.XZ),
    (b"7z\xbc\xaf\x27\x1c", Unknown("a 7z archive", _UNPACK)),
    (b"Rar!\x1a\x07", Unknown("a rar archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Unknown("compressed with zstd", _UNPACK)),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"\x00\x00\x01\x00", _PICTURE),
    (b"wOFF", _FONT),
    (b"wOF2", _FONT),
    (b"\x7fELF", Unknown("a program")),
    (b"MZ\x90\x00", Unknown("a program")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"SQLite format 3\x00", Unknown("a database")),
)
_BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")

# Text by its bytes, but no report by its extension.
_NOT_REPORTS: dict[str, Unknown] = {
    **dict.fromkeys(("css", "js", "mjs", "map", "ts", "php", "py", "sh", "sql"), _CODE),
    **dict.fromkeys(("csv", "tsv", "xls", "xlsx", "parquet"), _TABLE),
    **dict.fromkeys(("svg", "png", "jpg", "jpeg", "gif", "webp", "ico", "bmp", "avif", "tif", "tiff"), _PICTURE),
    **dict.fromkeys(("woff", "woff2", "ttf", "otf", "eot"), _FONT),
    **dict.fromkeys(("mp3", "mp4", "m4a", "webm", "ogg", "wav", "avi", "mov", "mkv"), _MEDIA),
    **dict.fromkeys(("doc", "docx", "odt", "rtf", "ppt", "pptx", "epub"), _OFFICE),
    **dict.fromkeys(("xml", "rss", "atom"), Unknown("XML or a feed", "Save its articles as HTML or JSON Lines")),
    **dict.fromkeys(("yml", "yaml", "toml", "ini", "cfg", "lock"), Unknown("a file of settings")),
    "warc": Unknown("a web archive", "Convert it to HTML files or JSON Lines"),
}
_ASSETS = frozenset(e for e, u in _NOT_REPORTS.items() if u in (_CODE, _PICTURE, _FONT, _MEDIA))

# What may stand before a page's first tag. Possessive, so that no run of comments is ever tried in another way.
_BEFORE = r"(?>\s+|<\?xml[^>]*>|<!--(?:(?!-->).)*-->)*+"
_HTML_START = re.compile(
    _BEFORE + r"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h1|base|link|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_START = re.compile(_BEFORE + r"<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HEADERS = re.compile(r"\s*+((?:[A-Za-z][A-Za-z0-9-]*:.*\r?\n(?:[ \t].*\r?\n)*){2,})")
_MAIL_HEADER = re.compile(r"^(received|return-path|delivered-to|message-id|mime-version):", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_REPORT_START = re.compile(r"\s*+(?:\[\s*+)?\{")
_REPORT_FIELD = re.compile(r'"(?:text|html)"\s*:')
# Bytes that no text has: controls other than white space, backspace and escape.
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\b\x1b") + b"\x7f"
# Above this share of such bytes, text under the name of text is no text (random bytes have 11 %); without such a name, a
# single one in 100 is enough.
_NAMED_TEXT_CONTROLS, _UNNAMED_TEXT_CONTROLS = 0.10, 0.01


def extension(name: str) -> str:
    """The last extension in lower case, without the dot; empty where there is none."""
    stem, dot, last = name.rsplit("/", 1)[-1].rpartition(".")
    return last.lower() if dot and stem else ""


def is_asset(name: str) -> bool:
    """Whether a file is what browsers save beside a page: styles, scripts, pictures, fonts."""
    return extension(name) in _ASSETS


def is_document(name: str) -> bool:
    """Whether a file is, by its name, a document that no browser saves beside a page by itself."""
    return _BY_EXTENSION.get(extension(name)) in {Media.PDF, Media.MAIL, Media.MHTML, *Container} - {Container.JSON}


def sniff(name: str, head: bytes) -> Kind:
    """What a file is, by its name and its first bytes (64 KiB are plenty)."""
    ending = extension(name)
    named = _BY_EXTENSION.get(ending)
    if not head:
        return named if isinstance(named, Media) else Media.SCRAPE if named in (None, *_REPORTS) else named or Media.SCRAPE
    magic = _by_magic(head, named)
    if magic is not None:
        return _OFFICE if magic is Container.ZIP and _is_office(head) else magic
    text = _as_text(head, _NAMED_TEXT_CONTROLS if isinstance(named, Media) or named in _REPORTS else _UNNAMED_TEXT_CONTROLS)
    if text is None:
        return _binary(ending, named)
    return _by_text(text, ending, named)


def _by_magic(head: bytes, named: Media | Container | None) -> Kind | None:
    """What the first bytes alone settle."""
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if bare.startswith(b"%PDF-") or (named is Media.PDF and b"%PDF-" in head[:1024]):
        return Media.PDF
    if _BZIP2.match(head):
        return Container.BZIP2
    if head[257:262] == b"ustar":
        return Container.TAR
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def _is_office(head: bytes) -> bool:
    """Whether a zip is really a word processor's file or an e-book: by its first member."""
    return head[30:].startswith((b"[Content_Types].xml", b"mimetypeapplication/")) or b"word/document.xml" in head[:4096]


def _as_text(head: bytes, controls: float) -> str | None:
    """The head as characters good enough to be looked at; None where it is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    for parity, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        # Latin letters in UTF-16 without a mark: every other byte is zero.
        half = head[parity::2]
        if len(head) > 3 and half.count(0) > 0.9 * len(half) and head[1 - parity :: 2].count(0) == 0:
            return head.decode(codec, "replace")
    if len(head) - len(head.translate(None, _CONTROL)) > controls * len(head):
        return None
    return head.decode("utf-8-sig", "replace")


def _binary(ending: str, named: Media | Container | None) -> Kind:
    """Bytes that are no text and that no magic names."""
    if named is Media.PDF or named is Container.TAR:
        return named  # damaged, or a tar older than its magic: whoever opens it says so
    if isinstance(named, Container) and named not in _REPORTS:
        return Unknown(f"not the {named} archive that its name says", "It may be damaged; fetch it again")
    if named is not None:
        return Unknown("binary data under the name of text", "It may be damaged or of another kind; fetch it again")
    return _NOT_REPORTS.get(ending, Unknown("binary data of an unknown kind"))


def _by_text(text: str, ending: str, named: Media | Container | None) -> Kind:
    """What a text is."""
    headers = _HEADERS.match(text)
    if headers and _RELATED.search(headers.group(1)) and named is not Media.MAIL:
        return Media.MHTML
    if named is Media.HTML or named is Media.MHTML or named is Media.MAIL:
        return Media.HTML if _PAGE_START.match(text) else named
    if _PAGE_START.match(text) or (named is None and ending not in _NOT_REPORTS and _HTML_START.match(text)):
        return Media.HTML
    if named in _REPORTS:
        return named
    if _REPORT_START.match(text) and _REPORT_FIELD.search(text) and ending not in _NOT_REPORTS:
        return Container.JSON
    if named is Media.SCRAPE:
        return named
    if isinstance(named, Container):
        return Unknown(f"not the {named} archive that its name says", "It may be damaged; fetch it again")
    if ending in _NOT_REPORTS:
        return _NOT_REPORTS[ending]
    return Media.MAIL if headers and len(_MAIL_HEADER.findall(headers.group(1))) > 1 else Media.SCRAPE
