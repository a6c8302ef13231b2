"""How two tellings compare: a table of features, each a small function with its sentence, and the rules that forbid.

A feature finds what it looks at in one of a few states ("the days lie two or three apart"), each with a weight in
`resources/link.yml`: log-odds, positive for one happening, negative for two. It gives a sentence that a reviewer reads. A rule
that forbids gives only its sentence. Days and places that differ weigh against, and do not forbid: a page's day or town may be
misread, and the words that two pages share may show it. That one report tells the two apart stands for all features, and does
not forbid either: it may have told one happening twice, and many others tell of one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crossbearing.link.units import DAY, Unit
from crossbearing.link.wording import RARE, RARE_IN_TELLING, likeness, weight
from crossbearing.model.claim import Status
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision
from crossbearing.resources import table
from crossbearing.words.parties import related

# Two reports of one strike differ by up to a day: statements are dated by their day, nights by either of two.
MOST_DAYS_APART = 1
# Hours told of one happening differ by so many: clocks are rounded, and a fight goes on. From there they weigh by how far apart
# they lie, in full at `HOURS` and no more from half as many again.
MOST_HOURS_APART, HOURS = 2.0, 4.0
SMALL_HOURS = 6 * 60
"""Up to when a day's small hours last, in minutes."""
# Coordinates of one base differ by a few kilometres between tables, and a town stands for the base beside it.
NEAR_KM = 25.0
# That two name one area says the less the wider it is, from this radius on: a province says something, a country little.
WIDE_KM = 100.0
# Kinds that reports take for one another.
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
# Likeness beyond this says no more, and rare words beyond these sums: pages of one outlet share their own ways besides.
ALIKE = 0.35
SEVERAL = 2.5
"""A page of so many happenings tells of each in full; of more, its words say the less of each."""
BRIEF = 36
"""A page of so few words tells little but when and where: there, they weigh more."""
# A headline is page and sentence in one, so that likeness counts once; and it goes further.
ALIKE_HEADLINE = 0.6
MOST_RARE, MOST_RARE_IN_TELLING = 30.0, 20.0
TOLD_APART = -9.0
"""The score of two tellings of one report, whatever they have in common. Set on development reports: from -8 to -10 they give
the same, at -6 a report that tells two strikes on one base no longer holds them apart (`docs/linking.md`)."""
COPIED = 0.9
"""From this likeness on two sentences are the same words again."""
TELLS_LITTLE = "and neither tells much else"
SHARED_WORDS = 4
"""So many of the words that two pages share are named to the reviewer."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tellings compared: the sum of weights, the reasons, and what forbids."""

    score: float
    """Log-odds, 0 where one happening is as likely as two."""
    reasons: tuple[str, ...]
    forbidden: str | None = None

    @property
    def same(self) -> bool:
        return self.forbidden is None and self.score >= 0


class Found(NamedTuple):
    """In which state a feature finds two tellings."""

    state: str
    """The key of its weight."""
    sentence: str
    amount: float = 1.0
    """By which the weight is multiplied."""


Feature = Callable[[Unit, Unit], Sequence[Found]]
Rule = Callable[[Unit, Unit], str | None]


def compare(a: Unit, b: Unit) -> Comparison:
    """Whether two tellings can be of one happening, and why."""
    if sentence := forbids(a, b):
        return Comparison(0.0, (sentence,), sentence)
    found = weighed(a, b)
    said = tuple(f"{sentence} ({amount:+.1f})" for amount, sentence in found if abs(amount) >= 0.05)
    return Comparison(round(start() + sum(amount for amount, _ in found), 3), said)


def forbids(a: Unit, b: Unit) -> str | None:
    """The rule that keeps two tellings apart whatever they have in common, in a sentence; None where none does."""
    return next((sentence for rule in RULES if (sentence := rule(a, b))), None)


def weighed(a: Unit, b: Unit) -> list[tuple[float, str]]:
    """What each feature adds to the score, with its sentence."""
    if a.document == b.document:
        return [(TOLD_APART - start(), "one report tells the two apart, whatever they have in common")]
    return [(weight_of(one), one.sentence) for feature in FEATURES for one in feature(a, b)]


def score(a: Unit, b: Unit) -> float:
    """The sum of weights alone: `compare` without its rules and sentences."""
    if a.document == b.document:
        return TOLD_APART
    given, total = weights(), start()
    for feature in FEATURES:
        for state, _, amount in feature(a, b):
            total += given[state] * amount
    return total


def weight_of(found: Found) -> float:
    """What a feature adds to the score."""
    return weights()[found.state] * found.amount


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of each state of each feature."""
    given = table("link.yml")["weights"]
    return {f"{feature}/{state}": float(value) for feature, states in given.items() for state, value in states.items()}


@lru_cache(maxsize=1)
def start() -> float:
    """What two tellings have before anything is compared: most are of two happenings."""
    return float(table("link.yml")["start"])


# ---------------------------------------------------------------- rules that forbid


def kinds_apart(a: Unit, b: Unit) -> str | None:
    """The two are happenings of kinds that no report takes for one another."""
    x, y = a.claims[0], b.claims[0]
    if x.event_type != y.event_type and kind_group(a) != kind_group(b):
        return f"the one is {x.event_type.lower()}, the other {y.event_type.lower()}"
    return "the one has only been announced" if a.planned != b.planned else None


def kind_group(unit: Unit) -> str:
    """The kinds that a report may take for its own: fighting, strikes and attacks on civilians are one."""
    kind = unit.claims[0].event_type
    return VIOLENT[0] if kind in VIOLENT else kind


RULES: tuple[Rule, ...] = (kinds_apart,)


# ---------------------------------------------------------------- when


def days(a: Unit, b: Unit) -> Sequence[Found]:
    """How well the days agree, and how firmly each is told: a day worked out from little may be wrong."""
    if a.when is None or b.when is None:
        return ()
    gap = a.when.gap(b.when)
    if not gap and headlines(a, b) and (_sooner(a.when, b.when) or _sooner(b.when, a.when)):
        return (Found("days/in part", "they share a day, and each may have been on another"),)
    says = "they share a day" if not gap else "their days lie side by side" if gap == 1 else f"they lie {gap} days apart"
    found = Found(days_state(gap, max(length(a.when), length(b.when))), says)
    if gap <= MOST_DAYS_APART:
        return (found,)
    firmly = Found("days/firmly apart", "and each is sure of its day", min(a.sure_of_day, b.sure_of_day))
    return (found, firmly, Found("days/apart in brief", TELLS_LITTLE)) if _brief(a, b) else (found, firmly)


def _sooner(one: Interval, other: Interval) -> bool:
    """Whether one both begins and ends before another."""
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.earliest < other.earliest and one.latest < other.latest


def length(when: Interval) -> int:
    """How many days it holds; one with an open end is long."""
    return when.days or 99


def days_state(gap: int, longest: int) -> str:
    """The state of days that lie so far apart, or meet, where the longer of the two intervals holds so many."""
    if gap == 1 and longest > 1:
        return "days/beside a few"  # a day's difference is allowed for already: "said on Saturday" is Friday or Saturday
    met = "shared" if longest <= 2 else "of a few" if longest <= 4 else "of a month" if longest <= 31 else "of more"
    return f"days/{_apart(gap) if gap else met}"


def _apart(gap: int) -> str:
    """The state of days that lie so far apart."""
    return "side by side" if gap == 1 else "near" if gap <= 3 else "a week" if gap <= 7 else "a month" if gap <= 30 else "far"


def published(a: Unit, b: Unit) -> Sequence[Found]:
    """How far apart their pages were published."""
    x, y = a.wording.page, b.wording.page
    if not (x and y and x.published and y.published and x.published.days and y.published.days):
        return ()
    gap = x.published.gap(y.published)
    if gap <= 1 and (a.when is None or b.when is None):
        return (Found("published/together", "their pages were published together, and one of them tells no day"),)
    return (Found(f"published/{_apart(gap)}", f"their pages were published {gap} days apart"),) if gap > 1 else ()


def hours(a: Unit, b: Unit) -> Sequence[Found]:
    """Both tell the hour, of one day or of two side by side, and the hours lie far apart."""
    if a.minutes is None or b.minutes is None:
        return ()
    gap = abs(a.minutes[0] // DAY - b.minutes[0] // DAY)
    apart = _minutes_apart(a.minutes, b.minutes, gap == 0) / 60 if gap <= MOST_DAYS_APART else 0.0
    if apart <= MOST_HOURS_APART:
        return ()
    says = f"they tell hours that lie {apart:.0f} hours apart"
    much = min(apart / HOURS, 1.5)
    found = Found("hours/over midnight" if gap else "hours/apart", says, much)
    return (found, Found("hours/apart in brief", TELLS_LITTLE, much)) if _brief(a, b) else (found,)


# ---------------------------------------------------------------- where


def places(a: Unit, b: Unit) -> Sequence[Found]:
    """How well the places agree."""
    p, q = a.where, b.where
    if p is None or q is None:
        if _nowhere(a, b):
            return (Found("places/nowhere", "neither says where, and they name nothing in common"),)
        return (Found("places/untold in headline", "one of the two headlines does not say where"),) if headlines(a, b) else ()
    if p.id == q.id:
        if (a.fine and b.fine) or (p.country == q.country and p.id.startswith("as written:")):
            return (Found("places/same", "they name the same place"),)
        wide = max(p.radius_km or 0.0, q.radius_km or 0.0, WIDE_KM)
        return (Found("places/same area", "they name the same wide area", WIDE_KM / wide),)
    far = p.km(q)
    beyond = out_of_reach(p, q, far)
    if beyond and p.name == q.name and a.fine and b.fine:
        return (Found("places/same name", "they name places of one name that lie far apart: one of them may be the other"),)
    if p.country and q.country and p.country != q.country and Precision.REGION not in (p.precision, q.precision):
        return _apart_by(a, b, "places/other country", "their places lie in different countries")
    if far is None:
        return ()
    if not beyond:
        if a.fine and b.fine:
            return (Found("places/within reach", "the two name places that lie within each other's precision"),)
        return (Found("places/in the area", "the place of the one lies in the area that the other names"),)
    says = f"their places lie {far:.0f} km apart, further than their precision"
    if _of_table(p) and _of_table(q):
        return _apart_by(a, b, "places/two facilities", f"{says}, and a table of facilities tells the two apart")
    return _apart_by(a, b, "places/near" if far <= 100 else "places/far", says)


def out_of_reach(p: Place, q: Place, far: float | None) -> bool:
    """Whether two places that lie so many km apart, as far as their points are known, lie beyond each other's precision."""
    return far is not None and far > max((p.radius_km or 0) + (q.radius_km or 0), NEAR_KM)


def _nowhere(a: Unit, b: Unit) -> bool:
    """Whether neither says where, and no party, no rare word and no whole sentence is the same: two lines of one day that speak
    of a strike need not speak of one strike."""
    if a.where is not None or b.where is not None or a.wording.telling_rare & b.wording.telling_rare:
        return False
    known = any(x.id and related(x, y) for xs, ys in ((a.doers, b.doers), (a.targets, b.targets)) for x in xs for y in ys)
    return not known and likeness(a.wording.telling, b.wording.telling) < COPIED


def _of_table(place: Place) -> bool:
    """Whether it is a facility that our table holds by name: one that a report names is seldom taken for another."""
    return place.id.startswith("facility:")


def _apart_by(a: Unit, b: Unit, state: str, says: str) -> Sequence[Found]:
    """Places that lie apart, and how firmly each is told: a name may be taken for another place of that name."""
    firm = min(a.sure_of_place, b.sure_of_place)
    found = Found(state, says), Found("places/firmly apart", "and each is sure of its place", firm)
    return (*found, Found("places/apart in brief", TELLS_LITTLE)) if _brief(a, b) else found


APART = ("places/other country", "places/near", "places/far", "places/two facilities")


# ---------------------------------------------------------------- who, what, with what


def doers(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether the same party is said to have done it."""
    if not a.doers or not b.doers:
        return ()
    if any(related(x, y) for x in a.doers for y in b.doers):
        return (Found("doers/same", "they name the same party as the one that did it"),)
    if all(x.id and y.id for x in a.doers for y in b.doers):
        return (Found("doers/different", "they name different parties as the one that did it"),)
    return ()


def targets(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether it befell the same party."""
    if a.targets and b.targets and any(related(x, y) for x in a.targets for y in b.targets):
        return (Found("targets/same", "they name the same target"),)
    return ()


def parties_reversed(a: Unit, b: Unit) -> Sequence[Found]:
    """Who strikes in the one is struck in the other."""
    if _turned(a, b) or _turned(b, a):
        return (Found("parties/reversed", "the party that acts in the one is acted upon in the other"),)
    return ()


def _turned(a: Unit, b: Unit) -> bool:
    """Whether who acts in `a` is acted upon in `b`, where `b` has another party act, or has who is acted upon in `a` act."""
    if not any(related(d, t) for d in a.doers for t in b.targets):
        return False
    if any(related(d, t) for d in b.doers for t in a.targets):
        return True
    known = any(related(d, t) and d.id for d in a.doers for t in b.targets)
    return known and bool(b.doers) and not any(related(d, e) for d in a.doers for e in b.doers)


def kinds(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether they are of one kind."""
    x, y = a.claims[0], b.claims[0]
    if x.sub_event_type == y.sub_event_type:
        return (Found("kinds/same", f"both are of the kind “{x.sub_event_type}”"),)
    return () if x.event_type == y.event_type else (Found("kinds/different", "they are of different kinds"),)


def means(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether they tell of the same weapons, or of such as nobody takes for one another; a gunship is an aircraft."""
    if not a.weapons or not b.weapons:
        return ()
    if not a.means.isdisjoint(b.means):
        return (Found("means/same", "they tell of the same weapons"),)
    if a.means_classes and b.means_classes and a.means_classes.isdisjoint(b.means_classes):
        return (Found("means/different", "they tell of different weapons"),)
    return ()


def tolls(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether the figures can both hold. That both tell of none hurt says little."""
    pairs = [(x, y) for xs, ys in ((a.killed, b.killed), (a.injured, b.injured)) for x in xs for y in ys]
    if not pairs:
        return ()
    if not all(x.allows(y) for x, y in pairs):
        return (Found("tolls/different", "their figures cannot both hold"),)
    told = any((x.low or 0) > 0 or (y.low or 0) > 0 for x, y in pairs)
    return (Found("tolls/same", "their figures can both hold"),) if told else ()


def ordinals(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether they count it at the same place of an order."""
    if not a.ordinals or not b.ordinals:
        return ()
    if a.ordinals & b.ordinals:
        return (Found("ordinals/same", "both count it at the same place of an order"),)
    return (Found("ordinals/different", "they count it at different places of an order"),)


def outcomes(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether one says that it was stopped."""
    if a.statuses & b.statuses or Status.DENIED in a.statuses | b.statuses:
        return ()
    return (Found("outcomes/different", "the one says that it was stopped, the other does not"),)


# ---------------------------------------------------------------- in which words


def leads(a: Unit, b: Unit) -> Sequence[Found]:
    """Whether both are what their reports tell first: two reports of one happening mostly begin with it."""
    if a.lead != b.lead:
        return (Found("leads/one", "the one is its report's first news, the other is not"),)
    return (Found("leads/both", "both are their reports' first news"),) if a.lead else ()


def page_words(a: Unit, b: Unit) -> Sequence[Found]:
    """How alike their pages are, as a whole."""
    x, y = a.wording.page, b.wording.page
    if x is None or y is None:
        return (Found("words/page not at hand", "the words of a page are not at hand"),)
    if headlines(a, b):
        return (Found("words/both headlines", "both are headlines"),)
    return _of_pages(a, b, _alike("words/alike", "their pages are alike in their words", likeness(x.vector, y.vector), ALIKE))


def rare_words(a: Unit, b: Unit) -> Sequence[Found]:
    """The words that their pages share and few others have, names by themselves: they say the most."""
    x, y = a.wording.page, b.wording.page
    if x is None or y is None:
        return ()
    shared = a.wording.page_rare & b.wording.page_rare
    # One outlet's pages share the names of its people and its town; so may two of which nobody knows whose they are.
    named = shared & x.names & y.names if a.outlet and b.outlet and a.outlet != b.outlet else frozenset[str]()
    names = _rare("words/rare names", "the pages of two outlets", named, RARE, MOST_RARE, "names")
    if headlines(a, b):
        return names  # the sentence is the page, and holds the rest
    return _of_pages(a, b, (*names, *_rare("words/rare", "their pages", shared - named, RARE, MOST_RARE)))


def _of_pages(a: Unit, b: Unit, found: Sequence[Found]) -> Sequence[Found]:
    """What two pages have in common, as far as it speaks of these two of their tellings: of many in one war it says little."""
    share = SEVERAL / math.sqrt(a.among * b.among)
    if share >= 1:
        return found
    several = f"; the pages tell of {a.among} and of {b.among} happenings"
    return tuple(Found(one.state, one.sentence + several, one.amount * share) for one in found)


def telling_words(a: Unit, b: Unit) -> Sequence[Found]:
    """How alike the sentences are that tell of it."""
    alike, says = likeness(a.wording.telling, b.wording.telling), "the sentences that tell of it are alike"
    if headlines(a, b):
        return _alike("words/alike in headline", says, alike, ALIKE_HEADLINE)
    return _alike("words/alike in telling", says, alike, ALIKE)


def rare_in_telling(a: Unit, b: Unit) -> Sequence[Found]:
    """The words that the sentences share and few others have."""
    shared = a.wording.telling_rare & b.wording.telling_rare
    return _rare("words/rare in telling", "the sentences that tell of it", shared, RARE_IN_TELLING, MOST_RARE_IN_TELLING)


def _alike(state: str, says: str, alike: float, most: float) -> Sequence[Found]:
    if alike >= most:
        return (Found(state, f"{says} (cosine {most} or more)", most),)
    return (Found(state, f"{says} (cosine {alike:.2f})", alike),)


def _rare(state: str, of: str, shared: frozenset[str], over: float, most: float, what: str = "words") -> Sequence[Found]:
    if not shared:
        return ()
    named = sorted(shared, key=lambda word: (-weight(word), word))
    amount = min(sum(weight(word) - over for word in named), most)
    more = ", ..." if len(named) > SHARED_WORDS else ""
    return (Found(state, f"{of} share rare {what}: {', '.join(named[:SHARED_WORDS])}{more}", amount),)


FEATURES: tuple[Feature, ...] = (
    days, published, hours, places, doers, targets, parties_reversed, kinds, means, tolls, ordinals,
    outcomes, leads, page_words, rare_words, telling_words, rare_in_telling,
)  # fmt: skip


# ---------------------------------------------------------------- what they stand on


def _brief(a: Unit, b: Unit) -> bool:
    """Whether neither page holds more than a few lines."""
    x, y = a.wording.page, b.wording.page
    return x is not None and y is not None and max(len(x.vector), len(y.vector)) <= BRIEF


def headlines(a: Unit, b: Unit) -> bool:
    """Whether all that is at hand of either is a headline."""
    return a.wording.headline and b.wording.headline


def _minutes_apart(a: tuple[int, int], b: tuple[int, int], one_day: bool) -> int:
    """Minutes between two stretches of time; 0 where they overlap."""
    shifts = {mine - theirs for mine in _shifts(*a, one_day) for theirs in _shifts(*b, one_day)}
    return min(max(a[0] + shift - b[1], b[0] - a[1] - shift, 0) for shift in shifts)


def _shifts(first: int, last: int, one_day: bool) -> tuple[int, ...]:
    """By how many minutes a stretch may lie elsewhere: a night is called by either of its days, and where two tellings name two
    days, its small hours may be the earlier day's ("Monday night at 1 am")."""
    if last // DAY > first // DAY:
        return (0, -DAY)
    return (0, DAY) if last % DAY < SMALL_HOURS and not one_day else (0,)
