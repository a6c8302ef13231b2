"""Words for violence on web pages of all kinds (sport, markets, machines, stage, and news): which are taken for violence.

    python evals/pages.py [--reader NAME] [--errors] [--corpora DIR]

402 words of 145 pages of `web_l3s_gn1` that the tables know as words for violence, judged by a person before the weights of
`crossbearing.read.literal` were learned (`gold/pages.jsonl`: v meant, x not; spans only). Nothing is learned from this corpus.

- left_out: of the words that are not meant, those that no happening of the reading stands on.
- kept: of the words that are meant, those that one stands on.
- false_news: incidents given as news by the pages that have no word that is meant, for every hundred of them.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import incidents
from _readers import configured, document, records, told

from crossbearing.pipeline import default_parts

GOLD = Path(__file__).parent / "gold" / "pages.jsonl"
CORPUS = "web_l3s_gn1"


def gold() -> dict[str, dict[int, str]]:
    """By page, by where a word begins: what it was judged."""
    judged: dict[str, dict[int, str]] = defaultdict(dict)
    for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()):
        judged[row["id"]][row["start"]] = row["label"]
    return judged


def measured(root: Path, reader: str | None = None, errors: bool = False) -> dict[str, float]:
    """The three figures; none where the corpus is not there."""
    if not (root / CORPUS).is_dir():
        return {}
    stages, wanted = default_parts(reader or configured()), gold()
    found: dict[str, list[bool]] = {"v": [], "x": []}
    pages = false = 0
    for record in records(root / CORPUS, "docs"):
        if words := wanted.get(record["id"]):
            made = document(record["id"], record["text"])
            reading = stages.read(made)
            taken = {happening.trigger.start for happening in reading.happenings}
            for start, label in words.items():
                found[label].append(start in taken)
                if errors and (start in taken) != (label == "v"):
                    print(label, " ".join(made.text[max(0, start - 70) : start + 50].split()))
            if "v" not in words.values():
                pages += 1
                news = [one for one in incidents.happenings(stages.resolve(made, reading).claims) if incidents.is_news(one)]
                false += len(news)
    return {
        "left_out": 1 - sum(found["x"]) / len(found["x"]),
        "kept": sum(found["v"]) / len(found["v"]),
        "false_news": false / pages * 100,
    }


if __name__ == "__main__":
    told(__doc__, CORPUS, measured)
