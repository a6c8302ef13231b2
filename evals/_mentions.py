"""Which words of many documents speak of one event: pairs of mentions weighed by a few features, and linkage.

This is an adapter for the corpora and no part of the program, and nothing that the program reads in a document enters it. The
program gathers happenings of a conflict, with days, places and parties; these corpora are of trials, films and sackings too, and
they part the shots, the wound and the death of one incident. Which incident the program puts a mention in was tried as a feature:
it moved the score of held-out topics by .002 at most.

A pair is scored where its documents are one, or are alike or perhaps of one story (`_stories.py`). The features are of the two
words (how they begin, their particles, how often such words were one event in the training parts, cosine of their vectors in the
reader's network), of what stands around them and of their documents. For the Gun Violence Corpus there is also the kind of event
that each word tells of, by a regression on its vector: what is a shot, a hit, a wound, a death or the whole. No gold topic, chain
or entity is looked at. A logistic regression weighs the features, one for each corpus and each of four cases: the same lemma or
another, one document or two; `fit_coreference.py` fits it.

Which documents tell one story is asked of all of them together, before any mention is looked at. With it the score of held-out
topics of ECB+'s training part (mean of three assignments to folds) is .797; with all that is known of two documents beside each
pair of mentions, as before, it was .786, and with the gold's word for which documents tell one story it is no more than .796. On
those of the Gun Violence Corpus it gives .002.

Each pair is looked at twice: the second regression also knows what the first one said of all other pairs (`_second_look.py`).
On held-out topics of ECB+'s training part this gave .785 for .774, and particles, years and words for telling .774 for .772; on
those of the Gun Violence Corpus nothing. The vectors of the network's upper layers gave nothing either.

Two clusters are joined while they are sooner one event than two, by the mean of two likenesses: that of all their pairs on the
average, and that of their best pair. The average alone leaves a rare word outside of a chain that holds its only synonym.

Tried, and left out, since it moved the score of held-out topics of the training parts by no more than .003, or the development
parts not at all: vectors of the words in their sentences, with or without names, and of the words around them; products of
features, and of two vectors' directions; words for people, ages and articles beside the words; plurals; where in the document
they stand; words and names by the side on which they stand; what the clusters that the first look joined hold, and how many of
the documents alike; words weighed by how few documents of their story hold them; what the first look said, on the average, of all
mentions with the same two words in a story; another start for each case, and other shares of the best pair. Knowledge of words
from without gave .005 at most: WordNet's synsets, broader words, derivations and glosses together with the vectors of a model
made for likeness of meaning (all-MiniLM-L6-v2), for words alone and in their sentences. Boosted trees did no better at either
look, and a net of one hidden layer over the vectors was worse by .04 on ECB+.
"""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import combinations, groupby, takewhile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from _clusters import components
from _event_words import KINDS, TELLING, head, particles
from _second_look import LOOKS, looks
from _stories import FEATURES as OF_STORIES
from _stories import NUMBER, WORD, Array, Documents, Vector, documents_of, names_of, vector, words_of
from _vectors import WIDTH, vectors
from numpy.typing import NDArray

from crossbearing.model.text import Span
from crossbearing.words.sentences import split

WEIGHTS = Path(__file__).with_name("coreference_weights.json")
WORDS = Path(__file__).with_name("coreference_words.csv")
KINDS_OF_WORDS = Path(__file__).with_name("coreference_kinds.csv")
UNMET = -3.0
"""The score of two mentions that are not compared, and the least that any two have: below it more says nothing more."""
KIND_NAMES = (*sorted(set(KINDS.values())), "other")
WITH_KINDS = ("gvc",)
"""The corpora whose chains tell each of one of these kinds of events."""
BEST = 0.5
"""The share of the best pair in the likeness of two clusters; the rest is their pairs' average."""
NEAR = 8
"""Words to each side that stand near a mention."""
PRIOR_OF_WORD, PRIOR_OF_PAIR = 20, 8
"""So many pairs as at large stand behind a word's share, and so many as with other words behind a pair of words'."""
BESIDE = 100
"""Characters to each side in which numbers are looked for."""


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
    """A mention as it is compared: its place, its lemma, and the words, names and numbers around it."""

    document: str
    sentence: int
    lemma: str
    around: Vector
    near: Vector
    names: Vector
    numbers: frozenset[str]
    beside: tuple[str, str]
    """The words right before and after it."""
    particles: frozenset[str]
    lemmas: Counter[str]
    """Of all mentions of its document."""
    spread: float
    """The share of the documents that hold a mention with its lemma."""
    vectors: NDArray[np.float32]
    """Of its words, by layer."""
    kinds: Array = field(default_factory=lambda: np.zeros(len(KIND_NAMES)))
    """How likely it tells of each of `KIND_NAMES`; all 0 where the corpus does not tell them apart."""


# ---------------------------------------------------------------- mentions with what stands around them


def cosine(a: Vector, b: Vector) -> float:
    few, many = (a, b) if len(a) < len(b) else (b, a)
    return sum(v * many[word] for word, v in few.items() if word in many)


def seen(mentions: Sequence[Mention], texts: Mapping[str, str], known: Documents) -> list[Seen]:
    """The mentions with what stands around them; those of one document stand together."""
    found = []
    lemmas: dict[str, Counter[str]] = {}
    for m in mentions:
        lemmas.setdefault(m.document, Counter())[head(m.words)] += 1
    spread = Counter(word for held in lemmas.values() for word in held)
    alone = iter(vectors([m.words for m in mentions]))
    for document, held in groupby(mentions, key=lambda m: m.document):
        text = texts[document]
        spans = list(split(text, Span(0, len(text))))
        for m in held:
            n = next((n for n, span in enumerate(spans) if span.start <= m.span.start < span.end), 0)
            start, end = (spans[n].start, max(spans[n].end, m.span.end)) if spans else (0, len(text))
            left, right = text[start : m.span.start], text[m.span.end : end]
            before, after = WORD.findall(left)[-NEAR:], WORD.findall(right)[:NEAR]
            sides = (f"{left} {right}", " ".join(before + after), " ".join(names_of(f"{left} {right}", text)))
            around, near, names = (vector(words_of(side), known.weight) for side in sides)
            numbers = frozenset(NUMBER.findall(f"{left[-BESIDE:]} {right[:BESIDE]}"))
            beside = (before[-1].lower() if before else "", after[0].lower() if after else "")
            word, way = head(m.words), particles(m.words, beside[1])
            share = spread[word] / len(lemmas)
            here = lemmas[document]
            found.append(Seen(document, n, word, around, near, names, numbers, beside, way, here, share, next(alone)))
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


# ---------------------------------------------------------------- which kind of event a word tells of


def kinds_by(table: Array, found: Sequence[Seen]) -> Array:
    """By mention how likely it tells of each kind: a regression on its vector in the middle layer, the starts first."""
    odds = np.stack([one.vectors[1] for one in found]) @ table[:, 1:].T + table[:, 0]
    shares = np.exp(odds - odds.max(1, keepdims=True))
    return np.asarray(shares / shares.sum(1, keepdims=True))


@lru_cache(maxsize=1)
def kinds_table() -> Array:
    """That of the table that the fit wrote: by kind the start and the weight of each direction."""
    return np.loadtxt(KINDS_OF_WORDS, delimiter=",", usecols=range(1, 2 + WIDTH))


# ---------------------------------------------------------------- pairs


FEATURES = (
    "begun alike", "were one", "often seen", "vectors", "documents", "one story", "around", "near", "names", "other names",
    "same before", "same after", "same numbers", "other numbers", "own words there", "in their documents", "rare",
    "sentences apart", "days apart", "same particles", "other particles", "a particle in one", "both tell", "tell, near",
    "tell, names", "tell, other names", "tell, own words there",
    "kinds", "kinds, log", *(f"both {kind}" for kind in KIND_NAMES),
)  # fmt: skip
CASES = ("another word, two documents", "another word, one document", "one word, two documents", "one word, one document")


def features(a: Seen, b: Seen, known: Documents, were: Pairings) -> tuple[float, ...]:
    """The features of a pair, in the order of `FEATURES`."""
    at = known.place[a.document], known.place[b.document]
    odds, often = were.of(a.lemma, b.lemma)
    apart = a.document != b.document
    near, names = math.sqrt(cosine(a.near, b.near)), math.sqrt(cosine(a.names, b.names))
    other_names = bool(a.names) and bool(b.names) and not names
    own_there = float(a.lemma in b.lemmas) + float(b.lemma in a.lemmas)
    tell = float(a.lemma in TELLING and b.lemma in TELLING)
    both = a.kinds * b.kinds
    return (
        begun_alike(a.lemma, b.lemma),
        odds,
        often,
        float(a.vectors[0] @ b.vectors[0]),
        math.sqrt(known.whole[at]),
        known.together[at],
        math.sqrt(cosine(a.around, b.around)),
        near,
        names,
        float(other_names),
        float(a.beside[0] == b.beside[0]),
        float(a.beside[1] == b.beside[1]),
        *same_and_other(a.numbers, b.numbers),
        own_there,
        math.log(min(a.lemmas[a.lemma], b.lemmas[b.lemma])),
        -math.log(max(a.spread, b.spread)),
        0.0 if apart else float(min(abs(a.sentence - b.sentence), 20)),
        known.days_apart(a.document, b.document),
        *same_and_other(a.particles, b.particles),
        float(bool(a.particles) != bool(b.particles)),
        *(tell * what for what in (1.0, near, names, other_names, own_there)),
        both.sum(),
        math.log(both.sum() + 0.01),
        *both,
    )


def same_and_other(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """Whether two share something, and whether each has something and they share nothing."""
    return float(bool(a & b)), float(bool(a) and bool(b) and not a & b)


def begun_alike(a: str, b: str) -> float:
    """The share of the longer word that both begin with."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    return same / max(len(a), len(b), 1)


def case(a: Seen, b: Seen) -> int:
    """Which of `CASES` a pair is."""
    return 2 * (a.lemma == b.lemma) + (a.document == b.document)


def compared(found: Sequence[Seen], known: Documents) -> list[tuple[int, int]]:
    """The pairs of mentions, as indices, that are compared: of one document, or of documents that meet."""
    by_document: dict[str, list[int]] = {}
    for n, one in enumerate(found):
        by_document.setdefault(one.document, []).append(n)
    pairs = [pair for held in by_document.values() for pair in combinations(held, 2)]
    for a, b in combinations(by_document, 2):
        if known.meet(a, b):
            pairs += [(i, j) for i in by_document[a] for j in by_document[b]]
    return pairs


class Weights(NamedTuple):
    """Of one corpus: the start and the weight of each feature of two documents; by case those of two mentions, at the first look
    and at the second, which has `LOOKS` besides; and from which likeness on two clusters are joined."""

    stories: Array
    first: Array
    second: Array
    least: float


@lru_cache(maxsize=4)
def weights(corpus: str) -> Weights:
    """Those that the fit wrote."""
    made = json.loads(WEIGHTS.read_text(encoding="utf-8"))[corpus]

    def table(look: str, names: Sequence[str]) -> Array:
        return np.array([[made[look][c][f] for f in ("start", *names)] for c in CASES])

    stories = np.array([made["stories"][f] for f in ("start", *OF_STORIES)])
    return Weights(stories, table("first look", FEATURES), table("second look", (*FEATURES, *LOOKS)), made["least"])


@dataclass(frozen=True)
class Compared:
    """The pairs that are compared, as indices of mentions, the features and the case of each, and the mentions' documents."""

    pairs: NDArray[np.int64]
    features: Array
    cases: NDArray[np.int64]
    documents: NDArray[np.int64]

    def weighed(self, by_case: Array) -> Array:
        """The log-odds of each pair that it speaks of one event."""
        return np.asarray(by_case[self.cases, 0] + np.einsum("pf,pf->p", self.features, by_case[self.cases, 1:]))

    def again(self, scored: Array) -> Compared:
        """With what the scores of the other pairs say of each."""
        more = looks(self.pairs, scored, self.documents, UNMET)
        return replace(self, features=np.hstack([self.features, more]))


def pairs_of(found: Sequence[Seen], pairs: Sequence[tuple[int, int]], known: Documents, were: Pairings) -> Compared:
    """Pairs by their features."""
    made = [features(found[i], found[j], known, were) for i, j in pairs]
    return Compared(
        np.array(pairs, np.int64).reshape(-1, 2),
        np.array(made).reshape(-1, len(FEATURES)),
        np.array([case(found[i], found[j]) for i, j in pairs], np.int64),
        np.array([known.place[one.document] for one in found], np.int64),
    )


def clusters(number: int, pairs: NDArray[np.int64], scored: Array, least: float) -> list[str]:
    """The cluster of each of so many mentions, joined from a likeness of `least` on."""
    met = np.full((number, number), UNMET)
    met[pairs[:, 0], pairs[:, 1]] = met[pairs[:, 1], pairs[:, 0]] = np.maximum(scored, UNMET)
    # Two clusters are as alike as their best pair at most.
    homes = components(map(str, range(number)), ((str(i), str(j)) for i, j in pairs[met[pairs[:, 0], pairs[:, 1]] >= least]))
    labels = [""] * number
    for home, held in groupby(sorted(range(number), key=lambda n: homes[str(n)]), key=lambda n: homes[str(n)]):
        these = list(held)
        for n, label in zip(these, joined(met[np.ix_(these, these)], least), strict=True):
            labels[n] = f"{home}/{label}"
    return labels


def joined(met: Array, least: float) -> NDArray[np.int64]:
    """The cluster of each of some mentions, of which each two have a score: the most alike two are joined first."""
    mean, best, size = met.copy(), met.copy(), np.ones(len(met))
    own = np.arange(len(met))
    alike = met.copy()
    np.fill_diagonal(alike, -np.inf)
    while True:
        a, b = divmod(int(alike.argmax()), len(met))
        if alike[a, b] < least:
            return own
        own[own == b] = a
        mean[a] = mean[:, a] = (size[a] * mean[a] + size[b] * mean[b]) / (size[a] + size[b])
        best[a] = best[:, a] = np.maximum(best[a], best[b])
        size[a] += size[b]
        alike[b] = alike[:, b] = -np.inf
        alike[a] = alike[:, a] = np.where(np.isneginf(alike[a]), -np.inf, BEST * best[a] + (1 - BEST) * mean[a])


def gathered(mentions: Sequence[Mention], texts: Mapping[str, str], days: Mapping[str, date], corpus: str) -> dict[str, str]:
    """The cluster of each mention, by its id. Mentions of one document stand together; texts and days are by document."""
    stories, first, second, least = weights(corpus)
    known = documents_of(texts, days).told(stories)
    found = seen(mentions, texts, known)
    if corpus in WITH_KINDS:
        found = [replace(one, kinds=kinds) for one, kinds in zip(found, kinds_by(kinds_table(), found), strict=True)]
    pairs = pairs_of(found, compared(found, known), known, pairings())
    scored = pairs.again(pairs.weighed(first)).weighed(second)
    return dict(zip((m.id for m in mentions), clusters(len(found), pairs.pairs, scored, least), strict=True))
