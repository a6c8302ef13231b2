"""How well a reader finds what happened, and who, what and where takes part: F1 of triggers and arguments.

    python evals/events.py [--reader NAME] [--errors N] [--corpora DIR]

On the development part of WikiEvents. Conventions:

- Gold is the events whose KAIROS type stands in `TYPES` below, which also says which of ACLED's event types fit it. A killing,
  an injury and a destroyed thing are no types of ACLED's: any violent one fits. Only the type's first two names are looked at,
  but for DetonateExplode. The other KAIROS types (contact, movement, trials, crime in general) are left out, and a happening
  found on one of their triggers and on no other is neither right nor false. Happenings of every realis count, and generic ones.
- Events on one trigger are one, and so are happenings: their types and arguments are pooled.
- Triggers: exact is the same tokens; overlap at least one in common ("air strike" for "strike"); typed is overlap, and a type
  that fits. All one to one, the most alike first (Dice).
- Arguments: roles as in `ROLES`; our times and figures of killed and injured have no counterpart and are left out. An argument
  is right when it has the role and the head of a gold argument of the event that its trigger matches by overlap. "coref" takes
  the head of any mention of the gold argument's entity. "harmed" takes targets and victims as one role, and "all, pooled" adds
  it up with the others: KAIROS has victims of a killing and targets of an attack, whoever they are.
- The head is the last token before the first preposition, relative word or mark inside the span, articles and possessives at its
  edges aside ("members of the militia": members). The gold's spans are mostly heads already, and the rule is the same for both.
- Arguments end to end count all of them on both sides; given the trigger, those of matched triggers only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _readers import (
    Record,
    Scores,
    Tally,
    Tokenized,
    Tokens,
    best_pairs,
    cells,
    dice,
    of_record,
    reader,
    records,
    show,
    summed,
)

from crossbearing.model.mention import Reading, RoleName
from crossbearing.model.text import Span
from crossbearing.stages import Read

CORPUS = "wikievents"
_VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots"))
TYPES = {
    "Conflict.Attack.DetonateExplode": frozenset(("Explosions/Remote violence",)),
    "Conflict.Attack": _VIOLENT,
    "Conflict.Defeat": frozenset(("Battles",)),
    "Conflict.Demonstrate": frozenset(("Protests", "Riots")),
    "Life.Die": _VIOLENT,
    "Life.Injure": _VIOLENT,
    "Justice.ArrestJailDetain": frozenset(("Strategic developments", "Violence against civilians")),
    "ArtifactExistence.DamageDestroyDisableDismantle": frozenset(("Strategic developments",)) | _VIOLENT,
}
"""The event types that fit each KAIROS type that counts."""
ROLES = {
    **dict.fromkeys(
        "Attacker Killer Injurer Jailer Demonstrator Victor Damager Destroyer DamagerDestroyer Disabler Dismantler".split(),
        RoleName.PERPETRATOR,
    ),
    **dict.fromkeys(("Target", "Defeated", "Artifact"), RoleName.TARGET),
    **dict.fromkeys(("Victim", "Detainee"), RoleName.VICTIM),
    **dict.fromkeys(("Instrument", "ExplosiveDevice"), RoleName.MEANS),
    "Place": RoleName.PLACE,
}
"""Our role for each KAIROS role that counts."""
OURS = tuple(dict.fromkeys(ROLES.values()))
GROUPS: dict[str, frozenset[RoleName]] = {
    **{role.value: frozenset((role,)) for role in OURS},
    "harmed": frozenset((RoleName.TARGET, RoleName.VICTIM)),
}
"""The rows of arguments: each role, and who or what was hit or hurt as one."""
TOTALS = {"": [role.value for role in OURS], "_pooled": ["perpetrator", "harmed", "means", "place"]}
"""The rows that are added up: all roles apart, and those where target and victim are one."""
_EDGES = frozenset("the a an its their his her s ' ’".split())
_ENDS_HEAD = frozenset(
    "of in at on from with without near by for to into between against who whom which that where whose".split()
)


@dataclass(frozen=True, slots=True)
class Argument:
    """A part in an event: its role, its head's token, and for the gold the heads of all that is the same entity."""

    role: RoleName
    head: int
    same: Tokens


@dataclass(frozen=True, slots=True)
class Event:
    """What one trigger tells of. The types are KAIROS's for the gold and ACLED's for a reading."""

    trigger: Tokens
    types: frozenset[str]
    arguments: frozenset[Argument]


def head(span: Span, tokens: Tokenized) -> int | None:
    """The token that a span hangs on; None where it covers none."""
    run = list(tokens.run(span))
    low = [tokens.spans[i].of(tokens.text).lower() for i in run]
    kept = [k for k, word in enumerate(low) if run[k] in tokens.words and word not in _EDGES]
    if not kept:
        return run[-1] if run else None
    end = next((k for k in range(kept[0] + 1, len(run)) if low[k] in _ENDS_HEAD or _is_break(low[k])), len(run))
    return run[max(k for k in kept if k < end)]


def _is_break(mark: str) -> bool:
    """Whether a mark ends the words of a head: not the hyphen, stop or apostrophe within a name."""
    return mark in (",", ";", ":", "(", "–", "—")


def family(kairos: str) -> str | None:
    """The entry of `TYPES` that a KAIROS type falls under."""
    names = kairos.split(".")
    return next((name for name in (".".join(names[:3]), ".".join(names[:2])) if name in TYPES), None)


def gold(record: Record, tokens: Tokenized) -> tuple[list[Event], list[Event]]:
    """A record's events that count, and those that are left out."""
    same = {e["id"]: frozenset(_heads((Span(*m) for m in e["mentions"]), tokens)) for e in record["entities"]}
    drafts = []
    for event in record["events"]:
        if event["trigger"]:
            found = (
                Argument(ROLES[a["role"]], h, same.get(a["entity"], frozenset()) | {h})
                for a in event["args"]
                if a["role"] in ROLES
                for h in _heads((Span(*s) for s in a["spans"]), tokens)
            )
            name = family(event["type"])
            drafts.append(Event(tokens.of([Span(*event["trigger"])]), frozenset([name] if name else ()), frozenset(found)))
    every = pooled(drafts)
    return [e for e in every if e.types], [e for e in every if not e.types]


def said(reading: Reading, tokens: Tokenized) -> list[Event]:
    """A reading's happenings."""
    drafts = []
    for happening in reading.happenings:
        found = ((r.name, head(r.mention.span, tokens)) for r in happening.roles if r.name in OURS)
        arguments = frozenset(Argument(role, h, frozenset((h,))) for role, h in found if h is not None)
        drafts.append(Event(tokens.of([happening.trigger]), frozenset((happening.event_type,)), arguments))
    return pooled(drafts)


def _heads(spans: Iterable[Span], tokens: Tokenized) -> Iterator[int]:
    return (h for h in (head(span, tokens) for span in spans) if h is not None)


def pooled(drafts: Iterable[Event]) -> list[Event]:
    """Events on the same trigger made one; in the order of the text."""
    found: dict[Tokens, Event] = {}
    for event in drafts:
        if held := found.get(event.trigger):
            event = Event(event.trigger, held.types | event.types, held.arguments | event.arguments)
        if event.trigger:
            found[event.trigger] = event
    return sorted(found.values(), key=lambda e: sorted(e.trigger))


def fits(found: Event, wanted: Event) -> bool:
    """Whether a found type is one that the gold's type stands for."""
    return any(TYPES[name] & found.types for name in wanted.types)


TESTS: dict[str, Callable[[Event, Event], bool]] = {
    "exact": lambda found, wanted: found.trigger == wanted.trigger,
    "overlap": lambda found, wanted: bool(found.trigger & wanted.trigger),
    "typed": lambda found, wanted: bool(found.trigger & wanted.trigger) and fits(found, wanted),
}
"""When a found trigger may be a gold one."""


def matched(found: list[Event], wanted: list[Event], test: str) -> dict[int, int]:
    """Which happening is which gold event."""
    may = TESTS[test]
    return best_pairs(
        {(i, j): dice(f.trigger, w.trigger) for i, f in enumerate(found) for j, w in enumerate(wanted) if may(f, w)}
    )


def compared(found: list[Event], wanted: list[Event], apart: list[Event]) -> Scores:
    """One document's counts."""
    found = [f for f in found if not excused(f, wanted, apart)]
    scores: Scores = {}
    for test in TESTS:
        pairs = matched(found, wanted, test)
        scores[f"trigger_{test}"] = Tally(len(pairs), len(found), len(wanted))
        for name in TYPES:
            here = [j for j, w in enumerate(wanted) if name in w.types]
            right = sum(j in pairs.values() for j in here)
            scores[f"trigger_{test}_{name}"] = Tally(right, 0, len(here))
    pairs = matched(found, wanted, "overlap")
    given = ([found[i] for i in pairs], [wanted[j] for j in pairs.values()])
    for name, (ours, theirs) in {"arguments": (found, wanted), "given": given}.items():
        for how in ("head", "coref"):
            both = [(found[i], wanted[j]) for i, j in pairs.items()]
            rows = {group: agreed(ours, theirs, both, roles, how) for group, roles in GROUPS.items()}
            scores |= {f"{name}_{how}_{group}": tally for group, tally in rows.items()}
            scores |= {f"{name}_{how}{end}": sum((rows[g] for g in groups), Tally()) for end, groups in TOTALS.items()}
    return scores


def agreed(
    found: list[Event], wanted: list[Event], pairs: list[tuple[Event, Event]], roles: frozenset[RoleName], how: str
) -> Tally:
    """The arguments of some roles: found, wanted, and the same in events that are matched."""
    right = 0
    for one, other in pairs:
        ours, theirs = heads(one, roles), heads(other, roles)
        weights = {(i, j): 2.0 if i == j else float(how == "coref" and i in same) for i in ours for j, same in theirs.items()}
        right += len(best_pairs(weights))
    return Tally(right, *(sum(len(heads(event, roles)) for event in side) for side in (found, wanted)))


def heads(event: Event, roles: frozenset[RoleName]) -> dict[int, Tokens]:
    """The heads of an event's arguments in some roles, each with those that are the same."""
    return {a.head: a.same for a in sorted(event.arguments, key=lambda a: a.head) if a.role in roles}


def excused(event: Event, wanted: list[Event], apart: list[Event]) -> bool:
    """Whether a happening stands on a trigger that is left out, and on no other."""
    return any(e.trigger & event.trigger for e in apart) and not any(e.trigger & event.trigger for e in wanted)


def scored(record: Record, read: Read) -> Scores:
    """One record's counts."""
    tokens = Tokenized(record["text"])
    return compared(said(read(of_record(record)), tokens), *gold(record, tokens))


def measured(root: Path, reader_name: str | None = None) -> dict[str, dict[str, float]]:
    """The F1 of every measure that has gold (of a type's triggers the recall), where the corpus is there."""
    folder = root / CORPUS
    if not folder.is_dir():
        return {}
    read = reader(reader_name)
    whole = summed(scored(record, read) for record in records(folder))
    by_type = {f"trigger_{test}_{name}" for test in TESTS for name in TYPES}
    return {CORPUS: {name: tally.recall if name in by_type else tally.f1 for name, tally in whole.items() if tally.gold}}


# ---------------------------------------------------------------- shown


def table(scores: Scores) -> str:
    """The counts as three tables: triggers, the share of each type's found, arguments by role."""
    lines = [f"{'triggers':14}{'gold':>5}{'found':>7}{'P':>8}{'R':>7}{'F1':>7}"]
    for test in TESTS:
        tally = scores[f"trigger_{test}"]
        lines.append(f"{test:14}{tally.gold:5}{tally.found:7}{cells(tally)}")
    lines.append(f"\n{'recall by type':50}{'gold':>5}" + "".join(f"{test:>9}" for test in TESTS))
    for name in TYPES:
        of = [scores[f"trigger_{test}_{name}"] for test in TESTS]
        lines.append(f"{name:50}{of[0].gold:5}" + "".join(f"{tally.recall:9.3f}" for tally in of))
    for name, told in (("arguments", "arguments"), ("given", "given trigger")):
        lines.append(f"\n{told:14}{'gold':>5}{'found':>7}{'head  P R':>15}{'F1':>7}{'coref  P R':>15}{'F1':>7}")
        for row in (*GROUPS, "all", "all, pooled"):
            end = {"all": "", "all, pooled": "_pooled"}.get(row, f"_{row}")
            one, other = scores[f"{name}_head{end}"], scores[f"{name}_coref{end}"]
            lines.append(f"{row:14}{one.gold:5}{one.found:7}{cells(one, other)}")
    return "\n".join(lines)


def errors(folder: Path, read: Read) -> Iterator[str]:
    """The triggers that were missed or found falsely, with their words."""
    for record in records(folder):
        tokens = Tokenized(record["text"])
        found, (wanted, apart) = said(read(of_record(record)), tokens), gold(record, tokens)
        pairs = matched(found, wanted, "overlap")
        wrong = [(e, "missed") for j, e in enumerate(wanted) if j not in pairs.values()]
        wrong += [(e, "false") for i, e in enumerate(found) if i not in pairs and not excused(e, wanted, apart)]
        for event, how in sorted(wrong, key=lambda w: min(w[0].trigger)):
            near = tokens.said(frozenset(range(max(0, min(event.trigger) - 8), min(len(tokens.spans), max(event.trigger) + 9))))
            yield f"  {record['id']} {how} {'|'.join(sorted(event.types))}: {tokens.said(event.trigger)} | {near}"


def main() -> None:
    show(__doc__, CORPUS, errors, scored, table)


if __name__ == "__main__":
    main()
