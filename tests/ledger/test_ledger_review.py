"""The door for decisions: who, why, and what the ledger holds; and each is held once, in order, whoever else writes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crossbearing.errors import RefusedDecision
from crossbearing.ledger import Reader, Writer
from crossbearing.ledger.review import signed
from crossbearing.model.claim import Actor, Figure, Status
from crossbearing.model.decision import FIELDS, Cited, Decision, DecisionKind, Rank, State
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision


def decision(kind: str = "accept", subject: tuple[str, ...] = ("cone",), **more: object) -> Decision:
    """A decision of Ann's, under the id of its content."""
    fields: dict = {"person": "Ann", "rank": Rank.CODER, "at": datetime(2031, 1, 2, tzinfo=UTC), "reason": "because"} | more
    return signed(Decision(id="", kind=DecisionKind(kind), subject=subject, **fields))


@pytest.fixture
def full(path, a_capture, a_claim, an_outcome):
    """A ledger with two claims of one document."""
    capture = a_capture()
    claims = tuple(a_claim(capture, name) for name in ("cone", "ctwo"))
    with Writer(path) as writer:
        writer.append(an_outcome(capture, claims=claims), capture)
        yield writer


PLACE = Place("geonames:1", "Velmar", Precision.TOWN, "ZZ")
VALUES = {
    "when": Interval(None, None),
    "where": PLACE,
    "killed": Figure(3, None, "killed"),
    "injured": Figure(0, 0, "injured"),
    "status": Status.FOILED,
    "event_type": ("Battles", "Armed clash"),
    "weapons": ("drone",),
    "perpetrators": (Actor("A", None, "A"),),
    "targets": (),
}


def test_a_decision_comes_back_as_it_was(full, path):
    """Whatever it says, it is held once and read as it was given; the same again is the same."""
    made = [
        decision(),
        decision("unsure", other=("ctwo",)),
        decision("reject", claims_only=True),
        decision("state", state=State.READY, round="one"),
        *(decision("set", field=name, value=value, note="a call") for name, value in VALUES.items()),
    ]
    for one in made:
        assert full.append_decision(one)
        assert not full.append_decision(one)
    with Reader(path) as reader:
        assert reader.decisions() == tuple(made)
        assert [type(one.value) for one in reader.decisions()] == [type(one.value) for one in made]
    assert set(VALUES) == set(FIELDS)


def test_decisions_are_as_of_an_instant(full, path):
    """What was decided later was not decided then."""
    full.append_decision(decision())
    with Reader(path) as reader:
        then = reader.instant()
        full.append_decision(decision("reject"))
        assert [one.kind for one in reader.decisions(then)] == [DecisionKind.ACCEPT]


def test_only_what_draws_makes_another_drawing(full, path):
    """A verdict, a set field and a state leave the drawing as it is kept; an edge, its undo and a rejected claim do not."""
    with Reader(path) as reader:
        first = reader.view_key("link/1")
        field = {"field": "status", "value": Status.FOILED, "note": "n"}
        for one in (decision(), decision("state", state=State.READY), decision("set", **field)):
            full.append_decision(one)
        assert reader.view_key("link/1") == first
        edge = decision("same", other=("ctwo",))
        full.append_decision(edge)
        assert reader.view_key("link/1") != first
        full.append_decision(decision("undo", (edge.id,)))
        assert reader.view_key("link/1") == first
        full.append_decision(decision("reject", claims_only=True))
        assert reader.view_key("link/1") != first


def test_words_that_are_cited_are_the_documents(full, path):
    """A value may stand on words of a document, which must stand there."""
    with Reader(path) as reader:
        (document,) = reader.documents()
    cited = Cited(document.id, Span(4, 11), document.quote(Span(4, 11)))
    assert full.append_decision(decision("set", field="weapons", value=("rocket",), evidence=(cited,)))
    for wrong in (replace(cited, quote="mortars"), replace(cited, document="dnone"), Cited(document.id, Span(4, 4), "")):
        with pytest.raises(RefusedDecision, match="it cites"):
            full.append_decision(decision("set", field="weapons", value=("rocket",), evidence=(wrong,)))


REFUSED = [
    (decision(person=" "), "who decided"),
    (decision(reason=""), "does not say why"),
    (decision(subject=()), "about nothing"),
    (replace(decision(), reason="another"), "its content makes"),
    (decision(subject=("cnone",)), "no claim cnone"),
    (decision("same"), "names one"),
    (decision("same", other=("cnone",)), "no claim cnone"),
    (decision("different", other=("cone",)), "share a claim"),
    (decision("accept", other=("ctwo",)), "judges one"),
    (decision("set", field="colour", value=("red",), note="n"), "no field 'colour'"),
    (decision("set", field="killed", value=("red",), note="n"), "no value of killed"),
    (decision("set", field="weapons", value=(Actor("A", None, "A"),), note="n"), "no value of weapons"),
    (decision("set", field="event_type", value=("Battles",), note="n"), "no value of event_type"),
    (decision("set", field="status", value=None, note="n"), "no value of status"),
    (decision("set", field="killed", value=Figure(1, 1, "killed")), "stands on"),
    (decision("accept", state=State.READY), "a state is given"),
    (decision("state"), "a state is given"),
    (decision("undo", ("jnone",)), "no decision jnone"),
    (decision("open", ("one",)), "only an editor"),
    (decision("open", ("one",), rank=Rank.EDITOR), "nothing was decided in a round 'one'"),
]


@pytest.mark.parametrize(("made", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_what_cannot_be_recorded_is_refused(full, path, made, why):
    """Each is told why and what to do, and nothing is held of it."""
    with pytest.raises(RefusedDecision, match=why) as refused:
        full.append_decision(made)
    assert str(refused.value).endswith(".")
    with Reader(path) as reader:
        assert reader.decisions() == ()


def test_words_that_no_file_can_hold_are_refused():
    """A reason typed in another encoding is told, and is no crash."""
    with pytest.raises(RefusedDecision, match="no text in UTF-8"):
        decision(reason="caf\udce9")


def test_only_who_decided_or_an_editor_undoes(full):
    """A coder takes back their own; an editor anyone's; and what is undone is not undone again."""
    made = decision()
    full.append_decision(made)
    with pytest.raises(RefusedDecision, match=r"Ann's decision.*an editor settles"):
        full.append_decision(decision("undo", (made.id,), person="Bob"))
    undo = decision("undo", (made.id,), person="Edith", rank=Rank.EDITOR)
    assert full.append_decision(undo)
    with pytest.raises(RefusedDecision, match="undone already"):
        full.append_decision(decision("undo", (made.id,)))
    assert full.append_decision(decision("undo", (undo.id,), person="Edith", rank=Rank.EDITOR))
    assert full.append_decision(decision("undo", (made.id,), reason="now it can be"))


def test_an_editor_opens_a_round_that_there_is(full):
    """A round has a name that some decision bears."""
    full.append_decision(decision(round="one"))
    assert full.append_decision(decision("open", ("one",), person="Edith", rank=Rank.EDITOR))


def test_two_who_write_at_once_lose_nothing(full, path, tmp_path):
    """Two processes decide a hundred times each on one ledger: all are held, each after the one before."""
    script = tmp_path / "decide.py"
    script.write_text(
        "import sys\n"
        "from crossbearing.api import open_ledger\n"
        "from crossbearing.model.decision import DecisionKind\n"
        "with open_ledger(sys.argv[1], create=False) as ledger:\n"
        "    for n in range(100):\n"
        "        ledger.decide(DecisionKind.ACCEPT, ['cone'], sys.argv[2], f'reason {n}')\n"
    )
    people = ("Ann", "Bob")
    writers = [subprocess.Popen([sys.executable, str(script), path, person]) for person in people]
    assert [writer.wait() for writer in writers] == [0, 0]
    with Reader(path) as reader:
        made = reader.decisions()
        stamps = [one.at for one in reader.recorded() if one.of == "decision"]
    for person in people:
        assert [one.reason for one in made if one.person == person] == [f"reason {n}" for n in range(100)]
    assert stamps == sorted(set(stamps))
