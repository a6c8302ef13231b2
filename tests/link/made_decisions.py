"""A decision in one line: who says what of which claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision, DecisionKind, Rank

Decide = Callable[..., Decision]
BEGINNING = datetime(2031, 6, 1, tzinfo=UTC)
EDITORS = ("Edith", "Egon")


def decider() -> Decide:
    """A maker of decisions, each a minute after the one before; Edith and Egon are editors."""
    numbers = count(1)

    def decide(
        person: str, kind: str, on: Sequence[Claim] | Claim | str, other: Sequence[Claim] | Claim = (), **more: object
    ) -> Decision:
        number = next(numbers)
        subject = (on,) if isinstance(on, str) else _ids(on)
        rank = Rank.EDITOR if person in EDITORS else Rank.CODER
        at = BEGINNING + timedelta(minutes=number)
        return Decision(
            f"j{number}", person, rank, at, DecisionKind(kind), subject, f"reason {number}", other=_ids(other), **more
        )  # type: ignore[arg-type]

    return decide


def _ids(claims: Sequence[Claim] | Claim) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in ([claims] if isinstance(claims, Claim) else claims)))
