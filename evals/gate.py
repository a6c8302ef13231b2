"""What has been reached stays reached: the measures against the floors of floors.json.

    python evals/gate.py [--corpora DIR] [--quick]                  compare; exit 1 where a measure falls
    python evals/gate.py --raise                                    lift the floors to what is measured now
    python evals/gate.py --lower us_bases_dev.date --because "..."  the one way down, and the reason stays in the file

A floor holds for one version of its corpus, which its digest names; on another version nothing is compared, and that is said.
Where less is better (false findings, radii), the floor is a ceiling. `--quick` leaves out the text scrapes, the links and the
copies, which take longest.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import casualties
import copies
import coreference
import dating
import event_places
import incidents
import linking
import one_war
import own
import pages
import places
import readers
import reports
import scrapes
import times
from _corpora import corpora, digest
from traps import CASES
from written import FOLDER

FLOORS = Path(__file__).with_name("floors.json")
LESS_IS_BETTER = frozenset(
    (
        "false_on_negative_reports",
        "stray_background_per_report",
        "median_radius_km",
        "incidents_false",
        "false_incidents",
        "related_leaked",
        "comments_leaked",
        "contradiction_false",
        "recalled_as_news",
        "false_news",
    )
)
# Figures that describe, or rest on fewer than ten cases, so that one case moves them by a tenth.
NOT_HELD = frozenset(("overcount", "background_told_from_main", "date_on_undated_pages"))
DATING = ("undated_right", "undated_holding", "contradiction_found", "contradiction_false", "righted", "wronged")
Floors = dict[str, dict[str, Any]]
Figures = dict[str, dict[str, float]]


def folder_of(corpus: str, root: Path) -> Path:
    """Where a group of measures comes from. `corpus@reader` is a corpus as one reader reads it; of the traps, of ordinary
    news and of what was written for this it is the project's own cases."""
    name = corpus.partition("@")[0]
    ours = {
        "traps": CASES, "incidents": incidents.GOLD, "own": own.GOLD, "samples": root.parent / "reports", "written": FOLDER,
    }  # fmt: skip
    return ours.get(name, root / name)


def measure(root: Path, quick: bool = False) -> Figures:
    """Every measure by corpus and name; a corpus that is not there is left out."""
    found: Figures = {}
    for corpus, figures in (
        (reports.CORPUS, reports.measured(root / reports.CORPUS)),
        ("samples", reports.samples(root.parent / "reports")),
    ):
        if figures:
            found[corpus] = {name: value for name, value in figures.items() if name not in NOT_HELD}
    for corpus in places.CORPORA:
        if (root / corpus).is_dir():
            right, answered, all_right = places.shares(places.compared(root, corpus)[0])
            found[corpus] = {"right_of_answered": right, "answered": answered, "right_of_all": all_right}
    for corpus, measures in readers.measured(root, ["network"]).items():
        shown = [name for name in readers.WANTED.get(corpus, ()) if name in measures]
        found[f"{corpus}@network"] = {name: measures[name]["network"] for name in shown}
    if all((root / corpus).is_dir() for corpus in incidents.SPLITS):
        found["incidents"] = incidents.measured(root)
    found["own"] = {name: value for name, value in own.measured().items() if name in ("precision", "recall", "fields")}
    if words := pages.measured(root):
        found[pages.CORPUS + "@words"] = words
    for corpus, figures in resolved(root).items():
        found[corpus] = figures
    if not quick:
        found |= linked(root)
    for corpus, mode in () if quick else scrapes.TRIALS:
        if (root / corpus).is_dir():
            row = scrapes.scrapes(root, corpus, mode)
            here = found.setdefault(corpus, {})
            here[f"f1_{mode}"] = row["crossbearing"]
            here.update(
                {
                    f"{kind}_leaked_{mode}": row[f"{kind} leaked"]["share"]
                    for kind in ("related", "comments")
                    if f"{kind} leaked" in row
                }
            )
    return found


def linked(root: Path) -> Figures:
    """How well reports come together, and how well copies are told."""
    found: Figures = {}
    if shares := copies.measured(root):
        found["gva_incidents@copies"] = shares
    if (root / "gva_incidents").is_dir():
        figures, _ = linking.measure_gva(root, "rules", False, 0)
        found["gva_incidents@linking"] = {name: figures[name] for name in ("b3_precision", "b3_recall", "b3_f1")}
    if told := one_war.measured(root):
        found[one_war.CORPUS + "@linking"] = told
    for corpus, row in coreference.measured(root).items():
        found[f"{corpus}@coreference"] = {"conll": row["conll_ours"], "conll_incidents": row["conll_incidents"]}
    return found


def resolved(root: Path) -> Figures:
    """What the resolvers reach on their own: times, dates of pages, figures, the places of happenings."""
    found = {
        f"{corpus}@times": {"value": row["value"], "relative": row["relative"]} for corpus, row in times.measured(root).items()
    }
    for corpus, row in dating.measured(root).items():
        found[f"{corpus}@dating"] = {name: row[name] for name in DATING if name in row}
    if (root / event_places.FOLDER).is_dir():
        chosen = list(event_places.results(event_places.tasks(root / event_places.FOLDER)))
        found[event_places.FOLDER] = {"right": sum(right for right, *_ in chosen) / len(chosen)}
    if killed := casualties.measured(root):
        found["fakes@casualties"] = {name: killed[name] for name in ("found", "killed", "injured", "both", "killed_where_told")}
    return found


def is_ceiling(name: str) -> bool:
    return name.removesuffix("_block").removesuffix("_nodes").removesuffix("_glued") in LESS_IS_BETTER


def rounded(name: str, value: float) -> float:
    """To 0.01 on the side that a measure may fall to."""
    step = math.ceil(round(value * 100, 6)) if is_ceiling(name) else math.floor(round(value * 100, 6))
    return step / 100


def falls(name: str, value: float, floor: float) -> bool:
    return value > floor + 1e-9 if is_ceiling(name) else value < floor - 1e-9


def compare(found: Figures, floors: Floors, root: Path) -> tuple[list[str], list[str]]:
    """What fell, and what could not be compared, each as a sentence."""
    fallen, apart = [], []
    for corpus, held in floors.items():
        if corpus not in found:
            apart.append(f"{corpus}: not measured here (its folder or scorer is not there, or --quick leaves it out).")
        elif digest(folder_of(corpus, root)) != held["digest"]:
            apart.append(
                f"{corpus}: its files are another version than the one that the floors of {held['date']} were measured on."
            )
        else:
            for name, floor in held["floors"].items():
                value = found[corpus].get(name)
                if value is None or falls(name, value, floor):
                    side = "above its ceiling" if is_ceiling(name) else "below its floor"
                    fallen.append(
                        f"{corpus}.{name}: {'not measured' if value is None else f'{value:.4f}'}, {side} of {floor:.2f}."
                    )
    return fallen, apart


def lifted(found: Figures, floors: Floors, root: Path, today: date) -> Floors:
    """The floors with what is measured better or for the first time; none goes down, unless its corpus is another version."""
    made = dict(floors)
    for corpus, figures in found.items():
        version = digest(folder_of(corpus, root))
        before = floors.get(corpus, {})
        old = before.get("floors", {}) if before.get("digest") == version else {}
        new = dict(old)
        for name, value in figures.items():
            floor = rounded(name, value)
            if name not in old or falls(name, old[name], floor):
                new[name] = floor
        if new != before.get("floors") or before.get("digest") != version:
            lowered = {"lowered": before["lowered"]} if "lowered" in before else {}
            made[corpus] = {"digest": version, "date": today.isoformat(), "floors": dict(sorted(new.items())), **lowered}
    return made


def lowered(found: Figures, floors: Floors, name: str, because: str, today: date) -> Floors:
    """The floors with one let down to what is measured, the reason beside it. Raises KeyError for a name that is none."""
    corpus, _, measure_name = name.partition(".")
    held = floors[corpus]
    old, new = held["floors"][measure_name], rounded(measure_name, found[corpus][measure_name])
    note = {"measure": measure_name, "from": old, "to": new, "date": today.isoformat(), "because": because}
    changed = {**held, "floors": {**held["floors"], measure_name: new}, "lowered": [*held.get("lowered", []), note]}
    return {**floors, corpus: changed}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--quick", action="store_true", help="leave out the text scrapes, links and copies")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    parser.add_argument("--lower", metavar="NAME", help="let one floor down to what is measured; needs --because")
    parser.add_argument("--because", metavar="WORDS", help="why a floor is let down")
    options = parser.parse_args()
    if options.lower and not (options.because or "").strip():
        parser.error("a floor is let down for a reason only: give it with --because")
    if not options.corpora.is_dir():
        print(f"No corpora at {options.corpora}: nothing was measured. Give their folder with --corpora.", file=sys.stderr)
        return 0
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    found = measure(options.corpora, options.quick)
    today = date.today()
    if options.lower:
        try:
            floors = lowered(found, floors, options.lower, options.because, today)
        except KeyError:
            parser.error(f"there is no floor {options.lower}; they are named like us_bases_dev.date")
    if options.lift:
        floors = lifted(found, floors, options.corpora, today)
    if options.lower or options.lift:
        FLOORS.write_text(json.dumps(floors, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fallen, apart = compare(found, floors, options.corpora)
    for sentence in (*apart, *fallen):
        print(sentence)
    held = sum(len(floors[c]["floors"]) for c in floors if c in found)
    print(f"{len(fallen)} of {held} measures fell." if fallen else f"All {held} measures hold.")
    return int(bool(fallen))


if __name__ == "__main__":
    sys.exit(main())
