"""Draw the incidents that claims and decisions make. Pure, whole and repeatable: the order of the claims changes nothing.

Which tellings are one is `clusters`' to say; what an incident shows of them is said here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from crossbearing.link.again import Noted, OutcomesOf, clustered_again
from crossbearing.link.clusters import cluster, scored
from crossbearing.link.compare import compare, out_of_reach
from crossbearing.link.contradictions import contradictions
from crossbearing.link.copies import copies
from crossbearing.link.grades import grades
from crossbearing.link.judged import Judgements, bound, counting, folded, judged, parted, reviewed, says_same
from crossbearing.link.lineage import Ties, lineages, standings
from crossbearing.link.pages import Page, pages
from crossbearing.link.units import Unit, units
from crossbearing.model.claim import Actor, Claim, Figure, Status
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Drawing, Incident, Link, incident_id
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Step
from crossbearing.model.when import Interval
from crossbearing.model.where import FINE, FINENESS, Place

STEP = Step("link", "9")
_STRATEGIC = "Strategic developments"


def link(
    claims: Sequence[Claim], decisions: Sequence[Decision] = (), outcomes: Iterable[Outcome] = (), before: Sequence[Incident] = ()
) -> tuple[Incident, ...]:
    """The incidents, in the order of their first day, then of their id: those of `draw`."""
    return draw(claims, decisions, outcomes, before).incidents


def draw(
    claims: Sequence[Claim], decisions: Sequence[Decision] = (), outcomes: Iterable[Outcome] = (), before: Sequence[Incident] = ()
) -> Drawing:
    """The incidents, and which tellings were compared.

    `outcomes` are those that the claims come of, with or without their claims: by the documents' words tellings are compared and
    copies told from witnesses, by their days a toll that rises from one that is contested. Without them quotes are compared.

    `before` is an earlier drawing, by this step, of some of the claims and some or all of the decisions. It changes nothing:
    which claims stand together is worked out anew, but an incident that nothing new bears on is taken from there as it is.
    """
    known = {page.document: page for page in pages(outcomes)}
    judgements = judged(decisions, {claim.id for claim in claims})
    told = parted(units(claims, known), judgements)
    noted = Noted()
    clusters = [[told[i] for i in members] for members in cluster(told, *bound(told, judgements), noted.of(scored(told)))]
    stands = _standing(before, claims, decisions)
    found = [stands.get(_claims(members)) or _incident(members, known, judgements) for members in clusters]
    return Drawing(_in_order(reviewed(found, judgements)), tuple(unit.key for unit in told), noted.kept())


def redraw(
    before: Drawing, earlier: Sequence[Decision], decisions: Sequence[Decision], outcomes_of: OutcomesOf
) -> Drawing | None:
    """What `draw` gives of the same claims by other decisions; None where all must be drawn for it.

    `before` was drawn by `earlier`, by this step. `outcomes_of` gives the outcomes, whole, that hold some claims.
    """
    found = clustered_again(before, earlier, decisions, outcomes_of)
    if found is None:
        return None
    made = reviewed([_incident(members, found.pages, found.judgements) for members in found.clusters], found.judgements)
    stands = (one for place, one in enumerate(before.incidents) if place not in found.gone)
    return Drawing(_in_order((*stands, *made)), before.tellings, before.met)


def _standing(
    before: Sequence[Incident], claims: Sequence[Claim], decisions: Sequence[Decision]
) -> dict[tuple[str, ...], Incident]:
    """The incidents of an earlier drawing on which nothing bears that came since, by their claims.

    An incident is made of its own claims, their pages, and the decisions that name them, and of nothing else. One of whose report
    there are new claims is drawn again, since its tellings may not be what they were; so is one on which anybody decided.
    """
    if not before:
        return {}
    drawn = {claim for incident in before for claim in incident.claims}
    grown = {claim.document for claim in claims if claim.id not in drawn}
    moved = {claim.id for claim in claims if claim.document in grown}
    moved.update(claim for one in decisions for claim in (*one.subject, *one.other))
    return {one.claims: one for one in before if one.review is None and moved.isdisjoint(one.claims)}


def _claims(told: Iterable[Unit]) -> tuple[str, ...]:
    """The ids of all claims of some tellings, in order."""
    return tuple(sorted(claim.id for unit in told for claim in unit.claims))


def review(incidents: Sequence[Incident], decisions: Sequence[Decision]) -> tuple[Incident, ...]:
    """Incidents that were drawn by the decisions that draw (`model.decision.drawing`), with what all decisions say of them.

    `link(claims, decisions, ...)` is `review(link(claims, drawing(decisions), ...), decisions)`: what a verdict or a set field
    changes is worked out without drawing anew.
    """
    known = {claim for incident in incidents for claim in incident.claims}
    return _in_order(reviewed(incidents, judged(decisions, known)))


def _in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=lambda i: ((i.when and i.when.earliest and i.when.earliest.isoformat()) or "9999", i.id)))


def _ties(told: Sequence[Unit], known: Mapping[str, Page]) -> Ties:
    """What the texts of one incident's documents say of who has it from whom."""
    held = {unit.document: known[unit.document] for unit in told if unit.document in known}
    found = copies({document: page.text for document, page in held.items()}) if len(held) > 1 else ()
    return Ties({(one.a, one.b): one for one in found}, held)


def _incident(told: list[Unit], known: Mapping[str, Page], judgements: Judgements) -> Incident:
    """What the claims of one happening show together. No value wins by being last, and a rejected claim adds none."""
    held, ties = _claims(told), _ties(told, known)
    told = counting(told, judgements)
    odd, stands = contradictions(told, ties.pages), standings(told, ties)
    claims = sorted((c for u in told for c in u.claims), key=lambda c: c.id)
    kinds = Counter((c.event_type, c.sub_event_type) for c in claims)
    clear = {k: n for k, n in kinds.items() if k[1] != MEANS_UNKNOWN} or kinds
    killed, injured = [f for u in told for f in u.killed], [f for u in told for f in u.injured]
    # An attack in which houses were burned too is an attack, whoever tells of the one and whoever of the other.
    event_type, sub_event_type = max(clear.items(), key=lambda item: (item[0][0] != _STRATEGIC, item[1], item[0]))[0]
    return Incident(
        id=incident_id(held[0]),
        claims=held,
        reports=tuple(sorted({c.report for c in claims})),
        event_type=event_type,
        sub_event_type=sub_event_type,
        status=_status(told),
        when=_when(told),
        where=_where(told),
        perpetrators=_actors(a for u in told for a in u.doers),
        targets=_actors(a for u in told for a in u.targets),
        weapons=tuple(dict.fromkeys(w for u in told for w in u.weapons)),
        killed=_range(killed),
        injured=_range(injured),
        most_killed=_most(killed),
        most_injured=_most(injured),
        lineages=folded(lineages(told, ties), judgements),
        links=_links(told, judgements),
        contradictions=odd.contradictions,
        background=not any(u.main for u in told),
        standings=stands,
        grades=grades(told, stands, odd.contradictions),
        rising=odd.rising,
    )


def _links(told: list[Unit], judgements: Judgements) -> tuple[Link, ...]:
    """Why each telling stands with the others: a person's word, or else its best comparison."""
    found: list[Link] = []
    for i, unit in enumerate(told):
        by_person = next(((other, said) for other in told[:i] if (said := says_same(unit, other, judgements))), None)
        best = max(((compare(unit, other), other) for other in told[:i]), key=lambda pair: pair[0].score, default=None)
        if by_person:
            found.append(Link(by_person[0].claims[0].id, unit.claims[0].id, 1.0, (by_person[1],)))
        elif best:
            found.append(Link(best[1].claims[0].id, unit.claims[0].id, best[0].score, best[0].reasons))
    return tuple(found)


def _status(told: list[Unit]) -> Status:
    """The status that most reports give; what happened for some happened for the ledger, with the contradiction beside it."""
    counts = Counter(c.status for u in told for c in u.claims)
    return max(counts.items(), key=lambda item: (item[1], item[0] is Status.HAPPENED))[0]


def _when(told: list[Unit]) -> Interval | None:
    """The days that all tellings allow; where none are, all the days that any gives."""
    whens = [u.when for u in told if u.when]
    if not whens:
        return None
    common: Interval | None = whens[0]
    for when in whens[1:]:
        common = common.narrowed(when) if common else None
    if common:
        return common
    hull = whens[0]
    for when in whens[1:]:
        hull = hull.hull(when)
    return hull


def _where(told: list[Unit]) -> Place | None:
    """The finest place that a telling names, of those that the most tellings allow: a hospital that one of ten names, where the
    others name a town far from it, is not where it was."""
    places = [u.where for u in told if u.where]
    counts = Counter(p.id for p in places)
    allowed = {p.id: sum(p.id == q.id or not out_of_reach(p, q, p.km(q)) for q in places) for p in places}
    return min(
        places,
        key=lambda p: (p.precision not in FINE, -allowed[p.id], FINENESS[p.precision], -counts[p.id], p.id),
        default=None,
    )


def _actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each once: whom the most tellings name first, and of equally many those whom the registry knows."""
    counts: Counter[str] = Counter()
    first: dict[str, Actor] = {}
    for actor in actors:
        key = actor.id or actor.name.lower()
        counts[key] += 1
        first.setdefault(key, actor)
    return tuple(first[k] for k in sorted(counts, key=lambda k: (-counts[k], first[k].id is None, k)))


def _most(figures: list[Figure]) -> int | None:
    """The greatest number that any claim names."""
    return max((end for f in figures for end in (f.low, f.high) if end is not None), default=None)


def _range(figures: list[Figure]) -> Figure | None:
    """From the least to the most that any claim allows."""
    if not figures:
        return None
    lows, highs = [f.low for f in figures if f.low is not None], [f.high for f in figures]
    high = None if None in highs else max(h for h in highs if h is not None)
    return Figure(min(lows, default=None), high, figures[0].counted)
