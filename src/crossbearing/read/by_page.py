"""What a bare "strike", "raid" or "blast" was, by the page: reports name the means once, and then speak of "the strikes".

Strikes and raids are from the air where the page tells of such and of none by missile; what blew up was laid or flown in, where
that is the only way in which the page tells of bombs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crossbearing.model.mention import MEANS_UNKNOWN, Happening, MentionKind, Realis, RoleName
from crossbearing.read.lexicon import grammar, lexicon

_FLOWN = re.compile(r"(?:strikes?|raids)$", re.I)
_BOMBED = re.compile(r"bomb(?:ed|ing|ings|s|ardments?)$", re.I)
_BOMBING = re.compile(r"bombings?", re.I)
_LAID = re.compile(r"(?:blasts?|explosions?|bombings?)$", re.I)
_DEBRIS = re.compile(rf"\b(?:{'|'.join(sorted(grammar('roles.debris')))})\b", re.I)
_MISSILE = re.compile(r"\b(?:missile|rocket)s? (?:strikes?|attacks?|raids?)\b", re.I)
_AFOOT = re.compile(r"\b(?:troops|soldiers|police|commandos?|gunmen|special forces|arrest\w*|house)\b", re.I)
_UNTOLD = (Realis.DENIED, Realis.HYPOTHETICAL)


def by_the_page(text: str, happenings: Sequence[Happening]) -> list[Happening]:
    """The happenings with the kind of bare words taken from the way in which the page tells of strikes or bombs."""
    types = lexicon().types
    told = {h.sub_event_type for h in happenings if h.realis not in _UNTOLD and not _bare_bombing(text, h)}
    ways = {key for key in ("air", "shelling", "ied", "suicide") if types[key][1] in told}
    flown = "air" in ways and ("shelling" not in ways or _MISSILE.search(text) is None)
    return [
        h if (way := _way(text, h, ways, flown)) is None else replace(h, event_type=way[0], sub_event_type=way[1])
        for h in happenings
    ]


def _bare_bombing(text: str, happening: Happening) -> bool:
    """A "bombing" without a bomb, which is taken for one that was laid where nothing tells."""
    laid = happening.sub_event_type in (MEANS_UNKNOWN, "Attack", "Remote explosive/landmine/IED")
    return laid and _BOMBING.fullmatch(happening.trigger.of(text)) is not None and not happening.role(RoleName.MEANS)


def _way(text: str, happening: Happening, ways: set[str], flown: bool) -> tuple[str, str] | None:
    """The kind that the page gives to a bare word; none where it gives none."""
    if happening.sub_event_type not in (MEANS_UNKNOWN, "Attack") and not _bare_bombing(text, happening):
        return None
    if happening.sub_event_type == "Attack" and _AFOOT.search(happening.sentence.of(text)):
        return None  # "raids on houses": of men on foot
    said, types = happening.trigger.of(text), lexicon().types
    by_group = any(m.kind is MentionKind.GROUP for m in happening.role(RoleName.PERPETRATOR))
    many = happening.sub_event_type == MEANS_UNKNOWN or said.lower() == "bombings"  # "the bombing" was as often of a bomb laid
    fell = _DEBRIS.search(text, happening.sentence.start, happening.trigger.start) is not None
    from_air = ways == {"air"} and many and (fell or (_BOMBED.match(said) is not None and not by_group))
    if from_air or (flown and _FLOWN.match(said)):
        return types["air"]
    if ways <= {"ied"} and _BOMBING.match(said):
        return types["ied"]
    return types["ied"] if ways == {"ied"} and _LAID.match(said) else None
