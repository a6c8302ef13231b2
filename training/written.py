"""Reports written and marked by hand for this project, as `Labelled` texts: `training/written/*/*.txt`.

    python -m training.written --folder training/written/first --out out/train/labelled/written.jsonl

All but a sixth, which is kept for measuring, is learned from. The patterns of the generator say a thing in some hundred ways, and
people say it in thousands; these reports are there for those.
A file holds reports, each below a line `=== name`, its headline first. Marks stand in the text as links do in Markdown:

    [Gunmen](perpetrator#1) [fell upon](attack#1) [the village](target#1); the army said that a [raid](attack#2:foiled) failed.

Behind `#` stands the number of the happening in its report, and with a trigger whether it happened, where that is not `asserted`.
Words that bear the same number are one happening. A part belongs to the triggers of its number in its sentence, else to the
nearest. Words for the dead and hurt are left unmarked, and nothing is learned of them, unless they are the deed itself.
In the folders of `SPARSE` who did it to whom is marked here and there, and not in every sentence that says it: there nothing is
learned of it from a trigger that has none.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crossbearing.model.text import Span
from crossbearing.words import sentences
from training.labelled import KINDS, REALIS, Argument, Event, Labelled, write

FOLDER = Path(__file__).with_name("written")
ROLES = ("perpetrator", "target", "victim", "means", "place")
SPARSE = ("first", "second")
_SIDES = (("perpetrator",), ("target", "victim"))
"""Who did it, and to whom, by either word."""
_MARK = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\((?P<labels>[^()\n]+)\)")
_LABEL = re.compile(r"(?P<name>[a-z-]+)#(?P<number>\d+)(?::(?P<realis>[a-z]+))?")
_HARM = re.compile(
    r"\b(?:kill\w*|dead|deadly|died|dies|dying|deaths?|fatal\w*|lethal|wound\w*|injur\w*|hurt|casualt\w+|victims?|tolls?|bod(?:y|ies)|"
    r"slain|perish\w*|lives|massacre\w*|murder\w*|corpses?|remains|burn(?:ed|t|s)?|loss(?:es)?)\b",
    re.I,
)
"""Words of which nothing is learned where no mark is on them."""


class BadMark(ValueError):
    """A mark that cannot be read: which report, which words, and why."""


@dataclass(slots=True)
class _Label:
    name: str
    number: int
    realis: str
    start: int
    end: int


def reports(folder: Path = FOLDER) -> Iterator[Labelled]:
    """Every report of a folder. Raises `BadMark` where a mark names no kind, no part, or no happening of its report."""
    for path in sorted(folder.rglob("*.txt")):
        for part in re.split(r"^=== *", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            name, _, body = part.partition("\n")
            yield report(f"{path.stem}-{name.strip()}", body.strip(), path.parent.name in SPARSE)


def held_out(name: str) -> bool:
    """Whether a report, by its name, is kept for measuring: about a sixth are."""
    return hashlib.sha256(name.encode()).digest()[0] < 43


def report(name: str, body: str, sparse: bool = False) -> Labelled:
    """One report from its text with marks. `sparse`: a trigger without a mark for who did it may have somebody who did."""
    text, at = "", 0
    found: list[_Label] = []
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        found += [_label(name, mark["words"], label, len(text)) for label in mark["labels"].split()]
        text += mark["words"]
        at = mark.end()
    text += body[at:]
    if left := re.search(r"[\[\]]|#\d", text):
        raise BadMark(
            f"{name}: a bracket or a number of a happening is left in {text[max(0, left.start() - 30) : left.end() + 30]!r}"
        )
    events = [
        Event(label.start, label.end, label.name, label.realis, chain=label.number) for label in found if label.name in KINDS
    ]
    _part(name, text, events, [label for label in found if label.name not in KINDS])
    for event in events if sparse else ():
        event.silent += [part for side in _SIDES if not any(r.role in side for r in event.roles) for part in side]
    marked = [(e.start, e.end) for e in events]
    harm = [m.span() for m in _HARM.finditer(text) if not any(m.start() < b and a < m.end() for a, b in marked)]
    return Labelled(
        name, "written", text, ["happenings", "roles", "realis", "happening-chains"],
        events=events, complete_roles=list(ROLES), title=text.partition("\n")[0], unsaid=harm,
    )  # fmt: skip


def _label(name: str, words: str, label: str, at: int) -> _Label:
    match = _LABEL.fullmatch(label)
    if match is None or not (match["name"] in ROLES or match["name"] in KINDS):
        raise BadMark(f"{name}: {label!r} on {words!r} is no kind and no part with a number, as `attack#1` or `target#1`")
    realis = match["realis"] or "asserted"
    if realis not in REALIS or (match["realis"] and match["name"] in ROLES):
        raise BadMark(f"{name}: {realis!r} on {words!r} does not say whether something happened")
    return _Label(match["name"], int(match["number"]), realis, at, at + len(words))


def _part(name: str, text: str, events: list[Event], parts: list[_Label]) -> None:
    """Give each part to the triggers of its number."""
    edges = [s.end for s in sentences.split(text, Span(0, len(text)))]
    for part in parts:
        of_it = [e for e in events if e.chain == part.number]
        if not of_it:
            raise BadMark(f"{name}: {text[part.start : part.end]!r} is part of #{part.number}, which no words tell")
        near = [e for e in of_it if bisect_right(edges, e.start) == bisect_right(edges, part.start)]
        for event in near or [min(of_it, key=lambda e: abs(e.start - part.start))]:
            event.roles.append(Argument(part.name, part.start, part.end))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    found = list(reports(args.folder))
    if args.out:
        write(args.out, (one for one in found if not held_out(one.id)))
    words = sum(len(one.text.split()) for one in found)
    print(f"{len(found)} reports, {words} words, {sum(len(one.events) for one in found)} triggers")
    print(Counter(e.kind for one in found for e in one.events).most_common())
    print(Counter(e.realis for one in found for e in one.events).most_common())


if __name__ == "__main__":
    main()
