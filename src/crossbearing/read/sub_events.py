"""The type of a deed: what its word says, narrowed by the means, else by who does it and whom it befalls."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from crossbearing.model.mention import Mention
from crossbearing.read import kinds
from crossbearing.read.beside import SPOT, before_of, made_of, subject_of
from crossbearing.read.bounds import left_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.forms import GUNMEN, HARM, UNDER_FIRE, is_manned
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.triggers import Found

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
    if found.passive:
        return _befell_people(cut, found, lo)
    if found.last < len(cut.tokens) and cut.tokens[found.last].low in _THEM:
        return True  # "captured him"
    taken = next((c for c in cut.chunks if found.last <= c.first <= found.last + 4), None)
    behind = [t.low for t in cut.tokens[taken.last : taken.last + 1]] if taken is not None else []
    if behind in (["'s"], ["’s"], ["'"], ["’"]) or not kinds.ground().isdisjoint(behind):
        return False  # "seized the army's camp", "the battalion headquarters"
    return taken is not None and taken.kind in _PEOPLE and before_of(cut, taken) == cut.tokens[found.last - 1].low


def _befell_people(cut: Chunked, found: Found, lo: int) -> bool:
    """ "Five workers were seized by gunmen", "he was captured", "two of the gunmen were captured"."""
    k = found.first - 1
    while k > 0 and cut.tokens[k].low in _PASSIVE:
        k -= 1
    if cut.tokens[k].low in ("he", "she", "who"):
        return True
    if cut.tokens[k].low in kinds.ground():
        return False
    some = next((c for c in cut.chunks if c.last == k + 1 and before_of(cut, c) == "of"), None)
    numbered = some is not None and any(c.kind == "number" and c.last == some.first - 2 for c in cut.chunks)
    of_some = numbered or (some is not None and cut.tokens[max(0, some.first - 3)].low in _SOME)
    subject = some if of_some else subject_of(cut, found.first, lo)
    placed = any(c.kind in SPOT and lo <= c.first <= k for c in cut.chunks) or cut.tokens[k].low in _IT
    if subject is None and found.trigger.lemma.startswith("capture") and cut.at[k] < 0 and not placed:
        return found.last < len(cut.tokens) and cut.tokens[found.last].low == "by"  # "the pilot was captured by militants"
    return subject is not None and subject.kind in (*_PEOPLE, "voice")


def downed(cut: Chunked, found: Found) -> Chunk | None:
    """ "Rebels shot down a helicopter": the craft with people in it that is brought down, as no drone and no missile is."""
    if found.trigger.cls not in ("foil", "downed") or found.trigger.lemma not in ("down", "shoot-down"):
        return None
    craft = [c for c in cut.chunks if is_manned(c) and not c.head.startswith("unmanned")]
    if found.passive:
        left = [c for c in cut.chunks if c.last <= found.first and c.kind in ("weapon", "site", "people")]
        return left[-1] if left and left[-1] in craft else None
    right = [c for c in cut.chunks if found.last <= c.first <= found.last + 8 and c.kind in ("weapon", "site")]
    return right[0] if right and right[0] in craft else None


IN_FIGHTING = re.compile(
    r"\b(?:in|during|amid) (?:\w+ ){0,3}?(?:fighting|clashes|combat|battles?|firefights?|gun ?battles?|crossfire)\b|"
    r"\bfighting (?:(?:in|near|around|at|on|over|for) (?:\S+ ){1,4}?)?(?:killed|kills|left|leaves|claimed|claims|wounded|cost)\b"
)
_PASSENGERS = grammar("roles.passengers")


def taken_place(cut: Chunked, found: Found) -> Chunk | None:
    """What is seized, where that can be ground or a craft: behind the verb, or what its passive is said of. No computer is."""
    if found.passive:
        taken = subject_of(cut, found.first, left_bound(cut, found.first))
        return taken if taken is not None and taken.kind in (*SPOT, "state") else None
    owned = any(t.low in ("'s", "’s") for t in cut.tokens[found.last : found.last + 6])
    reach = found.last + (10 if owned else 6)  # "the junta's Light Infantry Battalion 552 headquarters"
    taken = next((c for c in cut.chunks if found.last <= c.first <= reach and c.kind in SPOT), None)
    direct = taken is not None and _FROM.isdisjoint(t.low for t in cut.tokens[found.last : taken.first])
    return taken if direct else None  # "seized computers from a flat"


def takes_ground(cut: Chunked, found: Found) -> bool:
    """Whether a word for seizing tells of ground or of a craft that is taken, or of "it"."""
    if found.passive and not _IT.isdisjoint(t.low for t in cut.tokens[left_bound(cut, found.first) : found.first]):
        return True
    behind = itertools.takewhile(lambda low: low not in _FROM, (t.low for t in cut.tokens[found.last : found.last + 5]))
    return taken_place(cut, found) is not None or (not found.passive and any(low in kinds.ground() for low in behind))


_IT = frozenset(("it", "they", "both"))
_FROM = frozenset(("from", "in", "at", "near", "during", "with", "by", "inside", "outside"))
_THEM = frozenset(("him", "her", "them"))
_PASSIVE = frozenset(("was", "were", "been", "being", "has", "have", "had", "also", "later", "then", "reportedly", "allegedly"))
_SOME = frozenset(("some", "one", "two", "three", "many", "most", "several", "both", "all"))
_PEOPLE = ("people", "group")
CHARGES = frozenset(("device", "devices", "charge", "charges"))
"""What explodes, by words that are no weapon's elsewhere."""
_COMING = frozenset(("ambush", "storm", "incursion"))
DRIVEN = ("drive into", "ram into", "ram", "plough into", "plow into", "steer into")
_SETS_OFF = ("set off", "detonate", "explode")
_OWN = ("his", "her", "their")
_DROPPED = frozenset(("drop", "fall", "rain", "come down"))
# Who comes on foot or on wheels: an attack of theirs is no strike from afar.
_AFOOT = grammar("roles.afoot")
_FLOWN = grammar("roles.flown")
_HANDS = grammar("roles.hands")
_CIVIL_SITES = grammar("roles.civil_sites")
_POSTS = grammar("roles.posts")
_CIVIL = _CIVIL_SITES | grammar("roles.carriers")


def type_of(cut: Chunked, found: Found, weapons: list[Chunk], doers: list[Mention], targets: list[Chunk]) -> tuple[str, str]:
    """The event type: what the word says, narrowed by the means, else by whom it befalls."""
    lex = lexicon()
    borne = [found.trigger.cls in _BY_ANY_MEANS and _only_borne(cut, w) for w in weapons]
    means = [said for w, b in zip(weapons, borne, strict=True) if (said := lex.weapons.get(w.head, "")) == "arms" or not b]
    cls = found.trigger.cls
    kind = next((k for k in _TYPE_ORDER if k in means), None)
    if _by_debris(cut, found):
        return lex.types[kind if kind in ("air", "shelling") else "strike"]
    if kind == "ied" and (found.trigger.lemma in _DROPPED or (found.trigger.lemma == "bomb" and _flown(cut))):
        kind = "air"  # what is dropped or comes down, or is dropped by a craft, was not laid
    if kind in ("shelling", "grenade") and _LEFT_OVER.search(cut.words):
        kind, means = "ied", ["ied"]  # what lay there long after it was fired
        if cls in ("casualty", "blast", "weapon", "weapon-subject", "shelling"):
            return lex.types["ied"]
    if cls == "downed":
        unarmed = any(t.low in _PASSENGERS for t in cut.tokens)
        return lex.types[kind if kind in ("ied", "suicide") else "shelling" if kind == "shelling" or unarmed else "clash"]
    if takes_people(cut, found):
        captured = found.trigger.lemma.startswith("capture")
        sides = {side for side in _sides(cut, doers) if side}
        fighters = captured and any(t.kind == "group" for t in targets)
        if captured and any(t.low in _SLAIN for t in cut.tokens[: found.first]):
            return lex.types["clash"]  # "killed seven fighters and captured three"
        return lex.types["arrests" if fighters or sides == {"S"} or (captured and not sides) else "abduction"]
    if cls in ("seize", "regain"):
        if (taken := taken_place(cut, found)) is not None and kinds.is_craft(taken):
            return lex.types["theft"]
        sides = _sides(cut, doers)
        state = "S" in sides if sides & {"R", "S"} else cls == "regain"
        return lex.types["regains" if state else "overtakes"]
    fired = cls == "weapon" and found.trigger.lemma == "fire" and kind in (None, "arms")
    if cls == "shooting" or (fired and _by_hand(cut, found, targets)):
        first = targets[0] if targets else None
        of = made_of(cut, first) if first is not None else None
        if of is not None and of in targets[1:2]:
            first = of  # "a convoy of tourists"
        armed = first is not None and (first.kind in ("group", "actor") or first.head in _POSTS)
        return lex.types["clash" if armed and (doers or kind == "arms") and found.trigger.lemma != UNDER_FIRE else "attack"]
    if found.trigger.lemma in DRIVEN and kind not in ("ied", "suicide"):
        return lex.types["attack"]  # "drove a van into a crowd"
    if kind in (None, "ied", "arms") and cls in _BY_BOMB and (by := _bomber(cut, found, weapons, doers)):
        return lex.types[by]
    if cls == "shelling" and found.noun and kind == "air" and _made_of(cut, found, weapons):
        return lex.types["air"]  # "a barrage of drones"
    if cls == "weapon" and found.trigger.lemma == "fire" and found.passive and not means:
        armed = any(t.kind in ("group", "actor") or t.head in _POSTS for t in targets)
        return lex.types["clash" if armed and doers else "attack"]  # "their car was fired upon"
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
    if cls == "open" and by_air_force(cut, doers):
        return lex.types["air"]
    sides = _sides(cut, doers) if cls in ("bombed", "bombing") else set()
    if cls == "bombed" and (not kind or kind == "arms"):
        if _flown(cut):
            return lex.types["air"]
        civil = any(not _CIVIL.isdisjoint((t.head, t.head.split(" ")[-1])) for t in targets)
        return lex.types["ied" if civil and sides == {"R"} else "strike"]
    if cls == "bombing":
        return lex.types["air" if sides == {"S"} and not kind else "ied"]
    if cls == "burnt":
        return lex.types["looting"]
    if cls == "wreck":
        return lex.types["strike"]
    if cls in ("blast", "weapon-subject") and CHARGES & {t.low for t in cut.tokens[max(0, found.first - 12) : found.first]}:
        return lex.types["ied"]
    if cls == "blast":
        return lex.types["strike"]
    met = any(c.kind in ("group", "actor") and c.first >= found.last for c in cut.chunks)  # "a bus carrying soldiers"
    if found.trigger.lemma in _SEARCHES and _police_alone(cut, doers):
        return lex.types["arrests"]
    unarmed = bool(targets) and all(t.kind == "people" or not _CIVIL.isdisjoint((t.head, t.head.split(" ")[-1])) for t in targets)
    if found.trigger.lemma in _COMING and not met and unarmed:
        return lex.types["attack"]
    if cls in ("attack", "clash"):
        return lex.types[cls]
    behind = next((c for c in cut.chunks if found.last <= c.first <= found.last + 2), None)
    hit = behind is not None and (not found.noun or before_of(cut, behind) in ("on", "against"))
    struck = [*targets[:1], *([behind] if behind is not None and hit else [])]
    met_with_arms = any(t.low.startswith(("repel", "repuls")) for t in cut.tokens)
    sites = {site for c in struck for site in (c.head, c.head.split(" ")[-1])}  # "a tea shop" is a shop
    civil = not met_with_arms and (any(_is_civilian(cut, c) for c in struck) or not sites.isdisjoint(_CIVIL_SITES))
    if cls == "casualty" and IN_FIGHTING.search(cut.words):
        return lex.types["clash"]
    if cls in ("casualty", "engage"):
        nobody_armed = not targets if cls == "casualty" else not (targets or doers)  # "gunmen killed 12 in a village"
        nobody_armed = nobody_armed or (cls == "casualty" and all(_is_unarmed_name(cut, t) for t in targets))
        return lex.types["attack" if civil or nobody_armed else "clash"]
    afoot = any(t.low in _AFOOT for t in cut.tokens[max(0, found.first - 14) : found.last + 8])
    by_hand = found.noun and found.trigger.lemma in ("attack", "assault", "raid") and not means and not _flown(cut)
    if by_hand and any(not GUNMEN.isdisjoint(c.head.split()) for c in cut.chunks if any(c.span == d.span for d in doers)):
        met = any(t.kind in ("group", "actor") or t.head in _POSTS for t in (*targets, *struck))
        return lex.types["clash" if met and not civil else "attack"]  # "an attack on a checkpoint by gunmen"
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
    if kind == "arms" and not (armed or doers):
        return lex.types["attack"]  # "attacked by a man with a knife"
    if kind == "arms" or met or (afoot and (civil or any(t.kind == "group" or t.head in _POSTS for t in targets) or found.noun)):
        return lex.types["attack" if civil else "clash"]
    return lex.types["strike"]


_SLAIN = frozenset(("killed", "eliminated", "neutralised", "neutralized", "killing"))
_BY_ANY_MEANS = ("casualty", "open", "attack", "clash", "engage")


def _only_borne(cut: Chunked, weapon: Chunk) -> bool:
    """ "Men armed with rifles and grenades killed six": what they bore, and not what each was killed by."""
    before = cut.tokens[max(0, weapon.first - 5) : weapon.first]
    if any(t.low.startswith(_RUINED) and t.low.endswith("ing") for t in before[-3:]):
        return True  # "attacked the air base, destroying eight aircraft"
    k = next((n for n in range(len(before) - 1, -1, -1) if before[n].low in _BEARING), None)
    return k is not None and all(t.low in _BORNE or t.text in "," or len(t.low) > 3 for t in before[k + 1 :])


_BEARING = frozenset(("armed", "wielding", "brandishing", "carrying"))
_BORNE = frozenset(("with", "and", "or"))
_RUINED = ("destroy", "damag", "burn", "torch", "wreck", "disabl")
_LEFT_OVER = re.compile(
    r"\b(?:play(?:ed|ing) with|tamper(?:ed|ing) with|handling|unexploded|left[ -]?over|scrap metal|picked up)\b"
)


def _by_debris(cut: Chunked, found: Found) -> bool:
    """ "Debris set a warehouse on fire": what came down did it, and nobody burnt or looted."""
    near = [t.low for t in cut.tokens[max(0, found.first - _DEBRIS_REACH) : found.first]]
    return found.trigger.cls in ("looting", "theft", "burnt", "wreck") and not found.noun and not _DEBRIS.isdisjoint(near)


_DEBRIS = grammar("roles.debris") | {"shrapnel", "splinters"}
_DEBRIS_REACH = 7


def by_air_force(cut: Chunked, doers: Iterable[Mention]) -> bool:
    """ "The Air Force struck a camp": who flies struck from the air."""
    said = (" ".join(t.low for t in cut.tokens if d.span.start <= t.start < d.span.end) for d in doers)
    return any("air force" in words for words in said)


def _by_hand(cut: Chunked, found: Found, targets: list[Chunk]) -> bool:
    """Whether shots were at people or at what they sit in, or gunmen's: fired by hand, and not from afar."""
    hands = any(t.low in _HANDS for t in cut.tokens[max(0, found.first - 6) : found.first])
    return hands or (bool(targets) and (targets[0].kind == "people" or targets[0].head.split(" ")[-1] in _CIVIL))


_BY_BOMB = ("ied", "bombing", "bombed", "blast", "open", "weapon", "weapon-subject", *HARM)


def _bomber(cut: Chunked, found: Found, weapons: list[Chunk], doers: list[Mention]) -> str:
    """ "A suicide car bombing", "a bomber on a motorcycle attacked": by who carried it, what a bomb was; or nothing."""
    parties = [c for c in cut.chunks if any(c.span == d.span for d in doers)]
    beside = [t.low for c in (*weapons, *parties) for t in cut.tokens[c.first : c.last]]
    beside += [t.low for t in cut.tokens[max(0, found.first - 3) : found.last]]
    own = found.trigger.lemma in _SETS_OFF and any(t.low in _OWN for t in cut.tokens[found.last : found.last + 1])
    if "suicide" in beside or own or found.trigger.lemma in DRIVEN:
        return "suicide"  # "set off his charge", "drove a car full of explosives into the gate"
    return "ied" if any(cut.tokens[c.last - 1].low == "bomber" for c in parties) and not _flown(cut) else ""


def _made_of(cut: Chunked, found: Found, weapons: list[Chunk]) -> bool:
    """ "A salvo of missiles", "barrages of about thirty drones": whether a weapon stands behind "of"."""
    of = found.last < len(cut.tokens) and cut.tokens[found.last].low == "of"
    return of and any(0 < w.first - found.last <= 4 for w in weapons)


def _sides(cut: Chunked, doers: list[Mention]) -> set[str]:
    """Whose the doers are: a state's (S), a group's (R), or neither as far as their words say."""
    said = [c for c in cut.chunks if any(c.span == d.span for d in doers)]
    return {"S" if c.kind in ("state", "adjective") else kinds.side_of(cut, c) for c in said}


def _is_civilian(cut: Chunked, chunk: Chunk) -> bool:
    """ "Villagers", and "a minister" too, who is among those that reports let speak; not "a security official"."""
    if chunk.kind == "people" or chunk.head not in _UNARMED:
        return chunk.kind == "people"
    of = [t.low for t in cut.tokens[max(0, chunk.first - 1) : chunk.last - 1]]
    party = any(c.kind in ("group", "actor") and c.last == chunk.first for c in cut.chunks)
    return not party and lexicon().armed.isdisjoint(of) and _SERVICES.isdisjoint(of)


_SERVICES = frozenset(("security", "intelligence", "military", "army", "defence", "defense", "police"))
_UNARMED = grammar("roles.unarmed")


def _is_unarmed_name(cut: Chunked, chunk: Chunk) -> bool:
    """Whether somebody stands there by a name that no table has, and nothing before it says of what armed party."""
    before = cut.tokens[chunk.first - 1].low if chunk.first else ""
    gap = int(before not in lexicon().verbs)  # "al-Shabab commander X", and not "gunmen killed X"
    beside = any(c.kind in ("group", "actor") and 0 <= chunk.first - c.last <= gap for c in cut.chunks)
    return chunk.kind == "name" and not beside and before not in lexicon().armed


def _police_alone(cut: Chunked, doers: list[Mention]) -> bool:
    """ "Police raided the party's office": those come to search and to arrest, where nobody is said to have shot."""
    words = [c for c in cut.chunks if any(c.span == d.span for d in doers)] if doers else cut.chunks
    police = any(cut.tokens[c.last - 1].low in _POLICE for c in words)
    sides = {kinds.side_of(cut, c) for c in words if c.kind in ("group", "actor")}
    return police and sides == {"S"} and not any(t.low in _SHOTS for t in cut.tokens)


_SEARCHES = ("raid", "storm")
_POLICE = grammar("sub_events.police")
_SHOTS = grammar("sub_events.shots")


def _on_foot(cut: Chunked, found: Found, doers: list[Mention]) -> bool:
    """Whether those who attack are fighters by their own words ("Boko Haram militants", "army troops"), and not in the air."""
    if found.noun or _flown(cut):
        return False
    return any(c.kind == "group" and kinds.side_of(cut, c) for c in cut.chunks if any(c.span == d.span for d in doers))


def _flown(cut: Chunked) -> bool:
    """Whether something flies in the sentence, and is not what was destroyed."""
    return any(
        t.low in _FLOWN and not any(b.low.startswith(_RUINED) and b.low.endswith("ing") for b in cut.tokens[max(0, k - 3) : k])
        for k, t in enumerate(cut.tokens)
    )
