"""How well clusters agree with those of a gold standard: B-cubed, MUC, CEAF-e, their mean, and pairs.

A clustering is a mapping from each thing to the label of its cluster; two clusterings must be of the same things. Singletons
count like any other cluster. All five are counted from one table: how many things bear each pair of labels.

B-cubed: Bagga and Baldwin 1998. MUC: Vilain et al. 1995. CEAF-e: Luo 2005, with the similarity 2|a & b| / (|a| + |b|). Their
mean F1 is what the CoNLL shared tasks of 2011 and 2012 rank by, and what papers on coreference across documents report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

Clustering = Mapping[str, Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision and self.recall else 0.0


Table = Counter[tuple[Hashable, Hashable]]


def _table(gold: Clustering, found: Clustering) -> tuple[Table, Counter[Hashable], Counter[Hashable]]:
    """How many things bear each pair of labels, and each label. Raises `ValueError` where the things are not the same."""
    if gold.keys() != found.keys():
        raise ValueError(f"two clusterings of different things: {len(gold.keys() ^ found.keys())} stand in one of them only")
    return Counter((gold[thing], found[thing]) for thing in gold), Counter(gold.values()), Counter(found.values())


def bcubed(gold: Clustering, found: Clustering) -> Score:
    """For each thing, the share of its found cluster that belongs with it, and of its gold cluster that was found with it."""
    both, of_gold, of_found = _table(gold, found)
    whole = max(len(gold), 1)
    return Score(
        sum(n * n / of_found[f] for (_, f), n in both.items()) / whole,
        sum(n * n / of_gold[g] for (g, _), n in both.items()) / whole,
    )


def muc(gold: Clustering, found: Clustering) -> Score:
    """Links that hold a cluster together, of those that would; singletons have none."""
    both, of_gold, of_found = _table(gold, found)

    def kept(sizes: Counter[Hashable], pieces: Counter[Hashable]) -> float:
        wanted = sum(n - 1 for n in sizes.values())
        return sum(n - pieces[label] for label, n in sizes.items()) / wanted if wanted else 0.0

    return Score(kept(of_found, Counter(f for _, f in both)), kept(of_gold, Counter(g for g, _ in both)))


def ceafe(gold: Clustering, found: Clustering) -> Score:
    """Likeness of the clusters under their best one-to-one assignment, by how many clusters there are. Needs scipy."""
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    both, of_gold, of_found = _table(gold, found)
    rows, columns = ({label: n for n, label in enumerate(sizes)} for sizes in (of_gold, of_found))
    alike = np.zeros((len(rows), len(columns)))
    for (g, f), n in both.items():
        alike[rows[g], columns[f]] = 2 * n / (of_gold[g] + of_found[f])
    total = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return Score(total / max(len(columns), 1), total / max(len(rows), 1))


def conll(gold: Clustering, found: Clustering) -> float:
    """The mean F1 of MUC, B-cubed and CEAF-e."""
    return (muc(gold, found).f1 + bcubed(gold, found).f1 + ceafe(gold, found).f1) / 3


def pairs(gold: Clustering, found: Clustering) -> Score:
    """Pairs of things put together, right of found and found of gold."""
    both, of_gold, of_found = _table(gold, found)
    right, wanted, made = (sum(n * (n - 1) // 2 for n in sizes.values()) for sizes in (both, of_gold, of_found))
    return Score(right / made if made else 0.0, right / wanted if wanted else 0.0)


def components(things: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Connected components: each thing with the first thing that it hangs together with."""
    root = {thing: thing for thing in things}

    def top(thing: str) -> str:
        while root[thing] != thing:
            root[thing] = thing = root[root[thing]]
        return thing

    for a, b in links:
        first, second = sorted((top(a), top(b)))
        root[second] = first
    return {thing: top(thing) for thing in root}
