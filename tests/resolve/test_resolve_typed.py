"""What a person types is one value or a question, never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from crossbearing.model.decision import FIELDS, value_text
from crossbearing.model.where import Place, Precision
from crossbearing.resolve.typed import UnclearValue, value_of

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "typed.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [one for one in CASES if "refused" not in one], ids=lambda one: f"{one['field']}={one['typed']}")
def test_what_is_typed_is_a_value(case: dict[str, str]) -> None:
    """A value reads back as it is typed."""
    assert value_text(value_of(case["field"], case["typed"])) == case["means"]


@pytest.mark.parametrize("case", [one for one in CASES if "refused" in one], ids=lambda one: f"{one['field']}={one['typed']}")
def test_what_is_unclear_is_refused(case: dict[str, str]) -> None:
    """What is no value, or could be several, is told with the field, the words and what to type."""
    with pytest.raises(UnclearValue) as refused:
        value_of(case["field"], case["typed"])
    assert case["refused"] in str(refused.value)
    assert str(refused.value).startswith(f"{case['field']}=")


def test_a_typed_place_is_no_finer_than_its_kind() -> None:
    """A town is a town and a country a country, with the area that the gazetteer gives each."""
    town, country = value_of("where", "Lashio"), value_of("where", "Myanmar")
    assert isinstance(town, Place)
    assert isinstance(country, Place)
    assert (town.precision, country.precision) == (Precision.TOWN, Precision.COUNTRY)
    assert (town.radius_km or 0) < (country.radius_km or 0)


def test_every_field_has_a_case() -> None:
    """No field that can be set is left untried."""
    assert set(FIELDS) <= {case["field"] for case in CASES if "refused" not in case}
