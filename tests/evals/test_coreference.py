"""The adapter that gathers mentions of events by what the program makes of their documents, on made-up ones."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import _event_words
import coreference
from _event_words import KINDS, head, lemma, particles
from _mentions import (
    BEST,
    CASES,
    FEATURES,
    KIND_NAMES,
    UNMET,
    WEIGHTS,
    Pairings,
    case,
    clusters,
    compared,
    features,
    gathered,
    kinds_by,
    kinds_table,
    pairings,
    seen,
)
from _second_look import LOOKS, looks
from _stories import FEATURES as OF_STORIES
from _stories import documents_of, together, years
from _vectors import LAYERS, WIDTH, vectors
from coreference import GENERIC, incident_of, incidents_of, keys, mentions, part, told

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


@pytest.mark.parametrize(
    ("words", "after", "way"),
    [("checked into", "a", {"in"}), ("checks", "In", {"in"}), ("checked out", "in", {"out"}), ("met", "Vo", set())],
)
def test_particles_part_checking_in_from_checking_out(words: str, after: str, way: set[str]) -> None:
    """A mention's particles are those it holds, or else the one that follows."""
    assert particles(words, after) == way


def test_no_word_is_of_two_kinds() -> None:
    """No word is listed under two kinds."""
    words = [lemma(word) for listed in _event_words._WORDS_OF_KIND.values() for word in listed.split()]
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
    found = [m for row in RECORDS for m in mentions(row, "gvc")]
    made = keys(found, incidents_of(found, {row["id"]: told(row, "rules") for row in RECORDS}))
    assert made["d1.1"] == made["d2.1"]  # the dead
    assert made["d1.0"] != made["d1.1"]
    assert made["d1.1"].split("/")[0] == made["d1.2"].split("/")[0] != GENERIC  # the attack is the same incident


def test_words_that_the_program_does_not_read_fall_back() -> None:
    """Words of no happening fall back on their lemma within the document."""
    found = [m for row in RECORDS for m in mentions(row, "gvc")]
    made = keys(found, incidents_of(found, {row["id"]: told(row, "rules") for row in RECORDS}))
    assert made["d3.0"] == "d3/concert"
    assert made["d1.3"] != made["d2.2"]


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


# ---------------------------------------------------------------- pairs of mentions

QUIET = [
    record("q1", "Port Ada opened its harvest fair. Anna Vo sang at the fair.", ("opened", "A"), ("sang", "B"), ("fair", "A")),
    record("q2", "Anna Vo sang in Port Ada as the harvest fair opened.", ("sang", "B"), ("opened", "A")),
    record("q3", "Miners in Lower Sel struck over wages.", ("struck", "C")),
]


def test_unlike_documents_are_not_compared() -> None:
    """Mentions are compared within a document and over documents that are alike in their words, and nowhere else."""
    found, texts, days = part(QUIET, "gvc")
    known = documents_of(texts, days)
    there = seen(found, texts, known)
    met = {(there[i].document, there[j].document) for i, j in compared(there, known)}
    assert met == {("q1", "q1"), ("q2", "q2"), ("q1", "q2")}
    assert {case(there[i], there[j]) for i, j in compared(there, known)} == {0, 1, 2}


@pytest.mark.parametrize("corpus", coreference.CORPORA)
def test_the_same_words_of_one_occasion_are_one_event(corpus: str) -> None:
    """The same words, with the same names around them in two documents, are one event; other words beside them are not."""
    found, texts, days = part(QUIET, "gvc")
    made = gathered(found, texts, days, corpus)
    assert made["q1.1"] == made["q2.0"]
    assert made["q1.1"] != made["q1.0"]
    assert list(made.values()).count(made["q3.0"]) == 1


def test_a_pair_has_the_same_features_from_either_side() -> None:
    """What is found of two mentions does not hang on which comes first."""
    found, texts, days = part(QUIET, "gvc")
    known = documents_of(texts, days)
    there = seen(found, texts, known)
    for i, j in compared(there, known):
        one, other = (features(there[a], there[b], known, pairings()) for a, b in ((i, j), (j, i)))
        assert one == pytest.approx(other)
        assert len(one) == len(FEATURES)


def test_words_that_were_one_event_before() -> None:
    """Two words that were often one event are likelier one than two that seldom were, and unseen words lie between."""
    were = Pairings({("fell", "slid"): (40, 50), ("fell", "sang"): (1, 50)})
    assert were.of("slid", "fell")[0] > were.of("met", "talked")[0] > were.of("fell", "sang")[0]
    assert were.of("met", "talked")[1] == 0


def test_one_likeness_by_chance_joins_nothing() -> None:
    """Two clusters are joined by the average of all their pairs, those not compared counted, and by the best of them."""
    pairs = np.array([(0, 1), (2, 3), (1, 2)])
    made = clusters(5, pairs, np.array([5.0, 5.0, 4.0]), 2.0)
    assert made[0] == made[1] != made[2] == made[3] != made[4]
    likeness = BEST * 4.0 + (1 - BEST) * (4.0 + 3 * UNMET) / 4
    for least, parts in ((likeness - 0.01, 2), (likeness + 0.01, 3)):
        assert len(set(clusters(5, pairs, np.array([5.0, 5.0, 4.0]), least))) == parts
    assert len(set(clusters(2, np.array([(0, 1)]), np.array([0.9]), 1.0))) == 2
    assert len(set(clusters(5, np.zeros((0, 2), int), np.array([]), 0.0))) == 5


def test_a_rare_word_joins_by_its_synonym() -> None:
    """A mention that is surely one event with one of a chain, and perhaps with the others, joins it; the average forbids it."""
    pairs = np.array([(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)])
    scored = np.array([4.0, 4.0, 4.0, 3.0, -0.5, -0.5])
    assert scored[3:].mean() < 1.0
    assert len(set(clusters(4, pairs, scored, 1.0))) == 1


# ---------------------------------------------------------------- stories


def test_documents_are_of_one_story_by_those_that_both_are_like() -> None:
    """Two documents that say little of each other are of one story where others hold them together, and of two where they do
    not; what no other document shares is none's story."""
    scored = np.array([[6.0, 4.0, 0.0, -4.0], [4.0, 6.0, 4.0, -4.0], [0.0, 4.0, 6.0, -4.0], [-4.0, -4.0, -4.0, 6.0]])
    made = together(scored)
    assert made[0, 2] == pytest.approx(made[1, 2])
    assert made[0, 1] > made[0, 2] > 0.5 > 0.1 > made[0, 3]
    assert (made == made.T).all()
    alone = scored.copy()
    alone[1, 2] = alone[2, 1] = -4.0
    assert together(alone)[0, 2] < 0.5


def test_what_a_document_is_to_itself() -> None:
    """A document is of its own story, also where it is the only one."""
    assert together(np.array([[0.0]])) == 1.0
    _, texts, days = part(QUIET, "gvc")
    known = documents_of(texts, days)
    assert known.features.shape == (3, 3, len(OF_STORIES))
    told = known.told(np.zeros(1 + len(OF_STORIES))).together
    assert (np.diag(told) > 0.9).all()
    assert told[0, 1] == pytest.approx(0.5)


def test_documents_that_may_be_of_one_story_meet() -> None:
    """Documents that share few words are compared where they may be of one story."""
    _, texts, days = part(QUIET, "gvc")
    known = documents_of(texts, days)
    assert known.meet("q1", "q2")
    assert not known.meet("q1", "q3")
    assert known.told(np.zeros(1 + len(OF_STORIES))).meet("q1", "q3")


def test_years_that_documents_name() -> None:
    """Two documents share a year, or each names some and they share none; one without a year does neither."""
    same, other = years(["Ada won in 1998 and 2004.", "In 2004 it rained.", "Since 2010.", "At 20045 Main Road."])
    assert same[0].tolist() == [1, 1, 0, 0]
    assert other[0].tolist() == [0, 0, 1, 0]


# ---------------------------------------------------------------- a second look

DOCUMENTS = np.array([0, 1, 1, 2])
MET = {(0, 1): 2.0, (0, 2): 1.0, (0, 3): 3.0, (1, 3): 2.5, (2, 3): -2.0}


def looked(met: dict[tuple[int, int], float], documents: NDArray[np.int64] = DOCUMENTS) -> dict[Any, dict[str, float]]:
    """The second look at some pairs."""
    made = looks(np.array(list(met)).reshape(-1, 2), np.array(list(met.values())), documents, UNMET)
    return {pair: dict(zip(LOOKS, map(float, row), strict=True)) for pair, row in zip(met, made, strict=True)}


def test_the_better_partner_in_a_document_is_a_rival() -> None:
    """Of two mentions of a document one has the better score with a third, and the other is told by how much it falls behind."""
    made = looked(MET)
    assert made[0, 1]["over rivals, less"] == 2.0 - 1.0
    assert made[0, 2]["over rivals, less"] == 1.0 - 2.0
    assert made[0, 1]["over rivals, more"] == 2.0 - UNMET  # nothing else stands in the first document


def test_a_third_mention_speaks_for_two_or_for_one_alone() -> None:
    """What both are like speaks for a pair; what one is like and the other is not speaks against it."""
    made = looked(MET)
    assert made[0, 1]["third, best"] == 2.5
    assert made[0, 2]["third of one alone"] == 2.0
    alike = looked({(0, 1): -1.0, (0, 3): 3.0, (1, 3): 3.0})
    assert alike[0, 1]["company of mentions"] == pytest.approx(1.0)
    apart = looked({(0, 1): -1.0, (0, 3): 3.0, (1, 2): 3.0})
    assert apart[0, 1]["company of mentions"] < 0.2


def test_best_partners_are_looked_for_in_other_documents() -> None:
    """The best partner stands in another document; two of one document are none."""
    made = looked(MET | {(1, 2): 6.0})
    assert (made[1, 2]["best, less"], made[1, 2]["best, more"]) == (1.0, 2.5)
    assert made[1, 3]["under the best, less"] == 2.5 - 3.0


@given(st.permutations(range(4)), st.lists(st.floats(-8, 8), min_size=5, max_size=5))
def test_the_second_look_knows_no_order(order: list[int], scores: list[float]) -> None:
    """Whatever the order of mentions, of pairs, and of the two of a pair, what is seen is the same."""
    met = dict(zip(MET, scores, strict=True))
    place = {old: new for new, old in enumerate(order)}
    moved = {(place[b], place[a]): score for (a, b), score in reversed(met.items())}
    made, other = looked(met), looked(moved, DOCUMENTS[order])
    for a, b in met:
        assert made[a, b] == pytest.approx(other[place[b], place[a]])


def test_nothing_compared_is_looked_at_in_peace() -> None:
    """Without pairs there is nothing to see."""
    assert looks(np.zeros((0, 2), int), np.zeros(0), DOCUMENTS, UNMET).shape == (0, len(LOOKS))


# ---------------------------------------------------------------- vectors of words


def test_words_near_in_meaning_have_near_vectors() -> None:
    """At every layer a verb lies nearer to its synonym than to words of something else, whatever the case it is written in."""
    words = ["murdered", "Slain", "concert", "opened"]
    made = vectors(words)
    assert made.shape == (4, len(LAYERS), WIDTH)
    assert np.allclose(np.linalg.norm(made, axis=2), 1, atol=1e-4)
    for layer in range(len(LAYERS)):
        alike = made[:, layer] @ made[:, layer].T
        assert alike[0, 1] > max(alike[0, 2], alike[0, 3])
    assert np.allclose(vectors(["MURDERED", *words[1:]]), made)


def test_a_word_tells_of_a_kind_of_event() -> None:
    """By its vector a word is told to speak of the shots or of the death, words of no table among them; shares add up to 1."""
    text = "Gunfire rang out. He was slain. They fired. His demise was mourned."
    words = {"Gunfire": "firing", "slain": "death", "fired": "firing", "demise": "death"}
    found, texts, days = part([record("k1", text, *((word, word) for word in words))], "gvc")
    shares = kinds_by(kinds_table(), seen(found, texts, documents_of(texts, days)))
    assert np.allclose(shares.sum(1), 1)
    firing, death = KIND_NAMES.index("firing"), KIND_NAMES.index("death")
    for row, kind in zip(shares, words.values(), strict=True):
        assert (row[firing] > row[death]) == (kind == "firing")


def test_the_weights_are_of_these_features() -> None:
    """The fitted files weigh every feature in every case at both looks, and say what they were fitted on."""
    made = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for corpus in coreference.CORPORA:
        assert list(made[corpus]["stories"]) == ["start", *OF_STORIES]
        for look, names in (("first look", FEATURES), ("second look", (*FEATURES, *LOOKS))):
            assert list(made[corpus][look]) == list(CASES)
            assert all(list(weights) == ["start", *names] for weights in made[corpus][look].values())
    assert set(made["train"]) == set(coreference.CORPORA)
    assert kinds_table().shape == (len(KIND_NAMES), 1 + WIDTH)
