"""A spreadsheet that an editor opens: incidents, claims and reports on a sheet each, and one that says what it is.

Every text is written as text, so that no words of a page become a formula. The same content makes the same bytes: the file
bears the instant of the ledger, and not the time at which it was written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from crossbearing.publish.dossier import Dossier, Page, records_of
from crossbearing.publish.records import CLAIM, INCIDENT, schema
from crossbearing.publish.tabular import BETWEEN_ITEMS, columns, flatten

REPORTS = ("id", "report", "outlet", "title", "published", "language", "address")
"""The columns of the sheet of reports."""

WIDE, NARROW = 40, 14
"""Widths of columns, in characters: of those that hold running text, and of all others."""
_TEXTS = ("quote", "stated", "title", "address", "says", "lineages", "contradictions", "reports", "claims", "file")

LONGEST = 32_767
"""Characters that a cell of the format can hold; what is longer is cut there, and says so."""
_CUT = " … (cut)"


def spreadsheet(shown: Sequence[Dossier], instant: datetime, notes: Sequence[str] = ()) -> bytes:
    """The bytes of the file; `notes` stand on the sheet that says what it is. Raises ImportError where XlsxWriter is not
    installed."""
    import xlsxwriter  # here, as it is an extra

    records = [records_of(dossier) for dossier in shown]
    pages = {page.id: page for dossier in shown for page in dossier.cited}
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": instant.replace(tzinfo=None), "comments": "Written by crossbearing."})
        heading = book.add_format({"bold": True, "bottom": 1})
        sheets = (
            ("Incidents", columns(INCIDENT), (flatten(incident) for incident, _ in records)),
            ("Claims", columns(CLAIM), (flatten(claim) for _, claims in records for claim in claims)),
            ("Reports", REPORTS, map(_report, pages.values())),
        )
        for name, header, rows in sheets:
            _fill(book.add_worksheet(name), header, rows, heading)
        about = (f"The ledger as of {instant.isoformat()}.", "A claim is what one document, in one voice, states: no fact.")
        _explain(book.add_worksheet("About"), (*about, *notes), heading)
    return made.getvalue()


def _report(page: Page) -> Mapping[str, str | None]:
    published = str(page.published) if page.published else None
    told = (page.id, page.report, page.outlet, page.title, published, page.language, page.address)
    return dict(zip(REPORTS, told, strict=True))


def _fill(sheet: Any, header: Sequence[str], rows: Iterable[Mapping[str, Any]], heading: Any) -> None:
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, heading)
        sheet.set_column(column, column, WIDE if name.endswith(_TEXTS) else NARROW)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, name in enumerate(header):
            _write(sheet, last, column, row[name])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(header) - 1)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool | str | list):
        text = BETWEEN_ITEMS.join(map(str, value)) if isinstance(value, list) else str(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT)
    else:
        sheet.write_number(row, column, value)


def _explain(sheet: Any, about: Sequence[str], heading: Any) -> None:
    """What the file holds, and what each column says."""
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, 3 * WIDE)
    row = 0
    for row, sentence in enumerate(about):
        sheet.write_string(row, 0, sentence)
    for title, kind in (("Incidents", INCIDENT), ("Claims", CLAIM)):
        row += 2
        sheet.write_string(row, 0, title, heading)
        for name, field in schema(kind)["properties"].items():
            row += 1
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, field["description"])
