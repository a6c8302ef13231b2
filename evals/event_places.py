"""Which of a sentence's places is the happening's: our choice for each verb of the event-location corpus, against people's.

    python evals/event_places.py [--errors N] [CORPUS]

From geo_event_location (Halterman 2019), the rows of its train part whose id's SHA-256 begins with 0 or 1 in hex; no test part
is opened. A row is a sentence, one verb and the place or places where its event was, if the sentence says it; rows without a
place are left out. A choice is right if it is one of the places.

To choose from there are the places that people marked in the sentence, for whichever of its verbs (the corpus has a row for
each), and those that the reader of rules finds there besides. The choice is the pipeline's: the reader hangs places on the verb
as on any trigger (`read.spots.spots_of`, with the verb as a plain word of attack where it is no trigger of ours, and with the
clause, the voices and the dateline as it finds them), and of several `Places.pick` takes the one from which `Places.choose` takes
the happening's place. What the reader cuts otherwise than people is taken for the marked place that it overlaps. Where the
reader hangs none, `pick` chooses among all that stand in the sentence.

Beside it: the place mention nearest to the verb, from the same mentions; and the nearest behind the verb, else the nearest.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _corpora import corpora

from crossbearing.model.mention import Mention, MentionKind, Reading, Realis
from crossbearing.model.text import Document, Span
from crossbearing.read.beside import SPOT, as_mention
from crossbearing.read.bounds import left_bound, right_bound
from crossbearing.read.chunks import Chunked, chunk
from crossbearing.read.lexicon import Trigger
from crossbearing.read.spots import dateline, motives, spots_of
from crossbearing.read.triggers import Found, triggers
from crossbearing.read.voices import voices
from crossbearing.resolve.place.where import Places

FOLDER = "geo_event_location"


@dataclass(frozen=True, slots=True)
class Task:
    """One verb of a sentence."""

    text: str
    verb: Span
    gold: tuple[Span, ...]
    marked: tuple[Span, ...]
    """What people marked as a place for any verb of the sentence."""


def tasks(folder: Path) -> list[Task]:
    """The verbs of the development part that have a place."""
    with gzip.open(folder / "train.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    marked: dict[str, set[Span]] = defaultdict(set)
    for row in rows:
        marked[row["text"]].update(_span(p) for e in row["events"] for p in e["places"] if _is_word(p))
    return [
        Task(row["text"], _span(event["verb"]), gold, tuple(sorted(marked[row["text"]])))
        for row in rows
        if hashlib.sha256(row["id"].encode()).hexdigest()[0] in "01"
        for event in row["events"]
        if (gold := tuple(_span(p) for p in event["places"] if _is_word(p)))
    ]


def _is_word(place: dict[str, Any]) -> bool:
    """Whether a marked place is words: one in twelve is empty or a letter, a slip of the tool that it was marked with."""
    return len(place["text"].strip()) > 1


def _span(words: dict[str, Any]) -> Span:
    return Span(words["start"], words["end"])


def found_at(cut: Chunked, verb: Span) -> Found | None:
    """The reader's trigger at the verb, else the verb as a plain word of attack; None where no token stands there."""
    first = next((i for i, t in enumerate(cut.tokens) if t.end > verb.start), None)
    if first is None:
        return None
    for found in triggers(cut):
        if found.first <= first < found.last:
            return found
    low = cut.tokens[first].low
    form = "ing" if low.endswith("ing") else "past" if low.endswith(("ed", "t", "n")) else "base"
    before = [t.low for t in cut.tokens[max(0, first - 3) : first]]
    passive = form == "past" and any(w in ("was", "were", "been", "being", "is", "are", "be") for w in before)
    return Found(first, first + 1, Trigger("open", low, form), False, passive, Realis.ASSERTED)


def choice(task: Task, places: Places) -> tuple[Span | None, list[Span]]:
    """Our choice for a verb, and all there was to choose from."""
    whole = Span(0, len(task.text))
    cut = chunk(task.text, whole)
    document = Document("d", "d", "d", "d", task.text)
    names = [as_mention(c) for c in cut.chunks if c.kind in SPOT and c.named]
    mentions = _among(task, names)
    context = places.context(document, Reading("d", "rules", (whole,), tuple(mentions), (), ()))
    found = found_at(cut, task.verb)
    hung: list[Mention] = []
    if found is not None:
        lo, hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
        spots = spots_of(cut, found, lo, hi, voices(cut, None, None), motives(cut), dateline(cut))
        hung = [m for m in _among(task, [as_mention(c) for c in spots]) if any(m.span.meets(c.span) for c in spots)]
        hung.sort(key=lambda m: next(i for i, c in enumerate(spots) if m.span.meets(c.span)))
    picked = places.pick(document, hung, context) or places.pick(document, _nearest_first(mentions, task.verb), context)
    return picked.span if picked else None, [m.span for m in mentions]


def _among(task: Task, found: Sequence[Mention]) -> list[Mention]:
    """The marked places, and what we found that overlaps none of them."""
    others = [m for m in found if not any(m.span.meets(s) for s in task.marked)]
    return [*(Mention(s, MentionKind.PLACE) for s in task.marked), *others]


def _nearest_first(mentions: Sequence[Mention], verb: Span) -> list[Mention]:
    """Those behind the verb, the nearest first, then those before it: the order in which the reader hangs them."""
    return sorted(mentions, key=lambda m: (m.span.start < verb.end, _gap(m.span, verb)))


def _gap(span: Span, verb: Span) -> int:
    return max(span.start - verb.end, verb.start - span.end, 0)


def nearest(spans: Sequence[Span], verb: Span, behind: bool) -> Span | None:
    """The mention nearest to the verb; `behind`: of those behind it, where there is one."""
    after = [s for s in spans if s.start >= verb.end] if behind else []
    return min(after or spans, key=lambda s: _gap(s, verb), default=None)


def results(found: Sequence[Task], errors: int = 0) -> Iterator[tuple[bool, bool, bool, bool]]:
    """For each verb: ours right, nearest right, nearest behind right, and whether there was a choice at all."""
    places = Places()
    for task in found:
        ours, offered = choice(task, places)
        right = ours in task.gold
        if not right and errors:
            errors -= 1
            gold = [s.of(task.text) for s in task.gold]
            print(f"  {task.verb.of(task.text)!r}: {ours and ours.of(task.text)!r}, not {gold} | {task.text}")
        yield (
            right,
            nearest(offered, task.verb, False) in task.gold,
            nearest(offered, task.verb, True) in task.gold,
            len(offered) > 1,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=corpora() / FOLDER)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N wrong choices")
    options = parser.parse_args()
    if not options.corpus.exists():
        print(f"{options.corpus}: no such folder")
        return
    found = list(results(tasks(options.corpus), options.errors))
    print(f"{'':28}{'verbs':>8}{'ours':>8}{'nearest':>9}{'behind':>8}")
    for name, part in (("all", found), ("with a choice of places", [f for f in found if f[3]])):
        means = [sum(f[i] for f in part) / max(1, len(part)) for i in range(3)]
        print(f"{name:28}{len(part):8}{means[0]:8.3f}{means[1]:9.3f}{means[2]:8.3f}")


if __name__ == "__main__":
    main()
