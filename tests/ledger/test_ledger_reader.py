"""The same question as of the same instant has one answer for ever."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from crossbearing.errors import LedgerError
from crossbearing.ledger import Reader, Writer
from crossbearing.model.claim import Status
from crossbearing.model.incident import Drawing, Incident


def everything(reader, as_of):
    capture_ids = list(reader.captures(as_of))
    return (
        capture_ids,
        [reader.locations(capture, as_of) for capture in capture_ids],
        list(reader.outcomes(as_of)),
        list(reader.claims(as_of)),
        list(reader.documents(as_of)),
        list(reader.pages(as_of)),
        list(reader.faults(as_of)),
        reader.standing(as_of),
        reader.view_key("link/1", as_of),
    )


def test_what_was_held_stays_what_was_held(path, a_capture, an_outcome, a_fault):
    """After each step, all earlier instants still answer as they did when they were now."""
    one, two = a_capture(), a_capture("Shots were heard at night.", "b.txt")
    steps = (
        lambda w: w.append_capture(one),
        lambda w: w.append_fault(a_fault(one)),
        lambda w: w.append(an_outcome(one), one),
        lambda w: w.append_fault(a_fault()),
        lambda w: w.append(an_outcome(two), two),
        lambda w: w.append(an_outcome(one, steps=("clean/2",), claims=()), one),
        lambda w: w.append_capture(replace(one, file="c.txt")),
    )
    seen = []
    with Writer(path) as writer, Reader(path) as reader:
        for step in steps:
            step(writer)
            seen.append((reader.instant(), everything(reader, None)))
            for instant, then in seen:
                assert everything(reader, instant) == then
        assert len({repr(then) for _, then in seen}) == len(seen)


def test_before_the_first_instant_nothing_was_held(path, a_capture, an_outcome):
    """As of the day before, the ledger is empty."""
    with Writer(path) as writer, Reader(path) as reader:
        writer.append(an_outcome(), a_capture())
        early = reader.instant() - timedelta(days=1)
        assert list(reader.claims(early)) == list(reader.captures(early)) == []


def test_newer_steps_supersede_and_remove_nothing(path, a_capture, an_outcome):
    """The claims that stand are the latest outcome's; the older ones are held as well."""
    old = an_outcome()
    new = an_outcome(steps=("clean/1", "read/2"), claims=(replace(old.claims[0], status=Status.DENIED),))
    with Writer(path) as writer, Reader(path) as reader:
        writer.append(old, a_capture())
        writer.append(new, a_capture())

        assert [claim.status for claim in reader.claims()] == [Status.DENIED]
        assert list(reader.outcomes()) == [new]
        assert reader.counts()["claims"] == 2
        assert reader.known(old.capture, old.steps)
        assert reader.known(new.capture, new.steps)
        assert not reader.known(new.capture, ("other",))
        assert sorted(reader.known_outcomes().values()) == ["read", "read"]


def test_a_view_is_kept_until_what_it_rests_on_changes(path, a_capture, an_outcome):
    """Another outcome or another link step is another key; the old drawing may go."""
    drawn = (Incident("i1", ("c1",), ("a.txt",), "Battles", "Armed clash", Status.HAPPENED, None, None),)
    with Writer(path) as writer, Reader(path) as reader:
        empty = reader.view_key("link/1")
        writer.append(an_outcome(), a_capture())
        key = reader.view_key("link/1")
        writer.keep_view(key, Drawing(drawn))

        assert reader.view(key) == drawn
        assert reader.view(empty) is None
        assert len({empty, key, reader.view_key("link/2")}) == 3


def test_large_captures_come_back_byte_for_byte(path, a_capture):
    """Content is compressed and never lost."""
    content = bytes(range(256)) * 4096
    capture = replace(a_capture(), content=content, sha256=hashlib.sha256(content).hexdigest())
    with Writer(path) as writer, Reader(path) as reader:
        writer.append_capture(capture)
        assert reader.capture(capture.sha256) == capture


def test_a_capture_that_is_not_held(path):
    """The sentence says which, and where to look."""
    Writer(path).close()
    with Reader(path) as reader, pytest.raises(LedgerError, match="holds no capture abc"):
        reader.capture("abc")


def test_pages_are_what_was_read_without_its_claims(path, a_capture, an_outcome):
    """Documents with their datings, for linking, which has the claims already."""
    one = a_capture()
    with Writer(path) as writer, Reader(path) as reader:
        writer.append_capture(one)
        stored = writer.append(an_outcome(one), one)
        assert stored.claims
        assert list(reader.pages()) == [replace(stored, claims=())]
