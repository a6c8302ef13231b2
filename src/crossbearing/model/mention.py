"""What a reader finds in a document: words that speak of things, and how they hang together.

A reading is offsets and labels only. What the words mean (which day, which place, which actor) is resolved later,
so that a reader of rules, a network and a language model can fill the same form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crossbearing.model.text import Span


class MentionKind(StrEnum):
    """What the words speak of."""

    PERSON = "person"
    GROUP = "group"  # an armed group, a force, a crowd
    STATE = "state"
    ORGANISATION = "organisation"  # a ministry, a monitor, an agency, an outlet
    PLACE = "place"
    FACILITY = "facility"
    WEAPON = "weapon"
    TIME = "time"
    FIGURE = "figure"  # a number of something
    PEOPLE = "people"  # people spoken of by kind: "three civilians", "soldiers"


MEANS_UNKNOWN = "Strike, means unknown"
"""The sub-event type of what hit from afar while nothing says what with. ACLED has no such type."""
DEMONSTRATIONS = frozenset(("Protests", "Riots"))
"""ACLED's event types of people in the streets."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in a span that speak of something."""

    span: Span
    kind: MentionKind
    known: str | None = None
    """An id in the project's own tables, where the reader recognised the name there."""


class Realis(StrEnum):
    """Whether a happening is said to have happened."""

    ASSERTED = "asserted"
    FOILED = "foiled"
    DENIED = "denied"
    PLANNED = "planned"  # or threatened
    HYPOTHETICAL = "hypothetical"
    BACKGROUND = "background"  # told as known before, to explain


class Stance(StrEnum):
    """What a voice does with what it is said to have said."""

    ASSERTS = "asserts"
    CLAIMS = "claims"  # as its own deed
    RELAYS = "relays"
    DENIES = "denies"
    CANNOT_CONFIRM = "cannot confirm"


class RoleName(StrEnum):
    """What a mention is to a happening."""

    PERPETRATOR = "perpetrator"
    TARGET = "target"
    VICTIM = "victim"
    MEANS = "means"
    PLACE = "place"
    TIME = "time"
    KILLED = "killed"
    INJURED = "injured"


BEFALLEN = (RoleName.TARGET, RoleName.VICTIM)
"""The parts of whom and what it befell."""
PARTIES = frozenset((RoleName.PERPETRATOR, *BEFALLEN))
"""These, and who did it."""


@dataclass(frozen=True, slots=True)
class Role:
    """One mention's part in one happening."""

    name: RoleName
    mention: Mention
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said what. The source is empty (cue only) where a passive hides it: "reportedly"."""

    cue: Span
    content: Span
    stance: Stance
    source: Mention | None = None
    within: int | None = None
    """The index of the attribution whose content holds this one: the outer voice."""
    medium: bool = False
    """Whether the source only carries it ("told AFP", "SANA reported"): a medium, not the claimant."""
    time: Mention | None = None
    """When it was said, where the words say so: "in a statement on Wednesday"."""
    pieces: tuple[Span, ...] = ()
    """The content, piece by piece, where the reader knows it that well; `content` is then the first of them to the last."""
    source_pieces: tuple[Span, ...] = ()
    """The words for the source as they stand beside the cue ("he"), where `source` is who they mean."""


def said_by(attributions: Sequence[Attribution], words: Span) -> int | None:
    """Which attribution's content holds some words most narrowly; None where nobody's does."""
    holding = [
        (a.content.end - a.content.start, n)
        for n, a in enumerate(attributions)
        if a.source is not None and any(piece.holds(words) for piece in a.pieces or (a.content,))
    ]
    return min(holding)[1] if holding else None


@dataclass(frozen=True, slots=True)
class Happening:
    """Words that speak of something that happened, or did not."""

    trigger: Span
    sentence: Span
    event_type: str
    """ACLED's event type."""
    sub_event_type: str
    """ACLED's sub-event type, or `MEANS_UNKNOWN`."""
    realis: Realis
    roles: tuple[Role, ...] = ()
    attributions: tuple[int, ...] = ()
    """Indices into the reading's attributions, outermost voice first."""
    generic: bool = False
    """Whether the words speak of many happenings at once, or of a kind ("dozens of strikes"): no incident by itself."""
    ordinal: int | None = None
    """The happening's place in a told order: "the second raid"."""
    score: float = 1.0

    def role(self, name: RoleName) -> tuple[Mention, ...]:
        """The mentions that play the part, in the order found."""
        return tuple([r.mention for r in self.roles if r.name is name])


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure mention with what is counted, before its meaning is worked out."""

    mention: Mention
    counted: str
    """`killed`, `injured`, `missing`, `captured`, `displaced`, `attacks`, or the noun as written."""
    people: Mention | None = None
    cumulative: bool = False
    """Whether the words give a total over a period, a war or an area rather than of one happening."""
    since: Mention | None = None
    happening: int | None = None
    """The happening it belongs to, by index; None for a total."""
    part_of: Span | None = None
    """Where the figure stands of which this is a part: "six people, including two children"."""
    more: bool = False
    """Whether the words add it to a figure told before: "another five"."""


@dataclass(frozen=True, slots=True)
class CountWords:
    """Words that count happenings, before their meaning is worked out: "78 attacks since 17 October", "the second raid"."""

    number: Span
    """`78`, `at least 40`, `second`, `three times`."""
    counted: Span
    """What is counted, as written: `drone attacks`; for "hit for the second time" the word for the happening."""
    sentence: Span
    event_type: str | None = None
    """ACLED's event type; None where the words leave it open ("attacks", "operations")."""
    sub_event_type: str | None = None
    ordinal: bool = False
    """Whether the words name one happening's place in an order: "the second raid"."""
    foiled: bool = False
    """Whether it counts what was stopped: "shot down 12 drone attacks"."""
    perpetrators: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    """Each a place of the count by itself: "in Iraq and Syria" is two."""
    time: Mention | None = None
    """Since when, or over which time."""
    lasting: bool = False
    """Whether the time words say how long, counted back from the statement: "in 24 hours", "in a week"."""
    attributions: tuple[int, ...] = ()
    """Indices into the reading's attributions, outermost voice first."""
    part_of: Span | None = None
    """Where the number stands of which this is a part: "78 attacks, 43 of them in Iraq"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader found in one document."""

    document: str
    step: str
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    happenings: tuple[Happening, ...]
    attributions: tuple[Attribution, ...]
    figures: tuple[StatedFigure, ...] = ()
    same: tuple[tuple[int, ...], ...] = ()
    """Groups of happenings (by index) that are one happening told again: "the attack"."""
    counts: tuple[CountWords, ...] = ()
    """Words that count happenings."""
    parts: tuple[Role, ...] | None = None
    """Words that are likely a part of some incident of the document, whichever word tells of it, each with its score; None where
    the reader does not say."""
