"""A dossier from a few lines of YAML: claims in short form, and the incident that they make.

A claim's keys, all of them optional:

    at         precision of the place, with a radius in km behind it ("town", "town 60"), or `sea`, `river`, `none`; `at_id`
               another place of the same sort, `at_geonames` its number, `country` its ISO code (else AD)
    days       the days: 2024-05-10, 2024-05-10..2024-05-12, 2024-05-10.. (open), none; `clock` a stretch: "exact 04:15-04:15"
    by, against   names out of `ACTORS`
    kind       a key of `KINDS`
    killed, injured   "12", "12+" (at least), "9-12", "..12" (up to), a vague word ("dozens"), "plural"; behind it `civilian` or
               `combatant`, a group in brackets and the words for the people: "9 combatant soldiers", "3 civilian [children]"
    scope      of the figure of killed: `period`, `day`, `area`
    parts, injured_parts   parts of the killed and of the injured, as above
    status, role   as the model writes them
    voice      the claimant; `own` says that it claims the deed as its own; `outlet`, `medium` further voices
    document, happening
    published, title, language, address, outlet   of the page, from the first claim that it makes
    words      the words for `when`, `where`
    lineage    a number; claims that share it share a lineage (else each is its own)
    weapon     one weapon
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, FigureScope, PeopleStatus, Status, Voice
from crossbearing.model.decision import Review, Setting
from crossbearing.model.incident import Contradiction, Incident, Lineage
from crossbearing.model.mention import MEANS_UNKNOWN, Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.model.where import FINENESS, Place, Precision
from crossbearing.publish.dossier import Dossier, Page

INSTANT = datetime(2024, 6, 1, 12, tzinfo=UTC)
EVIDENCE = (Span(0, 5),)

ACTORS = {
    "alpha": Actor("Alpha Front", "alpha", "Alpha fighters", "rebel group", "AD"),
    "bravo": Actor("Bravo Brigades", "bravo", "Bravo men", "political militia", "AD"),
    "clan": Actor("Valley Clan", "clan", "clan fighters", "identity militia", "AD"),
    "army": Actor("Andorran Armed Forces", "ad-army", "the army", "state forces", "AD"),
    "abroad": Actor("Liechtenstein Armed Forces", "li-army", "troops", "state forces", "LI"),
    "mission": Actor("Northern Mission", "mission", "peacekeepers", "external/other forces", None),
    "gunmen": Actor("gunmen", None, "gunmen", "political militia", None),
    "troops": Actor("troops", None, "troops", "state forces", None),
    "unlisted": Actor("Free Valley Column", None, "Free Valley Column", "political militia", None),
    "civilians": Actor("civilians", None, "villagers", "civilians", None),
    "protesters": Actor("protesters", None, "protesters", "protesters", None),
    "rioters": Actor("rioters", None, "a mob", "rioters", None),
    "market": Actor("market", None, "a market", "", None),
}

REMOTE, AGAINST, STRATEGIC = "Explosions/Remote violence", "Violence against civilians", "Strategic developments"
KINDS = {
    "clash": ("Battles", "Armed clash"),
    "overtakes": ("Battles", "Non-state actor overtakes territory"),
    "regains": ("Battles", "Government regains territory"),
    "air": (REMOTE, "Air/drone strike"),
    "shelling": (REMOTE, "Shelling/artillery/missile attack"),
    "ied": (REMOTE, "Remote explosive/landmine/IED"),
    "suicide": (REMOTE, "Suicide bomb"),
    "grenade": (REMOTE, "Grenade"),
    "chemical": (REMOTE, "Chemical weapon"),
    "strike": (REMOTE, MEANS_UNKNOWN),
    "attack": (AGAINST, "Attack"),
    "abduction": (AGAINST, "Abduction/forced disappearance"),
    "sexual": (AGAINST, "Sexual violence"),
    "protest": ("Protests", "Peaceful protest"),
    "intervention": ("Protests", "Protest with intervention"),
    "excessive": ("Protests", "Excessive force against protesters"),
    "violent protest": ("Riots", "Violent demonstration"),
    "mob": ("Riots", "Mob violence"),
    "looting": (STRATEGIC, "Looting/property destruction"),
    "arrests": (STRATEGIC, "Arrests"),
    "base": (STRATEGIC, "Headquarters or base established"),
}

RADIUS = {"exact": 2.0, "town": 6.0, "near": 15.0, "district": 40.0, "admin1": 120.0, "region": 300.0, "country": 500.0}
VAGUE = {
    "a few": 3, "several": 3, "many": 3, "tens of": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000,
    "plural": 2,
}  # fmt: skip
_FIGURE = re.compile(
    r"(?P<number>[\d.+-]+|[a-z ]+?)(?: (?P<status>civilian|combatant))?(?: \[(?P<group>[a-z ]+)\])?(?: (?P<who>\D+))?"
)


def figure(text: str | int, counted: str) -> Figure:
    """A figure in short form."""
    words = str(text)
    vague = next((one for one in VAGUE if words.startswith(one)), None)
    match = _FIGURE.fullmatch(words.replace(vague, "0", 1) if vague else words)
    assert match, f"{text}: no figure"
    low, high, qualifier = (VAGUE[vague], None, None if vague == "plural" else vague) if vague else _range(match["number"])
    status = PeopleStatus(match["status"] or "unknown")
    return Figure(low, high, counted, match["who"], qualifier=qualifier, status=status, group=match["group"])


def _range(text: str) -> tuple[int | None, int | None, str | None]:
    if text.endswith("+"):
        return int(text[:-1]), None, "at least"
    if text.startswith(".."):
        return None, int(text[2:]), "up to"
    low, _, high = text.partition("-")
    return int(low), int(high or low), None


def place(given: dict[str, Any]) -> Place | None:
    """A place in short form."""
    words = str(given.get("at", "town")).split()
    if words[0] == "none":
        return None
    country = given.get("country", "AD")
    if words[0] in ("sea", "river"):
        area = {"sea": "area:gulf-of-aden", "river": "area:dnipro-river"}[words[0]]
        within = None if words[0] == "sea" else country
        return Place(area, words[0].title(), Precision.REGION, within, None, 12.0, 47.0, 300.0)
    precision = Precision(words[0])
    radius = float(words[1]) if len(words) > 1 else RADIUS[words[0]]
    name = given.get("at_id", precision.value.title())
    step = 0.0 if "at_id" not in given else 1.0 + len(name) / 10
    admin1 = "North" if FINENESS[precision] <= FINENESS[Precision.ADMIN1] else None
    own = f"geonames:{given['at_geonames']}" if "at_geonames" in given else f"made:{name}"
    return Place(own, name, precision, country, admin1, 42.5 + step, 1.5, radius)


def interval(given: dict[str, Any]) -> Interval | None:
    """Days in short form."""
    text = str(given.get("days", "2024-05-10"))
    if text == "none":
        return None
    first, between, last = text.partition("..")
    ends = [date.fromisoformat(day) if day else None for day in (first, last if between else first)]
    return Interval(ends[0], ends[1], clock(given["clock"]) if "clock" in given else None)


def clock(text: str) -> Clock:
    kind, _, times = text.rpartition(" ")
    kind, _, zone = kind.partition("@")
    earliest, latest = (time.fromisoformat(one) for one in times.split("-"))
    return Clock(earliest, latest, ClockKind(kind), zone or None)


KEYS = frozenset(
    "at at_id at_geonames country days clock by against kind killed injured scope parts injured_parts status role voice own "
    "outlet medium document happening published title language address words lineage weapon".split()
)


def claim(number: int, given: dict[str, Any]) -> Claim:
    """A claim in short form."""
    assert given.keys() <= KEYS, f"no keys of a claim: {given.keys() - KEYS}"
    document = given.get("document", f"d{number}")
    kind = KINDS[given.get("kind", "air")]
    killed = Stated(_scoped(figure(given["killed"], "killed"), given), EVIDENCE, "test/1") if "killed" in given else None
    injured = Stated(figure(given["injured"], "injured"), EVIDENCE, "test/1") if "injured" in given else None
    when, where = interval(given), place(given)
    voices = [(given.get("outlet"), "outlet"), (given.get("medium"), "medium"), (given.get("voice"), "claimant")]
    speaker = ACTORS.get(given.get("voice", ""))
    own = (Stated(_actors(given, "by")[0].value, EVIDENCE, "test/1"),) if given.get("own") else ()
    return Claim(
        id=f"c{number}", document=document, report=f"r-{document}", file=f"{document}.html", quote=f"Words {number}",
        span=Span(0, 7), role=ClaimRole(given.get("role", "main")), status=Status(given.get("status", "happened")),
        event_type=kind[0], sub_event_type=kind[1],
        stance=Stance.CLAIMS if given.get("own") else Stance.DENIES if given.get("status") == "denied" else Stance.ASSERTS,
        step="test/1", when=Stated(when, EVIDENCE, "test/1") if when else None,
        where=Stated(where, EVIDENCE, "test/1") if where else None,
        perpetrators=_actors(given, "by"), targets=_actors(given, "against"), claimed_by=own,
        weapons=(Stated(given["weapon"], EVIDENCE, "test/1"),) if "weapon" in given else (),
        chain=tuple(
            Stated(Voice(speaker.name if speaker and kind == "claimant" else name, kind, name), EVIDENCE, "test/1")
            for name, kind in voices if name
        ),
        killed=killed, injured=injured,
        figures=tuple(
            Stated(replace(figure(text, counted), part=True), EVIDENCE, "test/1")
            for key, counted in (("parts", "killed"), ("injured_parts", "injured")) for text in given.get(key, ())
        ),
        happening=given.get("happening", 0),
    )  # fmt: skip


def _scoped(one: Figure, given: dict[str, Any]) -> Figure:
    return replace(one, scope=FigureScope(given.get("scope", "incident")))


def _actors(given: dict[str, Any], role: str) -> tuple[Stated[Actor], ...]:
    names = given.get(role, ())
    return tuple(Stated(ACTORS[name], EVIDENCE, "test/1") for name in ([names] if isinstance(names, str) else names))


def dossier(case: dict[str, Any]) -> Dossier:
    """The dossier that a case describes: its `claims`, and under `incident` what is not as they would have it."""
    given: list[dict[str, Any]] = case["claims"]
    claims = tuple(claim(n, one) for n, one in enumerate(given, start=1))
    lineages: dict[object, list[str]] = {}
    for n, (one, made) in enumerate(zip(given, claims, strict=True)):
        lineages.setdefault(one.get("lineage", f"own {n}"), []).append(made.id)
    pages = {
        made.document: Page(
            made.document, made.report, made.file, one.get("outlet"), one.get("title"), one.get("address"), one.get("language"),
            interval({"days": one["published"]}) if "published" in one else None, 400, (0, 100, 200),
        )
        for one, made in reversed([*zip(given, claims, strict=True)])
    }  # fmt: skip
    words = {
        (made.id, field): said for one, made in zip(given, claims, strict=True) for field, said in one.get("words", {}).items()
    }
    roots = tuple(Lineage(ids[0], tuple(ids), "made") for ids in lineages.values())
    incident = incident_of(claims, roots, case.get("incident", {}))
    return Dossier(incident, claims, pages, words, INSTANT)


def reviewed(made: Dossier, review: Review, **values: Any) -> Dossier:
    """The dossier after people decided: `values` are the fields that Ann set, which link puts into the incident."""
    settings = tuple(
        Setting(field, value, getattr(made.incident, field, None), f"x{field}", "Ann", INSTANT, "she was there")
        for field, value in values.items()
    )
    incident = replace(made.incident, review=replace(review, settings=settings), **values)
    words = {key: said for key, said in made.words.items() if key[1] not in values}
    claims = tuple(one for one in made.claims if one.id not in review.rejected_claims)
    return replace(made, incident=incident, claims=claims, words=words)


def incident_of(claims: tuple[Claim, ...], lineages: tuple[Lineage, ...], given: dict[str, Any]) -> Incident:
    """What the claims show together, told simply: the first kind, the finest place, the days of all, every actor once."""
    places = [c.where.value for c in claims if c.where]
    whens = [c.when.value for c in claims if c.when]
    when = whens[0] if whens else None
    for other in whens[1:]:
        when = (when.narrowed(other) or when.hull(other)) if when else other
    told = [c for c in claims if c.status is not Status.DENIED] or list(claims)
    return Incident(
        id=given.get("id", "i00000000000a"),
        claims=tuple(c.id for c in claims),
        reports=tuple(sorted({c.report for c in claims})),
        event_type=told[0].event_type,
        sub_event_type=told[0].sub_event_type,
        status=Status(given.get("status", told[0].status)),
        when=when,
        where=min(places, key=lambda one: FINENESS[one.precision], default=None),
        perpetrators=tuple(dict.fromkeys(a.value for c in claims for a in c.perpetrators)),
        targets=tuple(dict.fromkeys(a.value for c in claims for a in c.targets)),
        weapons=tuple(dict.fromkeys(w.value for c in claims for w in c.weapons)),
        lineages=lineages,
        contradictions=tuple(Contradiction(field, claims[0].id, claims[-1].id, "made") for field in given.get("disputed", ())),
        rising=tuple(Contradiction("killed", a, b, "made") for a, b in given.get("rising", ())),
        background=given.get("background", all(c.role is ClaimRole.BACKGROUND for c in claims)),
    )
