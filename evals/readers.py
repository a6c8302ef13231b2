"""The readers side by side: each measure that depends on who reads, what was wanted, and what each reader reaches.

    python evals/readers.py [--readers rules,network] [--corpora DIR] [--only CORPUS]

One row a measure; a corpus that is not there is left out. `make evals` prints this table.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import entities
import event_types
import events
import muc
import reports
import traps
import voices
import written
from _corpora import corpora

Figures = dict[str, dict[str, float]]

MEASURES: dict[str, Callable[[Path, str], Figures]] = {
    "us_bases_dev": lambda root, reader: {"us_bases_dev": reports.measured(root / reports.CORPUS, reader) or {}},
    "polnear": lambda root, reader: voices.measured(root, reader),
    "re3d": lambda root, reader: entities.measured(root, reader),
    "wikievents": lambda root, reader: events.measured(root, reader),
    "muc4": lambda root, reader: muc.measured(root, reader),
    "case2021_types": lambda root, reader: event_types.measured(root, reader),
    "traps": lambda _, reader: {"traps": traps.measured(reader)},
    "written": lambda _, reader: {"written": written.measured(reader)},
}
"""By the corpus that is read; `polnear` gives `gum` too."""

WANTED: dict[str, dict[str, float | None]] = {
    "us_bases_dev": {
        "detection_f1": 0.88, "detection_precision": None, "detection_recall": None, "perpetrator": 0.85, "weapon": 0.92,
        "status": 0.90, "killed": 0.85, "injured": 0.85, "voices": 0.75, "voices_precision": None, "claimed_by": None,
        "date": None, "place_within_25km": None, "false_on_negative_reports": 0.0,
    },
    "polnear": {
        "exact": 0.74, "token": 0.88, "exact_source": None, "exact_cue": None, "exact_content": None, "token_source": None,
        "token_cue": None, "token_content": None, "linked": None,
    },
    "gum": {"exact": None, "token": None, "exact_source": None, "exact_cue": None, "exact_content": None, "nested": None},
    "re3d": {"exact": None, "overlap": None, "exact_typed": None, "overlap_typed": None},
    "wikievents": {
        "trigger_exact": None, "trigger_overlap": None, "trigger_typed": None, "arguments_head": None, "given_head": None,
    },
    "muc4": {"ceaf_rme_subset_f": 0.40, "p": None, "r": None, "ree_f": None, "claims_alone_f": None},
    "case2021_types": {"weighted_f1": 0.75, "answered": None},
    "traps": {"false_incidents": 0.05},
    "written": {"found": None, "right": None, "kind": None, "realis": None, "doer": None, "target": None},
}  # fmt: skip
"""What is shown of each corpus, in this order, and the figure to reach, where one is set."""


def measured(root: Path, readers: list[str], only: str | None = None) -> dict[str, Figures]:
    """By corpus and measure, the figure of each reader."""
    found: dict[str, Figures] = {}
    for name, measure in MEASURES.items():
        if only and name != only:
            continue
        for reader in readers:
            began = time.time()
            for corpus, figures in measure(root, reader).items():
                for what, value in figures.items():
                    found.setdefault(corpus, {}).setdefault(what, {})[reader] = value
            print(f"{name}: {reader}, {time.time() - began:.0f} s", file=sys.stderr)
    return found


def table(found: dict[str, Figures], readers: list[str]) -> str:
    lines = [f"{'':40}{'wanted':>8}" + "".join(f"{reader:>10}" for reader in readers)]
    for corpus, figures in found.items():
        wanted = WANTED.get(corpus, {})
        for what in wanted or figures:
            if what in figures:
                aim = wanted.get(what)
                shown = "".join(f"{figures[what].get(reader, float('nan')):10.3f}" for reader in readers)
                lines.append(f"{corpus + '.' + what:40}{'' if aim is None else f'{aim:.2f}':>8}{shown}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--readers", default="rules,network")
    parser.add_argument("--only", choices=MEASURES)
    options = parser.parse_args()
    readers = options.readers.split(",")
    print(table(measured(options.corpora, readers, options.only), readers))


if __name__ == "__main__":
    main()
