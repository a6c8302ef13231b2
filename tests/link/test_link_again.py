"""Other decisions on the same claims: what is drawn again is what all would be, and little of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

import made_ledgers
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from made_claims import BASE, FAR, MakeClaim
from made_decisions import Decide

from crossbearing.link.again import Noted
from crossbearing.link.incidents import draw, link, redraw
from crossbearing.model.claim import Claim
from crossbearing.model.decision import DecisionKind
from crossbearing.model.incident import Drawing
from crossbearing.model.outcome import Outcome


def holding(claims: Sequence[Claim], pages: Iterable[Outcome], asked: list[str]) -> Callable[[Collection[str]], list[Outcome]]:
    """The outcomes that hold some claims, each with all claims of its document; notes which were asked for."""
    of = {page.document.id: page for page in pages if page.document}

    def outcomes_of(some: Collection[str]) -> list[Outcome]:
        asked.extend(some)
        documents = dict.fromkeys(claim.document for claim in claims if claim.id in some)
        own = {name: tuple(claim for claim in claims if claim.document == name) for name in documents}
        return [Outcome(name, ("made/1",), document=of[name].document if name in of else None,
                        dating=of[name].dating if name in of else None, claims=told) for name, told in own.items()]  # fmt: skip

    return outcomes_of


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_is_drawn_again_is_what_all_would_be(data: st.DataObject) -> None:
    """From any decisions to any others on the same claims, undone ones among them: incident by incident, link by link."""
    claims, pages = data.draw(made_ledgers.claims(most=16)), data.draw(made_ledgers.pages())
    decisions = data.draw(made_ledgers.decisions(claims))
    earlier = [one for one in decisions if data.draw(st.booleans())]
    now = [one for one in decisions if data.draw(st.booleans())]

    found = redraw(draw(claims, earlier, pages), earlier, now, holding(claims, pages, []))

    event("drawn again" if found else "a telling is cut otherwise")
    assume(found)
    assert found == draw(claims, now, pages)


def test_only_what_a_decision_can_touch_is_asked_for(claim: MakeClaim, decide: Decide) -> None:
    """Of a far place nothing is looked at when two incidents of one base are put together."""
    claims = [claim("a"), claim("b", day=14), claim("x", place=FAR, day=20), claim("y", place=FAR, day=20)]
    merged = [decide("Ann", DecisionKind.SAME, claims[0], claims[1])]
    asked: list[str] = []

    found = redraw(draw(claims), (), merged, holding(claims, (), asked))

    assert found
    assert found.incidents == link(claims, merged)
    assert len(found.incidents) == 2
    assert {claims[2].id, claims[3].id}.isdisjoint(asked)


def test_a_join_that_crosses_has_what_is_around_drawn_too(claim: MakeClaim, decide: Decide) -> None:
    """A telling that was kept apart from its like goes back to it when that is undone."""
    claims = [claim("a"), claim("b"), claim("c", place=BASE)]
    apart = [decide("Ann", DecisionKind.DIFFERENT, claims[0], one) for one in claims[1:]]
    before = draw(claims, apart)

    found = redraw(before, apart, [], holding(claims, (), []))

    assert found
    assert len(before.incidents) == 2
    assert found == draw(claims)
    assert len(found.incidents) == 1


def test_a_drawing_that_does_not_say_what_was_compared_saves_nothing(claim: MakeClaim) -> None:
    """Then all is drawn: nothing is guessed."""
    claims = [claim("a"), claim("b")]

    assert redraw(Drawing(link(claims)), (), (), holding(claims, (), [])) is None
    assert redraw(replace(draw(claims), incidents=link(claims[:1])), (), (), holding(claims, (), [])) is None


def test_a_telling_that_is_cut_is_for_a_whole_drawing(claim: MakeClaim, decide: Decide) -> None:
    """Two voices of one report told apart by a person are two tellings, of which nobody knows yet what they compare with."""
    claims = [claim("a", voices=("mayor",)), claim("a", voices=("army",)), claim("b")]
    cut = [decide("Ann", DecisionKind.DIFFERENT, claims[0], claims[1])]

    assert redraw(draw(claims), (), cut, holding(claims, (), [])) is None


def test_what_was_compared_is_kept_in_eight_bytes_a_pair() -> None:
    """And whether it compares as one happening."""
    noted = Noted()

    assert list(noted.of([(0, 1, 2.5), (1, 7, -1.0)])) == [(0, 1, 2.5), (1, 7, -1.0)]
    assert noted.kept() == bytes([0, 0, 0, 0x80, 1, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0])
