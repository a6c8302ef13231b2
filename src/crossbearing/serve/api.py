"""The API: what the ledger holds, as JSON, under `/api/v1`. The records are those that the commands write.

Every list takes the same filters (`questions.py`), and answers a page of `items` with the `total`, the cursor of the
`next` page, and how many were `left_out` because they do not say what was asked about. `as_of` asks what was held at an
instant. Every answer bears an ETag: the same state of the ledger, the same tag.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Annotated, Any, BinaryIO, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi import Path as Param
from fastapi.responses import Response, StreamingResponse
from pydantic import AfterValidator, BeforeValidator
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from crossbearing import __version__
from crossbearing.publish import geojson, tabular
from crossbearing.publish.coarser import Caution
from crossbearing.publish.export import BOOKS, REASONS
from crossbearing.publish.records import CHANGE, CLAIM, DECISION, DOCUMENT, ESTIMATE, FAULT, GAP, INCIDENT, QUEUED, Record, schema
from crossbearing.publish.reviews import decision_record, recorded_record
from crossbearing.serve.deciding import Wish, decide, home_of
from crossbearing.serve.desk import Asked, Desk
from crossbearing.serve.guard import TOKEN_HEADER, is_ours
from crossbearing.serve.questions import Paged, Question, Table, chosen, every, listed, match, waiting
from crossbearing.serve.uploads import MOST_FILES
from crossbearing.serve.views import map_of, timeline

ROOT = "/api/v1"
MEDIA = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}
SNIPPET_WORDS = 24
SEARCHED = 20
"""How many of each kind a search shows."""

router = APIRouter(prefix=ROOT, tags=["ledger"])


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
    Query(description="What was held at this instant (ISO 8601; a day means its end, in UTC).", examples=["2024-11-09T12:00:00Z"]),
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


def _list(request: Request, held: Asked, table: Table, asked: Paged) -> Response:
    page = listed(held.connection, table, asked)
    rest = dumped({"total": page.total, "next": page.next, "left_out": page.silent})[1:]
    return answer(request, held, f'{{"items":[{",".join(page.records)}],{rest}')


def record_of(held: Asked, table: str, key: str) -> str:
    """The record of an id. Raises 404 with a sentence."""
    row = held.connection.execute(f"SELECT record FROM {table} WHERE id = ?", (_plain(key),)).fetchone()
    if row is None:
        raise HTTPException(404, f"{key[:80]}: no {table} of this ledger has that id. {ROOT}/{table}s lists them.")
    return str(row[0])


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _shape(name: str) -> dict[str, Any]:
    """A record's schema as an OpenAPI document holds it."""
    return {key: value for key, value in schema(name).items() if not key.startswith("$")}


_SENTENCE = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


def _says(example: str) -> dict[str, Any]:
    return {"description": "A sentence that says why.", "content": {"application/json": {"schema": _SENTENCE, "example": {"error": example}}}}


def _responses(shape: dict[str, Any], example: Any = None) -> dict[int | str, dict[str, Any]]:
    content: dict[str, Any] = {"schema": shape}
    if example is not None:
        content["example"] = example
    return {
        200: {"description": "What is held.", "content": {"application/json": content}},
        304: {"description": "It is as it was: the tag given in If-None-Match still holds."},
        404: _says("i0: no incident of this ledger has that id. /api/v1/incidents lists them."),
        422: _says("since: write it as 2024-01-18."),
    }


def _page_of(name: str, example: Record) -> dict[int | str, dict[str, Any]]:
    shape = {
        "type": "object",
        "required": ["items", "total", "next", "left_out"],
        "properties": {
            "items": {"type": "array", "items": _shape(name)},
            "total": {"type": "integer", "description": "How many there are on all pages."},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page; null on the last."},
            "left_out": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "How many do not say."},
        },
    }
    return _responses(shape, {"items": [example], "total": 1, "next": None, "left_out": {}})


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
        "killed": {"low": 12, "high": None, "stated": "at least 12"}, "injured": None, "reports": ["darfur-line.html"],
        "lineages": [{"root": "Darfur Line", "claims": ["c1d2"], "because": "It cites no one else."}], "claims": ["c1d2"],
        "contradictions": [],
    },
    DOCUMENT: {
        "schema": DOCUMENT, "id": "d65047ea3fb2dbdce", "file": "pages/darfur-line.html", "source": "Darfur Line",
        "title": "Shells fall on El Fasher market", "status": "read", "reason": None,
        "published": {"earliest": "2024-11-08", "latest": "2024-11-08", "chance": 1.0, "because": ["the page shows it as its date"]},
        "furniture": [[0, 24, "menu"]],
    },
    FAULT: {
        "schema": FAULT, "file": "pages/broken.pdf", "report": None, "capture": None, "stage": "ingest", "error": "UnreadableCapture",
        "sentence": "pages/broken.pdf: it is no PDF that can be read. Save it again.",
    },
}  # fmt: skip
EXAMPLES[CLAIM] = {
    "schema": CLAIM, "id": "c1d2", "report": "darfur-line.html", "document": "d65047ea3fb2dbdce", "file": "pages/darfur-line.html",
    "incident": "i04544cd1f2aa", "role": "main",
    **{name: EXAMPLES[INCIDENT][name] for name in ("status", "event_type", "sub_event_type", "when", "where", "perpetrators", "targets")},
    "claimed_by": [], "weapons": ["shells"], "chain": ["Darfur Line"], "killed": EXAMPLES[INCIDENT]["killed"], "injured": None,
    "counts": [], "stance": "asserts", "quote": "Shells killed at least 12 people in El Fasher on Friday morning.", "start": 120, "end": 184,
}  # fmt: skip


# ---------------------------------------------------------------- lists and records


@router.get("/ledger", responses=_responses({"type": "object"}))
def ledger(request: Request, held: Held) -> Response:
    """How much is held, and as of which instant."""
    return answer(request, held, dumped(summary_of(held)))


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


@router.get("/incidents", responses=_page_of(INCIDENT, EXAMPLES[INCIDENT]))
def incidents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """The incidents, those that every report only recalls left out unless `background` asks for them."""
    return _list(request, held, "incident", asked)


@router.get("/claims", responses=_page_of(CLAIM, EXAMPLES[CLAIM]))
def claims(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """The claims: what one document, in one voice, states of one happening."""
    return _list(request, held, "claim", asked)


@router.get("/documents", responses=_page_of(DOCUMENT, EXAMPLES[DOCUMENT]))
def documents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """What became of each capture: read, set aside with the reason, or at fault. `q` searches their whole text."""
    return _list(request, held, "document", asked)


@router.get("/faults", responses=_responses({"type": "object", "properties": {"items": {"type": "array", "items": _shape(FAULT)}}},
                                            {"items": [EXAMPLES[FAULT]], "total": 1}))  # fmt: skip
def faults(request: Request, held: Held) -> Response:
    """What failed and was not mended since."""
    rows = [row[0] for row in held.connection.execute("SELECT record FROM fault ORDER BY place")]
    return answer(request, held, f'{{"items":[{",".join(rows)}],"total":{len(rows)}}}')


@router.get("/incidents/{incident}", responses=_responses(_shape(INCIDENT), EXAMPLES[INCIDENT]))
def incident(request: Request, held: Held, incident: str) -> Response:
    """One incident."""
    return answer(request, held, record_of(held, "incident", incident))


@router.get("/incidents/{incident}/claims", responses=_responses({"type": "object"}))
def claims_of(request: Request, held: Held, incident: str) -> Response:
    """The claims of one incident, in the order of recording."""
    record_of(held, "incident", incident)
    rows = held.connection.execute("SELECT record FROM claim WHERE incident = ? ORDER BY place", (incident,)).fetchall()
    return answer(request, held, f'{{"items":[{",".join(row[0] for row in rows)}],"total":{len(rows)}}}')


@router.get("/claims/{claim}", responses=_responses(_shape(CLAIM), EXAMPLES[CLAIM]))
def claim(request: Request, held: Held, claim: str) -> Response:
    """One claim."""
    return answer(request, held, record_of(held, "claim", claim))


@router.get("/documents/{document}", responses=_responses(_shape(DOCUMENT), EXAMPLES[DOCUMENT]))
def document(request: Request, held: Held, document: str) -> Response:
    """What became of one capture."""
    return answer(request, held, record_of(held, "document", document))


@router.get("/documents/{document}/spans", responses=_responses({"type": "object"}))
def spans(request: Request, held: Held, document: str) -> Response:
    """A document's text, and every stretch of it that something stands on: `start`, `end`, `kind`, `says`, and of which claim."""
    from crossbearing.serve.lit import marks_of

    record_of(held, "document", document)
    outcome = desk_of(request).outcome_of(held, document)
    page = outcome.page
    text = page.text if page else ""
    marks = [
        {"start": one.span.start, "end": one.span.end, "kind": one.kind, "says": one.says, "claim": one.claim}
        for one in marks_of(outcome)
    ]
    return answer(request, held, dumped({"document": document, "text": text.encode("utf-8", "replace").decode(), "spans": marks}))


# ---------------------------------------------------------------- from afar


@router.get("/map", responses=_responses({"type": "object"}))
def map_view(request: Request, held: Held, asked: Annotated[Question, Query()]) -> Response:
    """The incidents on the map: each as the area in which it lies, or counted by cells where they are too many to draw."""
    return answer(request, held, dumped(map_of(held.connection, asked)))


@router.get("/timeline", responses=_responses({"type": "object"}))
def timeline_view(request: Request, held: Held, asked: Annotated[Question, Query()]) -> Response:
    """How many incidents there are along time: surely within each stretch of days, and possibly."""
    bars = timeline(held.connection, asked)
    items = [{"first": str(b.first), "last": str(b.last), "surely": b.surely, "possibly": b.possibly} for b in bars]
    return answer(request, held, dumped({"items": items}))


@router.get("/search", responses=_responses({"type": "object"}))
def search(
    request: Request, held: Held, q: Annotated[str, Query(description="Words of the evidence.", max_length=500, examples=["depot"])] = ""
) -> Response:
    """Full-text search over the evidence: the claims whose words or names match, and the documents, best first."""
    return answer(request, held, dumped(searched(held, q)))


def searched(held: Asked, words: str) -> dict[str, Any]:
    """What a search finds: claims with their quotes, and documents with the words around what was found, between ⟦ and ⟧."""
    wanted = match(_plain(words.replace("\x00", "")))
    if wanted is None:
        return {"claims": [], "documents": []}
    found = held.connection.execute(
        "SELECT claim.record, highlight(claim_words, 0, '⟦', '⟧') FROM claim_words JOIN claim ON claim.place = claim_words.rowid "
        "WHERE claim_words MATCH ? ORDER BY rank LIMIT ?",
        (wanted, SEARCHED),
    ).fetchall()
    pages = held.connection.execute(
        "SELECT id, file, document.title, source, earliest, latest, snippet(document_words, 1, '⟦', '⟧', ' … ', ?) FROM document_words "
        "JOIN document ON document.place = document_words.rowid WHERE document_words MATCH ? ORDER BY rank LIMIT ?",
        (SNIPPET_WORDS, wanted, SEARCHED),
    ).fetchall()
    names = ("id", "file", "title", "source", "earliest", "latest", "words")
    return {
        "claims": [{"claim": json.loads(row[0]), "words": row[1]} for row in found],
        "documents": [dict(zip(names, row, strict=True)) for row in pages],
    }


@router.get(
    "/coverage",
    responses=_responses(
        {
            "type": "object",
            "properties": {"items": {"type": "array", "items": _shape(GAP)}, "estimates": {"type": "array", "items": _shape(ESTIMATE)}},
        }
    ),
)
def coverage(request: Request, held: Held) -> Response:
    """What the reports say there should be against what is held, the widest gap first, and estimates of what there was in all."""
    gaps, guesses = desk_of(request).coverage(held)
    return answer(request, held, dumped({"items": gaps, "estimates": guesses}))


# ---------------------------------------------------------------- people's decisions


@router.get("/token", tags=["writing"], responses={200: {"description": "What a request that changes something brings along."}})
def token(request: Request) -> dict[str, str]:
    """The token of this desk, for programs: a page of another site cannot read it."""
    return {"header": TOKEN_HEADER, "token": desk_of(request).token}


def signed(request: Request) -> None:
    """Raises 403 where the request does not bring the token along in its header."""
    if not is_ours(request.headers.get(TOKEN_HEADER), desk_of(request).token):
        raise HTTPException(403, f"This changes something, and needs the token of the desk in the header {TOKEN_HEADER}: {ROOT}/token.")


@router.get("/queue", responses=_responses({"type": "object", "properties": {"items": {"type": "array", "items": _shape(QUEUED)}}}))
def queue(request: Request, held: Held, asked: Annotated[Question, Query()], limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Response:
    """The incidents that wait for a decision, those first on which it gains the most, each with the reasons."""
    records, total = waiting(held.connection, asked, None, limit)
    return answer(request, held, f'{{"items":[{",".join(records)}],"total":{total}}}')


@router.get("/decisions", responses=_responses({"type": "object", "properties": {"items": {"type": "array", "items": _shape(DECISION)}}}))
def decisions(
    request: Request,
    held: Held,
    incident: Annotated[str | None, Query(max_length=100, description="Those that bear on this incident now.")] = None,
    person: Annotated[str | None, Query(max_length=200)] = None,
    after: Annotated[int, Query(ge=-1, le=2**62, description="`next` of the page before.")] = -1,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """People's decisions in the order of recording. Those of a blind round that is still closed are left out."""
    where, values = "place > ?", [after, incident, incident, person, person]
    where += " AND (? IS NULL OR incident = ?) AND (? IS NULL OR person = ?)"
    values = [_plain(one) if isinstance(one, str) else one for one in values]
    rows = held.connection.execute(
        f"SELECT place, record FROM decision WHERE {where} AND NOT closed ORDER BY place LIMIT ?", [*values, limit + 1]
    ).fetchall()
    hidden = held.connection.execute("SELECT count(*) FROM decision WHERE closed").fetchone()[0]
    further = rows[limit - 1]["place"] if len(rows) > limit else None
    rest = dumped({"next": further, "left_out": {"closed rounds": hidden} if hidden else {}})[1:]
    return answer(request, held, f'{{"items":[{",".join(row["record"] for row in rows[:limit])}],{rest}')


@router.post(
    "/decisions",
    tags=["writing"],
    status_code=201,
    dependencies=[Depends(signed)],
    responses={201: {"description": "As it is held.", "content": {"application/json": {"schema": _shape(DECISION)}}},
               403: _says("the token is missing"), 422: _says("the decision (accept): it does not say why. Give a reason.")},
)  # fmt: skip
def record_decision(request: Request, held: Held, wish: Wish) -> Response:
    """Record a decision. Nothing is changed but what follows of it; each can be undone."""
    if held.is_past:
        raise HTTPException(422, "A decision is made now, on what is held now: leave as_of out.")
    made = decide(desk_of(request), held, wish)
    with desk_of(request).asking() as now:
        home = home_of(now, made.subject)
        return Response(dumped(decision_record(made, home, {made.id})), 201, media_type="application/json")


@router.get("/changes", responses=_responses({"type": "object", "properties": {"items": {"type": "array", "items": _shape(CHANGE)}}}))
def changes(
    request: Request, held: Held, since: AsOf = None, limit: Annotated[int, Query(ge=1, le=5000)] = 500
) -> Response:
    """What was recorded after an instant, in the order of recording: captures, outcomes, faults, decisions, runs."""
    found = desk_of(request).reader.recorded(since, datetime.fromisoformat(held.state.instant))
    items = [recorded_record(one.of, one.at, one.id, one.says) for one in islice(found, limit)]
    return answer(request, held, dumped({"items": items, "next": items[-1]["at"] if len(items) == limit else None}))


# ---------------------------------------------------------------- whole files


def _file(held: Asked, table: Table, kind: str, form: str, asked: Question) -> Response:
    records = every(held.connection, table, asked)
    lines: Iterator[str]
    if form == "csv":
        lines = tabular.csv_lines(records, kind)
    else:
        lines = geojson.feature_lines(records) if form == "geojson" else tabular.json_lines(records)
    headers = {"etag": f'"{held.state.tag}"', "content-disposition": f'attachment; filename="{table}s.{form}"'}
    body = (line.encode("utf-8", "backslashreplace") for line in lines)
    return StreamingResponse(body, media_type=MEDIA[form], headers=headers)


def _files(table: Table, kind: str, forms: Sequence[str]) -> None:
    """One address for each format in which a list leaves the house whole."""

    def made(form: str) -> Callable[..., Response]:
        def whole(held: Held, asked: Annotated[Question, Query()]) -> Response:
            return _file(held, table, kind, form, asked)

        whole.__doc__ = f"All the {table}s that the filters keep, as one file."
        return whole

    for form in forms:
        content = {200: {"description": "The file.", "content": {MEDIA[form].partition(";")[0]: {}}}, 422: _says("since: no day.")}
        router.get(f"/export/{table}s.{form}", name=f"{table}s_{form}", response_class=Response, responses=content)(made(form))


_files("incident", INCIDENT, ("jsonl", "csv", "geojson"))
_files("claim", CLAIM, ("jsonl", "csv", "geojson"))
_files("document", DOCUMENT, ("jsonl", "csv"))


@router.get(
    "/export/{book}.{form}",
    response_class=Response,
    responses={200: {"description": "The file.", "content": {"text/csv": {}, "application/zip": {}}}, 404: _says("no such book"),
               422: _says("round: more than 0 and at most 10.")},
)  # fmt: skip
def by_book(
    request: Request,
    held: Held,
    asked: Annotated[Question, Query()],
    book: Annotated[str, Param(max_length=40, examples=["ucdp"], description="A code book: `ucdp`, `acled`, `airwars`.")],
    form: Literal["csv", "zip"],
    delay: Annotated[float | None, Query(ge=0, le=100_000, description="Hours: what may have been later is held back.")] = None,
    round: Annotated[float | None, Query(gt=0, le=10, description="Degrees: places are rounded to this grid.")] = None,
) -> Response:
    """The incidents by a code book of the field: its first table (csv), or all with why each cell says what it says (zip)."""
    if book not in BOOKS:
        raise HTTPException(404, f"{book[:80]}: no such code book. There are {', '.join(BOOKS)}.")
    where, values = chosen("incident", asked)
    kept = {row[0] for row in held.connection.execute(f"SELECT id FROM incident WHERE {where}", values)}
    files = desk_of(request).by_book(held, book, kept, Caution(timedelta(hours=delay) if delay else None, round))
    headers = {"etag": f'"{held.state.tag}"', "content-disposition": f'attachment; filename="{book}.{form}"'}
    if form == "csv":
        first = BOOKS[book].sheets[0].name
        return Response(files.get(first, b""), media_type="text/csv; charset=utf-8", headers=headers)
    return Response(zipped(book, files), media_type="application/zip", headers=headers)


def zipped(book: str, files: dict[str, bytes]) -> bytes:
    """Files as one archive: the same files, the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            ending = "jsonl" if name == REASONS else BOOKS[book].form
            archive.writestr(zipfile.ZipInfo(f"{book}.{name}.{ending}"), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


# ---------------------------------------------------------------- uploads


@router.post(
    "/uploads",
    tags=["writing"],
    status_code=202,
    dependencies=[Depends(signed)],
    responses={403: _says("the token is missing"), 422: _says("no file came"), 400: _says("the form cannot be read")},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {"type": "object", "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}}}
                }
            },
        }
    },
)
async def upload(request: Request) -> Response:
    """Hand in files (saved pages, archives, JSON Lines): they are put beside the ledger and run into it by another process."""
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    files = files_of(form)
    if not files:
        raise HTTPException(422, "No file came. Send them as the field `files` of a multipart form.")
    taken = await run_in_threadpool(desk_of(request).uploads.take, files)
    return Response(dumped(taken.record()), 202, {"location": f"{ROOT}/uploads/{taken.id}"}, "application/json")


def files_of(form: FormData) -> list[tuple[str, BinaryIO]]:
    """The files of a form, each under the name that it came with."""
    return [(one.filename, one.file) for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]


@router.get("/uploads", tags=["writing"], responses={200: {"description": "The uploads since the desk was opened, the last first."}})
def uploads(request: Request) -> dict[str, list[dict[str, object]]]:
    """Every upload since the desk was opened, with how far it is."""
    return {"items": [one.record() for one in desk_of(request).uploads.all()]}


@router.get("/uploads/{key}", tags=["writing"], responses={200: {"description": "How far it is."}, 404: _says("no such upload")})
def upload_of(request: Request, key: str) -> dict[str, object]:
    """How far one upload is."""
    found = desk_of(request).uploads.get(key)
    if found is None:
        raise HTTPException(404, f"{key[:80]}: no upload since this desk was opened has that id.")
    return found.record()
