"""Hang parties, means, places and times on the words that speak of happenings, by nearness within the clause.

A sentence gives one draft for each happening that it tells apart. Words for one happening in one clause ("fired rockets
that hit the base") are folded; a party and its target that change places make two.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from crossbearing.model.mention import MEANS_UNKNOWN, Happening, Mention, MentionKind, Realis, Role, RoleName, Stance
from crossbearing.model.text import Span
from crossbearing.read import kinds
from crossbearing.read.beside import AT, SPOT, as_mention, before_of, opens_period, subject_of
from crossbearing.read.casualties import Casualty, is_nobody
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.figurative import (
    following,
    is_match,
    is_no_attack,
    is_recalled,
    is_retracted,
    is_staged,
    is_supposed,
    is_union,
    is_violent,
)
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.many import generic
from crossbearing.read.parties import blamed_by, parties, wounded
from crossbearing.read.spots import COMPASS, dateline, motives, spots_of, times_of
from crossbearing.read.triggers import UNDER_FIRE, Found, left_bound, right_bound
from crossbearing.read.voices import Voice
from crossbearing.words.times import Bound

_TYPE_ORDER = ("suicide", "chemical", "air", "shelling", "grenade", "ied", "arms")


# Classes of words that only say what came of a happening.
_HARM = ("casualty", "wreck")


_ORDINAL = {
    w: n for n, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1)
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A happening as one sentence tells it, and the party that later sentences may mean by "it"."""

    happening: Happening
    party: Mention | None


def drafts(
    text: str,
    cut: Chunked,
    found: list[Found],
    heard: list[Voice],
    hurt: list[Casualty],
    voice: Mention | None,
    party: Mention | None,
    flying: Chunk | None = None,
) -> list[Draft]:
    """The happenings of one sentence: violence by its words, and the kind of happening that its forms tell of.

    `flying`: the munition that the sentence before told of, for "it was intercepted".
    """
    by_words = _violence(text, cut, found, heard, hurt, voice, party, flying) if found else _owned(cut, heard)
    violence = by_words + _located(cut)
    told = kinds.told(cut)
    if told is None or is_staged(cut) or is_match(cut):
        return violence
    if hurt and all(h.cumulative for h in hurt) and _harms(cut, told.found):
        return violence  # "killed 90 rebels since March": of no one fight
    after = following(text, cut.span)
    draft = _told(cut, _kind_draft(text, cut, told, heard, voice, party), after)
    if draft.happening.event_type not in (*_QUIET, "Riots") and is_no_attack(cut, after):
        return violence
    return _settled(text, told, draft, violence, _tolled(text, hurt))


def _harms(cut: Chunked, found: Found) -> bool:
    """Whether the word that tells of a kind is one for harm alone."""
    known = lexicon().verbs.get(cut.tokens[found.first].low)
    return known is not None and known.cls == "casualty"


_BY_CROWDS = ("protest", "violent-demonstration", "mob")
_QUIET = ("Protests", "Strategic developments")
_TOLD = (Realis.ASSERTED, Realis.FOILED)
_GROUND = ("Non-state actor overtakes territory", "Government regains territory")


def _kind_draft(
    text: str, cut: Chunked, told: kinds.Told, heard: list[Voice], voice: Mention | None, party: Mention | None
) -> Draft:
    """A kind of happening with its parts. What is no violence needs a place of its own to be an incident, or a day too."""
    draft = _draft(text, cut, told.found, heard, voice, party, motives(cut), dateline(cut))
    happening = draft.happening
    if told.kind.key in _BY_CROWDS:
        happening = _by_crowd(cut, told.found, happening)
    arrests, spots = told.kind.key == "arrests", {m.span for m in happening.role(RoleName.PLACE)}
    parts = (_part(r, arrests and r.mention.span not in spots) for r in happening.roles)
    happening = replace(happening, roles=tuple(part for part in parts if part is not None))
    weak = told.kind.incident == "dated" or (happening.event_type in _QUIET and told.kind.key != "force-against-protesters")
    # A country alone is where a party is from as often as where something was done.
    placed = any(place.kind is not MentionKind.STATE for place in happening.role(RoleName.PLACE))
    dated = placed and any(_says_day(c) for c in cut.chunks)
    none = told.kind.incident == "never" or (told.kind.incident == "dated" and not dated)
    none = none or (arrests and not _of_note(cut, happening))
    return replace(
        draft, happening=replace(happening, generic=happening.generic or none, score=0.6 if weak else happening.score)
    )


def _of_note(cut: Chunked, happening: Happening) -> bool:
    """Whether those taken into custody are several, are of a party or bear an office: a lone man is a police matter."""
    held = [r.mention.span for r in happening.roles if r.name in (RoleName.TARGET, RoleName.VICTIM)]
    taken = [c for c in cut.chunks if any(c.span.meets(span) for span in held)]
    several = any(c.kind in ("group", "actor") or (c.kind == "people" and c.head in _SEVERAL_PEOPLE) for c in taken)
    counted = any(c.number is not None and c.number.high != 1 for c in (*taken, *(c for c in cut.chunks if c.kind == "number")))
    plural = any(c.kind == "people" and c.head.endswith("s") for c in taken)
    return several or counted or plural or not _OF_NOTE.isdisjoint(t.low for t in cut.tokens)


_OF_NOTE = grammar("kinds.of_note")
_SEVERAL_PEOPLE = frozenset(("people", "persons", "men", "women", "youth", "youths", "children", "clergy", "staff"))


def _by_crowd(cut: Chunked, found: Found, happening: Happening) -> Happening:
    """A demonstration, done by those who demonstrate: of whom the verb is said, else who is called so. No country does it."""
    kept = tuple(r for r in happening.roles if r.name is not RoleName.PERPETRATOR or r.mention.kind is not MentionKind.STATE)
    subject = None if found.noun or found.passive else subject_of(cut, found.first, left_bound(cut, found.first))
    crowd = subject if subject is not None and subject.kind == "people" else kinds.crowd(cut)
    if crowd is None or any(r.name is RoleName.PERPETRATOR for r in kept):
        return replace(happening, roles=kept)
    others = tuple(r for r in kept if not r.mention.span.meets(crowd.span))
    return replace(happening, roles=(Role(RoleName.PERPETRATOR, as_mention(crowd)), *others))


def _part(role: Role, arrests: bool) -> Role | None:
    """A part in a kind of happening: people who are arrested, dispersed or beaten are its victims, as is who is arrested by name;
    a square that people march to is no party to the march."""
    kind = role.mention.kind
    if role.name is not RoleName.TARGET or kind not in (*_PERSONS, MentionKind.PLACE, MentionKind.FACILITY):
        return role
    if kind in _PERSONS:
        return replace(role, name=RoleName.VICTIM)
    if arrests and kind is MentionKind.PLACE:
        return Role(RoleName.VICTIM, replace(role.mention, kind=MentionKind.PERSON), role.score)
    return role if kind is MentionKind.FACILITY and not arrests else None


_PERSONS = (MentionKind.PEOPLE, MentionKind.PERSON)


def _says_day(chunk: Chunk) -> bool:
    """Whether a time says on which day, and not since or after which."""
    words = chunk.time
    return words is not None and words.has_day and words.bound is Bound.NONE and not opens_period(chunk)


def _settled(text: str, told: kinds.Told, draft: Draft, violence: list[Draft], tolled: bool) -> list[Draft]:
    """What stands of a sentence's violence and its kind: the kind takes the place of what it is over, or gives way."""
    if draft.happening.realis not in _TOLD:
        return violence or [draft]
    left = [d for d in violence if _way(text, d, tolled) not in told.kind.over and not _within(d, draft)]
    if any(d.happening.realis in _TOLD and not d.happening.generic for d in left):
        return violence
    taken = [d.happening for d in violence if d not in left and d.happening.realis in _TOLD]
    if any(h.sub_event_type == draft.happening.sub_event_type and not h.generic for h in taken):
        return violence
    names = {r.name for r in draft.happening.roles}
    added = tuple(r for h in taken for r in h.roles if r.name not in names)
    happening = replace(
        draft.happening,
        roles=draft.happening.roles + added,
        realis=Realis.FOILED if any(h.realis is Realis.FOILED for h in taken) else draft.happening.realis,
        # What made an incident makes one under its better name too.
        generic=draft.happening.generic and all(h.generic for h in taken),
        score=max((h.score for h in taken), default=draft.happening.score),
    )
    return [*left, Draft(happening, draft.party)]


_AIMED = ("Air/drone strike", "Shelling/artillery/missile attack")
_RAIDS = frozenset(("raid", "raids", "raided", "raiding", "operation", "operations"))
_FIGHTS = ("clash", "open", "attack", "campaign")


def _within(one: Draft, other: Draft) -> bool:
    """Whether the one stands on a part of the other's words: "a controlled explosion" is no explosion."""
    return one.happening.trigger != other.happening.trigger and other.happening.trigger.holds(one.happening.trigger)


def _way(text: str, draft: Draft, tolled: bool) -> str:
    """What a kind must be over to take a draft's place. `tolled`: whether the sentence counts people hurt."""
    happening = draft.happening
    if happening.sub_event_type in _GROUND:
        return "ground"
    said = happening.trigger.of(text).lower()
    if (known := lexicon().verbs.get(said)) is not None and known.cls == "casualty":
        return "harm"
    if tolled:
        return "violence"
    noun = lexicon().nouns.get(said)
    verb = lexicon().verbs.get(said)
    # "Dismantled a car bomb", "mines planted by rebels": things, and no blast.
    laid = (noun is not None and noun.lemma.endswith("bomb")) or (verb is not None and verb.lemma in ("plant", "place"))
    if laid or (happening.realis is Realis.FOILED and happening.sub_event_type not in _AIMED):
        return "foiled"
    return "raids" if said in _RAIDS else "fights" if noun is not None and noun.cls in _FIGHTS else "violence"


def _tolled(text: str, hurt: list[Casualty]) -> bool:
    """Whether people hurt are counted, and not over a period."""
    return any(not h.cumulative and not is_nobody(h.figure.span.of(text)) for h in hurt)


def _violence(
    text: str,
    cut: Chunked,
    found: list[Found],
    heard: list[Voice],
    hurt: list[Casualty],
    voice: Mention | None,
    party: Mention | None,
    flying: Chunk | None,
) -> list[Draft]:
    """The sentence's happenings that words for violence tell of."""
    after = following(text, cut.span)
    if is_no_attack(cut, after):
        return []
    if is_union(cut):
        found = [f for f in found if f.trigger.cls not in ("open", "casualty")]
    zones, head = motives(cut), dateline(cut)
    downed = [f for f in found if flying and _stops_it(cut, f)]
    standing = [f for f in found if f in downed or _stands(cut, f)]
    usable = [f for f in standing if _befell_them(cut, f) or not any(a < f.first < b for a, b in zones)]
    usable = [f for f in usable if not _refers(cut, f, usable)]
    usable = [f for f in usable if not _means_of_plan(cut, f, usable)]
    if any(f.realis in (Realis.ASSERTED, Realis.FOILED) for f in usable):
        usable = [f for f in usable if f.realis is not Realis.PLANNED]
    strong = [f for f in usable if f.trigger.cls not in (*_HARM, "foil", "blame")]
    foils = [f for f in usable if f.trigger.cls == "foil"]
    harmed = [f for f in usable if f.trigger.cls == "casualty" and (not hurt or not all(h.cumulative for h in hurt))]
    chosen = strong or foils or harmed or [f for f in usable if f.trigger.cls == "wreck"]
    tolled = _tolled(text, hurt)
    made = [_draft(text, cut, f, heard, voice, party, zones, head, tolled) for f in chosen]
    if not strong and not foils and made and not _by_hand(text, cut, chosen, made):
        return []
    made = [_told(cut, d, after) for d in made]
    foiled = bool(foils) and any(f.realis is Realis.ASSERTED for f in foils)
    if foiled and strong:
        made = [
            replace(d, happening=replace(d.happening, realis=Realis.FOILED))
            if d.happening.realis in (Realis.ASSERTED, Realis.FOILED) and _foil_covers(cut)
            else d
            for d in made
        ]
    blamed = [m for f in usable if f.trigger.cls == "blame" for m in blamed_by(cut, f)]
    if blamed and not made and not found_other(found):
        made = [_blame(cut, next(f for f in usable if f.trigger.cls == "blame"), blamed)]
    elif blamed:
        made = [_with_doers(d, blamed) if not d.happening.role(RoleName.PERPETRATOR) else d for d in made]
    if flying and downed:
        made = [_of_munition(d, flying) for d in made]
    folded = _with_own_parts(cut, _folded(text, made))
    if strong or (harmed and chosen is harmed):
        hurting = (f for f in usable if f.trigger.cls in _HARM and f not in chosen and f.realis is Realis.ASSERTED)
        harm = [_draft(text, cut, f, heard, voice, party, zones, head) for f in hurting]
        folded = [_with_harm(d, harm) for d in folded]
    return [piece for draft in folded for piece in _split(cut, draft)]


def _takes_people(cut: Chunked, found: Found) -> bool:
    """ "Gunmen seized at least 80 pupils": who is seized is no territory."""
    if found.trigger.lemma != "seize" or found.passive:
        return False
    taken = next((c for c in cut.chunks if found.last <= c.first <= found.last + 4), None)
    return taken is not None and taken.kind == "people" and before_of(cut, taken) == cut.tokens[found.last - 1].low


def _befell_them(cut: Chunked, found: Found) -> bool:
    """ "To help to find the girls who were abducted in X", "nothing has been heard since gunmen abducted them": what befell
    people is told, whatever is wanted for them."""
    lo = left_bound(cut, found.first)
    before = cut.tokens[lo - 1].low if lo else ""
    them = found.last < len(cut.tokens) and cut.tokens[found.last].low in ("him", "her", "them")
    return (found.passive and before == "who") or before == "whom" or (before == "since" and them and not found.noun)


def _means_of_plan(cut: Chunked, found: Found, among: list[Found]) -> bool:
    """ "Planned to attack the station with a truck bomb": what a planned deed was to be done with did not go off."""
    before = [t.low for t in cut.tokens[max(0, found.first - 4) : found.first]]
    if not found.noun or found.realis is not Realis.ASSERTED or not {"with", "using"} & set(before):
        return False
    planned = [f.first for f in among if f.realis is Realis.PLANNED and f.first < found.first]
    return any(not any(t.text in ".;" for t in cut.tokens[at : found.first]) for at in planned)


def _by_hand(text: str, cut: Chunked, chosen: list[Found], made: list[Draft]) -> bool:
    """Whether harm that stands alone was done by someone: a party, a means or a word of violence stands by."""
    if chosen[0].trigger.cls == "wreck" and not any(d.happening.role(RoleName.TARGET) for d in made):
        return False
    if any(c.kind == "weapon" for c in cut.chunks):
        return True
    if any(d.happening.role(RoleName.PERPETRATOR) for d in made):
        return True
    if any((f.passive and _by_people(cut, f.last)) or _people_killed(cut, f) for f in chosen):
        return True  # "killed by unknown persons", "a man killed two worshippers"
    return is_violent(text, cut)


_AT_THE_WHEEL = grammar("roles.at_the_wheel")


def _people_killed(cut: Chunked, found: Found) -> bool:
    """ "A man killed his wife and two guards": people who kill people, and steer nothing that kills them by chance."""
    if found.trigger.lemma != "kill" or found.noun or found.passive:
        return False
    subject = subject_of(cut, found.first, left_bound(cut, found.first))
    whom = next((c for c in cut.chunks if found.last <= c.first <= found.last + 5 and c.kind != "time"), None)
    return (
        subject is not None
        and subject.kind == "people"
        and subject.head not in _AT_THE_WHEEL
        and whom is not None
        and whom.kind in ("people", "group", "number", "voice")
    )


def _by_people(cut: Chunked, k: int) -> bool:
    """Whether "by" and people stand at a token."""
    if k >= len(cut.tokens) or cut.tokens[k].low != "by":
        return False
    return any(c.kind in ("people", "group", "actor") and k < c.first <= k + 3 for c in cut.chunks)


def _told(cut: Chunked, draft: Draft, after: str) -> Draft:
    """A draft by what its sentence, or the one behind, says of the whole: taken back, supposed, rehearsed, long ago."""
    happening = draft.happening
    if happening.realis not in (Realis.ASSERTED, Realis.FOILED):
        return draft
    if is_retracted(cut, after):
        return replace(draft, happening=replace(happening, realis=Realis.DENIED))
    if is_supposed(" ".join(t.low for t in cut.tokens if t.end <= happening.trigger.start)):
        return replace(draft, happening=replace(happening, realis=Realis.HYPOTHETICAL))
    if is_recalled(cut, after):
        return replace(draft, happening=replace(happening, realis=Realis.BACKGROUND))
    if is_staged(cut, after):
        return replace(draft, happening=replace(happening, generic=True))
    return draft


def _with_harm(draft: Draft, harm: list[Draft]) -> Draft:
    """ "Gunmen killed four farmers in an ambush": the parties of the word for harm are the happening's, where it has none."""
    names = {r.name for r in draft.happening.roles}
    spans = {r.mention.span for r in draft.happening.roles if r.name in (RoleName.PERPETRATOR, RoleName.TARGET)}
    extra = tuple(
        r
        for other in harm
        for r in other.happening.roles
        if r.name in (RoleName.PERPETRATOR, RoleName.TARGET) and r.name not in names and r.mention.span not in spans
    )
    if not extra or draft.happening.realis is not Realis.ASSERTED:
        return draft
    return Draft(replace(draft.happening, roles=draft.happening.roles + extra[:3]), draft.party)


_IT = frozenset(("it", "they", "them", "both", "all"))


def _stops_it(cut: Chunked, found: Found) -> bool:
    """ "It was intercepted", "defences shot both down": what was stopped is a pronoun, for a munition told of before."""
    if found.trigger.cls != "foil" or any(c.kind == "weapon" for c in cut.chunks):
        return False
    if not found.passive:
        return any(t.low in _IT for t in cut.tokens[found.last : found.last + 2])
    before = [t.low for t in cut.tokens[left_bound(cut, found.first) : found.first]]
    return bool(before) and before[0] in _IT


def _of_munition(draft: Draft, flying: Chunk) -> Draft:
    """The stopping of a munition that the sentence before told of: of its type, by its means."""
    event_type, sub = lexicon().types[lexicon().weapons[flying.head]]
    roles_ = (*draft.happening.roles, Role(RoleName.MEANS, as_mention(flying)))
    return replace(draft, happening=replace(draft.happening, event_type=event_type, sub_event_type=sub, roles=roles_))


def found_other(found: list[Found]) -> bool:
    """Whether the sentence has other words for happenings, none of which stands: it blames someone for something else."""
    return any(f.trigger.cls != "blame" for f in found)


def _blame(cut: Chunked, found: Found, blamed: list[Mention]) -> Draft:
    """Words that only say who did what was told before."""
    event_type, sub = lexicon().types["strike"]
    return Draft(
        Happening(
            trigger=Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end),
            sentence=cut.span,
            event_type=event_type,
            sub_event_type=sub,
            realis=found.realis,
            roles=tuple(Role(RoleName.PERPETRATOR, m, 0.7) for m in blamed),
            score=0.5,
        ),
        blamed[0],
    )


_OWNED = re.compile(
    r"claim(?:s|ed|ing)? (?:the )?(?:(?:responsibility|credit)"
    r"(?: for (?:it|them|this|that|these|those|both|all|the)\b| (?:in|on|via|through)\b|"
    r" ?[.,;”\"]|$)|(?:it|them|both|all)\b(?! was| were| had| has| to))"
)


def _owned(cut: Chunked, heard: list[Voice]) -> list[Draft]:
    """ "X claimed them", "X claimed responsibility": who says that what was told before is their deed."""
    claims = (v.attribution for v in heard if v.attribution.stance is Stance.CLAIMS and v.attribution.source)
    claimed = next(claims, None) if _OWNED.search(cut.words) else None
    if claimed is None or claimed.source is None:
        return []
    event_type, sub = lexicon().types["strike"]
    doer = Role(RoleName.PERPETRATOR, claimed.source, 0.7)
    return [Draft(Happening(claimed.cue, cut.span, event_type, sub, Realis.ASSERTED, (doer,), score=0.5), doer.mention)]


_PUTS = re.compile(
    r"\b(?:puts?|plac(?:es|ed)|locat(?:es|ed)) "
    r"(?:it|(?:the|this|that) (?:attack|strike|raid|blast|explosion|airstrike|shelling|incident)) (?:in|at|near) "
)


def _located(cut: Chunked) -> list[Draft]:
    """ "X puts it in Y": where what was told before happened, and nothing else of it."""
    match = _PUTS.search(cut.words)
    if match is None:
        return []
    verb = cut.words[: match.start()].count(" ")
    behind = verb + match.group().count(" ")
    spots = [c for c in cut.chunks if c.named and c.kind in (*SPOT, "state") and behind <= c.first <= behind + _REACH]
    event_type, sub = lexicon().types["strike"]
    trigger = Span(cut.tokens[verb].start, cut.tokens[verb].end)
    parts = tuple(Role(RoleName.PLACE, as_mention(c)) for c in spots)
    return [Draft(Happening(trigger, cut.span, event_type, sub, Realis.ASSERTED, parts, score=0.5), None)] if spots else []


_REACH = 6
"""So many words behind "puts it in" still say where."""


def _with_doers(draft: Draft, doers: list[Mention]) -> Draft:
    roles_ = draft.happening.roles + tuple(Role(RoleName.PERPETRATOR, m, 0.7) for m in doers)
    return Draft(replace(draft.happening, roles=roles_), draft.party or doers[0])


def _foil_covers(cut: Chunked) -> bool:
    """ "Shot down" speaks of the happening unless it comes with words that something hit."""
    words = cut.words
    return not re.search(
        r"\b(?:direct(?:ly)? hit|hit directly|one (?:of them )?(?:did )?(?:hit|reach)|but (?:one|the third|another))\b", words
    )


_CRAFT = grammar("roles.craft")
_DEBRIS = frozenset(("debris", "wreckage", "fragments"))


def _stands(cut: Chunked, found: Found) -> bool:
    """Whether the trigger has what its class needs: a weapon to launch, people to engage, a party that claims an operation."""
    if found.trigger.lemma in ("damage", "destroy") and _DEBRIS & {t.low for t in cut.tokens[: found.first]}:
        return False  # what falls from the sky after an interception is no second strike
    lo, hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
    near = [c for c in cut.chunks if lo <= c.first < hi]
    cls = found.trigger.cls
    if cls in ("weapon", "weapon-subject"):
        if found.trigger.lemma == "send" and not any(t.low in AT for t in cut.tokens[found.first : hi]):
            return False
        return any(c.kind == "weapon" and abs(c.first - found.first) < 12 for c in near) or (
            found.trigger.lemma == "fire"
            and found.last < len(cut.tokens)
            and cut.tokens[found.last].low in ("on", "at", "upon", "nothing")
        )
    if found.trigger.lemma == UNDER_FIRE:
        return not _criticised(cut, found)
    if cls == "blame":
        return bool(blamed_by(cut, found))
    if cls == "casualty" and found.noun:
        return wounded(cut, found) is not None
    if cls in ("seize", "regain"):
        if any(c.kind == "weapon" and found.last <= c.first <= found.last + 2 for c in near):
            return False  # "captured explosives"
        if _takes_people(cut, found):
            return True
        return any(c.kind in ("site", "area", "name") and found.last <= c.first <= found.last + 6 for c in near) or found.passive
    if cls in ("wreck", "burnt"):
        things = any(c.kind == "site" and lo <= c.first and -12 <= c.first - found.last <= 8 for c in near)
        return things and (cls == "wreck" or any(c.kind in ("group", "actor") for c in near))
    if cls == "theft":
        return any(c.kind in ("group", "actor") for c in near)
    if cls == "engage":
        behind = [c for c in near if found.last <= c.first <= found.last + 4]
        return any(c.kind in ("people", "group", "weapon") or c.head in _CRAFT for c in behind)
    if cls == "foil":
        if found.trigger.lemma in ("defuse", "deactivate") and found.trigger.form == "ing":
            return False  # "known for defusing bombs": a trade
        return any(c.kind == "weapon" for c in cut.chunks) or any(
            t.low in ("attack", "attacks", "strike", "strikes", "raid", "assault", "plot") for t in cut.tokens
        )
    if cls == "claimed":
        return any(
            t.low in ("claimed", "claims", "announced", "announces", "carried", "conducted", "responsibility") for t in cut.tokens
        ) and not any(c.kind == "actor" and c.last == found.first for c in cut.chunks)
    return cls != "campaign"


def _criticised(cut: Chunked, found: Found) -> bool:
    """ "Came under fire for the delay", "from residents": with words, and not with guns."""
    behind = [t.low for t in cut.tokens[found.last : found.last + 2]]
    if behind[:1] in (["for"], ["over"]):
        return not (found.last + 1 < len(cut.tokens) and cut.at[found.last + 1] >= 0 and _kind(cut, found.last + 1) == "time")
    return behind[:1] == ["from"] and any(c.kind == "people" and found.last < c.first <= found.last + 3 for c in cut.chunks)


def _kind(cut: Chunked, k: int) -> str:
    return cut.chunks[cut.at[k]].kind if cut.at[k] >= 0 else ""


def _draft(
    text: str,
    cut: Chunked,
    found: Found,
    heard: list[Voice],
    voice: Mention | None,
    party: Mention | None,
    zones: list[tuple[int, int]],
    head: int,
    tolled: bool = False,
) -> Draft:
    """One trigger's happening. `tolled`: whether the sentence counts people hurt, and not over a period."""
    lo, hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
    weapons = _weapons(cut, found, lo, hi)
    doers, targets = parties(cut, found, lo, hi, heard, voice, party)
    spots = spots_of(cut, found, lo, hi, heard, zones, head)
    if doers and found.trigger.cls not in _HARM and _answers(cut, hi):
        spots = [c for c in spots if c.first < hi]
    whens = times_of(text, cut, found, heard, zones, head)
    event_type, sub = _type(cut, found, weapons, doers, targets)
    if _unhurt(cut, found) and (means := _means_named(cut)):
        found, (event_type, sub) = replace(found, realis=Realis.ASSERTED), lexicon().types[means]
    parts = [Role(RoleName.PERPETRATOR, m) for m in doers] + [Role(RoleName.TARGET, as_mention(c)) for c in targets]
    parts += _named_means(cut, found, weapons)
    parts += [Role(RoleName.MEANS, as_mention(c)) for c in weapons] + [Role(RoleName.PLACE, as_mention(c)) for c in spots]
    parts += [Role(RoleName.TIME, as_mention(c)) for c in whens]
    if found.realis is Realis.ASSERTED and _denied(cut, found, heard):
        found = replace(found, realis=Realis.DENIED)
    realis = Realis.FOILED if found.trigger.cls == "foil" and found.realis is Realis.ASSERTED else found.realis
    if realis is Realis.ASSERTED and ((found.noun and _recalled(cut, found, lo)) or is_recalled(cut)):
        realis = Realis.BACKGROUND
    happening = Happening(
        trigger=Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end),
        sentence=cut.span,
        event_type=event_type,
        sub_event_type=sub,
        realis=realis,
        roles=tuple(parts),
        generic=generic(cut, found, lo, hi, whens, tolled and bool(spots or whens)),
        ordinal=_ordinal(cut, found),
        score=0.9 if found.trigger.cls not in ("casualty", "blast", "foil") else 0.6,
    )
    return Draft(happening, doers[0] if doers else None)


def _named_means(cut: Chunked, found: Found, weapons: list[Chunk]) -> list[Role]:
    """ "An airstrike": a word that says by itself what struck, where none else does."""
    words = " ".join(t.low for t in cut.tokens[found.first : found.last])
    if weapons or words not in lexicon().weapons:
        return []
    span = Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end)
    return [Role(RoleName.MEANS, Mention(span, MentionKind.WEAPON))]


def _answers(cut: Chunked, k: int) -> bool:
    """Whether a clause opens at token k that tells what another did before: "after it used ...", "after militants fired ..."."""
    if k + 1 >= len(cut.tokens) or cut.tokens[k].low not in ("after", "because"):
        return False
    party = any(c.kind in ("actor", "group") and k < c.first <= k + 2 for c in cut.chunks)
    return party or cut.tokens[k + 1].low in ("it", "they", "he", "she")


def _unhurt(cut: Chunked, found: Found) -> bool:
    """ "Debris fell on a roof, but no one was hurt": what is denied is the harm, not that something came down."""
    return found.trigger.cls == "casualty" and found.realis is Realis.DENIED and _NOBODY.search(cut.words) is not None


_NOBODY = re.compile(r"\b(?:no one|nobody|no (?:people|civilians|soldiers|troops|staff|crew))\b")


def _means_named(cut: Chunked) -> str | None:
    """The kind of the first weapon that the sentence names, in whatever part of it."""
    kinds = (lexicon().weapons.get(t.low) for t in cut.tokens)
    return next((kind for kind in kinds if kind and kind != "arms" and kind in lexicon().types), None)


def _denied(cut: Chunked, found: Found, heard: list[Voice]) -> bool:
    """ "X denied that the base had been hit": what stands behind a denial is denied; to deny a part in it is not."""
    cue = next((v.cue for v in heard if v.attribution.stance is Stance.DENIES and v.cue < found.first), None)
    if cue is None or found.first - cue > 12:
        return False
    return not any(
        t.low in ("responsibility", "involvement", "role", "link", "any", "part") for t in cut.tokens[cue : found.first]
    )


def _refers(cut: Chunked, found: Found, others: list[Found]) -> bool:
    """ "After the strike, an aircraft attacked": a noun that only points back to what was told, before words that tell."""
    before = " ".join(t.low for t in cut.tokens[max(0, found.first - 5) : found.first])
    told = any(o is not found and o.trigger.cls not in (*_HARM, "blame") for o in others)
    return found.noun and told and _POINTS_BACK.search(before) is not None


_POINTS_BACK = re.compile(r"\b(?:after|following) (?:the|that|this|(?:\w+ )?\w+day(?: \w+)? ['’]s)$")


def _recalled(cut: Chunked, found: Found, lo: int) -> bool:
    """ "... after the massacre": a noun behind "after" recalls what its sentence does not tell."""
    if any(
        c.time is not None and c.time.bound in (Bound.AFTER, Bound.SINCE) and 0 <= found.first - c.last <= 4 for c in cut.chunks
    ):
        return True
    if not lo or cut.tokens[lo - 1].low not in ("after", "following", "since"):
        return False
    return found.first - lo <= 7 and any(t.low in lexicon().verbs or t.low in lexicon().nouns for t in cut.tokens[: lo - 1])


def _weapons(cut: Chunked, found: Found, lo: int, hi: int) -> list[Chunk]:
    """The weapons of the clause, else those of the sentence: the nearest first."""
    near = [c for c in cut.chunks if c.kind == "weapon" and lo <= c.first < hi]
    return sorted(
        near or [c for c in cut.chunks if c.kind == "weapon" and abs(c.first - found.first) < 14],
        key=lambda c: abs(c.first - found.first),
    )[:3]


# Who comes on foot or on wheels: an attack of theirs is no strike from afar.
_AFOOT = grammar("roles.afoot")
_FLOWN = grammar("roles.flown")
_HANDS = grammar("roles.hands")
_CIVIL_SITES = grammar("roles.civil_sites")
_POSTS = grammar("roles.posts")


def _type(cut: Chunked, found: Found, weapons: list[Chunk], doers: list[Mention], targets: list[Chunk]) -> tuple[str, str]:
    """The event type: what the word says, narrowed by the means, else by whom it befalls."""
    lex = lexicon()
    means = [lex.weapons.get(w.head, "") for w in weapons]
    cls = found.trigger.cls
    kind = next((k for k in _TYPE_ORDER if k in means), None)
    if _takes_people(cut, found):
        return lex.types["abduction"]
    if cls in ("seize", "regain"):
        sides = {kinds.side_of(cut, c) for c in cut.chunks if any(c.span == d.span for d in doers)}
        state = "S" in sides if sides & {"R", "S"} else cls == "regain"
        return lex.types["regains" if state else "overtakes"]
    if cls == "shooting":
        return lex.types["attack"]
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
    if cls == "blast":
        return lex.types["strike"]
    if cls in ("attack", "clash"):
        return lex.types[cls]
    behind = next((c for c in cut.chunks if found.last <= c.first <= found.last + 2), None)
    hit = behind is not None and (not found.noun or before_of(cut, behind) in ("on", "against"))
    struck = [*targets[:1], *([behind] if behind is not None and hit else [])]
    met_with_arms = any(t.low.startswith(("repel", "repuls")) for t in cut.tokens)
    civil = not met_with_arms and any(c.kind == "people" or c.head in _CIVIL_SITES for c in struck)
    if cls in ("casualty", "engage"):
        return lex.types["attack" if civil or not (targets or doers) else "clash"]
    afoot = any(t.low in _AFOOT for t in cut.tokens[max(0, found.first - 14) : found.last + 8])
    hands = not found.noun and not means and any(t.low in _HANDS for t in cut.tokens[max(0, found.first - 6) : found.first])
    if hands and found.trigger.lemma in ("attack", "assault", "target", "hit") and civil and doers and not _flown(cut):
        return lex.types["attack"]  # "militiamen attacked a camp for the displaced"
    armed = any(t.kind in ("group", "actor") or t.head in _POSTS for t in (*targets, *struck))
    each = bool(doers and targets) and targets[0].kind in ("group", "actor") and not found.noun and found.trigger.lemma != "raid"
    met = found.trigger.lemma in ("attack", "assault", "raid") and (each or (armed and _on_foot(cut, found, doers)))
    if kind == "arms" or met or (afoot and (civil or any(t.kind == "group" or t.head in _POSTS for t in targets) or found.noun)):
        return lex.types["attack" if civil else "clash"]
    return lex.types["strike"]


def _on_foot(cut: Chunked, found: Found, doers: list[Mention]) -> bool:
    """Whether those who attack are fighters by their own words ("Boko Haram militants", "army troops"), and not in the air."""
    if found.noun or _flown(cut):
        return False
    return any(c.kind == "group" and kinds.side_of(cut, c) for c in cut.chunks if any(c.span == d.span for d in doers))


def _flown(cut: Chunked) -> bool:
    """Whether something flies in the sentence."""
    return any(t.low in _FLOWN for t in cut.tokens)


def _ordinal(cut: Chunked, found: Found) -> int | None:
    """ "The second raid": the happening's place in a told order."""
    if match := re.search(r"\bfor the (second|third|fourth|fifth) time\b", cut.words):
        return _ORDINAL[match.group(1)]
    for token in cut.tokens[max(0, found.first - 4) : found.first]:
        if token.low in _ORDINAL and found.noun:
            return _ORDINAL[token.low]
        if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", token.low):
            return int(match.group(1))
    return None


def _folded(text: str, made: list[Draft]) -> list[Draft]:
    """Words of one sentence for one happening, put together: the first to be asserted leads."""
    kept: list[Draft] = []
    for draft in made:
        same = next((k for k, other in enumerate(kept) if _one(text, other, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            kept[same] = _merged(kept[same], draft)
    return kept


def _one(text: str, a: Draft, b: Draft) -> bool:
    """Whether two drafts of a sentence are one happening: alike in what is real, and with no party on both ends."""
    x, y = a.happening, b.happening
    if x.generic != y.generic or (
        x.realis is not y.realis and Realis.ASSERTED in (x.realis, y.realis) and Realis.FOILED not in (x.realis, y.realis)
    ):
        return False
    if any(h.trigger.of(text).lower().endswith(" back") for h in (x, y)):
        return False  # "came under fire and struck back"
    between = text[min(x.trigger.end, y.trigger.end) : max(x.trigger.start, y.trigger.start)].lower()
    if re.search(
        r"\b(?:after|in response to|in retaliation|following|in answer to|another|a second|while|came after|followed by)\b",
        between,
    ) and (x.role(RoleName.PERPETRATOR) or y.role(RoleName.PERPETRATOR) or "another" in between or "a second" in between):
        return False
    doers_x, doers_y = {m.span for m in x.role(RoleName.PERPETRATOR)}, {m.span for m in y.role(RoleName.PERPETRATOR)}
    targets_x, targets_y = {m.span for m in x.role(RoleName.TARGET)}, {m.span for m in y.role(RoleName.TARGET)}
    if doers_x & targets_y or doers_y & targets_x:
        return False
    return not (
        doers_x
        and doers_y
        and not doers_x & doers_y
        and "and" in between.split()
        and targets_x
        and targets_y
        and not targets_x & targets_y
    )


_TURNS = frozenset(("after", "before", "when", "while", "said", "because", "as", "and", "but", ";"))
_OWN = frozenset((RoleName.PLACE, RoleName.TIME, RoleName.MEANS, RoleName.TARGET))


def _with_own_parts(cut: Chunked, drafts_: list[Draft]) -> list[Draft]:
    """ "X struck A after Y had fired rockets at B": of two deeds by two parties each keeps what its own clause says."""
    for (n, a), (m, b) in itertools.pairwise(enumerate(drafts_)):
        x, y = sorted((a.happening, b.happening), key=lambda h: h.trigger.start)
        between = [t for k, t in enumerate(cut.tokens) if x.trigger.end <= t.start < y.trigger.start and cut.at[k] < 0]
        inside = [t for t in between if t.low in _TURNS]
        if not inside or min(x.score, y.score) < 0.9 or x.generic or y.generic:
            continue
        if inside[-1].low != "said" and not _by_others(x, y):
            continue
        turn = inside[-1].start
        mine = replace(x, roles=tuple(r for r in x.roles if r.name not in _OWN or r.mention.span.start < turn))
        timed = any(r.name is RoleName.TIME and r.mention.span.start > turn for r in y.roles)
        shed = {RoleName.MEANS, RoleName.TIME} if timed else {RoleName.MEANS}
        other = replace(y, roles=tuple(r for r in y.roles if r.name not in shed or r.mention.span.start > turn))
        ours = {x.trigger: mine, y.trigger: other}
        drafts_[n] = replace(a, happening=ours[a.happening.trigger])
        drafts_[m] = replace(b, happening=ours[b.happening.trigger])
    return drafts_


def _by_others(x: Happening, y: Happening) -> bool:
    """Whether two happenings are told with parties of their own: two doers, or a doer and those to whom another did it."""
    doers = {m.span for m in x.role(RoleName.PERPETRATOR)}
    others = {m.span for m in (*y.role(RoleName.PERPETRATOR), *y.role(RoleName.TARGET))}
    return bool(doers and others and not doers & others)


def _merged(a: Draft, b: Draft) -> Draft:
    x, y = (a.happening, b.happening) if a.happening.score >= b.happening.score else (b.happening, a.happening)
    held = {(r.name, r.mention.span) for r in x.roles}
    names = {r.name for r in x.roles}
    extra = tuple(
        r
        for r in y.roles
        if (r.name, r.mention.span) not in held
        and (r.name in (RoleName.PLACE, RoleName.MEANS, RoleName.TIME) or r.name not in names)
    )
    finer = (
        y if x.sub_event_type == MEANS_UNKNOWN and y.sub_event_type != x.sub_event_type and y.event_type == x.event_type else x
    )
    realis = Realis.FOILED if Realis.FOILED in (x.realis, y.realis) else x.realis
    return Draft(
        replace(
            x,
            roles=x.roles + extra,
            sub_event_type=finer.sub_event_type,
            event_type=finer.event_type,
            realis=realis,
            ordinal=x.ordinal or y.ordinal,
        ),
        a.party or b.party,
    )


def _split(cut: Chunked, draft: Draft) -> list[Draft]:
    """One draft for each of several sites that are listed as struck: "bases in X and Y"."""
    happening = draft.happening
    if hours := _hours(cut, happening):
        return [
            Draft(
                replace(
                    happening, roles=tuple(r for r in happening.roles if r.name is not RoleName.TIME or r.mention.span == hour)
                ),
                draft.party,
            )
            for hour in hours
        ]
    places = _listed_places(cut, happening)
    if len(places) < 2 and _two_apart(cut, happening):
        return [Draft(replace(happening, ordinal=n), draft.party) for n in (1, 2)]
    if len(places) < 2 or happening.generic:
        return [draft]
    pieces: list[Draft] = []
    # "In X and Y in Z": the wider place behind the last is that of all, where the others bring none of their own.
    shared = places[-1][1:] if all(len(place) == 1 for place in places[:-1]) else []
    for mine in places:
        others = {c.span for place in places if place is not mine for c in place if c not in shared}
        kept = tuple(r for r in happening.roles if not (r.name in (RoleName.PLACE, RoleName.TARGET) and r.mention.span in others))
        pieces.append(Draft(replace(happening, roles=kept), draft.party))
    return pieces


def _listed_places(cut: Chunked, happening: Happening) -> list[list[Chunk]]:
    """The places that are listed as struck, each with the wider ones that it is said to lie in: "at X in Y, and one at Z"."""
    spans = {m.span for m in happening.role(RoleName.PLACE)}
    spots = [c for c in cut.chunks if c.named and c.span in spans and c.kind in (*SPOT, "state")]
    runs: list[list[Chunk]] = []
    listed: list[bool] = []
    for spot in spots:
        if runs and _lies_in(cut, runs[-1][-1], spot):
            runs[-1].append(spot)
            continue
        before = runs[-1] if runs else []
        sited = spot.kind in ("site", "name")
        beside = bool(before) and (_again_on(cut, before[-1], spot) or (sited and _listed(cut, before[-1], spot)))
        listed.append(beside and before[0].kind in ("site", "name"))
        runs.append([spot])
    for n in range(len(runs) - 2, 0, -1):  # "at X, Y and Z"
        between = [t.text for t in cut.tokens[runs[n - 1][-1].last : runs[n][0].first] if t.low != "the"]
        listed[n] = listed[n] or (listed[n + 1] and between == [","] and runs[n - 1][0].kind == runs[n][0].kind == "site")
    return [run for n, run in enumerate(runs) if listed[n] or listed[n + 1 : n + 2] == [True]]


def _lies_in(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """ "X in Y", "X, northern Y": the place behind is the one that the place before lies in."""
    between = [t.low for t in cut.tokens[one.last : other.first]]
    turned = (w for n, w in enumerate(between) if not (w == "and" and {between[n - 1], *between[n + 1 : n + 2]} <= COMPASS))
    if any(w in _TURNED or w in lexicon().verbs for w in turned):
        return False  # "in northern and western X" is one stretch
    return (other.kind not in ("site", "name") and len(between) <= 8) or (between[:1] == ["in"] and len(between) <= 4)


_TURNED = frozenset(("and", "or", ";", "but", "while"))
_ANOTHER = re.compile(r"(?:, )?and (?:(?:one|another|two|three|others?|a second|a third) )?(\w+) .*")


def _again_on(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """ "On X in one land and on three posts in another", "X, and one for a base in the north": the preposition opens a target."""
    between = [t.low for t in cut.tokens[one.last : other.first]]
    again = _ANOTHER.match(" ".join(between))
    if again is None or any(w in lexicon().verbs for w in between):
        return False
    return (again[1] in AT or again[1] == "for") and before_of(cut, other) in ("in", "of", *COMPASS)


def _hours(cut: Chunked, happening: Happening) -> list[Span]:
    """Two times of day that are listed side by side: "at 11:30 pm on Monday and at 1 am on Tuesday"."""
    spans = {m.span for m in happening.role(RoleName.TIME)}
    timed = [c for c in cut.chunks if c.span in spans and c.time is not None and c.time.clock is not None and c.time.has_day]
    for one, other in itertools.pairwise(timed):
        between = [t.low for t in cut.tokens[one.last : other.first]]
        if "and" in between and len(between) <= 4:
            return [one.span, other.span]
    return []


def _two_apart(cut: Chunked, happening: Happening) -> bool:
    """ "Two separate attacks": two happenings that the sentence tells no further apart."""
    return not happening.generic and bool(
        re.search(r"\b(?:two|2) (?:separate|different) (?:\w+ )?(?:attacks|strikes|raids)\b", cut.words)
    )


_BETWEEN = grammar("roles.between")


def _listed(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """Whether two places stand side by side rather than one within the other: "and" between them, or a wider area and "and"."""
    if before_of(cut, one) == "between":
        return False  # "on the road between X and Y"
    between = [
        t.low
        for k, t in enumerate(cut.tokens[one.last : other.first], one.last)
        if not (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in ("state", "area"))
    ]
    if re.search(
        r"\band (?:one|another|two|a second|a third|others?)\b.*\b(?:at|on|against|in|near|by|targeting)\b", " ".join(between)
    ):
        return True  # "drones at X, and one at a base by Y"
    return len(between) <= 7 and "and" in between and all(w in _BETWEEN for w in between)
