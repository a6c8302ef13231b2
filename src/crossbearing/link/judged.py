"""What people's decisions say to link: which claims are one happening, which are not, and what an incident's fields are.

A judgement is an edge between two claims and has three values: same, different, unsure. Clusters follow from the edges, so
that an undo, which takes edges away, restores exactly what was. Where two people differ on an edge neither's word holds and the
edge is contested: the machine draws there as if nobody had spoken, until an editor settles it. A person who changes their mind
is no contest: of one person's words on one thing the last counts, and of editors' words the last of any.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Generic, TypeVar

from crossbearing.link.since import otherwise
from crossbearing.link.units import Unit
from crossbearing.model.claim import Claim
from crossbearing.model.decision import (
    VERDICTS,
    Contest,
    Decision,
    DecisionKind,
    FieldValue,
    Rank,
    Review,
    Setting,
    State,
    on_incident,
    standing,
    value_text,
)
from crossbearing.model.incident import Incident, Lineage

Pair = tuple[str, str]
"""The ids of two claims, the smaller first."""

T = TypeVar("T")

EDGE = {
    DecisionKind.SAME: DecisionKind.SAME,
    DecisionKind.COPY: DecisionKind.SAME,  # who has it from another tells of the same
    DecisionKind.DIFFERENT: DecisionKind.DIFFERENT,
    DecisionKind.UNSURE: DecisionKind.UNSURE,
}
"""What each kind of decision on two sides says of an edge."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """What several people's words on one thing come to."""

    answer: T | None
    """None where they contest it."""
    votes: tuple[Decision, ...]
    """The decisions that count in it."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """What the decisions that count say, edge by edge."""

    same: frozenset[Pair] = frozenset()
    """Edges of one happening. No chain of them joins two claims of an edge in `different`."""
    different: frozenset[Pair] = frozenset()
    why: Mapping[Pair, Decision] = field(default_factory=dict)
    """For each edge that is settled the decision that says so."""
    copies: tuple[tuple[Pair, Decision], ...] = ()
    """Claims with those that they were taken from, where nobody contests it: the copy first, whatever its id."""
    rejected: frozenset[str] = frozenset()
    """Claims that are rejected by themselves."""
    contests: tuple[tuple[Contest, frozenset[str]], ...] = ()
    """What is contested of edges and of single claims, with the claims that it touches."""
    decisions: tuple[Decision, ...] = ()
    """Those that count, in the order of recording."""


def settled(votes: Iterable[tuple[Decision, T]]) -> Settled[T]:
    """What votes on one thing come to, given in the order of recording. Who is unsure opposes nobody, and settles nothing."""
    votes = list(votes)
    last = [vote for vote in votes if vote[0].rank is Rank.EDITOR][-1:]
    if not last or last[0][1] is DecisionKind.UNSURE:
        last = list({decision.person: (decision, answer) for decision, answer in votes}.values())
    counted = [vote for vote in last if vote[1] is not DecisionKind.UNSURE] or last
    answers = {answer for _, answer in counted}
    return Settled(counted[0][1] if len(answers) == 1 else None, tuple(decision for decision, _ in counted))


def judged(decisions: Sequence[Decision], known: Collection[str]) -> Judgements:
    """What the decisions say of the claims that stand, which are known by their ids."""
    counted = standing(decisions)
    votes: dict[Pair, list[tuple[Decision, DecisionKind]]] = defaultdict(list)
    for one in counted:
        for pair in _edges(one, known):
            votes[pair].append((one, EDGE[one.kind]))
    found = {pair: settled(said) for pair, said in votes.items()}
    different = {pair for pair, one in found.items() if one.answer is DecisionKind.DIFFERENT}
    same, refused = _without_a_chain(found, different, counted)
    rejected, claim_contests = _rejected(counted, known)
    contested = [(pair, one.votes) for pair, one in found.items() if one.answer is None]
    copied = [(pair, one) for one in counted if one.kind is DecisionKind.COPY for pair in _crossed(one, known)]
    return Judgements(
        frozenset(same),
        frozenset(different),
        {pair: one.votes[0] for pair, one in found.items() if pair in same or pair in different},
        tuple((pair, one) for pair, one in copied if _pair(*pair) in same),
        rejected,
        (*_told(contested, counted), *_told(refused, counted), *claim_contests),
        counted,
    )


def parted(told: Sequence[Unit], judgements: Judgements) -> tuple[Unit, ...]:
    """The tellings, each cut where people tell its claims apart: a decision outranks the document's own word.

    What is left together can be joined along `Judgements.same` without ever bringing together what is different.
    """
    if not judgements.different:
        return tuple(told)
    sets = Apart(judgements.different)
    for a, b in sorted(judgements.same):
        sets.join(a, b)
    kept: list[Unit] = []
    for unit in told:
        parts: list[list[Claim]] = []
        for claim in unit.claims:
            home = next((part for part in parts if sets.join(part[0].id, claim.id)), None)
            if home is None:
                parts.append([claim])
            else:
                home.append(claim)
        kept += [unit] if len(parts) == 1 else [unit.of(tuple(part)) for part in parts]
    return tuple(sorted(kept, key=lambda unit: unit.order))


def bound(told: Sequence[Unit], judgements: Judgements) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Those of some tellings that must be joined and that must not, as pairs of indices with the smaller first, in order."""
    at = {claim.id: index for index, unit in enumerate(told) for claim in unit.claims}

    def pairs(edges: frozenset[Pair]) -> list[tuple[int, int]]:
        met = {(min(at[a], at[b]), max(at[a], at[b])) for a, b in edges if a in at and b in at}
        return sorted(pair for pair in met if pair[0] != pair[1])

    return pairs(judgements.same), pairs(judgements.different)


def counting(told: Sequence[Unit], judgements: Judgements) -> list[Unit]:
    """The tellings without claims that were rejected by themselves; as they are where nothing would be left."""
    left = []
    for unit in told:
        claims = tuple(claim for claim in unit.claims if claim.id not in judgements.rejected)
        left += [unit] if len(claims) == len(unit.claims) else [unit.of(claims)] if claims else []
    return left or list(told)


def says_same(a: Unit, b: Unit, judgements: Judgements) -> str | None:
    """Who judged two tellings to be one, in a sentence; None where nobody did."""
    found = _judged_of(a, b, judgements.same, judgements)
    return f"{found.person} judged that they tell of one happening: {found.reason}" if found else None


def says_different(a: Unit, b: Unit, judgements: Judgements) -> str | None:
    """Who judged two tellings to be of two happenings, in a sentence; None where nobody did."""
    found = _judged_of(a, b, judgements.different, judgements)
    return f"{found.person} judged that they tell of two happenings: {found.reason}" if found else None


def _judged_of(a: Unit, b: Unit, edges: frozenset[Pair], judgements: Judgements) -> Decision | None:
    """The decision behind the first of some edges between two tellings."""
    pairs = sorted(_pair(x.id, y.id) for x in a.claims for y in b.claims) if edges else ()
    return next((judgements.why[pair] for pair in pairs if pair in edges), None)


def folded(lines: Sequence[Lineage], judgements: Judgements) -> tuple[Lineage, ...]:
    """Lineages, those brought together of which a person says that the one has it from the other."""
    lines = list(lines)
    for (copy, origin), decision in judgements.copies:
        ours = next((line for line in lines if copy in line.claims), None)
        theirs = next((line for line in lines if origin in line.claims), None)
        if ours and theirs and ours is not theirs:
            because = f"{decision.person} marked the one as a copy of the other: {decision.reason}"
            claims = tuple(sorted({*theirs.claims, *ours.claims}))
            lines[lines.index(theirs)] = replace(theirs, claims=claims, because=because)
            lines.remove(ours)
    return tuple(lines)


def reviewed(incidents: Sequence[Incident], judgements: Judgements) -> tuple[Incident, ...]:
    """The incidents with what people decided on them, in the same order: fields that were set, verdicts, and how far they are."""
    if not judgements.decisions:
        return tuple(incidents)
    home = {claim: index for index, incident in enumerate(incidents) for claim in incident.claims}
    whole: dict[int, list[Decision]] = defaultdict(list)
    """The decisions that each incident is the subject of."""
    touching: dict[int, set[str]] = defaultdict(set)
    """And all that bear on it, by their ids."""
    for one in judgements.decisions:
        if on_incident(one):
            at = holder(one, home)
            if at is not None:
                whole[at].append(one)
                touching[at].add(one.id)
        else:
            for at in {home[claim] for claim in (*one.subject, *one.other) if claim in home}:
                touching[at].add(one.id)
    return tuple(
        _reviewed(incident, whole[at], touching[at], judgements) if touching[at] else incident
        for at, incident in enumerate(incidents)
    )


def holder(decision: Decision, home: Mapping[str, T]) -> T | None:
    """What holds the most of a decision's claims, by each claim's home; at a tie that of the smallest id. None for nothing."""
    homes = Counter(home[claim] for claim in sorted(decision.subject) if claim in home)
    return homes.most_common(1)[0][0] if homes else None


class Apart:
    """Disjoint sets of claims. Two claims that are different never come into one set."""

    def __init__(self, different: Iterable[Pair]) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._foes: dict[str, set[str]] = defaultdict(set)
        for a, b in different:
            self._foes[a].add(b)
            self._foes[b].add(a)

    def root(self, claim: str) -> str:
        """The claim that stands for the set."""
        root = self._root.setdefault(claim, claim)
        while root != self._root[root]:
            root = self._root[root]
        self._root[claim] = root
        return root

    def members(self, root: str) -> set[str]:
        return self._members.setdefault(root, {root})

    def join(self, a: str, b: str) -> bool:
        """Bring two claims into one set. Returns whether they are in one."""
        x, y = self.root(a), self.root(b)
        if x == y:
            return True
        mine, theirs = self.members(x), self.members(y)
        if not self._foes[x].isdisjoint(theirs):
            return False
        if len(mine) < len(theirs):
            x, y, mine, theirs = y, x, theirs, mine
        self._root[y] = x
        mine |= theirs
        self._foes[x] |= self._foes[y]
        return True


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _crossed(one: Decision, known: Collection[str]) -> Iterator[Pair]:
    """Each claim of the one side with each of the other, as far as they stand."""
    sides = [[claim for claim in side if claim in known] for side in (one.subject, one.other)]
    return ((a, b) for a, b in product(*sides) if a != b)


def _edges(one: Decision, known: Collection[str]) -> set[Pair]:
    return {_pair(a, b) for a, b in _crossed(one, known)} if one.kind in EDGE else set()


def _without_a_chain(
    found: Mapping[Pair, Settled[DecisionKind]], different: set[Pair], counted: Sequence[Decision]
) -> tuple[set[Pair], list[tuple[Pair, tuple[Decision, ...]]]]:
    """The edges of one happening that can hold beside those that are different, and the others with who opposes them.

    a is b, b is c, and a is not c: the editors' edges are taken first, then the earlier ones.
    """
    order = {one.id: (one.rank is not Rank.EDITOR, place) for place, one in enumerate(counted)}
    wanted = [(order[one.votes[0].id], pair) for pair, one in found.items() if one.answer is DecisionKind.SAME]
    sets, same, refused = Apart(different), set(), []
    for _, pair in sorted(wanted):
        if sets.join(*pair):
            same.add(pair)
        else:
            mine, theirs = (sets.members(sets.root(claim)) for claim in pair)
            foes = [found[edge].votes for edge in different if set(edge) & mine and set(edge) & theirs]
            refused.append((pair, (*found[pair].votes, *(vote for votes in foes for vote in votes))))
    return same, refused


def _rejected(counted: Sequence[Decision], known: Collection[str]) -> tuple[frozenset[str], list[tuple[Contest, frozenset[str]]]]:
    """The claims that are rejected by themselves, and those of which that is contested."""
    votes: dict[str, list[tuple[Decision, DecisionKind]]] = defaultdict(list)
    for one in counted:
        if one.kind in VERDICTS and one.claims_only:
            for claim in one.subject:
                if claim in known:
                    votes[claim].append((one, one.kind))
    found = {claim: settled(said) for claim, said in votes.items()}
    torn = [(claim, one.votes) for claim, one in found.items() if one.answer is None]
    contests = [(_contest("verdict", votes, f"claim {claim}"), frozenset({claim})) for claim, votes in torn]
    return frozenset(claim for claim, one in found.items() if one.answer is DecisionKind.REJECT), contests


def _told(
    contested: Iterable[tuple[Pair, Iterable[Decision]]], counted: Sequence[Decision]
) -> list[tuple[Contest, frozenset[str]]]:
    """Contested edges as contests: one for each set of decisions that are at odds."""
    order = {one.id: place for place, one in enumerate(counted)}
    by_decisions: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for pair, votes in contested:
        by_decisions[tuple(sorted({one.id for one in votes}, key=order.__getitem__))] |= set(pair)
    named = {one.id: one for one in counted}
    return [
        (_contest("same", [named[name] for name in names], "whether they tell of one happening"), frozenset(claims))
        for names, claims in sorted(by_decisions.items(), key=lambda item: [order[name] for name in item[0]])
    ]


def _contest(about: str, votes: Iterable[Decision], of: str) -> Contest:
    votes = list(votes)
    said = ", ".join(f"{one.person} says {_word(one)}" for one in votes)
    return Contest(about, f"{of}: {said}", tuple(one.id for one in votes))


def _word(one: Decision) -> str:
    """What a decision says, in a word or a value's own."""
    return one.kind.value if one.kind is not DecisionKind.SET else value_text(one.value) or "not known"


def _reviewed(incident: Incident, whole: Sequence[Decision], touching: set[str], judgements: Judgements) -> Incident:
    """One incident with the decisions that bear on it."""
    contests = [contest for contest, claims in judgements.contests if claims & set(incident.claims)]
    verdict = settled([(one, one.kind) for one in whole if one.kind in VERDICTS])
    if verdict.votes and verdict.answer is None:
        contests.append(_contest("verdict", verdict.votes, "the incident"))
    settings: list[Setting] = []
    for name in sorted({one.field for one in whole if one.kind is DecisionKind.SET}):
        given = settled([(one, (one.value,)) for one in whole if one.kind is DecisionKind.SET and one.field == name])
        if given.answer is None:
            contests.append(_contest(name, given.votes, name))
            continue
        by, value = given.votes[-1], given.answer[0]
        since = otherwise(incident, by)
        settings.append(Setting(name, value, _held(incident, name), by.id, by.person, by.at, by.reason, since))
    seen = {claim for one in verdict.votes[-1:] for claim in one.subject}
    review = Review(
        next((one.state for one in reversed(whole) if one.kind is DecisionKind.STATE and one.state), State.TO_DO),
        verdict.answer,
        tuple(settings),
        tuple(contests),
        tuple(claim for claim in incident.claims if claim in judgements.rejected),
        tuple(claim for claim in incident.claims if claim not in seen) if seen else (),
        tuple(one for one in judgements.decisions if one.id in touching),
    )
    return replace(incident, **{name: value for one in settings for name, value in _fields(one)}, review=review)


def _held(incident: Incident, name: str) -> FieldValue | None:
    """What an incident shows in a field."""
    if name == "event_type":
        return (incident.event_type, incident.sub_event_type)
    value: FieldValue | None = getattr(incident, name)
    return value


def _fields(one: Setting) -> Iterator[tuple[str, Any]]:
    """The incident's own fields that a set field fills."""
    if one.field == "event_type" and isinstance(one.value, tuple):
        yield from zip(("event_type", "sub_event_type"), one.value, strict=True)
    elif one.field in ("perpetrators", "targets", "weapons"):
        yield one.field, one.value or ()
    else:
        yield one.field, one.value
