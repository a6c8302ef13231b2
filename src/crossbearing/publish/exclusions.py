"""What no code book takes as an event: what people rejected, what only a report's memory tells, what was denied or is yet to
come.

Each book takes these under its own name, and adds what it alone leaves out. Nothing is dropped in silence: an exclusion is
counted, and its sentence stands beside the export.
"""

from __future__ import annotations

from crossbearing.model.claim import Status
from crossbearing.publish.book import Cell, Rules
from crossbearing.publish.dossier import Dossier


def rejected(dossier: Dossier) -> Cell | None:
    """A person rejected it, or every claim of it: it stays in the ledger with the decision, and out of what is exported."""
    return Cell(None) if dossier.review.rejected or not dossier.claims else None


def background(dossier: Dossier) -> Cell | None:
    """An event is coded from the reports that tell it as their news; this one is only recalled, so its day, place and figures are
    what somebody later remembers."""
    return Cell(None) if dossier.incident.background else None


def denied(dossier: Dossier) -> Cell | None:
    """Only what is said to have happened is coded; of this it is said that it did not."""
    return Cell(None) if dossier.incident.status is Status.DENIED else None


def planned(dossier: Dossier) -> Cell | None:
    """Only what is said to have happened is coded; this is announced, planned or threatened."""
    return Cell(None) if dossier.incident.status is Status.PLANNED else None


def no_place(dossier: Dossier) -> Cell | None:
    """An event has a place; no claim gives one."""
    return Cell(None) if dossier.incident.where is None else None


def no_day(dossier: Dossier) -> Cell | None:
    """An event has a day or a span of days; no claim gives both ends of one."""
    when = dossier.incident.when
    return Cell(None, dossier.giving("when")) if when is None or when.days is None else None


def exclusions(book: str, source: str) -> Rules[Dossier]:
    """The exclusions that every book shares, under a book's name; the book adds its own behind them."""
    made: Rules[Dossier] = Rules(book)
    for rule, written in ((rejected, "ours"), (background, "ours"), (denied, source), (planned, source)):
        made.take(f"excluded.{rule.__name__}", written, rule)
    return made
