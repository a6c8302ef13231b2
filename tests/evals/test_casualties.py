"""The scorer of people hurt, on made-up claims and a made-up article: which claim is meant, and what counts as right."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import casualties as scorer

from crossbearing.model.claim import Claim, ClaimRole, Figure, PeopleStatus, Status
from crossbearing.model.mention import Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span

TEXT = "A shell hit Sake. Two guards died. Gunmen raided Kidal. Nobody was hurt."
RAID = (TEXT.index("raided"), TEXT.index("raided") + len("raided"))


def claim(words: str, happening: int, killed: Stated[Figure] | None = None, status: Status = Status.HAPPENED) -> Claim:
    at = TEXT.index(words)
    span = Span(at, at + len(words))
    return Claim(
        "c1", "d1", "r1", "f1", words, span, ClaimRole.MAIN, status, "Battles", "Armed clash", Stance.ASSERTS, "s",
        killed=killed, happening=happening,
    )  # fmt: skip


def stated(low: int | None, high: int | None, words: str = "Two guards", **more: object) -> Stated[Figure]:
    at = TEXT.index(words)
    return Stated(replace(Figure(low, high, "killed"), **more), (Span(at, at + len(words)),), "s")  # type: ignore[arg-type]


SHELL, GUNMEN = claim("A shell hit Sake.", 0, stated(2, 2)), claim("Gunmen raided Kidal.", 1)


def test_the_incident_is_found_by_the_sentence_of_its_trigger() -> None:
    """The claim of the trigger's own sentence is meant, not that of another."""
    assert scorer.matched((SHELL, GUNMEN), TEXT, RAID) == [GUNMEN]


def test_a_sentence_ends_where_its_quote_does() -> None:
    """A sentence that closes with a quotation is none with the next: its claim is not meant by a trigger there."""
    text = 'They said "a shell hit Sake." Gunmen raided Kidal.'
    shell, raid = text.index("a shell"), text.index("raided")
    first = replace(SHELL, span=Span(shell, shell + 17), killed=None)
    assert scorer.matched((first,), text, (raid, raid + 6)) == []
    assert scorer.matched((first,), text, (shell, shell + 7)) == [first]


def test_an_incident_no_claim_stands_on_is_not_found() -> None:
    """Where no claim has a word in the trigger's sentence, nothing is meant."""
    assert scorer.matched((SHELL,), TEXT, RAID) == []


def test_a_value_s_words_find_its_claim() -> None:
    """A claim told two sentences before is meant where its figure stands in the trigger's sentence."""
    died = TEXT.index("died")
    assert scorer.matched((SHELL, GUNMEN), TEXT, (died, died + 4)) == [SHELL]


def test_all_voices_of_the_happening_are_meant() -> None:
    """Another voice of the same happening is meant with it, wherever it speaks."""
    other = replace(SHELL, happening=1)
    assert scorer.matched((other, GUNMEN), TEXT, RAID) == [other, GUNMEN]


@pytest.mark.parametrize(
    ("ours", "coded", "expected"),
    [
        ([(2, 2)], [[2, 2]], True),
        ([(2, 2)], [[3, 3]], False),
        ([(2, 2)], [[3, 3], [2, 2]], True),
        ([(2, None)], [[2, 2]], False),
        ([(1, 1), (2, 2)], [[2, 2]], True),
        ([], [], True),
        ([], [[2, 2]], False),
        ([], [[2, 2], None], True),
        ([(2, 2)], [], False),
        ([(0, 0)], [[0, 0]], True),
    ],
)
def test_a_figure_is_right_where_one_coder_has_its_range(
    ours: list[tuple[int, int | None]], coded: list[list[int | None] | None], expected: bool
) -> None:
    """One coded range, stated by any voice, is right; so is none where a coder has none."""
    assert scorer.right([stated(low, high) for low, high in ours], coded) is expected


def test_civilians_are_those_said_to_be() -> None:
    """A whole or a part counts as civilians by its status alone, and the injured never do."""
    child = stated(1, 1, status=PeopleStatus.CIVILIAN, part=True)
    hurt = stated(4, 4, status=PeopleStatus.CIVILIAN, counted="injured")
    whole = claim("A shell hit Sake.", 0, stated(2, 2, status=PeopleStatus.COMBATANT))
    assert scorer.civilians([replace(whole, figures=(child, hurt))]) == [child]


def test_no_articles_no_measure(tmp_path: Path) -> None:
    """Without the corpora nothing is measured."""
    assert scorer.measured(tmp_path) is None


def test_a_made_up_article_is_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article read right scores full, and an incident coded otherwise takes its share."""
    text = (
        "Gunmen attacked a bus near Beni on 12 May 2021, killing four farmers. A shell hit a house in Goma, killing five people."
    )
    at, shell = text.index("attacked"), text.index("hit")
    coded = [
        {"trigger": [at, at + 8], "status": ["happened"], "killed": [[4, 4]], "injured": [], "civilians_killed": [[4, 4]]},
        {"trigger": [shell, shell + 3], "status": ["happened"], "killed": [[6, 6]], "injured": [], "civilians_killed": []},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a1", "incidents": coded}) + "\n", encoding="utf-8")
    monkeypatch.setattr(scorer, "GOLD", gold)
    (tmp_path / scorer.CORPUS).mkdir()
    with gzip.open(tmp_path / scorer.CORPUS / "all.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a1", "text": text}) + "\n")
    found = scorer.measured(tmp_path, "rules")
    assert found is not None
    assert (found["incidents"], found["found"], found["status"]) == (2, 1.0, 1.0)
    assert (found["killed"], found["both"], found["killed_where_told"], found["all"]) == (0.5, 0.5, 0.5, 0.5)
    assert (found["injured"], found["civilians"]) == (1.0, 1.0)
