"""How far coders agree beyond chance: Krippendorff's alpha, field by field.

Alpha is 1 where all agree and 0 where they agree as chance would have them (K. Krippendorff, Content Analysis, 2004, chapter 11).
It takes more than two coders, and units that only some of them coded. Values are the same or not, except lists of names, which
are as far apart as their sets are (MASI, R. Passonneau 2006).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from crossbearing.errors import RunError
from crossbearing.link.judged import EDGE, holder
from crossbearing.model.claim import Actor
from crossbearing.model.decision import VERDICTS, Decision, DecisionKind, Rank, on_incident
from crossbearing.model.review import Agreement


class MissingLibrary(RunError):
    """A library that this needs and the default install leaves out."""


def agreement(decisions: Sequence[Decision], home: Mapping[str, str]) -> tuple[Agreement, ...]:
    """The agreement of coders on each field, from decisions that were not undone, in the order of recording.

    `home` is the incident of each claim. What editors settled is no coding. A person's last word on a unit counts. Raises
    MissingLibrary where nltk, which computes alpha, is not installed.
    """
    coded: dict[str, dict[tuple[str, Hashable], Hashable]] = defaultdict(dict)
    for one in decisions:
        if one.rank is not Rank.EDITOR:
            for field, unit, label in _codings(one, home):
                coded[field][one.person, unit] = label
    return tuple(_agreement(field, coded[field]) for field in sorted(coded))


def _codings(one: Decision, home: Mapping[str, str]) -> list[tuple[str, Hashable, Hashable]]:
    """What a decision codes: the field, the unit and the label."""
    if one.other and one.kind in EDGE:
        return [("same", frozenset((one.subject, one.other)), EDGE[one.kind].value)]
    incident = holder(one, home)
    if not on_incident(one) or incident is None:
        return []
    if one.kind in VERDICTS:
        return [("verdict", incident, one.kind.value)]
    return [(one.field, incident, _label(one))] if one.kind is DecisionKind.SET else []


def _label(one: Decision) -> Hashable:
    if isinstance(one.value, tuple) and one.field != "event_type":
        return frozenset(each.id or each.name if isinstance(each, Actor) else each for each in one.value)
    return one.value


def _agreement(field: str, coded: Mapping[tuple[str, Hashable], Hashable]) -> Agreement:
    by_unit: dict[Hashable, dict[str, Hashable]] = defaultdict(dict)
    for (person, unit), label in coded.items():
        by_unit[unit][person] = label
    shared = [labels for labels in by_unit.values() if len(labels) > 1]
    people = sorted({person for labels in shared for person in labels})
    agreed = sum(len(set(labels.values())) == 1 for labels in shared)
    values = Counter(label for labels in shared for label in labels.values())
    return Agreement(field, tuple(people), len(shared), agreed, _alpha(shared) if len(values) > 1 else None)


def _alpha(shared: Sequence[Mapping[str, Hashable]]) -> float:
    """Krippendorff's alpha of units, each the label that each person gave it."""
    try:
        from nltk.metrics.agreement import AnnotationTask
        from nltk.metrics.distance import binary_distance, masi_distance
    except ImportError as error:
        how = "Install it with `pip install 'crossbearing[agreement]'`"
        raise MissingLibrary(f"agreement: alpha is computed by nltk, which is not installed. {how}.") from error
    sets = any(isinstance(label, frozenset) for labels in shared for label in labels.values())
    data = [(person, unit, label) for unit, labels in enumerate(shared) for person, label in labels.items()]
    return float(AnnotationTask(data, distance=masi_distance if sets else binary_distance).alpha())
