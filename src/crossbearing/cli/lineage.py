"""`crossbearing lineage` and `crossbearing contradictions`: who goes back to whom, and what cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.coverage import LinesFormat, LinesFormatOption
from crossbearing.cli.frame import (
    LEDGER,
    AsOfOption,
    CountryOption,
    KindOption,
    LedgerOption,
    OutOption,
    RejectedOption,
    ReportOption,
    SinceOption,
    UntilOption,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from crossbearing.model.incident import Incident
    from crossbearing.publish.records import Record

SHOWN_WORDS = 24
"""Of a passage that two reports share, on the screen: its first words; the records hold it whole."""


def lineage(
    incident: Annotated[str, typer.Argument(help="An incident's id, or the first characters of it.", show_default=False)],
    ledger: LedgerOption = LEDGER,
    form: LinesFormatOption = None,
    out: OutOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Show who goes back to whom in one incident, and how many independent lineages stand behind each value.

    Reports that print the same words, or say that they have it from the same agency, are one; those that cite one speaker
    and no one else are one. Each is shown with the reason, the words that it shares, and what it adds of its own. In JSON
    Lines the lineages come first (`crossbearing.lineage/1`), then the values (`crossbearing.standing/1`).

    Example: `crossbearing lineage i3f9c2a1`
    """
    from crossbearing.api import open_ledger
    from crossbearing.cli import screen
    from crossbearing.cli.held import Held
    from crossbearing.cli.write import format_of, send
    from crossbearing.publish.lineage import lineage_record, standing_record
    from crossbearing.publish.tabular import json_lines

    meant = format_of(form, out, tuple(LinesFormat))
    with open_ledger(ledger, create=False) as found:
        held = Held(found, as_of)
        one = held.incident(incident)
        said = held.claims_of(one)
        claims = {s.claim.id: s.claim for s in said}
        texts = {s.claim.document: s.text for s in said}
    lines = [lineage_record(one, line, claims, texts) for line in one.lineages]
    values = [standing_record(one, standing) for standing in one.standings]
    if meant == LinesFormat.JSONL:
        send(json_lines([*lines, *values]), out)
    else:
        screen.show([*_heading(one), *lineage_lines(lines), *standing_table(values)], out)


def contradictions(
    ledger: LedgerOption = LEDGER,
    form: LinesFormatOption = None,
    out: OutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    report: ReportOption = None,
    rejected: RejectedOption = False,
    as_of: AsOfOption = None,
) -> None:
    """List what cannot both hold: figures, responsibility, happened or not, date, place, means, with both sides' words.

    Claims that say the same stand together on one side. A toll of which the higher figure was told on a later day, or as
    one that has risen, rose: it is listed apart, below. In JSON Lines (`crossbearing.contradiction/1`) it is one with
    `rising` true.

    Example: `crossbearing contradictions --since 2024-01-08 --country Iraq`
    """
    from crossbearing.api import open_ledger
    from crossbearing.cli import screen
    from crossbearing.cli.held import Held
    from crossbearing.cli.write import format_of, send
    from crossbearing.publish.lineage import contradiction_records
    from crossbearing.publish.selection import Selection
    from crossbearing.publish.tabular import json_lines

    meant = format_of(form, out, tuple(LinesFormat))
    if since and until and since > until:
        raise typer.BadParameter(f"--since {since} is after --until {until}. Give the earlier day to --since.")
    selection = Selection(since, until, country, kind, None, report)
    with open_ledger(ledger, create=False) as found:
        held = Held(found, as_of)
        refused = set() if rejected else held.rejected
        odd = [one for one in held.incidents if (one.contradictions or one.rising) and one.id not in refused]
        claims = {s.claim.id: s.claim for s in held.said()} if odd else {}
        ids = [one.id for one in held.incidents]
        records = list(selection.of(record for one in odd for record in contradiction_records(one, claims)))
    if meant == LinesFormat.JSONL:
        send(json_lines(records), out)
    elif records:
        screen.show(contradiction_tables(records, screen.clear(ids), screen.width_of(out)), out)
    else:
        screen.note("No contradictions.")
    for field, count in sorted(selection.silent.items()):
        screen.note(f"Left out: {count} of incidents that do not say {'a day' if field == 'when' else 'a country'}.")


# ---------------------------------------------------------------- lineages


def _heading(incident: Incident) -> Iterator[RenderableType]:
    from rich.text import Text

    from crossbearing.cli import shown

    when = shown.days(incident.when) if incident.when else shown.NOTHING
    where = shown.plain(incident.where.name) if incident.where else shown.NOTHING
    yield Text(f"{incident.id}: {incident.sub_event_type}, {where}, {when}", style="bold")
    reports, lines = shown.counted(len(incident.reports), "report"), shown.counted(len(incident.lineages), "independent lineage")
    yield Text(f"{reports}, {lines}\n")


def lineage_lines(records: Sequence[Record]) -> Iterator[RenderableType]:
    """Each lineage with its reports, and under each report that goes back to another the reason, the words, and what it adds."""
    from rich.padding import Padding
    from rich.text import Text

    from crossbearing.cli import shown

    for one in records:
        root, reports = shown.plain(one["root"]), ", ".join(_short(report) for report in one["reports"])
        yield Text.assemble((root, "bold"), f": {reports}" if reports != root else "")
        yield Padding(Text(f"{shown.plain(one['because'])}."), (0, 0, 0, 2), expand=False)
        for fold in one["folds"]:
            said = Text(f"{_short(fold['report'])} → {_short(fold['to'])} ({fold['kind']}): {shown.plain(fold['because'])}.")
            for passage in fold["shared"]:
                said.append(f"\n  “{_first(passage['here']['quote'])}”", "italic dim")
                said.append(f" {shown.counted(passage['words'], 'word')}{', a quotation' if passage['quoted'] else ''}", "dim")
            if fold["adds"]:
                said.append(f"\n  adds of its own: {shown.plain('; '.join(fold['adds']))}")
            yield Padding(said, (0, 0, 0, 4), expand=False)
    yield Text()


def standing_table(records: Sequence[Record]) -> Iterator[RenderableType]:
    """One value of one field a line, with the lineages that give it."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from crossbearing.cli import shown

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("field")
    table.add_column("value", overflow="fold", ratio=2)
    table.add_column("lineages", justify="right")
    table.add_column("who stands behind it", overflow="fold", ratio=3)
    before = None
    for one in records:
        field = "" if one["field"] == before else one["field"]
        before = one["field"]
        value = shown.plain(one["value"]).replace("..", " to ")
        table.add_row(field, value, str(one["lineages"]), shown.plain("; ".join(one["roots"])))
    yield table
    yield Text("lineages: independent ones that give the value; no copying was found between them.", style="dim")


# ---------------------------------------------------------------- contradictions


def contradiction_tables(records: Sequence[Record], size: int, width: int) -> list[RenderableType]:
    """What cannot both hold, one a line; then tolls that rose, the earlier side first."""
    from rich.text import Text

    parts: list[RenderableType] = []
    for rising, headings in ((False, ("one side", "the other")), (True, ("told first", "told later"))):
        chosen = [one for one in records if one["rising"] is rising]
        if chosen and rising:
            parts.append(Text("\nTolls that rose", style="bold"))
        if chosen:
            parts.append(_contradiction_table(chosen, headings, size, width))
    return parts


def _contradiction_table(records: Sequence[Record], headings: tuple[str, str], size: int, width: int) -> RenderableType:
    from rich import box
    from rich.table import Table

    from crossbearing.cli.screen import ROOMY

    roomy = width >= ROOMY
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, show_lines=True)
    table.add_column("incident", min_width=size if roomy else size + 2, max_width=None if roomy else 14, overflow="fold")
    table.add_column("what", overflow="fold", ratio=2)
    for heading in headings:
        table.add_column(heading, overflow="fold", ratio=3)
    for one in records:
        table.add_row(_which(one, size), _what(one), _told(one["a"]), _told(one["b"]))
    return table


def _which(one: Record, size: int) -> str:
    from crossbearing.cli import shown

    where = shown.plain(one["where"]["name"]) if one["where"] else shown.NOTHING
    when = shown.interval(one["when"]["earliest"], one["when"]["latest"]) if one["when"] else shown.NOTHING
    return f"{one['incident'][:size]}\n{when}\n{where}"


def _what(one: Record) -> RenderableType:
    from rich.text import Text

    from crossbearing.cli import shown

    return Text.assemble((one["type"], "bold"), f"\n{shown.plain(one['says'])}")


def _told(side: Record) -> RenderableType:
    """Who says so, the words, the report, and how many more claims say the same."""
    from rich.text import Text

    from crossbearing.cli import shown

    voices = shown.plain(" ← ".join(side["chain"])) or "in its own voice"
    more = len(side["claims"]) - 1
    told = f"{_short(side['report'])}" + (f", and {shown.counted(more, 'claim')} more" if more else "")
    return Text.assemble(f"{voices}\n", (f"“{shown.plain(side['quote'])}”\n", "italic dim"), (told, "dim"))


def _short(report: object) -> str:
    """A report, or a voice, as briefly as a person knows it: a file by its name."""
    from crossbearing.cli import shown

    return shown.plain(PurePath(str(report)).name)


def _first(words: str) -> str:
    from crossbearing.cli import shown

    told = shown.plain(words).split()
    return " ".join(told[:SHOWN_WORDS]) + (" ..." if len(told) > SHOWN_WORDS else "")
