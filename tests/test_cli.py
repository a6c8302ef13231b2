"""The commands over a small ledger: what they show, what they write, how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from typer.testing import CliRunner

from crossbearing.cli import app
from crossbearing.cli.shown import figure, interval, plain, toll
from crossbearing.publish.records import schema

REPORTS = (
    {
        "id": "one",
        "outlet": "Harbour Dispatch",
        "published": "2024-05-15",
        "text": "A drone struck a fuel depot in Kharkiv on Tuesday, killing 3 people, the regional governor said. "
        "Russian forces launched the drone, he said.",
    },
    {
        "id": "two",
        "outlet": "Coast Wire",
        "published": "2024-05-15",
        "text": "A drone hit a fuel depot in Kharkiv on Tuesday and killed 5 people, police told the Coast Wire.",
    },
    {
        "id": "three",
        "outlet": "Nile Bulletin",
        "published": "2024-05-20",
        "text": "At least 12 people were killed when shells hit a market in El Fasher on Sunday, doctors said.",
    },
    {"id": "four", "text": "   "},
)

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three reports and an empty one, and a file that is no report, read into a ledger."""
    path = tmp_path_factory.mktemp("cli")
    (path / "in").mkdir()
    (path / "in" / "reports.jsonl").write_text("".join(json.dumps(one) + "\n" for one in REPORTS), encoding="utf-8")
    (path / "in" / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    return path


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    """A command run in the folder, with its ledger where it has one."""

    def call(*arguments: str, **environment: str) -> Any:
        ledger = (
            []
            if arguments[0] in ("config", "--help", "--version") or "--ledger" in arguments
            else ["--ledger", str(folder / "l")]
        )
        clean = {"COLUMNS": "80", "NO_COLOR": "1", "CROSSBEARING_CONFIG": None, **environment}
        return CliRunner().invoke(app, [*arguments, *ledger], env=clean)

    result = call("run", str(folder / "in"), "--workers", "1")
    assert result.exit_code == 0, result.stderr
    return call


@pytest.fixture(scope="module")
def first(run: Run) -> str:
    """The id of the first incident."""
    return str(json.loads(run("incidents", "--format", "jsonl").stdout.splitlines()[0])["id"])


def records(text: str) -> list[dict[str, Any]]:
    """JSON Lines, each held to its schema."""
    found = [json.loads(line) for line in text.splitlines()]
    for one in found:
        Draft202012Validator(schema(one["schema"]), format_checker=FormatChecker()).validate(one)
    return found


def test_a_run_says_what_it_did(run: Run, folder: Path) -> None:
    """A first run counts what is new; the same run again says that nothing is, and adds nothing."""
    new = run("run", str(folder / "in"), "--ledger", str(folder / "fresh"), "--workers", "1")
    assert "4 new" in new.stdout
    assert "3 read, 1 set aside, 1 at fault" in new.stdout
    again = run("run", str(folder / "in"), "--ledger", str(folder / "fresh"), "--workers", "1")
    assert (again.exit_code, "Nothing is new." in again.stdout, "0 new claims" in again.stdout) == (0, True, True)


@pytest.mark.parametrize("command", ["incidents", "claims", "documents", "faults"])
def test_lists_are_records(run: Run, command: str) -> None:
    """Each list writes records that hold to their schema, one a line, and nothing else on stdout."""
    result = run(command, "--format", "jsonl")
    found = records(result.stdout)
    assert found
    assert {one["schema"] for one in found} == {f"crossbearing.{command[:-1]}/1"}


@pytest.mark.parametrize("command", ["incidents", "claims", "documents", "faults"])
def test_lists_are_the_same_in_every_form(run: Run, command: str) -> None:
    """A CSV has a row for each record, and a table stays within 80 columns without colour."""
    count = len(run(command, "--format", "jsonl").stdout.splitlines())
    assert len(list(csv.DictReader(io.StringIO(run(command, "--format", "csv").stdout)))) == count
    table = run(command).stdout
    assert max(map(len, table.splitlines())) <= 80
    assert "\x1b" not in table


@pytest.mark.parametrize("command", ["incidents", "claims"])
def test_what_has_places_is_a_map(run: Run, command: str) -> None:
    """A GeoJSON collection has a feature for each record, a null geometry where there is no point."""
    found = json.loads(run(command, "--format", "geojson").stdout)
    assert len(found["features"]) == len(run(command, "--format", "jsonl").stdout.splitlines())
    assert any(one["geometry"] for one in found["features"])


def test_claims_name_their_incident_and_quote_exactly(run: Run) -> None:
    """Every claim stands in an incident that is listed, and every incident's claims are claims that are listed."""
    claims = records(run("claims", "--format", "jsonl").stdout)
    incidents = records(run("incidents", "--format", "jsonl", "--background").stdout)
    assert {one["incident"] for one in claims} == {one["id"] for one in incidents}
    assert {one["id"] for one in claims} == {claim for one in incidents for claim in one["claims"]}
    texts = {one["id"]: one["text"] for one in REPORTS}
    assert all(one["quote"] in texts[one["report"]] for one in claims)


def test_a_file_gets_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    """`--out x.csv` writes CSV, and what lay there before is replaced whole."""
    out = tmp_path / "x.csv"
    out.write_text("old")
    result = run("incidents", "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text(encoding="utf-8").startswith("schema,id,")
    assert [one.name for one in tmp_path.iterdir()] == ["x.csv"]


def test_a_file_that_cannot_be_written_is_wrong_use(run: Run, tmp_path: Path) -> None:
    """A folder that is not there, a map of what has no places, and an ending that says nothing, are each told in a sentence."""
    for command, name in (("incidents", "no/x.csv"), ("documents", "x.geojson"), ("claims", "x.json")):
        result = run(command, "--out", str(tmp_path / name))
        assert result.exit_code == 2
        assert name in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("asked", "countries"),
    [
        ((), {"UA", "SD"}),
        (("--country", "Sudan"), {"SD"}),
        (("--country", "ua"), {"UA"}),
        (("--until", "2024-05-16"), {"UA"}),
        (("--since", "2024-05-16"), {"SD"}),
        (("--report", "three"), {"SD"}),
        (("--kind", "drone"), {"UA"}),
        (("--status", "denied"), set()),
    ],
)
def test_a_list_is_narrowed(run: Run, asked: tuple[str, ...], countries: set[str]) -> None:
    """Each filter keeps what it names."""
    found = records(run("incidents", "--format", "jsonl", *asked).stdout)
    assert {one["where"]["country"] for one in found if one["where"]} == countries


@pytest.mark.parametrize("report", ["two", "reports.jsonl#2"])
def test_documents_are_found_by_report(run: Run, report: str) -> None:
    """A document is found by the id that the input gave its report, or by its file."""
    (found,) = records(run("documents", "--format", "jsonl", "--report", report).stdout)
    assert found["file"].endswith("reports.jsonl#2")


def test_a_poor_screen_is_no_crash(run: Run, folder: Path) -> None:
    """A screen that knows only ASCII gets the numbers of the characters that it lacks."""
    command = [sys.executable, "-m", "crossbearing", "claims", "--ledger", str(folder / "l")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u2190" in done.stdout


def test_an_empty_answer_is_no_error(run: Run) -> None:
    """Where nothing matches, stdout is empty, stderr says so, and all is well."""
    result = run("incidents", "--status", "denied")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No incidents." in result.stderr


@pytest.mark.parametrize("command", ["incidents", "claims"])
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--kind", "zeppelin"), r"reads 'zeppelin'\. The ledger holds these kinds: .*Air/drone strike"),
        (("--report", "nothere"), r"the ledger holds no report 'nothere'\."),
    ],
)
def test_an_empty_answer_has_a_reason(run: Run, command: str, asked: tuple[str, ...], says: str) -> None:
    """A kind or a report that the ledger does not know is named."""
    result = run(command, *asked)
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.search(rf"No {command}: .*{says}", result.stderr)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("incidents", "--since", "Tuesday"), "Tuesday"),
        (("incidents", "--country", "Atlantis"), "Atlantis"),
        (("claims", "--as-of", "noon"), "noon"),
        (("incidents", "--since", "2024-02-02", "--until", "2024-02-01"), "is after --until"),
        (("claims", "--since", "2024-02-02", "--until", "2024-02-01"), "is after --until"),
        (("faults", "--format", "geojson"), "geojson"),
        (("show", "nonesuch"), "nonesuch: no incident"),
        (("explain", "nonesuch", "published"), "nonesuch: no document"),
        (("claims", "--ledger", "not/there"), "not/there"),
        (("run",), "PATH"),
    ],
)
def test_wrong_use_is_told(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """What cannot be is said on stderr without a traceback, and the exit code is 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_usable_is_its_own_code(run: Run, tmp_path: Path) -> None:
    """A run of which no input could be read ends with 1, and says where to look."""
    (tmp_path / "x.txt").write_text(" ")
    result = run("run", str(tmp_path / "x.txt"), "--ledger", str(tmp_path / "l"), "--workers", "1")
    assert result.exit_code == 1
    assert "Nothing usable" in result.stderr


def test_a_run_names_each_path_without_a_file(run: Run, tmp_path: Path) -> None:
    """What is not there and what is empty is said at once; beside a good path all is well, and the ledger's folder is made."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.jsonl").write_text(json.dumps(REPORTS[2]), encoding="utf-8")
    gone, empty, ledger = (str(tmp_path / name) for name in ("gone", "empty", "new/deep/x.ledger"))
    result = run("run", gone, empty, str(tmp_path / "good.jsonl"), "--ledger", ledger, "--workers", "1")
    says = [f"{gone}: no such file or folder. Check the path.", f"{empty}: holds no file. Name a folder with reports."]
    assert (result.exit_code, result.stderr.splitlines()) == (0, says)
    assert "holds 1 claim on 1 incident." in result.stdout
    nothing = run("run", empty, "--ledger", ledger, "--workers", "1")
    assert (nothing.exit_code, nothing.stderr) == (1, f"{says[1]}\nNothing usable: no report could be read.\n")


def test_a_folder_that_cannot_be_made_is_wrong_use(run: Run, tmp_path: Path) -> None:
    """A ledger below a file is told in a sentence."""
    (tmp_path / "x.txt").write_text(" ")
    result = run("run", str(tmp_path / "x.txt"), "--ledger", str(tmp_path / "x.txt" / "in" / "l"), "--workers", "1")
    assert result.exit_code == 2
    assert "cannot be made" in result.stderr


def test_of_a_document_only_its_date_is_explained(run: Run) -> None:
    """Another field of a document is told to be none."""
    document = records(run("documents", "--format", "jsonl").stdout)[0]["id"]
    result = run("explain", document, "where")
    assert (result.exit_code, result.stderr) == (2, f"{document} is a document; of a document there is only published.\n")


def test_one_is_no_plural(run: Run) -> None:
    """One report and one lineage are told as one."""
    (incident, *_) = [one for one in records(run("incidents", "--format", "jsonl").stdout) if len(one["reports"]) == 1]
    assert "1 report, 1 independent lineage\n" in re.sub(r" +\n", "\n", run("show", incident["id"]).stdout)


def test_an_incident_is_shown_whole(run: Run, first: str) -> None:
    """Every claim stands there with its words, its file and its chain, within 80 columns; a part of the id will do."""
    result = run("show", first[:6])
    said = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    for one in records(run("claims", "--format", "jsonl").stdout):
        if one["incident"] == first:
            assert one["id"] in said
            assert one["chain"][0].split()[0] in said
    assert "“" in said
    assert "Lineages" in said


@pytest.mark.parametrize(
    "field", ["when", "where", "perpetrators", "targets", "weapons", "killed", "injured", "status", "event_type"]
)
def test_every_field_is_explained(run: Run, first: str, field: str) -> None:
    """Each field says who gives it and in which words, or who is silent on it."""
    result = run("explain", first, field)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{field} of {first}")
    assert re.search(r"“[^”]+”\s+at\s+\d+-\d+\s+by \S+", result.stdout) or "Silent on it" in result.stdout


def test_alternatives_stand_side_by_side(run: Run) -> None:
    """Where two reports give other numbers, both stand there with their claims."""
    (incident,) = [one for one in records(run("incidents", "--format", "jsonl").stdout) if len(one["reports"]) == 2]
    said = run("explain", incident["id"], "killed").stdout
    assert "Alternatives\n" in said
    assert {"  3", "  5"} <= {line.split(":")[0] for line in said.splitlines()}


@pytest.mark.parametrize(("asked", "field"), [("place", "where"), ("date", "when"), ("kind", "event_type"), ("deaths", "killed")])
def test_a_field_answers_to_its_other_names(run: Run, first: str, asked: str, field: str) -> None:
    """What the screen and the code books call a field explains it too."""
    assert run("explain", first, asked).stdout == run("explain", first, field).stdout


def test_a_documents_date_is_explained(run: Run) -> None:
    """The evidence for a page's date, each with what it alone would allow, by the document's id."""
    document = next(one for one in records(run("documents", "--format", "jsonl").stdout) if one["published"])
    result = run("explain", document["id"], "published")
    assert result.exit_code == 0
    assert document["published"]["earliest"] in result.stdout
    assert "alone it allows" in result.stdout


def test_an_undated_page_is_explained_beside_dated_ones(run: Run, tmp_path: Path) -> None:
    """A dateline without its year gives a day in many years; the week of the ledger's other reports tells which it may be."""
    told = "Shells hit the market in Khartoum on Tuesday and killed {} people, medics told the Coast Wire."
    rows: list[dict[str, str]] = [{"id": str(n), "published": f"2024-03-1{n}", "text": told.format(n + 2)} for n in range(2, 8)]
    rows.append({"id": "undated", "text": f"KHARTOUM, March 12 (Coast Wire) -- {told.format('four')}"})
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ledger = ("--ledger", str(tmp_path / "l"))
    assert run("run", str(tmp_path / "reports.jsonl"), "--workers", "1", *ledger).exit_code == 0
    result = run("explain", "reports.jsonl#7", "published", *ledger)
    words = " ".join(result.stdout.split())
    assert "any day" in words
    assert "6 of the ledger's 6 dated reports are of 2024-03-12 to 03-17. If it is of the same time: 2024-03-12 to 03-14" in words


def test_the_past_is_another_answer(run: Run) -> None:
    """As of a day before the run the ledger held nothing; as of a day to come it holds what it holds."""
    assert run("claims", "--format", "jsonl", "--as-of", "2001-01-01").stdout == ""
    assert run("claims", "--format", "jsonl", "--as-of", "2100-01-01").stdout == run("claims", "--format", "jsonl").stdout


COUNTED = (
    {
        "id": "a",
        "outlet": "Harbour Dispatch",
        "published": "2024-05-15",
        "text": "A drone struck a fuel depot in Kharkiv on Tuesday, the governor said. It was the third drone strike on Kharkiv "
        "this week, he said.",
    },
    {
        "id": "b",
        "outlet": "Coast Wire",
        "published": "2024-05-16",
        "text": "Shells hit a market in El Fasher on Wednesday. El Fasher has been attacked 40 times since 1 May, doctors said.",
    },
)


def test_stated_counts_are_checked(run: Run, tmp_path: Path) -> None:
    """Each stated count is a line with its gap, the widest first; the records hold to their schemas, the table to its screen."""
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(one) + "\n" for one in COUNTED), encoding="utf-8")
    ledger = str(tmp_path / "l")
    assert run("run", str(tmp_path / "in.jsonl"), "--ledger", ledger, "--workers", "1").exit_code == 0
    result = run("coverage", "--format", "jsonl", "--ledger", ledger)
    found = records(result.stdout)
    gaps = [one for one in found if one["schema"] == "crossbearing.gap/1"]
    assert [(one["low"], one["ordinal"], one["missing"]) for one in gaps] == [(40, False, 39), (3, True, 2)]
    assert [one["method"] for one in found[len(gaps) :]] == ["Chapman", "Chao"]
    for one in found:
        Draft202012Validator(schema(one["schema"]), format_checker=FormatChecker()).validate(one)
    told = gaps[0]["told"][0]
    assert (told["report"], told["quote"][:9]) == ("b", "El Fasher")
    for width in ("80", "140"):
        shown = run("coverage", "--ledger", ledger, COLUMNS=width)
        assert shown.exit_code == 0
        assert "2 counts stated, 2 with a gap." in " ".join(shown.stdout.split())
        assert "Too few to estimate" in " ".join(shown.stdout.split())
        assert max(map(len, shown.stdout.splitlines())) <= int(width)
    to_file = run("coverage", "--ledger", ledger, "--out", str(tmp_path / "x.jsonl"))
    assert (to_file.exit_code, (tmp_path / "x.jsonl").read_text(encoding="utf-8")) == (0, result.stdout)


def test_nothing_to_check_is_said(run: Run) -> None:
    """Where no report counts happenings, stderr says so, and the lines hold the estimates only."""
    result = run("coverage", "--format", "jsonl")
    assert result.exit_code == 0
    assert {one["schema"] for one in records(result.stdout)} == {"crossbearing.estimate/1"}
    assert "Nothing to check" in result.stderr
    assert run("coverage", "--as-of", "2001-01-01").stdout == ""


def test_the_settings_say_where_they_come_from(run: Run, tmp_path: Path) -> None:
    """`config show` lists each setting with its origin, in every form; a wrong file is wrong use."""
    found = [
        json.loads(line) for line in run("config", "show", "--format", "jsonl", CROSSBEARING_RUN_WORKERS="3").stdout.splitlines()
    ]
    assert {"run.workers": (3, "environment CROSSBEARING_RUN_WORKERS")}.items() <= {
        one["name"]: (one["value"], one["origin"]) for one in found
    }.items()
    assert "run.workers" in run("config", "show").stdout
    assert len(run("config", "show", "--format", "csv").stdout.splitlines()) == len(found) + 1
    (tmp_path / "c.toml").write_text("[run]\nworkres = 1\n")
    wrong = run("config", "show", "--config", str(tmp_path / "c.toml"))
    assert wrong.exit_code == 2
    assert "near it: run.workers" in wrong.stderr


@pytest.mark.parametrize("command", ["run", "incidents", "claims", "documents", "faults", "show", "explain", "config show"])
def test_help_teaches(run: Run, command: str) -> None:
    """Each command's help says what it does and gives an example that begins with it."""
    result = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert result.exit_code == 0
    assert re.search(rf"Example: .*crossbearing {command}", result.stdout)


def test_help_is_at_hand() -> None:
    """Asking for help loads neither the database library nor the page parser."""
    code = (
        "import sys\nfrom crossbearing.cli import main\nsys.argv = ['crossbearing', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('sqlalchemy', 'trafilatura', 'lxml', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_reader_that_has_enough_is_no_error(run: Run, folder: Path, form: str) -> None:
    """`crossbearing claims | head -n 0`: the command ends with 0 and without a word."""
    command = [sys.executable, "-m", "crossbearing", "claims", "--format", form, "--ledger", str(folder / "l")]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pages_words_cannot_steer_the_screen() -> None:
    """Escape sequences, line breaks and marks that turn the text around are taken out of what is shown."""
    assert plain("a\x1b[31m\n b\u202ec\x07") == "a[31m bc"


@pytest.mark.parametrize(
    ("low", "high", "reads"), [(3, 3, "3"), (3, 5, "3-5"), (12, None, "12+"), (None, 4, "0-4"), (None, None, "-"), (0, 0, "0")]
)
def test_figures_read_as_ranges(low: int | None, high: int | None, reads: str) -> None:
    """A figure on the screen is as open as it is."""
    assert figure(low, high) == reads


def test_an_open_figure_shows_the_greatest_that_anybody_names() -> None:
    """ "At least 20" and "1,400 dead" of one attack are no mere 20 or more."""
    assert toll({"low": 20, "high": None, "most": 1400}) == "20-1400+"
    assert toll({"low": 20, "high": None, "most": 20}) == "20+"
    assert toll({"low": 9, "high": 17, "most": 17}) == "9-17"
    assert toll(None) == "-"


@pytest.mark.parametrize(
    ("earliest", "latest", "reads"),
    [
        ("2024-05-01", "2024-05-01", "2024-05-01"),
        ("2024-05-01", "2024-05-02", "2024-05-01 to 05-02"),
        ("2023-12-31", "2024-01-01", "2023-12-31 to 2024-01-01"),
        (None, "2024-01-01", "until 2024-01-01"),
        ("2024-01-01", None, "from 2024-01-01"),
        (None, None, "-"),
    ],
)
def test_intervals_read_as_days(earliest: str | None, latest: str | None, reads: str) -> None:
    """An interval on the screen is as wide as it is."""
    assert interval(earliest, latest) == reads


def test_the_settings_hold_for_a_run(run: Run, folder: Path, tmp_path: Path) -> None:
    """A limit set in the environment is the run's: what is over it is a fault that names the setting."""
    given = ("run", str(folder / "in"), "--ledger", str(tmp_path / "l"), "--workers", "1")
    assert run(*given, CROSSBEARING_INGEST_FILE_BYTES="10").exit_code == 1
    found = records(run("faults", "--ledger", str(tmp_path / "l"), "--format", "jsonl").stdout)
    assert [one for one in found if one["error"] == "RefusedInput" and "ingest.file_bytes" in one["sentence"]]


def test_an_unknown_reader_is_wrong_use(run: Run, folder: Path, tmp_path: Path) -> None:
    """A reader that is not there is named before anything is read, with those that are."""
    result = run("run", str(folder / "in"), "--ledger", str(tmp_path / "l"), CROSSBEARING_READ_READER="oracle")
    assert result.exit_code == 2
    assert "no reader 'oracle'; there are rules, network" in result.stderr
    assert not (tmp_path / "l").exists()


def test_a_run_that_is_stopped_says_how_to_go_on(run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a run: the summary says that the same command goes on, and the exit code is the shells' own."""

    def stop(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("crossbearing.run.local._Course.take", stop)
    result = run("run", str(folder / "in"), "--ledger", str(tmp_path / "l"), "--workers", "1")
    assert result.exit_code == 130
    assert "run the same command again" in result.stdout
