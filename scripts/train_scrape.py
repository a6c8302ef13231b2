"""Learn the weights by which the scrape cleaner tells an article's lines from a page's furniture.

    python scripts/train_scrape.py [--corpora DIR]

One logistic regression over the named features of `crossbearing.clean.shape`, written as a table that a person can read:
`src/crossbearing/resources/scrape_weights.yml`. Trained on web_daniel_en, web_cleaneval and web_dragnet, whose terms allow
shipped weights; never on web_l3s_gn1 or web_fundus_tests, which are for measuring. Needs scikit-learn; takes two minutes.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from crossbearing.clean.shape import cut, features

ROOT = Path(__file__).resolve().parents[1]
SETS = {"web_daniel_en": 1.0, "web_dragnet": 1.0, "web_cleaneval": 0.3}
"""Corpus and weight: CleanEval's pages of 2006 are mostly no news."""
RARE = 0.3
"""Share of the lines far from any article that are looked at, with their weight made up for."""


def pages(corpora: Path) -> list[dict[str, Any]]:
    """Every page of the training sets in both flattenings that keep lines, and each gold body as a page that is all article."""
    found = []
    for name, weight in SETS.items():
        for mode in ("block", "nodes"):
            with lzma.open(corpora / name / f"scrape_{mode}.jsonl.xz", "rt", encoding="utf-8") as file:
                for line in file:
                    page = json.loads(line)
                    if page["gold_found"] >= 0.9:
                        found.append({"text": page["text"], "lines": page["lines"], "weight": weight, "id": page["id"]})
                        if mode == "block":
                            found.append(bare(page, weight))
    return found


def bare(page: dict[str, Any], weight: float) -> dict[str, Any]:
    """The page with its furniture gone: the cleaner must leave a clean text alone."""
    kept = [page["text"][line["start"] : line["end"]] for line in page["lines"] if line["keep"] and not line.get("title")]
    lines, at = [], 0
    for text in kept:
        lines.append({"start": at, "end": at + len(text), "keep": True})
        at += len(text) + 1
    return {"text": "\n".join(kept), "lines": lines, "weight": weight / 2, "id": page["id"]}


def rows(page: dict[str, Any], chance: random.Random) -> tuple[list[dict[str, float]], list[int], list[float]]:
    """Features, label and weight of a page's lines. A page weighs the same however long it is."""
    lines = cut(page["text"])
    labels: list[int | None] = []
    gold = iter(page["lines"])
    now = next(gold, None)
    for line in lines:
        while now is not None and now["end"] <= line.start:
            now = next(gold, None)
        labels.append(None if now is None or now.get("title") else int(now["keep"]))
    heavy = [3.0 + min(line.words, 60) for line in lines]
    total = sum(heavy) or 1.0
    near = [any(labels[max(0, i - 6) : i + 7]) for i in range(len(lines))]
    out: tuple[list[dict[str, float]], list[int], list[float]] = ([], [], [])
    for i, f in enumerate(features(lines)):
        if labels[i] is None or (not near[i] and chance.random() > RARE):
            continue
        out[0].append(f)
        out[1].append(labels[i] or 0)
        out[2].append(page["weight"] * heavy[i] / total / (1.0 if near[i] else RARE))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("CROSSBEARING_CORPORA", ROOT.parent / "shared" / "corpora")
    parser.add_argument("--corpora", type=Path, default=Path(default))
    parser.add_argument("--strength", type=float, default=1.0, help="inverse of the regularisation")
    arguments = parser.parse_args()
    chance = random.Random(7)
    train = pages(arguments.corpora)
    vectorizer = DictVectorizer(dtype=np.float32)
    named: list[dict[str, float]] = []
    labels: list[int] = []
    weights: list[float] = []
    for page in train:
        f, y, w = rows(page, chance)
        named += f
        labels += y
        weights += w
    x = vectorizer.fit_transform(named)
    del named
    scale = np.asarray(abs(x).max(axis=0).todense()).ravel()
    scale[scale == 0] = 1
    model = LogisticRegression(C=arguments.strength, max_iter=400, solver="lbfgs", fit_intercept=False)
    model.fit(x.multiply(1 / scale).tocsr(), labels, sample_weight=np.array(weights) * len(labels) / sum(weights))
    table = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0] / scale, strict=True))
    target = ROOT / "src" / "crossbearing" / "resources" / "scrape_weights.yml"
    with target.open("w", encoding="utf-8") as file:
        file.write("# Log-odds that a line belongs to the article, per unit of each named feature of clean/shape.py.\n")
        file.write("# Made by scripts/train_scrape.py from web_daniel_en, web_dragnet and web_cleaneval; do not edit by hand.\n")
        for name in sorted(table):
            file.write(f"{json.dumps(name)}: {table[name]:.4f}\n")
    print(f"{len(labels)} lines of {len(train)} pages, {len(table)} weights, to {target}")


if __name__ == "__main__":
    main()
