"""Reports of many wars, from their text to incidents: which of the happenings that they tell are one."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossbearing.link.incidents import link
from crossbearing.model.claim import ClaimRole
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Capture, Media
from crossbearing.pipeline import default_parts, digest

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "links.yml").read_text(encoding="utf-8"))


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["says"], marks=marks)


def read(case: dict[str, Any]) -> list[Outcome]:
    """What the pipeline makes of a case's reports, in their order, each of an outlet of its own."""
    parts = default_parts("rules")
    outcomes = []
    for number, report in enumerate(case["reports"]):
        shown = {"id": f"r{number}", "outlet": f"Outlet {number}", "published": str(report["published"]), "text": report["text"]}
        content = json.dumps(shown).encode()
        outcomes.append(digest(Capture(content, sha256(content).hexdigest(), f"r{number}", f"r{number}", Media.REPORT), parts))
    return outcomes


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_reports_of_one_happening_come_together_and_others_do_not(case: dict[str, Any]) -> None:
    """Each report tells the happenings that a reader finds in it, and the same ones as the other reports where they are."""
    outcomes = read(case)
    home = {claim: one.id for one in link([c for o in outcomes for c in o.claims], (), outcomes) for claim in one.claims}
    letters: dict[str, str] = {}
    found: list[list[str]] = []
    for outcome in outcomes:
        main = {c.happening: home[c.id] for c in outcome.claims if c.role is ClaimRole.MAIN}
        found.append([letters.setdefault(main[n], "abcdefgh"[len(letters)]) for n in sorted(main)])
    assert found == [report["told"] for report in case["reports"]]
