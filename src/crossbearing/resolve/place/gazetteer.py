"""Names and the places that bear them: a read-only file of the world's towns and divisions, and five tables edited by hand.

    facilities.csv   bases, airports, camps, hospitals, ...      kind `facility`
    areas.csv        named areas and waters that are no division  kind `area`
    towns.csv        towns and districts that the file lacks      kinds `city`, `admin2`
    admin1.csv       usual English names of first-order divisions (folded into the file when it is built)
    countries.csv    countries with their adjectives             kind `country`
    gazetteer.sqlite towns, first- and second-order divisions    kinds `city`, `admin1`, `admin2`

A file that `crossbearing gazetteer build` makes from a dump of GeoNames takes the shipped one's place where the settings name
it (`resolve.gazetteer`), and holds two kinds more: `site` (an airport, a camp, a bridge) and `land` (a river, an island, a hill).

A name is looked up under its *skeleton*, a spelling without what transliterations disagree about (q or k, ou or u,
doubled letters, the article al-). Under each skeleton the file keeps a short hash of every full spelling, so one
look-up tells the names that are written the same from those that only sound the same.
"""

from __future__ import annotations

import math
import re
import sqlite3
import threading
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from crossbearing import resources
from crossbearing.errors import ConfigError, MissingResource
from crossbearing.words.names import fold

SCHEMA = 1  # of gazetteer.sqlite; raised when scripts/build_gazetteer.py writes another form
_ENTRY = 7  # bytes: two of a skeleton's mark, three of a place's number, two of the hash of one of its spellings
_TOWNS = 1_000_000  # numbers below are towns, the most populous first; from here on divisions
_VILLAGE = 2_000  # people of a town of which the table says only where it lies
_MOST = 600  # "San Antonio" has some 400 bearers; beyond this a name says nothing
# A sounding match on a shorter skeleton joins names that have nothing to do with each other ("Bar", "Par").
_SHORTEST_SKELETON = 4


class Kind(StrEnum):
    """What sort of thing bears the name."""

    FACILITY = "facility"
    AREA = "area"
    CITY = "city"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    COUNTRY = "country"
    SITE = "site"  # as a facility, but from a dump: nobody has looked at it
    LAND = "land"  # as an area, but from a dump: a river, a hill, an island


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that bears a name."""

    id: str
    """`facility:...`, `area:...`, `geonames:...`, `iso:...` or `admin:...`."""
    kind: Kind
    name: str
    """Its neutral display name."""
    country: str | None
    """ISO 3166-1 alpha-2; None for what lies in several or in none."""
    admin1: str | None
    """The display name of the first-order division it lies in, or is."""
    latitude: float
    longitude: float
    radius_km: float
    """How far the thing itself reaches from its point."""
    population: int = 0
    exact: bool = True
    """False where the name only sounds the same."""
    feature: str = ""
    """What a facility or area is: `air base`, `camp`, `sea`; empty for towns and divisions."""
    countries: tuple[str, ...] = ()
    """Every country it lies in or touches."""
    capital: bool = False

    @property
    def is_listed_town(self) -> bool:
        """Whether it is a town, a village or a quarter that the table of areas lists."""
        return self.kind is Kind.AREA and self.feature in ("town", "village", "quarter")


def apart_km(a: Candidate, b: Candidate) -> float:
    """Kilometres between two candidates (flat earth within 300 km; farther ones only need to be far)."""
    north = (a.latitude - b.latitude) * 111.2
    east = (a.longitude - b.longitude) * 111.2 * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return math.hypot(north, east)


_WRITTEN_ARTICLES = "al el ul il as ash es esh ad ed an en ar er at et az ez adh the"
_ARTICLES = frozenset(_WRITTEN_ARTICLES.split())
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"tch|tsh|tsch", "ch"), (r"dzh|dj", "j"), (r"gh", "g"), (r"kh", "h"), (r"ph", "f"), (r"[dt]h", lambda m: m.group()[0]),
        (r"zh", "z"), (r"ck|q", "k"), (r"c(?![heiy])", "k"), (r"ks", "x"), (r"w", "v"),
        (r"ou|oo|au|av(?=[^aeiou])|o", "u"), (r"ee|ei|ai|ay|ey|ie|iy|y|e", "i"),
        (r"(?:ah|ih|a|i)$", "a"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def bare(folded: str) -> str:
    """A folded name without its leading article: "al qamishli" to "qamishli"."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _ARTICLES else folded


@lru_cache(maxsize=65536)
def skeleton(folded: str) -> str:
    """What the transliterations of a folded name have in common; never empty for a name that is not."""
    words = folded.split()
    kept = "".join(w for w in words if w not in _ARTICLES) or "".join(words)
    for pattern, to in _SPELLINGS:
        kept = pattern.sub(to, kept)
    return kept


def spelling_hash(bare_name: str) -> int:
    """Sixteen bits that tell one spelling from another under the same skeleton."""
    return zlib.crc32(bare_name.encode()) & 0xFFFF


def bucket(its_skeleton: str) -> tuple[int, int]:
    """The row of the file in which a skeleton's places lie, and the mark that they bear there.

    Some five pairs of skeletons in the whole file share both; their spelling hashes tell them apart.
    """
    key = zlib.crc32(its_skeleton.encode())
    return key & 0xFFFF, key >> 16


def pack(entries: Iterable[tuple[int, int, int]]) -> bytes:
    """What one row keeps: sorted (mark, place's number, spelling hash)."""
    return b"".join(m.to_bytes(2, "big") + n.to_bytes(3, "big") + its.to_bytes(2, "big") for m, n, its in sorted(set(entries)))


def unpack(row: bytes, mark: int) -> Iterator[tuple[int, int]]:
    """The (place's number, spelling hash) that bear a mark in one row."""
    wanted = mark.to_bytes(2, "big")
    for at in range(0, len(row), _ENTRY):
        if row[at : at + 2] == wanted:
            yield int.from_bytes(row[at + 2 : at + 5], "big"), int.from_bytes(row[at + 5 : at + 7], "big")


class Gazetteer:
    """Looks names up. Safe to share between threads; opens in milliseconds, and holds in memory only the towns of
    those countries in which another spelling was looked for."""

    def __init__(self, path: str) -> None:
        self._lock = threading.Lock()
        try:
            self._file = sqlite3.connect(
                f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            (schema,) = self._file.execute("PRAGMA user_version").fetchone()
            if schema == SCHEMA:
                self._layout, self.digest, self._parts = _layout(self._file)
        except sqlite3.Error as error:
            raise MissingResource("gazetteer.sqlite", f"cannot be opened ({error})") from error
        if schema != SCHEMA:
            raise MissingResource("gazetteer.sqlite", f"is of form {schema}, and this version reads form {SCHEMA}")
        self._tables: dict[str, list[tuple[str, Candidate]]] = {}
        self._hearts: dict[str, list[Candidate]] = {}
        for candidate, names in (*_countries(), *_areas(), *_facilities(), *_towns()):
            for name in dict.fromkeys(bare(fold(n)) for n in names):
                if name:
                    self._tables.setdefault(skeleton(name), []).append((name, candidate))
                if candidate.kind is Kind.FACILITY:
                    self._hearts.setdefault(_consonants(name), []).append(candidate)
        self.candidates = lru_cache(maxsize=32768)(self._candidates)
        self.towns_of = lru_cache(maxsize=16)(self._towns_of)
        self.hearts_of = lru_cache(maxsize=4096)(self._hearts_of)

    def _candidates(self, name: str, country: str | None = None) -> tuple[Candidate, ...]:
        """Everything that bears the name, written the same first, then what only sounds the same; most populous first.

        `country` (ISO alpha-2) keeps what lies in, or touches, that country. Sounding matches are given only where
        no spelling matches, and never for very short names.
        """
        folded = bare(fold(name))
        if len(folded) < 2:
            return ()
        found = list(self._from_tables(folded))
        if len(folded) > 3 or not any(c.exact for c in found):  # "US" is no French village
            found += self._from_file(folded)
        if country:
            found = [c for c in found if c.country == country or country in c.countries]
        same = tuple(c for c in found if c.exact)
        return same or (tuple(found) if len(skeleton(folded)) >= _SHORTEST_SKELETON else ())

    def _from_tables(self, folded: str) -> Iterator[Candidate]:
        for name, candidate in self._tables.get(skeleton(folded), ()):
            yield candidate if name == folded else _sounding(candidate)

    def _from_file(self, folded: str) -> Iterator[Candidate]:
        with self._lock:
            number_of_row, mark = bucket(skeleton(folded))
            row = self._file.execute("SELECT entries FROM name WHERE bucket = ?", (number_of_row,)).fetchone()
            if row is None:
                return
            spelling = spelling_hash(folded)
            exact: dict[int, bool] = {}
            for number, its in unpack(row[0], mark):
                exact[number] = exact.get(number, False) or its == spelling
            wanted = [n for n in exact if exact[n]] or list(exact)
            if not wanted:
                return
            rows = self._rows(wanted)
        seats: set[str] = set()
        for row in rows:
            found = self._candidate(row, exact[row[0]])
            # Of several towns of a country with the capital's name, the most populous one, which comes first, is it.
            if found.kind is Kind.CITY and (found.country, fold(found.name)) in _capitals() and found.country not in seats:
                seats.add(str(found.country))
                found = replace(found, capital=True)
            yield found

    def _rows(self, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        marks = ",".join("?" * min(len(numbers), _MOST))
        return self._file.execute(f"{_SELECT} WHERE p.number IN ({marks}) ORDER BY p.number", numbers[:_MOST]).fetchall()

    def _candidate(self, row: tuple[Any, ...], exact: bool) -> Candidate:
        number, code, name, latitude, longitude, country, home, admin1, population, radius = row
        _, kind, feature, km = self._layout[bisect_right(self._layout, number, key=lambda band: band[0]) - 1]
        if kind is Kind.ADMIN2 and home == number:
            kind = Kind.ADMIN1
        return Candidate(
            id=f"geonames:{code}" if isinstance(code, int) else code,
            kind=kind, name=name, country=country or None, admin1=admin1,
            latitude=latitude / 1e4, longitude=longitude / 1e4, radius_km=float(radius or km) or _town_km(population),
            population=population, exact=exact, feature=feature, countries=(country,) if country else (),
        )  # fmt: skip

    def holding(self, name: str, countries: Collection[str]) -> tuple[Candidate, ...]:
        """Sites and lands in these countries (ISO alpha-2) whose name holds these words in this order, spelt as they may
        be: "Quds Hospital" for "Al-Quds Teaching Hospital" is none, for "Jenin Quds Hospital" one. At most fifty; none
        without a gazetteer made from a dump, and none for a single short word."""
        words = [kept for word in bare(fold(name)).split() if (kept := skeleton(word))]
        if not self._parts or len("".join(words)) < 2 * _SHORTEST_SKELETON:
            return ()
        with self._lock:
            found = self._file.execute("SELECT DISTINCT number FROM part WHERE part MATCH ? LIMIT 50", (f'"{" ".join(words)}"',))
            rows = self._rows([number for (number,) in found])
        return tuple(c for row in rows if (c := self._candidate(row, False)).country in countries)

    def like(self, name: str, countries: Collection[str]) -> tuple[Candidate, ...]:
        """Listed facilities in these countries (ISO alpha-2) that share a name's consonants in their order, at least three,
        each class of letters that transliterations mix taken as one (q k g, h kh, s sh, ...): "Rumaylan" for "Rmelan"."""
        heart = _consonants(bare(fold(name)))
        if len(heart) < _FEWEST_CONSONANTS:
            return ()
        return tuple(dict.fromkeys(_sounding(c) for c in self._hearts.get(heart, ()) if c.country in countries))

    def spelt_like(self, name: str, country: str, around: Iterable[Candidate], km: float) -> tuple[Candidate, ...]:
        """Towns of a country (ISO alpha-2), in squares that lie within so many km of some places, whose own name has the same
        consonants, at least three, and most of its letters: "Oshnaviyeh" for "Oshnavieh", "Zinjibar" for "Zinjubar"."""
        folded = bare(fold(name))
        heart = _consonants(folded)
        if len(heart) < _FEWEST_CONSONANTS:
            return ()
        squares = dict.fromkeys(square for place in around for square in _squares(place, km))
        numbers = [number for square in squares for number in self.hearts_of(country, square).get(heart, ())]
        with self._lock:
            rows = self._rows(numbers) if numbers else []
        found = (self._candidate(row, False) for row in rows)
        return tuple(c for c in found if SequenceMatcher(None, skeleton(bare(fold(c.name))), skeleton(folded)).ratio() >= _ALIKE)

    def _hearts_of(self, country: str, square: _Square) -> dict[str, list[int]]:
        """The towns of a country in a square, by the consonants of their own names."""
        hearts: dict[str, list[int]] = {}
        for number, name in self.towns_of(country).get(square, ()):
            hearts.setdefault(_consonants(bare(fold(name))), []).append(number)
        return hearts

    def _towns_of(self, country: str) -> dict[_Square, list[tuple[int, str]]]:
        """The towns of a country by the squares in which they lie: their numbers and names."""
        squares: dict[_Square, list[tuple[int, str]]] = {}
        with self._lock:
            towns = "SELECT number, name, latitude, longitude FROM place WHERE country = ? AND number < ?"
            rows = self._file.execute(towns, (country, _TOWNS)).fetchall()
        for number, name, north, east in rows:
            squares.setdefault((north // 10_000, east // 10_000), []).append((number, name))
        return squares

    def countries(self) -> tuple[Candidate, ...]:
        """Every country and territory."""
        return tuple(candidate for candidate, _ in _countries())

    def country(self, code: str) -> Candidate | None:
        """The country under an ISO alpha-2 code; None where the code is not in the table."""
        return _by_code().get(code)


_SELECT = (
    "SELECT p.number, p.code, p.name, p.latitude, p.longitude, p.country, p.admin1, d.name, p.population, r.radius_km"
    " FROM place p LEFT JOIN place d ON d.number = p.admin1 LEFT JOIN radius r ON r.number = p.number"
)


@lru_cache(maxsize=4)
def open_gazetteer(path: str = "") -> Gazetteer:
    """The gazetteer at a path, else the one that ships with the package.

    Raises `MissingResource` where the shipped one is gone or of another form, and `ConfigError` where the other is.
    """
    if not path:
        return Gazetteer(str(resources.path("gazetteer.sqlite")))
    try:
        return Gazetteer(path)
    except MissingResource as error:
        raise ConfigError(path, "resolve.gazetteer", f"{error.why}: make one with `crossbearing gazetteer build`") from error


def _layout(file: sqlite3.Connection) -> tuple[list[tuple[int, Kind, str, float]], str, bool]:
    """(from which number on there lies what kind, feature and reach in km; the digest; whether parts of names are held).

    The gazetteer that ships holds none of these tables: towns below, divisions above, and the package's version names it.
    """
    tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
    if "layout" not in tables:
        return [(0, Kind.CITY, "", 0.0), (_TOWNS, Kind.ADMIN2, "", 0.0)], "", False
    bands = file.execute("SELECT first, kind, feature, radius_km FROM layout ORDER BY first").fetchall()
    (digest,) = file.execute("SELECT sha256 FROM digest").fetchone()
    return [(first, Kind(kind), feature, km) for first, kind, feature, km in bands], digest, "part" in tables


_Square = tuple[int, int]
"""A square of one degree by one, by its south-western corner."""


def _squares(place: Candidate, km: float) -> Iterator[_Square]:
    """The squares that lie within so many km of a place."""
    north = km / 111.2
    east = north / max(math.cos(math.radians(place.latitude)), 0.1)
    for latitude in range(math.floor(place.latitude - north), math.floor(place.latitude + north) + 1):
        for longitude in range(math.floor(place.longitude - east), math.floor(place.longitude + east) + 1):
            yield latitude, longitude


_FEWEST_CONSONANTS = 3
_ALIKE = 0.85  # the share of letters that two spellings of one name have in common
_VOWELS = str.maketrans("", "", "aeiouy")
_MIXED = str.maketrans("gqzcbv", "kkskpp")


def _consonants(folded: str) -> str:
    """A name's consonants as transliterations tell them apart, doubled ones once: "rumaylan" and "rmelan" to "rmln"."""
    return re.sub(r"(.)\1+", r"\1", skeleton(folded).translate(_VOWELS).translate(_MIXED))


def _town_km(population: int) -> float:
    """How far a town reaches: 5 km for a village, 10 km from a million on."""
    return 5.0 if population < 100_000 else 7.0 if population < 1_000_000 else 10.0


def _sounding(c: Candidate) -> Candidate:
    return replace(c, exact=False)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[Candidate, tuple[str, ...]], ...]:
    """Each country with the names it is known by (not its adjectives)."""
    found = []
    for row in resources.rows("countries.csv"):
        if not row["latitude"]:
            continue
        code = row["iso2"]
        candidate = Candidate(
            f"iso:{code}", Kind.COUNTRY, row["name"], code, None,
            float(row["latitude"]), float(row["longitude"]), float(row["radius_km"]), countries=(code,),
        )  # fmt: skip
        found.append((candidate, (row["name"], *_several(row["aliases"]))))
    return tuple(found)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Candidate]:
    return {str(candidate.country): candidate for candidate, _ in _countries()}


@lru_cache(maxsize=1)
def _capitals() -> frozenset[tuple[str, str]]:
    """(country, folded name) of each seat of government."""
    return frozenset((row["iso2"], fold(name)) for row in resources.rows("countries.csv") for name in _several(row["capital"]))


@lru_cache(maxsize=1)
def _areas() -> tuple[tuple[Candidate, tuple[str, ...]], ...]:
    found = []
    for row in resources.rows("areas.csv"):
        lies_in = _several(row["countries"])
        candidate = Candidate(
            f"area:{row['id']}", Kind.AREA, row["name"], lies_in[0] if len(lies_in) == 1 else None, row["admin1"] or None,
            float(row["latitude"]), float(row["longitude"]), float(row["radius_km"]), feature=row["kind"], countries=lies_in,
        )  # fmt: skip
        found.append((candidate, (row["name"], *_several(row["aliases"]))))
    return tuple(found)


@lru_cache(maxsize=1)
def _towns() -> tuple[tuple[Candidate, tuple[str, ...]], ...]:
    found = []
    for row in resources.rows("towns.csv"):
        lies_in, kind = _several(row["countries"]), Kind.ADMIN2 if row["kind"] == "district" else Kind.CITY
        candidate = Candidate(
            f"town:{row['id']}", kind, row["name"], lies_in[0] if len(lies_in) == 1 else None, row["admin1"] or None,
            float(row["latitude"]), float(row["longitude"]), float(row["radius_km"]), population=_VILLAGE, countries=lies_in,
        )  # fmt: skip
        found.append((candidate, (row["name"], *_several(row["aliases"]))))
    return tuple(found)


@lru_cache(maxsize=1)
def _facilities() -> tuple[tuple[Candidate, tuple[str, ...]], ...]:
    found = []
    for row in resources.rows("facilities.csv"):
        country = row["country"] or None
        candidate = Candidate(
            f"facility:{row['id']}", Kind.FACILITY, row["name"], country, row["admin1"] or None,
            float(row["latitude"]), float(row["longitude"]), float(row["radius_km"] or 3), feature=row["kind"],
            countries=(country,) if country else (),
        )  # fmt: skip
        found.append((candidate, (row["name"], *_several(row["aliases"]))))
    return tuple(found)
