"""The screen: pages made on this machine, of templates that escape whatever they show.

A page is whole without scripts, but for the map; scripts join the list, the map and the time line, and save keystrokes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from crossbearing import resources
from crossbearing.cli import shown
from crossbearing.model.incident import Incident
from crossbearing.resolve.series import shipped
from crossbearing.serve.api import Held, desk_of, files_of, searched, summary_of
from crossbearing.serve.beside import beside
from crossbearing.serve.desk import Asked
from crossbearing.serve.drawn import CHART_HEIGHT, CHART_WIDTH, NODE_WIDTH, TALL, chart, lineage_graph, strip
from crossbearing.serve.guard import is_ours
from crossbearing.serve.index import drawn_incident
from crossbearing.serve.lit import Mark, lines_of, marks_of, stretches
from crossbearing.serve.questions import Paged, Question, listed
from crossbearing.serve.uploads import MOST_FILES
from crossbearing.serve.views import of_series, timeline, tolls, totals

TEMPLATES = Path(__file__).parent / "templates"
NAMES = 300
"""The most names that a field offers."""

MOST_NAMES = 2
"""Of a cell of a list; the incident's page has them all."""

THEME = "crossbearing-theme"

router = APIRouter(include_in_schema=False)

TABS = (
    ("/", "Incidents"),
    ("/documents", "Documents"),
    ("/figures", "Figures"),
    ("/coverage", "Coverage"),
    ("/faults", "Faults"),
    ("/uploads", "Add reports"),
)


# ---------------------------------------------------------------- how a value reads

_TURNING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(value: object) -> object:
    """What a template shows: control characters and marks that turn the text around are shown as what they are."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _TURNING.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", value)
    return "" if value is None else value


def figure(value: dict[str, Any] | None) -> str:
    """A record's figure: `12`, `9-12`, `12+`."""
    return shown.figure(value["low"], value["high"]) if value else ""


def days(when: dict[str, Any] | None) -> str:
    """A record's days."""
    return shown.interval(when["earliest"], when["latest"]) if when else "no day"


def place(where: dict[str, Any] | None) -> str:
    """A record's place with its country, where it is not one."""
    if where is None:
        return "no place"
    return where["name"] + (f", {where['country']}" if where["country"] and where["precision"] != "country" else "")


def some(names: Sequence[str]) -> str:
    """Names as far as a list has room for them."""
    shown_names = "; ".join(names[:MOST_NAMES]) or "–"
    return shown_names + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")


def lit_words(text: str) -> list[tuple[str, bool]]:
    """What a search found, cut at its marks: each run, and whether it was looked for."""
    found = []
    for n, run in enumerate(re.split("[⟦⟧]", text)):
        if run:
            found.append((run, n % 2 == 1))
    return found


def kinds(of: Sequence[int], marks: Sequence[Mark]) -> list[str]:
    """The kinds of some marks, each once; the claim's own only where nothing finer stands there."""
    found = list(dict.fromkeys(marks[n].kind for n in of))
    return [one for one in found if one != "claim"] or found


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates. Everything that they show is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=visible, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"figure": figure, "days": days, "place": place, "base": lambda path: PurePath(path or "").name, "lit": lit_words, "kinds": kinds, "some": some, "line": lambda n, of: of[n]}
    made.globals |= {"counted": shown.counted, "tabs": TABS, "interval": shown.interval}
    return made


def page(request: Request, held: Asked | None, name: str, code: int = 200, **values: Any) -> HTMLResponse:
    """A template as a page, with what every page shows."""
    desk = desk_of(request)
    theme = request.cookies.get(THEME, "")
    text = environment().get_template(name).render(
        here=request.url.path,
        theme=theme if theme in ("light", "dark") else "auto",
        token=desk.token,
        ledger=desk.ledger.name,
        summary=summary_of(held) if held else None,
        **values,
    )
    return HTMLResponse(text.encode("utf-8", "replace"), code, {"cache-control": "private, no-cache"})


def sorry(request: Request, status: int, sentence: str) -> Response:
    """A page that says what went wrong."""
    return page(request, None, "sorry.html", status, status=status, sentence=sentence)


# ---------------------------------------------------------------- the lists


@dataclass(frozen=True, slots=True)
class Offer:
    """What a field of the filters offers."""

    kinds: Sequence[str]
    countries: Sequence[tuple[str, str]]
    parties: Sequence[str]
    sources: Sequence[str]


def _offer(held: Asked) -> Offer:
    ask = held.connection.execute
    names = {row["iso2"]: row["name"] for row in resources.rows("countries.csv")}
    codes = [row[0] for row in ask("SELECT DISTINCT country FROM incident WHERE country IS NOT NULL")]
    kinds = sorted({part for row in ask("SELECT DISTINCT kind FROM incident") for part in row[0].split(" / ")})
    parties, sources = (
        [row[0] for row in ask("SELECT name FROM named WHERE what = ? GROUP BY name ORDER BY count(*) DESC LIMIT ?", (what, NAMES))]
        for what in ("party", "source")
    )
    return Offer(kinds, sorted(((code, names.get(code, code)) for code in codes), key=lambda one: one[1]), parties, sources)


@router.get("/")
def incidents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """The incidents: a list, a map and a time line of the same question."""
    found = listed(held.connection, "incident", asked)
    given = asked.given()
    return page(
        request, held, "incidents.html",
        asked=asked, given=given, found=found, offer=_offer(held), records=[json.loads(one) for one in found.records],
        strip=strip(timeline(held.connection, asked)), tall=TALL, query=urlencode(given),
        further=urlencode({**given, "sort": asked.sort, "limit": asked.limit, "cursor": found.next}) if found.next else None,
        recalled=_recalled(held, asked), wider=urlencode({**given, "background": "true"}),
        unboxed=urlencode({name: value for name, value in given.items() if name != "box"}),
    )  # fmt: skip


def _recalled(held: Asked, asked: Question) -> int:
    """How many more there would be with those that every report only recalls."""
    if asked.background:
        return 0
    every = Paged.model_validate({**asked.model_dump(include=set(Question.model_fields)), "background": True, "limit": 1})
    only = Paged.model_validate({**every.model_dump(), "background": False})
    return listed(held.connection, "incident", every).total - listed(held.connection, "incident", only).total


@router.get("/documents")
def documents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """What became of each capture."""
    found = listed(held.connection, "document", asked)
    given = asked.given()
    counts = dict(held.connection.execute("SELECT status, count(*) FROM document GROUP BY status").fetchall())
    claims = {row["id"]: row["claims"] for row in held.connection.execute("SELECT id, claims FROM document")} if found.total < 5000 else {}
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
    return page(request, held, "search.html", q=q, **searched(held, q))


@router.get("/uploads")
def uploads(request: Request, held: Held) -> Response:
    """Hand in reports, and watch them being read."""
    return page(request, held, "uploads.html", uploads=[one.record() for one in desk_of(request).uploads.all()])


@router.post("/uploads")
async def hand_in(request: Request) -> Response:
    """Hand in reports from a page that runs no script."""
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    token = form.get("token")
    if not is_ours(token if isinstance(token, str) else None, desk_of(request).token):
        raise HTTPException(403, "This form is of another desk, or of this one before it was opened anew. Load the page again.")
    files = files_of(form)
    if not files:
        raise HTTPException(422, "No file was chosen. Choose one, and send again.")
    await run_in_threadpool(desk_of(request).uploads.take, files)
    return RedirectResponse("/uploads", 303)


# ---------------------------------------------------------------- one incident, one document


def _incident(held: Asked, key: str) -> Incident:
    """The incident of an id, as it was drawn."""
    found = drawn_incident(held.connection, key)
    if found is None:
        row = held.connection.execute("SELECT incident FROM claim WHERE id = ? AND incident IS NOT NULL", (key,)).fetchone()
        found = drawn_incident(held.connection, row[0]) if row else None
    if found is None:
        raise HTTPException(404, f"{key[:80]}: no incident of this ledger has that id. It may have been redrawn: look it up in the list.")
    return found


@router.get("/incidents/{key}")
def incident(request: Request, held: Held, key: str) -> Response:
    """One incident: its claims side by side, who goes back to whom, what cannot both hold."""
    found = _incident(held, key)
    sides = beside(found, desk_of(request).outcomes_of(held, found.claims))
    record = json.loads(held.connection.execute("SELECT record FROM incident WHERE id = ?", (found.id,)).fetchone()[0])
    around = held.connection.execute(
        "SELECT (SELECT id FROM incident b WHERE (b.day, b.id) < (a.day, a.id) AND NOT recalled ORDER BY day DESC, id DESC LIMIT 1), "
        "(SELECT id FROM incident b WHERE (b.day, b.id) > (a.day, a.id) AND NOT recalled ORDER BY day, id LIMIT 1) "
        "FROM incident a WHERE id = ?",
        (found.id,),
    ).fetchone()
    return page(
        request, held, "incident.html", incident=found, record=record, sides=sides, graph=lineage_graph(sides),
        node_width=NODE_WIDTH, before=around[0], after=around[1],
    )  # fmt: skip


@router.get("/documents/{key}")
def document(request: Request, held: Held, key: str) -> Response:
    """One document: its text, furniture dimmed, every stretch lit that something stands on."""
    row = held.connection.execute("SELECT record, capture FROM document WHERE id = ?", (key,)).fetchone()
    if row is None:
        raise HTTPException(404, f"{key[:80]}: no document of this ledger has that id. The list of documents says what it holds.")
    outcome = desk_of(request).outcome_of(held, key)
    text = outcome.page
    marks = marks_of(outcome)
    lines, line_of = lines_of(marks)
    of = dict(held.connection.execute("SELECT id, incident FROM claim WHERE document = ?", (key,)).fetchall())
    return page(
        request, held, "document.html", record=json.loads(row[0]), capture=row[1], outcome=outcome, marks=marks, incident_of=of,
        stretches=list(stretches(text.text, marks, text)) if text else [], metadata=text.metadata if text else None,
        claims=[(claim, [(n, line) for n, line in enumerate(lines) if line.claim == claim.id]) for claim in outcome.claims],
        loose=[(n, line) for n, line in enumerate(lines) if line.claim is None and line.kind != "dating"], line_of=line_of,
    )  # fmt: skip

