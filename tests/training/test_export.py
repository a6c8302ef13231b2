"""A bundle's weights, taken out of it again."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="trainings are tried with torch, which is not installed here")

from crossbearing import resources  # noqa: E402
from crossbearing.read.network.graph import load  # noqa: E402
from training.export import reopened  # noqa: E402
from training.model import Reader  # noqa: E402


def test_a_bundle_taken_apart_says_what_the_bundle_says() -> None:
    """Every weight of the network is found in the graph; what is left between them is the 8 bits of what flows through it."""
    model = Reader()
    model.load_state_dict(reopened(resources.path("reader")))
    ids = torch.randint(1000, 20000, (3, 60), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        ours = [said.numpy() for said in model.eval()(ids, torch.zeros_like(ids))]
    theirs = load().session.run(["flat", "wide"], {"ids": ids.numpy(), "shapes": np.zeros_like(ids.numpy())})
    for mine, other in zip(ours, theirs, strict=True):
        assert np.corrcoef(mine.ravel(), other.ravel())[0, 1] > 0.99
