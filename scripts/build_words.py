"""Count in how many reports each word stands, so that `link` knows which words are rare: the table `words.csv`.

    python scripts/build_words.py [--corpora DIR]

Counted over corpora whose terms allow what is derived from them to be shipped: news of wars, of crime and of the world at large,
2,000 to 5,000 words of English each side of an event. Words of fewer than three documents are left out: to `link` they are
rare whatever their number. Words are folded as `crossbearing.words.names` folds them. Takes seconds; needs the corpora.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crossbearing.words.names import fold

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src/crossbearing/resources/words.csv"
SETS = {
    "fakes/all": ("title", "text"),
    "wikievents/train": ("text",),
    "m2e2/all": ("text",),
    "polnear/train": ("text",),
    "gvc/train": ("title", "text"),
    "ecbplus/train": ("text",),
    "muc4/train": ("text",),
    "geo_geovirus/dev": ("text",),
}
"""The corpora, each with the fields that together are one document."""
FEWEST = 3
"""Words of fewer documents are left out."""


def documents(corpora: Path) -> Iterator[str]:
    """The texts of all documents."""
    for name, fields in SETS.items():
        with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for record in map(json.loads, file):
                yield "\n".join(str(record.get(field) or "") for field in fields)


def digest(corpora: Path) -> str:
    """Of all files together (SHA-256)."""
    together = hashlib.sha256()
    for name in SETS:
        together.update((corpora / f"{name}.jsonl.gz").read_bytes())
    return together.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("CROSSBEARING_CORPORA", ROOT.parent / "shared/corpora"))
    parser.add_argument("--corpora", type=Path, default=default)
    corpora = parser.parse_args().corpora
    spread: Counter[str] = Counter()
    number = 0
    for text in documents(corpora):
        spread.update(set(fold(text).split()))
        number += 1
    lines = [
        "# about: in how many documents each word stands; written by scripts/build_words.py",
        f"# documents: {number}",
        f"# corpora: {', '.join(SETS)}",
        f"# digest: {digest(corpora)}",
        "word,documents",
    ]
    lines += [f"{word},{count}" for word, count in sorted(spread.items()) if count >= FEWEST and not word.isdigit()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TABLE}: {len(lines) - 5} words of {number} documents")


if __name__ == "__main__":
    main()
