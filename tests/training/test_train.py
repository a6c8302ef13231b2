"""What a stage is held to while it learns something else."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="trainings are tried with torch, which is not installed here")

from crossbearing.read.network.labels import COLUMNS, PARTS, WIDE  # noqa: E402
from training.train import kept  # noqa: E402

WIDTH = max(end for _, end in COLUMNS.values())
HELD = ("mention", "kind", "realis", "role", "happening", "actor")
"""What the seventh stage of the configuration holds to what it was."""
BOTH = torch.ones(2, 3, dtype=torch.bool)
SHORT = torch.tensor([[True, True, True], [True, True, False]])
"""Which places of two windows hold a word: all, or all but the last of the second."""


def said(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Flat scores and vectors of two windows of three words."""
    made = torch.Generator().manual_seed(seed)
    return torch.randn(2, 3, WIDTH, generator=made), torch.randn(2, 3, WIDE, generator=made)


def test_a_network_that_says_the_same_has_lost_nothing() -> None:
    """And the more it says otherwise the more it has lost."""
    flat, wide = said()
    other, apart = said(1)
    assert kept((flat, wide), (flat, wide), BOTH, HELD).item() == pytest.approx(0, abs=1e-6)
    near, far = (kept((flat + by * other, wide + by * apart), (flat, wide), BOTH, HELD).item() for by in (0.1, 0.5))
    assert 0 < near < far


@pytest.mark.parametrize("head", ["anchor", "said", "voice", "filler"])
def test_what_is_not_held_may_change(head: str) -> None:
    """They, and a voice's vectors, are what is learned; all else is held."""
    flat, wide = said()
    changed = flat.clone()
    changed[..., slice(*COLUMNS[head])] += 3.0
    vectors = wide.clone()
    vectors[..., : PARTS["role"][0]] += 3.0
    assert kept((changed, vectors), (flat, wide), BOTH, HELD).item() == pytest.approx(0, abs=1e-6)


def test_what_stands_behind_a_window_s_last_word_is_nothing() -> None:
    """Windows side by side are as wide as the longest."""
    flat, wide = said()
    changed = flat.clone()
    changed[1, 2] += torch.randn(WIDTH)
    assert kept((changed, wide), (flat, wide), SHORT, HELD).item() == pytest.approx(0, abs=1e-6)
    assert kept((changed, wide), (flat, wide), BOTH, HELD).item() > 0
