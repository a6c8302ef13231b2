"""What people decided, what waits for them, and how far they agree, as tables and as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.decide import BlindOption, PersonOption, by_whom, review_settings
from crossbearing.cli.frame import (
    LEDGER,
    AsOfOption,
    ConfigOption,
    CountryOption,
    Format,
    FormatOption,
    KindOption,
    LedgerOption,
    OutOption,
    ReportOption,
    SinceOption,
    UntilOption,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from crossbearing.publish.records import Record


def decisions(
    ledger: LedgerOption = LEDGER,
    form: FormatOption = None,
    out: OutOption = None,
    person: PersonOption = None,
    config: ConfigOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List people's decisions in the order of recording: who, what, on which incident, why, and whether it stands.

    Those of a blind round that is still closed are shown to nobody but their maker.

    Example: `crossbearing decisions --format jsonl`
    """
    from crossbearing.cli.held import opened
    from crossbearing.link.judged import holder
    from crossbearing.model.decision import standing, unseen
    from crossbearing.publish.records import DECISION
    from crossbearing.publish.reviews import decision_record

    with opened(ledger, as_of) as (_, held):
        made = held.decisions()
        stand = {one.id for one in standing(made)}
        me = person or review_settings(config).person
        hidden = unseen(made, me)
        on = {one.id: holder(one, held.incident_of) for one in held.judgements()}
        records = [decision_record(one, on[one.id], stand) for one in made if one.id not in hidden]
    answer(records, DECISION, form, out, _decision_table, "No decisions.")
    if hidden:
        _note(f"Left out: {len(hidden)} of blind rounds that are not open yet.")


def queue(
    ledger: LedgerOption = LEDGER,
    form: FormatOption = None,
    out: OutOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.", metavar="N")] = 20,
    person: PersonOption = None,
    blind: BlindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    report: ReportOption = None,
    config: ConfigOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List the incidents that wait for a decision, those first on which it gains the most, each with the reasons.

    Contested ones, those of many reports and those that were joined by a narrow margin come first. With --blind it is the
    queue of a blind round: what you decided in it is left out, and what others decided shows nothing.

    Example: `crossbearing queue --limit 10 --country Sudan`
    """
    from crossbearing.cli.held import opened
    from crossbearing.link.judged import holder
    from crossbearing.link.queue import queue as queued
    from crossbearing.model.decision import VERDICTS, not_undone
    from crossbearing.publish.records import QUEUED
    from crossbearing.publish.reviews import queued_record
    from crossbearing.publish.selection import Selection

    selection = Selection(since, until, country, kind, None, report)
    with opened(ledger, as_of) as (_, held):
        wanted = {record["id"] for record in selection.of(held.incident_records(words=False))}
        me = by_whom(person, "", blind, config).person if blind else ""
        mine = [one for one in not_undone(held.judgements()) if blind and one.round == blind and one.person == me]
        seen = {name for one in mine if one.kind in VERDICTS and (name := holder(one, held.incident_of))}
        waiting = queued((one for one in held.incidents if one.id in wanted and not one.background), seen)
        ids = [one.id for one in held.incidents]
    found = [queued_record(one) for one in waiting[:limit]]
    answer(found, QUEUED, form, out, lambda records: _queue_list(records, ids), "Nothing waits.")
    if len(waiting) > limit:
        _note(f"Left out: {len(waiting) - limit} with less to gain; --limit shows more.")


def agreement(
    round: Annotated[str | None, typer.Argument(help="Of this blind round only.", metavar="[ROUND]", show_default=False)] = None,
    ledger: LedgerOption = LEDGER,
    form: FormatOption = None,
    out: OutOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Measure how far coders agree on each field, beyond chance: Krippendorff's alpha. What editors settled is no coding.

    Example: `crossbearing agreement week-1`
    """
    from crossbearing.cli.held import opened
    from crossbearing.link.agreement import agreement as measured
    from crossbearing.model.decision import not_undone
    from crossbearing.publish.records import AGREEMENT
    from crossbearing.publish.reviews import agreement_record

    with opened(ledger, as_of) as (_, held):
        coded = [one for one in not_undone(held.judgements()) if round is None or one.round == round]
        found = [agreement_record(one) for one in measured(coded, held.incident_of)]
    answer(found, AGREEMENT, form, out, _agreement_table, "Nothing was coded.")


def answer(
    records: Sequence[Record],
    kind: str,
    form: Format | None,
    out: Path | None,
    table: Callable[[Sequence[Record]], list[RenderableType]],
    none: str,
) -> None:
    """Write records as asked: a table, or lines."""
    from crossbearing.cli import screen
    from crossbearing.cli.write import format_of, lines_of, send

    meant = format_of(form, out, tuple(Format))
    if meant != Format.TABLE:
        send(lines_of(records, kind, meant), out)
    elif records:
        screen.show(table(records), out)
    else:
        _note(none)


def _note(sentence: str) -> None:
    from crossbearing.cli import screen

    screen.note(sentence)


def _decision_table(records: Sequence[Record]) -> list[RenderableType]:
    from crossbearing.cli.screen import clear
    from crossbearing.publish.reviews import on_words

    size = clear(one["id"] for one in records)
    on = clear(name for one in records for name in (one["incident"] or "", *one["were"]))
    rows = [
        (
            one["id"][:size],
            one["at"][:16].replace("T", " "),
            one["person"] + (" (editor)" if one["rank"] == "editor" else ""),
            _said(one),
            on_words({"incident": one["incident"] and one["incident"][:on], "were": [name[:on] for name in one["were"]]}) or "-",
            one["reason"] if one["stands"] or one["kind"] in ("undo", "open") else f"(does not count) {one['reason']}",
        )
        for one in records
    ]
    return rows_of(("id", "when", "who", "what", "on", "why"), rows)


def _said(one: Record) -> str:
    """What a decision says, in a few words."""
    more = {
        "set": f"{one['field']}={one['value'] or '-'}",
        "state": one["state"],
        "undo": " ".join(one["subject"]),
        "open": " ".join(one["subject"]),
    }.get(one["kind"], "")
    return " ".join(filter(None, (one["kind"], more, f"[{one['round']}]" if one["round"] else "")))


def _queue_list(records: Sequence[Record], ids: Iterable[str]) -> list[RenderableType]:
    """Each incident with its reasons below it. `ids` are all that a shown one must be told from."""
    from rich.text import Text

    from crossbearing.cli import shown
    from crossbearing.cli.screen import bullet, clear

    size = clear(ids)
    parts: list[RenderableType] = []
    for one in records:
        days = shown.interval(one["earliest"], one["latest"])
        told_by = shown.counted(one["reports"], "report")
        what = [one["sub_event_type"], one["where"] or "", days, told_by, f"gain {one['gain']:.2f}"]
        told = ", ".join(shown.plain(word) for word in what if word not in ("", shown.NOTHING))
        parts.append(Text.assemble((one["incident"][:size], "bold"), f"  {told}"))
        parts += [bullet(why) for why in one["why"]]
    return parts


def _agreement_table(records: Sequence[Record]) -> list[RenderableType]:
    rows = [
        (
            one["field"],
            ", ".join(one["people"]) or "-",
            str(one["units"]),
            str(one["agreed"]),
            "-" if one["alpha"] is None else f"{one['alpha']:.3f}",
        )
        for one in records
    ]
    return rows_of(("field", "people", "coded by two", "agreed", "alpha"), rows)


def rows_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[RenderableType]:
    """A table whose first column keeps its width."""
    from rich import box
    from rich.table import Table

    from crossbearing.cli import shown

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*map(shown.plain, row))
    return [table]
