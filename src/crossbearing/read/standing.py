"""Whether a word that can tell of violence does: it has what its class needs, and is not another deed's."""

from __future__ import annotations

import re

from crossbearing.model.mention import Realis
from crossbearing.read import kinds
from crossbearing.read.aimed import fires_at, rams
from crossbearing.read.beside import ARTICLES, AT, SPOT, VICTIM, subject_of
from crossbearing.read.bounds import left_bound, right_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.drafting import by_bomb
from crossbearing.read.figurative import is_hurtful
from crossbearing.read.forms import HARM, UNDER_FIRE, is_manned
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.many import counted_from
from crossbearing.read.parties import blamed_by
from crossbearing.read.sub_events import CHARGES, DRIVEN, takes_ground, takes_people
from crossbearing.read.targets import OF_PEOPLE, is_of, wounded
from crossbearing.read.triggers import Found


def found_first(cut: Chunked, found: Found) -> bool:
    """ "Two mines were detected on the road and destroyed": what was found was done away with, and destroyed nothing."""
    if found.trigger.lemma != "destroy" or not any(lexicon().weapons.get(c.head) == "ied" for c in cut.chunks):
        return False
    return not _FINDS.isdisjoint(t.low for t in cut.tokens[: found.first])


_FINDS = frozenset(("found", "detected", "discovered", "located", "uncovered", "recovered", "unearthed"))


def does_away(cut: Chunked, found: Found) -> bool:
    """ "Seven terrorists were neutralised": how armies say that they killed fighters."""
    if not found.trigger.lemma.startswith(_DONE_AWAY) or found.trigger.form not in ("past", "participle"):
        return False
    near = range(found.first - 12, found.first) if found.passive else range(found.last, found.last + 4)
    return _of_people(cut, found) and any(c.kind == "group" and c.last - 1 in near for c in cut.chunks)


_DONE_AWAY = ("neutrali", "eliminat", "liquidat")


def befell_them(cut: Chunked, found: Found) -> bool:
    """ "To help to find the girls who were abducted in X", "nothing has been heard since gunmen abducted them": what befell
    people is told, whatever is wanted for them, and what time is counted from by its date."""
    lo = left_bound(cut, found.first)
    before = cut.tokens[lo - 1].low if lo else ""
    them = found.last < len(cut.tokens) and cut.tokens[found.last].low in ("him", "her", "them")
    since = before == "since" and not found.noun and them
    return (found.passive and before == "who") or before == "whom" or since or counted_from(cut, found, before)


def deplored(cut: Chunked, found: Found) -> bool:
    """ "Condemned the murder of X": of whom it tells that they were killed or taken, it was done."""
    near = {t.low for t in cut.tokens[max(0, found.first - 4) : found.first]}
    deplored = any(t.low.startswith("condemn") for t in cut.tokens[: found.first])
    if found.trigger.lemma not in OF_PEOPLE or not deplored or not near & {"the", "this"}:
        return False
    whom = next((c for c in cut.chunks if found.last < c.first <= found.last + 8 and c.kind != "number"), None)
    return whom is not None and whom.kind in ("people", "name", "voice") and is_of(cut, found, whom)


def means_of_plan(cut: Chunked, found: Found, among: list[Found]) -> bool:
    """ "Planned to attack the station with a truck bomb": what a planned deed was to be done with did not go off."""
    before = [t.low for t in cut.tokens[max(0, found.first - 4) : found.first]]
    if not found.noun or found.realis is not Realis.ASSERTED or not {"with", "using"} & set(before):
        return False
    planned = [f.first for f in among if f.realis is Realis.PLANNED and f.first < found.first]
    return any(not any(t.text in ".;" for t in cut.tokens[at : found.first]) for at in planned)


def _flies_at(cut: Chunked, found: Found, hi: int) -> bool:
    """Whether what flies goes for a spot: "drones went for the base", and not "for sale", nor a man with a gun "for a walk"."""
    flying = any(c.kind == "weapon" and found.first - 2 <= c.last <= found.first for c in cut.chunks)
    aim = next((k + 1 for k in range(found.first, hi) if cut.tokens[k].low == "for"), hi)
    return flying and any(c.kind in (*SPOT, "group") and aim <= c.first <= aim + 2 for c in cut.chunks)


def his_end(cut: Chunked, found: Found, usable: list[Found]) -> bool:
    """ "A gunman killed five people before he was shot by police": what became of who did it, told behind the deed."""
    k = found.first
    if not found.noun and [t.low for t in cut.tokens[found.last : found.last + 1]] in (["him"], ["her"], ["them"]):
        ahead = {t.low for t in cut.tokens[max(0, k - 4) : k]}  # "before police shot him dead"
        return not ahead.isdisjoint(("before", "until", "till")) and any(f.last < k - 1 and not f.passive for f in usable)
    while k > 2 and cut.tokens[k - 1].low in _WAS_THEN:
        k -= 1
    was = {"was", "were"}.intersection(t.low for t in cut.tokens[k : found.first])
    if cut.tokens[k - 1].low not in (("he", "she", "they") if was else ("being",)):  # "before being shot dead"
        return False
    if cut.tokens[k - 2].low not in ("before", "until", "till"):
        return False
    return any(f.last < k - 1 and not f.passive and f.realis is Realis.ASSERTED for f in usable)


_WAS_THEN = frozenset(("was", "were", "himself", "herself", "themselves", "in", "turn", "finally", "then", "later", "also"))


_CRAFT = grammar("roles.craft")
_DEBRIS = grammar("roles.debris")


def stands(cut: Chunked, found: Found) -> bool:
    """Whether the trigger has what its class needs: a weapon to launch, people to engage, a party that claims an operation."""
    if found.trigger.lemma in ("damage", "destroy") and _DEBRIS & {t.low for t in cut.tokens[: found.first]}:
        # What falls from the sky after an interception is no second strike, unless it is told where.
        return any(c.named and c.kind in SPOT for c in cut.chunks) and any(c.kind == "weapon" for c in cut.chunks)
    word = _Word(cut, found)
    return next((said for ask in _IN_TURN if (said := ask(word)) is not None), found.trigger.cls != "campaign")


class _Word:
    """A trigger in its clause. Each of its methods says whether it stands, or nothing where it is of another class."""

    def __init__(self, cut: Chunked, found: Found) -> None:
        self.cut, self.found, self.cls, self.lemma = cut, found, found.trigger.cls, found.trigger.lemma
        self.lo, self.hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
        # "The bomb that went off", "gunmen who took away": whose clause it is.
        of = self.lo - 1 if self.lo and cut.tokens[self.lo - 1].low in ("that", "which", "who") else -1
        said_of = _antecedents(cut, of)
        self.near = [c for c in cut.chunks if self.lo <= c.first < self.hi or c.last in said_of]

    def behind(self, reach: int) -> list[Chunk]:
        """What stands within so many tokens behind it."""
        return [c for c in self.near if self.found.last <= c.first <= self.found.last + reach]

    def execution(self) -> bool | None:
        if not self.found.noun or self.lemma != "execution":
            return None
        return any(c.kind in (*VICTIM, "name") and is_of(self.cut, self.found, c) for c in self.near)

    def with_arms(self) -> bool | None:
        return _with_arms(self.cut, self.found, self.near)

    def weapon(self) -> bool | None:
        """Something is launched, or lands: a weapon, that is."""
        cut, found, near = self.cut, self.found, self.near
        lands = self.cls == "weapon-subject"
        if lands and self.lemma.endswith(" for") and not _flies_at(cut, found, self.hi):
            return False
        if not lands and self.cls != "weapon":
            return None
        if self.lemma == "send" and not any(t.low in AT for t in cut.tokens[found.first : self.hi]):
            return False
        charge = lands and CHARGES & {t.low for t in cut.tokens[max(self.lo, found.first - 12) : found.first]}
        told_by = cut.tokens[self.lo - 1].low if self.lo else ""
        if charge and self.lemma == "go off" and told_by not in ("when", "as", "after", "while"):
            return True  # "a charge went off outside the tax office"
        if lands and self.lemma in _LANDS:
            near = [c for c in near if c.first < found.first and not is_manned(c)]
        if any(c.kind == "weapon" and abs(c.first - found.first) < 12 for c in near):
            return True
        return self.lemma == "fire" and fires_at(cut, found, self.hi)

    def under_fire(self) -> bool | None:
        if self.lemma == UNDER_FIRE:
            return not _criticised(self.cut, self.found)
        return False if _in_words(self.cut, self.found) else None

    def blame_or_harm(self) -> bool | None:
        if self.cls == "blame":
            return bool(blamed_by(self.cut, self.found))
        return wounded(self.cut, self.found) is not None if self.cls == "casualty" and self.found.noun else None

    def taking(self) -> bool | None:
        """Ground or people are taken, and no explosives, and nothing on film."""
        if self.cls not in ("seize", "regain"):
            return None
        if any(c.kind == "weapon" for c in self.behind(2)):
            return False  # "captured explosives"
        on = {t.low for t in self.cut.tokens[self.found.last : self.found.last + 8]}
        if self.lemma.startswith("capture") and {"on", "by"} & on and on & _FILMS:
            return False  # "captured on closed-circuit television"
        return takes_people(self.cut, self.found) or takes_ground(self.cut, self.found)

    def ruin(self) -> bool | None:
        found = self.found
        if self.cls not in ("wreck", "burnt"):
            return None
        if (
            found.trigger.form in ("past", "participle")
            and found.first
            and self.cut.tokens[found.first - 1].low in kinds.OF_THINGS
        ):
            return False  # "a heap of burned trucks"
        things = any(c.kind == "site" and -12 <= c.first - found.last <= 8 for c in self.near)
        done = self.cls == "wreck" or any(c.kind in ("group", "actor") for c in self.near)
        return (things and done) or by_bomb(self.cut, found)

    def invasion(self) -> bool | None:
        if self.lemma == "derail":
            return any(c.kind == "site" for c in self.behind(3))
        if self.lemma != "invade":
            return None
        entered = next(iter(self.behind(3)), None)
        armed = any(c.kind in ("group", "actor") and c.last <= self.found.first for c in self.near)
        return armed and entered is not None and entered.kind in SPOT and entered.head not in _WHOLE_LANDS

    def of_persons(self) -> bool | None:
        """What is done to persons alone, and with what."""
        if self.lemma in _OF_PERSONS:
            return self.found.passive or any(c.kind in VICTIM for c in self.behind(5))
        if self.lemma not in ("chop", "slash"):
            return None
        armed = any(c.kind == "weapon" for c in self.near)
        return _of_people(self.cut, self.found) and (armed or not _LIMBS.isdisjoint(t.low for t in self.cut.tokens))

    def led_away(self) -> bool | None:
        if not self.lemma.endswith((" away", " off")):
            return None
        hands = any(_bears_arms(self.cut, c) and kinds.side_of(self.cut, c) != "S" for c in self.near)
        hands = hands or any(t.low in ("gunpoint", "knifepoint") for t in self.cut.tokens)
        whom = (c.kind in ("people", "voice") or (c.kind == "group" and c.first >= self.found.last) for c in self.near)
        them = any(t.low in ("him", "her", "them") for t in self.cut.tokens[self.found.first + 1 : self.found.first + 2])
        return hands and (them or any(whom))

    def theft(self) -> bool | None:
        boards = self.lemma == "board"
        if boards and not any(c.head.split(" ")[-1] in _SHIPS and _beside(self.found, c) for c in self.near):
            return False
        return any(_bears_arms(self.cut, c) for c in self.near) if self.cls == "theft" else None

    def engaging(self) -> bool | None:
        if self.cls != "engage":
            return None
        return any(c.kind in ("people", "group", "weapon") or c.head in _CRAFT for c in self.behind(4))

    def foiling(self) -> bool | None:
        """A munition or an attack is stopped."""
        if self.cls != "foil":
            return None
        of_people = self.lemma.startswith("neutrali") and _of_people(self.cut, self.found)
        if of_people or self.lemma.startswith(_DONE_AWAY[1:]):
            return False  # people, and no munition
        if self.lemma in ("defuse", "deactivate") and self.found.trigger.form == "ing":
            return False  # "known for defusing bombs": a trade
        stopped = any(t.low in _STOPPED for t in self.cut.tokens)
        return stopped or any(c.kind == "weapon" for c in self.cut.chunks)

    def claiming(self) -> bool | None:
        if self.cls != "claimed":
            return None
        named = any(c.kind == "actor" and c.last == self.found.first for c in self.cut.chunks)
        return not named and any(t.low in _CLAIMS for t in self.cut.tokens)


_IN_TURN = (
    _Word.execution, _Word.with_arms, _Word.weapon, _Word.under_fire, _Word.blame_or_harm, _Word.taking, _Word.ruin,
    _Word.invasion, _Word.of_persons, _Word.led_away, _Word.theft, _Word.engaging, _Word.foiling, _Word.claiming,
)  # fmt: skip
_STOPPED = frozenset(("attack", "attacks", "strike", "strikes", "raid", "assault", "plot"))
_CLAIMS = frozenset(("claimed", "claims", "announced", "announces", "carried", "conducted", "responsibility"))


def _antecedents(cut: Chunked, of: int) -> set[int]:
    """Where the words end that a clause is said of which begins at a token: "the school in Lima, which"; none below 0."""
    if of < 0:
        return set()
    ends = [of - (cut.tokens[of - 1].text == ",")]
    while (at := next((c for c in cut.chunks if c.last == ends[-1] and c.kind in SPOT), None)) is not None:
        k = at.first - (at.first > 0 and cut.tokens[at.first - 1].low in ARTICLES)
        if not k or cut.tokens[k - 1].low not in _IN:
            break
        ends.append(k - 1)
    return {of, *ends}


_IN = frozenset(("in", "at", "near", "on", "outside", "inside", "of"))


def _bears_arms(cut: Chunked, chunk: Chunk) -> bool:
    """Whether somebody is an armed party, or is said to be armed: "armed youths"."""
    lows = [t.low for t in cut.tokens[max(0, chunk.first - 1) : chunk.last]]
    return chunk.kind in ("group", "actor") or (chunk.kind == "people" and not {"armed", "masked"}.isdisjoint(lows))


def _with_arms(cut: Chunked, found: Found, near: list[Chunk]) -> bool | None:
    """Of verbs that tell of a deed only with arms of some kind, whether they stand by: a bomb put somewhere, a charge set off,
    drones used against somebody; None of any other verb."""
    known = [(lexicon().weapons[c.head], c) for c in near if c.head in lexicon().weapons]
    if found.trigger.lemma == "set off":
        charge = CHARGES & {t.low for t in cut.tokens[found.last : found.last + 4]}
        return bool(charge) or any(c.kind == "weapon" and found.last <= c.first <= found.last + 4 for c in near)
    if found.trigger.lemma in DRIVEN:
        return _carries_bomb(found, near) or rams(cut, found)
    if found.trigger.lemma == "use against":
        return any(kind not in ("arms", "chemical") and _beside(found, c) for kind, c in known)
    if found.trigger.lemma in ("put bomb", "put bombs", "lay bomb", "lay bombs"):
        return any(kind == "ied" and _beside(found, c) for kind, c in known)
    return None


def _carries_bomb(found: Found, near: list[Chunk]) -> bool:
    """ "Drove a car packed with explosives into", "rammed an explosive-laden truck": a vehicle, and what blows up aboard."""
    bombs = [c for c in near if lexicon().weapons.get(c.head) in ("ied", "suicide") and 0 <= c.first - found.first <= 9]
    driven = [c for c in near if c.kind == "site" and found.last <= c.first]
    return any(" " in bomb.head or any(c.first < bomb.first for c in driven) for bomb in bombs)


def _beside(found: Found, chunk: Chunk) -> bool:
    """Whether a stretch stands where a verb's object does: right behind, or before its passive."""
    return 0 <= (found.first - chunk.last if found.passive else chunk.first - found.last) <= 4


_FILMS = grammar("roles.films")
_LIMBS = frozenset(("arm", "arms", "hand", "hands", "leg", "legs", "face", "neck", "throat", "head", "back", "finger", "fingers"))
_LANDS = ("land", "come down")
"""What a craft does that brings people, and a shell too."""
_WHOLE_LANDS = frozenset(("territory", "country", "airspace"))
_OF_PERSONS = frozenset("hold hostage|hold captive|snatch|cut down|mow down|club|bludgeon|flog|pick off".split("|"))


def _of_people(cut: Chunked, found: Found) -> bool:
    """Whether a verb is said of people: as its object, or as the subject of its passive."""
    if found.passive:
        subject = subject_of(cut, found.first, left_bound(cut, found.first))
    else:
        subject = next((c for c in cut.chunks if found.last <= c.first <= found.last + 3), None)
    return subject is not None and subject.kind in ("people", "group", "actor", "number")


def _criticised(cut: Chunked, found: Found) -> bool:
    """ "Came under fire for the delay", "from residents": with words, and not with guns."""
    behind = [t.low for t in cut.tokens[found.last : found.last + 2]]
    if behind[:1] in (["for"], ["over"]):
        return not (found.last + 1 < len(cut.tokens) and cut.at[found.last + 1] >= 0 and _kind(cut, found.last + 1) == "time")
    people = any(c.kind == "people" and found.last < c.first <= found.last + 3 for c in cut.chunks)
    return behind[:1] == ["from"] and (people or behind[-1] in kinds.public())


_ANYBODY = frozenset(("men", "people", "persons", "individuals", "youths"))


def _in_words(cut: Chunked, found: Found) -> bool:
    """ "Ambushed by his own backbenchers", "by reporters": by nobody who bears arms, to no armed party, and nobody was hurt."""
    if found.trigger.lemma != "ambush" or found.noun or not found.passive or is_hurtful(cut):
        return False
    by = next((k for k in range(found.last, min(found.last + 4, len(cut.tokens))) if cut.tokens[k].low == "by"), None)
    if by is None:
        return False
    near = [c for c in cut.chunks if by < c.first <= by + 4]
    armed = any(c.kind in ("group", "actor", "state", "adjective", "name") or c.head in _ANYBODY for c in near)
    subject = subject_of(cut, found.first, left_bound(cut, found.first))
    return not armed and (subject is None or subject.kind not in ("group", "actor", "site", "area", "number"))


def _kind(cut: Chunked, k: int) -> str:
    return cut.chunks[cut.at[k]].kind if cut.at[k] >= 0 else ""


def refers(cut: Chunked, found: Found, others: list[Found]) -> bool:
    """ "After the strike, an aircraft attacked": a noun that only points back to what was told, before words that tell."""
    before = " ".join(t.low for t in cut.tokens[max(0, found.first - 5) : found.first])
    told = any(o is not found and o.trigger.cls not in (*HARM, "blame") for o in others)
    return found.noun and told and _POINTS_BACK.search(before) is not None


_POINTS_BACK = re.compile(r"\b(?:after|following) (?:the|that|this|(?:\w+ )?\w+day(?: \w+)? ['’]s)$")
_SHIPS = frozenset(("tanker", "tankers", "ship", "vessel", "freighter", "carrier", "trawler", "dhow", "yacht", "ferry", "barge"))
