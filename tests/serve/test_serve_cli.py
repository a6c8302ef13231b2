"""The command: it makes the ledger, says where it is, answers there, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from typer.testing import CliRunner

from crossbearing.cli import app

ROOT = Path(__file__).parents[2]


def test_it_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    """A new ledger is made and served at a free port; Ctrl-C is its ordinary end; a port that is taken is told of."""
    ledger = tmp_path / "new.ledger"
    command = [sys.executable, "-m", "crossbearing", "serve", "--ledger", str(ledger), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            address = next(word for word in said.split() if word.startswith("http"))
            assert said.startswith(f"{ledger}: open http://127.0.0.1:")
            with urllib.request.urlopen(address) as answer:
                assert answer.status == 200
            port = address.rstrip("/").rpartition(":")[2]
            taken = CliRunner().invoke(app, ["serve", "--ledger", str(ledger), "--port", port])
            assert taken.exit_code == 2
            assert "cannot be listened at" in taken.output
            process.send_signal(signal.SIGINT)
            _, wrong = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (process.returncode, wrong) == (0, "")
    assert ledger.exists()


def test_what_is_no_ledger_is_told(tmp_path: Path) -> None:
    """A file that is no ledger is left as it was, and the command says so."""
    other = tmp_path / "notes.txt"
    other.write_text("no ledger at all, but long enough to be read as something" * 40)
    before = other.read_bytes()
    found = CliRunner().invoke(app, ["serve", "--ledger", str(other), "--port", "0"])
    assert found.exit_code == 2
    assert "no ledger" in found.output
    assert other.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
