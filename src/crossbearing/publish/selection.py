"""Which records a person asked for: by day, country, kind, status and report.

A record that does not say what is asked about (no day, no place) cannot be said to match, and is left out; how many
were is counted, so that whoever asks can be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from crossbearing.publish.records import Record


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep. None keeps all; what is given must hold together."""

    since: date | None = None
    """Keep what can have been on this day or later."""
    until: date | None = None
    """Keep what can have been on this day or earlier."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    kind: str | None = None
    """Words of the event type or sub-event type, in any case: "battles", "drone"."""
    status: str | None = None
    report: str | None = None
    """A report's id, its path, or the name of its file."""
    silent: Counter[str] = field(default_factory=Counter, compare=False)
    """How many records were left out because they do not say: `when`, `where`."""

    def of(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records to keep, in their order."""
        return (record for record in records if self.keeps(record))

    def keeps(self, record: Record) -> bool:
        """Whether the record holds to all that is asked."""
        return (
            (self.status is None or record.get("status") == self.status)
            and self._kind(record)
            and self._report(record)
            and self._where(record)
            and self._when(record)
        )

    def _kind(self, record: Record) -> bool:
        names = f"{record.get('event_type', '')} / {record.get('sub_event_type', '')}"
        return self.kind is None or self.kind.casefold() in names.casefold()

    def _report(self, record: Record) -> bool:
        if self.report is None:
            return True
        held = record.get("reports") or [one for one in (record.get("report"), record.get("file")) if one]
        return any(self.report in (one, PurePath(one).name) for one in held)

    def _where(self, record: Record) -> bool:
        if self.country is None:
            return True
        where = record.get("where")
        if not where or not where["country"]:
            self.silent["where"] += 1
            return False
        return bool(where["country"] == self.country.upper())

    def _when(self, record: Record) -> bool:
        if self.since is None and self.until is None:
            return True
        when = record.get("when") or record.get("published")
        if not when or (when["earliest"] is None and when["latest"] is None):
            self.silent["when"] += 1
            return False
        early, late = when["earliest"], when["latest"]
        return not (self.since and late and late < self.since.isoformat()) and not (
            self.until and early and early > self.until.isoformat()
        )
