"""How well a reader finds who, what, where, when and how many: F1 of mentions on annotated reports of Syria and Iraq.

    python evals/entities.py [--reader NAME] [--errors N] [--corpora DIR]

On the development part of RE3D. Conventions:

- Gold is what has a confidence of 0.5 or more. Its labels stand in rows, and a row takes these kinds of mention:

      Organisation  Organisation                 organisation, group, state, people (civilians are an Organisation there)
      Person        Person                       person, people
      Location      Location                     place, facility, state (a country is both)
      Weapon        Weapon, MilitaryPlatform     weapon
      Temporal      Temporal                     time
      Quantity      Quantity, Money              figure

- Left out: Nationality (an adjective, which the gold marks in a fifth of its places), Vehicle (what is hit as often as what
  hits; no kind of ours), DocumentReference, CommsIdentifier, Frequency and Coordinate (we have no such kinds). What is found
  there and nowhere else is neither right nor false.
- At the edges of a span, on both sides, articles, other determiners, possessives ("its", "'s") and punctuation are ignored,
  unless the span is nothing else. Spans that are the same then are one unit, with all of their labels or kinds.
- exact: the same tokens. overlap: at least one token in common. Both one to one, the most alike first (Dice), so that a long
  span is right once at most.
- without type: any kind goes with any label. typed: the kind must be one that the label's row takes.
- A row's found are the units matched to its gold, and the unmatched ones whose kind is at home there: organisation, group,
  state and people under Organisation, person under Person, place and facility under Location. So a row's precision says
  little without types.
- "no pronouns" leaves out the gold that is a pronoun (I, we, they, our), which is much of RE3D's Person and Organisation.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
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

from crossbearing.model.mention import MentionKind, Reading
from crossbearing.model.text import Span
from crossbearing.stages import Read

CORPUS = "re3d"
CONFIDENT = 0.5
ROWS = {
    "Organisation": "Organisation",
    "Person": "Person",
    "Location": "Location",
    "Weapon": "Weapon",
    "MilitaryPlatform": "Weapon",
    "Temporal": "Temporal",
    "Quantity": "Quantity",
    "Money": "Quantity",
}
"""The row of each label that counts."""
KINDS = {
    "Organisation": {MentionKind.ORGANISATION, MentionKind.GROUP, MentionKind.STATE, MentionKind.PEOPLE},
    "Person": {MentionKind.PERSON, MentionKind.PEOPLE},
    "Location": {MentionKind.PLACE, MentionKind.FACILITY, MentionKind.STATE},
    "Weapon": {MentionKind.WEAPON},
    "Temporal": {MentionKind.TIME},
    "Quantity": {MentionKind.FIGURE},
}
"""The kinds that each row takes; the first row with a kind is its home."""
MEASURES = ("exact", "overlap", "exact_typed", "overlap_typed")
EDGES = frozenset(
    "the a an this that these those some any all both each every no another other such "
    "its their his her our my your whose s ' ’".split()
)
PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself it its itself they them "
    "their theirs themselves who whom whose which that this these those".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that is spoken of as something: rows for the gold, kinds for a reading."""

    tokens: Tokens
    labels: frozenset[str]


def trimmed(span: Span, tokens: Tokenized) -> Tokens:
    """The tokens of a span without what is ignored at its edges."""
    run = list(tokens.run(span))
    words = [tokens.spans[i].of(tokens.text).lower() for i in run]
    kept = [k for k, word in enumerate(words) if run[k] in tokens.words and word not in EDGES]
    return frozenset(run[kept[0] : kept[-1] + 1] if kept else run)


def units(labelled: Iterator[tuple[Span, str]], tokens: Tokenized) -> list[Unit]:
    """Spans that are the same but for their edges are one unit; in the order of the text."""
    found: dict[Tokens, set[str]] = {}
    for span, label in labelled:
        if covered := trimmed(span, tokens):
            found.setdefault(covered, set()).add(label)
    return [Unit(t, frozenset(labels)) for t, labels in sorted(found.items(), key=lambda item: sorted(item[0]))]


def gold(record: Record, tokens: Tokenized) -> tuple[list[Unit], list[Unit]]:
    """A record's units that count, under their rows, and those that are left out."""
    sure = [e for e in record["entities"] if e["confidence"] >= CONFIDENT]
    every = units(((Span(e["start"], e["end"]), ROWS.get(e["label"], "")) for e in sure), tokens)
    counted = [Unit(u.tokens, u.labels - {""}) for u in every if u.labels != {""}]
    return counted, [u for u in every if u.labels == {""}]


def said(reading: Reading, tokens: Tokenized) -> list[Unit]:
    """A reading's mentions, under their kinds."""
    return units(((m.span, m.kind.value) for m in reading.mentions), tokens)


def matched(found: list[Unit], wanted: list[Unit], measure: str) -> dict[int, int]:
    """Which found unit is which gold one."""
    weights: dict[tuple[int, int], float] = {}
    for i, one in enumerate(found):
        for j, other in enumerate(wanted):
            if not one.tokens & other.tokens or (measure.startswith("exact") and one.tokens != other.tokens):
                continue
            if measure.endswith("typed") and not any(KINDS[row] & one.labels for row in other.labels):
                continue
            weights[i, j] = dice(one.tokens, other.tokens)
    return best_pairs(weights)


def compared(found: list[Unit], wanted: list[Unit], apart: list[Unit]) -> Scores:
    """One document's counts, of all and by row."""
    scores: Scores = {}
    for measure in MEASURES:
        pairs = matched(found, wanted, measure)
        false = [u for i, u in enumerate(found) if i not in pairs and not excused(u, wanted, apart)]
        scores[measure] = Tally(len(pairs), len(pairs) + len(false), len(wanted))
        for row in KINDS:
            here = [j for j, u in enumerate(wanted) if row in u.labels]
            right = sum(j in pairs.values() for j in here)
            scores[f"{measure}_{row}"] = Tally(right, right + sum(home(u) == row for u in false), len(here))
    return scores


def excused(unit: Unit, wanted: list[Unit], apart: list[Unit]) -> bool:
    """Whether a found unit stands on what is left out, and on nothing else."""
    return any(u.tokens & unit.tokens for u in apart) and not any(u.tokens & unit.tokens for u in wanted)


def home(unit: Unit) -> str:
    """The row that a found unit is false in."""
    return next(row for row, kinds in KINDS.items() if kinds & unit.labels)


def scored(record: Record, read: Read) -> Scores:
    """One record's counts, those without pronouns under names that say so."""
    tokens = Tokenized(record["text"])
    found, (wanted, apart) = said(read(of_record(record)), tokens), gold(record, tokens)
    bare = [u for u in wanted if is_pronoun(u, tokens)]
    named = compared(found, [u for u in wanted if u not in bare], apart + bare)
    return compared(found, wanted, apart) | {f"{measure}_named": named[measure] for measure in MEASURES}


def is_pronoun(unit: Unit, tokens: Tokenized) -> bool:
    return len(unit.tokens) == 1 and tokens.said(unit.tokens).lower() in PRONOUNS


def measured(root: Path, reader_name: str | None = None) -> dict[str, dict[str, float]]:
    """The F1 of every measure, where the corpus is there."""
    folder = root / CORPUS
    if not folder.is_dir():
        return {}
    read = reader(reader_name)
    whole = summed(scored(record, read) for record in records(folder))
    return {CORPUS: {name: tally.f1 for name, tally in whole.items()}}


# ---------------------------------------------------------------- shown


def table(scores: Scores) -> str:
    """The counts as a table, a line for each row."""
    lines = [
        f"{'':14}{'gold':>5}" + "".join(f"{name + '  P R':>15}{'F1':>7}" for name in ("exact", "overlap", "exact t.", "over. t."))
    ]
    for row in (*KINDS, "all", "no pronouns"):
        end = {"all": "", "no pronouns": "_named"}.get(row, f"_{row}")
        of = [scores[f"{measure}{end}"] for measure in MEASURES]
        lines.append(f"{row:14}{of[0].gold:5}{cells(*of)}")
    return "\n".join([*lines, "t.: with type"])


def errors(folder: Path, read: Read) -> Iterator[str]:
    """The units that no typed overlap matched, with their words."""
    for record in records(folder):
        tokens = Tokenized(record["text"])
        found, (wanted, apart) = said(read(of_record(record)), tokens), gold(record, tokens)
        pairs = matched(found, wanted, "overlap_typed")
        wrong = [(u, "missed") for j, u in enumerate(wanted) if j not in pairs.values()]
        wrong += [(u, "false") for i, u in enumerate(found) if i not in pairs and not excused(u, wanted, apart)]
        for unit, how in sorted(wrong, key=lambda w: min(w[0].tokens)):
            yield f"  {record['id']} {how} {'|'.join(sorted(unit.labels))}: {tokens.said(unit.tokens)}"


def main() -> None:
    show(__doc__, CORPUS, errors, scored, table)


if __name__ == "__main__":
    main()
