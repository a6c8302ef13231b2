"""Pages: whose copy they say that they print, and offsets that stay what they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from made_pages import make_document

from crossbearing.link.pages import article, credits
from crossbearing.model.text import Furniture, FurnitureKind, Span

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "credits.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{' '.join(c['credits']) or 'none'}" for n, c in enumerate(CASES)])
def test_a_page_says_whose_copy_it_prints(case: dict[str, Any]) -> None:
    """Datelines, bylines and last lines are credits; people, helpers and speakers are not."""
    assert list(credits(make_document("a", case["text"], case.get("byline")))) == case["credits"]


def test_furniture_is_left_out_and_offsets_stay() -> None:
    """What stands at an offset of the article stands there in the document."""
    text = "Share this\nShells fell on the market.\nMore stories"
    shares = (Furniture(Span(0, 10), FurnitureKind.SHARE), Furniture(Span(38, 50), FurnitureKind.RELATED))
    kept = article(make_document("a", text, furniture=shares))

    assert kept.strip() == "Shells fell on the market."
    assert kept.index("Shells") == text.index("Shells")
