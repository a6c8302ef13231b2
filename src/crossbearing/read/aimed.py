"""At whom or what: shots whose aim stands far behind the verb, and vehicles that somebody steers into people.

"Fired" is also said of coaches and of tear gas, and a car runs into people by accident too; what stands beside the verb tells.
"""

from __future__ import annotations

from crossbearing.read.beside import AT, OUT, VICTIM, before_of
from crossbearing.read.chunks import Chunked
from crossbearing.read.lexicon import grammar
from crossbearing.read.triggers import Found

_FAR = 14
"""So many words behind the verb its aim may stand."""
_SHOTS = frozenset(("shots", "shot", "rounds", "bullets", "volleys", "bursts"))
_HARMLESS = frozenset("tear teargas gas rubber plastic water warning stun blank blanks pepper flares".split())
_AT = frozenset(("on", "at", "upon", "into", "toward", "towards"))
_HIRED = frozenset(("people", "voice", "name", "group", "actor"))
_WHEELS, _GATHERED = grammar("roles.wheels"), grammar("roles.gathered")
_MEANT = frozenset("deliberately intentionally purposely attacker attackers assailant terrorist terrorists".split())


def fires_at(cut: Chunked, found: Found, hi: int) -> bool:
    """ "Fired on them", "fired twice from the far bank at two boats". Not "fired its coach at a meeting", "was fired from his
    post", "fired tear gas into the crowd", "fired into the air"."""
    behind = [t.low for t in cut.tokens[found.last : found.last + 3]]
    if behind and behind[0] in ("on", "at", "upon", "nothing"):
        return True
    if not _HARMLESS.isdisjoint(behind):
        return False
    if found.passive and _SHOTS.isdisjoint(t.low for t in cut.tokens[max(0, found.first - 5) : found.first]):
        return False
    for k in range(found.last, min(hi, found.last + _FAR)):
        chunk = cut.over(k)
        if chunk is not None and chunk.kind in _HIRED and k < found.last + 4 and before_of(cut, chunk) not in OUT:
            return False
        if chunk is None and cut.tokens[k].low in _AT and _aimed(cut, k):
            return True
    return False


def _aimed(cut: Chunked, k: int) -> bool:
    """Whether people or a spot stand behind a preposition, and no other preposition before them: "at our post by the river"."""
    for chunk in (c for c in cut.chunks if k < c.first <= k + 4):
        if chunk.kind == "time" or any(cut.at[n] < 0 and cut.tokens[n].low in (*OUT, *AT) for n in range(k + 1, chunk.first)):
            return False
        if chunk.kind in (*VICTIM, "site", "area"):
            return True
    return False


def rams(cut: Chunked, found: Found) -> bool:
    """ "Drove a van into a crowd": somebody steers at people. What runs into people by itself may have had an accident, unless
    the sentence says that it was meant."""
    lows = [t.low for t in cut.tokens]
    into = next((k for k in range(found.last - 1, min(found.last + 8, len(lows))) if lows[k] == "into" and cut.at[k] < 0), 0)
    if not into or {"lost", "control"} <= set(lows):
        return False
    people = any(c.kind in ("people", "group") and c.known is None and into < c.first <= into + 5 for c in cut.chunks)
    steered = found.passive or not _WHEELS.isdisjoint(lows[found.last : into])
    gathered = not _GATHERED.isdisjoint(lows[into + 1 : into + 7])
    return (people or gathered) and (steered or not _MEANT.isdisjoint(lows))
