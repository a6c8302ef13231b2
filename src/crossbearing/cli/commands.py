"""The commands, in the order in which a person meets them: run, look, ask why, set."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crossbearing.cli.accounts import accounts_app
from crossbearing.cli.coverage import coverage
from crossbearing.cli.decide import decide_app
from crossbearing.cli.export import BookOption, compare_codebooks, convert, explain_cells, export
from crossbearing.cli.frame import (
    ALL_WELL,
    LEDGER,
    NOTHING_USABLE,
    STOPPED,
    AsOfOption,
    Commands,
    ConfigOption,
    CountryOption,
    DocumentStatusOption,
    Format,
    FormatOption,
    KindOption,
    LedgerOption,
    MapFormat,
    MapFormatOption,
    OutOption,
    RejectedOption,
    ReportOption,
    SinceOption,
    StatusOption,
    UntilOption,
    VerifiedOption,
    selection_of,
)
from crossbearing.cli.gazetteer import gazetteer_app
from crossbearing.cli.history import bundle, carry, changes, verify
from crossbearing.cli.lineage import contradictions, lineage
from crossbearing.cli.pairs import link, pairs
from crossbearing.cli.review import agreement, decisions, queue
from crossbearing.cli.series import series_app
from crossbearing.cli.serve import serve

# What is heavy is imported within a command, so that `--help` answers at once.
if TYPE_CHECKING:
    from rich.console import RenderableType

    from crossbearing.cli.held import Held
    from crossbearing.publish.records import Record

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "News reports of a conflict in, a ledger of incidents out: every value with its words and the chain of who says so.\n\n"
        "Begin with `crossbearing run saved-pages/`, then `crossbearing incidents`.\n\n"
        "Exit codes: 0 all well, 1 no input could be read (or, of verify, something does not hold), 2 wrong use."
    ),
)
config_app = typer.Typer(cls=Commands, no_args_is_help=True, help="The settings.")
app.add_typer(config_app, name="config")
app.add_typer(decide_app, name="decide")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(series_app, name="series")
app.add_typer(accounts_app, name="accounts")


def _version(asked: bool) -> None:
    if asked:
        from crossbearing import __version__

        typer.echo(f"crossbearing {__version__}")
        raise typer.Exit(ALL_WELL)


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    del version


@app.command()
def run(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, archives, or JSON Lines of reports.", metavar="PATH...", show_default=False),
    ],
    ledger: LedgerOption = LEDGER,
    workers: Annotated[
        int | None, typer.Option(help="How many processes read at once.", metavar="N", show_default="run.workers")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Read reports into the ledger, and draw the incidents.

    What was read before is not read again, what failed is tried again, and a run that was cut off goes on. What cannot
    be read becomes a fault, and the run goes on: `crossbearing faults` lists them.

    Example: `crossbearing run saved-pages/ reports.jsonl --ledger week.ledger`
    """
    from crossbearing.cli.running import run_with, summary_lines

    summary, missed = run_with(paths, ledger, config, {"run.workers": workers})
    for line in summary_lines(summary):
        typer.echo(line)
    for sentence in missed:
        typer.echo(sentence, err=True)
    if summary.interrupted:
        raise typer.Exit(STOPPED)
    if summary.nothing_usable:
        where = f"`crossbearing documents --ledger {ledger}` and `crossbearing faults --ledger {ledger}`"
        more = "" if len(missed) == len(set(paths)) else f" {where} say why."
        typer.echo(f"Nothing usable: no report could be read.{more}", err=True)
        raise typer.Exit(NOTHING_USABLE)


@app.command()
def incidents(
    ledger: LedgerOption = LEDGER,
    form: MapFormatOption = None,
    out: OutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    status: StatusOption = None,
    report: ReportOption = None,
    background: Annotated[bool, typer.Option("--background", help="Also those that every report only recalls.")] = False,
    rejected: RejectedOption = False,
    verified: VerifiedOption = False,
    as_of: AsOfOption = None,
) -> None:
    """List the incidents: what happened, where, when, by whom, and how many reports and lineages stand behind it.

    Example: `crossbearing incidents --since 2024-01-08 --country Iraq --format csv --out week.csv`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.reasons import why_none
    from crossbearing.cli.write import format_of

    meant = format_of(form, out, tuple(MapFormat))
    selection = selection_of(since, until, country, kind, status and status.value, report)
    with _open(ledger, as_of) as held:
        ids = [incident.id for incident in held.incidents]
        recalled = {incident.id for incident in held.incidents if incident.background and not background}
        refused = set() if rejected else held.rejected
        unverified = held.unverified if verified else set()
        left: list[str] = []
        records = _without(selection.of(held.incident_records(words=meant != "table")), recalled | refused | unverified, left)
        _answer(
            records,
            "incident",
            meant,
            out,
            lambda found: screen.incident_table(found, ids, screen.width_of(out)),
            lambda: why_none(selection, held, held.incident_records(words=False)),
        )
    _say_rejected(left, refused)
    rest = [one for one in left if one not in refused]
    if number := sum(one in unverified for one in rest):
        screen.note(f"Left out: {number} that are not verified.")
    if number := sum(one not in unverified for one in rest):
        screen.note(f"Left out: {number} that every report only recalls; --background shows them.")
    _say_silent(selection)


@app.command()
def claims(
    ledger: LedgerOption = LEDGER,
    form: MapFormatOption = None,
    out: OutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    status: StatusOption = None,
    report: ReportOption = None,
    rejected: RejectedOption = False,
    as_of: AsOfOption = None,
) -> None:
    """List the claims: what one document, in one voice, states of one happening, with its exact words.

    Example: `crossbearing claims --report saved-pages/page.html --format jsonl`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.reasons import why_none
    from crossbearing.cli.write import format_of

    meant = format_of(form, out, tuple(MapFormat))
    selection = selection_of(since, until, country, kind, status and status.value, report)
    with _open(ledger, as_of) as held:
        ids = [incident.id for incident in held.incidents]
        refused = set() if rejected else held.rejected
        left: list[str] = []
        _answer(
            _without(selection.of(held.claim_records()), refused, left),
            "claim",
            meant,
            out,
            lambda found: screen.claim_table(found, ids, screen.width_of(out)),
            lambda: why_none(selection, held, held.claim_records()),
        )
    _say_rejected(left, refused)
    _say_silent(selection)


@app.command()
def documents(
    ledger: LedgerOption = LEDGER,
    form: FormatOption = None,
    out: OutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    status: DocumentStatusOption = None,
    report: ReportOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List what was read: each document with its days and the evidence for them, each page set aside with the reason.

    Example: `crossbearing documents --status "set aside"`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.write import format_of

    meant = format_of(form, out, tuple(Format))
    selection = selection_of(since, until, None, None, status and status.value, None)
    with _open(ledger, as_of) as held:
        _answer(selection.of(held.document_records(report)), "document", meant, out, screen.document_list)
    _say_silent(selection)


@app.command()
def faults(
    ledger: LedgerOption = LEDGER,
    form: FormatOption = None,
    out: OutOption = None,
    report: ReportOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List what failed, each with a sentence that says what to do. The next run tries it again.

    Example: `crossbearing faults --format jsonl`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.write import format_of

    meant = format_of(form, out, tuple(Format))
    selection = selection_of(None, None, None, None, None, report)
    with _open(ledger, as_of) as held:
        _answer(selection.of(held.fault_records()), "fault", meant, out, screen.fault_table)


@app.command()
def show(
    incident: Annotated[str, typer.Argument(help="An incident's id, or the first characters of it.", show_default=False)],
    ledger: LedgerOption = LEDGER,
    as_of: AsOfOption = None,
) -> None:
    """Show one incident: its claims side by side, each with its words, its chain of voices and its file.

    Example: `crossbearing show i3f9c2a1`
    """
    from crossbearing.cli import screen

    with _open(ledger, as_of) as held:
        found = held.incident(incident)
        screen.show(screen.incident_page(found, held.claims_of(found), screen.console().width))


@app.command()
def explain(
    incident: Annotated[
        str,
        typer.Argument(help="An incident's id; or a document's id or file. The first characters will do.", show_default=False),
    ],
    field: Annotated[
        str | None,
        typer.Argument(
            help="when, where, perpetrators, targets, weapons, killed, injured, status or event_type; of a document: published; "
            "with --book a column of its export, or nothing for all of them.",
            show_default=False,
        ),
    ] = None,
    ledger: LedgerOption = LEDGER,
    book: BookOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Explain one field: which claims give it, in which words, by which step, and what else was claimed.

    With --book, explain a cell of that code book's export: which of its rules made it, from which claims.

    Example: `crossbearing explain i3f9c2a1 killed`, `crossbearing explain page.html published`, or
    `crossbearing explain i3f9c2a1 where_prec --book ucdp`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.explain import PUBLISHED, explain_document, explain_incident
    from crossbearing.publish.records import incident_record

    with _open(ledger, as_of) as held:
        if book is not None:
            screen.show(explain_cells(held, incident, book, field))
            return
        if field is None:
            raise typer.BadParameter("say which field to explain; with --book all of them can be.", param_hint="FIELD")
        if field == PUBLISHED:
            screen.show(explain_document(held.document(incident), field, held.outcomes()))
            return
        found = held.incident_to_explain(incident)
        screen.show(explain_incident(found, incident_record(found), field, held.claims_of(found)))


app.command()(lineage)
app.command()(contradictions)
app.command()(coverage)
app.command()(pairs)
app.command()(link)
app.command()(export)
app.command()(compare_codebooks)
app.command()(convert)
app.command()(queue)
app.command()(decisions)
app.command()(agreement)
app.command()(changes)
app.command()(verify)
app.command()(bundle)
app.command()(carry)
app.command()(serve)


@config_app.command("show")
def config_show(
    form: FormatOption = None,
    config: ConfigOption = None,
) -> None:
    """Print every setting: its value, where the value comes from, and what it does.

    Example: `CROSSBEARING_RUN_WORKERS=4 crossbearing config show`
    """
    from crossbearing.cli.settings import settings_lines, settings_table
    from crossbearing.cli.write import send
    from crossbearing.config import load

    settings = list(load(config).list())
    if form in (None, Format.TABLE):
        from crossbearing.cli import screen

        screen.show(settings_table(settings))
    else:
        send(settings_lines(settings, str(form)), None)


@contextmanager
def _open(ledger: str, as_of: datetime | None) -> Iterator[Held]:
    from crossbearing.api import open_ledger
    from crossbearing.cli.held import Held

    with open_ledger(ledger, create=False) as found:
        yield Held(found, as_of)


def _answer(
    records: Iterable[Record],
    kind: str,
    meant: str,
    out: Path | None,
    table: Callable[[list[Record]], Iterable[RenderableType]],
    why: Callable[[], str] = str,
) -> None:
    """Write records as asked: a table once all are there, lines as they come."""
    from crossbearing.cli import screen
    from crossbearing.cli.write import lines_of, send, send_parquet

    if meant == "parquet":
        send_parquet(records, f"crossbearing.{kind}/1", out)
        return
    if meant != "table":
        send(lines_of(records, f"crossbearing.{kind}/1", meant), out)
        return
    found = list(records)
    if found:
        screen.show(table(found), out)
    else:
        reason = why()
        screen.note(f"No {kind}s: {reason}" if reason else f"No {kind}s.")


def _without(records: Iterable[Record], unwanted: set[str], left: list[str]) -> Iterator[Record]:
    """The records whose ids are wanted; the others' ids are noted in `left`."""
    for record in records:
        if record["id"] in unwanted:
            left.append(record["id"])
        else:
            yield record


def _say_rejected(left: list[str], refused: set[str]) -> None:
    """Say how many were left out because people rejected them."""
    if number := sum(one in refused for one in left):
        print(f"Left out: {number} that people rejected; --rejected shows them.", file=sys.stderr)


def _say_silent(selection: Any) -> None:
    """Say how many were left out because they do not say what was asked about."""
    for field, count in sorted(selection.silent.items()):
        words = {"when": "a day", "where": "a country"}[field]
        print(f"Left out: {count} that do not say {words}.", file=sys.stderr)
