"""Airwars: an incident record with its grades, and beside it the tables of belligerents, statements, sources and casualties.

The columns are those of the site's own incident record. Grades are worked out from the claims: who claims the deed, who denies
it, how many lineages there are. They stand for an assessment until a person makes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crossbearing.model.claim import Claim, Figure, PeopleStatus
from crossbearing.model.when import Clock, ClockKind
from crossbearing.publish.book import Book, Cell, Sheet
from crossbearing.publish.dossier import KEPT, Dossier, Page
from crossbearing.publish.exclusions import exclusions, no_day, no_place
from crossbearing.publish.places import coordinates
from crossbearing.publish.precision import airwars_where
from crossbearing.publish.sides import ARMED, Party, accused, attacked, country, denials, owners, rivals, sort_of, speaks_for
from crossbearing.publish.tolls import Toll, parts, tolls

CLASSES = """
    civilian_non_combatants children women men human_rights_defenders journalists trade_unionists healthcare_personnel
    other_civilian_non_combatants undetermined other_protected_persons medical_and_religious_personnel_state
    medical_and_religious_personnel_non_state persons_hors_de_combat belligerents member_of_armed_forces
    persons_directly_participating_in_hostilities civilian_role_in_military
""".split()
GROUPS = {"children": "children", "women": "women", "journalists": "journalists", "healthcare_personnel": "health workers"}
"""Classes that a figure's group is kept under by the ledger, each with the ledger's word."""
MEASURES = ("killed_min", "killed_max", "injured_min", "injured_max")
HARM = tuple(f"{kind}_{measure}" for kind in CLASSES for measure in MEASURES)

INCIDENT = (
    *"""
    code previous_codes permalink post_status post_published post_modified date_type date date_end local_time_type local_time
    local_time_start local_time_end local_time_of_day local_first_reported_date_time local_first_reported_by
    local_first_reported_url country location_name location_name_arabic location_name_hebrew location_name_ukrainian region
    strike_status infrastructure strike_type targeted_belligerent observation impact total_strikes civilian_harm_reported
    civilian_harm_status cause_of_death_injury geolocated latitude longitude geolocation_status geolocation_accuracy
    geojson_caption geolocation_notes geolocation_notes_internal geolocation_sign_off_assessor geolocation_sign_off_date_time
    num_media num_victims num_victims_named num_reconciled num_families num_individuals victim_average_age
    declassified_assessment press_release num_sources num_sources_twitter num_sources_facebook num_sources_telegram
    num_sources_other
    """.split(),
    *HARM,
)  # fmt: skip
BELLIGERENT = """
    code belligerent type assessment deaths_conceded_min deaths_conceded_max injuries_conceded_min injuries_conceded_max location
    mgrs_coordinate mgrs_accuracy civcas_statements strike_reports
""".split()
STATEMENT = "code belligerent date url statement hash".split()
SOURCE = "code name language url archive_url media".split()
CASUALTY = "code type affiliation while_working killed_min killed_max injured_min injured_max".split()

_SITE = "belongs to the site's own editing"
_VOCABULARY = "its list of words is not published in full; none is guessed"
_UNKNOWN = "the ledger does not hold it; what is not known is not 0"
_REASONS = {
    _SITE: "previous_codes permalink post_status post_published post_modified geolocation_status geolocation_notes_internal "
    "geolocation_sign_off_assessor geolocation_sign_off_date_time declassified_assessment press_release num_reconciled "
    "geojson_caption observation mgrs_coordinate mgrs_accuracy civcas_statements strike_reports hash archive_url media",
    _VOCABULARY: "date_type strike_type cause_of_death_injury infrastructure impact local_time_of_day",
    _UNKNOWN: "local_first_reported_date_time local_first_reported_by local_first_reported_url location_name_arabic "
    "location_name_hebrew location_name_ukrainian total_strikes num_media num_victims num_victims_named num_families "
    "num_individuals victim_average_age num_sources_twitter num_sources_facebook num_sources_telegram num_sources_other location "
    "while_working affiliation",
}
_NO_CLASS = "no word that the ledger keeps of people tells this class from others"
EMPTY = {column: reason for reason, columns in _REASONS.items() for column in columns.split()} | {
    column: _NO_CLASS for column in HARM if not column.startswith((*GROUPS, "civilian_non_combatants", "belligerents"))
}

INCIDENTS: Sheet[Dossier] = Sheet("airwars", "incidents", INCIDENT, lambda dossier: (dossier,), EMPTY)
EXCLUDES = exclusions("airwars", "W1")
EXCLUDES.take("excluded.no_place", "W1", no_place)
EXCLUDES.take("excluded.no_day", "W1", no_day)


@EXCLUDES.rule("excluded.no_harm", "W1")
def no_harm(d: Dossier) -> Cell | None:
    """An incident is one of which some source says that civilians came to harm. Nobody tells of anyone killed or hurt here who is
    not said to have been a combatant."""
    return None if _alleging(d) else Cell(None)


# ---------------------------------------------------------------- harm


def _civil(toll: Toll) -> bool:
    """Civilian unless the words say otherwise: people of whom nothing is said count as civilians, but not in the doer's own
    word."""
    said = toll.status is PeopleStatus.CIVILIAN or (toll.status is PeopleStatus.UNKNOWN and not toll.of_doer)
    return said and toll.most > 0


def _alleging(d: Dossier) -> tuple[Toll, ...]:
    """The figures by which civilians came to harm."""
    return tuple(one for counted in ("killed", "injured") for one in tolls(d, counted) if _civil(one))


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and the highest number told, and the claims that say so."""

    low: int
    high: int
    claims: tuple[str, ...]
    says: str = ""


@lru_cache(maxsize=KEPT * 8)
def harm(d: Dossier, kind: str, counted: str) -> Span | None:
    """The harm told of one class; None where nobody tells any. The doer's own figures are no local claim, and left out."""
    local = [one for one in tolls(d, counted) if not one.of_doer]
    if kind == "civilian_non_combatants":
        told = [one for one in local if one.status is not PeopleStatus.COMBATANT]
        return _span([one for one in told if one.figure.group is None] or told)
    if kind == "belligerents":
        return _of_figures(d, local, counted, lambda f: f.status is PeopleStatus.COMBATANT)
    group = GROUPS[kind]
    return _of_figures(d, local, counted, lambda f: f.group == group)


def _span(told: Sequence[Toll]) -> Span | None:
    """Numbers before vague words: these only where there are no numbers, and then only their least. Parts that are said to have
    been combatants are taken off their whole."""
    numbers = [one for one in told if one.vague is None]
    kept = numbers or list(told)
    if not kept:
        return None
    words = dict.fromkeys(one.vague for one in told if one.vague)
    says = f"also told: {', '.join(f'“{word}”' for word in words if word)}" if words and numbers else ""
    ids = tuple(dict.fromkeys(one.claim.id for one in told))
    fighters = [
        sum(f.low or 0 for f in parts(one.claim, one.figure.counted) if f.status is PeopleStatus.COMBATANT) for one in kept
    ]
    ends = [(max(0, one.least - off), max(0, one.most - off)) for one, off in zip(kept, fighters, strict=True)]
    return Span(min(low for low, _ in ends), max(high for _, high in ends), ids, says)


def _of_figures(d: Dossier, local: Sequence[Toll], counted: str, wanted: Callable[[Figure], bool]) -> Span | None:
    """The span of the figures, whole or part, that a class wants."""
    heard = [c for c in d.told if not speaks_for(c, [one.actor for one in accused(d)])]
    found = [(one.claim.id, one.figure) for one in local if wanted(one.figure)]
    found += [(c.id, part) for c in heard for part in parts(c, counted) if wanted(part)]
    if not found:
        return None
    low = min(f.low or 0 for _, f in found)
    high = max(f.high if f.high is not None else f.low or 0 for _, f in found)
    return Span(low, high, tuple(dict.fromkeys(claim for claim, _ in found)))


def _measure(kind: str, measure: str) -> Callable[[Dossier], Cell | None]:
    counted, end = measure.split("_")

    def cell(d: Dossier) -> Cell | None:
        span = harm(d, kind, counted)
        return Cell(span.low if end == "min" else span.high, span.claims, span.says) if span else None

    return cell


_SENTENCES = {
    "civilian_non_combatants": "Civilians {}, the {} number that any voice but the doer's tells. People of whom nothing is said "
    "are civilians unless local evidence says otherwise; vague words count only where nobody gives a number. One number stands "
    "as both ends; what nobody tells stays empty, and is not 0.",
    "belligerents": "Combatants {}, the {} number that any voice but the doer's tells. What only the doer says of fighters is "
    "context and no evidence.",
}
_OF_GROUP = "People of this group {}, the {} number that any voice but the doer's tells, as a whole or as a part of others."
for _kind in ("civilian_non_combatants", "belligerents", *GROUPS):
    for _name in MEASURES:
        _counted, _end = _name.split("_")
        INCIDENTS.take(
            f"{_kind}_{_name}.told", "W3", _measure(_kind, _name),
            _SENTENCES.get(_kind, _OF_GROUP).format(_counted, {"min": "lowest", "max": "highest"}[_end]),
        )  # fmt: skip


@INCIDENTS.rule("civilian_harm_reported.told", "W1")
def civilian_harm_reported(d: Dossier) -> Cell | None:
    """Yes: an incident without reported harm to civilians has no row."""
    return Cell("Yes", tuple(dict.fromkeys(one.claim.id for one in _alleging(d))))


# ---------------------------------------------------------------- grades


def _disputed(d: Dossier) -> tuple[str, ...]:
    """The claims by which it is contested who did it: two parties accused, or one that denies it."""
    return tuple(claim for one in rivals(d) for claim in one.claims) or tuple(c.id for c in denials(d))


@INCIDENTS.rule("strike_status.contested", "W10")
def contested_strike(d: Dossier) -> Cell | None:
    """Contested strike: more than one party is accused, or one that is accused denies it."""
    return Cell("Contested strike", said) if (said := _disputed(d)) else None


@INCIDENTS.rule("strike_status.declared", "W10")
def declared_strike(d: Dossier) -> Cell | None:
    """Declared strike: a belligerent says that it did it."""
    own = owners(d)
    return Cell("Declared strike", tuple(c.id for c in own)) if own else None


@INCIDENTS.rule("strike_status.single", "W10")
def single_source(d: Dossier) -> Cell | None:
    """Single source claim: all that is told goes back to one lineage."""
    return Cell("Single source claim", d.incident.claims) if d.lineages(d.told) < 2 else None


@INCIDENTS.rule("strike_status.likely", "W10")
def likely_strike(d: Dossier) -> Cell | None:
    """Likely strike: two lineages or more tell of it, one at least says who did it, and nobody contests that."""
    doers = accused(d)
    return Cell("Likely strike", doers[0].claims or d.incident.claims) if doers else None


@INCIDENTS.rule("strike_status.open", "ours")
def open_strike(d: Dossier) -> Cell | None:
    """Empty where several sources tell of it and none says who did it: no grade fits."""
    return Cell(None, d.incident.claims)


@INCIDENTS.rule("civilian_harm_status.contested", "W4")
def contested_harm(d: Dossier) -> Cell | None:
    """Contested: there are competing claims of responsibility, or the accused denies it."""
    return Cell("Contested", said) if (said := _disputed(d)) else None


def _conceded(d: Dossier) -> tuple[Claim, ...]:
    """Claims in which the doer tells, as its own deed, of civilians harmed."""
    own = {c.id for c in owners(d)}
    return tuple(dict.fromkeys(one.claim for one in _alleging(d) if one.claim.id in own))


@INCIDENTS.rule("civilian_harm_status.confirmed", "W4")
def confirmed(d: Dossier) -> Cell | None:
    """Confirmed: a specific belligerent accepted responsibility for the harm. To claim the strike is not enough: its own claim
    counts civilians harmed."""
    return Cell("Confirmed", tuple(c.id for c in said)) if (said := _conceded(d)) else None


@INCIDENTS.rule("civilian_harm_status.discounted", "W4")
def discounted(d: Dossier) -> Cell | None:
    """Discounted: the dead and the hurt were combatants. Every voice but the doer's that says what they were says so, nobody
    tells of children or other civilians among them, and no number is left over that could be of others."""
    found: list[str] = []
    for counted in ("killed", "injured"):
        heard = [one for one in tolls(d, counted) if not one.of_doer and one.most]
        fighters = max((one.most for one in heard if one.status is PeopleStatus.COMBATANT), default=0)
        among = [part for one in heard for part in parts(one.claim, counted) if part.status is PeopleStatus.CIVILIAN]
        if among or any(one.status is PeopleStatus.CIVILIAN or one.most > fighters for one in heard):
            return None
        found += [one.claim.id for one in heard]
    return Cell("Discounted", tuple(dict.fromkeys(found))) if found else None


@INCIDENTS.rule("civilian_harm_status.fair", "W4")
def fair(d: Dossier) -> Cell | None:
    """Fair: two credible sources or more tell of the harm, and a belligerent's action near by is likely or confirmed. Two
    lineages that were not copied stand for two credible sources, an accused party for the action."""
    telling = {one.claim.id: one.claim for one in _alleging(d)}
    return Cell("Fair", tuple(telling)) if d.lineages(telling.values()) > 1 and accused(d) else None


@INCIDENTS.rule("civilian_harm_status.weak", "W4")
def weak(d: Dossier) -> Cell | None:
    """Weak: a single source tells of the harm, or several do and none says who did it."""
    return Cell("Weak", tuple(dict.fromkeys(one.claim.id for one in _alleging(d))))


# ---------------------------------------------------------------- when


def _when(d: Dossier, value: str | None) -> Cell | None:
    return None if value is None else Cell(value, d.giving("when"))


@INCIDENTS.rule("date.earliest", "W2")
def day(d: Dossier) -> Cell | None:
    """The day, or the first day of a range."""
    return _when(d, str(d.incident.when.earliest)) if d.incident.when else None


@INCIDENTS.rule("date_end.range", "W2")
def date_end(d: Dossier) -> Cell | None:
    """The last day of a range; empty where there is one day."""
    when = d.incident.when
    return _when(d, str(when.latest)) if when and when.earliest != when.latest else None


_LOCAL = (None, "local time", "local")
_TIMES = {
    ClockKind.EXACT: "exact", ClockKind.APPROXIMATE: "approximate", ClockKind.WINDOW: "window",
    ClockKind.PART: "approximate_time_of_day",
}  # fmt: skip


def _clock(d: Dossier) -> Clock | None:
    """The local stretch of the clock, on one day; None where the words give none, or give another zone's."""
    when = d.incident.when
    clock = when.clock if when and when.days == 1 else None
    return clock if clock and (clock.zone or "").lower() in ("", "local time", "local") else None


@INCIDENTS.rule("local_time_type.clock", "W2")
def local_time_type(d: Dossier) -> Cell | None:
    """How the local time is known: exact, approximate, window, approximate_time_of_day; unknown where no words give one, or where
    they give it in another zone."""
    clock = _clock(d)
    return _when(d, _TIMES[clock.kind] if clock else "unknown")


@INCIDENTS.rule("local_time.one", "W2")
def local_time(d: Dossier) -> Cell | None:
    """The local time, where the words give one and no stretch."""
    clock = _clock(d)
    return _when(d, f"{clock.earliest:%H:%M}") if clock and clock.earliest == clock.latest else None


@INCIDENTS.rule("local_time_start.stretch", "W2")
def local_time_start(d: Dossier) -> Cell | None:
    """Where the words give a stretch of the clock, its beginning."""
    clock = _clock(d)
    return _when(d, f"{clock.earliest:%H:%M}") if clock and clock.earliest != clock.latest else None


@INCIDENTS.rule("local_time_end.stretch", "W2")
def local_time_end(d: Dossier) -> Cell | None:
    """Where the words give a stretch of the clock, its end."""
    clock = _clock(d)
    return _when(d, f"{clock.latest:%H:%M}") if clock and clock.earliest != clock.latest else None


# ---------------------------------------------------------------- where


def _where(d: Dossier, value: str | float | None) -> Cell | None:
    return None if value in (None, "") else Cell(value, d.giving("where"))


@INCIDENTS.rule("country.name", "W2")
def country_name(d: Dossier) -> Cell | None:
    """The country in which the place lies."""
    return _where(d, country(d.incident.where.country).get("name")) if d.incident.where else None


@INCIDENTS.rule("region.division", "W2")
def region(d: Dossier) -> Cell | None:
    """The first-order division, where known."""
    return _where(d, d.incident.where.admin1) if d.incident.where else None


@INCIDENTS.rule("location_name.name", "W2")
def location_name(d: Dossier) -> Cell | None:
    """The name of the place."""
    return _where(d, d.incident.where.name) if d.incident.where else None


@INCIDENTS.rule("geolocated.no", "W5")
def geolocated(d: Dossier) -> Cell | None:
    """No: nobody has found the spot in pictures. The coordinates are those of the named place."""
    return _where(d, "No") if d.incident.where else None


@INCIDENTS.rule("geolocation_accuracy.class", "W5")
def geolocation_accuracy(d: Dossier) -> Cell | None:
    """How fine the place is, in the words of the record: nearby landmark, town, city, district, province/governorate; empty for
    what is vaguer. Nothing is within a metre or a street, since nothing was measured."""
    return _where(d, airwars_where(d.incident.where)) if d.incident.where else None


@INCIDENTS.rule("latitude.point", "W2")
def latitude(d: Dossier) -> Cell | None:
    """Latitude in degrees, where the place is a division or finer."""
    return _coordinate(d, 0)


@INCIDENTS.rule("longitude.point", "W2")
def longitude(d: Dossier) -> Cell | None:
    """Longitude in degrees, where the place is a division or finer."""
    return _coordinate(d, 1)


def _coordinate(d: Dossier, which: int) -> Cell | None:
    place = d.incident.where
    point = coordinates(place) if place and airwars_where(place) else None
    return _where(d, point[which]) if point else None


@INCIDENTS.rule("geolocation_notes.generic", "W3")
def geolocation_notes(d: Dossier) -> Cell | None:
    """Coordinates of a named place are generic, and the record says so."""
    if not _coordinate(d, 0) or d.incident.where is None:
        return None
    generic = f"The coordinates are generic, for {d.incident.where.name}"
    return _where(d, f"{generic}; the reports do not let them be narrowed down further.")


# ---------------------------------------------------------------- who, and which sources


@INCIDENTS.rule("code.ours", "ours")
def code(d: Dossier) -> Cell | None:
    """The incident's id in the ledger; it is no code of Airwars'."""
    return Cell(d.incident.id, d.incident.claims)


@INCIDENTS.rule("targeted_belligerent.named", "W2")
def targeted_belligerent(d: Dossier) -> Cell | None:
    """The armed parties said to have been the target."""
    hit = [one for one in attacked(d) if sort_of(one.actor) in ARMED]
    claims = tuple(dict.fromkeys(claim for one in hit for claim in one.claims))
    return Cell("; ".join(one.actor.name for one in hit), claims or d.incident.claims) if hit else None


@INCIDENTS.rule("num_sources.listed", "W2")
def num_sources(d: Dossier) -> Cell | None:
    """How many sources stand in the table of sources."""
    return Cell(len(d.cited), d.incident.claims)


@dataclass(frozen=True, slots=True, eq=False)
class Belligerent:
    """A party that is accused of one incident."""

    dossier: Dossier
    party: Party


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What a party itself says of one incident, as one document has it."""

    dossier: Dossier
    party: Party
    claim: Claim


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One document that tells of one incident."""

    dossier: Dossier
    page: Page


@dataclass(frozen=True, slots=True, eq=False)
class Casualties:
    """The harm to one class of people in one incident."""

    dossier: Dossier
    kind: str


def _belligerents(d: Dossier) -> Iterable[Belligerent]:
    return (Belligerent(d, one) for one in accused(d) if one.actor.id)


def _statements(d: Dossier) -> Iterable[Statement]:
    """What those accused and those attacked say themselves, denials too."""
    named = [one for one in (*accused(d), *attacked(d)) if one.actor.id]
    return (Statement(d, party, claim) for party in named for claim in d.claims if speaks_for(claim, [party.actor]))


def _casualties(d: Dossier) -> Iterable[Casualties]:
    told = ("civilian_non_combatants", "belligerents", *GROUPS)
    return (Casualties(d, kind) for kind in told if harm(d, kind, "killed") or harm(d, kind, "injured"))


BELLIGERENTS: Sheet[Belligerent] = Sheet("airwars.belligerents", "belligerents", BELLIGERENT, _belligerents, EMPTY)
STATEMENTS: Sheet[Statement] = Sheet("airwars.statements", "statements", STATEMENT, _statements, EMPTY)
SOURCES: Sheet[Source] = Sheet("airwars.sources", "sources", SOURCE, lambda d: (Source(d, page) for page in d.cited), EMPTY)
CASUALTIES: Sheet[Casualties] = Sheet("airwars.casualties", "casualties", CASUALTY, _casualties, EMPTY)


def its_code(row: Belligerent | Statement | Source | Casualties) -> Cell | None:
    """The incident that the row belongs to."""
    return Cell(row.dossier.incident.id, row.dossier.incident.claims)


BELLIGERENTS.take("code.ours", "ours", its_code)
STATEMENTS.take("code.ours", "ours", its_code)
SOURCES.take("code.ours", "ours", its_code)
CASUALTIES.take("code.ours", "ours", its_code)


@BELLIGERENTS.rule("belligerent.accused", "W2")
def belligerent(row: Belligerent) -> Cell | None:
    """A party that some claim accuses, or that claims the deed; where several are accused, each has a row."""
    return Cell(row.party.actor.name, row.party.claims or row.dossier.incident.claims)


@BELLIGERENTS.rule("type.suspected", "W2")
def suspected(row: Belligerent) -> Cell | None:
    """Suspected, the record's default."""
    return Cell("Suspected", row.party.claims or row.dossier.incident.claims)


@BELLIGERENTS.rule("assessment.none", "W11")
def assessment(row: Belligerent) -> Cell | None:
    """Not yet assessed: what a belligerent makes of the allegation is no part of the claims."""
    return Cell("Not yet assessed", row.party.claims or row.dossier.incident.claims)


def _concedes(counted: str, end: str) -> Callable[[Belligerent], Cell | None]:
    def conceded(row: Belligerent) -> Cell | None:
        own = {c.id for c in owners(row.dossier)}
        said = [
            one for one in tolls(row.dossier, counted)
            if one.claim.id in own and speaks_for(one.claim, [row.party.actor]) and one.status is PeopleStatus.CIVILIAN
        ]  # fmt: skip
        span = _span(said)
        return Cell(span.low if end == "min" else span.high, span.claims) if span else None

    return conceded


for _column, _what in (("deaths_conceded", "killed"), ("injuries_conceded", "injured")):
    for _end in ("min", "max"):
        BELLIGERENTS.take(
            f"{_column}_{_end}.own", "W2", _concedes(_what, _end),
            f"Civilians {_what}, as the belligerent itself counts them of its own deed.",
        )  # fmt: skip


@STATEMENTS.rule("belligerent.speaker", "W2")
def speaker(row: Statement) -> Cell | None:
    """The party whose word it is."""
    return Cell(row.party.actor.name, (row.claim.id,))


@STATEMENTS.rule("date.published", "W2")
def stated_on(row: Statement) -> Cell | None:
    """The day on which the document that has it was published, where one day is known."""
    days = row.dossier.page(row.claim).published
    return Cell(str(days.earliest), (row.claim.id,)) if days and days.days == 1 else None


@STATEMENTS.rule("url.page", "W2")
def stated_at(row: Statement) -> Cell | None:
    """The address of the document that has it."""
    address = row.dossier.page(row.claim).address
    return Cell(address, (row.claim.id,)) if address else None


@STATEMENTS.rule("statement.words", "W2")
def statement(row: Statement) -> Cell | None:
    """The words, as the document has them."""
    return Cell(row.claim.quote or None, (row.claim.id,))


def _from(row: Source) -> tuple[str, ...]:
    return tuple(c.id for c in row.dossier.claims if c.document == row.page.id)


@SOURCES.rule("name.publisher", "W2")
def source_name(row: Source) -> Cell | None:
    """Who published it; the report's own id where it does not say."""
    return Cell(row.page.outlet or row.page.report, _from(row))


@SOURCES.rule("language.shown", "W2")
def language(row: Source) -> Cell | None:
    """The language that the page shows of itself."""
    return Cell(row.page.language, _from(row)) if row.page.language else None


@SOURCES.rule("url.page", "W2")
def url(row: Source) -> Cell | None:
    """The address that the page shows of itself."""
    return Cell(row.page.address, _from(row)) if row.page.address else None


@CASUALTIES.rule("type.class", "W3")
def casualty_class(row: Casualties) -> Cell | None:
    """The class of people, by the name that it has in the incident's columns."""
    spans = [span for counted in ("killed", "injured") if (span := harm(row.dossier, row.kind, counted))]
    return Cell(row.kind, tuple(dict.fromkeys(claim for span in spans for claim in span.claims)))


def _casualty(measure: str) -> Callable[[Casualties], Cell | None]:
    return lambda row: _measure(row.kind, measure)(row.dossier)


for _name in MEASURES:
    CASUALTIES.take(f"{_name}.told", "W3", _casualty(_name), "The same number as in the incident's column for this class.")

ASPECTS = {"days": ("date", "date_end"), "place": ("location_name",), "killed": ("civilian_non_combatants_killed_min",)}
BOOK = Book(
    "airwars", 1, "an incident record as Airwars keeps it, with its tables",
    (INCIDENTS, BELLIGERENTS, STATEMENTS, SOURCES, CASUALTIES), EXCLUDES, ASPECTS,
)  # fmt: skip
