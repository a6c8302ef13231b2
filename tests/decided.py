"""A ledger that people decide on at random, and the laws that hold whatever they decide."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from datetime import date, datetime

import stores
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from crossbearing.api import Ledger, open_ledger
from crossbearing.ledger import Writer
from crossbearing.ledger.encode import encode_incidents
from crossbearing.ledger.tables import GROWING
from crossbearing.ledger.verify import verify
from crossbearing.link.incidents import link
from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status, Voice, claim_id
from crossbearing.model.decision import VERDICTS, Decision, DecisionKind, Rank, State
from crossbearing.model.mention import Stance
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Capture, Document, Media, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision

TEXT = "A drone hit the depot at dawn. A second raid came at night. The mayor spoke of {n} dead, the army of none."
BASE = Place("facility:north-base", "North base", Precision.EXACT, "XA", "North", 36.0, 41.0, 4.0)
TOWN = Place("geonames:1", "Northtown", Precision.TOWN, "XA", "North", 36.05, 41.05, 6.0)
PEOPLE = {"Ann": Rank.CODER, "Bob": Rank.CODER, "Edith": Rank.EDITOR}
STEP = "test/1"
ON_TWO = (DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.UNSURE, DecisionKind.COPY)


def outcome(number: int) -> tuple[Capture, Outcome]:
    """A report of two raids on one or two days, told in three claims, two of them of one happening."""
    text = TEXT.format(n=number)
    content = text.encode()
    sha = hashlib.sha256(content).hexdigest()
    name = f"r{number}.txt"
    document = Document("d" + sha[:16], sha, name, name, text)
    first = Interval.day(date(2031, 5, 10 + number % 3))
    told = ((0, 30, 0, "mayor", first), (0, 30, 0, "army", first), (31, 60, 1, "mayor", Interval.day(date(2031, 5, 11))))
    claims = tuple(_claim(document, *one, BASE if number % 2 else TOWN, number) for one in told)
    capture = Capture(content, sha, name, name, Media.SCRAPE)
    return capture, Outcome(sha, ("clean/1", "read/1", STEP), document, None, claims)


def _claim(document: Document, start: int, end: int, happening: int, voice: str, when: Interval, where: Place, n: int) -> Claim:
    span = Span(start, end)

    def stated(value: object) -> Stated:
        return Stated(value, (span,), STEP)

    return Claim(
        claim_id(document.id, span, STEP, happening, (voice,)), document.id, document.report, document.file,
        document.quote(span), span, ClaimRole.MAIN, Status.HAPPENED, "Explosions/Remote violence", "Air/drone strike",
        Stance.ASSERTS, STEP, when=stated(when), where=stated(where), happening=happening,
        perpetrators=(stated(Actor("alpha", "alpha", "alpha")),), chain=(stated(Voice(voice, "claimant", voice)),),
        killed=stated(Figure(n, n, "killed")) if voice == "mayor" else None,
    )  # fmt: skip


def trial(fresh: Callable[[], str], sequences: int, steps: int) -> None:
    """Try the laws on so many sequences, each at a fresh place for a ledger. One that breaks them is told as it was found: to
    shrink it takes minutes.
    """
    how = settings(max_examples=sequences, stateful_step_count=steps, deadline=None, phases=(Phase.generate,))
    run_state_machine_as_test(lambda: Desk(fresh()), settings=how)


class Desk(RuleBasedStateMachine):
    """People who decide, undo and take in reports, in any order."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.ledger: Ledger = open_ledger(self.path)
        self.number = 0
        self.past: dict[datetime, str] = {}
        self.rows: dict[str, list[tuple]] = {}

    def teardown(self) -> None:
        """All earlier instants still answer as they did, and everything verifies."""
        try:
            for instant, then in self.past.items():
                assert encode_incidents(self.ledger.incidents(as_of=instant)) == then
            assert list(verify(self.path)) == []
        finally:
            self.ledger.close()

    @initialize()
    def some_reports(self) -> None:
        for _ in range(3):
            self.a_report_arrives()

    @rule()
    @precondition(lambda self: self.number < 6)
    def a_report_arrives(self) -> None:
        self.number += 1
        capture, made = outcome(self.number)
        with Writer(self.path) as writer:
            writer.append(made, capture)

    @rule(data=st.data(), kind=st.sampled_from(ON_TWO))
    def two_sides_are_judged(self, data: st.DataObject, kind: DecisionKind) -> None:
        one, other = self.some_claims(data), self.some_claims(data)
        if set(one) & set(other):
            other = tuple(sorted({claim.id for claim in self.ledger.claims()} - set(one)))[:2]
        if other:  # all claims may stand in one incident
            self.decide(data, kind, one, other=other)

    @rule(data=st.data())
    @precondition(lambda self: any(len(incident.claims) > 1 for incident in self.ledger.incidents()))
    def an_incident_is_split(self, data: st.DataObject) -> None:
        claims = data.draw(st.sampled_from([one.claims for one in self.ledger.incidents() if len(one.claims) > 1]))
        out = data.draw(st.sampled_from(claims))
        self.decide(data, DecisionKind.DIFFERENT, tuple(claim for claim in claims if claim != out), other=(out,))

    @rule(data=st.data(), kind=st.sampled_from(VERDICTS), alone=st.booleans())
    def a_verdict_is_given(self, data: st.DataObject, kind: DecisionKind, alone: bool) -> None:
        self.decide(data, kind, self.some_claims(data), claims_only=alone and kind is not DecisionKind.UNSURE)

    @rule(data=st.data(), killed=st.integers(0, 3), state=st.sampled_from(State))
    def a_field_or_a_state_is_set(self, data: st.DataObject, killed: int, state: State) -> None:
        claims = self.some_claims(data)
        if data.draw(st.booleans()):
            self.decide(data, DecisionKind.SET, claims, field="killed", value=Figure(killed, None, "killed"), note="a call")
        else:
            self.decide(data, DecisionKind.STATE, claims, state=state)

    @rule(data=st.data())
    @precondition(lambda self: self.ledger.decisions())
    def a_decision_is_undone(self, data: st.DataObject) -> None:
        made = self.ledger.decisions()
        undone = {name for one in self.kept_undos(made) for name in one.subject}
        open_to_undo = [one for one in made if one.id not in undone]
        one = data.draw(st.sampled_from(open_to_undo))
        self.ledger.decide(DecisionKind.UNDO, [one.id], "Edith", "a slip", rank=Rank.EDITOR)

    def decide(self, data: st.DataObject, kind: DecisionKind, subject: tuple[str, ...], **more: object) -> None:
        person = data.draw(st.sampled_from(sorted(PEOPLE)))
        self.ledger.decide(kind, subject, person, "because", rank=PEOPLE[person], **more)

    def some_claims(self, data: st.DataObject) -> tuple[str, ...]:
        """The claims of an incident, or one of them."""
        claims = data.draw(st.sampled_from([incident.claims for incident in self.ledger.incidents()]))
        return claims if data.draw(st.booleans()) else (data.draw(st.sampled_from(claims)),)

    @staticmethod
    def kept_undos(made: tuple[Decision, ...]) -> list[Decision]:
        """The undos that no later undo, itself kept, names."""
        kept: list[Decision] = []
        for one in reversed(made):
            if one.kind is DecisionKind.UNDO and not any(one.id in later.subject for later in kept):
                kept.append(one)
        return kept

    def standing(self) -> list[Decision]:
        """The decisions as if those undone, and what undid them, had never been."""
        made = self.ledger.decisions()
        gone = {name for one in self.kept_undos(made) for name in one.subject}
        return [one for one in made if one.id not in gone and one.kind is not DecisionKind.UNDO]

    @invariant()
    def every_claim_stands_in_one_incident(self) -> None:
        held = [claim for incident in self.ledger.incidents() for claim in incident.claims]
        assert sorted(held) == sorted(claim.id for claim in self.ledger.claims())

    @invariant()
    def an_undo_restores_exactly(self) -> None:
        drawn = link(tuple(self.ledger.claims()), self.standing(), self.ledger.outcomes())
        assert encode_incidents(drawn) == encode_incidents(self.ledger.incidents())

    @invariant()
    def what_all_hold_different_stays_apart(self) -> None:
        home = {claim: incident.id for incident in self.ledger.incidents() for claim in incident.claims}
        for pair, said in self.edges():
            if said == {DecisionKind.DIFFERENT}:
                assert home[pair[0]] != home[pair[1]]

    @invariant()
    def what_all_hold_one_is_one(self) -> None:
        edges = list(self.edges())
        if not any(DecisionKind.DIFFERENT in said for _, said in edges):
            home = {claim: incident.id for incident in self.ledger.incidents() for claim in incident.claims}
            assert all(home[a] == home[b] for (a, b), said in edges if said == {DecisionKind.SAME})

    def edges(self) -> Iterator[tuple[tuple[str, str], set[DecisionKind]]]:
        """Each pair of claims that is judged, with all that anybody ever said of it and nobody took back."""
        said: dict[tuple[str, str], set[DecisionKind]] = {}
        for one in self.standing():
            if one.other:
                kind = DecisionKind.SAME if one.kind is DecisionKind.COPY else one.kind
                for a, b in itertools.product(one.subject, one.other):
                    said.setdefault((min(a, b), max(a, b)), set()).add(kind)
        yield from said.items()

    @invariant()
    def nothing_recorded_was_changed(self) -> None:
        with stores.sql(self.path) as connection:
            for table in GROWING:
                rows = connection.execute(f"SELECT * FROM {table.name} ORDER BY seq").fetchall()
                before = self.rows.get(table.name, [])
                assert rows[: len(before)] == before
                self.rows[table.name] = rows

    @invariant()
    def the_past_is_as_it_was(self) -> None:
        """Asked of one earlier instant at each step, and of all at the end."""
        if self.past:
            instant, then = list(self.past.items())[len(self.past) // 2]
            assert encode_incidents(self.ledger.incidents(as_of=instant)) == then
        if self.number:
            self.past[self.ledger.instant()] = encode_incidents(self.ledger.incidents())
