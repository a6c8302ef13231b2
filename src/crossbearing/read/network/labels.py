"""What the network's outputs mean: the names of its labels, and where each stands.

Training and decoding both read this file, and a bundle carries its digest, so that weights and meaning cannot drift apart.
"""

from __future__ import annotations

import hashlib

from crossbearing.model.mention import MEANS_UNKNOWN, MentionKind, Realis, RoleName

MENTIONS = tuple(kind.value for kind in MentionKind)

KINDS: dict[str, tuple[str, str]] = {
    "air": ("Explosions/Remote violence", "Air/drone strike"),
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "ied": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "suicide": ("Explosions/Remote violence", "Suicide bomb"),
    "grenade": ("Explosions/Remote violence", "Grenade"),
    "chemical": ("Explosions/Remote violence", "Chemical weapon"),
    "strike": ("Explosions/Remote violence", MEANS_UNKNOWN),
    "clash": ("Battles", "Armed clash"),
    "overtakes": ("Battles", "Non-state actor overtakes territory"),
    "regains": ("Battles", "Government regains territory"),
    "transfer": ("Strategic developments", "Non-violent transfer of territory"),
    "attack": ("Violence against civilians", "Attack"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
    "sexual": ("Violence against civilians", "Sexual violence"),
    "looting": ("Strategic developments", "Looting/property destruction"),
    "mob": ("Riots", "Mob violence"),
    "violent-demonstration": ("Riots", "Violent demonstration"),
    "protest": ("Protests", "Peaceful protest"),
    "protest-with-intervention": ("Protests", "Protest with intervention"),
    "force-against-protesters": ("Protests", "Excessive force against protesters"),
    "arrests": ("Strategic developments", "Arrests"),
    "agreement": ("Strategic developments", "Agreement"),
    "disrupted-weapons-use": ("Strategic developments", "Disrupted weapons use"),
    "headquarters": ("Strategic developments", "Headquarters or base established"),
    "change-to-group": ("Strategic developments", "Change to group/activity"),
    "harm": ("", ""),
    "other": ("Strategic developments", "Other"),
}
"""The kinds of happening, each with ACLED's event and sub-event type. `harm` is words of the dead and hurt alone."""

REALIS = tuple(realis.value for realis in Realis)
ROLES = tuple(role.value for role in RoleName)
"""`victim` is people, `target` what was aimed at (a thing, a force, a place of note); `killed` and `injured` are figures."""

FILLERS = ("perpetrator-person", "perpetrator-group", "object", "victim", "instrument")
"""Parts in some incident of the report, without the word that tells of it (MUC-4)."""


def _spans(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """None, and for each kind the word that opens a span and the word that goes on in one."""
    return ("-", *(f"{edge}-{kind}" for kind in kinds for edge in "BI"))


FLAT: dict[str, tuple[str, ...]] = {
    "mention": _spans(MENTIONS),
    "kind": ("-", *KINDS),
    "realis": REALIS,
    "filler": _spans(FILLERS),
    "anchor": ("-", "voice"),
    "said": ("-", "source", "cue", "content"),
}
"""Labels of each word by itself, in the order of the output. `said` is what a word is in any attribution, whichever."""

ARCS: dict[str, tuple[str, ...]] = {"voice": ("-", "source", "cue", "content"), "role": ("-", *ROLES)}
"""Labels of each word as seen from an anchor: a cue's first word, a trigger's first word."""

COLUMNS: dict[str, tuple[int, int]] = {}
"""Where in the flat output a head's labels begin and end; an arc's own share stands behind the flat heads."""
_at = 0
for _name, _labels in (*FLAT.items(), *ARCS.items()):
    COLUMNS[_name] = (_at, _at + len(_labels))
    _at += len(_labels)

LINKS = ("happening", "actor")
"""Whether two words of one window speak of one happening, of one actor."""

SIZES = {"voice": 64, "role": 32, "happening": 64, "actor": 64}

PARTS: dict[str, tuple[int, int, int]] = {}
"""Where in the wide output an arc's or a link's two sets of vectors begin, how many labels, how long a vector."""
WIDE = 0
for _name, _count in (*((name, len(labels)) for name, labels in ARCS.items()), *((name, 1) for name in LINKS)):
    PARTS[_name] = (WIDE, _count, SIZES[_name])
    WIDE += 2 * _count * SIZES[_name]

BUCKETS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 192)
"""How far two words stand apart, as the arcs know it: the upper edge of each range, in words."""


def digest() -> str:
    """SHA-256 over the names and places of all labels."""
    said = repr((FLAT, ARCS, LINKS, PARTS, WIDE, BUCKETS))
    return hashlib.sha256(said.encode()).hexdigest()
