"""Scores of clusters on small ones worked out by hand, and the rules by which reports are put together and compared."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import linking
from _clusters import Score, bcubed, ceafe, components, conll, muc, pairs
from _corpora import corpora

GOLD = dict(zip("abcdefg", "1112233", strict=True))
FOUND = dict(zip("abcdefg", "xxyyyzw", strict=True))

# Reports of two invented outlets on a strike at one base, and on another in another country.
FIRST = linking.Report("r1", "A drone struck the Ain al-Asad base in Iraq on Tuesday, wounding two soldiers.", "2023-11-08")
SECOND = linking.Report("r2", "Two soldiers were wounded on Tuesday when a drone hit Ain al-Asad air base in Iraq.", "2023-11-08")
OTHER = linking.Report("r3", "Rockets hit the al-Tanf garrison in Syria on Tuesday. Nobody was hurt.", "2023-11-08")
SILENT = linking.Report("r4", "The harvest festival drew a record crowd to the valley this year.", "2023-11-08")


# ---------------------------------------------------------------- scores of clusters


def test_bcubed_by_hand() -> None:
    """B-cubed is the mean share of each thing's cluster that it shares with the other clustering."""
    score = bcubed(GOLD, FOUND)
    assert score.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1 + 1) / 7)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1 / 2 + 1 / 2) / 7)


def test_muc_by_hand() -> None:
    """MUC counts the links that each cluster keeps, and singletons have none."""
    assert muc(GOLD, FOUND) == Score(2 / 3, 2 / 4)


def test_ceafe_by_hand() -> None:
    """CEAF-e adds up the likeness of the clusters that fit best, one to one."""
    total = 2 * 2 / 5 + 2 * 2 / 5 + 2 * 1 / 3
    assert ceafe(GOLD, FOUND).precision == pytest.approx(total / 4)
    assert ceafe(GOLD, FOUND).recall == pytest.approx(total / 3)


def test_pairs_by_hand() -> None:
    """Pairs are right where both clusterings put them together."""
    assert pairs(GOLD, FOUND) == Score(2 / 4, 2 / 5)


def test_conll_is_the_mean() -> None:
    """CoNLL F1 is the mean of MUC, B-cubed and CEAF-e."""
    assert conll(GOLD, FOUND) == pytest.approx((muc(GOLD, FOUND).f1 + bcubed(GOLD, FOUND).f1 + ceafe(GOLD, FOUND).f1) / 3)


def test_the_textbook_case() -> None:
    """The example of Luo 2005: twelve mentions in three entities, two of which the system merged."""
    gold = dict(zip("abcdefghijkl", "111112233333", strict=True))
    merged = dict(zip("abcdefghijkl", "111112222222", strict=True))
    assert muc(gold, merged).f1 == pytest.approx(0.947, abs=5e-4)
    assert bcubed(gold, merged).f1 == pytest.approx(0.865, abs=5e-4)
    assert ceafe(gold, merged).f1 == pytest.approx(0.733, abs=5e-4)


def test_different_things_are_refused() -> None:
    """Two clusterings of different things cannot be compared."""
    with pytest.raises(ValueError, match="1 stand in one of them only"):
        bcubed({"a": 1, "b": 1}, {"a": 1})


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 4), min_size=1))
def test_a_clustering_agrees_with_itself(clusters: dict[str, int]) -> None:
    """A clustering agrees with itself whatever its labels are called."""
    renamed = {thing: f"c{label}" for thing, label in clusters.items()}
    assert bcubed(clusters, renamed).f1 == pytest.approx(1.0)
    assert ceafe(clusters, renamed).f1 == pytest.approx(1.0)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12),
)
def test_gold_and_found_may_change_places(labels: list[tuple[int, int]]) -> None:
    """Exchanging gold and found exchanges precision and recall."""
    one, other = ({str(n): pair[side] for n, pair in enumerate(labels)} for side in (0, 1))
    for score in (bcubed, muc, ceafe, pairs):
        assert score(one, other).precision == pytest.approx(score(other, one).recall)


def test_components_hang_together() -> None:
    """What hangs together over any number of links is one."""
    found = components("abcde", [("b", "a"), ("c", "b"), ("e", "d")])
    assert found == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"}


# ---------------------------------------------------------------- from reports to incidents


def test_a_report_goes_with_the_incident_of_its_news() -> None:
    """Two reports of one strike belong to one incident, another strike to its own, and a report without claims to none."""
    found = linking.linked([FIRST, SECOND, OTHER, SILENT], "rules")
    assert found.incident_of("r1") == found.incident_of("r2") is not None
    assert found.incident_of("r3") not in (None, found.incident_of("r1"))
    assert found.incident_of("r4") is None


def test_why_two_reports_are_apart() -> None:
    """Reasons for pairs kept apart are told without their numbers, so that they can be counted."""
    found = linking.linked([FIRST, OTHER, SILENT], "rules")
    assert linking.why_apart(found, "r1", "r3").startswith("too little in common: ")
    assert linking.why_apart(found, "r1", "r4") == "no claim in one of them"
    assert linking.news_line(found, "r4", {"r4": "Harvest"}) == "Harvest | no claim"


# ---------------------------------------------------------------- baselines and pairs


def test_likeness_of_texts() -> None:
    """TF-IDF vectors have length 1, and a word that stands in one text alone does not count."""
    made = linking.vectors({"a": "raid on the mill", "b": "raid on the ferry", "c": "ferry fares rise"})
    assert linking.cosine(made["a"], made["a"]) == pytest.approx(1.0)
    assert linking.cosine(made["a"], made["c"]) == 0.0
    assert "mill" not in made["a"]


def test_near_pairs_lie_within_three_days() -> None:
    """Documents are compared where their days lie within three of each other, each pair once."""
    days = {name: date(2020, 1, day) for name, day in (("a", 1), ("b", 1), ("c", 4), ("d", 5))}
    near = [frozenset(pair) for pair in linking.near_pairs(days)]
    assert sorted(map(sorted, near)) == [["a", "b"], ["a", "c"], ["b", "c"], ["c", "d"]]


def test_a_threshold_is_chosen_on_its_half() -> None:
    """A threshold is chosen on the half set apart for it, whatever the other half would want."""
    chosen = [linking.Pair("a", "b", same, likeness, False, True) for same, likeness in ((True, 0.6), (False, 0.5))]
    left_out = [linking.Pair("a", "b", True, 0.1, False, False)] * 9
    assert 0.5 < linking.best_threshold([*chosen, *left_out], linking.accuracy) <= 0.6


def test_pair_figures_by_hand() -> None:
    """Pairs said to be the same are counted against those that are."""
    said = [(True, True), (True, False), (False, True), (False, False)]
    assert linking.pair_figures(said) == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert linking.accuracy(said) == 0.5


# ---------------------------------------------------------------- corpora as they lie


def packed(file: Path, rows: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def article(id: str, incidents: list[str], text: str, split: str | None = None) -> dict[str, Any]:
    said = {"id": id, "incidents": incidents, "title": "A title", "text": text}
    return said | {"date": "2023-11-08", "url": "", "gvc_split": split}


def test_documents_of_one_incident_are_scored(tmp_path: Path) -> None:
    """Documents of the Gun Violence Corpus and those of two incidents are left out; the others are scored with baselines."""
    rows = [
        article("a", ["1"], FIRST.text),
        article("b", ["1"], SECOND.text),
        article("c", ["2"], SILENT.text),
        article("d", ["3"], FIRST.text, "train"),
        article("e", ["1", "4"], FIRST.text),
    ]
    packed(tmp_path / "gva_incidents" / "docs_dev.jsonl.gz", rows)
    done = linking.gva(tmp_path / "gva_incidents", "rules", everything=True)
    figures = linking.gva_figures(done)
    assert set(done.gold) == {"a", "b", "c"}
    assert done.ours["c"] == "alone c"
    assert figures["b3_f1"] == 1.0
    assert figures["b3_f1_singletons"] == pytest.approx(2 * (2 / 3) / (1 + 2 / 3))


def test_errors_are_told_by_reason(tmp_path: Path) -> None:
    """Documents wrongly apart are counted by the reason, and those wrongly together are listed."""
    rows = [article("a", ["1"], FIRST.text), article("b", ["2"], SECOND.text), article("c", ["2"], SILENT.text)]
    packed(tmp_path / "gva_incidents" / "docs_dev.jsonl.gz", rows)
    said = linking.gva_errors(linking.gva(tmp_path / "gva_incidents", "rules", everything=True), 1)
    assert "1 pairs wrongly apart" in said
    assert "     1  no claim in one of them" in said
    assert "1 pairs wrongly together" in said


def test_headlines_under_several_events_are_left_out(tmp_path: Path) -> None:
    """A headline that stands under two events says nothing of which it is, and one that stands twice under one counts once."""

    def event(number: int, *said: str) -> dict[str, Any]:
        return {"id": number, "date_start": "2016-05-04", "sources": [{"headline": h, "date": "2016-05-05"} for h in said]}

    rows = [event(1, "Shells hit Aram", "Two die in Aram", "Daily note"), event(2, "Raid on Beth", "Raid  on Beth", "Daily note")]
    packed(tmp_path / "events_2016_2018.jsonl.gz", rows)
    found = linking.headlines(tmp_path)
    assert [(h.event, h.text) for h in found] == [("1", "Shells hit Aram"), ("1", "Two die in Aram"), ("2", "Raid on Beth")]
    narrow = linking.headline_pairs(found, lambda a, b: True, wide=False)
    wide = linking.headline_pairs(found, lambda a, b: True, wide=True)
    assert [p.same for p in narrow] == [True]
    assert sorted(p.same for p in wide) == [False, False, True]


def test_nothing_is_measured_without_corpora(tmp_path: Path) -> None:
    """Without corpora nothing is measured, and nothing fails."""
    assert linking.measured(tmp_path) == {}


@pytest.mark.corpora
@pytest.mark.skipif(not (corpora() / "gva_incidents").is_dir(), reason="the annotated corpora are not beside the checkout")
def test_what_is_taken_of_the_articles() -> None:
    """The months taken hold whole incidents, and some six hundred documents."""
    taken, every = (linking.articles(corpora() / "gva_incidents", everything) for everything in (False, True))
    of_taken = {r["incidents"][0] for r in taken}
    assert 400 < len(taken) < 800
    assert len(taken) == sum(r["incidents"][0] in of_taken for r in every)
