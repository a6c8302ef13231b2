"""Copies: are the same words again told from another's words on the same happening?

    python evals/copies.py [--corpora DIR] [--sweep] [--errors N] [--speed N]

The set is made of articles of at least 80 words, furniture left out: of gva_incidents (without a `gvc_split`, of one incident),
fakes, and us_bases_dev (retold reports; of any length). Of each, an edited copy is made as desks do with a wire: two to five of
cut from the end, paragraphs put about, new headline, new lead, some sentences lightly reworded, other credits, a paragraph of
one's own. The lead and the paragraph come of another article of the incident where there is one, else of another
incident; the dice are the id's. Wanted is that each copy is found for a copy of its article, and that no article or copy
is found for a copy of another article of its incident (for fakes: of a pair that `reuse_fakes` holds for separate or weak) that
did not lend to it. Left out, since nobody knows that they are independent, are articles of one site, and pairs of which 25 equal
words stand in a row outside of quotation marks: how many these are, and how many of them we call copies, is told.

All are compared at once, candidates and alignment, so what MinHash misses counts as missed. Thresholds were chosen on the
incidents whose id has an even SHA-256 (--sweep shows that half); the figures are of the others. Real pairs stand beside it:
reuse_helsinki (one story on 75 sites) and reuse_clusters, whose silver labels another rule of overlap gave.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))

import linking
from _corpora import corpora

from crossbearing.link import copies as ours
from crossbearing.model.incident import Copy
from crossbearing.model.text import Document, Span
from crossbearing.pipeline import default_parts
from crossbearing.words import sentences
from crossbearing.words.names import fold

LEAST_WORDS = 80
LONG_RUN = 25
"""Equal words in a row that two who write for themselves do not write."""
OVER_AGAIN = 1250
"""How many documents of the set the larger sets are made of, to measure speed."""
SILVER = {"copy": True, "separate": False, "weak": False}


class Article(NamedTuple):
    """A text, the incident that it tells of, and who printed it."""

    text: str
    incident: str
    site: str


@dataclass
class Set:
    """Texts by id, with the pairs that are copies, those that are not, and those of which nobody knows."""

    texts: dict[str, str] = field(default_factory=dict)
    incident: dict[str, str] = field(default_factory=dict)
    same: set[tuple[str, str]] = field(default_factory=set)
    other: set[tuple[str, str]] = field(default_factory=set)
    unknown: set[tuple[str, str]] = field(default_factory=set)
    edits: dict[str, tuple[str, ...]] = field(default_factory=dict)


# ---------------------------------------------------------------- articles


def gva(folder: Path) -> dict[str, Article]:
    found = {}
    for row in linking.lines(folder / "docs_dev.jsonl.gz"):
        if not row.get("gvc_split") and len(row["incidents"]) == 1:
            report = linking.Report(row["id"], row["text"], row["date"], row["title"], row["url"])
            host = urlsplit("http" + row["url"].rpartition("http")[2]).hostname or ""
            found[row["id"]] = (report, row["incidents"][0], ".".join(host.split(".")[-2:]))
    return cleaned(found, LEAST_WORDS)


def fakes(folder: Path) -> dict[str, Article]:
    """Each article is an incident of its own: the set says nothing of what it tells of."""
    rows = linking.lines(folder / "all.jsonl.gz")
    return cleaned({r["id"]: (linking.Report(r["id"], r["text"]), f"fakes {r['id']}", r["id"]) for r in rows}, LEAST_WORDS)


def bases(folder: Path) -> dict[str, Article]:
    with (folder / "gold.jsonl").open(encoding="utf-8") as file:
        gold = {row["id"]: row["incidents"] for row in map(json.loads, file)}
    with (folder / "reports.jsonl").open(encoding="utf-8") as file:
        rows = list(map(json.loads, file))
    told = [r for r in rows if gold.get(r["id"])]
    return cleaned({r["id"]: (linking.Report(r["id"], r["text"]), gold[r["id"]][0]["incident"], r["id"]) for r in told}, 30)


def cleaned(told: Mapping[str, tuple[linking.Report, str, str]], least: int) -> dict[str, Article]:
    """The articles without their furniture; pages that are no report are left out, and short ones."""
    clean = default_parts("rules").clean
    found = {}
    for key, (report, incident, site) in sorted(told.items()):
        document = clean(linking.capture(report))
        if isinstance(document, Document):
            text = "\n\n".join(document.quote(run).strip() for run in document.article())
            if len(text.split()) >= least:
                found[key] = Article(text, incident, site)
    return found


# ---------------------------------------------------------------- what a desk does with a wire

WORDS = {
    "killed": "slain", "wounded": "hurt", "injured": "hurt", "attack": "assault", "attacked": "assailed", "said": "stated",
    "says": "states", "police": "officers", "officials": "authorities", "near": "close to", "about": "around",
    "shot": "gunned down", "shooting": "gunfire", "home": "house", "residence": "home", "man": "male", "woman": "female",
    "children": "youngsters", "suspect": "alleged attacker", "arrested": "detained", "vehicle": "car", "began": "started",
    "several": "a number of", "after": "following", "before": "ahead of", "because": "as", "however": "but", "during": "amid",
    "victim": "casualty", "hospital": "clinic", "soldiers": "troops", "fighters": "gunmen", "killing": "leaving dead",
    "according to": "as told by", "at least": "no fewer than", "more than": "over", "reported": "told of", "strike": "raid",
    "government": "authorities", "city": "town", "group": "organisation", "late": "the late hours of", "help": "aid",
}  # fmt: skip
DROPPED = frozenset("also very reportedly later still just already currently immediately apparently then".split())
NUMBERS = {word: str(n) for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
SAID_LAST = re.compile(r"^(?P<what>.{30,}?), (?P<who>[^,]{3,60}) (?P<verb>said|says|told reporters)(?P<more>[^,.]{0,30})\.$")
CREDIT = re.compile(r"^\W*(by [A-Z].{2,60}|copyright .*|©.*|\(?(?:ap|reuters|afp)\)?)\s*$", re.I)


class Desk:
    """Who edits one article: the dice are the article's own."""

    def __init__(self, key: str, other: str) -> None:
        self.dice = random.Random(hashlib.sha256(key.encode()).hexdigest())
        self.other = paragraphs(other)

    def edited(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A copy as another paper prints it, and what was done to it."""
        done = tuple(sorted(self.dice.sample(sorted(EDITS), self.dice.randint(2, 5)), key=list(EDITS).index))
        parts = paragraphs(text)
        for name in done:
            parts = EDITS[name](self, parts)
        return "\n\n".join(parts), done

    def reword(self, parts: list[str]) -> list[str]:
        share = self.dice.uniform(0.2, 0.5)
        return [" ".join(self._reworded(s.of(part), share) for s in cut(part)) for part in parts]

    def _reworded(self, sentence: str, share: float) -> str:
        if self.dice.random() >= share:
            return sentence
        if match := SAID_LAST.match(sentence):
            what = match["what"]
            sentence = f"{match['who']} {match['verb']}{match['more']} that {what[0].lower()}{what[1:]}."
        for old, new in WORDS.items():
            if self.dice.random() < 0.7:
                sentence = re.sub(rf"\b{old}\b", new, sentence)
        words = [NUMBERS.get(w, w) for w in sentence.split() if w.lower() not in DROPPED]
        return " ".join(words)

    def cut(self, parts: list[str]) -> list[str]:
        return parts[: max(1, round(len(parts) * self.dice.uniform(0.35, 0.8)))]

    def reorder(self, parts: list[str]) -> list[str]:
        rest = parts[1:]
        self.dice.shuffle(rest)
        return parts[:1] + rest

    def headline(self, parts: list[str]) -> list[str]:
        """A headline of other words, in the place of the old one where there was one."""
        old = parts[0] if len(parts[0].split()) < 15 and not parts[0].rstrip().endswith((".", "”", '"')) else None
        words = self.other[0].split()[:9]
        return [" ".join(words).title().rstrip(".,"), *(parts[1:] if old and len(parts) > 1 else parts)]

    def lead(self, parts: list[str]) -> list[str]:
        """Another's first paragraph for its own, where enough is left of the article for a copy."""
        if len(parts) < 3:
            return parts
        at = next((n for n, part in enumerate(parts) if len(part.split()) >= 15), 0)
        return [*parts[:at], next((p for p in self.other if len(p.split()) >= 15), self.other[0]), *parts[at + 1 :]]

    def credit(self, parts: list[str]) -> list[str]:
        kept = [part for part in parts if not CREDIT.match(part)] or parts
        return [self.dice.choice(("By staff and agencies", "By the foreign desk", "(Inland News Service)")), *kept]

    def own(self, parts: list[str]) -> list[str]:
        """A paragraph of its own, somewhere."""
        at = self.dice.randint(1, len(parts))
        return [*parts[:at], self.other[-1], *parts[at:]]


EDITS = {
    "cut": Desk.cut, "reorder": Desk.reorder, "reword": Desk.reword, "lead": Desk.lead, "own": Desk.own,
    "headline": Desk.headline, "credit": Desk.credit,
}  # fmt: skip
"""In the order in which they are done: what is put in new is neither cut nor reworded."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs, also where they were glued together ("said.Officers"); of a text without any, sentences by two."""
    found = [part.strip() for part in re.split(r"\n+|(?<=[a-z][.!?])(?=[A-Z])", text) if part.strip()]
    if len(found) < 4:
        single = [s.of(part) for part in found for s in cut(part)]
        found = [" ".join(single[n : n + 2]) for n in range(0, len(single), 2)]
    return found or [text]


def cut(text: str) -> list[Span]:
    return list(sentences.split(text, Span(0, len(text))))


# ---------------------------------------------------------------- the set


def made(articles: Mapping[str, Article], separate: set[tuple[str, str]]) -> Set:
    """The articles and their copies, and what is wanted of each pair."""
    told = Set({key: one.text for key, one in articles.items()}, {key: one.incident for key, one in articles.items()})
    together: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(articles):
        together[articles[key].incident].append(key)
    keys = sorted(articles)
    lenders: dict[str, str] = {}
    for at, key in enumerate(keys):
        kin = [k for k in together[articles[key].incident] if articles[k].site != articles[key].site]
        lenders[key] = min(kin, key=lambda k: (k < key, k), default=keys[at - 1])
        copy, done = Desk(key, articles[lenders[key]].text).edited(articles[key].text)
        told.texts[made_id(key)], told.edits[made_id(key)] = copy, done
        told.incident[made_id(key)] = articles[key].incident
        told.same.add(pair(key, made_id(key)))
    apart = separate | {pair(a, b) for members in together.values() for a, b in combinations(members, 2)}
    for a, b in sorted(apart):
        if a not in articles or b not in articles:
            continue
        known = articles[a].site != articles[b].site and not long_run(articles[a].text, articles[b].text)
        pairs = {pair(a, b)}
        pairs |= {pair(made_id(x), y) for x, y in ((a, b), (b, a)) if lenders[x] != y}
        (told.other if known else told.unknown).update(pairs)
    return told


def made_id(key: str) -> str:
    return key + " edited"


def pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def long_run(a: str, b: str) -> bool:
    """Whether so many equal words stand in a row, outside of quotation marks."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = fold(re.sub(r"[“\"][^“”\"]{20,}?[”\"]", " ", text)).split()
        return {tuple(words[n : n + LONG_RUN]) for n in range(len(words) - LONG_RUN + 1)}

    return not runs(a).isdisjoint(runs(b))


def whole(root: Path) -> Set:
    """The set of all corpora that are there."""
    articles: dict[str, Article] = {}
    for corpus, load in (("gva_incidents", gva), ("fakes", fakes), ("us_bases_dev", bases)):
        if (root / corpus).is_dir():
            articles |= load(root / corpus)
    separate = set()
    if (root / "reuse_fakes").is_dir():
        rows = linking.lines(root / "reuse_fakes" / "pairs.jsonl.gz")
        separate = {pair(row["a"], row["b"]) for row in rows if SILVER.get(row["silver"]) is False}
    return made(articles, separate)


# ---------------------------------------------------------------- scores


def share(one: Copy | None) -> float:
    return max(one.share_a, one.share_b) if one else 0.0


def held_back(told: Set, one: tuple[str, str]) -> bool:
    """Whether a pair is of the half that is reported: that of its first incident."""
    return not linking.even(told.incident[one[0]])


def figures(told: Set, found: Mapping[tuple[str, str], float], threshold: float, held: bool = True) -> dict[str, float]:
    """Precision and recall of "is a copy" on one half, and the same by what was done to the copy."""

    def of(pairs: set[tuple[str, str]]) -> list[tuple[str, str]]:
        return [one for one in pairs if held_back(told, one) is held]

    right = [found.get(one, 0.0) >= threshold for one in of(told.same)]
    wrong = [found.get(one, 0.0) >= threshold for one in of(told.other)]
    unknown = [found.get(one, 0.0) >= threshold for one in of(told.unknown)]
    by_edit: defaultdict[str, list[bool]] = defaultdict(list)
    for one, is_right in zip(of(told.same), right, strict=True):
        for edit in told.edits[max(one, key=lambda key: key in told.edits)]:
            by_edit[edit].append(is_right)
    return {
        "precision": sum(right) / max(sum(right) + sum(wrong), 1),
        "recall": sum(right) / max(len(right), 1),
        "false_of_independent": sum(wrong) / max(len(wrong), 1),
        "copies": len(right),
        "independent": len(wrong),
        "left_out": len(unknown),
        "left_out_called_copies": sum(unknown),
        **{f"recall_{edit}": sum(of_edit) / len(of_edit) for edit, of_edit in sorted(by_edit.items())},
    }


def real(root: Path, corpus: str) -> dict[str, float]:
    """The real pairs of a corpus that has silver labels; `partial` is neither."""
    texts = {row["id"]: row["text"] for row in linking.lines(root / corpus / "docs.jsonl.gz")}
    rows = [row for row in linking.lines(root / corpus / "pairs.jsonl.gz") if row["silver"] in SILVER]
    called = {(c.a, c.b): ours.is_copy(c) for c in ours.copies(texts)}
    counts = Counter((SILVER[row["silver"]], called.get(pair(row["a"], row["b"]), False)) for row in rows)
    right = counts[True, True]
    return {
        "precision": right / max(right + counts[False, True], 1),
        "recall": right / max(right + counts[True, False], 1),
        "copies": right + counts[True, False],
        "independent": counts[False, True] + counts[False, False],
    }


def compared(told: Set) -> dict[tuple[str, str], float]:
    """The share of each pair that shares anything."""
    return {(one.a, one.b): share(one) for one in ours.copies(told.texts)}


def measured(root: Path) -> dict[str, float]:
    """The held measures, for the gate; empty where the corpus is not there."""
    if not (root / "gva_incidents").is_dir():
        return {}
    told = whole(root)
    found = figures(told, compared(told), ours.COPY)
    return {name: found[name] for name in ("precision", "recall")}


def speed(root: Path, sizes: Sequence[int]) -> Iterator[tuple[int, float, int]]:
    """Seconds of the processor for so many documents, and the pairs that share a passage.

    The first documents of the set are taken again and again, each time with other words: what the longer words of the set
    become is another for each time, as in news of other events, while small words stay.
    """
    texts = list(whole(root).texts.values())
    some = random.Random(7).sample(texts, min(OVER_AGAIN, len(texts)))
    for size in sizes:
        many = {f"{n:06}": re.sub(r"\b\w{4,}\b", rf"\g<0>q{n // len(some)}", some[n % len(some)]) for n in range(size)}
        began = time.process_time()
        found = ours.copies(many)
        yield size, time.process_time() - began, len(found)


def show(title: str, row: Mapping[str, Any]) -> None:
    print(title)
    for name, value in row.items():
        print(f"    {name:28}" + (f"{value:8.0f}" if value >= 2 or value == 0 else f"{value:8.4f}"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--sweep", action="store_true", help="many thresholds, on the half they are chosen on")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N false and missed pairs")
    parser.add_argument("--speed", type=int, nargs="+", metavar="N", help="only time so many documents")
    options = parser.parse_args()
    if not (options.corpora / "gva_incidents").is_dir():
        print(f"Not measured: no {options.corpora / 'gva_incidents'}.")
        return 0
    if options.speed:
        for size, seconds, pairs in speed(options.corpora, options.speed):
            print(f"{size:8} documents {seconds:8.1f} s {pairs:8} pairs that share a passage")
        return 0
    told = whole(options.corpora)
    found = compared(told)
    if options.sweep:
        for threshold in (n / 100 for n in range(10, 65, 5)):
            row = figures(told, found, threshold, held=False)
            print(f"{threshold:.2f}  precision {row['precision']:.4f}  recall {row['recall']:.4f}")
        return 0
    show(f"made of {len(told.edits)} articles", figures(told, found, ours.COPY))
    for corpus in ("reuse_helsinki", "reuse_clusters"):
        if (options.corpora / corpus).is_dir():
            show(f"{corpus} (silver labels)", real(options.corpora, corpus))
    wrong = [("false", one) for one in sorted(told.other) if held_back(told, one) and found.get(one, 0.0) >= ours.COPY]
    wrong += [("missed", one) for one in sorted(told.same) if held_back(told, one) and found.get(one, 0.0) < ours.COPY]
    for kind, one in wrong[: options.errors]:
        print(f"{kind}: {one[0]} | {one[1]} {found.get(one, 0.0):.2f} {', '.join(told.edits.get(max(one, key=len), ()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
