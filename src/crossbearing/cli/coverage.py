"""`crossbearing coverage`: what the reports say there should be, against what the ledger holds, the widest gap first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.frame import LEDGER, AsOfOption, LedgerOption, OutOption

if TYPE_CHECKING:
    from rich.console import RenderableType

    from crossbearing.model.claim import Claim, StatedCount
    from crossbearing.model.coverage import Estimate
    from crossbearing.publish.records import Record


class LinesFormat(StrEnum):
    """How records of more than one kind are written."""

    TABLE = "table"
    JSONL = "jsonl"


LinesFormatOption = Annotated[
    LinesFormat | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write it; by the ending of --out, else a table.",
        metavar="|".join(LinesFormat),
        show_default=False,
    ),
]


def coverage(
    ledger: LedgerOption = LEDGER,
    form: LinesFormatOption = None,
    out: OutOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Check what the reports say there should be ("the second raid", "78 attacks since 17 October") against what is held.

    Each stated count is a line, the widest gap first: how many are stated, by whom, over which days, where, how many
    incidents can be among them (surely, and at most), and how many are missing at the least. Below stand estimates of how
    many happenings there were in all, with what each takes for granted. In JSON Lines the counts come first
    (`crossbearing.gap/1`), then the estimates (`crossbearing.estimate/1`).

    Example: `crossbearing coverage --ledger week.ledger --format jsonl`
    """
    from crossbearing.api import open_ledger
    from crossbearing.cli import screen
    from crossbearing.cli.held import Held
    from crossbearing.cli.write import format_of, send
    from crossbearing.link.coverage import coverage as checked
    from crossbearing.link.coverage import estimates
    from crossbearing.publish.coverage import estimate_record, gap_record
    from crossbearing.publish.tabular import json_lines

    meant = format_of(form, out, tuple(LinesFormat))
    with open_ledger(ledger, create=False) as found:
        held = Held(found, as_of)
        counts: list[StatedCount] = []
        claims: list[Claim] = []
        texts: dict[str, str] = {}
        for outcome in held.outcomes():
            claims += outcome.claims
            counts += outcome.counts
            if outcome.counts and outcome.document:
                texts[outcome.document.id] = outcome.document.text
        incidents = [one for one in held.incidents if one.id not in held.rejected]
        gaps = checked(counts, incidents, claims)
        guesses = estimates(gaps, incidents)
        records = [gap_record(gap, texts.get(gap.count.document, "")) for gap in gaps]
    if meant == LinesFormat.JSONL:
        send(json_lines([*records, *map(estimate_record, guesses)]), out)
    elif records or guesses:
        parts = gap_table(records, screen.width_of(out)) if records else []
        screen.show([*parts, *estimate_lines(guesses)], out)
    if not records:
        screen.note("Nothing to check: no report of this ledger says how many happenings there were.")


def gap_table(records: Sequence[Record], width: int) -> list[RenderableType]:
    """One stated count a line, with the check and the words; on a narrow screen period and place stand in the check only."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from crossbearing.cli import shown
    from crossbearing.cli.screen import ROOMY

    roomy = width >= ROOMY
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, show_lines=False)
    for heading in ("stated", "who says so", *(("period", "where") if roomy else ())):
        table.add_column(heading, overflow="fold", min_width=len(shown.NOTHING) + 9, ratio=1)
    for heading in ("held", "gap"):
        table.add_column(heading, no_wrap=True, justify="right")
    table.add_column("check, and the words", overflow="fold", ratio=4 if roomy else 3)
    for one in records:
        period = shown.interval(one["period"]["earliest"], one["period"]["latest"])
        between = [period, shown.plain("; ".join(one["where"])) or shown.NOTHING] if roomy else []
        check = Text.assemble(one["says"], "\n", (f"“{shown.plain(one['told'][0]['quote'])}”", "italic dim"))
        table.add_row(_stated(one), _who(one), *between, _held(one), _gap(one), check)
    wide = sum(bool(one["missing"] or one["beyond"]) for one in records)
    told = f"{shown.counted(len(records), 'count')} stated, {wide} with a gap."
    legend = "held: incidents surely among them, and at most.  gap: -n missing at the least, +n more than stated."
    return [table, Text(f"{told} {legend}", style="dim")]


def estimate_lines(guesses: Sequence[Estimate]) -> list[RenderableType]:
    """The estimates in sentences, and what they take for granted, each once."""
    from rich.padding import Padding
    from rich.text import Text

    from crossbearing.cli import shown

    if not guesses:
        return []
    parts: list[RenderableType] = [Text("\nHow many there were in all", style="bold")]
    parts += [Padding(Text(f"{one.method}: {shown.plain(one.says)}"), (0, 0, 0, 2), expand=False) for one in guesses]
    assumed = dict.fromkeys(assumption for one in guesses for assumption in one.assumes if one.total is not None)
    if assumed:
        parts.append(Text("What these take for granted", style="bold"))
        parts += [Padding(Text(assumption + "."), (0, 0, 0, 2), expand=False) for assumption in assumed]
    return parts


def _stated(one: Record) -> str:
    from crossbearing.cli import shown

    number = f"no. {one['low']}" if one["ordinal"] else shown.figure(one["low"], one["high"])
    return shown.plain(f"{number} {one['counted']}") + (" (foiled)" if one["status"] == "foiled" else "")


def _who(one: Record) -> str:
    """The innermost voice of each telling, or the report where no one is named."""
    from crossbearing.cli import shown

    voices = dict.fromkeys(told["chain"][-1] if told["chain"] else PurePath(told["report"]).name for told in one["told"])
    return shown.plain("; ".join(voices))


def _held(one: Record) -> str:
    surely, possibly = len(one["surely"]), len(one["possibly"])
    return f"{surely}" if surely == possibly else f"{surely}-{possibly}"


def _gap(one: Record) -> str:
    from crossbearing.cli import shown

    return f"-{one['missing']}" if one["missing"] else f"+{one['beyond']}" if one["beyond"] else shown.NOTHING
