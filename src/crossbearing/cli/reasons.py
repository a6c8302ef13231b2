"""Why a list is empty, where a word of the question is one that the ledger does not know."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from crossbearing.cli.held import Held
from crossbearing.publish.records import Record
from crossbearing.publish.selection import Selection


def why_none(selection: Selection, held: Held, records: Iterable[Record]) -> str:
    """The reason in a few words, from all the records there were to choose from; empty where there is none to give."""
    if selection.kind is not None:
        known = list(records)
        if known and not any(Selection(kind=selection.kind).of(known)):
            kinds = sorted({f"{one['event_type']} / {one['sub_event_type']}" for one in known})
            return f"none is of a kind that reads '{selection.kind}'. The ledger holds these kinds: {'; '.join(kinds)}."
    if selection.report is not None and not _holds_report(held, selection.report):
        return f"the ledger holds no report '{selection.report}'. `crossbearing documents` lists what it holds."
    return ""


def _holds_report(held: Held, report: str) -> bool:
    return any(chain(held.document_records(report), Selection(report=report).of(held.fault_records())))
