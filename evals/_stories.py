"""Which documents tell one story: pairs of documents weighed by a few features, and the likeness at which linkage joins them.

Two stories of one kind share most of their words: two arrests of two players, two quakes on one coast. Of alike documents in
ECB+'s development part a pair by itself is mistaken once in eight; the documents that are sooner with the one or with the other
say the rest. So all are joined by their pairs' average until they are one, and two documents are of one story as far as the
clusters that hold them were alike when they came together. That is mistaken once in seventy.

A logistic regression weighs the features, one for each corpus; `fit_coreference.py` fits it on which documents of the training
parts tell of one incident or subtopic.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from crossbearing.link.wording import SMALL
from crossbearing.words.names import fold

Array = NDArray[np.float64]
Vector = Mapping[str, float]
Weight = Callable[[str], float]

FEATURES = (
    "words", "as the nearer has", "as the farther has", "company", "leads", "names", "two words", "numbers", "same years",
    "other years", "days known", "days apart",
)  # fmt: skip
"""`company` is how far two are alike to the same ones; a `lead` is how a document begins; `two words` are such as follow each
other. What the nearer or the farther has is the likeness by that of each to the one that is most like it."""
ALIKE = 0.12
"""The likeness of two documents from which their mentions are compared: of the pairs of one chain .95 have it in ECB+, and .82 in
the Gun Violence Corpus, whose chain of generic mentions runs through documents that share nothing else."""
PERHAPS = 0.25
"""How likely two documents tell one story that are compared though they are not so alike: it moves ECB+'s held-out topics from
.795 to .797, and the development part from .806 to .810."""
LEAD = 400
"""Characters that a document begins with."""
LONG = 60
"""Days apart beyond which more say nothing more."""
LEAST, MOST = -4.0, 6.0
"""The least and the most that the score of two documents says."""
WORD = re.compile(r"\w[\w'’-]*")
NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Documents:
    """The documents that are compared: how alike they are, two by two, and their days where the corpus gives them."""

    place: Mapping[str, int]
    whole: Array
    features: Array
    """Of each two, in the order of `FEATURES`."""
    days: Mapping[str, date]
    weight: Weight
    together: Array
    """How likely each two tell one story; nothing is until `told` says it."""

    def meet(self, a: str, b: str) -> bool:
        """Whether the mentions of two documents are compared."""
        at = self.place[a], self.place[b]
        return bool(self.whole[at] >= ALIKE or self.together[at] >= PERHAPS)

    def days_apart(self, a: str, b: str) -> float:
        """Up to `LONG`; -1 where one of the days is not known, or the documents are one."""
        if a == b or a not in self.days or b not in self.days:
            return -1.0
        return float(min(abs((self.days[a] - self.days[b]).days), LONG))

    def told(self, weights: Array) -> Documents:
        """With how likely each two tell one story, by the start and the weight of each feature."""
        return replace(self, together=together(self.features @ weights[1:] + weights[0]))


# ---------------------------------------------------------------- words, weighed


def words_of(text: str) -> list[str]:
    return [word for word in fold(text).split() if word not in SMALL]


def vector(words: Iterable[str], weight: Weight) -> Vector:
    """(1 + log of their number) times their weight, scaled to length 1."""
    raw = {word: (1 + math.log(n)) * weight(word) for word, n in Counter(words).items()}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return {word: v / length for word, v in raw.items()}


def weight_of(held: Sequence[Sequence[str]]) -> Weight:
    """What a word weighs among the words of some documents: the more, the fewer hold it."""
    spread = Counter(word for words in held for word in set(words))
    return lambda word: math.log(len(held) / max(spread[word], 1))


def names_of(text: str, within: str) -> list[str]:
    """The words of a stretch that have a capital and never stand without one in the whole text."""
    lower = _lower(within)
    return [w for w in WORD.findall(text) if w[0].isupper() and len(w) > 1 and w.lower() not in lower]


@lru_cache(maxsize=4)
def _lower(text: str) -> frozenset[str]:
    return SMALL | {word for word in WORD.findall(text) if word.islower()}


# ---------------------------------------------------------------- documents, two by two


def documents_of(texts: Mapping[str, str], days: Mapping[str, date]) -> Documents:
    """Documents by their words, each word weighed by how few of these documents hold it."""
    words = [words_of(text) for text in texts.values()]
    weight = weight_of(words)
    whole = cosines(words, weight)
    names = cosines([words_of(" ".join(names_of(text, text))) for text in texts.values()], weight)
    lead = cosines([words_of(text[:LEAD]) for text in texts.values()], weight)
    others = whole - np.diag(np.diag(whole))
    near = np.where(others >= ALIKE, others, 0.0) + np.eye(len(texts))
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    nearest = np.maximum(others.max(1), ALIKE)
    two, numbers = ([" ".join(pair) for pair in pairwise(held)] for held in words), map(NUMBER.findall, texts.values())
    by_two, by_numbers = (cosines(held, weight_of(held)) for held in map(list, (two, numbers)))
    known = Documents({key: n for n, key in enumerate(texts)}, whole, whole, days, weight, np.zeros_like(whole))
    apart = np.array([[known.days_apart(a, b) for b in texts] for a in texts])
    features = (
        np.sqrt(whole),
        whole / np.minimum.outer(nearest, nearest),
        whole / np.maximum.outer(nearest, nearest),
        near @ near.T,
        lead,
        names,
        np.sqrt(by_two),
        by_numbers,
        *years(list(texts.values())),
        apart >= 0,
        np.maximum(apart, 0),
    )
    return replace(known, features=np.stack(features, -1))


def cosines(held: Sequence[Iterable[str]], weight: Weight) -> Array:
    """Of each two, by their words. Needs scipy."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    column: dict[str, int] = {}
    vectors = [vector(words, weight) for words in held]
    places = [(row, column.setdefault(word, len(column)), v) for row, one in enumerate(vectors) for word, v in one.items()]
    rows, columns, values = zip(*places, strict=True) if places else ((), (), ())
    table = csr_matrix((values, (rows, columns)), shape=(len(held), max(len(column), 1)))
    return np.asarray((table @ table.T).toarray())


def years(texts: Sequence[str]) -> tuple[Array, Array]:
    """Of each two whether they name the same year, and whether each names some and they share none."""
    held = [frozenset(_YEAR.findall(text)) for text in texts]
    some = np.array([bool(one) for one in held])
    same = np.array([[bool(one & other) for other in held] for one in held])
    return same.astype(float), (some[:, None] & some & ~same).astype(float)


def together(scored: Array) -> Array:
    """How likely each two documents tell one story: the likeness, as a share, at which linkage by the average joins them."""
    from scipy.cluster.hierarchy import average, cophenet  # type: ignore[import-untyped]
    from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

    if len(scored) < 2:
        return np.ones_like(scored)
    apart = MOST - np.clip(scored, LEAST, MOST)
    np.fill_diagonal(apart, 0.0)
    joined = MOST - squareform(cophenet(average(squareform(apart, checks=False))))
    return np.asarray(1 / (1 + np.exp(-joined)))
