"""Learn the weights by which a word for violence that is meant is told from a figure of speech.

    python evals/fit_literal.py [--corpora DIR]

One logistic regression over the named features of `crossbearing.read.literal`, written as a table that a person can read:
`src/crossbearing/resources/literal.yml`. From words of `polnear`, `wikievents` and `m2e2` (train parts) and of
web pages of all kinds (`web_daniel_en`, `web_dragnet`) that people judged (`evals/gold/literal.jsonl`: v violence, p protest,
x neither), and those of `muc4` train and `fakes`, reports of wars in which nearly all is meant, at a weight of .3. Prints, for
five folds of texts, how many of the others it would leave out at a loss of so many that are meant. Needs scikit-learn; takes
three minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))

import incidents
import muc
from _corpora import ROOT, corpora
from _readers import document, records

from crossbearing.model.mention import Realis
from crossbearing.model.text import Document
from crossbearing.read import literal, rules
from crossbearing.read.both import words_told
from crossbearing.read.network.graph import load

JUDGED = Path(__file__).parent / "gold" / "literal.jsonl"
WAR = 0.3
"""The weight of a word that nobody judged, in a report of a war."""
LOST = 0.03
"""So many of the judged words that are meant may be left out."""
FOLDS = 5
STRENGTH, SMALLEST, FEWEST = 0.5, 0.05, 4


@dataclass(frozen=True, slots=True)
class Row:
    """One word: its text, its features, whether it is meant, and how much it weighs."""

    text: str
    features: tuple[str, ...]
    meant: bool
    weight: float


def judged() -> dict[tuple[str, str, int], str]:
    """What people said of words, by corpus, text and where the word begins."""
    return {(r["corpus"], r["id"], r["start"]): r["label"] for r in map(json.loads, JUDGED.read_text().splitlines())}


def rows(root: Path) -> Iterator[Row]:
    """The words of the training texts."""
    said_of = judged()
    for corpus, made in texts(root):
        reading = rules.read(made)
        near = literal.around(made.text, reading.sentences)
        for happening, word in words_told(made, reading, load().read(made.text, reading.sentences)):
            if happening.generic or happening.realis is Realis.HYPOTHETICAL:
                continue
            said = said_of.get((corpus, made.id, happening.trigger.start))
            if said is not None or corpus in WARS:
                named = tuple(literal.features(made.text, happening, word, near))
                yield Row(made.id, named, said != "x", WAR if said is None else 1.0)


WARS = ("muc4", "fakes")
PAGES = ("web_daniel_en", "web_dragnet")


def texts(root: Path) -> Iterator[tuple[str, Document]]:
    """The training texts with their corpora. What `evals/incidents.py` measures on is left out."""
    kept_back = {(row["corpus"], row["id"]) for row in incidents.gold("dev")}
    for corpus, split in incidents.SPLITS.items():
        for record in records(root / corpus, split):
            if (corpus, record["id"]) not in kept_back:
                yield corpus, incidents.report(corpus, record)
    read = {id for _, id, _ in judged()}
    for corpus in PAGES:
        for record in records(root / corpus, "docs"):
            if record["id"] in read:
                yield corpus, document(record["id"], record["text"])
    for record in list(muc.reports(root / "muc4", "train"))[:350]:
        yield "muc4", muc.document_of(record)
    for record in list(records(root / "fakes", "all"))[:200]:
        yield "fakes", document(record["id"], record["text"])


def fitted(found: list[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    """A regression over some rows."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(row.features, 1) for row in found])
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    return vectorizer, model.fit(matrix, [row.meant for row in found], sample_weight=[row.weight for row in found])


def by_others(found: list[Row]) -> NDArray[np.float64]:
    """The log-odds of each row by the other folds."""
    fold = np.array([crc32(row.text.encode()) % FOLDS for row in found])
    odds = np.zeros(len(found))
    for n in range(FOLDS):
        vectorizer, model = fitted([row for row, at in zip(found, fold, strict=True) if at != n])
        here = np.flatnonzero(fold == n)
        odds[here] = model.decision_function(vectorizer.transform([dict.fromkeys(found[k].features, 1) for k in here]))
    return odds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    found = list(rows(parser.parse_args().corpora))
    odds, judged = by_others(found), np.array([row.weight == 1.0 for row in found])
    meant = np.array([row.meant for row in found])
    for lost in (0.01, 0.02, 0.03, 0.05):
        least = np.quantile(odds[judged & meant], lost)
        out, war = np.mean(odds[judged & ~meant] < least), np.mean(odds[~judged] < least)
        print(f"at a loss of {lost:.0%}: leaves out {out:.0%} of what is not meant, and {war:.1%} in reports of wars")
    least = float(np.quantile(odds[judged & meant], LOST))
    count = Counter(name for row in found for name in row.features)
    vectorizer, model = fitted(found)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {name: round(float(w), 3) for name, w in named if abs(w) >= SMALLEST and count[name] >= FEWEST}
    target = ROOT / "src" / "crossbearing" / "resources" / "literal.yml"
    with target.open("w", encoding="utf-8") as file:
        file.write("# Log-odds that a word for violence is meant, by the named features of read/literal.py.\n")
        file.write("# Made by evals/fit_literal.py; do not edit by hand.\n")
        file.write(f"start: {model.intercept_[0]:.3f}\nleast: {least:.3f}\nweights:\n")
        for name in sorted(weights):
            file.write(f"  {json.dumps(name)}: {weights[name]}\n")
    print(f"{len(found)} words, {judged.sum()} of them judged, {len(weights)} weights, to {target}")


if __name__ == "__main__":
    main()
