"""What changed, whether it is what was recorded, and what a stranger needs to see it: changes, verify, bundle."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.frame import (
    LEDGER,
    AsOfOption,
    ConfigOption,
    CountryOption,
    FormatOption,
    KindOption,
    LedgerOption,
    OutOption,
    ReportOption,
    SinceOption,
    UntilOption,
    VerifiedOption,
    instant,
)
from crossbearing.errors import NothingUsable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from crossbearing.api import Ledger
    from crossbearing.cli.held import Held
    from crossbearing.publish.records import Record

NOT_AS_RECORDED = 1
"""The exit code where something does not verify."""

FromOption = Annotated[
    datetime | None,
    typer.Option("--since", parser=instant, help="After this instant; else all.", metavar="INSTANT", show_default=False),
]
WithOption = Annotated[
    list[Path] | None, typer.Option("--with", help="A file that is published with it.", metavar="FILE", show_default=False)
]


def changes(
    ledger: LedgerOption = LEDGER,
    form: FormatOption = None,
    out: OutOption = None,
    since: FromOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List what was recorded between two instants, and which incidents appeared, changed, or are gone between them.

    What was recorded comes first, each with its instant; what became of the incidents follows, since they are drawn anew
    from all that is held.

    Example: `crossbearing changes --since 2024-11-09T12:00Z --format jsonl`
    """
    from crossbearing.cli.held import opened
    from crossbearing.cli.review import answer
    from crossbearing.link.changes import changes as changed
    from crossbearing.publish.records import CHANGE
    from crossbearing.publish.reviews import change_record

    with opened(ledger, as_of) as (found, held):
        before = found.incidents(as_of=since) if since else ()
        records = [*_recorded(found, held, since, as_of), *map(change_record, changed(before, held.incidents))]

    answer(records, CHANGE, form, out, _change_table, "Nothing changed.")


def _change_table(records: Sequence[Record]) -> list[RenderableType]:
    from crossbearing.cli.review import rows_of

    rows = [((one["at"] or "")[:19].replace("T", " "), one["of"], one["id"][:13], one["says"]) for one in records]
    return rows_of(("recorded", "of", "id", "what"), rows)


def _recorded(found: Ledger, held: Held, since: datetime | None, until: datetime | None) -> Iterator[Record]:
    """What was recorded; of a decision on which incident, and of a blind round that is closed only that one was made."""
    from crossbearing.link.judged import holder
    from crossbearing.model.decision import unseen
    from crossbearing.publish.reviews import on_words, recorded_record, were

    blind = unseen(found.decisions(as_of=until))
    on = {one.id: holder(one, held.incident_of) for one in held.judgements()}
    made = {one.id: on_words({"incident": on[one.id], "were": were(one)}) for one in held.decisions()}
    for one in found.recorded(since, until):
        where = made.get(one.id)
        yield recorded_record(one.of, one.at, one.id, f"{one.says} · {where}" if where else one.says, blind.get(one.id))


def verify(
    file: Annotated[str, typer.Argument(help="A ledger, or a bundle.", metavar="LEDGER", show_default=False)],
    again: Annotated[bool, typer.Option("--again", help="Also read each capture anew, and compare the claims.")] = False,
    config: ConfigOption = None,
) -> None:
    """Check a ledger or a bundle, offline: every hash, every quote against its text, every id against what it is the id of.

    With --again each capture that these steps have read is read anew, and must give the claims that are held. Each failure is a
    sentence on stdout, and the exit code is then 1.

    Example: `crossbearing verify week.ledger`
    """
    from crossbearing.cli import shown
    from crossbearing.ledger.address import address_of
    from crossbearing.ledger.verify import verify as failures

    found, name = 0, address_of(file).shown
    for failure in chain(failures(file), _made_again(file, config) if again else ()):
        found += 1
        typer.echo(shown.plain(failure))
    if found:
        typer.echo(f"{name}: {shown.counted(found, 'failure')}.", err=True)
        raise typer.Exit(NOT_AS_RECORDED)
    typer.echo(f"{name}: all holds.")


def _made_again(file: str, config: Path | None) -> Iterator[str]:
    """What reading the captures anew gives otherwise."""
    from crossbearing.cli import screen, shown
    from crossbearing.config import load
    from crossbearing.ledger.verify import evidence
    from crossbearing.pipeline import default_parts
    from crossbearing.run.again import Again
    from crossbearing.run.again import again as differing

    settings = load(config).settings
    count = Again()
    yield from differing(evidence(file), default_parts(settings.read.reader, settings.resolve.gazetteer), count)
    screen.note(f"{shown.counted(count.read, 'capture')} read anew; {count.other_steps} were read by other steps than these.")


def carry(
    source: Annotated[str, typer.Argument(help="The ledger that there is.", metavar="FROM", show_default=False)],
    target: Annotated[str, typer.Argument(help="Where no ledger is yet.", metavar="TO", show_default=False)],
) -> None:
    """Carry a ledger over, row for row, to a place where none is yet: from a file into a PostgreSQL database, or out of one.

    Either all of it is there in the end, or nothing, and FROM stays as it is. Instants stay too, so that what is asked of the
    past has the same answers. From then on they are two ledgers.

    Example: `crossbearing carry week.ledger postgresql:///news`
    """
    from crossbearing.cli import shown
    from crossbearing.ledger.address import address_of
    from crossbearing.ledger.carrying import carry as carried

    rows = carried(source, target)
    typer.echo(f"{address_of(target).shown}: {shown.counted(rows, 'row')} of {address_of(source).shown}.")


def bundle(
    out: Annotated[Path, typer.Argument(help="The zip to write.", metavar="OUT.zip", show_default=False)],
    ledger: LedgerOption = LEDGER,
    also: WithOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    report: ReportOption = None,
    verified: VerifiedOption = False,
    as_of: AsOfOption = None,
) -> None:
    """Write an evidence bundle: the incidents asked for with their claims, texts, captures and decisions, in one zip.

    A stranger checks it with `crossbearing verify OUT.zip`, without the ledger. The same evidence gives the same bytes; the
    hash that is printed is what to publish beside it, so that nobody can put another bundle in its place.

    Example: `crossbearing bundle week.zip --country Sudan --with sudan.csv`
    """
    from crossbearing.cli import shown
    from crossbearing.cli.held import opened
    from crossbearing.cli.write import replacing
    from crossbearing.ledger.bundle import members, pack
    from crossbearing.ledger.reader import Reader
    from crossbearing.link.incidents import STEP
    from crossbearing.publish.selection import Selection
    from crossbearing.publish.tabular import json_lines

    exports = {f"exports/{path.name}": _bytes(path) for path in also or ()}
    with Reader(ledger) as reader:
        at = as_of or reader.instant()
        with opened(ledger, at) as (_, held):
            selection = Selection(since, until, country, kind, None, report)
            unwanted = held.rejected | (held.unverified if verified else set())
            records = [one for one in selection.of(held.incident_records(words=True)) if one["id"] not in unwanted]
        claims = {claim for one in records for claim in one["claims"]}
        lines = "".join(json_lines(records)).encode()
        with replacing(out) as part:
            packed = members(reader, claims, {"incidents.jsonl": lines, **exports}, at)
            pack(part, packed, {"as_of": at.isoformat(), "link": STEP.id})
    what = f"{shown.counted(len(records), 'incident')} on {shown.counted(len(claims), 'claim')}"
    typer.echo(f"{out}: {what}, as of {at.isoformat()}. SHA-256: {_hash(out)}")


def _bytes(path: Path) -> bytes:
    """A file's bytes. Raises NothingUsable where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise NothingUsable(f"{path}: it cannot be read ({error.strerror}). Check the path.") from error


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
