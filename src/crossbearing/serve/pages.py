"""The screen's lists and documents: pages made on this machine.

A page is whole without scripts, but for the map; scripts join the list, the map and the time line, and save keystrokes.
"""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from crossbearing.model.decision import FIELDS, State
from crossbearing.publish.export import BOOKS
from crossbearing.resolve.page.series import shipped
from crossbearing.serve.answers import Held, desk_of, form_signed, led_to, whole_id
from crossbearing.serve.api import SEARCHED, searched
from crossbearing.serve.desk import Asked
from crossbearing.serve.drawn import CHART_HEIGHT, CHART_WIDTH, TALL, chart, strip
from crossbearing.serve.files import ending_of, has_spreadsheets
from crossbearing.serve.frame import label_of, offer_of, page
from crossbearing.serve.gate import visitor_of
from crossbearing.serve.index import GRADED
from crossbearing.serve.lit import lines_of, marks_of, stretches
from crossbearing.serve.questions import Paged, Question, chosen, listed
from crossbearing.serve.review import person_of
from crossbearing.serve.uploads import MOST_FILES
from crossbearing.serve.views import of_series, timeline, tolls, totals
from crossbearing.serve.writing import files_of

router = APIRouter(include_in_schema=False)


@router.get("/")
def incidents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """The incidents: a list, a map and a time line of the same question."""
    found = listed(held.connection, "incident", asked)
    given = asked.given()
    return page(
        request, held, "incidents.html",
        asked=asked, given=given, found=found,
        offer=desk_of(request).once(held, "offer", offer_of), records=[json.loads(one) for one in found.records],
        strip=strip(timeline(held.connection, asked)), tall=TALL, query=urlencode(given),
        further=urlencode({**given, "sort": asked.sort, "limit": asked.limit, "cursor": found.next}) if found.next else None,
        states=list(State), graded=[(one, label_of(one)) for one in GRADED],
        recalled=_recalled(held, asked), wider=urlencode({**given, "background": "true"}),
        unboxed=urlencode({name: value for name, value in given.items() if name != "box"}),
    )  # fmt: skip


def _recalled(held: Asked, asked: Question) -> int:
    """How many more there would be with those that every report only recalls."""
    if asked.background or not held.connection.execute("SELECT 1 FROM incident WHERE recalled LIMIT 1").fetchone():
        return 0
    where, values = chosen("incident", asked.model_copy(update={"background": True}))
    return int(held.connection.execute(f"SELECT count(*) FROM incident WHERE recalled AND {where}", values).fetchone()[0])


@router.get("/documents")
def documents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """What became of each capture."""
    found = listed(held.connection, "document", asked)
    given = asked.given()
    counts = dict(held.connection.execute("SELECT status, count(*) FROM document GROUP BY status").fetchall())
    ids = [json.loads(one)["id"] for one in found.records]
    sql = f"SELECT id, claims FROM document WHERE id IN ({', '.join('?' * len(ids))})"
    claims = dict(held.connection.execute(sql, ids).fetchall())
    return page(
        request, held, "documents.html", asked=asked, given=given, found=found, counts=counts, claims=claims,
        records=[json.loads(one) for one in found.records],
        further=urlencode({**given, "sort": asked.sort, "limit": asked.limit, "cursor": found.next}) if found.next else None,
    )  # fmt: skip


@router.get("/faults")
def faults(request: Request, held: Held) -> Response:
    """What failed, with what to do."""
    rows = held.connection.execute("SELECT record FROM fault ORDER BY place").fetchall()
    aside = held.connection.execute("SELECT count(*) FROM document WHERE status = 'set aside'").fetchone()[0]
    return page(request, held, "faults.html", records=[json.loads(row[0]) for row in rows], aside=aside)


@router.get("/coverage")
def coverage(request: Request, held: Held) -> Response:
    """What the reports say there should be, against what is held."""
    gaps, guesses = desk_of(request).coverage(held)
    assumed = list(dict.fromkeys(one for guess in guesses if guess["total"] is not None for one in guess["assumes"]))
    return page(request, held, "coverage.html", gaps=gaps, guesses=guesses, assumed=assumed)


@router.get("/figures")
def figures(request: Request, held: Held, asked: Annotated[Question, Query()]) -> Response:
    """Totals told over time against the reference series, and the killed of the incidents held by month."""
    told = totals(held.connection)
    charts = []
    for series in shipped():
        own = of_series(told, series)
        charts.append((series, chart(series, own), own))
    drawn = [one for one in charts if one[2]]
    months = tolls(held.connection, asked)
    return page(
        request, held, "figures.html", charts=drawn, silent=[series.name for series, _, own in charts if not own], months=months,
        most=max((high for _, _, high, _, _ in months), default=0) or 1, wide=CHART_WIDTH, high=CHART_HEIGHT,
        others=[one for _, one in told if not any(one in own for _, _, own in drawn)],
    )  # fmt: skip


@router.get("/search")
def search(request: Request, held: Held, q: Annotated[str, Query(max_length=500)] = "") -> Response:
    """Full-text search over the evidence."""
    return page(request, held, "search.html", q=q, most=SEARCHED, **searched(held, q))


@router.get("/export")
def export(request: Request, held: Held, asked: Annotated[Question, Query()]) -> Response:
    """Files of what a question keeps: as they are held, or by a code book of the field."""
    total = listed(held.connection, "incident", Paged.model_validate({**asked.given(), "limit": 1})).total
    return page(request, held, "export.html", given=asked.given(), query=urlencode(asked.given()), total=total,
                spreadsheets=has_spreadsheets(),
                books=[(name, ending_of(name), book) for name, book in BOOKS.items()])  # fmt: skip


@router.get("/uploads")
def uploads(request: Request, held: Held) -> Response:
    """Hand in reports, and watch them being read."""
    return page(request, held, "uploads.html", uploads=[one.record() for one in desk_of(request).uploads.all()])


@router.post("/uploads")
async def hand_in(request: Request) -> Response:
    """Hand in reports from a page that runs no script."""
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    form_signed(request, form.get("token"))
    files = files_of(form)
    if not files:
        raise HTTPException(422, "No file was chosen. Choose one, and send again.")
    await run_in_threadpool(desk_of(request).uploads.take, files, visitor_of(request).name)
    return RedirectResponse("/uploads", 303)


@router.get("/documents/{key}")
def document(request: Request, held: Held, key: str) -> Response:
    """One document: its text, furniture dimmed, every stretch lit that something stands on."""
    row = held.connection.execute("SELECT record, capture FROM documents WHERE id = ?", (key,)).fetchone()
    if row is None and (whole := whole_id(held.connection, "document", key)):
        return led_to(request, f"/documents/{whole}")
    if row is None:
        raise HTTPException(404, f"{key[:80]}: no document of this ledger has that id. The list of documents says what it holds.")
    outcome = desk_of(request).outcome_of(held, key)
    text = outcome.page
    marks = marks_of(outcome)
    lines, line_of = lines_of(marks)
    of = dict(held.connection.execute("SELECT id, incident FROM claim WHERE document = ?", (key,)).fetchall())
    return page(
        request, held, "document.html", person=person_of(request), fields=FIELDS, homes=_homes(held, key),
        record=json.loads(row[0]), capture=row[1], outcome=outcome, marks=marks, incident_of=of,
        stretches=list(stretches(text.text, marks, text)) if text else [], metadata=text.metadata if text else None,
        claims=[(claim, [(n, line) for n, line in enumerate(lines) if line.claim == claim.id]) for claim in outcome.claims],
        loose=[(n, line) for n, line in enumerate(lines) if line.claim is None and line.kind != "dating"], line_of=line_of,
    )  # fmt: skip


def _homes(held: Asked, document: str) -> list[dict[str, Any]]:
    """The incidents that a document tells of, as records, in its own order."""
    sql = (
        "SELECT record FROM incidents JOIN (SELECT incident, min(place) AS first FROM claim WHERE document = ? AND incident "
        "IS NOT NULL GROUP BY incident) AS told ON told.incident = incidents.id ORDER BY told.first"
    )
    return [json.loads(row[0]) for row in held.connection.execute(sql, (document,))]
