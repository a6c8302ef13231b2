"""One happening or several: words of one sentence that tell of the same deed are put together, and a list of sites taken apart.

Words for one happening in one clause ("fired rockets that hit the base") are folded; a party and its target that change
places make two, and so do two sites or two hours that stand side by side.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from crossbearing.model.mention import MEANS_UNKNOWN, Happening, Mention, Realis, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.beside import AT, SPOT, before_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.spots import COMPASS
from crossbearing.read.triggers import FIRST_AND_SECOND


@dataclass(frozen=True, slots=True)
class Draft:
    """A happening as one sentence tells it, and the party that later sentences may mean by "it"."""

    happening: Happening
    party: Mention | None


def folded(text: str, made: list[Draft]) -> list[Draft]:
    """Words of one sentence for one happening, put together: the first to be asserted leads."""
    kept: list[Draft] = []
    for draft in made:
        same = next((k for k, other in enumerate(kept) if _one(text, other, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            kept[same] = _merged(text, kept[same], draft)
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
    if "Strategic developments" not in (x.event_type, y.event_type):
        between = _HURT_TOO.sub("", between)
    if re.search(
        r"\b(?:after|in response to|in retaliation|following|in answer to|another|a second|while|came after|followed by)\b",
        between,
    ) and (x.role(RoleName.PERPETRATOR) or y.role(RoleName.PERPETRATOR) or "another" in between or "a second" in between):
        return False
    if re.search(r"\band that\b", between) and all(h.role(RoleName.TARGET) for h in (x, y)):
        return False  # "said that a bomb wrecked an office and that a guard was stabbed"
    doers_x, doers_y = {m.span for m in x.role(RoleName.PERPETRATOR)}, {m.span for m in y.role(RoleName.PERPETRATOR)}
    targets_x, targets_y = {m.span for m in x.role(RoleName.TARGET)}, {m.span for m in y.role(RoleName.TARGET)}
    if doers_x & targets_y or doers_y & targets_x:
        return False
    told_anew = comes_in(text, *sorted((x, y), key=lambda h: h.trigger.start))
    if told_anew and doers_x and doers_y:
        return False  # "gunmen killed two farmers and soldiers attacked the village"
    return not (
        (told_anew or (doers_x and doers_y and not doers_x & doers_y))
        and "and" in between.split()
        and targets_x
        and targets_y
        and not targets_x & targets_y
    )


def comes_in(text: str, first: Happening, second: Happening) -> bool:
    """ "Rockets hit the base and troops shelled the hills": whether another does the second deed than the first, told behind
    "and" and before it; not where it is the one told of: "and X is behind this attack"."""
    if _SAID_DEED.search(text, max(0, second.trigger.start - 8), second.trigger.start):
        return False
    doers = {m.span for m in second.role(RoleName.PERPETRATOR)}
    return doers.isdisjoint(m.span for m in first.role(RoleName.PERPETRATOR)) and any(
        first.trigger.end <= d.start < second.trigger.start and _AND_THEN.search(text, first.trigger.end, d.start) for d in doers
    )


_SAID_DEED = re.compile(r"\b(?:this|that|these|those|the) $", re.I)
_AND_THEN = re.compile(r"\band (?:the |an? |its |their |his )?(?:[\w-]+ ){0,2}$")
# "Was shot dead and another one was injured when ...": whom the same deed befell too.
_HURT_TOO = re.compile(
    r"\b(?:and|while) another (?:\w+ ){0,3}?(?:(?:was|were) (?:\w+ )?)?(?:injured|wounded|hurt)\b|"
    r"\b(?:injured|wounded|hurt) another\b"
)
_TURNS = frozenset(("after", "before", "when", "while", "said", "because", "as", "and", "but", ";"))
_OWN = frozenset((RoleName.PLACE, RoleName.TIME, RoleName.MEANS, RoleName.TARGET))


def with_own_parts(cut: Chunked, drafts_: list[Draft]) -> list[Draft]:
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


def _merged(text: str, a: Draft, b: Draft) -> Draft:
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
    realis = Realis.FOILED if Realis.FOILED in (x.realis, y.realis) and not _tried_more(text, x, y) else x.realis
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


_BY_HAND = ("clash", "open", "seize", "regain", "overtakes", "abduction", "attack")


def _tried_more(text: str, led: Happening, other: Happening) -> bool:
    """ "Drove a car bomb into the gate and tried to storm the camp": the first was done, whatever came of the second."""
    word = lexicon().verbs.get(other.trigger.of(text).lower())
    attempt = other.realis is Realis.FOILED and word is not None and word.cls in _BY_HAND
    return attempt and led.realis is Realis.ASSERTED and led.score >= 0.9 and led.trigger.start < other.trigger.start


def split(cut: Chunked, draft: Draft) -> list[Draft]:
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
    if turn := _second(cut, happening):
        return [
            Draft(replace(happening, ordinal=n, roles=_without_times(happening, later, turn)), draft.party)
            for n, later in ((1, True), (2, False))
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
    """ "Two separate attacks", "at two different moments": two happenings that the sentence tells no further apart."""
    return not happening.generic and _TWO_APART.search(cut.words) is not None


def _second(cut: Chunked, happening: Happening) -> int:
    """Where "the second" stands, for "the first came at 11 pm and the second at 1 am"; 0 where a sentence tells no such two."""
    match = FIRST_AND_SECOND.match(cut.words) if not happening.generic else None
    if match is None:
        return 0
    turn = cut.tokens[cut.words[: match.start("turn") + 1].count(" ")].start
    times = [m.span.start for m in happening.role(RoleName.TIME)]
    return turn if happening.trigger.start < turn and any(at < turn for at in times) else 0


def _without_times(happening: Happening, later: bool, turn: int) -> tuple[Role, ...]:
    """A happening's parts without the times that stand behind a turn, or before it."""
    return tuple(r for r in happening.roles if r.name is not RoleName.TIME or (r.mention.span.start > turn) is not later)


_TWO_APART = re.compile(
    r"\b(?:two|2) (?:(?:separate|different) (?:\w+ )?(?:attacks|strikes|raids|moments|times)|"
    r"(?:(?:separate|different) )?occasions)\b"
)
_BETWEEN = grammar("roles.between")
_HARM_BESIDE = re.compile(
    r",? ?and (?:killed|injured|wounded|hurt|killing|injuring|wounding) (?:at least |about |some )?(?:\d+|[a-z]+)(?: [a-z]+){0,2}"
    r" (?:in|at|near)"
)


def _listed(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """Whether two places stand side by side rather than one within the other: "and" between them, or a wider area and "and"."""
    before = [t.low for t in cut.tokens[max(0, one.first - 3) : one.first] if t.low != "the"]
    if before_of(cut, one) == "between" or before[-2:] in (["border", "of"], ["boundary", "of"]):
        return False  # "on the road between X and Y", "the border of X and Y"
    between = [
        t.low
        for k, t in enumerate(cut.tokens[one.last : other.first], one.last)
        if not (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in ("state", "area"))
    ]
    if re.search(
        r"\band (?:one|another|two|a second|a third|others?)\b.*\b(?:at|on|against|in|near|by|targeting)\b", " ".join(between)
    ):
        return True  # "drones at X, and one at a base by Y"
    if _HARM_BESIDE.fullmatch(" ".join(between)):
        return True  # "killed two people in X and injured five in Y"
    return len(between) <= 7 and "and" in between and all(w in _BETWEEN for w in between)
