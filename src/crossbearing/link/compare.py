"""How two tellings compare: a table of features, each a small function with its sentence, and the rules that forbid.

A feature gives a weight, positive for one happening, negative for two, and a sentence that a reviewer reads. A rule that
forbids gives only its sentence. The weights are first values set on the development reports of strikes on bases;
learning them from judged pairs is a later step, and changes this table only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from crossbearing.link.units import Unit
from crossbearing.model.claim import Status
from crossbearing.model.when import Clock, Interval
from crossbearing.model.where import Precision
from crossbearing.words.parties import related

# Two reports of one strike differ by up to a day: statements are dated by their day, nights by either of two.
MOST_DAYS_APART = 1
# Coordinates of one base differ by a few kilometres between tables, and a town stands for the base beside it.
NEAR_KM = 25.0
# Sum of weights from which two tellings are one happening: a shared day and a shared fine place are enough.
THRESHOLD = 3.2
# Kinds that reports take for one another.
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tellings compared: the sum of weights, the reasons, and what forbids."""

    score: float
    reasons: tuple[str, ...]
    forbidden: str | None = None

    @property
    def same(self) -> bool:
        return self.forbidden is None and self.score >= THRESHOLD


Feature = Callable[[Unit, Unit], tuple[float, str] | None]
Rule = Callable[[Unit, Unit], str | None]


def compare(a: Unit, b: Unit) -> Comparison:
    """Whether two tellings can be of one happening, and why."""
    for rule in RULES:
        if sentence := rule(a, b):
            return Comparison(0.0, (sentence,), sentence)
    weighed = _weighed(a, b)
    return Comparison(_sum(weighed), tuple(f"{sentence} ({weight:+.1f})" for weight, sentence in weighed))


def joining(a: Unit, b: Unit) -> float | None:
    """The score of two tellings that compare as one happening, None of others: `compare` without its sentences."""
    if any(rule(a, b) for rule in RULES):
        return None
    score = _sum(_weighed(a, b))
    return score if score >= THRESHOLD else None


def _weighed(a: Unit, b: Unit) -> list[tuple[float, str]]:
    return [w for feature in FEATURES if (w := feature(a, b)) is not None]


def _sum(weighed: list[tuple[float, str]]) -> float:
    return round(sum(weight for weight, _ in weighed), 3)


# ---------------------------------------------------------------- rules that forbid


def one_document(a: Unit, b: Unit) -> str | None:
    """The report tells the two happenings apart."""
    return "one report tells the two apart" if a.document == b.document else None


def days_apart(a: Unit, b: Unit) -> str | None:
    """The days that the two can mean lie more than a day apart."""
    if a.when and b.when and a.when.gap(b.when) > MOST_DAYS_APART:
        return f"their days lie {a.when.gap(b.when)} apart"
    return None


def hours_apart(a: Unit, b: Unit) -> str | None:
    """Both tell the hour, of one day, and the hours lie far apart."""
    if not (a.when and b.when and a.when.clock and b.when.clock):
        return None
    if a.when.days == b.when.days == 1 and a.when.meets(b.when) and _clock_gap(a.when.clock, b.when.clock) > 120:
        return "they tell hours of the day that lie more than two hours apart"
    return None


def places_apart(a: Unit, b: Unit) -> str | None:
    """The places lie outside of each other's precision."""
    p, q = a.where, b.where
    if p is None or q is None:
        return None
    if (
        p.country
        and q.country
        and p.country != q.country
        and not (p.precision is Precision.REGION or q.precision is Precision.REGION)
    ):
        return "their places lie in different countries"
    far = p.km(q)
    if far is None or p.id == q.id:
        return None
    reach = (p.radius_km or 0) + (q.radius_km or 0)
    if far > max(reach, NEAR_KM if Precision.EXACT not in (p.precision, q.precision) or p.precision is not q.precision else 12.0):
        return f"their places lie {far:.0f} km apart, further than their precision"
    return None


def parties_reversed(a: Unit, b: Unit) -> str | None:
    """Who strikes in the one is struck in the other."""
    if any(related(d, t) for d in a.doers for t in b.targets) and any(related(d, t) for d in b.doers for t in a.targets):
        return "the party that acts in the one is acted upon in the other"
    if (
        any(related(d, t) and d.id for d in a.doers for t in b.targets)
        and b.doers
        and not any(related(d, e) for d in a.doers for e in b.doers)
    ):
        return "the party that acts in the one is acted upon in the other"
    if (
        any(related(d, t) and d.id for d in b.doers for t in a.targets)
        and a.doers
        and not any(related(d, e) for d in a.doers for e in b.doers)
    ):
        return "the party that acts in the one is acted upon in the other"
    return None


def kinds_apart(a: Unit, b: Unit) -> str | None:
    """The two are happenings of kinds that no report takes for one another."""
    x, y = a.claims[0], b.claims[0]
    if x.event_type != y.event_type and kind_group(a) != kind_group(b):
        return f"the one is {x.event_type.lower()}, the other {y.event_type.lower()}"
    # What has only been announced is announced in its first claim: the two are looked at whole only where one may be.
    if Status.PLANNED in (x.status, y.status) and a.planned != b.planned:
        return "the one has only been announced"
    return None


def kind_group(unit: Unit) -> str:
    """The kinds that a report may take for its own: fighting, strikes and attacks on civilians are one."""
    kind = unit.claims[0].event_type
    return VIOLENT[0] if kind in VIOLENT else kind


RULES: tuple[Rule, ...] = (one_document, kinds_apart, days_apart, places_apart, hours_apart, parties_reversed)

SIDES: dict[Rule, Callable[[Unit], Hashable]] = {
    kinds_apart: lambda unit: (unit.claims[0].event_type, unit.planned),
    days_apart: lambda unit: unit.when and (unit.when.earliest, unit.when.latest),
    places_apart: lambda unit: unit.where,
    hours_apart: lambda unit: unit.when if unit.when and unit.when.clock else None,
    parties_reversed: lambda unit: (unit.doers, unit.targets),
}
"""All that a rule looks at in a telling: those that are alike in it are alike to the rule. `one_document` asks for no more."""


# ---------------------------------------------------------------- features that weigh


def days(a: Unit, b: Unit) -> tuple[float, str] | None:
    """How well the days agree."""
    if a.when is None or b.when is None:
        return None
    gap = a.when.gap(b.when)
    weight = day_weight(gap, max(length(a.when), length(b.when)))
    return weight, "their days lie side by side" if gap else "they share a day"


def length(when: Interval) -> int:
    """How many days it holds; one with an open end is long."""
    return when.days or 99


def day_weight(gap: int, longest: int) -> float:
    """What days weigh that lie so far apart, where the longer of the two intervals holds so many."""
    if gap:
        return 0.3
    return 2.0 if longest <= 2 else 1.4 if longest <= 4 else 0.6


def places(a: Unit, b: Unit) -> tuple[float, str] | None:
    """How well the places agree."""
    p, q = a.where, b.where
    if p is None or q is None:
        return None
    weight = place_weight(a.fine, b.fine)
    if a.fine and b.fine:
        return weight, "the two name places that lie within each other's precision"
    if p.id == q.id:
        return weight, "they name the same wide area"
    return weight, "the place of the one lies in the area that the other names"


def place_weight(fine: bool, other_fine: bool) -> float:
    """What places weigh that do not forbid, by whether each is fine."""
    return 2.5 if fine and other_fine else 0.7


def doers(a: Unit, b: Unit) -> tuple[float, str] | None:
    """Whether the same party is said to have done it."""
    if not a.doers or not b.doers:
        return None
    if any(related(x, y) for x in a.doers for y in b.doers):
        return 1.0, "they name the same party as the one that did it"
    if all(x.id and y.id for x in a.doers for y in b.doers):
        return -0.8, "they name different parties as the one that did it"
    return 0.0, "they describe who did it differently"


def targets(a: Unit, b: Unit) -> tuple[float, str] | None:
    """Whether it befell the same party."""
    if not a.targets or not b.targets:
        return None
    return (
        (0.5, "they name the same target")
        if any(related(x, y) for x in a.targets for y in b.targets)
        else (0.0, "they name different targets")
    )


def kinds(a: Unit, b: Unit) -> tuple[float, str] | None:
    """Whether they are of one kind."""
    x, y = a.claims[0], b.claims[0]
    if x.sub_event_type == y.sub_event_type:
        return 0.6, f"both are of the kind “{x.sub_event_type}”"
    return (0.3, "they are of kindred kinds") if x.event_type == y.event_type else (-0.3, "they are of different kinds")


def means(a: Unit, b: Unit) -> tuple[float, str] | None:
    """Whether they tell of the same weapons."""
    if not a.weapons or not b.weapons:
        return None
    x, y = {_stem(w) for w in a.weapons}, {_stem(w) for w in b.weapons}
    return (0.4, "they tell of the same weapons") if x & y else (-0.4, "they tell of different weapons")


def tolls(a: Unit, b: Unit) -> tuple[float, str] | None:
    """Whether the figures can both hold."""
    pairs = [(x, y) for xs, ys in ((a.killed, b.killed), (a.injured, b.injured)) for x in xs for y in ys]
    if not pairs:
        return None
    if all(x.allows(y) for x, y in pairs):
        told = any((x.low or 0) > 0 or (y.low or 0) > 0 for x, y in pairs)
        return (0.5 if told else 0.1), "their figures can both hold"
    return -0.5, "their figures cannot both hold"


def ordinals(a: Unit, b: Unit) -> tuple[float, str] | None:
    """Whether they count it at the same place of an order."""
    x = {c.ordinal.value for c in a.claims if c.ordinal}
    y = {c.ordinal.value for c in b.claims if c.ordinal}
    if not x or not y:
        return None
    return (
        (0.3, "both count it at the same place of an order") if x & y else (-0.6, "they count it at different places of an order")
    )


def outcomes(a: Unit, b: Unit) -> tuple[float, str] | None:
    """Whether one says that it was stopped: a contested outcome is common, so it weighs little."""
    x, y = {c.status for c in a.claims}, {c.status for c in b.claims}
    return None if x & y or Status.DENIED in x | y else (-0.1, "the one says that it was stopped, the other does not")


FEATURES: tuple[Feature, ...] = (days, places, doers, targets, kinds, means, tolls, ordinals, outcomes)

MOST: dict[Feature, float] = {doers: 1.0, targets: 0.5, kinds: 0.6, means: 0.4, tolls: 0.5, ordinals: 0.3, outcomes: 0.0}
"""The most that a feature gives; `day_weight` and `place_weight` tell it of days and places."""


# ---------------------------------------------------------------- what they stand on


def _clock_gap(a: Clock, b: Clock) -> int:
    """Minutes between two stretches of the clock; 0 where they overlap. A stretch past midnight may be of either day's night."""
    (a0, a1), (b0, b1) = _minutes(a), _minutes(b)
    shifts = (-1440, 0, 1440) if max(a1, b1) > 1440 else (0,)
    return min(max(a0 - (b1 + s), (b0 + s) - a1, 0) for s in shifts)


def _minutes(clock: Clock) -> tuple[int, int]:
    """The stretch in minutes from midnight; its end lies past 1440 where it runs past midnight."""
    first, last = (t.hour * 60 + t.minute for t in (clock.earliest, clock.latest))
    return (first, last) if last >= first else (first, last + 1440)


def _stem(weapon: str) -> str:
    """A weapon's head noun without its plural: "two armed drones" and "drone" are one."""
    words = re.findall(r"[a-z]+", weapon)
    return words[-1].rstrip("s") if words else weapon
