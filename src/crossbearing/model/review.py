"""What waits for people, how far they agree, and what changed: views over incidents and decisions, computed."""

from __future__ import annotations

from dataclasses import dataclass

from crossbearing.model.incident import Incident


@dataclass(frozen=True, slots=True)
class Queued:
    """An incident that waits for a person's decision."""

    incident: Incident
    gain: float
    why: tuple[str, ...]
    """Each doubt in a sentence, the greatest first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one field."""

    field: str
    """`verdict`, `same` or a field of an incident."""
    people: tuple[str, ...]
    units: int
    """How many incidents, or pairs, two or more of them coded."""
    agreed: int
    """On how many of these all said the same."""
    alpha: float | None
    """Krippendorff's; None where there is nothing to measure: no unit that two coded, or only one value."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one incident between two drawings."""

    what: str
    """`appeared`, `changed`, or `gone`."""
    incident: Incident
    """As it is now; one that is gone as it was."""
    before: str | None
    """The id that it had before."""
    after: str | None
    """The id that it has now; of one that is gone, that of the incident which holds its claims, where one does."""
    fields: tuple[str, ...] = ()
    """The fields that changed, in the order of the model."""
