"""How often a reader takes for news what tells of no happening of its own: the share of traps that give a false incident.

    python evals/traps.py [--reader NAME] [--json] [--errors N]

The traps are the short texts of tests/cases/traps.yml: denials, threats, anniversaries, drills, films, matches, accidents.
Each is run as a report dated 2024-11-20 and as a scrape with that date, and gives a false incident where either way a main claim
says that something happened or was foiled. Known failures count like the others. It needs no corpora.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))

from _readers import configured

from crossbearing.model.claim import ClaimRole, Status
from crossbearing.model.text import Capture, Media
from crossbearing.pipeline import READERS, default_parts, digest
from crossbearing.stages import Parts

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "traps.yml"
PUBLISHED = "2024-11-20"


@dataclass(frozen=True, slots=True)
class Trial:
    """One trap, and the news that a reader made of it."""

    kind: str
    text: str
    news: tuple[str, ...]
    """Each main claim that says something happened or was foiled, as words to show; none where the reader was not trapped."""


def trials(reader: str | None = None) -> list[Trial]:
    """Every trap as a reader reads it; without a name, the reader that the settings give."""
    parts = default_parts(reader or configured())
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return [Trial(case["kind"], case["text"], news(case["text"], parts)) for case in cases]


def measured(reader: str | None = None) -> dict[str, float]:
    """The share of the traps that give a false incident."""
    found = trials(reader)
    return {"false_incidents": sum(bool(trial.news) for trial in found) / len(found)}


# ---------------------------------------------------------------- one trap


def news(text: str, parts: Parts) -> tuple[str, ...]:
    """The main claims that say something happened or was foiled, made of a text as a report and as a scrape, each told once."""
    told: dict[str, None] = {}
    for media in (Media.REPORT, Media.SCRAPE):
        outcome = digest(capture(text, media), parts)
        if outcome.fault is not None:
            raise RuntimeError(f"A trap could not be read, so nothing is measured: {outcome.fault.sentence} The text: {text}")
        for claim in outcome.claims:
            if claim.role is ClaimRole.MAIN and claim.status in (Status.HAPPENED, Status.FOILED):
                told[f"{claim.status} {claim.sub_event_type}: {claim.quote}"] = None
    return tuple(told)


def capture(text: str, media: Media) -> Capture:
    """A text as a scrape under its dateline, or as a dated report of an outlet."""
    report = {"id": "case", "outlet": "Harbour Wire", "published": PUBLISHED, "text": text}
    words = f"Harbour Wire\n20 November 2024\n\n{text}" if media is Media.SCRAPE else json.dumps(report)
    data = words.encode()
    return Capture(data, hashlib.sha256(data).hexdigest(), "case", "case", media)


# ---------------------------------------------------------------- what is printed


def table(found: list[Trial]) -> str:
    """Traps and false incidents by kind, in the order of the file, and over all."""
    traps = Counter(trial.kind for trial in found)
    false = Counter(trial.kind for trial in found if trial.news)
    rows = [*((kind, count, false[kind]) for kind, count in traps.items()), ("all", traps.total(), false.total())]
    lines = [f"{'kind':16}{'traps':>8}{'false':>8}{'share':>8}"]
    return "\n".join([*lines, *(f"{kind:16}{count:8}{wrong:8}{wrong / count:8.3f}" for kind, count, wrong in rows)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=sorted(READERS), default=configured(), help="the reader; else the settings' own")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N traps with a false incident")
    options = parser.parse_args()
    if options.json:
        print(json.dumps({"traps": measured(options.reader)}))
        return 0
    found = trials(options.reader)
    print(table(found))
    for trial in [t for t in found if t.news][: max(0, options.errors)]:
        print(f"\n{trial.kind}: {trial.text}", *(f"    {told}" for told in trial.news), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
