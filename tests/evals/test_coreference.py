"""The adapter that gathers mentions of events by what the program makes of their documents, on made-up ones."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import coreference
from coreference import GENERIC, KINDS, head, incident_of, keys, lemma, mentions, told

FIRST = "A drone struck the Ain al-Asad base in Iraq on Tuesday, killing two soldiers. The attack came at dawn. Traders met."
SECOND = "Two soldiers were killed on Tuesday when a drone hit Ain al-Asad air base in Iraq. Traders met."
SILENT = "The harvest fair opened with a concert. The concert was free."


def record(id: str, text: str, *events: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A document with gold mentions: words of the text, each with its chain."""
    found = [
        {"id": f"{id}.{n}", "chain": chain, "trigger": [text.index(words), text.index(words) + len(words)], "text": words}
        for n, (words, chain) in enumerate(events)
    ]
    return {"id": id, "text": text, "title": "", "date": "2023-11-08", "incident": "7", "events": found} | more


RECORDS = [
    record("d1", FIRST, ("struck", "A"), ("killing", "B"), ("attack", "A"), ("met", "C")),
    record("d2", SECOND, ("hit", "A"), ("killed", "B"), ("met", "D")),
    record("d3", SILENT, ("concert", "E")),
]


@pytest.mark.parametrize(
    "forms",
    [
        "kill kills killed", "fire fired fires firing", "die died dies dying", "shoot shot shoots", "stop stopped stopping",
        "carry carried carries", "body bodies", "charge charged charging", "crash crashes crashed", "shooting shootings",
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_lemma(forms: str) -> None:
    """The forms of a word share a lemma."""
    assert len({lemma(form) for form in forms.split()}) == 1


def test_a_shooting_is_no_shot() -> None:
    """A noun in -ing stands apart from its verb, as a part of speech would tell."""
    assert len({lemma(word) for word in ("shooting", "shot", "shots")}) == 3


@pytest.mark.parametrize(
    ("words", "same"), [("opened fire", "fire"), ("putting out of business", "putting"), ("fatal shooting", "shootings")]
)
def test_the_head_of_several_words(words: str, same: str) -> None:
    """The head of several words is the last before a preposition or particle."""
    assert head(words) == lemma(same)


def test_no_word_is_of_two_kinds() -> None:
    """No word is listed under two kinds."""
    words = [lemma(word) for listed in coreference._WORDS_OF_KIND.values() for word in listed.split()]
    assert len({(word, KINDS[word]) for word in words}) == len(set(words))
    assert KINDS[lemma("gunfire")] != KINDS[lemma("killed")]


def test_what_is_scored() -> None:
    """Mentions without a place are left out, and of ECB+ those of sentences that nobody validated."""
    row = record("d1", FIRST, ("struck", "A"), ("met", "C"))
    row["events"][0] |= {"validated": True}
    row["events"][1] |= {"validated": False}
    row["events"].append({"id": "d1.9", "chain": "A", "trigger": None, "validated": True})
    assert [m.words for m in mentions(row, "gvc")] == ["struck", "met"]
    assert [m.words for m in mentions(row, "ecbplus")] == ["struck"]


def test_mentions_meet_over_documents() -> None:
    """Words of one kind in two reports of one incident are one cluster, and other words of the incident are another."""
    documents = {row["id"]: told(row, "rules") for row in RECORDS}
    made = keys([m for row in RECORDS for m in mentions(row, "gvc")], documents, None)
    assert made["d1.1"] == made["d2.1"]  # the dead
    assert made["d1.0"] != made["d1.1"]
    assert made["d1.1"].split("/")[0] == made["d1.2"].split("/")[0] != GENERIC  # the attack is the same incident


def test_words_that_the_program_does_not_read_fall_back() -> None:
    """Words of no happening fall back on their lemma, within the document or within the scope given."""
    documents = {row["id"]: told(row, "rules") for row in RECORDS}
    found = [m for row in RECORDS for m in mentions(row, "gvc")]
    alone, over = keys(found, documents, None), keys(found, documents, lambda m: m.topic)
    assert alone["d3.0"] == "d3/concert"
    assert alone["d1.3"] != alone["d2.2"]
    assert over["d1.3"] == over["d2.2"]


def test_a_document_without_claims_has_no_incident() -> None:
    """A document without claims gives its mentions no incident, and has no news."""
    silent = told(RECORDS[2], "rules")
    assert silent.news is None
    assert incident_of(mentions(RECORDS[2], "gvc")[0], "concert", silent, {}) is None


def test_figures_of_a_corpus(tmp_path: Path) -> None:
    """A corpus as it lies gives our figure and the baselines', and a missing one gives nothing."""
    (tmp_path / "gvc").mkdir()
    with gzip.open(tmp_path / "gvc" / "dev.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in RECORDS)
    found = coreference.measured(tmp_path)
    assert set(found) == {"gvc"}
    assert found["gvc"]["mentions"] == 8
    assert 0 < found["gvc"]["conll_lemma"] <= 1
    assert 0 < found["gvc"]["conll_ours"] <= 1
    assert len(coreference.measure(tmp_path / "gvc", "rules", 1)[1]) == 4
