"""What the tests of links share."""

from __future__ import annotations

import pytest
from made_claims import MakeClaim, make_claim
from made_decisions import Decide, decider


@pytest.fixture
def claim() -> MakeClaim:
    """The maker of claims."""
    return make_claim


@pytest.fixture
def decide() -> Decide:
    """The maker of decisions."""
    return decider()
