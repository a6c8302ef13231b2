"""Deeds that are told without a place of their own, or beside the places of something else, against where a coder puts them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_resolve_claims import resolved

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "ground.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_a_deed_is_where_its_report_stands(case: dict[str, Any]) -> None:
    """Every claim of the deed is at the place that the report's ground gives it."""
    found = [c for c in resolved(case["text"]).claims if case.get("of", "") in c.quote]
    names = {c.where.value.name if c.where else "" for c in found}
    assert names
    begins = tuple(case["at"]) if isinstance(case["at"], list) else case["at"]
    assert all(name.startswith(begins) for name in names), names
