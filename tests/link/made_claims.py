"""A claim in one line: what a test of links says of a happening, with the rest filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status, Voice, claim_id
from crossbearing.model.mention import Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.model.where import Place, Precision

STEP = "test/1"
EVIDENCE = (Span(0, 4),)

BASE = Place("facility:north-base", "North base", Precision.EXACT, "XA", "North", 36.0, 41.0, 4.0)
TOWN = Place("geonames:1", "Northtown", Precision.TOWN, "XA", "North", 36.05, 41.05, 6.0)
FAR = Place("facility:south-base", "South base", Precision.EXACT, "XA", "South", 33.0, 42.0, 4.0)
COUNTRY = Place("iso:XA", "Aland", Precision.COUNTRY, "XA", None, 34.5, 41.5, 400.0)

MakeClaim = Callable[..., Claim]


def _stated(value: object) -> Stated[object]:
    return Stated(value, EVIDENCE, STEP)


def make_claim(
    report: str, day: int | tuple[int, int] | None = 10, place: Place | None = BASE, by: str | None = None, on: str | None = None,
    kind: tuple[str, str] = ("Explosions/Remote violence", "Air/drone strike"), weapon: str | None = None, happening: int = 0,
    hour: int | None = None, killed: tuple[int | None, int | None] | None = None, status: Status = Status.HAPPENED,
    voices: tuple[str, ...] = (), quote: str | None = None, role: ClaimRole = ClaimRole.MAIN,
) -> Claim:  # fmt: skip
    """A claim: `make_claim("r1", day=5, place=BASE, by="alpha")`."""
    days = (day, day) if isinstance(day, int) else day
    quote = report if quote is None else quote
    clock = Clock(time(hour), time(hour), ClockKind.EXACT) if hour is not None else None
    actor = {name: Actor(name, name, name, "rebel group") for name in (by, on) if name}
    return Claim(
        id=claim_id(report, Span(0, 4), STEP, happening, voices), document=report, report=report, file=report, quote=quote,
        span=Span(0, len(quote)), role=role, status=status, event_type=kind[0], sub_event_type=kind[1], stance=Stance.ASSERTS,
        step=STEP, when=_stated(Interval(date(2024, 5, days[0]), date(2024, 5, days[1]), clock)) if days else None,
        where=_stated(place) if place else None, perpetrators=(_stated(actor[by]),) if by else (),
        targets=(_stated(actor[on]),) if on else (), weapons=(_stated(weapon),) if weapon else (),
        chain=tuple(_stated(Voice(v, "claimant", v)) for v in voices),
        killed=_stated(Figure(*killed, "killed")) if killed else None, happening=happening,
    )  # fmt: skip
