"""A short training differs from the base in what it names, and in nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

torch = pytest.importorskip("torch", reason="trainings are tried with torch, which is not installed here")

from training.ablate import Count, variant  # noqa: E402

CONFIG: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "training" / "ablations.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CONFIG["variants"])
def test_a_variant_changes_what_it_names(name: str) -> None:
    """What is left out is gone, what is muted weighs nothing, and the base stays as it was."""
    before, change = str(CONFIG["base"]), CONFIG["variants"][name] or {}
    made = variant(CONFIG["base"], change)
    assert str(CONFIG["base"]) == before
    assert not set(change.get("without", ())) & set(made["corpora"])
    assert {head for head, weight in made["weights"].items() if not weight} == set(change.get("mute", ()))
    assert (made == CONFIG["base"]) == (not change)


def test_words_are_counted_where_something_is_marked() -> None:
    """Of four words one is rightly found, one falsely, one is missed, and of one nothing is said."""
    count = Count()
    count.add(torch.tensor([1, 1, 0, 1]), torch.tensor([2, 1, 2, 0]))
    assert (count.wanted, count.found, count.right) == (2, 2, 1)
    assert count.f == 0.5
