"""Made-up happenings with the numbers of several voices."""

from __future__ import annotations

from dataclasses import replace

from crossbearing.model.mention import (
    Attribution,
    Happening,
    Mention,
    MentionKind,
    Realis,
    Role,
    RoleName,
    Stance,
    StatedFigure,
    said_by,
)
from crossbearing.model.text import Span
from crossbearing.read.whose import to_each_its_own

TEXT = "Officials said 12 died, residents 30."
FIRST, SECOND = Span(15, 17), Span(34, 36)


def voice(cue: Span, content: Span) -> Attribution:
    return Attribution(cue, content, Stance.ASSERTS, Mention(Span(cue.start - 1, cue.start), MentionKind.PERSON))


OFFICIALS, RESIDENTS = voice(Span(10, 14), Span(15, 36)), voice(Span(33, 34), Span(34, 36))


def happening(*heard: int) -> Happening:
    roles = tuple(Role(RoleName.KILLED, Mention(at, MentionKind.FIGURE)) for at in (FIRST, SECOND))
    return Happening(
        Span(18, 22), Span(0, 37), "Violence against civilians", "Attack", Realis.ASSERTED, roles, attributions=heard
    )


def figures() -> list[StatedFigure]:
    return [StatedFigure(Mention(at, MentionKind.FIGURE), "killed", happening=0) for at in (FIRST, SECOND)]


def test_the_narrowest_words_say_whose_they_are() -> None:
    """A content that runs on over another's is not what holds that other's number."""
    assert said_by([OFFICIALS, RESIDENTS], FIRST) == 0
    assert said_by([OFFICIALS, RESIDENTS], SECOND) == 1
    assert said_by([RESIDENTS], FIRST) is None


def test_anothers_number_leaves_the_happening_and_is_kept() -> None:
    """Who tells of it keeps the number given there; the other's stands for itself."""
    (told,), kept = to_each_its_own(TEXT, [happening(0)], figures(), [OFFICIALS, RESIDENTS])
    assert [m.span for m in told.role(RoleName.KILLED)] == [FIRST]
    assert [f.happening for f in kept] == [0, None]


def test_of_two_who_both_tell_of_it_the_first_to_count_does() -> None:
    """And the second is its voice no more."""
    (told,), kept = to_each_its_own(TEXT, [happening(0, 1)], figures(), [OFFICIALS, RESIDENTS])
    assert told.attributions == (0,)
    assert [f.happening for f in kept] == [0, None]


def test_one_voices_numbers_stay_together() -> None:
    """A part beside its whole, in one mouth."""
    one = happening(0)
    assert to_each_its_own(TEXT, [one], figures(), [OFFICIALS]) == ([one], tuple(figures()))


def test_a_voice_that_carries_the_other_is_not_told_from_it() -> None:
    """ "X, citing Y": both give both."""
    carried = replace(RESIDENTS, within=0)
    one = happening(0)
    assert to_each_its_own(TEXT, [one], figures(), [OFFICIALS, carried])[0] == [one]
