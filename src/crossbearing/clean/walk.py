"""A page walked through: its visible text in blocks, every run of it with its place in the source.

The standard parser gives the place of each tag, text and entity. White space is folded as a browser folds it, characters
that show nothing are dropped, and each run knows whether it still reads as the source does.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from crossbearing.model.text import FurnitureKind

_UNSEEN = frozenset(
    re.findall(r"\w+", "script style noscript template svg math iframe object select option datalist head audio canvas map")
)
_INLINE = frozenset(
    re.findall(
        r"\w+",
        """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span
        strike strong sub sup time tt u var wbr img picture source""",
    )
)
_EMPTY = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta param source track wbr"))
_ZONES = {
    "nav": FurnitureKind.MENU,
    "footer": FurnitureKind.FOOTER,
    "aside": FurnitureKind.RELATED,
    "figcaption": FurnitureKind.CAPTION,
    "button": FurnitureKind.SHARE,
    "form": FurnitureKind.NOTICE,
    "time": FurnitureKind.DATELINE,
}
_ZONE_NAMES = (
    (re.compile(r"comment|disqus|respond", re.I), FurnitureKind.COMMENTS),
    (
        re.compile(
            r"related|recommend|most-?(read|popular|viewed)|trending|teaser|read-?(more|also|next)|more-?(stories|news|from)|sidebar",
            re.I,
        ),
        FurnitureKind.RELATED,
    ),
    (re.compile(r"share|sharing|social", re.I), FurnitureKind.SHARE),
    (re.compile(r"cookie|consent|newsletter|subscri|paywall|advert|\bad[s_-]|gdpr|signup|sign-up", re.I), FurnitureKind.NOTICE),
    (re.compile(r"caption|photo-?credit|image-?credit", re.I), FurnitureKind.CAPTION),
    (re.compile(r"byline|author", re.I), FurnitureKind.BYLINE),
    (re.compile(r"breadcrumb|\bmenu|\bnav(bar|igation)?\b", re.I), FurnitureKind.MENU),
    (re.compile(r"footer|copyright", re.I), FurnitureKind.FOOTER),
)
_SPACE = re.compile(
    "[\\s\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_OF_TABLES = frozenset(("table", "tr", "td", "th"))
_DEPTH = 400
"""Open elements that are remembered; pages that never close theirs go on without."""


@dataclass(slots=True)
class Block:
    """One block's text with the runs it is made of: (offset in the block, source start, source end, exact)."""

    zone: FurnitureKind | None
    heading: bool
    text: str = ""
    runs: list[tuple[int, int, int, bool]] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None
    """Of which table, row and column of it, each counted from 0, where it stands in a table's cell."""

    def add(self, text: str, start: int, end: int, exact: bool) -> None:
        self.runs.append((len(self.text), start, end, exact))
        self.text += text


class Walk(HTMLParser):
    """The page's visible text in blocks, and what its head shows."""

    def __init__(self, source: str, unseen: frozenset[str] = _UNSEEN) -> None:
        super().__init__(convert_charrefs=False)
        self._hides = unseen
        self.blocks: list[Block] = []
        self.metas: list[tuple[dict[str, str], str]] = []
        self.scripts: list[str] = []
        self.title = ""
        self.language = ""
        self._source = source
        self._starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self._open: list[tuple[str, FurnitureKind | None]] = []
        self._unseen: list[str] = []
        self._block: Block | None = None
        self._data: str | None = None
        self._gap: tuple[int, int] | None = None
        self._tables = 0
        self._cells: list[list[int]] = []

    def walk(self) -> bool:
        """Read it all; whether that went to the end. The standard parser stops at some malformed declarations."""
        tail = self._source.rfind(">") + 1  # what is opened behind it never closes: the parser would search for that each time
        try:
            self.feed(self._source[:tail] + self._source[tail:].replace("<", " "))
            self.close()
        except (AssertionError, ValueError, IndexError):
            return False
        finally:
            self._flush()
        return True

    def words(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[min(line, len(self._starts)) - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag in ("meta", "link", "time") or (tag == "html" and given.get("lang")):
            self._shown(tag, given)
        self._data = "ld" if tag == "script" and "ld+json" in given.get("type", "") else "title" if tag == "title" else None
        if tag == "body":
            self._unseen.clear()
        if tag in self._hides:
            self._unseen.append(tag)
        if tag not in _INLINE:
            self._flush()
        if tag in _OF_TABLES:
            self._enter(tag)
        if tag not in _EMPTY and len(self._open) < _DEPTH:
            zone = self._open[-1][1] if self._open else None
            self._open.append((tag, _zone(tag, given) or zone))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._data = None
        if tag in self._unseen:
            del self._unseen[max(i for i, t in enumerate(self._unseen) if t == tag) :]
        if tag not in _INLINE:
            self._flush()
        if tag == "table" and self._cells:
            self._cells.pop()
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i][0] == tag:
                del self._open[i:]
                break

    def handle_data(self, data: str) -> None:
        if self._data == "title" and len(self.title) < 2000:
            self.title += data
        elif self._data == "ld":
            self.scripts.append(data)
        if self._unseen or not data:
            return
        at = self._at()
        last = 0
        for match in _SPACE.finditer(data):
            self._word(data[last : match.start()], at + last, at + match.start(), True)
            if any(c.isspace() for c in match.group()):
                self._space(at + match.start(), at + match.end())
            last = match.end()
        self._word(data[last:], at + last, at + len(data), True)

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def _entity(self, written: str) -> None:
        at = self._at()
        if self._source.startswith(";", at + len(written)):
            written += ";"
        text = html.unescape(written)
        if self._data == "title":
            self.title += text
        if self._unseen:
            return
        if text.isspace():
            self._space(at, at + len(written))
        elif bare := _SPACE.sub("", text):
            self._word(bare, at, at + len(written), False)

    def _space(self, start: int, end: int) -> None:
        """White space counts once, and only between words."""
        if self._block is not None and self._block.text:
            self._gap = (self._gap[0] if self._gap else start, end)

    def _enter(self, tag: str) -> None:
        """Count a table, a row or a cell that begins."""
        if tag == "table":
            self._cells = [*self._cells, [self._tables, -1, -1]][-_DEPTH:]
            self._tables += 1
        elif self._cells and tag == "tr":
            self._cells[-1][1:] = self._cells[-1][1] + 1, -1
        elif self._cells:
            self._cells[-1][2] += 1

    def _cell(self) -> tuple[int, int, int] | None:
        """The cell of a table that what comes next stands in."""
        table, row, column = self._cells[-1] if self._cells else (0, -1, -1)
        return (table, row, column) if min(row, column) >= 0 else None

    def _word(self, text: str, start: int, end: int, exact: bool) -> None:
        if not text:
            return
        if self._block is None:
            tags = [tag for tag, _ in self._open[-4:]]
            self._block = Block(self._open[-1][1] if self._open else None, bool({"h1", "h2"} & set(tags)), cell=self._cell())
        if self._gap:
            begin, stop = self._gap
            self._block.add(" ", begin, stop, self._source[begin:stop] == " ")
            self._gap = None
        self._block.add(text, start, end, exact)

    def _flush(self) -> None:
        if self._block is not None and self._block.text:
            self.blocks.append(self._block)
        self._block, self._gap = None, None

    def _shown(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html":
            self.language = given["lang"]
        elif len(self.metas) < 400:
            at = self._at()
            raw = self.get_starttag_text() or ""
            self.metas.append(({"": tag, **given}, raw or self._source[at : at + 80]))


def _zone(tag: str, given: dict[str, str]) -> FurnitureKind | None:
    """The kind of furniture that an element's name or class makes of what is in it."""
    if tag in _ZONES:
        return _ZONES[tag]
    if tag in ("body", "html", "main", "article"):
        return None
    names = f"{given.get('class', '')} {given.get('id', '')}"
    return next((kind for pattern, kind in _ZONE_NAMES if pattern.search(names)), None) if names != " " else None


def walked(source: str, expected: int) -> Walk:
    """The page walked through; once more and less strictly where that found fewer words than there are known to be.

    Declarations that stop the parser are blanked, and only scripts and styles hide what is in them: an element that hides
    its content and is never closed hides the rest of the page.
    """
    walk = Walk(source)
    if walk.walk() and walk.words() >= max(expected, 1):
        return walk
    again = Walk(re.sub(r"<[!?]", "  ", source), frozenset({"script", "style"}))
    again.walk()
    return again if again.words() > walk.words() else walk
