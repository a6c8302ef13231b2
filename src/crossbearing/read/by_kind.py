"""A kind of happening beside the violence of the same sentence: which parts it takes, and which of the two stands.

"Police fired tear gas at marchers" is a demonstration broken up and no strike; "rebels took the town after shelling it" is
both ground taken and shelling.
"""

from __future__ import annotations

from dataclasses import replace

from crossbearing.model.mention import BEFALLEN, Happening, MentionKind, Realis, Role, RoleName
from crossbearing.read import kinds
from crossbearing.read.beside import as_mention, is_headline, opens_period, subject_of
from crossbearing.read.bounds import left_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.folding import Draft
from crossbearing.read.harm.nobody import is_nobody
from crossbearing.read.harm.words import Casualty
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.triggers import Found
from crossbearing.words.time_forms import Bound

_BY_CROWDS = ("protest", "violent-demonstration", "mob")
QUIET = ("Protests", "Strategic developments")
_TOLD = (Realis.ASSERTED, Realis.FOILED)
_GROUND = ("Non-state actor overtakes territory", "Government regains territory")


def shaped(cut: Chunked, told: kinds.Told, draft: Draft, brief: bool = False, came: bool = False) -> Draft:
    """A kind of happening with its parts. What is no violence needs a place of its own to be an incident, or a day too; fighting
    that is all of a report of a line or two (`brief`) is of the report's day. `came`: whether armed men came to a place by the
    sentence before.
    """
    happening = draft.happening
    if told.kind.key in _BY_CROWDS:
        happening = _by_crowd(cut, told.found, happening)
    arrests, spots = told.kind.key == "arrests", {m.span for m in happening.role(RoleName.PLACE)}
    parts = (_part(r, arrests and r.mention.span not in spots) for r in happening.roles)
    happening = replace(happening, roles=tuple(part for part in parts if part is not None))
    weak = told.kind.incident == "dated" or (told.kind.key == "clash" and told.found.trigger.lemma.split()[0] in _HARMS)
    weak = weak or (happening.event_type in QUIET and told.kind.key != "force-against-protesters")
    # A country alone is where a party is from as often as where something was done.
    placed = any(place.kind is not MentionKind.STATE for place in happening.role(RoleName.PLACE))
    fought = brief and happening.event_type == "Battles" and is_headline(cut)
    dated = placed and (fought or any(_says_day(c) for c in cut.chunks))
    none = {"never": True, "dated": not dated, "scene": not came}.get(told.kind.incident, False)
    none = none or (arrests and not _of_note(cut, happening))
    return replace(draft, happening=replace(happening, generic=happening.generic or none, score=0.6 if weak else happening.score))


def _of_note(cut: Chunked, happening: Happening) -> bool:
    """Whether those taken into custody are several, are of a party or bear an office: a lone man is a police matter."""
    held = [r.mention.span for r in happening.roles if r.name in BEFALLEN]
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


_HARMS = frozenset(("kill", "wound", "injure", "inflict", "eliminate", "neutralise", "neutralize"))
"""What the army did to two rebels, but not how: like a lone word for harm."""
_PERSONS = (MentionKind.PEOPLE, MentionKind.PERSON)


def _says_day(chunk: Chunk) -> bool:
    """Whether a time says on which day, and not since or after which."""
    words = chunk.time
    return words is not None and words.has_day and words.bound is Bound.NONE and not opens_period(chunk)


def settled(text: str, told: kinds.Told, draft: Draft, violence: list[Draft], tolled: bool) -> list[Draft]:
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


def tolled(text: str, hurt: list[Casualty]) -> bool:
    """Whether people hurt are counted, and not over a period."""
    return any(not h.cumulative and not is_nobody(h.figure.span.of(text)) for h in hurt)
