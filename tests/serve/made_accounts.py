"""Accounts for tests: one of each role, with hashes that cost nothing, and a clock that is set by hand."""

from __future__ import annotations

import re
from pathlib import Path

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from crossbearing.serve.accounts import Accounts
from crossbearing.serve.roles import Role

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HOME = "http://localhost"

NAMES = {Role.READER: "Rea Dunn", Role.CODER: "Ann Lee", Role.EDITOR: "Edith Roe", Role.ADMIN: "Ada Minsk"}
OTHER_CODER = "Bo Ray"


def word_of(name: str) -> str:
    """The password of a name."""
    return f"lamps of {name[::-1].lower()} by the river"


class Clock:
    """Seconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.at = 1_700_000_000.0

    def __call__(self) -> float:
        return self.at

    def hours(self, many: float) -> None:
        self.at += many * 3600


def filled(path: Path, clock: Clock) -> Accounts:
    """A file with one account of each role, and a second coder."""
    accounts = Accounts(path, create=True, now=clock, hasher=CHEAP)
    for role, name in NAMES.items():
        accounts.add(name, role, word_of(name))
    accounts.add(OTHER_CODER, Role.CODER, word_of(OTHER_CODER))
    return accounts


def browser(app: FastAPI, base: str = HOME) -> TestClient:
    """A browser that nobody is signed in with."""
    return TestClient(app, base_url=base, follow_redirects=False)


def token_in(text: str) -> str:
    """What the forms of a page bring along."""
    found = re.search(r'<meta name="crossbearing-token" content="([^"]+)"', text)
    assert found
    return found[1]


def sign_in(client: TestClient, name: str, password: str | None = None, **more: str) -> int:
    """Sign in by the form; the status of the answer."""
    given = {"token": token_in(client.get("/login").text), "name": name, "password": password or word_of(name), **more}
    return client.post("/login", data=given).status_code


def signed_in(app: FastAPI, name: str, base: str = HOME) -> TestClient:
    """A browser in which a person is signed in, with the token of the session in its header."""
    client = browser(app, base)
    assert sign_in(client, name) == 303
    client.headers["x-crossbearing-token"] = client.get("/api/v1/token").json()["token"]
    return client
