"""The screen: pages made on this machine, of templates that escape whatever they show.

A page is whole without scripts, but for the map; scripts join the list, the map and the time line, and save keystrokes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from crossbearing import resources
from crossbearing.cli import shown
from crossbearing.config import load
from crossbearing.errors import CrossbearingError
from crossbearing.link.judged import VERDICTS
from crossbearing.model.decision import FIELDS, Decision, DecisionKind, State
from crossbearing.model.incident import Incident
from crossbearing.publish.export import BOOKS
from crossbearing.resolve.series import shipped
from crossbearing.serve.api import Held, desk_of, files_of, searched, summary_of
from crossbearing.serve.beside import beside, evidence_of
from crossbearing.serve.deciding import Wish, decide, home_of
from crossbearing.serve.desk import Asked
from crossbearing.serve.drawn import CHART_HEIGHT, CHART_WIDTH, NODE_WIDTH, TALL, chart, lineage_graph, strip
from crossbearing.serve.guard import is_ours
from crossbearing.serve.index import around_place, drawn_incident
from crossbearing.serve.lit import Mark, lines_of, marks_of, stretches
from crossbearing.serve.questions import Paged, Question, listed, waiting
from crossbearing.serve.uploads import MOST_FILES
from crossbearing.serve.views import of_series, timeline, tolls, totals

TEMPLATES = Path(__file__).parent / "templates"
MOST_FIELDS = 1000
"""Of a form: a split names claims one by one."""

QUEUE_SHOWN = 100

NAMES = 300
"""The most names that a field offers."""

MOST_NAMES = 2
"""Of a cell of a list; the incident's page has them all."""

THEME, PERSON = "crossbearing-theme", "crossbearing-person"

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

TABS = (
    ("/", "Incidents"),
    ("/review", "Review"),
    ("/documents", "Documents"),
    ("/figures", "Figures"),
    ("/coverage", "Coverage"),
    ("/faults", "Faults"),
    ("/uploads", "Add reports"),
    ("/export", "Export"),
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
        past=bool(held and held.is_past),
        behind=bool(held and not held.is_past and desk.index.behind()),
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
        states=list(State), recalled=_recalled(held, asked), wider=urlencode({**given, "background": "true"}),
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


@router.get("/export")
def export(request: Request, held: Held, asked: Annotated[Question, Query()]) -> Response:
    """Files of what a question keeps: as they are held, or by a code book of the field."""
    total = listed(held.connection, "incident", Paged.model_validate({**asked.given(), "limit": 1})).total
    return page(request, held, "export.html", given=asked.given(), query=urlencode(asked.given()), total=total, books=BOOKS)


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
        row = held.connection.execute("SELECT incident FROM claim WHERE id = ? AND incident IS NOT NULL", (key,)).fetchone()
        found = drawn_incident(held.connection, row[0]) if row else None
    if found is None:
        raise HTTPException(404, f"{key[:80]}: no incident of this ledger has that id. It may have been redrawn: look it up in the list.")
    return found


_TRIED = {"kind": "", "field": "where", "value": "", "spans": "", "note": "", "because": ""}
"""A form that nobody has filled in."""


@router.get("/incidents/{key}")
def incident(request: Request, held: Held, key: str, waits: Annotated[Waits, Query()]) -> Response:
    """One incident: its claims side by side, who goes back to whom, what cannot both hold, and what people decided."""
    return _incident_page(request, held, key, waits)


def _incident_page(
    request: Request, held: Asked, key: str, waits: Waits, wrong: str = "", tried: dict[str, str] | None = None
) -> Response:
    """The page of an incident; `wrong` says why a decision, `tried`, was not recorded."""
    found = _incident(held, key)
    desk = desk_of(request)
    sides = beside(found, desk.outcomes_of(held, found.claims))
    record = json.loads(held.connection.execute("SELECT record FROM incident WHERE id = ?", (found.id,)).fetchone()[0])
    around = held.connection.execute(
        "SELECT (SELECT id FROM incident b WHERE (b.day, b.id) < (a.day, a.id) AND NOT recalled ORDER BY day DESC, id DESC LIMIT 1), "
        "(SELECT id FROM incident b WHERE (b.day, b.id) > (a.day, a.id) AND NOT recalled ORDER BY day, id LIMIT 1), a.gain, a.queued "
        "FROM incident a WHERE id = ?",
        (found.id,),
    ).fetchone()
    person = _person(request)
    history = _history(request, held, found, person)
    return page(
        request, held, "incident.html", 422 if wrong else 200, incident=found, record=record, sides=sides, graph=lineage_graph(sides),
        node_width=NODE_WIDTH, before=around[0], after=around[1], gain=around[2],
        why=json.loads(around[3])["why"] if around[3] else [], waits=waits, wrong=wrong, tried={**_TRIED, **(tried or {})}, person=person,
        near=_near(held, found), reasons=REASONS, states=list(State), fields=FIELDS, evidence=evidence_of(sides),
        history=history, mine=next((one["id"] for one in reversed(history) if one["undoable"]), None),
    )  # fmt: skip


def _person(request: Request) -> str:
    """Under which name the person decides: as they said last, or as the settings say."""
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
        "SELECT record FROM incident WHERE id != ? AND coalesce(latest, earliest) >= ? AND coalesce(earliest, latest) <= ? AND "
        "(? IS NULL OR south IS NULL OR country = ? OR (north >= ? AND south <= ? AND east >= ? AND west <= ?)) "
        "ORDER BY recalled, abs(coalesce(latitude, 0) - ?) + abs(coalesce(longitude, 0) - ?), day, id LIMIT ?"
    )
    room = [None if one is None else one + by * NEAR_DEGREES for one, by in ((south, -1), (north, 1), (west, -1), (east, 1))]
    days = (str(first - timedelta(days=NEAR_DAYS)), str(last + timedelta(days=NEAR_DAYS)))
    country, point = (where.country, (where.latitude or 0, where.longitude or 0)) if where else (None, (0, 0))
    rows = held.connection.execute(sql, (found.id, *days, room[0], country, room[1], room[0], room[3], room[2], *point, NEAR_MOST))
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
        undoable = not row["undone"] and made["kind"] != "open"
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
    if not is_ours(given.pop("token", None), desk.token):
        raise HTTPException(403, "This form is of another desk, or of this one before it was opened anew. Load the page again.")
    given["because"] = given.pop("reason", "") or given.get("because", "")
    queued, mode = given.pop("gain", ""), given.pop("queue", "")
    out = [value for name, value in form.multi_items() if name == "out" and isinstance(value, str)]
    waits = Waits(queue=bool(mode), round=given.get("round") or None)
    with desk.asking() as held:
        try:
            wish = Wish.model_validate({**{name: value for name, value in given.items() if value}, "out": out, "because": given["because"]})
            made = decide(desk, held, wish)
        except (CrossbearingError, ValidationError) as error:
            told = _why_not(error)
            if held.connection.execute("SELECT 1 FROM incident WHERE id = ?", (key,)).fetchone() is None:
                raise HTTPException(422, told) from error
            return _incident_page(request, held, key, waits, told, given)
    with desk.asking() as held:
        onward = mode and made.kind in VERDICTS and not made.other
        target = _after(held, queued, key, waits, made.person) if onward else f"/incidents/{_home(held, made, key)}{waits.query}"
    answer = RedirectResponse(target, 303)
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
        offer=_offer(held), waits=waits, person=_person(request), states=list(State),
    )  # fmt: skip


@router.get("/review/next")
def onward(request: Request, held: Held, waits: Annotated[Waits, Query()], gain: str = "", after: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The incident that waits next."""
    return RedirectResponse(_after(held, gain, after, waits, _person(request)), 303)


def _after(held: Asked, gain: str, key: str, waits: Waits, person: str) -> str:
    """The address of what waits behind an incident that had a gain; the queue's own where nothing does."""
    try:
        since: tuple[float, str] | None = (float(gain), key)
    except ValueError:
        since = None
    mine: set[str] = set()
    if waits.round:
        sql = "SELECT incident FROM decision WHERE round = ? AND person = ? AND NOT undone AND kind IN ('accept', 'reject', 'unsure')"
        mine = {row[0] for row in held.connection.execute(sql, (waits.round, person))}
    found, _ = waiting(held.connection, Question.model_validate({}), since, 1 + len(mine))
    names = [name for one in found if (name := json.loads(one)["incident"]) not in mine]
    return f"/incidents/{names[0]}{waits.query}" if names else f"/review{waits.query}"


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

