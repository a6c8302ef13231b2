"""Who goes back to whom: the reports of one incident, folded where they share a root.

Ten outlets that carry one statement are one lineage, and so are five that print one wire. Reports that print the same words, or
say that they have it from the same agency, are one group: a group tells once, however many it has. A group goes back to the
voices behind its claims; two groups that cite the same two speakers can be two witnesses, and two that cite one speaker are
one. So there are as many independent lineages as there are groups that can each be given a root of its own (a matching), and
never more than reports, but for a denial, which stands apart from what it denies.

The same is asked for each value of each field, of the claims that give it: so a report that copies all but one figure is a
witness for that figure alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from crossbearing.link.copies import is_copy
from crossbearing.link.pages import Page
from crossbearing.link.units import Unit
from crossbearing.link.voices import accused, is_called, is_named, speaker, whole_names
from crossbearing.model.claim import Claim, Figure, Status, Voice
from crossbearing.model.incident import Copy, Fold, FoldKind, Lineage, Passage, Standing
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.model.provenance import Evidence, Stated
from crossbearing.model.text import Span
from crossbearing.words.names import fold

# Without the texts, quotes are compared: the share of the shorter quote's three-word runs from which two quotes are the same
# words. Wire copy that an editor cut and turned about keeps three runs in five; two reporters on one strike share names and
# little more.
SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Ties:
    """What the documents' texts say of who has it from whom."""

    copies: Mapping[tuple[str, str], Copy] = field(default_factory=dict)
    """By the two documents' ids, the smaller first."""
    pages: Mapping[str, Page] = field(default_factory=dict)

    def between(self, a: str, b: str) -> Copy | None:
        """What two documents share."""
        return self.copies.get((a, b) if a < b else (b, a))

    def passages(self, a: str, b: str) -> tuple[Passage, ...]:
        """What two documents share, the first one's spans first."""
        found = self.between(a, b)
        if found is None:
            return ()
        return found.passages if found.a == a else tuple(replace(p, a=p.b, b=p.a) for p in found.passages)


NOTHING_KNOWN = Ties()


def lineages(units: Sequence[Unit], ties: Ties = NOTHING_KNOWN) -> tuple[Lineage, ...]:
    """The lineages of one incident's tellings, in the order of their first claim; each fold says what its report adds."""
    groups = _groups([side for unit in units for side in _sides(unit)], ties)
    added = _added(groups, ties)
    return tuple(
        replace(line, folds=tuple(replace(one, adds=tuple(added.get(one.document, ()))) for one in line.folds))
        for line in _drawn(groups)
    )


def standings(units: Sequence[Unit], ties: Ties = NOTHING_KNOWN) -> tuple[Standing, ...]:
    """Each value of each field, with the independent lineages that give it: fields in order, then the most lineages first."""
    groups = _groups([side for unit in units for side in _sides(unit)], ties)
    found = [_standing(name, value, giving) for (name, value), giving in _values(groups, ties).items()]
    order = list(FIELDS)
    return tuple(sorted(found, key=lambda s: (order.index(s.field), -len(s.roots), -len(s.claims), s.value)))


def _standing(name: str, value: str, giving: Sequence[_Group]) -> Standing:
    claims = tuple(sorted(claim for group in giving for claim in group.claims))
    return Standing(name, value, claims, tuple(one.root for one in _drawn(giving)))


# ---------------------------------------------------------------- tellings


@dataclass(frozen=True, slots=True)
class _Side:
    """One document's telling, with those who deny it apart from those who tell it: a denial is no copy of what it denies."""

    document: str
    report: str
    denies: bool
    claims: tuple[Claim, ...]
    called: Mapping[str, str]
    """The names of its speakers, each with the longest under which the document knows that one."""

    @property
    def outlet(self) -> str | None:
        """Who published it, where a claim's chain begins with that."""
        return next((c.chain[0].value.name for c in self.claims if c.chain and c.chain[0].value.kind == "outlet"), None)

    @property
    def name(self) -> str:
        return self.outlet or self.report.rpartition("/")[2]

    @property
    def speakers(self) -> tuple[Voice, ...]:
        """The speakers behind its claims, each under their longest name."""
        voices = (v for c in self.claims if (v := speaker(c)))
        return tuple(replace(v, name=self.called[v.name]) for v in voices)


def _sides(unit: Unit) -> list[_Side]:
    denials = tuple(c for c in unit.claims if c.status is Status.DENIED and c.chain and c.chain[-1].value.kind == "claimant")
    rest = tuple(c for c in unit.claims if c not in denials)
    called = whole_names(v.value.name for c in unit.claims for v in c.chain if v.value.kind == "claimant")
    if denials and any(c.status is Status.HAPPENED for c in rest):
        told = ((False, rest), (True, denials))
        return [_Side(unit.document, unit.report, denies, claims, called) for denies, claims in told]
    return [_Side(unit.document, unit.report, not rest, unit.claims, called)]


@dataclass(frozen=True, slots=True)
class _Group:
    """Tellings that are one report's: that report's first, and why each of the others goes back to it."""

    sides: tuple[_Side, ...]
    folds: tuple[Fold, ...] = ()
    carrier: str | None = None
    """The agency whose report it is, where they say so."""

    @property
    def name(self) -> str:
        first = self.sides[0]
        return self.carrier if self.carrier and not is_called(first.outlet, self.carrier) else first.name

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(sorted(c.id for s in self.sides for c in s.claims))


# ---------------------------------------------------------------- one report, told again


def _groups(sides: Sequence[_Side], ties: Ties) -> list[_Group]:
    """The sides, put together where one prints or retells another's report, in the order of their first claim."""
    sides = sorted(sides, key=lambda side: side.claims[0].id)
    carriers = [_carriers(side, ties) for side in sides]
    return [
        _group([(sides[i], carriers[i]) for i in members], ties)
        for members in _together(len(sides), _same_report(sides, carriers, ties))
    ]


def _together(many: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What hangs together by pairs, in the order of the first of each."""
    root = list(range(many))

    def top(one: int) -> int:
        while root[one] != one:
            root[one] = one = root[root[one]]
        return one

    for i, j in pairs:
        first, second = sorted((top(i), top(j)))
        root[second] = first
    members: defaultdict[int, list[int]] = defaultdict(list)
    for one in range(many):
        members[top(one)].append(one)
    return [members[one] for one in sorted(members)]


def _carriers(side: _Side, ties: Ties) -> dict[str, str]:
    """Whose report a side says that it prints or retells in all that it tells: names by how they are compared."""
    page = ties.pages.get(side.document)
    cited = [{v.value.name for v in c.chain if v.value.kind == "medium" and is_named(v.value)} for c in side.claims]
    names = {*(page.credits if page else ()), *set.intersection(*cited)}
    return {fold(name): name for name in sorted(names) if not is_called(side.outlet, name)}


def _same_report(sides: Sequence[_Side], carriers: Sequence[dict[str, str]], ties: Ties) -> Iterator[tuple[int, int]]:
    """Pairs of sides of which the one goes back to the other's report, or both to a third's."""
    first: dict[tuple[str, bool], int] = {}
    for i, side in enumerate(sides):
        for name in carriers[i]:
            yield first.setdefault((name, side.denies), i), i
    for (name, denies), i in first.items():
        yield from ((i, j) for j, side in enumerate(sides) if side.denies is denies and is_called(side.outlet, name))
    for i, side in enumerate(sides):
        yield from ((i, j) for j, other in enumerate(sides) if side.denies is other.denies and _cites(side, other))
    for i, j in combinations(range(len(sides)), 2):
        a, b = sides[i], sides[j]
        if a.denies is b.denies and a.document != b.document and _copied(a, b, ties):
            yield i, j


def _cites(side: _Side, other: _Side) -> bool:
    """Whether a report names another of the incident as the one that it has something from."""
    if side.document == other.document or not other.outlet or is_called(side.outlet, other.outlet):
        return False
    return any(fold(v.value.name) == fold(other.outlet) for c in side.claims for v in c.chain if v.value.kind != "outlet")


def _copied(a: _Side, b: _Side, ties: Ties) -> bool:
    """Whether the one holds the other's words; by their quotes where the texts are not at hand."""
    if a.document in ties.pages and b.document in ties.pages:
        found = ties.between(a.document, b.document)
        return found is not None and is_copy(found)
    return max(same_words(p.quote, q.quote) for p in a.claims for q in b.claims) >= SAME_WORDS


def _group(members: Sequence[tuple[_Side, dict[str, str]]], ties: Ties) -> _Group:
    """The report itself first: the agency's own, else whom the others cite, the earliest, the one whose words they hold."""
    credited = Counter(item for _, carriers in members for item in carriers.items())
    key, carrier = min(credited, key=lambda item: (-credited[item], item)) if credited else ("", None)

    def rank(member: tuple[_Side, dict[str, str]]) -> tuple[bool, int, date, int, str]:
        side = member[0]
        cited = sum(_cites(other, side) for other, _ in members)
        words = sum(p.words for other, _ in members for p in ties.passages(side.document, other.document))
        said = page.said if (page := ties.pages.get(side.document)) else None
        first = (said.latest if said else None) or date.max
        return carrier is None or not is_called(side.outlet, carrier), -cited, first, -words, side.claims[0].id

    ordered = sorted(members, key=rank)
    sides = [side for side, _ in ordered]
    folds = [_fold(side, carriers.get(key) or next(iter(carriers.values()), None), sides, ties) for side, carriers in ordered[1:]]
    if carrier and key in ordered[0][1]:
        folds.insert(0, _credit(sides[0], carrier))
    return _Group(tuple(sides), tuple(folds), carrier)


def _fold(side: _Side, carrier: str | None, group: Sequence[_Side], ties: Ties) -> Fold:
    """Why a side goes back to the first of its group, or else to whom it credits, or to the one whose words it holds most."""
    alike = [other for other in group if other.document != side.document and _copied(side, other, ties)]
    cited = [other for other in group if _cites(side, other)]
    near = [*alike, *cited]
    other = group[0] if group[0] in near or not near else max(near, key=lambda o: (_share(side, o, ties), o.claims[0].id))
    if other not in near:
        return _credit(side, carrier or other.name, other if carrier and is_called(other.outlet, carrier) else None)
    because = [f"it cites {other.name}"] if other in cited else []
    if other in alike:
        share = _share(side, other, ties)
        because.append(f"{share:.0%} of its own words stand" if share else "its quotes stand")
        because[-1] += f" in {other.name}"
    kind = FoldKind.COPY if other in alike else FoldKind.CREDIT
    shared = ties.passages(side.document, other.document)
    return Fold(side.report, other.report, kind, ", and ".join(because), side.document, other.document, shared)


def _credit(side: _Side, carrier: str, other: _Side | None = None) -> Fold:
    because = f"it says that it has this from {carrier}"
    to, document = (other.report, other.document) if other else (carrier, None)
    return Fold(side.report, to, FoldKind.CREDIT, because, side.document, document)


def _share(side: _Side, other: _Side, ties: Ties) -> float:
    """The share of a side's document that stands in the other's."""
    found = ties.between(side.document, other.document)
    return 0.0 if found is None else found.share_a if found.a == side.document else found.share_b


# ---------------------------------------------------------------- roots


@dataclass(frozen=True, slots=True)
class _Roots:
    """Whom a group's claims go back to."""

    named: Mapping[str, str]
    """Speakers that can be known again elsewhere: names by how they are compared."""
    unnamed: tuple[str, ...]
    """Speakers of its own: "a security source"."""

    @property
    def own(self) -> bool:
        """Whether it goes back to someone whom no other report can be known to share."""
        return bool(self.unnamed) or not self.named

    def __str__(self) -> str:
        *some, last = (*self.named.values(), *self.unnamed) or ("no one",)
        return f"{', '.join(some)} and {last}" if some else last


def _roots_of(group: _Group) -> _Roots:
    """What a report tells in its own voice it has from those whom it cites, where it cites anyone."""
    tellers = {fold(side.outlet) for side in group.sides if side.outlet}
    voices = {v.name: v for side in group.sides for v in side.speakers if fold(v.name) not in tellers}
    named = {fold(name): name for name in sorted(voices) if is_named(voices[name])}
    return _Roots(named, tuple(name for name in sorted(voices) if not is_named(voices[name])))


def _drawn(groups: Sequence[_Group]) -> tuple[Lineage, ...]:
    """As many lineages as groups can each be given a root of their own; the others go where their first root is."""
    roots = [_roots_of(group) for group in groups]
    given = _matched([() if r.own else tuple(r.named) for r in roots])
    lineage_of: defaultdict[str | int, list[int]] = defaultdict(list)
    for i, r in enumerate(roots):
        lineage_of[i if r.own else given.get(i) or next(iter(r.named))].append(i)
    return tuple(_lineage([groups[i] for i in members], [roots[i] for i in members], key) for key, members in lineage_of.items())


def _matched(wanted: Sequence[Sequence[str]]) -> dict[int, str]:
    """The most groups that can each have a root of their own, by augmenting paths (Kuhn): the root of each such group."""
    holder: dict[str, int] = {}

    def place(i: int, seen: set[str]) -> bool:
        for root in wanted[i]:
            if root not in seen:
                seen.add(root)
                if root not in holder or place(holder[root], seen):
                    holder[root] = i
                    return True
        return False

    for i in range(len(wanted)):
        place(i, set())
    return {i: root for root, i in holder.items()}


def _lineage(groups: Sequence[_Group], roots: Sequence[_Roots], key: str | int) -> Lineage:
    claims = tuple(sorted(claim for group in groups for claim in group.claims))
    folds = [fold_ for group in groups for fold_ in group.folds]
    if isinstance(key, int) or (len(groups) == 1 and len(roots[0].named) > 1):
        name = f"{roots[0]} ({groups[0].name})" if groups[0].sides[0].denies else groups[0].name
        return Lineage(name, claims, f"{groups[0].name} cites {roots[0]}", tuple(folds))
    name = next(r.named[key] for r in roots if key in r.named)
    if len(groups) == 1:
        return Lineage(name, claims, f"{groups[0].name} cites {name}", tuple(folds))
    for group, cited in zip(groups, roots, strict=True):
        side = group.sides[0]
        others = f", and {len(cited.named) - 1} more whom other lineages have" if len(cited.named) > 1 else ", and no one else"
        folds.append(Fold(side.report, name, FoldKind.VOICE, f"it cites {name}{others}", side.document))
    return Lineage(name, claims, f"{len(groups)} reports go back to {name}", tuple(folds))


# ---------------------------------------------------------------- fields


Given = tuple[str, tuple[Evidence, ...]]
"""A value as it reads, and the words that it stands on."""


def _stated(stated: Iterable[Stated[Any] | None], reads: Callable[[Any], str]) -> list[Given]:
    return [(reads(one.value), one.evidence) for one in stated if one]


def _range(figure: Figure) -> str:
    """`12`, `9-12`, `12+` (at least), `0-12` (at most)."""
    if figure.low == figure.high:
        return "-" if figure.low is None else str(figure.low)
    return f"{figure.low or 0}+" if figure.high is None else f"{figure.low or 0}-{figure.high}"


FIELDS: dict[str, Callable[[Claim], list[Given]]] = {
    "when": lambda c: _stated((c.when,), str),
    "where": lambda c: _stated((c.where,), lambda place: place.name),
    "kind": lambda c: [(c.sub_event_type, (c.span,))] if c.sub_event_type != MEANS_UNKNOWN else [],
    "status": lambda c: [(c.status.value, (c.span,))],
    "perpetrators": lambda c: _stated(accused(c), lambda actor: actor.name),
    "targets": lambda c: _stated(c.targets, lambda actor: actor.name),
    "weapons": lambda c: _stated(c.weapons, str.lower),
    "killed": lambda c: _stated((c.killed,), _range),
    "injured": lambda c: _stated((c.injured,), _range),
}
"""Each field of which it is asked who stands behind it, and what one claim gives for it."""


def _values(groups: Sequence[_Group], ties: Ties) -> dict[tuple[str, str], list[_Group]]:
    """For each value the groups that give it, with those claims only; what is a report's own stands apart from its group."""
    found: defaultdict[tuple[str, str], list[_Group]] = defaultdict(list)
    for group in groups:
        for key, giving in _giving(group).items():
            found[key] += _parted(group, giving, ties)
    return found


def _giving(group: _Group) -> dict[tuple[str, str], list[tuple[_Side, list[Span]]]]:
    """For each value that a group gives, the sides that do, with those claims only, and the words that it stands on."""
    found: defaultdict[tuple[str, str], list[tuple[_Side, list[Span]]]] = defaultdict(list)
    for side in group.sides:
        for key, (claims, words) in _given(side).items():
            found[key].append((replace(side, claims=claims), words))
    return found


def _given(side: _Side) -> dict[tuple[str, str], tuple[tuple[Claim, ...], list[Span]]]:
    """What a side gives: field and value, with the claims that give it and the words it stands on."""
    found: dict[tuple[str, str], tuple[tuple[Claim, ...], list[Span]]] = {}
    for claim in side.claims:
        for name, gives in FIELDS.items():
            for value, evidence in gives(claim):
                claims, words = found.setdefault((name, value), ((), []))
                found[name, value] = ((*claims, claim), [*words, *(e for e in evidence if isinstance(e, Span))])
    return found


def _parted(group: _Group, giving: Sequence[tuple[_Side, list[Span]]], ties: Ties) -> list[_Group]:
    """A group for one value: as one where its root gives it or has the words; those that add it stand apart from one another.

    Two that add it are one still where the words for it are words that they share.
    """
    own = _own(group, giving, ties)
    rest = [n for n in range(len(giving)) if n not in own]
    pairs = [(rest[0], n) for n in rest[1:]]
    pairs += [(i, j) for i, j in combinations(own, 2) if _shared_words(giving[i][0], giving[j][0], giving[i][1], ties)]
    return [
        _Group(tuple(giving[n][0] for n in members), carrier=group.carrier if members[0] in rest else None)
        for members in _together(len(giving), pairs)
    ]


def _own(group: _Group, giving: Sequence[tuple[_Side, list[Span]]], ties: Ties) -> list[int]:
    """Those that add a value to what their root says: it does not give it, and they do so in words that it lacks."""
    first = group.sides[0]
    if any(side.document == first.document for side, _ in giving):
        return []
    return [
        n
        for n, (side, words) in enumerate(giving)
        if ties.between(side.document, first.document) and not _shared_words(side, first, words, ties)
    ]


def _added(groups: Sequence[_Group], ties: Ties) -> dict[str, list[str]]:
    """What each document adds to the report that it goes back to, as `field: value`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        for (name, value), giving in _giving(group).items():
            for n in _own(group, giving, ties):
                found[giving[n][0].document].append(f"{name}: {value}")
    return found


def _shared_words(side: _Side, other: _Side, words: Sequence[Span], ties: Ties) -> bool:
    """Whether some of the words stand in the other's document too."""
    return any(passage.a.meets(span) for passage in ties.passages(side.document, other.document) for span in words)


# ---------------------------------------------------------------- quotes


def same_words(a: str, b: str) -> float:
    """The share of the shorter quote's three-word runs that stand in the other, 0 to 1; fewer than eight words say nothing."""
    x, y = _runs(a), _runs(b)
    return len(x & y) / min(len(x), len(y)) if len(x) >= 6 and len(y) >= 6 else 0.0


@lru_cache(maxsize=65536)
def _runs(quote: str) -> frozenset[tuple[str, ...]]:
    words = fold(quote).split()
    return frozenset(tuple(words[i : i + 3]) for i in range(len(words) - 2))
