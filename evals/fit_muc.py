"""Fit the weights by which `muc.py` says which mentions fill MUC-4's slots: `muc_weights.json`, beside this file.

    python evals/fit_muc.py [--corpora DIR] [--reader NAME]

On the train split of muc4, as the pipeline reads it: a string is right where the report's templates hold it in that slot. Its
mentions share one vote where it is right, since the annotators do not say which of them they took; each is a vote by itself
where it is wrong. Held-out thirds are scored first. What the network says of the parts of incidents, which it learned from that
split, is then weighed with it on the dev split, held-out fifths first. Needs scikit-learn and scipy; takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import _muc_slots
import muc
from _corpora import corpora, digest
from _muc_slots import WEIGHTS, Candidate, Report
from _muc_strings import full_names

from crossbearing.model.claim import Claim
from crossbearing.pipeline import READERS, default_parts

FEWEST = 15
"""A feature that fewer mentions have is left out."""
PENALTY = 0.15
"""scikit-learn's C. Held-out scores change by less than .005 from 0.05 to 0.3."""
SMALLEST = 0.02
"""A weight that moves the log-odds by less is left out."""
_RIGHT = {
    "perp_individual_id": "PerpInd", "perp_org_id": "PerpOrg", "phys_tgt_id": "Target", "hum_tgt_name": "Victim",
    "hum_tgt_description": "Victim", "instrument_id": "Weapon",
}  # fmt: skip
Weights = Mapping[str, Mapping[str, float]]
Fit = Callable[[Sequence["Read"]], Weights]


class Read(NamedTuple):
    """A report of the train split, as it was read."""

    row: muc.Record
    kept: list[tuple[str, list[Claim]]]
    report: Report
    candidates: list[Candidate]
    right: list[bool]


def read(rows: Sequence[muc.Record], reader: str, parts: bool) -> list[Read]:
    """The reports, their candidates, and which of these are right. `parts`: with what the reader says of parts of incidents."""
    stages, found = default_parts(reader), []
    for row in rows:
        document, text = muc.document_of(row), row["text"]
        reading, claims = muc.read(document, stages)
        reading = reading if parts else replace(reading, parts=None)
        kept = muc.told_apart(claims, date.fromisoformat(row["date"]) if row.get("date") else None)
        report = Report(text, reading, kept, full_names(document.text), [muc.warfare(told, text) for _, told in kept])
        candidates, right = report.candidates(), strings(row)
        found.append(Read(row, kept, report, candidates, [(c.slot, _plain(c.string)) in right for c in candidates]))
    return found


def strings(row: muc.Record) -> set[tuple[str, str]]:
    """What a report's templates hold, by slot, letters and digits only; people described who are named too, by name alone."""
    found: set[tuple[str, str]] = set()
    for event in row["events"]:
        slots = event["template"]["slots"]
        named = {_plain(a["fill"]) for filler in slots.get("hum_tgt_name") or [] for a in filler["alts"]}
        for name, slot in _RIGHT.items():
            for filler in slots.get(name) or []:
                refers = {_plain(x) for a in filler["alts"] for x in a.get("xref", [])} if "description" in name else set()
                found |= {(slot, _plain(a["fill"])) for a in filler["alts"] if not refers & named}
    return found


def _plain(string: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", string.lower()).split())


def fitted(reports: Sequence[Read]) -> Weights:
    """For each slot where the log-odds start, and what each feature adds."""
    return {slot: regression([(c, one) for r in reports for c, one in votes(r, slot)]) for slot in muc.ROLES}


def votes(read_: Read, slot: str) -> list[tuple[Candidate, float]]:
    """The candidates for a slot: a wrong one as 0, a right one as its share of its string's vote."""
    pairs = [(c, one) for c, one in zip(read_.candidates, read_.right, strict=True) if c.slot == slot]
    times = Counter(c.string.lower() for c, _ in pairs)
    return [(c, 1 / times[c.string.lower()] if one else 0.0) for c, one in pairs]


def regression(found: Sequence[tuple[Candidate, float]]) -> dict[str, float]:
    """One slot's weights."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    count = Counter(feature for c, _ in found for feature in c.features)
    names = sorted(feature for feature, n in count.items() if n >= FEWEST)
    at = {name: n for n, name in enumerate(names)}
    columns = [sorted(at[f] for f in c.features if f in at) for c, _ in found]
    ends = np.cumsum([0, *map(len, columns)])
    matrix = csr_matrix((np.ones(ends[-1]), np.concatenate(columns), ends), shape=(len(found), len(names)))
    share = np.array([one for _, one in found])
    model = LogisticRegression(C=PENALTY, max_iter=200).fit(matrix, share > 0, sample_weight=np.where(share > 0, share, 1.0))
    made = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALLEST}
    return {"start": round(float(model.intercept_[0]), 3), **made}


def heard(reports: Sequence[Read]) -> Weights:
    """For each slot what `_muc_slots.numbers` are worth."""
    from sklearn.linear_model import LogisticRegression

    found: dict[str, dict[str, float]] = {}
    for slot in muc.ROLES:
        voted = [(_muc_slots.numbers(c), one) for r in reports for c, one in votes(r, slot)]
        names, share = list(voted[0][0]), np.array([one for _, one in voted])
        model = LogisticRegression(max_iter=500).fit(
            [[known[name] for name in names] for known, _ in voted], share > 0, sample_weight=np.where(share > 0, share, 1.0)
        )
        found[slot] = {"start": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    return {slot: {name: round(float(w), 3) for name, w in weights.items()} for slot, weights in found.items()}


def held_out(
    root: Path, reports: Sequence[Read], split: str, weighed_by: str, fit: Fit, folds: int, leasts: Sequence[float]
) -> None:
    """Print how each fold is scored by what is fitted on the others, by how likely a string must be.

    `weighed_by`: which of the adapter's tables that is, `weights` or `parts`.
    """
    parts = [[r for n, r in enumerate(reports) if n % folds == fold] for fold in range(folds)]
    by_others = [fit([r for other in parts if other is not part for r in other]) for part in parts]
    for least in leasts:
        said = []
        for part, table in zip(parts, by_others, strict=True):
            setattr(_muc_slots, weighed_by, lambda table=table: table)
            said += [{"doc": r.row["id"], "templates": [t.record() for t in muc.weighed(r.kept, r.report, least)]} for r in part]
        scored = muc.scored(root, said, [r.row for r in reports]) or "not scored"
        print(f"{split}, held out, from {least}: {scored.strip()}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--reader", choices=sorted(READERS), default="network")
    options = parser.parse_args()
    folder = options.corpora / muc.CORPUS
    reports = read(list(muc.reports(folder, "train")), options.reader, parts=False)
    held_out(options.corpora, reports, "train", "weights", fitted, 3, (0.13, 0.16, 0.19, 0.22))
    weights = fitted(reports)
    _muc_slots.weights = lambda: weights
    dev = read(list(muc.reports(folder, "dev")), options.reader, parts=True)
    held_out(options.corpora, dev, "dev", "parts", heard, 5, (0.17, 0.19, 0.21, 0.23, 0.25))
    said = {
        "about": "written by evals/fit_muc.py",
        "train": digest(folder / "train.jsonl.gz"),
        "weights": weights,
        "parts": heard(dev),
    }
    WEIGHTS.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    print(f"{WEIGHTS.name}: {sum(map(len, weights.values()))} weights, and {sum(map(len, said['parts'].values()))} of parts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
