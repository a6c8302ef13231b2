"""The happening as the ledger now holds it: a view over claims and decisions, which may be thrown away and made again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crossbearing.model.claim import Actor, Figure, Status
from crossbearing.model.decision import Review
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place


@dataclass(frozen=True, slots=True)
class Link:
    """Why two claims stand under one incident."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


class Clash(StrEnum):
    """What two claims cannot agree on."""

    FIGURES = "figures"
    RESPONSIBILITY = "responsibility"
    OUTCOME = "happened, foiled or denied"
    DATE = "date"
    PLACE = "place"
    MEANS = "means"


_CLASHES = {
    "killed": Clash.FIGURES,
    "injured": Clash.FIGURES,
    "perpetrators": Clash.RESPONSIBILITY,
    "status": Clash.OUTCOME,
    "when": Clash.DATE,
    "where": Clash.PLACE,
    "weapons": Clash.MEANS,
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims of one incident that cannot both hold, with the others that say the same as either."""

    field: str
    """Of the incident: `killed`, `injured`, `perpetrators`, `status`, `when`, `where`, `weapons`."""
    a: str
    b: str
    """The claims' ids. Of a toll that rises, `a` was told first."""
    says: str
    with_a: tuple[str, ...] = ()
    """Other claims that say what `a` says."""
    with_b: tuple[str, ...] = ()

    @property
    def kind(self) -> Clash:
        return _CLASHES[self.field]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document that stands in another too, but for a few words that an editor changed."""

    a: Span
    """In the text of the one document."""
    b: Span
    """In the text of the other."""
    words: int
    """How many words are equal."""
    quoted: bool = False
    """Whether all of them stand in quotation marks: words of a speaker whom both quote."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What two documents share, word for word. It does not say who wrote first."""

    a: str
    b: str
    """The documents' ids."""
    passages: tuple[Passage, ...]
    """In the order of `a`."""
    share_a: float
    """The share of its own words, those outside of quotation marks, that `a` has in common with `b`, 0 to 1."""
    share_b: float


class FoldKind(StrEnum):
    """By what a report is known to go back to another, or to a voice."""

    COPY = "copy"  # it holds the other's words
    CREDIT = "credit"  # it says whose report it prints or retells
    VOICE = "voice"  # all that it says of the happening, the same voice says


@dataclass(frozen=True, slots=True)
class Fold:
    """Why what one report tells goes back to another report, or to a voice, and is no second witness."""

    report: str
    to: str
    """The other report's id, or the voice's name."""
    kind: FoldKind
    because: str
    """The reason in a sentence."""
    document: str
    """The report's document, in which the passages' first spans lie."""
    other: str | None = None
    """The other report's document, in which their second spans lie; None for a voice."""
    shared: tuple[Passage, ...] = ()
    adds: tuple[str, ...] = ()
    """What it states beside it, as `field: value`: for that alone it is a witness."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The claims that go back to one root, with the reason each report was folded into it."""

    root: str
    claims: tuple[str, ...]
    because: str
    folds: tuple[Fold, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands behind one value of one field."""

    field: str
    """`when`, `where`, `kind`, `status`, `perpetrators`, `targets`, `weapons`, `killed` or `injured`."""
    value: str
    claims: tuple[str, ...]
    roots: tuple[str, ...]
    """Those of the independent lineages that give it, one each."""


class Grade(StrEnum):
    """How well a field stands: the words that Airwars has for strikes, for each field by itself."""

    DECLARED = "declared"  # who did it says so, and nobody contests it
    LIKELY = "likely"  # two independent lineages or more give one value, and nobody contests it
    CONTESTED = "contested"  # claims on it cannot all hold
    SINGLE = "single source"  # all that is told of it goes back to one lineage


@dataclass(frozen=True, slots=True)
class Graded:
    """A field of an incident with its grade."""

    field: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening. Its fields show each value that some claim states; none wins by being last."""

    id: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    event_type: str
    sub_event_type: str
    status: Status
    when: Interval | None
    where: Place | None
    perpetrators: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    weapons: tuple[str, ...] = ()
    killed: Figure | None = None
    injured: Figure | None = None
    lineages: tuple[Lineage, ...] = ()
    links: tuple[Link, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    background: bool = False
    """Whether every report that tells of it only recalls it."""
    standings: tuple[Standing, ...] = ()
    """Each value that some claim states, with who stands behind it."""
    grades: tuple[Graded, ...] = ()
    """How well each field stands of which some claim tells: a lone belligerent's claim is never the plain fact."""
    rising: tuple[Contradiction, ...] = ()
    """Figures that cannot both hold of one moment, the higher told later or as risen: a toll that rises is no contradiction."""
    review: Review | None = None
    """What people decided on it; None where nobody has."""
    most_killed: int | None = None
    most_injured: int | None = None
    """The greatest number that a claim names, which an open figure does not hold: of "at least 20" and "over 1,400" 1,400."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The incidents as they were drawn, with what was compared, so that another decision draws again only what it can touch."""

    incidents: tuple[Incident, ...]
    tellings: tuple[str, ...] = ()
    """The smallest claim of each telling, in order; empty where nobody kept them."""
    met: bytes = b""
    """Which tellings were worth comparing: pairs of places in `tellings`, each two little-endian unsigned numbers of 32 bits."""


def incident_id(claim: str) -> str:
    """The id of the incident whose first claim this is: after a merge it still leads to where that claim stands."""
    return f"i{claim[1:13]}"
