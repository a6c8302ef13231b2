"""Which tellings are one: the laws of clusters, and average linkage against a plain implementation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product

import made_ledgers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_claims import MakeClaim, make_claim

from crossbearing.link import clusters
from crossbearing.link.candidates import candidates
from crossbearing.link.clusters import AVERAGE, UNMET, average, cluster
from crossbearing.link.compare import TOLD_APART, score
from crossbearing.link.judged import bound, judged, parted
from crossbearing.link.pages import pages
from crossbearing.link.units import Unit, units
from crossbearing.model.claim import Actor, Claim

Pair = tuple[int, int]


def told_of(claims: Sequence[Claim], outcomes: Sequence[object] = ()) -> tuple[Unit, ...]:
    return units(claims, {page.document: page for page in pages(outcomes)})  # type: ignore[arg-type]


def named(told: Sequence[Unit], found: Sequence[Sequence[int]]) -> set[frozenset[str]]:
    """Clusters by their claims, whatever the order of the tellings."""
    return {frozenset(claim.id for i in members for claim in told[i].claims) for members in found}


@given(st.data())
def test_clusters_do_not_depend_on_the_order(data: st.DataObject) -> None:
    """Shuffled claims make the same clusters."""
    claims, outcomes = data.draw(made_ledgers.claims()), data.draw(made_ledgers.pages())
    told, other = told_of(claims, outcomes), told_of(data.draw(st.permutations(claims)), outcomes)
    assert named(told, cluster(told)) == named(other, cluster(other))


@given(made_ledgers.claims(), made_ledgers.pages())
def test_every_telling_has_one_cluster(claims: list[Claim], outcomes: list[object]) -> None:
    """The clusters part the tellings."""
    told = told_of(claims, outcomes)
    assert sorted(i for members in cluster(told) for i in members) == list(range(len(told)))


@pytest.mark.parametrize(
    ("others", "homes"),
    [
        (0, [["a0"], ["a1"]]),
        (1, [["a0", "b"], ["a1"]]),  # as alike to both: it goes with the first
        (9, [["a0", "a1", "b", "c", "d", "e", "f", "g", "h", "i", "j"]]),
    ],
)
def test_what_one_report_tells_apart_many_others_may_tell_as_one(
    claim: MakeClaim, monkeypatch: pytest.MonkeyPatch, others: int, homes: list[list[str]]
) -> None:
    """One that tells the greatest day of a war twice does not share out all the rest between its two tellings."""
    told = units([claim("a", happening=0), claim("a", happening=1), *(claim(report) for report in "bcdefghij"[:others])])
    monkeypatch.setattr(clusters, "score", lambda a, b: 4.0)
    monkeypatch.setattr(clusters, "candidates", lambda told: (p for p in combinations(range(len(told)), 2) if p != (0, 1)))

    found = cluster(told)

    name = {i: unit.report + (str(i) if unit.report == "a" else "") for i, unit in enumerate(told)}
    assert sorted(sorted(name[i] for i in members) for members in found) == homes


def test_what_reports_tell_apart_and_nobody_as_one_stays_apart(claim: MakeClaim, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two strikes of one day, each told by two reports of both and by one of its own, which is a little like the other, too."""
    told = units([*(claim(report, happening=n) for n in (0, 1) for report in ("a", "b", "cd"[n]))])
    monkeypatch.setattr(clusters, "score", lambda a, b: 4.0 if a.claims[0].happening == b.claims[0].happening else 1.0)
    every = [p for p in combinations(range(6), 2) if told[p[0]].document != told[p[1]].document]
    monkeypatch.setattr(clusters, "candidates", lambda told: every)

    found = [[told[i].claims[0].happening for i in members] for members in cluster(told)]

    assert sorted(found) == [[0, 0, 0], [1, 1, 1]]


@given(st.data())
def test_decisions_hold(data: st.DataObject) -> None:
    """What people join is together and what they part is apart, whatever scores and rules say."""
    claims = data.draw(made_ledgers.claims())
    judgements = judged(data.draw(made_ledgers.decisions(claims)), {claim.id for claim in claims})
    told = parted(units(claims), judgements)
    found = named(told, cluster(told, *bound(told, judgements)))
    home = {claim: members for members in found for claim in members}
    assert all(home[a] == home[b] for a, b in judgements.same)
    assert all(home[a] != home[b] for a, b in judgements.different)


@given(made_ledgers.claims(), made_ledgers.pages())
def test_parties_that_change_their_names_change_no_cluster(claims: list[Claim], outcomes: list[object]) -> None:
    """Alpha for beta and beta for alpha, in every claim: the clusters are the same."""
    swapped = [replace(c, perpetrators=_swapped(c.perpetrators), targets=_swapped(c.targets)) for c in claims]
    told, other = told_of(claims, outcomes), told_of(swapped, outcomes)
    assert named(told, cluster(told)) == named(other, cluster(other))


def _swapped(actors: tuple[object, ...]) -> tuple[object, ...]:
    other = {"alpha": "beta", "beta": "alpha"}
    return tuple(replace(a, value=Actor(*[other[a.value.name]] * 3, a.value.kind)) for a in actors)  # type: ignore


@given(made_ledgers.claims(most=14), made_ledgers.pages())
def test_average_linkage_is_that_of_a_plain_implementation(claims: list[Claim], outcomes: list[object]) -> None:
    """The two most alike of all clusters are joined, all averages worked out anew each time; ties are left out."""
    told = told_of(claims, outcomes)
    expected = plain(told)
    assume(expected is not None)
    assert [set(members) for members in cluster(told)] == expected


def plain(told: Sequence[Unit]) -> list[set[int]] | None:
    """Average linkage as a book has it, in the third power of the tellings; None where two averages are the same."""
    met = {tuple(sorted(pair)) for pair in candidates(told)}
    every = combinations(range(len(told)), 2)
    worth = {(i, j): max(score(told[i], told[j]), UNMET) if (i, j) in met else UNMET for i, j in every}
    worth |= {(i, j): TOLD_APART for i, j in worth if told[i].document == told[j].document}
    found = [{i} for i in range(len(told))]
    while True:
        averages: list[tuple[float, int, int]] = []
        for x, y in combinations(range(len(found)), 2):
            pairs = [(min(i, j), max(i, j)) for i, j in product(found[x], found[y])]
            if any(worth[pair] > UNMET for pair in pairs):
                averages.append((sum(worth[pair] for pair in pairs) / len(pairs), x, y))
        averages.sort(reverse=True)
        if any(abs(a[0] - b[0]) < 1e-9 for a, b in pairwise(averages) if b[0] >= AVERAGE - 1e-9):
            return None
        if not averages or averages[0][0] < AVERAGE:
            return sorted(found, key=min)
        _, x, y = averages[0]
        found[x] |= found.pop(y)


def test_one_likeness_by_chance_joins_nothing(claim: MakeClaim, monkeypatch: pytest.MonkeyPatch) -> None:
    """A telling that is like one of a cluster and unlike the other stays out, though a chain of likenesses leads to it."""
    worth = {("a", "b"): 4.0, ("b", "c"): 1.0, ("a", "c"): -2.0}
    told = units([claim("a"), claim("b"), claim("c")])
    monkeypatch.setattr(clusters, "candidates", lambda told: combinations(range(3), 2))
    monkeypatch.setattr(clusters, "score", lambda a, b: worth[min(a.report, b.report), max(a.report, b.report)])

    found = [{told[i].report for i in members} for members in cluster(told)]

    assert sorted(map(sorted, found)) == [["a", "b"], ["c"]]


@given(made_ledgers.claims(), made_ledgers.pages())
def test_no_two_clusters_that_could_be_joined_are_left(claims: list[Claim], outcomes: list[object]) -> None:
    """Between any two clusters the average that `average` gives speaks for two happenings."""
    told = told_of(claims, outcomes)
    met = set(candidates(told))
    for mine, theirs in combinations(cluster(told), 2):
        pairs = [(min(i, j), max(i, j)) for i, j in product(mine, theirs)]
        assert average(told, pairs, met) < AVERAGE + 1e-9


def test_what_people_judged_is_joined_first(claim: MakeClaim) -> None:
    """A chain of judgements joins tellings of one report, which no score does."""
    told = units([claim("a", happening=0), claim("a", happening=1), make_claim("b", day=20)])
    assert clusters.cluster(told, [(0, 1), (1, 2)]) == [[0, 1, 2]]
    assert len(clusters.cluster(told, (), [(0, 1), (0, 2), (1, 2)])) == 3
