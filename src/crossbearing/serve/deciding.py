"""A person's wish as a form or a program gives it, turned into a decision on claims, and recorded.

A form says which claims the person saw. The decision is on these, whatever the incident has become meanwhile: two people
who decide at once each decide on what they looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import HTTPException
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from crossbearing.api import Ledger
from crossbearing.config import load
from crossbearing.errors import RefusedDecision
from crossbearing.model.decision import Cited, Decision, DecisionKind, Rank, State, unseen
from crossbearing.model.text import Span
from crossbearing.resolve.place.gazetteer import open_gazetteer
from crossbearing.resolve.typed import value_of
from crossbearing.serve.accounts import MOST_NAME
from crossbearing.serve.desk import Asked, Desk
from crossbearing.serve.frame import visible
from crossbearing.serve.gate import Visitor, too_little
from crossbearing.serve.roles import Role, takes

MOST_WORDS = 2000
"""Characters of a reason, a note or a value."""


def _one(given: object) -> object:
    """Names in one field of a form, with spaces or commas between, or a list of them."""
    return given.replace(",", " ").split() if isinstance(given, str) else given


def _clean(given: object) -> object:
    return given.replace("\x00", "").encode("utf-8", "replace").decode().strip() if isinstance(given, str) else given


Text = Annotated[str, BeforeValidator(_clean), Field(max_length=MOST_WORDS)]
Names = Annotated[list[Text], BeforeValidator(_one), Field(max_length=5000)]


class Wish(BaseModel):
    """What a person wants recorded."""

    model_config = ConfigDict(extra="forbid")

    kind: DecisionKind = Field(description="What is decided.", examples=["accept"])
    person: Text = Field(
        "",
        description="Who decides; without it the account, or where there are none the setting `review.person`.",
        examples=["Ann Lee"],
    )
    because: Text = Field(description="Why, in a few words.", examples=["two witnesses, one video"])
    on: Text = Field("", description="An incident's or a claim's id; of an undo the decision's, of an opening the round's name.")
    claims: Names = Field(
        [], description="The claims of the incident as the person saw it; without them those that it holds now."
    )
    other: Text = Field("", description="The other incident or claim, where two are judged.")
    other_claims: Names = Field([], description="The claims of the other, as the person saw it.")
    out: Names = Field([], description="Of `different` on one incident: its claims that tell of another happening (a split).")
    field: Text = Field("", description="Of `set`: the field.", examples=["where"])
    value: Text = Field("", description="Of `set`: the value as a person types it; `-` for not known.", examples=["Kirkuk, IQ"])
    spans: Names = Field([], description="Of `set`: words that say so, each as DOCUMENT:START-END.")
    seen: Text = Field("", description="The words that the one span was seen to hold; other words there are refused.")
    quote: Text = Field("", description="Of `set`: words that say so, as they stand in a document.", examples=["at least 14"])
    document: Text = Field("", description="Which document holds the `quote`; without it, one that the claims are of.")
    again: Text = Field("", description="Of `set`: an earlier decision's id, which holds in the light of all claims.")
    note: Text = Field("", description="Of `set`: what the value stands on, where no document says so.")
    state: State | None = Field(None, description="Of `state`: how far the work has come.")
    round: Text = Field("", description="A blind round: the decision counts once an editor opens it.")


def decide(desk: Desk, held: Asked, wish: Wish, visitor: Visitor) -> Decision:
    """Record what a visitor wishes. Raises RefusedDecision, UnclearValue, which says what could be meant, or 403."""
    person, rank = by_account(visitor, wish) if visitor.name else by_whom(desk.config, wish.person)
    given: dict[str, Any] = {"rank": rank, "round": wish.round}
    subject, other = _sides(held, wish)
    if wish.kind is DecisionKind.SET and wish.again:
        made = desk.reader.judgements()
        earlier = next((one for one in made if one.id == wish.again and one.kind is DecisionKind.SET), None)
        if earlier is None or wish.again in unseen(made, person):  # nobody finds out so what another judged blind
            raise _refused(wish, f"nothing was set by a decision {wish.again[:80]!r}", "`crossbearing decisions` lists what was")
        given |= {"field": earlier.field, "value": earlier.value, "evidence": earlier.evidence, "note": earlier.note}
    elif wish.kind is DecisionKind.SET:
        places = open_gazetteer(load(desk.config).settings.resolve.gazetteer)
        given |= {"field": wish.field, "value": value_of(wish.field, wish.value, places), "note": wish.note}
        given["evidence"] = _evidence(desk, held, wish, subject)
    if wish.kind in (DecisionKind.ACCEPT, DecisionKind.REJECT) and _is_claim(held, wish.on):
        given["claims_only"] = True
    if wish.state is not None:
        given["state"] = wish.state

    def make(ledger: Ledger) -> Decision:
        return ledger.decide(wish.kind, subject, person, wish.because, other=other, **given)

    return desk.decide(make)


def by_account(visitor: Visitor, wish: Wish) -> tuple[str, Rank]:
    """Who decides, and as what, where the desk has accounts. Raises 403 for another's name, and for what takes an editor."""
    if wish.person not in ("", visitor.name):
        who = f"{wish.person[:MOST_NAME]!r} is not you: you are signed in as {visitor.name}"
        raise HTTPException(403, f"{who}, and a decision bears the name of its account. Leave the name out.")
    if not visitor.may(takes(wish.kind, wish.state)):
        raise HTTPException(403, too_little(visitor, takes(wish.kind, wish.state)))
    return visitor.name, Rank.EDITOR if visitor.may(Role.EDITOR) else Rank.CODER


def states_for(visitor: Visitor) -> list[State]:
    """The states that a visitor may bring the work to."""
    return [one for one in State if visitor.may(takes(DecisionKind.STATE, one))]


def undoable_by(visitor: Visitor, person: str) -> bool:
    """Whether a visitor may undo what a person decided. Without accounts the name is asked for as the undo is recorded."""
    return not visitor.name or person == visitor.name or visitor.may(Role.EDITOR)


def by_whom(config: Path | None, name: str) -> tuple[str, Rank]:
    """Who decides, by the name given or the settings, and as what."""
    settings = load(config).settings.review
    person = name or settings.person
    editors = {one.strip() for one in settings.editors.split(",")}
    return person, Rank.EDITOR if person in editors else Rank.CODER


def home_of(held: Asked, claims: tuple[str, ...] | list[str]) -> str | None:
    """The incident that now holds the most of some claims."""
    marks = ", ".join("?" * len(claims[:500]))
    row = held.connection.execute(
        f"SELECT incident FROM claim WHERE id IN ({marks}) AND incident IS NOT NULL "
        "GROUP BY incident ORDER BY count(*) DESC, incident",
        list(claims[:500]),
    ).fetchone()
    return str(row[0]) if row else None


def _sides(held: Asked, wish: Wish) -> tuple[list[str], list[str]]:
    """The claims of the one side and of the other."""
    if wish.kind in (DecisionKind.UNDO, DecisionKind.OPEN):
        return [wish.on], []
    subject = wish.claims or _claims_of(held, wish, wish.on)
    other = wish.other_claims or (_claims_of(held, wish, wish.other) if wish.other else [])
    if wish.out:
        foreign = [claim for claim in wish.out if claim not in subject]
        if foreign:
            raise _refused(wish, f"{', '.join(foreign)[:200]}: no claim of it", "Name claims of the incident")
        rest = [claim for claim in subject if claim not in wish.out]
        if not rest:
            raise _refused(wish, "these are all its claims", "Leave at least one")
        return rest, wish.out
    return subject, other


def _claims_of(held: Asked, wish: Wish, name: str) -> list[str]:
    """The claims of an incident, or the one claim. Raises RefusedDecision."""
    if _is_claim(held, name):
        return [name]
    rows = held.connection.execute("SELECT id FROM claim WHERE incident = ?", (name,)).fetchall()
    if not rows:
        todo = "Look it up in the list: it may have been redrawn" if name else "Name an incident or a claim"
        raise _refused(wish, f"the ledger holds no incident or claim {name[:80]!r}", todo)
    return [row[0] for row in rows]


def _is_claim(held: Asked, name: str) -> bool:
    return held.connection.execute("SELECT 1 FROM claim WHERE id = ?", (name,)).fetchone() is not None


def _cited(desk: Desk, held: Asked, written: str) -> Cited:
    """The words of a document at `DOCUMENT:START-END`."""
    name, _, offsets = written.rpartition(":")
    start, dash, end = offsets.partition("-")
    row = held.connection.execute("SELECT 1 FROM document WHERE id = ?", (name,)).fetchone()
    digits = start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12
    if not (row and dash and digits and int(start) < int(end)):
        why = f"{written[:80]!r} is no span of a document that is held"
        raise RefusedDecision("the decision (set)", why, "Write a document's id and offsets, such as d65047ea3fb2dbdce:615-630")
    page = desk.outcome_of(held, name).page
    span = Span(int(start), int(end))
    return Cited(name, span, page.quote(span) if page else "")


def _evidence(desk: Desk, held: Asked, wish: Wish, subject: list[str]) -> list[Cited]:
    """The words that a value stands on: by their places, or as they are typed."""
    found = [_cited(desk, held, one) for one in wish.spans]
    if wish.seen and found and _told(found[0].quote) != _told(wish.seen):
        why = f"{wish.seen[:60]!r} was selected, and the text there reads {found[0].quote[:60]!r}"
        raise _refused(wish, why, "Select it again, or type the words")
    return [*found, _typed(desk, held, wish, subject)] if wish.quote else found


def _told(words: str) -> str:
    """Words as a page shows them, its lines as one."""
    return " ".join(str(visible(words)).split())


def _typed(desk: Desk, held: Asked, wish: Wish, subject: list[str]) -> Cited:
    """The one stretch of the document named, or of those that the claims are of, that reads as typed. Raises RefusedDecision."""
    if wish.document and held.connection.execute("SELECT 1 FROM document WHERE id = ?", (wish.document,)).fetchone() is None:
        raise _refused(wish, f"the ledger holds no document {wish.document[:80]!r}", "Take its id from the list of documents")
    outcomes = [desk.outcome_of(held, wish.document)] if wish.document else desk.outcomes_of(held, subject)
    pages = [one.page for one in outcomes if one.page]
    found = [(page, span) for page in pages for span in page.places(wish.quote.strip('“”" '))]
    words = repr(wish.quote[:60])
    if not found:
        where = "the document" if wish.document else "any of its documents"
        raise _refused(wish, f"{words} does not stand in {where}", "Copy the words as the text has them")
    if len(found) > 1:
        at = ", ".join(f"{page.id}:{span.start}-{span.end}" for page, span in found[:4])
        raise _refused(wish, f"{words} stands {len(found)} times ({at})", "Give more of the words, or select them in the text")
    page, span = found[0]
    return Cited(page.id, span, page.quote(span))


def _refused(wish: Wish, why: str, todo: str) -> RefusedDecision:
    return RefusedDecision(f"the decision ({wish.kind.value})", why, todo)
