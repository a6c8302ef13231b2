"""What the commands ask of a ledger: claims with the incidents they stand in, and the documents with their words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crossbearing.errors import RunError
from crossbearing.model.claim import Claim, ClaimRole
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Incident, incident_id
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.publish.dossier import Dossier, dossiers
from crossbearing.publish.records import Record, claim_record, document_record, fault_record, incident_record

if TYPE_CHECKING:
    from crossbearing.api import Ledger


class NotHeld(RunError):
    """An id that the ledger does not hold, or that could mean several things."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, with the document's text that it was made from."""

    claim: Claim
    text: str


class Held:
    """What a ledger holds now, or held at an instant."""

    def __init__(self, ledger: Ledger, as_of: datetime | None = None) -> None:
        self._ledger, self._as_of = ledger, as_of

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Every incident, those of which every report only recalls it among them, earliest first."""
        return tuple(sorted(self._ledger.incidents(as_of=self._as_of), key=_day_then_id))

    @cached_property
    def incident_of(self) -> dict[str, str]:
        """The incident that each claim stands in, by the claim's id."""
        return {claim: incident.id for incident in self.incidents for claim in incident.claims}

    @property
    def instant(self) -> datetime:
        """The instant as of which the ledger is read: the one asked for, or that of the last thing recorded."""
        return self._as_of or self._ledger.instant()

    @cached_property
    def rejected(self) -> set[str]:
        """The ids of the incidents that people rejected, and of the claims in them or rejected by themselves."""
        found: set[str] = set()
        for incident in self.incidents:
            if incident.review:
                found.update(incident.review.rejected_claims)
                found.update((incident.id, *incident.claims) if incident.review.rejected else ())
        return found

    @cached_property
    def unverified(self) -> set[str]:
        """The ids of the incidents that people do not stand behind."""
        return {one.id for one in self.incidents if one.review is None or not one.review.verified}

    def outcomes(self) -> Iterator[Outcome]:
        """What was made of each capture."""
        yield from self._ledger.outcomes(as_of=self._as_of)

    def said(self) -> Iterator[Said]:
        """Every claim with its document's text."""
        for outcome in self.outcomes():
            text = outcome.document.text if outcome.document else ""
            yield from (Said(claim, text) for claim in outcome.claims)

    def claim_records(self) -> Iterator[Record]:
        """The claims as records."""
        return (claim_record(one.claim, self.incident_of.get(one.claim.id), one.text) for one in self.said())

    def incident_records(self, words: bool) -> Iterator[Record]:
        """The incidents as records, with their claims' words where those are wanted."""
        by_incident: dict[str | None, list[Record]] = {}
        for record in self.claim_records() if words else ():
            by_incident.setdefault(record["incident"], []).append(record)
        for incident in self.incidents:
            yield incident_record(incident, by_incident.pop(incident.id, ()))

    def dossiers(self, wanted: set[str]) -> Iterator[Dossier]:
        """The incidents with these ids, with all that a code book may look at."""
        return dossiers([one for one in self.incidents if one.id in wanted], self.outcomes(), self.instant)

    def document_records(self, report: str | None = None) -> Iterator[Record]:
        """What became of each capture, as records; of one report only where its id, path or file's name is given."""
        for outcome in self.outcomes():
            file = self._file(outcome)
            if report is None or report in (*_reports(outcome), *_places(file)):
                yield document_record(outcome, file)

    def fault_records(self) -> Iterator[Record]:
        """The faults that stand, as records."""
        faults: Iterator[Fault] = iter(self._ledger.faults(as_of=self._as_of))
        return (fault_record(fault) for fault in faults)

    def incident(self, prefix: str) -> Incident:
        """The incident whose id starts so. Raises `NotHeld` where there is none, or more than one."""
        found = [incident for incident in self.incidents if incident.id.startswith(prefix)]
        exact = [incident for incident in found if incident.id == prefix] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            some = ", ".join(incident.id for incident in exact[:4])
            raise NotHeld(f"{prefix}: {len(exact)} incidents start so ({some}). Give more of the id.")
        held = self.incident_of.items()
        moved = {incident for claim, incident in held if claim == prefix or incident_id(claim).startswith(prefix)}
        if len(moved) == 1:
            return self.incident(moved.pop())
        raise NotHeld(f"{prefix}: no incident of this ledger has an id that starts so. `crossbearing incidents` lists them.")

    def claims_named(self, name: str) -> tuple[str, ...]:
        """The claims of the incident whose id starts so, or the one claim whose id starts so. Raises `NotHeld`."""
        found = [claim for claim in self.incident_of if claim.startswith(name)]
        if len(found) == 1 or name in found:
            return (name,) if name in found else (found[0],)
        if found:
            raise NotHeld(f"{name}: {len(found)} claims start so ({', '.join(found[:4])}). Give more of the id.")
        return self.incident(name).claims

    def is_claim(self, name: str) -> bool:
        """Whether a name is that of a claim and not of an incident."""
        return any(claim.startswith(name) for claim in self.incident_of)

    def decisions(self) -> tuple[Decision, ...]:
        """People's decisions as they were recorded, those undone among them, in order."""
        return self._ledger.decisions(as_of=self._as_of)

    def judgements(self) -> tuple[Decision, ...]:
        """The same, on the claims that stand now."""
        return self._ledger.judgements(as_of=self._as_of)

    def incident_to_explain(self, prefix: str) -> Incident:
        """The incident whose id starts so. Raises `NotHeld`, which tells where the name is that of a document."""
        try:
            return self.incident(prefix)
        except NotHeld as error:
            if any(prefix in _places(self._file(one)) or _starts(one, prefix) for one in self.outcomes()):
                raise NotHeld(f"{prefix} is a document; of a document there is only published.") from error
            raise

    def document(self, name: str) -> Outcome:
        """The outcome whose document or capture has an id that starts so, or lies in a file of that name. Raises `NotHeld`."""
        found = [outcome for outcome in self.outcomes() if name in _places(self._file(outcome))]
        found = found or [outcome for outcome in self.outcomes() if _starts(outcome, name)]
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(_ids(outcome)[0] for outcome in found[:4])
            raise NotHeld(f"{name}: {len(found)} documents are named so ({some}). Give more of the id.")
        raise NotHeld(
            f"{name}: no document of this ledger has an id or a file that reads so. `crossbearing documents` lists them."
        )

    def claims_of(self, incident: Incident) -> list[Said]:
        """The claims of an incident with their words: news first, then whose source is named, then what says most."""
        wanted = {claim: place for place, claim in enumerate(incident.claims)}
        found = [one for one in self.said() if one.claim.id in wanted]

        def order(one: Said) -> tuple[bool, bool, int, int]:
            claim = one.claim
            return claim.role is not ClaimRole.MAIN, not claim.chain, -_says(claim), wanted[claim.id]

        return sorted(found, key=order)

    def _file(self, outcome: Outcome) -> str | None:
        """Where a capture lay, whatever became of it."""
        document = outcome.page
        if document or outcome.fault:
            return document.file if document else outcome.fault.file if outcome.fault else None
        return next((place.file for place in self._ledger.locations(outcome.capture)), None)


@contextmanager
def opened(path: str, as_of: datetime | None = None) -> Iterator[tuple[Ledger, Held]]:
    """The ledger at a path or an address, and what is asked of it, now or as of an instant."""
    from crossbearing.api import open_ledger

    with open_ledger(path, create=False) as ledger:
        yield ledger, Held(ledger, as_of)


def _ids(outcome: Outcome) -> tuple[str, ...]:
    """What an outcome can be called by, its record's id first."""
    document = outcome.page
    return (document.id, outcome.capture) if document else (outcome.capture,)


def _starts(outcome: Outcome, name: str) -> bool:
    return any(one.startswith(name) for one in _ids(outcome))


def _reports(outcome: Outcome) -> tuple[str | None, ...]:
    """The report that an outcome is of, as its document and its fault have it."""
    document = outcome.page
    return (document.report if document else None, outcome.fault.report if outcome.fault else None)


def _places(file: str | None) -> tuple[str, ...]:
    """A file as a person may name it: the whole path, or the last part."""
    return (file, file.rpartition("/")[2]) if file else ()


def _says(claim: Claim) -> int:
    """On how many things a claim says something."""
    given = (
        claim.when,
        claim.where,
        claim.perpetrators,
        claim.targets,
        claim.claimed_by,
        claim.weapons,
        claim.killed,
        claim.injured,
    )
    return sum(bool(one) for one in given)


def _day_then_id(incident: Incident) -> tuple[str, str, str]:
    when = incident.when
    early, late = (when.earliest, when.latest) if when else (None, None)
    return (str(early or late or "9999"), str(late or early or "9999"), incident.id)
