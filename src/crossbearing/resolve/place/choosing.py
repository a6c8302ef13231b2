"""Of the places that one telling names, the one where it happened: the finest that the others can hold, if need be one that no
table knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.where import COARSE, FINENESS, Place, Precision
from crossbearing.resolve.place.country_words import is_adjective
from crossbearing.resolve.place.toponym import DIVISIONS, Toponym, is_street
from crossbearing.resolve.place.written import holds


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention of one happening's place, its words, and where it is."""

    mention: Mention
    words: Toponym
    found: Stated[Place] | None

    @property
    def place(self) -> Place | None:
        return self.found.value if self.found else None


def finest_of(spots: Sequence[Spot]) -> Spot | None:
    """The spot that says most finely where, as `Places.pick` says; else the first that is at least a name."""
    placing: list[Spot] = []
    others: list[Spot] = []
    for spot in spots:
        unknown, words = spot.found is None, spot.words
        if words.origin or (unknown and (words.metonym or is_adjective(words.full))):
            others += [] if unknown else [spot]
        elif unknown and (spot.mention.kind is MentionKind.FACILITY or not (words.within or words.feature)):
            others.append(spot)
        else:
            placing.append(spot)
    if not placing:
        return others[0] if others else None
    best, *rest = _unopposed(placing)
    for spot in rest:
        best = spot if _within(spot.place, best.place) else best
    return best


def unlisted(spots: Sequence[Spot], picked: Spot | None, text: str, taken: Collection[Span]) -> Spot | None:
    """The name of a place, or of a site in a town or something wider, that no table knows and that says most finely where."""
    known = picked.found.value.precision if picked and picked.found else Precision.COUNTRY
    if known is Precision.EXACT:
        return None
    unknown = [s for s in spots if s.found is None and not (s.words.goes_on or s.words.metonym or is_street(s.words.full))]
    town = known in (Precision.TOWN, Precision.NEAR)
    named = [s for s in unknown if _is_site(s) or (not town and _is_there(s, text, taken))]
    return min(named, key=lambda s: (s.words.feature in DIVISIONS, s is not picked), default=None)


def _is_site(spot: Spot) -> bool:
    """Whether a name is a site's own: "Kalonge hospital", and not "the hospital"."""
    return spot.mention.kind is MentionKind.FACILITY and spot.words.core != spot.words.full and spot.words.core[:1].isupper()


def _is_there(spot: Spot, text: str, taken: Collection[Span]) -> bool:
    """Whether the words say that a name is a place's: "in X", "the village of X", "attacked X in Y", or what was `taken`."""
    if spot.mention.kind is not MentionKind.PLACE or not _CAPITAL.match(spot.words.full):
        return False
    if spot.mention.span in taken or text.endswith(" on ", 0, spot.words.span.start):  # "shells fell on X"
        return True
    return bool(spot.words.within or spot.words.feature or _IN_AFTER.match(text, spot.words.span.end))


_CAPITAL = re.compile(r"(?:[a-z]{2,3}[-‐‑])?[A-Z]")  # "al-Waer"
_IN_AFTER = re.compile(r",? (?:in|near|outside) (?:the )?[A-Z]")


def _unopposed(spots: Sequence[Spot]) -> list[Spot]:
    """The spots without those fine ones against which more of the wide ones speak than against another fine one."""
    wide = [s.place for s in spots if s.place and s.place.precision in COARSE]
    against = [sum(not holds(w, s.place) for w in wide) if s.place and s.place.precision not in COARSE else None for s in spots]
    least = min((count for count in against if count is not None), default=0)
    return [spot for spot, count in zip(spots, against, strict=True) if count is None or count == least]


def _within(fine: Place | None, wide: Place | None) -> bool:
    """Whether one place of a happening is finer than another and can lie within it; None for one that no table knows."""
    if fine is None or wide is None:
        return fine is None and wide is not None and FINENESS[wide.precision] > FINENESS[Precision.TOWN]
    if FINENESS[fine.precision] == FINENESS[wide.precision] or (fine.precision in COARSE and wide.precision in COARSE):
        return (fine.radius_km or 0.0) < (wide.radius_km or 0.0) and (fine.km(wide) or 9e9) <= (wide.radius_km or 0.0)
    return FINENESS[fine.precision] < FINENESS[wide.precision] and holds(wide, fine)


def rank(p: Stated[Place], located: Sequence[Stated[Place]]) -> tuple[float, ...]:
    """A spot, a town or near one first; of these what no wide place speaks against; then the finer, surer, earlier."""
    # Only what is wide can speak against: a second town is another happening's, or another way to say the first.
    finest = max(FINENESS[p.value.precision], FINENESS[Precision.NEAR])
    coarser = [o for o in located if FINENESS[o.value.precision] > finest]
    against = sum(not holds(o.value, p.value) for o in coarser)
    wide = p.value.precision in (Precision.COUNTRY, Precision.REGION)
    fine = FINENESS[p.value.precision] <= FINENESS[Precision.NEAR]
    tier = 0.0 if wide else 2.0 if fine else 1.0
    return (tier, -float(against), -float(FINENESS[p.value.precision]), p.score, -float(located.index(p)))
