"""What a person types for a field of an incident, worked out as a value: a day, a place, parties, a number, a kind.

A report's words may mean several things and the likeliest is taken; a person is asked instead. What could be two places is
refused with the choices, each written so that it can be typed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from functools import partial

from crossbearing.errors import RunError
from crossbearing.model.claim import Actor, Figure, Status
from crossbearing.model.decision import FIELDS, FieldValue
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.model.when import Interval
from crossbearing.model.where import Place
from crossbearing.resolve.party.who import load_actors
from crossbearing.resolve.place.gazetteer import Candidate, Gazetteer, open_gazetteer
from crossbearing.resolve.place.placing import as_place
from crossbearing.resources import table
from crossbearing.words.names import fold

UNKNOWN = "-"
"""Typed for a value that is not known."""

MOST_CHOICES = 8
"""Places of one name that are told; a longer list helps nobody."""

_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_DAYS = re.compile(rf"(?P<first>{_DAY})?\s*(?P<to>\.\.|to)?\s*(?P<last>{_DAY})?")
_NUMBER = re.compile(r"(?P<low>\d+)(?:(?P<open>\+)|-(?P<high>\d+))?")
_CHOSEN = re.compile(r"(?P<name>.*?)\s*\((?P<id>\w+:[^()]+)\)")


class UnclearValue(RunError):
    """What was typed for a field is no value of it, or could be several."""

    def __init__(self, field: str, typed: str, why: str) -> None:
        super().__init__(field, typed, why)
        self.field, self.typed, self.why = field, typed, why

    def __str__(self) -> str:
        return f"{self.field}={self.typed}: {self.why}."


def value_of(field: str, typed: str, gazetteer: Gazetteer | None = None) -> FieldValue | None:
    """The value that a person typed for a field; None for `-`, which says that it is not known. Raises UnclearValue.

    when            2024-05-14, 2024-05, 2024-05-14..2024-05-16, 2024-05-14..
    where           Kirkuk, IQ; or a choice as it is offered: Kirkuk, IQ (geonames:94787)
    perpetrators    Rapid Support Forces; Sudanese Armed Forces      (so with targets and weapons)
    killed          12, 9-12, 12+                                    (so with injured)
    status          happened, foiled, denied, planned
    event_type      Air/drone strike; or Battles: Armed clash
    """
    typed = typed.strip()
    if field not in FIELDS:
        raise UnclearValue(field, typed, f"no field that can be set; there are {', '.join(FIELDS)}")
    if typed == UNKNOWN and field not in ("status", "event_type"):
        return () if field in ("perpetrators", "targets", "weapons") else None
    if not typed:
        raise UnclearValue(field, typed, f"nothing is given; write {UNKNOWN} for what is not known")
    readers: dict[str, Callable[[str], FieldValue]] = {
        "when": _when,
        "where": partial(_where, gazetteer=gazetteer),
        "perpetrators": partial(_actors, field),
        "targets": partial(_actors, field),
        "weapons": _several,
        "killed": partial(_figure, field),
        "injured": partial(_figure, field),
        "status": _status,
        "event_type": _kind,
    }
    return readers[field](typed)


def _when(typed: str) -> Interval:
    """The days; a month or a year is all of its days."""
    found = _DAYS.fullmatch(typed)
    if found is None or not (found["first"] or found["last"]):
        raise UnclearValue("when", typed, "no day; write 2024-05-14, 2024-05, or 2024-05-14..2024-05-16")
    try:
        first = _ends(found["first"])[0] if found["first"] else None
        last = _ends(found["last"])[1] if found["last"] else None
        if found["first"] and not found["to"]:
            last = _ends(found["first"])[1]
        return Interval(first, last)
    except ValueError as error:
        raise UnclearValue("when", typed, f"no day ({error})") from error


def _ends(written: str) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year."""
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    last_month = month or 12
    if day:
        return date(year, month, day), date(year, month, day)
    return date(year, month or 1, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])


def _where(typed: str, gazetteer: Gazetteer | None) -> Place:
    """The one place of that name, in the division and the country that are typed after it."""
    chosen = _CHOSEN.fullmatch(typed)
    name, *within = (part.strip() for part in (chosen["name"] if chosen else typed).split(","))
    found = (gazetteer or open_gazetteer()).candidates(name)
    kept = [one for one in dict.fromkeys(found) if all(_lies_in(one, part) for part in within)]
    kept = [one for one in kept if chosen is None or one.id == chosen["id"]]
    kept = list({one.id: one for one in kept}.values())
    if not kept:
        near = f"; of that name there are {_choices(found)}" if found else ""
        raise UnclearValue("where", typed, f"no place of the gazetteer{near}")
    if len(kept) > 1:
        raise UnclearValue("where", typed, f"{len(kept)} places are called so: {_choices(kept)}. Type one up to its bracket")
    return as_place(kept[0])


def _lies_in(one: Candidate, part: str) -> bool:
    """Whether a place lies in a country (by its code or name) or a first-order division (by its name)."""
    countries = {one.country, *one.countries} - {None}
    names = {str(code) for code in countries} | {c.name for c in open_gazetteer().countries() if c.country in countries}
    return fold(part) in {fold(name) for name in (*names, one.admin1 or "")}


def _choices(found: tuple[Candidate, ...] | list[Candidate]) -> str:
    """The places as they can be typed, each with its kind."""
    shown = [f"{', '.join(filter(None, (one.name, one.admin1, one.country)))} ({one.id}), a {one.kind}" for one in found]
    more = f"; and {len(found) - MOST_CHOICES} more" if len(found) > MOST_CHOICES else ""
    return "; ".join(shown[:MOST_CHOICES]) + more


def _several(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in typed.split(";") if part.strip()))


def _actors(field: str, typed: str) -> tuple[Actor, ...]:
    """The parties, under their neutral names where the registry has them, else in the words as typed."""
    found = [load_actors().meant(one) for one in _several(typed)]
    if None in found:
        raise UnclearValue(field, typed, "a word among these names nobody")
    return tuple({actor.id or fold(actor.name): actor for actor, _ in filter(None, found)}.values())


def _figure(field: str, typed: str) -> Figure:
    found = _NUMBER.fullmatch(typed.replace(",", ""))
    if found is None:
        raise UnclearValue(field, typed, "no number of people; write 12, 9-12, or 12+ for at least 12")
    low = int(found["low"])
    high = None if found["open"] else int(found["high"] or low)
    if high is not None and high < low:
        raise UnclearValue(field, typed, "a range runs upward")
    return Figure(low, high, field)


def _status(typed: str) -> Status:
    try:
        return Status(typed.lower())
    except ValueError as error:
        raise UnclearValue("status", typed, f"no status; there are {', '.join(Status)}") from error


def _kind(typed: str) -> tuple[str, str]:
    """An event type with its sub-event type, from the sub-event type alone where the tables know it."""
    known = {sub.casefold(): (event, sub) for event, sub in (tuple(pair) for pair in table("happenings.yml")["types"].values())}
    known[MEANS_UNKNOWN.casefold()] = ("Explosions/Remote violence", MEANS_UNKNOWN)
    if found := known.get(typed.casefold()):
        return found
    events = {event.casefold(): event for event, _ in known.values()}
    event, _, sub = (part.strip() for part in typed.partition(":"))
    if sub and event.casefold() in events:
        return events[event.casefold()], sub
    subs = "; ".join(sorted(sub for _, sub in known.values()))
    raise UnclearValue("event_type", typed, f"no kind that the tables know; there are {subs}; or write Battles: Armed clash")
