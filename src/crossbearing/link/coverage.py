"""What the reports say there should be, against what the ledger holds. Pure: views over counts, incidents and claims.

"78 attacks since 17 October" is a check: the incidents that surely are among the 78, and those that can be, bound what the
ledger lacks. What is missing altogether is estimated twice over, from stated totals that grow and from the overlap of
lineages; each estimate says what it takes for granted, and says so too where there is too little to estimate from.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import combinations, pairwise

from crossbearing.link.lineage import SAME_WORDS, same_words
from crossbearing.model.claim import Actor, Claim, StatedCount, Status
from crossbearing.model.coverage import Estimate, Gap, Point
from crossbearing.model.incident import Incident
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.model.provenance import Stated
from crossbearing.model.when import Interval
from crossbearing.model.where import COARSE, Place, Precision
from crossbearing.words.parties import apart, related

# Copies of one count come within a week; told later, the same number is another count.
_REPEATED_DAYS = 7
_VIOLENT = frozenset(("Explosions/Remote violence", "Battles", "Violence against civilians"))
# Of one telling of violence another may make the other: who is shot at may shoot back.
_ALIKE = ({"Attack", "Armed clash"}, {"Attack", MEANS_UNKNOWN})
# A division is no circle: its radius holds nine in ten of its towns, so a quarter more may lie in it.
_OVER = 1.25

LEAST_BOTH = 7
"""Incidents that two sources must share: from seven on Chapman's bias is negligible (Robson and Regier 1964)."""
LEAST_TWICE = 5
"""Incidents that exactly two lineages must tell, below which Chao's bound is a guess. The project's own choice."""
_Z = 1.96  # of a 95 % interval

_SPARSE = "too few to estimate"
_TAKEN = (
    "closed: the same happenings could be told by every source over the whole time",
    "independent: that one source tells of a happening makes another neither likelier nor less likely to; copies and quotes of "
    "one statement are folded into one lineage first, but news still follows news, which makes the estimate too low",
    "equal: every happening is as likely to be told as any other; the small and the remote are told less, which makes it too low",
)


class Fit(IntEnum):
    """Whether an incident is among those that a count counts."""

    NO = 0
    MAYBE = 1
    SURE = 2


def coverage(counts: Iterable[StatedCount], incidents: Sequence[Incident], claims: Iterable[Claim]) -> tuple[Gap, ...]:
    """Each stated count against the incidents, the widest gap first; counts that repeat one another as one."""
    kinds: dict[str, set[str]] = {}
    of = {claim: incident.id for incident in incidents for claim in incident.claims}
    for claim in claims:
        kinds.setdefault(of.get(claim.id, ""), set()).add(claim.sub_event_type)
    held = [i for i in incidents if i.status in (Status.HAPPENED, Status.FOILED)]
    gaps = [_gap(told, held, kinds) for told in _folded(counts)]
    return tuple(sorted(gaps, key=lambda g: (-g.missing, -g.beyond, g.period.latest or date.max, g.count.id)))


def period_of(count: StatedCount) -> Interval:
    """The days over which it counts: those stated, up to the day on which it was said."""
    said = Interval(None, count.said.latest)
    return (count.when.value.narrowed(said) or count.when.value) if count.when else said


# ---------------------------------------------------------------- one count


def _gap(told: tuple[StatedCount, ...], held: Sequence[Incident], kinds: dict[str, set[str]]) -> Gap:
    count, period = told[0], period_of(told[0])
    fits = [(fit, i.id) for i in held if (fit := _fit(count, period, i, kinds.get(i.id, set())))]
    surely = tuple(sorted(name for fit, name in fits if fit is Fit.SURE))
    possibly = tuple(sorted(name for _, name in fits))
    low, high = count.count.value.low, count.count.value.high
    missing = max(0, (low or 0) - len(possibly))
    beyond = max(0, len(surely) - high) if high is not None else 0
    return Gap(told, period, surely, possibly, missing, beyond, _says(count, period, len(surely), len(possibly), missing, beyond))


def _fit(count: StatedCount, period: Interval, incident: Incident, kinds: set[str]) -> Fit:
    """The weakest of what time, place, parties and kind allow.

    Surely only where the words say since when, and whose it is or where, finer than a country: "40 attacks in X" of a report
    on one side's attacks is that side's.
    """
    fit = _in_time(period, incident.when)
    if not fit:
        return fit  # most are told of other days
    fit = min(fit, _of_kind(count, incident, kinds))
    if count.status is not incident.status:
        fit = min(fit, Fit.MAYBE if count.status is Status.HAPPENED else Fit.NO)
    if fit and count.where:
        fit = min(fit, max(lies_in(p.value, incident.where) for p in count.where))
    for stated, held in ((count.perpetrators, incident.perpetrators), (count.targets, incident.targets)):
        if fit and stated:
            fit = min(fit, _same_party([a.value for a in stated], held))
    told = bool(count.perpetrators or count.targets) or any(p.value.precision is not Precision.COUNTRY for p in count.where)
    return fit if told and count.when and not count.wider else min(fit, Fit.MAYBE)


def _in_time(period: Interval, when: Interval | None) -> Fit:
    if when is None or not when.days or when.earliest is None or when.latest is None:
        return Fit.MAYBE
    if not period.meets(when):
        return Fit.NO
    begun = period.earliest is None or period.earliest <= when.earliest
    return Fit.SURE if begun and (period.latest is None or when.latest <= period.latest) else Fit.MAYBE


def lies_in(place: Place, where: Place | None) -> Fit:
    """Whether a happening that is known to be somewhere lies in a place, both no finer than their words."""
    if where is None:
        return Fit.MAYBE
    if where.id == place.id:
        return Fit.SURE
    if place.country and where.country and place.country != where.country:
        return Fit.NO
    if place.precision is Precision.COUNTRY:
        return Fit.SURE if where.country == place.country else Fit.MAYBE
    if where.precision is Precision.COUNTRY:
        return Fit.MAYBE
    away, reach, own = place.km(where), place.radius_km or 0.0, where.radius_km or 0.0
    if away is None:
        return Fit.MAYBE
    if place.precision in COARSE and where.precision not in COARSE:
        sure = place.admin1 == where.admin1 if place.admin1 and where.admin1 else away <= reach
        return Fit.SURE if sure else Fit.MAYBE if away <= _OVER * reach + own else Fit.NO
    if away <= max(reach, own) and where.precision not in COARSE:
        return Fit.SURE
    return Fit.MAYBE if away <= _OVER * reach + _OVER * own else Fit.NO


def _same_party(stated: Sequence[Actor], told: Sequence[Actor]) -> Fit:
    if any(related(a, b) for a in stated for b in told):
        return Fit.SURE
    return Fit.NO if told and all(apart(a, b) for a in stated for b in told) else Fit.MAYBE


def _of_kind(count: StatedCount, incident: Incident, kinds: set[str]) -> Fit:
    """Whether the incident is of the kind counted; words that leave the kind open count all that does violence."""
    told = kinds | {incident.sub_event_type}
    if count.event_type is None:
        return Fit.SURE if incident.event_type in _VIOLENT else Fit.MAYBE if incident.event_type == "Riots" else Fit.NO
    if count.sub_event_type is None:
        return Fit.SURE if incident.event_type == count.event_type else Fit.NO
    if incident.sub_event_type == count.sub_event_type:
        return Fit.SURE
    unknown = incident.sub_event_type == MEANS_UNKNOWN and incident.event_type == count.event_type
    alike = {incident.sub_event_type, count.sub_event_type} in _ALIKE
    return Fit.MAYBE if unknown or alike or count.sub_event_type in told else Fit.NO


# ---------------------------------------------------------------- counts that repeat one another


def _folded(counts: Iterable[StatedCount]) -> list[tuple[StatedCount, ...]]:
    """The counts with those that repeat them, each group by when it was said first; the order of the input changes nothing."""
    groups: list[list[StatedCount]] = []
    by_number: dict[tuple[object, ...], list[list[StatedCount]]] = {}
    for count in sorted({c.id: c for c in counts}.values(), key=lambda c: (c.said.latest or date.max, c.id)):
        figure = count.count.value
        near = by_number.setdefault((figure.low, figure.high, count.ordinal, count.status, period_of(count).earliest), [])
        group = next((g for g in near if _repeats(count, g[0])), None)
        if group is None:
            group = []
            groups.append(group)
            near.append(group)
        group.append(count)
    return [tuple(g) for g in groups]


def _repeats(count: StatedCount, first: StatedCount) -> bool:
    """Whether a count of the same number since the same day is the same count: soon after, of the same places and parties."""
    a, b = period_of(count).latest, period_of(first).latest
    if (a is None) is not (b is None) or (a and b and abs((a - b).days) > _REPEATED_DAYS):
        return False
    if {p.value.id for p in count.where} != {p.value.id for p in first.where}:
        return False
    if count.document != first.document and same_words(count.quote, first.quote) >= SAME_WORDS:
        return True
    if (count.event_type, count.sub_event_type) != (first.event_type, first.sub_event_type):
        return False
    return _names(count.perpetrators) == _names(first.perpetrators) and _names(count.targets) == _names(first.targets)


def _names(actors: Sequence[Stated[Actor]]) -> frozenset[str]:
    return frozenset(a.value.id or a.value.name.lower() for a in actors)


# ---------------------------------------------------------------- the check in words


def _says(count: StatedCount, period: Interval, surely: int, possibly: int, missing: int, beyond: int) -> str:
    held = f"{surely}" if surely == possibly else f"{surely} to {possibly}"
    figure, over = count.count.value, _over(period)
    said = f"Number {figure.low} of its kind ({figure.counted})" if count.ordinal else f"{_stated(count)} {figure.counted}"
    said = f"{said}{over}: the ledger holds {held} that can be among them"
    if missing:
        return f"{said}, so at least {missing} {'is' if missing == 1 else 'are'} missing."
    if beyond:
        return f"{said}, {beyond} more than stated: perhaps one happening is held as two."
    return f"{said}."


def _over(period: Interval) -> str:
    if period.earliest and period.latest:
        return f", {period.earliest} to {period.latest}" if period.earliest != period.latest else f", {period.latest}"
    return f", up to {period.latest}" if period.latest else f", from {period.earliest}" if period.earliest else ""


def _stated(count: StatedCount) -> str:
    low, high = count.count.value.low, count.count.value.high
    if low == high:
        return f"{low}"
    if high is None:
        return f"At least {low}"
    return f"{low} to {high}" if low is not None else f"Up to {high}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# ---------------------------------------------------------------- what is missing altogether


def estimates(gaps: Sequence[Gap], incidents: Sequence[Incident]) -> tuple[Estimate, ...]:
    """How many happenings there were: by each line of stated totals, then by the overlap of the ledger's lineages."""
    told = [i for i in incidents if i.status in (Status.HAPPENED, Status.FOILED)]
    if not told:
        return ()
    roots = [frozenset(one.root for one in i.lineages) for i in told]
    return (*_of_totals(gaps), _of_two(roots), _of_many([len(i.lineages) for i in told]))


def _of_totals(gaps: Sequence[Gap]) -> list[Estimate]:
    """Totals of one sort that run since one day, told on several days: what grew between them should be held."""
    lines: list[list[Gap]] = []
    for gap in sorted(gaps, key=lambda g: (g.period.latest or date.max, g.count.id)):
        if gap.period.earliest is None or gap.period.latest is None or gap.count.count.value.low is None:
            continue
        if not gap.count.when or gap.count.when.value.earliest is None:
            continue
        line = next((one for one in lines if _one_line(one[0], gap)), None)
        if line is None:
            lines.append([gap])
        elif line[-1].period.latest != gap.period.latest:
            line.append(gap)
    return [_line(line) for line in lines if len(line) > 1]


def _one_line(a: Gap, b: Gap) -> bool:
    """Whether two stated totals are of one sort since one day, so that the later holds the earlier."""
    if a.period.earliest != b.period.earliest or a.count.status is not b.count.status:
        return False
    if (a.count.event_type, a.count.sub_event_type) != (b.count.event_type, b.count.sub_event_type):
        return False
    if {p.value.id for p in a.count.where} != {p.value.id for p in b.count.where}:
        return False
    sides = ((a.count.perpetrators, b.count.perpetrators), (a.count.targets, b.count.targets))
    return all(bool(x) is bool(y) and (not x or any(related(p.value, q.value) for p in x for q in y)) for x, y in sides)


def _line(line: list[Gap]) -> Estimate:
    points = tuple(
        Point(g.period.latest, g.count.count.value.low, len(g.surely), len(g.possibly))
        for g in line
        if g.period.latest and g.count.count.value.low is not None
    )
    first, last = points[0], points[-1]
    most = max(p.stated for p in points)
    grown, days = last.stated - first.stated, (last.day - first.day).days
    held = last.possibly - first.possibly
    noun = _sort_of(line[-1].count)
    since = f"Stated totals of {noun} since {line[0].period.earliest}"
    says = f"{since} went from {first.stated} ({first.day}) to {last.stated} ({last.day})"
    if grown < 0:
        says += ": they fall, so they cannot all be of the same."
    else:
        lacks = f"at least {grown - held} of these are missing" if grown > held else "none of these need be missing"
        says += f", by {grown} in {_many(days, 'day')}; the ledger holds at most {held} of that time: {lacks}."
    highs = [g.count.count.value.high for g in line]
    return Estimate(
        "stated totals",
        noun,
        last.possibly,
        float(most),
        float(most),
        None if None in highs else float(max(h for h in highs if h is not None)),
        None,
        says,
        (
            "one sort: each total counts the same as the one before it, runs up to the day on which it was said, and nothing was "
            "taken back",
        ),
        points,
    )


def _sort_of(count: StatedCount) -> str:
    """What is counted, against whom and where, in few words."""
    on = ", ".join(dict.fromkeys(a.value.name for a in count.targets))
    places = ", ".join(p.value.name for p in count.where)
    return count.count.value.counted + (f" ({on})" if on else "") + (f" in {places}" if places else "")


@dataclass(frozen=True, slots=True)
class Estimated:
    """A number with its standard error and the ends of its 95 % interval."""

    total: float
    error: float
    low: float
    high: float


def chapman(first: int, second: int, both: int) -> Estimated:
    """How many there are, by two independent lists of `first` and `second` that share `both`.

    Chapman's nearly unbiased form of the Lincoln-Petersen estimator (Chapman 1951) with Seber's variance (Seber 1970):
    N = (n1 + 1)(n2 + 1) / (m + 1) - 1, var = (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2)).
    Raises ValueError where the lists share more than either holds.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"two lists of {first} and {second} cannot share {both}")
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return _between(first + second - both, total, variance)


def chao(once: int, twice: int, seen: int) -> Estimated:
    """The least there can be, by how many of `seen` were told by one lineage only and how many by two.

    Chao's lower bound (Chao 1984, 1987) in its bias-corrected form, S = seen + f1 (f1 - 1) / (2 (f2 + 1)), with the variance that
    belongs to it (Chao 2005; Colwell's EstimateS, appendix B, equations 6 and 7). Raises ValueError for what cannot be.
    """
    if min(once, twice) < 0 or once + twice > seen:
        raise ValueError(f"of {seen}, {once} cannot be told once and {twice} twice")
    f1, f2 = once, twice
    total = seen + f1 * (f1 - 1) / (2 * (f2 + 1))
    if f2:
        variance = (
            f1 * (f1 - 1) / (2 * (f2 + 1))
            + f1 * (2 * f1 - 1) ** 2 / (4 * (f2 + 1) ** 2)
            + f1**2 * f2 * (f1 - 1) ** 2 / (4 * (f2 + 1) ** 4)
        )
    else:
        variance = f1 * (f1 - 1) / 2 + f1 * (2 * f1 - 1) ** 2 / 4 - (f1**4 / (4 * total) if total else 0.0)
    return _between(seen, total, max(variance, 0.0))


def _between(seen: int, total: float, variance: float) -> Estimated:
    """The 95 % interval of what was not seen on a log scale, so that it never falls below what was seen (Chao 1987)."""
    unseen = total - seen
    if unseen <= 0 or variance <= 0:
        return Estimated(total, math.sqrt(variance), float(seen), max(total, float(seen)))
    factor = math.exp(_Z * math.sqrt(math.log(1 + variance / unseen**2)))
    return Estimated(total, math.sqrt(variance), seen + unseen / factor, seen + unseen * factor)


def _of_two(roots: Sequence[frozenset[str]]) -> Estimate:
    """Chapman's estimator over two lineages that tell many incidents and share the most.

    Roots without a name of their own ("police") are left out: they are many speakers.
    """
    tells = Counter(root for names in roots for root in names if any(c.isupper() for c in root))
    leading = sorted(name for name, n in tells.items() if n >= LEAST_BOTH)
    shared = Counter(dict.fromkeys(pairwise(leading), 0))  # two that share nothing are told too
    shared.update(pair for names in roots for pair in combinations(sorted(names.intersection(leading)), 2))
    if not shared:
        return _none("Chapman", "", len(roots), f"{_SPARSE}: no two named lineages tell of {LEAST_BOTH} incidents each.")
    (a, b), both = max(shared.items(), key=lambda item: (item[1], tells[item[0][0]] + tells[item[0][1]], item[0]))
    about = f"{a} and {b}"
    if both < LEAST_BOTH:
        says = f"{_SPARSE}: no two lineages share the {LEAST_BOTH} incidents it takes; {about} share {both}."
        return _none("Chapman", about, len(roots), says)
    found = chapman(tells[a], tells[b], both)
    says = f"{a} tells of {tells[a]}, {b} of {tells[b]}, both of {both}: about {found.total:.0f} in all"
    return _estimated("Chapman", about, len(roots), found, says)


def _of_many(told_by: Sequence[int]) -> Estimate:
    """Chao's lower bound over how many lineages tell each incident."""
    once, twice, seen = told_by.count(1), told_by.count(2), len(told_by)
    if twice < LEAST_TWICE:
        says = f"{_SPARSE}: {_many(twice, 'incident')} of {seen} told by exactly two lineages; it takes {LEAST_TWICE}."
        return _none("Chao", "all lineages", seen, says)
    found = chao(once, twice, seen)
    says = f"Of {seen}, {once} are told by one lineage and {twice} by two: at least {found.total:.0f} in all"
    return _estimated("Chao", "all lineages", seen, found, says)


def _none(method: str, about: str, held: int, says: str) -> Estimate:
    return Estimate(method, about, held, None, None, None, None, says[0].upper() + says[1:], _TAKEN)


def _estimated(method: str, about: str, held: int, found: Estimated, says: str) -> Estimate:
    says = f"{says}, {found.low:.0f} to {found.high:.0f} with 95 % confidence; the ledger holds {held}."
    return Estimate(method, about, held, found.total, found.low, found.high, found.error, says, _TAKEN)
