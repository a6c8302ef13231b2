"""Hang parties, means, places and times on the words that speak of happenings, by nearness within the clause.

A sentence gives one draft for each happening that it tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crossbearing.model.mention import Happening, Mention, MentionKind, Realis, Role, RoleName, Stance
from crossbearing.model.text import Span
from crossbearing.read import kinds
from crossbearing.read.aimed import fires_at, rams
from crossbearing.read.beside import AT, SPOT, VICTIM, as_mention, before_of, subject_of
from crossbearing.read.by_kind import QUIET, settled, shaped, tolled
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.figurative import (
    following,
    is_about,
    is_hurtful,
    is_match,
    is_no_attack,
    is_recalled,
    is_retracted,
    is_staged,
    is_supposed,
    is_union,
    is_violent,
)
from crossbearing.read.folding import Draft, folded, split, with_own_parts
from crossbearing.read.harm.words import Casualty
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.many import generic, over_a_period
from crossbearing.read.parties import blamed_by, parties
from crossbearing.read.spots import dateline, motives, spots_of, times_of
from crossbearing.read.sub_events import CHARGES, DRIVEN, downed, takes_ground, takes_people, type_of
from crossbearing.read.targets import OF_PEOPLE, is_of, wounded
from crossbearing.read.triggers import UNDER_FIRE, Found, a_day_after, is_manned, left_bound, right_bound
from crossbearing.read.voices import Voice
from crossbearing.words import ordinals
from crossbearing.words.time_forms import Bound, Shift, Unit

# Classes of words that only say what came of a happening.
_HARM = ("casualty", "wreck")
_ORDINAL = {word: n for n, word in enumerate(ordinals.UNITS[:10], 1)}


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
    for some, their_hurt, side in _by_days(cut, found, hurt) if found else ():
        told_of = _violence(text, cut, some, heard, their_hurt, voice, party, flying, came, brief, side)
        by_words += [_of_side(cut, d, side) for d in told_of] if side else told_of
    violence = (by_words or _owned(cut, heard)) + _located(cut)
    told = kinds.told(cut)
    if told is None or is_staged(cut) or is_match(cut) or takes_people(cut, told.found):
        return violence
    summed = bool(hurt) and all(h.cumulative for h in hurt) and _harms(cut, told.found)
    if summed or (told.kind.key == "clash" and over_a_period(cut)):
        return violence  # "killed 90 rebels since March", "neutralised nine in the past week": of no one fight
    after = following(text, cut.span)
    draft = _draft(text, cut, told.found, heard, voice, party, motives(cut), dateline(cut))
    draft = _told(cut, shaped(cut, told, draft, brief, came), after)
    if draft.happening.event_type not in (*QUIET, "Riots") and is_no_attack(cut, after):
        return violence
    return settled(text, told, draft, violence, tolled(text, hurt))


def _by_days(cut: Chunked, found: list[Found], hurt: list[Casualty]) -> Iterator[tuple[list[Found], list[Casualty], Span | None]]:
    """The words for violence and the casualties of each day, and the words that tell of it: "killed six, a day after soldiers
    raided the camp" is of two. What a noun tells of is one with a death before it, unless both have dead or hurt of their own."""
    if (stop := two_deeds(cut, found, hurt)) is not None:
        lag = at = stop
    elif (named := _other_day(cut, found)) is not None:
        lag = at = named.span.start
    else:
        told_then = (c for c in cut.chunks if c.kind == "time" and cut.tokens[c.first].text[0].islower())
        lags = (c for c in told_then if cut.tokens[c.last - 1].low in ("after", "before"))
        apart = next(filter(_of_days, lags), None)
        lag, at = (apart.span.start, apart.span.end) if apart else (cut.span.end, cut.span.end)
    behind = [f for f in found if cut.tokens[f.first].start >= at]
    their = [h for h in hurt if h.figure.span.start >= at]
    two = stop is not None or named is not None or not any(f.noun for f in behind) or 0 < len(their) < len(hurt)
    if behind and behind != found and two:
        yield [f for f in found if f not in behind], [h for h in hurt if h not in their], Span(cut.span.start, lag)
        yield behind, their, Span(lag, cut.span.end)
    else:
        yield found, hurt if stop is None else [h for h in hurt if h not in their], None


def two_deeds(cut: Chunked, found: list[Found], hurt: list[Casualty]) -> int | None:
    """Where a semicolon stands between two deeds, each with words of its own for what was done and for whom or where: "A missile
    hurt two in X; in Y a strike killed three"; so does "and" before a day of its own: "In May a bomb ..., and in June"."""
    if (since := _since_the_last(cut, found, hurt)) is not None:
        return since
    told = {cut.tokens[f.first].start for f in found if f.trigger.cls not in (*_HARM, "blame")}
    told |= {c.span.start for c in cut.chunks if c.kind == "weapon"}
    held = {h.figure.span.start for h in hurt} | {c.span.start for c in cut.chunks if c.named and c.kind in SPOT}
    words = {cut.tokens[f.first].start for f in found}
    days = {c.span.start for c in cut.chunks if c.kind == "time" and c.time is not None and c.time.has_day}
    for k, token in enumerate(cut.tokens):
        said = (words, told, held) if token.text == ";" else (words, told, held, days) if _and_then(cut, k) else ()
        if said and all({at > token.start for at in ats} == {False, True} for ats in said):
            return token.start
    return None


def _since_the_last(cut: Chunked, found: list[Found], hurt: list[Casualty]) -> int | None:
    """Where "since" stands in "the deadliest attack since the bombing of X in 2013, in which 22 died": what is told behind, and
    its dead, are of another deed."""
    words = [t.text for t in cut.tokens]
    if "since" not in words or _MOST.isdisjoint(words):
        return None
    most = min(k for k, word in enumerate(words) if word in _MOST)
    k = next((k for k in range(most, min(most + _REACH_BACK, len(words))) if words[k] == "since"), None)
    if k is None or not any(f.first < k for f in found):
        return None
    at = cut.tokens[k].start
    told = any(f.first > k for f in found) or any(h.figure.span.start > at for h in hurt)
    return at if told else None


_MOST = frozenset("deadliest bloodiest worst biggest largest heaviest gravest fiercest first".split())
_REACH_BACK = 14


def _and_then(cut: Chunked, k: int) -> bool:
    """Whether a comma, "and" and a time stand here: "..., and in 2010 a parcel bomb killed X"."""
    if cut.tokens[k].text != "," or k + 1 == len(cut.tokens) or cut.tokens[k + 1].low not in ("and", "but", "while"):
        return False
    return any(c.kind == "time" and k < c.first <= k + 3 for c in cut.chunks)


def _other_day(cut: Chunked, found: list[Found]) -> Chunk | None:
    """The time of a deed that is only named beside another: "struck camps of those linked to last month's massacre"; not of
    "shelled the town in Monday's attack"."""
    for chunk in cut.chunks:
        if chunk.kind != "time" or not chunk.first or cut.tokens[chunk.first - 1].low not in _BESIDE:
            continue
        noun = next((f for f in found if f.noun and chunk.last <= f.first <= chunk.last + 4), None)
        owned = cut.tokens[chunk.last - 1].low.endswith(("'s", "’s")) or (
            chunk.last < len(cut.tokens) and cut.tokens[chunk.last].low in ("'s", "’s", "'", "’")
        )
        done = any(f.last <= chunk.first and not f.noun and f.trigger.cls not in ("blame", "claimed", *_HARM) for f in found)
        if noun is not None and owned and done:
            return chunk
    return None


_BESIDE = frozenset(("to", "for", "of", "behind", "over", "after", "following", "since", "about"))


def _of_days(chunk: Chunk) -> bool:
    """Whether a time counts days, or what is longer, and not hours."""
    return chunk.time is not None and isinstance(chunk.time.form, Shift) and chunk.time.form.unit in _LONG


_LONG = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)


def _of_side(cut: Chunked, draft: Draft, side: Span) -> Draft:
    """A happening with the times of its own side alone, "a day after" among them, and with its own places; what lies behind has
    the others', where it has none."""
    happening = draft.happening
    placed = side.start == cut.span.start or any(side.holds(m.span) for m in happening.role(RoleName.PLACE))
    # "And in April a captain died when bullets hit her car near X."
    named = (
        [] if placed else [c for c in cut.chunks if c.named and c.kind in SPOT and side.holds(c.span) and before_of(cut, c) in AT]
    )
    own = (RoleName.TIME, RoleName.PLACE, RoleName.TARGET, RoleName.MEANS) if placed or named else (RoleName.TIME,)
    lag = [Role(RoleName.TIME, as_mention(c)) for c in cut.chunks if c.kind == "time" and c.span.start == side.start]
    lag += [Role(RoleName.PLACE, as_mention(c)) for c in named]
    kept = [r for r in happening.roles if side.holds(r.mention.span) or r.name not in own]
    return replace(draft, happening=replace(happening, roles=tuple(dict.fromkeys((*lag, *kept)))))


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
    found = [replace(f, trigger=replace(f.trigger, cls="foil")) if _found_first(cut, f) else f for f in found]
    found = [replace(f, trigger=replace(f.trigger, cls="casualty", lemma="kill")) if _does_away(cut, f) else f for f in found]
    found = [replace(f, trigger=replace(f.trigger, cls="downed")) if downed(cut, f) else f for f in found]
    zones, head = [z for z in motives(cut) if side is None or cut.tokens[z[0]].start != side.start], dateline(cut)
    stopped = [f for f in found if flying and _stops_it(cut, f)]
    standing = [f for f in found if f in stopped or _stands(cut, f)]
    usable = [f for f in standing if _befell_them(cut, f) or _deplored(cut, f) or not any(a < f.first < b for a, b in zones)]
    usable = [f for f in usable if not _refers(cut, f, usable) and not _his_end(cut, f, usable)]
    usable = [f for f in usable if not _means_of_plan(cut, f, usable)]
    if any(f.realis in (Realis.ASSERTED, Realis.FOILED) for f in usable):
        usable = [f for f in usable if f.realis is not Realis.PLANNED]
    strong = [f for f in usable if f.trigger.cls not in (*_HARM, "foil", "blame") or _by_bomb(cut, f)]
    foils = [f for f in usable if f.trigger.cls == "foil"]
    harmed = [f for f in usable if f.trigger.cls == "casualty" and (not hurt or not all(h.cumulative for h in hurt))]
    chosen = strong or foils or harmed or [f for f in usable if f.trigger.cls == "wreck"]
    made = [_draft(text, cut, f, heard, voice, party, zones, head, tolled(text, hurt), brief) for f in chosen]
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
    blamed = [m for f in usable if f.trigger.cls == "blame" for m in blamed_by(cut, f)]
    if blamed and not made and not found_other(found):
        made = [_blame(cut, next(f for f in usable if f.trigger.cls == "blame"), blamed)]
    elif blamed:
        made = [_with_doers(d, blamed) if _can_be_laid_on(d, heard) else d for d in made]
    if flying and stopped:
        made = [_of_munition(d, flying) for d in made]
    apart = with_own_parts(cut, folded(text, made))
    if strong or (harmed and chosen is harmed):
        hurting = (f for f in usable if f.trigger.cls in _HARM and f not in chosen and f.realis is Realis.ASSERTED)
        harm = [_draft(text, cut, f, heard, voice, party, zones, head) for f in hurting]
        apart = [_with_harm(cut, d, harm) for d in apart]
        apart = [_by_the_worst(d, hurt) for d in apart]
    return [piece for draft in apart for piece in split(cut, draft)]


def _found_first(cut: Chunked, found: Found) -> bool:
    """ "Two mines were detected on the road and destroyed": what was found was done away with, and destroyed nothing."""
    if found.trigger.lemma != "destroy" or not any(lexicon().weapons.get(c.head) == "ied" for c in cut.chunks):
        return False
    return not _FINDS.isdisjoint(t.low for t in cut.tokens[: found.first])


_FINDS = frozenset(("found", "detected", "discovered", "located", "uncovered", "recovered", "unearthed"))


def _does_away(cut: Chunked, found: Found) -> bool:
    """ "Seven terrorists were neutralised": how armies say that they killed fighters."""
    if not found.trigger.lemma.startswith(_DONE_AWAY) or found.trigger.form not in ("past", "participle"):
        return False
    near = range(found.first - 12, found.first) if found.passive else range(found.last, found.last + 4)
    return _of_people(cut, found) and any(c.kind == "group" and c.last - 1 in near for c in cut.chunks)


_DONE_AWAY = ("neutrali", "eliminat", "liquidat")


def _as_compounds(chosen: list[Found], made: list[Draft]) -> list[Draft]:
    """ "A wave of stabbing attacks": a word that stands before another speaks of as many as that."""
    many = {d.happening.trigger.start for f, d in zip(chosen, made, strict=True) if f.noun and d.happening.generic}
    return [replace(d, happening=replace(d.happening, generic=True)) if d.happening.trigger.end + 1 in many else d for d in made]


# "Destroyed in a controlled manner": those who found a bomb set it off.
_CONTROLLED = re.compile(r"\bcontrolled (?:manner|way|fashion|explosion|detonation|blast|demolition)\b")
_SET_OFF = ("wreck", "blast", "weapon")


def _befell_them(cut: Chunked, found: Found) -> bool:
    """ "To help to find the girls who were abducted in X", "nothing has been heard since gunmen abducted them": what befell
    people is told, whatever is wanted for them."""
    lo = left_bound(cut, found.first)
    before = cut.tokens[lo - 1].low if lo else ""
    them = found.last < len(cut.tokens) and cut.tokens[found.last].low in ("him", "her", "them")
    return (found.passive and before == "who") or before == "whom" or (before == "since" and them and not found.noun)


def _deplored(cut: Chunked, found: Found) -> bool:
    """ "Condemned the murder of X": of whom it tells that they were killed or taken, it was done."""
    near = {t.low for t in cut.tokens[max(0, found.first - 4) : found.first]}
    deplored = any(t.low.startswith("condemn") for t in cut.tokens[: found.first])
    if found.trigger.lemma not in OF_PEOPLE or not deplored or not near & {"the", "this"}:
        return False
    whom = next((c for c in cut.chunks if found.last < c.first <= found.last + 8 and c.kind != "number"), None)
    return whom is not None and whom.kind in ("people", "name", "voice") and is_of(cut, found, whom)


def _means_of_plan(cut: Chunked, found: Found, among: list[Found]) -> bool:
    """ "Planned to attack the station with a truck bomb": what a planned deed was to be done with did not go off."""
    before = [t.low for t in cut.tokens[max(0, found.first - 4) : found.first]]
    if not found.noun or found.realis is not Realis.ASSERTED or not {"with", "using"} & set(before):
        return False
    planned = [f.first for f in among if f.realis is Realis.PLANNED and f.first < found.first]
    return any(not any(t.text in ".;" for t in cut.tokens[at : found.first]) for at in planned)


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
    if _in_title(cut, happening.trigger):
        return replace(draft, happening=replace(happening, generic=True))
    if is_retracted(cut, after):
        return replace(draft, happening=replace(happening, realis=Realis.DENIED))
    if cut.words.endswith("?") or is_supposed(" ".join(t.low for t in cut.tokens if t.end <= happening.trigger.start)):
        return replace(draft, happening=replace(happening, realis=Realis.HYPOTHETICAL))
    if is_recalled(cut, after):
        return replace(draft, happening=replace(happening, realis=Realis.BACKGROUND))
    if is_staged(cut, after) or is_about(cut):
        return replace(draft, happening=replace(happening, generic=True))
    return draft


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
    extra = tuple(
        r
        for other in harm
        for r in other.happening.roles
        if r.name in (RoleName.PERPETRATOR, RoleName.TARGET) and r.name not in names and r.mention.span not in spans
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
    return Draft(happening, draft.party)


def _by_the_worst(draft: Draft, hurt: list[Casualty]) -> Draft:
    """ "Gunmen looted a clinic, killing a nurse": where people were killed, that is what it was."""
    happening = draft.happening
    dead = any(h.counted == "killed" and not h.cumulative and h.people for h in hurt)
    if happening.sub_event_type != lexicon().types["looting"][1] or happening.realis is not Realis.ASSERTED or not dead:
        return draft
    event_type, sub = lexicon().types["attack"]
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
    """ "X claimed them", "X claimed responsibility", "X said that it had planted it": who says that what was told before is their
    deed."""
    owns = (v.attribution for v in heard if v.attribution.source and _owns_up(cut, v))
    claimed = next(owns, None)
    if claimed is None or claimed.source is None:
        return []
    event_type, sub = lexicon().types["strike"]
    doer = Role(RoleName.PERPETRATOR, claimed.source, 0.7)
    return [Draft(Happening(claimed.cue, cut.span, event_type, sub, Realis.ASSERTED, (doer,), score=0.5), doer.mention)]


_ITS_DEED = re.compile(
    r"\b(?:it|they|its \w+|their \w+)(?: themselves| itself)? (?:had |has |have )?"
    r"(?:(?:was|were) (?:behind|responsible for) (?:it|them|this|that|both)|(?:was|were) (?:behind|responsible) ?[.,;”\"]|"
    r"(?:carried|carry) (?:it|them|this|both) out|"
    r"(?:carried out|planted|laid|placed|staged|mounted|done|did|launched|fired|sent|conducted|executed) (?:it|them|this|both)\b)"
)


_OF_DEEDS = frozenset(
    "behind responsible out planted laid placed staged mounted done did launched fired sent conducted executed".split()
)


def _owns_up(cut: Chunked, voice: Voice) -> bool:
    """Whether a voice speaks of what was told before as its own deed: it claims it, or a party says that it did it."""
    if voice.attribution.stance is Stance.CLAIMS:
        return _OWNED.search(cut.words) is not None
    party = voice.again or (voice.source is not None and voice.source.kind in ("actor", "group"))
    if voice.attribution.stance is not Stance.ASSERTS or not party or voice.attribution.medium:
        return False
    if _OF_DEEDS.isdisjoint(t.low for t in cut.tokens):
        return False
    hit = _ITS_DEED.search(cut.words)
    return hit is not None and cut.words[: hit.start()].count(" ") > voice.cue and not _NOT.search(cut.words)


_NOT = re.compile(r"\b(?:not|never|neither|nor|whether|if)\b")
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


def _flies_at(cut: Chunked, found: Found, hi: int) -> bool:
    """Whether what flies goes for a spot: "drones went for the base", and not "for sale", nor a man with a gun "for a walk"."""
    flying = any(c.kind == "weapon" and found.first - 2 <= c.last <= found.first for c in cut.chunks)
    aim = next((k + 1 for k in range(found.first, hi) if cut.tokens[k].low == "for"), hi)
    return flying and any(c.kind in (*SPOT, "group") and aim <= c.first <= aim + 2 for c in cut.chunks)


def _his_end(cut: Chunked, found: Found, usable: list[Found]) -> bool:
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


def _can_be_laid_on(draft: Draft, heard: list[Voice]) -> bool:
    """Whether a deed is of those who are blamed: nobody else is said to have done it but who speaks. Who denies a deed and blames
    others denies his own."""
    doers = draft.happening.role(RoleName.PERPETRATOR)
    speak = [v.attribution.source.span for v in heard if v.attribution.source]
    return not doers or (draft.happening.realis is not Realis.DENIED and all(m.span in speak for m in doers))


def _with_doers(draft: Draft, doers: list[Mention]) -> Draft:
    spans = {m.span for m in doers}  # "an attack blamed on X" is none on X
    roles = (r for r in draft.happening.roles if r.name is not RoleName.PERPETRATOR)  # who blames them did not do it
    kept = tuple(r for r in roles if r.name is not RoleName.TARGET or r.mention.span not in spans)
    roles_ = kept + tuple(Role(RoleName.PERPETRATOR, m, 0.7) for m in doers)
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
    # "The bomb that went off", "gunmen who took away": whose clause it is.
    of = lo - 1 if lo and cut.tokens[lo - 1].low in ("that", "which", "who") else -1
    near = [c for c in cut.chunks if lo <= c.first < hi or c.last in (of, of - (cut.tokens[of - 1].text == ","))]
    cls = found.trigger.cls
    if found.noun and found.trigger.lemma == "execution":
        return any(c.kind in (*VICTIM, "name") and is_of(cut, found, c) for c in near)
    if (armed := _with_arms(cut, found, near)) is not None:
        return armed
    if cls == "weapon-subject" and found.trigger.lemma.endswith(" for") and not _flies_at(cut, found, hi):
        return False
    if cls in ("weapon", "weapon-subject"):
        if found.trigger.lemma == "send" and not any(t.low in AT for t in cut.tokens[found.first : hi]):
            return False
        charge = cls == "weapon-subject" and CHARGES & {t.low for t in cut.tokens[max(lo, found.first - 12) : found.first]}
        told_by = cut.tokens[lo - 1].low if lo else ""
        if charge and found.trigger.lemma == "go off" and told_by not in ("when", "as", "after", "while"):
            return True  # "a charge went off outside the tax office"
        if cls == "weapon-subject" and found.trigger.lemma in _LANDS:
            near = [c for c in near if c.first < found.first and not is_manned(c)]
        if any(c.kind == "weapon" and abs(c.first - found.first) < 12 for c in near):
            return True
        return found.trigger.lemma == "fire" and fires_at(cut, found, hi)
    if found.trigger.lemma == UNDER_FIRE:
        return not _criticised(cut, found)
    if _in_words(cut, found):
        return False
    if cls == "blame":
        return bool(blamed_by(cut, found))
    if cls == "casualty" and found.noun:
        return wounded(cut, found) is not None
    if cls in ("seize", "regain"):
        if any(c.kind == "weapon" and found.last <= c.first <= found.last + 2 for c in near):
            return False  # "captured explosives"
        on = {t.low for t in cut.tokens[found.last : found.last + 8]}
        if found.trigger.lemma.startswith("capture") and {"on", "by"} & on and on & _FILMS:
            return False  # "captured on closed-circuit television"
        return takes_people(cut, found) or takes_ground(cut, found)
    if cls in ("wreck", "burnt"):
        if found.trigger.form in ("past", "participle") and found.first and cut.tokens[found.first - 1].low in kinds.OF_THINGS:
            return False  # "a heap of burned trucks"
        things = any(c.kind == "site" and lo <= c.first and -12 <= c.first - found.last <= 8 for c in near)
        return (things and (cls == "wreck" or any(c.kind in ("group", "actor") for c in near))) or _by_bomb(cut, found)
    if found.trigger.lemma == "invade":
        entered = next((c for c in near if found.last <= c.first <= found.last + 3), None)
        armed = any(c.kind in ("group", "actor") and c.last <= found.first for c in near)
        return armed and entered is not None and entered.kind in SPOT and entered.head not in _WHOLE_LANDS
    if found.trigger.lemma == "derail":
        return any(c.kind == "site" and found.last <= c.first <= found.last + 3 for c in near)
    if found.trigger.lemma in _OF_PERSONS:
        return found.passive or any(c.kind in VICTIM and found.last <= c.first <= found.last + 5 for c in near)
    if found.trigger.lemma in ("chop", "slash"):
        lows = {t.low for t in cut.tokens}
        return _of_people(cut, found) and (any(c.kind == "weapon" for c in near) or not _LIMBS.isdisjoint(lows))
    if found.trigger.lemma.endswith((" away", " off")):
        hands = any(_bears_arms(cut, c) and kinds.side_of(cut, c) != "S" for c in near)
        hands = hands or any(t.low in ("gunpoint", "knifepoint") for t in cut.tokens)
        return hands and any(c.kind in ("people", "voice") or (c.kind == "group" and c.first >= found.last) for c in near)
    if found.trigger.lemma == "board" and not any(c.head.split(" ")[-1] in _SHIPS and _beside(found, c) for c in near):
        return False
    if cls == "theft":
        return any(_bears_arms(cut, c) for c in near)
    if cls == "engage":
        behind = [c for c in near if found.last <= c.first <= found.last + 4]
        return any(c.kind in ("people", "group", "weapon") or c.head in _CRAFT for c in behind)
    if cls == "foil":
        of_people = found.trigger.lemma.startswith("neutrali") and _of_people(cut, found)
        if of_people or found.trigger.lemma.startswith(_DONE_AWAY[1:]):
            return False  # people, and no munition
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
    brief: bool = False,
) -> Draft:
    """One trigger's happening. `tolled`: whether the sentence counts people hurt, and not over a period. `brief`: whether the
    report is a line or two, which tells no habits."""
    lo, hi = max(left_bound(cut, found.first), head), right_bound(cut, found.last - 1)
    weapons = _weapons(cut, found, lo, hi)
    doers, targets = parties(cut, found, lo, hi, heard, voice, party)
    if found.trigger.cls == "downed" and (craft := downed(cut, found)):
        weapons, targets = [w for w in weapons if w != craft], [replace(craft, kind="site")]
    spots = spots_of(cut, found, lo, hi, heard, zones, head)
    spots = [c for c in spots if c.kind != "name" or not any(c.span == d.span for d in doers)]  # "fighters of the XYZ"
    if doers and found.trigger.cls not in _HARM and _answers(cut, hi):
        spots = [c for c in spots if c.first < hi]
    whens = times_of(text, cut, found, heard, zones, head)
    event_type, sub = type_of(cut, found, weapons, doers, targets)
    if _unhurt(cut, found) and (means := _means_named(cut)):
        found, (event_type, sub) = replace(found, realis=Realis.ASSERTED), lexicon().types[means]
    if brief and not spots and not targets and (struck := _struck_there(cut, found)):
        targets = [struck]
    parts = [Role(RoleName.PERPETRATOR, m) for m in doers] + [Role(RoleName.TARGET, as_mention(c)) for c in targets]
    parts += _named_means(cut, found, weapons)
    parts += [Role(RoleName.MEANS, as_mention(c)) for c in weapons] + [Role(RoleName.PLACE, as_mention(c)) for c in spots]
    parts += [Role(RoleName.TIME, as_mention(c)) for c in whens]
    if found.realis is Realis.ASSERTED and _denied(cut, found, heard):
        found = replace(found, realis=Realis.DENIED)
    realis = Realis.FOILED if found.trigger.cls == "foil" and found.realis is Realis.ASSERTED else found.realis
    recalled = (found.noun and _recalled(cut, found, lo)) or _counted_from(cut, found) or is_recalled(cut)
    if realis is Realis.ASSERTED and recalled:
        realis = Realis.BACKGROUND
    happening = Happening(
        trigger=Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end),
        sentence=cut.span,
        event_type=event_type,
        sub_event_type=sub,
        realis=realis,
        roles=tuple(parts),
        generic=generic(cut, found, lo, hi, whens, spots, tolled and bool(spots or whens), brief and bool(spots or targets)),
        ordinal=_ordinal(cut, found),
        score=0.9 if found.trigger.cls not in ("casualty", "blast", "foil") or _by_arms(cut, found, lo) else 0.6,
    )
    return Draft(happening, doers[0] if doers else None)


def _by_bomb(cut: Chunked, found: Found) -> bool:
    """ "A bomb wrecked the post office": what was laid there did it, whatever else the sentence tells."""
    if found.trigger.cls != "wreck" or found.noun or found.passive:
        return False
    subject = subject_of(cut, found.first, left_bound(cut, found.first))
    return subject is not None and lexicon().weapons.get(subject.head) == "ied"


def _struck_there(cut: Chunked, found: Found) -> Chunk | None:
    """ "Strike in residential area", "school on fire after shelling": all that a line says of what was hit, or where."""
    known = lexicon().types.get(found.trigger.cls)
    if found.trigger.cls not in _ON_SITES and (known is None or known[0] != "Explosions/Remote violence"):
        return None
    lo, hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
    unnamed = [c for c in cut.chunks if c.kind in ("site", "area") and not c.named]
    sites = [c for c in unnamed if c.head not in _NOWHERE]
    here = [c for c in sites if lo <= c.first < hi] or [c for c in sites if not _parted(cut, c, found)]
    nearest = min(here, key=lambda c: (c.first < found.last, abs(c.first - found.first)), default=None)
    return replace(nearest, kind="site") if nearest is not None else None


def _parted(cut: Chunked, chunk: Chunk, found: Found) -> bool:
    """Whether a colon or a semicolon stands between a stretch and the word that tells."""
    return any(t.text in ":;" for t in cut.tokens[min(chunk.last, found.last) : max(chunk.first, found.first)])


_ON_SITES = ("open", "blast", "bombing", "bombed", "weapon-subject", "shooting")
_NOWHERE = frozenset(
    ("area", "areas", "region", "border", "front", "axis", "sector", "site", "sites", "position", "positions", "countryside")
)


def _by_arms(cut: Chunked, found: Found, lo: int) -> bool:
    """ "The warplanes killed five": harm that arms did is a deed, whoever had them."""
    if found.noun or found.passive or found.trigger.lemma not in ("kill", "wound", "injure"):
        return False
    subject = subject_of(cut, found.first, lo)
    return subject is not None and subject.kind == "weapon"


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
    known = (lexicon().verbs.get(t.low) or lexicon().nouns.get(t.low) for t in cut.tokens[: lo - 1])
    told = {one.cls for one in known if one is not None}
    definite = cut.tokens[found.first - 1].low in ("the", "this", "that")
    if told and told <= {*_HARM, "burnt"} and not definite and found.first - lo <= 3:
        return False  # "house destroyed after missile strike": what the strike did
    return found.first - lo <= 7 and bool(told)


def _counted_from(cut: Chunked, found: Found) -> bool:
    """ "Suspended since March, when a leader was killed": what something only goes back to."""
    return _SINCE_WHEN.search(" ".join(t.low for t in cut.tokens[: found.first])) is not None


_SINCE_WHEN = re.compile(r"\bsince (?:\w+ ){1,5}, when\b[^,;]*$")


def _weapons(cut: Chunked, found: Found, lo: int, hi: int) -> list[Chunk]:
    """The weapons of the clause, else those of the sentence: the nearest first."""
    used = [c for c in cut.chunks if c.kind == "weapon" and not _kept_there(cut, c)]
    near = [c for c in used if lo <= c.first < hi]
    return sorted(
        near or [c for c in used if abs(c.first - found.first) < 14 and not _apart(cut, c, found)],
        key=lambda c: abs(c.first - found.first),
    )[:3]


def _kept_there(cut: Chunked, chunk: Chunk) -> bool:
    """ "A depot of rockets", "the missile factory": what is kept or made where somebody strikes, and not the means."""
    before = [t.low for t in cut.tokens[max(0, chunk.first - 2) : chunk.first]]
    behind = [t.low for t in cut.tokens[chunk.last : chunk.last + 1]]
    return (before[-1:] == ["of"] and before[0] in _STORES) or (bool(behind) and behind[0] in _STORES)


_STORES = grammar("roles.stores")
_SHIPS = frozenset(("tanker", "tankers", "ship", "vessel", "freighter", "carrier", "trawler", "dhow", "yacht", "ferry", "barge"))


def _apart(cut: Chunked, chunk: Chunk, found: Found) -> bool:
    """Whether a semicolon stands between a stretch and the word that tells, or "a day after"."""
    between = range(min(chunk.last, found.last), max(chunk.first, found.first))
    return any(cut.tokens[k].text == ";" or a_day_after(cut, k) for k in between)


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
