"""Signing in and out, one's own password, and the accounts: the pages of a desk that has accounts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from crossbearing.serve.accounts import LEAST_PASSWORD, Accounts, AccountsError, TooManyWrong, WrongPassword
from crossbearing.serve.answers import STALE, desk_of, form_signed
from crossbearing.serve.frame import page
from crossbearing.serve.gate import NOT_PRIVATE, accounts_of, drop_session, is_private, keep_session, session_of, visitor_of
from crossbearing.serve.guard import is_ours
from crossbearing.serve.roles import Role

HASHED_AT_ONCE = 2
"""Passwords that are looked at together: each takes 64 MiB and a twentieth of a second. Who waits here holds up nobody else."""

MOST_FIELDS = 20

T = TypeVar("T")

router = APIRouter(include_in_schema=False)


@router.get("/health")
def health() -> Response:
    """Whether the desk answers. It says nothing of what is held."""
    return PlainTextResponse("It answers.\n")


@router.get("/login")
def login(request: Request, next: str = "/") -> Response:
    """Where a person signs in."""
    accounts_of(request)
    return _login_page(request, next)


@router.post("/login")
async def sign_in(request: Request) -> Response:
    """Begin a session. Whatever session the browser was in ends, so that nobody can have put one there for it."""
    accounts, given = accounts_of(request), await _form(request)
    onward, name, password = given.get("next", "/"), given.get("name", ""), given.get("password", "")
    if not is_private(request):
        raise HTTPException(403, NOT_PRIVATE)
    if not is_ours(given.get("token"), desk_of(request).token):
        raise HTTPException(403, STALE)
    try:
        token = await _looked_at(partial(accounts.sign_in, name, password, _address(request)))
    except AccountsError as error:
        return _login_page(request, onward, str(error), name, error)
    return await _anew(request, accounts, token, _within(onward))


@router.post("/logout")
async def sign_out(request: Request) -> Response:
    """End the session."""
    accounts, given = accounts_of(request), await _form(request)
    form_signed(request, given.get("token"))
    await run_in_threadpool(accounts.end, session_of(request))
    answer = RedirectResponse("/login", 303)
    drop_session(request, answer)
    return answer


@router.get("/password")
def password(request: Request) -> Response:
    """Where people change their own password."""
    accounts_of(request)
    return page(request, None, "password.html", wrong="", least=LEAST_PASSWORD)


@router.post("/password")
async def change_password(request: Request) -> Response:
    """Change one's own password. All sessions and tokens of the account end, and this browser gets a new session."""
    accounts, given, visitor = accounts_of(request), await _form(request), visitor_of(request)
    form_signed(request, given.get("token"))
    new = given.get("new", "")

    def change() -> str:
        accounts.change_password(visitor.name, given.get("old", ""), new, _address(request))
        return accounts.sign_in(visitor.name, new, _address(request))

    try:
        if new != given.get("again"):
            raise AccountsError("The password", "it reads otherwise the second time", "Type it twice alike")
        token = await _looked_at(change)
    except AccountsError as error:
        return page(request, None, "password.html", _status(error), wrong=str(error), least=LEAST_PASSWORD)
    return await _anew(request, accounts, token, "/")


@router.get("/accounts")
def accounts(request: Request) -> Response:
    """The accounts, for whoever keeps them."""
    return _accounts_page(request)


@router.post("/accounts")
async def keep_accounts(request: Request) -> Response:
    """Make an account, or change one."""
    held, given, visitor = accounts_of(request), await _form(request), visitor_of(request)
    form_signed(request, given.get("token"))
    try:
        await _looked_at(lambda: _keep(held, given, visitor.name))
    except AccountsError as error:
        return await run_in_threadpool(_accounts_page, request, str(error), _status(error))
    return RedirectResponse("/accounts", 303)


def _keep(held: Accounts, given: dict[str, str], own: str) -> None:
    """Do what a form of the accounts' page says."""
    name, what = given.get("name", ""), given.get("what", "")
    try:
        role = Role(given.get("role", Role.READER))
    except ValueError as error:
        raise AccountsError(repr(given["role"][:20]), "it is no role", f"There are {', '.join(Role)}") from error
    if what == "add":
        held.add(name, role, given.get("password", ""))
        return
    if held.get(name).name == own:
        raise AccountsError(own, "this is your own account", "Have another admin change it, or use the command line")
    if what == "role":
        held.set_role(name, role)
    elif what == "password":
        held.set_password(name, given.get("password", ""))
    elif what == "close":
        held.close(name)
    elif what == "open":
        held.open(name)
    else:
        raise AccountsError(repr(what[:20]), "nothing of that name is done with accounts", "Use the page's own buttons")


# ---------------------------------------------------------------- parts


def _login_page(request: Request, onward: str, wrong: str = "", name: str = "", error: AccountsError | None = None) -> Response:
    answer = page(request, None, "login.html", _status(error) if error else 200, wrong=wrong, typed=name, next=_within(onward))
    if isinstance(error, TooManyWrong):
        answer.headers["retry-after"] = str(error.seconds)
    return answer


def _accounts_page(request: Request, wrong: str = "", code: int = 200) -> Response:
    held = accounts_of(request).all()
    return page(request, None, "accounts.html", code, accounts=held, roles=list(Role), wrong=wrong, least=LEAST_PASSWORD)


def _status(error: AccountsError) -> int:
    return 429 if isinstance(error, TooManyWrong) else 401 if isinstance(error, WrongPassword) else 422


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that are text."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


_hashing: RunVar[CapacityLimiter] = RunVar("hashing")


async def _looked_at(work: Callable[[], T]) -> T:
    """Do what takes a hash, with few others beside it."""
    limiter = _hashing.get(None)
    if limiter is None:
        _hashing.set(limiter := CapacityLimiter(HASHED_AT_ONCE))
    return await to_thread.run_sync(work, limiter=limiter)


async def _anew(request: Request, accounts: Accounts, token: str, onward: str) -> Response:
    """Go on in a new session; the one before ends."""
    if before := session_of(request):
        await run_in_threadpool(accounts.end, before)
    answer = RedirectResponse(onward, 303)
    keep_session(request, answer, token)
    return answer


def _within(onward: str) -> str:
    """An address of this desk, or else its first page: nobody is led elsewhere by a link."""
    is_path = onward.startswith("/") and not onward.startswith(("//", "/\\"))
    return onward if is_path and onward.isprintable() else "/"  # a browser passes over tabs and breaks, which are not printable


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
