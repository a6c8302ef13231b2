"""What fills MUC-4's slots: which strings could, which do by the weights, and what the weights were fitted on."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import _muc_slots
import fit_muc
import muc
from _corpora import corpora, digest
from _muc_slots import Candidate, Report

from crossbearing.pipeline import default_parts

TEXT = (
    "LIMA, 3 JAN 90 -- [TEXT] TWO GUNMEN OF THE FMLN SHOT AND KILLED JUDGE ANNA VO AT HER HOUSE IN LIMA ON MONDAY. "
    "A BOMB DAMAGED THE TOWN HALL IN BOGOTA ON SUNDAY, POLICE SAID."
)
DAY = date(1990, 1, 3)


@pytest.fixture(scope="module")
def report() -> Report:
    """A report as the rules read it."""
    document = muc.document_of({"id": "one", "text": TEXT, "date": DAY.isoformat()})
    reading, claims = muc.read(document, default_parts("rules"))
    kept = muc.told_apart(claims, DAY)
    assert [kind for kind, _ in kept] == ["attack", "bombing"]
    return Report(TEXT, reading, kept, muc.full_names(document.text), [False] * len(kept))


def strings(report: Report, slot: str) -> set[str]:
    return {c.string for c in report.candidates() if c.slot == slot}


def by(monkeypatch: pytest.MonkeyPatch, weights: Mapping[str, Mapping[str, float]]) -> None:
    """Weigh by a few features; a slot that is not named is never filled."""
    known = {slot: {"start": -9.0} for slot in muc.ROLES} | dict(weights)
    monkeypatch.setattr(_muc_slots, "weights", lambda: known)


def test_a_mention_offers_the_string_of_each_slot_that_its_kind_can_fill(report: Report) -> None:
    """People with and without the word that counts them, a group by its name, things, means; no town, no title."""
    assert {"GUNMEN", "TWO GUNMEN"} <= strings(report, "PerpInd")
    assert "FMLN" in strings(report, "PerpOrg")
    assert "ANNA VO" in strings(report, "Victim")
    assert "TOWN HALL" in strings(report, "Target")
    assert "BOMB" in strings(report, "Weapon")
    assert "BOGOTA" not in strings(report, "Target")


def test_a_mention_stands_in_the_template_told_nearest(report: Report) -> None:
    """A part of a claim stands in that claim's template, what is beside it in the one of its sentence."""
    at = {c.string: c.template for c in report.candidates() if c.slot in ("PerpInd", "Weapon")}
    assert (at["GUNMEN"], at["BOMB"]) == (0, 1)


def test_no_claim_no_template(report: Report) -> None:
    """Where the claims make no template, nothing is looked for."""
    assert Report(TEXT, report.reading, [], [], []).candidates() == []


def test_features_are_of_the_mention_and_its_words(report: Report) -> None:
    """The reader's word for a mention, its head, and the words beside it are among its features."""
    (bomb,) = (c for c in report.candidates() if c.string == "BOMB" and c.slot == "Weapon")
    assert {"kind weapon", "head bomb", "before 1 a", "template bombing", "off 0", "times 1"} <= bomb.features


def test_a_string_counts_once_by_its_likeliest_mention(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two mentions with one string the likelier says how likely it is, and where it stands."""
    by(monkeypatch, {"Victim": {"start": 0.0, "near": 2.0}})
    far, near = Candidate("Victim", "Vo", 0, frozenset(("far",))), Candidate("Victim", "VO", 1, frozenset(("near",)))
    ((one, share),) = _muc_slots.likeliest([far, near])
    assert (one.template, round(share, 3)) == (1, 0.881)


def test_one_thing_is_named_once(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of strings whose words lie within one another the likeliest stands."""
    people = {"start": -9.0, "head gunmen": 18.0, "with two": 1.0}
    hall = {"start": -9.0, "head hall": 18.0}
    by(monkeypatch, {"PerpInd": people, "Victim": {"start": -9.0, "head vo": 18.0}, "Target": hall, "Weapon": {"start": 9.0}})
    first, second = muc.weighed(report.told, report)
    assert (first.roles["PerpInd"], first.roles["Victim"]) == (["TWO GUNMEN"], ["ANNA VO"])
    assert second.roles["Weapon"] == ["BOMB"]


@pytest.mark.parametrize(
    ("string", "other", "one"),
    [
        ("FMLN", "FARABUNDO MARTI NATIONAL LIBERATION FRONT", True),
        ("FPZ", "ZARATE PEOPLE'S FRONT", True),
        ("GUNMEN", "TWO GUNMEN", True),
        ("FPZ", "NATIONAL LIBERATION ARMY", False),
        ("ARMY", "AIR FORCE", False),
    ],
)
def test_a_group_and_its_short_form_are_one(string: str, other: str, one: bool) -> None:
    """Known groups by their entry, others by the initials of their words, in whatever order the language has them."""
    assert _muc_slots.again(string, [other]) is one


def test_who_is_named_for_one_thing_is_taken_to_have_done_the_other(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template with something hit and nobody named takes the report's likeliest doer; a doer or arms alone make none."""
    by(monkeypatch, {"PerpOrg": {"start": -9.0, "head ^": 18.0}, "Target": {"start": -9.0, "head hall": 18.0}})
    (made,) = muc.weighed(report.told, report)
    assert (made.incident_type, made.roles["PerpOrg"], made.roles["Target"]) == ("bombing", ["FMLN"], ["TOWN HALL"])
    by(monkeypatch, {"PerpOrg": {"start": -9.0, "head ^": 18.0}, "Weapon": {"start": 9.0}})
    assert muc.weighed(report.told, report) == []


def test_a_kidnapping_has_no_weapon_whatever_the_weights(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guidelines' rules stand above what was learned."""
    by(monkeypatch, {"Weapon": {"start": 9.0}})
    assert muc.weighed([("kidnapping", claims) for _, claims in report.told], report) == []


def test_people_described_are_right_only_where_no_name_says_who_they_are() -> None:
    """The scorer takes a described victim who is named too by the name alone, and so does what is fitted."""
    teacher = {"alts": [{"fill": '"TEACHER"', "xref": ["ANNA VO"]}]}
    slots = {"hum_tgt_name": [{"alts": [{"fill": "ANNA VO"}]}], "hum_tgt_description": [teacher, {"alts": [{"fill": "TWO MEN"}]}]}
    row = {"events": [{"template": {"slots": slots}}]}
    assert fit_muc.strings(row) == {("Victim", "anna vo"), ("Victim", "two men")}


def test_a_right_strings_mentions_share_one_vote(report: Report) -> None:
    """Two mentions of a right string weigh a half each; a wrong one is a whole vote against."""
    found = [Candidate("Victim", string, 0, frozenset()) for string in ("VO", "VO", "ORO")]
    read = fit_muc.Read({}, [], report, found, [True, True, False])
    assert [share for _, share in fit_muc.votes(read, "Victim")] == [0.5, 0.5, 0.0]


def test_the_weights_are_of_the_train_split() -> None:
    """Every slot has weights, and they name the version of the split that they were fitted on."""
    said = json.loads(_muc_slots.WEIGHTS.read_text(encoding="utf-8"))
    assert set(said["weights"]) == set(muc.ROLES)
    assert all("start" in weights for weights in said["weights"].values())
    train = corpora() / muc.CORPUS / "train.jsonl.gz"
    if train.is_file():
        assert said["train"] == digest(train)
