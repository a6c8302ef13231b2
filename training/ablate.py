"""What each corpus, each head and more text are worth: `python -m training.ablate --labelled DIR --corpora DIR --out DIR`.

Short trainings from the encoder's own weights, alike but for one thing (`training/ablations.yml`), measured on dev parts by the
network alone, word by word. They say what a thing is worth, not how good the network is: that learns many times as
long. A run that lies in `--out` is not done again; the table is printed at the end.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
import yaml
from torch import Tensor

from crossbearing.read.network.labels import COLUMNS
from training import corpora
from training.features import Features, features
from training.generate import generate
from training.labelled import Labelled
from training.model import restored
from training.train import Batch, by_word, tokenizer, train

MEASURES = ("cues", "parts of voices", "triggers", "kinds", "roles", "mentions", "realis")


class Count:
    """Words that are marked, that are found, and those that are both."""

    def __init__(self) -> None:
        self.wanted = self.found = self.right = 0

    def add(self, said: Tensor, target: Tensor, typed: bool = True) -> None:
        """`said`: labels of words, 0 for none; `target`: bits of their right labels, 0 where nothing is marked."""
        known = target > 0
        wanted, found = known & (target & 1 == 0), known & (said > 0)
        self.wanted += int(wanted.sum())
        self.found += int(found.sum())
        right = (target >> said & 1 == 1) if typed else torch.ones_like(known)
        self.right += int((wanted & found & right).sum())

    @property
    def f(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.found)


def dev(root: Path) -> list[list[Features]]:
    """Dev windows, side by side in batches of texts of one set."""
    split = tokenizer()
    sets: list[Iterable[Labelled]] = [corpora.polnear(root, "dev"), corpora.wikievents(root, "dev"), generate(8, 300)]
    batches = []
    for texts in sets:
        found = sorted((f for text in texts for f in features(text, split)), key=lambda f: len(f.window.ids))
        batches += [found[k : k + 16] for k in range(0, len(found), 16)]
    return batches


@torch.no_grad()
def measured(weights: Path, batches: list[list[Features]]) -> dict[str, float]:
    """F1 over words by the network alone, parts and roles as seen from the marked cues and triggers."""
    model, _ = restored(weights)
    counts = {name: Count() for name in MEASURES}
    hits = seen = 0
    for found in batches:
        batch = Batch(found)
        flat, wide = by_word(model, batch)
        best = {name: flat[..., slice(*COLUMNS[name])].argmax(-1) for name in ("anchor", "kind", "mention", "realis")}
        counts["cues"].add(best["anchor"], batch.flat["anchor"])
        counts["triggers"].add(best["kind"], batch.flat["kind"], typed=False)
        counts["kinds"].add(best["kind"], batch.flat["kind"])
        counts["mentions"].add(best["mention"], batch.flat["mention"])
        places = torch.arange(batch.firsts.shape[1])
        for head, name in (("voice", "parts of voices"), ("role", "roles")):
            n, anchors, target = batch.arcs[head]
            if len(n):
                counts[name].add(model.arcs(head, flat, wide, n, anchors, places).argmax(-1), target)
        for n, word, target in batch.realis:
            hits, seen = hits + (target >> int(best["realis"][n, word]) & 1), seen + 1
    return {**{name: count.f for name, count in counts.items()}, "realis": hits / max(1, seen)}


def variant(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The base with one thing changed: corpora `without`, heads `mute`, all texts `times` as often, or other settings."""
    shares = {name: share for name, share in base["corpora"].items() if name not in change.get("without", ())}
    shares = {name: share * change.get("times", 1) for name, share in shares.items()}
    weights = {name: 0.0 if name in change.get("mute", ()) else weight for name, weight in base["weights"].items()}
    return {**base, **change.get("settings", {}), "corpora": shares, "weights": weights}


def table(results: dict[str, dict[str, float]]) -> str:
    lines = ["| | " + " | ".join(MEASURES) + " |", "|---" * (len(MEASURES) + 1) + "|"]
    for name, found in results.items():
        lines.append(f"| {name} | " + " | ".join(f"{found[m]:.3f}" for m in MEASURES) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("ablations.yml"))
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    config = yaml.safe_load(args.config.read_text(encoding="utf-8"))
    batches = dev(args.corpora)
    results = {}
    for name, change in config["variants"].items():
        out = args.out / re.sub(r"\W+", "-", name)
        if not (out / "weights.pt").is_file():
            print(name, flush=True)
            train(variant(config["base"], change or {}), args.labelled, out, say=lambda said: print(said, flush=True))
        figures = out / "dev.json"
        if not figures.is_file():
            figures.write_text(json.dumps(measured(out / "weights.pt", batches)) + "\n", encoding="utf-8")
        results[name] = json.loads(figures.read_text(encoding="utf-8"))
        print(name, results[name], flush=True)
    print(table(results))


if __name__ == "__main__":
    main()
