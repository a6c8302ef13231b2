"""The commands of the code books: what they write, what they say, and why."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crossbearing.cli import app

REPORTS = (
    {
        "id": "one",
        "outlet": "Harbour Dispatch",
        "published": "2024-05-15",
        "text": "Russian forces fired a missile at a market in Kharkiv on Tuesday, killing 3 civilians, the governor said.",
    },
    {
        "id": "two",
        "outlet": "Nile Bulletin",
        "published": "2024-05-20",
        "text": "Shells hit a market in El Fasher on Sunday, doctors said. Nobody was hurt.",
    },
)

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A command run against a ledger of two reports."""
    folder = tmp_path_factory.mktemp("books")
    (folder / "reports.jsonl").write_text("".join(json.dumps(one) + "\n" for one in REPORTS), encoding="utf-8")

    def call(*arguments: str) -> Any:
        clean = {"COLUMNS": "100", "NO_COLOR": "1", "CROSSBEARING_CONFIG": None}
        return CliRunner().invoke(app, [*arguments, "--ledger", str(folder / "l")], env=clean)

    assert call("run", str(folder / "reports.jsonl"), "--workers", "1").exit_code == 0
    return call


@pytest.fixture(scope="module")
def incident(run: Run) -> str:
    """The id of the incident in which people died."""
    found = [json.loads(line) for line in run("incidents", "--format", "jsonl").stdout.splitlines()]
    return next(one["id"] for one in found if one["where"]["country"] == "UA")


def test_an_export_is_a_table_and_its_reasons(run: Run, tmp_path: Path, incident: str) -> None:
    """The file holds the rows, the file beside it the reasons, and stderr what was left out by which rule."""
    out = tmp_path / "u.csv"
    result = run("export", "--format", "ucdp", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    assert [(row["best"], row["country"], row["date_start"]) for row in rows] == [("3", "Ukraine", "2024-05-14")]
    lines = [json.loads(line) for line in (tmp_path / "u.csv.why.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[0]["book"] == "ucdp"
    assert {line["incident"] for line in lines if "row" in line} == {incident}
    assert "Left out: 1 incident by ucdp.excluded.no_death" in result.stderr


def test_a_book_of_several_tables_writes_several_files(run: Run, tmp_path: Path) -> None:
    """Each table stands beside the first, under its own name."""
    assert run("export", "--format", "airwars", "--out", str(tmp_path / "a.csv")).exit_code == 0
    names = {path.name for path in tmp_path.iterdir()}
    tables = {"a.belligerents.csv", "a.statements.csv", "a.sources.csv", "a.casualties.csv"}
    assert names == {"a.csv", "a.csv.why.jsonl", *tables}


def test_without_a_file_the_rows_go_to_stdout(run: Run) -> None:
    """The first table alone is printed, so that it can be piped."""
    result = run("export", "--format", "acled")
    assert result.stdout.startswith("event_id_cnty,event_date,year,")
    assert len(result.stdout.splitlines()) == 3
    assert "why.jsonl" in result.stderr


def test_an_export_repeats(run: Run, tmp_path: Path) -> None:
    """The same ledger gives the same bytes, in every file."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        run("export", "--format", "acled", "--out", str(tmp_path / name / "x.csv"))
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_an_export_is_narrowed_delayed_and_rounded(run: Run, tmp_path: Path) -> None:
    """Selection, delay and rounding hold for every file."""
    out = tmp_path / "x.csv"
    result = run("export", "--format", "acled", "--country", "Sudan", "--round", "0.5", "--delay", "3d", "--out", str(out))
    (row,) = csv.DictReader(out.open(encoding="utf-8", newline=""))
    assert (row["country"], row["location"], row["latitude"], row["geo_precision"]) == ("Sudan", "North Darfur", "13.5", "2")
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "--format", "ucdp", "--delay", "soon"), "write it as 72h or 3d"),
        (("export", "--format", "ucdp", "--round", "0"), "write degrees"),
        (("export", "--format", "ucdp", "--since", "2024-05-20", "--until", "2024-05-01"), "earlier day"),
        (("export", "--format", "ucdp", "--out", "/nowhere/x.csv"), "cannot be written"),
        (("explain", "i0"), "which field to explain"),
    ],
)
def test_wrong_use_of_the_books_is_told(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """What cannot be is refused with a sentence, and ends with 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.replace("│", " ").split())


def test_a_cell_is_explained(run: Run, incident: str) -> None:
    """The cell's value, its rule with its sentence, and the words of the claims behind it."""
    said = " ".join(run("explain", incident, "best", "--book", "ucdp").stdout.split())
    assert "best: 3" in said
    assert "ucdp.best.most_lineages, version 1 [ours]" in said
    assert "“Russian forces fired a missile" in said


def test_all_cells_are_explained(run: Run, incident: str) -> None:
    """Without a column every cell has its rule."""
    said = run("explain", incident, "--book", "acled").stdout
    assert "acled.fatalities.lowest" in said
    assert "acled.geo_precision.1" in said


def test_an_empty_cell_and_a_missing_row_are_explained(run: Run, incident: str) -> None:
    """An empty column has its reason, an incident without a row its rule, a column that there is not its sentence."""
    assert "UCDP's own key of a release" in run("explain", incident, "relid", "--book", "ucdp").stdout
    other = next(line for line in run("incidents", "--format", "jsonl").stdout.splitlines() if incident not in line)
    assert "ucdp.excluded.no_death" in run("explain", json.loads(other)["id"], "--book", "ucdp").stdout
    assert "has no such column" in run("explain", incident, "colour", "--book", "ucdp").stderr


def test_two_books_are_compared(run: Run) -> None:
    """Each difference names the rules; as lines of JSON too."""
    said = " ".join(run("compare-codebooks", "ucdp", "acled").stdout.split())
    assert "ucdp.excluded.no_death" in said
    found = [json.loads(line) for line in run("compare-codebooks", "ucdp", "acled", "--format", "jsonl").stdout.splitlines()]
    assert [(one["aspect"], one["sides"][0]["value"], one["sides"][1]["value"]) for one in found] == [("row", "no row", "1 row")]
    assert "No differences" in run("compare-codebooks", "ucdp", "ucdp").stderr


def test_a_correction_is_exported_with_its_person(run: Run, incident: str, tmp_path: Path) -> None:
    """A person sets the place: the export holds it, the reasons and `explain` name who did, an earlier instant knows nothing."""
    before = tmp_path / "before.csv"
    assert run("export", "--format", "ucdp", "--out", str(before)).exit_code == 0
    instant = json.loads((tmp_path / "before.csv.why.jsonl").read_text(encoding="utf-8").splitlines()[0])["instant"]
    place = "where=Kramatorsk, UA"
    made = run("decide", "set", incident, place, "--note", "a call", "--as", "Ann Lee", "--because", "she was there")
    assert made.exit_code == 0, made.stderr
    after = tmp_path / "after.csv"
    assert run("export", "--format", "ucdp", "--out", str(after)).exit_code == 0
    assert "Kramatorsk" in after.read_text(encoding="utf-8")
    assert "Ann Lee" in (tmp_path / "after.csv.why.jsonl").read_text(encoding="utf-8")
    assert "Ann Lee set where" in " ".join(run("explain", incident, "where_prec", "--book", "ucdp").stdout.split())
    again = tmp_path / "again.csv"
    assert run("export", "--format", "ucdp", "--as-of", instant, "--out", str(again)).exit_code == 0
    assert again.read_bytes() == before.read_bytes()
    assert (tmp_path / "again.csv.why.jsonl").read_bytes() == (tmp_path / "before.csv.why.jsonl").read_bytes()


@pytest.mark.parametrize(("form", "ending"), [("jsonld", "jsonld"), ("xlsx", "xlsx"), ("timemap", "json")])
def test_what_is_no_code_book_is_exported(run: Run, tmp_path: Path, form: str, ending: str) -> None:
    """A graph, a spreadsheet and a pair for a map are written whole, and are the same bytes again."""
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    for name in ("one", "two"):
        assert run("export", "--format", form, "--out", str(tmp_path / f"{name}.{ending}")).exit_code == 0
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()
    if form != "xlsx":
        assert json.loads((tmp_path / f"one.{ending}").read_text(encoding="utf-8"))


def test_a_spreadsheet_and_a_parquet_file_are_none_for_a_screen(run: Run) -> None:
    """Without a file they are refused with a sentence."""
    for arguments in (("export", "--format", "xlsx"), ("claims", "--format", "parquet")):
        result = run(*arguments)
        assert (result.exit_code, "Name a file with --out" in result.stderr) == (2, True)


def test_claims_go_out_and_come_in_unchanged(run: Run, tmp_path: Path) -> None:
    """JSON Lines are the same again; as CSV and Parquet they are what the ledger itself writes."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    lines = tmp_path / "claims.jsonl"
    for ending in ("jsonl", "csv", "parquet", "geojson"):
        assert run("claims", "--out", str(tmp_path / f"claims.{ending}")).exit_code == 0
    for ending in ("jsonl", "csv", "parquet", "geojson"):
        again = tmp_path / f"again.{ending}"
        made = CliRunner().invoke(app, ["convert", str(lines), "--out", str(again)])
        assert made.exit_code == 0, made.stderr
        assert again.read_bytes() == (tmp_path / f"claims.{ending}").read_bytes()


def test_what_is_no_record_is_not_converted(run: Run, tmp_path: Path) -> None:
    """A file of something else, of two kinds, of nothing, or none at all is refused with a sentence."""
    run("claims", "--out", str(tmp_path / "claims.jsonl"))
    run("incidents", "--out", str(tmp_path / "incidents.jsonl"))
    (tmp_path / "both.jsonl").write_text(
        (tmp_path / "claims.jsonl").read_text(encoding="utf-8") + (tmp_path / "incidents.jsonl").read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "other.jsonl").write_text('{"a": 1}\n', encoding="utf-8")
    for name, says in {
        "both": "among records of",
        "empty": "holds no record",
        "other": "line 1: it is no record",
        "none": "cannot be read",
    }.items():
        made = CliRunner().invoke(app, ["convert", str(tmp_path / f"{name}.jsonl")])
        assert (made.exit_code, says in made.stderr) == (2, True), made.stderr
