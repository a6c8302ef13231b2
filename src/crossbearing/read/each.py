"""Deeds that a sentence tells by their tolls: "air strikes killed six people in A and four in B on Monday".

The second has no verb. It is what the first is, at its own place, with its own dead, and on its own day where it names one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from crossbearing.model.mention import Happening, Mention, MentionKind, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.beside import SPOT, as_mention
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm.headcount import COUNTABLE, figure_of, opens_at
from crossbearing.read.harm.words import HARM, Casualty

_AT = frozenset(("in", "at", "near", "outside"))
_TO_THE_PLACE = 3
"""So many words may stand between a number and the word before its place: "three more people in"."""
_KEPT = (RoleName.PERPETRATOR, RoleName.MEANS, RoleName.TIME)


class Elsewhere(NamedTuple):
    """A toll told behind another, at a place of its own."""

    figure: Mention
    people: Mention | None
    place: Chunk
    when: Chunk | None
    counted: str


def elsewhere_too(cut: Chunked, hurt: Sequence[Casualty]) -> Iterator[Elsewhere]:
    """The tolls without a verb that stand behind one with a verb and a place."""
    counted = {
        c.figure.span.start: c for c in hurt if c.counted in ("killed", "injured") and not c.cumulative and c.part_of is None
    }
    told: Casualty | None = None
    placed = False
    for n, chunk in enumerate(cut.chunks):
        number = chunk.number.span.start if chunk.number else chunk.span.start
        if number in counted:
            told, placed = counted[number], False
        elif told is not None and chunk.kind in SPOT and chunk.named:
            placed = placed or cut.tokens[chunk.first - 1].low in _AT
        elif told is not None and placed and chunk.number is not None and chunk.kind in COUNTABLE and _goes_on(cut, chunk):
            place = _place_behind(cut, cut.chunks[n + 1 :], chunk)
            if place is not None:
                figure, people = figure_of(chunk)
                yield Elsewhere(figure, people, place, _day_behind(cut, place), told.counted)


def _goes_on(cut: Chunked, chunk: Chunk) -> bool:
    """Whether "and" or a comma alone stands before a number: "... and four in B"."""
    opens = opens_at(cut, chunk)
    return opens > 0 and cut.tokens[opens - 1].low in ("and", ",") and cut.tokens[chunk.last - 1].low not in HARM


def _place_behind(cut: Chunked, behind: Sequence[Chunk], chunk: Chunk) -> Chunk | None:
    """The place that "in" puts behind a number, where nothing but a word or two for people stands between."""
    at = next((k for k in range(chunk.last, min(chunk.last + _TO_THE_PLACE, len(cut.tokens))) if cut.tokens[k].low in _AT), None)
    place = next((c for c in behind if c.kind in SPOT), None)
    if at is None or place is None or not place.named or not 0 < place.first - at <= 2:
        return None
    return place if not any(t.low in HARM or t.text == "," for t in cut.tokens[chunk.last : at]) else None


def _day_behind(cut: Chunked, place: Chunk) -> Chunk | None:
    """The day right behind a place: "four in B on Thursday"."""
    return next((c for c in cut.chunks if c.time is not None and c.time.has_day and 0 <= c.first - place.last <= 1), None)


def apart(happening: Happening, others: Sequence[Elsewhere]) -> Iterator[Happening]:
    """The happening without the others' places and days, and the others."""
    ends = max((m.span.end for m in happening.role(RoleName.PLACE) if m.span.end <= others[0].figure.span.start), default=0)
    theirs = [o.place.span for o in others] + [o.when.span for o in others if o.when]
    own_day = any(m.span.end <= others[0].figure.span.start for m in happening.role(RoleName.TIME)) or ends == 0
    kept = [r for r in happening.roles if not any(span.meets(r.mention.span) for span in theirs) or (_is_day(r) and not own_day)]
    yield replace(happening, roles=tuple(kept))
    for other in others:
        at = Mention(other.figure.span, MentionKind.FIGURE)
        when = [Role(RoleName.TIME, as_mention(other.when))] if other.when else []
        parts = [r for r in happening.roles if r.name in _KEPT and not (_is_day(r) and when)]
        parts += [Role(RoleName.PLACE, as_mention(other.place)), *when, Role(RoleName(other.counted), at)]
        yield replace(happening, trigger=Span(at.span.start, at.span.end), roles=tuple(parts), ordinal=None)


def _is_day(role: Role) -> bool:
    return role.name is RoleName.TIME
