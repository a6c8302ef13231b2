"""Who made a value, a step of the machine at a version, and what it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from crossbearing.model.text import Shown, Span

T = TypeVar("T")

Evidence = Span | Shown
"""Words of the document, or something that the capture shows of itself outside of its text."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage's implementation at a version. Same bytes, same step, same answer."""

    name: str
    version: str
    digest: str = ""
    """Of the model or of the tables that it reads by, where it has any."""

    @property
    def id(self) -> str:
        return "/".join(filter(None, (self.name, self.version, self.digest[:12])))


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value, and what it rests on. There is no way to write one without evidence."""

    value: T
    evidence: tuple[Evidence, ...]
    step: str
    """The id of the step that says so."""
    score: float = 1.0
    """How sure the step is, 0 to 1."""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a value stands on words; {self.value!r} has none")

    @property
    def words(self) -> Span | None:
        """The first words of the document that it stands on; None where it stands on what the capture shows alone."""
        return next((one for one in self.evidence if isinstance(one, Span)), None)


@dataclass(frozen=True, slots=True)
class Because:
    """One piece of evidence, what it says in a sentence, and the answer that it alone would allow."""

    evidence: tuple[Evidence, ...]
    says: str
    allows: str = ""
