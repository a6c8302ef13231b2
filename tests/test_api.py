"""The ledger in a few lines of Python, with the stages as they ship."""

from __future__ import annotations

from datetime import timedelta

import pytest

import crossbearing
from crossbearing.errors import LedgerError
from crossbearing.run.local import RunOptions

ONE = """Harbour Wire
Published: 12 March 2024

Rockets hit the market of Kirkuk

KIRKUK (Harbour Wire) - At least four people were killed when rockets hit a market in Kirkuk on Monday, police said.
"""
TWO = """The Ridge Post
Published: 14 March 2024

Bomb kills two soldiers outside Mosul

A roadside bomb killed two Iraqi soldiers outside Mosul on Wednesday, the army said in a statement.
"""
HERE = RunOptions(workers=1)


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE)
    return folder


def test_reports_go_in_and_incidents_come_out(tmp_path, pages):
    """Open, run, ask: each incident's claims are among the ledger's, and quote their documents."""
    with crossbearing.open_ledger(tmp_path / "week.db") as ledger:
        summary = ledger.run(pages, HERE)
        documents = {document.id: document for document in ledger.documents()}
        claims = {claim.id: claim for claim in ledger.claims()}

        assert summary.read == 1
        assert claims
        assert all(documents[claim.document].quote(claim.span) == claim.quote for claim in claims.values())
        assert summary.incidents == len(ledger.incidents()) > 0
        assert {claim for incident in ledger.incidents() for claim in incident.claims} <= set(claims)
        assert ledger.capture(next(iter(documents.values())).capture).content == ONE.encode()


def test_an_earlier_instant_is_answered_as_then(tmp_path, pages):
    """Incidents as of an instant are those that were drawn then, though the kept view is a later one."""
    with crossbearing.open_ledger(tmp_path / "week.db") as ledger:
        ledger.run(pages, HERE)
        then, before = ledger.instant(), ledger.incidents()
        (pages / "two.txt").write_text(TWO)
        ledger.run(pages, HERE)

        assert ledger.incidents(as_of=then) == before
        assert len(ledger.incidents()) > len(before)
        assert ledger.incidents(as_of=then - timedelta(days=1)) == ()


def test_progress_is_told(tmp_path, pages):
    """Whoever waits hears of each capture, and of the drawing."""
    heard = []
    with crossbearing.open_ledger(tmp_path / "week.db") as ledger:
        ledger.run([str(pages)], HERE, progress=heard.append)
    assert [(each.stage, each.done) for each in heard] == [("read", 1), ("link", 1)]


def test_a_ledger_is_not_made_by_looking(tmp_path):
    """With `create=False`, a path without a ledger is an error that says what to do."""
    with pytest.raises(LedgerError, match="there is no ledger here"):
        crossbearing.open_ledger(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_the_face_is_what_it_promises():
    """What `import crossbearing` gives, and nothing more."""
    assert sorted(crossbearing.__all__) == ["Ledger", "__version__", "open_ledger"]
    assert all(getattr(crossbearing, name) for name in crossbearing.__all__)
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = crossbearing.nothing_of_the_kind
