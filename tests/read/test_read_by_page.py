"""What a page's bare words for strikes and bombs are taken for."""

from __future__ import annotations

import pytest

from crossbearing.model.mention import MEANS_UNKNOWN, Happening, Mention, MentionKind, Realis, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.by_page import by_the_page

AIR = ("Explosions/Remote violence", "Air/drone strike")
IED = ("Explosions/Remote violence", "Remote explosive/landmine/IED")
BARE = ("Explosions/Remote violence", MEANS_UNKNOWN)


def told(text: str, word: str, kind: tuple[str, str], means: str = "") -> Happening:
    """A happening told by a word of a text."""
    at, sentence = Span(text.index(word), text.index(word) + len(word)), Span(0, len(text))
    spans = (Span(text.index(means), text.index(means) + len(means)),) if means else ()
    parts = tuple(Role(RoleName.MEANS, Mention(span, MentionKind.WEAPON)) for span in spans)
    return Happening(at, sentence, *kind, Realis.ASSERTED, parts)


@pytest.mark.parametrize(
    ("text", "first", "second", "kind"),
    [
        ("Air raids hit Kutum. The strikes killed two.", ("Air raids", AIR), ("strikes", BARE), AIR),
        (
            "Air raids hit Kutum. The raids killed two.",
            ("Air raids", AIR),
            ("raids", ("Violence against civilians", "Attack")),
            AIR,
        ),
        ("Air raids hit Kutum. The blast killed two.", ("Air raids", AIR), ("blast", BARE), BARE),
        ("A mine hit a bus. The blast killed two.", ("mine", IED), ("blast", BARE), IED),
        ("A mine hit a bus. The strikes killed two.", ("mine", IED), ("strikes", BARE), BARE),
        ("Air raids hit Kutum. The bombing killed two.", ("Air raids", AIR), ("bombing", IED), IED),
        ("Air raids hit Kutum. The bombings killed two.", ("Air raids", AIR), ("bombings", IED), AIR),
    ],
)
def test_a_bare_word_is_of_the_way_in_which_its_page_tells_of_strikes(
    text: str, first: tuple[str, tuple[str, str]], second: tuple[str, tuple[str, str]], kind: tuple[str, str]
) -> None:
    """A bare strike, raid or blast is of the kind by which its page tells of such, where it tells of one way alone."""
    found = by_the_page(text, [told(text, *first), told(text, *second)])
    assert (found[1].event_type, found[1].sub_event_type) == kind


def test_a_page_that_tells_of_missile_strikes_too_leaves_its_strikes_open() -> None:
    """Where a page tells of missile strikes as well as of raids from the air, a bare strike stays open."""
    text = "Air raids hit Kutum on Monday. A missile strike hit Agadez. The strikes killed two."
    shelled = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
    happenings = [told(text, "Air raids", AIR), told(text, "missile strike", shelled), told(text, "strikes", BARE)]
    assert by_the_page(text, happenings)[2].sub_event_type == MEANS_UNKNOWN
