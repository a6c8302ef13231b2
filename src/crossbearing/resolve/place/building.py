"""Builds a gazetteer of the world from dumps of GeoNames, line by line and from where it was cut off.

What is kept of the dumps stands in `dump.KEPT` and `dump.DIVISIONS`. The lines go into a working file beside the target
(`FILE.part`), some thousands in one transaction together with how far into the input they reach: a build that is cut off
anywhere, and started again with the same inputs, goes on there. From the working file the target is written in the order of
its keys and moved into place whole. Memory holds one batch of lines and what is known of the divisions, however long the
inputs are.
"""

from __future__ import annotations

import hashlib
import math
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from crossbearing import resources
from crossbearing.errors import NothingUsable
from crossbearing.model.outcome import Fault
from crossbearing.resolve.place.dump import (
    FORMS,
    KEPT,
    NO_LANGUAGE,
    WHERE,
    Source,
    cells_of,
    checked,
    display,
    kind_of,
    latin,
    lines_of,
    opened,
    skip_to,
    source_of,
    spellings,
    without_type,
)
from crossbearing.resolve.place.gazetteer import SCHEMA, Kind, bare, bucket, pack, skeleton, spelling_hash
from crossbearing.words.names import fold

if TYPE_CHECKING:
    from hashlib import _Hash

BATCH = 10_000  # lines to a transaction
_MOST_PLACES = 1 << 24  # a place's number has three bytes
_RANK = {Kind.ADMIN1: 0, Kind.ADMIN2: 1, Kind.CITY: 2, Kind.SITE: 3, Kind.LAND: 4}
_KINDS = {rank: kind for kind, rank in _RANK.items()}
_NO_TOWNS_KM = {Kind.ADMIN1: 50, Kind.ADMIN2: 15}  # how far a division reaches in which no town is listed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is."""

    stage: str
    """`reading`, `numbering`, `measuring` or `writing`."""
    source: str
    """The input's name; empty outside of reading."""
    done: int
    """Bytes of all inputs read so far, unpacked; outside of reading, rows."""
    total: int
    """Of the same; 0 where it is not known."""
    lines: int
    faults: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    path: Path
    digest: str
    """SHA-256 over what the gazetteer holds: the same inputs give the same."""
    kinds: dict[str, int]
    """How many things of each kind it holds."""
    names: int
    lines: int
    """Lines read by this build, those of an earlier one that was cut off included."""
    faults: tuple[Fault, ...]
    """The first hundred lines that could not be read."""
    faulty: int
    """How many there are in all."""
    resumed: bool


Tell = Callable[[Progress], None]


def build(inputs: Sequence[str | os.PathLike[str]], out: str | os.PathLike[str], tell: Tell | None = None) -> Built:
    """Write the gazetteer that the inputs make to `out`, over what is there.

    A line that cannot be read is a fault with its file, number and reason, and the build goes on. Raises `NothingUsable`
    where an input is no such dump, is empty or breaks off, where none of them holds places, or where `out` cannot be written.
    """
    target = Path(out)
    sources = list({source.mark: source for source in (source_of(Path(path)) for path in inputs)}.values())
    if not any(s.form == "places" for s in sources):
        raise NothingUsable(f"No places: none of the inputs has the 19 columns of a GeoNames dump. {WHERE}.")
    sources.sort(key=lambda s: FORMS.index(s.form))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return _built(sources, target, tell)
    except (OSError, sqlite3.OperationalError) as error:
        raise NothingUsable(f"{target}: cannot be written ({error}).") from error


def _built(sources: Sequence[Source], target: Path, tell: Tell | None) -> Built:
    part = target.with_name(target.name + ".part")
    with closing(_workfile(part, sources)) as work:
        resumed = bool(work.execute("SELECT 1 FROM source WHERE offset > 0").fetchone())
        before = 0
        for source in sources:
            _read(work, source, before, sum(s.size for s in sources), tell)
            before += source.size
        _complete(work, tell)
        made = _write(work, target, tell)
        lines, faulty = work.execute("SELECT total(lines), (SELECT count(*) FROM fault) FROM source").fetchone()
        faults = tuple(_fault(*row) for row in work.execute("SELECT file, line, reason FROM fault ORDER BY 1, 2 LIMIT 100"))
        _list_faults(work, target, faulty)
    part.unlink()
    return Built(target, made[0], made[1], made[2], int(lines), faults, faulty, resumed)


def _fault(file: str, line: int, reason: str) -> Fault:
    return Fault(file, "resolve", "BadLine", f"{file}, line {line}: {reason}.")


def _list_faults(work: sqlite3.Connection, target: Path, faulty: int) -> None:
    """Every fault as a line of `FILE.faults.tsv`; no such file where there is none."""
    path = target.with_name(target.name + ".faults.tsv")
    path.unlink(missing_ok=True)
    if faulty:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write("file\tline\treason\n")
            file.writelines(f"{f}\t{n}\t{why}\n" for f, n, why in work.execute("SELECT * FROM fault ORDER BY 1, 2"))


# -- reading -------------------------------------------------------------------------------------------------------------

_WORK = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS source (mark TEXT PRIMARY KEY, offset INTEGER, lines INTEGER);
CREATE TABLE IF NOT EXISTS fault (file TEXT, line INTEGER, reason TEXT);
CREATE TABLE IF NOT EXISTS raw (id INTEGER PRIMARY KEY, rank INTEGER, feature TEXT, name TEXT, latitude REAL, longitude REAL,
    country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER);
CREATE TABLE IF NOT EXISTS entry (id INTEGER, bucket INTEGER, mark INTEGER, spelling INTEGER);
CREATE TABLE IF NOT EXISTS part (id INTEGER, words TEXT);
CREATE TABLE IF NOT EXISTS number (id INTEGER PRIMARY KEY, number INTEGER);
CREATE TABLE IF NOT EXISTS reach (id INTEGER PRIMARY KEY, radius_km INTEGER);
"""


def _workfile(part: Path, sources: Sequence[Source]) -> sqlite3.Connection:
    """The working file of a build of these inputs: the one that is there, if it is of the same, else a new one."""
    marks = sorted((s.mark,) for s in sources)
    if part.exists():
        try:
            work = sqlite3.connect(part)
            if sorted(work.execute("SELECT mark FROM source").fetchall()) == marks:
                return work
            work.close()
        except sqlite3.Error:
            pass
        for file in part.parent.glob(part.name + "*"):
            file.unlink()
    work = sqlite3.connect(part)
    work.executescript(_WORK)
    with work:
        work.executemany("INSERT INTO source VALUES (?, 0, 0)", marks)
    return work


def _read(work: sqlite3.Connection, source: Source, before: int, total: int, tell: Tell | None) -> None:
    """Take an input into the working file, from where the last build was cut off."""
    offset, number = work.execute("SELECT offset, lines FROM source WHERE mark = ?", (source.mark,)).fetchone()
    if offset >= source.size:
        return
    take = _TAKERS[source.form]
    with opened(source.path, source.member) as file:
        skip_to(file, offset, source)
        while batch := list(islice(lines_of(file), BATCH)):
            with work:
                faults, rows = [], []
                for raw in batch:
                    number += 1
                    try:
                        if cells := cells_of(raw):
                            rows.append(checked(cells, source.form))
                    except ValueError as error:
                        faults.append((source.name, number, str(error)))
                take(work, rows)
                work.executemany("INSERT INTO fault VALUES (?, ?, ?)", faults)
                offset += sum(map(len, batch))
                work.execute("UPDATE source SET offset = ?, lines = ? WHERE mark = ?", (offset, number, source.mark))
            if tell:
                (wrong,) = work.execute("SELECT count(*) FROM fault").fetchone()
                tell(Progress("reading", source.name, before + offset, total, number, wrong))


def _take_places(work: sqlite3.Connection, rows: Sequence[list[str]]) -> None:
    kept = [(row, kind) for row in rows if (kind := kind_of(row))]
    work.executemany(
        "INSERT OR REPLACE INTO raw VALUES (?,?,?,?,?,?,?,?,?,?)",
        [
            (
                int(r[0]),
                _RANK[kind],
                f"{r[6]}.{r[7]}",
                display(r[1]),
                float(r[4]),
                float(r[5]),
                r[8],
                r[10],
                r[11],
                int(r[14] or 0),
            )
            for r, kind in kept
        ],
    )
    _take_spellings(work, ((int(r[0]), kind, (r[1], r[2], *r[3].split(",")), int(r[14] or 0)) for r, kind in kept))


def _take_spellings(work: sqlite3.Connection, named: Iterable[tuple[int, Kind, Sequence[str], int]]) -> None:
    entries, parts = [], []
    for its_id, kind, names, population in named:
        folded = set(spellings(names[0], names[1:], population))
        if kind in (Kind.ADMIN1, Kind.ADMIN2):
            folded |= {bare(fold(without_type(name))) for name in names if latin(name)} - {""}
        entries += [(its_id, *bucket(skeleton(one)), spelling_hash(one)) for one in folded]
        if kind in (Kind.SITE, Kind.LAND):
            parts += [(its_id, " ".join(map(skeleton, one.split()))) for one in folded if " " in one]
    work.executemany("INSERT INTO entry VALUES (?,?,?,?)", entries)
    work.executemany("INSERT INTO part VALUES (?,?)", parts)


def _take_codes(work: sqlite3.Connection, rows: Sequence[list[str]]) -> None:
    """Divisions' usual names; a division that no dump of places holds gets its point from its towns, later."""
    for row in rows:
        country, admin1, *rest = row[0].split(".", 2)
        kind = Kind.ADMIN2 if rest else Kind.ADMIN1
        its_id, name = int(row[3]), display(without_type(row[1]))
        values = its_id, _RANK[kind], f"A.{'ADM2' if rest else 'ADM1'}", name, country, admin1, rest[0] if rest else ""
        work.execute(
            "INSERT INTO raw VALUES (?,?,?,?,NULL,NULL,?,?,?,0) ON CONFLICT (id) DO UPDATE SET name = excluded.name", values
        )
    named = ((int(r[3]), Kind.ADMIN2 if r[0].count(".") > 1 else Kind.ADMIN1, (r[1], r[2]), 0) for r in rows)
    _take_spellings(work, named)


def _take_names(work: sqlite3.Connection, rows: Sequence[list[str]]) -> None:
    """Other names of what is kept, old ones too; the preferred English one is the one shown."""
    kept: list[tuple[int, Kind, Sequence[str], int]] = []
    for row in rows:
        if row[2].lower() in NO_LANGUAGE or not latin(row[3]):
            continue
        known = work.execute("SELECT rank, population, name FROM raw WHERE id = ?", (int(row[1]),)).fetchone()
        if known is None:
            continue
        kept.append((int(row[1]), _KINDS[known[0]], (known[2], row[3]), known[1]))
        marks = [cell == "1" for cell in (*row[4:8], "", "", "", "")[:4]]
        if row[2] == "en" and marks[0] and not any(marks[1:]):
            shown = without_type(row[3]) if known[0] <= _RANK[Kind.ADMIN2] else row[3]
            work.execute("UPDATE raw SET name = ? WHERE id = ?", (display(shown), int(row[1])))
    _take_spellings(work, kept)


_TAKERS = {"places": _take_places, "admin1": _take_codes, "admin2": _take_codes, "names": _take_names}


_OPEN = (
    ("latitude", "avg(t.latitude)", "latitude IS NULL"),
    ("longitude", "avg(t.longitude)", "longitude IS NULL"),
    ("population", "coalesce(sum(t.population), 0)", "population = 0"),
)
"""What a division may lack, what its towns make of it, and when."""

# -- from the working file to the gazetteer -------------------------------------------------------------------------------


def _complete(work: sqlite3.Connection, tell: Tell | None) -> None:
    """Give the divisions what the dumps leave open: usual names edited by hand, points, people, how far they reach."""
    if tell:
        tell(Progress("measuring", "", 0, 0, 0, 0))
    with work:
        work.execute("CREATE INDEX IF NOT EXISTS home ON raw (rank, country, admin1, admin2)")
        _by_hand(work)
        for rank, same in ((0, ""), (1, " AND t.admin2 = d.admin2")):
            for column, value, missing in _OPEN:
                towns = f"FROM raw t WHERE t.rank = 2 AND t.country = d.country AND t.admin1 = d.admin1{same}"
                work.execute(
                    f"UPDATE raw AS d SET {column} = (SELECT {value} {towns})"
                    f" WHERE d.rank = {rank} AND d.feature IN ('A.ADM1', 'A.ADM2') AND {missing}"
                )
        work.execute("DELETE FROM raw WHERE latitude IS NULL OR longitude IS NULL")
        work.execute("DELETE FROM reach")
        work.executemany("INSERT INTO reach VALUES (?, ?)", _reaches(work))


def _by_hand(work: sqlite3.Connection) -> None:
    """The usual English names of first-order divisions, from admin1.csv."""
    for row in resources.rows("admin1.csv"):
        country, _, code = row["geonames"].partition(".")
        found = work.execute(
            "SELECT id FROM raw WHERE rank = 0 AND country = ? AND admin1 = ?", (country, code)
        ).fetchone()  # a row without a code names a division that no dump codes
        if code and found:
            work.execute("UPDATE raw SET name = ? WHERE id = ?", (row["name"], found[0]))
            _take_spellings(work, [(found[0], Kind.ADMIN1, (row["name"], *filter(None, row["aliases"].split("|"))), 0)])


def _reaches(work: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """(division, km within which nine in ten of its towns lie), from counts per km, so that no town is held."""
    divisions = {
        (country, admin1, admin2 if rank else ""): (its_id, rank, latitude, longitude)
        for its_id, rank, latitude, longitude, country, admin1, admin2 in work.execute(
            "SELECT id, rank, latitude, longitude, country, admin1, admin2 FROM raw WHERE feature IN ('A.ADM1', 'A.ADM2')"
        )
    }
    away: dict[int, dict[int, int]] = {}
    towns = work.execute("SELECT country, admin1, admin2, latitude, longitude FROM raw WHERE rank = ?", (_RANK[Kind.CITY],))
    for country, admin1, admin2, latitude, longitude in towns:
        for key in ((country, admin1, ""), (country, admin1, admin2)):
            if (division := divisions.get(key)) and (key[2] or key[1]):
                km = _km(division[2], division[3], latitude, longitude)
                counts = away.setdefault(division[0], {})
                counts[km] = counts.get(km, 0) + 1
    for its_id, rank, _, _ in sorted(divisions.values()):
        counts, seen = away.get(its_id, {}), 0
        reach = _NO_TOWNS_KM[_KINDS[rank]]
        for km in sorted(counts):
            seen += counts[km]
            reach = km
            if seen >= 0.9 * sum(counts.values()):
                break
        yield its_id, max(15 if rank == 0 else 12, reach)


def _km(latitude: float, longitude: float, other: float, along: float) -> int:
    """Kilometres between two points, rounded up (haversine, mean radius 6371 km)."""
    a, b = math.radians(latitude), math.radians(other)
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(along - longitude) / 2) ** 2
    return math.ceil(12742 * math.asin(min(1.0, math.sqrt(half))))


TABLES = """
PRAGMA page_size = 4096;
CREATE TABLE place (number INTEGER PRIMARY KEY, code, name TEXT NOT NULL,
    latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, country TEXT NOT NULL, admin1 INTEGER,
    population INTEGER NOT NULL);
CREATE TABLE radius (number INTEGER PRIMARY KEY, radius_km INTEGER NOT NULL);
CREATE TABLE name (bucket INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE about (line TEXT);
"""
"""What every gazetteer holds: the one that ships and those made from a dump."""

_MORE_TABLES = """
CREATE TABLE layout (first INTEGER PRIMARY KEY, kind TEXT NOT NULL, feature TEXT NOT NULL, radius_km REAL NOT NULL);
CREATE TABLE digest (sha256 TEXT NOT NULL);
CREATE VIRTUAL TABLE part USING fts5 (number UNINDEXED, words, tokenize = 'unicode61');
"""
ABOUT = (
    "Places: GeoNames (https://www.geonames.org), CC BY 4.0; changed: points rounded to 0.0001 degrees, spellings folded and "
    "thinned, kinds chosen, divisions measured from their towns, some named by hand."
)


def _write(work: sqlite3.Connection, target: Path, tell: Tell | None) -> tuple[str, dict[str, int], int]:
    """Write the gazetteer beside the target and move it there whole: (digest, how many of each kind, names)."""
    fresh = target.with_name(target.name + ".new")
    fresh.unlink(missing_ok=True)
    whole = hashlib.sha256()
    with closing(sqlite3.connect(fresh)) as file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES + _MORE_TABLES)
        kinds = _write_places(work, file, whole, tell)
        names = _write_names(work, file, whole, tell)
        file.execute("INSERT INTO about VALUES (?)", (ABOUT,))
        file.execute("INSERT INTO digest VALUES (?)", (whole.hexdigest(),))
        file.execute(f"PRAGMA user_version = {SCHEMA}")
        file.commit()
    os.replace(fresh, target)
    return whole.hexdigest(), kinds, names


def _write_places(work: sqlite3.Connection, file: sqlite3.Connection, whole: _Hash, tell: Tell | None) -> dict[str, int]:
    """Number what is kept, first divisions, then towns (the most populous first), then the rest by what it is."""
    homes: dict[tuple[str, str], int] = {}
    rows = work.execute(
        "SELECT raw.id, rank, feature, name, latitude, longitude, country, admin1, population, radius_km FROM raw LEFT JOIN reach"
        " USING (id) ORDER BY rank, CASE WHEN rank >= 3 THEN feature ELSE '' END, population DESC, raw.id"
    )
    kinds: dict[str, int] = {}
    number, last = 0, ("", "")
    with work:
        work.execute("DELETE FROM number")
    while batch := list(islice(rows, BATCH)):
        places, reaches, numbers = [], [], []
        for its_id, rank, feature, name, latitude, longitude, country, admin1, population, reach in batch:
            number += 1
            kind = _KINDS[rank]
            if (now := (kind.value, feature if rank >= 3 else "")) != last:
                last = now
                word, km = KEPT[feature][1:] if rank >= 3 else ("", 0.0)
                file.execute("INSERT INTO layout VALUES (?,?,?,?)", (number, kind.value, word, km))
            if rank == 0:
                homes.setdefault((country, admin1), number)
            home = number if rank == 0 else homes.get((country, admin1))
            places.append((number, its_id, name, round(latitude * 1e4), round(longitude * 1e4), country, home, population))
            if reach := reach or (_NO_TOWNS_KM[Kind.ADMIN2] if rank == 1 else 0):
                reaches.append((number, reach))
            whole.update(f"{places[-1]} {reach}\n".encode())
            numbers.append((its_id, number))
            kinds[kind.value] = kinds.get(kind.value, 0) + 1
        if number >= _MOST_PLACES:
            _too_many()
        file.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?)", places)
        file.executemany("INSERT INTO radius VALUES (?,?)", reaches)
        work.executemany("INSERT INTO number VALUES (?,?)", numbers)
        if tell:
            tell(Progress("numbering", "", number, 0, 0, 0))
    work.commit()
    return kinds


def _too_many() -> NoReturn:
    raise NothingUsable(f"The inputs hold more than {_MOST_PLACES} places, and a gazetteer holds no more. Give fewer countries.")


def _write_names(work: sqlite3.Connection, file: sqlite3.Connection, whole: _Hash, tell: Tell | None) -> int:
    """The spellings, row by row in the order of their keys, and the words of names that are looked up by a part."""
    rows = work.execute(
        "SELECT DISTINCT bucket, mark, number, spelling FROM entry JOIN number USING (id) ORDER BY bucket, mark, number, spelling"
    )
    names = 0
    for key, group in groupby(rows, key=lambda row: int(row[0])):
        row = pack((mark, number, spelling) for _, mark, number, spelling in group)
        file.execute("INSERT INTO name VALUES (?, ?)", (key, row))
        whole.update(key.to_bytes(4, "big") + row)
        names += len(row)
        if tell and key % 1000 == 0:
            tell(Progress("writing", "", key, 1 << 16, 0, 0))
    parts = work.execute("SELECT DISTINCT number, words FROM part JOIN number USING (id) ORDER BY number, words")
    file.executemany("INSERT INTO part (number, words) VALUES (?, ?)", parts)
    return names // 7
