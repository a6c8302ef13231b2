"""The commands of accounts: made, listed, changed and closed, with passwords that no list of processes shows."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crossbearing.cli import app
from crossbearing.serve.accounts import Accounts, Pass
from crossbearing.serve.roles import Role

ROOT = Path(__file__).parents[1]
WORDS = "nine grey posts in the river"
Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command of accounts in a folder of its own; `words` is what is piped in."""
    monkeypatch.chdir(tmp_path)

    def accounts(*words: str, piped: str = "") -> Any:
        return CliRunner().invoke(app, ["accounts", *words, "--ledger", "week.ledger"], input=piped)

    return accounts


def test_an_account_is_made_and_changed(run: Run, tmp_path: Path) -> None:
    """It lies beside the ledger, has the role that was said, and each command does to it what its name says."""
    assert run("add", "Ann Lee", "--role", "coder", piped=f"{WORDS}\n").stdout.startswith("Ann Lee is a coder")
    assert run("add", "Edith Roe", "--role", "admin", piped=WORDS).stdout.startswith("Edith Roe is an admin")
    held = Accounts(tmp_path / "week.ledger-accounts")
    session = held.sign_in("ann lee", WORDS, "")
    assert run("role", "ann lee", "editor").stdout == "Ann Lee is an editor now.\n"
    assert held.get("Ann Lee").role is Role.EDITOR
    token = run("token", "Ann Lee", "--days", "2").stdout.strip()
    found = held.by(Pass.TOKEN, token)
    assert found
    assert found.name == "Ann Lee"
    listed = run("list").stdout
    assert next(line.split()[:5] for line in listed.splitlines() if "Ann" in line) == ["Ann", "Lee", "editor", "1", "1"]
    assert run("password", "Ann Lee", piped="eleven grey posts in the river\n").exit_code == 0
    assert held.by(Pass.SESSION, session) is None
    assert held.sign_in("Ann Lee", "eleven grey posts in the river", "")
    assert run("close", "Ann Lee").stdout == "Ann Lee: closed.\n"
    assert "closed" in run("list").stdout
    assert run("token", "Ann Lee").exit_code == 2
    assert run("open", "Ann Lee").stdout == "Ann Lee: open.\n"


@pytest.mark.parametrize(
    ("words", "piped", "says"),
    [
        (("add", "Ann Lee"), "short\n", "5 characters"),
        (("add", "Ann Lee"), "", "0 characters"),
        (("add", "Ann, Lee"), WORDS, "without commas"),
        (("list",), "", "accounts add NAME --role admin"),
        (("close", "Ann Lee"), "", "accounts add NAME --role admin"),
        (("password", "Ann Lee"), WORDS, "accounts add NAME --role admin"),
    ],
)
def test_what_cannot_be_is_told(run: Run, words: tuple[str, ...], piped: str, says: str) -> None:
    """A sentence on stderr that says what to do, and exit code 2."""
    result = run(*words, piped=piped)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_first_account_that_cannot_be_leaves_nobody_outside(run: Run, tmp_path: Path) -> None:
    """A password that is refused leaves no file of accounts that would ask everybody to sign in."""
    assert run("add", "Ann Lee", piped="short\n").exit_code == 2
    assert not (tmp_path / "week.ledger-accounts").exists()


def test_the_file_can_lie_elsewhere(run: Run, tmp_path: Path) -> None:
    """Where `serve.accounts` names it."""
    (tmp_path / "crossbearing.toml").write_text('[serve]\naccounts = "kept/team"\n')
    assert "cannot be made" in run("add", "Ann Lee", piped=WORDS).stderr
    (tmp_path / "kept").mkdir()
    assert "kept/team" in run("add", "Ann Lee", piped=WORDS).stdout
    assert Accounts(tmp_path / "kept" / "team").get("Ann Lee").role is Role.READER, "the least, where no role is said"


def serve(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crossbearing", "serve", "--ledger", "week.ledger", "--port", "0", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder)


@pytest.mark.parametrize("setting", ["", '[serve]\nhosts = "desk.example"\n'])
def test_others_are_served_only_with_accounts(run: Run, tmp_path: Path, setting: str) -> None:
    """An address, or a name, by which others ask is refused while there are no accounts, and while none is open."""
    (tmp_path / "crossbearing.toml").write_text(setting)
    where = () if setting else ("--host", "0.0.0.0")
    refused = CliRunner().invoke(app, ["serve", "--ledger", "week.ledger", *where])
    assert refused.exit_code == 2
    assert "accounts add" in refused.stderr
    run("add", "Ann Lee", piped=WORDS)
    run("close", "Ann Lee")
    refused = CliRunner().invoke(app, ["serve", "--ledger", "week.ledger", *where])
    assert refused.exit_code == 2
    assert "nobody could sign in" in refused.stderr
    assert not (tmp_path / "week.ledger").exists()


def port_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    address = next(word for word in process.stdout.readline().split() if word.startswith("http"))
    return address.rstrip("/").rpartition(":")[2]


def asked(port: str, headers: dict[str, str], path: str = "/api/v1/ledger") -> int:
    try:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_others_come_through_a_proxy_by_https(run: Run, tmp_path: Path) -> None:
    """At an address that others reach, who asks by a name of the settings, and by https as a named proxy says, is let in."""
    run("add", "Ann Lee", piped=WORDS)
    (tmp_path / "crossbearing.toml").write_text('[serve]\nhosts = "desk.example, Other.Example"\n')
    token = run("token", "Ann Lee").stdout.strip()
    with serve(tmp_path, "--host", "0.0.0.0") as process:
        try:
            port = port_of(process)
            bearer = {"Authorization": f"Bearer {token}"}
            by_https = {**bearer, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.9"}
            assert asked(port, {**by_https, "Host": "desk.example"}) == 200
            assert asked(port, {**by_https, "Host": "other.example"}) == 200
            assert asked(port, {**by_https, "Host": "elsewhere.example"}) == 403
            assert asked(port, {**bearer, "Host": "desk.example"}) == 403, "by http under a name of others"
            assert asked(port, bearer) == 200, "on the machine itself"
            assert asked(port, {}) == 401
            assert asked(port, {"Host": "desk.example"}, "/health") == 200
        finally:
            process.terminate()
            _, said = process.communicate(timeout=30)
    assert "https" in said


def test_a_proxy_that_is_not_named_is_not_believed(run: Run, tmp_path: Path) -> None:
    """What it says of https counts for nothing."""
    run("add", "Ann Lee", piped=WORDS)
    (tmp_path / "crossbearing.toml").write_text('[serve]\nhosts = "desk.example"\nproxies = "192.0.2.1"\n')
    token = run("token", "Ann Lee").stdout.strip()
    with serve(tmp_path) as process:
        try:
            port = port_of(process)
            headers = {"Authorization": f"Bearer {token}", "X-Forwarded-Proto": "https", "Host": "desk.example"}
            assert asked(port, headers) == 403
        finally:
            process.terminate()
            process.wait(timeout=30)
