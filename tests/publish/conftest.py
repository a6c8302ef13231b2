"""One small happening told twice, by invented outlets, as model values."""

from __future__ import annotations

from datetime import date

import pytest

from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status, Voice, claim_id
from crossbearing.model.incident import Contradiction, Incident, Lineage
from crossbearing.model.mention import Stance
from crossbearing.model.outcome import Dating, Outcome
from crossbearing.model.provenance import Because, Stated
from crossbearing.model.text import Document, Furniture, FurnitureKind, Metadata, Shown, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision

pytest.register_assert_rewrite("tests.publish.case_books")

TEXT = (
    "MENU\nA drone struck a depot near Velmar on Tuesday, the Harbour Dispatch reported, citing the regional office. "
    "At least 12 people were killed, most of them dock workers."
)


def at(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def claim() -> Claim:
    span = at("A drone struck a depot near Velmar on Tuesday")
    drone, depot = Actor("Northern Front", "northern-front", "the Front"), Actor("Depot workers", None, "dock workers")
    return Claim(
        id=claim_id("d1", span, "rules/1", 0, ("Coast Wire",)),
        document="d1",
        report="r1",
        file="pages/one.html",
        quote=span.of(TEXT),
        span=span,
        role=ClaimRole.MAIN,
        status=Status.HAPPENED,
        event_type="Explosions/Remote violence",
        sub_event_type="Air/drone strike",
        stance=Stance.RELAYS,
        step="rules/1",
        when=Stated(Interval.day(date(2031, 3, 4)), (at("Tuesday"),), "when/1", 0.9),
        where=Stated(
            Place("geonames:1", "Velmar", Precision.NEAR, "ZZ", "Coast", 10.0, 20.0, 15.0),
            (at("near"), at("Velmar")),
            "where/1",
        ),
        perpetrators=(Stated(drone, (at("A drone"),), "who/1"), Stated(drone, (at("A drone"),), "who/1")),
        targets=(Stated(depot, (at("dock workers"),), "who/1"),),
        weapons=(Stated("drone", (at("drone"),), "rules/1"),),
        chain=(
            Stated(
                Voice("Coast Wire", "outlet", "Coast Wire"),
                (Shown("Coast Wire", "meta og:site_name", "Coast Wire"),),
                "clean/1",
            ),
            Stated(Voice("Harbour Dispatch", "medium", "the Harbour Dispatch"), (at("the Harbour Dispatch"),), "rules/1"),
        ),
        killed=Stated(Figure(12, None, "killed", qualifier="at least"), (at("At least 12"),), "figures/1"),
    )


@pytest.fixture
def incident(claim: Claim) -> Incident:
    return Incident(
        id="i1",
        claims=(claim.id, "c2"),
        reports=("r1", "r2"),
        event_type=claim.event_type,
        sub_event_type=claim.sub_event_type,
        status=claim.status,
        when=Interval(date(2031, 3, 4), None),
        where=Place("iso:ZZ", "Zedland", Precision.COUNTRY, "ZZ"),
        perpetrators=(Actor("Northern Front", "northern-front", "the Front"),),
        killed=Figure(9, None, "killed"),
        most_killed=12,
        lineages=(Lineage("Harbour Dispatch", (claim.id, "c2"), "both cite the Harbour Dispatch"),),
        contradictions=(Contradiction("killed", claim.id, "c2", "at least 12 here, 9 there"),),
    )


@pytest.fixture
def outcome(claim: Claim) -> Outcome:
    document = Document(
        "d1",
        "f" * 64,
        "r1",
        "pages/one.html",
        TEXT,
        (Furniture(at("MENU"), FurnitureKind.MENU),),
        metadata=Metadata(
            title=Shown("A depot is hit", "title", "A depot is hit"), outlet=Shown("Coast Wire", "meta", "Coast Wire")
        ),
    )
    dating = Dating(
        Interval(date(2031, 3, 4), date(2031, 3, 6)),
        (Because((at("Tuesday"),), "It calls the day of the strike Tuesday."),),
        "The page shows 2032, the words say 2031.",
    )
    return Outcome("f" * 64, ("clean/1", "rules/1"), document, dating, (claim,))
