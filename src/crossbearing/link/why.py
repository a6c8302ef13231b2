"""Why tellings stand together or apart, worked out again from the features, the candidates and the clusters that drew them.

Nothing is scored here in a way of its own: a weight is `compare`'s, an average is `clusters`'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, combinations

from crossbearing.link.candidates import candidates
from crossbearing.link.clusters import AVERAGE, UNMET, Pair, average
from crossbearing.link.compare import TOLD_APART, forbids, score, start, weighed
from crossbearing.link.judged import judged, parted, says_different, says_same
from crossbearing.link.pages import pages
from crossbearing.link.units import units
from crossbearing.model.claim import Claim
from crossbearing.model.decision import Decision
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Outcome
from crossbearing.model.pairing import Near, Pairing, Side, Weighed

ONE_TELLING = "one report tells of both as of one happening"


class Why:
    """The tellings that some incidents were drawn from. `decisions` and `outcomes` are those that `link` was given."""

    def __init__(
        self, incidents: Sequence[Incident], claims: Sequence[Claim], decisions: Sequence[Decision] = (),
        outcomes: Iterable[Outcome] = (),
    ) -> None:  # fmt: skip
        known = {page.document: page for page in pages(outcomes)}
        self._judgements = judged(decisions, {claim.id for claim in claims})
        self._told = parted(units(claims, known), self._judgements)
        self._at = {claim.id: index for index, unit in enumerate(self._told) for claim in unit.claims}
        self._members: dict[str, list[int]] = {one.id: self._tellings(one.claims) for one in incidents}
        self._home = {index: name for name, members in self._members.items() for index in members}

    def pairings(self, ours: Iterable[str], theirs: Iterable[str]) -> list[Pairing]:
        """Each telling that makes one of `ours` with each that makes one of `theirs`, claims by their ids, the best first.

        A telling that is on both sides is held beside itself only where there is nothing else to hold beside it.
        """
        a, b = self._tellings(ours), self._tellings(theirs)
        wanted = {_pair(i, j): (i, j) for j in reversed(b) for i in reversed(a) if i != j} or {(i, i): (i, i) for i in a}
        homes = {self._home[i] for i in (*a, *b)}
        met = self._met(chain.from_iterable(self._members[home] for home in homes))
        against = {frozenset((x, y)): self._against(x, y, met) for x, y in combinations(sorted(homes), 2)}
        sides = sorted(wanted.values())
        found = [self._pairing(pair, met, against.get(frozenset(self._home[i] for i in pair), ())) for pair in sides]
        return sorted(found, key=lambda one: (one.forbidden is not None, -one.score))

    def near(self, incident: str, most: int) -> list[Near]:
        """What stands near an incident: so many others at the most, the closest to being joined with it first, then so many of
        its own tellings, first the one that the others hold least. Of one telling that stands alone there is none."""
        members = self._members[incident]
        met = self._met(members)
        others = {self._home[i] for pair in met for i in pair} - {incident}
        outside = [self._near(incident, other, self._members[other], met) for other in others]
        inside = [self._near(incident, incident, (i,), met) for i in members if len(members) > 1]
        closest = sorted(outside, key=lambda near: (-near.average, near.other))[:most]
        return [*closest, *sorted(inside, key=lambda near: (near.average, near.claims))[:most]]

    def _near(self, incident: str, other: str, members: Sequence[int], met: Collection[Pair]) -> Near:
        """How near some tellings of an incident stand to another incident, or to the others of their own."""
        between = self._between([i for i in self._members[incident] if i not in members], members)
        compared = [pair for pair in between if pair in met]
        best = max(compared or between, key=lambda pair: (score(self._told[pair[0]], self._told[pair[1]]), pair))
        claims = tuple(sorted(claim.id for i in members for claim in self._told[i].claims))
        reports = tuple(sorted({self._told[i].report for i in members}))
        against = self._against(incident, other, met) if incident != other else ()
        alike = round(average(self._told, between, met), 3)
        return Near(incident, other, claims, reports, alike, len(compared), len(between), self._pairing(best, met, against))

    def _tellings(self, claims: Iterable[str]) -> list[int]:
        """The tellings that some claims make, in order."""
        return sorted({self._at[claim] for claim in claims})

    def _met(self, members: Iterable[int]) -> set[Pair]:
        """The candidates of which one at the least is among some tellings."""
        wanted = set(members)
        return {pair for pair in candidates(self._told) if not wanted.isdisjoint(pair)}

    def _between(self, ours: Iterable[int], theirs: Sequence[int]) -> list[Pair]:
        return [_pair(i, j) for i in ours for j in theirs]

    def _pairing(self, pair: Pair, met: Collection[Pair], against: tuple[str, ...]) -> Pairing:
        a, b = (self._told[i] for i in pair)
        sides = self._side(pair[0]), self._side(pair[1])
        if a is b:
            return Pairing(*sides, start(), (), start(), None, ONE_TELLING, False)
        found = tuple(Weighed(says, weight) for weight, says in weighed(a, b))
        decided = says_same(a, b, self._judgements) or says_different(a, b, self._judgements)
        return Pairing(*sides, start(), found, round(score(a, b), 3), forbids(a, b), decided, _pair(*pair) in met, against)

    def _side(self, index: int) -> Side:
        unit = self._told[index]
        return Side(unit.report, tuple(c.id for c in unit.claims), self._home[index], unit.claims[0].quote)

    def _against(self, one: str, other: str, met: Collection[Pair]) -> tuple[str, ...]:
        """What keeps two incidents apart: reports that tell of both, people, and how little alike they are on the average."""
        ours, theirs = self._members[one], self._members[other]
        between = self._between(ours, theirs)
        compared = [pair for pair in between if pair in met]
        documents = {self._told[i].document for i in ours} & {self._told[j].document for j in theirs}
        reports = sorted({self._told[i].report for i in ours if self._told[i].document in documents})
        people = (says_different(self._told[i], self._told[j], self._judgements) for i, j in between)
        alike = average(self._told, between, met)
        return (
            *(
                f"the report {report} tells the two incidents apart ({TOLD_APART:+.1f} for each two of its tellings)"
                for report in reports
            ),
            *dict.fromkeys(says for says in people if says),
            f"on the average their tellings weigh {alike:+.1f}, each with each; {len(compared)} of {len(between)} have"
            f" enough in common to be compared and any other counts {UNMET:+.1f}; from {AVERAGE:.0f} on two incidents are joined",
        )


def _pair(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)
