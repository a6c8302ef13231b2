"""Hang parties, means, places and times on the words that speak of happenings, by nearness within the clause.

A sentence gives one draft for each happening that it tells apart.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crossbearing.model.mention import Happening, Mention, MentionKind, Realis, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read import kinds
from crossbearing.read.beside import SPOT, as_mention, before_of, subject_of
from crossbearing.read.bounds import left_bound
from crossbearing.read.by_kind import QUIET, settled, shaped, tolled
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.drafting import by_bomb, drafted
from crossbearing.read.figurative import (
    following,
    is_about,
    is_match,
    is_no_attack,
    is_recalled,
    is_rejected,
    is_retracted,
    is_staged,
    is_supposed,
    is_union,
    is_violent,
)
from crossbearing.read.folding import Draft, comes_in, folded, split, with_own_parts
from crossbearing.read.forms import HARM
from crossbearing.read.harm.words import Casualty
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.many import over_a_period
from crossbearing.read.owning import blame, can_be_laid_on, found_other, located, owned, with_doers
from crossbearing.read.parties import blamed_by, each_other
from crossbearing.read.sides import by_days, of_side
from crossbearing.read.spots import dateline, motives
from crossbearing.read.standing import befell_them, deplored, does_away, found_first, his_end, means_of_plan, refers, stands
from crossbearing.read.sub_events import IN_FIGHTING, by_air_force, downed, takes_people
from crossbearing.read.triggers import Found
from crossbearing.read.voices import Voice


def drafts(
    text: str,
    cut: Chunked,
    found: list[Found],
    heard: list[Voice],
    hurt: list[Casualty],
    voice: Mention | None,
    party: Mention | None,
    flying: Chunk | None = None,
    came: bool = False,
    brief: bool = False,
) -> list[Draft]:
    """The happenings of one sentence: violence by its words, and the kind of happening that its forms tell of.

    `flying`: the munition that the sentence before told of, for "it was intercepted". `came`: whether armed men came to a place
    by the sentence before, so that harm alone tells of what they did. `brief`: whether the report is a line or two.
    """
    by_words: list[Draft] = []
    for some, their_hurt, side in by_days(cut, found, hurt) if found else ():
        told_of = _violence(text, cut, some, heard, their_hurt, voice, party, flying, came, brief, side)
        by_words += [of_side(cut, d, side) for d in told_of] if side else told_of
    violence = (by_words or owned(cut, heard)) + located(cut)
    told = kinds.told(cut)
    if told is None or is_staged(cut) or is_match(cut) or takes_people(cut, told.found):
        return violence
    summed = bool(hurt) and all(h.cumulative for h in hurt) and _harms(cut, told.found)
    if summed or (told.kind.key == "clash" and over_a_period(cut)):
        return violence  # "killed 90 rebels since March", "neutralised nine in the past week": of no one fight
    after = following(text, cut.span)
    draft = drafted(text, cut, told.found, heard, voice, party, motives(cut), dateline(cut))
    draft = _where_they_marched(cut, _told(cut, shaped(cut, told, draft, brief, came), after))
    if draft.happening.event_type not in (*QUIET, "Riots") and is_no_attack(cut, after):
        return violence
    return settled(text, told, draft, violence, tolled(text, hurt))


_THROUGH = frozenset(("in", "at", "near", "outside", "through", "across"))


def _where_they_marched(cut: Chunked, draft: Draft) -> Draft:
    """ "Hundreds marched through X; police used water cannon": where the crowd was, which the clause of the police leaves out."""
    happening = draft.happening
    if happening.event_type not in ("Protests", "Riots") or happening.role(RoleName.PLACE):
        return draft
    spots = (c for c in cut.chunks if c.named and c.kind in SPOT and before_of(cut, c) in _THROUGH)
    where = tuple(Role(RoleName.PLACE, as_mention(c)) for c in spots)
    return replace(draft, happening=replace(happening, roles=(*happening.roles, *where[:1])))


def _harms(cut: Chunked, found: Found) -> bool:
    """Whether the word that tells of a kind is one for harm alone."""
    known = lexicon().verbs.get(cut.tokens[found.first].low)
    return known is not None and known.cls == "casualty"


def _violence(
    text: str,
    cut: Chunked,
    found: list[Found],
    heard: list[Voice],
    hurt: list[Casualty],
    voice: Mention | None,
    party: Mention | None,
    flying: Chunk | None,
    came: bool,
    brief: bool,
    side: Span | None,
) -> list[Draft]:
    """The happenings of a sentence, or of a `side` of it, that words for violence tell of."""
    after = following(text, cut.span)
    if is_no_attack(cut, after):
        return []
    if is_union(cut):
        found = [f for f in found if f.trigger.cls not in ("open", "casualty")]
    if _CONTROLLED.search(cut.words):
        found = [replace(f, trigger=replace(f.trigger, cls="foil")) if f.trigger.cls in _SET_OFF else f for f in found]
    found = [replace(f, trigger=replace(f.trigger, cls="foil")) if found_first(cut, f) else f for f in found]
    found = [replace(f, trigger=replace(f.trigger, cls="foil")) if _by_air_defence(cut, f) else f for f in found]
    found = [replace(f, trigger=replace(f.trigger, cls="casualty", lemma="kill")) if does_away(cut, f) else f for f in found]
    found = [replace(f, trigger=replace(f.trigger, cls="downed")) if downed(cut, f) else f for f in found]
    zones, head = [z for z in motives(cut) if side is None or cut.tokens[z[0]].start != side.start], dateline(cut)
    stopped = [f for f in found if flying and _stops_it(cut, f)]
    standing = [f for f in found if f in stopped or stands(cut, f)]
    usable = [f for f in standing if befell_them(cut, f) or deplored(cut, f) or not any(a < f.first < b for a, b in zones)]
    usable = [f for f in usable if not refers(cut, f, usable) and not his_end(cut, f, usable)]
    usable = [f for f in usable if not means_of_plan(cut, f, usable)]
    if any(f.realis in (Realis.ASSERTED, Realis.FOILED) for f in usable):
        usable = [f for f in usable if f.realis is not Realis.PLANNED]
    strong = [f for f in usable if f.trigger.cls not in (*HARM, "foil", "blame") or by_bomb(cut, f)]
    foils = [f for f in usable if f.trigger.cls == "foil"]
    harmed = [f for f in usable if f.trigger.cls == "casualty" and (not hurt or not all(h.cumulative for h in hurt))]
    chosen = strong or foils or harmed or [f for f in usable if f.trigger.cls == "wreck"]
    made = [drafted(text, cut, f, heard, voice, party, zones, head, tolled(text, hurt), brief) for f in chosen]
    if not strong and not foils and made and not came and not _by_hand(text, cut, chosen, made, brief):
        return []
    made = _as_compounds(chosen, [_told(cut, d, after) for d in made])
    foiled = bool(foils) and any(f.realis is Realis.ASSERTED for f in foils)
    if foiled and strong:
        made = [
            replace(d, happening=replace(d.happening, realis=Realis.FOILED))
            if d.happening.realis in (Realis.ASSERTED, Realis.FOILED) and _foil_covers(cut)
            else d
            for d in made
        ]
    blames = [(f, blamed_by(cut, f)) for f in usable if f.trigger.cls == "blame"]
    blamed = [m for _, parties in blames for m in parties]
    mutual = [blame(cut, f, others) for f in found for others in each_other(cut, f)]
    if blamed and not made and not found_other(found):
        first, *others = [blame(cut, f, parties) for f, parties in blames if parties]
        made, mutual = [first], [*mutual, *others]
    elif blamed:
        made = [with_doers(d, blamed) if can_be_laid_on(d, heard) else d for d in made]
    if flying and stopped:
        made = [_of_munition(d, flying) for d in made]
    apart = with_own_parts(cut, folded(text, made))
    if strong or (harmed and chosen is harmed):
        hurting = (f for f in usable if f.trigger.cls in HARM and f not in chosen and f.realis is Realis.ASSERTED)
        harm = [drafted(text, cut, f, heard, voice, party, zones, head) for f in hurting]
        alone = [h for h in harm if apart and all(_of_another(text, h, d) for d in apart)]
        apart = [_with_harm(cut, d, [h for h in harm if h not in alone]) for d in apart]
        apart = alone + [_by_the_worst(cut, d, hurt) for d in apart]
    return [piece for draft in apart for piece in split(cut, draft)] + mutual


def _by_air_defence(cut: Chunked, found: Found) -> bool:
    """ "Air defence systems destroyed 12 drones": they were stopped."""
    if found.noun or found.trigger.lemma not in ("destroy", "eliminate", "neutralise", "neutralize", "hit"):
        return False
    flown = any(
        c.kind == "weapon" and lexicon().weapons.get(c.head) in ("air", "shelling") for c in cut.chunks if _is_what(found, c)
    )
    return flown and _AIR_DEFENCE.search(cut.words) is not None


def _is_what(found: Found, chunk: Chunk) -> bool:
    """Whether a stretch is what a verb is done to, by where it stands."""
    return 0 <= found.first - chunk.last <= 3 if found.passive else 0 <= chunk.first - found.last <= 3


_AIR_DEFENCE = re.compile(r"\b(?:air[ -]?defen[cs]es?|anti-?aircraft)\b")


def _of_another(text: str, harm: Draft, draft: Draft) -> bool:
    """ "Gunmen killed two farmers and soldiers attacked the village": harm by one party, told before the deed of another."""
    return bool(harm.happening.role(RoleName.PERPETRATOR)) and comes_in(text, harm.happening, draft.happening)


def _as_compounds(chosen: list[Found], made: list[Draft]) -> list[Draft]:
    """ "A wave of stabbing attacks": a word that stands before another speaks of as many as that."""
    many = {d.happening.trigger.start for f, d in zip(chosen, made, strict=True) if f.noun and d.happening.generic}
    return [replace(d, happening=replace(d.happening, generic=True)) if d.happening.trigger.end + 1 in many else d for d in made]


# "Destroyed in a controlled manner": those who found a bomb set it off.
_CONTROLLED = re.compile(r"\bcontrolled (?:manner|way|fashion|explosion|detonation|blast|demolition)\b")
_SET_OFF = ("wreck", "blast", "weapon")


def _by_hand(text: str, cut: Chunked, chosen: list[Found], made: list[Draft], brief: bool) -> bool:
    """Whether harm that stands alone was done by someone: a party, a means or a word of violence stands by; or a report of a line
    or two says of armed men that they were killed, and of no mishap."""
    if chosen[0].trigger.cls == "wreck" and not any(d.happening.role(RoleName.TARGET) for d in made):
        return False
    if any(c.kind == "weapon" for c in cut.chunks):
        return True
    if any(d.happening.role(RoleName.PERPETRATOR) for d in made):
        return True
    if any((f.passive and _by_people(cut, f.last)) or _people_killed(cut, f) for f in chosen):
        return True  # "killed by unknown persons", "a man killed two worshippers"
    if brief and any(m.kind is MentionKind.GROUP for d in made for m in d.happening.role(RoleName.TARGET)):
        return True
    return is_violent(text, cut) or any(_killed_there(cut, f, d) for f, d in zip(chosen, made, strict=True))


def _killed_there(cut: Chunked, found: Found, draft: Draft) -> bool:
    """ "A social leader was killed in X on Monday": people told of as killed by somebody, where no words give another cause."""
    told = found.first > 0 and cut.tokens[found.first - 1].low in ("was", "were")
    if found.trigger.lemma != "kill" or found.noun or not told:
        return False
    behind = " ".join(t.low for t in cut.tokens[found.last :])
    placed = any(c.kind == "name" and c.first > found.last for c in cut.chunks) and draft.happening.role(RoleName.PLACE)
    dated = any(c.time is not None and c.time.has_day and c.first >= found.last for c in cut.chunks)
    return bool(placed and dated and draft.happening.role(RoleName.TARGET)) and _BY_CHANCE.search(behind) is None


_BY_CHANCE = re.compile(
    r"\b(?:when|as|after|while|because|during|following|since|of|by|fire|in (?:an?|another|two|three|the) [a-z])"
)
"""What may give another cause."""
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
    return replace(draft, happening=as_said(cut, draft.happening, after))


def as_said(cut: Chunked, happening: Happening, after: str) -> Happening:
    """A happening by what its sentence, or the one behind, says of the whole: taken back, supposed, rehearsed, long ago."""
    if happening.realis not in (Realis.ASSERTED, Realis.FOILED):
        return happening
    if _in_title(cut, happening.trigger):
        return replace(happening, generic=True)
    before = " ".join(t.low for t in cut.tokens if t.end <= happening.trigger.start)
    if is_retracted(cut, after) or is_rejected(before):
        return replace(happening, realis=Realis.DENIED)
    if cut.words.endswith("?") or is_supposed(before):
        return replace(happening, realis=Realis.HYPOTHETICAL)
    if is_recalled(cut, after):
        return replace(happening, realis=Realis.BACKGROUND)
    if is_staged(cut, after) or is_about(cut):
        return replace(happening, generic=True)
    return happening


_QUOTES = "‘’'“”\""


def _in_title(cut: Chunked, trigger: Span) -> bool:
    """Whether a word for a happening stands in a quoted title: "trailer for 'The Bombing of X'"."""
    at = next((k for k, t in enumerate(cut.tokens) if t.start >= trigger.start), 0)
    opens = next((k for k in range(at - 1, -1, -1) if cut.tokens[k].text in _QUOTES), None)
    closes = next((k for k in range(at, len(cut.tokens)) if cut.tokens[k].text in _QUOTES), None)
    if opens is None or closes is None:
        return False
    inside = [t.text for t in cut.tokens[opens + 1 : closes]]
    long = [word for word in inside if len(word) > 3]
    return len(long) > 1 and inside[0][0].isupper() and all(word[0].isupper() for word in long)


def _with_harm(cut: Chunked, draft: Draft, harm: list[Draft]) -> Draft:
    """ "Gunmen killed four farmers in an ambush": the parties of the word for harm are the happening's, where it has none."""
    names = {r.name for r in draft.happening.roles}
    spans = {r.mention.span for r in draft.happening.roles if r.name in (RoleName.PERPETRATOR, RoleName.TARGET)}
    struck = [m.span for m in draft.happening.role(RoleName.TARGET)]
    extra = tuple(
        r
        for other in harm
        for r in other.happening.roles
        if r.name in (RoleName.PERPETRATOR, RoleName.TARGET)
        and r.name not in names
        and r.mention.span not in spans
        # Whose the craft is that was brought down.
        and not (r.name is RoleName.PERPETRATOR and any(0 <= s.start - r.mention.span.end <= 1 for s in struck))
    )
    if not extra or draft.happening.realis is not Realis.ASSERTED:
        return draft
    happening = replace(draft.happening, roles=draft.happening.roles + extra[:3])
    hurt = {r.mention.kind for r in extra if r.name is RoleName.TARGET}
    noun = next((lexicon().nouns.get(t.low) for t in cut.tokens if t.start == happening.trigger.start), None)
    unarmed = MentionKind.PEOPLE in hurt <= {MentionKind.PEOPLE, MentionKind.FACILITY}
    if unarmed and happening.sub_event_type == "Armed clash" and noun is not None and noun.cls == "open":
        event_type, sub = lexicon().types["attack"]  # "bandits kill nine worshippers in mosque attack"
        happening = replace(happening, event_type=event_type, sub_event_type=sub)
    if noun is not None and noun.cls == "open" and by_air_force(cut, happening.role(RoleName.PERPETRATOR)):
        event_type, sub = lexicon().types["air"]
        happening = replace(happening, event_type=event_type, sub_event_type=sub)
    return Draft(happening, draft.party)


def _by_the_worst(cut: Chunked, draft: Draft, hurt: list[Casualty]) -> Draft:
    """ "Gunmen looted a clinic, killing a nurse", "20 were killed in the fighting and two cars seized": where people were killed,
    that is what it was."""
    happening = draft.happening
    fought = IN_FIGHTING.search(cut.words) is not None
    dead = any(h.counted == "killed" and not h.cumulative and (h.people or fought) for h in hurt)
    if happening.sub_event_type != lexicon().types["looting"][1] or happening.realis is not Realis.ASSERTED or not dead:
        return draft
    event_type, sub = lexicon().types["clash" if fought else "attack"]
    return Draft(replace(happening, event_type=event_type, sub_event_type=sub), draft.party)


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


def _foil_covers(cut: Chunked) -> bool:
    """ "Shot down" speaks of the happening unless it comes with words that something hit."""
    words = cut.words
    return not re.search(
        r"\b(?:direct(?:ly)? hit|hit directly|one (?:of them )?(?:did )?(?:hit|reach)|but (?:one|the third|another)|"
        r"(?:most|some|many|several|half) of (?:which|them))\b",
        words,
    )
