"""How far the network's shares can be trusted: one temperature for each head, from dev parts.

    python -m training.calibrate --bundle DIR [--corpora DIR]

Of the temperatures tried, the one under which what is marked is likeliest is written into the bundle's `bundle.json`, and the
expected calibration error (Guo et al. 2017; ten bins of the best label's share) is printed before and after. Voices are measured
on polnear dev; triggers and roles on wikievents dev and the reports marked by hand that are kept for it, with realis; mentions,
and all of these too, on generated reports of another seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crossbearing.read.network.decode import Seen
from crossbearing.read.network.graph import Network
from crossbearing.read.network.labels import ARCS, COLUMNS
from training import corpora, written
from training.bundle import asked, keep, tables
from training.features import Features, features
from training.generate import generate
from training.labelled import Labelled

TEMPERATURES = tuple(round(0.5 + 0.05 * n, 2) for n in range(51))
Pairs = list[tuple[NDArray[np.float32], int]]
"""The logits of an item, and the bits of its right labels."""


def dev(root: Path) -> Iterator[Labelled]:
    """What is kept for measuring, in the form of the train parts."""
    yield from corpora.polnear(root, "dev")
    yield from corpora.wikievents(root, "dev")
    yield from (one for one in written.reports() if written.held_out(one.id))
    yield from generate(8, 400)


HEADS = {
    "polnear": ("anchor", "said", "voice"),
    "wikievents": ("kind", "role"),
    "written": ("kind", "realis", "role"),
    "generated": ("mention", "realis", "kind", "role"),
}


def items(network: Network, texts: Iterable[Labelled]) -> dict[str, Pairs]:
    """Logits and right labels by head; for arcs, of the words whose label is marked."""
    found: dict[str, Pairs] = defaultdict(list)
    for text in texts:
        made = list(features(text, network.tokenizer))
        for one, (flat, wide) in zip(made, network.scores([f.window for f in made]), strict=True):
            seen = Seen(one.window.words, flat, wide, {**network.tables, "calibration": {}})
            for head in HEADS[text.corpus]:
                found[head] += _of_head(one, head, seen)
    return found


def _of_head(one: Features, head: str, seen: Seen) -> Pairs:
    if head in ARCS:
        rows = [(np.log(seen.arc(head, anchor)), target) for anchor, target in getattr(one, head)]
        return [(scores[w], int(t)) for scores, target in rows for w, t in enumerate(target) if t > 0]
    a, b = COLUMNS[head]
    if head == "realis":
        return [(seen.flat[w, a:b], t) for w, t in one.realis]
    return [(seen.flat[w, a:b], int(t)) for w, t in enumerate(getattr(one, head)) if t > 0]


def fitted(pairs: Pairs) -> tuple[float, float, float]:
    """The best temperature, and the calibration error at 1 and at it."""
    logits = np.array([p[0] for p in pairs], np.float64)
    right = np.array([[t >> n & 1 for n in range(logits.shape[1])] for _, t in pairs], bool)
    best = min(TEMPERATURES, key=lambda t: _loss(logits / t, right))
    return best, error(logits, right), error(logits / best, right)


def _shares(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(-1, keepdims=True)
    return shares


def _loss(logits: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    return float(-np.log(np.maximum((_shares(logits) * right).sum(-1), 1e-9)).mean())


def error(logits: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error of the best label's share, over what is not plainly "none": most words are nothing, surely."""
    shares = _shares(logits)
    best = shares.argmax(-1)
    hit, share = right[np.arange(len(best)), best], shares.max(-1)
    told = (best > 0) | ~right[:, 0] | (share < 0.9)
    hit, share = hit[told], share[told]
    bins = np.minimum((share * 10).astype(int), 9)
    return float(
        sum(abs(hit[bins == n].mean() - share[bins == n].mean()) * (bins == n).mean() for n in range(10) if (bins == n).any())
    )


def main() -> None:
    bundle, root = asked(__doc__)
    held = tables(bundle)
    print(f"{'head':10}{'items':>9}{'temperature':>13}{'ECE before':>12}{'after':>8}")
    for head, pairs in sorted(items(Network(bundle), dev(root)).items()):
        temperature, before, after = fitted(pairs)
        held["calibration"][head] = temperature
        print(f"{head:10}{len(pairs):9}{temperature:13.2f}{before:12.3f}{after:8.3f}")
    keep(bundle, held)


if __name__ == "__main__":
    main()
