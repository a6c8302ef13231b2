"""A second look at each pair of mentions, when the scores of all the others are known.

A report seldom says one thing twice in other words: where a mention has a better partner in the other's document, these two are
sooner rivals than one event. Two that the same third mentions speak for are one event sooner than their own words say, and a
mention that nothing else is like stands alone. None of this can be seen in a pair by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LOOKS = (
    "first look", "over rivals, less", "over rivals, more", "best, less", "best, more", "three best, less", "three best, more",
    "likely ones, less", "likely ones, more", "third, best", "thirds, three best", "third of one alone", "company of mentions",
    "under the best, less", "under the best, more",
)  # fmt: skip
"""`rivals` are the other mentions of the other's document; `best` the partners in other documents, the best of each; a `third` is
a mention that both were compared with. Of what the two mentions have each, `less` is the smaller and `more` the larger."""
MOST = 6.0
"""The most that a score says."""
LIKELY = 0.5
"""The score from which a partner is likely."""
AT_ONCE = 2000
"""So many pairs are held beside all mentions at once."""


def looks(pairs: NDArray[np.int64], scored: Array, documents: NDArray[np.int64], unmet: float) -> Array:
    """By pair, in the order of `LOOKS`. Given are the pairs, as indices of mentions, and their scores; the number of each
    mention's document, from 0; and the score of what is not compared, the least that counts."""
    own = np.clip(scored, unmet, MOST)
    met = np.full((len(documents), len(documents)), unmet)
    met[pairs[:, 0], pairs[:, 1]] = met[pairs[:, 1], pairs[:, 0]] = own
    best, second = two_best(met, documents, unmet)
    elsewhere = best.copy()
    elsewhere[np.arange(len(documents)), documents] = unmet
    ranked = -np.sort(-elsewhere, axis=1)[:, :3]
    a, b = pairs.T

    def over_rivals(one: NDArray[np.int64], other: NDArray[np.int64]) -> Array:
        there = documents[other]
        return np.asarray(own - np.where(own >= best[one, there], second[one, there], best[one, there]))

    each = (
        (over_rivals(a, b), over_rivals(b, a)),
        *((of[a], of[b]) for of in (ranked[:, 0], ranked.mean(1), np.log1p((elsewhere > LIKELY).sum(1)))),
    )
    under = (own - ranked[a, 0], own - ranked[b, 0])
    sides = [side(*two) for two in (*each, under) for side in (np.minimum, np.maximum)]
    shared = np.zeros((len(pairs), 3))
    for n in range(0, len(pairs), AT_ONCE):
        shared[n : n + AT_ONCE] = thirds(met, pairs[n : n + AT_ONCE], unmet)
    return np.column_stack([own, *sides[:-2], shared, company(met, pairs, unmet), *sides[-2:]])


def two_best(met: Array, documents: NDArray[np.int64], unmet: float) -> tuple[Array, Array]:
    """By mention and document the scores of the best mention there and of the next."""
    shape = (len(documents), int(documents.max(initial=-1)) + 1)
    best, second = np.full(shape, unmet), np.full(shape, unmet)
    for document in np.unique(documents):
        there = -np.sort(-met[:, documents == document], axis=1)
        best[:, document] = there[:, 0]
        if there.shape[1] > 1:
            second[:, document] = there[:, 1]
    return best, second


def thirds(met: Array, pairs: NDArray[np.int64], unmet: float) -> Array:
    """By pair how far the best third mention speaks for both, and the three best; and how far one speaks for the one of the two
    and against the other."""
    one, other = met[pairs[:, 0]], met[pairs[:, 1]]
    rows = np.arange(len(pairs))[:, None]
    one[rows, pairs] = other[rows, pairs] = unmet
    both = np.minimum(one, other)
    best = np.partition(both, -min(3, both.shape[1]), axis=1)[:, -3:]
    against = np.maximum(np.minimum(one, -other), np.minimum(other, -one)).max(1)
    return np.column_stack([best.max(1), best.mean(1), against])


def company(met: Array, pairs: NDArray[np.int64], unmet: float) -> Array:
    """By pair the cosine of how likely all third mentions are one event with the one and with the other."""
    likely = 1 / (1 + np.exp(-met))
    least = 1 / (1 + np.exp(-unmet))
    a, b = pairs.T
    two = likely[a, b]  # what the two are to each other is left out, as if they had not met
    lengths = (likely**2).sum(1)
    length, length_other = (lengths[of] - two**2 + least**2 for of in (a, b))
    return np.asarray(((likely @ likely.T)[a, b] - 2 * least * (two - least)) / np.sqrt(length * length_other))
