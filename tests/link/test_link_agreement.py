"""Agreement: Krippendorff's alpha per field, by people's last words."""

from __future__ import annotations

import builtins

import pytest
from made_claims import MakeClaim
from made_decisions import Decide

from crossbearing.link.agreement import MissingLibrary, agreement
from crossbearing.model.claim import Actor, Figure

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: twelve units, four observers, nominal data with
# gaps; alpha is given there as 0.743.
OBSERVERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def test_alpha_is_the_published_one(claim: MakeClaim, decide: Decide) -> None:
    """The worked example of the method gives its published value, each number a person's figure for an incident."""
    units = [claim(f"r{n}") for n in range(12)]
    made = [
        decide(person, "set", units[n], field="killed", value=Figure(int(code), int(code), "killed"))
        for person, codes in OBSERVERS.items()
        for n, code in enumerate(codes.split())
        if code != "."
    ]
    (killed,) = agreement(made, {one.id: one.report for one in units})
    assert killed.field == "killed"
    assert killed.people == ("A", "B", "C", "D")
    assert killed.alpha == pytest.approx(0.743, abs=0.0005)
    assert killed.units == 11


def test_each_field_is_measured_by_itself(claim: MakeClaim, decide: Decide) -> None:
    """Verdicts, pairs and set fields are told apart; the last word of a person counts, and an editor's is no coding."""
    a, b, c = claim("a"), claim("b"), claim("c")
    home = {one.id: one.report for one in (a, b, c)}
    made = [
        decide("Ann", "reject", a), decide("Ann", "accept", a), decide("Bob", "accept", a), decide("Edith", "reject", a),
        decide("Ann", "accept", b), decide("Bob", "reject", b),
        decide("Ann", "same", a, b), decide("Bob", "different", a, b), decide("Ann", "same", b, c),
    ]  # fmt: skip
    found = {one.field: one for one in agreement(made, home)}
    assert (found["verdict"].units, found["verdict"].agreed, found["verdict"].people) == (2, 1, ("Ann", "Bob"))
    assert (found["same"].units, found["same"].agreed) == (1, 0)


def test_lists_of_names_agree_in_part(claim: MakeClaim, decide: Decide) -> None:
    """Two who share one name of two agree more than two who share none."""
    a, b = claim("a"), claim("b")
    home = {one.id: one.report for one in (a, b)}

    def alpha(names: str) -> float:
        actors = tuple(Actor(name, name, name) for name in names)
        common = (Actor("x", "x", "x"),)
        other = (Actor("y", "y", "y"), Actor("z", "z", "z"))
        made = [
            decide("Ann", "set", a, field="targets", value=common), decide("Bob", "set", a, field="targets", value=common),
            decide("Ann", "set", b, field="targets", value=other), decide("Bob", "set", b, field="targets", value=actors),
        ]  # fmt: skip
        (found,) = agreement(made, home)
        assert found.alpha is not None
        return found.alpha

    assert alpha("zy") == 1.0 > alpha("yw") > alpha("vw")


def test_nothing_to_measure_is_said(claim: MakeClaim, decide: Decide) -> None:
    """Where only one value was given, or no unit was coded by two, there is no alpha."""
    a, b = claim("a"), claim("b")
    home = {one.id: one.report for one in (a, b)}
    alone = agreement([decide("Ann", "accept", a), decide("Bob", "accept", b)], home)
    alike = agreement([decide("Ann", "accept", a), decide("Bob", "accept", a)], home)
    assert [(one.units, one.alpha) for one in (*alone, *alike)] == [(0, None), (1, None)]


def test_without_the_library_it_is_said_how_to_get_it(claim: MakeClaim, decide: Decide, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default install lacks it, and says what to install."""
    a = claim("a")
    made = [decide("Ann", "accept", a), decide("Bob", "reject", a)]
    real = builtins.__import__

    def without(name: str, *more: object) -> object:
        if name.startswith("nltk"):
            raise ImportError(name)
        return real(name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingLibrary, match=r"pip install 'crossbearing\[agreement\]'"):
        agreement(made, {a.id: "i"})
