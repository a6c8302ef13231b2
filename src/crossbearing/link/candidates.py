"""Which pairs of tellings are worth comparing, so that their number grows about as the tellings do. Pure, in plain Python.

Nothing is left out that could be one happening: a block is a rule that forbids, read as a key. Tellings are parted by what
forbids outright (kinds that no report takes for one another, announced or not, dated or not). Within a part they meet in
cells of a grid over the globe, laid in several sizes: a place lies in the smallest size whose cells are as wide as its reach,
so that two places within each other's precision lie in cells that touch; what names no point meets all. The tellings of cells
that touch are then gone through in the order of their days, each beside those whose days are still open.

Two dated tellings or two undated ones are compared, never one with the other: what bears no date can join no dated happening
for certain. A pair is left out too where all that both tell, at its most, cannot carry it over the threshold.

Each part, cell and stretch of days is a block of its own: the same plan runs on many machines, with the keys for a join.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from crossbearing.link.compare import (
    MOST,
    MOST_DAYS_APART,
    NEAR_KM,
    THRESHOLD,
    Feature,
    day_weight,
    doers,
    kind_group,
    length,
    means,
    ordinals,
    place_weight,
    targets,
    tolls,
)
from crossbearing.link.units import Unit
from crossbearing.model.where import Place

EARTH_KM = 6371.0
CELL_KM = tuple(2 * NEAR_KM * 4**n for n in range(5))
"""Widths of the grids' cells, finest first: a base and the town beside it, a province, a country, a continent, the globe."""

TOLD: dict[Feature, Callable[[Unit], object]] = {
    doers: lambda unit: unit.doers,
    targets: lambda unit: unit.targets,
    means: lambda unit: unit.weapons,
    tolls: lambda unit: unit.killed or unit.injured,
    ordinals: lambda unit: any(c.ordinal for c in unit.claims),
}
"""Features that say nothing of two tellings unless both tell what they look at."""

Cell = tuple[int, int, int]
_STEPS = tuple(product((-1, 0, 1), repeat=3))


class Entry(NamedTuple):
    """A telling as the blocks see it."""

    first: int
    """Its first day as an ordinal; 0 where it bears none."""
    last: int
    number: int
    """Which of the tellings it is."""
    level: int
    """Which grid it lies in; -1 where it names no point."""
    cells: tuple[Cell, ...]
    """Its cell in each grid."""
    days: int
    """How many days it may lie on; 0 where it bears none."""
    placed: bool
    fine: bool
    told: int
    """A bit for each feature of `TOLD` of which it tells."""
    document: str


def candidates(told: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing, as indices with the smaller first, each pair once and in no particular order."""
    parts: dict[tuple[str, bool, bool], list[Entry]] = defaultdict(list)
    for index, unit in enumerate(told):
        entry = _entry(index, unit)
        if _can_join(entry, entry):  # what cannot join its like can join none: no other has more in common with it
            parts[kind_group(unit), unit.planned, dated(unit)].append(entry)
    for part in parts.values():
        for a, b in _within(part, told):
            if a.document != b.document and _can_join(a, b):
                yield (a.number, b.number) if a.number < b.number else (b.number, a.number)


def dated(unit: Unit) -> bool:
    """Whether it bears days from one to another."""
    return unit.when is not None and bool(unit.when.days)


def _within(part: list[Entry], told: Sequence[Unit]) -> Iterator[tuple[Entry, Entry]]:
    """The pairs of one part."""
    for own, others in _blocks(part):
        yield from _meeting(own, others)
    for named in _named_apart(part, told):
        yield from ((a, b) for a, b in _meeting(named, ()) if not _touch(a, b))


def _gain(told: int) -> float:
    """The most that features other than days and places can give to two tellings that both tell so much."""
    both = {feature for bit, feature in enumerate(TOLD) if told >> bit & 1}
    return sum(most for feature, most in MOST.items() if feature in both or feature not in TOLD)


GAINS = tuple(_gain(told) for told in range(1 << len(TOLD)))


def _can_join(a: Entry, b: Entry) -> bool:
    """Whether all that both tell, at its most, carries the two over the threshold."""
    most = GAINS[a.told & b.told]
    if a.days and b.days:
        most += day_weight(max(a.first - b.last, b.first - a.last, 0), max(a.days, b.days))
    if a.placed and b.placed:
        most += place_weight(a.fine, b.fine)
    return most > THRESHOLD - 0.001  # scores are rounded to three digits


# ---------------------------------------------------------------- where


def _blocks(part: list[Entry]) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """Entries, and those they meet beside one another. A pair is met where the coarser of the two lies."""
    yield [e for e in part if e.level < 0], [e for e in part if e.level >= 0]
    for level in sorted({e.level for e in part} - {-1}):
        own: dict[Cell, list[Entry]] = defaultdict(list)
        finer: dict[Cell, list[Entry]] = defaultdict(list)
        for entry in part:
            if 0 <= entry.level <= level:
                (own if entry.level == level else finer)[entry.cells[level]].append(entry)
        for cell, entries in own.items():
            around = [(cell[0] + x, cell[1] + y, cell[2] + z) for x, y, z in _STEPS]
            others = [e for c in around for e in finer.get(c, ())]
            others += [e for c in around if c > cell for e in own.get(c, ())]
            yield entries, others


def _named_apart(part: list[Entry], told: Sequence[Unit]) -> Iterator[list[Entry]]:
    """Entries of one place's id that lie in several cells: an id says that it is one place, wherever its point lies."""
    named: dict[str, list[Entry]] = defaultdict(list)
    for entry in part:
        if entry.level >= 0 and (place := told[entry.number].where):
            named[place.id].append(entry)
    return (entries for entries in named.values() if len({(e.level, e.cells[0]) for e in entries}) > 1)


def _touch(a: Entry, b: Entry) -> bool:
    """Whether the cells of two entries touch in the grid of the coarser."""
    level = max(a.level, b.level)
    return all(abs(x - y) <= 1 for x, y in zip(a.cells[level], b.cells[level], strict=True))


def _entry(index: int, unit: Unit) -> Entry:
    first = last = 0
    if unit.when and unit.when.earliest and unit.when.latest:
        first, last = unit.when.earliest.toordinal(), unit.when.latest.toordinal()
    days = length(unit.when) if unit.when else 0
    level, cells = _cells(unit.where) if unit.where else (-1, ())
    told = sum(1 << bit for bit, tells in enumerate(TOLD.values()) if tells(unit))
    return Entry(first, last, index, level, cells, days, unit.where is not None, unit.fine, told, unit.document)


def _cells(place: Place) -> tuple[int, tuple[Cell, ...]]:
    """The grid in which a place lies, and its cell in each.

    Two places that do not forbid each other lie no further apart than twice the wider radius, or `NEAR_KM`. Cells are
    cubes about the earth's centre, for which the poles and the date line are no edge, and the straight way between two points
    is no longer than the way over the ground: points as near as a cell is wide lie in cells that touch.
    """
    if place.latitude is None or place.longitude is None:
        return -1, ()
    reach = 2 * max(place.radius_km or 0.0, 0.0)
    level = next((n for n, width in enumerate(CELL_KM) if max(reach, NEAR_KM) <= width), -1)
    north, east = math.radians(place.latitude), math.radians(place.longitude)
    flat = EARTH_KM * math.cos(north)
    x, y, z = flat * math.cos(east), flat * math.sin(east), EARTH_KM * math.sin(north)
    return level, tuple((math.floor(x / w), math.floor(y / w), math.floor(z / w)) for w in CELL_KM)


# ---------------------------------------------------------------- when


def _meeting(own: Iterable[Entry], others: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of `own`, and of `own` and `others`, whose days lie no further apart than one happening's days may."""
    open_own: list[Entry] = []
    open_others: list[Entry] = []
    for entry, mine in sorted([*((e, True) for e in own), *((e, False) for e in others)]):
        since = entry.first - MOST_DAYS_APART
        if open_own:
            open_own = [e for e in open_own if e.last >= since]
            for e in open_own:
                yield e, entry
        if mine:
            open_others = [e for e in open_others if e.last >= since]
            for e in open_others:
                yield e, entry
            open_own.append(entry)
        else:
            open_others.append(entry)
