"""Fit the weights by which `coreference.py` says which mentions of events are one: the two files beside this one.

    python evals/fit_coreference.py [--corpora DIR]

On the training parts of the Gun Violence Corpus and of ECB+, half of the weight to each: `coreference_words.csv` says how often
mentions with two words were one event there, and `coreference_weights.json` what each feature weighs (log-odds). While the
weights are fitted, what is known of two words comes from other topics than theirs, as it will be when they are used. The score of
held-out topics of the training parts is printed. Needs scikit-learn and scipy; takes a minute.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from _clusters import conll
from _corpora import corpora, digest
from _mentions import (
    CASES,
    FEATURES,
    WEIGHTS,
    WORDS,
    Documents,
    Mention,
    Pairings,
    Seen,
    case,
    clusters,
    compared,
    documents_of,
    features,
    seen,
)
from _readers import records
from coreference import CORPORA, part
from numpy.typing import NDArray

FOLDS = 3
FEWEST = 5
"""Two words that met in fewer pairs are left out of the table."""
PENALTY = 0.3
"""scikit-learn's C, on features scaled to a spread of 1. Scores change little from 0.1 to 1."""
Array = NDArray[np.float64]


class Part(NamedTuple):
    """A corpus's training part: its mentions, the pairs compared, which are one event, and the fold of each pair."""

    mentions: list[Mention]
    seen: list[Seen]
    known: Documents
    pairs: list[tuple[int, int]]
    one: NDArray[np.bool_]
    fold: NDArray[np.int64]


def read(folder: Path) -> Part:
    """A corpus's training part."""
    found, texts, days = part(list(records(folder, "train")), folder.name)
    known = documents_of(texts, days)
    seen_ = seen(found, texts, known)
    pairs = compared(seen_, known)
    # A topic of ECB+ is two subtopics that can be confused; they stay in one fold.
    folds = [int(hashlib.sha256((m.topic or m.subtopic).encode()).hexdigest()[:8], 16) % FOLDS for m in found]
    one = np.array([found[i].chain == found[j].chain for i, j in pairs])
    # A pair across two folds counts as its first mention's: it is no one event.
    return Part(found, seen_, known, pairs, one, np.array([folds[i] for i, _ in pairs]))


def tally(parts: Sequence[Part], without: int | None = None) -> dict[tuple[str, str], tuple[int, int]]:
    """How often mentions with two words were one event, outside of a fold."""
    together: Counter[tuple[str, str]] = Counter()
    number: Counter[tuple[str, str]] = Counter()
    for part_ in parts:
        for (i, j), one, fold in zip(part_.pairs, part_.one, part_.fold, strict=True):
            if fold != without:
                a, b = sorted((part_.seen[i].lemma, part_.seen[j].lemma))
                number[a, b] += 1
                together[a, b] += bool(one)
    return {pair: (together[pair], n) for pair, n in sorted(number.items()) if n >= FEWEST and "," not in "".join(pair)}


def matrix(part_: Part, were: Sequence[Pairings]) -> Array:
    """The features of each pair, with what is known of two words by the pair's fold."""
    rows = [
        features(part_.seen[i], part_.seen[j], part_.known, were[fold])
        for (i, j), fold in zip(part_.pairs, part_.fold, strict=True)
    ]
    return np.array(rows)


def weight(part_: Part) -> Array:
    """A pair's share: the root of what it is to its mentions, where each shares itself among its true pairs, and its others."""
    shares = np.zeros(len(part_.pairs))
    ends = np.array(part_.pairs)
    for one in (True, False):
        these = np.flatnonzero(part_.one == one)
        count = np.bincount(ends[these].ravel(), minlength=len(part_.mentions))
        shares[these] = (1 / count[ends[these]]).sum(1)
    roots = np.sqrt(shares)
    return np.asarray(roots / roots.sum())


def fit(made: Array, cases: NDArray[np.int64], one: NDArray[np.bool_], shares: Array) -> Array:
    """For each case the start and the weight of each feature."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

    fitted = np.zeros((len(CASES), 1 + made.shape[1]))
    for n in range(len(CASES)):
        here = cases == n
        spread, mean = made[here].std(0), made[here].mean(0)
        spread[spread < 1e-9] = np.inf  # what never changes weighs nothing
        model = LogisticRegression(C=PENALTY, max_iter=500)
        model.fit((made[here] - mean) / spread, one[here], sample_weight=shares[here] * here.sum() / shares[here].sum())
        slopes = model.coef_[0] / spread
        fitted[n] = (model.intercept_[0] - slopes @ mean, *slopes)
    return fitted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    options = parser.parse_args()
    parts = [read(options.corpora / corpus) for corpus in CORPORA]
    were = [Pairings(tally(parts, without=fold)) for fold in range(FOLDS)]
    made = [matrix(p, were) for p in parts]
    cases = [np.array([case(p.seen[i], p.seen[j]) for i, j in p.pairs]) for p in parts]
    shares = [weight(p) for p in parts]

    def fitted(kept: Sequence[NDArray[np.bool_]]) -> Array:
        one = [p.one for p in parts]
        kept_of = ([a[k] for a, k in zip(some, kept, strict=True)] for some in (made, cases, one, shares))
        return fit(*map(np.concatenate, kept_of))

    held_out = [np.zeros(len(p.pairs)) for p in parts]
    for fold in range(FOLDS):
        weights = fitted([p.fold != fold for p in parts])
        for p, m, c, out in zip(parts, made, cases, held_out, strict=True):
            here = p.fold == fold
            out[here] = weights[c[here], 0] + np.einsum("pf,pf->p", m[here], weights[c[here], 1:])
    for corpus, p, out in zip(CORPORA, parts, held_out, strict=True):
        gold = {m.id: m.chain for m in p.mentions}
        for least in (-1, -0.5, 0, 0.5, 1):
            f1 = conll(gold, dict(zip(gold, clusters(len(gold), p.pairs, out, least), strict=True)))
            print(f"{corpus}, held out, joined from an average of {least}: CoNLL F1 {f1:.4f}")
    digests = {corpus: digest(options.corpora / corpus / "train.jsonl.gz") for corpus in CORPORA}
    write(fitted([p.fold >= 0 for p in parts]), tally(parts), digests)
    return 0


def write(weights: Array, words: dict[tuple[str, str], tuple[int, int]], digests: dict[str, str]) -> None:
    """The two files."""
    by_case = {
        name: {feature: round(float(w), 4) for feature, w in zip(("start", *FEATURES), row, strict=True)}
        for name, row in zip(CASES, weights, strict=True)
    }
    said = {"about": "written by evals/fit_coreference.py", "train": digests, "weights": by_case}
    WEIGHTS.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    lines = [
        "# about: how often mentions with two lemmas were one event in alike documents; written by evals/fit_coreference.py",
        *(f"# train: {corpus} {sha}" for corpus, sha in digests.items()),
        "word,other,one event,pairs",
        *(f"{a},{b},{together},{number}" for (a, b), (together, number) in words.items()),
    ]
    WORDS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{WORDS.name}: {len(words)} pairs of words; {WEIGHTS.name}")


if __name__ == "__main__":
    sys.exit(main())
