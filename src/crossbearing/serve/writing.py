"""What programs and pages may have done: uploads and decisions. Each needs the desk's token."""

from __future__ import annotations

from typing import BinaryIO

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from crossbearing.publish.records import DECISION
from crossbearing.publish.reviews import decision_record
from crossbearing.serve.answers import ROOT, Held, desk_of, dumped, sentence, shape_of, signed
from crossbearing.serve.deciding import Wish, decide, home_of
from crossbearing.serve.gate import visitor_of
from crossbearing.serve.guard import TOKEN_HEADER
from crossbearing.serve.uploads import MOST_FILES

router = APIRouter(prefix=ROOT, tags=["writing"])


@router.get("/token", responses={200: {"description": "What a request that changes something brings along."}})
def token(request: Request) -> dict[str, str]:
    """The token of this desk, or of the session, for programs: a page of another site cannot read it."""
    return {"header": TOKEN_HEADER, "token": visitor_of(request).token}


@router.post(
    "/decisions",
    status_code=201,
    dependencies=[Depends(signed)],
    responses={201: {"description": "As it is held.", "content": {"application/json": {"schema": shape_of(DECISION)}}},
               403: sentence("the token is missing, or the role does not allow it"),
               422: sentence("the decision (accept): it does not say why.")},
)  # fmt: skip
def record_decision(request: Request, held: Held, wish: Wish) -> Response:
    """Record a decision. Nothing is changed but what follows of it; each can be undone."""
    if held.is_past:
        raise HTTPException(422, "A decision is made now, on what is held now: leave as_of out.")
    made = decide(desk_of(request), held, wish, visitor_of(request))
    with desk_of(request).asking() as now:
        home = home_of(now, made.subject)
        return Response(dumped(decision_record(made, home, {made.id})), 201, media_type="application/json")


@router.post(
    "/uploads",
    status_code=202,
    dependencies=[Depends(signed)],
    responses={403: sentence("the token is missing"), 422: sentence("no file came"), 400: sentence("the form cannot be read")},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                    }
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
    taken = await run_in_threadpool(desk_of(request).uploads.take, files, visitor_of(request).name)
    return Response(dumped(taken.record()), 202, {"location": f"{ROOT}/uploads/{taken.id}"}, "application/json")


def files_of(form: FormData) -> list[tuple[str, BinaryIO]]:
    """The files of a form, each under the name that it came with."""
    return [(one.filename, one.file) for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]


@router.get("/uploads", responses={200: {"description": "The uploads since the desk was opened, the last first."}})
def uploads(request: Request) -> dict[str, list[dict[str, object]]]:
    """Every upload since the desk was opened, with how far it is."""
    return {"items": [one.record() for one in desk_of(request).uploads.all()]}


@router.get("/uploads/{key}", responses={200: {"description": "How far it is."}, 404: sentence("no such upload")})
def upload_of(request: Request, key: str) -> dict[str, object]:
    """How far one upload is."""
    found = desk_of(request).uploads.get(key)
    if found is None:
        raise HTTPException(404, f"{key[:80]}: no upload since this desk was opened has that id.")
    return found.record()
