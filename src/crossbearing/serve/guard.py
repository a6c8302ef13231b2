"""The guard: what every request must be, and what every answer tells the browser.

Pages are hostile input, and so is every other site that a person has open. No answer lets a script, a style, a frame, an
image or a connection of another origin in. A request must ask for the desk by its name (or else another site could have its own
name lead here), and one that changes anything must come from a page of this desk.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

SAFE = {"GET", "HEAD", "OPTIONS"}

TOKEN_HEADER = "x-crossbearing-token"


class Guard:
    """Around the whole application: refuses what may not come in, and marks what goes out."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "private, no-cache")  # none beside the browser keeps what it was told
            await send(message)

        refused = self._refused(scope["method"], Headers(scope=scope))
        if refused:
            await _refuse(marked, refused)
        else:
            await self._app(scope, receive, marked)

    def _refused(self, method: str, headers: Headers) -> str | None:
        """Why a request is not let in."""
        host = name_of(headers.get("host", ""))
        if host not in self._hosts:
            return (
                f"This desk does not answer to the name {host[:100]!r}. Open it under the address that it gave at its start, "
                "or have the name put into serve.hosts."
            )
        if method in SAFE:
            return None
        if _is_from_here(headers):
            return None
        return "This came from a page of another site, and was not done."


def _is_from_here(headers: Headers) -> bool:
    """Whether a page of this desk sent it, or a program. A browser that says where from is believed: no page can forge that.

    Our pages send no referrer, and so a form's origin reads `null`: it tells only where the browser is too old to say more.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    host = host.strip().lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def is_loopback(host: str) -> bool:
    """Whether an address to listen at can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def names_for(host: str, others: str = "") -> set[str]:
    """The names under which a desk that listens at an address may be asked for; `others` has more, with commas between."""
    own = f"[{host.strip('[]')}]" if ":" in host else host
    return {"localhost", "127.0.0.1", "[::1]", own.lower(), *(name_of(one) for one in others.split(",") if one.strip())}


def is_ours(given: str | None, token: str) -> bool:
    """Whether a request brings the token of this desk along."""
    return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


async def _refuse(send: Send, sentence: str) -> None:
    body = json.dumps({"error": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
