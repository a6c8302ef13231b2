"""Which incidents are read out of ordinary news, and which of those are none.

    python evals/incidents.py [--part train|dev] [--reader NAME] [--errors] [--corpora DIR]

84 texts of three corpora as they come: news, analyses, features, court reports, histories, and US politics, a third of which
tell of no incident (`m2e2`, `wikievents` train, `polnear` train; drawn at random; the tokens put back into plain text). What a
careful coder would enter of each stands in `gold/incidents.jsonl`, written before any reading was seen: the sentences that tell
of an incident, whether it is news or recalled, its kind, day, land and toll. One half is `train`, to be read for errors; of the
other, `dev`, the figures alone are looked at. The corpora are among those that the network was trained on, so its mentions are
surer here than elsewhere; what becomes of them is not learned there.

An incident found (the claims of one `happening`) goes with the gold incident told in its sentences, one to one, the likest first
by kind, land and shared sentences.

- precision: of the incidents found as news, those that the text tells; `again` are those told already (one split in two),
  `false` those that nothing tells. One that only an incident answers to of which the coder was not sure counts neither way.
- recall: of the gold incidents that are news, those found, in either role.
- recalled_as_news: of the recalled ones found, those that are given as news.
- day: the very interval, or none where the text tells none. land, kind: the same. killed: the same bounds, where one side has
  any.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora
from _readers import Tally, best_pairs, configured, document, records

from crossbearing.model.claim import Claim, ClaimRole
from crossbearing.model.text import Document, Span
from crossbearing.pipeline import READERS, default_parts

GOLD = Path(__file__).parent / "gold" / "incidents.jsonl"
SPLITS = {"m2e2": "all", "wikievents": "train", "polnear": "train"}
MEASURES = ("precision", "recall", "recalled_as_news", "kind", "day", "land", "killed")
Record = dict[str, Any]


# ---------------------------------------------------------------- texts


def plain(text: str) -> str:
    """Tokens put back into text as it is written."""
    text = re.sub(r"(^| )' ' (.*?) ' '(?= |$)", r'\1"\2"', text, flags=re.M)
    text = re.sub(r" ' (s|re|ve|ll|d|m|t)\b", r"'\1", text).replace("s ' ", "s' ")
    text = re.sub(r"(\d) , (\d{3})\b", r"\1,\2", text)
    text = re.sub(r"(\d) ([.:]) (\d)", r"\1\2\3", text)
    text = re.sub(r"\b([A-Z]) \. (?=[A-Z] \.)", r"\1.", text)
    text = re.sub(r"(\w) / (\w)", r"\1/\2", re.sub(r"\$ (?=\d)", "$", text))
    text = re.sub(r" ([,.;:?!%)\]’”])", r"\1", text)
    text = re.sub(r"([(\[“$]) ", r"\1", text)
    text = re.sub(r" n't\b", "n't", text)
    text = re.sub(r" ('(?:s|re|ve|ll|d|m)?)(?= |$)", r"\1", text, flags=re.M)
    text = re.sub(r'(^| )" ([^"\n]*?) "(?= |$)', r'\1"\2"', text, flags=re.M)
    text = re.sub(r"(?<=\w) - (?=\w)", "-", text)
    return re.sub(r"(\w’) (s|re|ve|ll|d|m|t)\b", r"\1\2", text)


def told(corpus: str, record: Record) -> str:
    """A record's text as it is read here."""
    return record["text"] if corpus == "polnear" else plain(record["text"])


def published(record: Record) -> str:
    """The day that a record's text was published, where that is known."""
    return record.get("date") or record.get("meta", {}).get("publication_date") or ""


def report(corpus: str, record: Record) -> Document:
    """A record as a document: its text, and its date as one that a page shows of itself."""
    return document(record["id"], told(corpus, record), day=published(record))


@lru_cache(maxsize=4)
def gold(part: str | None = None) -> tuple[Record, ...]:
    """What the coder entered of each text of a part."""
    lines = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    return tuple(row for row in lines if part is None or row["part"] == part)


# ---------------------------------------------------------------- scores


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it was read: its gold incidents, the incidents found, and which go together."""

    row: Record
    text: str
    found: list[list[Claim]]
    pairs: dict[int, int]
    """Found to gold."""

    def verdict(self, n: int) -> str:
        """Of an incident found: right, again, unsure or false."""
        if n in self.pairs:
            return "unsure" if self.row["incidents"][self.pairs[n]].get("unsure") else "right"
        met = [one for one in self.row["incidents"] if overlap(self.found[n], one)]
        return "again" if any(not one.get("unsure") for one in met) else "unsure" if met else "false"


def read(root: Path, part: str, reader: str | None = None) -> Iterator[Text]:
    """The texts of a part, read and compared; those of a corpus that is not there are left out."""
    stages = default_parts(reader or configured())
    wanted = {(row["corpus"], row["id"]): row for row in gold(part)}
    for corpus, split in SPLITS.items():
        if (root / corpus).is_dir():
            for record in records(root / corpus, split):
                if row := wanted.get((corpus, record["id"])):
                    made = report(corpus, record)
                    found = happenings(stages.resolve(made, stages.read(made)).claims)
                    yield Text(row, made.text, found, paired(found, row["incidents"]))


def happenings(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims of each incident found."""
    made: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        made[claim.happening].append(claim)
    return list(made.values())


def overlap(claims: Sequence[Claim], one: Record) -> int:
    """How many claims are told in the sentences of a gold incident."""
    return sum(any(claim.span.meets(Span(*at)) for at in one["at"]) for claim in claims)


def paired(found: list[list[Claim]], wanted: list[Record]) -> dict[int, int]:
    """Which incident found is which gold one."""
    weights: dict[tuple[int, int], float] = {}
    for i, claims in enumerate(found):
        for j, one in enumerate(wanted):
            if met := overlap(claims, one):
                share = met / (len(claims) + len(one["at"]) - met)
                weights[i, j] = 1 + share + (kind_of(claims) == one["type"]) + 0.5 * (land_of(claims) == one["country"])
    return best_pairs(weights)


def kind_of(claims: Sequence[Claim]) -> str:
    return claims[0].event_type


def land_of(claims: Sequence[Claim]) -> str | None:
    return next((c.where.value.country for c in claims if c.where), None)


def days_of(claims: Sequence[Claim]) -> list[str | None]:
    """The earliest and the latest day of an incident found."""
    when = next((c.when.value for c in claims if c.when), None)
    return [str(day) if day else None for day in ((when.earliest, when.latest) if when else (None, None))]


def killed_of(claims: Sequence[Claim]) -> list[list[int | None]]:
    return [[c.killed.value.low, c.killed.value.high] for c in claims if c.killed]


def injured_of(claims: Sequence[Claim]) -> list[list[int | None]]:
    return [[c.injured.value.low, c.injured.value.high] for c in claims if c.injured]


def is_news(claims: Sequence[Claim]) -> bool:
    return any(c.role is ClaimRole.MAIN for c in claims)


def scored(texts: Sequence[Text]) -> dict[str, Tally]:
    """Counts by measure: of precision the incidents found, of recall the gold ones, of the rest the pairs."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for one in texts:
        for n, claims in enumerate(one.found):
            verdict = one.verdict(n)
            if is_news(claims) and verdict != "unsure":
                counts["precision"].append(verdict == "right")
                counts[verdict].append(True)
            if verdict == "right":
                for name, right in compared(claims, one.row["incidents"][one.pairs[n]]).items():
                    counts[name].append(right)
        answered = set(one.pairs.values())
        wanted = enumerate(one.row["incidents"])
        counts["recall"] += [j in answered for j, g in wanted if g["role"] == "news" and not g.get("unsure")]
    return {name: Tally(sum(right), len(right), len(right)) for name, right in counts.items()}


def compared(claims: Sequence[Claim], one: Record) -> dict[str, bool]:
    """What is right of an incident found, beside the gold one."""
    found: dict[str, bool] = {
        "kind": kind_of(claims) == one["type"],
        "day": days_of(claims) == (one["day"] or [None, None]),
        "land": land_of(claims) == one["country"],
    }
    if one["role"] == "recalled":
        found["recalled_as_news"] = is_news(claims)
    if one["killed"] or killed_of(claims):
        found["killed"] = (one["killed"] in killed_of(claims)) if one["killed"] else not killed_of(claims)
    return found


def measured(root: Path, reader: str | None = None, part: str = "dev") -> dict[str, float]:
    """Each measure as a share; nothing where none of the corpora is there."""
    counts = scored(list(read(root, part, reader)))
    return {name: counts[name].precision for name in MEASURES if name in counts}


# ---------------------------------------------------------------- shown


def shown(one: Text, more: Callable[[Sequence[Claim], Record], dict[str, bool]] | None = None) -> Iterator[str]:
    """What was found in a text beside what it tells, and the words, for whoever mends. `more`: what else is compared."""
    yield f"\n===== {one.row['n']} {one.row['corpus']} {one.row['id']} {one.row.get('published', '')}"
    back = {j: i for i, j in one.pairs.items()}
    for j, g in enumerate(one.row["incidents"]):
        if j not in back:
            first = " ".join(one.text[slice(*g["at"][0])].split())
            yield f"  missed {g['role']} {g['type']} {g['day']} {g['place']} {g['country']} {g['killed']}: {first[:160]}"
    for n, claims in enumerate(one.found):
        verdict = one.verdict(n)
        g = one.row["incidents"][one.pairs[n]] if verdict == "right" else {}
        said = (compared(claims, g) | (more(claims, g) if more else {})) if g else {}
        wrong = [name for name, right in said.items() if right == (name == "recalled_as_news")]
        if verdict == "right" and not wrong:
            continue
        place = next((c.where.value.name for c in claims if c.where), None)
        told = ("news" if is_news(claims) else "recalled", claims[0].sub_event_type, days_of(claims), place, land_of(claims))
        yield f"  {verdict} {' '.join(wrong)}: {' '.join(map(str, told))} {killed_of(claims)}"
        if wrong:
            yield f"      gold {g['role']} {g['type']} {g['day']} {g['place']} {g['country']} {g['killed']}"
        yield from (f"      “{' '.join(c.quote.split())[:230]}”" for c in claims)


def asked(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """What is asked of a measure with a part that is read for errors and one that is not."""
    parser.add_argument("--reader", choices=sorted(READERS), help="the reader; else the settings' own")
    parser.add_argument("--part", choices=("train", "dev"), default="dev")
    parser.add_argument("--errors", action="store_true", help="show what is wrong, text by text; of train alone")
    options = parser.parse_args()
    if options.errors and options.part == "dev":
        parser.error("the texts of dev are not read for errors: add --part train")
    return options


def printed(counts: dict[str, Tally]) -> None:
    for name, tally in counts.items():
        print(f"{name:18} {tally.precision:6.3f}  {tally.right:4} of {tally.found}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    options = asked(parser)
    texts = list(read(options.corpora, options.part, options.reader))
    if not texts:
        print("none of the corpora is there: nothing was measured")
    for one in texts if options.errors else ():
        print(*shown(one), sep="\n")
    printed(scored(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
