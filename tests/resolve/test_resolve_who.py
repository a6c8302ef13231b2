"""Who is meant: cases, the tables' own soundness, and that no side is read better than another."""

from __future__ import annotations

import itertools
import re
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossbearing import resources
from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Metadata, Shown, Span
from crossbearing.model.where import Place, Precision
from crossbearing.resolve.party import named, who
from crossbearing.words import known
from crossbearing.words.known import countries, known_names, parts
from crossbearing.words.names import fold

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "who.yml").read_text(encoding="utf-8"))
ACTORS: list[dict[str, Any]] = resources.table("actors.yml")["actors"]
OUTLETS: list[dict[str, Any]] = resources.table("outlets.yml")["outlets"]
KINDS = {"state forces", "rebel group", "political militia", "identity militia", "external/other forces", "civilians"}
KINDS |= {"protesters", "rioters", "state", "organisation", "monitor", "medium", "office"}
CODES = {row["iso2"] for row in countries()}
TWO_HOLDERS = {
    fold("JEM"),
    fold("JeM"),
}  # Justice and Equality Movement, Jaish-e-Mohammed: told apart by nothing but their capitals


def document(text: str, **shown: Any) -> Document:
    return Document("d", "c", "r", "f.txt", text, metadata=Metadata(**shown))


def mentioned(words: str) -> tuple[Document, Mention]:
    text = f"It was said that {words} did it."
    return document(text), Mention(Span(17, 17 + len(words)), MentionKind.GROUP)


def told(rows: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(r, id=r["words"], marks=[pytest.mark.xfail(reason=r["fails"])] if "fails" in r else []) for r in rows]


@pytest.mark.parametrize("case", told(CASES["actors"]))
def test_words_mean_an_actor(case: dict[str, Any]) -> None:
    """Words for an actor give its entry, its loaded mark, and stand on the mention."""
    page, mention = mentioned(case["words"])
    stated = who.load_actors().actor(page, mention)
    if case.get("none"):
        assert stated is None
        return
    assert stated is not None
    assert stated.value.id == case["id"]
    assert stated.evidence == (mention.span,)
    assert stated.value.written == case["words"]
    assert stated.value.loaded is case.get("loaded", False)
    for field in ("name", "kind", "country"):
        assert field not in case or getattr(stated.value, field) == case[field]


@pytest.mark.parametrize("case", told(CASES["joined"]))
def test_joined_actors_are_told_apart(case: dict[str, Any]) -> None:
    """A mention that joins actors gives each; a name that holds an "and" gives one."""
    page, mention = mentioned(case["words"])
    assert [stated.value.id for stated in who.load_actors().actors(page, mention)] == case["ids"]


@pytest.mark.parametrize("case", told(CASES["voices"]))
def test_words_mean_a_voice(case: dict[str, Any]) -> None:
    """Media are media, all others are claimants under their neutral name."""
    page, mention = mentioned(case["words"])
    stated = who.load_actors().voice(page, mention)
    assert stated is not None
    written = case.get("written", case["words"])
    assert (stated.value.kind, stated.value.name, stated.value.written) == (case["kind"], case["name"], written)


def happened_in(country: str) -> Stated[Place]:
    return Stated(Place(f"iso:{country}", country, Precision.COUNTRY, country), (Span(0, 1),), "test")


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=c["text"][:60], marks=[pytest.mark.xfail(reason=c["fails"])] if "fails" in c else [])
        for c in CASES["earlier"]
    ],
)
def test_the_document_makes_an_actor_plain(case: dict[str, Any]) -> None:
    """ "The army" is the one army named before it or the place's, and rests on those words too; else it stays as written."""
    before, words, after = re.split(r"\[\[|\]\]", case["text"])
    page, mention = document(before + words + after), Mention(Span(len(before), len(before + words)), MentionKind.GROUP)
    place = happened_in(case["place"]) if "place" in case else None
    stated = who.load_actors().actor(page, mention, case.get("at"), place)
    assert stated is not None
    assert stated.value.id == case["id"]
    assert stated.value.written == words
    assert len(stated.evidence) == (1 if case["id"] is None or case.get("named") else 2)
    assert (stated.score == named.BY_PLACE) is (case.get("sure") == "country")


@pytest.mark.parametrize("case", CASES["heard"], ids=lambda case: case["text"][:60])
def test_the_document_makes_a_voice_plain(case: dict[str, Any]) -> None:
    """ "The agency" is the medium named just before, "the army" the army; between two the words stay."""
    before, words, after = re.split(r"\[\[|\]\]", case["text"])
    page, mention = document(before + words + after), Mention(Span(len(before), len(before + words)), MentionKind.ORGANISATION)
    place = happened_in(case["place"]) if "place" in case else None
    stated = who.load_actors().voice(page, mention, case.get("at"), place)
    assert stated is not None
    assert (stated.value.kind, stated.value.name) == (case["kind"], case["name"])


def test_a_name_passes_with_time() -> None:
    """ "The Syrian army" before and after December 2024 are two bodies."""
    page, mention = mentioned("the Syrian army")
    before = who.load_actors().actor(page, mention, date(2016, 5, 1))
    after = who.load_actors().actor(page, mention, date(2025, 5, 1))
    assert before is not None
    assert after is not None
    assert (before.value.id, after.value.id) == ("syrian-arab-army", "syrian-transitional-forces")


SWAPS = [
    ("{} forces", ["Israeli", "Iranian", "Russian", "Ukrainian", "Sudanese", "Turkish", "American", "Pakistani", "Indian"]),
    ("{} occupation forces", ["Israeli", "Russian", "Turkish", "American", "Indian"]),
    ("the {} regime", ["Israeli", "Iranian", "Russian", "Ukrainian", "Sudanese", "Turkish", "American"]),
    ("{} militants", ["Hamas", "Hezbollah", "ISIS", "JNIM", "RSF", "ELN", "TTP", "M23"]),
    ("{} terrorists", ["Hamas", "Hezbollah", "ISIS", "JNIM", "RSF", "ELN", "TTP", "M23", "SDF", "PKK"]),
    ("the {} army", ["Israeli", "Russian", "Ukrainian", "Sudanese", "Congolese", "Colombian"]),
]


@pytest.mark.parametrize(("frame", "sides"), SWAPS)
def test_no_side_is_read_better(frame: str, sides: list[str]) -> None:
    """The same words said of another side are found as surely and marked alike."""
    found = {}
    for side in sides:
        meant = who.load_actors().meant(frame.format(side))
        assert meant is not None
        found[side] = (meant[0].id is not None, meant[0].loaded, meant[1] >= named.BY_PARTS)
    assert len(set(found.values())) == 1, found


GROUPS = [
    "Hamas",
    "Hezbollah",
    "The RSF",
    "M23",
    "JNIM",
    "The SDF",
    "The ELN",
    "The TTP",
    "The BLA",
    "Kataib Hezbollah",
    "Fano",
    "The PKK",
]
NATIONS = [
    ("Israeli", "IL"),
    ("Iranian", "IR"),
    ("Russian", "RU"),
    ("Ukrainian", "UA"),
    ("Sudanese", "SD"),
    ("Turkish", "TR"),
    ("American", "US"),
]
NATIONS += [("Rwandan", "RW"), ("Pakistani", "PK"), ("Indian", "IN"), ("Ethiopian", "ET"), ("Malian", "ML"), ("Peruvian", "PE")]
IN_CONTEXT = [
    ("{} attacked the post at dawn. [[The group]] denied it.", [(name, None) for name in GROUPS]),
    ("{} attacked the post at dawn. [[The fighters]] left at noon.", [(name, None) for name in GROUPS]),
    ("{} attacked the post at dawn. [[Fighters]] left at noon.", [(name, None) for name in GROUPS]),
    ("{} and al-Shabaab attacked the post. [[The group]] denied it.", [(name, None) for name in GROUPS]),
    ("{} soldiers entered the town. [[The army]] spoke of a search.", NATIONS),
    ("{} soldiers met Chadian soldiers. [[The army]] spoke of a search.", NATIONS),
    ("The {} regime was silent. [[Regime forces]] fired on a march.", NATIONS),
    ("{} troops came over the border. [[The occupation]] closed the road.", NATIONS),
    ("{} officials spoke. [[Government forces]] fired on a march.", NATIONS),
]


@pytest.mark.parametrize(("frame", "sides"), IN_CONTEXT)
def test_no_side_is_made_plainer(frame: str, sides: list[tuple[str, str | None]]) -> None:
    """What a document makes plain of one side, it makes plain of every other: the names alone are swapped."""
    found = {}
    for side, country in sides:
        before, words, after = re.split(r"\[\[|\]\]", frame.format(side))
        page, mention = document(before + words + after), Mention(Span(len(before), len(before + words)), MentionKind.GROUP)
        stated = who.load_actors().actor(page, mention, None, happened_in("KZ") if "occupation" in frame else None)
        assert stated is not None
        found[side] = (stated.value.id is not None, stated.score, len(stated.evidence), country in (None, stated.value.country))
    assert len(set(found.values())) == 1, found


def shown(value: str) -> Shown:
    return Shown(value, "meta", value)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (document("x", outlet=shown("Shafaq News")), "Shafaq News"),
        (document("x", outlet=shown("The Lowland Courier")), "The Lowland Courier"),
        (document("x", address=shown("https://www.rudaw.net/english/1")), "Rudaw"),
        (document("x", address=shown("https://news.lowland-courier.example/a")), "news.lowland-courier.example"),
        (document("x", address=shown("http://web.archive.org/web/20240520101500/http://www.rudaw.net:80/english/1")), "Rudaw"),
        (document("x", address=shown("https://web.archive.org/web/2024id_/courier.example/a")), "courier.example"),
        (document("x", address=shown("https://web.archive.org/about")), "web.archive.org"),
        (document("Shafaq News / A drone fell near a base."), "Shafaq News"),
        (document("KHARTOUM, March 3 (Reuters) - Shells fell on a market."), "Reuters"),
        (document("(MENAFN) Two rockets were fired."), "MENAFN"),
    ],
)
def test_the_outlet_is_found(page: Document, name: str) -> None:
    """The page's own word comes first, then its address (an archived page's own), then the sign at the head of the text."""
    outlet = who.load_actors().media.outlet(page)
    assert outlet is not None
    assert (outlet.value.name, outlet.value.kind) == (name, "outlet")


def test_no_outlet_is_made_up() -> None:
    """A page that shows nothing has no outlet, brackets or not."""
    assert who.load_actors().media.outlet(document("Shells fell on a market (see map) on Monday.")) is None


def test_ids_are_unique() -> None:
    """An id stands once in its table."""
    for table in (ACTORS, OUTLETS, resources.rows("facilities.csv")):
        ids = [row["id"] for row in table]
        assert len(ids) == len(set(ids))


def test_the_registry_is_sound() -> None:
    """Kinds are of the list, countries are real, and every field is one that the header explains."""
    fields = {"id", "name", "kind", "country", "acts_in", "branch", "parent", "umbrella", "was", "split", "from", "to"}
    fields |= {"aliases", "exact", "loaded", "note"}
    for row in ACTORS:
        assert set(row) <= fields, row
        assert row["kind"] in KINDS, row
        assert row.get("country") is None or row["country"] in CODES, row
        assert set(parts(row.get("acts_in"))) <= CODES, row
        assert row.get("branch") is None or row["branch"] in {*known.force_words().values(), "government"}, row
        assert any(row.get(field) for field in ("aliases", "exact", "loaded")), row
    assert len(ACTORS) >= 950
    ids = {row["id"] for row in ACTORS}
    for row in OUTLETS:
        assert row.get("country") is None or row["country"] in CODES, row
        assert row.get("affiliation") is None or row["affiliation"] in ids, row
    assert len(OUTLETS) >= 380


def test_ties_between_actors_lead_somewhere() -> None:
    """Parents, umbrellas, former selves and the groups split from exist, and no actor stands over itself."""
    rows = {row["id"]: row for row in ACTORS}

    def over(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, (*path, name)
        for field in ("parent", "umbrella", "was", "split"):
            for one in parts(rows[name].get(field) if name in rows else None):
                assert one in rows or (field == "parent" and one.removeprefix("state:") in CODES), (name, field, one)
                over(one, (*path, name))

    for name in rows:
        over(name, ())


def test_dates_of_actors_run_forward() -> None:
    """Nobody ends before it begins, and nobody begins before what it was or split from."""
    rows = {row["id"]: row for row in ACTORS}
    for row in ACTORS:
        assert row.get("from") is None or row.get("to") is None or row["from"] < row["to"], row
        for field in ("was", "split"):
            for former in (rows[one] for one in parts(row.get(field))):
                assert row.get("from") is None or former.get("from") is None or former["from"] < row["from"], row


def test_one_state_has_one_body_of_a_branch_at_a_time() -> None:
    """ "The X army" on a day is one entry: those of one state and branch follow each other."""
    bodies = defaultdict(list)
    for row in ACTORS:
        if row.get("branch"):
            bodies[row["country"], row["branch"]].append(row)
    assert {one: [row["id"] for row in rows] for one, rows in bodies.items() if overlapping(rows)} == {}


def overlapping(rows: list[dict[str, Any]]) -> bool:
    """Whether two of the entries live on one day."""
    spans = sorted((row.get("from") or date.min, row.get("to") or date.max) for row in rows)
    return any(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans))


def test_no_name_stands_under_two_actors_at_a_time() -> None:
    """A name that means two actors on one day would be a guess; the few there are carry a reason."""
    holders: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in ACTORS:
        for column in ("name", "aliases", "exact", "loaded"):
            for name in parts(str(row.get(column) or "")):
                holders[fold(name)][row["id"]] = row
    assert {name for name, rows in holders.items() if overlapping(list(rows.values()))} <= TWO_HOLDERS


def test_an_address_is_one_outlet() -> None:
    """No two outlets share a domain or a name that is looked for in text."""
    for column in ("domains", "aliases"):
        held = [fold(cell) for row in OUTLETS for cell in set(map(fold, parts(row.get(column))))]
        assert len(held) == len(set(held)), [one for one, many in Counter(held).items() if many > 1]


def test_a_country_is_no_alias() -> None:
    """A plain country name stands for the state only."""
    names = {fold(name) for row in countries() for name in (row["name"], *parts(row["aliases"]), *parts(row["adjectives"]))}
    for row in ACTORS:
        assert not names & {fold(name) for column in ("aliases", "exact", "loaded") for name in parts(row.get(column))}, row


def test_names_are_safe_in_running_text() -> None:
    """No plain English is taken for a name."""
    prose = (
        "It is a fact that us and them met at dawn, as an army of ants; who the settlers shot in the west, the resistance said."
    )
    assert [found.span.of(prose) for found in known_names().find(prose)] == []


def test_loaded_names_are_marked_in_the_index() -> None:
    """A reader that finds a loaded name is told so, and which actor it is."""
    assert [(k.id, k.kind, k.loaded) for k in known_names().get("the Zionist entity")] == [("state:IL", "state", True)]
    assert [(k.id, k.kind, k.loaded) for k in known_names().get("Reuters")] == [("outlet:reuters", "medium", False)]


def test_every_loaded_word_has_a_gloss() -> None:
    """The list of loaded words explains each."""
    for row in resources.table("loaded.yml")["loaded"]:
        assert row["part"] in ("modifier", "head", "term")
        assert row["means"].strip()
        assert row["said_of"].strip()


def test_facilities_lie_where_they_are_said_to() -> None:
    """Coordinates are on Earth and within the country, as far as the country's circle reaches."""
    circles = {row["iso2"]: row for row in countries() if row.get("latitude")}
    table = resources.rows("facilities.csv")
    assert len(table) >= 350
    for row in table:
        assert row["country"] in CODES, row
        spot = Place(
            row["id"], row["name"], Precision.EXACT, row["country"], None, float(row["latitude"]), float(row["longitude"])
        )
        assert 0 < float(row["radius_km"]) <= 30, row
        circle = circles.get(row["country"])
        if circle is None:
            continue
        centre = Place("c", "c", Precision.COUNTRY, None, None, float(circle["latitude"]), float(circle["longitude"]))
        distance = spot.km(centre)
        assert distance is not None
        assert distance <= float(circle["radius_km"]) * 1.3 + 60, (row["id"], round(distance), circle["radius_km"])


def test_a_facility_name_means_one_facility() -> None:
    """No alias stands under two facilities, and none is a lone common word."""
    holders = defaultdict(set)
    for row in resources.rows("facilities.csv"):
        for name in (row["name"], *parts(row["aliases"])):
            holders[fold(name)].add(row["id"])
            assert any(c.isupper() or c.isdigit() for c in name), name
            assert not re.fullmatch(r"(?:the )?(?:base|camp|airport|port|dam|bridge|hospital|field)", name, re.I)
    assert {name: ids for name, ids in holders.items() if len(ids) > 1} == {}


def test_the_tables_load_quickly() -> None:
    """Reading and indexing all names costs a run's start 0.1 s on an idle machine: the best of five stays below 0.4 s."""
    assert min(_loading() for _ in range(5)) < 0.4


def _loading() -> float:
    """The seconds of this process that the tables take when nothing is held."""
    for cache in (resources.table, resources.rows, known.known_names, known.adjectives, known.countries, known.force_words):
        cache.cache_clear()
    start = time.process_time()
    known_names()
    who.Actors()
    return time.process_time() - start
