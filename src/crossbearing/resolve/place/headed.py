"""The place that heads a section: "BUTEMBO TOWN" on a line of its own, or "RIO BRAVO." before its first sentence.

Digests and duty logs put what happened in a place under its name and need not say it again. What stands under such a head was
there, where its own words name no place. One head may be anything; a report with two that tables know as places is a digest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Document, Span
from crossbearing.resolve.day.entries import lines
from crossbearing.resolve.place.spoken_of import PlaceContext
from crossbearing.resolve.place.where import Places
from crossbearing.words.sentences import PROSE

LEAST = 2
"""With so many heads that are places a report is a digest."""
_WORD = r"[A-ZÀ-Þ][\w'’.-]*"
_OWN_LINE = re.compile(rf"[ \t]*(?:#+ )?(?P<head>{_WORD}(?: (?:{_WORD}|of|the|al|el|de|la|and)){{0,4}})[ \t]*:?[ \t]*")
_RUN_IN = re.compile(r"[ \t]*(?P<head>[A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?: [A-ZÀ-Þ'’-]+){0,3})[.:][ \t]+(?=[\"“'‘(]?[A-ZÀ-Þ0-9])")
_KIND = re.compile(
    r" (?:territory|town|city|district|province|region|county|state|oblast|municipality|governorate|area|front|sector)$", re.I
)


def heads(document: Document, places: Places, context: PlaceContext) -> tuple[tuple[int, Span | None], ...]:
    """Where each section of a digest begins, and the name of the place that heads it; nothing of a report that is none."""
    found = [(span.start, _name(document, span, places, context)) for span in _heads(document)]
    known = {name.of(document.text) for _, name in found if name}
    return tuple(found) if len(known) >= LEAST else ()


def _name(document: Document, head: Span, places: Places, context: PlaceContext) -> Span | None:
    """The words of a head that tables know for a place: all of them, or all but the last, where that says of which kind."""
    kind = _KIND.search(document.quote(head))
    names = (Span(head.start, end) for end in (head.end, *((head.start + kind.start(),) if kind else ())))
    return next((name for name in names if places.locate(document, Mention(name, MentionKind.PLACE), context)), None)


def _heads(document: Document) -> Iterator[Span]:
    """Lines that are no sentence and stand before one, and words in capitals that open a paragraph."""
    held = list(lines(document))
    for line, behind in zip(held, [*held[1:], None], strict=True):
        own = _OWN_LINE.fullmatch(document.text, line.start, line.end)
        tells = behind is not None and PROSE.search(document.text, behind.start, behind.end) is not None
        if match := own if own and tells else _RUN_IN.match(document.text, line.start, line.end):
            yield Span(*match.span("head"))
