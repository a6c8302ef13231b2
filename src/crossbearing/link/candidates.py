"""Which pairs of tellings are worth comparing, so that their number grows about as the tellings do. Pure, in plain Python.

Two tellings that no rule forbids may be one happening for two reasons, and each is a way to meet. Their fields agree: they
meet in cells of a grid over the globe, laid in several sizes (a place lies in the smallest size whose cells are as wide as its
reach, so that two places within each other's precision lie in cells that touch; what names no point meets all), and within
cells that touch, in the order of their days, each beside those whose days are still open. Or their words do: they hold the same
rare word, and each meets those that hold it and were published next before and after.

By their fields two dated tellings meet, or two undated ones of the same place whose pages come one after the other, never one
with the other; and a pair is left out where all that both tell, at its most, cannot carry it to even odds.

Each part, cell, stretch of days and word is a block of its own: the same plan runs on many machines, with the keys for a join.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from crossbearing.link.compare import (
    ALIKE,
    ALIKE_HEADLINE,
    MOST_DAYS_APART,
    NEAR_KM,
    Feature,
    days_state,
    doers,
    kind_group,
    length,
    means,
    ordinals,
    start,
    targets,
    tolls,
    weights,
)
from crossbearing.link.units import Unit
from crossbearing.link.wording import RARE, RARE_IN_TELLING, weight
from crossbearing.model.where import Place

EARTH_KM = 6371.0
CELL_KM = tuple(2 * NEAR_KM * 4**n for n in range(5))
"""Widths of the grids' cells, finest first: a base and the town beside it, a province, a country, a continent, the globe."""

TOLD: dict[Feature, Callable[[Unit], object]] = {
    doers: lambda unit: unit.doers,
    targets: lambda unit: unit.targets,
    means: lambda unit: unit.weapons,
    tolls: lambda unit: unit.killed or unit.injured,
    ordinals: lambda unit: unit.ordinals,
}
"""Features that say nothing of two tellings unless both tell what they look at. Each has a state `same`, which is its most."""

WORDS = 24
"""So many of a telling's rarest words it is looked for by."""
NEIGHBOURS = 24
"""And so many others that hold a word it meets, next in the order of their pages' days. A name that stands in thousands of
reports pairs each with its neighbours only; those further off it meets by its fields."""

ENOUGH, ENOUGH_IN_HEADLINE = 12.0, 8.0
"""The words that a pair has in common weigh so much together at the least: two that hardly any report holds, or three. Of two
headlines one such word is enough, a place's name too: the one may name its place where the other's was not found."""

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
    worded: bool
    """Whether its page's words are at hand."""
    headline: bool


_Placed = tuple[int, tuple[str, int, int, str], Entry]
"""An entry behind what orders it."""


def candidates(told: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing, as indices with the smaller first, each pair once and in no particular order."""
    parts: dict[tuple[str, bool], list[Entry]] = defaultdict(list)
    for index, unit in enumerate(told):
        parts[kind_group(unit), unit.planned].append(_entry(index, unit))
    for part in parts.values():
        met = {_pair(a, b) for a, b in _by_fields(part, told) if a.document != b.document}
        yield from met
        yield from (pair for pair in _by_words(part, told) if pair not in met)


def dated(unit: Unit) -> bool:
    """Whether it bears days from one to another."""
    return unit.when is not None and bool(unit.when.days)


def _pair(a: Entry, b: Entry) -> tuple[int, int]:
    return (a.number, b.number) if a.number < b.number else (b.number, a.number)


# ---------------------------------------------------------------- whose words agree


def _by_words(part: list[Entry], told: Sequence[Unit]) -> set[tuple[int, int]]:
    """Pairs of one part that hold a rare word."""
    holders: dict[str, list[_Placed]] = defaultdict(list)
    for entry in part:
        unit = told[entry.number]
        words = unit.wording.page_rare | unit.wording.telling_rare
        if entry.headline:
            words |= {word for word in unit.wording.telling if weight(word) > RARE_IN_TELLING}
        for word in sorted(words, key=lambda word: (-weight(word), word))[:WORDS]:
            holders[word].append(_in_order(entry, unit))
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for word, entries in holders.items():
        worth = weight(word)
        for entry, other in _neighbours(entries):
            # Counted in shares of what is enough.
            shared[_pair(entry, other)] += worth / (ENOUGH_IN_HEADLINE if entry.headline and other.headline else ENOUGH)
    return {pair for pair, worth in shared.items() if worth >= 1}


def _in_order(entry: Entry, unit: Unit) -> _Placed:
    """An entry with what orders it: the day of its page, or else its own."""
    page = unit.wording.page
    day = page.published.earliest if page and page.published else None
    return day.toordinal() if day else entry.first, unit.order, entry


def _neighbours(entries: list[_Placed]) -> Iterator[tuple[Entry, Entry]]:
    """Each with those of other documents that come next in order."""
    entries.sort()
    for at, (_, _, entry) in enumerate(entries):
        for _, _, other in entries[at + 1 : at + 1 + NEIGHBOURS]:
            if other.document != entry.document:
                yield entry, other


# ---------------------------------------------------------------- whose fields agree


def _by_fields(part: list[Entry], told: Sequence[Unit]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of one part whose days and places do not lie apart."""
    # What cannot join its like can join none: no other has more in common with it.
    able = [e for e in part if _can_join(e, e)]
    on_a_day = [e for e in able if dated(told[e.number])]
    yield from ((a, b) for a, b in _within(on_a_day, told) if _can_join(a, b))
    yield from ((a, b) for a, b in _undated([e for e in able if not dated(told[e.number])], told) if _can_join(a, b))


def _undated(part: list[Entry], told: Sequence[Unit]) -> Iterator[tuple[Entry, Entry]]:
    """Each with those that name the same place and whose pages come next: without a day nothing else ends a town's history."""
    named: dict[str, list[_Placed]] = defaultdict(list)
    for entry in part:
        if place := told[entry.number].where:
            named[place.id].append(_in_order(entry, told[entry.number]))
    for entries in named.values():
        yield from _neighbours(entries)


def _within(part: list[Entry], told: Sequence[Unit]) -> Iterator[tuple[Entry, Entry]]:
    """The pairs of one part."""
    for own, others in _blocks(part):
        yield from _meeting(own, others)
    for named in _named_apart(part, told):
        yield from ((a, b) for a, b in _meeting(named, ()) if not _touch(a, b))


def _gain(told: int) -> float:
    """The most that features other than days, places and words can give to two tellings that both tell so much."""
    both = [feature for bit, feature in enumerate(TOLD) if told >> bit & 1]
    return weights()["kinds/same"] + sum(weights()[f"{feature.__name__}/same"] for feature in both)


@lru_cache(maxsize=None)
def _most(told: int, longest: int, gap: int, both_placed: bool, both_fine: bool, worded: bool, headlines: bool) -> float:
    """The score at the most of two tellings that both tell so much, with too few rare words in common to meet by them.

    Where one names no place, the sentences that tell of it are taken to have nothing in common: most of one day have not."""
    given = weights()
    most = start() + _gain(told)
    if longest:
        most += given[days_state(gap, longest)]
    if both_placed:
        finest = ("same", "within reach") if both_fine else ("same area", "in the area")
        most += max(given[f"places/{state}"] for state in finest)
    if headlines:
        words = given["words/both headlines"]
    else:
        words = ALIKE * given["words/alike"] if worded else given["words/page not at hand"]
    if both_placed:
        # One word that no other report holds is too few to meet by; two that are less rare say less.
        rarest = weight("")  # as any word that the table does not know
        rare = max(given["words/rare"], given["words/rare names"])
        words += rare * (rarest - RARE) + given["words/rare in telling"] * (rarest - RARE_IN_TELLING)
        words += ALIKE_HEADLINE * given["words/alike in headline"] if headlines else ALIKE * given["words/alike in telling"]
    return most + given["leads/both"] + words


def _can_join(a: Entry, b: Entry) -> bool:
    """Whether all that both tell, at its most, carries the two over the threshold."""
    longest = max(a.days, b.days) if a.days and b.days else 0
    gap = max(a.first - b.last, b.first - a.last, 0) if longest else 0
    both_placed, both_fine, worded, headlines = (
        a.placed and b.placed,
        a.fine and b.fine,
        a.worded and b.worded,
        a.headline and b.headline,
    )
    return _most(a.told & b.told, min(longest, 32), min(gap, 31), both_placed, both_fine, worded, headlines) >= 0


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
    placed, worded = unit.where is not None, unit.wording.page is not None
    return Entry(first, last, index, level, cells, days, placed, unit.fine, told, unit.document, worded, unit.wording.headline)


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
