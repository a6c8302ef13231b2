"""A better reader does not undo people's work: a decision holds of the claim that stands where the one it named stood."""

from __future__ import annotations

from dataclasses import replace

import pytest
from decided import outcome

from crossbearing.api import open_ledger
from crossbearing.ledger import Writer
from crossbearing.ledger.heirs import carried, heir
from crossbearing.model.claim import claim_id
from crossbearing.model.decision import DecisionKind
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Span


def newer(made: Outcome, shift: int = 0) -> Outcome:
    """The same capture read by a newer step, which makes other ids, and words that end so many characters later."""
    text = made.document.text if made.document else ""

    def anew(claim):
        span = Span(claim.span.start, claim.span.end + shift)
        names = tuple(voice.value.name for voice in claim.chain)
        name = claim_id(claim.document, span, "test/2", claim.happening, names)
        return replace(claim, id=name, span=span, quote=span.of(text), step="test/2")

    return replace(made, steps=(*made.steps[:2], "test/2"), claims=tuple(map(anew, made.claims)))


def test_decisions_go_on_when_a_newer_reader_comes(tmp_path):
    """A merge and a verdict hold of the heirs; as of the time before, of the claims that stood then."""
    path = tmp_path / "l.ledger"
    pairs = [outcome(1), outcome(2)]
    with Writer(str(path)) as writer, open_ledger(path) as ledger:
        for capture, made in pairs:
            writer.append(made, capture)
        one, other = ledger.incidents()[:2]
        ledger.decide(DecisionKind.SAME, one.claims, "Ann", "one raid", other=other.claims)
        ledger.decide(DecisionKind.ACCEPT, one.claims, "Ann", "so")
        before, then = ledger.incidents(), ledger.instant()
        for capture, made in pairs:
            writer.append(newer(made, shift=4), capture)
        after = ledger.incidents()

        assert [len(incident.claims) for incident in after] == [len(incident.claims) for incident in before]
        assert not {claim for incident in after for claim in incident.claims} & set(one.claims)
        assert [incident.review and incident.review.verdict for incident in after] == [
            incident.review and incident.review.verdict for incident in before
        ]
        assert ledger.incidents(as_of=then) == before
        assert ledger.decisions()[0].subject == one.claims


def test_an_heir_speaks_of_the_same_words_in_the_same_voice():
    """Of two voices in one sentence the same voice inherits; a claim of another sentence does not."""
    _, made = outcome(1)
    mayor, army, second = made.claims
    anew = newer(made).claims
    assert heir(mayor, anew) == anew[0]
    assert heir(army, anew) == anew[1]
    assert heir(second, anew[:2]) is None


def test_another_text_of_the_capture_must_have_the_same_words():
    """Where the text was made anew its offsets say nothing, and only the same words are the same."""
    _, made = outcome(1)
    elsewhere = replace(made.claims[0], document="dother", span=Span(5, 35))
    assert heir(made.claims[0], [elsewhere]) == elsewhere
    assert heir(made.claims[0], [replace(elsewhere, quote="Another thing.")]) is None


@pytest.mark.parametrize("kind", ["undo", "open"])
def test_only_claims_have_heirs(kind):
    """An undo names a decision and an opening a round, and both go on as they are."""
    from test_ledger_review import decision

    one = decision(kind, ("cone",))
    assert carried([one, decision("accept", ("cone",))], {"cone": "cnew"})[0] is one
    assert carried([decision("accept", ("cone",))], {"cone": "cnew"})[0].subject == ("cnew",)
