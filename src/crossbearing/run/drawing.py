"""The incidents of a ledger: as they are kept, or else drawn, with what an earlier drawing saves.

Where people decided otherwise on the same claims only what that can touch is drawn again; where claims came, or a decision cuts a
telling, all is clustered, and what nothing new bears on is taken as it was. Either way the same comes out as without it.
"""

from __future__ import annotations

from datetime import datetime

from crossbearing.ledger.reader import Kept, Reader
from crossbearing.link.incidents import STEP, draw, redraw
from crossbearing.model.decision import drawing


def drawn(reader: Reader, instant: datetime, last: Kept | None = None) -> Kept:
    """The incidents as of an instant, without what people say of an incident as a whole (`link.incidents.review`).

    `last` is a drawing that is at hand, of this ledger. What the ledger does not keep yet is for the caller to have kept.
    """
    key = reader.view_key(STEP.id, instant)
    if last and last.key == key:
        return last
    decisions = drawing(reader.judgements(instant))
    kept = reader.drawing(key)
    if kept is not None:
        return Kept(key, kept, decisions)
    before = last if last and last.same_outcomes(key) else reader.earlier(STEP.id) or last
    if before and before.same_outcomes(key):
        again = redraw(before.drawing, before.decisions, decisions, lambda claims: reader.outcomes_of(claims, instant))
        if again:
            return Kept(key, again, decisions)
    grown = before and {one.id for one in before.decisions} <= {one.id for one in decisions}
    saved = before.drawing.incidents if before and grown else ()
    return Kept(key, draw(tuple(reader.claims(instant)), decisions, reader.pages(instant), saved), decisions)
