"""One incident at the screen, with all that people decide on it, and the queue of what waits for them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from crossbearing.config import load
from crossbearing.errors import CrossbearingError
from crossbearing.model.decision import FIELDS, VERDICTS, Decision, DecisionKind, State
from crossbearing.model.incident import Incident
from crossbearing.serve.answers import Held, desk_of, form_signed, heir_of, led_to, whole_id
from crossbearing.serve.beside import beside, evidence_of
from crossbearing.serve.deciding import Wish, decide, home_of, states_for, undoable_by
from crossbearing.serve.desk import Asked
from crossbearing.serve.drawn import NODE_WIDTH, lineage_graph
from crossbearing.serve.frame import offer_of, page
from crossbearing.serve.gate import visitor_of
from crossbearing.serve.index import around_place, drawn_incident
from crossbearing.serve.questions import Question, waiting

PERSON = "crossbearing-person"

MOST_FIELDS = 1000
"""Of a form: a split names claims one by one."""

QUEUE_SHOWN = 100

NEAR_DAYS, NEAR_DEGREES, NEAR_MOST = 3, 1.0, 12
"""What is offered to merge an incident with: so many days off at most, so near, so many."""

REASONS: dict[str, tuple[str, ...]] = {
    "accept": ("the words bear it out", "independent lineages agree", "checked against other material"),
    "reject": ("nothing happened: misread", "it is no incident of a conflict", "what it tells is of another incident"),
    "unsure": ("too little is said", "the sources conflict", "it needs another source"),
    "same": ("the same day, place and toll", "one is a follow-up of the other", "one retells the other"),
    "different": ("another day or hour", "another place", "other parties or means"),
    "copy": ("the same words", "it credits the other"),
}
"""What a decision can stand on with one keystroke; any other reason is written."""

router = APIRouter(include_in_schema=False)


class Waits(BaseModel):
    """Whether a person goes through the queue, and in which blind round."""

    queue: bool = False
    round: Annotated[str | None, Field(max_length=100)] = None

    @property
    def query(self) -> str:
        """As an address holds it."""
        given = {"queue": "true" if self.queue else None, "round": self.round}
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"?{asked}" if asked else ""


def _incident(held: Asked, key: str) -> Incident:
    """The incident of an id, as it was drawn."""
    found = drawn_incident(held.connection, key)
    if found is None:
        home = heir_of(held.connection, key)
        found = drawn_incident(held.connection, home) if home else None
    if found is None:
        raise HTTPException(
            404, f"{key[:80]}: no incident of this ledger has that id. It may have been redrawn: look it up in the list."
        )
    return found


_TRIED = dict.fromkeys(("kind", "value", "spans", "seen", "quote", "document", "note", "because"), "") | {"field": "where"}
"""A form that nobody has filled in."""


@router.get("/incidents/{key}")
def incident(request: Request, held: Held, key: str, waits: Annotated[Waits, Query()]) -> Response:
    """One incident: its claims side by side, who goes back to whom, what cannot both hold, and what people decided."""
    if whole := whole_id(held.connection, "incident", key):
        return led_to(request, f"/incidents/{whole}")
    return _incident_page(request, held, key, waits)


def _incident_page(
    request: Request, held: Asked, key: str, waits: Waits, wrong: str = "", tried: dict[str, str] | None = None
) -> Response:
    """The page of an incident; `wrong` says why a decision, `tried`, was not recorded."""
    found = _incident(held, key)
    desk = desk_of(request)
    sides = beside(found, desk.outcomes_of(held, found.claims))
    record = json.loads(held.connection.execute("SELECT record FROM incidents WHERE id = ?", (found.id,)).fetchone()[0])
    before, after = _beside(held, found.id)
    waiting_row = held.connection.execute("SELECT gain, queued FROM incidents WHERE id = ?", (found.id,)).fetchone()
    gain, why = waiting_row[0], json.loads(waiting_row[1])["why"] if waiting_row[1] else []
    person = person_of(request, (tried or {}).get("person", ""))
    history = _history(request, held, found, person)
    return page(
        request, held, "incident.html", 422 if wrong else 200, incident=found, record=record, sides=sides,
        graph=lineage_graph(sides), node_width=NODE_WIDTH, before=before,
        after=after, gain=gain, why=why, waits=waits,
        wrong=wrong, tried={**_TRIED, **(tried or {})}, person=person, near=_near(held, found), reasons=REASONS,
        states=states_for(visitor_of(request)), fields=FIELDS, evidence=evidence_of(sides), history=history,
        mine=next((one["id"] for one in reversed(history) if one["undoable"] and one["decision"]["person"] == person), None),
    )  # fmt: skip


def _beside(held: Asked, key: str) -> tuple[str | None, str | None]:
    """The incidents that stand before and behind one in the list."""
    found = []
    for beyond, order in (("<", "DESC"), (">", "ASC")):
        row = held.connection.execute(
            f"SELECT id FROM incident WHERE (day, id) {beyond} (SELECT day, id FROM incident WHERE id = ?) AND NOT recalled "
            f"AND NOT rejected ORDER BY day {order}, id {order} LIMIT 1",
            (key,),
        ).fetchone()
        found.append(row[0] if row else None)
    return found[0], found[1]


def person_of(request: Request, typed: str = "") -> str:
    """Under which name the person decides: the account's; without accounts as now typed, as said last, or as the settings say."""
    if own := visitor_of(request).name or typed.strip()[:200]:
        return own
    said = unquote(request.cookies.get(PERSON, ""))[:200]
    return said or str(load(desk_of(request).config).settings.review.person)


def _near(held: Asked, found: Incident) -> list[dict[str, Any]]:
    """Incidents that could be the same: of about the same days, and near or in the same country."""
    when, where = found.when, found.where
    if when is None or (when.earliest is None and when.latest is None):
        return []
    first, last = when.earliest or when.latest, when.latest or when.earliest
    assert first
    assert last
    south, north, west, east = around_place(where)
    sql = (
        "SELECT record FROM incidents WHERE id != ? AND coalesce(latest, earliest) >= ? AND coalesce(earliest, latest) <= ? AND "
        "(? IS NULL OR south IS NULL OR country = ? OR (north >= ? AND south <= ? AND east >= ? AND west <= ?)) "
        "ORDER BY recalled, abs(coalesce(latitude, 0) - ?) + abs(coalesce(longitude, 0) - ?), day, id LIMIT ?"
    )
    room = [None if one is None else one + by * NEAR_DEGREES for one, by in ((south, -1), (north, 1), (west, -1), (east, 1))]
    days = (str(first - timedelta(days=NEAR_DAYS)), str(last + timedelta(days=NEAR_DAYS)))
    country, point = (where.country, (where.latitude or 0, where.longitude or 0)) if where else (None, (0, 0))
    rows = held.connection.execute(sql, (found.id, *days, room[0], country, *room, *point, NEAR_MOST))
    return [json.loads(row[0]) for row in rows]


_ENTRY: dict[str, Any] = {"claims": None, "decision": None, "undone": False, "undoable": False, "id": None}


def _history(request: Request, held: Asked, found: Incident, person: str) -> list[dict[str, Any]]:
    """What was recorded of an incident, in order: its claims, and what people decided on them, undone or not."""
    entries: list[dict[str, Any]] = []
    recorded = desk_of(request).reader.recorded_at(found.claims, datetime.fromisoformat(held.state.instant))
    by_instant: dict[datetime, list[str]] = {}
    for claim, at in recorded.items():
        by_instant.setdefault(at, []).append(claim)
    entries += [{**_ENTRY, "at": at.isoformat(), "claims": claims} for at, claims in by_instant.items()]
    marks = ", ".join("?" * len(found.claims))
    rows = held.connection.execute(
        "SELECT place, record, undone, closed FROM decision WHERE id IN (SELECT decision FROM touched WHERE claim IN "
        f"({marks})) AND (NOT closed OR person = ?) ORDER BY place",
        [*found.claims, person],
    ).fetchall()
    for row in rows:
        made = json.loads(row["record"])
        undoable = not row["undone"] and made["kind"] != "open" and undoable_by(visitor_of(request), made["person"])
        entries.append(
            {**_ENTRY, "at": made["at"], "decision": made, "undone": bool(row["undone"]), "undoable": undoable, "id": made["id"]}
        )
    return sorted(entries, key=lambda one: one["at"])


@router.post("/incidents/{key}")
async def decided(request: Request, key: str) -> Response:
    """A decision on an incident, from a form of its page."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return await run_in_threadpool(_decided, request, key, form)


def _decided(request: Request, key: str, form: FormData) -> Response:
    desk = desk_of(request)
    given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    form_signed(request, given.pop("token", None))
    given["because"] = given.pop("reason", "") or given.get("because", "")
    given["other"] = given.pop("other_id", "") or given.get("other", "")
    queued, mode = given.pop("gain", ""), given.pop("queue", "")
    out = [value for name, value in form.multi_items() if name == "out" and isinstance(value, str)]
    waits = Waits(queue=bool(mode), round=given.get("round") or None)
    with desk.asking() as held:
        try:
            wish = Wish.model_validate(
                {**{name: value for name, value in given.items() if value}, "out": out, "because": given["because"]}
            )
            made = decide(desk, held, wish, visitor_of(request))
        except (CrossbearingError, ValidationError) as error:
            told = _why_not(error)
            if held.connection.execute("SELECT 1 FROM incident WHERE id = ?", (key,)).fetchone() is None:
                raise HTTPException(422, told) from error
            return _incident_page(request, held, key, waits, told, given)
    with desk.asking() as held:
        onward = mode and made.kind in VERDICTS and not made.other
        target = _after(held, queued, key, waits, made.person) if onward else f"/incidents/{_home(held, made, key)}{waits.query}"
    answer = RedirectResponse(target, 303)
    if visitor_of(request).name:
        return answer
    answer.set_cookie(PERSON, quote(made.person), max_age=365 * 86400, httponly=True, samesite="strict")
    return answer


def _home(held: Asked, made: Decision, key: str) -> str:
    """Where a decision shows: the incident that holds its claims now."""
    subject = made.subject
    if made.kind is DecisionKind.UNDO:
        rows = held.connection.execute("SELECT claim FROM touched WHERE decision = ?", (made.id,)).fetchall()
        subject = tuple(row[0] for row in rows)
    return home_of(held, subject) or key


def _why_not(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}."
    return str(error)


# ---------------------------------------------------------------- the queue


@router.get("/review")
def review(request: Request, held: Held, asked: Annotated[Question, Query()], waits: Annotated[Waits, Query()]) -> Response:
    """What waits for a decision, that first on which it gains the most."""
    found, total = waiting(held.connection, asked, None, QUEUE_SHOWN)
    return page(
        request, held, "review.html", asked=asked, given=asked.given(), records=[json.loads(one) for one in found], total=total,
        offer=desk_of(request).once(held, "offer", offer_of), waits=waits, person=person_of(request), states=list(State),
    )  # fmt: skip


@router.get("/review/next")
def onward(
    request: Request,
    held: Held,
    waits: Annotated[Waits, Query()],
    gain: str = "",
    after: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The incident that waits next."""
    return RedirectResponse(_after(held, gain, after, waits, person_of(request)), 303)


def _after(held: Asked, gain: str, key: str, waits: Waits, person: str) -> str:
    """The address of what waits behind an incident that had a gain; the queue's own where nothing does."""
    try:
        since: tuple[float, str] | None = (float(gain), key)
    except ValueError:
        since = None
    mine: set[str] = set()
    if waits.round:
        verdicts = ", ".join(f"'{kind.value}'" for kind in VERDICTS)
        sql = f"SELECT incident FROM decision WHERE round = ? AND person = ? AND NOT undone AND kind IN ({verdicts})"
        mine = {row[0] for row in held.connection.execute(sql, (waits.round, person))}
    found, _ = waiting(held.connection, Question.model_validate({}), since, 1 + len(mine))
    names = [name for one in found if (name := json.loads(one)["incident"]) not in mine]
    return f"/incidents/{names[0]}{waits.query}" if names else f"/review{waits.query}"
