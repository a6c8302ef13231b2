"""The application: the API and the pages around one desk, behind the guard and the gate."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from crossbearing import __version__
from crossbearing.errors import CrossbearingError, LedgerError
from crossbearing.serve import api, entry, files, pages, review, writing
from crossbearing.serve.accounts import Accounts
from crossbearing.serve.answers import ROOT, summary_of
from crossbearing.serve.desk import Desk
from crossbearing.serve.frame import environment, offer_of, sorry
from crossbearing.serve.gate import Gate
from crossbearing.serve.guard import Guard

STATIC = Path(__file__).parent / "static"

BEARER = HTTPBearer(auto_error=False, description="A token that `crossbearing accounts token` printed.")


def application(desk: Desk, hosts: Iterable[str], accounts: Accounts | None = None) -> FastAPI:
    """The application that serves a desk to whoever asks for it by one of the names and, where it has accounts, has one."""

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        desk.start()
        yield
        desk.close()

    app = FastAPI(
        title="Crossbearing",
        version=__version__,
        description="A ledger of incidents: every value with its words and the chain of who says so. No claim is a fact.",
        openapi_url=f"{ROOT}/openapi.json",
        docs_url=None,  # these pages would fetch their scripts from elsewhere
        redoc_url=None,
        lifespan=life,
        dependencies=[Depends(BEARER)] if accounts else None,  # the gate looks at it; this describes it
    )
    environment()  # its templates are compiled here, not by the threads that answer
    app.state.desk, app.state.accounts = desk, accounts
    desk.prepared = (("summary", summary_of), ("offer", offer_of))
    for part in (api, files, writing, pages, review, entry):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(CrossbearingError, _said)
    app.add_middleware(Gate, desk_token=desk.token, tell=_sentence)
    app.add_middleware(Guard, hosts=hosts)  # added last, asked first
    return app


async def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"] if part not in ("query", "path", "body"))
    return _sentence(request, 422, f"{name or 'The question'}: {first['msg'].removeprefix('Value error, ')}.")


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _sentence(request, error.status_code, str(error.detail), dict(error.headers or {}))


async def _said(request: Request, error: Exception) -> Response:
    return _sentence(request, 503 if isinstance(error, LedgerError) else 422, str(error))


def _sentence(request: Request, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """What went wrong: JSON for a program, a page for a person."""
    sentence = sentence.encode("utf-8", "replace").decode()
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": sentence}, status, headers)
    answer = sorry(request, status, sentence)
    answer.headers.update(headers or {})
    return answer
