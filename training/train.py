"""Train the reader: `python -m training.train --config training/config.yml --labelled DIR --out DIR`.

Reproducible (seeds, the digests of the data and the configuration are kept beside the weights) and resumable: a checkpoint every
few minutes, taken up again where one lies in `--out`. Batches hold windows of about one length, so that little is padded.

    python -m training.train --labelled DIR --out DIR --bundle src/crossbearing/resources/reader --stage 8

goes on from the weights that a bundle holds, with the eighth stage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from crossbearing.read.network.labels import ARCS, COLUMNS, FLAT, PARTS
from crossbearing.read.network.windows import NAME, PARTY
from training.export import reopened
from training.features import Features, features
from training.labelled import read
from training.model import Reader, pretrained, restored


def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(pretrained() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def load(folder: Path, config: dict[str, Any]) -> dict[str, list[Features]]:
    split = tokenizer()
    return {
        name: [
            f for text in read(folder / f"{name}.jsonl") for f in features(text, split, config["window"], config["hide_names"])
        ]
        for name in config["corpora"]
    }


def epoch(data: dict[str, list[Features]], config: dict[str, Any], rng: random.Random) -> list[list[Features]]:
    """The batches of one pass: each corpus as often as its share says (0.5: a random half)."""
    drawn: list[Features] = []
    for name, found in data.items():
        share = config["corpora"][name]
        drawn += found * int(share) + rng.sample(found, round(len(found) * (share % 1)))
    rng.shuffle(drawn)
    batches: list[list[Features]] = []
    pool = 2000
    for k in range(0, len(drawn), pool):
        batch: list[Features] = []
        for f in sorted(drawn[k : k + pool], key=lambda f: len(f.window.ids)):
            if batch and len(f.window.ids) * (len(batch) + 1) > config["batch_tokens"]:
                batches.append(batch)
                batch = []
            batch.append(f)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


class Batch:
    """Windows side by side, padded."""

    def __init__(self, found: list[Features], rng: random.Random | None = None) -> None:
        long, wide = max(len(f.window.ids) for f in found), max(len(f.window.words) for f in found)
        self.count = len(found)
        self.ids = torch.zeros(len(found), long, dtype=torch.long)
        self.shapes = torch.zeros(len(found), long, dtype=torch.long)
        self.firsts = torch.zeros(len(found), wide, dtype=torch.long)
        self.flat = {
            name: torch.zeros(len(found), wide, dtype=torch.long) for name in ("mention", "kind", "filler", "anchor", "said")
        }
        self.convention = torch.tensor([f.convention for f in found])
        for n, f in enumerate(found):
            # What a table knows for a party must not read otherwise than a name that no table has.
            unknown = rng is not None and rng.random() < 0.2
            self.ids[n, : len(f.window.ids)] = torch.tensor([NAME if unknown and i == PARTY else i for i in f.window.ids])
            shapes = f.window.shapes
            if rng is not None and rng.random() < 0.1:
                shapes = [0 if s in (2, 3, 4) else s for s in shapes]
            self.shapes[n, : len(shapes)] = torch.tensor(shapes)
            self.firsts[n, : len(f.window.firsts)] = torch.tensor(f.window.firsts)
            for name, target in self.flat.items():
                target[n, : len(f.window.words)] = torch.from_numpy(getattr(f, name))
        self.arcs = {name: self._arcs(found, name, wide) for name in ("voice", "role")}
        self.realis = [(n, w, t) for n, f in enumerate(found) for w, t in f.realis]
        self.links = {name: _pairs([(n, getattr(f, name)) for n, f in enumerate(found)]) for name in ("happening", "actor")}

    @staticmethod
    def _arcs(found: list[Features], name: str, wide: int) -> tuple[Tensor, Tensor, Tensor]:
        held = [(n, anchor, target) for n, f in enumerate(found) for anchor, target in getattr(f, name)]
        targets = np.zeros((len(held), wide), np.int64)
        for k, (_, _, target) in enumerate(held):
            targets[k, : len(target)] = target
        return (
            torch.tensor([h[0] for h in held], dtype=torch.long),
            torch.tensor([h[1] for h in held], dtype=torch.long),
            torch.from_numpy(targets),
        )


def _pairs(found: list[tuple[int, list[tuple[int, int]]]]) -> list[tuple[int, int, int, float]]:
    """Every two words of a window that a chain holds, and whether it is one chain."""
    pairs = []
    for n, held in found:
        held = sorted(set(held))[:40]
        pairs += [(n, a, b, float(x == y)) for k, (a, x) in enumerate(held) for b, y in held[k + 1 :] if a != b]
    return pairs


def allowed(scores: Tensor, target: Tensor) -> Tensor:
    """The loss of each item: minus the log of what its right labels hold together; 0 where nothing is said."""
    bits = (target[..., None] >> torch.arange(scores.shape[-1])) & 1
    log = functional.log_softmax(scores.float(), -1).masked_fill(bits == 0, -1e4)
    return torch.where(target > 0, -torch.logsumexp(log, -1), torch.zeros(()))


def by_word(model: Reader, batch: Batch) -> tuple[Tensor, Tensor]:
    """The flat scores and the vectors of each word, by its first piece."""
    with torch.autocast("cpu", torch.bfloat16):
        flat, wide = model(batch.ids, batch.shapes, batch.convention)
    at = batch.firsts[..., None]
    flat = torch.gather(flat, 1, at.expand(-1, -1, flat.shape[-1])).float()
    return flat, torch.gather(wide, 1, at.expand(-1, -1, wide.shape[-1]))


def losses(model: Reader, batch: Batch, teacher: Reader | None = None, held: Sequence[str] = ()) -> dict[str, Tensor]:
    flat, wide = by_word(model, batch)
    found = {}
    if teacher:
        with torch.no_grad():
            theirs = by_word(teacher, batch)
        found["keep"] = kept((flat, wide), theirs, batch.firsts > 0, held)
    words = batch.firsts.count_nonzero()
    for name in FLAT:
        scores = flat[..., slice(*COLUMNS[name])]
        if name == "realis":
            if batch.realis:
                n, w, t = (torch.tensor(x) for x in zip(*batch.realis, strict=True))
                found[name] = allowed(scores[n, w], t).sum() / batch.count
        else:
            found[name] = allowed(scores, batch.flat[name]).sum() / words
    places = torch.arange(batch.firsts.shape[1])
    for name, (n, anchors, target) in batch.arcs.items():
        if len(n):
            lost = allowed(model.arcs(name, flat, wide, n, anchors, places), target) * (batch.firsts[n] > 0)
            found[name] = lost.sum() / words
    for name, pairs in batch.links.items():
        if pairs:
            n, a, b, same = zip(*pairs, strict=True)
            score = model.links(name, wide, torch.tensor(n), torch.tensor(a), torch.tensor(b))
            found["link-" + name] = functional.binary_cross_entropy_with_logits(score, torch.tensor(same), reduction="mean")
    return found


def kept(ours: tuple[Tensor, Tensor], theirs: tuple[Tensor, Tensor], words: Tensor, heads: Sequence[str]) -> Tensor:
    """How far what a network says has come from what another said, of some heads.

    Each says flat scores and vectors by word; `words`: which of a window's places hold one. It is the divergence of each flat
    head's shares, and the squared distance of the vectors by which words hang together, as a share of their size (Li and Hoiem
    2018, "Learning without forgetting").
    """
    flat, wide, their_flat, their_wide = (said[words].float() for said in (*ours, *theirs))
    lost = torch.zeros(())
    for name in (name for name in heads if name in FLAT):
        mine, other = (functional.log_softmax(said[:, slice(*COLUMNS[name])], -1) for said in (flat, their_flat))
        lost = lost + functional.kl_div(mine, other, reduction="batchmean", log_target=True)
    vectors = [at for name in heads if name in PARTS for at in range(PARTS[name][0], PARTS[name][0] + _vectors(name))]
    shares = [at for name in heads if name in ARCS for at in range(*COLUMNS[name])]
    for at, mine, other in ((vectors, wide, their_wide), (shares, flat, their_flat)):
        if at:
            lost = lost + (mine[:, at] - other[:, at]).square().mean() / other[:, at].square().mean()
    return lost


def _vectors(name: str) -> int:
    """How wide an arc's or a link's two sets of vectors are together."""
    _, count, size = PARTS[name]
    return 2 * count * size


def groups(model: Reader, config: dict[str, Any]) -> list[dict[str, Any]]:
    """The encoder learns slowly, its lower layers slower still; what is new learns fast. The pieces' embeddings may be frozen."""
    found = []
    layers = len(model.encoder.encoder.layer)
    for name, parameter in model.named_parameters():
        if name.startswith("encoder.embeddings.word") and config["freeze_embeddings"]:
            parameter.requires_grad = False
            continue
        depth = int(name.split("layer.")[1].split(".")[0]) + 1 if "encoder.layer." in name else 0
        rate = config["rate"] * config["decay"] ** (layers - depth) if name.startswith("encoder.") else config["head_rate"]
        found.append({"params": [parameter], "lr": rate, "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
    return found


def digest(folder: Path, config: dict[str, Any]) -> str:
    """SHA-256 over the configuration and the labelled texts it names."""
    found = hashlib.sha256(json.dumps(config, sort_keys=True).encode())
    for name in sorted(config["corpora"]):
        found.update((folder / f"{name}.jsonl").read_bytes())
    return found.hexdigest()


def train(config: dict[str, Any], labelled: Path, out: Path, start: Path | None = None, say: Any = print) -> None:
    """One stage: from the encoder's own weights, or from those that an earlier stage left at `start`."""
    torch.manual_seed(config["seed"])
    out.mkdir(parents=True, exist_ok=True)
    before = torch.load(start, weights_only=False) if start else None
    stamp = digest(labelled, config) + (before["digest"] if before else "")
    data = load(labelled, config)
    say({name: (len(found), sum(len(f.window.ids) for f in found)) for name, found in data.items()})
    model = Reader(config["layers"], config.get("dropout", 0.0))
    if before:
        model.load_state_dict(before["model"])
    teacher = restored(start)[0] if start and config["weights"].get("keep") else None
    model.train()
    learned = groups(model, config)
    schedule = [group["lr"] for group in learned]
    optimizer = torch.optim.AdamW(learned, betas=(0.9, 0.98))
    planned = [b for n in range(config["passes"]) for b in epoch(data, config, random.Random(config["seed"] * 1000 + n))]
    at = _resume(out / "checkpoint.pt", stamp, model, optimizer)
    began, last, tokens, mean = time.time(), time.time(), 0, {}
    for step in range(at, len(planned)):
        share = _share(step / len(planned), config["warmup"])
        for group, rate in zip(optimizer.param_groups, schedule, strict=True):
            group["lr"] = rate * share
        batch = Batch(planned[step], random.Random(step))
        torch.manual_seed(config["seed"] * 100_003 + step)
        lost = losses(model, batch, teacher, config["held"] if teacher else ())
        total = sum(config["weights"].get(name, 0.0) * value for name, value in lost.items())
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        tokens += batch.ids.numel()
        for name, value in lost.items():
            mean[name] = 0.98 * mean.get(name, value.item()) + 0.02 * value.item()
        if step % 50 == 0:
            say(
                f"{step}/{len(planned)} {tokens / (time.time() - began):.0f} tokens/s "
                + " ".join(f"{k} {v:.3f}" for k, v in sorted(mean.items()))
            )
        if time.time() - last > 240 or step + 1 == len(planned):
            _save(out / "checkpoint.pt", stamp, model, optimizer, step + 1)
            last = time.time()
    torch.save(
        {"model": {k: v.half() for k, v in model.state_dict().items()}, "config": config, "digest": stamp}, out / "weights.pt"
    )


def _share(done: float, warmup: float) -> float:
    return done / warmup if done < warmup else 0.5 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup))) * 0.98 + 0.02


def _save(path: Path, stamp: str, model: Reader, optimizer: torch.optim.Optimizer, step: int) -> None:
    part = path.with_suffix(".part")
    torch.save({"digest": stamp, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, part)
    part.replace(path)


def _resume(path: Path, stamp: str, model: Reader, optimizer: torch.optim.Optimizer) -> int:
    """The step to go on from: that of a checkpoint of the same data and configuration, else 0."""
    if not path.is_file():
        return 0
    held = torch.load(path, weights_only=False)
    if held["digest"] != stamp:
        return 0
    model.load_state_dict(held["model"])
    optimizer.load_state_dict(held["optimizer"])
    return int(held["step"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.yml"))
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, help="go on from the weights of this bundle, in place of the encoder's own")
    parser.add_argument("--stage", type=int, default=1, help="the first stage, from 1 on")
    args = parser.parse_args()
    if (args.bundle is None) != (args.stage == 1):
        parser.error("--bundle and --stage go together: weights to go on from, and the stage to go on with")
    config = yaml.safe_load(args.config.read_text())
    start = _start(args.bundle, config["layers"], args.out) if args.bundle else None
    for number, stage in enumerate(config.pop("stages")[args.stage - 1 :], args.stage):
        out = args.out / f"stage{number}"
        if not (out / "weights.pt").is_file():
            train({**config, **stage}, args.labelled, out, start, lambda said: print(said, flush=True))
        start = out / "weights.pt"
    if start:
        shutil.copyfile(start, args.out / "weights.pt")


def _start(bundle: Path, layers: int, out: Path) -> Path:
    """A bundle's weights as a stage would have left them."""
    out.mkdir(parents=True, exist_ok=True)
    said = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    torch.save({"model": reopened(bundle), "config": {"layers": layers}, "digest": said["training"]}, out / "start.pt")
    return out / "start.pt"


if __name__ == "__main__":
    main()
