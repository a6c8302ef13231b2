"""Scores made by hand, and what they say: mentions, triggers with their parts, and voices."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import Span
from crossbearing.read.network.decode import (
    SWITCH,
    Decoded,
    Heard,
    Settings,
    Trigger,
    Word,
    _bucket,
    _runs,
    _smooth,
    decode,
    tables,
)
from crossbearing.read.network.labels import ARCS, BUCKETS, FLAT, LINKS, PARTS, WIDE

HEADS = {**FLAT, **ARCS}
WIDTH = sum(len(labels) for labels in HEADS.values())
SURE = 12.0
"""A score that leaves nothing to the other labels."""


def made(warmth: Mapping[str, float] | None = None, near: Mapping[str, np.ndarray] | None = None) -> dict[str, Any]:
    """A bundle's tables in which distance says nothing, where no other is given."""
    flat = {name: np.zeros((2 * len(BUCKETS) + 1, len(labels))).tolist() for name, labels in ARCS.items()}
    bundle = {"near": {**flat, **(near or {})}, "link": {name: [1.0, 0.0] for name in LINKS}, "calibration": warmth or {}}
    return tables(bundle)


class Scored:
    """A window in which nothing is said of any word, until a test says it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
        self.flat = np.zeros((len(self.words), WIDTH), np.float32)
        self.wide = np.zeros((len(self.words), WIDE), np.float32)
        for head in ("mention", "kind", "filler", "anchor"):
            self.flat[:, _column(head, "-")] = SURE
        for head in ARCS:
            self.flat[:, _column(head, "-")] = SURE / 2

    def at(self, word: str) -> int:
        return [self.text[a:b] for a, b in self.words].index(word)

    def say(self, head: str, label: str, words: str, score: float = 2 * SURE) -> Scored:
        """A flat label of some words."""
        for word in words.split():
            self.flat[self.at(word), _column(head, label)] = score
        return self

    def draw(self, arc: str, anchor: str, label: str, words: str) -> Scored:
        """What some words are as seen from an anchor, by a direction that only the two share."""
        first, count, size = PARTS[arc]
        seen, n = self.at(anchor), HEADS[arc].index(label)
        self.wide[seen, first + n * size + seen] = SURE
        for word in words.split():
            self.wide[self.at(word), first + (count + n) * size + seen] = SURE
        return self

    def tie(self, link: str, earlier: str, later: str) -> Scored:
        """Two words that speak of one thing."""
        first, _, size = PARTS[link]
        self.wide[self.at(later), first + self.at(earlier)] = SURE
        self.wide[self.at(earlier), first + size + self.at(earlier)] = SURE
        return self

    def apart(self, link: str) -> Scored:
        """No two words speak of one thing."""
        first, _, size = PARTS[link]
        self.wide[:, first + size - 1], self.wide[:, first + 2 * size - 1] = SURE, -SURE
        return self

    def read(self, held: Mapping[str, Any] | None = None, settings: Settings | None = None) -> Decoded:
        return decode([(self.words, self.flat, self.wide)], held or made(), settings or Settings(), self.text)


def _column(head: str, label: str) -> int:
    names = list(HEADS)
    return sum(len(HEADS[name]) for name in names[: names.index(head)]) + HEADS[head].index(label)


def named(found: Decoded, text: str) -> list[tuple[str, str]]:
    return [(m.span.of(text), m.label) for m in found.mentions]


def parts(trigger: Trigger, text: str) -> list[tuple[str, str]]:
    return [(role.label, role.span.of(text)) for role in trigger.roles]


def voice(heard: Heard, text: str) -> list[list[str]]:
    return [[piece.of(text) for piece in pieces] for pieces in (heard.source, heard.cue, heard.content)]


# ---------------------------------------------------------------------- parts of some incident


def test_words_in_a_row_that_are_likeliest_one_part_are_a_filler_as_sure_as_the_surest() -> None:
    """Whether they open a span or go on in one; another part beside them is another filler."""
    text = "Two peasants were killed by armed men"
    scored = Scored(text).say("filler", "B-victim", "Two", SURE + 1).say("filler", "I-victim", "peasants")
    scored.say("filler", "B-perpetrator-person", "armed men")
    found = scored.read().fillers
    assert [(one.span.of(text), one.label) for one in found] == [("Two peasants", "victim"), ("armed men", "perpetrator-person")]
    assert found[0].score > 0.99


@pytest.mark.parametrize(
    ("text", "marked", "kept"),
    [
        ("They shot members of the armed forces", "members of the", ["members"]),
        ("They shot Diaz and Madrid", "Diaz and", ["Diaz"]),
        ("The death of Diaz was told", "of Diaz", ["Diaz"]),
        ("The death of the mayor was told", "of the", []),
        ("The Bank of Narva was hit", "Bank of Narva", ["Bank of Narva"]),
        ("They shelled Camp A near Narva", "Camp A", ["Camp A"]),
    ],
)
def test_a_mention_ends_and_begins_with_no_small_word(text: str, marked: str, kept: list[str]) -> None:
    """What the network marks of such words at its ends names nothing; within it they belong to the name."""
    first, *others = marked.split()
    scored = Scored(text).say("mention", "B-people", first).say("mention", "I-people", " ".join(others))
    assert [m.span.of(text) for m in scored.read().mentions] == kept


def test_a_filler_is_given_from_a_small_share_on_and_below_it_none() -> None:
    """What is made of it is for those who ask."""
    text = "peasants were killed"
    faint, less = (Scored(text).say("filler", "B-victim", "peasants", SURE + by).read().fillers for by in (-1.5, -3.0))
    assert [(one.span.of(text), round(one.score, 2)) for one in faint] == [("peasants", 0.18)]
    assert less == []


# ---------------------------------------------------------------------- mentions

MENTIONED = "General Omar Hassan left Kutum camp"


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("- - - - - -", []),
        ("- B-person I-person - - -", [("Omar Hassan", "person")]),
        ("- B-person B-person - - -", [("Omar", "person"), ("Hassan", "person")]),
        ("- B-person I-group - - -", [("Omar", "person"), ("Hassan", "group")]),
        ("- I-person I-person - - -", [("Omar Hassan", "person")]),
        ("B-person - I-person - - -", [("General", "person"), ("Hassan", "person")]),
        ("- - - - B-place I-place", [("Kutum camp", "place")]),
        ("B-people I-people I-people I-people I-people I-people", [(MENTIONED, "people")]),
    ],
)
def test_a_mention_is_a_word_that_opens_and_those_that_go_on(labels: str, wanted: list[tuple[str, str]]) -> None:
    """A word that goes on in another kind begins a mention of that kind."""
    scored = Scored(MENTIONED)
    for word, label in zip(MENTIONED.split(), labels.split(), strict=True):
        scored.say("mention", label, word)
    assert named(scored.read(), MENTIONED) == wanted


def test_a_mention_below_the_setting_is_not_said() -> None:
    """Its score is the mean of its words' best shares."""
    scored = Scored(MENTIONED).say("mention", "B-person", "Omar", SURE + 0.1)
    assert [round(m.score, 1) for m in scored.read().mentions] == [0.5]
    assert scored.read(settings=Settings(mention=0.6)).mentions == []


# ---------------------------------------------------------------------- triggers

TOLD = "Rebels opened fire then bombed the camp in Kutum after a raid"


def test_words_of_one_kind_are_one_trigger_and_of_two_are_two() -> None:
    """Words side by side are parted only by what they tell of."""
    scored = Scored(TOLD).say("kind", "clash", "opened fire").say("kind", "attack", "then").say("kind", "air", "bombed")
    found = scored.read().triggers
    assert [t.span.of(TOLD) for t in found] == ["opened fire", "then", "bombed"]
    assert [max(t.kinds, key=t.kinds.__getitem__) for t in found] == ["clash", "attack", "air"]
    assert all(t.score > 0.99 for t in found)


def test_one_kind_with_a_word_between_is_two_triggers() -> None:
    """A word that tells of nothing parts them."""
    found = Scored(TOLD).say("kind", "clash", "opened then").read().triggers
    assert [t.span.of(TOLD) for t in found] == ["opened", "then"]


@pytest.mark.parametrize("label", ["-", "other"])
def test_words_of_no_happening_and_of_another_kind_are_no_trigger(label: str) -> None:
    """Accidents and meetings are marked, and are not ours."""
    assert Scored(TOLD).say("kind", label, "bombed").read().triggers == []


def test_two_kinds_that_share_a_word_make_it_a_trigger_together() -> None:
    """What counts is that there is a happening; neither kind alone need be likely."""
    scored = Scored(TOLD).say("kind", "air", "bombed", SURE).say("kind", "shelling", "bombed", SURE + 0.1)
    [trigger] = scored.read().triggers
    assert trigger.score == pytest.approx(0.68, abs=0.02)
    assert trigger.kinds["shelling"] > trigger.kinds["air"] > 0.3
    assert scored.read(settings=Settings(trigger=0.7)).triggers == []


def test_a_trigger_bears_the_shares_of_every_realis() -> None:
    """They are in the order of the labels and add up to one."""
    [trigger] = Scored(TOLD).say("kind", "air", "bombed").say("realis", "denied", "bombed").read().triggers
    assert max(trigger.realis, key=trigger.realis.__getitem__) == "denied"
    assert sum(trigger.realis.values()) == pytest.approx(1)
    assert tuple(trigger.realis) == FLAT["realis"]


def test_every_word_says_what_the_network_thinks_of_it() -> None:
    """Each word can be asked, whether or not it came to a trigger."""
    scored = Scored(TOLD).say("kind", "air", "bombed").say("realis", "foiled", "camp")
    found = scored.read()
    assert sorted(found.words) == [a for a, _ in scored.words]

    def word(start: int) -> Word:
        found_there = found.word(start)
        assert found_there is not None
        return found_there

    assert word(TOLD.index("bombed")).happening > 0.99
    assert word(TOLD.index("raid")).happening < 0.01
    assert word(TOLD.index("bombed")).kinds["air"] > 0.99
    assert word(TOLD.index("camp")).realis["foiled"] > 0.99
    assert word(TOLD.index("camp")).index == scored.at("camp")


def test_parts_are_seen_from_their_trigger() -> None:
    """Two triggers of a sentence have each its own."""
    scored = Scored(TOLD).say("kind", "clash", "opened fire").say("kind", "air", "bombed")
    scored.draw("role", "opened", "perpetrator", "Rebels")
    scored.draw("role", "bombed", "target", "the camp").draw("role", "bombed", "place", "Kutum")
    found = scored.read().triggers
    assert parts(found[0], TOLD) == [("perpetrator", "Rebels")]
    assert parts(found[1], TOLD) == [("target", "the camp"), ("place", "Kutum")]
    assert all(role.score > 0.99 for trigger in found for role in trigger.roles)


def test_parts_may_come_of_the_words_alone() -> None:
    """What a word is by itself counts with what it is to the trigger."""
    scored = Scored(TOLD).say("kind", "air", "bombed").say("role", "place", "Kutum")
    assert parts(scored.read().triggers[0], TOLD) == [("place", "Kutum")]


def test_parts_may_come_of_how_far_the_words_stand() -> None:
    """Three words after the trigger, and three before, are not the same distance."""
    near = np.zeros((2 * len(BUCKETS) + 1, len(ARCS["role"])))
    near[1 + BUCKETS.index(3), ARCS["role"].index("place")] = SURE
    near[1 + BUCKETS.index(3) + len(BUCKETS), ARCS["role"].index("perpetrator")] = SURE
    [trigger] = Scored(TOLD).say("kind", "air", "bombed").read(made(near={"role": near})).triggers
    assert parts(trigger, TOLD) == [("perpetrator", "opened"), ("place", "in")]


def test_a_part_below_the_setting_is_not_said() -> None:
    """Its score is the mean of its words'."""
    scored = Scored(TOLD).say("kind", "air", "bombed").say("role", "place", "in Kutum", SURE / 2 + 2)
    assert parts(scored.read(settings=Settings(role=0.8)).triggers[0], TOLD) == [("place", "in Kutum")]
    assert scored.read(settings=Settings(role=0.9)).triggers[0].roles == ()


def test_triggers_that_are_one_happening_have_one_number() -> None:
    """The number is the first one's place."""
    scored = Scored(TOLD).say("kind", "clash", "opened").say("kind", "air", "bombed raid")
    scored.apart("happening").tie("happening", "bombed", "raid")
    assert [t.same for t in scored.read().triggers] == [0, 1, 1]


def test_triggers_of_two_windows_are_never_one_happening() -> None:
    """Numbers go on from one window to the next."""
    scored = Scored(TOLD).say("kind", "air", "bombed raid").tie("happening", "bombed", "raid")
    window = (scored.words, scored.flat, scored.wide)
    assert [t.same for t in decode([window, window], made()).triggers] == [0, 0, 2, 2]


# ---------------------------------------------------------------------- voices

SAID = "The rebels , the governor said on Monday , fired rockets at Kutum camp"


def test_a_voice_has_its_source_its_cue_and_its_content() -> None:
    """All three are seen from the cue."""
    text = "Omar said rebels left Kutum"
    scored = Scored(text).say("anchor", "voice", "said")
    scored.draw("voice", "said", "source", "Omar").draw("voice", "said", "cue", "said")
    scored.draw("voice", "said", "content", "rebels left Kutum")
    [heard] = scored.read().voices
    assert voice(heard, text) == [["Omar"], ["said"], ["rebels left Kutum"]]
    assert heard.score > 0.99


def test_a_content_may_lie_in_two_pieces_round_its_cue() -> None:
    """The cue and its source stand between the pieces and in neither."""
    scored = Scored(SAID).say("anchor", "voice", "said")
    scored.draw("voice", "said", "source", "the governor").draw("voice", "said", "cue", "said")
    scored.draw("voice", "said", "content", "The rebels fired rockets at Kutum camp")
    [heard] = scored.read().voices
    assert voice(heard, SAID) == [["the governor"], ["said"], ["The rebels", "fired rockets at Kutum camp"]]


def test_a_voice_may_speak_within_another() -> None:
    """Each is seen from its own cue, so that their words may overlap."""
    text = "Police said that witnesses told them a bomb went off"
    scored = Scored(text).say("anchor", "voice", "said told")
    scored.draw("voice", "said", "source", "Police").draw("voice", "said", "cue", "said")
    scored.draw("voice", "said", "content", "that witnesses told them a bomb went off")
    scored.draw("voice", "told", "source", "witnesses").draw("voice", "told", "cue", "told")
    scored.draw("voice", "told", "content", "a bomb went off")
    outer, inner = scored.read().voices
    assert voice(outer, text) == [["Police"], ["said"], ["that witnesses told them a bomb went off"]]
    assert voice(inner, text) == [["witnesses"], ["told"], ["a bomb went off"]]


def test_a_part_that_the_text_leaves_out_has_no_pieces() -> None:
    """A speaker before a colon has no cue."""
    text = "Omar : rebels left Kutum"
    scored = Scored(text).say("anchor", "voice", "Omar")
    scored.draw("voice", "Omar", "source", "Omar").draw("voice", "Omar", "content", "rebels left Kutum")
    [heard] = scored.read().voices
    assert voice(heard, text) == [["Omar"], [], ["rebels left Kutum"]]


def test_a_cue_without_content_is_no_voice() -> None:
    """Somebody spoke, and we are not told what."""
    scored = Scored(SAID).say("anchor", "voice", "said").draw("voice", "said", "cue", "said")
    assert scored.read().voices == []


def test_of_two_voices_with_one_cue_the_surer_is_heard() -> None:
    """Two words of a cue may each be taken for its first; voices on other cues stay."""
    scored = Scored(SAID).say("anchor", "voice", "said fired").say("anchor", "voice", "on", SURE + 2)
    scored.draw("voice", "said", "cue", "said on Monday").draw("voice", "said", "content", "The rebels")
    scored.draw("voice", "on", "cue", "on Monday").draw("voice", "on", "content", "rockets at Kutum camp")
    scored.draw("voice", "fired", "cue", "fired").draw("voice", "fired", "content", "rockets")
    assert [voice(heard, SAID)[1:] for heard in scored.read().voices] == [
        [["said on Monday"], ["The rebels"]],
        [["fired"], ["rockets"]],
    ]


def test_a_content_goes_on_to_the_end_of_its_quotation_in_another_window() -> None:
    """The marks are the text's, and a window may end anywhere."""
    text = "Omar said “rebels left Kutum. Two died.”"
    scored = Scored(text).say("anchor", "voice", "said").draw("voice", "said", "cue", "said")
    scored.draw("voice", "said", "content", "“ rebels left Kutum")
    first = scored.at("Two")
    windows = [(scored.words[:first], scored.flat[:first], scored.wide[:first])]
    [heard] = decode(windows, made(), Settings(), text).voices
    assert voice(heard, text)[2] == ["“rebels left Kutum. Two died.”"]


def test_a_voice_below_the_setting_is_not_heard() -> None:
    """What counts is how sure its anchor is."""
    scored = Scored(SAID).say("anchor", "voice", "said", SURE + 1).draw("voice", "said", "content", "fired rockets")
    assert len(scored.read(settings=Settings(voice=0.7)).voices) == 1
    assert scored.read(settings=Settings(voice=0.8)).voices == []


# ---------------------------------------------------------------------- rows of labels


def shares(labels: str, sure: float = 0.9, slips: Mapping[int, float] | None = None) -> np.ndarray:
    """Three labels' shares, word by word: the named one is so sure, the other two halve the rest."""
    rows = []
    for n, label in enumerate(labels):
        share = (slips or {}).get(n, sure)
        rows.append([share if str(k) == label else (1 - share) / 2 for k in range(3)])
    return np.array(rows, np.float32)


def smooth(rows: np.ndarray) -> list[int]:
    """The likeliest row of labels from one anchor, word by word."""
    [(start, path)] = _smooth(rows[None])
    return [0] * start + path + [0] * (len(rows) - start - len(path))


@pytest.mark.parametrize(
    ("labels", "slips", "wanted"),
    [
        ("1111211111", {4: 0.6}, "1111111111"),  # a lone word that is hardly of another label
        ("0000100000", {4: 0.7}, "0000000000"),
        ("2111111111", {0: 0.5}, "1111111111"),  # at the beginning and at the end too
        ("1111111110", {9: 0.5}, "1111111111"),
        ("1111211111", {4: 0.999}, "1111211111"),  # a lone word that surely is of another
        ("0001112200", {}, "0001112200"),
        ("2221110", {6: 0.99}, "2221110"),
        ("1", {}, "1"),
        ("10", {}, "10"),
    ],
)
def test_a_slip_is_mended_and_a_run_is_kept(labels: str, slips: dict[int, float], wanted: str) -> None:
    """A lone word of another label must be sure to stay."""
    assert "".join(map(str, smooth(shares(labels, slips=slips)))) == wanted


def test_a_lone_word_pays_to_begin_and_to_end_beside_words_that_are_surely_none() -> None:
    """Leaving such words out of the sums must not make it cheaper."""
    lone = np.array([[0.99, 0.005, 0.005], [0.2, 0.75, 0.05], [0.99, 0.005, 0.005]], np.float32)
    assert smooth(lone) == [0, 0, 0]


def test_words_that_are_surely_none_stay_none_before_and_after_the_rest() -> None:
    """A row of them has no label at all."""
    assert smooth(shares("0000", 0.99)) == [0, 0, 0, 0]
    assert smooth(shares("0001110000", 0.99)) == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0]


@given(st.lists(st.tuples(st.floats(0.01, 0.89), st.floats(0.01, 0.99), st.floats(0.01, 0.99)), min_size=1, max_size=6))
def test_no_row_of_labels_is_likelier_than_the_smooth_one(rows: list[tuple[float, float, float]]) -> None:
    """Against every row there is: what Viterbi finds costs least. No word here is surely none."""
    whole = np.array(rows, np.float32)
    none = np.minimum(whole[:, :1] / whole.sum(1, keepdims=True), 0.89)
    log = np.log(np.hstack([none, (1 - none) * whole[:, 1:] / whole[:, 1:].sum(1, keepdims=True)]))

    def worth(path: tuple[int, ...]) -> float:
        return float(sum(log[n, k] for n, k in enumerate(path))) - SWITCH * sum(a != b for a, b in pairwise(path))

    best = max(map(worth, np.ndindex(*(3,) * len(rows))))
    assert worth(tuple(smooth(np.exp(log)))) == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [("000", []), ("1", [(0, 0)]), ("0110", [(1, 2)]), ("1101", [(0, 1), (3, 3)]), ("121", [(0, 0), (2, 2)])],
)
def test_runs_are_the_first_and_last_word_of_each(labels: str, wanted: list[tuple[int, int]]) -> None:
    """Another label between two words makes two runs, and "none" makes none."""
    found = _runs(0, list(map(int, labels)))
    assert found.get(1, []) == wanted
    assert 0 not in found


def bucket(apart: int) -> int:
    """As `training.model` has it: nought, then each range ahead, then each range behind; the last holds all that is farther."""
    if not apart:
        return 0
    far = min(bisect_left(BUCKETS, abs(apart)), len(BUCKETS) - 1) + 1
    return far if apart > 0 else far + len(BUCKETS)


def test_a_distance_has_the_bucket_that_training_gives_it() -> None:
    """Every bucket is used, and the farthest hold all that is farther."""
    apart = np.arange(-400, 401)
    found = _bucket(apart)
    assert found.tolist() == [bucket(int(n)) for n in apart]
    assert set(found.tolist()) == set(range(2 * len(BUCKETS) + 1))
    assert _bucket(np.array([0, 1, -1, 10**6, -(10**6)])).tolist() == [0, 1, 1 + len(BUCKETS), len(BUCKETS), 2 * len(BUCKETS)]


def test_a_distance_has_the_bucket_that_the_model_gives_it() -> None:
    """The same against the code that trains, where it can be loaded."""
    torch = pytest.importorskip("torch", reason="the network is trained with torch, which is not installed here")
    pytest.importorskip("transformers", reason="the network is trained with transformers, which is not installed here")
    from training.model import _bucket as of_model

    apart = np.arange(-400, 401)
    assert _bucket(apart).tolist() == of_model(torch.from_numpy(apart)).tolist()


# ---------------------------------------------------------------------- temperatures, windows, any scores


def scored_of(seed: int, count: int, scale: float) -> Scored:
    """Scores drawn at random for so many words."""
    scored = Scored(" ".join(f"w{n}" for n in range(count)))
    rng = np.random.default_rng(seed)
    scored.flat = rng.normal(0, scale, scored.flat.shape).astype(np.float32)
    scored.wide = rng.normal(0, scale, scored.wide.shape).astype(np.float32)
    return scored


@pytest.mark.parametrize("seed", range(5))
def test_a_temperature_changes_scores_and_not_their_order(seed: int) -> None:
    """Mentions stay what they are, and everything is less sure."""
    scored = scored_of(seed, 12, 1.5)
    cold, warm = scored.read(made()), scored.read(made({"mention": 3.0, "kind": 3.0, "realis": 3.0, "anchor": 3.0, "role": 3.0}))
    assert [m.span for m in cold.mentions] == [m.span for m in warm.mentions]
    assert all(w.score < c.score for c, w in zip(cold.mentions, warm.mentions, strict=True))
    for at in cold.words:
        word, warmer = cold.word(at), warm.word(at)
        assert word is not None
        assert warmer is not None
        for one, other in ((word.kinds, warmer.kinds), (word.realis, warmer.realis)):
            assert sorted(one, key=one.__getitem__) == sorted(other, key=other.__getitem__)
            assert max(other.values()) < max(one.values())
        seen = word.seen.arc("role", word.index), warmer.seen.arc("role", word.index)
        assert (np.argsort(seen[0], -1) == np.argsort(seen[1], -1)).all()
        assert (seen[1].max(-1) < seen[0].max(-1)).all()


def test_a_head_without_a_temperature_is_taken_as_it_is() -> None:
    """Another head's temperature does not touch it."""
    scored = Scored(MENTIONED).say("mention", "B-person", "Omar", SURE + 1)
    one, other = scored.read(made({"kind": 4.0})), scored.read(made())
    assert one.mentions == other.mentions


def test_no_windows_say_nothing() -> None:
    """A text without words is read without complaint."""
    assert decode([], made()) == Decoded()


def test_an_empty_window_says_nothing() -> None:
    """A window without words is read without complaint."""
    empty = ([], np.zeros((0, WIDTH), np.float32), np.zeros((0, WIDE), np.float32))
    assert decode([empty], made()) == Decoded()


def test_windows_follow_each_other_in_the_text() -> None:
    """Offsets are the text's and not the window's."""
    one = Scored(MENTIONED).say("mention", "B-place", "Kutum")
    later = [(a + 100, b + 100) for a, b in one.words]
    found = decode([(one.words, one.flat, one.wide), (later, one.flat, one.wide)], made())
    start = MENTIONED.index("Kutum")
    assert [m.span for m in found.mentions] == [Span(start, start + 5), Span(start + 100, start + 105)]
    assert sorted(found.words) == [a for a, _ in (*one.words, *later)]


@given(st.integers(0, 2**32), st.integers(1, 14), st.sampled_from((0.0, 0.3, 1.0, 4.0, 30.0)), st.floats(0, 1))
def test_whatever_the_scores_spans_begin_and_end_with_words(seed: int, count: int, scale: float, least: float) -> None:
    """Scores lie between 0 and 1, and no word is in two parts of one voice."""
    scored = scored_of(seed, count, scale)
    found = scored.read(settings=replace(Settings(), trigger=least, voice=least, role=least))
    starts, ends = {a for a, _ in scored.words}, {b for _, b in scored.words}
    pieces = [p for v in found.voices for p in (*v.source, *v.cue, *v.content)]
    named = [*found.mentions, *(r for t in found.triggers for r in t.roles)]
    spans = [*(n.span for n in named), *(t.span for t in found.triggers), *pieces]
    assert all(s.start in starts and s.end in ends and s.start < s.end for s in spans)
    things = [*found.voices, *found.triggers, *named]
    assert all(0 <= t.score <= 1.00001 for t in things)
    for alike in (found.mentions, found.triggers):
        assert all(one.span.end <= other.span.start for one, other in pairwise(alike))
    assert all(v.content for v in found.voices)
    for heard in found.voices:
        own = sorted((*heard.source, *heard.cue, *heard.content))
        assert all(one.end <= other.start for one, other in pairwise(own)), "no word is in two parts"
    assert all(t.same <= n and found.triggers[t.same].same == t.same for n, t in enumerate(found.triggers))
