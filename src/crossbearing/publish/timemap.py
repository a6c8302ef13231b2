"""A pair of tables as TimeMap and its kin read them: events on a map and a line of time, and the sources that they name by id.

Such a map draws a point at an instant. An event whose place is wider than a town, or whose day is not known, would be drawn
finer than it is: it has no point, or no date, and says in its description what is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crossbearing.publish.book import Book, Cell, Sheet, Value
from crossbearing.publish.dossier import Dossier, Page
from crossbearing.publish.exclusions import exclusions
from crossbearing.publish.geojson import WIDEST_POINT_KM
from crossbearing.publish.places import coordinates
from crossbearing.publish.sides import accused, attacked

EVENT = "id description date time location latitude longitude type category associations sources comments".split()
SOURCE = "id title description type url paths".split()
EMPTY = {"time": "a clock of the words has no zone", "paths": "no pictures are held"}

EVENTS: Sheet[Dossier] = Sheet("timemap", "events", EVENT, lambda dossier: (dossier,), EMPTY)
EXCLUDES = exclusions("timemap", "ours")


@EVENTS.rule("id.ours", "ours")
def event_id(d: Dossier) -> Cell | None:
    """The incident's id in the ledger."""
    return Cell(d.incident.id, d.incident.claims)


@EVENTS.rule("description.sentence", "ours")
def description(d: Dossier) -> Cell | None:
    """What happened, with the days and the place as far as they are known."""
    where, when = d.incident.where, d.incident.when
    place = f", {where.name} ({where.precision.value})" if where else ""
    return Cell(f"{d.incident.sub_event_type}, {d.incident.status.value}{place}{f', {when}' if when else ''}", d.incident.claims)


@EVENTS.rule("date.day", "B2")
def date(d: Dossier) -> Cell | None:
    """The day, where one is known: month/day/year, as the format has it."""
    when = d.incident.when
    return Cell(f"{when.earliest:%m/%d/%Y}", d.giving("when")) if when and when.earliest and when.days == 1 else None


@EVENTS.rule("location.name", "B2")
def location(d: Dossier) -> Cell | None:
    """The place's name."""
    return Cell(d.incident.where.name, d.giving("where")) if d.incident.where else None


def _coordinate(d: Dossier, which: int) -> Cell | None:
    place = d.incident.where
    point = coordinates(place) if place and (place.radius_km or 0.0) <= WIDEST_POINT_KM else None
    return Cell(str(point[which]), d.giving("where")) if point else None


@EVENTS.rule("latitude.point", "B2")
def latitude(d: Dossier) -> Cell | None:
    """Latitude in degrees, as text, where the place is no wider than what a map of ours draws as a point."""
    return _coordinate(d, 0)


@EVENTS.rule("longitude.point", "B2")
def longitude(d: Dossier) -> Cell | None:
    """Longitude in degrees, as text, under the same condition."""
    return _coordinate(d, 1)


@EVENTS.rule("type.sub_event", "ours")
def event_type(d: Dossier) -> Cell | None:
    """The sub-event type."""
    return Cell(d.incident.sub_event_type, d.incident.claims)


@EVENTS.rule("category.event", "ours")
def category(d: Dossier) -> Cell | None:
    """The event type."""
    return Cell(d.incident.event_type, d.incident.claims)


@EVENTS.rule("associations.parties", "ours")
def associations(d: Dossier) -> Cell | None:
    """The parties: those accused, and those attacked."""
    names: Value = list(dict.fromkeys(one.actor.name for one in (*accused(d), *attacked(d))))
    return Cell(names, d.incident.claims)


@EVENTS.rule("sources.ids", "B2")
def sources(d: Dossier) -> Cell | None:
    """The ids of the documents that tell of it, as the other table has them."""
    return Cell([page.id for page in d.cited], d.incident.claims)


@EVENTS.rule("comments.disputed", "ours")
def comments(d: Dossier) -> Cell | None:
    """In what claims cannot both hold."""
    fields = dict.fromkeys(one.field for one in d.incident.contradictions)
    return Cell(f"Claims that cannot both hold: {', '.join(fields)}.", d.incident.claims) if fields else None


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One document as one incident cites it."""

    dossier: Dossier
    page: Page


def _sources(d: Dossier) -> Iterable[Source]:
    return (Source(d, page) for page in d.cited)


SOURCES: Sheet[Source] = Sheet("timemap.sources", "sources", SOURCE, _sources, EMPTY, once="id")


def _cell(row: Source, value: str | None) -> Cell | None:
    said = tuple(claim.id for claim in row.dossier.claims if claim.document == row.page.id)
    return Cell(value, said) if value else None


@SOURCES.rule("id.document", "B2")
def source_id(row: Source) -> Cell | None:
    """The document's id. A document that tells of several incidents stands once."""
    return _cell(row, row.page.id)


@SOURCES.rule("title.shown", "B2")
def title(row: Source) -> Cell | None:
    """Its title, else its publisher, else the report's id."""
    return _cell(row, row.page.title or row.page.outlet or row.page.report)


@SOURCES.rule("description.publisher", "ours")
def publisher(row: Source) -> Cell | None:
    """Its publisher."""
    return _cell(row, row.page.outlet)


@SOURCES.rule("type.article", "ours")
def article(row: Source) -> Cell | None:
    """Always an article."""
    return _cell(row, "Article")


@SOURCES.rule("url.page", "B2")
def url(row: Source) -> Cell | None:
    """The address that it shows of itself."""
    return _cell(row, row.page.address)


BOOK = Book(
    "timemap", 1, "events and sources as TimeMap reads them, JSON", (EVENTS, SOURCES), EXCLUDES,
    {"days": ("date",), "place": ("location",)}, "json",
)  # fmt: skip
