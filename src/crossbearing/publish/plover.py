"""PLOVER's event records (JSON Lines), and the table that POLECAT publishes of the same ontology (tab-separated, 40 columns).

Both are of one event for one incident. PLOVER knows no ranges and has no rule for figures that differ: the lowest number told
stands in `size`, and the comment holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from crossbearing.model.claim import Claim, Status
from crossbearing.model.where import Place, Precision
from crossbearing.publish.book import Book, Cell, Deed, Rules, Sheet, Value
from crossbearing.publish.cameo import QUAD, Kind, iso3, kind_of, sector
from crossbearing.publish.dossier import Dossier, Page
from crossbearing.publish.exclusions import exclusions, no_day
from crossbearing.publish.places import coordinates
from crossbearing.publish.precision import ucdp_where
from crossbearing.publish.sides import ARMED, Party, Sort, accused, attacked, country, sort_of
from crossbearing.publish.tolls import Toll, latest, tolls

EVENT = """
    id has_event date time enddate endtime actor recipient event event_loc event_text quad_code event_scale mode context link text
    text_info cite_info coder coded_date coded_time comment size
""".split()

POLECAT = (
    "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, "
    "Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, "
    "Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, "
    "Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source, "
    "Publication Date, Story People, Story Organizations, Story Locations, Language, Version"
).split(", ")

EMPTY_EVENT = {
    "time": "a clock in PLOVER has no zone and no stretch; the words that give one stay in the ledger",
    "endtime": "as for time",
    "event_text": "a claim keeps its sentence, and not the word that tells of the happening",
    "event_scale": "Goldstein's scale, whose numbers are not held",
    "context": "the list of 37 contexts is not held",
    "link": "no event is linked to another by PLOVER's rules",
}
_STORY = "the people, organisations and places of a story are not gathered"
EMPTY_POLECAT = {
    "Intensity": "Goldstein's scale, whose numbers are not held",
    "Quad Code": "POLECAT's own words for the quads are not held",
    "Contexts": "the list of 37 contexts is not held",
    "Feature Type": "GeoNames' feature codes are not held",
    "Version": "POLECAT's own releases",
    **dict.fromkeys(("Story People", "Story Organizations", "Story Locations"), _STORY),
} | {
    f"{part}{role}{more}": reason
    for role in ("Actor", "Recipient")
    for part, more, reason in (
        ("", " COW", "Correlates of War numbers are not held"),
        ("", " Title", "an actor is a party here, no person with an office"),
        ("Wikipedia ", " ID", "no table links actors to Wikipedia"),
    )
}

BETWEEN = ";"
"""Between the entries of one cell of POLECAT's table."""

EVENTS: Sheet[Dossier] = Sheet("plover", "events", EVENT, lambda dossier: (dossier,), EMPTY_EVENT)
TABLE: Sheet[Dossier] = Sheet("polecat", "events", POLECAT, lambda dossier: (dossier,), EMPTY_POLECAT)


def no_type(d: Dossier) -> Cell | None:
    """An event has one of the ontology's types; none of them says what this is."""
    return None if kind_of(d) else Cell(None)


def no_actor(d: Dossier) -> Cell | None:
    """A record has an actor; no claim says who did it."""
    return None if _actors(d)[0] else Cell(None)


def _excludes(book: str, *rules: Deed[Dossier]) -> Rules[Dossier]:
    made = exclusions(book, "N6")
    for rule in rules:
        made.take(f"excluded.{rule.__name__}", "N6", rule)
    return made


# ---------------------------------------------------------------- what


@EVENTS.rule("has_event.yes", "N6")
def has_event(d: Dossier) -> Cell | None:
    """Each record holds an event."""
    return Cell(True, d.incident.claims)


def own_id(d: Dossier) -> Cell | None:
    """The incident's id in the ledger."""
    return Cell(d.incident.id, d.incident.claims)


EVENTS.take("id.ours", "ours", own_id)
TABLE.take("Event ID.ours", "ours", own_id)


def _kind(d: Dossier, part: Callable[[Kind], Value]) -> Cell | None:
    kind = kind_of(d)
    value = part(kind) if kind else None
    telling = tuple(c.id for c in d.claims if c.sub_event_type == d.incident.sub_event_type)
    return None if value is None else Cell(value, telling or d.incident.claims)


@EVENTS.rule("event.converted", "N10")
def event(d: Dossier) -> Cell | None:
    """The type, by PLOVER's conversion of the CAMEO code that the sub-event type has. Armed violence of every sort is ASSAULT,
    crowds are PROTEST."""
    return _kind(d, lambda kind: [kind.plover])


@TABLE.rule("Event Type.converted", "N10")
def event_type(d: Dossier) -> Cell | None:
    """The type, by PLOVER's conversion of the CAMEO code that the sub-event type has."""
    return _kind(d, lambda kind: kind.plover)


@EVENTS.rule("mode.means", "N6")
def mode(d: Dossier) -> Cell | None:
    """How it was done, where the sub-event type or the weapon says so; none where the means is not known."""
    return _kind(d, lambda kind: [kind.mode] if kind.mode else None)


@TABLE.rule("Event Mode.means", "N6")
def event_mode(d: Dossier) -> Cell | None:
    """How it was done, where the sub-event type or the weapon says so; empty where the means is not known."""
    return _kind(d, lambda kind: kind.mode)


@EVENTS.rule("quad_code.of_type", "N6")
def quad_code(d: Dossier) -> Cell | None:
    """1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, by the type."""
    return _kind(d, lambda kind: QUAD[kind.plover])


# ---------------------------------------------------------------- when


def _when(d: Dossier, value: Value) -> Cell | None:
    return None if value is None else Cell(value, d.giving("when"))


@EVENTS.rule("date.earliest", "N6")
def date(d: Dossier) -> Cell | None:
    """The day, or the earliest day of those that are possible."""
    return _when(d, str(d.incident.when.earliest)) if d.incident.when else None


@EVENTS.rule("enddate.latest", "N6")
def enddate(d: Dossier) -> Cell | None:
    """The last day of those that are possible, where there is more than one."""
    when = d.incident.when
    return _when(d, str(when.latest)) if when and when.latest != when.earliest else None


@TABLE.rule("Event Date.day", "N7")
def event_date(d: Dossier) -> Cell | None:
    """The day, where one is known: the table has no second one, and a day of several would say more than the words."""
    when = d.incident.when
    return _when(d, str(when.earliest)) if when and when.days == 1 else None


# ---------------------------------------------------------------- who


def _actors(d: Dossier) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who stands under actor, and who under recipient."""
    doers = tuple(one for one in accused(d) if sort_of(one.actor) is not Sort.OPEN)
    hit = attacked(d)
    fight = d.incident.event_type == "Battles" and doers and any(sort_of(one.actor) in ARMED for one in hit)
    if fight:
        armed = tuple(one for one in hit if sort_of(one.actor) in ARMED)
        both = sorted((*doers, *armed), key=lambda one: one.actor.name)
        return tuple(both), tuple(one for one in hit if one not in armed)
    return doers, hit


def _entity(party: Party) -> Mapping[str, Value]:
    """An entity of the record, without what is not known."""
    made: dict[str, Value] = {
        "code": iso3(party.actor.country),
        "sector": sector(party.actor),
        "entity_text": party.actor.written,
        "identifier_text": party.actor.name,
    }
    return {key: value for key, value in made.items() if value}


def _named(d: Dossier, parties: Sequence[Party], value: Value) -> Cell | None:
    claims = tuple(dict.fromkeys(chain.from_iterable(one.claims for one in parties)))
    return Cell(value, claims or d.incident.claims) if parties and value else None


@EVENTS.rule("actor.parties", "N6")
def actor(d: Dossier) -> Cell | None:
    """In one-sided violence the perpetrators, all that are accused in one list; in a fight both sides. Country codes are ISO's, a
    sector stands only where the actor's kind says it."""
    parties, _ = _actors(d)
    return _named(d, parties, [_entity(one) for one in parties])


@EVENTS.rule("recipient.victims", "N6")
def recipient(d: Dossier) -> Cell | None:
    """In one-sided violence whom it struck; nobody in a fight, where both sides are actors."""
    _, parties = _actors(d)
    return _named(d, parties, [_entity(one) for one in parties])


def _joined(which: int, part: Callable[[Party], str | None]) -> Callable[[Dossier], Cell | None]:
    def cell(d: Dossier) -> Cell | None:
        parties = _actors(d)[which]
        return _named(d, parties, BETWEEN.join(dict.fromkeys(one for party in parties if (one := part(party)))))

    return cell


def _first(which: int) -> Callable[[Dossier], Cell | None]:
    def cell(d: Dossier) -> Cell | None:
        parties = [one for one in _actors(d)[which] if sector(one.actor)]
        return _named(d, parties, sector(parties[0].actor) if parties else None)

    return cell


for _which, _role in enumerate(("Actor", "Recipient")):
    for _column, _part, _sentence in (
        (f"{_role} Name.parties", lambda one: one.actor.name, "The parties' names in the registry, or as written."),
        (f"{_role} Country.iso", lambda one: iso3(one.actor.country), "Their countries, by ISO's three letters."),
        (f"{_role} Sectors.all", lambda one: sector(one.actor), "The sectors of all parties whose kinds say one."),
        (f"{_role} Name Raw.written", lambda one: one.actor.written, "The words as written."),
    ):
        TABLE.take(_column, "N7", _joined(_which, _part), _sentence)
    TABLE.take(f"Primary {_role} Sector.first", "N7", _first(_which), "The sector of the first party whose kind says one.")


# ---------------------------------------------------------------- where


def _where(d: Dossier, value: Value) -> Cell | None:
    return None if value in (None, "") else Cell(value, d.giving("where"))


RESOLUTIONS = {Precision.EXACT: 5, Precision.TOWN: 4, Precision.NEAR: 3, Precision.DISTRICT: 3, Precision.ADMIN1: 2}
"""PLOVER's resolution: 5 within a city, 4 a city, 3 a district, 2 a province, 1 a country. What is near a town is not in it."""


def _resolution(place: Place) -> int:
    known = RESOLUTIONS.get(place.precision, 1)
    return min(known, 3) if ucdp_where(place) > 2 else known


def _geonames(place: Place) -> str | None:
    """GeoNames' number of the place; none for what is near it, or in a circle wider than it."""
    scheme, _, number = place.id.partition(":")
    own = scheme == "geonames" and number.isdigit() and place.precision is not Precision.NEAR
    return number if own and _resolution(place) == RESOLUTIONS.get(place.precision, 1) else None


def _said(d: Dossier) -> str | None:
    return " | ".join(dict.fromkeys(d.words[c.id, "where"] for c in d.claims if (c.id, "where") in d.words)) or None


@EVENTS.rule("event_loc.place", "N6")
def event_loc(d: Dossier) -> Cell | None:
    """The place: the words, the name, the point, the country and division, and how fine it is."""
    place = d.incident.where
    if place is None:
        return None
    made: dict[str, Value] = {
        "extracted_place": _said(d),
        "resolved_place": place.name,
        "geonameid": _geonames(place),
        "lat": _point(place, 0),
        "lon": _point(place, 1),
        "city": _town(place),
        "district": _district(place),
        "province": place.admin1,
        "country": country(place.country).get("name"),
        "country_code": iso3(place.country),
        "resolution": _resolution(place),
    }
    return _where(d, {key: value for key, value in made.items() if value is not None})


def _of_place(part: Callable[[Dossier, Place], Value]) -> Callable[[Dossier], Cell | None]:
    return lambda d: _where(d, part(d, d.incident.where)) if d.incident.where else None


def _town(place: Place) -> str | None:
    return place.name if place.precision is Precision.TOWN and _resolution(place) == 4 else None


def _district(place: Place) -> str | None:
    return place.name if place.precision is Precision.DISTRICT else None


def _point(place: Place, which: int) -> float | None:
    point = coordinates(place)
    return point[which] if point else None


for _column, _value, _sentence in (
    ("Placename.name", lambda d, place: place.name, "The name of the place."),
    ("City.town", lambda d, place: _town(place), "The place itself, where it is a town."),
    ("District.own", lambda d, place: _district(place), "The place itself, where it is a district."),
    ("Province.division", lambda d, place: place.admin1, "The first-order division, where known."),
    ("Country.iso", lambda d, place: iso3(place.country), "The country, by ISO's three letters."),
    ("Latitude.point", lambda d, place: _point(place, 0), "Latitude of the point in degrees; of an area, its middle."),
    ("Longitude.point", lambda d, place: _point(place, 1), "Longitude of the point in degrees; of an area, its middle."),
    ("GeoNames ID.entry", lambda d, place: _geonames(place), "GeoNames' number, where the place itself is one of its entries."),
    ("Raw Placename.words", lambda d, place: _said(d), "The words for the place."),
):
    TABLE.take(_column, "N7", _of_place(_value), _sentence)


# ---------------------------------------------------------------- how many, and who says so


def _counts(d: Dossier, counted: str) -> int | None:
    given = latest(tolls(d, counted))
    numbers = [one.least for one in given if one.vague is None] or [one.least for one in given]
    return min(numbers, default=None)


@EVENTS.rule("size.lowest", "ours")
def size(d: Dossier) -> Cell | None:
    """How many died and were hurt: the manual keeps the object and gives no rule for figures that differ. The lowest number told
    stands, vague words only where there is no number; the comment holds all."""
    made = {"dead": _counts(d, "killed"), "injured": _counts(d, "injured")}
    told: dict[str, Value] = {key: number for key, number in made.items() if number is not None}
    claims = tuple(dict.fromkeys(one.claim.id for counted in ("killed", "injured") for one in tolls(d, counted)))
    return Cell(told, claims) if told else None


@EVENTS.rule("comment.figures", "ours")
def comment(d: Dossier) -> Cell | None:
    """Every figure told, what cannot both hold, and whether it was stopped."""
    figures = {counted: tolls(d, counted) for counted in ("killed", "injured")}
    parts = [f"{counted}: {'; '.join(map(_number, given))}" for counted, given in figures.items() if given]
    if disputed := dict.fromkeys(one.field for one in d.incident.contradictions):
        parts.append(f"cannot both hold: {', '.join(disputed)}")
    if d.incident.status is Status.FOILED:
        parts.append("it was stopped")
    return Cell(". ".join(parts), d.incident.claims) if parts else None


def _number(toll: Toll) -> str:
    if toll.vague:
        return toll.vague
    low, high = toll.figure.low, toll.figure.high
    return f"{low}+" if high is None else str(high) if low == high else f"{low or 0}-{high}"


def _lead(d: Dossier) -> Claim:
    """The claim that says most: the one to cite."""
    given = ("when", "where", "perpetrators", "targets", "killed", "injured")
    return max(d.told or d.claims, key=lambda one: (sum(bool(getattr(one, field)) for field in given), one.id))


@EVENTS.rule("text.sentence", "N6")
def text(d: Dossier) -> Cell | None:
    """The words of the claim that says most."""
    return Cell(_lead(d).quote, (_lead(d).id,)) if _lead(d).quote else None


@EVENTS.rule("text_info.offsets", "N6")
def text_info(d: Dossier) -> Cell | None:
    """Where those words stand in the document's text."""
    span = _lead(d).span
    return Cell({"start": span.start, "end": span.end}, (_lead(d).id,))


@EVENTS.rule("cite_info.reports", "N6")
def cite_info(d: Dossier) -> Cell | None:
    """The reports: publisher, title, address, language, each where the page shows it."""
    return Cell([_citation(page) for page in d.cited], d.incident.claims)


def _citation(page: Page) -> Mapping[str, Value]:
    made: dict[str, Value] = {
        "citation": page.report, "url": page.address, "title": page.title, "language": page.language, "publication": page.outlet,
    }  # fmt: skip
    return {key: value for key, value in made.items() if value}


@EVENTS.rule("coder.package", "N6")
def coder(d: Dossier) -> Cell | None:
    """What coded it."""
    return Cell("crossbearing", d.incident.claims)


@EVENTS.rule("coded_date.instant", "N6")
def coded_date(d: Dossier) -> Cell | None:
    """The day of the instant as of which the ledger was read."""
    return Cell(d.instant.date().isoformat(), d.incident.claims)


@EVENTS.rule("coded_time.instant", "N6")
def coded_time(d: Dossier) -> Cell | None:
    """The time of that instant."""
    return Cell(d.instant.time().isoformat("seconds"), d.incident.claims)


def _cited(part: Callable[[Page], str | None]) -> Callable[[Dossier], Cell | None]:
    def cell(d: Dossier) -> Cell | None:
        found = dict.fromkeys(one for page in d.cited if (one := part(page)))
        return Cell(BETWEEN.join(found), d.incident.claims) if found else None

    return cell


def _published(page: Page) -> str | None:
    days = page.published
    return str(days.earliest) if days and days.days == 1 else None


TABLE.take("Source.outlets", "N7", _cited(lambda page: page.outlet), "The publishers.")
TABLE.take("Publication Date.days", "N7", _cited(_published), "The days of publication, where known to the day.")
TABLE.take("Language.shown", "N7", _cited(lambda page: page.language), "The languages that the pages show of themselves.")

BOOK = Book(
    "plover", 1, "PLOVER event records, JSON Lines", (EVENTS,), _excludes("plover", no_day, no_type, no_actor),
    {"days": ("date", "enddate")}, "jsonl",
)  # fmt: skip
POLECAT_BOOK = Book(
    "polecat", 1, "POLECAT's table, 40 columns, tab-separated", (TABLE,), _excludes("polecat", no_day, no_type),
    {"days": ("Event Date",), "place": ("Placename",)}, "tsv",
)  # fmt: skip
