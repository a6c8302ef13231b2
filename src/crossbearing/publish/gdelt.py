"""GDELT 2.0: a row for each incident in Events (61 columns), and one for each claim in Mentions (16), tab-separated, without a
header.

GDELT's Mentions are where claims show: what its own file gives of them roughly, offsets and sentences, is exact here. Its
Events have one day and no precision, so that an incident of which no one day is known has no day there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crossbearing.model.claim import Actor, Claim
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.publish.book import Book, Cell, Sheet, Value
from crossbearing.publish.cameo import Kind, kind_of, quad_of, sector
from crossbearing.publish.dossier import Dossier, Page
from crossbearing.publish.exclusions import exclusions, no_day
from crossbearing.publish.places import at_sea, coordinates
from crossbearing.publish.precision import ucdp_where
from crossbearing.publish.sides import Party, Sort, accused, attacked, sort_of

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
EVENT = (
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in _GEO),
    *"DATEADDED SOURCEURL".split(),
)
MENTION = """
    GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset
    Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras
""".split()

EMPTY = {
    "IsRootEvent": "GDELT's own measure of the lead",
    "GoldsteinScale": "Goldstein's numbers are not held",
    "AvgTone": "no tone is measured",
    "MentionTimeDate": "GDELT's is the quarter of an hour in which it saw the page; a page is known by its day at best",
    "MentionDocTone": "no tone is measured",
    "MentionDocTranslationInfo": "nothing is translated",
    "Extras": "GDELT's own",
} | {
    f"{of}Geo_{part}": "where an actor is at home is not where it was"
    for of in ("Actor1", "Actor2") for part in _GEO
} | {
    f"ActionGeo_{part}": "FIPS and GNS codes are not held" for part in ("CountryCode", "ADM1Code", "ADM2Code", "FeatureID")
} | {
    f"Actor{n}{part}": "CAMEO's own list of codes, which is not held"
    for n in (1, 2)
    for part in ("CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type2Code", "Type3Code")
}  # fmt: skip

EVENTS: Sheet[Dossier] = Sheet("gdelt", "events", EVENT, lambda dossier: (dossier,), EMPTY)
EXCLUDES = exclusions("gdelt", "G1")
EXCLUDES.take("excluded.no_day", "G1", no_day)


@EXCLUDES.rule("excluded.no_code", "G1")
def no_code(d: Dossier) -> Cell | None:
    """An event has a CAMEO code; none says exactly what this is."""
    return None if kind_of(d) else Cell(None)


# ---------------------------------------------------------------- events


@EVENTS.rule("GLOBALEVENTID.ours", "ours")
def event_id(d: Dossier) -> Cell | None:
    """A whole number made of the incident's id; it is none of GDELT's."""
    return Cell(d.number, d.incident.claims)


def _day(form: str, same: Callable[[Dossier], bool]) -> Callable[[Dossier], Cell | None]:
    def cell(d: Dossier) -> Cell | None:
        when = d.incident.when
        known = when and when.earliest and when.latest and same(d)
        return Cell(int(when.earliest.strftime(form)), d.giving("when")) if known and when and when.earliest else None

    return cell


def _one_day(d: Dossier) -> bool:
    return bool(d.incident.when and d.incident.when.days == 1)


def _one(part: str) -> Callable[[Dossier], bool]:
    """Whether all days that are possible are of one month, or of one year."""
    return lambda d: bool(
        (when := d.incident.when) and when.earliest and when.latest and when.earliest.strftime(part) == when.latest.strftime(part)
    )


for _column, _form, _same, _says in (
    ("SQLDATE.day", "%Y%m%d", _one_day, "The day, where one is known; a day of several would say more than the words."),
    ("MonthYear.month", "%Y%m", _one("%Y%m"), "The month, where all days that are possible lie in one."),
    ("Year.year", "%Y", _one("%Y"), "The year, where all days that are possible lie in one."),
):
    EVENTS.take(_column, "G1", _day(_form, _same), _says)


@EVENTS.rule("FractionDate.day", "G1")
def fraction(d: Dossier) -> Cell | None:
    """The day as a fraction of its year, as GDELT reckons it: month times 30 and day, over 365."""
    day = d.incident.when.earliest if d.incident.when and _one_day(d) else None
    return Cell(round(day.year + (day.month * 30 + day.day) / 365, 4), d.giving("when")) if day else None


def _parties(d: Dossier) -> tuple[Party | None, Party | None]:
    doers = [one for one in accused(d) if sort_of(one.actor) is not Sort.OPEN]
    return next(iter(doers), None), next(iter(attacked(d)), None)


def _actor(which: int, part: Callable[[Actor], str | None]) -> Callable[[Dossier], Cell | None]:
    def cell(d: Dossier) -> Cell | None:
        party = _parties(d)[which]
        value = part(party.actor) if party else None
        return Cell(value, party.claims or d.incident.claims) if party and value else None

    return cell


def _capitals(actor: Actor) -> str:
    return actor.name.upper()


for _n, _whose in ((1, "who is said to have done it, of several the one that most lineages name"), (2, "whom it struck")):
    EVENTS.take(f"Actor{_n}Name.party", "G1", _actor(_n - 1, _capitals), f"The name of {_whose}, in capitals.")
    EVENTS.take(f"Actor{_n}Code.type", "G1", _actor(_n - 1, sector), "The code, of which only the role is held: see Type1Code.")
    EVENTS.take(f"Actor{_n}Type1Code.role", "G1", _actor(_n - 1, sector), "GOV, MIL, REB or CVL, where the actor's kind says it.")


def _kind(part: Callable[[Kind], Value]) -> Callable[[Dossier], Cell | None]:
    def cell(d: Dossier) -> Cell | None:
        kind = kind_of(d)
        telling = tuple(c.id for c in d.claims if c.sub_event_type == d.incident.sub_event_type)
        return Cell(part(kind), telling or d.incident.claims) if kind else None

    return cell


EVENTS.take("EventCode.cameo", "G1", _kind(lambda kind: kind.cameo), "The CAMEO code of the kind and the weapon, as text.")
EVENTS.take("EventBaseCode.cameo", "G1", _kind(lambda kind: kind.cameo[:3]), "The code's first three digits.")
EVENTS.take("EventRootCode.cameo", "G1", _kind(lambda kind: kind.cameo[:2]), "The code's first two digits.")
EVENTS.take("QuadClass.root", "G1", _kind(lambda kind: quad_of(kind.cameo)), "1 to 4, by the root code.")


@EVENTS.rule("NumMentions.claims", "G1")
def mentions(d: Dossier) -> Cell | None:
    """How many claims tell of it: the rows of Mentions. GDELT counts its first quarter of an hour only; these are all."""
    return Cell(len(d.claims), d.incident.claims)


@EVENTS.rule("NumSources.outlets", "G1")
def sources(d: Dossier) -> Cell | None:
    """How many publishers tell of it, those that are not named counted by their reports."""
    return Cell(len({page.outlet or page.report for page in d.cited}), d.incident.claims)


@EVENTS.rule("NumArticles.documents", "G1")
def articles(d: Dossier) -> Cell | None:
    """How many documents tell of it."""
    return Cell(len(d.cited), d.incident.claims)


def _geo_type(d: Dossier) -> int | None:
    """1 a country; 2 and 5 a division, of the United States or elsewhere; 3 and 4 a town. None for what is none of them."""
    place = d.incident.where
    if place is None or at_sea(place) or (found := ucdp_where(place)) == 5:
        return None
    inside = place.country == "US"
    return 1 if found == 6 else (2 if inside else 5) if found > 2 else 3 if inside else 4


def _geo(d: Dossier, value: Value) -> Cell | None:
    return None if value is None or _geo_type(d) is None else Cell(value, d.giving("where"))


@EVENTS.rule("ActionGeo_Type.class", "G1")
def geo_type(d: Dossier) -> Cell | None:
    """1 a country, 2 a state of the United States, 3 a town there, 4 a town elsewhere, 5 a division elsewhere; empty at sea and
    for parts of countries, which GDELT has no type for."""
    return _geo(d, _geo_type(d))


@EVENTS.rule("ActionGeo_FullName.name", "G1")
def geo_name(d: Dossier) -> Cell | None:
    """The place's name."""
    return _geo(d, d.incident.where.name) if d.incident.where else None


@EVENTS.rule("ActionGeo_Lat.point", "G1")
def geo_lat(d: Dossier) -> Cell | None:
    """Latitude in degrees; of a country or a division, its middle."""
    point = coordinates(d.incident.where) if d.incident.where else None
    return _geo(d, point[0]) if point else None


@EVENTS.rule("ActionGeo_Long.point", "G1")
def geo_long(d: Dossier) -> Cell | None:
    """Longitude in degrees; of a country or a division, its middle."""
    point = coordinates(d.incident.where) if d.incident.where else None
    return _geo(d, point[1]) if point else None


@EVENTS.rule("DATEADDED.instant", "G1")
def date_added(d: Dossier) -> Cell | None:
    """The instant as of which the ledger was read, UTC."""
    return Cell(int(d.instant.strftime("%Y%m%d%H%M%S")), d.incident.claims)


@EVENTS.rule("SOURCEURL.first", "G1")
def source_url(d: Dossier) -> Cell | None:
    """The address of the first report that shows one."""
    found = next((page.address for page in d.cited if page.address), None)
    return Cell(found, d.incident.claims) if found else None


# ---------------------------------------------------------------- mentions


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One row of Mentions: one claim of a dossier."""

    dossier: Dossier
    claim: Claim

    @property
    def page(self) -> Page:
        """The document that makes the claim."""
        return self.dossier.page(self.claim)


def _told(d: Dossier) -> Iterable[Told]:
    return (Told(d, claim) for claim in d.claims)


MENTIONS: Sheet[Told] = Sheet("gdelt.mentions", "mentions", MENTION, _told, EMPTY)


def _of(value: Callable[[Told], Value]) -> Callable[[Told], Cell | None]:
    return lambda row: None if (found := value(row)) is None else Cell(found, (row.claim.id,))


def _offset(stated: tuple[Stated[Actor], ...]) -> int | None:
    """The first character of the words for an actor, where the document says them."""
    return min((e.start for one in stated for e in one.evidence if isinstance(e, Span)), default=None)


def _sentence(row: Told) -> int | None:
    return bisect_right(row.page.sentences, row.claim.span.start) or None


_FIRST = "Where in the document's text the first character stands of the"


for _column, _value, _says in (
    ("GLOBALEVENTID.ours", lambda row: row.dossier.number, "The row of Events that it belongs to."),
    ("EventTimeDate.instant", lambda row: int(row.dossier.instant.strftime("%Y%m%d%H%M%S")), "As DATEADDED of Events."),
    ("MentionType.kind", lambda row: 1 if row.page.address else 2, "1, a page with an address; 2, known by its citation only."),
    ("MentionSourceName.outlet", lambda row: row.page.outlet, "The publisher."),
    ("MentionIdentifier.page", lambda row: row.page.address or row.claim.report, "The page's address, else the report's id."),
    ("SentenceID.number", _sentence, "The sentence of the article in which the claim's words begin, from 1."),
    ("Actor1CharOffset.words", lambda row: _offset(row.claim.perpetrators), f"{_FIRST} words for the doer."),
    ("Actor2CharOffset.words", lambda row: _offset(row.claim.targets), f"{_FIRST} words for the target."),
    ("ActionCharOffset.words", lambda row: row.claim.span.start, f"{_FIRST} claim's words."),
    ("InRawText.yes", lambda row: 1, "1: the words stand in the text as it is."),
    ("Confidence.score", lambda row: round(row.claim.score * 100), "How sure the reader is of the claim, in hundredths."),
    ("MentionDocLen.characters", lambda row: row.page.length or None, "Characters of the document's text."),
):
    MENTIONS.take(_column, "G2", _of(_value), _says)

BOOK = Book(
    "gdelt", 1, "GDELT 2.0 Events and Mentions, tab-separated, without a header", (EVENTS, MENTIONS), EXCLUDES,
    {"days": ("SQLDATE",), "place": ("ActionGeo_FullName",)}, "tsv without a header",
)  # fmt: skip
