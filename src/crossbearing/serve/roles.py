"""What an account may do: four roles, each with all that those before it may."""

from __future__ import annotations

from enum import StrEnum

from crossbearing.model.decision import DecisionKind, State


class Role(StrEnum):
    """What an account may do; each may do what those before it may."""

    READER = "reader"  # reads and exports
    CODER = "coder"  # decides, codes blind, hands reports in
    EDITOR = "editor"  # settles what coders contest, completes incidents and sends them back, opens blind rounds
    ADMIN = "admin"  # keeps the accounts

    def covers(self, other: Role) -> bool:
        """Whether it may do all that the other may."""
        ladder = tuple(Role)
        return ladder.index(self) >= ladder.index(other)


EDITORS_STATES = (State.COMPLETED, State.SENT_BACK)
"""What the work on an incident is by an editor's word: done, or not done well enough."""


def takes(kind: DecisionKind, state: State | None = None) -> Role:
    """The least role that may decide so."""
    return Role.EDITOR if kind is DecisionKind.OPEN or state in EDITORS_STATES else Role.CODER
