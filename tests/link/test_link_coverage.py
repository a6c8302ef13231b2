"""Stated counts against incidents, and the estimates of what there was in all."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made_claims import BASE, COUNTRY, EVIDENCE, FAR, STEP, TOWN, MakeClaim

from crossbearing.link.coverage import LEAST_BOTH, Fit, chao, chapman, coverage, estimates, lies_in
from crossbearing.link.incidents import link
from crossbearing.model.claim import Actor, Figure, StatedCount, Status, Voice
from crossbearing.model.coverage import Gap
from crossbearing.model.incident import Incident, Lineage
from crossbearing.model.mention import MEANS_UNKNOWN
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision

NORTH = Place("geonames:9", "North", Precision.ADMIN1, "XA", "North", 36.1, 41.2, 90.0)
OTHER = Place("iso:XB", "Beland", Precision.COUNTRY, "XB", None, 20.0, 20.0, 400.0)


def stated(value: Any) -> Stated[Any]:
    return Stated(value, EVIDENCE, STEP)


def day(n: int, month: int = 5) -> date:
    return date(2024, month, n)


def count(
    low: int | None, high: int | None = None, *, days: tuple[int, int] | None = (1, 20), where: tuple[Place, ...] = (BASE,),
    by: str | None = None, on: str | None = None, kind: tuple[str | None, str | None] = (None, None), report: str = "r9",
    quote: str = "words", said: int = 20, ordinal: bool = False, status: Status = Status.HAPPENED, name: str = "n1",
    voice: str | None = None, wider: bool = False,
) -> StatedCount:  # fmt: skip
    """A count in one line: `count(78, 78, days=(1, 20), by="alpha")`; an open high is a count of at least so many."""
    actor = {one: Actor(one, one, one, "rebel group") for one in (by, on) if one}
    when = Interval(day(days[0]), day(days[1])) if days else None
    return StatedCount(
        id=name, document=report, report=report, file=report, quote=quote, span=Span(0, len(quote)),
        count=stated(Figure(low, high, "attacks")), said=Interval.day(day(said)), event_type=kind[0], sub_event_type=kind[1],
        ordinal=ordinal, status=status, when=stated(when) if when else None, where=tuple(stated(p) for p in where),
        perpetrators=(stated(actor[by]),) if by else (), targets=(stated(actor[on]),) if on else (),
        chain=(stated(Voice(voice, "claimant", voice)),) if voice else (), wider=wider,
    )  # fmt: skip


def check(one: StatedCount, *claims: Any) -> Gap:
    (gap,) = coverage([one], link(claims), claims)
    return gap


def test_a_count_above_what_is_held_leaves_a_gap(claim: MakeClaim) -> None:
    """What is stated less all that can be among it is missing at the least."""
    gap = check(count(78, 78), claim("r1", day=3), claim("r2", day=9))
    assert (len(gap.surely), len(gap.possibly), gap.missing, gap.beyond) == (2, 2, 76, 0)
    assert "78 attacks, 2024-05-01 to 2024-05-20: the ledger holds 2" in gap.says
    assert "at least 76 are missing" in gap.says


def test_a_gap_is_never_negative(claim: MakeClaim) -> None:
    """Where the ledger holds as many, nothing is missing."""
    assert check(count(1, None), claim("r1", day=3), claim("r2", day=9)).missing == 0


def test_more_than_stated_is_told(claim: MakeClaim) -> None:
    """Where surely more are held than the most that is stated, perhaps one happening is held as two."""
    gap = check(count(2, 2), *(claim(f"r{n}", day=3 * n) for n in range(1, 5)))
    assert (gap.beyond, gap.missing) == (2, 0)
    assert "2 more than stated" in gap.says


@pytest.mark.parametrize(("held", "missing"), [(1, 1), (2, 0)])
def test_the_second_raid_wants_a_first(claim: MakeClaim, held: int, missing: int) -> None:
    """An ordinal says that so many of the same happened up to then."""
    gap = check(count(2, 2, ordinal=True), *(claim(f"r{n}", day=5 + 6 * n) for n in range(held)))
    assert gap.missing == missing
    assert gap.says.startswith("Number 2 of its kind (attacks)")


@pytest.mark.parametrize(
    ("days", "fits"), [(10, (1, 1)), ((18, 24), (0, 1)), (24, (0, 0)), (None, (0, 1))], ids=["in", "across", "after", "undated"]
)
def test_the_period_must_meet(claim: MakeClaim, days: Any, fits: tuple[int, int]) -> None:
    """Days within the period are surely in it, days that reach over its end may be, days outside are not."""
    gap = check(count(5, 5), claim("r1", day=days))
    assert (len(gap.surely), len(gap.possibly)) == fits


def test_a_count_runs_up_to_the_day_it_was_said(claim: MakeClaim) -> None:
    """What happened after the page was written is not among what it counts, whatever the words of the period."""
    gap = check(count(5, 5, days=(1, 31), said=12), claim("r1", day=10), claim("r2", day=15))
    assert (gap.period, len(gap.possibly)) == (Interval(day(1), day(12)), 1)


@pytest.mark.parametrize(
    ("place", "where", "fit"),
    [
        (COUNTRY, BASE, Fit.SURE), (COUNTRY, OTHER, Fit.NO), (COUNTRY, COUNTRY, Fit.SURE), (NORTH, BASE, Fit.SURE),
        (NORTH, FAR, Fit.NO), (NORTH, COUNTRY, Fit.MAYBE), (BASE, COUNTRY, Fit.MAYBE), (BASE, TOWN, Fit.MAYBE),
        (BASE, FAR, Fit.NO), (BASE, None, Fit.MAYBE), (BASE, OTHER, Fit.NO),
    ],
)  # fmt: skip
def test_a_happening_lies_in_a_place(place: Place, where: Place | None, fit: Fit) -> None:
    """Surely where the wider holds the finer, perhaps where the words leave it open."""
    assert lies_in(place, where) is fit


def test_each_place_of_a_count_counts(claim: MakeClaim) -> None:
    """ "In A and B" is a happening in either."""
    gap = check(count(9, 9, where=(BASE, FAR)), claim("r1", day=3, place=FAR), claim("r2", day=9))
    assert len(gap.surely) == 2


@pytest.mark.parametrize(
    ("told", "fits"), [("alpha", (1, 1)), ("beta", (0, 0)), (None, (0, 1))], ids=["the same", "another", "not said"]
)
def test_the_parties_must_be_kin(claim: MakeClaim, told: str | None, fits: tuple[int, int]) -> None:
    """A happening by another party is not counted; one whose doer nobody names may be."""
    gap = check(count(9, 9, by="alpha"), claim("r1", day=3, by=told))
    assert (len(gap.surely), len(gap.possibly)) == fits


@pytest.mark.parametrize(
    ("sub", "fits"), [("Air/drone strike", (1, 1)), (MEANS_UNKNOWN, (0, 1)), ("Shelling/artillery/missile attack", (0, 0))]
)
def test_the_kind_must_be_the_same(claim: MakeClaim, sub: str, fits: tuple[int, int]) -> None:
    """Drone attacks are drone attacks; a strike by unknown means may be one."""
    drones = ("Explosions/Remote violence", "Air/drone strike")
    gap = check(count(9, 9, kind=drones), claim("r1", day=3, kind=("Explosions/Remote violence", sub)))
    assert (len(gap.surely), len(gap.possibly)) == fits


def test_what_was_denied_or_planned_is_not_counted(claim: MakeClaim) -> None:
    """Only what happened or was stopped is held against a count."""
    told = [claim(f"r{n}", day=3 * n + 1, status=status) for n, status in enumerate(Status)]
    gap = check(count(9, 9), *told)
    assert len(gap.possibly) == 2
    assert len(check(count(9, 9, status=Status.FOILED), *told).possibly) == 1


@pytest.mark.parametrize("loose", [{"where": (COUNTRY,)}, {"days": None}, {"wider": True}])
def test_loose_words_make_nothing_sure(claim: MakeClaim, loose: dict[str, Any]) -> None:
    """Without a period, or without whose or where finer than a country, more may have happened than is counted."""
    gap = check(count(1, 1, **loose), claim("r1", day=3), claim("r2", day=9))
    assert (len(gap.surely), len(gap.possibly), gap.beyond) == (0, 2, 0)


def test_the_widest_gap_comes_first_whatever_the_order(claim: MakeClaim) -> None:
    """Worst first, and the order of counts, incidents and claims changes nothing."""
    told = [claim(f"r{n}", day=3 * n + 1) for n in range(4)]
    counts = [count(n, n, name=f"n{n}") for n in (3, 30, 7)] + [count(40, None, name="m", where=(FAR,))]
    found = coverage(counts, link(told), told)
    assert [gap.missing for gap in found] == sorted((gap.missing for gap in found), reverse=True)
    incidents = list(link(told))
    for one in (counts, incidents, told):
        random.Random(7).shuffle(one)  # type: ignore[arg-type]
    assert coverage(counts, incidents, told) == found


def test_counts_that_repeat_one_another_are_one(claim: MakeClaim) -> None:
    """The same number of the same since the same day, told again within days, is one check with both tellers."""
    told = [count(78, 78, name="a", report="x"), count(78, 78, name="b", report="y", said=18, days=(1, 18))]
    (gap,) = coverage(told, (), [])
    assert [one.id for one in gap.counts] == ["b", "a"]
    other = replace(told[0], id="c", where=(stated(FAR),))
    assert len(coverage([*told, other], (), [])) == 2
    assert len(coverage([*told, count(79, 79, name="d")], (), [])) == 2


def test_copies_of_a_count_fold_though_a_party_was_read_in_one_only(claim: MakeClaim) -> None:
    """Where the words are the same the count is the same."""
    words = "the ministry said that the depot had been attacked twelve times since the first of May"
    told = [count(12, 12, name="a", report="x", quote=words), count(12, 12, name="b", report="y", quote=words, by="alpha")]
    assert len(coverage(told, (), [])) == 1


def test_totals_that_grow_show_what_is_missing(claim: MakeClaim) -> None:
    """Two totals since one day: what grew between them should be held."""
    told = [claim("r1", day=3), claim("r2", day=9), claim("r3", day=14)]
    counts = [count(10, 10, name="a", days=(1, 10), said=10), count(24, 24, name="b")]
    gaps = coverage(counts, link(told), told)
    (line, *_) = estimates(gaps, link(told))
    assert [(p.stated, p.possibly) for p in line.points] == [(10, 2), (24, 3)]
    assert (line.method, line.total) == ("stated totals", 24.0)
    assert "from 10 (2024-05-10) to 24 (2024-05-20), by 14 in 10 days" in line.says
    assert "at least 13 of these are missing" in line.says


def test_totals_that_fall_are_not_of_the_same(claim: MakeClaim) -> None:
    """A total that is less than the one before it says so."""
    told = [claim("r1", day=3)]
    counts = [count(24, 24, name="a", days=(1, 10), said=10), count(10, 10, name="b")]
    (line, *_) = estimates(coverage(counts, link(told), told), link(told))
    assert "they fall" in line.says


def test_chapman_is_the_published_formula() -> None:
    """Two lists of 30 and 28 that share 9 give Chapman's number with Seber's variance; lists cannot share more than they hold."""
    found = chapman(30, 28, 9)
    assert found.total == pytest.approx(31 * 29 / 10 - 1)
    assert found.error == pytest.approx(math.sqrt(31 * 29 * 21 * 19 / (100 * 11)))
    assert 30 + 28 - 9 < found.low < found.total < found.high
    with pytest.raises(ValueError, match="cannot share"):
        chapman(3, 4, 5)


def test_chao_is_the_published_formula() -> None:
    """With as many told once as twice little is missing; with many told once much is; and never less than was seen."""
    assert chao(10, 5, 30).total == pytest.approx(30 + 10 * 9 / 12)
    assert chao(40, 5, 60).total > chao(10, 5, 60).total
    assert chao(0, 5, 20).total == 20 == chao(0, 5, 20).low
    assert chao(10, 5, 30).error == pytest.approx(math.sqrt(7.5 + 10 * 19**2 / 144 + 100 * 5 * 81 / (4 * 6**4)))
    with pytest.raises(ValueError, match="cannot be told"):
        chao(5, 5, 4)


def test_two_independent_lists_give_back_their_number() -> None:
    """Of 400 happenings that two sources tell of at random, the estimate's interval holds 400 nine times in ten."""
    dice, held = random.Random(3), 0
    for _ in range(200):
        a, b = ({n for n in range(400) if dice.random() < share} for share in (0.3, 0.2))
        found = chapman(len(a), len(b), len(a & b))
        held += found.low <= 400 <= found.high
    assert held >= 180


def incident(n: int, *roots: str) -> Incident:
    lineages = tuple(Lineage(root, (f"c{n}{root}",), "stands alone") for root in roots)
    return Incident(f"i{n}", (f"c{n}",), ("r",), "Battles", "Armed clash", Status.HAPPENED, None, None, lineages=lineages)


def test_the_overlap_of_lineages_estimates_what_is_missing() -> None:
    """Two lineages that share enough give Chapman's number, and how often each incident is told gives Chao's bound."""
    both = [incident(n, "Alpha Monitor", "Beta Wire") for n in range(10)]
    held = [*both, *(incident(n, "Alpha Monitor") for n in range(10, 30)), *(incident(n, "Beta Wire") for n in range(30, 40))]
    two, many = estimates((), held)
    assert (two.method, two.total) == ("Chapman", pytest.approx(31 * 21 / 11 - 1))
    assert "Alpha Monitor tells of 30, Beta Wire of 20, both of 10" in two.says
    assert any(line.startswith("closed") for line in two.assumes)
    assert (many.method, many.total) == ("Chao", pytest.approx(40 + 30 * 29 / 22))


def test_too_few_are_not_estimated() -> None:
    """Below the stated minimum there is no number, and it is said why."""
    found = estimates((), [incident(n, "Alpha Monitor", "police") for n in range(LEAST_BOTH - 3)])
    assert [one.total for one in found] == [None, None]
    assert all(one.says.startswith("Too few to estimate") for one in found)
    assert estimates((), ()) == ()
