"""Stretches of text as the network takes them: no word is lost, and each lies where the window says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from crossbearing import resources
from crossbearing.model.text import Span
from crossbearing.read.network.windows import CLOSE, LIMIT, NAME, PARTY, SHAPES, TITLE, Window, shape, shouted, windows
from crossbearing.words import sentences

REPORT = (
    "The army's drone hit a depot near Tel Rifaat on 4 May, UNHCR said. Nobody claimed it.\n\n"
    "“We heard three blasts,” a resident told Radio Dabanga – the camp (Zone 7b) is closed.\n"
    "Ça brûle à Hasaka; 中文 и Київ 👩‍👩‍👧 ran by."
)
OWN = [f"[{n}]" for n in range(CLOSE + 1)]
"""Places of a vocabulary that stand for no word: those of the pieces that windows add are among them."""


@cache
def spelled() -> Tokenizer:
    """A tokenizer that knows a few words and spells the rest, so that words have many pieces."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    known = [*OWN, "[UNK]", "the", "army", "said", "a", *letters, *("##" + c for c in letters), *".,;:'’“”()–-"]
    made = Tokenizer(models.WordPiece({word: n for n, word in enumerate(dict.fromkeys(known))}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@cache
def bundled() -> Tokenizer | None:
    """The tokenizer that ships, where a bundle lies in the package."""
    file = Path(resources.__file__).parent / "reader" / "tokenizer.json"
    return Tokenizer.from_file(str(file)) if file.is_file() else None


def cutters() -> list[Tokenizer]:
    return [t for t in (spelled(), bundled()) if t is not None]


@pytest.fixture(params=["spelled", "bundled"])
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    made = {"spelled": spelled, "bundled": bundled}[request.param]()
    return made or pytest.skip("no reader's bundle lies in the package")


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def split(text: str) -> list[Span]:
    return list(sentences.split(text, Span(0, len(text))))


def words_of(found: Sequence[Window]) -> list[tuple[int, int]]:
    return [word for window in found for word in window.words]


def test_every_word_of_the_sentences_is_in_one_window_in_order(tokenizer: Tokenizer) -> None:
    """Put together, the windows' words are the sentences' text without its blanks."""
    text = " ".join([REPORT] * 12)
    cut = split(text)
    found = list(windows(text, cut, tokenizer))
    assert len(found) > 3
    words = words_of(found)
    assert all(one[1] <= other[0] for one, other in pairwise(words))
    said = "".join("".join(text[a:b].split()) for a, b in words)
    assert said == "".join("".join(s.of(text).split()) for s in cut)


def test_words_are_letters_and_digits_together_and_each_other_sign_alone(tokenizer: Tokenizer) -> None:
    """Apostrophes, hyphens, quotes and brackets are words of their own."""
    text = "The army's 2nd brigade (7b) hit U-turn, “Zone”."
    found = [text[a:b] for a, b in words_of(list(windows(text, whole(text), tokenizer)))]
    assert found == "The army ' s 2nd brigade ( 7b ) hit U - turn , “ Zone ” .".split()


def test_what_lies_between_the_sentences_is_read_by_no_window(tokenizer: Tokenizer) -> None:
    """Furniture around the article stays out."""
    text = "Menu Home. The army said a word. Share this."
    span = Span(text.index("The"), text.index(" Share"))
    words = words_of(list(windows(text, [span], tokenizer)))
    assert " ".join(text[a:b] for a, b in words) == "The army said a word ."


def test_a_word_stands_where_its_first_piece_does(tokenizer: Tokenizer) -> None:
    """The pieces from one word's first to the next word's first are those of the word alone."""
    text = " ".join([REPORT] * 4)
    for window in windows(text, split(text), tokenizer, "Strikes in the north", hide=False):
        assert len(window.ids) == len(window.shapes)
        assert len(window.firsts) == len(window.words)
        ends = [*window.firsts[1:], len(window.ids) - 1]
        for (a, b), first, end in zip(window.words, window.firsts, ends, strict=True):
            assert window.ids[first:end] == tokenizer.encode(text[a:b], add_special_tokens=False).ids, text[a:b]


@given(st.text("abZ09 .,'_-\n\t[]“”’–—…\x07é\u0301中", max_size=40) | st.text(max_size=40))
@example("[SEP] said [CLS]")
@example("a\x1fb c\x7fd")
def test_the_pieces_are_those_of_the_tokenizer_itself(text: str) -> None:
    """Plain words are looked up one by one, and nothing else comes of it."""
    for tokenizer in cutters():
        found = list(windows(text, whole(text), tokenizer, hide=False))
        encoding = tokenizer.encode(text, add_special_tokens=False)
        assert [id for window in found for id in window.ids[1:-1]] == encoding.ids
        places: dict[int, tuple[int, int]] = {}
        for number, (a, b) in zip(encoding.word_ids, encoding.offsets, strict=True):
            places[number] = places.get(number, (a, b))[0], b
        assert words_of(found) == list(places.values())


@pytest.mark.parametrize("title", ["", "Army says depot hit", "A headline of many words " * 20])
@pytest.mark.parametrize("limit", [128, LIMIT])
def test_no_window_is_longer_than_its_limit(tokenizer: Tokenizer, title: str, limit: int) -> None:
    """Not with any title, with a sentence of 500 words, or with words of many pieces."""
    text = " ".join([REPORT, "said " * 500, "x" * 400, "Neuhardenbergerstrassenfest " * 30])
    found = list(windows(text, split(text), tokenizer, title, limit))
    assert max(len(w.ids) for w in found) <= limit


def test_a_sentence_that_fits_a_window_is_not_cut(tokenizer: Tokenizer) -> None:
    """All its words stand in one window."""
    text = "The army said so. " * 100
    cut = split(text)
    for span in cut:
        held = [w for w in windows(text, cut, tokenizer) if any(span.start <= a < span.end for a, _ in w.words)]
        assert len(held) == 1


def test_a_sentence_longer_than_a_window_is_cut_between_words(tokenizer: Tokenizer) -> None:
    """Words of several pieces come out whole."""
    text = "Hasaka brûlée " * 200
    found = list(windows(text, whole(text), tokenizer))
    assert len(found) > 1
    assert [text[a:b] for a, b in words_of(found)] == text.split()
    assert all(w.firsts[0] == 1 for w in found), "each window begins with a whole word"


def test_short_sentences_share_a_window(tokenizer: Tokenizer) -> None:
    """As many as have room go together."""
    text = "The army said a. " * 5
    assert len(list(windows(text, split(text), tokenizer))) == 1


def test_the_title_goes_before_each_window_and_is_not_among_its_words(tokenizer: Tokenizer) -> None:
    """With or without a title the words are the same."""
    title, text = "Army said", "The army said a. " * 60
    head = tokenizer.encode(title, add_special_tokens=False).ids
    found = list(windows(text, split(text), tokenizer, title))
    assert len(found) > 1
    for window in found:
        assert window.ids[1 : 2 + len(head)] == [*head, CLOSE]
        assert window.firsts[0] == 2 + len(head)
    assert words_of(found) == words_of(list(windows(text, split(text), tokenizer)))


def test_a_long_title_is_cut(tokenizer: Tokenizer) -> None:
    """It takes no more than its own room."""
    text = "The army said a."
    [window] = windows(text, whole(text), tokenizer, "the " * 100)
    assert window.ids[1 + TITLE] == CLOSE
    assert window.firsts[0] == 2 + TITLE


@pytest.mark.parametrize("text", ["", " \n ", "\0\0", "\u200b", "\u0301"])
def test_a_text_without_words_has_no_window(tokenizer: Tokenizer, text: str) -> None:
    """A title alone makes none either."""
    assert list(windows(text, whole(text), tokenizer, "A title")) == []
    assert list(windows(text, [], tokenizer, "A title")) == []


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("army", "lower"),
        ("Army", "capital"),
        ("McDonald", "capital"),
        ("A", "capital"),
        ("UNHCR", "upper"),
        ("4", "digit"),
        ("2nd", "digit"),
        ("T72", "digit"),
        (",", "sign"),
        ("“", "sign"),
        ("😀", "sign"),
        ("Київ", "capital"),
        ("中", "lower"),
    ],
)
def test_a_word_has_the_shape_it_is_written_in(word: str, name: str) -> None:
    """Digits go before capitals, and one capital letter is no word in capitals."""
    assert SHAPES[shape(word, False)] == name


@pytest.mark.parametrize(("word", "name"), [("ARMY", "unknown"), ("Army", "unknown"), ("T72", "digit"), (".", "sign")])
def test_capitals_say_nothing_where_all_is_capitals(word: str, name: str) -> None:
    """Digits and signs still are what they are."""
    assert SHAPES[shape(word, True)] == name


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("ARMY HITS DEPOT IN KUTUM", True),
        ("UN: IDF hit it", False),
        ("Army hits depot", False),
        ("中文 1234", False),
        ("", False),
    ],
)
def test_a_text_is_loud_where_it_is_capitals_throughout(text: str, loud: bool) -> None:
    """A few names in capitals do not make it so."""
    assert shouted(text) is loud


def test_each_piece_has_the_shape_of_its_word(tokenizer: Tokenizer) -> None:
    """The later pieces of a word have it too."""
    text = "Kutum UNHCR 2nd, said"
    [window] = windows(text, whole(text), tokenizer)
    ends = [*window.firsts[1:], len(window.ids) - 1]
    shapes = [{SHAPES[s] for s in window.shapes[a:b]} for a, b in zip(window.firsts, ends, strict=True)]
    assert shapes == [{"capital"}, {"upper"}, {"digit"}, {"sign"}, {"lower"}]


def test_a_text_in_capitals_has_shapes_that_say_nothing(tokenizer: Tokenizer) -> None:
    """The words are of unknown shape, not in capitals."""
    text = "ARMY HITS DEPOT, 4 DEAD"
    [window] = windows(text, whole(text), tokenizer)
    assert [SHAPES[window.shapes[n]] for n in window.firsts] == ["unknown"] * 3 + ["sign", "digit", "unknown"]


HIDDEN = [
    "Yesterday {} shelled a camp, and {}’s men fled.",
    "Police said on Monday that {} fired rockets at a base.",
    "“We know who did it: {},” she said.",
]


@pytest.mark.parametrize("sentence", HIDDEN)
def test_the_network_is_not_told_which_party_it_is(tokenizer: Tokenizer, sentence: str) -> None:
    """Whoever is named, the network's input is the same."""
    seen = set()
    for party in ("Hezbollah", "Hamas", "Israel", "Iran", "Russia", "Ukraine", "Islamic State", "al-Shabaab"):
        text = sentence.format(party, party)
        [window] = windows(text, whole(text), tokenizer)
        assert hidden(window, text, PARTY) == [party] * sentence.count("{}")
        seen.add((tuple(window.ids), tuple(window.shapes)))
    assert len(seen) == 1


def test_an_article_is_hidden_with_a_party_s_name(tokenizer: Tokenizer) -> None:
    """Else the input says which of the parties is meant."""
    text = "He said the Netherlands left, and the Malian army, and Syria."
    [window] = windows(text, whole(text), tokenizer)
    assert hidden(window, text, PARTY) == ["the Netherlands", "the Malian army", "Syria"]


def test_a_name_that_the_vocabulary_lacks_is_one_piece(tokenizer: Tokenizer) -> None:
    """It is so at the beginning of a sentence too, and the words stay where they are."""
    text = "Qazvinji said that men of Zubaydiyya fled to the hills of Qumayrah."
    [window] = windows(text, whole(text), tokenizer)
    assert hidden(window, text, NAME) == ["Qazvinji", "Zubaydiyya", "Qumayrah"]
    assert words_of([window]) == words_of(list(windows(text, whole(text), tokenizer, hide=False)))


def test_a_word_that_the_tables_know_is_told_at_the_beginning_of_a_sentence(tokenizer: Tokenizer) -> None:
    """There a capital does not make a name."""
    text = "Airstrikes hit the hills of Qumayrah."
    [window] = windows(text, whole(text), tokenizer)
    assert hidden(window, text, NAME) == ["Qumayrah"]


def test_a_country_s_forces_are_hidden_with_its_name(tokenizer: Tokenizer) -> None:
    """So that a group, whose forces need no word, looks alike; a name that no table has does so with its forces."""
    text = "Men said the Malian army and Hamas fighters shelled a base of the Sudanese Air Force and the Qumayran military."
    [window] = windows(text, whole(text), tokenizer)
    assert hidden(window, text, PARTY) == ["the Malian army", "Hamas fighters", "the Sudanese Air Force", "the Qumayran military"]


def test_who_is_for_a_party_is_none_of_its_forces(tokenizer: Tokenizer) -> None:
    """ "Pro-Iran militants" are militants still."""
    text = "Police said pro-Iran militants and anti-Qumayra fighters fled."
    [window] = windows(text, whole(text), tokenizer)
    assert hidden(window, text, PARTY) == ["Iran"]
    assert hidden(window, text, NAME) == ["Qumayra"]


def test_names_in_a_row_are_one_piece(tokenizer: Tokenizer) -> None:
    """However many words a name has, and not across a comma."""
    text = "it was there that the old man met Qumayra Zubaydiyya at his house in the town of Qazvinji, Hutalosin."
    [window] = windows(text, whole(text), tokenizer)
    assert hidden(window, text, NAME) == ["Qumayra Zubaydiyya", "Qazvinji", "Hutalosin"]


def test_in_a_headline_no_word_but_a_party_s_name_is_hidden(tokenizer: Tokenizer) -> None:
    """Where most words are capitals, a capital is no sign of a name."""
    text = "Hezbollah Strafes Qumayrah as Zubaydiyya Smoulders"
    [window] = windows(text, whole(text), tokenizer)
    assert hidden(window, text, PARTY) == ["Hezbollah"]
    assert NAME not in window.ids


def test_names_in_a_title_are_hidden_too(tokenizer: Tokenizer) -> None:
    """Two titles that differ in their party give the same windows."""
    text, titles = "The army said a.", ("Rockets fired by Hamas hit a base", "Rockets fired by Israel hit a base")
    one, other = (list(windows(text, whole(text), tokenizer, title)) for title in titles)
    assert one == other
    assert PARTY in one[0].ids


def test_nothing_is_hidden_where_that_is_asked(tokenizer: Tokenizer) -> None:
    """The pieces are then the tokenizer's own."""
    text = "Police said Hezbollah men of Zubaydiyya fled."
    [window] = windows(text, whole(text), tokenizer, hide=False)
    assert not {PARTY, NAME} & set(window.ids)
    assert window.ids[1:-1] == tokenizer.encode(text, add_special_tokens=False).ids


def hidden(window: Window, text: str, by: int) -> list[str]:
    """The words that a piece of its own stands for."""
    return [text[a:b] for (a, b), n in zip(window.words, window.firsts, strict=True) if window.ids[n] == by]


parties = st.sampled_from(("Hezbollah", "Israel", "U.S.", "Islamic State", "Ukrainians", "RSF", "al-Shabaab", "Iran’s"))
hard = parties | st.text(
    st.sampled_from("aB7 .-\n\0\u200b\u200d\u0301\ufeff\ufffd😀👩中ßİﬁ한Ω’") | st.characters(codec="utf-8"), max_size=120
)


@given(st.lists(hard, min_size=1, max_size=6), st.sampled_from(("", " ")), hard, st.integers(1, 60), st.booleans())
@example(["Ab\0c\u200bd 👩‍👩‍👧 İx"], "", "\0", 40, True)
@example(["\ud7ff\ue000 e\u0301\u0301"], "", "", 1, False)
def test_whatever_the_text_the_words_are_exact_slices_in_order(
    drawn: list[str], between: str, title: str, times: int, hide: bool
) -> None:
    """Nothing crashes, no letter is left out, and no window is too long."""
    text = between.join(drawn)
    text = text * times if len(text) < 40 else text
    for tokenizer in cutters():
        for cut in (whole(text), split(text)):
            found = list(windows(text, cut, tokenizer, title, hide=hide))
            words = words_of(found)
            assert all(0 <= a < b <= len(text) for a, b in words)
            assert all(one[1] <= other[0] for one, other in pairwise(words))
            assert all(any(s.start <= a and b <= s.end for s in cut) for a, b in words)
            assert all(text[a:b] == text[a:b].strip() for a, b in words)
            assert not any(c.isalnum() for c in left_out(text, cut, words)), "no letter is left out"
            for window in found:
                assert len(window.ids) == len(window.shapes) <= LIMIT
                assert len(window.firsts) == len(window.words) > 0
                assert all(0 < n < len(window.ids) - 1 for n in window.firsts)
                assert all(0 <= s < len(SHAPES) for s in window.shapes)


def left_out(text: str, cut: Sequence[Span], words: Sequence[tuple[int, int]]) -> set[str]:
    """The signs of the sentences that stand in no word."""
    held = {n for a, b in words for n in range(a, b)}
    return {text[n] for span in cut for n in range(span.start, span.end) if n not in held}
