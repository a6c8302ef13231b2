"""What every page shows: its templates, which escape whatever they are given, and how values read in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crossbearing import resources
from crossbearing.cli import shown
from crossbearing.serve.answers import desk_of, summary_of
from crossbearing.serve.desk import Asked
from crossbearing.serve.gate import Visitor, seen_visitor
from crossbearing.serve.lit import Mark
from crossbearing.serve.roles import Role

TEMPLATES = Path(__file__).parent / "templates"

NAMES = 300
"""The most names that a field offers."""

MOST_NAMES = 2
"""Of a cell of a list; the incident's page has them all."""

THEME = "crossbearing-theme"

TABS = (
    ("/", "Incidents"),
    ("/review", "Review"),
    ("/documents", "Documents"),
    ("/figures", "Figures"),
    ("/coverage", "Coverage"),
    ("/faults", "Faults"),
    ("/uploads", "Add reports"),
    ("/export", "Export"),
    ("/accounts", "Accounts"),
)

TAKES = {"/uploads": Role.CODER, "/accounts": Role.ADMIN}
"""Who is offered a page that is of no use to every reader."""


# ---------------------------------------------------------------- how a value reads

_TURNING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(value: object) -> object:
    """What a template shows: control characters and marks that turn the text around are shown as what they are."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _TURNING.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", value)
    return "" if value is None else value


def figure(value: dict[str, Any] | None) -> str:
    """A record's figure: `12`, `9-12`, `12+`, `20-1400+`."""
    return shown.toll(value) if value else ""


def days(when: dict[str, Any] | None) -> str:
    """A record's days."""
    return day(shown.interval(when["earliest"], when["latest"])) if when else day(shown.NOTHING)


def day(interval: str) -> str:
    """Days as they read, where there are any."""
    return "no day" if interval == shown.NOTHING else interval


def place(where: dict[str, Any] | None) -> str:
    """A record's place with its country, where it is not one."""
    if where is None:
        return "no place"
    within = f", {where['country']}" if where["country"] and where["precision"] != "country" else ""
    return f"{where['name']}{within}"


def some(names: Sequence[str]) -> str:
    """Names as far as a list has room for them."""
    shown_names = "; ".join(names[:MOST_NAMES]) or "–"
    return shown_names + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")


LABELS = {"perpetrators": "by", "targets": "against", "weapons": "with", "event_type": "what", "kind": "what"}
"""How the screen calls a field; any other by its own name."""


def label_of(field: str) -> str:
    """How the screen calls a field."""
    return LABELS.get(field, field)


EXAMPLES = {
    "when": "2024-05-14, or 2024-05-14..2024-05-16", "where": "Kirkuk, IQ", "killed": "12, 9-12, or 12+ for at least 12",
    "injured": "12, 9-12, or 12+ for at least 12", "status": "happened, foiled, denied or planned", "event_type": "Armed clash",
    "perpetrators": "one name, or several with ;", "targets": "one name, or several with ;", "weapons": "drone; rocket",
}  # fmt: skip
"""How a value of each field is typed."""


def breakable(kind: str) -> str:
    """A kind whose long words may break at their strokes."""
    return kind.replace("/", "/\u200b")


def shortly(says: str, reports: Sequence[str]) -> str:
    """A sentence that names reports by their paths, with their files' names alone."""
    for report in sorted(reports, key=len, reverse=True):
        says = says.replace(report, PurePath(report).name)
    return says


def lit_words(text: str) -> list[tuple[str, bool]]:
    """What a search found, cut at its marks: each run, and whether it was looked for."""
    found = []
    for n, run in enumerate(re.split("[⟦⟧]", text)):
        if run:
            found.append((run, n % 2 == 1))
    return found


def kinds(of: Sequence[int], marks: Sequence[Mark]) -> list[str]:
    """The kinds of some marks, each once; the claim's own only where nothing finer stands there."""
    found = list(dict.fromkeys(marks[n].kind for n in of))
    return [one for one in found if one != "claim"] or found


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, compiled. Everything that they show is escaped.

    All at once and before anyone asks: Jinja reads a template's numbers with `ast.literal_eval`, and in CPython 3.11
    two threads that parse at the same time can fail each other (python/cpython issue 106905).
    """
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=visible, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.filters |= {
        "figure": figure,
        "days": days,
        "place": place,
        "base": lambda path: PurePath(path or "").name,
        "lit": lit_words,
        "kinds": kinds,
        "some": some,
        "breakable": breakable,
        "shortly": shortly,
        "label": label_of,
        "example": lambda field: EXAMPLES.get(field, ""),
        "day": day,
        "line": lambda n, of: of[n],
    }
    made.globals |= {"counted": shown.counted, "interval": shown.interval}
    for name in made.list_templates():
        made.get_template(name)
    return made


def page(request: Request, held: Asked | None, name: str, code: int = 200, **values: Any) -> HTMLResponse:
    """A template as a page, with what every page shows."""
    desk, visitor = desk_of(request), seen_visitor(request)
    theme = request.cookies.get(THEME, "")
    text = (
        environment()
        .get_template(name)
        .render(
            here=request.url.path,
            theme=theme if theme in ("light", "dark") else "auto",
            visitor=visitor,
            token=visitor.token if visitor else desk.token,
            tabs=tabs_for(visitor),
            ledger=desk.ledger.name,
            summary=desk.once(held, "summary", summary_of) if held else None,
            past=bool(held and held.is_past),
            behind=bool(held and not held.is_past and desk.index.behind()),
            **values,
        )
    )
    return HTMLResponse(text.encode("utf-8", "replace"), code, {"cache-control": "private, no-cache"})


def tabs_for(visitor: Visitor | None) -> list[tuple[str, str]]:
    """The pages that are offered to a visitor."""
    return [(path, name) for path, name in TABS if visitor and visitor.may(TAKES.get(path, Role.READER))]


def sorry(request: Request, status: int, sentence: str) -> Response:
    """A page that says what went wrong."""
    return page(request, None, "sorry.html", status, status=status, sentence=sentence)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a field of the filters offers."""

    kinds: Sequence[str]
    countries: Sequence[tuple[str, str]]
    parties: Sequence[str]
    sources: Sequence[str]


def offer_of(held: Asked) -> Offer:
    ask = held.connection.execute
    names = {row["iso2"]: row["name"] for row in resources.rows("countries.csv")}
    codes = [row[0] for row in ask("SELECT DISTINCT country FROM incident WHERE country IS NOT NULL")]
    kinds = sorted({part for row in ask("SELECT DISTINCT kind FROM incident") for part in row[0].split(" / ")})
    parties, sources = (
        [
            row[0]
            for row in ask("SELECT name FROM named WHERE what = ? GROUP BY name ORDER BY count(*) DESC LIMIT ?", (what, NAMES))
        ]
        for what in ("party", "source")
    )
    return Offer(kinds, sorted(((code, names.get(code, code)) for code in codes), key=lambda one: one[1]), parties, sources)
