"""Which of a document's happenings are one: the short-range question, answered before anything is claimed.

A report tells one raid in five sentences, and two raids in one. What speaks for one happening is the same place, the same
day and a definite word ("the attack"); what speaks for two is a far place, another day, "another", parties that change
places. A sentence that says neither where nor when goes to the last happening that it fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from crossbearing.model.claim import Actor
from crossbearing.model.mention import DEMONSTRATIONS, Happening, Realis, RoleName
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Clock, Interval
from crossbearing.model.where import FINE, FINENESS, Place, Precision
from crossbearing.words.parties import apart, related

_HARM = frozenset(("Violence against civilians", "Battles", "Explosions/Remote violence"))
# What words for harm can speak of a demonstration told before: "the clashes" of any, "the shooting" of one that came to blows.
_ROUGH = frozenset(
    (*((kind, "Armed clash") for kind in ("Peaceful protest", "Protest with intervention")),
     *((kind, harm) for kind in ("Violent demonstration", "Mob violence", "Excessive force against protesters")
       for harm in ("Armed clash", "Attack")))
)  # fmt: skip
_ANOTHER = re.compile(
    r"\b(?:another|a second|a third|a separate|similar|a further|one more|the other|a different)\s+(?:[\w-]+\s+){0,3}$", re.I
)
# What opens a sentence about something else that happened, where it has a deed and a place or a toll of its own.
_ELSEWHERE = re.compile(
    r"\s*(?:Separately|Elsewhere|In (?:a|another) (?:separate|different|relevant|similar)|Also|Moreover|Furthermore)\b"
)
# "Shells also fell in the port", "they also targeted": one deed more, where it is not what the same deed also did to people.
_ALSO_BEFORE = re.compile(r"\balso\s+(?:[\"“]?[\w-]+\s+){0,4}$")
_ALSO_BEHIND = re.compile(r"\s+(?:on \w+ )?also\s+(?:hit|struck|fell|targeted|landed|took place|were (?:carried|reported))\b")
# What tells of one thing more: "Meanwhile, ...", "In addition, ...", "it also reported that ...".
_MORE = re.compile(
    r"\s*(?:Meanwhile|Elsewhere|Separately|Likewise|Similarly|Simultaneously|Subsequently|Moreover|Furthermore|"
    r"In addition|At the same time)\b"
)
# Not "were also wounded": what the same deed also did.
_ALSO = re.compile(
    r"\balso\s+(?:said|reported|announced|added|stated|claimed|learned|confirmed|charged|accused|told)\b|"
    r"(?<!\bwas )(?<!\bwere )\balso\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)
# "Two more civilians were killed": more than those told before, where a deed is told with them.
_MORE_DEAD = re.compile(r"\b(?:\w+ more|another|(?:a|an) (?:further|additional))\b", re.I)
# A named town and a base beside it are one place in two sentences of one report; two bases of one province are not.
_SAME_PLACE_KM = 12.0
_YEAR = 365


# So many days from the report's news a day is of something else, wherever that was.
_LONG_AGO, _EVER = 4, 999_999


# Letters that spellings of one name differ in, and how many others make two one.
_VOWELS, _BONES = re.compile(r"[aeiouyw\W]|(.)(?=\1)"), 4
# As many killed, from so many on, are those of one deed, so near to each other.
_MANY, _BESIDE_KM = 5, 75.0


SAME_SPOT = 1.8
"""The fit of two fine places that are one, or near to each other."""
_ABOUT = 1.6
"""The fit of two named places that lie further from each other, and within what the words leave open."""
STRONG = 0.7
"""From this score on the words are a deed's own, not of harm alone."""
_BLAME = 0.5
"""Up to this score the words are of who is to blame, or told by no rule."""
VAGUE_DAYS = 20
"""From so many days on an interval names a month or more, and places no "Friday"."""


@dataclass(slots=True)
class Telling:
    """One happening as one sentence tells it, with what its words resolve to."""

    index: int
    """Of the happening in the reading."""
    happening: Happening
    when: Stated[Interval] | None
    """What the words say of its time, by themselves."""
    said: Stated[Interval] | None
    """When it was said, where the words date the statement."""
    where: Stated[Place] | None
    doers: tuple[Stated[Actor], ...]
    targets: tuple[Stated[Actor], ...]
    definite: bool
    another: bool
    plural: bool
    earlier: bool = False
    """Whether its sentence begins with "earlier"."""
    names: frozenset[str] = frozenset()
    """Names of places that its words say and no table knows, folded."""
    also: bool = False
    """Whether it adds a deed to what was told before: another, unless at the very same place."""
    more: bool = False
    """Whether its sentence tells of one thing more: another deed, where it befell others."""
    over: int = 1
    """How many of the happenings told before it speaks of: "claimed responsibility for both", "claimed them"."""
    toll: int | None = None
    """How many it killed, by its words."""
    weekday: int | None = None
    """The weekday that its words say, 0 for Monday, also where the page has no date to tell which."""
    post: int | None = None
    """Which post of a live blog tells it, or which entry of a list."""
    listed: bool = False
    """Whether it is an entry of a list, which tells each happening once."""
    nought: bool = False
    """Whether "no" stands before the word that tells: "no damage"."""
    burnt: bool = False
    """Whether it tells of people who burned to death."""
    downing: bool = False
    """Whether it tells that a craft with people in it was brought down."""
    beside: Stated[Interval] | None = None
    """The day last told of before it in its paragraph, where its own words say none."""
    answered: bool = False
    """Whether its sentence tells it as what another deed answers: "in response to an attack on X"."""
    swarm: bool = False
    """Whether it tells that many munitions were stopped, at no place: over a whole land, and not at the one told next."""

    @property
    def fine(self) -> bool:
        return self.where is not None and self.where.value.precision in FINE


@dataclass(slots=True)
class Group:
    """The tellings of one happening."""

    tellings: list[Telling] = field(default_factory=list)

    @property
    def where(self) -> Stated[Place] | None:
        """The finest place that a telling names."""
        placed = [t.where for t in self.tellings if t.where]
        return min(placed, key=_by_fineness, default=None)

    @property
    def when(self) -> Stated[Interval] | None:
        """The shortest interval that a telling gives."""
        timed = [t.when for t in self.tellings if t.when and t.when.value.days]
        return min(timed, key=lambda w: (w.value.days or 0, w.value.clock is None), default=None)

    @property
    def fine(self) -> bool:
        return any(t.fine for t in self.tellings)


def _by_fineness(where: Stated[Place]) -> tuple[int, float, bool]:
    """The finer, the smaller, and of the same the one with a name of its own."""
    place = where.value
    return FINENESS[place.precision], place.radius_km or 0.0, not place.id.startswith("as written:")


def gather(tellings: Sequence[Telling], lead: Interval | None = None) -> list[Group]:
    """The document's happenings, each with its tellings, in the order of their first words.

    `lead`: when the report's news was; a happening without a day of its own is taken to be of it.
    """
    groups: list[Group] = []
    for telling in sorted(tellings, key=lambda t: t.happening.trigger):
        if telling.over > 1 and (several := [g for g in groups if _told_main(g) and _can_all(g, telling)]):
            for group in several[-telling.over :]:
                group.tellings.append(telling)
            continue
        if second := _second_of(groups, telling):
            groups.append(second)
            continue
        best = max(((fit(g, telling, groups, lead), k) for k, g in enumerate(groups)), default=(0.0, -1))
        if best[0] > 0:
            groups[best[1]].tellings.append(telling)
        else:
            groups.append(Group([telling]))
    return _without_summaries(_by_toll(groups))


def _second_of(groups: Sequence[Group], telling: Telling) -> Group | None:
    """The second of two that one sentence tells ("in two attacks", "the first at dawn, the second at noon"), where no second was
    told before: with it what was told of both together."""
    happening = telling.happening
    if happening.ordinal != 2 or any(t.happening.ordinal == 2 for g in groups for t in g.tellings):
        return None
    for group in groups:
        at = next((n for n, t in enumerate(group.tellings) if t.happening.trigger == happening.trigger), None)
        if at is not None:
            both = (t for t in group.tellings[:at] if t.happening.ordinal is None and _can_be_one(t, telling))
            return Group([*both, telling])
    return None


def fit(group: Group, telling: Telling, groups: list[Group], lead: Interval | None) -> float:
    """How well a telling fits a happening told before; 0 where it cannot be the same, or where nothing says that it is."""
    if not _can_all(group, telling) or _named_apart(group, telling):
        return 0.0
    here, there = group.where, telling.where
    place = _place_fit(here, there)
    if place < 0:
        return 0.0
    if (telling.another or (place == _ABOUT and is_deed(telling.happening))) and not telling.definite:
        return 0.0  # "near Rafah", of a deed with words of its own, is not at the camp that lies within reach
    if (place < SAME_SPOT or telling.listed or _other_name(here, there)) and _posted_apart(group, telling):
        return 0.0
    if _placed_apart(group, telling) or _by_other_means(group, telling):
        return 0.0
    if any(_one_more(t, telling) for t in group.tellings):
        return 0.0
    if _counted_apart(group, telling) or (telling.also and not telling.definite and place <= SAME_SPOT):
        return 0.0
    if telling.when and group.when is None and lead and telling.when.value.gap(lead) > _reach(group, telling):
        return 0.0  # it bears a day of its own that is not the report's
    if _weekday_apart(group, telling, groups):
        return 0.0
    score = place
    if telling.when and group.when:
        score += 1.0 if telling.when.value.meets(group.when.value) else 0.0
    if telling.definite or telling.where is None:
        score += 0.6
    if group is next((g for g in reversed(groups) if _can_all(g, telling)), None):
        # "It blamed X", "X killed two": of what was told last, though X did the first too.
        score += 0.9 if telling.happening.score < STRONG and telling.where is None and telling.when is None else 0.3
    if telling.definite and told_together(group, groups[-1]) and _of_its_kind(group, telling):
        score += 0.9  # "the shelling", behind a village that was shelled and, in the same sentence, an ambush the day before
    if group is groups[0]:
        score += 0.1
    if any(related(a.value, b.value) for t in group.tellings for a in t.doers for b in telling.doers):
        score += 0.4
    return score if place > 0 or telling.definite or not telling.fine or not group.fine else 0.0


def _of_its_kind(group: Group, telling: Telling) -> bool:
    """Whether a deed of the very kind that words point back to was told of a happening."""
    kind = telling.happening.sub_event_type
    return is_deed(telling.happening) and any(is_deed(t.happening) and t.happening.sub_event_type == kind for t in group.tellings)


def _by_toll(groups: Sequence[Group]) -> list[Group]:
    """Put together what killed as many, that many that no two deeds of one report do: a town, and the city named for it."""
    kept: list[Group] = []
    for group in groups:
        told = next((g for g in kept if _one_toll(g, group)), None)
        if told:
            told.tellings += group.tellings
        else:
            kept.append(group)
    return kept


def _one_toll(a: Group, b: Group) -> bool:
    """Whether two killed as many, near to each other, and nothing says that they are two."""
    both = {t.toll for t in a.tellings} & {t.toll for t in b.tellings}
    if not any(toll and toll >= _MANY for toll in both) or any(t.another or t.also or t.more for t in b.tellings):
        return False
    far = a.where.value.km(b.where.value) if a.where and b.where else None
    near = _place_fit(a.where, b.where) >= 0 or (far is not None and far < _BESIDE_KM)
    return near and all(_can_all(a, telling) and not _counted_apart(a, telling) for telling in b.tellings)


def _one_more(told: Telling, telling: Telling) -> bool:
    """Whether a deed is told as one more than another, and befell others: "it also reported that a bus was burnt"."""
    if not telling.more or telling.definite:
        return False
    return is_deed(told.happening) and is_deed(telling.happening) and _hit_others(told, telling)


def _hit_others(a: Telling, b: Telling) -> bool:
    """Whether both say what they befell, and nothing in common."""
    return bool(a.targets and b.targets) and not any(related(x.value, y.value) for x in a.targets for y in b.targets)


def _weekday_apart(group: Group, telling: Telling, groups: list[Group]) -> bool:
    """Whether a telling has another weekday than the report's news, on a page without a date, and the happening has none."""
    news = next((t.weekday for t in groups[0].tellings if t.weekday is not None), None)
    own = any(t.weekday is not None or t.when for t in group.tellings)
    return not own and telling.when is None and news is not None and telling.weekday not in (None, news)


def _posted_apart(group: Group, telling: Telling) -> bool:
    """Whether another post of a live blog tells it, which is a report by itself, and as many were not killed."""
    tolls = {t.toll for t in group.tellings if t.toll and t.toll > 1}
    return telling.post not in {t.post for t in group.tellings} and telling.toll not in tolls


def _reach(group: Group, telling: Telling) -> int:
    """How many days from the report's news a telling of what was told without a day may say."""
    if telling.fine or group.fine:
        return 1
    return _LONG_AGO if telling.toll or telling.doers or telling.targets else _EVER


def _other_name(here: Stated[Place] | None, there: Stated[Place] | None) -> bool:
    """Whether two names lie in one place that the tables know: "Midan" and "the bakery", both put at the town."""
    return here is not None and there is not None and here.value.id == there.value.id and here.value.name != there.value.name


def _placed_apart(group: Group, telling: Telling) -> bool:
    """Whether a deed is told at a place that the tables know, and before it one of others: at a name that they do not know, or by
    hand at no place, where this one came from afar."""
    if telling.definite or not telling.fine or not is_deed(telling.happening) or any(t.where for t in group.tellings):
        return False
    deeds = [t for t in group.tellings if is_deed(t.happening)]
    named = not telling.names and any(t.names for t in group.tellings)
    sent = telling.happening.sub_event_type in _LAID_OR_SENT[1] and all(t.happening.sub_event_type == "Attack" for t in deeds)
    return bool(deeds) and (named or sent) and all(_hit_others(t, telling) for t in deeds)


def _by_other_means(group: Group, telling: Telling) -> bool:
    """Whether a deed with a doer and a day or a place of its own came from afar, and those before by a bomb that was laid or
    carried; or the other way about."""
    if telling.definite or not (telling.doers and (telling.when or telling.where)) or not is_deed(telling.happening):
        return False
    kind, told = telling.happening.sub_event_type, {t.happening.sub_event_type for t in group.tellings if is_deed(t.happening)}
    mine, others = next((pair for pair in (_LAID_OR_SENT, _LAID_OR_SENT[::-1]) if kind in pair[0]), (frozenset(), frozenset()))
    return bool(told & others) and not told & mine


_LAID_OR_SENT: tuple[frozenset[str], frozenset[str]] = (
    frozenset(("Remote explosive/landmine/IED", "Suicide bomb")),
    frozenset(("Air/drone strike", "Shelling/artillery/missile attack")),
)


def _named_apart(group: Group, telling: Telling) -> bool:
    """Whether both name places that no table knows, and none in common: two quarters of one town are two places."""
    named = frozenset[str]().union(*(t.names for t in group.tellings))
    return bool(named and telling.names) and not any(_one_name(a, b) for a in named for b in telling.names)


def _one_name(a: str, b: str) -> bool:
    """Whether one name holds the other, or two spellings have the same consonants: "Tariq al-Bab", "Tareeq al-Bab"."""
    bones = [_VOWELS.sub("", name) for name in (a, b)]
    return a in b or b in a or (bones[0] == bones[1] and len(bones[0]) >= _BONES)


def _counted_apart(group: Group, telling: Telling) -> bool:
    """Whether both are counted ("the first attack", "in the second") and differently."""
    mine = telling.happening.ordinal
    if mine is None:
        return telling.earlier and any((t.happening.ordinal or 0) >= 2 for t in group.tellings)
    return any(t.happening.ordinal not in (None, mine) for t in group.tellings)


def same_spot(here: Stated[Place] | None, there: Stated[Place] | None) -> bool:
    """Whether two fine places are one: the same, or a town and the base beside it."""
    return here is not None and there is not None and _place_fit(here, there) >= SAME_SPOT


def _place_fit(here: Stated[Place] | None, there: Stated[Place] | None) -> float:
    """2 for one fine place, 1 where one holds the other or lies open, -1 for two places."""
    if here is None or there is None:
        return 0.5
    a, b = here.value, there.value
    if a.country and b.country and a.country != b.country:
        return -1.0
    if a.id == b.id:
        return 2.0 if a.precision in FINE else 1.0
    far = a.km(b)
    if far is None:
        return 0.5
    fine_a, fine_b = a.precision in FINE, b.precision in FINE
    if fine_a and fine_b:
        if a.precision is Precision.EXACT and b.precision is Precision.EXACT:
            return 2.0 if far <= 3 else -1.0
        reach = (a.radius_km or 0) + (b.radius_km or 0)
        if far <= max(_SAME_PLACE_KM, min(reach, 40)):
            return SAME_SPOT if far <= _SAME_PLACE_KM else _ABOUT
        wide = (a.precision is Precision.DISTRICT) != (b.precision is Precision.DISTRICT)
        return 0.8 if wide and far <= reach else -1.0  # a town, and the wide district that it lies in
    return 0.8 if far <= (a.radius_km or 0) + (b.radius_km or 0) else -1.0


def _can_be_one(a: Telling, b: Telling) -> bool:
    """Whether nothing in two tellings forbids that they are of one happening."""
    x, y = a.happening, b.happening
    if (x.realis is Realis.PLANNED) != (y.realis is Realis.PLANNED):
        return False
    if not _one_kind(a, b) or _one_stopped(a, b) or _brought_down(a, b) or _brought_down(b, a):
        return False
    apart = x.trigger != y.trigger or (a.where and b.where and a.where.value.id != b.where.value.id and a.index != b.index)
    if x.sentence == y.sentence and apart and Realis.DENIED not in (x.realis, y.realis) and not (_blames(a) or _blames(b)):
        return False  # the reader has folded what is one within a sentence
    if a.when and b.when and a.when.value.gap(b.when.value) > 0:
        return False
    if a.weekday is not None and b.weekday is not None and a.weekday != b.weekday and not (a.when or b.when):
        return False  # "on Tuesday" and "on Sunday" of a page without a date
    if _unplaced(a, b) or _unplaced(b, a):
        return False
    if a.when and b.when and _clocks_apart(a.when.value, b.when.value):
        return False
    if _reversed(a, b) or _reversed(b, a):
        return False
    return _contests(a) or _contests(b) or not _others(a, b)


def _blames(telling: Telling) -> bool:
    """Whether words only say who did what is told beside: "the army blamed the rebels; the rebels blamed the army"."""
    happening = telling.happening
    weak = happening.score < STRONG and bool(happening.attributions)
    return weak and {r.name for r in happening.roles} == {RoleName.PERPETRATOR}


def _one_spot(a: Telling, b: Telling) -> bool:
    return a.where is not None and b.where is not None and a.where.value.id == b.where.value.id and a.fine


def _one_day(a: Telling, b: Telling) -> bool:
    """Whether both say one and the same day, or the one a day and the other years about it: "almost half a century ago"."""
    x, y = (t.when.value.shifted(0) if t.when else None for t in (a, b))
    if x is None or y is None:
        return False
    long, short = max(x.days or 0, y.days or 0), min(x.days or 0, y.days or 0)
    return short == 1 and (x == y or (long >= _YEAR and x.gap(y) == 0))


def _one_kind(a: Telling, b: Telling) -> bool:
    """Whether two kinds can be told of one happening: kinds of harm, of demonstration; or a riot's "the clashes", its dead."""
    x, y = a.happening, b.happening
    if x.event_type == y.event_type:
        return x.event_type != "Strategic developments" or x.sub_event_type == y.sub_event_type
    if _ways(a) and _ways(b) and _ways(a) != _ways(b):
        return False  # the town that was taken on one day, and the strike on it
    if {x.event_type, y.event_type} <= _HARM or {x.event_type, y.event_type} <= DEMONSTRATIONS:
        return True
    if any(one.burnt and other.happening.sub_event_type == "Looting/property destruction" for one, other in ((a, b), (b, a))):
        return True  # in the houses that were set on fire
    return any(
        other.definite and (one.happening.sub_event_type, other.happening.sub_event_type) in _ROUGH
        for one, other in ((a, b), (b, a))
    )


def _one_stopped(a: Telling, b: Telling) -> bool:
    """Whether the one was stopped and the other not, and they came by different means: drones shot down, and shells that hit."""
    if _unharmed(a, b) or _unharmed(b, a) or _came_through(a, b) or _came_through(b, a):
        return True
    kinds = {a.happening.sub_event_type, b.happening.sub_event_type}
    stopped = {t.happening.realis is Realis.FOILED for t in (a, b)}
    told_back = any(t.definite and t.where is None for t in (a, b))  # "they were shot down"
    return kinds == {"Air/drone strike", "Shelling/artillery/missile attack"} and len(stopped) == 2 and not told_back


def _brought_down(a: Telling, b: Telling) -> bool:
    """Whether the one tells of a craft that was shot down, and the other of bombs, shells or gas that befell others."""
    shot = a.downing and a.happening.event_type == "Battles"
    struck = b.happening.event_type == "Explosions/Remote violence" and is_deed(b.happening) and not b.downing
    return shot and struck and not b.definite and not any(related(x.value, y.value) for x in a.targets for y in b.targets)


def _unharmed(a: Telling, b: Telling) -> bool:
    """Whether a bomb was found in time, and people died by hand at a place of its own."""
    found = a.happening.realis is Realis.FOILED and a.happening.sub_event_type == "Remote explosive/landmine/IED"
    died = b.happening.realis is Realis.ASSERTED and bool(b.happening.role(RoleName.KILLED) or b.happening.score >= STRONG)
    return (
        found and died and b.happening.sub_event_type in ("Attack", "Armed clash") and b.where is not None and b.where != a.where
    )


def _came_through(a: Telling, b: Telling) -> bool:
    """Whether many were stopped over the land, and one is told that hit a place of its own."""
    return a.swarm and b.fine and b.happening.realis is Realis.ASSERTED and not b.definite


def _ways(telling: Telling) -> str:
    """In which of the ways that do not pass for one another a deed was done: ground taken, from afar, sexual."""
    return next((way for way, kinds in _WAYS.items() if telling.happening.sub_event_type in kinds), "")


_WAYS = {
    "ground": ("Non-state actor overtakes territory", "Government regains territory"),
    "afar": ("Air/drone strike", "Shelling/artillery/missile attack", "Suicide bomb"),
    "sexual": ("Sexual violence",),
}


def _unplaced(a: Telling, b: Telling) -> bool:
    """Whether the one says when in words that this page cannot place ("on Friday", undated), and the other names its month."""
    open_ = a.when is None and bool(a.happening.role(RoleName.TIME))
    return open_ and b.when is not None and (b.when.value.days or 0) > VAGUE_DAYS


def _reversed(a: Telling, b: Telling) -> bool:
    """Whether who acts in the one is acted upon in the other. A lone word for harm ("three attackers died") does not say so,
    nor what only counts those hurt, whoever they are: "two of the rebels died", behind the rebels' attack."""
    strong = a.happening.score >= 0.7 and b.happening.score >= 0.7
    if b.where is None and b.when is None and not b.doers and _BLAME < b.happening.score < STRONG and not b.another:
        return False
    return any(related(d.value, t.value) and (d.value.id or strong) for d in a.doers for t in b.targets)


def _contests(telling: Telling) -> bool:
    """Whether the words are about who did it: a denial, or blame. Contested responsibility is one happening, not two."""
    return telling.happening.realis is Realis.DENIED or telling.happening.score <= _BLAME


def _others(a: Telling, b: Telling) -> bool:
    """Whether known parties that are not kin are said to have done the two."""
    known = [(p.value, q.value) for p in a.doers for q in b.doers]
    return bool(known) and all(apart(p, q) for p, q in known)


def _clocks_apart(a: Interval, b: Interval) -> bool:
    """Whether two hours are told, or parts of a day, that lie more than two hours apart: two happenings."""
    if not (a.clock and b.clock):
        return False
    (a0, a1), (b0, b1) = _stretch(a, a.clock), _stretch(b, b.clock)
    return max(a0 - b1, b0 - a1) > timedelta(hours=2)


def _stretch(when: Interval, clock: Clock) -> tuple[datetime, datetime]:
    """From when to when a stretch of the clock on some of an interval's days can be. One past midnight that lies on several
    days ends on the last of them."""
    first, last = when.earliest or date.min, when.latest or date.max - timedelta(days=1)
    past = clock.latest < clock.earliest and first == last
    return datetime.combine(first, clock.earliest), datetime.combine(last + timedelta(days=past), clock.latest)


def _without_summaries(groups: list[Group]) -> list[Group]:
    """Fold or leave out the words that only announce what the report then tells one by one ("struck two bases")."""
    kept: list[Group] = []
    for group in groups:
        finer = [g for g in groups if g is not group and g.fine and not g.tellings[0].also and _could_hold(group, g)]
        finer = [] if len(finer) == 1 and _tolls_apart(group, finer[0]) else finer
        if group.fine or not finer or any(t.another or _of_others(t, finer) for t in group.tellings):
            kept.append(group)
        elif len(finer) == 1 and not any(t.plural for t in group.tellings):
            finer[0].tellings += [t for t in group.tellings if _can_all(finer[0], t)]
        elif (any(t.plural for t in group.tellings) or group.where is None) and not _tells_toll(group):
            continue
        else:
            kept.append(group)
    for group in kept:
        group.tellings.sort(key=lambda t: t.happening.trigger)
    return kept


def _tolls_apart(a: Group, b: Group) -> bool:
    """Whether each killed many, and not as many: 31 in one prison, 17 in another."""
    x, y = ({t.toll for t in g.tellings if t.toll and t.toll >= _MANY} for g in (a, b))
    return bool(x and y) and not x & y


def _of_others(telling: Telling, groups: Sequence[Group]) -> bool:
    """Whether it is a strike of a party's own, told in one sentence with what another did: an answer, and no summary."""
    beside = [t for g in groups for t in g.tellings if t.happening.sentence == telling.happening.sentence]
    struck = telling.happening.event_type == "Explosions/Remote violence" and is_deed(telling.happening) and bool(telling.doers)
    return struck and any(t.doers and all(d.value.name != o.value.name for d in t.doers for o in telling.doers) for t in beside)


def _tells_toll(group: Group) -> bool:
    """Whether it is told with dead of its own, and a day or one deed, and so announces nothing."""
    return any(
        t.happening.role(RoleName.KILLED) and (t.when or (t.happening.score >= STRONG and not t.plural)) for t in group.tellings
    )


def _can_all(group: Group, telling: Telling) -> bool:
    return all(_can_be_one(t, telling) for t in group.tellings) and not _recalled_apart(group, telling)


def _recalled_apart(group: Group, telling: Telling) -> bool:
    """Whether one is only recalled and the other told, and none of its tellings names the same spot or the same day. Harm that
    is told next, without a place or a day, is that of what was recalled."""
    recalled = telling.happening.realis is Realis.BACKGROUND
    harm = not recalled and _BLAME < telling.happening.score < STRONG and telling.where is None and telling.when is None
    if harm and any(t.index == telling.index - 1 for t in group.tellings):
        return False
    return not any(
        (t.happening.realis is Realis.BACKGROUND) == recalled or _one_spot(t, telling) or _one_day(t, telling)
        for t in group.tellings
    )


def _could_hold(wide: Group, fine: Group) -> bool:
    """Whether a happening told without a fine place can be (or hold) one told with it."""
    if wide.tellings[0].happening.realis is Realis.PLANNED or any(t.names for t in wide.tellings):
        return False
    if any(_counted_apart(fine, telling) for telling in wide.tellings):
        return False  # "in the first attack": the second is no summary of it
    if any(_one_more(told, telling) for told in fine.tellings for telling in wide.tellings):
        return False
    if any(_posted_apart(fine, telling) for telling in wide.tellings) or any(_placed_apart(wide, t) for t in fine.tellings):
        return False
    if any(_recalled_apart(fine, telling) for telling in wide.tellings):
        return False
    if any(_answer_and_cause(a, b) or crowd_and_cause(a.happening, b.happening) for a in wide.tellings for b in fine.tellings):
        return False
    if not all(
        _can_be_one(a, b) or (a.happening.sentence == b.happening.sentence and a.happening.trigger != b.happening.trigger)
        for a in wide.tellings
        for b in fine.tellings
    ):
        return False
    return _place_fit(wide.where, fine.where) >= 0


def _answer_and_cause(a: Telling, b: Telling) -> bool:
    """Whether one sentence tells a deed and what it answers: neither sums the other up."""
    return a.happening.sentence == b.happening.sentence and a.answered is not b.answered


def crowd_and_cause(a: Happening, b: Happening) -> bool:
    """Whether one sentence tells what a crowd did and what others did: neither sums the other up."""
    of_crowds = {h.event_type in DEMONSTRATIONS for h in (a, b)}
    return a.sentence == b.sentence and a.trigger != b.trigger and len(of_crowds) == 2


def _more_dead(text: str, happening: Happening, figure: Span) -> bool:
    return bool(_MORE_DEAD.search(text, max(happening.sentence.start, figure.start - 12), figure.end + 6))


def _told_main(group: Group) -> bool:
    """Whether a happening is told as one that came to pass, and not recalled."""
    return any(t.happening.realis in (Realis.ASSERTED, Realis.FOILED) for t in group.tellings)


_OVER = re.compile(r"\b(?:(both)|all (two|three|four|five|six)|the (two|three|four|five|six)|(all|them|these|those))\b", re.I)
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def over(text: str, happening: Happening, claims: bool) -> int:
    """Of how many happenings told before words that claim a deed speak: 1 where they name one, or say where or when."""
    if not claims or any(map(happening.role, (RoleName.PLACE, RoleName.TIME, RoleName.TARGET))):
        return 1
    start, end = happening.trigger.start, happening.trigger.end
    near = text[max(happening.sentence.start, start - 24) : start] if happening.score >= STRONG else text[end : end + 48]
    said = _OVER.search(near)
    if said is None or (happening.score >= STRONG and not text[start:end].lower().endswith("s")):
        return 1
    return next((_NUMBERS[word.lower()] for word in said.groups()[:3] if word), 99)


def is_deed(happening: Happening) -> bool:
    """Whether words tell of a deed by themselves: more than harm alone, or harm with who did it and to how many."""
    return happening.score >= STRONG or bool(happening.role(RoleName.PERPETRATOR) and happening.role(RoleName.KILLED))


_DOWNED = re.compile(r"\b(?:shot|shoot\w*|brought|bring\w*|gunned) (?:\w+ ){0,6}?down\b|\bdown(?:ed|ing|s)\b", re.I)
_CRAFT = re.compile(
    r"\b(?:helicopters?|choppers?|gunships?|(?:air|war)?planes?|airliners?|jets?|fighter-bombers?|bombers?)$", re.I
)


def tells_downing(text: str, happening: Happening) -> bool:
    """Whether words tell that a craft with people in it was brought down."""
    return _DOWNED.match(text, happening.trigger.start) is not None and any(
        _CRAFT.search(m.span.of(text)) for m in happening.role(RoleName.TARGET)
    )


_IN_ANSWER = re.compile(r"\b(?:in|as) (?:an? )?(?:response|retaliation|reprisal|revenge) (?:to|for|against)\b[^;:]*$", re.I)


def is_answered(text: str, happening: Happening) -> bool:
    """Whether a deed is told as what another one answers."""
    before = text[happening.sentence.start : happening.trigger.start]
    return _IN_ANSWER.search(before) is not None or _came_before(before)


_DAYS_AFTER = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|a few) (?:hour|day|night|week|month|year)s? after\b",
    re.I,
)


def _came_before(before: str) -> bool:
    """Whether the words before a deed in its sentence put it before the other: "..., a day after soldiers raided", "Two days
    after gunmen killed"; what stands behind the comma of the second did not."""
    lag = _DAYS_AFTER.search(before)
    return lag is not None and not (lag.start() < _OPENS and "," in before[lag.end() :])


_OPENS = 3


def says_also(text: str, happening: Happening) -> bool:
    """Whether the words add a deed at a place of its own to what was told before."""
    if happening.score < STRONG or not happening.role(RoleName.PLACE):
        return False
    before = text[max(happening.sentence.start, happening.trigger.start - 40) : happening.trigger.start]
    return bool(_ALSO_BEFORE.search(before) or _ALSO_BEHIND.match(text, happening.trigger.end))


def says_more(text: str, happening: Happening) -> bool:
    """Whether its sentence opens on one thing more, or says "also" before the deed."""
    start, end = happening.sentence.start, happening.trigger.start
    return bool(_MORE.match(text, start) or _ALSO.search(text[start:end]))


def opens_another(text: str, happening: Happening) -> bool:
    """Whether its sentence opens on something else that happened ("Elsewhere"), and says two of: a deed, where, a toll."""
    told = (is_deed(happening), bool(happening.role(RoleName.PLACE)), bool(happening.role(RoleName.KILLED)))
    return sum(told) >= 2 and _ELSEWHERE.match(text, happening.sentence.start) is not None


def says_another(text: str, happening: Happening) -> bool:
    """Whether the words around the trigger set it apart from what was told before."""
    start = max(happening.sentence.start, happening.trigger.start - 40)
    killed, placed = happening.role(RoleName.KILLED), happening.role(RoleName.PLACE)
    if opens_another(text, happening):
        return True
    if happening.score >= STRONG and placed and any(_more_dead(text, happening, m.span) for m in killed):
        return True
    if re.match(r"\s*(?:another|a second)\b", text[happening.trigger.end : happening.trigger.end + 12], re.I):
        return True
    return bool(_ANOTHER.search(text[start : happening.trigger.start]))


def told_together(a: Group, b: Group) -> bool:
    """Whether one sentence tells of both: "two attacks came at 11 pm and at 1 am", then "nobody was hurt"."""
    return bool({t.happening.sentence for t in a.tellings} & {t.happening.sentence for t in b.tellings})
