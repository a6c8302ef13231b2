"""UCDP GED: the 49 columns of the Georeferenced Event Dataset, one row for one incident of deadly organised violence.

The rules are UCDP's own as far as they are published (docs/codebooks.md names the sources); where they leave a choice to the
coder's judgement of sources, the rule that stands in for it is ours, has a name, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from crossbearing.model.claim import Actor, PeopleStatus
from crossbearing.publish.book import Book, Cell, Sheet
from crossbearing.publish.dossier import Dossier, Page
from crossbearing.publish.exclusions import exclusions, no_day, no_place
from crossbearing.publish.places import AT_SEA, coordinates, feature, on_a_line
from crossbearing.publish.precision import ucdp_when, ucdp_where
from crossbearing.publish.sides import ARMED, Party, Sort, accused, attacked, claimant, country, doing, others, sort_of
from crossbearing.publish.tolls import Toll, by_status, lasting, latest, tolls, votes
from crossbearing.words.parties import related

COLUMNS = """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id
    dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article
    source_office source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude
    longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b
    deaths_civilians deaths_unknown best high low gwnoa gwnob
""".split()

_CODE = "a code of UCDP's own list, which the ledger does not hold; none is guessed"
EMPTY = {
    "relid": "UCDP's own key of a release",
    "active_year": "whether a dyad passed 25 deaths in the year is a finding over all its events, and no ledger holds all",
    "code_status": "the state of UCDP's own revision",
    "conflict_name": "UCDP's own name for a conflict",
    "region": "UCDP's own division of the world",
    **dict.fromkeys(
        "conflict_dset_id conflict_new_id dyad_dset_id dyad_new_id side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id "
        "country_id gwnoa gwnob".split(), _CODE,
    ),
}  # fmt: skip

BETWEEN = ";"
"""Between the entries of one cell."""

EVENTS: Sheet[Dossier] = Sheet("ucdp", "events", COLUMNS, lambda dossier: (dossier,), EMPTY)
EXCLUDES = exclusions("ucdp", "U4")

# ---------------------------------------------------------------- what is no event

EXCLUDES.take("excluded.no_place", "U4", no_place)
EXCLUDES.take("excluded.no_day", "U4", no_day)


@EXCLUDES.rule("excluded.longer_than_a_year", "U3")
def longer_than_a_year(d: Dossier) -> Cell | None:
    """Dates are coded to a year at the coarsest; the days that the words allow are more."""
    when = d.incident.when
    return Cell(None, d.giving("when")) if when and ucdp_when(when) is None else None


@EXCLUDES.rule("excluded.not_organised", "U4")
def not_organised(d: Dossier) -> Cell | None:
    """The force is used by an organised actor; those named as its doers are a crowd."""
    doers = accused(d)
    crowd = doers and all(sort_of(one.actor) in (Sort.CROWD, Sort.CIVILIANS) for one in doers)
    return Cell(None, doers[0].claims) if crowd else None


@EXCLUDES.rule("excluded.no_death", "U4")
def no_death(d: Dossier) -> Cell | None:
    """At least one direct death in best, low or high; here none is told, or only that there was none."""
    given = tolls(d)
    return None if any(_range(d)) else Cell(None, tuple(one.claim.id for one in given))


# ---------------------------------------------------------------- how many


def _candidates(d: Dossier) -> tuple[Toll, ...]:
    """The figures that source evaluation trusts: not those that a toll has risen above, not the doer's own where anybody else
    gives one, numbers before vague words."""
    given = latest(tolls(d))
    trusted = [one for one in given if not one.of_doer] or list(given)
    numbers = [one for one in trusted if one.vague is None and one.figure.low is not None]
    return tuple(numbers or trusted)


def _best(d: Dossier) -> tuple[int, tuple[Toll, ...]]:
    """The number of most lineages, of equals the lowest, and the figures that say it."""
    given = _candidates(d)
    counted = Counter(one.least for one in votes(given).values())
    best = min(counted, key=lambda number: (-counted[number], number), default=0)
    return best, tuple(one for one in given if one.least == best)


def _range(d: Dossier) -> tuple[int, int, int]:
    """Low, best and high."""
    given = tolls(d)
    best, _ = _best(d)
    low = min((one.least for one in given if not one.of_doer), default=best)
    return min(low, best), best, max(best, _highest(d)[0])


def _highest(d: Dossier) -> tuple[int, tuple[Toll, ...]]:
    """The most that any voice names; where one counts only fighters and another only civilians, both together."""
    given = tolls(d)
    top = max(given, key=lambda one: one.most, default=None)
    if top is None:
        return 0, ()
    told = [_top(given, status) for status in (PeopleStatus.COMBATANT, PeopleStatus.CIVILIAN)]
    apart = [one for one in told if one]
    both = sum(one.most for one in apart)
    return (both, tuple(apart)) if len(apart) == 2 and both > top.most else (top.most, (top,))


def _top(given: Sequence[Toll], status: PeopleStatus) -> Toll | None:
    return max((one for one in given if one.status is status), key=lambda one: one.most, default=None)


def _ids(given: Iterable[Toll]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.claim.id for one in given))


def _said(given: Iterable[Toll]) -> str:
    return "; ".join(f"{one.least if one.vague is None else one.vague} by claim {one.claim.id}" for one in given)


@EVENTS.rule("best.most_lineages", "ours")
def best(d: Dossier) -> Cell | None:
    """The most likely total. UCDP's coders weigh the sources; here the figure that most independent lineages give stands, of
    equals the lowest, since UCDP rather under-estimates; a doer's word counts only where nobody else gives a figure, vague
    words only where nobody gives a number, and an early figure, an "at least" too, not once a later one lies above it. It is the
    sum of the four columns of deaths."""
    number, given = _best(d)
    return Cell(number, _ids(given), f"given: {_said(tolls(d))}")


@EVENTS.rule("low.reliable", "U2")
def low(d: Dossier) -> Cell | None:
    """The lowest reliable estimate: the lowest that any voice but the doer's gives, and never above best."""
    number = _range(d)[0]
    given = [one for one in tolls(d) if one.least == number] or _best(d)[1]
    return Cell(number, _ids(given))


@EVENTS.rule("high.reliable", "U2")
def high(d: Dossier) -> Cell | None:
    """The highest estimate. Every voice may raise it, the doer's too; vague words raise it to the least that they say. Where one
    voice counts only fighters and another only civilians, they can be different people, and both are counted."""
    return Cell(_range(d)[2], _ids(_highest(d)[1]) or _ids(_best(d)[1]))


def _deaths(d: Dossier) -> dict[str, int]:
    """The best total by column: by the words for the people, and of fighters by the words for their side."""
    given = _best(d)[1]
    split: dict[str, int] = {}
    for status, count in by_status(_telling(given)).items() if given else ():
        column = {PeopleStatus.CIVILIAN: "deaths_civilians", PeopleStatus.UNKNOWN: "deaths_unknown"}.get(status)
        column = column or (None if _type(d) == 3 else _side(d, _telling(given))) or "deaths_unknown"
        split[column] = split.get(column, 0) + count
    return split


def _telling(given: Sequence[Toll]) -> Toll:
    """Of the figures that say the same number the one that says most of whom."""
    return min(given, key=lambda one: (one.status is PeopleStatus.UNKNOWN, not one.claim.figures, one.claim.id))


def _side(d: Dossier, toll: Toll) -> str | None:
    """Whose fighters the dead are: the side that their words name, or the only side of their sort. None where neither says."""
    who = toll.figure.who or ""
    sides = {"deaths_a": _party_a(d), "deaths_b": _party_b(d)}
    named = [column for column, party in sides.items() if party and _names(who, party)]
    if len(named) == 1:
        return named[0]
    sort = _sort(who)
    alike = [column for column, party in sides.items() if party and sort and sort_of(party.actor) is sort]
    return alike[0] if len(alike) == 1 and all(sides.values()) else None


def _names(who: str, party: Party) -> bool:
    return bool(who) and related(Actor(who, None, who), Actor(party.actor.name, None, party.actor.written))


_STATE_WORDS = frozenset(
    "soldier soldiers troop troops serviceman servicemen police policeman policemen army navy marines".split()
)  # fmt: skip
_GROUP_WORDS = frozenset(
    "militant militants rebel rebels insurgent insurgents jihadist jihadists gunman gunmen guerrilla guerrillas militiaman "
    "militiamen separatist separatists bandit bandits".split()
)


def _sort(who: str) -> Sort | None:
    """What sort of side words for fighters are used of: "soldiers" of a state's, "rebels" of a group's; "fighters" of either."""
    told = frozenset(who.lower().split())
    found = [sort for sort, known in ((Sort.STATE, _STATE_WORDS), (Sort.GROUP, _GROUP_WORDS)) if told & known]
    return found[0] if len(found) == 1 else None


def _column(column: str) -> Callable[[Dossier], Cell | None]:
    """The rule that gives one of the four columns."""

    def deaths(d: Dossier) -> Cell | None:
        return Cell(_deaths(d).get(column, 0), _ids(_best(d)[1]))

    return deaths


for side in ("deaths_a", "deaths_b"):
    EVENTS.take(
        f"{side}.one_sided", "U12",
        lambda d: Cell(0, _ids(_best(d)[1])) if _type(d) == 3 else None,
        "In one-sided violence no side loses fighters: 0.",
    )  # fmt: skip
    EVENTS.take(
        f"{side}.best", "U2", _column(side),
        "The side's fighters killed, of the best total: those whom the words put on this side, by its name or by a word that is "
        "used of a side of its sort only. Fighters of whom no word says whose stand under deaths_unknown.",
    )  # fmt: skip
EVENTS.take(
    "deaths_civilians.best", "U2", _column("deaths_civilians"),
    "Civilians killed, of the best total: those whom the words call so.",
)  # fmt: skip
EVENTS.take(
    "deaths_unknown.best", "U2", _column("deaths_unknown"),
    "The dead, of the best total, of whom no word says whether they were civilians or of which side.",
)  # fmt: skip


# ---------------------------------------------------------------- who


def _type(d: Dossier) -> int | None:
    doers, hit = accused(d), attacked(d)
    if not doers or sort_of(doers[0].actor) not in ARMED:
        return None
    armed = [one for one in hit if sort_of(one.actor) in ARMED]
    if armed:
        return 1 if Sort.STATE in (sort_of(doers[0].actor), sort_of(armed[0].actor)) else 2
    told = {one.status for one in _best(d)[1]}
    civilians = any(sort_of(one.actor) in (Sort.CIVILIANS, Sort.CROWD) for one in hit)
    only = told == {PeopleStatus.CIVILIAN} or d.incident.event_type == "Violence against civilians"
    return 3 if civilians or only else None


def _of_parties(d: Dossier) -> tuple[str, ...]:
    named = [claim for one in (*accused(d)[:1], *attacked(d)[:1]) for claim in one.claims]
    return tuple(dict.fromkeys(named)) or d.incident.claims


@EVENTS.rule("type_of_violence.1", "U2")
def state_based(d: Dossier) -> Cell | None:
    """1, state-based: armed force between two organised sides, at least one of them a state's."""
    return Cell(1, _of_parties(d)) if _type(d) == 1 else None


@EVENTS.rule("type_of_violence.2", "U2")
def non_state(d: Dossier) -> Cell | None:
    """2, non-state: armed force between two organised groups, neither of them a state's."""
    return Cell(2, _of_parties(d)) if _type(d) == 2 else None


@EVENTS.rule("type_of_violence.3", "U2")
def one_sided(d: Dossier) -> Cell | None:
    """3, one-sided: an organised actor, a state's or not, uses armed force against civilians."""
    return Cell(3, _of_parties(d)) if _type(d) == 3 else None


@EVENTS.rule("type_of_violence.open", "ours")
def type_open(d: Dossier) -> Cell | None:
    """Empty where the claims do not say who stood against whom: an organised actor that nobody names is not supplied."""
    return Cell(None, _of_parties(d))


def _sides(d: Dossier) -> tuple[Party | None, Party | None]:
    """Both sides in UCDP's order, the doer chosen among those accused."""
    doer = next((one for one in accused(d)[:1] if sort_of(one.actor) in ARMED), None)
    other = next((one for one in attacked(d) if sort_of(one.actor) in ARMED), None)
    if _type(d) == 3 or other is None or doer is None:
        return doer, other
    first = sorted((doer, other), key=lambda one: (sort_of(one.actor) is not Sort.STATE, one.actor.name))
    return first[0], first[1]


def _party_a(d: Dossier) -> Party | None:
    return _sides(d)[0]


def _party_b(d: Dossier) -> Party | None:
    return _sides(d)[1]


def _label(party: Party) -> str:
    """A state's forces under their government, as UCDP names them; any other actor under its own name."""
    name = country(party.actor.country).get("name")
    return f"Government of {name}" if sort_of(party.actor) is Sort.STATE and name else party.actor.name


@EVENTS.rule("side_a.chosen", "U2")
def side_a(d: Dossier) -> Cell | None:
    """Side A is the state's in state-based violence and the doer in one-sided violence; of two groups, the first by name. Forces
    of a state stand under its government. Where several are accused, UCDP would code a dyad for each; the one that most lineages
    accuse is exported, and the others are named here: those whom a claim names beside it, and those whom only others accuse."""
    party = _party_a(d)
    return Cell(_label(party), party.claims or d.incident.claims, _others(d)) if party else None


@EVENTS.rule("side_b.civilians", "U2")
def side_b_civilians(d: Dossier) -> Cell | None:
    """Side B of one-sided violence is always the civilians."""
    return Cell("Civilians", _of_parties(d)) if _type(d) == 3 else None


@EVENTS.rule("side_b.chosen", "U2")
def side_b(d: Dossier) -> Cell | None:
    """Side B is whom the state fights in state-based violence; of two groups, the second by name."""
    party = _party_b(d)
    return Cell(_label(party), party.claims or d.incident.claims) if party else None


@EVENTS.rule("dyad_name.both", "U2")
def dyad_name(d: Dossier) -> Cell | None:
    """The two sides, with a stroke between them, where both are known."""
    a, b = EVENTS.cell("side_a", d), EVENTS.cell("side_b", d)
    return Cell(f"{a.value} - {b.value}", tuple(dict.fromkeys((*a.claims, *b.claims)))) if a and b else None


def _others(d: Dossier) -> str:
    with_it, rest = ([one.actor.name for one in found] for found in (doing(d)[1:], others(d)))
    told = [f"{says}: {'; '.join(names)}" for says, names in (("beside it", with_it), ("accused by others", rest)) if names]
    return ". ".join(told)


# ---------------------------------------------------------------- which sources


@EVENTS.rule("number_of_sources.consulted", "U2")
def number_of_sources(d: Dossier) -> Cell | None:
    """How many sources were consulted that tell of the event: the reports, not the independent lineages among them."""
    return Cell(len(d.incident.reports), d.incident.claims)


def _joined(d: Dossier, part: Callable[[Page], str | None]) -> Cell | None:
    found = dict.fromkeys(one for page in d.cited if (one := part(page)))
    return Cell(BETWEEN.join(found), d.incident.claims) if found else None


def _dated(page: Page) -> str | None:
    """The day on which a page was published, where one day is known."""
    days = page.published
    return str(days.earliest) if days and days.days == 1 else None


@EVENTS.rule("source_article.references", "U2")
def source_article(d: Dossier) -> Cell | None:
    """A reference to each report: its publisher, day and title, as far as it shows them; several in one cell."""
    return _joined(d, lambda page: '"' + ",".join(filter(None, (page.outlet or page.report, _dated(page), page.title))) + '"')


@EVENTS.rule("source_office.outlets", "U2")
def source_office(d: Dossier) -> Cell | None:
    """The organisations that published the reports."""
    return _joined(d, lambda page: page.outlet)


@EVENTS.rule("source_date.days", "U2")
def source_date(d: Dossier) -> Cell | None:
    """The days on which the reports were published, where known to the day."""
    return _joined(d, _dated)


@EVENTS.rule("source_headline.titles", "U2")
def source_headline(d: Dossier) -> Cell | None:
    """The titles of the reports."""
    return _joined(d, lambda page: page.title)


@EVENTS.rule("source_original.claimants", "U2")
def source_original(d: Dossier) -> Cell | None:
    """Who the information originates from: the innermost voice of each claim, where it is somebody other than the publisher."""
    voices = {claim.id: voice.name for claim in d.claims if (voice := claimant(claim))}
    return Cell(BETWEEN.join(dict.fromkeys(voices.values())), tuple(voices)) if voices else None


# ---------------------------------------------------------------- where


def _where(d: Dossier, value: str | int | float | None, says: str = "") -> Cell | None:
    return None if value is None or value == "" else Cell(value, d.giving("where"), says)


def _where_class(d: Dossier) -> int:
    """The class, coarser where the name is of a line or of waters."""
    place = d.incident.where
    if place is None:
        return 6
    known = ucdp_where(place)
    if feature(place) in AT_SEA and known > 1:
        return 7
    return max(known, 5) if on_a_line(place) and known < 6 else known


def _of_where(own: int) -> Callable[[Dossier], Cell | None]:
    return lambda d: _where(d, own) if _where_class(d) == own else None


for _prec, _sentence in {
    1: "1: the exact place is known, a named town, village or spot, and is coded.",
    2: "2: within about 25 km of a known point, or near it; the known point is coded.",
    3: "3: only the second-order division is known; its middle stands for it.",
    4: "4: only the first-order division is known; its middle stands for it.",
    5: "5: along a line (a river, a road, a border), or in a part of the country that is vaguer than a division; a point stands "
    "for it.",
    6: "6: only the country is known.",
    7: "7: in international waters or airspace.",
}.items():
    EVENTS.take(f"where_prec.{_prec}", "U3", _of_where(_prec), _sentence)


@EVENTS.rule("where_coordinates.name", "U2")
def where_coordinates(d: Dossier) -> Cell | None:
    """The name of the place whose point is coded."""
    return _where(d, d.incident.where.name) if d.incident.where else None


@EVENTS.rule("where_description.words", "U2")
def where_description(d: Dossier) -> Cell | None:
    """How the reports put it: their own words for the place."""
    said = dict.fromkeys(d.words[c.id, "where"] for c in d.claims if (c.id, "where") in d.words)
    return _where(d, " | ".join(said))


@EVENTS.rule("adm_1.division", "U2")
def adm_1(d: Dossier) -> Cell | None:
    """The first-order division, where the place lies in one that is known."""
    return _where(d, d.incident.where.admin1) if d.incident.where else None


@EVENTS.rule("adm_2.division", "U2")
def adm_2(d: Dossier) -> Cell | None:
    """The second-order division, only where it is the place itself: of a town it is not known."""
    place = d.incident.where
    return _where(d, place.name) if place and _where_class(d) == 3 and place.precision.value == "district" else None


def _point(d: Dossier) -> tuple[float, float] | None:
    return coordinates(d.incident.where) if d.incident.where else None


@EVENTS.rule("latitude.point", "U2")
def latitude(d: Dossier) -> Cell | None:
    """The latitude of the point that is coded, in degrees (WGS 84); of an area, its middle."""
    point = _point(d)
    return _where(d, point[0]) if point else None


@EVENTS.rule("longitude.point", "U2")
def longitude(d: Dossier) -> Cell | None:
    """The longitude of the point that is coded, in degrees (WGS 84); of an area, its middle."""
    point = _point(d)
    return _where(d, point[1]) if point else None


@EVENTS.rule("geom_wkt.point", "U2")
def geom_wkt(d: Dossier) -> Cell | None:
    """The point as well-known text, longitude first."""
    point = _point(d)
    return _where(d, f"POINT ({point[1]} {point[0]})") if point else None


@EVENTS.rule("priogrid_gid.cell", "ours")
def priogrid_gid(d: Dossier) -> Cell | None:
    """The cell of the PRIO-GRID that the point lies in: half degrees, counted from the south-west corner eastward, 720 to a
    row."""
    point = _point(d)
    if point is None:
        return None
    row, column = min(int((point[0] + 90) * 2), 359), min(int((point[1] + 180) * 2), 719)
    return _where(d, row * 720 + column + 1)


@EVENTS.rule("country.name", "U2")
def country_name(d: Dossier) -> Cell | None:
    """The country in which the place lies; none for a place that no one country is known of."""
    return _where(d, country(d.incident.where.country).get("name")) if d.incident.where else None


# ---------------------------------------------------------------- when, and how clear


def _when(d: Dossier, value: str | int | None) -> Cell | None:
    return None if value is None else Cell(value, d.giving("when"))


def _of_when(own: int) -> Callable[[Dossier], Cell | None]:
    return lambda d: _when(d, own) if d.incident.when and ucdp_when(d.incident.when) == own else None


for _prec, _sentence in {
    1: "1: the exact day is known.",
    2: "2: from two to six days, the day within them unknown.",
    3: "3: the week is known.",
    4: "4: the month is known: up to 31 days.",
    5: "5: the year is known: up to 366 days.",
}.items():
    EVENTS.take(f"date_prec.{_prec}", "U3", _of_when(_prec), _sentence)


@EVENTS.rule("date_start.earliest", "U2")
def date_start(d: Dossier) -> Cell | None:
    """The earliest day on which it can have been."""
    return _when(d, str(d.incident.when.earliest)) if d.incident.when else None


@EVENTS.rule("date_end.latest", "U2")
def date_end(d: Dossier) -> Cell | None:
    """The last day on which it can have been."""
    return _when(d, str(d.incident.when.latest)) if d.incident.when else None


@EVENTS.rule("year.one", "U2")
def year(d: Dossier) -> Cell | None:
    """The year, where all the days that are possible lie in one."""
    days = d.incident.when
    same = days and days.earliest and days.latest and days.earliest.year == days.latest.year
    return _when(d, days.earliest.year) if same and days and days.earliest else None


@EVENTS.rule("event_clarity.2", "U7")
def aggregated(d: Dossier) -> Cell | None:
    """2: the source already took together what went on over more than one clearly defined day, and it cannot be taken apart. A
    total over several days is one row with its span of days, so that no single row counts it twice."""
    return Cell(2, said) if (said := lasting(d)) else None


@EVENTS.rule("event_clarity.1", "U7")
def clear(d: Dossier) -> Cell | None:
    """1: the reports let one happening at one place be told from others."""
    return Cell(1, d.incident.claims)


@EVENTS.rule("id.ours", "ours")
def number(d: Dossier) -> Cell | None:
    """A whole number made of the incident's id, so that readers of the format take it; it is no id of UCDP's."""
    return Cell(d.number, d.incident.claims)


ASPECTS = {"days": ("date_start", "date_end"), "place": ("where_coordinates",), "killed": ("best",)}
BOOK = Book("ucdp", 2, "UCDP Georeferenced Event Dataset, 49 columns", (EVENTS,), EXCLUDES, ASPECTS)
