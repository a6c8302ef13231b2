"""Drawings as numbers: where each mark of a small graph lies. The templates turn them into SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from crossbearing.resolve.page.series import Series
from crossbearing.serve.beside import Beside
from crossbearing.serve.views import Bar, Told

# ---------------------------------------------------------------- who goes back to whom

NODE_WIDTH, NODE_STEP, LINE_HEIGHT = 170, 210, 28
"""In pixels: of a name, from one name to the next, from one claim to the next."""

LONGEST_LABEL = 26
"""Characters that a node's width takes."""


@dataclass(frozen=True, slots=True)
class Node:
    """A voice or a claim: its left end and its middle, in pixels."""

    x: float
    y: float
    name: str
    claim: int | None = None
    """The column of the claim, where it is one."""

    @property
    def label(self) -> str:
        """The name as far as it fits."""
        return self.name if len(self.name) <= LONGEST_LABEL else self.name[: LONGEST_LABEL - 1] + "…"


@dataclass(frozen=True, slots=True)
class Graph:
    """Who goes back to whom."""

    nodes: tuple[Node, ...]
    edges: tuple[str, ...]
    """Curves, as SVG writes a path."""
    width: float
    height: float


@dataclass(slots=True)
class _Branch:
    """A voice, and who has it from there."""

    name: str
    below: dict[str, _Branch] = field(default_factory=dict)
    claims: list[int] = field(default_factory=list)


def lineage_graph(found: Beside) -> Graph:
    """Each lineage as a tree: its root, the voices between, its claims at the right. A voice that claims share is one."""
    trees: dict[int, _Branch] = {}
    depth = 0
    lines = {column.lineage: line for column in found.columns for line, _ in found.groups if column.claim.id in line.claims}
    for column in found.columns:
        line = lines.get(column.lineage)
        branch = trees.setdefault(column.lineage, _Branch(line.root if line else ""))
        way = [voice for voice in column.voices if voice != branch.name]
        depth = max(depth, len(way))
        for voice in way:
            branch = branch.below.setdefault(voice, _Branch(voice))
        branch.claims.append(column.number)
    nodes: list[Node] = []
    edges: list[str] = []
    top = LINE_HEIGHT / 2
    for tree in trees.values():
        _, top = _lay(tree, 0, top, (depth + 1) * NODE_STEP, nodes, edges)
        top += LINE_HEIGHT / 2
    return Graph(tuple(nodes), tuple(edges), (depth + 1) * NODE_STEP + 90, top - LINE_HEIGHT / 2)


def _lay(branch: _Branch, level: int, top: float, right: float, nodes: list[Node], edges: list[str]) -> tuple[float, float]:
    """Lay a branch out from a line on; returns its own height on the page, and the next free line."""
    ends: list[tuple[float, float]] = []
    for claim in branch.claims:
        nodes.append(Node(right, top, f"claim {claim}", claim))
        ends.append((right, top))
        top += LINE_HEIGHT
    for below in branch.below.values():
        middle, top = _lay(below, level + 1, top, right, nodes, edges)
        ends.append(((level + 1) * NODE_STEP, middle))
    own = sum(y for _, y in ends) / len(ends)
    x = level * NODE_STEP
    nodes.append(Node(x, own, branch.name))
    edges += [_curve(x + NODE_WIDTH, own, end_x - 6, end_y) for end_x, end_y in ends]
    return own, top


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """A curve that leaves and arrives level."""
    if y1 == y2:
        return f"M{x1:g} {y1:g}H{x2:g}"
    bend = min(60.0, (x2 - x1) / 2)
    return f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x1 + bend:g} {y2:g} {x1 + 2 * bend:g} {y2:g}H{x2:g}"


# ---------------------------------------------------------------- along time


@dataclass(frozen=True, slots=True)
class Strip:
    """Bars along time, in units of a drawing 1000 wide and `TALL` high."""

    bars: tuple[tuple[Bar, float, float, float, float], ...]
    """Each with its left end, its width, and the heights of those surely and possibly within."""
    most: int
    labels: tuple[tuple[float, str], ...]


TALL = 64


def strip(bars: Sequence[Bar]) -> Strip:
    """The time line."""
    if not bars:
        return Strip((), 0, ())
    most = max(bar.possibly for bar in bars) or 1
    wide = 1000 / len(bars)
    drawn = tuple((bar, n * wide, wide, TALL * bar.surely / most, TALL * bar.possibly / most) for n, bar in enumerate(bars))
    every = max(1, -(-len(bars) // 8))
    labels = tuple((n * wide, bars[n].first.isoformat()) for n in range(0, len(bars), every))
    return Strip(drawn, most, labels)


# ---------------------------------------------------------------- figures against a reference series

CHART_WIDTH, CHART_HEIGHT = 1000, 260
AROUND_DAYS = 45
"""How much of a series is drawn on either side of what was told."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A stated total: the days on which the page can have been written, and the range, as corners of a rectangle."""

    told: Told
    left: float
    right: float
    low: float
    high: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A reference series with the totals told beside it."""

    series: Series
    line: str
    """As SVG writes the points of a line."""
    dots: tuple[Dot, ...]
    days: tuple[tuple[float, str], ...]
    values: tuple[tuple[float, str], ...]


def chart(series: Series, told: Sequence[Told]) -> Chart | None:
    """The killed of a series over time, with the totals of killed stated; None where no dated total is told."""
    dated = [one for one in told if one.counted == "killed" and (one.earliest or one.latest) and (one.low or one.high)]
    if not dated or not series.rows:
        return None
    first = min(one.earliest or one.latest or date.max for one in dated) - timedelta(days=AROUND_DAYS)
    last = max(one.latest or one.earliest or date.min for one in dated) + timedelta(days=AROUND_DAYS)
    rows = [row for row in series.rows if first <= row.day <= last] or list(series.rows)
    values = [row.killed for row in rows] + [value for one in dated for value in (one.low, one.high) if value]
    least, most = min(values), max(values)
    least -= max(1, (most - least) // 12)
    most += max(1, (most - least) // 12)
    days = max(1, (last - first).days)

    def x(day: date) -> float:
        return round(CHART_WIDTH * (day - first).days / days, 1)

    def y(value: int) -> float:
        return round(CHART_HEIGHT * (1 - (value - least) / (most - least)), 1)

    dots = []
    for one in dated:
        early, late = one.earliest or one.latest or first, one.latest or one.earliest or last
        low = one.low if one.low is not None else one.high or 0
        high = one.high if one.high is not None else low
        dots.append(Dot(one, x(early), max(x(late + timedelta(days=1)), x(early) + 6), y(low), y(high), one.high is None))
    line = " ".join(f"{x(row.day)},{y(row.killed)}" for row in rows)
    ticks = tuple((x(day), day.isoformat()) for day in (first + timedelta(days=days * n // 5) for n in range(1, 5)))
    step = _round_step((most - least) / 4)
    levels = tuple((y(value), f"{value:,}") for value in range(-(-least // step) * step, most, step))
    return Chart(series, line, tuple(dots), ticks, levels)


def _round_step(about: float) -> int:
    """The least of 1, 2, 5, 10, 20, 50... that is not below a number."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= about:
                return digit * power
        power *= 10
