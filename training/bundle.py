"""What the steps behind training share: which bundle and corpora a command is given, and the bundle's tables on disk."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def asked(about: str | None) -> tuple[Path, Path]:
    """The bundle and the corpora that a command names."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    args = parser.parse_args()
    return args.bundle, args.corpora


def tables(bundle: Path) -> dict[str, Any]:
    """A bundle's `bundle.json`."""
    held: dict[str, Any] = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    return held


def keep(bundle: Path, held: dict[str, Any]) -> None:
    """Write a bundle's `bundle.json` anew."""
    said = json.dumps(held, separators=(",", ":"), ensure_ascii=False)
    (bundle / "bundle.json").write_text(said + "\n", encoding="utf-8")
