"""The incidents of a ledger as they are kept or drawn: an earlier drawing saves work, and the same comes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossbearing.api import Ledger, open_ledger
from crossbearing.ledger.reader import Kept, Reader
from crossbearing.link import incidents
from crossbearing.model.decision import DecisionKind, drawing
from crossbearing.model.incident import Drawing, Incident
from crossbearing.run import drawing as room
from crossbearing.run.drawing import drawn
from crossbearing.run.local import RunOptions

REPORTS = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "week.ledger") as found:
        found.run([REPORTS], RunOptions(workers=1))
        yield found


def whole(reader: Reader) -> tuple[Incident, ...]:
    """All drawn from nothing."""
    made = incidents.draw(tuple(reader.claims()), drawing(reader.judgements()), reader.pages())
    return made.incidents


def deciding(ledger: Ledger) -> Iterator[str]:
    """A merge, a split, a claim that is rejected by itself, and two undone: what was decided, as it is decided."""
    first, second, third = sorted(ledger.incidents(), key=lambda one: (-len(one.claims), one.id))[:3]
    merge = ledger.decide(DecisionKind.SAME, first.claims, "Ann Lee", "one raid", other=second.claims)
    yield "merged"
    split = ledger.decide(DecisionKind.DIFFERENT, first.claims[:1], "Bo Ray", "two raids", other=second.claims[:1])
    yield "contested"
    ledger.decide(DecisionKind.REJECT, third.claims[:1], "Ann Lee", "misread", claims_only=True)
    yield "rejected"
    ledger.decide(DecisionKind.UNDO, [split.id], "Bo Ray", "wrong one")
    yield "undone"
    ledger.decide(DecisionKind.UNDO, [merge.id], "Ann Lee", "wrong one")
    yield "undone again"


@pytest.mark.parametrize("at_hand", [True, False], ids=["at hand", "kept by the ledger"])
def test_a_decision_draws_little_and_gives_the_same(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, at_hand: bool) -> None:
    """Decision by decision the incidents are those of a whole drawing, and no whole drawing is made for them."""
    with Reader(ledger.path) as reader:
        last: Kept | None = drawn(reader, reader.instant())
        monkeypatch.setattr(room, "draw", None)
        for said in deciding(ledger):
            found = drawn(reader, reader.instant(), last if at_hand else None)
            assert found.drawing.incidents == whole(reader), said
            last = found


def test_commands_hand_a_drawing_on(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the ledger anew after each decision has it drawn from what the one before had kept."""
    first, second = ledger.incidents()[:2]
    monkeypatch.setattr(room, "draw", None)
    for kind in (DecisionKind.SAME, DecisionKind.DIFFERENT):
        ledger.decide(kind, first.claims, "Ann Lee", "looked again", other=second.claims)
        with open_ledger(ledger.path) as again, Reader(ledger.path) as reader:
            assert again.incidents() == incidents.review(whole(reader), reader.judgements())
            assert reader.keeps(reader.view_key(incidents.STEP.id))


def test_a_drawing_by_an_older_version_is_drawn_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not say what was compared, or was drawn by another step, saves nothing and harms nothing."""
    with Reader(ledger.path) as reader:
        found = drawn(reader, reader.instant())
        bare = Kept(found.key, Drawing(found.drawing.incidents), found.decisions)
        one, other = found.drawing.incidents[:2]
        ledger.decide(DecisionKind.SAME, one.claims, "Ann Lee", "one raid", other=other.claims)
        assert drawn(reader, reader.instant(), bare).drawing.incidents == whole(reader)
        assert reader.earlier("link/another") is None
