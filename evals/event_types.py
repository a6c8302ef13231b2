"""How well a reader tells ACLED's types apart: weighted F1 over snippets that bear one type each.

    python evals/event_types.py [--corpora DIR] [--reader NAME] [--errors N] [--json]

Corpus: case2021_types, the snippets whose label is one of ACLED's 25 sub-event types, `OTHER` among them; labels that are none of
ACLED's (disasters, organised crime, diplomacy, attribution) are left out. It is an evaluation set: nothing is tuned on it.

- A snippet is read as a document without date or title. Of its happenings one gives the label: what is said to have happened
  before what is recalled, foiled before denied, planned or hypothetical; one happening before many at once; then the best score;
  violence before other types; the first.
- The sub-event type becomes a label by `LABELS`. What hit by unknown means has no type at ACLED: an explosion counts as a remote
  explosive there, and other words ("attack", "raid") as an attack.
- A snippet without a happening is answered by `NONE`, which is wrong. F1 is averaged by how many snippets bear each label.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora

from crossbearing.model.mention import MEANS_UNKNOWN, Happening, Realis
from crossbearing.model.text import Document
from crossbearing.pipeline import READERS, default_parts

CORPUS = "case2021_types"
NONE = "NONE"
LABELS = {
    "Armed clash": "ARMED_CLASH",
    "Government regains territory": "GOV_REGAINS_TERIT",
    "Non-state actor overtakes territory": "NON_STATE_ACTOR_OVERTAKES_TER",
    "Air/drone strike": "AIR_STRIKE",
    "Chemical weapon": "CHEM_WEAP",
    "Grenade": "GRENADE",
    "Remote explosive/landmine/IED": "REM_EXPLOS",
    "Shelling/artillery/missile attack": "ART_MISS_ATTACK",
    "Suicide bomb": "SUIC_BOMB",
    "Abduction/forced disappearance": "ABDUCT_DISSAP",
    "Attack": "ATTACK",
    "Sexual violence": "SEX_VIOL",
    "Mob violence": "MOB_VIOL",
    "Violent demonstration": "VIOL_DEMONSTR",
    "Excessive force against protesters": "FORCE_AGAINST_PROTEST",
    "Peaceful protest": "PEACE_PROTEST",
    "Protest with intervention": "PROTEST_WITH_INTER",
    "Agreement": "AGREEMENT",
    "Arrests": "ARREST",
    "Change to group/activity": "CHANGE_TO_GROUP_ACT",
    "Disrupted weapons use": "DISR_WEAP",
    "Headquarters or base established": "HQ_ESTABLISHED",
    "Looting/property destruction": "PROPERTY_DISTRUCT",
    "Non-violent transfer of territory": "NON_VIOL_TERRIT_TRANSFER",
    "Other": "OTHER",
}
_VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots"))
_REALIS = {Realis.ASSERTED: 0, Realis.BACKGROUND: 1, Realis.FOILED: 2}
_BLAST = re.compile(r"explo|blast|detonat|bomb|blew|blown", re.I)


@dataclass(frozen=True, slots=True)
class Answer:
    """One snippet's label, ours, and its words."""

    gold: str
    ours: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One label's figures."""

    label: str
    support: int
    said: int
    precision: float
    recall: float
    f1: float


def snippets(folder: Path) -> list[dict[str, Any]]:
    """The snippets of ACLED's types."""
    with gzip.open(folder / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        return [row for row in map(json.loads, file) if row["type"] in LABELS.values()]


def chosen(happenings: Iterable[Happening]) -> Happening | None:
    """The happening that gives a snippet its type."""

    def order(h: Happening) -> tuple[int, bool, float, bool, int]:
        return _REALIS.get(h.realis, 3), h.generic, -h.score, h.event_type not in _VIOLENT, h.trigger.start

    return min(happenings, key=order, default=None)


def label(happening: Happening | None, text: str) -> str:
    """The corpus's label of a happening; `NONE` where there is none, or where its type is none of ACLED's."""
    if happening is None:
        return NONE
    if happening.sub_event_type == MEANS_UNKNOWN:
        return "REM_EXPLOS" if _BLAST.search(happening.trigger.of(text)) else "ATTACK"
    return LABELS.get(happening.sub_event_type, NONE)


def answers(rows: Iterable[dict[str, Any]], reader: str | None = None) -> list[Answer]:
    """Each snippet with its label and ours."""
    read = default_parts(reader or "rules").read
    found = []
    for row in rows:
        document = Document(row["id"], row["id"], row["id"], row["id"], row["text"])
        found.append(Answer(row["type"], label(chosen(read(document).happenings), row["text"]), row["text"]))
    return found


def table(found: Sequence[Answer]) -> list[Row]:
    """Precision, recall and F1 of each annotated label, the most frequent first."""
    gold, ours = Counter(a.gold for a in found), Counter(a.ours for a in found)
    right = Counter(a.gold for a in found if a.gold == a.ours)
    rows = []
    for name, support in sorted(gold.items(), key=lambda pair: (-pair[1], pair[0])):
        f1 = 2 * right[name] / (support + ours[name])
        rows.append(Row(name, support, ours[name], right[name] / max(ours[name], 1), right[name] / support, f1))
    return rows


def weighted_f1(rows: Sequence[Row]) -> float:
    """The mean of the labels' F1, each by its number of snippets."""
    return sum(row.f1 * row.support for row in rows) / max(sum(row.support for row in rows), 1)


def answered(found: Sequence[Answer]) -> float:
    """The share of snippets for which a label was given."""
    return sum(a.ours != NONE for a in found) / max(len(found), 1)


def measured(corpora_root: Path, reader: str | None = None) -> dict[str, dict[str, float]]:
    """Weighted F1 and the share answered, under the corpus's name; empty where the corpus is missing."""
    if not (corpora_root / CORPUS).is_dir():
        return {}
    found = answers(snippets(corpora_root / CORPUS), reader)
    return {CORPUS: {"weighted_f1": round(weighted_f1(table(found)), 4), "answered": round(answered(found), 4)}}


def report(found: Sequence[Answer]) -> str:
    """The whole, each label, and the labels that are taken for one another."""
    rows = table(found)
    right = sum(a.gold == a.ours for a in found)
    macro = sum(r.f1 for r in rows) / max(len(rows), 1)
    lines = [
        f"{CORPUS}, {len(found)} snippets: weighted F1 {weighted_f1(rows):.3f}, macro F1 {macro:.3f}, "
        f"answered {answered(found):.3f}, right of answered {right / max(sum(a.ours != NONE for a in found), 1):.3f}",
        f"{'label':32}{'snippets':>9}{'said':>6}{'P':>7}{'R':>7}{'F1':>7}",
    ]
    lines += [f"{r.label:32}{r.support:9}{r.said:6}{r.precision:7.2f}{r.recall:7.2f}{r.f1:7.2f}" for r in rows]
    confused = Counter((a.gold, a.ours) for a in found if a.gold != a.ours)
    lines += ["", "annotated -> ours, the most frequent"]
    lines += [f"{count:4}  {gold} -> {ours}" for (gold, ours), count in confused.most_common(30)]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--reader", choices=sorted(READERS), default="rules")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N snippets with a wrong label")
    parser.add_argument("--json", action="store_true", help="print what `measured` gives, and nothing else")
    options = parser.parse_args()
    if not (options.corpora / CORPUS).is_dir():
        print(f"Not measured: no {options.corpora / CORPUS}.", file=sys.stderr)
        return 0
    if options.json:
        print(json.dumps(measured(options.corpora, options.reader)))
        return 0
    found = answers(snippets(options.corpora / CORPUS), options.reader)
    print(report(found))
    for a in [a for a in found if a.gold != a.ours][: options.errors]:
        print(f"\n{a.gold} -> {a.ours}\n    {a.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
