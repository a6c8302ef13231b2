"""Tables for a person: an incident a line, a document with its dating evidence, claims side by side."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crossbearing.cli import shown
from crossbearing.cli.held import Said
from crossbearing.cli.write import send
from crossbearing.model.claim import Claim
from crossbearing.model.decision import Review, value_text
from crossbearing.model.incident import Incident
from crossbearing.model.provenance import Stated
from crossbearing.publish.records import Record, claim_record, incident_record, words

FILE_WIDTH = 120
"""Of a table that goes into a file, in characters."""

LEAST_ID = 8
"""The shortest form of an id that is shown, in characters; longer where that would be unclear."""

ROOMY = 100
"""From this width on a table has all its columns, in characters; below it a status stands beside the kind."""

LONG_WORD = 14
"""What a narrow column takes on one line, in characters: "Shelling/artillery/missile attack" may break at its strokes."""

DAY = len("2024-01-18")

CLAIM_WIDTH = 30
"""The least that one claim needs beside another, in characters: about five words a line."""


class Screen(Console):
    """Where a person looks. The words of a page are never taken for markup."""

    def on_broken_pipe(self) -> None:
        """Leave it to the frame of the commands: whoever reads has seen enough."""
        raise BrokenPipeError


def console() -> Console:
    """The screen, as wide as it is."""
    return Screen(markup=False, highlight=False, emoji=False)


def width_of(out: Path | None) -> int:
    """How wide a table may be, in characters."""
    return FILE_WIDTH if out else console().width


def show(parts: Iterable[RenderableType], out: Path | None = None) -> None:
    """Print to the screen, or write plain text to a file."""
    if out is None:
        screen = console()
        for part in parts:
            screen.print(part)
        return
    paper = Console(
        markup=False, highlight=False, emoji=False, width=FILE_WIDTH, file=io.StringIO(), force_terminal=False, no_color=True
    )
    with paper.capture() as kept:
        for part in parts:
            paper.print(part)
    send([kept.get()], out)


def note(sentence: str) -> None:
    """A remark beside the answer: on stderr, so that what is piped stays clean."""
    print(sentence, file=sys.stderr)


def incident_table(records: Sequence[Record], ids: Iterable[str], width: int) -> list[RenderableType]:
    """One incident a line. `ids` are all the ids that a shown one must be told from, `width` the screen's."""
    size = clear(ids)
    roomy = width >= ROOMY
    table = _table(("id", size), ("when", DAY), ("where", None), ("what", None), ("by", None))
    if roomy:
        table.add_column("status")
    for heading in ("killed", "rep/lin", "!"):
        table.add_column(heading, no_wrap=True, justify="right")
    looked_at = any(one["review"] for one in records)
    if looked_at:
        table.add_column("review", overflow="fold")
    for one in records:
        table.add_row(
            one["id"][:size],
            _days(one["when"]),
            _place(one["where"]),
            _breakable(one["sub_event_type"]) if roomy else _kind(one),
            _names(one["perpetrators"]),
            *([one["status"]] if roomy else []),
            shown.toll(one["killed"]),
            f"{len(one['reports'])}/{len(one['lineages'])}",
            ("!" if one["contradictions"] else "") + ("?" if _outdated(one["review"]) else ""),
            *([_review_word(one["review"])] if looked_at else []),
        )
    legend = "rep/lin: reports/independent lineages.  !: some of its claims cannot both hold."
    if any(_outdated(one["review"]) for one in records):
        legend += "  ?: claims that came later differ from what a person set."
    return [table, Text(legend, style="dim")]


def _outdated(review: Record | None) -> bool:
    """Whether claims came that differ from what a person had set."""
    return review is not None and any(one["otherwise"] for one in review["set"])


def claim_table(records: Sequence[Record], ids: Iterable[str], width: int) -> list[RenderableType]:
    """One claim a line: the incident it stands in, who says so, and the words."""
    size = clear(ids)
    roomy = width >= ROOMY
    table = _table(("incident", size), ("when", DAY), ("where", None))
    if roomy:
        table.add_column("what", overflow="fold")
    table.add_column("who says so", overflow="fold", ratio=2)
    table.add_column("words", overflow="fold", ratio=3)
    for one in records:
        table.add_row(
            (one["incident"] or shown.NOTHING)[:size],
            _days(one["when"]),
            _place(one["where"]),
            *([_kind(one)] if roomy else []),
            shown.plain(" ← ".join(one["chain"])) or shown.NOTHING,
            f"“{shown.plain(one['quote'])}”",
        )
    return [table]


def document_list(records: Sequence[Record]) -> list[RenderableType]:
    """Each document with what became of it, its days, and each piece of evidence for them."""
    parts: list[RenderableType] = []
    for one in records:
        parts.append(Text.assemble((shown.plain(one["file"] or one["id"]), "bold"), f"  {one['status']}"))
        lines = [f"{label}: {shown.plain(one[label])}" for label in ("source", "title") if one[label]]
        if one["reason"]:
            lines.append(shown.plain(one["reason"]))
        if one["published"]:
            days = shown.interval(one["published"]["earliest"], one["published"]["latest"])
            lines.append("published: " + ("any day" if days == shown.NOTHING else days))
        parts.extend(Padding(Text(line), (0, 0, 0, 2), expand=False) for line in lines)
        parts.extend(bullet(says) for says in (one["published"] or {}).get("because", ()))
        parts.append(Padding(Text(f"id {one['id']}", style="dim"), (0, 0, 1, 2), expand=False))
    return parts


def bullet(sentence: str) -> RenderableType:
    """A sentence of a list, its later lines under its first."""
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(width=5, justify="right")
    table.add_column(overflow="fold")
    table.add_row("-", shown.plain(sentence))
    return table


def fault_table(records: Sequence[Record]) -> list[RenderableType]:
    """One fault a line: where it happened, and the sentence that says what to do."""
    table = _table(("file", None), ("stage", None), ("what happened", None))
    for one in records:
        table.add_row(shown.plain(one["file"]), one["stage"], shown.plain(one["sentence"]))
    return [table]


def incident_page(incident: Incident, said: Sequence[Said], width: int) -> list[RenderableType]:
    """One incident: what the ledger holds of it, then its claims side by side, then what does not fit together."""
    heading = Text(f"{incident.sub_event_type}, {incident.status.value}", style="bold")
    parts: list[RenderableType] = [heading, _summary(incident, said)]
    beside = max(1, (width - 14) // CLAIM_WIDTH)
    for start in range(0, len(said), beside):
        parts.append(_side_by_side(said[start : start + beside], start))
    number = {one.claim.id: f"claim {place}" for place, one in enumerate(said, start=1)}
    if incident.review:
        parts.extend(_review(incident.review, number))
    if incident.contradictions:
        parts.append(Text("What cannot both hold", style="bold"))
        for clash in incident.contradictions:
            parts.append(
                Text(f"  {clash.field}: {number.get(clash.a, clash.a)} and {number.get(clash.b, clash.b)}: {clash.says}")
            )
    if incident.rising:
        parts.append(Text("Tolls that rose", style="bold"))
        for rise in incident.rising:
            parts.append(Text(f"  {rise.field}: {number.get(rise.a, rise.a)}, then {number.get(rise.b, rise.b)}: {rise.says}"))
    if incident.grades:
        parts.append(Text("How each field stands", style="bold"))
        by_grade: dict[str, list[str]] = {}
        for one in incident.grades:
            by_grade.setdefault(one.grade.value, []).append(one.field)
        parts.extend(Text(f"  {grade}: {', '.join(fields)}") for grade, fields in by_grade.items())
    parts.append(Text("Lineages: who goes back to whom", style="bold"))
    for line in incident.lineages:
        members = ", ".join(number.get(claim, claim) for claim in line.claims)
        parts.append(Text(f"  {shown.plain(line.root)}: {members}. {shown.plain(line.because)}"))
        parts.extend(Text(f"    {shown.plain(fold.report)}: {shown.plain(fold.because)}") for fold in line.folds)
    if incident.links:
        parts.append(Text("Why these claims stand together", style="bold"))
        for link in incident.links:
            parts.append(Text(f"  {number.get(link.a, link.a)} and {number.get(link.b, link.b)}: {'; '.join(link.reasons)}"))
    return parts


def _review_word(review: Record | None) -> str:
    """How far people are with an incident, in a word or two."""
    if review is None:
        return ""
    if review["contested"]:
        return "contested"
    verdict = {"accept": "accepted", "reject": "rejected", "unsure": "unsure"}.get(review["verdict"], "")
    return ", ".join(filter(None, (verdict, review["state"] if review["state"] != "to do" else "")))


def _review(review: Review, number: Mapping[str, str]) -> list[RenderableType]:
    """What people decided on an incident: how far they are, what is contested, and each decision with its reason."""
    verdict = f", verdict: {review.verdict.value}" if review.verdict else ""
    parts: list[RenderableType] = [Text(f"What people decided: {review.state.value}{verdict}", style="bold")]
    stood = [(one.field, shown.plain(value_text(one.claims_say) or "nothing")) for one in review.settings]
    lines = [f"{field} was set; the claims say {said}" for field, said in stood]
    for setting in review.settings:
        since = [f"{shown.plain(each.value)} ({', '.join(number.get(c, c) for c in each.claims)})" for each in setting.otherwise]
        lines += [f"since {setting.field} was set, claims came that say {'; '.join(since)}: set it again"] if since else []
    lines += [f"contested: {shown.plain(one.says)}" for one in review.contests]
    lines += [f"{number.get(claim, claim)} is rejected" for claim in review.rejected_claims]
    lines += [f"{number.get(claim, claim)} came after the verdict" for claim in review.new_claims]
    for one in review.decisions:
        given = {"set": f" {one.field}={value_text(one.value) or '-'}", "state": f" {one.state}"}.get(one.kind.value, "")
        stands_on = "; ".join([*(f"“{cited.quote}”" for cited in one.evidence), *([one.note] if one.note else [])])
        says = f"{one.person}, {one.at:%Y-%m-%d %H:%M}: {one.kind.value}{given}: {one.reason}"
        lines.append(shown.plain(says + (f" ({stands_on})" if stands_on else "")) + f" [{one.id}]")
    return [*parts, *(Padding(Text(line), (0, 0, 0, 2), expand=False) for line in lines)]


def _summary(incident: Incident, said: Sequence[Said]) -> RenderableType:
    record = incident_record(incident, [claim_record(one.claim, incident.id, one.text) for one in said])
    rows = [
        ("id", incident.id),
        ("when", shown.days(incident.when) if incident.when else shown.NOTHING),
        ("where", shown.place(incident.where) if incident.where else shown.NOTHING),
        ("by", _names(actor.name for actor in incident.perpetrators)),
        ("against", _names(actor.name for actor in incident.targets)),
        ("with", _names(incident.weapons)),
        ("killed", shown.toll(record["killed"])),
        ("injured", shown.toll(record["injured"])),
        ("told by", _told_by(incident)),
    ]
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(label, value)
    return table


def _told_by(incident: Incident) -> str:
    return f"{shown.counted(len(incident.reports), 'report')}, {shown.counted(len(incident.lineages), 'independent lineage')}"


def _side_by_side(said: Sequence[Said], start: int) -> RenderableType:
    """Claims as columns, fields as rows; under each value the words it stands on."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), expand=True, show_lines=True)
    table.add_column("", style="dim", no_wrap=True)
    for place, one in enumerate(said, start=start + 1):
        table.add_column(f"claim {place}", overflow="fold", ratio=1)
        del one
    rows = [_cells(one) for one in said]
    for label in rows[0]:
        if any(cells[label].plain for cells in rows):
            table.add_row(label, *(cells[label] if cells[label].plain else Text(shown.NOTHING) for cells in rows))
    return table


def _cells(said: Said) -> dict[str, Text]:
    """What one claim says, by the label of its row."""
    claim, text = said.claim, said.text
    voices = " ← ".join(shown.plain(voice.value.name) for voice in claim.chain)
    return {
        "who says so": Text(f"{voices or shown.NOTHING} ({claim.stance.value})"),
        "words": Text(f"“{shown.plain(claim.quote)}”"),
        "what": Text(what(claim)),
        "when": _value(shown.days(claim.when.value), claim.when, text) if claim.when else Text(),
        "where": _value(shown.place(claim.where.value), claim.where, text) if claim.where else Text(),
        "by": _values([(one.value.name, one) for one in claim.perpetrators], text),
        "against": _values([(one.value.name, one) for one in claim.targets], text),
        "claimed by": _values([(one.value.name, one) for one in claim.claimed_by], text),
        "with": _values([(one.value, one) for one in claim.weapons], text),
        "killed": _value(shown.count(claim.killed.value), claim.killed, text) if claim.killed else Text(),
        "injured": _value(shown.count(claim.injured.value), claim.injured, text) if claim.injured else Text(),
        "also": _values([(shown.befell(one.value), one) for one in claim.figures], text),
        "file": Text(f"{shown.plain(claim.file)} at {claim.span.start}-{claim.span.end}"),
        "id": Text(claim.id, style="dim"),
    }


def what(claim: Claim) -> str:
    """Kind, status and role of a claim in a few words."""
    role = ", only recalled" if claim.role.value == "background" else ""
    return f"{claim.sub_event_type}, {claim.status.value}{role}"


def _value(value: str, stated: Stated[Any], text: str) -> Text:
    return Text.assemble(shown.plain(value), "\n", (f"“{shown.plain(words(stated, text))}”", "italic dim"))


def _values(values: Sequence[tuple[str, Stated[Any]]], text: str) -> Text:
    return Text("\n").join(_value(value, stated, text) for value, stated in values)


def clear(ids: Iterable[str]) -> int:
    """How many characters tell each id from every other."""
    known = sorted(set(ids))
    alike = 0
    for a, b in pairwise(known):
        shared = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        alike = max(alike, shared + 1)
    return max(LEAST_ID, alike)


def _table(*columns: tuple[str, int | None]) -> Table:
    """A table whose first columns, where a width is given, keep it."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for heading, width in columns:
        table.add_column(heading, min_width=width, max_width=width, overflow="fold")
    return table


def _days(when: Record | None) -> str:
    return shown.interval(when["earliest"], when["latest"]) if when else shown.NOTHING


def _place(where: Record | None) -> str:
    """The name, with its country where the name is not one."""
    if where is None:
        return shown.NOTHING
    return shown.plain(where["name"]) + (f", {where['country']}" if where["country"] and where["precision"] != "country" else "")


def _kind(record: Record) -> str:
    """The sub-event type, with what is not as usual: a status other than happened, a role other than main."""
    more = [] if record["status"] == "happened" else [record["status"]]
    if record.get("role") == "background":
        more.append("recalled")
    return _breakable(record["sub_event_type"]) + (f" ({', '.join(more)})" if more else "")


def _breakable(kind: str) -> str:
    """A kind whose long words may break at their strokes."""
    return kind.replace("/", "/ ") if max(map(len, kind.split())) > LONG_WORD else kind


def _names(names: Iterable[str]) -> str:
    return "; ".join(shown.plain(name) for name in names) or shown.NOTHING
