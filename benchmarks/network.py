"""What the network costs: articles a second from clean text to claims, beside a bare pass of the encoder over the same pieces.

    python benchmarks/network.py [--articles N] [--corpora DIR]

Seconds are the processor's, of one process with one thread. The bare pass is the bundle's graph on the same windows and nothing
else. Where the annotated corpora are there, the same of real texts; and what it would save to leave out sentences that hold no
word of the tables for deeds, arms, harm or speech, and what that would cost: the share of marked triggers and cues in them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _articles import WORDS, document

from crossbearing.model.text import Document, Span
from crossbearing.pipeline import default_parts
from crossbearing.read.lexicon import lexicon
from crossbearing.read.network.graph import load
from crossbearing.read.network.windows import windows
from crossbearing.words import sentences

WANTED, RATIO, MEMORY = 15, 1.5, 700
"""Articles a second, times a bare pass, MiB: what the project sets itself."""


def speed(many: int) -> None:
    documents = [document(n) for n in range(many)]
    times, pieces, words = timed(documents)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{many} articles of {words / many:.0f} words, {pieces / many:.0f} pieces each")
    print(
        f"  network, text to claims  {words / WORDS / times['network']:7.1f} articles of {WORDS} words a second"
        f" (wanted: {WANTED})"
    )
    print(f"  rules, text to claims    {words / WORDS / times['rules']:7.1f}")
    print(f"  bare pass                {pieces / times['bare']:7.0f} pieces a second")
    print(f"  network to bare pass     {times['network'] / times['bare']:7.2f} times (wanted: at most {RATIO})")
    print(f"  peak memory              {memory:7.0f} MiB (wanted: under {MEMORY})")


def timed(documents: Sequence[Document]) -> tuple[dict[str, float], int, int]:
    """Seconds of a bare pass, of the network's whole way and of the rules'; pieces; words."""
    parts, rules, network = default_parts("network"), default_parts("rules"), load()
    parts.resolve(documents[0], parts.read(documents[0]))
    times = {"bare": 0.0, "network": 0.0, "rules": 0.0}
    pieces = 0
    for one in documents:
        cut = list(windows(one.text, list(sentences.split(one.text, Span(0, len(one.text)))), network.tokenizer))
        pieces += sum(len(w.ids) for w in cut)
        for name, work in (
            ("bare", lambda cut=cut: network.scores(cut)),
            ("network", lambda one=one: parts.resolve(one, parts.read(one))),
            ("rules", lambda one=one: rules.resolve(one, rules.read(one))),
        ):
            began = time.process_time()
            work()
            times[name] += time.process_time() - began
    return times, pieces, sum(len(d.text.split()) for d in documents)


def real(root: Path, many: int) -> None:
    """The same of real texts: news of one war, of wars and crimes, of politics."""
    for corpus, part in (("fakes", "all"), ("wikievents", "train"), ("polnear", "train")):
        file = root / corpus / f"{part}.jsonl.gz"
        if not file.is_file():
            continue
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in islice(lines, many)]
        times, _, words = timed([Document(str(n), str(n), str(n), str(n), text) for n, text in enumerate(texts)])
        a_second = words / WORDS / times["network"]
        print(f"  {corpus:24}{times['network'] / times['bare']:7.2f} times a bare pass; {a_second:.1f} articles a second")


def loading() -> None:
    began = time.perf_counter()
    load.cache_clear()
    load()
    print(f"loading the bundle         {time.perf_counter() - began:7.2f} s")


# ---------------------------------------------------------------- sentences that could be left out


def matters(sentence: str) -> bool:
    """Whether a sentence holds a word of the tables for deeds, arms or speech, a quotation mark, or a word for harm."""
    tables = lexicon()
    words = re.findall(r"\w+", sentence.lower())
    known = (tables.verbs, tables.nouns, tables.speech, tables.weapons)
    return bool(re.search(r"[\"“”]|\baccording\b", sentence)) or any(word in table for word in words for table in known)


def skipping(root: Path) -> None:
    for corpus, marked in (("wikievents", _triggers), ("polnear", _cues)):
        file = root / corpus / "dev.jsonl.gz"
        if not file.is_file():
            print(f"not measured: no {file}")
            continue
        left = whole = lost = count = 0
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                text = record["text"]
                out = [s for s in sentences.split(text, Span(0, len(text))) if not matters(s.of(text))]
                whole, left = whole + len(text), left + sum(s.end - s.start for s in out)
                at = list(marked(record))
                count, lost = count + len(at), lost + sum(any(s.start <= a < s.end for s in out) for a in at)
        print(
            f"{corpus}: leaving out sentences without such words saves {left / whole:.0%}"
            f" and loses {lost / count:.1%} of what is marked"
        )


def _triggers(record: dict[str, Any]) -> Iterator[int]:
    yield from (e["trigger"][0] for e in record["events"] if e["type"].startswith(("Conflict", "Life")) and e["trigger"])


def _cues(record: dict[str, Any]) -> Iterator[int]:
    yield from (a["cue"][0]["start"] for a in record["attributions"] if a["cue"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("CROSSBEARING_CORPORA") or "../shared/corpora"))
    options = parser.parse_args()
    loading()
    speed(options.articles)
    real(options.corpora, options.articles)
    skipping(options.corpora)


if __name__ == "__main__":
    main()
