"""Dossiers as a spreadsheet for an editor: all that may be shown of them, and what the file is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from crossbearing.publish.dossier import Dossier, Page, records_of
from crossbearing.publish.workbook import workbook


def spreadsheet(shown: Sequence[Dossier], instant: datetime, notes: Sequence[str]) -> bytes:
    """The bytes of the file. Raises ImportError where XlsxWriter is not installed."""
    records = [records_of(dossier) for dossier in shown]
    pages = {page.id: page for dossier in shown for page in dossier.cited}
    about = [f"The ledger as of {instant.isoformat()}.", "A claim is what one document, in one voice, states: no fact.", *notes]
    incidents = (incident for incident, _ in records)
    claims = (claim for _, said in records for claim in said)
    return workbook(incidents, claims, (_report(page) for page in pages.values()), about, instant)


def _report(page: Page) -> Mapping[str, str | None]:
    return {
        "id": page.id,
        "report": page.report,
        "outlet": page.outlet,
        "title": page.title,
        "published": str(page.published) if page.published else None,
        "language": page.language,
        "address": page.address,
    }
