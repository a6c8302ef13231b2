"""The settings as `config show` prints them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich import box
from rich.console import RenderableType
from rich.table import Table

from crossbearing.config import FILE, Setting

COLUMNS = ("name", "value", "default", "origin", "help")


def settings_table(settings: Sequence[Setting]) -> list[RenderableType]:
    """Each setting with its value, where the value comes from, and what it does."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for heading in ("setting", "value", "from"):
        table.add_column(heading, overflow="fold")
    table.add_column("what it does", overflow="fold", ratio=1)
    for one in settings:
        default = "" if one.value == one.default else f" (default {one.default})"
        table.add_row(one.name, f"{one.value}{default}", one.origin, one.help)
    return [table, f"Set them in {FILE} ([section], then key = value), or as CROSSBEARING_SECTION_KEY in the environment."]


def settings_lines(settings: Sequence[Setting], form: str) -> Iterator[str]:
    """The settings as JSON Lines or CSV."""
    if form == "jsonl":
        yield from (json.dumps({key: asdict(one)[key] for key in COLUMNS}, ensure_ascii=False) + "\n" for one in settings)
        return
    for row in (COLUMNS, *([str(asdict(one)[key]) for key in COLUMNS] for one in settings)):
        out = io.StringIO()
        csv.writer(out).writerow(row)
        yield out.getvalue()
