"""Whose number it is, where two voices count those of one happening: "officials said 12 died, while residents put it at 30".

A number that another voice gives than tells of the happening is that voice's, and stays beside the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crossbearing.model.mention import Attribution, Happening, RoleName, StatedFigure, said_by
from crossbearing.model.text import Span
from crossbearing.words.sentences import TURN

_COUNTED = {RoleName.KILLED: "killed", RoleName.INJURED: "injured"}


def to_each_its_own(
    text: str, happenings: Sequence[Happening], figures: Sequence[StatedFigure], attributions: Sequence[Attribution]
) -> tuple[list[Happening], tuple[StatedFigure, ...]]:
    """The happenings without the numbers that others say of them than who tells of them, and the figures, those hung on none."""
    kept: list[Happening] = []
    others: set[tuple[str, Span]] = set()
    for happening in happenings:
        theirs = {(name, span): voice for name in _COUNTED for span, voice in _of_others(text, happening, name, attributions)}
        others |= {(_COUNTED[name], span) for name, span in theirs}
        roles = tuple(r for r in happening.roles if (r.name, r.mention.span) not in theirs)
        tell = tuple(n for n in happening.attributions if n not in theirs.values())
        kept.append(replace(happening, roles=roles, attributions=tell) if theirs else happening)
    return kept, tuple(replace(f, happening=None) if (f.counted, f.mention.span) in others else f for f in figures)


def _of_others(text: str, happening: Happening, name: RoleName, attributions: Sequence[Attribution]) -> list[tuple[Span, int]]:
    """The numbers of a happening that others give than who tells of it, with their voices: where not all are one voice's, or the
    words turn to another ("...; the president put the toll at 100").

    Of two who both tell of it, neither carrying the other, the one that counts first does.
    """
    by = {m.span: said_by(attributions, m.span) for m in sorted(happening.role(name), key=lambda m: m.span)}
    told = {span: v for span, v in by.items() if v is not None}
    if len(set(by.values())) < 2:
        other = ((span, v, attributions[v].cue) for span, v in told.items() if v not in happening.attributions)
        return [
            (span, v) for span, v, cue in other if cue.end <= span.start and TURN.search(text, happening.trigger.end, cue.start)
        ]
    teller = next((v for v in by.values() if v in happening.attributions), None)
    return [(span, v) for span, v in told.items() if v != teller and not _carries(attributions, v, teller)]


def _carries(attributions: Sequence[Attribution], one: int, other: int | None) -> bool:
    """Whether one of two voices carries the other."""
    return other is not None and (attributions[one].within == other or attributions[other].within == one)
