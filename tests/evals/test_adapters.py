"""The adapters that score the whole way on other people's templates and types: their rules, on made-up claims and words."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import event_types
import muc
from _corpora import corpora

from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status
from crossbearing.model.mention import MEANS_UNKNOWN, Happening, Realis, Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Interval

TEXT = "TWO GUNMEN OF THE RED DAWN FRONT [RDF] SHOT THE TEACHER ANNA VO AT THE OLD BANK WITH RIFLES. SOLDIERS DIED TOO."
DAY = date(2001, 5, 20)


def stated(value: Any, words: str) -> Stated[Any]:
    start = TEXT.index(words)
    return Stated(value, (Span(start, start + len(words)),), "test/1")


def party(words: str, kind: str = "", id: str | None = None) -> Stated[Actor]:
    return stated(Actor(words, id, words, kind), words)


def claim(sub: str = "Attack", event: str = "Violence against civilians", quote: str = "words", **more: Any) -> Claim:
    """A claim of one happening, with what a test says of it."""
    rest: dict[str, Any] = {"status": Status.HAPPENED, "role": ClaimRole.MAIN} | more
    return Claim(
        id="c", document="d", report="r", file="f", quote=quote, span=Span(0, 5), event_type=event, sub_event_type=sub,
        stance=Stance.ASSERTS, step="test/1", **rest,
    )  # fmt: skip


def when(first: date, last: date | None = None) -> Stated[Interval]:
    return stated(Interval(first, last or first), "SHOT")


# ---------------------------------------------------------------- MUC-4: templates


def test_roles_of_a_template() -> None:
    """Bodies are PerpOrg, people PerpInd and Victim, things Target, each without its number and article."""
    found = claim(
        perpetrators=(party("TWO GUNMEN"), party("RED DAWN FRONT", "rebel group")),
        targets=(party("THE TEACHER"), party("THE OLD BANK")),
        weapons=(stated("RIFLES", "RIFLES"),),
    )
    (template,) = muc.templates([found], TEXT, DAY)
    assert template.record() == {
        "incident_type": "attack",
        "PerpInd": [["GUNMEN"]],
        "PerpOrg": [["RED DAWN FRONT"]],
        "Target": [["OLD BANK"]],
        "Victim": [["TEACHER"]],
        "Weapon": [["RIFLES"]],
    }


def test_people_counted_are_victims() -> None:
    """Whom a figure counts is a victim; words that only say that they were hurt name nobody."""
    killed = stated(Figure(3, 3, "killed", who="three teachers"), "DIED")
    injured = stated(Figure(3, 3, "injured", who="the wounded"), "DIED")
    (template,) = muc.templates([claim(killed=killed, injured=injured)], TEXT, DAY)
    assert template.roles["Victim"] == ["TEACHERS"]


def test_a_kidnapping_has_no_thing_and_no_weapon() -> None:
    """A kidnapping has no thing and no weapon."""
    found = claim(
        "Abduction/forced disappearance", targets=(party("THE TEACHER"), party("OLD BANK")), weapons=(stated("RIFLES", "RIFLES"),)
    )
    (template,) = muc.templates([found], TEXT, DAY)
    assert (template.roles["Victim"], template.roles["Target"], template.roles["Weapon"]) == (["TEACHER"], [], [])


@pytest.mark.parametrize(
    ("sub", "quote", "expected"),
    [
        ("Attack", "", "attack"),
        ("Remote explosive/landmine/IED", "", "bombing"),
        (MEANS_UNKNOWN, "An explosion shook it", "bombing"),
        (MEANS_UNKNOWN, "They attacked it", "attack"),
        ("Air/drone strike", "Planes bombed it", "attack"),
        ("Air/drone strike", "They bombed it", "bombing"),
        ("Abduction/forced disappearance", "", "kidnapping"),
        ("Looting/property destruction", "They burned it down", "arson"),
        ("Looting/property destruction", "They looted it", "robbery"),
        ("Peaceful protest", "", None),
    ],
)
def test_incident_types(sub: str, quote: str, expected: str | None) -> None:
    """Incident types."""
    assert muc.incident_type([claim(sub, quote=quote)]) == expected


def test_clashes_are_left_out_unless_others_are_hit() -> None:
    """Soldiers hit are warfare; a teacher hit beside them makes it relevant, with all of its targets."""
    soldiers, teacher = party("SOLDIERS", "state forces"), party("TEACHER")
    assert muc.templates([claim("Armed clash", "Battles", targets=(soldiers,))], TEXT, DAY) == []
    (template,) = muc.templates([claim("Armed clash", "Battles", targets=(soldiers, teacher))], TEXT, DAY)
    assert template.roles["Victim"] == ["SOLDIERS", "TEACHER"]


def test_what_is_old_or_denied_is_left_out_and_a_threat_is_not() -> None:
    """Recent is two months; what bears no date is taken for recent."""
    hit = {"targets": (party("TEACHER"),)}
    assert len(muc.templates([claim(**hit)], TEXT, DAY)) == 1
    assert len(muc.templates([claim(when=when(date(2001, 4, 1)), **hit)], TEXT, DAY)) == 1
    assert muc.templates([claim(when=when(date(2001, 1, 1)), **hit)], TEXT, DAY) == []
    assert len(muc.templates([claim(when=when(date(2001, 1, 1)), **hit)], TEXT, None)) == 1
    assert muc.templates([claim(status=Status.DENIED, **hit)], TEXT, DAY) == []
    assert len(muc.templates([claim(status=Status.PLANNED, **hit)], TEXT, DAY)) == 1


def test_a_person_named_in_short_is_written_in_full() -> None:
    """A surname takes the name that the report gives with it, and no other that it merely begins; words for people stay."""
    names = muc.full_names("Father Ana Maria Vo was hit. Vo died. The Vo river. Oro Vandt fled.")
    assert muc.fullest("VO", names) == "ANA MARIA VO"
    assert muc.fullest("ORO", names) == "ORO"
    assert muc.fullest("SOLDIERS", names) == "SOLDIERS"


def test_happenings_that_nothing_tells_apart_are_one_template() -> None:
    """Another day makes another template; another number alone, or another voice, does not."""
    one = claim(when=when(date(2001, 5, 1)), targets=(party("TEACHER"),))
    other = claim(when=when(date(2001, 5, 1)), targets=(party("OLD BANK"),), happening=1)
    later = claim(when=when(date(2001, 5, 9)), targets=(party("OLD BANK"),), happening=2)
    assert len(muc.templates([one, other], TEXT, DAY)) == 1
    assert len(muc.templates([one, later], TEXT, DAY)) == 2


def test_words_without_a_name_fill_no_slot() -> None:
    """ "The group", an adjective before a deed and a country are no perpetrators."""
    template = muc.Template("attack")
    for kind, words in (("", "FRONT [RDF]"), ("state", "DAWN"), ("state forces", "SOLDIERS")):
        muc.add_perpetrator(template, party(words, kind), TEXT)
    assert template.roles["PerpInd"] == ["FRONT [RDF", "SOLDIERS"]
    assert template.roles["PerpOrg"] == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("AT LEAST 12 TEACHERS", "TEACHERS"),
        ("THE TWO OTHER MEN", "MEN"),
        ('"THE FRONT"', "FRONT"),
        ("9 MAY FRONT", "9 MAY FRONT"),
    ],
)
def test_strings_lose_what_stands_before_them(written: str, expected: str) -> None:
    """Strings lose what stands before them."""
    assert muc.stripped(written) == expected


def test_a_title_is_no_part_of_a_name() -> None:
    """A title is no part of a name."""
    assert muc.untitled("DR ANNA VO") == "ANNA VO"
    assert muc.untitled("JUDGE") == "JUDGE"
    assert muc.untitled("FATHER OF THE JUDGE") == "FATHER OF THE JUDGE"


# ---------------------------------------------------------------- MUC-4: case and score


def test_case_is_restored_letter_for_letter() -> None:
    """Names that the tables know, names with a title, short forms and starts of sentences; every offset stays."""
    text = (
        "LIMA, 3 JAN 90 -- [TEXT] THE PERUVIAN POLICE SAID ON MONDAY THAT GENERAL ANNO VUTIMEK OF THE\n"
        "RED DAWN FRONT [RDFX] WAS SHOT IN LIMA.  VUTIMEK MAY LIVE. HE CAME FROM SAN TUMEK."
    )
    restored = muc.truecase(text)
    assert restored.upper() == text
    assert restored == (
        "Lima, 3 Jan 90 -- [text] The Peruvian police said on Monday that general Anno Vutimek of the\n"
        "Red Dawn Front [RDFX] was shot in Lima.  Vutimek may live. He came from San Tumek."
    )


def test_text_in_mixed_case_is_left_alone() -> None:
    """Text in mixed case is left alone."""
    assert muc.truecase("ANNA VO said so.") == "ANNA VO said so."


def test_the_scorers_line_is_read() -> None:
    """The scorers line is read."""
    line = "CEAF-RME subset P 10.0 R 20.0 F 13.3 | phi-3 F 5.0 | REE P 30.0 R 40.0 F 34.3 | 2 documents"
    figures = muc.figures(line)
    assert figures == pytest.approx({"p": 0.1, "r": 0.2, "ceaf_rme_subset_f": 0.133, "ceaf_rme_phi3_f": 0.05, "ree_f": 0.343})
    with pytest.raises(ValueError, match="not a line"):
        muc.figures("CEAF-RME subset P 10.0")


def test_a_corpus_that_is_not_there_measures_nothing(tmp_path: Path) -> None:
    """A corpus that is not there measures nothing."""
    assert muc.measured(tmp_path) == {}
    assert event_types.measured(tmp_path) == {}


def test_a_failing_stage_costs_its_report_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A failing stage costs its report only."""

    def fails(*_: object) -> None:
        raise ValueError("made up")

    monkeypatch.setattr(muc, "read", fails)
    assert list(muc.predicted([{"id": "one", "text": TEXT, "date": None}])) == [{"doc": "one", "templates": []}]
    assert "one: no claims" in capsys.readouterr().err


def test_predictions_are_json() -> None:
    """Predictions are json."""
    (line,) = muc.predicted([{"id": "one", "text": TEXT, "date": "2001-05-20"}])
    assert json.loads(json.dumps(line))["doc"] == "one"


# ---------------------------------------------------------------- CASE 2021: types


def happening(sub: str, at: int = 0, **more: Any) -> Happening:
    """A happening whose trigger begins at an offset."""
    rest: dict[str, Any] = {"event_type": "Battles", "realis": Realis.ASSERTED} | more
    return Happening(Span(at, at + 4), Span(0, 40), sub_event_type=sub, **rest)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (happening("b", 9), happening("w", realis=Realis.BACKGROUND)),
        (happening("b", 9, realis=Realis.FOILED), happening("w", realis=Realis.DENIED)),
        (happening("b", 9, score=0.6), happening("w", generic=True)),
        (happening("b", 9, score=0.9), happening("w", score=0.6)),
        (happening("b", 9), happening("w", event_type="Protests")),
        (happening("b"), happening("w", 9)),
    ],
)
def test_which_happening_gives_the_type(better: Happening, worse: Happening) -> None:
    """Which happening gives the type."""
    assert event_types.chosen([worse, better]) is better


def test_labels() -> None:
    """Each of ACLED's 25 types has one label; unknown means are told by the trigger; no happening is no label."""
    assert len(set(event_types.LABELS.values())) == len(event_types.LABELS) == 25
    assert event_types.label(happening("Grenade"), "") == "GRENADE"
    assert event_types.label(happening(MEANS_UNKNOWN), "bomb heard") == "REM_EXPLOS"
    assert event_types.label(happening(MEANS_UNKNOWN), "raid told") == "ATTACK"
    assert event_types.label(None, "") == event_types.label(happening("of no table"), "") == event_types.NONE


def test_f1_is_weighted_by_snippets() -> None:
    """Three of A, two found; one of B, missed: F1 of A is .8, of B 0, weighted .6."""
    found = [event_types.Answer(gold, ours, "") for gold, ours in (("A", "A"), ("A", "A"), ("A", "NONE"), ("B", "C"))]
    rows = event_types.table(found)
    assert [(r.label, r.support, r.precision, round(r.f1, 3)) for r in rows] == [("A", 3, 1.0, 0.8), ("B", 1, 0.0, 0.0)]
    assert event_types.weighted_f1(rows) == pytest.approx(0.6)
    assert event_types.answered(found) == 0.75
    assert "A -> NONE" in event_types.report(found)


@pytest.mark.corpora
def test_the_snippets_of_acleds_types_are_399() -> None:
    """The snippets of acleds types are 399."""
    folder = corpora() / event_types.CORPUS
    if not folder.is_dir():
        pytest.skip("no annotated corpora beside the checkout")
    assert len(event_types.snippets(folder)) == 399
