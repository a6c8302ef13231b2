"""Who does it: the parties that govern a word for a happening in its clause, or stand behind its "by"."""

from __future__ import annotations

import re
from dataclasses import replace

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.read.beside import (
    ARTICLES,
    OUT,
    PARTY,
    as_mention,
    before_of,
    named_behind,
    owner_of,
    shares_subject,
    subject_of,
    token_before,
    unfolded,
)
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.forms import DIES, HARM, UNDER_FIRE
from crossbearing.read.harm.words import BODIES
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.no_doers import AFTER
from crossbearing.read.phrasal import meets_mine
from crossbearing.read.realis import negated
from crossbearing.read.triggers import Found


def doers_of(cut: Chunked, found: Found, lo: int) -> list[Mention]:
    """Who does it, by the words of the clause alone."""
    if cut.tokens[found.first].low in _FINDS and BODIES & {t.low for t in cut.tokens[found.first : found.first + 9]}:
        return []  # "police recovered the bullet-riddled body of a man"
    by = _by(cut, found) if found.trigger.cls != "foil" else None
    if not by and not found.noun and (was := shares_subject(cut, found.first)) is not None:
        by = _by(cut, replace(found, first=was + 1, last=was + 2, passive=True))
    if by:
        return [as_mention(c) for c in by]
    if found.trigger.cls == "casualty" and (found.passive or found.trigger.lemma in DIES):
        return [as_mention(c) for c in _fought(cut, found) or _came_then(cut, found)]
    if found.trigger.cls == "foil":
        return [as_mention(c) for c in _whose_stopped(cut, found, lo)]
    if found.trigger.cls == "blast" and not found.noun:
        return []  # "a car carrying soldiers exploded"
    if found.noun:
        return [as_mention(c) for c in _noun_doer(cut, found, lo)]
    counted = found.first and cut.at[found.first - 1] >= 0 and cut.chunks[cut.at[found.first - 1]].kind == "number"
    if found.trigger.cls == "casualty" and counted and found.trigger.form in ("past", "participle"):
        return []  # "the army speaks of 13 killed"
    if taken := fell_to(cut, found):
        return [as_mention(unfolded(cut, c)) for c in taken]
    if found.passive and (came := _came_then(cut, found)):
        return [as_mention(c) for c in came]
    if found.passive or found.trigger.lemma in TREAD or sent_by_others(cut, found):
        return []
    if found.trigger.lemma in ("hit", "strike") and meets_mine(cut, found.first):
        return []  # "14 died when their convoy hit a mine"
    subject = _whose_enemies(cut, subject_of(cut, found.first, lo))
    if found.trigger.cls == "suicide" and (subject is None or subject.kind not in PARTY):
        # "A suspected X woman blew herself up": hers is the party that her description names.
        sent = [c for c in cut.chunks if lo <= c.first < found.first and before_of(cut, c) not in OUT and _of_a_party(cut, c)]
        if sent:
            return [as_mention(sent[-1])]
    subject = _said_of_first(cut, found, subject) or subject or _before_aside(cut, found.first)
    if subject is not None and found.trigger.lemma not in DIES and (_unnamed(cut, subject) or _does(cut, found, subject)):
        return [as_mention(subject)]
    if subject is None or subject.kind not in PARTY:
        of = owner_of(cut, subject) if subject and subject.kind == "weapon" else None
        return [as_mention(unfolded(cut, of))] if of else []
    if found.trigger.lemma in DIES:
        return []
    return [_one_of(cut, found, c) or as_mention(unfolded(cut, c)) for c in together(cut, subject)]


_LAUNCHED = (["launched", "by"], ["fired", "by"], ["sent", "by"], ["flown", "by"])


def _whose_stopped(cut: Chunked, found: Found, lo: int) -> list[Chunk]:
    """ "Shot down five Russian drones", "drones of X were downed", "a missile fired by X was intercepted": whose attack that was,
    where the words for what was stopped say so."""
    tokens = cut.tokens
    if found.noun or found.passive:
        stopped = [c for c in cut.chunks if lo <= c.first < found.first][::-1] if not found.noun else []
    else:
        stopped = [c for c in cut.chunks if c.first >= found.last and not _hangs_off(cut, found.last, c.first)]
    weapon = next((c for c in stopped if c.kind == "weapon"), None)
    if weapon is None:
        return []
    behind = next((c for c in cut.chunks if c.first > weapon.last and c.kind in PARTY), None)
    if behind is not None:
        between = [t.low for t in tokens[weapon.last : behind.first] if t.low != "the"]
        if between == ["of"] or between in _LAUNCHED:
            return [behind]
    prior = next((c for c in cut.chunks if c.last == weapon.first and c.kind in PARTY), None)
    return [prior] if prior is not None and prior.first >= lo else []


def _hangs_off(cut: Chunked, start: int, end: int) -> bool:
    """Whether a preposition other than "of", or a comma, stands between two tokens."""
    return any(t.low in OUT - {"of"} or t.text in ",;" for t in cut.tokens[start:end])


def _whose_enemies(cut: Chunked, subject: Chunk | None) -> Chunk | None:
    """ "Soldiers fighting X killed nine": the soldiers."""
    if subject is None:
        return None
    k = subject.first - 1
    while k > 0 and cut.tokens[k].low in _BEFORE_ENEMIES:
        k -= 1
    if not k or cut.tokens[k].low not in AFTER:
        return subject
    theirs = next((c for c in cut.chunks if c.last == k and c.kind in (*PARTY, "people")), subject)
    return None if before_of(cut, theirs) in OUT else theirs  # "fired on vigilantes pursuing bandits"


_BEFORE_ENEMIES = frozenset((*ARTICLES, "suspected", "alleged", "for"))
_FINDS = frozenset(("found", "discovered", "recovered", "retrieved"))


def fell_to(cut: Chunked, found: Found) -> list[Chunk]:
    """ "The town fell to X": to whom."""
    to = found.trigger.lemma == "fall" and [t.low for t in cut.tokens[found.last : found.last + 1]] == ["to"]
    party = next((c for c in cut.chunks if to and found.last < c.first <= found.last + 3 and c.kind in PARTY), None)
    return listed(cut, party) if party else []


def _one_of(cut: Chunked, found: Found, subject: Chunk) -> Mention | None:
    """ "The Syrian stabbed two men", "an Israeli who shot ...": one person of a land, and not its forces."""
    ahead = cut.tokens[subject.last].low if subject.last < len(cut.tokens) else ""
    alone = subject.last == found.first or ahead in ("who", "had", "has", "then", "later", "allegedly", "—", "–")
    before = cut.tokens[subject.first - 1].low if subject.first else ""
    one = before in ("a", "an") and ahead in ("and", ",")
    stands = subject.kind == "adjective" and (one or (alone and (before in ARTICLES or ahead == "who")))
    return Mention(subject.span, MentionKind.PEOPLE) if stands else None


def _came_then(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Eight died when gunmen stopped their bus": who came, where no other word says what they did."""
    for k in range(found.last, min(found.last + 24, len(cut.tokens) - 1)):
        if cut.tokens[k].low != "when" or cut.at[k] >= 0:
            continue
        came = next((c for c in cut.chunks if k < c.first <= k + 3 and c.kind in ("group", "people")), None)
        if came is None or not (came.head in _IRREGULARS or came.head in _MEN):
            return []
        whose = unfolded(cut, came)
        acts = any(t.low.endswith("ed") for t in cut.tokens[whose.last : whose.last + 2])
        return [whose] if acts else []
    return []


_IRREGULARS = grammar("kinds.group") | {"attackers", "assailants", "robbers", "kidnappers"}


def _of_a_party(cut: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch is a party, or people whose words name one by a capital."""
    named = any(t.text[0].isupper() for t in cut.tokens[max(1, chunk.first) : chunk.last])
    return chunk.kind == "actor" or (chunk.kind == "people" and named)


def _said_of_first(cut: Chunked, found: Found, nearest: Chunk | None) -> Chunk | None:
    """ "Armed men blocked the road, took people off buses, and shot 23": the last verb of a row has the first one's subject, be
    it "and then opened fire" or "and tried to behead them", and not the party right before "and"."""
    k = found.first - 1
    if k > 2 and cut.tokens[k].low == "to" and cut.tokens[k - 1].low in ("tried", "attempted", "began", "managed"):
        k -= 2
    elif found.trigger.form not in ("past", "participle") and cut.tokens[found.first].low not in _UNCHANGED:
        return None
    while k > 2 and cut.tokens[k].low in _THEN:
        k -= 1
    if k < 2 or cut.tokens[k].low not in ("and", ","):
        return None
    if nearest is not None and nearest.kind in PARTY and any(t.low.endswith("ed") for t in cut.tokens[nearest.last : k]):
        return None  # "soldiers responded and killed three"
    first = next((c for c in cut.chunks if c.kind not in ("time", "number")), None)
    opens = next((t for t in cut.tokens if t.text.isalnum()), None)
    if first is None or not (first.kind in PARTY or first.head in _MEN) or opens is None:
        return None
    if any(t.text in '.;:"“' or t.low in lexicon().speech for t in cut.tokens[first.last : k]):
        return None  # "the army said a bomb killed two people and injured six"
    counted = any(c.kind == "number" and 0 < first.first - c.first <= 3 for c in cut.chunks)  # "dozens of masked settlers"
    if (before_of(cut, first) in OUT and not counted) or any(
        t.low in ("that", "who", "which", "but", "while") for t in cut.tokens[first.last : k]
    ):
        return None
    # "Seven men in hoods overpowered ... and"
    began = (t.low.endswith(("ed", "ew", "ook", "ame", "ent", "ot", "urnt")) for t in cut.tokens[first.last : first.last + 4])
    acts = first.last < k and any(began)
    return first if acts else None


def _before_aside(cut: Chunked, k: int) -> Chunk | None:
    """ "X, which is allied to Y, fired": who stands before what is said in between."""
    while k > 1 and cut.tokens[k - 1].low in _HAS:
        k -= 1
    if k < 4 or cut.tokens[k - 1].text != ",":
        return None
    opens = next((j for j in range(k - 2, 0, -1) if cut.tokens[j].text == "," and cut.tokens[j + 1].low in _ASIDE), 0)
    if any(t.text in ";:" for t in cut.tokens[opens:k]):
        return None
    while opens > 1 and cut.tokens[opens - 1].text in ')”"’':
        opens -= 1
    before = next((c for c in cut.chunks if c.last == opens), None)
    return before if before is not None and before.kind in PARTY and before_of(cut, before) not in OUT else None


_UNCHANGED = frozenset(("set", "hit", "put"))
_ASIDE = frozenset(("which", "who", "whose", "led", "backed", "allied", "loyal", "formerly", "once"))
_HAS = frozenset(("has", "have", "had", "also", "then"))
_THEN = frozenset(("then", "later", "also", "subsequently", "afterwards", "reportedly", "allegedly"))


def _unnamed(cut: Chunked, subject: Chunk) -> bool:
    """ "Unidentified individuals", "masked men": people of whom the words say only that they came to do harm."""
    return (
        subject.kind == "people"
        and subject.last - subject.first > 1
        and cut.tokens[subject.first].low in _UNNAMED
        and subject.head in ("men", "individuals", "persons", "people", "youths")
    )


_UNNAMED = grammar("parties.unnamed")


def _does(cut: Chunked, found: Found, subject: Chunk) -> bool:
    """ "Seven men blew up the office": people of no kind, where a deed is told of them and not just that someone was hurt."""
    deed = found.trigger.cls not in (*HARM, "foil", "blame", "claimed") and not found.noun
    between = range(subject.last, found.first)
    befell = any(cut.tokens[k].low in BE or (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind == "number") for k in between)
    return subject.kind == "people" and subject.head in _MEN and deed and not befell


BE = grammar("triggers.be")
_MEN = frozenset(("man", "men", "individual", "individuals", "person", "persons", "youth", "youths", "strangers"))
LAID = 14


def listed(cut: Chunked, party: Chunk) -> list[Chunk]:
    """A party and those that "and" joins to it behind: "accused A and B of shelling"."""
    found = [party]
    for other in (c for c in cut.chunks if c.first >= party.last and c.kind in PARTY):
        between = [t.low for t in cut.tokens[found[-1].last : other.first]]
        if not between or any(w not in ("and", ",", "the", "a", "an", "both") for w in between):
            break
        found.append(other)
    return found if any(t.low == "and" for t in cut.tokens[party.last : found[-1].first]) else [party]


def together(cut: Chunked, subject: Chunk) -> list[Chunk]:
    """A party and those that are named beside it: "A and B", "A, B and C"."""
    found = [subject]
    parties_ = [c for c in cut.chunks if c.kind in PARTY]
    while (at := parties_.index(found[-1])) > 0:
        other = parties_[at - 1]
        between = [t.low for t in cut.tokens[other.last : found[-1].first]]
        joined = between and all(w in ("and", ",", *ARTICLES) or w in _WHOSE for w in between)
        if not joined or (between == [","] and len(found) == 1):
            break
        found.append(other)
    return [subject] if len(found) > 1 and _befallen(cut, found[-1]) else found[::-1]


EACH_OTHER = re.compile(r" (?:each other|one another)\b")
"""What stands behind the verb where parties blame one another."""


def mutual(cut: Chunked, first: int, last: int) -> list[Chunk]:
    """The parties before a verb whose object is "each other"; none of fewer than two."""
    if not EACH_OTHER.match("".join(f" {t.low}" for t in cut.tokens[last : last + 2])):
        return []
    subject = next((c for c in reversed(cut.chunks) if c.last <= first and c.kind in PARTY), None)
    sides = together(cut, subject) if subject is not None else []
    return sides if len(sides) > 1 else []


_WHOSE = frozenset(("government", "state", "federal", "regime", "junta", "national", "local", "rebel", "allied"))
"""What may say whose the second of two parties is: "X rebels and government troops"."""


def _befallen(cut: Chunked, party: Chunk) -> bool:
    """ "Rebels killed two soldiers and the army shelled their base": whether a deed told before befell a party."""
    k = token_before(cut, party)
    doer = cut.over(k - 1) if k > 0 and cut.tokens[k].low in lexicon().verbs else None
    return doer is not None and doer.kind in (*PARTY, "people", "weapon") and cut.at[k] < 0


TREAD = ("step on", "tread on", "run over", "run onto", "drive over", "drive onto", "go up on")  # a mine: who does is its victim
_ANSWERED = frozenset(("to", "after", "following", "against", "over", "since", "of", "for"))


def _by(cut: Chunked, found: Found) -> list[Chunk]:
    """ "... by X", "by X and Y": the parties behind the trigger."""
    for k in range(found.last, min(found.last + 14, len(cut.tokens))):
        if cut.tokens[k].low == ("from" if found.trigger.lemma == UNDER_FIRE else "by") and cut.at[k] < 0:
            both = [t.low for t in cut.tokens[found.last : k]]  # "was shot and wounded by X"
            joined = found.passive and len(both) == 2 and both[0] == "and" and both[1] in lexicon().verbs
            if k > found.last and not joined and _by_another_verb(cut, found, k - 1):
                continue  # "the airbase, held by X": X holds it, and does not strike it
            nxt = next(
                (
                    c
                    for c in cut.chunks
                    if k < c.first <= k + 3
                    and all(
                        t.low in ARTICLES or not t.text.isalnum() or counts_next(cut, n)
                        for n, t in enumerate(cut.tokens[k + 1 : c.first], k + 1)
                    )
                ),
                None,
            )
            if (
                nxt
                and nxt.kind in ("state", "adjective")
                and nxt.last < len(cut.tokens)
                and cut.at[nxt.last] >= 0
                and cut.chunks[cut.at[nxt.last]].kind in ("site", "area")
            ):
                return []
            if nxt and nxt.kind == "number":
                nxt = next((c for c in cut.chunks if c.first == nxt.last), None)
            if nxt and nxt.kind == "weapon":
                return [owner] if (owner := owner_of(cut, nxt)) else []
            if nxt and (nxt.kind in PARTY or (nxt.kind == "people" and found.passive)):
                return [unfolded(cut, named_behind(cut, c)) for c in _side_by_side(cut, found, nxt)]
            return []
        another = k > found.last and cut.tokens[k].low in lexicon().nouns and cut.tokens[k - 1].low in _ANSWERED
        ends = [t.low for t in cut.tokens[k : k + 2]]
        if len(ends) == 2 and ends[0] in ("before", "until", "till") and ends[1] in ("he", "she", "they", "being"):
            return []  # "killed five before he was shot by police"
        if cut.tokens[k].text in ";:" or cut.tokens[k].low in ("said", "according") or another:
            return []  # "strikes in answer to attacks by X": the attacks are by X
    return []


def _by_another_verb(cut: Chunked, found: Found, k: int) -> bool:
    """ "The airbase, held by X", "after the raid there were marches by X": "by" behind token k is said of something else; not of
    "the raid was staged by X"."""
    word = cut.tokens[k].low
    if found.noun and "there" in (t.low for t in cut.tokens[found.last : k]):
        return True
    staged = found.noun and word in lexicon().support | {"perpetrated"} and cut.tokens[k - 1].low in BE
    return (word.endswith("ed") and not staged) or word in _OTHERS


_OTHERS = grammar("parties.others")


def _side_by_side(cut: Chunked, found: Found, party: Chunk) -> list[Chunk]:
    """Those that "by" names together; not "killed by X and Y struck back": there a new clause begins, as it does not in "strikes
    by X and Y hit"."""
    sides = listed(cut, party)
    last = sides[-1].last
    ahead = cut.tokens[last].low if last < len(cut.tokens) else ""
    begins = ahead in lexicon().verbs or ahead in lexicon().speech or ahead in BE or ahead in ("'s", "’s", "has", "have", "had")
    return [party] if begins and not found.noun else sides


def _noun_doer(cut: Chunked, found: Found, lo: int) -> list[Chunk]:
    """ "A US airstrike", "X's attack", "X carried out an attack"."""
    if found.trigger.cls == "clash" and (sides := _fights_with(cut, found.last)) is not None:
        return sides
    k = found.first - 1
    while (
        k >= lo
        and (cut.at[k] < 0 or cut.chunks[cut.at[k]].kind in ("weapon", "number") or _in_groups(cut, k, found))
        and cut.tokens[k].low not in OUT
        and cut.tokens[k].text not in ",;."
    ):
        if cut.tokens[k].low in lexicon().support or cut.tokens[k].low in ("behind", "launched"):
            if _asked_who(cut, k):
                return []
            subject = subject_of(cut, k, lo)
            return [unfolded(cut, c) for c in together(cut, subject)] if subject and subject.kind in PARTY else []
        if cut.tokens[k].low in _ON_IT:
            return []  # "police investigate a shooting": it is not theirs
        if cut.tokens[k].low in lexicon().verbs or cut.tokens[k].low in lexicon().speech:
            break
        k -= 1
    if k >= lo and cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in PARTY and found.first - k <= 6:
        owner = cut.chunks[cut.at[k]]
        verb_between = any(t.low in lexicon().support for t in cut.tokens[k + 1 : found.first])
        if found.first - owner.last <= 3 or verb_between:
            return [owner]
    for k in range(found.first - 1, max(lo - 1, found.first - 8), -1):
        if cut.tokens[k].low in _ON_IT:
            break
        if cut.tokens[k].low in lexicon().support and cut.at[k] < 0:
            if cut.tokens[k].low.startswith("claim") and negated([t.low for t in cut.tokens[max(lo, k - 3) : k]]):
                return []  # "has neither claimed nor denied it"
            subject = subject_of(cut, k, lo)
            if subject and subject.kind in PARTY:
                return [unfolded(cut, subject)]
    return []


def _sides(cut: Chunked, between: int) -> list[Chunk]:
    """ "Between A and B", "between the X and Y clans": who fights whom. Two names alone are of places, and of "between rival
    militias in Tripoli, Libya" the one side alone is named."""
    end = next((k for k in range(between, len(cut.tokens)) if cut.tokens[k].text in ",.;:"), len(cut.tokens))
    near = [c for c in cut.chunks if between < c.first and c.last <= end and c.kind in (*PARTY, "people", "name")]
    one = next((c for c in near if c.first <= between + _NEAR), None)
    if one is None:
        return []
    other = next((c for c in near if _joined_by_and(cut, one, c)), None)
    if one.kind == "name":
        return [one, other] if other is not None and other.kind in ("group", "people") else []
    return [one, other] if other is not None else [one] if one.kind in PARTY else []


_NEAR = 4
"""So many words behind "between" the first of two sides begins."""


def _fought(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Ten were killed in fighting between A and B": both, where no other word says who did it; "in a clash with A": A."""
    for k in range(found.last + 1, min(found.last + LAID, len(cut.tokens))):
        if cut.tokens[k - 1].low in _FIGHTS and (sides := _fights_with(cut, k)) is not None:
            return sides
    return []


def _fights_with(cut: Chunked, k: int) -> list[Chunk] | None:
    """Who fights, by the words right behind a word for a fight: "between A and B", "with A"; None where they say nothing of it.
    Who shoots it out with the police is whom the police looked for."""
    word = cut.tokens[k].low if k < len(cut.tokens) else ""
    if word == "between":
        return _sides(cut, k)
    foe = next((c for c in cut.chunks if word in ("with", "against") and k < c.first <= k + 3 and c.kind in PARTY), None)
    if foe is None or "police" in foe.head or foe.head == "officers":
        return None
    return [unfolded(cut, c) for c in listed(cut, foe)]


_FIGHTS = frozenset(
    ("fighting", "clash", "clashes", "fights", "battle", "battles", "gunfight", "firefight", "feud", "hostilities")
)


def _joined_by_and(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """Whether "and" joins two sides, whatever else is said of the first: "soldiers in X and rebels", but not "in X and Y"."""
    between = [t.low for t in cut.tokens[one.last : other.first]]
    return "and" in between and (other.kind != "name" or between[0] == "and")


def _in_groups(cut: Chunked, k: int, found: Found) -> bool:
    """ "Delivered a group strike": how it was done, and by nobody."""
    return k == found.first - 1 and cut.tokens[k].low == "group" and cut.tokens[k - 1].low in ("a", "an", "another", "massed")


def _asked_who(cut: Chunked, k: int) -> bool:
    """ "Police look into who was behind the raid": nobody is named."""
    who = next((n for n in range(k - 1, max(0, k - 4), -1) if cut.tokens[n].low == "who"), 0)
    return who > 0 and cut.at[who - 1] < 0 and cut.tokens[who - 1].text.isalpha()


_ON_IT = grammar("parties.on_it")


def sent_by_others(cut: Chunked, found: Found) -> bool:
    """ "Nine of the drones launched at the port": a participle on a weapon that is nobody's in these words."""
    k = found.first - 1
    if found.noun or found.last - found.first > 1 or found.last >= len(cut.tokens):
        return False
    if k < 0 or cut.at[k] < 0 or cut.chunks[cut.at[k]].kind != "weapon":
        return False
    if before_of(cut, cut.chunks[cut.at[k]]) == "with":
        return False  # "a man with a rifle fired at the gate"
    owner = [t.low for t in cut.tokens[max(0, cut.chunks[cut.at[k]].first - 1) : k]]
    return cut.tokens[found.last].low in ("at", "from", "toward", "towards", "against") and not {"its", "their"} & set(owner)


def counts_next(cut: Chunked, k: int) -> bool:
    """Whether a word is the number of those that the next chunk speaks of."""
    after = next((c for c in cut.chunks if c.first >= k), None)
    many = after.number.span if after and after.number else None
    return many is not None and many.start <= cut.tokens[k].start < many.end
