"""A text with its lights: cut into stretches it stays as it was, and each stretch knows what stands on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crossbearing.model.text import Document, Furniture, FurnitureKind, Span
from crossbearing.serve.desk import Desk
from crossbearing.serve.lit import Mark, lines_of, marks_of, stretches

TEXT = "Shells fell on the market of El Fasher on Friday. At least 12 people were killed, doctors said."


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span(start, draw(st.integers(start + 1, len(TEXT))))


@given(marks=st.lists(spans(), max_size=8), edges=st.sets(st.integers(0, len(TEXT)), max_size=6), within=st.none() | spans())
def test_stretches_are_the_text(marks: list[Span], edges: set[int], within: Span | None) -> None:
    """Joined, the stretches are the text; each lies wholly on or off each mark and each piece of furniture."""
    cuts = sorted(edges)
    furniture = tuple(Furniture(Span(a, b), FurnitureKind.MENU) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b)
    document = Document("d", "c", "r", "f", TEXT, furniture)
    made = [Mark(span, "when", str(n)) for n, span in enumerate(marks)]
    room = within or Span(0, len(TEXT))
    found = list(stretches(TEXT, made, document, within))
    assert "".join(one.text for one in found) == room.of(TEXT)
    at = room.start
    begun: set[int] = set()
    for one in found:
        own = Span(at, at + len(one.text))
        assert (
            set(one.marks)
            == {n for n, span in enumerate(marks) if span.holds(own)}
            == {n for n, s in enumerate(marks) if s.meets(own)}
        )
        assert (one.furniture is not None) == any(piece.span.holds(own) for piece in furniture)
        assert not begun & set(one.first)
        begun |= set(one.first)
        at = own.end
    assert begun == {n for n, span in enumerate(marks) if span.meets(room)}


def test_every_value_of_a_claim_is_lit(desk: Desk) -> None:
    """Each claim of the ledger has its own sentence lit, and each value that stands on words of the text."""
    with desk.asking() as held:
        ids = [row[0] for row in held.connection.execute("SELECT id FROM document WHERE status = 'read'")]
        for document in ids:
            outcome = desk.outcome_of(held, document)
            marks = marks_of(outcome)
            assert marks == sorted(marks, key=lambda one: (one.span.start, -one.span.end, one.kind))
            for claim in outcome.claims:
                own = [one for one in marks if one.claim == claim.id]
                assert claim.span in {one.span for one in own if one.kind == "claim"}
                kinds = {one.kind for one in own}
                for kind, value in (("where", claim.where), ("when", claim.when), ("figure", claim.killed)):
                    if value and any(isinstance(one, Span) and len(one) for one in value.evidence):
                        assert kind in kinds


def test_a_value_on_several_stretches_is_one_line() -> None:
    """What the marks say is told once, however many stretches it stands on, and each mark knows its line."""
    marks = [Mark(Span(0, 3), "when", "when: Friday", "c1"), Mark(Span(5, 8), "when", "when: Friday", "c1"),
             Mark(Span(5, 8), "when", "when: Friday", "c2")]  # fmt: skip
    lines, of = lines_of(marks)
    assert (len(lines), of) == (2, [0, 0, 1])
