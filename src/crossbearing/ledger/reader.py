"""What the ledger holds, now or as of an instant: the same question asked of the same instant has one answer for ever."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from types import TracebackType
from typing import Any

from sqlalchemy import Select, Table, func, select

from crossbearing.errors import LedgerError
from crossbearing.ledger.asof import current_outcomes, held, is_current, standing_faults
from crossbearing.ledger.encode import (
    content_id,
    decode_claim,
    decode_decision,
    decode_incidents,
    decode_met,
    decode_moment,
    decode_outcome,
    outcome_id,
)
from crossbearing.ledger.heirs import carried, heir
from crossbearing.ledger.tables import (
    GROWING,
    captures,
    claims,
    decisions,
    faults,
    incident_view,
    instant_text,
    latest_instant,
    locations,
    met_key,
    migrations,
    open_store,
    outcomes,
    runs,
)
from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision, drawing
from crossbearing.model.incident import Drawing, Incident
from crossbearing.model.outcome import Fault, Outcome
from crossbearing.model.text import Capture, Document, Media

LAST = 200
"""Decisions that a kept drawing may lie behind and still be known as one of the ledger's own."""

HALF = 32
"""Hex digits of each of the two hashes of a view's key."""

# Rows fetched at a time, so that a long table never stands in memory whole.
PAGE = 500


@dataclass(frozen=True, slots=True)
class Location:
    """Where a capture's bytes lay, and under which id of the input."""

    file: str
    report: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """One thing that was recorded."""

    at: str
    """The instant, as ISO 8601 in UTC to the microsecond."""
    of: str
    """`capture`, `outcome`, `fault`, `decision` or `run`."""
    id: str
    says: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A drawing of incidents, with what it was drawn from."""

    key: str
    """As `Reader.view_key` makes it."""
    drawing: Drawing
    decisions: tuple[Decision, ...]
    """The judgements that drew (`model.decision.drawing`), in the order of recording."""

    def same_outcomes(self, key: str) -> bool:
        """Whether the drawing of another key is of the same outcomes, by the same step."""
        return self.key[:HALF] == key[:HALF]


class Reader:
    """Reads the ledger at a path or an address. Raises LedgerError, with what to do, where there is none or it cannot be read.

    `path` is then where it is, for people to read.
    """

    def __init__(self, path: str) -> None:
        self._store = open_store(path, create=False)
        self.path, self._engine = self._store.path, self._store.engine
        self._halves: dict[tuple[str, int | None], str] = {}
        """The first half of each view's key that was asked for, by the step and the last outcome."""

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, or the server."""
        self._store.close()

    def captures(self, as_of: datetime | None = None) -> Iterator[str]:
        """The ids (SHA-256) of the captures, in the order in which they came."""
        for row in self._rows(select(captures.c.sha256).where(held(captures.c.recorded_at, as_of)).order_by(captures.c.seq)):
            yield row.sha256

    def capture(self, sha256: str) -> Capture:
        """A capture with its bytes, under the first of its locations. Raises LedgerError where it is not held."""
        row = self._first(select(captures).where(captures.c.sha256 == sha256))
        if row is None:
            raise LedgerError(self.path, f"it holds no capture {sha256[:12]}", "`crossbearing documents` lists what it holds")
        first = self.locations(sha256)[0]
        content = zlib.decompress(row.content)
        return Capture(content, sha256, first.file, first.report, Media(row.media), decode_moment(row.captured))

    def locations(self, capture: str, as_of: datetime | None = None) -> tuple[Location, ...]:
        """Every place where a capture's bytes lay, the first one first."""
        asked = select(locations.c.file, locations.c.report).where(
            locations.c.capture == capture, held(locations.c.recorded_at, as_of)
        )
        return tuple(Location(row.file, row.report) for row in self._rows(asked.order_by(locations.c.seq)))

    def known(self, sha256: str, steps: tuple[str, ...]) -> bool:
        """Whether an outcome of the capture at these steps is held."""
        return self._first(select(outcomes.c.seq).where(outcomes.c.id == outcome_id(sha256, steps))) is not None

    def known_outcomes(self) -> dict[str, str]:
        """The ids of all outcomes, each with its status (`read`, `set aside`, `fault`): to ask of many at once."""
        return {row.id: row.status for row in self._rows(select(outcomes.c.id, outcomes.c.status))}

    def outcomes(self, as_of: datetime | None = None) -> Iterator[Outcome]:
        """Each capture's outcome as it stands, whole, in the order of recording."""
        for _, outcome in self.some_outcomes(self.standing_ids(as_of)):
            yield outcome

    def standing_ids(self, as_of: datetime | None = None) -> tuple[str, ...]:
        """The ids of the outcomes that stand, in the order of recording."""
        asked = select(outcomes.c.id).where(outcomes.c.seq.in_(current_outcomes(as_of))).order_by(outcomes.c.seq)
        return tuple(row.id for row in self._rows(asked))

    def some_outcomes(self, ids: Sequence[str]) -> Iterator[tuple[str, Outcome]]:
        """The outcomes of these ids, whole, each with its id, in the order of recording within a page."""
        for start in range(0, len(ids), PAGE):
            some = ids[start : start + PAGE]
            said: dict[str, list[Claim]] = {}
            asked = select(claims.c.outcome, claims.c.payload).where(claims.c.outcome.in_(some)).order_by(claims.c.seq)
            for row in self._rows(asked):
                said.setdefault(row.outcome, []).append(decode_claim(row.payload))
            wanted = select(outcomes.c.id, outcomes.c.payload).where(outcomes.c.id.in_(some)).order_by(outcomes.c.seq)
            for row in self._rows(wanted):
                yield row.id, replace(decode_outcome(row.payload), claims=tuple(said.get(row.id, ())))

    def outcomes_of(self, claim_ids: Iterable[str], as_of: datetime | None = None) -> Iterator[Outcome]:
        """The outcomes that hold some claims and stand, whole."""
        held_in = (row.outcome for row in self._those(claim_ids, as_of))
        return (outcome for _, outcome in self.some_outcomes(tuple(dict.fromkeys(held_in))))

    def recorded_at(self, claim_ids: Sequence[str], as_of: datetime | None = None) -> dict[str, datetime]:
        """When each claim was first recorded, by its id."""
        found: dict[str, datetime] = {}
        for start in range(0, len(claim_ids), PAGE):
            some = claims.c.id.in_(claim_ids[start : start + PAGE])
            asked = select(claims.c.id, func.min(claims.c.recorded_at).label("at")).where(some, held(claims.c.recorded_at, as_of))
            found |= {row.id: datetime.fromisoformat(row.at) for row in self._rows(asked.group_by(claims.c.id))}
        return found

    def pages(self, as_of: datetime | None = None) -> Iterator[Outcome]:
        """The outcomes that were read, without their claims: the documents and their datings, in the order of recording."""
        current = (outcomes.c.seq.in_(current_outcomes(as_of)), outcomes.c.status == "read")
        for row in self._rows(select(outcomes.c.payload).where(*current).order_by(outcomes.c.seq)):
            yield decode_outcome(row.payload)

    def claims(self, as_of: datetime | None = None) -> Iterator[Claim]:
        """The claims that stand, in the order of recording."""
        current = select(outcomes.c.id).where(outcomes.c.seq.in_(current_outcomes(as_of)))
        for row in self._rows(select(claims.c.payload).where(claims.c.outcome.in_(current)).order_by(claims.c.seq)):
            yield decode_claim(row.payload)

    def documents(self, as_of: datetime | None = None) -> Iterator[Document]:
        """The documents that stand, those of pages set aside or at fault among them, in the order of recording."""
        asked = select(outcomes.c.payload).where(outcomes.c.seq.in_(current_outcomes(as_of)))
        for row in self._rows(asked.order_by(outcomes.c.seq)):
            document = decode_outcome(row.payload).document
            if document is not None:
                yield document

    def faults(self, as_of: datetime | None = None) -> Iterator[Fault]:
        """The faults that nothing has mended since, in the order of recording."""
        for row in self._rows(standing_faults(as_of).order_by(faults.c.seq)):
            yield Fault(row.file, row.stage, row.error, row.sentence, row.capture, row.report)

    def decisions(self, as_of: datetime | None = None) -> tuple[Decision, ...]:
        """People's judgements, in the order of recording."""
        asked = select(decisions.c.value).where(held(decisions.c.recorded_at, as_of)).order_by(decisions.c.seq)
        return tuple(decode_decision(row.value) for row in self._rows(asked))

    def judgements(self, as_of: datetime | None = None) -> tuple[Decision, ...]:
        """People's decisions on the claims that stand: where a newer reading took a claim's place, its heir is named instead."""
        made = self.decisions(as_of)
        current = select(outcomes.c.id).where(outcomes.c.seq.in_(current_outcomes(as_of)))
        of_capture = select(claims.c.payload, outcomes.c.capture).join(outcomes, outcomes.c.id == claims.c.outcome)
        heirs: dict[str, str] = {}
        named = {claim for one in made for claim in (*one.subject, *one.other)}
        for name in sorted(named - {row.id for row in self._those(named, as_of)}):
            old = self._first(of_capture.where(claims.c.id == name, held(claims.c.recorded_at, as_of)).order_by(claims.c.seq))
            if old is not None:
                asked = of_capture.where(outcomes.c.capture == old.capture, claims.c.outcome.in_(current))
                found = heir(decode_claim(old.payload), [decode_claim(row.payload) for row in self._rows(asked)])
                heirs |= {name: found.id} if found else {}
        return carried(made, heirs)

    def _those(self, named: Iterable[str], as_of: datetime | None) -> Iterator[Any]:
        """Those of the claims named that stand: the `id` of each and its `outcome`."""
        asked_for = sorted(set(named))
        joined = select(claims.c.id, claims.c.outcome).join(outcomes, outcomes.c.id == claims.c.outcome)
        for start in range(0, len(asked_for), PAGE):
            yield from self._rows(joined.where(claims.c.id.in_(asked_for[start : start + PAGE]), is_current(as_of)))

    def recorded(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[Recorded]:
        """What was recorded after an instant and up to another, in the order of recording."""
        places = select(locations.c.file).where(locations.c.capture == captures.c.sha256).correlate(captures)
        lists = (
            ("capture", captures, captures.c.sha256, places.order_by(locations.c.seq).limit(1).scalar_subquery()),
            ("outcome", outcomes, outcomes.c.id, "capture " + func.substr(outcomes.c.capture, 1, 12) + " " + outcomes.c.status),
            ("fault", faults, faults.c.id, faults.c.sentence),
            ("decision", decisions, decisions.c.id, decisions.c.person + " " + decisions.c.kind + ": " + decisions.c.reason),
            ("run", runs, runs.c.run, runs.c.moment + "\n" + runs.c.what),
        )
        yield from merge(*(self._recorded(*one, since, until) for one in lists), key=lambda one: one.at)

    def _recorded(
        self, of: str, table: Table, key: Any, says: Any, since: datetime | None, until: datetime | None
    ) -> Iterator[Recorded]:
        """The rows of one table that were recorded between two instants."""
        asked = select(table.c.recorded_at, key.label("id"), says.label("says")).where(held(table.c.recorded_at, until))
        if since is not None:
            asked = asked.where(table.c.recorded_at > instant_text(since))
        for row in self._rows(asked.order_by(table.c.seq)):
            yield Recorded(row.recorded_at, of, row.id, _moment_of(row.says) if of == "run" else row.says)

    def instant(self) -> datetime:
        """The instant of the last thing recorded. `as_of` this, every question has the same answer for ever."""
        with self._store.speaking(), self._engine.begin() as connection:
            return datetime.fromisoformat(str(latest_instant(connection)))

    def begun(self) -> datetime:
        """The instant at which the ledger was made: with where it is, what tells it from another one."""
        return datetime.fromisoformat(str(self._first(select(migrations.c.recorded_at).order_by(migrations.c.seq))[0]))

    def counts(self) -> dict[str, int]:
        """How many rows each table that only grows holds, by name."""
        with self._store.speaking(), self._engine.begin() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
                for table in GROWING
                if table is not migrations
            }

    def standing(self, as_of: datetime | None = None) -> dict[str, int]:
        """How much stands: captures `read`, `set aside` and at `fault`, and `claims`."""
        current = outcomes.c.seq.in_(current_outcomes(as_of))
        counted = {"read": 0, "set aside": 0, "fault": 0, "claims": 0}
        for row in self._rows(select(outcomes.c.status, func.count().label("many")).where(current).group_by(outcomes.c.status)):
            counted[row.status] = row.many
        of_current = claims.c.outcome.in_(select(outcomes.c.id).where(current))
        counted["claims"] = self._first(select(func.count()).select_from(claims).where(of_current))[0]
        return counted

    def view_key(self, link_step: str, as_of: datetime | None = None) -> str:
        """What a drawing depends on, as two hashes: of the outcomes that stand, and of the decisions that draw; with the step."""
        last = self._first(select(func.max(outcomes.c.seq).label("seq")).where(held(outcomes.c.recorded_at, as_of))).seq
        if (link_step, last) not in self._halves:  # which outcomes stand follows from which was the last
            asked = select(outcomes.c.id).where(outcomes.c.seq.in_(current_outcomes(as_of)))
            self._halves[link_step, last] = content_id(link_step, *sorted(row.id for row in self._rows(asked)))[:HALF]
        return self._halves[link_step, last] + _by(link_step, drawing(self.decisions(as_of)))

    def view(self, key: str) -> tuple[Incident, ...] | None:
        """The incidents kept under a key, or None where that drawing is not kept."""
        row = self._first(select(incident_view.c.payload).where(incident_view.c.key == key))
        return decode_incidents(row.payload) if row else None

    def keeps(self, key: str) -> bool:
        """Whether a drawing is kept under a key."""
        return self._first(select(incident_view.c.key).where(incident_view.c.key == key)) is not None

    def kept(self) -> tuple[Incident, ...] | None:
        """The incidents of the drawing that is kept, whatever it was drawn from; None where none is."""
        key = self._kept_key()
        return self.view(key) if key else None

    def drawing(self, key: str) -> Drawing | None:
        """The drawing kept under a key, with what was compared for it where that is kept; None where it is not kept."""
        incidents = self.view(key)
        if incidents is None:
            return None
        row = self._first(select(incident_view.c.payload).where(incident_view.c.key == met_key(key)))
        return decode_met(incidents, row.payload) if row else Drawing(incidents)

    def earlier(self, link_step: str) -> Kept | None:
        """The drawing by the step that is kept, with the judgements that drew it, whatever came since; None where none is."""
        kept, made = self._kept_key(), self.decisions()
        for many in range(len(made), max(-1, len(made) - LAST), -1) if kept else ():
            drew = drawing(made[:many])
            if kept and _by(link_step, drew) == kept[HALF:] and (found := self.drawing(kept)):
                now = {one.id: one for one in self.judgements()}
                return Kept(kept, found, tuple(now[one.id] for one in drew))
        return None

    def _kept_key(self) -> str | None:
        row = self._first(select(incident_view.c.key).where(~incident_view.c.key.endswith("met")))
        return str(row.key) if row else None

    def _rows(self, asked: Select[Any]) -> Iterator[Any]:
        """The rows of one question, all as of one instant, a page at a time."""
        with self._store.speaking(), self._engine.begin() as connection:
            yield from connection.execution_options(yield_per=PAGE).execute(asked)

    def _first(self, asked: Select[Any]) -> Any:
        with self._store.speaking(), self._engine.begin() as connection:
            return connection.execute(asked.limit(1)).first()


def _by(link_step: str, drew: Sequence[Decision]) -> str:
    """The step and the decisions that drew, as half of a key."""
    return content_id(link_step, "decisions", *(one.id for one in drew))[:HALF]


def _moment_of(told: str) -> str:
    """The moment of a run, and by whom it was where that is noted, of the moment and the facts as they are kept."""
    moment, _, what = told.partition("\n")
    person = json.loads(what).get("person", "")
    return f"{moment} by {person}" if person else moment
