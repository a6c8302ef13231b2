"""Where and when, in the words' own places: the spots and times of a clause, without those of its reasons and its dateline."""

from __future__ import annotations

import re

from crossbearing.read.beside import OUT, SPOT, before_of, is_headline
from crossbearing.read.bounds import left_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.targets import OF_PEOPLE, is_of
from crossbearing.read.triggers import Found
from crossbearing.read.voices import Voice
from crossbearing.words import datelines
from crossbearing.words.time_forms import Bound, Length, TimeWords
from crossbearing.words.times import is_stamp

COMPASS = grammar("spots.compass")
_INTO_STATE = COMPASS | frozenset(
    ("in", "across", "inside", "into", "and", ",", "neighboring", "neighbouring", "from", "'s", "’s", "within", "throughout")
)


_OPENS = frozenset(("", ",", ";", ":", "when", "while", "after", "as", "that", "where", "and"))


def _with_others(cut: Chunked, state: Chunk) -> bool:
    """Whether a state stands beside those of another: "U.S. and Iraqi troops"."""
    joined = state.last + 1 < len(cut.tokens) and cut.tokens[state.last].low in ("and", "or") and cut.at[state.last + 1] >= 0
    return joined and cut.chunks[cut.at[state.last + 1]].kind in ("group", "actor", "people")


def spots_of(
    cut: Chunked, found: Found, lo: int, hi: int, heard: list[Voice], zones: list[tuple[int, int]], head: int
) -> list[Chunk]:
    """The places of the clause, those behind the trigger first; else of the sentence. A voice's own country is none; what was
    done "there" was where the sentence before tells."""
    voices = [v.source.span for v in heard if v.source]
    cue = [v.cue for v in heard]

    def off(c: Chunk) -> bool:
        """Whether the stretch stands in words for why or since when, or in the dateline."""
        return c.first < head or any(a <= c.first < b and not a <= found.first < b for a, b in zones)

    def usable(c: Chunk) -> bool:
        if c.kind not in (*SPOT, "state") or not c.named or any(s.meets(c.span) for s in voices) or off(c):
            return False
        if c.kind == "state" and before_of(cut, c) not in _INTO_STATE:
            return False
        if c.kind == "state" and c.last < len(cut.tokens) and (cut.at[c.last] >= 0 or _acts_next(cut, c)):
            return False  # "US bases", "Israel bombed": the state is a party here
        if c.kind == "state" and before_of(cut, c) in _OPENS and _with_others(cut, c):
            return False  # "U.S. and Iraqi troops fought"
        if before_of(cut, c) in ("in", "of", "at") and any(v.source and 0 < c.first - v.source.last <= 2 for v in heard):
            return False  # "the ministry in Moscow": where the voice sits
        if (before_of(cut, c) == "to" and _ties(cut, c)) or _sent_from(cut, c) or _they_come_from(cut, c, found):
            return False
        if _brought_there(cut, c) and found.trigger.cls != "change-to-group":  # troops that are sent are news where they come to
            return False
        owner = c.last + 1 < len(cut.tokens) and cut.tokens[c.last].low in ("'s", "’s")
        if c.kind in ("name", "state") and owner and _owns(cut, c.last + 1):
            return False
        if c.kind == "name" and (cut.tokens[c.last - 1].low in _UNITS or not _located(cut, c, found)):
            return False
        return before_of(cut, c) != "from" or c.kind != "state"

    all_ = [c for c in cut.chunks if usable(c)]
    # Where people live is where it was, if nothing else is told.
    all_ = [c for c in all_ if not _is_home(cut, c)] or [c for c in all_ if cut.tokens[c.first - 2].low not in _LIVES]
    inside = [c for c in all_ if lo <= c.first < hi]
    behind = [c for c in inside if c.first >= found.last]
    before = [c for c in inside if c.last <= found.first]
    chosen = behind + before if not found.passive else before + behind
    if all(c.kind == "state" for c in chosen):
        rest = [c for c in all_ if c not in chosen and not any(abs(c.first - k) < 2 for k in cue) and not _parted(cut, found, c)]
        chosen = chosen + sorted(rest, key=lambda c: abs(c.first - found.first))
    chosen = _owned_first(cut, chosen)
    framed = [c for c in all_ if c not in chosen and c.last <= found.first and _frames(cut, c, head)]
    if found.last < len(cut.tokens) and cut.tokens[found.last].low == "there":
        chosen = [c for c in chosen if c.first > found.last and not any(found.last <= k <= c.first for k in cue)]
    return (chosen + framed)[:6]


def _acts_next(cut: Chunked, c: Chunk) -> bool:
    """Whether a verb follows a state that is its doer: "Israel bombed", but not "air strikes in Syria killed"."""
    return cut.tokens[c.last].low in lexicon().verbs and before_of(cut, c) not in ("in", "inside", "across")


def _owned_first(cut: Chunked, chosen: list[Chunk]) -> list[Chunk]:
    """ "Idlib's Ariha": the finer place before the one that it belongs to."""
    owned = {c.first - 1: c for c in chosen if before_of(cut, c) in _OWNED}
    found: list[Chunk] = []
    for c in chosen:
        found += [one for one in (owned.get(c.last), c) if one is not None and one not in found]
    return found


def _frames(cut: Chunked, c: Chunk, head: int) -> bool:
    """ "In X, the mission was told that a shell ...": a place that opens the sentence is where all of it happened."""
    opens = c.first - head <= 4 and before_of(cut, c) in ("in", "at", "near", "outside")
    return opens and c.kind != "state" and c.last < len(cut.tokens) and cut.tokens[c.last].text == ","


_UNITS = frozenset(
    ("infantry", "cavalry", "artillery", "regiment", "brigade", "battalion", "corps", "division", "guards", "rifles", "fusiliers",
     "rangers", "marines", "squadron", "command")
)  # fmt: skip


def _parted(cut: Chunked, found: Found, c: Chunk) -> bool:
    """Whether a semicolon stands between: what it parts tells of its own."""
    return any(t.text == ";" for t in cut.tokens[min(c.last, found.last) : max(c.first, found.first)])


def _sent_from(cut: Chunked, c: Chunk) -> bool:
    """ "Drones launched from Kursk and Millerovo": where they came from is not where it happened."""
    near = [t.low for t in cut.tokens[max(0, c.first - 6) : c.first]]
    if "from" not in near:
        return False
    at = len(near) - 1 - near[::-1].index("from")
    sent = any(w in ("launched", "fired", "sent") for w in near[max(0, at - 1) : at])
    return sent and not any(w in ("at", "on", "in", "toward", "towards", "against", "to", "into", "over") for w in near[at:])


def _is_home(cut: Chunked, c: Chunk) -> bool:
    """ "Omar Hassan, 34, of Lagos", "the two men, both from Kano", "X Y (resident of Kohat)": where people live."""
    k = c.first - 2
    if k > 0 and cut.tokens[k].low in _LIVES and cut.tokens[k + 1].low == "of" and cut.tokens[k - 1].text in ",:(;":
        return True
    if k > 0 and cut.tokens[k].low in ("both", "all"):
        k -= 1
    return k > 0 and cut.tokens[c.first - 1].low in ("of", "from") and cut.tokens[k].text == "," and _who(cut, k)


_LIVES = frozenset(("resident", "residents", "native", "natives", "inhabitant", "inhabitants"))


def _who(cut: Chunked, comma: int) -> bool:
    """Whether a person, or somebody's age, stands right before a comma."""
    k = cut.at[comma - 1]
    if k < 0:
        return cut.tokens[comma - 1].low.isdigit()
    chunk = cut.chunks[k]
    aged = chunk.kind == "number" and chunk.number is not None and (chunk.number.high or 999) < 120
    return chunk.kind in ("people", "voice", "name") or aged or (chunk.time is not None and _is_age(chunk.time))


def _is_age(said: TimeWords) -> bool:
    return isinstance(said.form, Length) and said.form.age


def _they_come_from(cut: Chunked, c: Chunk, found: Found) -> bool:
    """ "Police from X near Y were fired upon", "cars on their way from X to Y": where people come from, or are bound for."""
    before = before_of(cut, c)
    if before == "from":
        k = c.first - 2
        come = k >= 0 and (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in ("group", "people", "actor", "voice"))
        ahead = cut.tokens[c.last].low if c.last < len(cut.tokens) else ""
        bound = ahead == "to" and cut.tokens[k].low not in _ROADS
        aged = k >= 0 and cut.tokens[k].low.endswith("-old")  # "killed X, a 34-year-old from Y in Z"
        return (come and (c.last <= found.first or aged)) or bound
    other = next((o for o in reversed(cut.chunks) if o.last <= c.first and o.kind in (*SPOT, "name")), None)
    if other is None or before_of(cut, other) != "from" or c.first - other.last > 2:
        return False
    if before == "to":
        return True
    return before in ("near", "in", "outside", "of") and _they_come_from(cut, other, found)


_BROUGHT = grammar("spots.brought")
_FLOWN_OUT = frozenset(("flown", "airlifted", "evacuated", "rushed", "taken"))
_HOSPITALS = grammar("spots.hospitals")


def _brought_there(cut: Chunked, c: Chunk) -> bool:
    """ "Was flown to Dakar", "died at North Hospital": where people were brought is not where they were hurt."""
    before, near = before_of(cut, c), {t.low for t in cut.tokens[max(0, c.first - 6) : c.first]}
    if before == "to" and near & _FLOWN_OUT:
        return True
    hospital = any(t.low in _HOSPITALS for t in cut.tokens[c.first : c.last + 2])
    return hospital and before in ("to", "at", "in") and bool(near & _BROUGHT)


def _owns(cut: Chunked, i: int) -> bool:
    """Whether what stands behind a possessive is no place: "Gaza's people", against "Iraq's Anbar province"."""
    for k in range(i, min(i + 4, len(cut.tokens))):
        if cut.at[k] >= 0:
            return cut.chunks[cut.at[k]].kind not in ("site", "area", "name")
        if cut.tokens[k].low in COMPASS:
            return False
    return True


_OWNED = frozenset(("'s", "’s"))
_APART = frozenset((",", "(", "-", "–", "—", "|"))
_HITS = frozenset(("target", "targets", "hit", "hits", "strike", "strikes", "pound", "pounds", "rock", "rocks"))


def _located(cut: Chunked, chunk: Chunk, found: Found) -> bool:
    """Whether a bare name stands where a place would: behind a preposition, in a list behind one, or as the trigger's object."""
    if chunk.first and cut.at[chunk.first - 1] >= 0 and cut.chunks[cut.at[chunk.first - 1]].kind in ("people", "voice"):
        return False  # "Judge X"
    if found.noun and found.trigger.lemma in _OF_ONE and is_of(cut, found, chunk):
        return False  # "the murder of X"
    if found.noun and _bears_its_town(cut, chunk, found):
        return True
    before = before_of(cut, chunk)
    if before in _OWNED:  # "Kayah's Demoso": where its owner is a place that is located so
        owner = next((c for c in cut.chunks if c.last == chunk.first - 1), None)
        return owner is not None and owner.kind in ("name", "area", "state") and before_of(cut, owner) in OUT
    ends = chunk.last == len(cut.tokens) or cut.tokens[chunk.last].text in ",)"
    if before in _APART and ends and is_headline(cut):
        return True  # "roadside bomb, Afgooye, 3 dead", "two hurt (Metula)"
    if found.noun and before in _HITS and 0 <= chunk.first - found.last <= 3:
        return True  # "airstrikes target Dael"
    if before in COMPASS or before in ("city", "town", "village", "called", "named", "capital"):
        return True
    if before in OUT - {"by", "with", "from", "like", "than"} or before in _ENTERED or _on_road(cut, chunk):
        return True
    if before in (",", "and"):
        k = next((c for c in reversed(cut.chunks) if c.last <= chunk.first - 1), None)
        return (
            k is not None
            and chunk.first - k.last <= 3
            and (k.kind in ("site", "area", "state") or (k.kind == "name" and _located(cut, k, found)))
        )
    to_people = found.trigger.cls in ("attack", "abduction", "sexual", "casualty", "arrests")
    away = found.first - chunk.last if found.passive else chunk.first - found.last  # "X was shelled", "shelled X"
    if found.passive and any(t.text == "," for t in cut.tokens[chunk.last : found.first]):
        return False  # "a baker from X, is captured": he is
    if found.passive and (found.trigger.cls == "foil" or (found.trigger.cls in ("seize", "regain") and _elsewhere(cut, chunk))):
        return False  # "a Harrier was shot down", "Keller was captured near X"
    return not found.noun and not to_people and 0 <= away <= 2


_ENTERED = frozenset("entered stormed overran reached invaded enter infiltrate penetrate storm overrun".split())


def _on_road(cut: Chunked, chunk: Chunk) -> bool:
    """ "On the road from X to Y", "the highway linking X and Y", "20 km from X": where it begins, or is measured from."""
    before = cut.tokens[chunk.first - 2].low if chunk.first > 1 else ""
    if before_of(cut, chunk) == "from":
        return before in _ROADS or before in _UNITS_OF_LENGTH
    return before_of(cut, chunk) in ("linking", "connecting", "joining") and before in _ROADS


_ROADS = frozenset(("road", "highway", "expressway", "motorway", "way", "route"))
_UNITS_OF_LENGTH = frozenset(("km", "kms", "kilometers", "kilometres", "miles", "metres", "meters"))


def _elsewhere(cut: Chunked, chunk: Chunk) -> bool:
    """Whether another stretch than this one stands where a place would."""
    return any(c is not chunk and c.kind in SPOT and before_of(cut, c) in OUT for c in cut.chunks)


_FATAL = frozenset(("deadly", "fatal", "double", "triple", "mass", "gun", "suicide", "car", "truck", "drive-by"))


_NO_TOWN = frozenset(
    ("night", "dawn", "dusk", "morning", "evening", "midnight", "midday", "weekend", "daylight", "revenge", "reprisal", "cattle",
     "cross-border", "joint")
)  # fmt: skip


def _bears_its_town(cut: Chunked, chunk: Chunk, found: Found) -> bool:
    """ "The Memphis shooting", "after a Kabul bombing": a name right before a deed that is nobody's and done to no one."""
    if cut.tokens[chunk.first].low in _NO_TOWN and chunk.last - chunk.first == 1:
        return False  # "Night raid"
    between = [t.low for t in cut.tokens[chunk.last : found.first]]
    owned = chunk.first > 0 and cut.tokens[chunk.first - 1].low in ("'s", "’s")  # "New Year's Eve shooting"
    one = found.trigger.lemma in _OF_ONE or owned
    return chunk.last <= found.first and all(word in _FATAL for word in between) and not one


_OF_ONE = OF_PEOPLE - {"massacre", "shooting", "stabbing"}


_MOTIVES = re.compile(
    r"\b(?:in (?:\w+ )?(?:(?:response|retaliation|reply|answer|revenge|reprisal|return)(?! (?:on|against|at|after)\b)|support|"
    r"solidarity|protest)|retaliation for|because of|because|since|amid|as part of|over (?:the |its |"
    r"their )?(?:\w+(?:['’]s)? )?(?:support|part|war|backing|role|crimes)|"
    r"after (?:the )?(?:start|outbreak|beginning)|support for|backing|supporting|pointing to|"
    r"against (?:the )?(?:people|crimes)|the war (?:on|in|against)|war (?:on|in)|condemn\w*|crimes|"
    r"gave as (?:a )?reason|for (?:its|their|the) (?:support|crimes|role)|in the name of|the fight against|"
    r"to (?:avenge|support|help|protest)|c(?:ame|omes?|oming) (?:\w+ ){0,3}(?:as|ahead of|amid|despite))\b"
)


def motives(cut: Chunked) -> list[tuple[int, int]]:
    """The stretches of tokens that say why, or since when: what is named there is not where it happened."""
    starts = {m.start() for m in _MOTIVES.finditer(cut.words)}
    if not starts:
        return []
    zones: list[tuple[int, int]] = []
    at = 0
    for i, token in enumerate(cut.tokens):
        if at in starts:
            zones.append((i, _clause_end(cut, i)))
        at += len(token.low) + 1
    return zones


def _clause_end(cut: Chunked, start: int) -> int:
    """The next comma or semicolon outside of brackets."""
    depth = 0
    for k in range(start + 1, len(cut.tokens)):
        text = cut.tokens[k].text
        depth += (text in "([") - (text in ")]")
        if text in ",;" and depth <= 0 and cut.at[k] < 0:
            return k
    return len(cut.tokens)


def dateline(cut: Chunked) -> int:
    """The token behind a dateline or an agency's slug ("BAGHDAD (Reuters) - "); 0 where the sentence has none."""
    found = datelines.dateline(cut_text(cut))
    if found is None:
        return 0
    end = cut.tokens[0].start + found.end
    return next((i for i, t in enumerate(cut.tokens) if t.start >= end), 0)


def cut_text(cut: Chunked) -> str:
    """The first words of the sentence as they stand; it ends where a gap shows that no dateline goes on."""
    out: list[str] = []
    at = cut.tokens[0].start if cut.tokens else 0
    for token in cut.tokens[:40]:
        if token.start - at > 8:
            break
        out.append(" " * (token.start - at) + token.text)
        at = token.end
    return "".join(out)[:200]


def _ties(cut: Chunked, chunk: Chunk) -> bool:
    """ "Factions close to X": a party's ties, not a place."""
    k = chunk.first - 1
    while k > 0 and cut.tokens[k].low in ("to", "close", "loyal", "tied", "linked", "allied", "affiliated", "the", "next"):
        k -= 1
    return k >= 0 and cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in ("group", "people", "actor", "voice")


def times_of(text: str, cut: Chunked, found: Found, heard: list[Voice], zones: list[tuple[int, int]], head: int) -> list[Chunk]:
    """The times of the happening, nearest first: those of what was said are the voices'."""
    spoken = [v.attribution.time.span for v in heard if v.attribution.time]
    found_times = [
        c
        for c in cut.chunks
        if c.kind == "time"
        and c.time is not None
        and not (isinstance(c.time.form, Length) and c.time.form.age)
        and c.span not in spoken
        and c.first >= head
        and not is_stamp(text, c.time)
        and not (c.time.bound is Bound.AFTER and c.last <= found.first <= c.last + 8 and cut.tokens[c.last - 1].low == "after")
        and not any(a < c.first < b and not a <= found.first < b for a, b in zones)
        and not _of_the_law(cut, found, c)
        and not _of_their_freeing(cut, found, c)
        and not _of_a_thing(cut, c)
    ]
    lo = left_bound(cut, found.first)
    if lo and cut.tokens[lo - 1].low in ("who", "whom", "after", "when"):
        # "Marched on Friday for the girls who were abducted on 14 April", "died on Friday after men fired at them on Thursday".
        found_times = [c for c in found_times if c.first >= lo] or found_times
    return sorted(found_times, key=lambda c: (abs(c.first - found.first), c.first))


def _of_a_thing(cut: Chunked, time: Chunk) -> bool:
    """ "Shelled the mosque built in 2014": the year of a thing, and of no deed."""
    before = [t.low for t in cut.tokens[max(0, time.first - 2) : time.first]]
    return before[1:] == ["in"] and before[0] in _MADE


def _of_their_freeing(cut: Chunked, found: Found, time: Chunk) -> bool:
    """ "Were kidnapped in X and freed on Monday": the day on which it ended."""
    between = (t.low for t in cut.tokens[found.last : time.first])
    return found.trigger.cls == "abduction" and time.first >= found.last and not _FREED.isdisjoint(between)


_FREED = frozenset(("freed", "released", "rescued", "escaped"))
_MADE = grammar("spots.made")
_LAW = grammar("spots.law")
_OVER = frozenset(("in", "for", "over", "with", "of", "after", "following"))


def _of_the_law(cut: Chunked, found: Found, time: Chunk) -> bool:
    """ "Was arrested on Tuesday over a killing": the day of what became of someone, told before what they are held for."""
    if time.last > found.first:
        return False
    near = (*cut.tokens[max(0, time.first - 6) : time.first], *cut.tokens[time.last : time.last + 2])
    return any(t.low in _LAW for t in near) and any(t.low in _OVER for t in cut.tokens[time.last : found.first])
