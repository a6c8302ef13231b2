"""The table of features: each has its sentence, and its sign is what the sentence says."""

from __future__ import annotations

from dataclasses import replace

from made_claims import BASE, EVIDENCE, FAR, TOWN, MakeClaim

from crossbearing.link.compare import BRIEF, FEATURES, RULES, compare, page_words, rare_words, score, weight_of
from crossbearing.link.pages import Page
from crossbearing.link.units import Unit, units
from crossbearing.model.claim import Claim, Voice
from crossbearing.model.provenance import Stated
from crossbearing.model.where import Precision


def _compare(a: Claim, b: Claim) -> tuple[bool, str]:
    one, other = units([a, b])
    result = compare(one, other)
    return result.same, " | ".join(result.reasons)


def test_every_feature_and_rule_is_documented() -> None:
    """A reviewer sees the docstrings: none may be missing."""
    assert all((f.__doc__ or "").strip().endswith(".") for f in (*FEATURES, *RULES))


def test_hours_far_apart_forbid(claim: MakeClaim) -> None:
    """00:40 and 19:15 on one day are two strikes."""
    same, why = _compare(claim("a", hour=0), claim("b", hour=19))

    assert not same
    assert "hours" in why


def test_hours_far_apart_are_so_over_midnight(claim: MakeClaim) -> None:
    """23:00 of one day and 19:00 of the next are two strikes; 23:00 and 1:00 may be one, and 1:00 of a night by either day."""
    assert "hours" in _compare(claim("a", day=10, hour=23), claim("b", day=11, hour=19))[1]
    assert "hours" not in _compare(claim("a", day=10, hour=23), claim("b", day=11, hour=1))[1]
    assert "hours" not in _compare(claim("a", day=10, hour=1), claim("b", day=11, hour=1))[1]
    assert "hours" in _compare(claim("a", day=11, hour=1), claim("b", day=11, hour=19))[1]


def test_a_day_beside_one_that_allows_for_a_day_weighs_more(claim: MakeClaim) -> None:
    """ "Said on Saturday" allows for Friday: Thursday lies further from it than one plain day from the next."""
    plain, allowed = (units([claim("a", day=9), claim("b", day=day)]) for day in (10, (10, 11)))
    assert score(*allowed) < score(*plain)


def test_two_facilities_of_the_table_are_two(claim: MakeClaim) -> None:
    """Two bases that the table holds by name are further apart than a base and a town as far from it."""
    town = replace(FAR, id="geonames:2", precision=Precision.TOWN)
    bases, base_and_town = (units([claim("a", place=BASE), claim("b", place=place)]) for place in (FAR, town))
    assert score(*bases) < score(*base_and_town)


def test_neighbouring_days_need_more_than_the_place(claim: MakeClaim) -> None:
    """A day's difference is possible, but the place alone does not carry it."""
    assert not _compare(claim("a", day=10, kind=("Battles", "Armed clash")), claim("b", day=11, weapon="rocket"))[0]
    assert _compare(claim("a", day=10, by="alpha", on="beta"), claim("b", day=11, by="alpha", on="beta"))[0]


def test_kinds_that_no_one_takes_for_each_other_forbid(claim: MakeClaim) -> None:
    """A protest is no air strike."""
    assert not _compare(claim("a", kind=("Protests", "Peaceful protest")), claim("b"))[0]


def test_reasons_name_the_distance(claim: MakeClaim) -> None:
    """The sentence says how far apart the places lie."""
    assert "km apart" in _compare(claim("a", place=BASE), claim("b", place=FAR))[1]
    assert "within each other's precision" in _compare(claim("a", place=BASE), claim("b", place=TOWN))[1]


def test_other_weapons_weigh_against(claim: MakeClaim) -> None:
    """Drones and mortars differ; "two armed drones" and "drone" do not, and a gunship may be called a jet."""
    assert "same weapons" in _compare(claim("a", weapon="two armed drones"), claim("b", weapon="drone"))[1]
    assert "different weapons" in _compare(claim("a", weapon="mortar shells"), claim("b", weapon="drone"))[1]
    assert "weapons" not in _compare(claim("a", weapon="gunship"), claim("b", weapon="fighter jet"))[1]


def test_names_that_two_outlets_share_weigh_more_than_words_and_names_of_one(claim: MakeClaim) -> None:
    """A victim's name in the pages of two outlets weighs the most; one outlet's pages share the names of its own people."""
    text = "Zubaydi Qarandal of Marrowgate was hurt."
    weight = {}
    for outlets in (("Harbour Wire", "Lowland Courier"), ("Harbour Wire", "Harbour Wire"), (None, None)):
        made = [replace(claim(name), chain=_outlet(outlet)) for name, outlet in zip("ab", outlets, strict=True)]
        one, other = units(made, {c.document: Page(c.document, text) for c in made})
        weight[outlets] = sum(weight_of(found) for found in rare_words(one, other))
    assert weight["Harbour Wire", "Lowland Courier"] > weight["Harbour Wire", "Harbour Wire"] == weight[None, None] > 0


def test_rare_words_are_names_where_they_never_stand_without_a_capital(claim: MakeClaim) -> None:
    """A word that one of the two pages writes small is no name there, and is told among the words."""
    made = [replace(claim(name), chain=_outlet(f"Outlet {name}")) for name in "ab"]
    texts = ("Qarandal was hurt by a zubaydi.", "Qarandal: Zubaydi found.")
    one, other = units(made, {c.document: Page(c.document, text) for c, text in zip(made, texts, strict=True)})
    said = [found.sentence for found in rare_words(one, other)]
    assert said == ["the pages of two outlets share rare names: qarandal", "their pages share rare words: zubaydi"]


def _told(*claims: Claim, text: str) -> tuple[Unit, Unit]:
    """Two tellings, each with a page of its own of the same words."""
    one, other = units(claims, {c.document: Page(c.document, text) for c in claims})
    return one, other


def test_pages_of_many_happenings_say_less_of_two_of_them(claim: MakeClaim) -> None:
    """Two surveys of one war share most of their words; two reports of one strike each share as many, and mean one thing."""

    def shared(many: int) -> float:
        surveys = [claim(report, happening=n) for report in "ab" for n in range(many)]
        text = "Tendo, Abena Kyire, Madugu: the hills of Kirrane fell."
        told = units(surveys, {c.document: Page(c.document, text) for c in surveys})
        first = [next(u for u in told if u.report == report) for report in "ab"]
        return sum(weight_of(one) for feature in (page_words, rare_words) for one in feature(*first))

    assert shared(1) == shared(2)
    assert shared(2) > shared(4) > shared(8) > 0


def test_two_headlines_count_what_they_share_once(claim: MakeClaim) -> None:
    """A headline is page and sentence in one: its likeness is told of the sentence alone."""
    text = "Drone hits base near Marrowgate"
    found = compare(*_told(claim("a", quote=text), claim("b", quote=text), text=text)).reasons
    assert sum("alike" in said for said in found) == 1
    assert any("both are headlines" in said for said in found)


def test_headlines_that_may_be_of_two_days_share_less(claim: MakeClaim) -> None:
    """ "Monday or Sunday" and "Tuesday or Monday" have a day in common, and two that they have not; a report says its day."""
    same, beside = ((claim("a", day=(9, 10)), claim("b", day=day)) for day in ((9, 10), (10, 11)))
    headline, report = "Drone hits base near Marrowgate", "A drone hit the base near Marrowgate."
    assert score(*_told(*beside, text=headline)) < score(*_told(*same, text=headline))
    assert score(*_told(*beside, text=report)) == score(*_told(*same, text=report))


def test_in_few_lines_where_weighs_more(claim: MakeClaim) -> None:
    """Two short pages that name two places have little else to be told apart by."""
    short, long = "A drone hit the base.", "A drone hit the base. " + " ".join(f"word{n}" for n in range(BRIEF))
    loss = [
        score(*_told(claim("a"), claim("b"), text=text)) - score(*_told(claim("a"), claim("b", place=FAR), text=text))
        for text in (short, long)
    ]
    assert loss[0] > loss[1]


def _outlet(name: str | None) -> tuple[Stated[Voice], ...]:
    return (Stated(Voice(name, "outlet", name), EVIDENCE, "test/1"),) if name else ()
