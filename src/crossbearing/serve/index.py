"""The index: what a ledger holds at an instant, laid out so that any list is one quick question.

The ledger keeps whole outcomes as JSON, and answers by decoding them all. The index holds the same as rows with the
columns that people filter and sort by, each with its record as it leaves the house, and the words for full-text search
(SQLite's FTS5). It is a file beside the ledger, a cache: it never touches the ledger's own tables, it may be deleted at
any time, and it is made again from what the ledger holds. Outcomes never change, so that bringing it up to date costs
what is new, and the incidents that are no longer as they were.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from pydantic import TypeAdapter

from crossbearing import __version__
from crossbearing.ledger.address import address_of
from crossbearing.ledger.encode import decode_incidents, encode_incidents
from crossbearing.ledger.reader import HALF, Kept, Reader
from crossbearing.ledger.writer import Writer
from crossbearing.link.incidents import STEP, review
from crossbearing.link.judged import holder
from crossbearing.link.queue import queue
from crossbearing.model.claim import Claim, Figure, StatedCount
from crossbearing.model.decision import Decision, DecisionKind, Review, not_undone, standing, unseen
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.where import Place
from crossbearing.publish.geojson import EARTH_KM
from crossbearing.publish.records import Record, claim_record, document_record, fault_record, incident_record, names_of, words
from crossbearing.publish.reviews import decision_record, queued_record
from crossbearing.run.drawing import drawn
from crossbearing.words.names import fold
from crossbearing.words.sentences import split

SHAPE = 8
"""Of the tables below. An index of another shape is made anew."""

ENDING = "-desk"
"""What the index's file is called beyond the ledger's own name."""

GRADED = ("when", "where", "kind", "status", "perpetrators", "targets", "weapons", "killed", "injured")
"""The fields that bear a grade, in the order of the index's letters."""

NEVER = "9999"
"""Sorts what says no day behind all that do."""

# What is filtered and sorted by lies narrow, so that a scan reads little; what is only shown lies beside it.
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    place INTEGER PRIMARY KEY, outcome TEXT NOT NULL UNIQUE, id TEXT NOT NULL, capture TEXT NOT NULL, file TEXT, title TEXT,
    source TEXT, status TEXT NOT NULL, earliest TEXT, latest TEXT, day TEXT NOT NULL, last TEXT NOT NULL, claims INTEGER NOT NULL
);
CREATE INDEX document_id ON document (id);
CREATE INDEX document_day ON document (day, id);
CREATE INDEX document_last ON document (last, id);
CREATE TABLE claim (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL, outcome TEXT NOT NULL, document TEXT NOT NULL, incident TEXT, report TEXT,
    file TEXT, earliest TEXT, latest TEXT, day TEXT NOT NULL, last TEXT NOT NULL, country TEXT,
    south REAL, north REAL, west REAL, east REAL,
    kind TEXT NOT NULL, status TEXT NOT NULL, role TEXT NOT NULL, stance TEXT NOT NULL, killed INTEGER,
    rejected INTEGER NOT NULL
);
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_outcome ON claim (outcome);
CREATE INDEX claim_incident ON claim (incident);
CREATE INDEX claim_document ON claim (document);
CREATE INDEX claim_day ON claim (day, id);
CREATE INDEX claim_last ON claim (last, id);
CREATE TABLE incident (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
    earliest TEXT, latest TEXT, day TEXT NOT NULL, last TEXT NOT NULL,
    country TEXT, latitude REAL, longitude REAL, radius_km REAL, fineness TEXT,
    south REAL, north REAL, west REAL, east REAL, kind TEXT NOT NULL,
    status TEXT NOT NULL, recalled INTEGER NOT NULL, killed INTEGER NOT NULL, reports INTEGER NOT NULL,
    lineages INTEGER NOT NULL, contradictions INTEGER NOT NULL, state TEXT NOT NULL,
    verdict TEXT, verified INTEGER NOT NULL, rejected INTEGER NOT NULL, gain REAL, grades TEXT NOT NULL
);
CREATE INDEX incident_day ON incident (day, id);
CREATE INDEX incident_last ON incident (last, id);
CREATE INDEX incident_killed ON incident (killed, id);
CREATE INDEX incident_reports ON incident (reports, id);
CREATE INDEX incident_gain ON incident (gain, id);
CREATE TABLE decision (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, kind TEXT NOT NULL, round TEXT NOT NULL,
    closed INTEGER NOT NULL, undone INTEGER NOT NULL, incident TEXT, record TEXT NOT NULL
);
CREATE INDEX decision_incident ON decision (incident);
CREATE TABLE touched (claim TEXT NOT NULL, decision TEXT NOT NULL);
CREATE INDEX touched_claim ON touched (claim);
CREATE TABLE document_whole (place INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE claim_whole (place INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE incident_whole (place INTEGER PRIMARY KEY, record TEXT NOT NULL, name TEXT, queued TEXT, drawn TEXT NOT NULL);
CREATE VIEW documents AS SELECT a.*, b.record FROM document a CROSS JOIN document_whole b ON b.place = a.place;
CREATE VIEW claims AS SELECT a.*, b.record FROM claim a CROSS JOIN claim_whole b ON b.place = a.place;
CREATE VIEW incidents AS
    SELECT a.*, b.record, b.name, b.queued, b.drawn FROM incident a CROSS JOIN incident_whole b ON b.place = a.place;
CREATE TABLE named (
    what TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, incident TEXT NOT NULL, claim TEXT NOT NULL
);
CREATE INDEX named_claim ON named (claim);
CREATE INDEX named_incident ON named (incident);
CREATE INDEX named_name ON named (what, folded, incident, claim);
CREATE TABLE fault (place INTEGER PRIMARY KEY, stage TEXT NOT NULL, file TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE counted (outcome TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX counted_outcome ON counted (outcome);
CREATE TABLE total (
    outcome TEXT NOT NULL, document TEXT NOT NULL, counted TEXT NOT NULL, who TEXT, low INTEGER, high INTEGER,
    scope TEXT NOT NULL, since TEXT, earliest TEXT, latest TEXT, words TEXT NOT NULL, source TEXT, sentence TEXT NOT NULL
);
CREATE INDEX total_outcome ON total (outcome);
CREATE VIRTUAL TABLE claim_words USING fts5(quote, names, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE document_words USING fts5(title, text, tokenize = "unicode61 remove_diacritics 2");
"""

_LEAVES = (
    "UPDATE claim_whole SET record = json_set(record, '$.incident', NULL) "
    "WHERE place IN (SELECT place FROM claim WHERE incident = ?)",
    "UPDATE claim SET incident = NULL, rejected = 0 WHERE incident = ?",
    "UPDATE named SET incident = '' WHERE incident = ?",
)
"""What happens to the claims of an incident that is gone, or drawn otherwise."""

_NO_WHOLE = "DELETE FROM incident_whole WHERE place = (SELECT place FROM incident WHERE id = ?)"

_FILES = ("", "-wal", "-shm")
"""What SQLite puts behind a file's name for those that go with it."""

_COUNT = TypeAdapter(StatedCount)

Bounds = tuple[float | None, float | None, float | None, float | None]
NOWHERE: Bounds = (None, None, None, None)


@dataclass(frozen=True, slots=True)
class State:
    """What an index answers from: the same state, the same answers."""

    key: str
    """The ledger's view key: the outcomes and decisions that stand, and the step that drew the incidents."""
    instant: str
    """The last instant of the ledger that is in it, ISO 8601 in UTC."""
    tag: str
    """A hash of both, for whoever asks whether anything has changed."""


class Index:
    """The index of one ledger, now or as of an instant. One thread at a time brings it up to date; any may ask."""

    def __init__(self, ledger: str, path: Path, as_of: datetime | None = None) -> None:
        self.ledger, self.path, self.as_of = ledger, path, as_of
        self._lock = threading.Lock()
        self._reader = Reader(ledger)
        # With the last drawing at hand a decision costs what it changes.
        self._last: Kept | None = None
        self._written: Kept | None = None
        self._met: dict[str, tuple[Incident, str]] = {}
        self._fresh()

    def close(self) -> None:
        """Let go of the ledger."""
        self._reader.close()

    def remove(self) -> None:
        """Take the file away, too. Whoever asks it still has it until they are done."""
        self.close()
        for ending in _FILES:
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    @contextmanager
    def asking(self) -> Iterator[sqlite3.Connection]:
        """A connection that reads one state of the index, whoever brings it up to date meanwhile."""
        # One request asks at a time, but the framework may begin and end it in different threads.
        address = f"file:{_quoted(self.path)}?mode=ro"
        connection = sqlite3.connect(address, uri=True, timeout=30, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()

    def state(self, connection: sqlite3.Connection) -> State:
        """What the answers of a connection are of."""
        found = dict(connection.execute("SELECT name, value FROM meta").fetchall())
        key, instant = found.get("key", ""), found.get("instant", "")
        return State(key, instant, hashlib.sha256(f"{SHAPE} {key} {instant}".encode()).hexdigest()[:24])

    def behind(self) -> bool:
        """Whether the ledger holds something that the index does not."""
        with self.asking() as connection:
            return not self._is_of(connection, self._instant())

    def _is_of(self, connection: sqlite3.Connection, instant: datetime) -> bool:
        """Whether it was laid out at an instant, of incidents that were drawn as they are drawn now."""
        step = connection.execute("SELECT value FROM meta WHERE name = 'step'").fetchone()
        return step is not None and step[0] == STEP.id and self.state(connection).instant == instant.isoformat()

    def writing(self) -> bool:
        """Whether outcomes were appended of which no incidents are drawn yet: most likely a run is going on."""
        instant = self._instant()
        if self._reader.keeps(self._reader.view_key(STEP.id, instant)):
            return False
        with self.asking() as connection:
            indexed = {row[0] for row in connection.execute("SELECT outcome FROM document")}
        return set(self._reader.standing_ids(instant)) != indexed

    def refresh(self, told: Callable[[int, int], None] | None = None) -> None:
        """Bring the index up to the ledger's last instant. `told` hears how many outcomes of how many are in."""
        with self._lock:
            instant = self._instant()
            with self.asking() as connection:
                if self._is_of(connection, instant):
                    return
            last, judgements = self._draw(instant), self._reader.judgements(instant)
            incidents = review(last.drawing.incidents, judgements)
            with contextlib.closing(self._connect()) as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                if self.state(connection).key[:HALF] != last.key[:HALF]:
                    self._outcomes(connection, instant, told)
                self._drawn(connection, incidents)
                self._decided(connection, instant, incidents, judgements)
                connection.execute("DELETE FROM fault")
                faults = (fault_record(fault) for fault in self._reader.faults(instant))
                rows = [(one["stage"], one["file"], _json(one)) for one in faults]
                connection.executemany("INSERT INTO fault (stage, file, record) VALUES (?, ?, ?)", rows)
                meta = [("key", last.key), ("instant", instant.isoformat()), ("step", STEP.id)]
                connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta)

    def _instant(self) -> datetime:
        return self.as_of or self._reader.instant()

    def _draw(self, instant: datetime) -> Kept:
        """The incidents as kept, or else drawn, before what people decided on each as a whole."""
        self._last = drawn(self._reader, instant, self._last)
        return self._last

    def warm(self) -> None:
        """Have at hand what the next decision is compared with, where the index was up to date when it was opened."""
        with self._lock:
            if self._last is None:
                instant = self._instant()
                self._known_as(review(self._draw(instant).drawing.incidents, self._reader.judgements(instant)))

    def keep(self) -> None:
        """Have the ledger keep the last drawing, for the next who asks. A large one takes seconds: so apart from `refresh`."""
        last = self._last
        if last and last is not self._written and self.as_of is None:
            if not self._reader.keeps(last.key):
                with Writer(self.ledger) as writer:
                    writer.keep_view(last.key, last.drawing)
            self._written = last

    # ------------------------------------------------------------ laying out

    def _outcomes(self, connection: sqlite3.Connection, instant: datetime, told: Callable[[int, int], None] | None) -> None:
        """Lay out the outcomes that are new, and take away those that no longer stand."""
        standing = self._reader.standing_ids(instant)
        indexed = {row[0] for row in connection.execute("SELECT outcome FROM document")}
        for gone in indexed.difference(standing):
            _forget(connection, gone)
        new = [one for one in standing if one not in indexed]
        for done, (key, outcome) in enumerate(self._reader.some_outcomes(new), start=1):
            self._outcome(connection, key, outcome)
            if told and done % 500 == 0:
                told(done, len(new))

    def _outcome(self, connection: sqlite3.Connection, key: str, outcome: Outcome) -> None:
        page = outcome.page
        file = page.file if page else outcome.fault.file if outcome.fault else None
        if file is None:
            file = next((place.file for place in self._reader.locations(outcome.capture)), None)
        record = document_record(outcome, file)
        days = outcome.dating.published if outcome.dating else None
        early, late = _iso(days.earliest if days else None), _iso(days.latest if days else None)
        row = (
            key, record["id"], outcome.capture, file, record["title"], record["source"], record["status"], early, late,
            early or late or NEVER, late or early or "", len(outcome.claims),
        )  # fmt: skip
        place = _put(connection, "document", row, _json(record))
        text = page.text if page else ""
        if text:
            connection.execute("INSERT INTO document_words (rowid, title, text) VALUES (?, ?, ?)", (place, record["title"], text))
        for claim in outcome.claims:
            _claim(connection, key, claim, text, record["source"])
        counts = [(key, _COUNT.dump_json(count).decode()) for count in outcome.counts]
        connection.executemany("INSERT INTO counted VALUES (?, ?)", counts)
        for total in outcome.totals:
            connection.execute(
                "INSERT INTO total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (key, record["id"], *_total(total), early, late, words(total, text), record["source"], _sentences(total, text)),
            )

    def _drawn(self, connection: sqlite3.Connection, incidents: Sequence[Incident]) -> None:
        """Lay out the incidents that are not as they were."""
        held = dict(connection.execute("SELECT id, digest FROM incident").fetchall())
        now = self._known_as(incidents)
        changed = [one for one in incidents if held.get(one.id) != now[one.id]]
        # What leaves an incident leaves it before it enters another, whichever comes first.
        left = [(one,) for one in held if held[one] != now.get(one)]
        for sql in (*_LEAVES, _NO_WHOLE, "DELETE FROM incident WHERE id = ?"):
            connection.executemany(sql, left)
        for one in changed:
            _incident(connection, one, now[one.id])

    def _known_as(self, incidents: Sequence[Incident]) -> dict[str, str]:
        """The digest of each incident by its id. The incidents are kept at hand."""
        self._met = {one.id: (one, self._digest(one)) for one in incidents}
        return {key: digest for key, (_, digest) in self._met.items()}

    def _digest(self, incident: Incident) -> str:
        """A hash of all that an incident says. What a decision does not touch is the same value as before."""
        before = self._met.get(incident.id)
        if before and before[0] is incident:
            return before[1]
        return hashlib.sha256(encode_incidents((incident,)).encode()).hexdigest()

    def _decided(
        self, connection: sqlite3.Connection, instant: datetime, incidents: Sequence[Incident], judgements: Sequence[Decision]
    ) -> None:
        """Lay out people's decisions, and which claims each touches; an undo touches what it undoes."""
        connection.execute("DELETE FROM decision")
        connection.execute("DELETE FROM touched")
        made = self._reader.decisions(instant)
        if not made:
            return
        now = {one.id: one for one in judgements}
        home = {claim: one.id for one in incidents for claim in one.claims}
        hidden, stand, left = unseen(made), {one.id for one in standing(made)}, {one.id for one in not_undone(made)}
        touches: dict[str, tuple[str, ...]] = {}
        for place, one in enumerate(made):
            held = now.get(one.id, one)
            touches[one.id] = tuple(claim for name in held.subject for claim in touches.get(name, (name,))) + held.other
            undone = one.kind is not DecisionKind.UNDO and one.id not in left
            of = holder(replace(one, subject=touches[one.id]), home)
            record = _json(decision_record(one, of, stand))
            row = (place, one.id, one.person, one.kind.value, one.round, int(one.id in hidden), int(undone), of, record)
            connection.execute(f"INSERT INTO decision VALUES ({_marks(row)})", row)
            connection.executemany("INSERT INTO touched VALUES (?, ?)", [(claim, one.id) for claim in touches[one.id]])

    # ------------------------------------------------------------ the file

    def _fresh(self) -> None:
        """Open the file, or make it anew where it is of another ledger, of another shape or version, or damaged."""
        address = address_of(self.ledger)
        where = address.shown if address.url else os.path.abspath(address.beside)
        mark = f"{SHAPE} {__version__} {where} {self._reader.begun().isoformat()} {self.as_of}"
        try:
            with contextlib.closing(self._connect()) as connection:
                row = connection.execute("SELECT value FROM meta WHERE name = 'mark'").fetchone()
                if row and row[0] == mark:
                    return
        except sqlite3.DatabaseError:
            pass
        for ending in _FILES:
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        with contextlib.closing(self._connect()) as connection:
            connection.executescript(TABLES)
            with connection:
                connection.execute("INSERT INTO meta VALUES ('mark', ?)", (mark,))

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut takes is made again
        return connection


def coverage_of(connection: sqlite3.Connection) -> list[StatedCount]:
    """The counts that reports state, as they stand in the index."""
    return [_COUNT.validate_json(row[0]) for row in connection.execute("SELECT value FROM counted")]


def drawn_incident(connection: sqlite3.Connection, key: str) -> Incident | None:
    """The incident of an id as it was drawn, with its links; None where there is none."""
    row = connection.execute("SELECT drawn FROM incidents WHERE id = ?", (key,)).fetchone()
    return decode_incidents(row[0])[0] if row else None


def drawn_incidents(connection: sqlite3.Connection) -> tuple[Incident, ...]:
    """All incidents as they were drawn, in the order of their days."""
    rows = connection.execute("SELECT drawn FROM incidents ORDER BY day, id")
    return tuple(one for row in rows for one in decode_incidents(row[0]))


def _claim(connection: sqlite3.Connection, outcome: str, claim: Claim, text: str, source: str | None) -> None:
    record = claim_record(claim, None, text)
    where = record["where"]
    row = (
        claim.id, outcome, claim.document, None, claim.report, claim.file, *_days(record["when"]),
        where and where["country"], *bounds(where), f"{claim.event_type} / {claim.sub_event_type}", claim.status.value,
        claim.role.value, claim.stance.value, _toll(record["killed"]), 0,
    )  # fmt: skip
    place = _put(connection, "claim", row, _json(record))
    parties = names_of([*record["perpetrators"], *record["targets"], *record["claimed_by"]])
    names = [*parties, *([where["name"]] if where else []), *record["weapons"], *record["chain"]]
    connection.execute("INSERT INTO claim_words (rowid, quote, names) VALUES (?, ?, ?)", (place, claim.quote, " ; ".join(names)))
    voices = names_of([*([source] if source else []), *record["chain"]])
    said = [("party", name) for name in parties] + [("source", name) for name in voices]
    rows = [(what, name, fold(name), "", claim.id) for what, name in said]
    connection.executemany("INSERT INTO named VALUES (?, ?, ?, ?, ?)", rows)


def _incident(connection: sqlite3.Connection, incident: Incident, digest: str) -> None:
    claims = [json.loads(record) for record in _records(connection, incident.claims)]
    record = incident_record(incident, claims)
    where = record["where"] or {}
    decided = incident.review or Review()
    waiting = () if incident.background else queue((incident,))
    row = (
        incident.id, digest, *_days(record["when"]), where.get("country"), where.get("latitude"), where.get("longitude"),
        where.get("radius_km"), where.get("precision"), *bounds(record["where"]),
        f"{incident.event_type} / {incident.sub_event_type}", incident.status.value, int(incident.background),
        (record["killed"] or {}).get("most") or 0, len(incident.reports), len(incident.lineages), len(incident.contradictions),
        decided.state.value, decided.verdict.value if decided.verdict else None, int(decided.verified), int(decided.rejected),
        waiting[0].gain if waiting else None, _grades(incident),
    )  # fmt: skip
    queued = _json(queued_record(waiting[0])) if waiting else None
    _put(connection, "incident", row, _json(record), where.get("name"), queued, encode_incidents((incident,)))
    gone = set(incident.claims if decided.rejected else decided.rejected_claims)
    of = [(incident.id, int(claim in gone), claim) for claim in incident.claims]
    connection.executemany("UPDATE claim SET incident = ?, rejected = ? WHERE id = ?", of)
    own = "place IN (SELECT place FROM claim WHERE incident = ?)"
    sql = f"UPDATE claim_whole SET record = json_set(record, '$.incident', ?) WHERE {own}"
    connection.execute(sql, (incident.id, incident.id))
    connection.executemany("UPDATE named SET incident = ? WHERE claim = ?", [(incident.id, claim) for claim in incident.claims])


def _grades(incident: Incident) -> str:
    """A letter for each field that is graded, its grade's first; a stroke where no claim tells of it."""
    known = {one.field: one.grade.value[0] for one in incident.grades}
    return "".join(known.get(field, "-") for field in GRADED)


def _records(connection: sqlite3.Connection, claims: Iterable[str]) -> Iterator[str]:
    for claim in claims:
        row = connection.execute("SELECT record FROM claims WHERE id = ?", (claim,)).fetchone()
        if row:
            yield row[0]


def _forget(connection: sqlite3.Connection, outcome: str) -> None:
    """Take an outcome away that no longer stands, with all that was laid out of it."""
    connection.execute("DELETE FROM claim_words WHERE rowid IN (SELECT place FROM claim WHERE outcome = ?)", (outcome,))
    connection.execute("DELETE FROM document_words WHERE rowid IN (SELECT place FROM document WHERE outcome = ?)", (outcome,))
    connection.execute("DELETE FROM named WHERE claim IN (SELECT id FROM claim WHERE outcome = ?)", (outcome,))
    for table in ("claim", "document"):
        sql = f"DELETE FROM {table}_whole WHERE place IN (SELECT place FROM {table} WHERE outcome = ?)"
        connection.execute(sql, (outcome,))
    for table in ("claim", "document", "counted", "total"):
        connection.execute(f"DELETE FROM {table} WHERE outcome = ?", (outcome,))


def bounds(where: Record | None) -> Bounds:
    """South, north, west and east of the circle in which a place lies, in degrees; None where it has no point."""
    return _around(where["latitude"], where["longitude"], where["radius_km"]) if where else NOWHERE


def around_place(where: Place | None) -> Bounds:
    """As `bounds`, of a place of the model."""
    return _around(where.latitude, where.longitude, where.radius_km) if where else NOWHERE


def _around(latitude: float | None, longitude: float | None, radius_km: float | None) -> Bounds:
    if latitude is None or longitude is None:
        return NOWHERE
    reach = math.degrees((radius_km or 0.0) / EARTH_KM)
    aside = min(180.0, reach / max(math.cos(math.radians(latitude)), 0.01))
    return (max(-90.0, latitude - reach), min(90.0, latitude + reach), longitude - aside, longitude + aside)


def _total(total: Stated[Figure]) -> tuple[str, str | None, int | None, int | None, str, str | None]:
    value = total.value
    return (value.counted, value.who, value.low, value.high, value.scope.value, _iso(value.since))


def _sentences(stated: Stated[Figure], text: str) -> str:
    """The sentences in which a value's words stand."""
    spans = [one for one in stated.evidence if isinstance(one, Span)]
    return " ".join(sentence_at(text, span).of(text) for span in spans)


def sentence_at(text: str, span: Span) -> Span:
    """The sentence that holds a span's beginning; its line, where no sentence does."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    line = Span(start, end if end >= span.start else len(text))
    return next((one for one in split(text, line) if one.start <= span.start < one.end), line)


def _days(when: Record | None) -> tuple[str | None, str | None, str, str]:
    """The first and the last day, and both as a list sorts by them: what says none comes last, forwards and backwards."""
    early, late = (when["earliest"], when["latest"]) if when else (None, None)
    return early, late, early or late or NEVER, late or early or ""


def _toll(figure: Record | None) -> int | None:
    """What a list of claims sorts by: the least that is stated, or else the most."""
    return None if figure is None else figure["low"] if figure["low"] is not None else figure["high"]


def _iso(day: object) -> str | None:
    return str(day) if day else None


def _json(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _put(connection: sqlite3.Connection, table: str, row: Sequence[object], *whole: object) -> int:
    """Put a row into a narrow table and what is shown of it beside; returns their place."""
    place = connection.execute(f"INSERT INTO {table} VALUES (NULL, {_marks(row)})", row).lastrowid
    assert place is not None
    connection.execute(f"INSERT INTO {table}_whole VALUES (?, {_marks(whole)})", (place, *whole))
    return place


def _marks(row: Sequence[object]) -> str:
    return ", ".join("?" * len(row))


def _quoted(path: Path) -> str:
    """A path as a URI has it: a name may hold a question mark."""
    return quote(str(path))
