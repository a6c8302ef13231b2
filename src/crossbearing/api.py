"""The ledger in a few lines of Python: open it, run reports into it, ask what it holds, now or as of an instant.

with crossbearing.open_ledger("week.db") as ledger:
    ledger.run(["saved-pages/"])
    for incident in ledger.incidents():
        print(incident.when, incident.where, incident.killed)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

from crossbearing.errors import LedgerError
from crossbearing.ledger.reader import Location, Reader, Recorded
from crossbearing.ledger.review import signed
from crossbearing.ledger.writer import Writer
from crossbearing.model.claim import Claim
from crossbearing.model.decision import Cited, Decision, DecisionKind, FieldValue, Rank, State, drawing
from crossbearing.model.incident import Drawing, Incident
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import Capture, Document
from crossbearing.stages import Link, Parts

if TYPE_CHECKING:
    from crossbearing.publish.coarser import Caution
    from crossbearing.publish.dossier import Dossier
    from crossbearing.run.local import Progress, RunOptions, RunSummary


def open_ledger(path: str | os.PathLike[str], *, create: bool = True) -> Ledger:
    """The ledger at a path, or at `postgresql://USER@HOST/DATABASE`, made where there is none unless `create` is false.

    Raises LedgerError where it cannot be opened or is no ledger, LedgerTooNew where a newer version wrote it.
    """
    return Ledger(os.fspath(path), create=create)


class Ledger:
    """What is held in one file, or one schema of a database. Close it, or use it in a `with` block.

    `as_of` is an instant (naive ones are local time): the answer is what was held then, whatever came later.
    """

    def __init__(self, path: str, *, create: bool = True) -> None:
        self._written = path  # with the password, where one is in it
        if create:
            Writer(path).close()
        self._reader = Reader(path)
        self.path = self._reader.path

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._reader.close()

    def run(
        self,
        paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
        options: RunOptions | None = None,
        *,
        parts: Callable[[], Parts] | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> RunSummary:
        """Read files and folders into the ledger and draw the incidents. The same run twice adds nothing.

        `parts` builds other stages than the package's own. What cannot be read becomes a fault. Raises RunError where
        the run as a whole cannot go on.
        """
        from crossbearing.run.local import RunOptions, run  # here, as below: a run needs every stage, the rest of us none

        given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        link, step = _link()
        options = replace(options or RunOptions(), link_step=step)
        return run([os.fspath(path) for path in given], self._written, parts or _parts(), link, options, progress)

    def outcomes(self, as_of: datetime | None = None) -> Iterator[Outcome]:
        """What was made of each capture: a document with claims, a page set aside with the reason, or a fault."""
        return self._reader.outcomes(as_of)

    def documents(self, as_of: datetime | None = None) -> Iterator[Document]:
        """The documents, those of pages set aside among them."""
        return self._reader.documents(as_of)

    def claims(self, as_of: datetime | None = None) -> Iterator[Claim]:
        """The claims."""
        return self._reader.claims(as_of)

    def faults(self, as_of: datetime | None = None) -> Iterator[Fault]:
        """What failed and was not mended since."""
        return self._reader.faults(as_of)

    def incidents(self, as_of: datetime | None = None) -> tuple[Incident, ...]:
        """The incidents that the claims and decisions make."""
        from crossbearing.link.incidents import review  # here for the reason that `_link` gives
        from crossbearing.run.drawing import drawn

        instant = as_of or self._reader.instant()  # one instant for the key and the claims, whoever writes meanwhile
        found = drawn(self._reader, instant)
        if as_of is None and not self._reader.keeps(found.key):
            self._keep(found.key, found.drawing)
        return review(found.drawing.incidents, self._reader.judgements(instant))

    def link(self) -> tuple[tuple[Incident, ...] | None, tuple[Incident, ...]]:
        """Draw the incidents anew, whatever is kept: those of the drawing that was kept before, if any, and those drawn now.

        Both are as the claims and the decisions that draw make them, without what people say of an incident as a whole.
        """
        from crossbearing.link.incidents import STEP, draw

        before, instant = self._reader.kept(), self._reader.instant()
        after = draw(tuple(self._reader.claims(instant)), drawing(self._reader.judgements(instant)), self._reader.pages(instant))
        self._keep(self._reader.view_key(STEP.id, instant), after)
        return before, after.incidents

    def _keep(self, key: str, drawn: Drawing) -> None:
        """Keep a drawing for the next who asks; a ledger that cannot be written to is read all the same."""
        with suppress(LedgerError), Writer(self._written) as writer:
            writer.keep_view(key, drawn)

    def decisions(self, as_of: datetime | None = None) -> tuple[Decision, ...]:
        """People's decisions, those undone among them, in the order of recording."""
        return self._reader.decisions(as_of)

    def judgements(self, as_of: datetime | None = None) -> tuple[Decision, ...]:
        """The same decisions, on the claims that stand: where a newer reading took a claim's place, its heir is named."""
        return self._reader.judgements(as_of)

    def decide(
        self,
        kind: DecisionKind,
        subject: Iterable[str],
        person: str,
        reason: str,
        *,
        rank: Rank = Rank.CODER,
        other: Iterable[str] = (),
        claims_only: bool = False,
        field: str = "",
        value: FieldValue | None = None,
        evidence: Iterable[Cited] = (),
        note: str = "",
        state: State | None = None,
        round: str = "",
    ) -> Decision:
        """Record a person's decision on claims (an incident's are its `claims`), and return it as it is held.

        For an undo the subject is the decision's id, for an opening the round. Nothing is changed but what follows of it:
        the incidents are drawn anew when they are next asked for. Raises RefusedDecision where it cannot be recorded as given.
        """
        decision = signed(
            Decision(
                id="", person=person, rank=rank, at=datetime.now(UTC), kind=kind, subject=tuple(sorted(set(subject))),
                reason=reason, other=tuple(sorted(set(other))), claims_only=claims_only, field=field, value=value,
                evidence=tuple(evidence), note=note, state=state, round=round,
            )
        )  # fmt: skip
        with Writer(self._written) as writer:
            writer.append_decision(decision)
        return decision

    def recorded(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[Recorded]:
        """What was recorded after one instant and up to another, in the order of recording."""
        return self._reader.recorded(since, until)

    def dossiers(self, as_of: datetime | None = None) -> Iterator[Dossier]:
        """The incidents with all that a code book's rule may look at, earliest first."""
        from crossbearing.publish.dossier import dossiers

        instant = as_of or self._reader.instant()
        return dossiers(self.incidents(instant), self.outcomes(instant), instant)

    def export(self, book: str, as_of: datetime | None = None, caution: Caution | None = None) -> dict[str, str]:
        """The incidents by a code book, e.g. `ucdp`: the text of each file by its table's name, the reasons under `why`.

        The same instant gives the same text for ever. Raises KeyError for a book that there is not.
        """
        from crossbearing.publish.coarser import Caution
        from crossbearing.publish.export import BOOKS, export

        instant = as_of or self._reader.instant()
        files: dict[str, list[str]] = {}
        found = self.dossiers(instant)
        export(BOOKS[book], found, instant, caution or Caution(), lambda name, line: files.setdefault(name, []).append(line))
        return {name: "".join(lines) for name, lines in files.items()}

    def capture(self, sha256: str) -> Capture:
        """A capture with its bytes as they came. Raises LedgerError where it is not held."""
        return self._reader.capture(sha256)

    def locations(self, capture: str) -> tuple[Location, ...]:
        """Every place where a capture's bytes lay."""
        return self._reader.locations(capture)

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        return self._reader.counts()

    def instant(self) -> datetime:
        """The instant of the last thing recorded: what to name in a publication, so that it can be made again."""
        return self._reader.instant()


def _parts() -> Callable[[], Parts]:
    # Here, because the stages bring tables and parsers with them, and who only reads a ledger needs none of them.
    from crossbearing.pipeline import default_parts

    return default_parts


def _link() -> tuple[Link, str]:
    # Here for the same reason.
    from crossbearing.link.incidents import STEP, draw

    return draw, STEP.id
