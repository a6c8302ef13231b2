"""A trained bundle on ONNX Runtime: text in, scores out, and what `decode` makes of them.

A bundle is a folder: `model.onnx`, `tokenizer.json`, `bundle.json` (tables and calibration) and `card.md`. Nothing is downloaded;
the one that ships lies in the package, and the digest of its files is part of the reader's step, and so of every claim.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from crossbearing.errors import MissingResource
from crossbearing.model.text import Span
from crossbearing.read.network import labels
from crossbearing.read.network.decode import Decoded, Scores, Settings, decode, tables
from crossbearing.read.network.windows import LIMIT, Window, windows
from crossbearing.resources import path as resource

FILES = ("model.onnx", "tokenizer.json", "bundle.json")


class Network:
    """A bundle, loaded. One thread: a run has a process for each core."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise MissingResource(str(folder), f"a reader's bundle needs {', '.join(missing)}: make it with training.export")
        import onnxruntime
        from tokenizers import Tokenizer

        self.tables = tables(json.loads((folder / "bundle.json").read_text(encoding="utf-8")))
        if self.tables["labels"] != labels.digest():
            raise MissingResource(
                str(folder), "the bundle was made for other labels than this version's: take this version's, or train anew"
            )
        if self.tables.get("names") != "hidden":
            raise MissingResource(
                str(folder), "the bundle was trained on names, and this version tells none: take this version's"
            )
        self.digest = digest(folder)
        self.tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self.session: Any = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def read(self, text: str, sentences: Sequence[Span], title: str = "", settings: Settings | None = None) -> Decoded:
        """What the network finds in the sentences of a text."""
        cut = list(windows(text, sentences, self.tokenizer, title, LIMIT))
        scored = self.scores(cut)
        return decode([(w.words, *s) for w, s in zip(cut, scored, strict=True)], self.tables, settings or Settings(), text)

    def scores(self, cut: Sequence[Window]) -> list[tuple[Scores, Scores]]:
        """For each window the flat scores and the wide vectors of its words, in float32.

        Each goes through by itself, so that nothing is padded, and no window is rounded by what stands in another.
        """
        found: list[tuple[Scores, Scores]] = []
        for window in cut:
            ids, shapes = np.asarray([window.ids], np.int64), np.asarray([window.shapes], np.int64)
            flat, wide = self.session.run(None, {"ids": ids, "shapes": shapes})
            found.append((flat[0, window.firsts], wide[0, window.firsts]))
        return found


def digest(folder: Path) -> str:
    """SHA-256 over a bundle's files, each with its name."""
    made = hashlib.sha256()
    for name in FILES:
        made.update(name.encode() + b"\0" + hashlib.sha256((folder / name).read_bytes()).digest())
    return made.hexdigest()


@lru_cache(maxsize=2)
def load(folder: Path | None = None) -> Network:
    """The bundle of a folder, or the one that ships."""
    return Network(folder or resource("reader"))
