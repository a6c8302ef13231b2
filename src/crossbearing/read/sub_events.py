"""The type of a deed: what its word says, narrowed by the means, else by who does it and whom it befalls."""

from __future__ import annotations

from crossbearing.model.mention import Mention
from crossbearing.read import kinds
from crossbearing.read.beside import before_of, subject_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.triggers import UNDER_FIRE, Found, left_bound

_TYPE_ORDER = ("suicide", "chemical", "air", "shelling", "grenade", "ied", "arms")


def takes_people(cut: Chunked, found: Found) -> bool:
    """ "Gunmen seized at least 80 pupils": who is seized, or taken away, is no territory."""
    if found.trigger.lemma in ("take", "taken"):
        return found.last < len(cut.tokens) and cut.tokens[found.last].low in ("away", "off", "hostage", "captive", "prisoner")
    if found.trigger.lemma not in ("seize", "seized", "capture", "captured"):
        return False
    lo = left_bound(cut, found.first)
    if lo and cut.tokens[lo - 1].low == "whom":
        return not found.trigger.lemma.startswith("capture")
    if found.passive:  # "five workers were seized by gunmen"
        subject = subject_of(cut, found.first, left_bound(cut, found.first))
        return subject is not None and subject.kind in _PEOPLE
    taken = next((c for c in cut.chunks if found.last <= c.first <= found.last + 4), None)
    return taken is not None and taken.kind in _PEOPLE and before_of(cut, taken) == cut.tokens[found.last - 1].low


_PEOPLE = ("people", "group")
CHARGES = frozenset(("device", "devices", "charge", "charges"))
"""What explodes, by words that are no weapon's elsewhere."""
_COMING = frozenset(("ambush", "storm", "incursion"))
_DROPPED = frozenset(("drop", "fall", "rain", "come down"))
# Who comes on foot or on wheels: an attack of theirs is no strike from afar.
_AFOOT = grammar("roles.afoot")
_FLOWN = grammar("roles.flown")
_HANDS = grammar("roles.hands")
_CIVIL_SITES = grammar("roles.civil_sites")
_POSTS = grammar("roles.posts")


def type_of(cut: Chunked, found: Found, weapons: list[Chunk], doers: list[Mention], targets: list[Chunk]) -> tuple[str, str]:
    """The event type: what the word says, narrowed by the means, else by whom it befalls."""
    lex = lexicon()
    means = [lex.weapons.get(w.head, "") for w in weapons]
    cls = found.trigger.cls
    kind = next((k for k in _TYPE_ORDER if k in means), None)
    if kind == "ied" and (found.trigger.lemma in _DROPPED or (found.trigger.lemma == "bomb" and _flown(cut))):
        kind = "air"  # what is dropped or comes down, or is dropped by a craft, was not laid
    if takes_people(cut, found):
        fighters = found.trigger.lemma.startswith("capture") and any(t.kind == "group" for t in targets)
        return lex.types["arrests" if fighters else "abduction"]
    if cls in ("seize", "regain"):
        sides = {kinds.side_of(cut, c) for c in cut.chunks if any(c.span == d.span for d in doers)}
        state = "S" in sides if sides & {"R", "S"} else cls == "regain"
        return lex.types["regains" if state else "overtakes"]
    if cls == "shooting":
        first = targets[0] if targets else None
        armed = first is not None and (first.kind in ("group", "actor") or first.head in _POSTS)
        return lex.types["clash" if armed and doers and found.trigger.lemma != UNDER_FIRE else "attack"]
    if cls in lex.types and cls not in ("attack", "clash", "strike"):
        return lex.types[cls]
    if (
        kind
        and kind != "arms"
        and cls
        in (
            "open",
            "weapon",
            "weapon-subject",
            "blast",
            "foil",
            "bombing",
            "bombed",
            "wreck",
            "casualty",
            "claimed",
            "engage",
            "attack",
        )
    ):
        return lex.types[kind]
    if cls == "bombed" and (not kind or kind == "arms"):
        if _flown(cut):
            return lex.types["air"]
        return lex.types["strike"]
    if cls == "bombing":
        return lex.types["ied"]
    if cls == "burnt":
        return lex.types["looting"]
    if cls == "wreck":
        return lex.types["strike"]
    if cls in ("blast", "weapon-subject") and CHARGES & {t.low for t in cut.tokens[max(0, found.first - 12) : found.first]}:
        return lex.types["ied"]
    if cls == "blast":
        return lex.types["strike"]
    met = any(c.kind in ("group", "actor") and c.first >= found.last for c in cut.chunks)  # "a bus carrying soldiers"
    unarmed = bool(targets) and all(t.kind == "people" or t.head in _CIVIL_SITES for t in targets)
    if found.trigger.lemma in _COMING and not met and unarmed:
        return lex.types["attack"]
    if cls in ("attack", "clash"):
        return lex.types[cls]
    behind = next((c for c in cut.chunks if found.last <= c.first <= found.last + 2), None)
    hit = behind is not None and (not found.noun or before_of(cut, behind) in ("on", "against"))
    struck = [*targets[:1], *([behind] if behind is not None and hit else [])]
    met_with_arms = any(t.low.startswith(("repel", "repuls")) for t in cut.tokens)
    sites = {site for c in struck for site in (c.head, c.head.split(" ")[-1])}  # "a tea shop" is a shop
    civil = not met_with_arms and (any(c.kind == "people" for c in struck) or not sites.isdisjoint(_CIVIL_SITES))
    if cls in ("casualty", "engage"):
        nobody_armed = not targets if cls == "casualty" else not (targets or doers)  # "gunmen killed 12 in a village"
        nobody_armed = nobody_armed or (cls == "casualty" and all(_is_unarmed_name(cut, t) for t in targets))
        return lex.types["attack" if civil or nobody_armed else "clash"]
    afoot = any(t.low in _AFOOT for t in cut.tokens[max(0, found.first - 14) : found.last + 8])
    led = found.noun and any(t.low in _HANDS for t in cut.tokens[max(0, found.first - 1) : found.first])  # "a militia attack"
    if led and found.trigger.lemma in ("attack", "assault", "raid") and not means and not _flown(cut):
        return lex.types["clash" if any(t.kind in ("group", "actor") or t.head in _POSTS for t in struck) else "attack"]
    hands = not found.noun and not means and any(t.low in _HANDS for t in cut.tokens[max(0, found.first - 6) : found.first])
    if hands and found.trigger.lemma in ("attack", "assault", "target", "hit") and civil and doers and not _flown(cut):
        return lex.types["attack"]  # "militiamen attacked a camp for the displaced"
    armed = any(t.kind in ("group", "actor") or t.head in _POSTS for t in (*targets, *struck))
    terror = found.noun and found.first and cut.tokens[found.first - 1].low in ("terror", "terrorist")
    if found.trigger.lemma in ("attack", "assault") and not (means or armed or _flown(cut)) and (civil or terror):
        return lex.types["attack"]  # "the attack on a church": by what is not said
    each = bool(doers and targets) and targets[0].kind in ("group", "actor") and not found.noun and found.trigger.lemma != "raid"
    met = found.trigger.lemma in ("attack", "assault", "raid") and (each or (armed and _on_foot(cut, found, doers)))
    if kind == "arms" or met or (afoot and (civil or any(t.kind == "group" or t.head in _POSTS for t in targets) or found.noun)):
        return lex.types["attack" if civil else "clash"]
    return lex.types["strike"]


def _is_unarmed_name(cut: Chunked, chunk: Chunk) -> bool:
    """Whether somebody stands there by a name that no table has, and nothing before it says of what armed party."""
    before = cut.tokens[chunk.first - 1].low if chunk.first else ""
    gap = int(before not in lexicon().verbs)  # "al-Shabab commander X", and not "gunmen killed X"
    beside = any(c.kind in ("group", "actor") and 0 <= chunk.first - c.last <= gap for c in cut.chunks)
    return chunk.kind == "name" and not beside and before not in lexicon().armed


def _on_foot(cut: Chunked, found: Found, doers: list[Mention]) -> bool:
    """Whether those who attack are fighters by their own words ("Boko Haram militants", "army troops"), and not in the air."""
    if found.noun or _flown(cut):
        return False
    return any(c.kind == "group" and kinds.side_of(cut, c) for c in cut.chunks if any(c.span == d.span for d in doers))


def _flown(cut: Chunked) -> bool:
    """Whether something flies in the sentence."""
    return any(t.low in _FLOWN for t in cut.tokens)
