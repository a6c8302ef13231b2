"""Which medium: an outlet by its name, who published a document, and which agency signed its text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from crossbearing.model.claim import Voice
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.resolve.party.named import AS_WRITTEN, BY_NAME, BY_PARTS, STEP, Namer, cleaned
from crossbearing.resolve.party.registry import POSSESSIVE, Entry, Registry, host_of
from crossbearing.words.names import fold

_SLUGS = (
    re.compile(r"^\W*(?P<slug>[A-Z][\w .’'-]{2,40}?)\s*/\s+(?=[A-Z“\"])"),  # Shafaq News / The ...
    re.compile(r"^\W*[A-Z][\w.’' ,/-]{1,60}?\((?P<slug>[A-Z][\w .’'&/-]{1,40})\)\s*(?:[-–—:]|$)"),  # KHARTOUM (Reuters) - ...
    re.compile(r"^\W*\((?P<slug>[A-Z][\w .’'&/-]{1,40})\)"),  # (MENAFN) Two rockets ...
    re.compile(  # MOSCOW, January 12. /TASS/.
        r"^\W*[A-Z][\w.’' /-]{1,40},\s*(?:[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+\.?)(?:,?\s*\d{4})?[.,]?\s*"
        r"[(/]?(?P<slug>[A-Z][\w .’'&-]{1,30}?)[)/]?\.?\s*(?:[-–—]|(?<=/\.)|$)"
    ),
)
_CREDIT = re.compile(
    r"^\W*(?:sources?|with (?:inputs?|reporting|files) from|via)\s*[:/]?\s*(?P<agency>[A-Z][\w .&-]{1,40}?)\W*$", re.I | re.M
)


class Media:
    """The outlets, asked in a report's words."""

    def __init__(self, registry: Registry, namer: Namer) -> None:
        self._registry, self._namer = registry, namer
        # Reports repeat the names of their sources.
        self.named = lru_cache(maxsize=8192)(self._medium_in)

    def outlet(self, document: Document) -> Stated[Voice] | None:
        """Who published the document: as its page shows, by its address, or by how it signs its text."""
        shown, address = document.metadata.outlet, document.metadata.address
        if shown and shown.value.strip():
            entry = self.named(cleaned(shown.value)) or self._registry.by_address(shown.value)
            return Stated(Voice(entry.name if entry else shown.value.strip(), "outlet", shown.value), (shown,), STEP.id)
        if address:
            entry = self._registry.by_address(address.value)
            if entry or (host := host_of(address.value)):
                score = BY_NAME if entry else AS_WRITTEN
                return Stated(Voice(entry.name if entry else host, "outlet", address.value), (address,), STEP.id, score)
        agency = self.agency(document)
        return agency and replace(agency, value=replace(agency.value, kind="outlet"), score=BY_PARTS)

    def agency(self, document: Document) -> Stated[Voice] | None:
        """The agency that a text is signed with at its head: "KHARTOUM (Reuters) -", "Shafaq News /", "(MENAFN)"."""
        for span in document.article()[:4]:
            for line in re.finditer(r"[^\n]+", document.text[span.start : min(span.end, span.start + 1500)]):
                for slug in _SLUGS:
                    hit = slug.match(line.group()[:160])
                    entry = hit and self.named(re.split(r"\s*[-–/]\s*", hit["slug"])[0])
                    if hit and _is_short_for(hit["slug"], document):
                        return None  # the outlet signs its own copy
                    if hit and entry:
                        at = span.start + line.start() + hit.start("slug")
                        words = Span(at, at + len(hit["slug"]))
                        return Stated(Voice(entry.name, "medium", words.of(document.text)), (words,), STEP.id)
        return None

    def credited(self, document: Document) -> Stated[Voice] | None:
        """The agency that a line by itself names as the source: "Source: AFP", "With inputs from Reuters"."""
        for hit in _CREDIT.finditer(document.text):
            if entry := self.named(hit["agency"]):
                words = Span(*hit.span("agency"))
                return Stated(Voice(entry.name, "medium", words.of(document.text)), (words,), STEP.id)
        return None

    def _medium_in(self, words: str) -> Entry | None:
        """An outlet's name, alone or with what it is: "Iran's X news agency", "the state-run X"."""
        heads = words.split()
        for start in range(min(6, len(heads))):
            for end in range(len(heads), max(start, len(heads) - 4), -1):
                core = POSSESSIVE.sub("", " ".join(heads[start:end]))
                before = [w for w in heads[:start] if fold(w) not in self._registry.words["media"]]
                fits = all(fold(w) in self._registry.words["media"] for w in heads[end:]) and self._namer.may_go_before(before)
                if fits and (found := self._registry.media.get(core)):
                    return found[0]
        return None


def _is_short_for(slug: str, document: Document) -> bool:
    """Whether letters are those of the outlet that the page shows: "(SPA)" of the Savanna Press Agency."""
    shown = document.metadata.outlet
    initials = "".join(word[0] for word in shown.value.split() if word[:1].isupper()) if shown else ""
    return slug.isupper() and len(slug) > 1 and slug == initials
