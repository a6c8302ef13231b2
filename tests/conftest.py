"""Stands here so that every test finds `strategies` and `stores`, whichever folder is run.

A change is told from a chance find: the tests draw the same examples each time. HYPOTHESIS_PROFILE=default draws new ones.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import stores
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def server() -> Iterator[stores.Server]:
    """A PostgreSQL server for the session; the test is skipped where there is none."""
    with stores.running() as found:
        yield found


@pytest.fixture(params=stores.KINDS)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives, as often as it is asked, a place where no ledger is yet, by its path or address: of each kind of database."""
    if request.param == "postgres":
        found: stores.Server = request.getfixturevalue("server")
        return found.fresh
    numbers = itertools.count()
    return lambda: str(tmp_path / f"ledger{next(numbers)}.db")


@pytest.fixture
def store(fresh: Callable[[], str]) -> str:
    """A place where a ledger can be made, in each database that can hold one."""
    return fresh()
