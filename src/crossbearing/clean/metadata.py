"""What a page shows of itself: title, byline, outlet, section, address, and every date, each with the place that shows it.

Dates are taken from lines that stand for nothing else and from formulas ("Published on"), never from prose: what the
prose says of days is the reader's. Which of them dates the page is worked out later, with all of them in view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crossbearing.clean.icons import LABEL, Icon, alone, parts
from crossbearing.clean.scrape import Marked
from crossbearing.clean.shape import Line
from crossbearing.clean.shown import Found, ages, copyright_years, dates, url_date
from crossbearing.model.text import DateKind, FurnitureKind, Metadata, Shown, ShownDate, Span
from crossbearing.words.datelines import dateline
from crossbearing.words.sentences import PROSE

_UPDATED = re.compile(r"\b(updated|modified|edited|revised|last (?:update|change))\b", re.I)
_PUBLISHED = re.compile(r"\b(published|posted|issued|created|released|first published|publication date|date|filed|added)\b", re.I)
_FORMULA = re.compile(
    r"^\W*(?:(?:first |last )?(?:published|posted|updated|modified|issued|created)|publication date|date)\b(?: on| at)?\s*:?\s",
    re.I,
)
_OPENING = re.compile(r"^.{0,60}?(?=[–—:]|--|-\s)")
# What stands before a whole date that ends a line of the head, and behind it: "Read to the press, Thursday 12 June 2025".
_MARKED = re.compile(
    r"(?:(?<!\d)(?<!\d )[,;:|(–—-]|\bas of(?: [\d:.]+)?(?: on)?|"
    r"\b(?i:digest|bulletin|summary|briefing|sitrep|update|notebook|diary|round-?up|(?:daily|weekly) report|newsletter))"
    r"\s*(?:[A-Z][a-z]+day,?\s*)?$"
)
# A note in brackets above a text, with its date at the end; and where and when somebody was heard: "Recorded in X on 11 March".
_NOTE = re.compile(r"\s*[\[(].*[.,;] (?:[A-Z][a-z]+day,?\s*)?$", re.S)
_HEARD = re.compile(r"\W*(?:[Rr]ecorded|[Dd]ictated|[Ww]ritten|[Cc]ompiled|[Pp]repared|[Ii]nterviewed)\b[^.!?]{0,60}$")
# A line that opens with a whole date and a stop: "Wednesday 22 April 2026. All times local."
_ALONE = re.compile(r"\W*(?:[A-Z][a-z]+day,?\s*)?$")
_STOPPED = re.compile(r"\s*(?:$|\n|\. )")
_ENDED = re.compile(r"\s*(?:,?\s*(?:at )?\d{1,2}[:.h]\d\d\b[\s\w]{0,12})?(?:$|[])|·•–—\n]|\. | \([A-Z])")
_SIGNED = re.compile(r"(?:Posted|Published|Issued|Released) by (?:the|our) [a-z]")
_OUTLET_LINE = re.compile(
    r"^(?:follow |join )?(?P<name>(?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,3}) (?:on )?(?:Telegram|Newsletter|WhatsApp)$"
)
_RIGHTS = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright)\W{0,6}(?:\d{4}\W{0,3}){0,2}(?:[Bb]y )?"
    r"(?P<name>[A-Z][\w.&'’ -]{2,40}?)(?=\s*(?:[.,|–—]|\d{4}|[Aa]ll |ALL |$))"
)
_BY = re.compile(r"^\W*(?:by|from|written by|reported by|author|source)\b\s*:?\s*", re.I)
_CENTURIES = "19", "20"
"""Every whole date has one of these in it."""
_NAME = 60
"""Characters of a section's or a writer's name."""
_OF_OTHERS = (FurnitureKind.RELATED, FurnitureKind.COMMENTS, FurnitureKind.CAPTION, FurnitureKind.TITLE)
_SHORT = 40
"""On a page of so few lines every line that is but a date is the article's, wherever it stands."""
_FEW = 8
"""So few lines above a title are no site's menu, and a date among them is the article's."""
_LEAD = 80
"""Words of article that may stand above the line with its date."""
_LABELLED, _NOTED = 20, 45
"""A line that bears the page's date has so many words at most; one with a note in brackets, or of who was heard, so many."""
_TOP = 3
"""Of an article so many lines may bear its date, and the last."""
_HEAD = 12
"""Lines above the article's first one in which a bare date is the page's own, where no title tells where it begins."""


def of_lines(text: str, marked: Marked) -> Metadata:
    """What the lines of a page show; each piece with its span in the text."""
    lines, kinds = marked.lines, marked.kinds
    first = next((i for i, kind in enumerate(kinds) if kind is None), len(lines))
    last = max((i for i, kind in enumerate(kinds) if kind is None), default=-1)
    title = marked.title if marked.title is not None else first - _HEAD + 3
    top = 0 if title <= _FEW else title - 3
    byline = next((lines[i] for i in range(top, len(lines)) if kinds[i] is FurnitureKind.BYLINE and i <= last + 3), None)
    return Metadata(
        title=_whole(lines[marked.title]) if marked.title is not None else None,
        byline=_byline(byline) if byline else _by_icon(marked, Icon.BYLINE),
        outlet=_outlet(marked),
        section=_section(marked),
        dates=tuple(_dates(text, marked, top, first, last)),
    )


def _whole(line: Line) -> Shown:
    return Shown(line.text, "line", line.text, Span(line.start, line.end))


def _byline(line: Line) -> Shown:
    return Shown(_BY.sub("", line.text) or line.text, "line", line.text, Span(line.start, line.end))


def _dates(text: str, marked: Marked, top: int, first: int, last: int) -> Iterator[ShownDate]:
    head = _head_end(marked, first)
    for i, (line, kind) in enumerate(zip(marked.lines, marked.kinds, strict=True)):
        for found in copyright_years(line.text) if kind is not None and kind not in _OF_OTHERS else ():
            yield _shown(DateKind.COPYRIGHT, text, line, found)
        if _heads_page(marked, i, first, last):
            yield from _headed(text, line)
        if kind in _OF_OTHERS:
            continue
        if kind is None:
            yield from _opening(text, line, i == first or (i - first <= _TOP and dateline(line.text) is not None))
            continue
        own = top <= i <= head or last < i <= last + 3
        if line.words <= 30:
            yield from _beside_icons(text, line, own)
        if own and line.words <= 20:
            for found in ages(line.text):
                yield _shown(DateKind.AGE, text, line, found)


def _beside_icons(text: str, line: Line, own: bool) -> Iterator[ShownDate]:
    """The whole dates of a line of furniture, each read by itself where icons' names are run together with them."""
    if not any(map(line.text.__contains__, _CENTURIES)):
        return
    for icon, start, end in parts(line.text):
        for found in dates(line.text[start:end]):
            moved = Found(found.value, Span(start + found.span.start, start + found.span.end))
            updated = icon is Icon.UPDATED
            yield _shown(DateKind.UPDATED if updated else _kind_of(line.text[: moved.span.start], own), text, line, moved)


def _head_end(marked: Marked, first: int) -> int:
    """The last line in which a bare date is still of the article's head: a summary may stand above it."""
    if len(marked.lines) <= _SHORT:
        return len(marked.lines)
    words = 0
    for i in range(first, len(marked.lines)):
        words += marked.lines[i].words if marked.kinds[i] is None else 0
        if words > _LEAD:
            return i
    return len(marked.lines)


def _kind_of(before: str, own: bool) -> DateKind:
    """What a date is the date of, by the words before it and whether it stands at the article's head."""
    updated = max((m.start() for m in _UPDATED.finditer(before)), default=-1)
    published = max((m.start() for m in _PUBLISHED.finditer(before)), default=-1)
    if updated > published:
        return DateKind.UPDATED
    return DateKind.PUBLISHED if published >= 0 or own else DateKind.OTHER


def _opening(text: str, line: Line, first: bool) -> Iterator[ShownDate]:
    """The date of an article's own line: in a formula at its start, or in the opening that names town and agency."""
    if line.words <= 14 and _FORMULA.match(line.text):
        for found in dates(line.text):
            yield _shown(_kind_of(line.text[: found.span.start], True), text, line, found)
    elif first and (opening := _OPENING.match(line.text)):
        for found in dates(opening.group()):
            yield _shown(DateKind.PUBLISHED, text, line, found)


def _heads_page(marked: Marked, i: int, first: int, last: int) -> bool:
    """Whether a line may end with the page's date: at the head or the end of the article, in the first lines of a plain page, or
    where an office signs it."""
    line, kind = marked.lines[i], marked.kinds[i]
    plain = len(marked.lines) <= _SHORT
    own = kind is None and (i - first < _TOP or i == last)
    above = plain and i < _TOP and kind in (None, FurnitureKind.RELATED)
    noted = any(one.startswith(("[", "(")) or _HEARD.match(one[:40]) for one in line.text.split("\n"))
    signed = plain and i > last and _SIGNED.match(line.text) is not None
    return line.words <= (_NOTED if noted else _LABELLED) and (own or above or signed)


def _headed(text: str, line: Line) -> Iterator[ShownDate]:
    """The date with which a line of the head or the foot ends that is no sentence: "Morning summary, 9 May 2024, 07:30"."""
    for found in dates(line.text):
        opens = line.text.rfind("\n", 0, found.span.start) + 1
        before, behind = line.text[opens : found.span.start], line.text[found.span.end :]
        sentence = line.text.rstrip()[-1] in ".!?" and PROSE.search(before)
        apart = (_ALONE.match(before) or _HEARD.match(before)) and _STOPPED.match(behind)
        noted = _NOTE.match(before) and behind.strip() in ("]", ")")
        if apart or noted or (not sentence and _MARKED.search(before) and _ENDED.match(behind)):
            yield _shown(_kind_of(before, True), text, line, found)


def _shown(kind: DateKind, text: str, line: Line, found: Found) -> ShownDate:
    span = Span(line.start + found.span.start, line.start + found.span.end)
    return ShownDate(kind, Shown(found.value, "line", span.of(text), span))


def _outlet(marked: Marked) -> Shown | None:
    """The outlet, where a line names it: its copyright notice, or its channel."""
    for line, kind in zip(marked.lines, marked.kinds, strict=True):
        if kind is None or kind in _OF_OTHERS or line.words > 40:
            continue
        match = _RIGHTS.search(line.text) or _OUTLET_LINE.match(line.text)
        if match and not match["name"].lower().startswith(("all rights", "follow", "join", "our")):
            name = match["name"].strip(" .,-")
            at = line.start + match.start("name")
            return Shown(name, "line", name, Span(at, at + len(name)))
    return None


def _section(marked: Marked) -> Shown | None:
    """The section labels that stand by the title: those with an icon's name, or a short menu line just above."""
    lines, kinds = marked.lines, marked.kinds
    if section := _by_icon(marked, Icon.SECTION):
        return section
    if marked.title:
        above = marked.title - 1
        if kinds[above] is FurnitureKind.MENU and lines[above].kind is FurnitureKind.MENU and lines[above].words >= 1:
            return _whole(lines[above])
    return None


def _by_icon(marked: Marked, wanted: Icon) -> Shown | None:
    """What stands behind an icon of the page's own: the first above the article's end."""
    for i, (line, kind) in enumerate(zip(marked.lines, marked.kinds, strict=True)):
        if kind not in (FurnitureKind.MENU, FurnitureKind.DATELINE):
            continue
        if i and line.words <= LABEL and alone(marked.lines[i - 1].text) is wanted:
            return _whole(line)
        for icon, start, end in parts(line.text):
            if icon is wanted and (words := line.text[start:end].strip(" |,:·•")) and len(words) <= _NAME:
                at = line.start + line.text.index(words, start)
                words = _BY.sub("", words) or words if wanted is Icon.BYLINE else words
                at = line.start + line.text.index(words, at - line.start)
                return Shown(words, "line", words, Span(at, at + len(words)))
    return None


def of_address(url: str, where: str) -> Metadata:
    """What an address shows: itself, and the date in it."""
    found = url_date(url)
    dated = (ShownDate(DateKind.URL, Shown(found.value, "url", found.span.of(url))),) if found else ()
    return Metadata(address=Shown(url, where, url), dates=dated)


def merged(first: Metadata, second: Metadata) -> Metadata:
    """Both; the first wins where only one can stand, but keeps the place in the text that the second knows."""
    title = first.title or second.title
    if first.title and second.title and first.title.span is None and second.title.span:
        title = replace(first.title, span=second.title.span)
    seen: list[ShownDate] = []
    for shown in (*first.dates, *second.dates):
        if shown not in seen:
            seen.append(shown)
    return Metadata(
        title=title,
        byline=first.byline or second.byline,
        outlet=first.outlet or second.outlet,
        section=first.section or second.section,
        address=first.address or second.address,
        language=first.language or second.language,
        dates=tuple(seen),
    )
