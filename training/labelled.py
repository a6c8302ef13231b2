"""What the network learns from: a text, and what someone marked in it.

Corpora and the generator are all turned into this one form. What a set does not mark is named by its absence from
`marks`: it is not learned as absent. Offsets are characters, the end exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from crossbearing.read.network import labels
from crossbearing.read.network.labels import FILLERS, MENTIONS, REALIS, ROLES

Piece = tuple[int, int]
"""Start and end of a stretch of the text, in characters."""

KINDS = tuple(labels.KINDS)
"""`strike` is what hit by means unknown; `other` the rest: accidents, meetings, crimes without politics."""

MARKS = ("mentions", "happenings", "roles", "realis", "attributions", "fillers", "happening-chains", "actor-chains")


@dataclass(slots=True)
class Argument:
    role: str
    start: int
    end: int


@dataclass(slots=True)
class Event:
    """A trigger, its kind, whether it happened, and its parts."""

    start: int
    end: int
    kind: str
    realis: str | None = None
    roles: list[Argument] = field(default_factory=list)
    chain: int | None = None
    """Events of one document with the same number are one happening."""
    silent: list[str] = field(default_factory=list)
    """Parts of which nothing is said of this event: neither that it has any, nor that it has none."""


@dataclass(slots=True)
class Voiced:
    """An attribution; each part may lie in several pieces, in the order of the text. Nested ones each stand for themselves."""

    source: list[Piece]
    cue: list[Piece]
    content: list[Piece]


@dataclass(slots=True)
class Marked:
    """Words of a kind. "a|b" says one of the two, and the set does not say which."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Labelled:
    id: str
    corpus: str
    text: str
    marks: list[str]
    """Which of `MARKS` are complete in this text."""
    mentions: list[Marked] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    attributions: list[Voiced] = field(default_factory=list)
    fillers: list[Marked] = field(default_factory=list)
    actor_chains: list[list[Piece]] = field(default_factory=list)
    """Mentions of one document that are one actor, each chain two mentions or more."""
    complete: list[str] = field(default_factory=lambda: list(MENTIONS))
    """The kinds of mention that are marked throughout, where `marks` names mentions."""
    complete_roles: list[str] = field(default_factory=lambda: list(ROLES))
    """The roles that are marked throughout for each event, where `marks` names roles."""
    convention: int = 0
    """0: a cue holds all words that introduce the content; 1: GUM's, the verb alone. Told to the network, never guessed."""
    title: str = ""
    """A headline that is not in the text."""
    unsaid: list[Piece] = field(default_factory=list)
    """Words of which nothing is said, whether they tell of a happening or not."""


def write(path: Path, texts: Iterable[Labelled]) -> int:
    """One JSON object a line; the number of texts written."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")
            count += 1
    return count


def read(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            data = json.loads(line)
            data["mentions"] = [Marked(**m) for m in data["mentions"]]
            data["fillers"] = [Marked(**m) for m in data["fillers"]]
            data["events"] = [Event(**{**e, "roles": [Argument(**r) for r in e["roles"]]}) for e in data["events"]]
            data["attributions"] = [Voiced(**{k: [(a, b) for a, b in v] for k, v in x.items()}) for x in data["attributions"]]
            data["actor_chains"] = [[(a, b) for a, b in chain] for chain in data["actor_chains"]]
            data["unsaid"] = [(a, b) for a, b in data.get("unsaid", [])]
            yield Labelled(**data)


__all__ = [
    "FILLERS",
    "KINDS",
    "MARKS",
    "MENTIONS",
    "REALIS",
    "ROLES",
    "Argument",
    "Event",
    "Labelled",
    "Marked",
    "Piece",
    "Voiced",
    "read",
    "write",
]
