"""`crossbearing decide`: a person's decision, from the words of a command to the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crossbearing.cli.frame import (
    LEDGER,
    Commands,
    ConfigOption,
    LedgerOption,
)

if TYPE_CHECKING:
    from crossbearing.cli.held import Held
    from crossbearing.model.decision import Cited, DecisionKind, Rank

decide_app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="People's decisions: appended with name, time and reason, and never edited. Each can be undone.",
)

IncidentArgument = Annotated[
    str, typer.Argument(help="An incident's id, or the first characters of it.", metavar="INCIDENT", show_default=False)
]
SideArgument = Annotated[
    str, typer.Argument(help="An incident or a claim, by the first characters of its id.", metavar="ONE", show_default=False)
]
OtherArgument = Annotated[
    str, typer.Argument(help="Another incident or claim.", metavar="OTHER", show_default=False)
]  # fmt: skip
PersonOption = Annotated[
    str | None, typer.Option("--as", help="Your name.", metavar="NAME", show_default="review.person"),
]  # fmt: skip
BecauseOption = Annotated[str, typer.Option("--because", "-b", help="Why, in a few words.", metavar="TEXT", show_default=False)]
BlindOption = Annotated[
    str | None,
    typer.Option(help="Decide in this blind round: it counts once an editor opens it.", metavar="ROUND", show_default=False),
]


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, why, and in which blind round."""

    person: str
    rank: Rank
    because: str
    round: str = ""


@decide_app.command()
def accept(
    name: IncidentArgument,
    because: BecauseOption,
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Say that an incident is told rightly.

    Example: `crossbearing decide accept i3f9c2a1 --as "Ann Lee" --because "two witnesses, one video"`
    """
    from crossbearing.model.decision import DecisionKind

    _decide(ledger, by_whom(person, because, blind, config), DecisionKind.ACCEPT, name)


@decide_app.command()
def reject(
    name: Annotated[
        str, typer.Argument(help="An incident, or one claim: the first characters of its id.", metavar="ONE", show_default=False)
    ],
    because: BecauseOption,
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Take an incident, or a single claim of one, out of what is exported; it stays in the ledger, with the decision.

    Example: `crossbearing decide reject i3f9c2a1 --as "Ann Lee" --because "a drill, not an attack"`
    """
    from crossbearing.model.decision import DecisionKind

    _decide(ledger, by_whom(person, because, blind, config), DecisionKind.REJECT, name)


@decide_app.command()
def unsure(
    name: SideArgument,
    because: BecauseOption,
    other: Annotated[
        str | None,
        typer.Argument(help="Another: unsure whether they are one happening.", metavar="OTHER", show_default=False),
    ] = None,
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Say that you looked and cannot tell: whether an incident is told rightly, or whether two are one.

    Example: `crossbearing decide unsure i3f9c2a1 --as "Ann Lee" --because "the video may be older"`
    """
    from crossbearing.model.decision import DecisionKind

    _decide(ledger, by_whom(person, because, blind, config), DecisionKind.UNSURE, name, [other] if other else [])


@decide_app.command("set")
def set_field(
    name: IncidentArgument,
    what: Annotated[
        str, typer.Argument(help="The field and its value; `-` for not known.", metavar="FIELD=VALUE", show_default=False)
    ],
    because: BecauseOption,
    span: Annotated[
        list[str] | None,
        typer.Option(help="Words that say so: a document and offsets.", metavar="DOC:START-END", show_default=False),
    ] = None,
    note: Annotated[
        str, typer.Option(help="What the value stands on, where no document says so.", metavar="TEXT", show_default=False)
    ] = "",
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Set a field of an incident; the claims stay as they are, and what they say stands beside it.

    Fields: when (2024-05-14, 2024-05, 2024-05-14..2024-05-16), where ("Kirkuk, IQ"), perpetrators, targets, weapons (with `;`
    between), killed, injured (12, 9-12, 12+), status, event_type.

    Example: `crossbearing decide set i3f9c2a1 killed=12+ --span page.html:615-630 --as "Ann Lee" --because "the later toll"`
    """
    from crossbearing.config import load
    from crossbearing.model.decision import DecisionKind
    from crossbearing.resolve.place.gazetteer import open_gazetteer
    from crossbearing.resolve.typed import value_of

    field, equals, typed = what.partition("=")
    if not equals:
        raise typer.BadParameter(f"'{what}' sets nothing; write FIELD=VALUE, such as killed=12+")
    value = value_of(field.strip(), typed, open_gazetteer(load(config).settings.resolve.gazetteer))
    by = by_whom(person, because, blind, config)
    _decide(ledger, by, DecisionKind.SET, name, spans=span or (), field=field.strip(), value=value, note=note)


@decide_app.command()
def same(
    name: SideArgument,
    other: OtherArgument,
    because: BecauseOption,
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Merge: two incidents (or claims) tell of one happening, whatever any score or rule says.

    Example: `crossbearing decide same i3f9c2a1 i77ab01c --as "Ann Lee" --because "one raid, dated in two zones"`
    """
    from crossbearing.model.decision import DecisionKind

    _decide(ledger, by_whom(person, because, blind, config), DecisionKind.SAME, name, [other])


@decide_app.command()
def different(
    name: SideArgument,
    other: OtherArgument,
    because: BecauseOption,
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Keep apart: two incidents (or claims) tell of two happenings, however alike they are.

    Example: `crossbearing decide different c19ff03a c5e0d771 --as "Ann Lee" --because "morning and evening"`
    """
    from crossbearing.model.decision import DecisionKind

    _decide(ledger, by_whom(person, because, blind, config), DecisionKind.DIFFERENT, name, [other])


@decide_app.command()
def split(
    name: IncidentArgument,
    out: Annotated[list[str], typer.Argument(help="The claims that are not of it.", metavar="CLAIM...", show_default=False)],
    because: BecauseOption,
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Split an incident: these of its claims tell of another happening than the rest.

    Example: `crossbearing decide split i3f9c2a1 c19ff03a --as "Ann Lee" --because "the second raid"`
    """
    from crossbearing.model.decision import DecisionKind

    _decide(ledger, by_whom(person, because, blind, config), DecisionKind.DIFFERENT, name, out, rest=True)


@decide_app.command()
def copy(
    name: SideArgument,
    other: Annotated[
        str, typer.Argument(help="What it was taken from: an incident or a claim.", metavar="ORIGIN", show_default=False)
    ],
    because: BecauseOption,
    person: PersonOption = None,
    blind: BlindOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Say that a claim was taken from another: both tell of one happening, and are one lineage.

    Example: `crossbearing decide copy c19ff03a c5e0d771 --as "Ann Lee" --because "credits the agency at its foot"`
    """
    from crossbearing.model.decision import DecisionKind

    _decide(ledger, by_whom(person, because, blind, config), DecisionKind.COPY, name, [other])


@decide_app.command()
def state(
    name: IncidentArgument,
    to: Annotated[
        str,
        typer.Argument(
            help="to do, in progress, ready for review, completed, sent back, or stub (too little is known to code it).",
            metavar="STATE",
            show_default=False,
        ),
    ],
    because: BecauseOption,
    person: PersonOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Say how far the work on an incident has come.

    Example: `crossbearing decide state i3f9c2a1 "ready for review" --as "Ann Lee" --because "all fields checked"`
    """
    from crossbearing.model.decision import DecisionKind, State

    if to not in list(State):
        raise typer.BadParameter(f"'{to}' is no state; there are {', '.join(State)}")
    _decide(ledger, by_whom(person, because, None, config), DecisionKind.STATE, name, state=State(to))


@decide_app.command()
def undo(
    decision: Annotated[
        str, typer.Argument(help="A decision's id, or the first characters of it.", metavar="DECISION", show_default=False)
    ],
    because: BecauseOption,
    person: PersonOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Undo an earlier decision: all is as if it had never been, and both stay on record. To undo an undo brings it back.

    Example: `crossbearing decide undo j8ad6b87 --as "Ann Lee" --because "wrong incident"`
    """
    from crossbearing.cli.held import NotHeld, opened
    from crossbearing.model.decision import DecisionKind

    by = by_whom(person, because, None, config)
    with opened(ledger) as (found, held):
        named = [one.id for one in held.decisions() if one.id.startswith(decision)]
        if len(named) != 1:
            says = f"{len(named)} decisions start so" if named else "no decision of this ledger has an id that starts so"
            raise NotHeld(f"{decision}: {says}. `crossbearing decisions` lists them.")
        made = found.decide(DecisionKind.UNDO, named, by.person, by.because, rank=by.rank)
        typer.echo(f"{made.id}: {by.person} undid {named[0]}.")


@decide_app.command("open")
def open_round(
    name: Annotated[str, typer.Argument(help="The blind round.", metavar="ROUND", show_default=False)],
    because: BecauseOption,
    person: PersonOption = None,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Open a blind round: its decisions count from now on, and where they differ they are contested. An editor does this.

    Example: `crossbearing decide open week-1 --as "Edith Roe" --because "both have coded all of it"`
    """
    from crossbearing.cli.held import opened
    from crossbearing.model.decision import DecisionKind

    by = by_whom(person, because, None, config)
    with opened(ledger) as (found, _):
        made = found.decide(DecisionKind.OPEN, [name], by.person, by.because, rank=by.rank)
        typer.echo(f"{made.id}: {by.person} opened the round {name}.")


def by_whom(person: str | None, because: str, blind: str | None, config: Path | None) -> By:
    """Who decides, by the option or the settings."""
    from crossbearing.model.decision import Rank

    settings = review_settings(config)
    name = (person or settings.person).strip()
    if not name:
        raise typer.BadParameter("who decides? Give your name with --as, or set review.person in crossbearing.toml")
    editors = {one.strip() for one in settings.editors.split(",")}
    return By(name, Rank.EDITOR if name in editors else Rank.CODER, because, blind or "")


def review_settings(config: Path | None) -> Any:
    from crossbearing.config import load

    return load(config).settings.review


def _decide(
    ledger: str, by: By, kind: DecisionKind, name: str, others: Sequence[str] = (), rest: bool = False,
    spans: Iterable[str] = (), **more: Any,
) -> None:  # fmt: skip
    """Record a decision on what is named, resolved to claims as they stand now, and say what became of it.

    With `rest` the one side is what is left of the incident without the others.
    """
    from crossbearing.cli.held import opened
    from crossbearing.cli.shown import plain
    from crossbearing.model.decision import DecisionKind

    with opened(ledger) as (found, held):
        subject = held.claims_named(name)
        other = tuple(claim for one in others for claim in held.claims_named(one))
        if rest:
            foreign = [claim for claim in other if claim not in subject]
            if foreign:
                raise typer.BadParameter(f"{', '.join(foreign)}: no claim of {name}")
            subject = tuple(claim for claim in subject if claim not in other)
            if not subject:
                raise typer.BadParameter(f"these are all claims of {name}; leave at least one")
        of_one = kind in (DecisionKind.ACCEPT, DecisionKind.REJECT) and held.is_claim(name)
        if kind in (DecisionKind.SET, DecisionKind.STATE) and held.is_claim(name):
            raise typer.BadParameter(f"{name} is a claim, and claims are never changed; name its incident")
        made = found.decide(
            kind, subject, by.person, by.because, rank=by.rank, other=other, claims_only=of_one,
            evidence=[_cited(held, one) for one in spans], round=by.round, **more,
        )  # fmt: skip
    typer.echo(f"{made.id}: {by.person} decided {kind.value} on {name}" + (f" and {', '.join(others)}." if others else "."))
    for cited in made.evidence:
        typer.echo(f"  It stands on “{plain(cited.quote)}”, {cited.document} at {cited.span.start}-{cited.span.end}.")
    if by.round:
        typer.echo(f"It counts once an editor opens the round {by.round}.")
        return
    with opened(ledger) as (_, held):
        for incident in held.incidents:
            if set(incident.claims) & {*subject, *other}:
                typer.echo(f"  {incident.id}: {_now(incident.review, len(incident.claims))}")


def _now(review: Any, claims: int) -> str:
    """How an incident stands, in a few words."""
    from crossbearing.cli.shown import counted

    parts = [counted(claims, "claim")]
    if review:
        parts += [review.state.value, *([f"verdict: {review.verdict.value}"] if review.verdict else [])]
        parts += [f"contested: {one.says}" for one in review.contests]
    return "; ".join(parts)


def _cited(held: Held, written: str) -> Cited:
    """The words of a document at `DOC:START-END`."""
    from crossbearing.model.decision import Cited
    from crossbearing.model.text import Span

    name, _, offsets = written.rpartition(":")
    start, dash, end = offsets.partition("-")
    if not (name and dash and start.isdigit() and end.isdigit() and int(start) < int(end)):
        raise typer.BadParameter(f"'{written}' is no span; write a document and offsets, such as page.html:615-630")
    document = held.document(name).page
    if document is None or int(end) > len(document.text):
        why = "nothing of it was read" if document is None else f"its text ends at {len(document.text)}"
        raise typer.BadParameter(f"'{written}': {why}")
    span = Span(int(start), int(end))
    return Cited(document.id, span, document.quote(span))
