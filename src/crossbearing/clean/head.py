"""What a page's head and markup show of it: meta elements, linked data, `time` elements, the canonical address."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from typing import Any

from crossbearing.clean.metadata import merged, of_address
from crossbearing.clean.shown import instant
from crossbearing.clean.walk import Walk
from crossbearing.model.text import DateKind, Metadata, Shown, ShownDate

_META_DATES = {
    "article:published_time": DateKind.PUBLISHED,
    "og:published_time": DateKind.PUBLISHED,
    "datepublished": DateKind.PUBLISHED,
    "date": DateKind.PUBLISHED,
    "dc.date": DateKind.PUBLISHED,
    "dc.date.issued": DateKind.PUBLISHED,
    "pubdate": DateKind.PUBLISHED,
    "publish-date": DateKind.PUBLISHED,
    "publication_date": DateKind.PUBLISHED,
    "parsely-pub-date": DateKind.PUBLISHED,
    "sailthru.date": DateKind.PUBLISHED,
    "article.published": DateKind.PUBLISHED,
    "dcterms.created": DateKind.PUBLISHED,
    "article:modified_time": DateKind.UPDATED,
    "og:updated_time": DateKind.UPDATED,
    "datemodified": DateKind.UPDATED,
    "lastmod": DateKind.UPDATED,
    "last-modified": DateKind.UPDATED,
    "dcterms.modified": DateKind.UPDATED,
}
_META_WORDS = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "byline": ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"),
    "section": ("article:section", "section", "parsely-section"),
}


def of_head(walk: Walk) -> Metadata:
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
