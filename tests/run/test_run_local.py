"""A run takes in, reads what is new, and goes on whatever happens to one capture."""

from __future__ import annotations

import fake_stages
import pytest

from crossbearing.errors import LedgerError, MissingResource
from crossbearing.ledger import Reader
from crossbearing.run.local import RunOptions, run

QUICK = RunOptions(workers=1, seconds=20)


@pytest.fixture
def folder(tmp_path):
    """A function that writes named texts into a folder and returns its path."""
    at = tmp_path / "in"
    at.mkdir()

    def write(**texts: str) -> str:
        for name, text in texts.items():
            (at / f"{name}.txt").write_text(text)
        return str(at)

    return write


@pytest.fixture
def ledger(tmp_path):
    return str(tmp_path / "ledger.db")


def go(folder: str, ledger: str, options: RunOptions = QUICK, link=fake_stages.link, **more):
    return run([folder], ledger, fake_stages.parts, link, options, **more)


def held(ledger: str):
    with Reader(ledger) as reader:
        return {
            "claims": list(reader.claims()),
            "documents": list(reader.documents()),
            "faults": list(reader.faults()),
            "counts": reader.counts(),
            "outcomes": list(reader.outcomes()),
        }


def test_a_run_reads_sets_aside_and_notes_faults(folder, ledger):
    """Each capture ends as one of three things, and the summary counts them."""
    summary = go(folder(a="clash at the ford", b="index of all", c="unreadable thing"), ledger)

    assert (summary.captures_new, summary.read, summary.set_aside, summary.faults) == (3, 1, 1, 1)
    assert (summary.claims_new, summary.claims, summary.incidents) == (1, 1, 1)
    assert not summary.nothing_usable


def test_the_same_run_twice_adds_nothing(folder, ledger):
    """Not one row of any table: neither of captures, nor of faults, nor of runs."""
    given = folder(a="clash at the ford", b="index of all", c="unreadable thing", d="bug here", e="clash")
    go(given, ledger)
    before = held(ledger)
    summary = go(given, ledger)

    assert held(ledger) == before
    assert (summary.captures_new, summary.captures_known, summary.read, summary.faults) == (0, 5, 2, 2)


def test_the_same_bytes_at_two_paths_are_one_capture(folder, ledger):
    """It is read once, with both of its places."""
    summary = go(folder(a="clash at the ford", b="clash at the ford"), ledger)

    assert (summary.captures_new, summary.captures_known, summary.claims) == (1, 1, 1)
    with Reader(ledger) as reader:
        (capture,) = reader.captures()
        assert [place.file.rsplit("/", 1)[-1] for place in reader.locations(capture)] == ["a.txt", "b.txt"]


def test_a_mistake_of_ours_is_a_fault_with_its_stage(folder, ledger):
    """An exception that nobody foresaw names its class and asks to be reported; the rest is read."""
    summary = go(folder(a="bug here", b="clash at the ford"), ledger)
    (fault,) = held(ledger)["faults"]

    assert summary.read == 1
    assert (fault.error, fault.stage) == ("KeyError", "read")
    assert "please report this" in fault.sentence


def test_a_wrong_quote_is_stopped_at_the_door(folder, ledger):
    """An outcome whose quote is not in its text becomes a fault, and none of its claims is held."""
    go(folder(a="misquote me"), ledger)
    now = held(ledger)

    assert now["claims"] == []
    assert now["faults"][0].error == "BrokenReading"
    assert "quotes 'Something else'" in now["faults"][0].sentence


def test_many_workers_give_the_ledger_of_one(folder, tmp_path):
    """However many read, one writes, in the order of the input."""
    given = folder(**{f"n{n:03}": f"word{n % 7} clash number {n}" for n in range(60)})
    go(given, str(tmp_path / "one.db"))
    go(given, str(tmp_path / "two.db"), RunOptions(workers=2, seconds=20))
    one, two = held(str(tmp_path / "one.db")), held(str(tmp_path / "two.db"))

    assert one == two
    assert len(one["claims"]) == 60


@pytest.mark.parametrize("workers", [1, 2])
def test_what_no_capture_is_to_blame_for_stops_the_run(folder, ledger, workers):
    """A table that is gone is no fault of each report: the run stops with what to do, wherever it was noticed."""
    texts = {f"n{n:02}": f"clash number {n}" for n in range(20)} | {"n03x": "tableless"}
    with pytest.raises(MissingResource, match="Reinstall"):
        go(folder(**texts), ledger, RunOptions(workers=workers, seconds=20))
    assert held(ledger)["faults"] == []


def test_a_copy_of_what_failed_is_not_tried_again(folder, ledger):
    """The same bytes at two places fail once in a run."""
    summary = go(folder(a="bug here", b="bug here"), ledger)

    assert (summary.captures_new, summary.captures_known, summary.faults) == (1, 1, 1)


def test_a_capture_that_kills_its_worker_is_a_fault(folder, ledger):
    """The worker is replaced, and everything else is read."""
    texts = {f"n{n:02}": f"clash number {n}" for n in range(20)} | {"n05x": "bang"}
    summary = go(folder(**texts), ledger, RunOptions(workers=2, seconds=20))
    (fault,) = held(ledger)["faults"]

    assert (summary.read, summary.faults) == (20, 1)
    assert fault.error == "WorkerDied"
    assert fault.file.endswith("n05x.txt")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_capture_that_never_ends_is_a_fault(folder, ledger, workers):
    """The time limit holds in this process and in a worker."""
    texts = {f"n{n:02}": f"clash number {n}" for n in range(18)} | {"n03x": "forever"}
    summary = go(folder(**texts), ledger, RunOptions(workers=workers, seconds=3))
    (fault,) = held(ledger)["faults"]

    assert (summary.read, fault.error) == (18, "TookTooLong")


def test_a_fault_of_the_moment_is_tried_again(folder, ledger, monkeypatch):
    """What failed without an outcome is read by the next run, and no longer stands as a fault."""
    given = folder(a="bug here")
    go(given, ledger)
    monkeypatch.setattr(fake_stages, "read", lambda document: None)
    summary = run([given], ledger, lambda: fake_stages.parts(), fake_stages.link, QUICK)

    assert (summary.read, summary.faults) == (1, 0)
    assert held(ledger)["faults"] == []


def test_newer_steps_read_again_and_the_old_outcome_stays(folder, ledger, monkeypatch):
    """As of the instant before, the ledger still says what it said."""
    given = folder(a="clash at the ford")
    go(given, ledger)
    with Reader(ledger) as reader:
        then, before = reader.instant(), list(reader.claims())
    monkeypatch.setattr(fake_stages, "STEPS", (*fake_stages.STEPS[:2], fake_stages.Step("resolve.fake", "2")))
    run([given], ledger, lambda: fake_stages.parts(), fake_stages.link, QUICK)

    with Reader(ledger) as reader:
        assert list(reader.claims(as_of=then)) == before
        assert [claim.step for claim in reader.claims()] == ["resolve.fake/2"]
        assert reader.counts()["claims"] == 2


def test_a_later_run_has_what_was_drawn_before(folder, ledger):
    """The drawing that is kept of an earlier run is handed to the next, unless another step drew it."""
    handed = []

    def link(claims, decisions, outcomes=(), before=()):
        handed.append(tuple(one.id for one in before))
        return fake_stages.link(claims, decisions, outcomes)

    go(folder(a="clash at the ford"), ledger, link=link)
    go(folder(b="raid on the mill"), ledger, link=link)
    go(folder(c="siege of the fort"), ledger, RunOptions(workers=1, link_step="link/another"), link=link)

    assert handed == [(), ("clash",), ()]


def test_a_link_that_fails_is_a_fault_until_it_does_not(folder, ledger):
    """The claims are held all the same; a later run that draws the incidents mends it."""
    given = folder(a="clash at the ford")
    summary = go(given, ledger, link=fake_stages.broken_link)

    assert (summary.incidents, summary.claims) == (None, 1)
    assert held(ledger)["faults"][0].stage == "link"
    assert go(given, ledger).incidents == 1
    assert held(ledger)["faults"] == []


def test_an_interrupted_run_says_how_to_go_on(folder, ledger):
    """Ctrl-C keeps what was read, and the next run reads only the rest."""

    def tire(progress):
        if progress.done == 2:
            raise KeyboardInterrupt

    given = folder(a="clash one", b="clash two", c="clash three")
    summary = go(given, ledger, progress=tire)

    assert summary.interrupted
    assert "run the same command again" in summary.resume
    assert summary.read == 2
    assert go(given, ledger).claims == 3


def test_a_door_that_breaks_is_a_fault(folder, ledger):
    """What came in before is kept."""

    def door(paths):
        from crossbearing.ingest.files import ingest

        yield next(iter(ingest(paths)))
        raise IndexError("hinge")

    summary = go(folder(a="clash one"), ledger, take_in=door)

    assert (summary.read, summary.faults) == (1, 1)
    assert held(ledger)["faults"][0].stage == "ingest"


def test_a_file_that_was_mended_mends_its_fault(folder, ledger, tmp_path):
    """A fault of a file stands until its bytes come in."""
    given = folder(a="clash one")
    bad = tmp_path / "in" / "b.txt"
    bad.symlink_to(tmp_path / "nowhere.txt")
    go(given, ledger)
    assert [fault.file for fault in held(ledger)["faults"]] == [str(bad)]
    bad.unlink()
    bad.write_text("clash after all")
    go(given, ledger)

    assert held(ledger)["faults"] == []


def test_stages_that_cannot_be_imported_are_read_here(folder, ledger):
    """A closure builds no workers, so this process reads, whatever was asked for."""
    given = folder(**{f"n{n:02}": f"clash number {n}" for n in range(20)})
    summary = run([given], ledger, lambda: fake_stages.parts(), fake_stages.link, RunOptions(workers=2))

    assert summary.read == 20


def test_a_ledger_that_is_none_stops_the_run(folder, tmp_path):
    """Nothing is written over."""
    other = tmp_path / "notes.txt"
    other.write_text("my notes " * 200)

    with pytest.raises(LedgerError, match="no ledger"):
        go(folder(a="clash"), str(other))
    assert other.read_text().startswith("my notes")
