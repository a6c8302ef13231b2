"""How many were killed or hurt, claim by claim: each figure with whose word it is, how vague its words are, and of whom it
counts.

Nothing is settled here. A code book has its own rule for what to do with figures that differ; all of them ask here what there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crossbearing.model.claim import Claim, Figure, FigureScope, PeopleStatus
from crossbearing.publish.dossier import KEPT, Dossier
from crossbearing.publish.sides import accused, attacked, speaks_for

_VAGUE = (
    ("thousands", r"\bthousands\b"),
    ("hundreds", r"\bhundreds\b"),
    ("scores", r"\bscores\b"),
    ("dozens", r"\bdozens\b|\bseveral dozen\b"),
    ("tens", r"\btens\b"),
    ("several", r"\bseveral\b|\bmany\b|\bfew\b|\bhandful\b|\bmultiple\b|\bnumber of\b|\bnumbers of\b"),
)
"""Words that say a size and no number, the largest first ("several hundred" is a number with a scale; "several dozen" is
dozens)."""
_PATTERNS = tuple((name, re.compile(pattern, re.I)) for name, pattern in _VAGUE)

_LASTING = re.compile(
    r"\b(?:over|for|during|throughout)\s+(?:the\s+)?(?:\w+\s+){0,2}?(?:days|nights)\b"
    r"|\bfrom\s.+\s(?:to|until|through)\s|\b\w+-(?:day|night)\b|\bdays of\b",
    re.I,
)
"""Time words that say how long it went on, as against on which of some days it was."""

CUMULATIVE = (FigureScope.DAY, FigureScope.AREA, FigureScope.PERIOD)
"""Scopes of a figure that counts over several days or places of one happening; a whole war's counts no happening."""


@dataclass(frozen=True, slots=True)
class Toll:
    """One claim's figure."""

    claim: Claim
    figure: Figure
    lineage: int
    vague: str | None
    """`several`, `tens`, `dozens`, `scores`, `hundreds`, `thousands` where the words give no number; None where they do."""
    of_doer: bool
    """Whether it is the word of a party that is said to have done it."""
    of_party: bool
    """Whether it is the word of either party."""
    status: PeopleStatus
    """What the people are said to be: by the figure's own words, or, where these name nobody ("seven wounded"), by the words of
    the claim's other figure."""
    overtaken: bool
    """Whether a higher figure was told of it on a later day: a toll that rose, and no dispute; or one that says more than an
    early "at least"."""
    known: str
    """When the page was written, as far as known (ISO 8601), to tell a later figure from an earlier one."""

    @property
    def least(self) -> int:
        """The lowest number that it allows; 0 where only an upper end is said."""
        return self.figure.low or 0

    @property
    def most(self) -> int:
        """The highest number that it names: its upper end, or its lower one where it is open above."""
        return self.least if self.figure.high is None else self.figure.high


@lru_cache(maxsize=KEPT)
def tolls(dossier: Dossier, counted: str = "killed") -> tuple[Toll, ...]:
    """Every figure of it, by claim, `killed` or `injured`; a war's total is none of it, a denial's or a plan's neither.

    Where a person set the figure, it is the only one.
    """
    if setting := dossier.set(counted):
        return (_set(dossier, counted, setting.value),) if isinstance(setting.value, Figure) and dossier.claims else ()
    doers = [one.actor for one in accused(dossier)]
    parties = [*doers, *(one.actor for one in attacked(dossier))]
    early = {one for rise in dossier.incident.rising if rise.field == counted for one in (rise.a, *rise.with_a)}
    found = []
    for claim in dossier.told:
        stated = getattr(claim, counted)
        if stated is None or stated.value.scope is FigureScope.WAR:
            continue
        words = f"{stated.value.qualifier or ''} {dossier.words.get((claim.id, counted), '')}"
        published = dossier.page(claim).published
        known = str((published and (published.latest or published.earliest)) or "")
        found.append(
            Toll(
                claim, stated.value, dossier.lineage(claim.id), vague(stated.value, words),
                speaks_for(claim, doers), speaks_for(claim, parties), _status(claim, stated.value), claim.id in early, known,
            )
        )  # fmt: skip
    return tuple(replace(one, overtaken=one.overtaken or _outgrown(dossier, one, found)) for one in found)


def _outgrown(dossier: Dossier, early: Toll, given: Sequence[Toll]) -> bool:
    """Whether an early lower bound ("at least 7") was told before a number that lies above it: both can hold, and the later says
    more. A doer's own number outgrows none but the doer's."""
    if early.figure.high is not None:
        return False
    later = (one for one in given if one.vague is None and one.least > early.least and (early.of_doer or not one.of_doer))
    return any(one.figure.allows(early.figure) and _after(dossier, one.claim, early.claim) for one in later)


def _after(dossier: Dossier, claim: Claim, than: Claim) -> bool:
    """Whether a claim's page was surely written on a later day than another's."""
    days, early = dossier.page(claim).published, dossier.page(than).published
    return bool(days and early and days.earliest and early.latest and early.latest < days.earliest)


def _set(dossier: Dossier, counted: str, figure: Figure) -> Toll:
    """A figure that a person set: no voice's own, told of by the claims that they had before them."""
    claim = next((c for c in dossier.told if c.id in dossier.giving(counted)), dossier.claims[0])
    bare = replace(claim, killed=None, injured=None, figures=(), chain=())
    return Toll(bare, replace(figure, counted=counted), 0, None, False, False, figure.status, False, "")


_NOBODY = frozenset((None, "wounded", "injured", "hurt", "dead", "killed", "casualties"))
"""Words for the people counted that name no people."""


def _status(claim: Claim, figure: Figure) -> PeopleStatus:
    other = {"killed": claim.injured, "injured": claim.killed}.get(figure.counted)
    if figure.status is PeopleStatus.UNKNOWN and figure.who in _NOBODY and other:
        return other.value.status
    return figure.status


def latest(given: Sequence[Toll]) -> tuple[Toll, ...]:
    """The figures that no later one overtook; all of them where each was."""
    return tuple(one for one in given if not one.overtaken) or tuple(given)


def vague(figure: Figure, words: str) -> str | None:
    """The size that vague words say; a plain plural ("fatalities") says several; None where there is a number."""
    if figure.high is not None or figure.low is None:
        return None
    if re.search(r"\d", words):
        return None
    said = next((name for name, pattern in _PATTERNS if pattern.search(words)), None)
    return said or ("several" if figure.low == 2 and figure.qualifier is None else None)


def votes(given: Iterable[Toll]) -> dict[int, Toll]:
    """Each lineage's figure: the one last told, the lowest where several were told last."""
    found: dict[int, Toll] = {}
    for toll in sorted(given, key=lambda one: (one.known, -one.least, one.claim.id)):
        found[toll.lineage] = toll
    return found


@lru_cache(maxsize=KEPT)
def lasting(dossier: Dossier) -> tuple[str, ...]:
    """The claims that say that it went on for days: their figure runs over more than it, or their words for the time say so.

    Empty where the days are only the days on one of which it was, and where a person set them.
    """
    if dossier.set("when"):
        return ()
    return tuple(c.id for c in dossier.told if _lasts(c, dossier.words.get((c.id, "when"), "")))


def _lasts(claim: Claim, words: str) -> bool:
    if claim.when is None or (claim.when.value.days or 2) < 2:
        return False
    return bool(claim.killed and claim.killed.value.scope in CUMULATIVE) or bool(_LASTING.search(words))


def parts(claim: Claim, counted: str = "killed") -> tuple[Figure, ...]:
    """The parts that a claim counts of its figure: "including two children"."""
    return tuple(f.value for f in claim.figures if f.value.counted == counted and f.value.part)


def by_status(toll: Toll) -> dict[PeopleStatus, int]:
    """A toll's lowest number by what the people are said to be; what no words put anywhere is unknown.

    Parts of one status ("two women and three children") add up, but never beyond the whole.
    """
    whole, status = toll.least, toll.status
    if status is not PeopleStatus.UNKNOWN:
        return {status: whole}
    split: dict[PeopleStatus, int] = {}
    left = whole
    for part in _apart(parts(toll.claim)):
        number = min(part.low or 0, left)
        if part.status is not PeopleStatus.UNKNOWN and number:
            split[part.status] = split.get(part.status, 0) + number
            left -= number
    return split | ({PeopleStatus.UNKNOWN: left} if left else {})


def _apart(figures: Sequence[Figure]) -> list[Figure]:
    """Parts that do not hold each other: where one counts civilians and another children, the children are among them."""
    general = {f.status for f in figures if f.group is None}
    return [f for f in figures if f.group is None or f.status not in general]
