"""The door for decisions: what a person decides is recorded only if it names who and why, and what the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, select

from crossbearing.errors import RefusedDecision
from crossbearing.ledger.encode import decision_id, decode_decision, decode_outcome
from crossbearing.ledger.tables import claims, decisions, documents, outcomes
from crossbearing.model.claim import Figure, Status
from crossbearing.model.decision import FIELDS, Cited, Decision, DecisionKind, FieldValue, Rank, undone
from crossbearing.model.when import Interval
from crossbearing.model.where import Place

# SQLite binds some thousands of values in a statement; a decision on a large incident names more claims.
AT_ONCE = 500

TYPES: dict[str, type] = {"when": Interval, "where": Place, "killed": Figure, "injured": Figure, "status": Status}
"""What each field can be set to; the others take tuples."""

ALWAYS_KNOWN = ("status", "event_type")
"""Fields that an incident never lacks."""

TWO_SIDES = (DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.COPY)


def signed(decision: Decision) -> Decision:
    """The decision under the id that its content makes. Raises RefusedDecision for words that no file can hold."""
    try:
        return replace(decision, id=decision_id(decision))
    except ValueError as error:  # half a surrogate pair, as a terminal of another encoding gives it
        raise RefusedDecision(_what(decision), "its words are no text in UTF-8", "Type them again") from error


def admit(connection: Connection, decision: Decision) -> None:
    """Let a decision in. Raises RefusedDecision, which says why and what to do, where it cannot be recorded."""
    for why, todo in refusals(connection, decision):
        raise RefusedDecision(_what(decision), why, todo)


def _what(decision: Decision) -> str:
    return f"the decision ({decision.kind.value})"


def refusals(connection: Connection, decision: Decision) -> Iterator[tuple[str, str]]:
    """What keeps a decision out, each with what to do."""
    if not decision.person.strip():
        yield "it does not say who decided", "Give a name"
    if not decision.reason.strip():
        yield "it does not say why", "Give a reason, in a few words"
    if not decision.subject:
        yield "it is about nothing", "Name an incident or a claim"
    if decision.id != decision_id(decision):
        yield f"its id {decision.id} is not the one that its content makes", "Record it through the commands or the interface"
    if decision.kind is DecisionKind.UNDO:
        yield from _undoing(connection, decision)
    elif decision.kind is DecisionKind.OPEN:
        yield from _opening(connection, decision)
    else:
        yield from _on_claims(connection, decision)
    if decision.kind is DecisionKind.SET:
        yield from _setting(connection, decision)
    if (decision.state is not None) != (decision.kind is DecisionKind.STATE):
        yield "a state is given where none is asked for, or none where one is", "Give a state with `state`, and with no other"


def _on_claims(connection: Connection, decision: Decision) -> Iterator[tuple[str, str]]:
    named = (*decision.subject, *decision.other)
    known: set[str] = set()
    for start in range(0, len(named), AT_ONCE):
        asked = select(claims.c.id).where(claims.c.id.in_(named[start : start + AT_ONCE]))
        known.update(row.id for row in connection.execute(asked))
    for claim in named:
        if claim not in known:
            yield f"the ledger holds no claim {claim}", "`crossbearing claims` lists what it holds"
    if decision.kind in TWO_SIDES and not decision.other:
        yield "it judges two sides, and names one", "Name the other incident or claim"
    if decision.other and decision.kind not in (*TWO_SIDES, DecisionKind.UNSURE):
        yield "it names two sides, and judges one", "Name one incident or claim"
    if set(decision.subject) & set(decision.other):
        yield "its two sides share a claim", "Name two incidents or claims that differ"


def _setting(connection: Connection, decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.field not in FIELDS:
        yield f"no field {decision.field!r} can be set", f"There are {', '.join(FIELDS)}"
    elif not _suits(decision.field, decision.value):
        yield f"{decision.value!r} is no value of {decision.field}", "Give a value of the field's kind"
    if not decision.evidence and not decision.note.strip():
        yield "nothing is named that the value stands on", "Give the words of a document that say so, or a note"
    for cited in decision.evidence:
        said = _words(connection, cited)
        if said != cited.quote or not said or len(said) != len(cited.span):  # a span beyond the text's end reads shorter
            read = "the ledger holds no such document" if said is None else f"the text there reads {said[:60]!r}"
            at = f"{cited.document} at {cited.span.start}-{cited.span.end}"
            yield f"it cites {cited.quote[:60]!r} from {at}, but {read}", "Give the document's id and offsets into its text"


def _suits(field: str, value: FieldValue | None) -> bool:
    """Whether a value is of its field's kind."""
    if value is None:
        return field not in ALWAYS_KNOWN
    if field in TYPES:
        return isinstance(value, TYPES[field])
    if not isinstance(value, tuple) or (field == "event_type" and len(value) != 2):
        return False
    return all(isinstance(one, str) is (field in ("weapons", "event_type")) for one in value)


def _words(connection: Connection, cited: Cited) -> str | None:
    """The text of the cited document at the span; None where the document is not held."""
    asked = select(outcomes.c.payload).join(documents, documents.c.outcome == outcomes.c.id)
    for row in connection.execute(asked.where(documents.c.id == cited.document).limit(1)):
        document = decode_outcome(row.payload).document
        return document.quote(cited.span) if document else None
    return None


def _undoing(connection: Connection, decision: Decision) -> Iterator[tuple[str, str]]:
    listed = "`crossbearing decisions` lists what it holds"
    asked = select(decisions.c.id, decisions.c.value).order_by(decisions.c.seq)
    earlier = {row.id: decode_decision(row.value) for row in connection.execute(asked)}
    gone = undone(tuple(earlier.values()))
    for name in decision.subject:
        if name not in earlier:
            yield f"the ledger holds no decision {name}", listed
            continue
        whose = earlier[name].person
        if whose != decision.person and decision.rank is not Rank.EDITOR:
            todo = "Undo your own, or decide otherwise: an editor settles what is contested"
            yield f"{name} is {whose}'s decision", todo
        if name in gone:
            yield f"{name} is undone already", listed


def _opening(connection: Connection, decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.rank is not Rank.EDITOR:
        yield "only an editor opens a blind round", "Name the editors in the setting `review.editors`"
    rounds = {decode_decision(row.value).round for row in connection.execute(select(decisions.c.value))}
    for name in decision.subject:
        if name not in rounds:
            some = ", ".join(sorted(filter(None, rounds))) or "none"
            yield f"nothing was decided in a round {name!r}", f"Name one that there is: {some}"
