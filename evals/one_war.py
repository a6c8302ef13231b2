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

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _readers import configured, told
from linking import Report, lines, linked

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


if __name__ == "__main__":
    told(__doc__, CORPUS, measured)
