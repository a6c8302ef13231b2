"""How well a reader finds what a report tells: on reports of this project's own that are marked by hand and kept from training.

    python evals/written.py [--reader NAME] [--json]

The reports are the sixth of `training/written` that no network learns from. A happening is found where the reader has one in
a sentence that bears one of its triggers; one is right where its sentence bears a trigger, or a word for the dead and hurt. Of
those found the kind is counted, and whether it happened, was foiled or is recalled; where a sentence is marked with who did it
(`doer`), or to whom or what (`target`), whether the reader has one of the words that are marked. It needs no corpora.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from _readers import configured, document, reader

from crossbearing.model.mention import Happening, Reading, RoleName
from crossbearing.model.text import Span
from crossbearing.pipeline import READERS
from crossbearing.read.network.labels import KINDS
from training.labelled import Event, Labelled
from training.written import FOLDER, held_out, reports

__all__ = ["FOLDER", "measured"]

_SIDES = {
    "doer": {RoleName.PERPETRATOR},
    "target": {RoleName.TARGET, RoleName.VICTIM},
}
_OF_FOUND = ("kind", "realis", *_SIDES)
_DONE = ("asserted", "foiled", "background")
_UNTOLD = ("agreement", "headquarters", "change-to-group", "transfer")
"""Kinds of which the reader makes no happening of its own by a word alone."""


def measured(name: str | None = None) -> dict[str, float]:
    """The share of happenings found, of the reader's that are right, and of the found whose kind and realis are right."""
    read = reader(name or configured())
    counts: dict[str, int] = defaultdict(int)
    for one in (one for one in reports() if held_out(one.id)):
        for counted, hit in _marks(one, read(document(one.id, one.text, one.title, None))):
            counts[counted] += 1
            counts[counted + " hit"] += hit
    return {c: counts[f"{c} hit"] / counts[c] for c in ("found", "right", *_OF_FOUND)} | {"happenings": counts["found"]}


def _marks(one: Labelled, reading: Reading) -> Iterator[tuple[str, bool]]:
    """What is counted of one report, and whether the reader has it."""
    told = [h for h in reading.happenings if not h.generic and h.realis.value in _DONE]
    chains: dict[int | None, list[Event]] = defaultdict(list)
    for event in one.events:
        chains[event.chain].append(event)
    for events in chains.values():
        if events[0].realis not in _DONE or events[0].kind in _UNTOLD:
            continue
        near = [h for h in reading.happenings if any(h.sentence.meets(Span(e.start, e.end)) for e in events)]
        yield "found", any(h in told for h in near)
        same = [h for h in near if any(h.trigger.meets(Span(e.start, e.end)) for e in events)] or near
        if near:
            yield "kind", any(_kind(h) in {KINDS[e.kind] for e in events} for h in same)
            yield "realis", any(h.realis.value == events[0].realis for h in same)
            for side, parts in _SIDES.items():
                marked = [Span(r.start, r.end) for e in events for r in e.roles if RoleName(r.role) in parts]
                if any(h.sentence.meets(span) for h in same for span in marked):
                    given = [r.mention.span for h in same for r in h.roles if r.name in parts]
                    yield side, any(span.meets(other) for span in given for other in marked)
    said = [Span(e.start, e.end) for e in one.events] + [Span(*at) for at in one.unsaid]
    for happening in told:
        yield "right", any(happening.sentence.meets(span) for span in said)


def _kind(happening: Happening) -> tuple[str, str]:
    return happening.event_type, happening.sub_event_type


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=sorted(READERS))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = measured(args.reader)
    print(json.dumps(found) if args.json else "\n".join(f"{name:12}{value:8.3f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
