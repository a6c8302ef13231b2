"""What a happening is called in the older ontologies: CAMEO's code for each sub-event type, and PLOVER's type and mode for each
code.

PLOVER's types follow its own table of conversion from CAMEO (2021), its modes the manual's list of 16 types. A sub-event type
that no code says exactly has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from crossbearing.model.claim import Actor
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.publish.dossier import Dossier
from crossbearing.publish.sides import Sort, country, sort_of


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of happening, in both."""

    cameo: str
    """A string, since zeros may lead."""
    plover: str
    mode: str | None = None


AIR, DRONE = Kind("195", "ASSAULT", "aerial"), Kind("195", "ASSAULT", "drone")
ARMED, PRIMITIVE = Kind("180", "ASSAULT", "firearms"), Kind("180", "ASSAULT", "primitive")
CAR, ROADSIDE = Kind("1832", "ASSAULT", "explosives"), Kind("1833", "ASSAULT", "explosives")

KINDS = {
    "Armed clash": Kind("190", "ASSAULT"),
    "Government regains territory": Kind("192", "ASSAULT"),
    "Non-state actor overtakes territory": Kind("192", "ASSAULT"),
    "Air/drone strike": AIR,
    "Shelling/artillery/missile attack": Kind("194", "ASSAULT", "heavy-weapons"),
    "Remote explosive/landmine/IED": Kind("183", "ASSAULT", "explosives"),
    "Grenade": Kind("183", "ASSAULT", "explosives"),
    "Suicide bomb": Kind("1831", "ASSAULT", "suicide-attack"),
    "Chemical weapon": Kind("2041", "ASSAULT", "unconventional"),
    MEANS_UNKNOWN: Kind("190", "ASSAULT"),
    "Attack": Kind("180", "ASSAULT"),
    "Abduction/forced disappearance": Kind("181", "ASSAULT", "abduct"),
    "Sexual violence": Kind("1821", "ASSAULT", "sexual"),
    "Excessive force against protesters": Kind("175", "ASSAULT", "crowd-control"),
    "Peaceful protest": Kind("141", "PROTEST", "demo"),
    "Protest with intervention": Kind("141", "PROTEST", "demo"),
    "Violent demonstration": Kind("145", "PROTEST", "riot"),
    "Mob violence": Kind("145", "PROTEST", "riot"),
    "Looting/property destruction": Kind("171", "COERCE"),
    "Arrests": Kind("173", "COERCE"),
    "Agreement": Kind("057", "SUPPORT"),
}

QUAD = dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1) | dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2)
QUAD |= dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3)
QUAD |= dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4)
"""PLOVER's quads: verbal and material cooperation, verbal and material conflict."""

_MEANS = (
    ("Air/drone strike", DRONE, ("drone", "uav", "unmanned", "quadcopter", "shahed", "loitering")),
    ("Attack", PRIMITIVE, ("machete", "knife", "knives", "axe")),
    ("Attack", ARMED, ("gun", "rifle", "pistol", "firearm", "bullet", "revolver", "small arms", "ak-47")),
    ("Remote explosive/landmine/IED", CAR, ("car bomb", "carbomb", "truck bomb", "vehicle-borne", "vbied")),
    ("Remote explosive/landmine/IED", ROADSIDE, ("roadside",)),
)
"""What the words for the weapon say more of a sub-event type: the first that fits."""


def kind_of(dossier: Dossier) -> Kind | None:
    """What an incident is called; None where no code says it."""
    incident = dossier.incident
    weapons = " ".join(incident.weapons).lower()
    for sub, kind, words in _MEANS:
        if incident.sub_event_type == sub and any(word in weapons for word in words):
            return kind
    return KINDS.get(incident.sub_event_type)


def quad_of(code: str) -> int:
    """GDELT's QuadClass of a CAMEO code, by its root: 01 to 05, 06 to 08, 09 to 13, 14 to 20."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def sector(actor: Actor) -> str | None:
    """The role code of an actor: GOV, MIL, REB, CVL; None where these do not say what it is (militias, missions, crowds)."""
    if actor.kind in ("state", "organisation"):
        return "GOV" if sort_of(actor) is Sort.STATE else None
    return {"state forces": "MIL", "rebel group": "REB", "civilians": "CVL"}.get(actor.kind)


def iso3(code: str | None) -> str | None:
    """ISO 3166-1 alpha-3 of an alpha-2 code."""
    return country(code).get("iso3") or None
