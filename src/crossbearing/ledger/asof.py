"""Which rows stand at an instant: of each capture the outcome recorded last, and the faults that nothing mended since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true

from crossbearing.ledger.tables import faults, instant_text, locations, outcomes, runs


def held(recorded_at: Any, as_of: datetime | None) -> ColumnElement[bool]:
    """Whether a row was held at the instant; each row is, where none is given."""
    return true() if as_of is None else recorded_at <= instant_text(as_of)


def current_outcomes(as_of: datetime | None) -> Select[tuple[int]]:
    """The `seq` of each capture's outcome that was recorded last. Older ones stay in the ledger and are superseded."""
    return select(func.max(outcomes.c.seq)).where(held(outcomes.c.recorded_at, as_of)).group_by(outcomes.c.capture)


def standing_faults(as_of: datetime | None) -> Select[Any]:
    """Faults not mended: of a capture, by a later outcome; of a file, by its bytes; of `link`, by a run that ended well."""
    outcome = outcomes.alias("later")
    later = outcomes.alias("last")
    mended_by_outcome = exists().where(
        outcome.c.capture == faults.c.capture, outcome.c.recorded_at > faults.c.recorded_at, held(outcome.c.recorded_at, as_of)
    )
    mended_by_bytes = exists().where(
        locations.c.file == faults.c.file, locations.c.recorded_at > faults.c.recorded_at, held(locations.c.recorded_at, as_of)
    )
    mended_by_run = exists().where(
        runs.c.moment == "ended", runs.c.recorded_at > faults.c.recorded_at, held(runs.c.recorded_at, as_of)
    )
    is_current = exists().where(later.c.id == faults.c.outcome, later.c.seq.in_(current_outcomes(as_of)))
    stands = or_(
        and_(faults.c.outcome.is_not(None), is_current),
        and_(faults.c.outcome.is_(None), faults.c.capture.is_not(None), ~mended_by_outcome),
        and_(faults.c.outcome.is_(None), faults.c.capture.is_(None), faults.c.stage == "link", ~mended_by_run),
        and_(faults.c.outcome.is_(None), faults.c.capture.is_(None), faults.c.stage != "link", ~mended_by_bytes),
    )
    return select(faults).where(held(faults.c.recorded_at, as_of), stands)
