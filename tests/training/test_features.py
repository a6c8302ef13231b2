"""Labelled texts as targets: what is marked is one right label or several, and what is not marked is free."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from crossbearing.read.network.labels import ARCS, FLAT
from training.features import Features, features
from training.generate import generate
from training.labelled import KINDS, MARKS, MENTIONS, REALIS, ROLES, Argument, Event, Labelled, Marked, Piece, Voiced

LABELS = {**FLAT, **ARCS}
TEXT = "Omar Hassan said rebels fired rockets at Kutum camp. Two died there."


@cache
def tokenizer() -> Tokenizer:
    """Spells every word, so that words have many pieces."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    known = ["[UNK]", *letters, *("##" + c for c in letters), *".,;:'’“”()–-"]
    made = Tokenizer(models.WordPiece({word: n for n, word in enumerate(known)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def piece(words: str, text: str = TEXT) -> Piece:
    start = text.index(words)
    return start, start + len(words)


def marked(words: str, kind: str, text: str = TEXT) -> Marked:
    return Marked(*piece(words, text), kind)


def event(
    words: str, kind: str = "shelling", *roles: tuple[str, str], realis: str | None = None, chain: int | None = None
) -> Event:
    return Event(*piece(words), kind, realis, [Argument(role, *piece(said)) for role, said in roles], chain)


def labelled(marks: str, text: str = TEXT, corpus: str = "made", **held: object) -> Labelled:
    return Labelled("id", corpus, text, marks.split(), **held)  # type: ignore[arg-type]


def only(text: Labelled) -> Features:
    [made] = features(text, tokenizer(), hide=False)
    return made


def words_of(made: Features, text: str = TEXT) -> list[str]:
    return [text[a:b] for a, b in made.window.words]


def right(head: str, bits: int) -> set[str]:
    """The labels whose bits a target holds."""
    return {label for n, label in enumerate(LABELS[head]) if bits >> n & 1}


def said(head: str, made: Features, target: Sequence[int] | np.ndarray, text: str = TEXT) -> dict[str, set[str]]:
    """The right labels of each word that has more to say than "-"."""
    found = {word: right(head, int(bits)) for word, bits in zip(words_of(made, text), target, strict=True)}
    return {word: labels for word, labels in found.items() if labels != {"-"}}


def test_labels_of_training_and_of_reading_are_the_same() -> None:
    """The two lists of names are kept in two files."""
    assert FLAT["kind"] == ("-", *KINDS)
    assert FLAT["realis"] == REALIS
    assert ARCS["role"] == ("-", *ROLES)
    assert FLAT["mention"] == ("-", *(f"{edge}-{kind}" for kind in MENTIONS for edge in "BI"))


def test_what_is_not_marked_at_all_is_not_learned() -> None:
    """A target without a bit teaches nothing."""
    made = only(labelled(""))
    for target in (made.mention, made.kind, made.filler, made.anchor):
        assert not target.any()
        assert len(target) == len(made.window.words)
    assert not any((made.realis, made.voice, made.role, made.happening, made.actor))


# ---------------------------------------------------------------------- mentions


def test_a_mention_opens_with_its_first_word_and_goes_on() -> None:
    """Words outside of all mentions are none."""
    made = only(labelled("mentions", mentions=[marked("Omar Hassan", "person"), marked("Kutum", "place")]))
    assert said("mention", made, made.mention) == {"Omar": {"B-person"}, "Hassan": {"I-person"}, "Kutum": {"B-place"}}


def test_a_choice_of_kinds_makes_several_labels_right() -> None:
    """Each word has the edge that is its own in every kind."""
    made = only(labelled("mentions", mentions=[marked("Omar Hassan", "person|group|people")]))
    assert said("mention", made, made.mention) == {
        "Omar": {"B-person", "B-group", "B-people"},
        "Hassan": {"I-person", "I-group", "I-people"},
    }


def test_kinds_that_are_not_marked_throughout_are_free() -> None:
    """A word without a mark may be anything but of the kinds that are marked throughout."""
    made = only(labelled("mentions", mentions=[marked("Omar Hassan", "person")], complete=["person", "place"]))
    found = said("mention", made, made.mention)
    assert found["Omar"] == {"B-person"}
    free = {label for label in FLAT["mention"] if label[2:] not in ("person", "place")}
    assert "-" in free
    assert found["rebels"] == found["."] == free


def test_mentions_of_a_set_that_marks_only_some_say_nothing_of_the_rest_but_small_words() -> None:
    """Punctuation and words for nothing are outside of every mention."""
    made = only(labelled("", mentions=[marked("Kutum", "place")]))
    found = dict(zip(words_of(made), (right("mention", int(bits)) for bits in made.mention), strict=True))
    assert found["Kutum"] == {"B-place"}
    assert found["at"] == found["."] == {"-"}
    assert found["rebels"] == found["Omar"] == found["Two"] == set()


def test_a_number_of_one_digit_is_not_learned_as_no_mention() -> None:
    """It may be a figure that the set does not mark."""
    text = "Rebels killed 5 at Kutum."
    made = only(labelled("", text, mentions=[marked("Kutum", "place", text)]))
    assert right("mention", int(made.mention[words_of(made, text).index("5")])) == set()


def test_a_mark_that_ends_within_a_word_covers_the_word() -> None:
    """Corpora cut words in other places."""
    start, end = piece("Kutum")
    made = only(labelled("mentions", mentions=[Marked(start + 1, end - 1, "place")]))
    assert said("mention", made, made.mention) == {"Kutum": {"B-place"}}


def test_fillers_are_all_marked_or_none() -> None:
    """There is no set that marks some of their kinds."""
    made = only(labelled("fillers", fillers=[marked("Kutum camp", "object|victim")]))
    assert said("filler", made, made.filler) == {"Kutum": {"B-object", "B-victim"}, "camp": {"I-object", "I-victim"}}


# ---------------------------------------------------------------------- happenings


def test_each_word_of_a_trigger_has_its_kind() -> None:
    """Where the set leaves a choice, each of the kinds is right."""
    made = only(labelled("happenings", events=[event("fired rockets", "shelling|strike")]))
    found = said("kind", made, made.kind)
    assert found["fired"] == found["rockets"] == {"shelling", "strike"}


@pytest.mark.parametrize(
    ("corpus", "marks", "rest"),
    [
        ("made", "happenings", {"-", "other"}),
        ("generated", "happenings", {"-"}),
        ("muc4", "", set()),
        ("m2e2", "", set()),
    ],
)
def test_a_word_that_is_no_trigger_is_what_its_set_leaves_open(corpus: str, marks: str, rest: set[str]) -> None:
    """Corpora know fewer kinds than we, so theirs may be `other`; a set that marks some triggers says nothing of the rest."""
    made = only(labelled(marks, corpus=corpus, events=[event("fired")]))
    found = dict(zip(words_of(made), (right("kind", int(bits)) for bits in made.kind), strict=True))
    assert found["fired"] == {"shelling"}
    assert found["camp"] == rest


def test_events_of_a_set_that_does_not_mark_happenings_are_not_learned_as_kinds() -> None:
    """Their parts may be."""
    assert not only(labelled("roles", events=[event("fired")])).kind.any()


def test_realis_is_learned_at_the_trigger_s_first_word_where_it_is_said() -> None:
    """An event of which it is not said teaches nothing of it."""
    events = [event("fired rockets", realis="denied|planned"), event("died")]
    made = only(labelled("happenings realis", events=events))
    [(word, bits)] = made.realis
    assert words_of(made)[word] == "fired"
    assert right("realis", bits) == {"denied", "planned"}
    assert only(labelled("happenings", events=events)).realis == []


def test_parts_are_seen_from_the_trigger_s_first_word() -> None:
    """An event without parts teaches that it has none."""
    roles = (("perpetrator", "rebels"), ("means", "rockets"), ("place", "Kutum camp"))
    made = only(labelled("roles", events=[event("fired rockets", "shelling", *roles), event("died")]))
    (first, one), (second, other) = made.role
    assert (words_of(made)[first], words_of(made)[second]) == ("fired", "died")
    assert said("role", made, one) == {
        "rebels": {"perpetrator"},
        "rockets": {"means"},
        "Kutum": {"place"},
        "camp": {"place"},
    }
    assert said("role", made, other) == {}


def test_parts_that_are_not_marked_throughout_are_free() -> None:
    """Any word may play one of them."""
    shown = labelled("roles", events=[event("fired", "shelling", ("place", "Kutum"))], complete_roles=["perpetrator", "place"])
    made = only(shown)
    [(_, target)] = made.role
    found = said("role", made, target)
    assert found["Kutum"] == {"place"}
    assert found["rebels"] == {"-", *ROLES} - {"perpetrator", "place"}


def test_parts_of_which_nothing_is_said_are_free() -> None:
    """Any word may be who did it: of this event nobody looked."""
    fired = event("fired", "shelling", ("place", "Kutum"))
    fired.silent = ["perpetrator"]
    made = only(labelled("roles", events=[fired]))
    [(_, target)] = made.role
    found = said("role", made, target)
    assert found["Kutum"] == {"place"}
    assert found["rebels"] == {"-", "perpetrator"}


def test_happenings_and_actors_are_learned_by_their_chains() -> None:
    """A trigger stands for its happening by its first word, a name by its last."""
    shown = labelled(
        "happening-chains",
        events=[event("fired rockets", chain=3), event("died", chain=3), event("said")],
        actor_chains=[[piece("Omar Hassan"), piece("rebels")]],
    )
    made = only(shown)
    assert [(words_of(made)[n], chain) for n, chain in made.happening] == [("fired", 3), ("died", 3)]
    assert [(words_of(made)[n], chain) for n, chain in made.actor] == [("Hassan", 0), ("rebels", 0)]


# ---------------------------------------------------------------------- voices


def test_a_voice_is_seen_from_its_cue_s_first_word() -> None:
    """Its content may lie in pieces."""
    told = Voiced([piece("Omar Hassan")], [piece("said")], [piece("rebels fired"), piece("at Kutum camp")])
    made = only(labelled("attributions", attributions=[told]))
    assert said("anchor", made, made.anchor) == {"said": {"voice"}}
    [(anchor, target)] = made.voice
    assert words_of(made)[anchor] == "said"
    assert said("voice", made, target) == {
        "Omar": {"source"},
        "Hassan": {"source"},
        "said": {"cue"},
        **{word: {"content"} for word in ("rebels", "fired", "at", "Kutum", "camp")},
    }


def test_a_word_is_what_it_is_in_any_attribution() -> None:
    """One that is the content of the one and the cue of the other is either, rightly."""
    outer = Voiced([piece("Omar Hassan")], [piece("said")], [piece("rebels fired rockets")])
    inner = Voiced([piece("rebels")], [piece("fired")], [piece("rockets")])
    made = only(labelled("attributions", attributions=[outer, inner]))
    assert said("said", made, made.said) == {
        "Omar": {"source"},
        "Hassan": {"source"},
        "said": {"cue"},
        "rebels": {"source", "content"},
        "fired": {"cue", "content"},
        "rockets": {"content"},
    }
    assert (only(labelled("mentions")).said == 0).all()


@pytest.mark.parametrize(
    ("told", "anchor"),
    [
        (Voiced([piece("Omar Hassan")], [], [piece("rebels fired")]), "Omar"),
        (Voiced([], [], [piece("rebels fired")]), "rebels"),
        (Voiced([], [piece("said")], [piece("rebels fired")]), "said"),
    ],
    ids=["no cue", "content alone", "no source"],
)
def test_a_voice_with_a_part_missing_is_seen_from_the_next_part(told: Voiced, anchor: str) -> None:
    """From the source without a cue, and from the content without both."""
    made = only(labelled("attributions", attributions=[told]))
    assert said("anchor", made, made.anchor) == {anchor: {"voice"}}


def test_a_text_in_which_nobody_speaks_teaches_that_there_is_no_voice() -> None:
    """A text in which voices are not marked does not."""
    assert (only(labelled("attributions")).anchor == 1).all()
    assert (only(labelled("mentions")).anchor == 0).all()


# ---------------------------------------------------------------------- windows

LIMIT = 64
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"


def cut(text: Labelled) -> tuple[Features, Features]:
    first, second = features(text, tokenizer(), LIMIT)
    return first, second


def edge() -> tuple[str, str]:
    """The last word of the first window and the first of the second."""
    first, second = cut(labelled("", LONG))
    return words_of(first, LONG)[-1], words_of(second, LONG)[0]


def test_a_span_cut_by_windows_is_learned_in_both() -> None:
    """What goes on in the next window opens there anew, as it does when it is read."""
    last, following = edge()
    both = f"{last} {following}"
    first, second = cut(labelled("mentions", LONG, mentions=[marked(both, "people", LONG)]))
    assert said("mention", first, first.mention, LONG) == {last: {"B-people"}}
    assert said("mention", second, second.mention, LONG) == {following: {"B-people"}}


def test_parts_in_another_window_than_their_trigger_are_not_learned() -> None:
    """The network sees one window at a time."""
    last, following = edge()
    told = Event(*piece(last, LONG), "attack", "asserted", [Argument("victim", *piece(w, LONG)) for w in (last, following)])
    first, second = cut(labelled("happenings realis roles", LONG, events=[told]))
    [(_, target)] = first.role
    assert said("role", first, target, LONG) == {last: {"victim"}}
    assert (second.role, second.realis) == ([], [])


def test_a_content_that_goes_on_in_the_next_window_is_learned_where_its_cue_stands() -> None:
    """In the next window nobody speaks."""
    last, following = edge()
    told = Voiced([piece("one", LONG)], [piece("two", LONG)], [piece(f"{last} {following}", LONG)])
    first, second = cut(labelled("attributions", LONG, attributions=[told]))
    [(_, target)] = first.voice
    assert said("voice", first, target, LONG) == {"one": {"source"}, "two": {"cue"}, last: {"content"}}
    assert second.voice == []
    assert (second.anchor == 1).all()


def test_a_trigger_cut_by_windows_is_not_learned_as_none() -> None:
    """Its later words tell of the happening too."""
    last, following = edge()
    told = Event(*piece(f"{last} {following}", LONG), "attack")
    _, second = cut(labelled("happenings", LONG, corpus="generated", events=[told]))
    assert right("kind", int(second.kind[0])) != {"-"}


def test_the_words_of_all_windows_are_the_words_of_the_text() -> None:
    """No word is learned twice, and none is lost."""
    first, second = cut(labelled("", LONG))
    assert words_of(first, LONG) + words_of(second, LONG) == LONG.split()


# ---------------------------------------------------------------------- made-up reports


def test_every_mark_of_a_made_up_report_is_learned() -> None:
    """Over reports that mark everything: each trigger, each voice and each mention comes out at its own words."""
    for report in generate(5, 60):
        assert set(report.marks) <= set(MARKS)
        made = list(features(report, tokenizer()))
        # A party's name is one word, whatever marks begin within it.
        starts = {at: (f, n) for f in made for n, (a, b) in enumerate(f.window.words) for at in range(a, b)}
        for e in report.events:
            f, n = starts[e.start]
            assert right("kind", int(f.kind[n])) == {e.kind}, report.text
            assert n in [word for word, _ in f.role]
        for m in report.mentions:
            f, n = starts[m.start]
            assert right("mention", int(f.mention[n])) <= {f"{edge}-{kind}" for edge in "BI" for kind in MENTIONS}
        assert sum(len(f.realis) for f in made) == sum(e.realis is not None for e in report.events)
