"""Numbers that two voices give of one deed stand side by side, each in the mouth of who gives it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_resolve_claims import _page
from test_short import marked, range_of

from crossbearing.pipeline import default_parts

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "whose.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_each_number_is_in_the_mouth_of_who_gives_it(case: dict[str, Any]) -> None:
    """No number moves to another voice, and none is lost."""
    parts, page = default_parts("network"), _page(case["text"])
    told = [c for c in parts.resolve(page, parts.read(page)).claims if c.killed]
    assert {c.chain[-1].value.written: range_of(c.killed) for c in told} == case["told"]
    assert len(told) == len(case["told"])
