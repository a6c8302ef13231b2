"""Fit the weights by which `coreference.py` says which mentions of events are one: the three files beside this one.

    python evals/fit_coreference.py [--corpora DIR]

On the training parts of the Gun Violence Corpus and of ECB+. `coreference_words.csv` says how often mentions with two words were
one event in either, `coreference_kinds.csv` by what vectors a word's kind of event is told, and `coreference_weights.json` what
each feature of two documents and of two mentions weighs (log-odds) for each corpus, and from which likeness its clusters are
joined: the best for held-out topics.

While the weights are fitted, what is known of words and of stories comes from other topics than theirs, as it will be when they
are used. The score of held-out topics of the training parts is printed. The vectors are the reader's: fit anew when its bundle
changes. Needs scikit-learn and scipy; takes a minute or two.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from _clusters import conll
from _corpora import corpora, digest
from _event_words import KINDS
from _mentions import (
    CASES,
    FEATURES,
    KIND_NAMES,
    KINDS_OF_WORDS,
    WEIGHTS,
    WITH_KINDS,
    WORDS,
    Compared,
    Mention,
    Pairings,
    Seen,
    clusters,
    compared,
    kinds_by,
    pairs_of,
    seen,
)
from _readers import records
from _second_look import LOOKS
from _stories import FEATURES as OF_STORIES
from _stories import Array, Documents, documents_of
from coreference import CORPORA, part
from numpy.typing import NDArray

from crossbearing.read.network.graph import load

FOLDS = 3
"""Each is then about as large as a development part, and like one it is read by itself: which documents there are says how rare
a word is, and so how alike two documents are."""
FEWEST = 5
"""Two words that met in fewer pairs are left out of the table."""
PENALTY, PENALTY_OF_KINDS, PENALTY_OF_STORIES = 0.1, 1.0, 1.0
"""scikit-learn's C, on features scaled to a spread of 1, and on vectors of length 1. Scores change little from 0.03 to 3."""
STEP = 0.25
LEAST = tuple(n * STEP for n in range(-4, 8))
"""The likenesses tried, from which clusters are joined."""


class Part(NamedTuple):
    """A fold of a corpus's training part: its mentions, the documents and the story of each, the pairs of mentions that are
    compared, and which of these are one event."""

    mentions: list[Mention]
    seen: list[Seen]
    known: Documents
    stories: NDArray[np.str_]
    pairs: Sequence[tuple[int, int]] = ()
    one: NDArray[np.bool_] = np.zeros(0, bool)

    def told(self, weights: Array) -> Part:
        """With the pairs that are compared when stories are told by these weights."""
        known = self.known.told(weights)
        pairs = compared(self.seen, known)
        one = np.array([self.mentions[i].chain == self.mentions[j].chain for i, j in pairs])
        return self._replace(known=known, pairs=pairs, one=one)


def read(folder: Path) -> tuple[list[Part], Array, Array | None]:
    """A corpus's training part by fold, the weights by which its stories are told, and the table of kinds where the corpus tells
    them apart."""
    rows: list[list[dict[str, Any]]] = [[] for _ in range(FOLDS)]
    for row in records(folder, "train"):
        # A topic of ECB+ is two subtopics that can be confused; they stay in one fold.
        key = str(row.get("topic") or row["incident"])
        rows[int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % FOLDS].append(row)
    untold = [read_fold(some, folder.name) for some in rows]
    parts = [p.told(fit_stories([other for other in untold if other is not p])) for p in untold]
    if folder.name not in WITH_KINDS:
        return parts, fit_stories(parts), None
    told = [kinds(p.mentions, p.seen) for p in parts]
    for n, p in enumerate(parts):
        others = [k for k in range(FOLDS) if k != n]
        table = fit_kinds([one for k in others for one in parts[k].seen], np.concatenate([told[k] for k in others]))
        p.seen[:] = [replace(one, kinds=shares) for one, shares in zip(p.seen, kinds_by(table, p.seen), strict=True)]
    return parts, fit_stories(parts), fit_kinds([one for p in parts for one in p.seen], np.concatenate(told))


def read_fold(rows: Sequence[dict[str, Any]], corpus: str) -> Part:
    """A fold, by itself."""
    found, texts, days = part(rows, corpus)
    known = documents_of(texts, days)
    stories = np.array([str(row.get("subtopic") or row.get("incident") or "") for row in rows])
    return Part(found, seen(found, texts, known), known, stories)


def kinds(mentions: Sequence[Mention], found: Sequence[Seen]) -> NDArray[np.int64]:
    """By mention the index in `KIND_NAMES` of what its chain tells of: what most of its words do, by `KINDS`."""
    votes: dict[str, Counter[str]] = {}
    for mention, one in zip(mentions, found, strict=True):
        votes.setdefault(mention.chain, Counter())[KINDS.get(one.lemma, "other")] += 10 if one.lemma in KINDS else 1
    return np.array([KIND_NAMES.index(votes[m.chain].most_common(1)[0][0]) for m in mentions])


def fit_kinds(found: Sequence[Seen], told: NDArray[np.int64]) -> Array:
    """By kind the start and the weight of each direction of a word's vector."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    model = LogisticRegression(C=PENALTY_OF_KINDS, max_iter=500)
    model.fit(np.stack([one.vectors[1] for one in found]), told)
    table = np.zeros((len(KIND_NAMES), 1 + model.coef_.shape[1]))
    table[:, 0] = -20.0  # a kind that was never met
    table[model.classes_] = np.column_stack([model.intercept_, model.coef_])
    return table


def fit_stories(parts: Sequence[Part]) -> Array:
    """The start and the weight of each feature of two documents."""
    twos = [np.triu_indices(len(p.stories), 1) for p in parts]
    made = np.concatenate([p.known.features[two] for p, two in zip(parts, twos, strict=True)])
    one = np.concatenate([p.stories[a] == p.stories[b] for p, (a, b) in zip(parts, twos, strict=True)])
    return regression(made, one, PENALTY_OF_STORIES)


def tally(parts: Iterable[Part]) -> dict[tuple[str, str], tuple[int, int]]:
    """How often mentions with two words were one event."""
    together: Counter[tuple[str, str]] = Counter()
    number: Counter[tuple[str, str]] = Counter()
    for part_ in parts:
        for (i, j), one in zip(part_.pairs, part_.one, strict=True):
            a, b = sorted((part_.seen[i].lemma, part_.seen[j].lemma))
            number[a, b] += 1
            together[a, b] += bool(one)
    return {pair: (together[pair], n) for pair, n in sorted(number.items()) if n >= FEWEST and "," not in "".join(pair)}


def weight(part_: Part) -> Array:
    """A pair's share: the root of what it is to its mentions, where each shares itself among its true pairs, and its others."""
    shares = np.zeros(len(part_.pairs))
    ends = np.array(part_.pairs)
    for one in (True, False):
        these = np.flatnonzero(part_.one == one)
        count = np.bincount(ends[these].ravel(), minlength=len(part_.mentions))
        shares[these] = (1 / count[ends[these]]).sum(1)
    roots = np.sqrt(shares)
    return np.asarray(roots / roots.sum() * len(part_.mentions))


def fit(those: Sequence[Compared], parts: Sequence[Part]) -> Array:
    """For each case the start and the weight of each feature."""
    made, cases = np.concatenate([of.features for of in those]), np.concatenate([of.cases for of in those])
    one, shares = np.concatenate([p.one for p in parts]), np.concatenate([weight(p) for p in parts])
    fitted = np.zeros((len(CASES), 1 + made.shape[1]))
    for n in range(len(CASES)):
        here = cases == n
        fitted[n] = regression(made[here], one[here], PENALTY, shares[here] * here.sum() / shares[here].sum())
    return fitted


def regression(made: Array, one: NDArray[np.bool_], penalty: float, shares: Array | None = None) -> Array:
    """The start and the weight of each feature."""
    from sklearn.linear_model import LogisticRegression

    spread, mean = made.std(0), made.mean(0)
    spread[spread < 1e-6] = np.inf  # what never changes weighs nothing
    model = LogisticRegression(C=penalty, max_iter=500)
    model.fit((made - mean) / spread, one, sample_weight=shares)
    slopes = model.coef_[0] / spread
    return np.array([model.intercept_[0] - slopes @ mean, *slopes])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    options = parser.parse_args()
    parts, stories, tables = zip(*(read(options.corpora / corpus) for corpus in CORPORA), strict=True)
    were = [Pairings(tally(p for of in parts for k, p in enumerate(of) if k != fold)) for fold in range(FOLDS)]
    digests = {corpus: digest(options.corpora / corpus / "train.jsonl.gz") for corpus in CORPORA}
    said: dict[str, object] = {"about": "written by evals/fit_coreference.py", "train": digests, "bundle": load().digest}
    for corpus, of_corpus, of_stories in zip(CORPORA, parts, stories, strict=True):
        first, second, least = fitted(corpus, of_corpus, were)
        looks = {"first look": (first, FEATURES), "second look": (second, (*FEATURES, *LOOKS))}
        said[corpus] = {"least": least, "stories": named(OF_STORIES, of_stories)} | {
            look: {name: named(names, row) for name, row in zip(CASES, by_case, strict=True)}
            for look, (by_case, names) in looks.items()
        }
    WEIGHTS.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    about = [f"# about: {{}}; written by {Path(__file__).parent.name}/{Path(__file__).name}"]
    about += [f"# train: {corpus} {sha}" for corpus, sha in digests.items()]
    write_words(tally(p for of in parts for p in of), about)
    write_kinds(next(table for table in tables if table is not None), about)
    return 0


def named(names: Sequence[str], row: Array) -> dict[str, float]:
    return {feature: round(float(w), 4) for feature, w in zip(("start", *names), row, strict=True)}


def fitted(corpus: str, parts: Sequence[Part], were: Sequence[Pairings]) -> tuple[Array, Array, float]:
    """A corpus's weights at both looks, and the likeness that joins clusters best in held-out topics; prints what that reaches.

    What the second look learns from are the scores that folds get by weights of the others, as they will be of other topics."""
    made = [pairs_of(p.seen, p.pairs, p.known, known) for p, known in zip(parts, were, strict=True)]

    @lru_cache(maxsize=None)
    def first(kept: tuple[int, ...]) -> Array:
        return fit([made[k] for k in kept], [parts[k] for k in kept])

    def second(kept: tuple[int, ...]) -> Array:
        scored = [made[k].weighed(first(tuple(n for n in kept if n != k))) for k in kept]
        return fit([made[k].again(score) for k, score in zip(kept, scored, strict=True)], [parts[k] for k in kept])

    scored = []
    for fold in range(FOLDS):
        others = tuple(k for k in range(FOLDS) if k != fold)
        scored.append(made[fold].again(made[fold].weighed(first(others))).weighed(second(others)))
    gold = {m.id: m.chain for p in parts for m in p.mentions}
    reached = {}
    for least in LEAST:
        found = [clusters(len(p.mentions), of.pairs, s, least) for p, of, s in zip(parts, made, scored, strict=True)]
        reached[least] = conll(gold, dict(zip(gold, ((n, label) for n, of in enumerate(found) for label in of), strict=True)))
    # The middle of three neighbours that are good together, lest one of them is good by chance.
    least = max(LEAST[1:-1], key=lambda n: reached[n - STEP] + reached[n] + reached[n + STEP])
    print(f"{corpus}, held out, CoNLL F1 by what joins:", ", ".join(f"{n:g} {f1:.4f}" for n, f1 in reached.items()), flush=True)
    every = tuple(range(FOLDS))
    return first(every), second(every), least


def write_words(words: dict[tuple[str, str], tuple[int, int]], about: Sequence[str]) -> None:
    """The table of words."""
    lines = [
        about[0].format("how often mentions with two lemmas were one event in alike documents"),
        *about[1:],
        "word,other,one event,pairs",
        *(f"{a},{b},{together},{number}" for (a, b), (together, number) in words.items()),
    ]
    WORDS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{WORDS.name}: {len(words)} pairs of words")


def write_kinds(table: Array, about: Sequence[str]) -> None:
    """The table of kinds."""
    lines = [
        about[0].format("of each kind of event the start and the weight of each direction of a word's vector"),
        *about[1:],
        *(",".join([kind, *(f"{w:.3g}" for w in row)]) for kind, row in zip(KIND_NAMES, table, strict=True)),
    ]
    KINDS_OF_WORDS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
