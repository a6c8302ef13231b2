"""What people decide: each a judgement with name, time and reason, appended and never edited. And what follows of them.

A decision names claims, never an incident, since an incident is redrawn and its claims stay: one made on an incident holds
the claims that stood in it at that moment, and bears on the incident that holds the most of them now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crossbearing.model.claim import Actor, Figure, Status, number
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place


class DecisionKind(StrEnum):
    """What a person says of claims."""

    ACCEPT = "accept"  # it is told rightly
    REJECT = "reject"  # it is not: it stays in the ledger and out of what is exported
    UNSURE = "unsure"  # of one side: neither; of two: perhaps one happening, perhaps two
    SET = "set"  # a field of the incident is this
    SAME = "same"  # each claim of the one side tells of one happening with each of the other
    DIFFERENT = "different"  # none does
    COPY = "copy"  # the one side has it from the other
    STATE = "state"  # how far the work on it has come
    UNDO = "undo"  # an earlier decision is as if it had never been
    OPEN = "open"  # the decisions of a blind round count from now on


class State(StrEnum):
    """How far the work on an incident has come."""

    TO_DO = "to do"
    IN_PROGRESS = "in progress"
    READY = "ready for review"
    COMPLETED = "completed"
    SENT_BACK = "sent back"
    STUB = "stub"  # too little is known to code it; kept so that it is not forgotten


class Rank(StrEnum):
    """As what a person decides: an editor settles what coders leave contested."""

    CODER = "coder"
    EDITOR = "editor"


VERDICTS = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.UNSURE)
"""What can be said of an incident as a whole, or of a claim by itself."""

FieldValue = Interval | Place | Figure | Status | tuple[Actor, ...] | tuple[str, ...]
"""What a field of an incident can be set to."""

FIELDS = ("when", "where", "perpetrators", "targets", "weapons", "killed", "injured", "status", "event_type")
"""The fields that can be set. The value of `event_type` is two names: the event type, and the sub-event type."""


def value_text(value: FieldValue | None) -> str | None:
    """What a field was set to, as a person types it; None where it is not known."""
    if value is None:
        return None
    if isinstance(value, Place):
        return ", ".join(filter(None, (value.name, value.country)))
    if isinstance(value, Figure):
        return number(value.low, value.high)
    if isinstance(value, tuple):
        return "; ".join(one.name if isinstance(one, Actor) else one for one in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a document that a person's value stands on."""

    document: str
    span: Span
    quote: str
    """The document's text at `span`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's judgement: who, when, on what, why."""

    id: str
    """Made of all the rest, so that a repeat is the same decision."""
    person: str
    rank: Rank
    at: datetime
    """By the clock of whoever decided. What is later is told by the order in which the ledger recorded it."""
    kind: DecisionKind
    subject: tuple[str, ...]
    """The ids of claims, in order; for an undo the decision undone, for an opening the round."""
    reason: str
    other: tuple[str, ...] = ()
    """The claims of the other side, where the judgement is on two."""
    claims_only: bool = False
    """Whether to accept or to reject means these claims by themselves, and not the incident that holds them."""
    field: str = ""
    """Of a set field: one of `FIELDS`."""
    value: FieldValue | None = None
    """None says that it is not known."""
    evidence: tuple[Cited, ...] = ()
    note: str = ""
    """What a value stands on where no document that is held says so."""
    state: State | None = None
    round: str = ""
    """The blind round that it was made in: it counts once an editor opens the round."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What claims give that came after a person set a field, and that cannot hold beside the value that was set."""

    value: str
    """As a standing writes it."""
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A field that a person set, beside what the claims say."""

    field: str
    value: FieldValue | None
    claims_say: FieldValue | None
    """What stood there before: drawn from the claims alone."""
    decision: str
    person: str
    at: datetime
    reason: str
    otherwise: tuple[Otherwise, ...] = ()
    """What came since and differs; nothing once the field is set again in the light of it."""


@dataclass(frozen=True, slots=True)
class Contest:
    """People's decisions that cannot both hold: neither does until an editor settles it."""

    about: str
    """`verdict`, `same`, or the field."""
    says: str
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What people decided on an incident: a view over decisions, as the incident is one over claims."""

    state: State = State.TO_DO
    verdict: DecisionKind | None = None
    """Accept, reject or unsure; None where nobody said, or where it is contested."""
    settings: tuple[Setting, ...] = ()
    contests: tuple[Contest, ...] = ()
    rejected_claims: tuple[str, ...] = ()
    """Claims that were rejected by themselves: they stand in the incident and add nothing to its fields."""
    new_claims: tuple[str, ...] = ()
    """Claims that the last verdict on the incident had not seen."""
    decisions: tuple[Decision, ...] = ()
    """All that bear on it and were not undone, in the order of recording."""

    @property
    def rejected(self) -> bool:
        """Whether it is kept out of what is exported."""
        return self.verdict is DecisionKind.REJECT

    @property
    def verified(self) -> bool:
        """Whether people stand behind it: accepted, nothing contested, and neither a stub nor sent back."""
        held_up = self.state in (State.STUB, State.SENT_BACK)
        return self.verdict is DecisionKind.ACCEPT and not self.contests and not held_up


def on_incident(decision: Decision) -> bool:
    """Whether it is on an incident as a whole, and on one only."""
    kinds = (*VERDICTS, DecisionKind.SET, DecisionKind.STATE)
    return decision.kind in kinds and not decision.other and not decision.claims_only


def undone(decisions: Sequence[Decision]) -> set[str]:
    """The ids of the decisions that an undo names which was not undone itself."""
    gone: set[str] = set()
    for one in reversed(decisions):
        if one.kind is DecisionKind.UNDO and one.id not in gone:
            gone.update(one.subject)
    return gone


def not_undone(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions without those undone and without the undos, in order. To undo an undo brings back."""
    gone = undone(decisions)
    return tuple(one for one in decisions if one.id not in gone and one.kind is not DecisionKind.UNDO)


def closed(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Those of blind rounds that nobody has opened, of what `not_undone` gives."""
    opened = {name for one in decisions if one.kind is DecisionKind.OPEN for name in one.subject}
    return tuple(one for one in decisions if one.round and one.round not in opened)


def unseen(decisions: Sequence[Decision], person: str | None = None) -> dict[str, str]:
    """What a person may not see yet, by id, each with its blind round: what others decided in rounds that nobody has opened,
    undone or not, and the undos of that. Without a person: what only its maker may see.
    """
    opened = {name for one in not_undone(decisions) if one.kind is DecisionKind.OPEN for name in one.subject}
    within: dict[str, str] = {}
    for one in decisions:
        rounds = (within.get(name, "") for name in one.subject) if one.kind is DecisionKind.UNDO else (one.round,)
        if found := next((name for name in rounds if name and name not in opened), ""):
            within[one.id] = found
    return {one.id: within[one.id] for one in decisions if one.id in within and one.person != person}


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that count: not undone, and of no blind round that is still closed."""
    kept = not_undone(decisions)
    waiting = {one.id for one in closed(kept)}
    return tuple(one for one in kept if one.kind is not DecisionKind.OPEN and one.id not in waiting)


def drawing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Those that count in which claims make which incident: edges between claims, and claims rejected by themselves.

    All others are on incidents as they were drawn, so that a verdict or a set field draws nothing anew.
    """
    return tuple(one for one in standing(decisions) if not on_incident(one))
