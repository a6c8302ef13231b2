"""The article out of its HTML page, with the page's other text kept, marked, and every character led back to the source.

Two readers look at one page. A library (trafilatura) chooses the article, which it does well, but it hands back words
without their places. So the page is walked here too: its visible text in blocks, each run with its offsets in the source;
a block is article where its words are the library's. Where that finds nothing, the blocks are judged as a scrape's lines.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import trafilatura

from crossbearing.clean.cleaned import Cleaned
from crossbearing.clean.metadata import merged, of_address, of_lines
from crossbearing.clean.scrape import Marked, judge, name, same
from crossbearing.clean.shape import Line, look
from crossbearing.clean.shown import instant
from crossbearing.model.text import DateKind, FurnitureKind, Metadata, Piece, Shown, ShownDate, Span

_UNSEEN = frozenset("script style noscript template svg math iframe object select option datalist head audio canvas map".split())
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr img picture source""".split()
)
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
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
    (re.compile(r"related|recommend|most-?(read|popular|viewed)|trending|teaser|read-?(more|also|next)|more-?(stories|news|from)|sidebar", re.I),
     FurnitureKind.RELATED),
    (re.compile(r"share|sharing|social", re.I), FurnitureKind.SHARE),
    (re.compile(r"cookie|consent|newsletter|subscri|paywall|advert|\bad[s_-]|gdpr|signup|sign-up", re.I), FurnitureKind.NOTICE),
    (re.compile(r"caption|photo-?credit|image-?credit", re.I), FurnitureKind.CAPTION),
    (re.compile(r"byline|author", re.I), FurnitureKind.BYLINE),
    (re.compile(r"breadcrumb|\bmenu|\bnav(bar|igation)?\b", re.I), FurnitureKind.MENU),
    (re.compile(r"footer|copyright", re.I), FurnitureKind.FOOTER),
)  # fmt: skip
_SPACE = re.compile(
    "[\\s\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_DEPTH = 400
"""Open elements that are remembered; pages that never close theirs go on without."""


@dataclass(slots=True)
class _Block:
    """One block's text with the runs it is made of: (offset in the block, source start, source end, exact)."""

    zone: FurnitureKind | None
    heading: bool
    text: str = ""
    runs: list[tuple[int, int, int, bool]] = field(default_factory=list)

    def add(self, text: str, start: int, end: int, exact: bool) -> None:
        self.runs.append((len(self.text), start, end, exact))
        self.text += text


class _Walk(HTMLParser):
    """The page's visible text in blocks, and what its head shows."""

    def __init__(self, source: str, unseen: frozenset[str] = _UNSEEN) -> None:
        super().__init__(convert_charrefs=False)
        self._hides = unseen
        self.blocks: list[_Block] = []
        self.metas: list[tuple[dict[str, str], str]] = []
        self.scripts: list[str] = []
        self.title = ""
        self.language = ""
        self._source = source
        self._starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self._open: list[tuple[str, FurnitureKind | None]] = []
        self._unseen: list[str] = []
        self._block: _Block | None = None
        self._data: str | None = None
        self._gap: tuple[int, int] | None = None

    def walk(self) -> bool:
        """Read it all; whether that went to the end. The standard parser stops at some malformed declarations."""
        try:
            self.feed(self._source)
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

    def _word(self, text: str, start: int, end: int, exact: bool) -> None:
        if not text:
            return
        if self._block is None:
            tags = [tag for tag, _ in self._open[-4:]]
            self._block = _Block(self._open[-1][1] if self._open else None, bool({"h1", "h2"} & set(tags)))
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


def clean_page(source: str) -> Cleaned:
    """A page's visible text with its article found, its furniture marked, and the map into the source."""
    chosen = _chosen(source)
    walk = _walked(source, len(chosen.split()))
    text, pieces, lines = _laid_out(walk.blocks)
    shown = _of_head(walk)
    title = shown.title.value if shown.title else None
    marked = _aligned(lines, walk.blocks, chosen, title) if chosen else None
    if marked is None:
        marked = judge(lines, title)
    metadata = merged(shown, of_lines(text, marked))
    return Cleaned(text, marked, pieces, metadata)


def _walked(source: str, expected: int) -> _Walk:
    """The page walked through; once more and less strictly where that found fewer words than there are known to be.

    Declarations that stop the parser are blanked, and only scripts and styles hide what is in them: an element that hides
    its content and is never closed hides the rest of the page.
    """
    walk = _Walk(source)
    if walk.walk() and walk.words() >= max(expected, 1):
        return walk
    again = _Walk(re.sub(r"<[!?]", "  ", source), frozenset({"script", "style"}))
    again.walk()
    return again if again.words() > walk.words() else walk


def _laid_out(blocks: Sequence[_Block]) -> tuple[str, tuple[Piece, ...], list[Line]]:
    """The blocks as lines of one text, and the pieces that lead back; runs that adjoin on both sides are one."""
    pieces: list[Piece] = []
    lines: list[Line] = []
    at = 0
    for block in blocks:
        lines.append(look(block.text, at))
        ends = [run[0] for run in block.runs[1:]] + [len(block.text)]
        for (begin, start, stop, exact), end in zip(block.runs, ends, strict=True):
            before = pieces[-1] if pieces else None
            if exact and before and before.exact and before.text.end == at + begin and before.source.end == start:
                pieces[-1] = Piece(Span(before.text.start, at + end), Span(before.source.start, stop), True)
            else:
                pieces.append(Piece(Span(at + begin, at + end), Span(start, stop), exact))
        at += len(block.text) + 1
    return "\n".join(block.text for block in blocks), tuple(pieces), lines


def _chosen(source: str) -> str:
    """The article's words as the library finds them; empty where it finds none."""
    try:
        return trafilatura.extract(source, fast=True, include_comments=False) or ""
    except Exception:  # whatever the library trips over, the page is still judged by its lines
        return ""


def _aligned(lines: Sequence[Line], blocks: Sequence[_Block], chosen: str, title: str | None) -> Marked | None:
    """The blocks whose words are the chosen article's, in its order, and the rest as furniture; None where none are."""
    wanted = [w for part in chosen.split("\n") for w in look(part, 0).key.split()]
    keep = _matched([line.key.split() for line in lines], wanted)
    if not any(keep):
        return None
    kinds: list[FurnitureKind | None] = []
    head = next((i for i, line in enumerate(lines) if title and blocks[i].heading and same(line, look(title, 0))), None)
    if head is None:
        head = next((i for i, line in enumerate(lines) if title and same(line, look(title, 0))), None)
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        if head is not None and same(line, lines[head]):
            kinds.append(FurnitureKind.TITLE)
        elif keep[i]:
            kinds.append(None)
        else:
            kinds.append(block.zone or line.kind or FurnitureKind.OTHER)
    return Marked(tuple(lines), tuple(name(lines, kinds)), head)


def _matched(blocks: Sequence[Sequence[str]], wanted: Sequence[str]) -> list[bool]:
    """Which blocks' words stand in the wanted ones, in order. A long block is found by the share of its word triples that
    do; a short one must stand whole between the long ones around it."""
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(wanted) - 2):
        places.setdefault(tuple(wanted[i : i + 3]), []).append(i)
    keep = [False] * len(blocks)
    at = 0
    used = bytearray(len(wanted))
    joined = " " + " ".join(wanted) + " "
    for i, words in enumerate(blocks):
        triples = [tuple(words[j : j + 3]) for j in range(len(words) - 2)]
        hits = [p for t in triples for p in _unused(places.get(t, ()), used)]
        if len(words) >= 3 and len(hits) >= 0.7 * len(triples):
            keep[i] = True
            for p in hits:
                used[p] = 1
            at = max(hits) + 3
        elif 0 < len(words) < 3 and at:
            keep[i] = wanted[at : at + len(words)] == list(words) and f" {' '.join(words)} " in joined
    return keep


def _unused(places: Sequence[int], used: bytearray) -> Iterator[int]:
    """The first place that no earlier block has taken: a block that stands again is furniture the second time."""
    found = next((p for p in places if not used[p]), None)
    if found is not None:
        yield found


_META_DATES = {
    "article:published_time": DateKind.PUBLISHED, "og:published_time": DateKind.PUBLISHED, "datepublished": DateKind.PUBLISHED,
    "date": DateKind.PUBLISHED, "dc.date": DateKind.PUBLISHED, "dc.date.issued": DateKind.PUBLISHED, "pubdate": DateKind.PUBLISHED,
    "publish-date": DateKind.PUBLISHED, "publication_date": DateKind.PUBLISHED, "parsely-pub-date": DateKind.PUBLISHED,
    "sailthru.date": DateKind.PUBLISHED, "article.published": DateKind.PUBLISHED, "dcterms.created": DateKind.PUBLISHED,
    "article:modified_time": DateKind.UPDATED, "og:updated_time": DateKind.UPDATED, "datemodified": DateKind.UPDATED,
    "lastmod": DateKind.UPDATED, "last-modified": DateKind.UPDATED, "dcterms.modified": DateKind.UPDATED,
}  # fmt: skip
_META_WORDS = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "byline": ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"),
    "section": ("article:section", "section", "parsely-section"),
}


def _of_head(walk: _Walk) -> Metadata:
    """What the head and the markup show: meta elements, linked data, `time` elements, the canonical address."""
    named: dict[str, tuple[str, str]] = {}
    dates: list[ShownDate] = []
    address = ""
    for given, raw in walk.metas:
        key = (given.get("property") or given.get("name") or given.get("itemprop") or "").strip().lower()
        value = (given.get("content") or given.get("datetime") or "").strip()
        if given[""] == "link" and given.get("rel", "").lower() == "canonical":
            address = given.get("href", "").strip()
        elif given[""] == "meta" and key and value:
            named.setdefault(key, (value, raw))
            if key in _META_DATES and (moment := instant(value)):
                dates.append(ShownDate(_META_DATES[key], Shown(moment, f"meta {key}", raw)))
        elif given[""] == "time" and (moment := instant(value)):
            kind = DateKind.PUBLISHED if "pub" in (key + given.get("class", "")).lower() or "pubdate" in given else DateKind.OTHER
            kind = DateKind.UPDATED if "modif" in key or "updat" in given.get("class", "").lower() else kind
            dates.append(ShownDate(kind, Shown(moment, "time element", raw)))
    found = {
        what: next((Shown(named[k][0], f"meta {k}", named[k][1]) for k in keys if k in named), None)
        for what, keys in _META_WORDS.items()
    }
    plain = " ".join(walk.title.split())
    linked = _linked(walk.scripts)
    head = Metadata(
        title=found["title"] or linked.title or (Shown(plain, "title element", plain) if plain else None),
        byline=found["byline"],
        outlet=found["outlet"],
        section=found["section"],
        language=Shown(walk.language, "html lang", walk.language) if walk.language else None,
        dates=tuple(dates),
    )
    address = address or named.get("og:url", ("", ""))[0]
    return merged(merged(head, linked), of_address(address, "canonical link") if address else Metadata())


def _linked(scripts: Sequence[str]) -> Metadata:
    """What the page's linked data (JSON-LD) says of its article."""
    for script in scripts:
        try:
            data: Any = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            kinds = item.get("@type")
            if not any(
                "Article" in str(k) or str(k) in ("Report", "BlogPosting")
                for k in (kinds if isinstance(kinds, list) else [kinds])
            ):
                continue
            return _of_item(item)
    return Metadata()


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for part in data[:50]:
            yield from _items(part)
    elif isinstance(data, dict):
        yield data
        if isinstance(data.get("@graph"), list):
            yield from (part for part in data["@graph"][:100] if isinstance(part, dict))


def _of_item(item: dict[str, Any]) -> Metadata:
    def words(key: str) -> Shown | None:
        value = item.get(key)
        for part in value if isinstance(value, list) else [value]:
            text = part.get("name") if isinstance(part, dict) else part
            if isinstance(text, str) and text.strip():
                return Shown(html.unescape(text.strip()), f"json-ld {key}", text)
        return None

    dates = []
    for key, kind in (("datePublished", DateKind.PUBLISHED), ("dateModified", DateKind.UPDATED)):
        value = item.get(key)
        if isinstance(value, str) and (moment := instant(value)):
            dates.append(ShownDate(kind, Shown(moment, f"json-ld {key}", value)))
    return Metadata(
        title=words("headline"),
        byline=words("author"),
        outlet=words("publisher"),
        section=words("articleSection"),
        dates=tuple(dates),
    )
