"""What is read from the ledger equals what was given to it."""

from __future__ import annotations

import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.ledger.encode import (
    content_id,
    decision_id,
    decode_claim,
    decode_decision,
    decode_incidents,
    decode_outcome,
    encode_claim,
    encode_decision,
    encode_incidents,
    encode_outcome,
)
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Shown, Span
from crossbearing.model.when import Interval


@settings(deadline=None, max_examples=60)
@given(strategies.outcomes())
def test_an_outcome_comes_back_as_it_was(pair):
    """Whatever the stages made, its JSON gives back an equal value of the same types."""
    _, outcome = pair
    back = decode_outcome(encode_outcome(outcome))

    assert back == outcome
    assert repr(back.claims) == repr(outcome.claims)


@settings(deadline=None, max_examples=60)
@given(strategies.outcomes())
def test_a_claim_comes_back_as_it_was(pair):
    """Claims are written by themselves too, with spans and shown things told apart."""
    for claim in pair[1].claims:
        back = decode_claim(encode_claim(claim))

        assert back == claim
        assert [type(e) for v in back.chain for e in v.evidence] == [type(e) for v in claim.chain for e in v.evidence]


@settings(deadline=None, max_examples=40)
@given(st.lists(strategies.incidents, max_size=3).map(tuple))
def test_incidents_come_back_as_they_were(incidents):
    """The kept view of incidents is the view that was drawn."""
    assert decode_incidents(encode_incidents(incidents)) == incidents


@settings(deadline=None, max_examples=60)
@given(strategies.decisions)
def test_a_decision_comes_back_as_it_was(decision):
    """Each kind of value stays of its kind, and the id is of all that is said."""
    back = decode_decision(encode_decision(decision))
    assert back == decision
    assert type(back.value) is type(decision.value)
    assert decision_id(back) == decision_id(decision)


def test_evidence_keeps_its_kind(a_claim):
    """A span stays a span and something shown stays shown, side by side under one value."""
    evidence = (Span(0, 3), Shown("2024", "url", "/2024/", None), Shown("x", "line", "x", Span(1, 2)))
    when = Stated(Interval(None, None), evidence, "s")
    back = decode_claim(encode_claim(a_claim(when=when)))

    assert back.when == when
    assert isinstance(back.when.value, Interval)


def test_ids_tell_nothing_from_an_empty_word():
    """None and "" are two things, also in an id."""
    assert content_id("a", None) != content_id("a", "")
