"""Where the annotated corpora lie, and which version of them was measured."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def corpora() -> Path:
    """The corpora's folder: CROSSBEARING_CORPORA, else the one beside the checkout. It need not be there."""
    return Path(os.environ.get("CROSSBEARING_CORPORA") or ROOT.parent / "shared" / "corpora")


def digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's files, in the order of their names; of a file, over its bytes."""
    if folder.is_file():
        return hashlib.sha256(folder.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
        whole.update(file.read_bytes())
    return whole.hexdigest()
