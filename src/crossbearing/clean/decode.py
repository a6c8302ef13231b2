"""Bytes to text: what the bytes say of themselves first, then what is declared, then the likeliest."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|<\?xml[^>]{0,60}encoding\s*=\s*["'])\s*([\w.:-]{2,40})""", re.I)
_HEAD = 4096  # bytes: HTML wants the declaration in the first 1024; real pages put scripts before it
_BROKEN = 0.005
"""Share of broken characters up to which a text is UTF-8 with a few bytes lost, not another encoding."""
_BINARY = 0.1
"""Share of control characters from which it is no text at all."""
_SAMPLE = 1 << 16
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]+")


def decode(content: bytes, charset: str | None = None, markup: bool = False) -> str | None:
    """The text of the bytes, or None where they are none. `charset` is what the envelope declares.

    With `markup`, a declaration within the bytes counts too. Lone surrogates never leave.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content.decode(encoding, errors="replace").removeprefix("\ufeff"))
    declared = [charset] if charset else []
    if markup:
        declared += [m[1].decode("ascii", errors="replace") for m in _DECLARED.finditer(content[:_HEAD])][:1]
    for encoding in (*declared, "utf-8"):
        text = _strict(content, encoding)
        if text is not None:
            return _checked(text)
    lossy = content.decode("utf-8", errors="replace")
    if lossy.count("\ufffd") <= _BROKEN * len(lossy):
        return _checked(lossy)
    best = from_bytes(content[:_SAMPLE]).best()
    return _checked(content.decode(best.encoding, errors="replace")) if best is not None else None


def _strict(content: bytes, encoding: str) -> str | None:
    """The text where every byte fits; a label of Latin-1 means its Windows kin, as it does on the web."""
    if encoding.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        encoding = "cp1252"
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            return None
        return content.decode(encoding)
    except (LookupError, ValueError):
        return None


def _checked(text: str) -> str | None:
    """The text, where it is one."""
    odd = sum(map(len, _ODD.findall(text, 0, _SAMPLE)))
    if odd > _BINARY * max(len(text[:_SAMPLE]), 1):
        return None
    return text.encode("utf-8", errors="replace").decode("utf-8")
