"""Uploads: one after another, in a process of their own, with an end that is told whatever happens."""

from __future__ import annotations

import io
import shlex
import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crossbearing.api import open_ledger
from crossbearing.serve.uploads import DEEPEST, LONGEST_NAME, Uploads, safe

LINE = "Published: 12 March 2024\n\nAt least four people were killed when rockets hit a market in Kirkuk on Monday, police said."


def over(uploads: Uploads, key: str) -> tuple[str, str]:
    """The state and the words of an upload once it is over."""
    until = time.monotonic() + 60
    while not (one := uploads.get(key)) or not one.over:
        assert time.monotonic() < until
        time.sleep(0.05)
    return one.state, " ".join(one.says)


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_path(name: str) -> None:
    """Whatever a file is called, its path is of parts that lead nowhere else, hide nothing, and can be made; its ending stays."""
    parts = safe(name)
    assert 1 <= len(parts) <= DEEPEST
    for part in parts:
        assert part
        assert len(part) <= LONGEST_NAME
        assert not part.startswith(".")
        assert not set(part) & set('/\\\x00<>:"|?*')
        part.encode()
    if name.endswith(".html") and name.strip(" .") == name and "/" not in name and "\\" not in name and name != ".html":
        assert parts[-1].endswith(".html")


def test_uploads_run_one_after_another(tmp_path: Path) -> None:
    """Two uploads at once both end well, and whoever waits for the end finds the ledger brought up to it."""
    ledger = tmp_path / "week.ledger"
    open_ledger(ledger).close()
    brought = []
    uploads = Uploads(ledger, None, lambda: brought.append(1))
    taken = [uploads.take([("a.txt", io.BytesIO(f"{LINE} {n}".encode())), ("a.txt", io.BytesIO(b"x"))]) for n in range(2)]
    assert [over(uploads, one.id)[0] for one in taken] == ["done", "done"]
    assert brought == [1, 1]
    assert sorted(path.name for path in uploads.folder.rglob("*.txt")) == ["a-2.txt", "a-2.txt", "a.txt", "a.txt"]
    with open_ledger(ledger) as held:
        assert len(list(held.claims())) >= 2
    assert [one.id for one in uploads.all()] == [taken[1].id, taken[0].id]
    uploads.close()


def test_a_run_that_cannot_go_on_says_so(tmp_path: Path) -> None:
    """Settings that cannot be end an upload as failed, with the sentence that says why; the next is run all the same."""
    ledger, config = tmp_path / "week.ledger", tmp_path / "crossbearing.toml"
    open_ledger(ledger).close()
    config.write_text("[run]\nworkers = 'many'\n")
    uploads = Uploads(ledger, config, lambda: None)
    state, says = over(uploads, uploads.take([("a.txt", io.BytesIO(LINE.encode()))]).id)
    assert state == "failed"
    assert "run.workers" in says
    config.write_text("")
    assert over(uploads, uploads.take([("a.txt", io.BytesIO(LINE.encode()))]).id)[0] == "done"
    uploads.close()


def test_a_run_that_is_cut_off_says_so(tmp_path: Path) -> None:
    """A process that dies ends its upload as failed, and what to do is said."""
    ledger = tmp_path / "week.ledger"
    open_ledger(ledger).close()
    uploads = Uploads(ledger, None, lambda: None)
    taken = uploads.take([(f"{n}.txt", io.BytesIO(f"{LINE} {n}".encode())) for n in range(40)])
    until = time.monotonic() + 60
    while uploads._process is None or not uploads._process.is_alive():
        assert time.monotonic() < until
        time.sleep(0.01)
    uploads._process.kill()
    state, says = over(uploads, taken.id)
    assert state == "failed"
    assert "hand the files in again" in says
    uploads.close()


def test_closing_ends_what_runs(tmp_path: Path) -> None:
    """A desk that is closed while a run goes on does not wait for its end, and what was read is kept."""
    ledger = tmp_path / "week.ledger"
    open_ledger(ledger).close()
    uploads = Uploads(ledger, None, lambda: None)
    uploads.take([(f"{n}.txt", io.BytesIO(f"{LINE} {n}".encode())) for n in range(400)])
    until = time.monotonic() + 60
    while not uploads.all()[0].done:
        assert time.monotonic() < until
        time.sleep(0.02)
    began = time.monotonic()
    uploads.close()
    assert time.monotonic() - began < 20
    with open_ledger(ledger) as held:
        assert 0 < len(list(held.outcomes())) <= 400


def test_the_command_for_what_failed_runs_anywhere(tmp_path: Path) -> None:
    """The sentence that names the command gives the ledger's whole path, as a shell takes it."""
    ledger = tmp_path / "a week" / "week.ledger"
    ledger.parent.mkdir()
    open_ledger(ledger).close()
    uploads = Uploads(ledger, None, lambda: None)
    taken = uploads.take([("broken.pdf", io.BytesIO(b"%PDF-1.7 and nothing more"))])
    state, says = over(uploads, taken.id)
    uploads.close()
    assert state == "done"
    command = says.partition("what to do: ")[2]
    assert shlex.split(command)[-1] == str(ledger)


def test_who_handed_reports_in_stays_on_record(tmp_path: Path) -> None:
    """The ledger holds whose account a run was asked for by; without accounts it is the person of the settings."""
    ledger, config = tmp_path / "week.ledger", tmp_path / "crossbearing.toml"
    open_ledger(ledger).close()
    config.write_text("[review]\nperson = 'Ines Okafor'\n")
    uploads = Uploads(ledger, config, lambda: None)
    own = uploads.take([("a.txt", io.BytesIO(f"{LINE} 1".encode()))], "Tomas Lind")
    assert own.record()["person"] == "Tomas Lind"
    for taken in (own, uploads.take([("b.txt", io.BytesIO(f"{LINE} 2".encode()))])):
        assert over(uploads, taken.id)[0] == "done"
    uploads.close()
    with open_ledger(ledger) as held:
        started = [one.says for one in held.recorded() if one.of == "run" and one.says.startswith("started")]
    assert started == ["started by Tomas Lind", "started by Ines Okafor"]
