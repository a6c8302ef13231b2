"""Words as vectors: what the reader's network makes of them where they stand alone, at its bottom and in its middle.

The bundle gives scores only. An ONNX file is a protocol buffer, and of two of those that stand one after the other the lists are
joined: a graph with nothing but outputs, put behind the bundle's, makes its inner layers outputs too.

What a word is in its sentence is left out: the network was trained on the training parts of these corpora, and there it knows a
chain by its sentences, as it does not on others. For the same reason only the embeddings say how near two words are; the middle
says which kind of event a word tells of.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossbearing.model.text import Span
from crossbearing.read.network.graph import FILES, load
from crossbearing.read.network.windows import windows
from crossbearing.resources import path as resource

LAYERS = (
    "/LayerNorm/LayerNormalization_output_0",
    "/layer.2/output/LayerNorm/LayerNormalization_output_0",
)
"""The outputs of the embeddings and of the third layer."""
WIDTH = 384
GRAPH, OUTPUT, NAME = 7, 12, 1
"""The numbers of fields in ONNX: a model's graph, a graph's outputs, an output's name."""


def _field(number: int, held: bytes) -> bytes:
    """A field of bytes as a protocol buffer writes it: its number and kind, its length in sevens of bits, itself."""
    size, length = len(held), b""
    while size > 127:
        length, size = length + bytes([size & 127 | 128]), size >> 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + held


@lru_cache(maxsize=1)
def _session() -> Any:
    import onnxruntime

    outputs = b"".join(_field(OUTPUT, _field(NAME, layer.encode())) for layer in LAYERS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    bundle = (resource("reader") / FILES[0]).read_bytes()
    return onnxruntime.InferenceSession(bundle + _field(GRAPH, outputs), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=65536)
def _alone(words: str) -> NDArray[np.float32]:
    """The mean of the pieces of some words, at each of `LAYERS`; nothing where there are no words."""
    cut = list(windows(words, [Span(0, len(words))], load().tokenizer, hide=False))
    if not cut:
        return np.zeros((len(LAYERS), WIDTH), np.float32)
    given = {"ids": np.array([cut[0].ids], np.int64), "shapes": np.array([cut[0].shapes], np.int64)}
    return np.stack([layer[0, 1:-1].mean(0) for layer in _session().run(list(LAYERS), given)])


def vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """By words, layer and direction: of length 1, less what all of these words share."""
    made = np.stack([_alone(one.lower()) for one in words])
    made -= made.mean(0)
    return np.asarray(made / np.maximum(np.linalg.norm(made, axis=2, keepdims=True), 1e-6))
