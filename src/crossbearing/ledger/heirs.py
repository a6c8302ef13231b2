"""Which claim stands where a decision named one that a newer reading took the place of.

A decision names claims, and a claim's id changes with the step that makes it. So that a better reader does not undo people's
work, a claim that stands no more has an heir: of the claims that its capture has now, the one whose words overlap its own the
most, in the same voice and of the same kind where several do. One without an heir is passed over, and its decision stays listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision, DecisionKind

LEAST = 0.5
"""The share of both claims' words, in characters, that must be common to them: an heir is no neighbour's claim."""


def heir(old: Claim, standing: Iterable[Claim]) -> Claim | None:
    """The heir of a claim among those that stand of its capture; None where no words overlap by half."""
    ranked = [(rank, claim) for claim in standing if (rank := _rank(old, claim))[0] >= LEAST]
    return min(ranked, key=lambda one: (*(-part for part in one[0]), one[1].id))[1] if ranked else None


def _rank(old: Claim, new: Claim) -> tuple[float, int, int, int]:
    """How much a claim is like an older one: words, voice, kind, and which of the document's happenings."""
    return (
        _overlap(old, new),
        [voice.value.name for voice in old.chain] == [voice.value.name for voice in new.chain],
        old.sub_event_type == new.sub_event_type,
        old.happening == new.happening,
    )


def _overlap(old: Claim, new: Claim) -> float:
    """The share of words in common: by their places in one text, or, in another text of the capture, the same words or none."""
    if old.document != new.document:
        return float(old.quote == new.quote)
    shared = min(old.span.end, new.span.end) - max(old.span.start, new.span.start)
    return max(0, shared) / (len(old.span) + len(new.span) - max(0, shared))


def carried(decisions: Sequence[Decision], heirs: Mapping[str, str]) -> tuple[Decision, ...]:
    """The decisions, each on the heirs of the claims that it named; their ids stay."""
    if not heirs:
        return tuple(decisions)
    return tuple(
        one
        if one.kind in (DecisionKind.UNDO, DecisionKind.OPEN)
        else replace(one, subject=_inherited(one.subject, heirs), other=_inherited(one.other, heirs))
        for one in decisions
    )


def _inherited(claims: Iterable[str], heirs: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({heirs.get(claim, claim) for claim in claims}))
