"""ACLED: the 31 columns of its data export, one row for one event: designated actors, a named place, one day.

The rows are ours, in ACLED's layout and by its written rules; they are no data of ACLED's. An incident that goes on for days, or
that one report tells of several places, is several rows, and a total over them is divided as the code book says.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from crossbearing.model.claim import Actor, PeopleStatus, Status
from crossbearing.model.mention import DEMONSTRATIONS, MEANS_UNKNOWN
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision
from crossbearing.publish.book import Book, Cell, Sheet
from crossbearing.publish.dossier import KEPT, Dossier, Page
from crossbearing.publish.exclusions import exclusions, no_day, no_place
from crossbearing.publish.places import at_sea, coordinates, on_a_line
from crossbearing.publish.precision import acled_when, acled_where
from crossbearing.publish.sides import ARMED, Party, Sort, accused, attacked, country, doing, others, sort_of
from crossbearing.publish.tolls import Toll, lasting, latest, tolls
from crossbearing.resources import table
from crossbearing.words.known import parts
from crossbearing.words.names import fold

COLUMNS = """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2
    assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
    geo_precision source source_scale notes fatalities tags timestamp
""".split()

EMPTY = {
    "iso": "ISO's numeric code of the country, which the tables do not hold",
    "region": "ACLED's own division of the world",
    "admin3": "no place is known by its third-order division",
    "tags": "ACLED's own tags",
}

BETWEEN = "; "
"""Between the names in one cell."""


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """One row: a dossier's share of one day and one place."""

    dossier: Dossier
    days: Interval
    place: Place
    part: int
    """Which of the rows of the incident, from 0."""
    of: int
    """Into how many rows the incident is divided."""


@lru_cache(maxsize=KEPT)
def events(dossier: Dossier) -> tuple[Event, ...]:
    """The rows of an incident: one, or one for each day and place over which it is said to have gone on.

    A long protest is coded only on days that are specifically reported: its days are not counted out.
    """
    when, where = dossier.incident.when, dossier.incident.where
    if when is None or where is None:
        return ()
    days = _days(when) if lasting(dossier) and dossier.incident.event_type not in DEMONSTRATIONS else [when]
    spots = [(day, place) for day in days for place in _places(dossier, where)]
    return tuple(Event(dossier, day, place, n, len(spots)) for n, (day, place) in enumerate(spots))


def _days(when: Interval) -> list[Interval]:
    first, count = when.earliest, when.days
    return [Interval.day(first + timedelta(days=n)) for n in range(count)] if first and count else [when]


_ONE_PLACE = (Precision.EXACT, Precision.TOWN)


def _places(dossier: Dossier, where: Place) -> list[Place]:
    """The places of one happening: several where one document tells it, in one breath, of towns or spots that lie apart."""
    found = {where.id: where}
    if where.precision in _ONE_PLACE and not dossier.set("where"):
        homes = {(c.document, c.happening) for c in dossier.told if c.where and c.where.value.id == where.id}
        for claim in dossier.told:
            other = claim.where.value if claim.where else None
            told = other and other.precision in _ONE_PLACE and (claim.document, claim.happening) in homes
            if told and other and all(_apart(other, known) for known in found.values()):
                found[other.id] = other
    return [where, *sorted((one for one in found.values() if one is not where), key=lambda one: one.id)]


def _apart(a: Place, b: Place) -> bool:
    """Whether two places are surely two: their circles do not meet."""
    km = a.km(b)
    return km is not None and km > (a.radius_km or 0) + (b.radius_km or 0)


SHEET: Sheet[Event] = Sheet("acled", "events", COLUMNS, events, EMPTY)
EXCLUDES = exclusions("acled", "A1")

# ---------------------------------------------------------------- what is no event

EXCLUDES.take("excluded.no_place", "A1", no_place)
EXCLUDES.take("excluded.no_day", "A1", no_day)


@EXCLUDES.rule("excluded.longer_than_a_month", "A1")
def longer_than_a_month(d: Dossier) -> Cell | None:
    """What is not known to a month at the coarsest is not coded."""
    when = d.incident.when
    return Cell(None, d.giving("when")) if when and acled_when(when) is None else None


@EXCLUDES.rule("excluded.country_only", "A1")
def country_only(d: Dossier) -> Cell | None:
    """What is known of a country alone is never coded as one event."""
    where = d.incident.where
    return Cell(None, d.giving("where")) if where and acled_where(where) is None else None


@EXCLUDES.rule("excluded.foiled", "ours")
def foiled(d: Dossier) -> Cell | None:
    """What was stopped is an event where weapons were put out of use or both sides fought; an attempt at anything else is
    none."""
    stopped = d.incident.status is Status.FOILED and _kind(d)[0] not in (BATTLES, EXPLOSIONS, STRATEGIC)
    return Cell(None) if stopped else None


# ---------------------------------------------------------------- what

BATTLES, EXPLOSIONS, CIVILIANS, PROTESTS, RIOTS, STRATEGIC = (
    "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments",
)  # fmt: skip
HIERARCHY = (
    (BATTLES, ("Government regains territory", "Non-state actor overtakes territory", "Armed clash")),
    (PROTESTS, ("Excessive force against protesters", "Protest with intervention", "Peaceful protest")),
    (RIOTS, ("Violent demonstration", "Mob violence")),
    (EXPLOSIONS, ("Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
                  "Remote explosive/landmine/IED", "Grenade")),
    (CIVILIANS, ("Sexual violence", "Attack", "Abduction/forced disappearance")),
    (STRATEGIC, ("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
                 "Looting/property destruction", "Non-violent transfer of territory", "Other")),
)  # fmt: skip
"""Event types with their sub-event types, highest first (the code book's table 2)."""
_RANK = {(kind, sub): n for n, (kind, sub) in enumerate((kind, sub) for kind, subs in HIERARCHY for sub in subs)}
INTERCEPTED = (STRATEGIC, "Disrupted weapons use")


@lru_cache(maxsize=KEPT)
def _kind(d: Dossier) -> tuple[str, str, tuple[str, ...]]:
    """Event type, sub-event type and the claims that say so, as the words have it, or as a person set it."""
    if d.set("event_type"):
        return d.incident.event_type, d.incident.sub_event_type, d.incident.claims
    told: dict[tuple[str, str], list[str]] = {}
    for claim in d.told:
        kind = (claim.event_type, claim.sub_event_type)
        both = all(any(sort_of(a.value) in ARMED for a in side) for side in (claim.perpetrators, claim.targets))
        if kind in _RANK and (kind[0] != BATTLES or both):
            told.setdefault(kind, []).append(claim.id)
    held = (d.incident.event_type, d.incident.sub_event_type)
    if held not in told and held in _RANK:
        told[held] = [c.id for c in d.claims if (c.event_type, c.sub_event_type) == held] or list(d.incident.claims)
    if {held, *told} & {(RIOTS, sub) for _, sub in _RANK} and any(kind == PROTESTS for kind, _ in told):
        told = {kind: claims for kind, claims in told.items() if kind[0] != PROTESTS}
    if not told:
        return (*held, d.incident.claims)
    top = min(told, key=_RANK.__getitem__)
    return (*top, tuple(told[top]))


def _type_cells(d: Dossier) -> tuple[str, str, tuple[str, ...]]:
    kind, sub, claims = _kind(d)
    if d.incident.status is Status.FOILED and kind == EXPLOSIONS:
        stopped = tuple(c.id for c in d.claims if c.status is Status.FOILED)
        return (*INTERCEPTED, stopped or claims)
    return kind, sub, claims


@SHEET.rule("event_type.disrupted", "A1")
def disrupted(e: Event) -> Cell | None:
    """What was intercepted or defused did not explode: Strategic developments, Disrupted weapons use."""
    kind, sub, claims = _type_cells(e.dossier)
    return Cell(kind, claims) if (kind, sub) == INTERCEPTED else None


@SHEET.rule("event_type.hierarchy", "A1")
def event_type(e: Event) -> Cell | None:
    """Where the same actors do several things at one place on one day, it is one event of the highest type told: shelling within
    a ground battle is a battle, a protest that turns violent is a riot. A battle needs two armed sides that a claim names."""
    kind, _, claims = _type_cells(e.dossier)
    return Cell(kind, claims)


@SHEET.rule("sub_event_type.means_unknown", "ours")
def means_unknown(e: Event) -> Cell | None:
    """Empty where nothing says what struck: ACLED has no such sub-event type, and none is guessed."""
    _, sub, claims = _type_cells(e.dossier)
    return Cell(None, claims) if sub == MEANS_UNKNOWN else None


@SHEET.rule("sub_event_type.hierarchy", "A1")
def sub_event_type(e: Event) -> Cell | None:
    """The highest sub-event type told, in the order of the code book's table."""
    _, sub, claims = _type_cells(e.dossier)
    return Cell(sub, claims)


@SHEET.rule("disorder_type.both", "A1")
def disorder_both(e: Event) -> Cell | None:
    """Excessive force against protesters is political violence and a demonstration."""
    _, sub, claims = _type_cells(e.dossier)
    return Cell("Political violence;Demonstrations", claims) if sub == "Excessive force against protesters" else None


@SHEET.rule("disorder_type.demonstrations", "A1")
def demonstrations(e: Event) -> Cell | None:
    """Demonstrations: peaceful protests, protests with intervention, violent demonstrations."""
    kind, sub, claims = _type_cells(e.dossier)
    return Cell("Demonstrations", claims) if kind == PROTESTS or sub == "Violent demonstration" else None


@SHEET.rule("disorder_type.strategic", "A1")
def strategic(e: Event) -> Cell | None:
    """Strategic developments are their own disorder type."""
    kind, _, claims = _type_cells(e.dossier)
    return Cell(STRATEGIC, claims) if kind == STRATEGIC else None


@SHEET.rule("disorder_type.violence", "A1")
def violence(e: Event) -> Cell | None:
    """Political violence: battles, explosions and remote violence, violence against civilians, mob violence."""
    return Cell("Political violence", _type_cells(e.dossier)[2])


# ---------------------------------------------------------------- when


def _when(e: Event, value: str | int | None) -> Cell | None:
    return None if value is None else Cell(value, e.dossier.giving("when"))


HALF = 16
"""Days in half a month: up to here days at one end of it are its beginning or its end."""


def _month(days: Interval) -> tuple[date, date] | None:
    """The first and last day of the month that the days lie in, where they lie in one."""
    first, last = days.earliest, days.latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    return first.replace(day=1), first.replace(day=monthrange(first.year, first.month)[1])


@SHEET.rule("event_date.day", "A1")
def one_day(e: Event) -> Cell | None:
    """The day on which it was."""
    return _when(e, str(e.days.earliest)) if acled_when(e.days) == 1 else None


def _part_of_month(days: Interval) -> tuple[date, date] | None:
    """The ends of the month, where the days are more than a week and no more than half of it."""
    return _month(days) if acled_when(days) == 3 and (days.days or 0) <= HALF else None


@SHEET.rule("event_date.beginning_of_month", "A1")
def beginning(e: Event) -> Cell | None:
    """What was early in a month is coded on its first day."""
    month = _part_of_month(e.days)
    return _when(e, str(month[0])) if month and e.days.earliest == month[0] else None


@SHEET.rule("event_date.end_of_month", "A1")
def end(e: Event) -> Cell | None:
    """What was late in a month is coded on its last day."""
    month = _part_of_month(e.days)
    return _when(e, str(month[1])) if month and e.days.latest == month[1] else None


@SHEET.rule("event_date.middle", "A1")
def middle(e: Event) -> Cell | None:
    """Of a week, a weekend, some days or a month, the day in the middle; of an even number, the earlier of the two."""
    first, count = e.days.earliest, e.days.days
    return _when(e, str(first + timedelta(days=(count - 1) // 2))) if first and count else None


@SHEET.rule("year.of_the_date", "A1")
def year(e: Event) -> Cell | None:
    """The year of the date that is coded."""
    day = SHEET.cell("event_date", e)
    return _when(e, int(str(day.value)[:4])) if day else None


def _of_when(own: int) -> Callable[[Event], Cell | None]:
    return lambda e: _when(e, own) if acled_when(e.days) == own else None


for _precision, _sentence in {
    1: "1: the day itself is known.",
    2: "2: a week or less is known, such as a weekend.",
    3: "3: a month or less is known.",
}.items():
    SHEET.take(f"time_precision.{_precision}", "A1", _of_when(_precision), _sentence)


# ---------------------------------------------------------------- who

INTERS = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
)  # fmt: skip
"""Kinds of actors, in the order of the numbers that they had (1 to 8)."""
_INTER = {inter.lower(): inter for inter in INTERS}


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as a row names it."""

    name: str
    inter: str
    claims: tuple[str, ...]


def _place_name(e: Event) -> str:
    """The country, as the names of unnamed actors hold it; the waters where it lies in none."""
    return country(e.place.country).get("name") or e.place.name


def _named(e: Event, party: Party) -> Named:
    """A party under its name; armed men without one, civilians and crowds under their country's."""
    claims = party.claims or e.dossier.incident.claims
    kind = _inter(party.actor, e.place.country)
    if party.actor.id:
        return Named(party.actor.name, kind, claims)
    general = {"Civilians": "Civilians", "Protesters": "Protesters", "Rioters": "Rioters"}.get(kind)
    if general:
        return Named(f"{general} ({_place_name(e)})", kind, claims)
    if any(letter.isupper() for letter in party.actor.name):
        return Named(party.actor.name, kind, claims)
    return Named(f"Unidentified Armed Group ({_place_name(e)})", "Political militia", claims)


def _inter(actor: Actor, where: str | None) -> str:
    """The kind of an actor in a country: a state's forces abroad are external."""
    if sort_of(actor) is Sort.STATE and actor.kind != "external/other forces":
        return "External/Other forces" if actor.country and where and actor.country != where else "State forces"
    return _INTER.get(actor.kind, "")


def _civilians(e: Event, claims: tuple[str, ...]) -> Named:
    return Named(f"Civilians ({_place_name(e)})", "Civilians", claims)


def _unnamed(e: Event) -> Named:
    return Named(f"Unidentified Armed Group ({_place_name(e)})", "Political militia", e.dossier.incident.claims)


@lru_cache(maxsize=KEPT)
def _first(e: Event) -> tuple[Named, ...]:
    """The first actor and those on its side."""
    kind = _type_cells(e.dossier)[0]
    if kind in (PROTESTS, RIOTS):
        crowd = "Protesters" if kind == PROTESTS else "Rioters"
        return (Named(f"{crowd} ({_place_name(e)})", crowd, e.dossier.incident.claims),)
    doers = [_named(e, one) for one in doing(e.dossier) if sort_of(one.actor) is not Sort.OPEN]
    return tuple(doers) or (_unnamed(e),)


@lru_cache(maxsize=KEPT)
def _second(e: Event) -> tuple[Named, ...]:
    """The second actor and those on its side; none where only things were hit."""
    kind = _type_cells(e.dossier)[0]
    hit = list(attacked(e.dossier))
    armed = [_named(e, one) for one in hit if sort_of(one.actor) in ARMED]
    civil = [_named(e, one) for one in hit if sort_of(one.actor) in (Sort.CIVILIANS, Sort.CROWD)]
    harmed = _harmed_civilians(e)
    if kind in (PROTESTS, RIOTS):
        against = [one for one in (*accused(e.dossier), *hit) if sort_of(one.actor) in ARMED]
        return tuple(_named(e, one) for one in against)
    if kind == CIVILIANS:
        return (_civilians(e, tuple(c for one in civil for c in one.claims) or e.dossier.incident.claims),)
    if kind == BATTLES:
        return tuple(armed) or (_unnamed(e),)
    if armed:
        return (*armed, *(civil[:1] or ([_civilians(e, harmed)] if harmed else [])))
    return tuple(civil[:1]) or ((_civilians(e, harmed),) if harmed else ())


def _harmed_civilians(e: Event) -> tuple[str, ...]:
    """The claims that count civilians killed or injured."""
    given = (*tolls(e.dossier), *tolls(e.dossier, "injured"))
    return tuple(
        dict.fromkeys(one.claim.id for one in given if one.status is PeopleStatus.CIVILIAN and one.most > 0)
    )  # fmt: skip


def _name(side: Callable[[Event], tuple[Named, ...]]) -> Callable[[Event], Cell | None]:
    return lambda e: Cell(side(e)[0].name, side(e)[0].claims) if side(e) else None


def _kind_of(side: Callable[[Event], tuple[Named, ...]]) -> Callable[[Event], Cell | None]:
    return lambda e: Cell(side(e)[0].inter or None, side(e)[0].claims) if side(e) else None


def _rest(side: Callable[[Event], tuple[Named, ...]]) -> Callable[[Event], Cell | None]:
    def rest(e: Event) -> Cell | None:
        others = {one.name: one for one in side(e)[1:] if one.name != side(e)[0].name}
        claims = tuple(dict.fromkeys(claim for one in others.values() for claim in one.claims))
        return Cell(BETWEEN.join(others), claims) if others else None

    return rest


SHEET.take(
    "actor1.doer", "A1", _name(_first),
    "The actor as reported: who is said to have done it, of several the one that most lineages name; in protests and riots the "
    "crowd. Armed men whom nobody names are an Unidentified Armed Group (Country). The order of the two actors says nothing, "
    "except that in violence against civilians the civilians stand second.",
)  # fmt: skip
SHEET.take(
    "assoc_actor_1.others", "A1", _rest(_first),
    "Others on the first actor's side: those whom some claim names beside it. Who is accused by other claims only is its rival: "
    "the notes name it.",
)  # fmt: skip
SHEET.take(
    "inter1.kind", "A1", _kind_of(_first),
    "The kind of the first actor, as text. A state's forces in another country are External/Other forces, an unidentified armed "
    "group is a Political militia.",
)  # fmt: skip


@SHEET.rule("actor2.civilians", "A1")
def target_civilians(e: Event) -> Cell | None:
    """In violence against civilians the target is always the second actor: Civilians (Country)."""
    second = _second(e)
    return Cell(second[0].name, second[0].claims) if _type_cells(e.dossier)[0] == CIVILIANS else None


SHEET.take(
    "actor2.target", "A1", _name(_second),
    "The actor as reported: who was hit, or fought. Where no armed side was named as hit and civilians were hurt, the civilians. "
    "Empty where only things were hit.",
)  # fmt: skip
SHEET.take(
    "assoc_actor_2.others", "A1", _rest(_second),
    "Others on the second actor's side. Civilians whom a strike on an armed target hurt are associated; civilians killed within "
    "a battle are not, and only add to its fatalities.",
)  # fmt: skip
SHEET.take("inter2.kind", "A1", _kind_of(_second), "The kind of the second actor, as text.")


@SHEET.rule("interaction.only", "A1")
def interaction_only(e: Event) -> Cell | None:
    """One actor alone: "Rebel group only"."""
    first = _first(e)[0]
    return Cell(f"{first.inter} only", first.claims) if first.inter and not _second(e) else None


@SHEET.rule("interaction.pair", "A1")
def interaction(e: Event) -> Cell | None:
    """The two kinds as one text, in the order of the code book's numbers, so that it is one whoever stands first."""
    pair = [one for one in (*_first(e)[:1], *_second(e)[:1]) if one.inter]
    if len(pair) < 2:
        return None
    kinds = sorted((one.inter for one in pair), key=INTERS.index)
    return Cell("-".join(kinds), tuple(dict.fromkeys((*pair[0].claims, *pair[1].claims))))


@SHEET.rule("civilian_targeting.targeted", "A1")
def civilian_targeting(e: Event) -> Cell | None:
    """It says "Civilians targeted" where civilians are the main or the only target, else empty; protesters met with excessive
    force too."""
    second = _second(e)
    excessive = _type_cells(e.dossier)[1] == "Excessive force against protesters"
    main = bool(second) and second[0].inter == "Civilians"
    return Cell("Civilians targeted", second[0].claims if main else e.dossier.incident.claims) if main or excessive else None


# ---------------------------------------------------------------- where


def _where(e: Event, value: str | int | float | None) -> Cell | None:
    return None if value in (None, "") else Cell(value, e.dossier.giving("where"))


def _geo(e: Event) -> int | None:
    found = acled_where(e.place)
    wide = (on_a_line(e.place) or at_sea(e.place)) and e.place.precision is not Precision.EXACT
    return max(found, 3) if found and wide else found


def _of_where(own: int) -> Callable[[Event], Cell | None]:
    return lambda e: _where(e, own) if _geo(e) == own else None


for _precision, _sentence in {
    1: "1: a particular town or spot with coordinates is named.",
    2: "2: a small part of a region, or near a town. Near a town the town is coded; for a district ACLED codes its main town, "
    "which the ledger does not hold, and the district's middle stands for it.",
    3: "3: a larger region: the natural place that is named, or the division. ACLED codes the provincial capital where no "
    "natural place is named; the ledger does not hold which town that is, and codes the division and its middle.",
}.items():
    SHEET.take(f"geo_precision.{_precision}", "A1", _of_where(_precision), _sentence)


@SHEET.rule("country.waters", "A5")
def waters(e: Event) -> Cell | None:
    """What happened at sea stands under the body of water."""
    return _where(e, e.place.name) if at_sea(e.place) else None


@SHEET.rule("country.name", "A1")
def country_name(e: Event) -> Cell | None:
    """The country in which the place lies."""
    return _where(e, country(e.place.country).get("name"))


@SHEET.rule("admin1.division", "A1")
def admin1(e: Event) -> Cell | None:
    """The first-order division, where known."""
    return _where(e, e.place.admin1)


@SHEET.rule("admin2.division", "A1")
def admin2(e: Event) -> Cell | None:
    """The second-order division, only where it is the place itself."""
    return _where(e, e.place.name) if e.place.precision is Precision.DISTRICT else None


@SHEET.rule("location.name", "A1")
def location(e: Event) -> Cell | None:
    """The name of the place whose point is coded."""
    return _where(e, e.place.name)


@SHEET.rule("latitude.point", "A1")
def latitude(e: Event) -> Cell | None:
    """Latitude of the point in degrees, four decimals; of an area, its middle."""
    point = coordinates(e.place)
    return _where(e, point[0]) if point else None


@SHEET.rule("longitude.point", "A1")
def longitude(e: Event) -> Cell | None:
    """Longitude of the point in degrees, four decimals; of an area, its middle."""
    point = coordinates(e.place)
    return _where(e, point[1]) if point else None


# ---------------------------------------------------------------- how many

VAGUE = {"tens": 10, "dozens": 12, "hundreds": 100}
"""What vague words count for [A1, A4]. Words without a written rule count for the least that they say."""
SEVERAL, SEVERAL_OF_MANY = 3, 10
"""What "several", "many", "few" and a plain plural count for: the first in a small happening, the second in a large one [A1]."""


def fatalities_of(toll: Toll, large: bool) -> int:
    """The number that one claim's figure counts for."""
    if toll.vague == "several":
        return SEVERAL_OF_MANY if large else SEVERAL
    return VAGUE.get(toll.vague or "", toll.least)


def _large(d: Dossier) -> bool:
    """Whether somebody counts ten people or more killed or injured of it: the only measure of scale that claims give."""
    return any(one.least >= SEVERAL_OF_MANY for one in (*tolls(d), *tolls(d, "injured")) if one.vague != "several")


@lru_cache(maxsize=KEPT)
def _lowest(d: Dossier) -> tuple[int, tuple[Toll, ...]] | None:
    """The lowest number told, with the figures that say it; None where no number is told."""
    given = latest(tolls(d))
    if not given:
        return None
    large = _large(d)
    least = min(fatalities_of(one, large) for one in given)
    return least, tuple(one for one in given if fatalities_of(one, large) == least)


@SHEET.rule("fatalities.divided", "A1")
def divided(e: Event) -> Cell | None:
    """A total over several days or places is divided among their events, equally; what is left over goes to the first, one each,
    from the first onward."""
    found = _lowest(e.dossier)
    if e.of == 1 or found is None:
        return None
    share, left = divmod(found[0], e.of)
    return Cell(share + (e.part < left), tuple(one.claim.id for one in found[1]), f"{found[0]} over {e.of} events")


@SHEET.rule("fatalities.bomber", "A1")
def bomber(e: Event) -> Cell | None:
    """A suicide bomber counts among the dead; where no number is told of a suicide bombing, he is the one who is known to be."""
    alone = _lowest(e.dossier) is None and _type_cells(e.dossier)[1] == "Suicide bomb"
    return Cell(1, _type_cells(e.dossier)[2]) if alone else None


@SHEET.rule("fatalities.none", "A1")
def nothing_said(e: Event) -> Cell | None:
    """Where no report speaks of deaths, or only of casualties, 0."""
    return Cell(0, e.dossier.incident.claims) if _lowest(e.dossier) is None else None


@SHEET.rule("fatalities.vague", "A1")
def vague(e: Event) -> Cell | None:
    """Vague words count for fixed numbers: several, many, few or a plain plural for 3, or for 10 in a large happening (here:
    one of which somebody counts ten people killed or injured), tens for 10, dozens for 12, hundreds for 100."""
    found = _lowest(e.dossier)
    if found is None or any(one.vague is None for one in found[1]):
        return None
    return Cell(found[0], tuple(one.claim.id for one in found[1]), f"“{found[1][0].vague}”")


@SHEET.rule("fatalities.lowest", "A1")
def lowest(e: Event) -> Cell | None:
    """Of numbers that differ, and of the range of one number, the lowest, until there is better information: a toll that rose
    from one day to a later one is that."""
    found = _lowest(e.dossier)
    return Cell(found[0], tuple(one.claim.id for one in found[1])) if found else None


# ---------------------------------------------------------------- who says so


def _cited(d: Dossier) -> list[Page]:
    """Of each lineage the document that says most, of equals the one published last: the one to cite."""
    best: dict[int, tuple[tuple[int, str, str], Page]] = {}
    for claim in d.claims:
        page, published = d.page(claim), d.page(claim).published
        says = sum(bool(x) for x in (claim.when, claim.where, claim.perpetrators, claim.targets, claim.killed, claim.injured))
        rank = (says, str((published and published.latest) or ""), page.id)
        lineage = d.lineage(claim.id)
        if lineage not in best or rank > best[lineage][0]:
            best[lineage] = (rank, page)
    return list(dict.fromkeys(page for _, page in best.values()))


@SHEET.rule("source.undisclosed", "A1")
def undisclosed(e: Event) -> Cell | None:
    """It is "Undisclosed Source" where no report names its publisher."""
    return None if any(page.outlet for page in _cited(e.dossier)) else Cell("Undisclosed Source", e.dossier.incident.claims)


@SHEET.rule("source.contributing", "A1")
def source(e: Event) -> Cell | None:
    """The publishers that contributed information; of reports that go back to one root only one, the most thorough, then the most
    recent."""
    names = dict.fromkeys(page.outlet for page in _cited(e.dossier) if page.outlet)
    return Cell(BETWEEN.join(names), e.dossier.incident.claims)


SCALES = ("New media", "Subnational", "National", "Regional", "International")


@SHEET.rule("source_scale.seat", "A1")
def source_scale(e: Event) -> Cell | None:
    """How near the sources are: National where a publisher's seat is in the country of the event, International where it is in
    another, New media for a channel; two of them with a stroke. Empty where the seat of a publisher is not known."""
    known = [_outlets().get(fold(page.outlet)) for page in _cited(e.dossier) if page.outlet]
    if not known or not e.place.country or any(one is None for one in known):
        return None
    scales = {_scale(one, e.place.country) for one in known if one}
    return Cell("-".join(sorted(scales, key=SCALES.index)), e.dossier.incident.claims)


def _scale(outlet: dict[str, str], where: str) -> str:
    if outlet.get("kind") == "channel" and not outlet.get("domains"):
        return "New media"
    return "National" if outlet.get("country") == where else "International"


@lru_cache(maxsize=1)
def _outlets() -> dict[str, dict[str, str]]:
    """The outlets of the table by each of their names, folded."""
    listed: Sequence[dict[str, str]] = table("outlets.yml")["outlets"]
    return {fold(name): one for one in listed for name in (one["name"], *parts(one.get("aliases")), *parts(one.get("exact")))}


@SHEET.rule("notes.text", "A1")
def notes(e: Event) -> Cell | None:
    """A short text of our own: what happened, where and when, what each voice counts, who else is accused, what cannot both
    hold, and how a total was divided."""
    d = e.dossier
    kind, sub, _ = _type_cells(d)
    lines = [f"{sub if sub != MEANS_UNKNOWN else kind}, {e.place.name}, {e.days}."]
    given = tolls(d)
    if given:
        lines.append("Killed: " + "; ".join(f"{_number(one)} ({_voice(d, one)})" for one in given) + ".")
    if e.of > 1 and (found := _lowest(d)):
        lines.append(f"{found[0]} in all, divided over {e.of} events (days and places); this is number {e.part + 1}.")
    if rest := others(d):
        lines.append(f"Others are accused by other reports: {'; '.join(one.actor.name for one in rest)}.")
    if disputed := dict.fromkeys(one.field for one in d.incident.contradictions):
        lines.append(f"Claims that cannot both hold: {', '.join(disputed)}.")
    return Cell(" ".join(lines), d.incident.claims)


def _number(toll: Toll) -> str:
    if toll.vague:
        return toll.vague
    low, high = toll.figure.low, toll.figure.high
    if high is None:
        return f"at least {low}"
    return str(high) if low == high else f"{low or 0} to {high}"


def _voice(d: Dossier, toll: Toll) -> str:
    if setting := d.set(toll.figure.counted):
        return setting.person
    chain = toll.claim.chain
    return chain[-1].value.name if chain else (d.page(toll.claim).outlet or toll.claim.report)


@SHEET.rule("event_id_cnty.ours", "ours")
def event_id(e: Event) -> Cell | None:
    """The country's three letters and a number made of the incident's id; the second row of an incident ends in -2. It looks like
    ACLED's and is ours."""
    letters = country(e.place.country).get("iso3", "")
    return Cell(f"{letters}{e.dossier.number}" + (f"-{e.part + 1}" if e.part else ""), e.dossier.incident.claims)


@SHEET.rule("timestamp.instant", "A3")
def timestamp(e: Event) -> Cell | None:
    """When the row was last written, in seconds of Unix time: the instant as of which the ledger was read."""
    return Cell(int(e.dossier.instant.timestamp()), e.dossier.incident.claims)


ASPECTS = {"days": ("event_date",), "place": ("location",), "killed": ("fatalities",)}
BOOK = Book("acled", 2, "the layout of ACLED's data export, 31 columns", (SHEET,), EXCLUDES, ASPECTS)
