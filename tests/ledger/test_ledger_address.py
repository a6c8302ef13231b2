"""Where a ledger is: a path stays a path, an address is taken apart, and its password is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.errors import LedgerError
from crossbearing.ledger import address_of

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "addresses.yml").read_text())


@pytest.mark.parametrize("case", CASES["shown"], ids=lambda case: case["written"])
def test_what_is_shown_of_an_address(case):
    """Whom, where and which schema; nothing by which one comes in."""
    found = address_of(case["written"])
    assert (found.shown, str(found.beside)) == (case["shown"], case["beside"])
    assert found.name == case["name"]
    if found.url:
        assert found.schema == case.get("schema", "public")
    assert "secret" not in repr(found)


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["written"])
def test_an_address_that_cannot_be(case):
    """It is refused with why and what to do, and the sentence tells no secret."""
    with pytest.raises(LedgerError, match=case["says"]) as refused:
        address_of(case["written"])
    assert "secret" not in str(refused.value)


WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="@"), min_size=6)


@given(password=WORDS)
def test_no_password_is_shown(password):
    """Whatever a password is made of, as far as it can stand in an address at all: it is not in what is shown."""
    found = address_of(f"postgresql://ann:{password}@db.example/news")
    assert found.shown == "postgresql://ann@db.example/news"
    assert password not in repr(found)
    with pytest.raises(LedgerError) as refused:
        address_of(f"postgresql://ann:{password}@db.example")
    assert password not in str(refused.value)
