"""The databases that the ledger's contract is held to: a file, and a throwaway PostgreSQL server with a schema for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crossbearing.ledger import address_of

KINDS = ("sqlite", "postgres")

OWNER, GUARDED, PASSWORD = "ann", "guarded", "s3same&open"
"""Who may do anything on the throwaway server, and one who comes in by a password only."""


_NUMBERS = itertools.count()


@dataclass(frozen=True)
class Server:
    """A server that runs for the session, reached by a socket in its folder."""

    folder: Path

    def address(self, database: str = "ledgers", schema: str | None = None, user: str = OWNER) -> str:
        """Where a ledger is on it."""
        return f"postgresql://{user}@/{database}?host={self.folder}" + (f"&schema={schema}" if schema else "")

    def fresh(self) -> str:
        """Where no ledger is yet."""
        return self.address(schema=f"t{next(_NUMBERS)}")


def binaries() -> Path | None:
    """Where the server's programs lie: on the path, or where Debian puts them, the newest first."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    return versions[-1].parent if versions else None


def _user() -> str | None:
    """Whom the server runs as: it refuses to be root."""
    return None if os.geteuid() else "nobody"


@contextmanager
def running() -> Iterator[Server]:
    """A server of its own, without a port, gone when it is left. Skips, with the reason, where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: `pip install 'crossbearing[postgres]'`")
    bin = binaries()
    if bin is None:
        pytest.skip("there is no PostgreSQL server here: no initdb on the PATH or in /usr/lib/postgresql")
    folder = Path(tempfile.mkdtemp(prefix="crossbearing-postgres-"))
    user = _user()
    if user:
        shutil.chown(folder, user)
    how: dict[str, Any] = {"user": user, "extra_groups": [] if user else None, "cwd": folder, "env": os.environ | {"LC_ALL": "C"}}
    how |= {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    data, log = str(folder / "data"), str(folder / "log")
    try:
        subprocess.run([bin / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"], **how)
        (folder / "data" / "pg_hba.conf").write_text(f"local all {GUARDED} scram-sha-256\nlocal all all trust\n")
        settings = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
        subprocess.run([bin / "pg_ctl", "-D", data, "-l", log, "-o", settings, "-w", "start"], **how)
        try:
            server = Server(folder)
            with sql(server.address("postgres"), alone=True) as connection:
                connection.execute("CREATE DATABASE ledgers")
                connection.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            subprocess.run([bin / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **how)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def sql(ledger: str | Path, alone: bool = False) -> Iterator[Any]:
    """A connection as somebody has it who opens the ledger with a tool of his own; what was done is kept at the end.

    `alone`: each statement by itself, outside of any transaction.
    """
    address = address_of(ledger)
    if address.url is None:
        connection: Any = sqlite3.connect(ledger)
    else:
        import psycopg

        url = address.url
        place = {"host": url.query["host"], "user": url.username, "dbname": url.database}
        connection = psycopg.connect(**place, options=f"-c search_path={address.schema}", autocommit=alone)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def errors(kind: str) -> tuple[type[Exception], ...]:
    """The drivers' exceptions of a kind, such as `IntegrityError` where a trigger says no."""
    drivers: list[Any] = [sqlite3]
    with suppress(ImportError):
        import psycopg

        drivers.append(psycopg)
    return tuple(getattr(driver, kind) for driver in drivers)
