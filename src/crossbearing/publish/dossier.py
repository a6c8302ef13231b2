"""What a code book's rule may look at: one incident, its claims with their words, and who published them when.

Everything is in the ledger already; here it lies together, so that a rule is a function of one thing. The dossier is made
coarser before any rule sees it where a person asked for that, so no rule can undo it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossbearing.model.claim import Claim, Status
from crossbearing.model.decision import Review, Setting
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Document
from crossbearing.model.when import Interval
from crossbearing.publish.records import Record, claim_record, incident_record, words
from crossbearing.words.sentences import split

KEPT = 4
"""Dossiers of which what was worked out is kept: rules ask the same of one dossier many times, and of the next one then."""

FIELDS = ("when", "where", "killed", "injured")
"""Fields of a claim whose words a rule may ask for."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an export cites of a document: never its text."""

    id: str
    report: str
    file: str
    outlet: str | None = None
    title: str | None = None
    address: str | None = None
    language: str | None = None
    published: Interval | None = None
    length: int = 0
    """Characters of the document's text."""
    sentences: tuple[int, ...] = ()
    """The offset at which each sentence of the article begins."""
    capture: str = ""
    """SHA-256 of the bytes that it was made of."""


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """One incident with all that stands behind it. Two are never equal, so that what is worked out of one can be kept with it."""

    incident: Incident
    claims: tuple[Claim, ...]
    """In the order of the incident's own list, without those that people rejected."""
    pages: Mapping[str, Page]
    """By the document's id."""
    words: Mapping[tuple[str, str], str]
    """The words of a claim for one of `FIELDS`, by the claim's id and the field; none for a field that a person set."""
    instant: datetime
    """As of which the ledger is read."""

    @property
    def number(self) -> int:
        """A whole number made of the incident's id (48 bits of SHA-256), for formats whose ids are numbers."""
        return int(hashlib.sha256(self.incident.id.encode()).hexdigest()[:12], 16)

    @property
    def review(self) -> Review:
        """What people decided on it."""
        return self.incident.review or Review()

    def set(self, field: str) -> Setting | None:
        """Who set a field of it, and to what: it outranks what the claims say. None where nobody did."""
        return next((one for one in self.review.settings if one.field == field), None)

    @property
    def told(self) -> tuple[Claim, ...]:
        """The claims that say that it happened, or that it was stopped; not those that deny or only announce it."""
        return tuple(c for c in self.claims if c.status in (Status.HAPPENED, Status.FOILED))

    @property
    def cited(self) -> tuple[Page, ...]:
        """The documents that tell of it, each once, in the order of the claims."""
        return tuple({c.document: self.page(c) for c in self.claims}.values())

    def page(self, claim: Claim) -> Page:
        """The document of a claim."""
        return self.pages.get(claim.document) or Page(claim.document, claim.report, claim.file)

    def lineage(self, claim: str) -> int:
        """The number of the lineage that a claim belongs to; of its own where it stands in none."""
        found = next((n for n, one in enumerate(self.incident.lineages) if claim in one.claims), None)
        return found if found is not None else -1 - self.incident.claims.index(claim)

    def lineages(self, claims: Iterable[Claim]) -> int:
        """How many lineages the claims belong to."""
        return len({self.lineage(claim.id) for claim in claims})

    def giving(self, field: str) -> tuple[str, ...]:
        """The ids of the claims that say something of a field; of all claims where none does."""
        found = tuple(c.id for c in self.claims if getattr(c, field))
        return found or self.incident.claims


def dossiers(incidents: Sequence[Incident], outcomes: Iterable[Outcome], instant: datetime) -> Iterator[Dossier]:
    """Each incident with what stands behind it, earliest first."""
    claims: dict[str, Claim] = {}
    pages: dict[str, Page] = {}
    said: dict[tuple[str, str], str] = {}
    for outcome in outcomes:
        if outcome.document is None or not outcome.claims:
            continue
        pages[outcome.document.id] = page_of(outcome, outcome.document)
        for claim in outcome.claims:
            claims[claim.id] = claim
            given = ((field, getattr(claim, field)) for field in FIELDS)
            said.update({(claim.id, field): words(value, outcome.document.text) for field, value in given if value})
    for incident in sorted(incidents, key=_day_then_id):
        review = incident.review or Review()
        own = tuple(claims[one] for one in incident.claims if one in claims and one not in review.rejected_claims)
        wanted = {c.document: pages[c.document] for c in own}
        spoken = [field for field in FIELDS if field not in {one.field for one in review.settings}]
        kept = {(c.id, field): said[c.id, field] for c in own for field in spoken if (c.id, field) in said}
        yield Dossier(incident, own, wanted, kept, instant)


def _day_then_id(incident: Incident) -> tuple[str, str, str]:
    when = incident.when
    early, late = (when.earliest, when.latest) if when else (None, None)
    return (str(early or late or "9999"), str(late or early or "9999"), incident.id)


def records_of(dossier: Dossier) -> tuple[Record, list[Record]]:
    """The incident and its claims as records, with the words that the dossier has for them, and no others."""
    claims = [claim_record(claim, dossier.incident.id, "") for claim in dossier.claims]
    for record in claims:
        for field in FIELDS:
            if record[field]:
                record[field]["stated"] = dossier.words.get((record["id"], field), "")
    return incident_record(dossier.incident, [one for one in claims if _worded(one)]), claims


def _worded(record: Record) -> bool:
    """Whether a claim's record has the words for all that it gives."""
    return all(record[field] is None or record[field]["stated"] for field in FIELDS)


def page_of(outcome: Outcome, document: Document) -> Page:
    """What an export cites of one document."""
    shown = document.metadata
    begins = tuple(sentence.start for run in document.article() for sentence in split(document.text, run))
    published = outcome.dating.published if outcome.dating else None
    outlet, title, address, language = (
        one.value if one else None for one in (shown.outlet, shown.title, shown.address, shown.language)
    )
    voices = (voice.value for claim in outcome.claims for voice in claim.chain)
    outlet = outlet or next((voice.name for voice in voices if voice.kind == "outlet"), None)
    return Page(
        document.id, document.report, document.file, outlet, title, address, language, published, len(document.text), begins,
        document.capture,
    )  # fmt: skip
