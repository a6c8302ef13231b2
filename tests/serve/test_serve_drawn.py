"""Drawings as numbers: what is drawn is all there is, in its place, and within its frame."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossbearing.resolve.page.series import Row, Series
from crossbearing.serve.beside import beside
from crossbearing.serve.desk import Desk
from crossbearing.serve.drawn import CHART_HEIGHT, CHART_WIDTH, TALL, chart, lineage_graph, strip
from crossbearing.serve.index import TABLES, drawn_incidents
from crossbearing.serve.questions import Question
from crossbearing.serve.views import BARS, Told, timeline

FIRST = date(2024, 1, 1)


def test_a_graph_has_a_leaf_for_each_claim_and_a_root_for_each_lineage(desk: Desk) -> None:
    """Every claim of an incident is a leaf, every lineage's root stands at the left, and all lies within the drawing."""
    with desk.asking() as held:
        for incident in drawn_incidents(held.connection):
            found = beside(incident, desk.outcomes_of(held, incident.claims))
            graph = lineage_graph(found)
            leaves = [node.claim for node in graph.nodes if node.claim]
            assert sorted(leaves) == list(range(1, len(incident.claims) + 1))
            roots = [node.name for node in graph.nodes if node.x == 0]
            assert sorted(roots) == sorted(line.root for line in incident.lineages)
            assert all(0 <= node.x < graph.width and 0 < node.y < graph.height for node in graph.nodes)
            assert len(graph.edges) == len(graph.nodes) - len(roots), "each but the roots hangs on one other"
            assert sum(many for _, many in found.groups) == len(found.columns)


@pytest.fixture
def laid_out() -> Iterator[sqlite3.Connection]:
    """An empty index."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        connection.row_factory = sqlite3.Row
        yield connection


@given(
    days=st.lists(
        st.tuples(st.integers(0, 4000), st.sampled_from([0, 0, 0, 1, 5, 29, 400]), st.booleans(), st.booleans()), max_size=30
    ),
    since=st.none() | st.integers(0, 4000),
    until=st.none() | st.integers(0, 4000),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_time_line_counts_each_where_it_can_be(
    laid_out: sqlite3.Connection, days: list[tuple[int, int, bool, bool]], since: int | None, until: int | None
) -> None:
    """A bar counts surely what lies within it and possibly what meets it; bars adjoin, and are no more than can be seen."""
    asked = Question.model_validate(
        {
            "since": FIRST + timedelta(since) if since is not None else None,
            "until": FIRST + timedelta(until) if until is not None else None,
        }
    )
    laid_out.execute("DELETE FROM incident")
    spans = []
    for n, (start, long, no_first, no_last) in enumerate(days):
        early, late = FIRST + timedelta(start), FIRST + timedelta(start + long)
        first, last = (None if no_first and not no_last else early), (None if no_last and not no_first else late)
        # An end that is open reaches as far as is asked; it is drawn at the day that is said.
        late, early_enough = last or date.max, first or date.min
        kept = (asked.since or date.min) <= late and early_enough <= (asked.until or date.max)
        spans += [(first or last or FIRST, last or first or FIRST)] if kept else []
        columns = {
            "id": str(n), "earliest": first and first.isoformat(), "latest": last and last.isoformat(), "status": "happened",
            "state": "to do", **dict.fromkeys(("digest", "day", "last", "kind", "grades"), ""),
            **dict.fromkeys(("recalled", "killed", "reports", "lineages", "contradictions", "verified", "rejected"), 0),
        }  # fmt: skip
        laid_out.execute(
            f"INSERT INTO incident ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", list(columns.values())
        )
    bars = timeline(laid_out, asked)
    assert len(bars) <= BARS + 1
    for bar, after in pairwise(bars):
        assert after.first == bar.last + timedelta(days=1)
    for bar in bars:
        assert bar.possibly == sum(early <= bar.last and late >= bar.first for early, late in spans)
        assert bar.surely == sum(early >= bar.first and late <= bar.last for early, late in spans)
    drawn = strip(bars)
    assert all(0 <= sure <= may <= TALL for _, _, _, sure, may in drawn.bars)


def test_a_chart_draws_what_was_told_within_its_frame() -> None:
    """A total stands at its days and its range, open above where the words are; without a dated total there is no chart."""
    series = Series("the war", ("X",), (), FIRST, "made", tuple(Row(FIRST + timedelta(n), 100 + 10 * n, 0) for n in range(200)))
    told = Told("d1", "a.html", "Post", "killed", 1100, None, FIRST + timedelta(100), FIRST + timedelta(101), "at least 1,100")
    exact = Told("d2", "b.html", None, "killed", 1200, 1250, FIRST + timedelta(110), None, "1,200 to 1,250")
    found = chart(series, [told, exact, Told("d3", "c.html", None, "injured", 5, 5, FIRST, FIRST, "5")])
    assert found
    assert [(dot.told.document, dot.is_open) for dot in found.dots] == [("d1", True), ("d2", False)]
    for dot in found.dots:
        assert 0 <= dot.left < dot.right <= CHART_WIDTH
        assert 0 <= dot.high <= dot.low <= CHART_HEIGHT
    points = [tuple(map(float, point.split(","))) for point in found.line.split()]
    assert all(0 <= x <= CHART_WIDTH and 0 <= y <= CHART_HEIGHT for x, y in points)
    at = min(points, key=lambda point: abs(point[0] - found.dots[0].left))
    assert abs(at[1] - found.dots[0].low) < 6, "the series reached 1,100 on that day"
    assert chart(series, [Told("d4", "d.html", None, "killed", 5, 5, None, None, "5")]) is None
