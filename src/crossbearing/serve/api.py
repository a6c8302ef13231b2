"""The API: what the ledger holds, as JSON, under `/api/v1`. The records are those that the commands write.

Every list takes the same filters (`questions.py`), and answers a page of `items` with the `total`, the cursor of the
`next` page, and how many were `left_out` because they do not say what was asked about. `as_of` asks what was held at an
instant. Every answer bears an ETag: the same state of the ledger, the same tag. What changes something lies in `writing.py`,
what leaves as a file in `files.py`.
"""

from __future__ import annotations

import json
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from crossbearing.model.decision import unseen
from crossbearing.publish.records import CHANGE, CLAIM, DECISION, DOCUMENT, ESTIMATE, FAULT, GAP, INCIDENT, QUEUED
from crossbearing.publish.reviews import on_words, recorded_record
from crossbearing.serve.answers import (
    EXAMPLES,
    ROOT,
    AsOf,
    Held,
    answer,
    desk_of,
    dumped,
    items_of,
    page_of,
    plain,
    record_of,
    responses_of,
    shape_of,
    summary_of,
)  # fmt: skip
from crossbearing.serve.desk import Asked
from crossbearing.serve.lit import marks_of
from crossbearing.serve.questions import Paged, Question, Table, listed, match, waiting
from crossbearing.serve.views import map_of, timeline

SNIPPET_WORDS = 24
SEARCHED = 20
"""How many of each kind a search shows."""

router = APIRouter(prefix=ROOT, tags=["ledger"])


# ---------------------------------------------------------------- lists and records


@router.get("/ledger", responses=responses_of({"type": "object"}))
def ledger(request: Request, held: Held) -> Response:
    """How much is held, and as of which instant."""
    return answer(request, held, dumped(desk_of(request).once(held, "summary", summary_of)))


@router.get("/incidents", responses=page_of(INCIDENT, EXAMPLES[INCIDENT]))
def incidents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """The incidents, those that every report only recalls left out unless `background` asks for them."""
    return _list(request, held, "incident", asked)


@router.get("/claims", responses=page_of(CLAIM, EXAMPLES[CLAIM]))
def claims(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """The claims: what one document, in one voice, states of one happening."""
    return _list(request, held, "claim", asked)


@router.get("/documents", responses=page_of(DOCUMENT, EXAMPLES[DOCUMENT]))
def documents(request: Request, held: Held, asked: Annotated[Paged, Query()]) -> Response:
    """What became of each capture: read, set aside with the reason, or at fault. `q` searches their whole text."""
    return _list(request, held, "document", asked)


@router.get("/faults", responses=responses_of(items_of(FAULT), {"items": [EXAMPLES[FAULT]], "total": 1}))
def faults(request: Request, held: Held) -> Response:
    """What failed and was not mended since."""
    rows = [row[0] for row in held.connection.execute("SELECT record FROM fault ORDER BY place")]
    return answer(request, held, f'{{"items":[{",".join(rows)}],"total":{len(rows)}}}')


def _list(request: Request, held: Asked, table: Table, asked: Paged) -> Response:
    page = listed(held.connection, table, asked)
    rest = dumped({"total": page.total, "next": page.next, "left_out": page.silent})[1:]
    return answer(request, held, f'{{"items":[{",".join(page.records)}],{rest}')


@router.get("/incidents/{incident}", responses=responses_of(shape_of(INCIDENT), EXAMPLES[INCIDENT]))
def incident(request: Request, held: Held, incident: str) -> Response:
    """One incident."""
    return answer(request, held, record_of(held, "incident", incident))


@router.get("/incidents/{incident}/claims", responses=responses_of({"type": "object"}))
def claims_of(request: Request, held: Held, incident: str) -> Response:
    """The claims of one incident, in the order of recording."""
    record_of(held, "incident", incident)
    rows = held.connection.execute("SELECT record FROM claims WHERE incident = ? ORDER BY place", (incident,)).fetchall()
    return answer(request, held, f'{{"items":[{",".join(row[0] for row in rows)}],"total":{len(rows)}}}')


@router.get("/claims/{claim}", responses=responses_of(shape_of(CLAIM), EXAMPLES[CLAIM]))
def claim(request: Request, held: Held, claim: str) -> Response:
    """One claim."""
    return answer(request, held, record_of(held, "claim", claim))


@router.get("/documents/{document}", responses=responses_of(shape_of(DOCUMENT), EXAMPLES[DOCUMENT]))
def document(request: Request, held: Held, document: str) -> Response:
    """What became of one capture."""
    return answer(request, held, record_of(held, "document", document))


@router.get("/documents/{document}/spans", responses=responses_of({"type": "object"}))
def spans(request: Request, held: Held, document: str) -> Response:
    """A document's text, and every stretch of it that something stands on: `start`, `end`, `kind`, `says`, and of which claim."""
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


@router.get("/map", responses=responses_of({"type": "object"}))
def map_view(request: Request, held: Held, asked: Annotated[Question, Query()]) -> Response:
    """The incidents on the map: each as the area in which it lies, or counted by cells where they are too many to draw."""
    return answer(request, held, dumped(map_of(held.connection, asked)))


@router.get("/timeline", responses=responses_of({"type": "object"}))
def timeline_view(request: Request, held: Held, asked: Annotated[Question, Query()]) -> Response:
    """How many incidents there are along time: surely within each stretch of days, and possibly."""
    bars = timeline(held.connection, asked)
    items = [{"first": str(b.first), "last": str(b.last), "surely": b.surely, "possibly": b.possibly} for b in bars]
    return answer(request, held, dumped({"items": items}))


@router.get("/search", responses=responses_of({"type": "object"}))
def search(
    request: Request,
    held: Held,
    q: Annotated[str, Query(description="Words of the evidence.", max_length=500, examples=["depot"])] = "",
) -> Response:
    """Full-text search over the evidence: the claims whose words or names match, and the documents, best first."""
    return answer(request, held, dumped(searched(held, q)))


def searched(held: Asked, words: str) -> dict[str, Any]:
    """What a search finds: claims with their quotes, and documents with the words around what was found, between ⟦ and ⟧."""
    wanted = match(plain(words.replace("\x00", "")))
    if wanted is None:
        return {"claims": [], "documents": []}
    found = held.connection.execute(
        "SELECT claim_whole.record, highlight(claim_words, 0, '⟦', '⟧') "
        "FROM claim_words JOIN claim_whole ON claim_whole.place = claim_words.rowid "
        "WHERE claim_words MATCH ? ORDER BY rank LIMIT ?",
        (wanted, SEARCHED),
    ).fetchall()
    pages = held.connection.execute(
        "SELECT id, file, document.title, source, earliest, latest, snippet(document_words, 1, '⟦', '⟧', ' … ', ?) "
        "FROM document_words JOIN document ON document.place = document_words.rowid "
        "WHERE document_words MATCH ? ORDER BY rank LIMIT ?",
        (SNIPPET_WORDS, wanted, SEARCHED),
    ).fetchall()
    names = ("id", "file", "title", "source", "earliest", "latest", "words")
    return {
        "claims": [{"claim": json.loads(row[0]), "words": row[1]} for row in found],
        "documents": [dict(zip(names, row, strict=True)) for row in pages],
    }


@router.get(
    "/coverage",
    responses=responses_of(
        {
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": shape_of(GAP)},
                "estimates": {"type": "array", "items": shape_of(ESTIMATE)},
            },
        }
    ),
)
def coverage(request: Request, held: Held) -> Response:
    """What the reports say there should be against what is held, the widest gap first, and estimates of what there was in all."""
    gaps, guesses = desk_of(request).coverage(held)
    return answer(request, held, dumped({"items": gaps, "estimates": guesses}))


# ---------------------------------------------------------------- people's decisions


@router.get("/queue", responses=responses_of(items_of(QUEUED)))
def queue(
    request: Request, held: Held, asked: Annotated[Question, Query()], limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> Response:
    """The incidents that wait for a decision, those first on which it gains the most, each with the reasons."""
    records, total = waiting(held.connection, asked, None, limit)
    return answer(request, held, f'{{"items":[{",".join(records)}],"total":{total}}}')


@router.get(
    "/decisions",
    responses=responses_of(items_of(DECISION)),
)
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
    values = [plain(one) if isinstance(one, str) else one for one in values]
    rows = held.connection.execute(
        f"SELECT place, record FROM decision WHERE {where} AND NOT closed ORDER BY place LIMIT ?", [*values, limit + 1]
    ).fetchall()
    hidden = held.connection.execute("SELECT count(*) FROM decision WHERE closed").fetchone()[0]
    further = rows[limit - 1]["place"] if len(rows) > limit else None
    rest = dumped({"next": further, "left_out": {"closed rounds": hidden} if hidden else {}})[1:]
    return answer(request, held, f'{{"items":[{",".join(row["record"] for row in rows[:limit])}],{rest}')


@router.get("/changes", responses=responses_of(items_of(CHANGE)))
def changes(request: Request, held: Held, since: AsOf = None, limit: Annotated[int, Query(ge=1, le=5000)] = 500) -> Response:
    """What was recorded after an instant, in the order of recording: captures, outcomes, faults, decisions, runs."""
    reader, instant = desk_of(request).reader, datetime.fromisoformat(held.state.instant)
    blind = unseen(reader.decisions(instant))
    on = {row["id"]: on_words(json.loads(row["record"])) for row in held.connection.execute("SELECT id, record FROM decision")}
    found = islice(reader.recorded(since, instant), limit)
    said = [(one, f"{one.says} · {where}" if (where := on.get(one.id)) else one.says) for one in found]
    items = [recorded_record(one.of, one.at, one.id, says, blind.get(one.id)) for one, says in said]
    return answer(request, held, dumped({"items": items, "next": items[-1]["at"] if len(items) == limit else None}))
