"""What one tells and another denies stands side by side, each in the mouth of who says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_resolve_claims import _page
from test_short import marked

from crossbearing.model.claim import Claim
from crossbearing.pipeline import default_parts

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "contested.yml").read_text(encoding="utf-8"))


def line(claim: Claim) -> str:
    """A claim as the cases write it."""
    voices = [voice.value.written for voice in claim.chain if voice.value.kind == "claimant"]
    doers = " and ".join(doer.value.written for doer in claim.perpetrators)
    return f"{voices[-1] if voices else 'nobody'} {claim.stance.value} {doers}".strip()


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_who_denies_or_blames_says_so_for_itself(case: dict[str, Any]) -> None:
    """A denial is no word of who told it, and of two who blame each other each has a claim; they are of one happening."""
    parts, page = default_parts("network"), _page(case["text"])
    told = parts.resolve(page, parts.read(page)).claims
    assert sorted(map(line, told)) == sorted(case["told"])
    assert len({claim.happening for claim in told}) == 1
