"""`crossbearing pairs` and `crossbearing link`: why tellings stand together or apart, and the incidents drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.coverage import LinesFormat, LinesFormatOption
from crossbearing.cli.frame import LEDGER, AsOfOption, LedgerOption, OutOption

if TYPE_CHECKING:
    from rich.console import RenderableType

    from crossbearing.publish.records import Record

SHOWN_WORDS = 30
"""Of the words of a telling, on the screen; the records hold them whole."""


def pairs(
    one: Annotated[str, typer.Argument(help="A claim's or an incident's id, or its first characters.", show_default=False)],
    other: Annotated[str | None, typer.Argument(help="Another; else what stands near.", show_default=False)] = None,
    ledger: LedgerOption = LEDGER,
    form: LinesFormatOption = None,
    out: OutOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.", metavar="N")] = 10,
    as_of: AsOfOption = None,
) -> None:
    """Show why two claims, or the reports of two incidents, were or were not put together.

    Each feature is shown with its weight (log-odds: positive for one happening), and their sum; the rule that forbids, what a
    person decided, whether the two have enough in common to be compared at all; and, where they stand apart, what of their
    incidents speaks against. Of two incidents, or of one given twice, each report's telling is shown with each of the other's,
    the best first. In JSON Lines: `crossbearing.pairing/1`.

    Of one incident alone: which others came closest to being joined with it, so that you see what to merge, and which of its own
    tellings are held least (`crossbearing.near/1`).

    Example: `crossbearing pairs i3f9c2a1 i77d01b2`, or `crossbearing pairs i3f9c2a1`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.held import opened
    from crossbearing.cli.write import format_of, send
    from crossbearing.link.why import Why
    from crossbearing.model.decision import drawing
    from crossbearing.publish.pairings import near_record, pairing_record
    from crossbearing.publish.tabular import json_lines

    meant = format_of(form, out, tuple(LinesFormat))
    with opened(ledger, as_of) as (_, held):
        ours, theirs = held.claims_named(one), held.claims_named(other) if other else ()
        outcomes = list(held.outcomes())
        claims = [claim for outcome in outcomes for claim in outcome.claims]
        why = Why(held.incidents, claims, drawing(held.judgements()), outcomes)
        size = screen.clear(incident.id for incident in held.incidents)
        home = held.incident_of[ours[0]]
    left = 0
    if other:
        found = [pairing_record(pairing) for pairing in why.pairings(ours, theirs)]
        records, left = found[:limit], len(found[limit:])
        shown = pairing_lines(records, size)
    else:
        records = [near_record(near) for near in why.near(home, limit)]
        shown = near_lines(home, records, size)
    if meant == LinesFormat.JSONL:
        send(json_lines(records), out)
    else:
        screen.show(shown, out)
    if not records:
        screen.note("No other report has enough in common with it to be compared, and it stands on one report's telling alone.")
    if left:
        screen.note(f"Left out: {left} pairs that are less alike; --limit shows more.")


def link(
    ledger: LedgerOption = LEDGER,
    form: LinesFormatOption = None,
    out: OutOption = None,
) -> None:
    """Draw the incidents anew from all that the ledger holds, and say how many there are and what changed.

    A run does so by itself; this drops the drawing that is kept, which matters after a newer version of the program. No claim and
    no decision is touched. In JSON Lines: `crossbearing.change/1`.

    Example: `crossbearing link --ledger week.ledger`
    """
    from crossbearing.cli import screen, shown
    from crossbearing.cli.held import opened
    from crossbearing.cli.write import format_of, send
    from crossbearing.link.changes import changes
    from crossbearing.publish.reviews import change_record
    from crossbearing.publish.tabular import json_lines

    meant = format_of(form, out, tuple(LinesFormat))
    with opened(ledger) as (found, _):
        before, after = found.link()
        records = [change_record(change) for change in changes(before, after)] if before is not None else []
    drawn = f"{shown.counted(len(after), 'incident')} drawn"
    if before is None:
        told = f"{drawn}; no drawing was kept to compare with."
    else:
        told = f"{drawn}, {len(before)} before; {shown.counted(len(records), 'change') if records else 'nothing changed'}."
    if meant == LinesFormat.JSONL:
        send(json_lines(records), out)
        screen.note(told)
    else:
        screen.show(_change_lines(told, records), out)


# ---------------------------------------------------------------- on the screen


def pairing_lines(records: Sequence[Record], size: int) -> Iterator[RenderableType]:
    """Each pair of tellings: the words of both, what weighs, and what else decides."""
    from rich.padding import Padding
    from rich.text import Text

    for one in records:
        yield Text("together" if one["together"] else "apart", style="bold")
        for side in (one["a"], one["b"]):
            told = Text(f"{_short(side['report'])}, {side['incident'][:size]}: ")
            yield Padding(told.append(f"“{_first(side['quote'])}”", "italic dim"), (0, 0, 0, 2), expand=False)
        yield _weights(one)
        for sentence in (*_besides(one), *one["against"]):
            yield Padding(Text(f"{_capped(sentence)}."), (0, 0, 0, 2), expand=False)
        yield Text()


def _weights(one: Record) -> RenderableType:
    """What each feature adds, one a line, and the sum."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1, 0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    if one["weights"]:
        table.add_row(f"{one['start']:+.1f}", "to start with: most tellings are of two happenings")
        for found in one["weights"]:
            table.add_row(f"{found['weight']:+.1f}", _capped(found["says"]))
        table.add_row(f"{one['score']:+.1f}", "in all; from 0 on one happening is as likely as two", style="bold")
    return table


def _besides(one: Record) -> Iterator[str]:
    """What decides beside the weights, in sentences without their stop."""
    if one["decided"]:
        yield f"Settled before any score: {one['decided']}"
    if one["forbidden"]:
        yield f"Forbidden whatever the score: {one['forbidden']}"
    if one["weights"] and not one["forbidden"] and not one["candidates"]:
        yield "They have too little in common to be compared when incidents are drawn"


def near_lines(home: str, records: Sequence[Record], size: int) -> Iterator[RenderableType]:
    """The incidents nearest to one, then its own weakest tellings."""
    from rich.text import Text

    outside = [one for one in records if not one["inside"]]
    inside = [one for one in records if one["inside"]]
    yield Text(f"{home}: what came closest to being joined with it", style="bold")
    yield _near_table(outside, size) if outside else Text("  No other incident has a report with enough in common.")
    yield Text("\nIts own tellings that the others hold least", style="bold")
    yield _near_table(inside, size) if inside else Text("  One report's telling alone.")
    told = "average: over each telling with each; from 0 on two incidents are joined.  best: the two that are most alike."
    yield Text(f"\n{told}", style="dim")


def _near_table(records: Sequence[Record], size: int) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for heading in ("average", "compared", "best"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("incident", min_width=size)
    table.add_column("reports, and the words of the best", overflow="fold", ratio=1)
    for one in records:
        best = one["best"]
        side = next((s for s in (best["b"], best["a"]) if set(s["claims"]) <= set(one["claims"])), best["b"])
        reports = ", ".join(_short(report) for report in one["reports"][:4]) + (", ..." if len(one["reports"]) > 4 else "")
        words = Text(f"{reports}\n").append(f"“{_first(side['quote'])}”", "italic dim")
        for sentence in best["against"][:-1]:
            words.append(f"\n{_capped(sentence)}")
        numbers = (f"{one['average']:+.1f}", f"{one['compared']} of {one['pairs']}", f"{best['score']:+.1f}")
        table.add_row(*numbers, one["other"][:size], words)
    return table


def _change_lines(told: str, records: Sequence[Record]) -> Iterator[RenderableType]:
    from rich.text import Text

    from crossbearing.cli import shown

    yield Text(told)
    for one in records:
        yield Text(f"  {one['id']}: {shown.plain(one['says'])}")


def _short(report: str) -> str:
    """A report as briefly as a person knows it: a file by its name."""
    from crossbearing.cli import shown

    return shown.plain(PurePath(report).name)


def _capped(sentence: str) -> str:
    """A sentence, printable, with a capital at its start."""
    from crossbearing.cli import shown

    told = shown.plain(sentence)
    return told[:1].upper() + told[1:]


def _first(words: str) -> str:
    from crossbearing.cli import shown

    told = shown.plain(words).split()
    return " ".join(told[:SHOWN_WORDS]) + (" ..." if len(told) > SHOWN_WORDS else "")
