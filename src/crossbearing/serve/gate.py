"""The gate: who asks, and whether they may. Everything that a desk with accounts answers goes through it.

A person comes in by a session, which a cookie holds, and a program by a token in its `Authorization` header. What is not named
here needs a reader to look at and a coder to change, so that a page that somebody adds is not open by mistake. A desk without
accounts is reached from its own machine only, and lets everybody do everything under the name that they give.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from crossbearing.serve.accounts import SESSION_HOURS, Account, Accounts, AccountsError, Pass
from crossbearing.serve.guard import SAFE, is_loopback, name_of
from crossbearing.serve.roles import Role

COOKIE = "crossbearing-session"

OPEN = ("/login", "/health")
STATIC = "/static/"

OWN = ("/logout", "/password")
"""What an account changes of itself, whatever its role."""

KEEPING = "/accounts"

Tell = Callable[[Request, int, str, Mapping[str, str]], Response]
"""Makes an answer of a status, a sentence and headers."""

MOST_TOKEN = 200
"""Characters of a cookie or a header that may be one of ours."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks."""

    name: str
    """The account's; empty where the desk has none, and a person gives a name with each decision."""
    role: Role
    token: str
    """What a form or a program brings along to have something changed: of this session, and of no other."""
    programmed: bool = False
    """Whether it came in by a token, which no page of another site can send."""

    def may(self, role: str) -> bool:
        """Whether it may do what a role may."""
        return self.role.covers(Role(role))


def visitor_of(request: Request) -> Visitor:
    """Who sent the request. Raises 401 where nobody is signed in."""
    found = seen_visitor(request)
    if found is None:
        raise HTTPException(401, "Sign in first.")
    return found


def seen_visitor(request: Request) -> Visitor | None:
    """Who sent the request, if anybody is signed in."""
    found: Visitor | None = request.state.visitor
    return found


def accounts_of(request: Request) -> Accounts:
    """The accounts of the desk. Raises 404 where it has none."""
    found: Accounts | None = request.app.state.accounts
    if found is None:
        raise HTTPException(404, "This desk has no accounts: whoever can use this machine can use it.")
    return found


def least(method: str, path: str) -> Role | None:
    """The least role that may ask for a path; None where nobody need be signed in."""
    if path in OPEN or path.startswith(STATIC):
        return None
    if path == KEEPING or path.startswith(f"{KEEPING}/"):
        return Role.ADMIN
    return Role.READER if method in SAFE or path in OWN else Role.CODER


class Gate:
    """Around the application, within the guard. `tell` makes the answer to a request that is not let in."""

    def __init__(self, app: ASGIApp, desk_token: str, tell: Tell) -> None:
        self._app, self._desk_token, self._tell = app, desk_token, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = await self._refused(request, request.app.state.accounts)
        await (refused or self._app)(scope, receive, send)

    async def _refused(self, request: Request, accounts: Accounts | None) -> Response | None:
        """The answer to a request that is not let in; notes who sent one that is."""
        if accounts is None:
            request.state.visitor = Visitor("", Role.EDITOR, self._desk_token)
            return None
        request.state.visitor = None
        role = least(request.method, request.scope["path"])  # what the router goes by, where a URL might read otherwise
        if role is None:
            return None
        if not is_private(request):
            return self._tell(request, 403, NOT_PRIVATE, {})
        try:
            visitor = await run_in_threadpool(_visitor, request, accounts)
        except AccountsError as error:
            return self._tell(request, 503, str(error), {})
        if visitor is None:
            return self._unknown(request)
        request.state.visitor = visitor
        return None if visitor.may(role) else self._tell(request, 403, too_little(visitor, role), {})

    def _unknown(self, request: Request) -> Response:
        """Where to sign in, for a page that was only to be looked at; a sentence for the rest."""
        path = request.scope["path"]
        if path.startswith("/api/"):
            return self._tell(request, 401, UNKNOWN_PROGRAM, {"www-authenticate": "Bearer"})
        if request.method not in SAFE:
            return self._tell(request, 401, UNKNOWN, {"www-authenticate": "Bearer"})
        query = request.scope["query_string"].decode("latin-1")
        onward = quote(f"{quote(path)}?{query}" if query else quote(path), safe="")
        return RedirectResponse(f"/login?next={onward}", 303)


NOT_PRIVATE = (
    "This desk has accounts, and is answered by https, or on its own machine, so that nobody reads passwords on the way. "
    "A reverse proxy in front of it does that; whoever keeps the desk names it in serve.proxies."
)
UNKNOWN = "Nobody is signed in here, or the session has ended: nothing was done. Sign in, load the page again, and repeat it."
UNKNOWN_PROGRAM = (
    "Nobody is signed in here. A browser signs in at /login; a program brings a token, as `crossbearing accounts token` prints "
    "it, in the header Authorization: Bearer TOKEN."
)
_NEEDS = {
    Role.READER: "look at this",
    Role.CODER: "change anything",
    Role.EDITOR: "do this",
    Role.ADMIN: "keep the accounts",
}


def too_little(visitor: Visitor, role: Role) -> str:
    """Why a visitor may not, in a sentence."""
    article = "an" if role[0] in "ae" else "a"
    return f"{visitor.name} is signed in as {visitor.role}; it takes {article} {role} to {_NEEDS[role]}."


def _visitor(request: Request, accounts: Accounts) -> Visitor | None:
    """Who a request's token or cookie says that it is of. A token that is given counts, also where it is wrong."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _by(accounts, Pass.TOKEN, given.strip())
    return _by(accounts, Pass.SESSION, session_of(request))


def _by(accounts: Accounts, kind: Pass, token: str) -> Visitor | None:
    account: Account | None = accounts.by(kind, token) if 0 < len(token) <= MOST_TOKEN else None
    return Visitor(account.name, account.role, form_token(token), kind is Pass.TOKEN) if account else None


# ---------------------------------------------------------------- the session's cookie


def form_token(session: str) -> str:
    """What the forms of a session bring along. It says nothing of the session's own token, which no page can read."""
    return hmac.new(session.encode(), b"crossbearing form", hashlib.sha256).hexdigest()


def is_private(request: Request) -> bool:
    """Whether nobody reads along: by https as the reverse proxy says, or on this machine (a tunnel ends there too)."""
    return request.scope["scheme"] == "https" or is_loopback(name_of(request.headers.get("host", "")))


def _cookie(request: Request) -> str:
    """What the cookie is called. By https a browser takes this name from this very host only, and not from one beside it."""
    return f"__Host-{COOKIE}" if request.scope["scheme"] == "https" else COOKIE


def session_of(request: Request) -> str:
    """The token of the session that a request came in; empty where there is none."""
    return request.cookies.get(_cookie(request), "")


def keep_session(request: Request, answer: Response, token: str) -> None:
    """Have the browser keep a session, out of the reach of scripts and of other sites."""
    secure, lasts = request.scope["scheme"] == "https", round(SESSION_HOURS * 3600)
    answer.set_cookie(_cookie(request), token, lasts, httponly=True, samesite="strict", secure=secure)


def drop_session(request: Request, answer: Response) -> None:
    """Have the browser forget the session, and the pages that it keeps of it."""
    secure = request.scope["scheme"] == "https"
    answer.delete_cookie(_cookie(request), httponly=True, samesite="strict", secure=secure)
    answer.headers["clear-site-data"] = '"cache"'
