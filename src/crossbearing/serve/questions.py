"""What people ask of lists: filters that hold together, an order, a page. One form for the API and the screen.

A filter keeps what it is surely or possibly true of, as `publish/selection.py` does: an incident of "early March" is on
2 March for whoever asks. What does not say is left out, and counted.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from crossbearing.errors import CrossbearingError
from crossbearing.model.decision import State
from crossbearing.model.incident import Grade
from crossbearing.serve.index import GRADED
from crossbearing.words.names import fold

MOST = 500
"""Of a page."""

Table = Literal["incident", "claim", "document"]
Graded = Literal["when", "where", "kind", "status", "perpetrators", "targets", "weapons", "killed", "injured"]

# In which order a table can be listed: the column, and whether it falls. The id settles what is even.
SORTS: dict[str, tuple[str, bool]] = {
    "day": ("day", False),
    "-day": ("last", True),
    "-killed": ("killed", True),
    "-reports": ("reports", True),
}


class WrongQuestion(CrossbearingError):
    """A filter that cannot be: the sentence says which, and how it is written."""


def _box(written: str | None) -> str | None:
    """Checks a box and leaves it as written."""
    if written is not None:
        corners(written)
    return written


def corners(box: str) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees of a box as it is written: `west,south,east,north`. Raises ValueError."""
    try:
        west, south, east, north = (float(part) for part in box.split(","))
    except ValueError as error:
        raise ValueError("write it as west,south,east,north in degrees, such as 38,33,42,36") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("longitudes run from -180 to 180, latitudes from -90 to 90, the south first")
    return west, south, east, north


def _text(written: object) -> object:
    """An empty field of a form is one that was not filled in. No database takes a NUL or half a character."""
    if isinstance(written, str):
        written = written.replace("\x00", "").encode("utf-8", "replace").decode().strip()
    return None if written == "" else written


Word = Annotated[Annotated[str, Field(max_length=500)] | None, BeforeValidator(_text)]
Day = Annotated[date | None, BeforeValidator(_text)]


class Question(BaseModel):
    """The filters. What is given must hold together."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: Word = Field(None, description='Words of the evidence: `drone depot`, `"fuel depot"`, `interc*`.', examples=["depot"])
    since: Day = Field(None, description="What can have been on this day or later.", examples=["2024-11-04"])
    until: Day = Field(None, description="What can have been on this day or earlier.", examples=["2024-11-10"])
    box: Annotated[str | None, BeforeValidator(_text), AfterValidator(_box)] = Field(
        None, description="What can lie in it: `west,south,east,north` in degrees.", examples=["20,10,60,40"]
    )
    country: Annotated[Annotated[str, Field(pattern=r"^[A-Za-z]{2}$")] | None, BeforeValidator(_text)] = Field(
        None, description="ISO 3166-1 alpha-2.", examples=["SD"]
    )
    party: Word = Field(None, description="Words of the name of one who did it, whom it befell, or who claimed it.")
    kind: Word = Field(None, description="Words of the event type or sub-event type.", examples=["drone"])
    status: Annotated[Literal["happened", "foiled", "denied", "planned"] | None, BeforeValidator(_text)] = Field(
        None, description="Of incidents and claims: whether it is said to have happened."
    )
    source: Word = Field(None, description="Words of the name of an outlet or of a voice in the chain.")
    report: Word = Field(None, description="A report's id, its path, or the name of its file.")
    became: Annotated[Literal["read", "set aside", "fault"] | None, BeforeValidator(_text)] = Field(
        None, description="Of documents: what became of the capture."
    )
    grade: Annotated[Grade | None, BeforeValidator(_text)] = Field(
        None, description="Of incidents: only those of which some field stands so; `graded` says which.", examples=["likely"]
    )
    graded: Annotated[Graded | None, BeforeValidator(_text)] = Field(
        None, description="Of incidents: the field that `grade` is asked of; without one, those that tell of it."
    )
    contested: bool = Field(False, description="Only incidents of which some claims cannot both hold.")
    state: Annotated[State | None, BeforeValidator(_text)] = Field(None, description="Of incidents: how far the work on it is.")
    verified: bool = Field(False, description="Only incidents that people stand behind.")
    rejected: bool = Field(False, description="Also what people rejected.")
    background: bool = Field(False, description="Also incidents that every report only recalls.")

    def given(self) -> dict[str, str]:
        """What was asked, by name, as an address holds it."""
        asked = self.model_dump(exclude_none=True, exclude_defaults=True, mode="json")
        return {name: "true" if value is True else str(value) for name, value in asked.items() if name in Question.model_fields}


class Paged(Question):
    """The filters, an order and a page."""

    sort: Literal["day", "-day", "-killed", "-reports"] = Field("day", description="The order; a minus falls.")
    limit: int = Field(50, ge=1, le=MOST, description="How many on a page.")
    cursor: Word = Field(None, description="Where the page begins: `next` of the page before.")


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL, with what it is filled in with."""

    says: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some records of a list, as JSON, and where the next page begins."""

    records: list[str]
    total: int
    next: str | None
    silent: dict[str, int] = field(default_factory=dict)
    """How many were left out because they do not say: `when`, `where`."""


def listed(connection: sqlite3.Connection, table: Table, asked: Paged) -> Page:
    """One page of a list. Raises `WrongQuestion`."""
    wheres = list(_wheres(table, asked))
    column, falls = SORTS[asked.sort]
    if table != "incident" and column in ("killed", "reports"):
        raise WrongQuestion(f"sort: {asked.sort} is an order of incidents. Sort {table}s by day or -day.")
    order, beyond = (f"{column} DESC, id DESC", "<") if falls else (f"{column}, id", ">")
    where, values = _together(wheres)
    if asked.q or asked.party or asked.source:  # asked of many rows: once for both the number and the page
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS kept (place INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM temp.kept")
        connection.execute(f"INSERT INTO temp.kept SELECT place FROM {table} WHERE {where}", values)
        where, values = "place IN (SELECT place FROM temp.kept)", []
    total = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()[0]
    if asked.cursor:
        since = _since(asked.cursor, column)
        where, values = f"({where}) AND ({column}, id) {beyond} (?, ?)", [*values, *since]
    sql = f"SELECT id, {column} AS at, record FROM {table}s WHERE {where} ORDER BY {order} LIMIT ?"
    rows = connection.execute(sql, [*values, asked.limit + 1]).fetchall()
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    cursor = _cursor(rows[-1]["at"], rows[-1]["id"]) if more else None
    return Page([row["record"] for row in rows], total, cursor, silent(connection, table, asked))


def every(connection: sqlite3.Connection, table: Table, asked: Question) -> Iterator[Any]:
    """All records of a list, decoded, in the order of their days."""
    where, values = _together(list(_wheres(table, asked)))
    for row in connection.execute(f"SELECT record FROM {table}s WHERE {where} ORDER BY day, id", values):
        yield json.loads(row[0])


def waiting(
    connection: sqlite3.Connection, asked: Question, after: tuple[float, str] | None, limit: int
) -> tuple[list[str], int]:
    """The queue: records of incidents that wait for a decision, those first on which it gains the most, and how many there are.

    `after` is the gain and the id of the one before the first.
    """
    where, values = _together([*_wheres("incident", asked), Where("gain IS NOT NULL")])
    total = connection.execute(f"SELECT count(*) FROM incident WHERE {where}", values).fetchone()[0]
    if after is not None:
        where, values = f"({where}) AND (gain < ? OR (gain = ? AND id > ?))", [*values, after[0], after[0], after[1]]
    sql = f"SELECT queued FROM incidents WHERE {where} ORDER BY gain DESC, id LIMIT ?"
    return [row[0] for row in connection.execute(sql, [*values, limit])], total


def chosen(table: Table, asked: Question) -> tuple[str, list[object]]:
    """The condition of all filters together, and its values."""
    return _together(list(_wheres(table, asked)))


def silent(connection: sqlite3.Connection, table: Table, asked: Question) -> dict[str, int]:
    """How many hold to all else that is asked, but do not say when or where."""
    mute = {"since": "day = '9999'", "until": "day = '9999'", "country": "country IS NULL", "box": "south IS NULL"}
    found = {}
    for name, fields in (("when", ("since", "until")), ("where", ("country", "box"))):
        asked_for = [one for one in fields if getattr(asked, one) is not None]
        if not asked_for or (name == "where" and table == "document"):
            continue
        rest = list(_wheres(table, asked.model_copy(update=dict.fromkeys(asked_for))))
        where, values = _together([*rest, Where("(" + " OR ".join(mute[one] for one in asked_for) + ")")])
        found[name] = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()[0]
    return {name: count for name, count in found.items() if count}


def match(words: str) -> str | None:
    """A person's words as a question of FTS5: all of them, phrases in quotes, beginnings with a star; None for no word."""
    parts = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', words):
        star = "*" if word.endswith("*") else ""
        said = (phrase or word).rstrip("*")
        if re.search(r"\w", said):
            parts.append('"' + said.replace('"', '""') + '"' + star)
    return " ".join(parts) or None


def _wheres(table: Table, asked: Question) -> Iterator[Where]:
    """What is asked, condition by condition. A filter that a table does not have says nothing of it."""
    if asked.since:
        yield Where("(latest >= ? OR (latest IS NULL AND earliest IS NOT NULL))", (asked.since.isoformat(),))
    if asked.until:
        yield Where("(earliest <= ? OR (earliest IS NULL AND latest IS NOT NULL))", (asked.until.isoformat(),))
    if asked.q:
        yield _words(table, asked.q)
    if asked.report:
        yield _report(table, asked.report)
    if table in ("incident", "claim"):
        yield from _of_happenings(table, asked)
    if table == "document" and asked.became:
        yield Where("status = ?", (asked.became,))
    if table == "document" and asked.source:
        yield Where("instr(lower(source), lower(?))", (asked.source,))
    if table in ("incident", "claim") and not asked.rejected:
        yield Where("NOT rejected")
    if table == "incident":
        if asked.state:
            yield Where("state = ?", (asked.state.value,))
        if asked.verified:
            yield Where("verified")
        if asked.contested:
            yield Where("contradictions > 0")
        if asked.grade or asked.graded:
            yield _graded(asked.grade, asked.graded)
        if not asked.background:
            yield Where("recalled = 0")


def _of_happenings(table: Table, asked: Question) -> Iterator[Where]:
    if asked.country:
        yield Where("country = ?", (asked.country.upper(),))
    if asked.kind:
        yield Where("instr(lower(kind), lower(?))", (asked.kind,))
    if asked.status:
        yield Where("status = ?", (asked.status,))
    if asked.box:
        west, south, east, north = corners(asked.box)
        beside = "(east >= ? AND west <= ?)" if west <= east else "(east >= ? OR west <= ?)"
        yield Where(f"north >= ? AND south <= ? AND {beside}", (south, north, west, east))
    of = "incident" if table == "incident" else "claim"
    for what, name in (("party", asked.party), ("source", asked.source)):
        if name:
            sql = f"id IN (SELECT {of} FROM named WHERE what = '{what}' AND instr(folded, ?))"
            yield Where(sql, (fold(name) or name,))


def _graded(grade: Grade | None, field: Graded | None) -> Where:
    """The index holds a letter for each field (`index.GRADED`)."""
    letter = grade.value[0] if grade else None
    if field is None:
        return Where("instr(grades, ?)", (letter,))
    of = f"substr(grades, {GRADED.index(field) + 1}, 1)"
    return Where(f"{of} = ?", (letter,)) if letter else Where(f"{of} != '-'")


def _words(table: Table, words: str) -> Where:
    wanted = match(words)
    if wanted is None:
        return Where("0")
    if table != "incident":
        return Where(f"place IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH ?)", (wanted,))
    said = "SELECT incident FROM claim WHERE place IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)"
    return Where(f"id IN ({said})", (wanted,))


def _report(table: Table, report: str) -> Where:
    own = "file = ? OR substr(file, -length(?) - 1) = '/' || ?"
    if table == "document":
        return Where(f"({own})", (report, report, report))
    own = f"report = ? OR {own}"
    if table == "claim":
        return Where(f"({own})", (report, report, report, report))
    return Where(f"id IN (SELECT incident FROM claim WHERE {own})", (report, report, report, report))


def _together(wheres: list[Where]) -> tuple[str, list[object]]:
    return " AND ".join(one.says for one in wheres) or "1", [value for one in wheres for value in one.values]


def _cursor(at: object, key: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([at, key]).encode()).decode().rstrip("=")


def _since(cursor: str, column: str) -> tuple[object, str]:
    """Where a page begins. Raises `WrongQuestion` for what no page gave."""
    try:
        at, key = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error, UnicodeError, RecursionError):
        at = key = None
    is_number = isinstance(at, int) and not isinstance(at, bool) and abs(at) < 2**62
    fits = is_number if column in ("killed", "reports") else isinstance(at, str)
    if not fits or not isinstance(key, str):
        raise WrongQuestion("cursor: no page of this list begins there. Take it from `next`, and leave the order as it is.")
    return (at.encode("utf-8", "replace").decode() if isinstance(at, str) else at), key.encode("utf-8", "replace").decode()
