"""What is held can be made again of its captures, and what was put in by hand cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import fake_stages
import pytest

from crossbearing.ledger import Reader
from crossbearing.ledger.bundle import members, pack
from crossbearing.ledger.verify import evidence, verify
from crossbearing.model.provenance import Step
from crossbearing.run.again import Again, again
from crossbearing.run.local import RunOptions, run
from crossbearing.stages import Parts


@pytest.fixture
def full(tmp_path):
    """A ledger of two reports, one page set aside and one fault."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in {"a": "Shells fell.", "b": "A mine went off.", "c": "index", "d": "unreadable"}.items():
        (folder / f"{name}.txt").write_text(text)
    path = tmp_path / "l.ledger"
    run([str(folder)], str(path), fake_stages.parts, fake_stages.link, RunOptions(workers=1))
    return path


def remade(path, parts=None):
    count = Again()
    found = list(again(evidence(path), parts or fake_stages.parts(), count))
    return found, count.read, count.other_steps


def test_the_same_steps_make_the_same_claims(full, tmp_path):
    """Of a ledger and of a bundle, every capture gives what is held; the fault made nothing."""
    assert remade(full) == ([], 3, 0)
    bundle = tmp_path / "l.zip"
    with Reader(str(full)) as reader:
        pack(bundle, members(reader, {claim.id for claim in reader.claims()}, {}), {})
    assert list(verify(bundle)) == []
    assert remade(bundle) == ([], 2, 0)


def test_a_value_that_was_put_in_by_hand_is_found(full):
    """A change that no hash covers, to what a claim says in its fields, does not come out again."""
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("DROP TRIGGER claims_no_update")
        change = "status = 'denied', payload = replace(payload, '\"happened\"', '\"denied\"')"
        connection.execute(f"UPDATE claims SET {change} WHERE seq = 1")
        connection.commit()
    found, *_ = remade(full)
    assert len(found) == 1
    assert found[0].endswith("says something else.")


def test_what_other_steps_read_is_counted(full):
    """A newer reader cannot vouch for an older one's claims."""
    parts = fake_stages.parts()
    newer = Parts(parts.clean, parts.read, parts.resolve, (*parts.steps[:2], Step("resolve.fake", "2")))
    assert remade(full, newer) == ([], 0, 3)
