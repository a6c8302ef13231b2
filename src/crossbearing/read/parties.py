"""Who does it and to whom: the parties of a happening, by what governs them in its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crossbearing.model.mention import Mention, MentionKind, Realis, Stance
from crossbearing.model.text import Span
from crossbearing.read.beside import (
    ARTICLES,
    AT,
    GENERIC_HEAD,
    OUT,
    PARTY,
    VICTIM,
    as_mention,
    before_of,
    made_of,
    named_behind,
    owner_of,
    subject_of,
    unfolded,
)
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.triggers import DIES, UNDER_FIRE, Found, left_bound, negated
from crossbearing.read.voices import Voice


def parties(
    cut: Chunked, found: Found, lo: int, hi: int, heard: list[Voice], voice: Mention | None, party: Mention | None
) -> tuple[list[Mention], list[Chunk]]:
    """Who does it, and to whom."""
    doers = _doers(cut, found, lo)
    spoken_of = found.trigger.lemma not in DIES and found.trigger.cls != "foil"
    armed = next((v.attribution.source for v in heard if v.attribution.source and _armed_voice(v)), None)
    spoken_of = spoken_of and not any(t.low.startswith(_INQUIRY) for t in cut.tokens[max(lo, found.first - 5) : found.first])
    if not doers and spoken_of and (answered := _answered(cut, found, lo)):
        doers = [as_mention(unfolded(cut, answered))]
    if not doers and spoken_of and _own_deed(cut, found, heard):
        band = next((v.attribution.source for v in heard if _is_band(cut, v)), None)
        spoken = armed or band or (voice if any(v.again for v in heard) else None)
        if spoken is None and _defends(cut):
            spoken = next((v.attribution.source for v in heard if v.source and v.source.head in _COMMANDS), None)
        doers = [spoken] if spoken else []
    if not doers and spoken_of and not found.passive and _subject_pronoun(cut, found, lo):
        told_by = any(v.source is not None and (v.source.kind == "people" or v.source.head in _ONLOOKERS) for v in heard)
        spoken = voice if heard and not told_by else None  # "a witness said they fired"
        theirs = any(t.low in ("they", "their") for t in cut.tokens[max(lo, found.first - 4) : found.first])
        doers = [m for m in (_accused(cut, found), *((party, spoken) if theirs else (spoken, party))) if m][:1]
    if found.realis is Realis.DENIED and (denier := _denier(heard) or _speaks_for_itself(cut, found, voice)):
        doers = [denier]
    if doers and _points_back(cut, doers[0]):
        doers = [m for m in (armed, voice if heard else None, party) if m][:1] or doers
    doers = [d for d in doers if not _is_nobody(cut, d)]
    targets = _targets(cut, found, lo, hi)
    said = [d.span for d in doers]
    behind = cut.tokens[found.last - 1].end
    speaking = [s.span for v in heard if (s := v.attribution.source) and s.span.start >= behind]
    # "No one was hurt, according to the Emergency Service"; "slaughtered the guests, the mayor said".
    said += [s for s in speaking if found.trigger.cls == "casualty" or _behind_comma(cut, s)]
    return doers, [t for t in targets if t.span not in said]


def _accused(cut: Chunked, found: Found) -> Mention | None:
    """ "X blamed Y, saying they had shelled the town": of Y it is said."""
    parties_ = (c for c in reversed(cut.chunks) if c.last <= found.first and c.kind in PARTY)
    return next((as_mention(c) for c in parties_ if before_of(cut, c) in _BLAMES), None)


def _is_nobody(cut: Chunked, doer: Mention) -> bool:
    """ "No person or group has claimed it"."""
    before = [t.low for t in cut.tokens if t.end <= doer.span.start][-4:]
    return before[-1:] in (["no"], ["neither"]) or (before[-1:] == ["or"] and "no" in before)


_BLAMES = frozenset(("blamed", "blames", "blaming", "accused", "accuses", "accusing"))
_ONLOOKERS = grammar("parties.onlookers")


def _behind_comma(cut: Chunked, span: Span) -> bool:
    """Whether a comma stands before a stretch and its article."""
    before = [t for t in cut.tokens if t.end <= span.start and t.low not in ARTICLES]
    return bool(before) and before[-1].text == ","


def _doers(cut: Chunked, found: Found, lo: int) -> list[Mention]:
    by = _by(cut, found) if found.trigger.cls != "foil" else None
    if by:
        return [as_mention(c) for c in by]
    if found.trigger.cls == "casualty" and (found.passive or found.trigger.lemma in DIES):
        return [as_mention(c) for c in _fought(cut, found) or _came_then(cut, found)]
    if found.trigger.cls == "foil":
        return []
    if found.noun:
        return [as_mention(c) for c in _noun_doer(cut, found, lo)]
    counted = found.first and cut.at[found.first - 1] >= 0 and cut.chunks[cut.at[found.first - 1]].kind == "number"
    if found.trigger.cls == "casualty" and counted and found.trigger.form in ("past", "participle"):
        return []  # "the army speaks of 13 killed"
    if taken := _fell_to(cut, found):
        return [as_mention(unfolded(cut, c)) for c in taken]
    if found.passive and (came := _came_then(cut, found)):
        return [as_mention(c) for c in came]
    if found.passive or found.trigger.lemma in _TREAD or _sent_by_others(cut, found):
        return []
    subject = subject_of(cut, found.first, lo)
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
    return [_one_of(cut, found, c) or as_mention(unfolded(cut, c)) for c in _together(cut, subject)]


def _fell_to(cut: Chunked, found: Found) -> list[Chunk]:
    """ "The town fell to X": to whom."""
    to = found.trigger.lemma == "fall" and [t.low for t in cut.tokens[found.last : found.last + 1]] == ["to"]
    party = next((c for c in cut.chunks if to and found.last < c.first <= found.last + 3 and c.kind in PARTY), None)
    return _listed(cut, party) if party else []


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
    deed = found.trigger.cls not in ("casualty", "wreck", "foil", "blame", "claimed") and not found.noun
    between = range(subject.last, found.first)
    befell = any(cut.tokens[k].low in _BE or (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind == "number") for k in between)
    return subject.kind == "people" and subject.head in _MEN and deed and not befell


_BE = grammar("triggers.be")
_MEN = frozenset(("man", "men", "individual", "individuals", "person", "persons", "youth", "youths", "strangers"))


def blamed_by(cut: Chunked, found: Found) -> list[Mention]:
    """Whom words of blame name: the party right behind them, or the one "to" which a deed is attributed."""
    if found.trigger.lemma == "attribute":
        return [as_mention(unfolded(cut, c)) for c in _attributed(cut, found)]
    if found.trigger.lemma == "blame" and (found.noun or _laid_on(cut, found)):
        return [as_mention(unfolded(cut, c)) for c in _laid_on(cut, found)]
    if found.passive:  # "both A and B were accused of shelling X"
        subject = subject_of(cut, found.first, left_bound(cut, found.first))
        of = found.last < len(cut.tokens) and cut.tokens[found.last].low in ("of", "for")
        return [as_mention(unfolded(cut, c)) for c in _together(cut, subject)] if of and subject and subject.kind in PARTY else []
    chunk = next((c for c in cut.chunks if found.last <= c.first <= found.last + 2), None)
    if not _of_a_deed(cut, found):
        return []
    if chunk and chunk.kind == "group":  # "the paramilitary X": by name
        chunk = next((c for c in cut.chunks if c.first == chunk.last and c.kind == "actor"), chunk)
    return [as_mention(unfolded(cut, c)) for c in _listed(cut, chunk)] if chunk and chunk.kind in PARTY else []


def _laid_on(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Blamed the raid on X", "put the blame for it on X", "the raid was blamed on X": X, where it is a deed that is laid on
    them; of "the raid on X on Y" the last."""
    end = next((k for k in range(found.last, len(cut.tokens)) if cut.tokens[k].text in ",.;:"), len(cut.tokens))
    ons = [k for k in range(found.last, min(found.last + _LAID, end)) if cut.tokens[k].low in ("on", "upon") and cut.at[k] < 0]
    laid = ((k, next((c for c in cut.chunks if k < c.first <= k + 3), None)) for k in reversed(ons))
    k, party = next(((k, c) for k, c in laid if c is not None and c.kind in PARTY), (0, None))
    between = {t.low for t in cut.tokens[found.last : k]}
    deed = found.noun or found.passive or between & {"it", "this", "that", "both", "them"} or between & lexicon().nouns.keys()
    return _listed(cut, party) if party is not None and deed else []


_LAID = 14


def _of_a_deed(cut: Chunked, found: Found) -> bool:
    """Whether what somebody is accused of, or blamed for, is a deed: "of shelling a town", and not "of leaving the talks", "for
    allowing the attack"."""
    why = ("of",) if found.trigger.lemma == "accuse" else ("for",)
    of = next((k for k in range(found.last, min(found.last + _LAID, len(cut.tokens))) if cut.tokens[k].low in why), None)
    if of is None:
        return True
    told = [t.low for t in cut.tokens[of + 1 : of + 9]]
    if told and told[0] in _LOOKED_ON:
        return False
    return why == ("for",) or any(w in lexicon().verbs or w in lexicon().nouns or w in _THE_DEED for w in told)


_LOOKED_ON = frozenset(("failing", "not", "allowing", "letting", "ignoring", "backing", "supporting", "harbouring", "harboring"))


_THE_DEED = frozenset(("it", "this", "that", "both", "responsibility", "involvement", "role", "behind"))


def _attributed(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Attributed the raid to X", "the raid was attributed to X": X, where it is a deed that is."""
    to = next((k for k in range(found.last, min(found.last + 10, len(cut.tokens))) if cut.tokens[k].low == "to"), None)
    if to is None or not any(t.low in lexicon().nouns for t in cut.tokens[max(0, found.first - 8) : to]):
        return []
    party = next((c for c in cut.chunks if to < c.first <= to + 3 and c.kind in PARTY), None)
    return _listed(cut, party) if party else []


def _listed(cut: Chunked, party: Chunk) -> list[Chunk]:
    """A party and those that "and" joins to it behind: "accused A and B of shelling"."""
    found = [party]
    for other in (c for c in cut.chunks if c.first >= party.last and c.kind in PARTY):
        between = [t.low for t in cut.tokens[found[-1].last : other.first]]
        if not between or any(w not in ("and", ",", "the", "a", "an", "both") for w in between):
            break
        found.append(other)
    return found if any(t.low == "and" for t in cut.tokens[party.last : found[-1].first]) else [party]


def _together(cut: Chunked, subject: Chunk) -> list[Chunk]:
    """A party and those that are named beside it: "A and B", "A, B and C"."""
    found = [subject]
    parties_ = [c for c in cut.chunks if c.kind in PARTY]
    while (at := parties_.index(found[-1])) > 0:
        other = parties_[at - 1]
        between = [t.low for t in cut.tokens[other.last : found[-1].first]]
        if not between or any(w not in ("and", ",", "the", "a", "an") for w in between) or (between == [","] and len(found) == 1):
            break
        found.append(other)
    return found[::-1]


_TREAD = ("step on", "tread on", "run over", "drive over")  # a mine: who does is its victim
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
                        t.low in ARTICLES or not t.text.isalnum() or _counts(cut, n)
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
        if cut.tokens[k].text in ";:" or cut.tokens[k].low in ("said", "according") or another:
            return []  # "strikes in answer to attacks by X": the attacks are by X
    return []


def _by_another_verb(cut: Chunked, found: Found, k: int) -> bool:
    """ "The airbase, held by X", "after the raid there were marches by X": "by" behind token k is said of something else; not of
    "the raid was staged by X"."""
    word = cut.tokens[k].low
    if found.noun and "there" in (t.low for t in cut.tokens[found.last : k]):
        return True
    staged = found.noun and word in lexicon().support | {"perpetrated"} and cut.tokens[k - 1].low in _BE
    return (word.endswith("ed") and not staged) or word in _OTHERS


_OTHERS = grammar("parties.others")


def _side_by_side(cut: Chunked, found: Found, party: Chunk) -> list[Chunk]:
    """Those that "by" names together; not "killed by X and Y struck back": there a new clause begins, as it does not in "strikes
    by X and Y hit"."""
    sides = _listed(cut, party)
    last = sides[-1].last
    ahead = cut.tokens[last].low if last < len(cut.tokens) else ""
    begins = ahead in lexicon().verbs or ahead in lexicon().speech or ahead in _BE or ahead in ("'s", "’s", "has", "have", "had")
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
            return [unfolded(cut, c) for c in _together(cut, subject)] if subject and subject.kind in PARTY else []
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
    for k in range(found.last + 1, min(found.last + _LAID, len(cut.tokens))):
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
    return [unfolded(cut, c) for c in _listed(cut, foe)]


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


_INQUIRY = ("investigat", "inquir", "prob")
_ON_IT = grammar("parties.on_it")
_COMMANDS = frozenset(("official", "officials", "command", "department", "army", "military", "spokesperson", "spokesman"))


def _denier(heard: list[Voice]) -> Mention | None:
    """Who denies: the deed is said to be theirs."""
    return next((v.attribution.source for v in heard if v.attribution.stance is Stance.DENIES and v.attribution.source), None)


def _speaks_for_itself(cut: Chunked, found: Found, voice: Mention | None) -> Mention | None:
    """ "We deny shelling X", "our forces fired nothing": who says so of a deed that would be theirs."""
    return voice if any(t.low in ("we", "our") for t in cut.tokens[max(0, found.first - 6) : found.first]) else None


def _defends(cut: Chunked) -> bool:
    """Whether a body speaks of its own "self-defence strike"."""
    return bool(re.search(r"self ?- ?defen[sc]e", cut.words))


def _points_back(cut: Chunked, doer: Mention) -> bool:
    """ "Its fighters", "the group": a bare head that goes back to a party named before."""
    chunk = next((c for c in cut.chunks if c.span == doer.span), None)
    if chunk is None or chunk.kind != "group" or chunk.known is not None or chunk.last - chunk.first > 1 or not chunk.first:
        return False
    return cut.tokens[chunk.first - 1].low in ("its", "their", "the", "this", "same", "'s", "’s") and chunk.head in GENERIC_HEAD


def _armed_voice(voice: Voice) -> bool:
    """Whether a voice is a party that could claim a deed rather than one that reports it."""
    source = voice.source
    return bool(source and source.kind in ("actor", "group", "state") and not voice.attribution.medium)


def _is_band(cut: Chunked, voice: Voice) -> bool:
    """Whether a voice that no table knows bears the name of an armed body: "the Front for the Liberation of X (FLX)"."""
    source = voice.source
    if source is None or source.kind not in ("name", "voice") or voice.attribution.medium:
        return False
    words = cut.tokens[max(0, source.first - 12) : source.last]
    return any(t.text in _BANDS for t in words)


_BANDS = frozenset(("Front", "Army", "Movement", "Brigade", "Brigades", "Forces", "Guards", "Resistance", "Battalion", "Legion"))


_OWNED = re.compile(
    r"claim\w* (?:the )?responsib|claimed credit|responsib\w+ for|says? (?:it|they) (?:was|were) behind|"
    r"was behind|endorsed|took responsib|takes? credit|took credit"
)


def _own_deed(cut: Chunked, found: Found, heard: list[Voice]) -> bool:
    """Whether the words tell of the speaker's own deed: a claim of responsibility, "says its drone hit", "announced a strike"."""
    words = cut.words
    if owned := _OWNED.search(words):
        return not negated(words[: owned.start()].lower().split()[-4:])
    if any(v.attribution.stance is Stance.CLAIMS for v in heard):
        return True
    if re.search(r"self - ?defen[sc]e|self-defen[sc]e|precision strikes?", words) and found.trigger.cls in (
        "open",
        "air",
        "engage",
        "weapon",
    ):
        return True
    if found.trigger.cls == "engage" and any(_armed_voice(v) for v in heard):
        return True
    lo = left_bound(cut, found.first)
    near = [t.low for t in cut.tokens[max(lo - 1, 0) : found.first]]
    if found.noun:
        return any(w in ("announced", "announces", "claimed", "claims", "announcing") for w in near) or "told of" in " ".join(
            near
        )
    if found.passive or _sent_by_others(cut, found):
        return False  # "it shot down drones launched at the port", "its base was struck": done to them
    if any(w in ("it", "its") for w in _subjects(near)) and any(_is_band(cut, v) for v in heard):
        return True
    return any(w in (*_PRONOUNS, "theirs") for w in _subjects(near)) and any(_armed_voice(v) or v.again for v in heard)


def _sent_by_others(cut: Chunked, found: Found) -> bool:
    """ "Nine of the drones launched at the port": a participle on a weapon that is nobody's in these words."""
    k = found.first - 1
    if found.noun or found.last - found.first > 1 or found.last >= len(cut.tokens):
        return False
    if k < 0 or cut.at[k] < 0 or cut.chunks[cut.at[k]].kind != "weapon":
        return False
    owner = [t.low for t in cut.tokens[max(0, cut.chunks[cut.at[k]].first - 1) : k]]
    return cut.tokens[found.last].low in ("at", "from", "toward", "towards", "against") and not {"its", "their"} & set(owner)


def _answered(cut: Chunked, found: Found, lo: int) -> Chunk | None:
    """ "A jet attacked an armed group after it fired missiles": whom the deed before answers, as the nearest party is."""
    if found.noun or found.passive or not lo or cut.tokens[lo - 1].low != "after" or cut.tokens[lo].low not in ("it", "they"):
        return None
    told = [c for c in cut.chunks if c.last <= lo - 1 and c.kind in ("group", "actor", "weapon")]
    return told[-1] if len(told) > 1 and told[-1].kind != "weapon" else None


def _subject_pronoun(cut: Chunked, found: Found, lo: int) -> bool:
    """Whether a pronoun is what the trigger, or the verb that carries it ("it carried out an attack"), is said of."""
    verb = found.first
    if found.noun:
        carries = [k for k in range(max(lo, found.first - 6), found.first) if cut.tokens[k].low in lexicon().support]
        if not carries:
            return False
        verb = carries[0]
    near = _subjects([t.low for t in cut.tokens[max(lo, verb - 4) : verb]])
    return not _sent_by_others(cut, found) and any(w in _PRONOUNS for w in near) and subject_of(cut, verb, lo) is None


_PRONOUNS = ("it", "they", "its", "their")


def _subjects(words: list[str]) -> Iterator[str]:
    """Words without the pronoun of "a base with soldiers in it", which is nobody's who speaks, of "checked their papers and
    shot them", of whom it is done to, and of "it was the worst raid", which is the raid."""
    last = max((n for n, word in enumerate(words) if word == "and"), default=-1)
    for n, word in enumerate(words):
        before, behind = words[n - 1] if n else "", words[n + 1] if n + 1 < len(words) else ""
        raid = behind in _BE and words[n + 2 : n + 3] in (["the"], ["a"], ["an"], ["one"])
        hangs = (word == "it" and (before in OUT or raid)) or (word in ("its", "their") and n < last)
        if not hangs:
            yield word


def _targets(cut: Chunked, found: Found, lo: int, hi: int) -> list[Chunk]:
    """To whom it is done: the subject of a passive, the object of a verb, what stands behind "on", "against", "at"."""
    went_off = found.trigger.cls == "blast" or found.trigger.lemma == "go off"
    if _fell_to(cut, found):
        return []
    if went_off or found.trigger.cls == "foil":
        if went_off and (passed := _passing(cut, found)):
            return [passed]
        at = AT | _BESIDE if went_off else AT
        return _with_listed(cut, [c for c in cut.chunks if c.kind in ("site", "group") and before_of(cut, c) in at][:2])
    if found.passive or found.trigger.lemma in (*DIES, *_TREAD) or _came_under(cut, found):
        subject = _right_before(cut, found) or subject_of(cut, found.first - (2 if _came_under(cut, found) else 0), lo)
        fits = found.trigger.cls != "weapon" or found.trigger.lemma in _TREAD
        told = subject is not None and subject.kind == "voice" and subject.head in _SPEAKING  # "in a statement that X was hit"
        if subject and subject.kind in (*VICTIM, "site", "name") and fits and not told:
            return _all_of(cut, subject)
    if found.trigger.lemma in _TREAD:
        return _trod(cut, found)
    if lo and cut.tokens[lo - 1].low == "whom":
        return [c for c in cut.chunks if c.last == lo - 1 and c.kind in VICTIM]
    if found.noun and found.trigger.cls == "casualty":
        return _all_of(cut, hurt) if (hurt := wounded(cut, found)) else []
    behind = [
        _house_of(cut, c)
        for c in cut.chunks
        if found.last <= c.first < hi and c.kind in (*VICTIM, "site", "name") and not (c.kind == "voice" and c.head in _SPEAKING)
    ]
    if _by_noun(found):
        behind = [
            c
            for c in behind
            if (before_of(cut, c) in AT and not (c.kind == "name" and before_of(cut, c) == "near"))
            or (before_of(cut, c) in ("of", "in") and c.kind in ("people", "group", "actor") and not _of_another(cut, found, c))
            or (before_of(cut, c) == "of" and c.kind == "site")
            or (found.trigger.lemma in OF_PEOPLE and c.kind in ("name", "voice") and is_of(cut, found, c))
        ]
    else:
        behind = [c for c in behind if not _lies_there(cut, c) and not _does_it(cut, found, c)]
        if _pronoun_object(cut, found):
            return _him(cut, found)
        if behind and (behind[0].first - found.last > 5 or before_of(cut, behind[0]) in _WHERE):
            return []
    taken: list[Chunk] = []
    for chunk in behind:
        if (chunk.head == "dead" and chunk.number is None) or _owns_a_site(cut, chunk) or _holds_people(cut, chunk):
            continue  # "shot a driver dead", "a girls' school", "a group of herders"
        if taken and chunk.kind == "name" and taken[-1].last == chunk.first and taken[-1].kind in ("voice", "people"):
            taken[-1] = chunk  # "Senator X": the name says who
            continue
        if taken and chunk.kind == "name" and _is_his_name(cut, taken[-1], chunk):
            taken[-1] = chunk
            continue
        if taken and chunk.kind == "name" and taken[0].kind != "name" and not _and(cut, taken[-1], chunk):
            continue
        if taken and not _joined(cut, taken[-1], chunk):
            break
        taken.append(chunk)
    return taken[:_LISTED]


def _of_another(cut: Chunked, found: Found, chunk: Chunk) -> bool:
    """ "A strike killing a woman with two of her children": people who hang on other people."""
    return chunk.first > found.last + 3 and cut.tokens[chunk.first - 1].low in ("his", "her", "our")


def _is_his_name(cut: Chunked, one: Chunk, name: Chunk) -> bool:
    """ "The mayor, X, and his driver": who the one before is."""
    alone = one.kind in ("voice", "people", "group") and one.number is None and not one.head.endswith("s")
    between = [t.low for t in cut.tokens[one.last : name.first]]
    ahead = cut.tokens[name.last].text if name.last < len(cut.tokens) else "."
    return alone and between == [","] and ahead in (",", ".", ";")


_BESIDE = frozenset(("beside", "outside", "under", "underneath", "alongside"))


def _right_before(cut: Chunked, found: Found) -> Chunk | None:
    """ "The body of a driver abducted last week": whom a participle stands right behind, whatever they hang on."""
    before = next((c for c in cut.chunks if c.last == found.first and c.kind == "people"), None)
    return before if found.passive and before is not None and before_of(cut, before) == "of" else None


def _owns_a_site(cut: Chunked, chunk: Chunk) -> bool:
    """ "A girls' primary school": people whose site it is."""
    mark = cut.tokens[chunk.last].text if chunk.last < len(cut.tokens) else ""
    site = any((c.kind == "site" or c.head in _HOUSES) and chunk.last < c.first <= chunk.last + 3 for c in cut.chunks)
    return chunk.kind in ("people", "voice") and site and mark in ("'", "’", "'s", "’s")


def _trod(cut: Chunked, found: Found) -> list[Chunk]:
    """ "A ranger lost a foot when he stepped on a mine": the last one told of before "he"."""
    pronoun = any(t.low in ("he", "she", "they") for t in cut.tokens[max(0, found.first - 3) : found.first])
    told = [c for c in cut.chunks if c.last <= found.first and c.kind in ("people", "group")]
    return told[-1:] if pronoun else []


def _house_of(cut: Chunked, chunk: Chunk) -> Chunk:
    """ "The mayor's office": the office, where no stretch of its own says so."""
    k = chunk.last + 1
    owns = chunk.kind in ("people", "voice", "group") and k < len(cut.tokens) and cut.tokens[k - 1].low in ("'s", "’s", "'", "’")
    if not owns or cut.at[k] >= 0 or cut.tokens[k].low not in _HOUSES:
        return chunk
    return replace(
        chunk, last=k + 1, kind="site", span=Span(chunk.span.start, cut.tokens[k].end), head=cut.tokens[k].low, number=None
    )


_HOUSES = frozenset(("office", "offices", "headquarters"))


def _holds_people(cut: Chunked, chunk: Chunk) -> bool:
    """ "A group of shepherds": the shepherds say who they are."""
    return chunk.head in ("group", "groups") and made_of(cut, chunk) is not None


def _passing(cut: Chunked, found: Found) -> Chunk | None:
    """ "Exploded as an army convoy drove past": what came by."""
    for k in range(found.last, len(cut.tokens)):
        if cut.tokens[k].low in ("as", "when", "while") and cut.at[k] < 0:
            came = next((c for c in cut.chunks if k < c.first <= k + 4 and c.kind in ("site", "group", "people")), None)
            behind = {t.low for t in cut.tokens[came.last : came.last + 7]} if came else set()
            return came if behind & _GOING else None
    return None


_GOING = grammar("parties.going")


def _lies_there(cut: Chunked, chunk: Chunk) -> bool:
    """ "Killed two shepherds near X", "hit the base in Iraq": a name that a preposition hangs says where."""
    before = before_of(cut, chunk)
    return (chunk.kind == "name" and before in OUT) or (chunk.kind == "state" and before in _IN_STATE)


def _does_it(cut: Chunked, found: Found, chunk: Chunk) -> bool:
    """ "Attacked by eight small boats": what stands behind "by" is no target."""
    by = [t.low for t in cut.tokens[found.last : found.last + 1]] == ["by"]
    return found.passive and by and chunk.first <= found.last + 4


_IN_STATE = frozenset(("in", "inside", "across", "near", "within", "throughout"))


def _by_noun(found: Found) -> bool:
    """Whether prepositions hang on the trigger those whom it befalls: "an attack on X", "fired rockets at X"."""
    return found.noun or found.trigger.cls.startswith("weapon")


_HURT = frozenset(("dead", "wounded", "injured"))


def wounded(cut: Chunked, found: Found) -> Chunk | None:
    """ "Found three men with gunshot wounds": the people right before a wound."""
    before = [c for c in cut.chunks if c.kind == "people" and c.head not in _HURT and 0 <= found.first - c.last <= 8]
    return before[-1] if before else None


_WHERE = frozenset(("in", "inside", "outside", "during", "amid", "by", "after", "from", "following", "before"))


def _pronoun_object(cut: Chunked, found: Found) -> bool:
    """ "Shot him in the square": who it is done to is a pronoun, and what stands further off is somebody else."""
    k = found.last
    if k >= len(cut.tokens) or cut.tokens[k].low not in ("him", "her", "them", "himself", "herself", "themselves"):
        return False
    return cut.tokens[k].low != "her" or k + 1 >= len(cut.tokens) or cut.at[k + 1] < 0


def _him(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Broke into the house of a nurse and shot him": the one person told of before, who does nothing in the sentence."""
    if cut.tokens[found.last].low not in ("him", "her"):
        return []
    told = [c for c in cut.chunks if c.kind == "people" and c.last <= found.first and c.number is None]
    ones = [c for c in told if not c.head.endswith("s") and before_of(cut, c) in (*OUT, *lexicon().verbs)]
    return ones if len(ones) == 1 else []


OF_PEOPLE = grammar("parties.of_people")


def is_of(cut: Chunked, found: Found, chunk: Chunk) -> bool:
    """ "The murder of X", "the kidnapping of Senator X and of Y": what "of" hangs on a noun for what is done to people."""
    between = cut.tokens[found.last : chunk.first]
    if not between or between[0].low != "of" or len(between) > 16:
        return False
    links = _LINKS | lexicon().modifiers
    return all(
        cut.at[k] >= 0 or _counts(cut, k) or cut.tokens[k].low in links or "-" in cut.tokens[k].low
        for k in range(found.last, chunk.first)
    )


def _counts(cut: Chunked, k: int) -> bool:
    """Whether a word is the number of those that the next chunk speaks of."""
    after = next((c for c in cut.chunks if c.first >= k), None)
    many = after.number.span if after and after.number else None
    return many is not None and many.start <= cut.tokens[k].start < many.end


def _with_listed(cut: Chunked, sites: list[Chunk]) -> list[Chunk]:
    """Sites, and those that are listed behind the last of them: "at two banks, a school and three shops"."""
    found, waiting = list(sites), list[Chunk]()
    for other in (c for c in cut.chunks if found and c.kind in ("site", "group") and c.first >= found[-1].last):
        between = _unnumbered(cut, (waiting or found)[-1].last, other)
        if not between or any(w not in ("and", ",", "the", "a", "an") for w in between):
            break
        waiting.append(other)
        if "and" in between:
            found, waiting = found + waiting, []
    return found[:_LISTED]


def _and(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """Whether a name is listed with the people before it."""
    between = _unnumbered(cut, one.last, other)
    return one.kind in ("name", "people", "voice") and between in (["and"], [",", "and"], [","])


def _unnumbered(cut: Chunked, first: int, other: Chunk) -> list[str]:
    """The words from a token to the next member of a list, without how many that is, and how old the one before: "X, 34, and
    two men"."""
    left: list[str] = []
    for k in range(first, other.first):
        token, at = cut.tokens[k], cut.at[k]
        if token.low in _SOME or _counts(cut, k) or (at >= 0 and cut.chunks[at].kind == "number"):
            continue
        left += [] if token.text == "," and left[-1:] == [","] else [token.low]
    return left


_SOME = frozenset(("several", "some", "many", "other", "another", "more"))
_LINKS = _SOME | {"of", "and", ",", "the", "a", "an", "former", "deputy", "acting", "his", "her", "their"}


def _all_of(cut: Chunked, subject: Chunk) -> list[Chunk]:
    """A victim and those that are listed with it before a passive: "X, Y and Z were killed"."""
    found = [subject]
    could = [c for c in cut.chunks if c.kind in (*VICTIM, "site", "name") and c.last <= subject.first]
    listed, next_ = False, subject
    for other in reversed(could):
        between = _unnumbered(cut, other.last, next_)
        if other.last == next_.first and found[-1].kind == "name" and other.kind in ("voice", "people"):
            next_ = other  # "Judge X": the name says who
            continue
        listed = listed or "and" in between
        if not listed or not between or any(w not in ("and", ",", "the", "a", "an", "his", "her", "their") for w in between):
            break
        found.append(other)
        next_ = other
    return found[::-1][:_LISTED]


_LISTED = 6
"""So many members of a list are told apart as targets."""
_SPEAKING = grammar("parties.speaking")


def _came_under(cut: Chunked, found: Found) -> bool:
    before = [t.low for t in cut.tokens[max(0, found.first - 4) : found.first]]
    return found.noun and "under" in before and any(w in ("came", "come", "comes", "coming", "was", "were", "is") for w in before)


def _joined(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    between = _unnumbered(cut, one.last, other)
    if other.last < len(cut.tokens) and cut.tokens[other.last].low in ("'s", "’s") and "," in between:
        return False  # "blew up two cars, the prosecutor's office said"
    return len(between) <= 4 and all(
        w in ("and", ",", "the", "a", "an", "his", "her", "their", "at", "in", "near", "of", "on", "forces", "base")
        for w in between
    )
