"""The type of a deed: what its word says, narrowed by the means, else by who does it and whom it befalls."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable
from functools import cached_property

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
    deed = _Deed(cut, found, weapons, doers, targets)
    return lexicon().types[next(said for tell in _IN_TURN if (said := tell(deed)))]


class _Deed:
    """One word for a deed, and what hangs on it. Each of its methods gives the type that it is sure of, or nothing."""

    def __init__(self, cut: Chunked, found: Found, weapons: list[Chunk], doers: list[Mention], targets: list[Chunk]) -> None:
        self.cut, self.found, self.weapons, self.doers, self.targets = cut, found, weapons, doers, targets
        self.cls, self.lemma = found.trigger.cls, found.trigger.lemma
        borne = [self.cls in _BY_ANY_MEANS and _only_borne(cut, w) for w in weapons]
        said = ((lexicon().weapons.get(w.head, ""), b) for w, b in zip(weapons, borne, strict=True))
        self.means = [means for means, b in said if means == "arms" or not b]
        self.named = next((k for k in _TYPE_ORDER if k in self.means), None)
        self.kind = self.named
        if self.named == "ied" and (self.lemma in _DROPPED or (self.lemma == "bomb" and self.flown)):
            self.kind = "air"  # what is dropped or comes down, or is dropped by a craft, was not laid
        if self.is_left_over:
            self.kind, self.means = "ied", ["ied"]  # what lay there long after it was fired

    @cached_property
    def flown(self) -> bool:
        return _flown(self.cut)

    @property
    def is_left_over(self) -> bool:
        return self.named in ("shelling", "grenade") and _LEFT_OVER.search(self.cut.words) is not None

    @cached_property
    def struck(self) -> list[Chunk]:
        """What it befell, and what stands right behind the word where that is what was hit."""
        behind = next((c for c in self.cut.chunks if self.found.last <= c.first <= self.found.last + 2), None)
        hit = behind is not None and (not self.found.noun or before_of(self.cut, behind) in ("on", "against"))
        return [*self.targets[:1], *([behind] if behind is not None and hit else [])]

    @cached_property
    def civil(self) -> bool:
        """Whether it befell those or what bears no arms."""
        if any(t.low.startswith(("repel", "repuls")) for t in self.cut.tokens):
            return False
        sites = {site for c in self.struck for site in (c.head, c.head.split(" ")[-1])}  # "a tea shop" is a shop
        return any(_is_civilian(self.cut, c) for c in self.struck) or not sites.isdisjoint(_CIVIL_SITES)

    @cached_property
    def by_hand(self) -> bool:
        """Whether it is no strike from afar, as far as its words say."""
        return not self.means and not self.flown

    def near(self, words: Collection[str], before: int) -> bool:
        """Whether one of some words stands right before the word for it."""
        return any(t.low in words for t in self.cut.tokens[max(0, self.found.first - before) : self.found.first])

    # ------------------------------------------------------------------ what is told by its word and its means

    def debris(self) -> str:
        fell = self.named if self.named in ("air", "shelling") else "strike"
        return fell if _by_debris(self.cut, self.found) else ""

    def left_over(self) -> str:
        return "ied" if self.is_left_over and self.cls in ("casualty", "blast", "weapon", "weapon-subject", "shelling") else ""

    def craft(self) -> str:
        if self.cls != "downed":
            return ""
        unarmed = any(t.low in _PASSENGERS for t in self.cut.tokens)
        by = self.kind if self.kind in ("ied", "suicide") else None
        return by or ("shelling" if self.kind == "shelling" or unarmed else "clash")

    def people_taken(self) -> str:
        if not takes_people(self.cut, self.found):
            return ""
        captured = self.lemma.startswith("capture")
        sides = {side for side in _sides(self.cut, self.doers) if side}
        fighters = captured and any(t.kind == "group" for t in self.targets)
        if captured and any(t.low in _SLAIN for t in self.cut.tokens[: self.found.first]):
            return "clash"  # "killed seven fighters and captured three"
        return "arrests" if fighters or sides == {"S"} or (captured and not sides) else "abduction"

    def ground_taken(self) -> str:
        if self.cls not in ("seize", "regain"):
            return ""
        if (taken := taken_place(self.cut, self.found)) is not None and kinds.is_craft(taken):
            return "theft"
        sides = _sides(self.cut, self.doers)
        state = "S" in sides if sides & {"R", "S"} else self.cls == "regain"
        return "regains" if state else "overtakes"

    def shots(self) -> str:
        fired = self.cls == "weapon" and self.lemma == "fire" and self.kind in (None, "arms")
        if self.cls != "shooting" and not (fired and _by_hand(self.cut, self.found, self.targets)):
            return ""
        first = self.targets[0] if self.targets else None
        of = made_of(self.cut, first) if first is not None else None
        if of is not None and of in self.targets[1:2]:
            first = of  # "a convoy of tourists"
        armed = first is not None and _bears_arms(first)
        return "clash" if armed and (self.doers or self.kind == "arms") and self.lemma != UNDER_FIRE else "attack"

    def bombs(self) -> str:
        if self.lemma in DRIVEN and self.kind not in ("ied", "suicide"):
            return "attack"  # "drove a van into a crowd"
        if self.kind not in (None, "ied", "arms") or self.cls not in _BY_BOMB:
            return ""
        return _bomber(self.cut, self.found, self.weapons, self.doers)

    def barrage(self) -> str:
        made = self.cls == "shelling" and self.found.noun and self.kind == "air"
        return "air" if made and _made_of(self.cut, self.found, self.weapons) else ""  # "a barrage of drones"

    def fired_upon(self) -> str:
        if self.cls != "weapon" or self.lemma != "fire" or not self.found.passive or self.means:
            return ""
        return "clash" if any(map(_bears_arms, self.targets)) and self.doers else "attack"  # "their car was fired upon"

    def word(self) -> str:
        return self.cls if self.cls in lexicon().types and self.cls not in ("attack", "clash", "strike") else ""

    def arms(self) -> str:
        return self.kind if self.kind and self.kind != "arms" and self.cls in _OPEN else ""

    def from_above(self) -> str:
        return "air" if self.cls == "open" and by_air_force(self.cut, self.doers) else ""

    def bombed(self) -> str:
        sides = _sides(self.cut, self.doers) if self.cls in ("bombed", "bombing") else set[str]()
        if self.cls == "bombing":
            return "air" if sides == {"S"} and not self.kind else "ied"
        if self.cls != "bombed" or self.kind not in (None, "arms"):
            return ""
        if self.flown:
            return "air"
        civil = any(not _CIVIL.isdisjoint((t.head, t.head.split(" ")[-1])) for t in self.targets)
        return "ied" if civil and sides == {"R"} else "strike"

    def ruin(self) -> str:
        if self.cls == "burnt":
            return "looting"
        if self.cls == "wreck":
            return "strike"
        if self.cls in ("blast", "weapon-subject") and self.near(CHARGES, 12):
            return "ied"
        return "strike" if self.cls == "blast" else ""

    # ------------------------------------------------------------------ what is told by who met whom

    def raid(self) -> str:
        if self.lemma in _SEARCHES and _police_alone(self.cut, self.doers):
            return "arrests"
        met = any(
            c.kind in ("group", "actor") and c.first >= self.found.last for c in self.cut.chunks
        )  # "a bus carrying soldiers"
        heads = ((t.head, t.head.split(" ")[-1]) for t in self.targets if t.kind != "people")
        unarmed = bool(self.targets) and all(not _CIVIL.isdisjoint(head) for head in heads)
        if self.lemma in _COMING and not met and unarmed:
            return "attack"
        return self.cls if self.cls in ("attack", "clash") else ""

    def harm(self) -> str:
        if self.cls not in ("casualty", "engage"):
            return ""
        dead = self.cls == "casualty"
        if dead and IN_FIGHTING.search(self.cut.words):
            return "clash"
        nobody_armed = not self.targets if dead else not (self.targets or self.doers)  # "gunmen killed 12 in a village"
        nobody_armed = nobody_armed or (dead and all(_is_unarmed_name(self.cut, t) for t in self.targets))
        return "attack" if self.civil or nobody_armed else "clash"

    def by_gunmen(self) -> str:
        """ "An attack on a checkpoint by gunmen", "a militia attack", "militiamen attacked a camp for the displaced"."""
        assault = self.lemma in ("attack", "assault", "raid")
        parties = (c for c in self.cut.chunks if any(c.span == d.span for d in self.doers))
        if self.found.noun and assault and self.by_hand and any(not GUNMEN.isdisjoint(c.head.split()) for c in parties):
            return "clash" if any(map(_bears_arms, (*self.targets, *self.struck))) and not self.civil else "attack"
        if self.found.noun and assault and self.by_hand and self.near(_HANDS, 1):
            return "clash" if any(map(_bears_arms, self.struck)) else "attack"
        hands = not self.found.noun and self.by_hand and self.near(_HANDS, 6)
        return "attack" if hands and self.lemma in _ASSAULTS and self.civil and self.doers else ""

    def attack(self) -> str:
        armed = any(map(_bears_arms, (*self.targets, *self.struck)))
        terror = self.found.noun and self.near(("terror", "terrorist"), 1)
        if self.lemma in ("attack", "assault") and not (self.means or armed or self.flown) and (self.civil or terror):
            return "attack"  # "the attack on a church": by what is not said
        whom = bool(self.doers and self.targets) and self.targets[0].kind in ("group", "actor")
        each = whom and not self.found.noun and self.lemma != "raid"
        on_foot = armed and _on_foot(self.cut, self.found, self.doers)
        met = self.lemma in ("attack", "assault", "raid") and (each or on_foot)
        if self.kind == "arms" and not (armed or self.doers):
            return "attack"  # "attacked by a man with a knife"
        if self.kind == "arms" or met or self.afoot():
            return "attack" if self.civil else "clash"
        return "strike"

    def afoot(self) -> bool:
        """Whether those who did it came on foot or on wheels."""
        words = self.cut.tokens[max(0, self.found.first - 14) : self.found.last + 8]
        at_posts = any(t.kind == "group" or t.head in _POSTS for t in self.targets)
        return any(t.low in _AFOOT for t in words) and (self.civil or at_posts or self.found.noun)


_IN_TURN = (
    _Deed.debris, _Deed.left_over, _Deed.craft, _Deed.people_taken, _Deed.ground_taken, _Deed.shots, _Deed.bombs, _Deed.barrage,
    _Deed.fired_upon, _Deed.word, _Deed.arms, _Deed.from_above, _Deed.bombed, _Deed.ruin, _Deed.raid, _Deed.harm,
    _Deed.by_gunmen, _Deed.attack,
)  # fmt: skip
"""In which order the word, the means and the parties are asked; the last always answers."""
_OPEN = frozenset("open weapon weapon-subject blast foil bombing bombed wreck casualty claimed engage attack".split())
"""Words that leave the means open."""
_ASSAULTS = ("attack", "assault", "target", "hit")


def _bears_arms(chunk: Chunk) -> bool:
    """A party, or a post that one holds."""
    return chunk.kind in ("group", "actor") or chunk.head in _POSTS


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
