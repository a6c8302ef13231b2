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


def is_current(as_of: datetime | None) -> ColumnElement[bool]:
    """The same of one row of outcomes: quick where a few are asked about."""
    newer = outcomes.alias("newer")
    later = exists().where(newer.c.capture == outcomes.c.capture, newer.c.seq > outcomes.c.seq, held(newer.c.recorded_at, as_of))
    return and_(held(outcomes.c.recorded_at, as_of), ~later)


def standing_faults(as_of: datetime | None) -> Select[Any]:
    """Faults that stand: of the current outcomes, and of no outcome and not mended."""
    own = outcomes.alias("own")
    is_current = exists().where(own.c.id == faults.c.outcome, own.c.seq.in_(current_outcomes(as_of)))
    stands = or_(and_(faults.c.outcome.is_not(None), is_current), unmended(as_of))
    return select(faults).where(held(faults.c.recorded_at, as_of), stands)


def unmended(as_of: datetime | None) -> ColumnElement[bool]:
    """Whether nothing mended a fault of no outcome: a fault of a capture is mended by a later outcome, one of a file by its
    bytes, one of `link` by a run that ended well."""

    def later(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        since = table.c.recorded_at > faults.c.recorded_at
        return exists().where(*conditions, since, held(table.c.recorded_at, as_of))

    of_link = faults.c.stage == "link"
    is_mended = or_(
        later(outcomes, outcomes.c.capture == faults.c.capture),
        and_(faults.c.capture.is_(None), ~of_link, later(locations, locations.c.file == faults.c.file)),
        and_(of_link, later(runs, runs.c.moment == "ended")),
    )
    return and_(faults.c.outcome.is_(None), ~is_mended)
