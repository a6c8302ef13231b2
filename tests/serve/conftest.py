"""A desk on the example reports: the ledger is made once, and each test has a copy of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from crossbearing.api import open_ledger
from crossbearing.run.local import RunOptions
from crossbearing.serve.accounts import Accounts
from crossbearing.serve.app import application
from crossbearing.serve.desk import Desk
from crossbearing.serve.guard import TOKEN_HEADER
from tests.serve.made_accounts import Clock, filled

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that holds the example reports."""
    path = tmp_path_factory.mktemp("examples") / "week.ledger"
    with open_ledger(path) as ledger:
        ledger.run([ROOT / "examples" / "reports"], RunOptions(workers=1))
    return path


@pytest.fixture
def ledger(examples: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copy(examples, tmp_path / "week.ledger")


def copy(ledger: Path, to: Path) -> Path:
    """A ledger as it stands, what lies in its log with it."""
    with closing(sqlite3.connect(ledger)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return to


@pytest.fixture
def copied() -> Callable[[Path, Path], Path]:
    """Copies ledgers."""
    return copy


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Desk]]:
    """Opens desks, brought up to their ledgers, and closes them."""
    desks: list[Desk] = []

    def open_desk(path: Path) -> Desk:
        desk = Desk(path)
        desk.refresh()
        desks.append(desk)
        return desk

    yield open_desk
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(ledger: Path, opened: Callable[[Path], Desk]) -> Desk:
    """A desk on the copy."""
    return opened(ledger)


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """Whoever asks it, by a name that it answers to, with its token."""
    return TestClient(application(desk, ["testserver"]), headers={TOKEN_HEADER: desk.token}, follow_redirects=False)


@pytest.fixture
def clock() -> Clock:
    """The clock of the accounts."""
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    """Accounts, one of each role and a second coder."""
    return filled(tmp_path / "week.ledger-accounts", clock)


@pytest.fixture
def team(desk: Desk, accounts: Accounts) -> FastAPI:
    """A desk with accounts, asked for on its own machine or by a name through a proxy."""
    return application(desk, ["localhost", "desk.example"], accounts)
