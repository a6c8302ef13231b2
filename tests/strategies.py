"""The domain as Hypothesis strategies: outcomes whose claims stand on words of their own document."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, time, timedelta, timezone

from hypothesis import strategies as st

from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, FigureScope, Status, Voice, claim_id
from crossbearing.model.decision import FIELDS, Cited, Contest, Decision, DecisionKind, Rank, Review, Setting, State
from crossbearing.model.incident import Contradiction, Fold, FoldKind, Grade, Graded, Incident, Lineage, Link, Passage, Standing
from crossbearing.model.mention import Stance
from crossbearing.model.outcome import Dating, Fault, Outcome
from crossbearing.model.provenance import Because, Stated
from crossbearing.model.text import (
    Capture,
    DateKind,
    Document,
    Furniture,
    FurnitureKind,
    Media,
    Metadata,
    Piece,
    Reason,
    SetAside,
    Shown,
    ShownDate,
    Span,
)
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.model.where import Place, Precision

words = st.text(st.characters(codec="utf-8"), max_size=12)
texts = st.text(st.characters(codec="utf-8"), min_size=2, max_size=80)
scores = st.floats(0, 1)
days = st.dates(date(1990, 1, 1), date(2035, 1, 1))
# Offsets that stand still: a moment in the fold of a zone that moves equals no moment of another zone.
moments = st.none() | st.datetimes(
    timezones=st.none() | st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3, minutes=-30))])
).map(lambda t: t.replace(fold=0))


def spans(text: str, least: int = 0) -> st.SearchStrategy[Span]:
    """Spans of a text that hold at least so many characters."""
    starts = st.integers(0, len(text) - least)
    return starts.flatmap(lambda start: st.integers(start + least, len(text)).map(lambda end: Span(start, end)))


def shown(text: str) -> st.SearchStrategy[Shown]:
    return st.builds(Shown, words, words, words, st.none() | spans(text))


def stated(value: st.SearchStrategy, text: str) -> st.SearchStrategy[Stated]:
    evidence = st.lists(spans(text) | shown(text), min_size=1, max_size=3).map(tuple)
    return st.builds(Stated, value, evidence, words, scores)


def many(value: st.SearchStrategy) -> st.SearchStrategy[tuple]:
    return st.lists(value, max_size=2).map(tuple)


# A time of day in no zone has no fold to keep.
hours = st.times().map(lambda t: t.replace(fold=0))
clocks = st.builds(Clock, hours, hours, st.sampled_from(ClockKind), st.none() | words) | st.just(
    Clock(time(2), time(4, 30), ClockKind.WINDOW)
)
intervals = st.builds(
    lambda ends, clock: Interval(*sorted(ends), clock), st.tuples(days, days), st.none() | clocks
) | st.sampled_from((Interval(None, None), Interval(date(2024, 1, 1), None), Interval(None, date(2024, 1, 1))))
places = st.builds(
    Place,
    words,
    words,
    st.sampled_from(Precision),
    st.none() | st.sampled_from(("SY", "IQ", "SD")),
    st.none() | words,
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.none() | st.floats(0, 500),
)
actors = st.builds(Actor, words, st.none() | words, words, words, st.none() | words, st.booleans())
numbers = st.none() | st.integers(0, 10**6)
maybe_words = st.none() | words
figures = st.builds(
    Figure, numbers, numbers, words, maybe_words, st.sampled_from(FigureScope), maybe_words, st.none() | days, maybe_words
)
voices = st.builds(Voice, words, st.sampled_from(("outlet", "medium", "claimant")), words)
set_asides = st.builds(SetAside, st.sampled_from(Reason), words)
faults = st.builds(Fault, words, st.sampled_from(("clean", "read")), words, words, st.none() | words, st.none() | words)


@st.composite
def captures(draw: st.DrawFn) -> Capture:
    content = draw(st.binary(max_size=60))
    report = draw(words)
    return Capture(content, hashlib.sha256(content).hexdigest(), draw(words), report, draw(st.sampled_from(Media)), draw(moments))


@st.composite
def documents(draw: st.DrawFn, capture: Capture) -> Document:
    text = draw(texts)
    one = st.none() | shown(text)
    dates = many(st.builds(ShownDate, st.sampled_from(DateKind), shown(text)))
    return Document(
        "d" + capture.sha256[:16],
        capture.sha256,
        capture.report,
        capture.file,
        text,
        draw(many(st.builds(Furniture, spans(text), st.sampled_from(FurnitureKind)))),
        draw(many(st.builds(Piece, spans(text), spans(text), st.booleans()))),
        draw(st.builds(Metadata, one, one, one, one, one, one, dates)),
        capture.captured,
    )


@st.composite
def claims(draw: st.DrawFn, document: Document, happening: int = 0) -> Claim:
    text, span = document.text, draw(spans(document.text, least=1))
    chain = draw(many(stated(voices, text)))
    step = draw(words)

    def maybe(value: st.SearchStrategy) -> object:
        return draw(st.none() | stated(value, text))

    return Claim(
        claim_id(document.id, span, step, happening, tuple(v.value.name for v in chain)),
        document.id,
        document.report,
        document.file,
        document.quote(span),
        span,
        draw(st.sampled_from(ClaimRole)),
        draw(st.sampled_from(Status)),
        draw(words),
        draw(words),
        draw(st.sampled_from(Stance)),
        step,
        when=maybe(intervals),
        where=maybe(places),
        perpetrators=draw(many(stated(actors, text))),
        targets=draw(many(stated(actors, text))),
        claimed_by=draw(many(stated(actors, text))),
        weapons=draw(many(stated(words, text))),
        chain=chain,
        killed=maybe(figures),
        injured=maybe(figures),
        happening=happening,
        ordinal=maybe(st.integers(1, 9)),
        score=draw(scores),
    )


@st.composite
def outcomes(draw: st.DrawFn, capture: Capture | None = None) -> tuple[Capture, Outcome]:
    """A capture and an outcome of it that the ledger's door lets in: read, set aside or at fault."""
    capture = capture or draw(captures())
    document = draw(documents(capture))
    steps = tuple(draw(st.lists(words, max_size=3)))
    kind = draw(st.sampled_from(("read", "set aside", "fault")))
    if kind == "set aside":
        return capture, Outcome(capture.sha256, steps, document=document, set_aside=draw(set_asides))
    if kind == "fault":
        return capture, Outcome(capture.sha256, steps, fault=draw(faults))
    because = many(st.builds(Because, many(spans(document.text) | shown(document.text)), words, words))
    return capture, Outcome(
        capture.sha256,
        steps,
        document=document,
        dating=draw(st.none() | st.builds(Dating, intervals, because, st.none() | words)),
        claims=tuple(draw(claims(document, n)) for n in range(draw(st.integers(0, 2)))),
        totals=draw(many(stated(figures, document.text))),
    )


instants = st.datetimes(timezones=st.just(UTC))
values = st.none() | intervals | places | figures | st.sampled_from(Status) | many(actors) | many(words)
decisions = st.builds(
    Decision,
    words,
    words,
    st.sampled_from(Rank),
    instants,
    st.sampled_from(DecisionKind),
    many(words),
    words,
    many(words),
    st.booleans(),
    st.sampled_from(FIELDS),
    values,
    many(st.builds(Cited, words, spans("ten places"), words)),
    words,
    st.none() | st.sampled_from(State),
    words,
)
reviews = st.builds(
    Review,
    st.sampled_from(State),
    st.none() | st.sampled_from((DecisionKind.ACCEPT, DecisionKind.REJECT)),
    many(st.builds(Setting, st.sampled_from(FIELDS), values, values, words, words, instants, words)),
    many(st.builds(Contest, words, words, many(words))),
    many(words),
    many(words),
    many(decisions),
)
contradictions = st.builds(Contradiction, words, words, words, words, many(words), many(words))
folds = st.builds(
    Fold,
    words,
    words,
    st.sampled_from(FoldKind),
    words,
    words,
    st.none() | words,
    many(st.builds(Passage, spans("a" * 99), spans("a" * 99), st.integers(0, 99), st.booleans())),
    many(words),
)
incidents = st.builds(
    Incident,
    words,
    many(words),
    many(words),
    words,
    words,
    st.sampled_from(Status),
    st.none() | intervals,
    st.none() | places,
    many(actors),
    many(actors),
    many(words),
    st.none() | figures,
    st.none() | figures,
    many(st.builds(Lineage, words, many(words), words, many(folds))),
    many(st.builds(Link, words, words, scores, many(words))),
    many(contradictions),
    st.booleans(),
    many(st.builds(Standing, words, words, many(words), many(words))),
    many(st.builds(Graded, words, st.sampled_from(Grade))),
    many(contradictions),
    st.none() | reviews,
)
