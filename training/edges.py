"""What is learned of the edges of an attribution's parts: `python -m training.edges --bundle DIR [--corpora DIR]`.

On PolNeAR's train part, from what the bundle's network says of it: what each step from a word to the next gives (a linear chain,
its likelihood raised by Adam), and then how much of an attribution is right by its anchor's share and its row's. Both are written
into the bundle's `bundle.json` as `edges`, with the digest of the texts they were learned from. A few minutes on one core.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from crossbearing.read.network.decode import FAINT, Seen
from crossbearing.read.network.edges import CUE, FORMS, LABELS, SWITCH, UNWEIGHED, Edges, Sheet, logit, parted, spelled, told
from crossbearing.read.network.graph import Network
from crossbearing.read.quotes import Quotation, quotations
from training import corpora
from training.bundle import asked, keep, tables
from training.features import Features, features

WORDS = 200
"""The commonest words and signs that have a row of their own. Half as many lose half a point of exact contents."""
LEAST = 0.05
"""Rows are learned from as seen from anchors that the network gives so much at least."""
PASSES, BATCH, RATE, DECAY = 5, 128, 0.02, 3e-4
HELD = 10
"""Every so manieth text is kept back, and what is printed is of those."""


@dataclass(slots=True)
class Row:
    """An attribution as seen from its anchor: the words' numbers, whether quoted, on which side; the shares' logs; labels."""

    at: NDArray[np.int64]
    inside: NDArray[np.int64]
    side: NDArray[np.int64]
    says: NDArray[np.float32]
    own: NDArray[np.float32]
    """The logs of the shares that each word has by itself."""
    wanted: NDArray[np.int64]


@dataclass(slots=True)
class Read:
    """One window: what the network says, and what is marked."""

    text: str
    words: list[tuple[int, int]]
    quoted: list[Quotation]
    marked: list[tuple[int, NDArray[np.int64]]]
    """By anchor, the label of each word."""
    shares: NDArray[np.float32]
    """Of each word, as an anchor."""
    own: NDArray[np.float32]
    """(words, labels) shares of what each word is in any attribution."""
    arcs: dict[int, NDArray[np.float32]]
    """(words, labels) shares, by anchor."""


def read(network: Network, root: Path) -> Iterator[list[Read]]:
    """PolNeAR's train part, text by text, each with its title, as reports are read."""
    for text in corpora.polnear(root):
        made = list(features(text, network.tokenizer))
        quoted = quotations(text.text)
        yield [
            _read(text.text, quoted, f, Seen(f.window.words, *scored, network.tables, text.text))
            for f, scored in zip(made, network.scores([f.window for f in made]), strict=True)
        ]


def _read(text: str, quoted: list[Quotation], marked: Features, seen: Seen) -> Read:
    shares = seen.shares("anchor")[:, 1]
    anchors = np.flatnonzero(shares >= LEAST).tolist()
    labels = [(anchor, np.log2(target).astype(np.int64)) for anchor, target in marked.voice]
    arcs = dict(zip(anchors, seen.arcs("voice", anchors), strict=True))
    return Read(text, marked.window.words, quoted, labels, shares, seen.shares("said"), arcs)


def common(texts: list[list[Read]]) -> list[str]:
    """The commonest signs and words in lower case: a name has no row."""
    count = Counter(
        word
        for windows in texts
        for one in windows
        for word, (a, b) in zip(spelled(one.text, one.words, one.quoted)[0], one.words, strict=True)
        if not one.text[a].isalnum() or one.text[a:b].islower()
    )
    return [word for word, _ in count.most_common(WORDS)]


def rows(one: Read, edges: Edges) -> Iterator[Row]:
    sheet = Sheet(edges, one.text, one.words, one.quoted, one.own)
    for anchor, labels in one.marked:
        if (arc := one.arcs.get(anchor)) is not None:
            lo, hi = told(arc, anchor)
            side = np.sign(np.arange(lo, hi) - anchor) + 1
            says = np.log(np.maximum(arc[lo:hi], 1e-9))
            yield Row(sheet.at[lo:hi], sheet.inside[lo:hi], side, says, sheet.own[lo:hi], labels[lo:hi])


class Chain(nn.Module):
    """The tables of `read/network/edges.py`, as they are learned."""

    def __init__(self, size: int) -> None:
        super().__init__()
        pairs = LABELS * LABELS
        switch = torch.full((LABELS, LABELS), -SWITCH).fill_diagonal_(0.0).reshape(1, pairs)
        self.left, self.right = nn.Parameter(torch.zeros(size, pairs)), nn.Parameter(torch.zeros(size, pairs))
        self.quoted, self.sides = nn.Parameter(switch.repeat(2, 1)), nn.Parameter(torch.zeros(3, pairs))
        self.weights, self.labels = nn.Parameter(torch.eye(LABELS)), nn.Parameter(torch.zeros(3, LABELS))
        self.own = nn.Parameter(torch.zeros(LABELS, LABELS))

    def forward(self, batch: list[Row]) -> Tensor:
        """Minus the log of the marked rows' share among all rows, a row of the batch."""
        at, inside, side, wanted = (_padded([getattr(row, name) for row in batch]) for name in ("at", "inside", "side", "wanted"))
        held = _padded([np.ones(len(row.at), np.int64) for row in batch]).bool()
        says, own = (_padded([getattr(row, name) for row in batch]) for name in ("says", "own"))
        says = says @ self.weights + own @ self.own + self.labels[side]
        moves = self.left[at[:, :-1]] + (self.right[at] + self.quoted[inside] + self.sides[side])[:, 1:]
        moves = moves.reshape(*moves.shape[:2], LABELS, LABELS)
        all_, ours, each = says[:, 0], says[:, 0].gather(1, wanted[:, :1])[:, 0], torch.arange(len(batch))
        for k in range(1, says.shape[1]):
            word = says[:, k].gather(1, wanted[:, k : k + 1])[:, 0]
            step = word + moves[each, k - 1, wanted[:, k - 1], wanted[:, k]]
            ours = ours + torch.where(held[:, k], step, torch.zeros(()))
            then = torch.logsumexp(all_[:, :, None] + moves[:, k - 1], 1) + says[:, k]
            all_ = torch.where(held[:, k, None], then, all_)
        return torch.logsumexp(all_, 1) - ours

    def table(self) -> dict[str, Any]:
        return {name: [[round(v, 2) for v in row] for row in value.tolist()] for name, value in self.named_parameters()}


def _padded(found: list[NDArray[Any]]) -> Tensor:
    return nn.utils.rnn.pad_sequence([torch.from_numpy(np.ascontiguousarray(one)) for one in found], batch_first=True)


def learn(found: list[Row], held: list[Row], size: int) -> Chain:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rng = random.Random(0)
    chain = Chain(size)
    optimizer = torch.optim.Adam(chain.parameters(), lr=RATE)
    for done in range(PASSES):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - done / PASSES) + RATE / 20
        rng.shuffle(found)
        pools = [sorted(found[k : k + 32 * BATCH], key=lambda row: len(row.at)) for k in range(0, len(found), 32 * BATCH)]
        batches = [pool[k : k + BATCH] for pool in pools for k in range(0, len(pool), BATCH)]
        rng.shuffle(batches)
        for batch in batches:
            learned = (chain.left, chain.right, chain.sides, chain.labels, chain.own)
            loss = chain(batch).mean() + DECAY * sum((p**2).sum() for p in learned)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            lost = torch.cat([chain(held[k : k + BATCH]) for k in range(0, len(held), BATCH)]).mean()
        print(f"pass {done + 1}: {lost:.3f} of the texts kept back", flush=True)
    return chain


def right(texts: list[list[Read]], edges: Edges) -> tuple[Tensor, Tensor]:
    """For each word that may be an anchor what `Edges.heard` asks for; and how much of what it gives is somebody's."""
    given: list[tuple[float, ...]] = []
    share_right: list[float] = []
    for one in (one for windows in texts for one in windows):
        sheet = Sheet(edges, one.text, one.words, one.quoted, one.own)
        wanted = [_parts(labels.tolist()) for _, labels in one.marked]
        anchors = np.flatnonzero(one.shares >= FAINT).tolist()
        for anchor, (labels, sure) in zip(anchors, parted([sheet.asked(one.arcs[n], n) for n in anchors]), strict=True):
            parts = _parts(labels)
            told_ = sum(map(bool, parts))
            best = max((sum(bool(a) and a == b for a, b in zip(parts, other, strict=True)) for other in wanted), default=0)
            given.append((logit(float(one.shares[anchor])), logit(float(one.own[anchor, CUE])), sure, sheet.borne(labels)))
            share_right.append(best / told_ if told_ else 0.0)
    return torch.tensor(given), torch.tensor(share_right)


def _parts(labels: list[int]) -> list[set[int]]:
    return [{n for n, label in enumerate(labels) if label == part} for part in range(1, LABELS)]


def weighed(given: Tensor, wanted: Tensor) -> list[float]:
    """The weights of what `Edges.heard` asks for, and the bias (logistic, by LBFGS)."""
    weights = torch.zeros(given.shape[1] + 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=100)

    def loss() -> Tensor:
        optimizer.zero_grad()
        lost = functional.binary_cross_entropy_with_logits(given @ weights[:-1] + weights[-1], wanted)
        lost.backward()
        return lost

    optimizer.step(loss)
    return [round(v, 3) for v in weights.tolist()]


def main() -> None:
    bundle, root = asked(__doc__)
    held = tables(bundle)
    texts = list(read(Network(bundle), root))
    words = common(texts)
    numbers = Edges({**Chain(len(words) + len(FORMS)).table(), "words": words, "heard": UNWEIGHED})
    found = [[row for one in windows for row in rows(one, numbers)] for windows in texts]
    chain = learn(
        [row for n, some in enumerate(found) if n % HELD for row in some],
        [row for n, some in enumerate(found) if not n % HELD for row in some],
        len(words) + len(FORMS),
    )
    table = {"words": words, **chain.table()}
    given, wanted = right(texts, Edges({**table, "heard": UNWEIGHED}))
    table["heard"] = weighed(given, wanted)
    print("how much is right, by its anchor's logits, how sure, how far borne, bias:", table["heard"])
    table["learned_from"] = hashlib.sha256((root / "polnear" / "train.jsonl.gz").read_bytes()).hexdigest()
    keep(bundle, {**held, "edges": table})


if __name__ == "__main__":
    main()
