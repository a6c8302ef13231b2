"""Which words of many documents speak of one event: pairs of mentions weighed by a few features, and average linkage.

This is an adapter for the corpora and no part of the program, and nothing of the program's reading enters it. The program gathers
happenings of a conflict, with days, places and parties; these corpora are of trials, films and sackings too, and they part the
shots, the wound and the death of one incident. Which incident the program puts a mention in was tried as a feature: it moved the
score of held-out topics by .002 at most.

A pair is scored where its documents are alike (cosine of their words from `ALIKE`) or one. The features are of the two words
(how far they begin alike, whether the table `KINDS` has them as one kind, how often such words were one event in the training
parts), of the words and names of their sentences, and of their documents: words, first words, names, days. No gold topic, chain
or entity is looked at. A logistic regression weighs them, one for each of four cases: the same lemma or another, one document or
two; `fit_coreference.py` fits it. Clusters are joined while their mentions are, each with each, sooner one event than two on the
average, as link/clusters.py joins tellings.

Tried, and left out, since none moved the score of held-out topics of the training parts by more than .005: cosines of MiniLM's
vectors of the words, and of the words in their sentences; what the reader's network says of two words; the words to the left and
to the right by themselves; numbers; how rare a word is; which words never stand in one sentence. Boosted trees in place of the
regressions did no better on the development parts.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, groupby, takewhile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from _event_words import KINDS, head
from numpy.typing import NDArray

from crossbearing.link.wording import SMALL
from crossbearing.model.text import Span
from crossbearing.words.names import fold
from crossbearing.words.sentences import split

WEIGHTS = Path(__file__).with_name("coreference_weights.json")
WORDS = Path(__file__).with_name("coreference_words.csv")
ALIKE = 0.12
"""The likeness of two documents from which their mentions are compared: of the pairs of one chain .95 have it in ECB+, and .82 in
the Gun Violence Corpus, whose chain of generic mentions runs through documents that share nothing else."""
LEAST = -0.5
"""The average log-odds from which two clusters are joined: the best for held-out topics of both training parts together."""
UNMET = -6.0
"""The score of two mentions that are not compared: what the least alike of those compared have."""
NEAR, LEAD = 8, 400
"""Words to each side that stand near a mention; characters that a document begins with."""
PRIOR_OF_WORD, PRIOR_OF_PAIR = 20, 8
"""So many pairs as at large stand behind a word's share, and so many as with other words behind a pair of words'."""
_WORD = re.compile(r"\w[\w'’-]*")

Vector = Mapping[str, float]


class Mention(NamedTuple):
    """A gold mention: its id, document, topic of the corpus, gold incident or subtopic of the document, place, words, chain."""

    id: str
    document: str
    topic: str
    subtopic: str
    span: Span
    words: str
    chain: str


@dataclass(frozen=True)
class Seen:
    """A mention as it is compared: its document, sentence and lemma, and the words and names around it, weighed."""

    document: str
    sentence: int
    lemma: str
    around: Vector
    near: Vector
    names: Vector


@dataclass(frozen=True)
class Documents:
    """The documents that are compared: their words, first words and names, and their days where the corpus gives them."""

    whole: Mapping[str, Vector]
    lead: Mapping[str, Vector]
    names: Mapping[str, Vector]
    days: Mapping[str, date]
    weight: Callable[[str], float]

    def alike(self, a: str, b: str) -> float:
        return cosine(self.whole[a], self.whole[b])

    def days_apart(self, a: str, b: str) -> float:
        """Up to 60; -1 where one of the days is not known, or the documents are one."""
        if a == b or a not in self.days or b not in self.days:
            return -1.0
        return float(min(abs((self.days[a] - self.days[b]).days), 60))


# ---------------------------------------------------------------- words, weighed


def words_of(text: str) -> list[str]:
    return [word for word in fold(text).split() if word not in SMALL]


def vector(words: Iterable[str], weight: Callable[[str], float]) -> Vector:
    """(1 + log of their number) times their weight, scaled to length 1."""
    raw = {word: (1 + math.log(n)) * weight(word) for word, n in Counter(words).items()}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return {word: v / length for word, v in raw.items()}


def cosine(a: Vector, b: Vector) -> float:
    few, many = (a, b) if len(a) < len(b) else (b, a)
    return sum(v * many[word] for word, v in few.items() if word in many)


def names_of(text: str, within: str) -> list[str]:
    """The words of a stretch that have a capital and never stand without one in the whole text."""
    lower = _lower(within)
    return [w for w in _WORD.findall(text) if w[0].isupper() and len(w) > 1 and w.lower() not in lower]


@lru_cache(maxsize=4)
def _lower(text: str) -> frozenset[str]:
    return SMALL | {word for word in _WORD.findall(text) if word.islower()}


def documents_of(texts: Mapping[str, str], days: Mapping[str, date]) -> Documents:
    """Documents by their words, each word weighed by how few of these documents hold it."""
    words = {key: words_of(text) for key, text in texts.items()}
    spread = Counter(word for held in words.values() for word in set(held))

    def weight(word: str) -> float:
        return math.log(len(texts) / max(spread[word], 1))

    whole = {key: vector(held, weight) for key, held in words.items()}
    lead = {key: vector(words_of(text[:LEAD]), weight) for key, text in texts.items()}
    names = {key: vector(words_of(" ".join(names_of(text, text))), weight) for key, text in texts.items()}
    return Documents(whole, lead, names, days, weight)


def seen(mentions: Sequence[Mention], texts: Mapping[str, str], known: Documents) -> list[Seen]:
    """The mentions with what stands around them; those of one document stand together."""
    found = []
    for document, held in groupby(mentions, key=lambda m: m.document):
        text = texts[document]
        spans = list(split(text, Span(0, len(text))))
        for m in held:
            n = next((n for n, span in enumerate(spans) if span.start <= m.span.start < span.end), 0)
            start, end = (spans[n].start, max(spans[n].end, m.span.end)) if spans else (0, len(text))
            left, right = text[start : m.span.start], text[m.span.end : end]
            near = _WORD.findall(left)[-NEAR:] + _WORD.findall(right)[:NEAR]
            names = names_of(f"{left} {right}", text)
            sides = (f"{left} {right}", " ".join(near), " ".join(names))
            found.append(Seen(document, n, head(m.words), *(vector(words_of(side), known.weight) for side in sides)))
    return found


# ---------------------------------------------------------------- which words were one event


Tally = Mapping[tuple[str, str], tuple[int, int]]
"""For two lemmas in their order: how many pairs of such mentions were one event, and how many there were."""


class Pairings:
    """How often mentions with two words were one event in the training parts."""

    def __init__(self, tally: Tally) -> None:
        self._pairs = tally
        self._words: Counter[str] = Counter()
        self._together: Counter[str] = Counter()
        for (a, b), (together, number) in tally.items():
            for word in (a, b):
                self._words[word] += number
                self._together[word] += together
        self._prior = (sum(self._together.values()) + 1) / (sum(self._words.values()) + 2)

    def share(self, word: str) -> float:
        return (self._together[word] + PRIOR_OF_WORD * self._prior) / (self._words[word] + PRIOR_OF_WORD)

    def of(self, a: str, b: str) -> tuple[float, float]:
        """Log-odds that mentions with two words are one event, and the logarithm of how many such pairs were seen."""
        together, number = self._pairs.get((min(a, b), max(a, b)), (0, 0))
        without = math.sqrt(self.share(a) * self.share(b))
        share = (together + PRIOR_OF_PAIR * without) / (number + PRIOR_OF_PAIR)
        return math.log(share / (1 - share)), math.log1p(number)


@lru_cache(maxsize=1)
def pairings() -> Pairings:
    """Those of the table that the fit wrote."""
    with WORDS.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return Pairings({(r["word"], r["other"]): (int(r["one event"]), int(r["pairs"])) for r in rows})


# ---------------------------------------------------------------- pairs


FEATURES = (
    "prefix", "one kind", "other kinds", "were one", "often seen", "documents", "documents, root", "leads", "names of documents",
    "around", "near", "names", "other names", "sentences apart", "days apart",
)  # fmt: skip
CASES = ("another word, two documents", "another word, one document", "one word, two documents", "one word, one document")


def features(a: Seen, b: Seen, known: Documents, were: Pairings) -> tuple[float, ...]:
    """The features of a pair, in the order of `FEATURES`."""
    kinds = KINDS.get(a.lemma), KINDS.get(b.lemma)
    odds, often = were.of(a.lemma, b.lemma)
    whole, names = known.alike(a.document, b.document), cosine(a.names, b.names)
    return (
        begun_alike(a.lemma, b.lemma),
        float(None not in kinds and kinds[0] == kinds[1]),
        float(None not in kinds and kinds[0] != kinds[1]),
        odds,
        often,
        whole,
        math.sqrt(whole),
        cosine(known.lead[a.document], known.lead[b.document]),
        cosine(known.names[a.document], known.names[b.document]),
        math.sqrt(cosine(a.around, b.around)),
        math.sqrt(cosine(a.near, b.near)),
        math.sqrt(names),
        float(bool(a.names) and bool(b.names) and not names),
        float(min(abs(a.sentence - b.sentence), 20)) if a.document == b.document else 0.0,
        known.days_apart(a.document, b.document),
    )


def begun_alike(a: str, b: str) -> float:
    """The share of the longer word that both begin with."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    return same / max(len(a), len(b), 1)


def case(a: Seen, b: Seen) -> int:
    """Which of `CASES` a pair is."""
    return 2 * (a.lemma == b.lemma) + (a.document == b.document)


def compared(found: Sequence[Seen], known: Documents) -> list[tuple[int, int]]:
    """The pairs of mentions, as indices, that are compared: of one document, or of documents that are alike."""
    by_document: dict[str, list[int]] = {}
    for n, one in enumerate(found):
        by_document.setdefault(one.document, []).append(n)
    pairs = [pair for held in by_document.values() for pair in combinations(held, 2)]
    for a, b in combinations(by_document, 2):
        if known.alike(a, b) >= ALIKE:
            pairs += [(i, j) for i in by_document[a] for j in by_document[b]]
    return pairs


def scores(found: Sequence[Seen], pairs: Sequence[tuple[int, int]], known: Documents) -> NDArray[np.float64]:
    """The log-odds of each pair that it speaks of one event."""
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    by_case = np.array([[weights[name][feature] for feature in ("start", *FEATURES)] for name in CASES])
    were = pairings()
    made = np.array([(1.0, *features(found[i], found[j], known, were)) for i, j in pairs]).reshape(-1, 1 + len(FEATURES))
    return np.einsum("pf,pf->p", made, by_case[[case(found[i], found[j]) for i, j in pairs]])


def clusters(number: int, pairs: Sequence[tuple[int, int]], scored: NDArray[np.float64], least: float = LEAST) -> list[str]:
    """The cluster of each of so many mentions: average linkage, joined from `least` on. Needs scipy."""
    from _clusters import components
    from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-untyped]
    from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

    met = np.full((number, number), UNMET)
    for (i, j), score in zip(pairs, np.maximum(scored, UNMET), strict=True):
        met[i, j] = met[j, i] = score
    # An average reaches `least` only where some pair does.
    homes = components(map(str, range(number)), ((str(i), str(j)) for i, j in pairs if met[i, j] >= least))
    most = max(met.max(), least)
    labels = [""] * number
    for home, held in groupby(sorted(range(number), key=lambda n: homes[str(n)]), key=lambda n: homes[str(n)]):
        these = list(held)
        apart = most - met[np.ix_(these, these)]
        np.fill_diagonal(apart, 0.0)
        cut = fcluster(linkage(squareform(apart), "average"), most - least, "distance") if len(these) > 1 else [1]
        for n, label in zip(these, cut, strict=True):
            labels[n] = f"{home}/{label}"
    return labels


def gathered(mentions: Sequence[Mention], texts: Mapping[str, str], days: Mapping[str, date]) -> dict[str, str]:
    """The cluster of each mention, by its id. Mentions of one document stand together; texts and days are by document."""
    known = documents_of(texts, days)
    found = seen(mentions, texts, known)
    pairs = compared(found, known)
    return dict(zip((m.id for m in mentions), clusters(len(found), pairs, scores(found, pairs, known)), strict=True))
