"""A dump of GeoNames becomes a gazetteer: what it holds is found, what is broken is listed, and a cut-off build goes on."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crossbearing.cli.commands import app
from crossbearing.errors import ConfigError, NothingUsable
from crossbearing.model.mention import Mention, MentionKind, Reading
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Capture, Document, Media, Span
from crossbearing.model.where import FINENESS, Place, Precision
from crossbearing.pipeline import default_parts, digest
from crossbearing.resolve.place import building, dump
from crossbearing.resolve.place.building import Progress, build
from crossbearing.resolve.place.gazetteer import Gazetteer, Kind, open_gazetteer
from crossbearing.resolve.place.where import STEP, Places

ADMIN = "40", "Wilayat Zarfan", "Wilayat Zarfan", "Zarfan,Sarfan", 33.0, 43.0, "A", "ADM1", "IQ", "", "91"
ROWS: tuple[tuple[object, ...], ...] = (
    ADMIN,
    (41, "Qadha' Dulbar", "Qadha' Dulbar", "", 33.2, 43.2, "A", "ADM2", "IQ", "", "91", "7"),
    (1, "Dulbar", "Dulbar", "Dolbar,Dūlbār,دولبار,Sulbarabad", 33.2, 43.2, "P", "PPLA", "IQ", "", "91", "7", "", "", 52000),
    (2, "Karhabad", "Karhabad", "Qarhabad", 33.4, 43.5, "P", "PPL", "IQ", "", "91", "", "", "", 0),
    (3, "Karhabad", "Karhabad", "", 40.0, 65.0, "P", "PPL", "UZ", "", "02", "", "", "", 900),
    (4, "Dulbar International Airport", "Dulbar International Airport", "DLB", 33.25, 43.25, "S", "AIRP", "IQ", "", "91"),
    (5, "Tall Mirash Air Base", "Tall Mirash Air Base", "", 33.6, 43.1, "S", "AIRB", "IQ", "", "91"),
    (6, "Camp Zerin", "Camp Zerin", "", 33.7, 43.0, "S", "MILB", "IQ", "", "91"),
    (7, "Kuvesh Installation", "Kuvesh Installation", "", 33.1, 43.9, "S", "INSM", "IQ", "", "91"),
    (8, "Nahr Velgar", "Nahr Velgar", "Velgar River", 33.5, 43.3, "H", "STM", "IQ", "", "91"),
    (9, "Jabal Hemrosh", "Jabal Hemrosh", "Hemrosh Mountain", 33.9, 43.4, "T", "MT", "IQ", "", "91"),
    (10, "Kolvan Plains", "Kolvan Plains", "", 33.3, 43.6, "L", "RGN", "IQ", "", "91"),
    (11, "Corner Shop", "Corner Shop", "", 33.3, 43.6, "S", "RET", "IQ", "", "91"),
    (12, "Dulbar Teaching Hospital", "Dulbar Teaching Hospital", "", 33.21, 43.21, "S", "HSP", "IQ", "", "91"),
)
BROKEN = (
    "no tabs at all",
    "x\tBad Id\tBad Id\t\t1\t1\tP\tPPL\tIQ\t\t91\t\t\t\t0\t\t\tAsia/Baghdad\t2020-01-01",
    "77\tOff Globe\tOff Globe\t\t91.5\t1\tP\tPPL\tIQ\t\t91\t\t\t\t0\t\t\tAsia/Baghdad\t2020-01-01",
    "78\tNo Point\tNo Point\t\tnorth\t1\tP\tPPL\tIQ\t\t91\t\t\t\t0\t\t\tAsia/Baghdad\t2020-01-01",
    "79\t\t\t\t1\t1\tP\tPPL\tIQ\t\t91\t\t\t\t0\t\t\tAsia/Baghdad\t2020-01-01",
)
REASONS = (
    "has 1 column instead of 19", "column 1 (id) is no number: 'x'", "column 5 (latitude) lies off the globe: '91.5'",
    "column 5 (latitude) is no number: 'north'", "has no name", "is not UTF-8 (byte 3)",
)  # fmt: skip


def line(row: tuple[object, ...]) -> str:
    """One row of the 19 columns of the dump."""
    cells = [str(cell) for cell in row] + [""] * (15 - len(row))
    cells[14] = cells[14] or "0"
    return "\t".join([*cells[:15], "", "", "Asia/Baghdad", "2020-01-01"])


def villages(count: int) -> list[str]:
    """Villages with names of their own, always the same."""
    draw = random.Random(7)
    syllables = ("vo", "ker", "mi", "shal", "du", "zan", "bek", "or", "tu", "lim")
    names = ["".join(draw.choices(syllables, k=4)).title() for _ in range(count)]
    return [line((1000 + i, n, n, "", 32 + i / 500, 42.5 + i / 700, "P", "PPL", "IQ", "", "91")) for i, n in enumerate(names)]


@pytest.fixture
def dumps(tmp_path: Path) -> list[Path]:
    """A made dump of some hundred rows with broken and empty lines and both kinds of line ends, and the files that go with it."""
    lines = [*map(line, ROWS), *BROKEN[:2], "", *villages(300), *BROKEN[2:]]
    raw = "\r\n".join(lines[:100]).encode() + b"\r\n" + "\n".join(lines[100:]).encode() + b"\n80\t\xff\xfe\n\n"
    (tmp_path / "IQ.txt").write_bytes(raw)
    (tmp_path / "admin1CodesASCII.txt").write_text("IQ.91\tZarfan\tZarfan\t40\nIQ.92\tBrazh\tBrazh\t43\n", encoding="utf-8")
    (tmp_path / "admin2Codes.txt").write_text("IQ.91.7\tDulbar District\tDulbar District\t41\n", encoding="utf-8")
    (tmp_path / "alternateNamesV2.txt").write_text(
        "1\t1\ten\tDulbaar\t1\t\t\t\t\t\n2\t2\t\tOld Rivershed\t\t\t\t1\t1920\t1958\n"
        "3\t1\tlink\thttps://example.org/Dulbar\t\t\t\t\t\t\n4\t99999\ten\tNobody\t\t\t\t\t\t\n",
        encoding="utf-8",
    )
    return [tmp_path / n for n in ("alternateNamesV2.txt", "IQ.txt", "admin2Codes.txt", "admin1CodesASCII.txt")]


@pytest.fixture
def made(dumps: list[Path], tmp_path: Path) -> Gazetteer:
    return open_gazetteer(str(build(dumps, tmp_path / "made.gazetteer").path))


def located(gazetteer: Gazetteer, marked: str) -> Stated[Place] | None:
    """Where the one place mention in [brackets] is."""
    before, name, after = re.split(r"[\[\]]", marked)
    mention = Mention(Span(len(before), len(before) + len(name)), MentionKind.PLACE)
    text = before + name + after
    places, document = Places(gazetteer), Document("d", "c", "r", "f", text)
    edges = [0, *(m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])", text)), len(text)]
    reading = Reading("d", "made", tuple(Span(a, b) for a, b in pairwise(edges)), (mention,), (), ())
    return places.locate(document, mention, places.context(document, reading))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Dulbar", Kind.CITY), ("Dolbar", Kind.CITY), ("Dulbar", Kind.ADMIN2), ("Zarfan", Kind.ADMIN1), ("Qarhabad", Kind.CITY),
        ("Old Rivershed", Kind.CITY), ("Dulbar International Airport", Kind.SITE), ("Tall Mirash Air Base", Kind.SITE),
        ("Camp Zerin", Kind.SITE), ("Kuvesh Installation", Kind.SITE), ("Velgar River", Kind.LAND), ("Jabal Hemrosh", Kind.LAND),
        ("Kolvan Plains", Kind.LAND), ("Koniko gas field", Kind.FACILITY),
    ],
)  # fmt: skip
def test_what_the_dump_names_is_found(made: Gazetteer, name: str, kind: Kind) -> None:
    """Towns, old names, divisions, sites and lands of the dump are found, and so are the tables edited by hand."""
    assert kind in {c.kind for c in made.candidates(name)}


def test_what_is_left_out_is_not_found(made: Gazetteer) -> None:
    """A shop, a link, a broken row and the name of an unknown id are nobody's."""
    for name in ("Corner Shop", "https://example.org/Dulbar", "Off Globe", "Nobody"):
        assert not [c for c in made.candidates(name) if c.exact], name


def test_a_town_is_shown_by_its_preferred_english_name(made: Gazetteer) -> None:
    """The name on the screen is the one that GeoNames prefers in English."""
    assert next(c for c in made.candidates("Dulbar") if c.kind is Kind.CITY).name == "Dulbaar"


def test_a_division_reaches_to_its_towns(made: Gazetteer) -> None:
    """The radius of a division holds nine in ten of its towns, and its people are theirs."""
    (division,) = [c for c in made.candidates("Zarfan") if c.kind is Kind.ADMIN1]
    assert 40 <= division.radius_km <= 120
    assert division.population == 52000
    assert division.name == "Zarfan"


def test_bad_lines_are_faults_and_the_build_goes_on(dumps: list[Path], tmp_path: Path) -> None:
    """Each line that cannot be read is listed with file, number and reason; empty lines are none."""
    built = build(dumps, tmp_path / "out.gazetteer")
    assert built.faulty == len(REASONS)
    assert sorted(f.sentence.split(": ", 1)[1] for f in built.faults) == sorted(f"{reason}." for reason in REASONS)
    assert built.faults[0].sentence == "IQ.txt, line 15: has 1 column instead of 19."
    listed = (tmp_path / "out.gazetteer.faults.tsv").read_text(encoding="utf-8").splitlines()
    assert listed[1] == "IQ.txt\t15\thas 1 column instead of 19"
    assert len(listed) == 1 + len(REASONS)
    assert built.kinds == {"admin1": 1, "admin2": 1, "city": 303, "site": 5, "land": 3}


@pytest.mark.parametrize("batches", [1, 3, 11, 20])
def test_a_build_that_was_cut_off_goes_on(
    dumps: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    """Stopped anywhere and started again, a build reads on where it was and makes the same gazetteer."""
    whole = build(dumps, tmp_path / "whole.gazetteer")
    monkeypatch.setattr(building, "BATCH", 17)
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == batches:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(dumps, tmp_path / "cut.gazetteer", stop)
    assert not (tmp_path / "cut.gazetteer").exists()
    read: list[Progress] = []
    again = build(dumps, tmp_path / "cut.gazetteer", read.append)
    assert again.resumed
    assert again.digest == whole.digest
    assert again.faulty == whole.faulty
    assert again.lines == whole.lines
    assert read[0].stage != "reading" or read[0].done > seen[-1].done
    assert not (tmp_path / "cut.gazetteer.part").exists()


def test_a_build_of_other_inputs_begins_anew(dumps: list[Path], tmp_path: Path) -> None:
    """What was read of other files is not carried into another gazetteer."""

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(dumps, tmp_path / "out.gazetteer", stop)
    (tmp_path / "UZ.txt").write_text(
        line((3, "Karhabad", "Karhabad", "", 40.0, 65.0, "P", "PPL", "UZ", "", "02")), encoding="utf-8"
    )
    built = build([tmp_path / "UZ.txt"], tmp_path / "out.gazetteer")
    assert not built.resumed
    assert built.kinds == {"city": 1}


def test_the_zip_that_is_published_makes_the_same(dumps: list[Path], tmp_path: Path) -> None:
    """A dump within its .zip, with its readme, makes the gazetteer of the bare file."""
    with zipfile.ZipFile(tmp_path / "IQ.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Data of GeoNames. " * 10_000)
        archive.write(tmp_path / "IQ.txt", "IQ.txt")
    zipped = build([tmp_path / "IQ.zip"], tmp_path / "zipped.gazetteer")
    assert zipped.digest == build([tmp_path / "IQ.txt"], tmp_path / "bare.gazetteer").digest


def test_an_input_given_twice_counts_once(dumps: list[Path], tmp_path: Path) -> None:
    """The same file under two names, or named twice, makes what it makes once."""
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "IQ.txt").write_bytes(dumps[1].read_bytes())
    twice = build([dumps[1], dumps[1], tmp_path / "copy" / "IQ.txt"], tmp_path / "twice.gazetteer")
    once = build(dumps[1:2], tmp_path / "once.gazetteer")
    assert (twice.digest, twice.lines, twice.faulty) == (once.digest, once.lines, once.faulty)


def test_where_nothing_can_be_written_a_sentence_says_so(dumps: list[Path], tmp_path: Path) -> None:
    """A target within a file is told, and is no crash."""
    with pytest.raises(NothingUsable, match="cannot be written"):
        build(dumps, tmp_path / "IQ.txt" / "out.gazetteer")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty, and no GeoNames dump"),
        (b"\n\r\n", "is empty, and no GeoNames dump"),
        (b"name;latitude\nDulbar;33\n", "its first line has 1 column parted by tabs"),
        (bytes(range(256)) * 40, "is no GeoNames dump"),
        (b"IQ.91\tZarfan\tZarfan\t40\n", "none of the inputs has the 19 columns"),
        (b"PK\x03\x04 no archive at all", "is no GeoNames dump"),
    ],
)
def test_what_is_no_dump_is_told_in_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    """An input that is no dump stops the build before anything is written."""
    (tmp_path / "input.txt").write_bytes(content)
    with pytest.raises(NothingUsable, match=says):
        build([tmp_path / "input.txt"], tmp_path / "out.gazetteer")
    assert not (tmp_path / "out.gazetteer").exists()


def test_a_missing_input_is_told_in_a_sentence(tmp_path: Path) -> None:
    """A path at which nothing lies is named."""
    with pytest.raises(NothingUsable, match="no such file"):
        build([tmp_path / "gone.txt"], tmp_path / "out.gazetteer")


def test_a_damaged_archive_is_told_in_a_sentence(dumps: list[Path], tmp_path: Path) -> None:
    """An archive whose bytes were changed stops the build and says so."""
    with zipfile.ZipFile(tmp_path / "IQ.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "IQ.txt", "IQ.txt")
    broken = bytearray((tmp_path / "IQ.zip").read_bytes())
    broken[200:260] = bytes(60)
    (tmp_path / "IQ.zip").write_bytes(broken)
    with pytest.raises(NothingUsable, match="Fetch it again"):
        build([tmp_path / "IQ.zip"], tmp_path / "out.gazetteer")


def test_a_line_longer_than_any_row_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line without an end is taken in pieces, so that memory holds, and each piece is a fault."""
    monkeypatch.setattr(dump, "LONGEST_LINE", 1000)
    (tmp_path / "X.txt").write_text("\n".join([*villages(40), "z" * 2500]), encoding="utf-8")
    built = build([tmp_path / "X.txt"], tmp_path / "out.gazetteer")
    assert built.kinds == {"city": 40}
    assert [f.sentence.rsplit(": ", 1)[1] for f in built.faults][:2] == ["is longer than 1000 bytes."] * 2


def test_another_gazetteer_is_another_step(made: Gazetteer, dumps: list[Path], tmp_path: Path) -> None:
    """The step of what is placed bears the gazetteer's digest; the one that ships is named by the package's version alone."""
    other = open_gazetteer(str(build(dumps[1:2], tmp_path / "other.gazetteer").path))
    steps = {Places().step.id, Places(made).step.id, Places(other).step.id}
    assert len(steps) == 3
    assert Places().step == STEP
    found = located(made, "Shells fell on [Dulbar] in Iraq.")
    assert found is not None
    assert found.step == Places(made).step.id


def test_a_part_of_a_name_finds_the_one_site_that_holds_it(made: Gazetteer) -> None:
    """A site is found by words within its name where nothing bears them, and only in a country that is spoken of."""
    assert [c.name for c in made.holding("Mirash Air Base", ("IQ",))] == ["Tall Mirash Air Base"]
    assert made.holding("Mirash Air Base", ("SY",)) == ()
    assert open_gazetteer().holding("Mirash Air Base", ("IQ",)) == ()
    found = located(made, "Rockets hit the [Mirash Air Base] in Iraq.")
    assert found is not None
    assert found.value.name == "Tall Mirash Air Base"


@pytest.mark.parametrize(
    ("marked", "finest"),
    [
        ("Shells fell on [Dulbar], Iraq.", Precision.TOWN),
        ("A drone fell near [Dulbar], Iraq.", Precision.NEAR),
        ("A drone fell 12 km west of [Dulbar], Iraq.", Precision.NEAR),
        ("A drone fell on the outskirts of [Dulbar], Iraq.", Precision.NEAR),
        ("A drone fell near [Dulbar International Airport], Iraq.", Precision.NEAR),
        ("A drone fell at [Dulbar International Airport], Iraq.", Precision.EXACT),
        ("Fighting went on in [Dulbar district], Iraq.", Precision.DISTRICT),
        ("Fighting went on in [Zarfan province], Iraq.", Precision.ADMIN1),
        ("Fighting went on in southern [Zarfan], Iraq.", Precision.ADMIN1),
        ("Boats crossed the [Velgar River] in Iraq.", Precision.DISTRICT),
        ("Fighting went on at [Jabal Hemrosh] in Iraq.", Precision.DISTRICT),
        ("Fighting went on in the [Kolvan Plains] in Iraq.", Precision.REGION),
        ("A bus was stopped between [Dulbar] and Karhabad, Iraq.", Precision.NEAR),
        ("A bus was stopped on the [Dulbar-Karhabad road] in Iraq.", Precision.NEAR),
    ],
)
def test_a_place_is_never_finer_than_its_words(made: Gazetteer, marked: str, finest: Precision) -> None:
    """Near, so far from, the outskirts, a district, a river: none of them is the town or the point that lends its name."""
    found = located(made, marked)
    assert found is not None
    assert FINENESS[found.value.precision] >= FINENESS[finest]
    assert (found.value.radius_km or 0.0) >= 2


def test_every_village_is_found_and_is_a_town_at_its_finest(made: Gazetteer) -> None:
    """Each of three hundred villages is placed where it is, and "near" it is never the village itself."""
    for row in villages(300):
        cells = row.split("\t")
        near = located(made, f"A mine went off near [{cells[1]}] in Iraq.")
        assert near is not None, cells[1]
        assert near.value.precision is Precision.NEAR
        assert near.value.country == "IQ"


def test_the_command_builds_and_says_what_it_did(dumps: list[Path], tmp_path: Path) -> None:
    """`gazetteer build` ends well with faults told on stderr, and with 1 and a sentence for what is no dump."""
    out = tmp_path / "cli.gazetteer"
    done = CliRunner().invoke(app, ["gazetteer", "build", *map(str, dumps), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "313 places" in done.stdout
    assert "6 lines could not be read" in done.stdout
    assert "IQ.txt, line 15: has 1 column instead of 19." in done.stderr
    assert json.dumps(str(out)) in done.stdout
    (tmp_path / "no.txt").write_text("no dump\n", encoding="utf-8")
    refused = CliRunner().invoke(app, ["gazetteer", "build", str(tmp_path / "no.txt"), "--out", str(out)])
    assert refused.exit_code == 1
    assert "is no GeoNames dump" in refused.stderr


def test_a_configured_file_of_another_form_is_refused(tmp_path: Path) -> None:
    """The setting that names a file that is no gazetteer is named with what to do."""
    sqlite3.connect(tmp_path / "other.sqlite").close()
    with pytest.raises(ConfigError, match=r"resolve\.gazetteer.*gazetteer build"):
        open_gazetteer(str(tmp_path / "other.sqlite"))
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_gazetteer(str(tmp_path / "gone.sqlite"))


NEWS = b"""Gunmen attacked an army post near Karhabad in Iraq on Monday, 4 March 2024, and killed four soldiers, police said.

The army sent helicopters to the area and searched the farms around it until the evening, a spokesman said.
"""


def test_a_run_takes_the_gazetteer_that_the_settings_name(dumps: list[Path], tmp_path: Path) -> None:
    """A claim of a place that only the dump knows lies there, under a step and an id of its own, and always the same."""
    capture = Capture(NEWS, "0" * 64, "r", "r.txt", Media.SCRAPE)
    made = str(build(dumps, tmp_path / "made.gazetteer").path)
    shipped, ours = digest(capture, default_parts()), digest(capture, default_parts("rules", made))
    assert shipped.steps != ours.steps
    assert [c.where.value.name for c in ours.claims if c.where] == ["near Karhabad"]
    assert not {c.id for c in shipped.claims} & {c.id for c in ours.claims}
    assert digest(capture, default_parts("rules", made)) == ours
