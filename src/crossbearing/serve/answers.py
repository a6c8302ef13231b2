"""How the API answers: with which ledger, as of which instant, under which tag, and how its description says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator, BeforeValidator

from crossbearing import __version__
from crossbearing.publish.records import CLAIM, DOCUMENT, FAULT, INCIDENT, Record, schema
from crossbearing.serve.desk import Asked, Desk
from crossbearing.serve.gate import visitor_of
from crossbearing.serve.guard import TOKEN_HEADER, is_ours

ROOT = "/api/v1"


def desk_of(request: Request) -> Desk:
    """The desk that serves the request."""
    desk: Desk = request.app.state.desk
    return desk


def _instant(written: object) -> object:
    """An instant as an address has it; a day means its end, in UTC."""
    if not isinstance(written, str) or not written.strip():
        return None
    written = written.strip().replace(" ", "+")
    try:
        if len(written) == len("2024-01-18"):
            return datetime.combine(date.fromisoformat(written), time.max, UTC)
        return datetime.fromisoformat(written)
    except ValueError as error:
        raise ValueError("write it as 2024-01-18 or 2024-01-18T09:30:00Z") from error


def _zoned(instant: datetime | None) -> datetime | None:
    if instant is None or instant.tzinfo:
        return instant if instant is None else _sane(instant)
    return _sane(instant.replace(tzinfo=UTC))


def _sane(instant: datetime) -> datetime:
    """The instant, where it can be told in UTC."""
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("that is before or after all years") from error


AsOf = Annotated[
    datetime | None,
    BeforeValidator(_instant),
    AfterValidator(_zoned),
    Query(
        description="What was held at this instant (ISO 8601; a day means its end, in UTC).", examples=["2024-11-09T12:00:00Z"]
    ),
]


def asked_of(request: Request, as_of: AsOf = None) -> Iterator[Asked]:
    """A connection to what is held, or was at an instant."""
    with desk_of(request).asking(as_of) as asked:
        yield asked


Held = Annotated[Asked, Depends(asked_of)]


# ---------------------------------------------------------------- answers


def answer(request: Request, held: Asked, text: str) -> Response:
    """JSON with the state's tag, or nothing but the tag where the asker has it already."""
    tag = f'"{held.state.tag}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "x-crossbearing-instant": held.state.instant}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/json", headers=headers)


def dumped(value: object) -> str:
    """JSON, characters as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def record_of(held: Asked, table: str, key: str) -> str:
    """The record of an id. Raises 404 with a sentence."""
    row = held.connection.execute(f"SELECT record FROM {table}s WHERE id = ?", (plain(key),)).fetchone()
    if row is None and table == "incident" and (home := heir_of(held.connection, key)):
        raise HTTPException(404, f"{key[:80]}: that incident is one with {home} now. {ROOT}/incidents/{home} has it.")
    if row is None:
        raise HTTPException(404, f"{key[:80]}: no {table} of this ledger has that id. {ROOT}/{table}s lists them.")
    return str(row[0])


def heir_of(connection: sqlite3.Connection, key: str) -> str | None:
    """The incident that now holds the claim whose id this is, or which an incident's id was made of (`incident_id`)."""
    asked = "SELECT incident FROM claim WHERE (id = :key OR 'i' || substr(id, 2, 12) = :key) AND incident IS NOT NULL"
    row = connection.execute(asked, {"key": plain(key)}).fetchone()
    return str(row[0]) if row else None


BEGUN = 4
"""So many characters of an id the least: as on the command line, the first ones will do where one id alone begins so."""


def whole_id(connection: sqlite3.Connection, table: str, begun: str) -> str | None:
    """The one longer id of a table that begins so; None where there is none, or several."""
    if len(begun) < BEGUN:
        return None
    # A stretch of the key's own index: nothing else is read.
    asked = f"SELECT id FROM {table}s WHERE id > :begun AND id < :begun || char(1114111) LIMIT 2"
    rows = connection.execute(asked, {"begun": plain(begun)}).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else None


def led_to(request: Request, path: str) -> RedirectResponse:
    """To another path of this desk, asked the same."""
    return RedirectResponse(f"{path}?{request.url.query}" if request.url.query else path)


def plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def shape_of(name: str) -> dict[str, Any]:
    """A record's schema as an OpenAPI document holds it."""
    return {key: value for key, value in schema(name).items() if not key.startswith("$")}


_SENTENCE = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


def sentence(example: str) -> dict[str, Any]:
    return {
        "description": "A sentence that says why.",
        "content": {"application/json": {"schema": _SENTENCE, "example": {"error": example}}},
    }


def responses_of(shape: dict[str, Any], example: Any = None) -> dict[int | str, dict[str, Any]]:
    content: dict[str, Any] = {"schema": shape}
    if example is not None:
        content["example"] = example
    return {
        200: {"description": "What is held.", "content": {"application/json": content}},
        304: {"description": "It is as it was: the tag given in If-None-Match still holds."},
        404: sentence("i0: no incident of this ledger has that id. /api/v1/incidents lists them."),
        422: sentence("since: write it as 2024-01-18."),
    }


def items_of(name: str) -> dict[str, Any]:
    """The shape of an answer that holds records of a kind."""
    return {"type": "object", "properties": {"items": {"type": "array", "items": shape_of(name)}}}


def page_of(name: str, example: Record) -> dict[int | str, dict[str, Any]]:
    shape = {
        "type": "object",
        "required": ["items", "total", "next", "left_out"],
        "properties": {
            "items": {"type": "array", "items": shape_of(name)},
            "total": {"type": "integer", "description": "How many there are on all pages."},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page; null on the last."},
            "left_out": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "How many do not say."},
        },
    }
    return responses_of(shape, {"items": [example], "total": 2, "next": "WyIyMDI0LTExLTA4IiwgImkwIl0", "left_out": {}})


EXAMPLES: dict[str, Record] = {
    INCIDENT: {
        "schema": INCIDENT, "id": "i04544cd1f2aa", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "status": "happened",
        "when": {"earliest": "2024-11-08", "latest": "2024-11-08", "ucdp": 1, "acled": 1, "stated": "Friday morning"},
        "where": {
            "name": "El Fasher", "admin1": "North Darfur", "country": "SD", "latitude": 13.6279, "longitude": 25.3494,
            "radius_km": 8.0, "precision": "town", "ucdp": 1, "acled": 1, "airwars": "town", "stated": "El Fasher",
        },
        "perpetrators": ["Rapid Support Forces"], "targets": [], "weapons": ["shells"],
        "killed": {"low": 12, "high": 15, "most": 15, "stated": "between 12 and 15"},
        "injured": {"low": 30, "high": 30, "most": 30, "stated": "30"}, "reports": ["darfur-line.html"],
        "lineages": [{"root": "Darfur Line", "claims": ["c1d2"], "because": "It cites no one else."}], "claims": ["c1d2"],
        "contradictions": [],
        "grades": [{"field": "killed", "grade": "single source"}],
        "review": {
            "state": "completed", "verdict": "accept", "verified": True, "set": [], "contested": [], "rejected_claims": [],
            "new_claims": [], "decisions": ["j8ad6b87"],
        },
    },
    DOCUMENT: {
        "schema": DOCUMENT, "id": "d65047ea3fb2dbdce", "file": "pages/darfur-line.html", "source": "Darfur Line",
        "title": "Shells fall on El Fasher market", "status": "set aside", "reason": "no article: only menus were saved",
        "published": {"earliest": "2024-11-08", "latest": "2024-11-08", "chance": 1.0, "because": ["the page shows it"]},
        "furniture": [[0, 24, "menu"]],
    },
    FAULT: {
        "schema": FAULT, "file": "pages/broken.pdf", "report": "broken", "capture": "9f86d0818884", "stage": "ingest",
        "error": "UnreadableCapture",
        "sentence": "pages/broken.pdf: it is no PDF that can be read. Save it again.",
    },
}  # fmt: skip
EXAMPLES[CLAIM] = {
    "schema": CLAIM, "id": "c1d2", "report": "darfur-line.html", "document": "d65047ea3fb2dbdce",
    "file": "pages/darfur-line.html",
    "incident": "i04544cd1f2aa", "role": "main",
    **{name: EXAMPLES[INCIDENT][name] for name in ("status", "event_type", "sub_event_type", "when", "where")},
    "perpetrators": ["Rapid Support Forces"], "targets": [],
    "claimed_by": [], "weapons": ["shells"], "chain": ["Darfur Line"],
    "killed": {"low": 12, "high": 15, "stated": "between 12 and 15"}, "injured": {"low": 30, "high": 30, "stated": "30"},
    "counts": [], "stance": "asserts", "quote": "Shells killed at least 12 people in El Fasher on Friday morning.",
    "start": 120, "end": 184,
}  # fmt: skip


def summary_of(held: Asked) -> dict[str, Any]:
    """How much the index holds."""
    ask = held.connection.execute
    status = dict(ask("SELECT status, count(*) FROM document GROUP BY status").fetchall())
    counts = {table: ask(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("incident", "claim", "fault")}
    recalled = ask("SELECT count(*) FROM incident WHERE recalled").fetchone()[0]
    return {
        "version": __version__,
        "instant": held.state.instant,
        "key": held.state.key,
        "read": status.get("read", 0),
        "set_aside": status.get("set aside", 0),
        "faults": counts["fault"],
        "claims": counts["claim"],
        "incidents": counts["incident"],
        "only_recalled": recalled,
    }


def signed(request: Request) -> None:
    """Raises 403 where the request does not bring the token along in its header. A program's own token will do for it."""
    visitor = visitor_of(request)
    if not visitor.programmed and not is_ours(request.headers.get(TOKEN_HEADER), visitor.token):
        raise HTTPException(
            403, f"This changes something, and needs the token of the desk in the header {TOKEN_HEADER}: {ROOT}/token."
        )


STALE = "This form is of another desk or session, or of this one before it was opened anew. Load the page again."


def form_signed(request: Request, given: object) -> None:
    """Raises 403 where a form does not bring the token of its page along."""
    if not is_ours(given if isinstance(given, str) else None, visitor_of(request).token):
        raise HTTPException(403, STALE)
