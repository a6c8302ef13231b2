"""Reports that tell when by their layout, or by a day told before, against the days that a careful coder would enter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_resolve_claims import day, resolved

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "days.yml").read_text(encoding="utf-8"))


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
    return pytest.param(case, id=case["says"], marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_deed_has_the_day_that_a_coder_would_enter(case: dict[str, Any]) -> None:
    """Every claim of a sentence has its day or days, clocks left out."""
    published = str(case["published"]) if "published" in case else None
    claims = resolved(case["text"], published).claims
    for words, wanted in case["told"].items():
        found = {str(at.shifted(0)) if (at := day(claim)) else "none" for claim in claims if words in claim.quote}
        assert found == {str(wanted)}, words
