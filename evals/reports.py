"""How well the whole way from report to incident does on annotated reports.

    python evals/reports.py [--corpora DIR] [--json] [--errors N]

Runs the pipeline, with rules alone, over the development reports of us_bases_dev and scores the claims with the corpora's own
scorer. Then over the two sample pages beside the corpora, which bear no date: whether the three incidents of their gold file
come out, apart from each other and nothing else with them, and whether both pages are dated.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import runpy
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora

from crossbearing.ingest.files import ingest
from crossbearing.link.incidents import link
from crossbearing.model.claim import Voice
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Capture, Span
from crossbearing.model.where import Place, Precision
from crossbearing.pipeline import default_parts, digest
from crossbearing.publish.records import claim_record, incident_record
from crossbearing.words.known import known_names

CORPUS = "us_bases_dev"
SCORER = "score_reports.py"
DATED_WITHIN = 4
"""Days that a page's date may span and still be a date: a weekly rhythm would leave seven."""
Record = dict[str, Any]


def run(paths: Iterable[Path], reader: str | None = None) -> tuple[list[Outcome], list[Record], list[Record]]:
    """The outcomes of the captures at some paths, and the records of their claims and incidents."""
    parts = default_parts(reader) if reader else default_parts()
    captures = {c.sha256: c for c in ingest(paths) if isinstance(c, Capture)}
    outcomes = [digest(capture, parts) for capture in captures.values()]
    found = link([claim for outcome in outcomes for claim in outcome.claims], (), outcomes)
    home = {claim: incident.id for incident in found for claim in incident.claims}
    texts = {o.document.id: o.document.text for o in outcomes if o.document}
    claims = [
        claim_record(c, home.get(c.id), texts[c.document]) | {"chain": [_written(voice.value) for voice in c.chain]}
        for o in outcomes
        for c in o.claims
    ]
    return outcomes, claims, [incident_record(incident, claims) for incident in found]


def _written(voice: Voice) -> str:
    """A voice as its report names it, where that is a name of its own: the gold files say "Pentagon" and "SOHR" as reports do."""
    whole = Span(0, len(voice.written))
    return voice.written if any(found.span == whole for found in known_names().find(voice.written)) else voice.name


def scored(folder: Path, errors: int = 0, as_json: bool = True, reader: str | None = None) -> str | None:
    """What the corpora's scorer prints of our claims on the reports of a folder; None where there is no scorer or folder."""
    scorer = folder.parent.parent / "evals" / SCORER
    if not scorer.is_file() or not (folder / "reports.jsonl").is_file():
        return None
    _, claims, _ = run([folder / "reports.jsonl"], reader)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "claims.jsonl"
        file.write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in for_scorer(claims)), encoding="utf-8")
        said = io.StringIO()
        before, sys.argv = sys.argv, [SCORER, str(file), str(folder), f"--errors={errors}", *(["--json"] if as_json else [])]
        try:
            with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
                runpy.run_path(str(scorer), run_name="__main__")
        finally:
            sys.argv = before
    return said.getvalue()


def for_scorer(claims: list[Record]) -> list[Record]:
    """The records of claims as the scorer asks for them.

    The scorer takes every word of the sub-event type for a means. ACLED's "Shelling/artillery/missile attack" is a class, and
    says of no rocket attack that shells and missiles were fired too: where a report names the means of an incident they are
    handed over alone, and the class stands in where its words name none.
    """
    named = {(c["report"], c["incident"]) for c in claims if c["weapons"]}
    return [{**c, "sub_event_type": None} if (c["report"], c["incident"]) in named else c for c in claims]


def measured(folder: Path, reader: str | None = None) -> dict[str, float] | None:
    """The scorer's figures by name."""
    said = scored(folder, reader=reader)
    return None if said is None else {name: float(value) for name, value in json.loads(said).items()}


# ---------------------------------------------------------------- the two sample pages


def samples(folder: Path) -> dict[str, float] | None:
    """Of the gold file's incidents the number found, what else was told as news, and the pages dated; None without the files."""
    if not (folder / "gold.json").is_file():
        return None
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    outcomes, claims, incidents = run(sorted(folder.glob("*.txt")))
    main = {c["incident"] for c in claims if c["role"] == "main" and c["status"] != "planned"}
    told = [i for i in incidents if i["id"] in main]
    left, found = list(told), 0
    for wanted in gold["incidents"]:
        hit = next((i for i in left if _is_it(i, wanted, claims)), None)
        if hit is not None:
            left.remove(hit)
            found += 1
    return {
        "incidents_found": found,
        "incidents_false": len(left),
        "pages_dated": sum(_dated(outcome, gold["documents"]) for outcome in outcomes),
    }


def _is_it(incident: Record, wanted: Record, claims: list[Record]) -> bool:
    """Whether an incident is the gold's: told by its reports and no other, on its days, within its distance."""
    files = {Path(c["file"]).name for c in claims if c["incident"] == incident["id"]}
    when, where = incident["when"], incident["where"]
    if files != set(wanted["reports"]) or not when or not where or where["latitude"] is None:
        return False
    first, last = (date.fromisoformat(when[end]) if when[end] else None for end in ("earliest", "latest"))
    if (
        first is None
        or last is None
        or last < date.fromisoformat(wanted["earliest"])
        or first > date.fromisoformat(wanted["latest"])
    ):
        return False
    away = _point(where["latitude"], where["longitude"]).km(_point(wanted["latitude"], wanted["longitude"]))
    return away is not None and away <= wanted["within_km"] and where["country"] == wanted["country"]


def _point(latitude: float, longitude: float) -> Place:
    return Place("", "", Precision.EXACT, None, None, latitude, longitude)


def _dated(outcome: Outcome, gold: dict[str, Record]) -> bool:
    """Whether a page's date is a few days at most, the gold's first among them."""
    if outcome.document is None or outcome.dating is None:
        return False
    published = outcome.dating.published
    first = date.fromisoformat(gold[Path(outcome.document.file).name]["published"]["earliest"])
    if published.earliest is None or published.latest is None:
        return False
    return published.earliest <= first <= published.latest and (published.latest - published.earliest).days < DATED_WITHIN


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N missed and false readings")
    options = parser.parse_args()
    folder, pages = options.corpora / CORPUS, options.corpora.parent / "reports"
    found = samples(pages)
    if options.json:
        print(json.dumps({CORPUS: measured(folder), "samples": found}))
        return 0
    said = scored(folder, options.errors, as_json=False)
    print(
        f"{CORPUS}, rules alone:" if said else f"Not measured: no {folder}, or no {SCORER} in {folder.parent.parent / 'evals'}."
    )
    print(said or "", end="")
    if found is None:
        print(f"Not measured: no gold.json in {pages}.")
    else:
        print(
            f"the two sample pages: {found['incidents_found']:.0f} of 3 incidents found, {found['incidents_false']:.0f} false, "
            f"{found['pages_dated']:.0f} of 2 pages dated"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
