"""How many were hurt, by whom it is told: articles of fakes coded by hand, and what our claims say of the same incidents.

    python evals/casualties.py [--corpora DIR] [--reader NAME] [--errors N]

`gold/fakes_killed.jsonl` holds the codes: two coders read each article apart from each other, and an incident counts where both
marked it; where their ranges or status differ, either is right. The articles themselves lie in the optional corpora folder. An
incident is found where a claim of the article, or a value of it, stands on words of the same sentence; of several claims the
nearest counts, of one happening's voices any. `killed` is right where a claim states one of the coded ranges, or where none is
coded and none is stated; so for `injured`. `both` is killed and status right; `all` counts what was not found as wrong.
`civilians` is the share of the incidents found with a coded number of civilians killed of which a claim states one of the coded
ranges, as its killed or as a part of them, with the status civilian.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora
from _readers import captures

from crossbearing.model.claim import Claim, Figure, PeopleStatus
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.pipeline import default_parts, digest

CORPUS = "fakes"
GOLD = Path(__file__).parent / "gold" / "fakes_killed.jsonl"
Record = dict[str, Any]


def coded() -> dict[str, list[Record]]:
    """The coded incidents by article."""
    return {row["id"]: row["incidents"] for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}


def articles(folder: Path, reader: str | None = None) -> Iterator[tuple[str, str, tuple[Claim, ...]]]:
    """Each coded article's id, text and claims."""
    gold = coded()
    with gzip.open(folder / "all.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = {row["id"]: row for row in map(json.loads, file) if row["id"] in gold}
    parts = default_parts(reader or "network")
    for capture in captures({"id": row["id"], "text": row["text"]} for row in rows.values()):
        outcome = digest(capture, parts)
        assert capture.report, capture
        assert outcome.page is not None, outcome
        yield capture.report, outcome.page.text, outcome.claims


_STOP = re.compile(r"[.?!][\"”’']?\s")


def matched(claims: tuple[Claim, ...], text: str, trigger: tuple[int, int]) -> list[Claim]:
    """The claims of the happening that is told at a trigger: on its words, else in its sentence."""
    start = max((m.end() for m in _STOP.finditer(text, 0, trigger[0])), default=0)
    stop = _STOP.search(text, trigger[1])
    reach = (start, stop.start() if stop else len(text))
    near = [(c, span) for c in claims for span in stands_on(c) if span.start < reach[1] and span.end > reach[0]]
    if not near:
        return []
    best, _ = min(near, key=lambda one: (one[1] != one[0].span, abs(one[1].start - trigger[0])))
    return [c for c in claims if c.happening == best.happening]


def stands_on(claim: Claim) -> Iterator[Span]:
    """The words that tell it, and those of each of its values."""
    yield claim.span
    one = [claim.when, claim.where, claim.killed, claim.injured]
    for stated in (*one, *claim.perpetrators, *claim.targets, *claim.weapons):
        yield from (e for e in stated.evidence if isinstance(e, Span)) if stated else ()


def right(figures: list[Stated[Figure] | None], ranges: list[Any]) -> bool:
    """Whether one of the claims states a coded range; or none does, and that is what is coded."""
    stated = [[f.value.low, f.value.high] for f in figures if f is not None]
    wanted = [r for r in ranges if r is not None]
    if not stated:
        return not wanted or None in ranges
    return any(one in wanted for one in stated)


def civilians(claims: list[Claim]) -> list[Stated[Figure] | None]:
    """What the claims state of civilians killed, whole or part."""
    stated = [f for c in claims for f in (c.killed, *c.figures) if f and f.value.counted == "killed"]
    return [f for f in stated if f.value.status is PeopleStatus.CIVILIAN]


def measured(root: Path, reader: str | None = None) -> dict[str, float] | None:
    """Shares over the incidents; None where the articles are not there."""
    if not (root / CORPUS).is_dir():
        return None
    tallies = [one for _, one, _ in scored(root / CORPUS, reader)]
    found = [t for t in tallies if t["found"]]
    figures = {name: share(name, found) for name in ("killed", "injured", "status", "both")}
    told = [t for t in found if t["told"]]
    of_civilians = [t for t in found if t["civil"]]
    return {
        "incidents": len(tallies), "found": len(found) / len(tallies), **figures,
        "killed_where_told": share("killed", told), "civilians": share("civilians", of_civilians),
        "all": sum(t["both"] for t in found) / len(tallies),
    }  # fmt: skip


def share(name: str, tallies: list[dict[str, bool]]) -> float:
    """The share of the incidents of which something is right; 0 where there are none."""
    return sum(t[name] for t in tallies) / len(tallies) if tallies else 0.0


def scored(folder: Path, reader: str | None = None) -> Iterator[tuple[str, dict[str, bool], str]]:
    """Each incident: what is right of it, and a line that shows it."""
    gold = coded()
    for id, text, claims in articles(folder, reader):
        for incident in gold[id]:
            first, last = incident["trigger"]
            told = matched(claims, text, (first, last))
            good = {
                "found": bool(told),
                "killed": bool(told) and right([c.killed for c in told], incident["killed"]),
                "injured": bool(told) and right([c.injured for c in told], incident["injured"]),
                "status": any(c.status.value in incident["status"] for c in told),
                "told": bool([r for r in incident["killed"] if r]),
                "civil": bool([r for r in incident["civilians_killed"] if r]),
                "civilians": bool(told) and right(civilians(told), incident["civilians_killed"]),
            }
            good["both"] = good["killed"] and good["status"]
            ours = [(c.status.value, c.killed and (c.killed.value.low, c.killed.value.high)) for c in told]
            words = text[max(0, first - 160) : last + 160]
            yield id, good, f"{id} {words!r}\n    coded {incident['status']} {incident['killed']}; ours {ours}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--reader", metavar="NAME", help="rules or network; left out, the network")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N incidents with a wrong figure or status"
    )
    options = parser.parse_args()
    folder = options.corpora / CORPUS
    if not folder.is_dir():
        print(f"Not measured: no {folder}.")
        return
    left = options.errors
    for _, good, line in scored(folder, options.reader) if left else ():
        if not good["both"]:
            print(("not found " if not good["found"] else "") + line)
            left -= 1
            if not left:
                break
    print({name: round(value, 3) for name, value in (measured(options.corpora, options.reader) or {}).items()})


if __name__ == "__main__":
    main()
