"""News of one war, where pages share most of their words: which tellings stand together, and rightly.

    python evals/one_war.py [--reader NAME] [--errors] [--corpora DIR]

105 pairs of tellings of two articles of `fakes` (the war in Syria, fifteen outlets), judged without a look at what the program
made of them (`gold/one_war.jsonl`: where in which article each is told, and whether the two are one happening; copies and what
the words do not decide were left out). Half of the pairs stood together at the time, half nearly did. The articles are
linked together; a telling is the one that holds a claim of the sentence that begins there.

- right: of the pairs that stand together, those that are one.
- together: of the pairs that are one, those that stand together; one whose sentence gives no claim does not.
- f1: both in one figure.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora
from _readers import configured
from linking import Report, lines, linked

from crossbearing.pipeline import READERS

GOLD = Path(__file__).parent / "gold" / "one_war.jsonl"
CORPUS = "fakes"


def gold() -> list[dict[str, Any]]:
    """The pairs, as judged."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def measured(root: Path, reader: str | None = None, errors: bool = False) -> dict[str, float]:
    """The three figures; none where the corpus is not there."""
    if not (root / CORPUS).is_dir():
        return {}
    pairs = gold()
    named = {pair[side]["id"] for pair in pairs for side in "ab"}
    articles = {row["id"]: row for row in lines(root / CORPUS / "all.jsonl.gz") if row["id"] in named}
    found = linked((Report(i, row["text"], row["date"], row["title"]) for i, row in articles.items()), reader or configured())

    def homes(one: dict[str, Any]) -> set[str]:
        return {found.home[claim.id] for claim in found.claims[one["id"]] if claim.span.start == one["at"]}

    rightly = wrongly = 0
    for pair in pairs:
        joined = not homes(pair["a"]).isdisjoint(homes(pair["b"]))
        rightly += joined and pair["same"]
        wrongly += joined and not pair["same"]
        if errors and joined != pair["same"]:
            print("apart" if pair["same"] else "TOGETHER")
            for one in (pair["a"], pair["b"]):
                print("   ", " ".join(articles[one["id"]]["text"][one["at"] : one["at"] + 160].split()))
    same = sum(pair["same"] for pair in pairs)
    return {
        "right": rightly / max(rightly + wrongly, 1),
        "together": rightly / same,
        "f1": 2 * rightly / (rightly + wrongly + same),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=sorted(READERS), help="the reader; else the settings' own")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--corpora", type=Path, default=corpora())
    options = parser.parse_args()
    figures = measured(options.corpora, options.reader, options.errors)
    for name, value in figures.items():
        print(f"{name:10s}{value:8.3f}")
    if not figures:
        print(f"not measured: no {options.corpora / CORPUS}")


if __name__ == "__main__":
    main()
