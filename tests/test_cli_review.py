"""People's decisions over the commands: made, listed, contested, settled, undone; and what changed, verified and bundled."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from typer.testing import CliRunner

from crossbearing.cli import app
from crossbearing.publish.records import schema

REPORTS = (
    {
        "id": "one",
        "outlet": "Harbour Dispatch",
        "published": "2024-05-15",
        "text": "A drone struck a fuel depot in Kharkiv on Tuesday, killing 3 people, the regional governor said.",
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
)
SETTINGS = '[read]\nreader = "rules"\n\n[review]\neditors = "Edith, Egon"\n'

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with settings and a ledger of two incidents, one of them told twice."""
    path = tmp_path_factory.mktemp("review")
    (path / "in.jsonl").write_text("".join(json.dumps(one) + "\n" for one in REPORTS), encoding="utf-8")
    (path / "c.toml").write_text(SETTINGS)
    done = CliRunner().invoke(app, ["run", str(path / "in.jsonl"), "--ledger", str(path / "l"), "--config", str(path / "c.toml")])
    assert done.exit_code == 0, done.stderr
    return path


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Run:
    """A command on a ledger of the test's own."""
    for name in ("l", "c.toml"):
        shutil.copy(made / name, tmp_path / name)

    def call(*arguments: str, **environment: str) -> Any:
        ledger = [] if arguments[0] == "verify" else ["--ledger", str(tmp_path / "l")]
        clean = {"COLUMNS": "160", "NO_COLOR": "1", "CROSSBEARING_CONFIG": str(tmp_path / "c.toml"), **environment}
        return CliRunner().invoke(app, [*arguments, *ledger], env=clean)

    return call


def records(text: str) -> list[dict[str, Any]]:
    """JSON Lines, each held to its schema."""
    found = [json.loads(line) for line in text.splitlines()]
    for one in found:
        Draft202012Validator(schema(one["schema"]), format_checker=FormatChecker()).validate(one)
    return found


def listed(run: Run, command: str, *more: str) -> list[dict[str, Any]]:
    result = run(command, "--format", "jsonl", *more)
    assert result.exit_code == 0, result.stderr
    return records(result.stdout)


def ids(run: Run) -> tuple[str, str]:
    """The incident that is told twice, and the other."""
    kharkiv, fasher = sorted(listed(run, "incidents"), key=lambda one: -len(one["reports"]))
    return str(kharkiv["id"]), str(fasher["id"])


def decide(run: Run, *arguments: str, person: str = "Ann", because: str = "so") -> str:
    """Decide, and give the decision's id."""
    result = run("decide", *arguments, "--as", person, "--because", because)
    assert result.exit_code == 0, result.stderr
    return str(result.stdout.split(":")[0])


def test_a_correction_shows_with_its_words_and_its_maker(run: Run, tmp_path: Path) -> None:
    """A figure is set from words of a document; every command shows the value, who set it and what the claims say."""
    one, _ = ids(run)
    text = next(each["text"] for each in REPORTS if each["id"] == "two")
    start = text.index("killed 5")
    decide(run, "set", one, "killed=5", "--span", f"{document(run, 'two')}:{start}-{start + 15}", because="the later report")

    (record,) = [each for each in listed(run, "incidents") if each["id"] == one]
    assert record["killed"] == {"low": 5, "high": 5, "most": 5, "stated": "killed 5 people"}
    assert record["review"]["set"][0]["claims_say"] == "3-5"
    shown = run("show", one).stdout
    assert "set killed=5: the later report (“killed 5 people”)" in shown
    assert "killed was set; the claims say 3-5" in shown
    explained = run("explain", one, "killed").stdout
    assert "Set by Ann" in explained
    assert "The claims alone give: 3-5" in explained
    (row,) = [row for row in csv.DictReader(io.StringIO(run("incidents", "--format", "csv").stdout)) if row["id"] == one]
    assert "Ann set killed to 5" in row["review_set"]


def document(run: Run, report: str) -> str:
    return str(listed(run, "documents", "--report", report)[0]["id"])


def test_a_value_stands_on_words_or_a_note(run: Run) -> None:
    """Without either it is refused, and so are words that are not there."""
    one, _ = ids(run)
    bare = run("decide", "set", one, "killed=5", "--as", "Ann", "--because", "so")
    assert (bare.exit_code, "a note" in bare.stderr) == (2, True)
    far = run("decide", "set", one, "killed=5", "--span", f"{document(run, 'two')}:5000-5009", "--as", "Ann", "--because", "so")
    assert (far.exit_code, "its text ends at" in far.stderr) == (2, True)
    assert listed(run, "decisions") == []


def test_what_is_rejected_is_left_out_and_said(run: Run) -> None:
    """A rejected incident is in no list unless asked for, its claims neither; undone, it is back as it was."""
    before = run("incidents", "--format", "jsonl").stdout
    one, other = ids(run)
    made = decide(run, "reject", one, because="a drill")

    assert [each["id"] for each in listed(run, "incidents")] == [other]
    assert {each["incident"] for each in listed(run, "claims")} == {other}
    assert "--rejected shows them" in run("incidents").stderr
    (shown,) = [each for each in listed(run, "incidents", "--rejected") if each["id"] == one]
    assert shown["review"]["verdict"] == "reject"
    decide(run, "undo", made)
    assert run("incidents", "--format", "jsonl").stdout == before


def test_a_rejected_claim_is_left_out(run: Run) -> None:
    """A single claim is rejected by its id; the incident goes on without its figure."""
    one, _ = ids(run)
    claims = [each for each in listed(run, "claims") if each["report"] == "two"]
    for each in claims:
        decide(run, "reject", each["id"])
    (record,) = [each for each in listed(run, "incidents") if each["id"] == one]
    assert (record["killed"]["low"], record["killed"]["high"]) == (3, 3)
    assert not [each for each in listed(run, "claims") if each["report"] == "two"]


def test_merge_split_and_undo(run: Run) -> None:
    """Two are merged and are one; the merge is undone; one is split and is two."""
    one, other = ids(run)
    made = decide(run, "same", one, other, because="one day, one war")
    (merged,) = listed(run, "incidents")
    assert merged["reports"] == ["one", "three", "two"]
    assert "Ann judged that they tell of one happening" in " ".join(run("show", merged["id"]).stdout.split())
    decide(run, "undo", made[:6])
    assert ids(run) == (one, other)
    out = [each["id"] for each in listed(run, "claims") if each["report"] == "two"]
    decide(run, "split", one, *out)
    assert len(listed(run, "incidents")) == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("split", "{one}", "{foreign}"), "no claim of"),
        (("split", "{one}", "{all}"), "leave at least one"),
        (("set", "{one}", "killed", "--note", "n"), "write FIELD=VALUE"),
        (("set", "{one}", "where=Springfield", "--note", "n"), "34 places are called so"),
        (("set", "{claim}", "killed=1", "--note", "n"), "claims are never changed"),
        (("set", "{one}", "killed=1", "--span", "x"), "is no span"),
        (("state", "{one}", "done"), "there are to do, in progress"),
        (("same", "{one}", "{one}"), "share a claim"),
        (("accept", "inone"), "inone: no incident"),
        (("undo", "jnone"), "no decision of this ledger"),
        (("open", "week-1"), "only an editor"),
    ],
)
def test_wrong_use_is_told(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """What cannot be decided is told in a sentence, and nothing is recorded."""
    one, other = ids(run)
    claims = {each: [c["id"] for c in listed(run, "claims") if c["incident"] == each] for each in (one, other)}
    given: list[str] = []
    for each in arguments:
        given += claims[one] if each == "{all}" else [each.format(one=one, foreign=claims[other][0], claim=claims[one][0])]
    result = run("decide", *given, "--as", "Ann", "--because", "so", COLUMNS="400")
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert listed(run, "decisions") == []


def test_who_decides_must_be_known(run: Run) -> None:
    """A name comes from --as or from the settings; without one nothing is recorded."""
    one, _ = ids(run)
    nobody = run("decide", "accept", one, "--because", "so", COLUMNS="200")
    assert (nobody.exit_code, "who decides?" in nobody.stderr) == (2, True)
    assert run("decide", "accept", one, "--because", "so", CROSSBEARING_REVIEW_PERSON="Cid").exit_code == 0
    assert [each["person"] for each in listed(run, "decisions")] == ["Cid"]


def test_what_is_contested_waits_first_and_an_editor_settles(run: Run) -> None:
    """Two differ: it stands at the head of the queue with who says what; the editor's word ends it."""
    one, other = ids(run)
    decide(run, "accept", other)
    decide(run, "reject", other, person="Bob")
    first, *_ = listed(run, "queue")
    assert first["incident"] == other
    assert first["why"][0] == "contested: the incident: Ann says accept, Bob says reject"
    assert "contested" in run("incidents").stdout
    decide(run, "accept", other, person="Edith")
    assert [each["incident"] for each in listed(run, "queue")] == [one]
    (settled,) = [each for each in listed(run, "incidents") if each["id"] == other]
    assert (settled["review"]["verdict"], settled["review"]["verified"]) == ("accept", True)
    assert "accepted" in run("incidents").stdout


def test_the_queue_is_narrowed_and_cut(run: Run) -> None:
    """It takes the selection of the lists, and says how many it leaves out."""
    assert [each["where"] for each in listed(run, "queue", "--country", "Sudan")] == ["El Fasher"]
    result = run("queue", "--limit", "1")
    assert "Left out: 1 with less to gain" in result.stderr
    assert "nobody has looked at it" in " ".join(result.stdout.split())


def test_two_code_blind(run: Run) -> None:
    """Neither sees the other's decisions, nor does anything show of them; opened, they are compared and contested."""
    one, other = ids(run)
    before = run("incidents", "--format", "jsonl").stdout
    for person, verdict in (("Ann", "accept"), ("Bob", "reject")):
        assert {each["incident"] for each in listed(run, "queue", "--as", person, "--blind", "week-1")} == {one, other}
        for each in (one, other):
            decide(run, verdict if each == other else "accept", each, "--blind", "week-1", person=person)
        assert listed(run, "queue", "--as", person, "--blind", "week-1") == []
    assert run("incidents", "--format", "jsonl").stdout == before
    assert {each["person"] for each in listed(run, "decisions", "--as", "Bob")} == {"Bob"}
    assert listed(run, "decisions") == []
    assert "Left out: 4 of blind rounds" in run("decisions").stderr
    assert not any("Ann" in each["says"] for each in listed(run, "changes"))

    slip = next(each["id"] for each in listed(run, "decisions", "--as", "Ann"))
    decide(run, "undo", slip, person="Ann")
    assert {each["person"] for each in listed(run, "decisions", "--as", "Bob")} == {"Bob"}, "nor what was undone"
    assert not any("Ann" in each["says"] for each in listed(run, "changes"))
    undo = next(each["id"] for each in listed(run, "decisions", "--as", "Ann") if each["kind"] == "undo")
    decide(run, "undo", undo, person="Ann")

    (verdict,) = listed(run, "agreement", "week-1")
    assert (verdict["units"], verdict["agreed"], verdict["people"]) == (2, 1, ["Ann", "Bob"])
    assert verdict["alpha"] == 0.0
    decide(run, "open", "week-1", person="Edith")
    assert len(listed(run, "decisions")) == 7
    assert listed(run, "queue")[0]["why"][0].startswith("contested")


def test_only_what_is_verified_is_listed(run: Run, tmp_path: Path) -> None:
    """Neither what nobody accepted, nor a stub, nor what is contested is in a verified list or bundle."""
    one, other = ids(run)
    assert listed(run, "incidents", "--verified") == []
    decide(run, "accept", one)
    decide(run, "accept", other)
    assert len(listed(run, "incidents", "--verified")) == 2
    decide(run, "state", one, "stub")
    assert [each["id"] for each in listed(run, "incidents", "--verified")] == [other]
    assert "Left out: 1 that are not verified." in run("incidents", "--verified").stderr
    assert "1 incident on" in run("bundle", str(tmp_path / "v.zip"), "--verified").stdout
    decide(run, "reject", other, person="Bob")
    assert listed(run, "incidents", "--verified") == []


def test_coverage_does_not_count_what_is_rejected(run: Run, tmp_path: Path) -> None:
    """A rejected incident is none of those that a report says there were."""
    text = {
        "id": "count", "outlet": "Delta Gazette", "published": "2024-05-21",
        "text": "A drone hit a bridge in Kharkiv on Monday. It was the third drone strike on Kharkiv this month, police said.",
    }  # fmt: skip
    one, _ = ids(run)
    (tmp_path / "more.jsonl").write_text(json.dumps(text), encoding="utf-8")
    assert run("run", str(tmp_path / "more.jsonl")).exit_code == 0

    def counted() -> int:
        gaps = [each for each in listed(run, "coverage") if each["schema"] == "crossbearing.gap/1"]
        return sum(len(each["possibly"]) for each in gaps)

    before = counted()
    decide(run, "reject", one)
    assert counted() == before - 1


def test_decisions_are_listed_with_what_they_bear_on(run: Run) -> None:
    """An undone one stays in the list and stands no more; in a table its reason says so."""
    one, _ = ids(run)
    made = decide(run, "state", one, "in progress")
    decide(run, "undo", made, because="too early")
    state, undo = listed(run, "decisions")
    assert (state["stands"], state["incident"], state["state"]) == (False, one, "in progress")
    assert (undo["subject"], undo["incident"]) == ([made], None)
    assert "(does not count) so" in run("decisions").stdout


def test_the_past_knows_no_later_decision(run: Run) -> None:
    """Every command that reads answers as of an instant as it did then."""
    one, _ = ids(run)
    then = max(each["at"] for each in listed(run, "changes") if each["at"])
    reads = (
        ("incidents", "--format", "jsonl"), ("claims", "--format", "jsonl"), ("documents",), ("faults",), ("show", one),
        ("explain", one, "killed"), ("coverage", "--format", "jsonl"), ("queue",), ("decisions",), ("agreement",), ("changes",),
    )  # fmt: skip
    before = [run(*each, "--as-of", then).stdout for each in reads]
    decide(run, "set", one, "killed=9", "--note", "a call")
    decide(run, "reject", one)
    decide(run, "different", *[each["id"] for each in listed(run, "claims", "--rejected")][:2])
    assert [run(*each, "--as-of", then).stdout for each in reads] == before
    assert run("incidents").stdout != run("incidents", "--as-of", then).stdout


def test_changes_tell_what_became_of_what(run: Run) -> None:
    """Between two instants: the decision, the incident that changed, the one that is gone into it."""
    one, other = ids(run)
    since = max(each["at"] for each in listed(run, "changes") if each["at"])
    assert listed(run, "changes", "--since", since) == []
    assert "Nothing changed." in run("changes", "--since", since).stderr
    decide(run, "same", one, other)
    found = listed(run, "changes", "--since", since)
    assert [(each["of"], each["what"]) for each in found] == [
        ("decision", "recorded"), ("incident", "changed"), ("incident", "gone"),
    ]  # fmt: skip
    assert "its claims stand in" in run("changes", "--since", since).stdout


def test_a_stranger_verifies_a_bundle(run: Run, tmp_path: Path) -> None:
    """A bundle of some incidents, with a file beside them, verifies by itself and again of its captures; changed, it does not."""
    _, other = ids(run)
    decide(run, "accept", other)
    (tmp_path / "x.csv").write_text("a,b\n")
    out = tmp_path / "some.zip"
    result = run("bundle", str(out), "--country", "Sudan", "--with", str(tmp_path / "x.csv"))
    assert (result.exit_code, "1 incident on" in result.stdout) == (0, True)
    with zipfile.ZipFile(out) as held:
        assert "exports/x.csv" in held.namelist()
        (incident,) = records(held.read("incidents.jsonl").decode())
        assert incident["id"] == other
    for file in (out, tmp_path / "l"):
        again = run("verify", str(file), "--again")
        assert (again.exit_code, again.stdout) == (0, f"{file}: all holds.\n")
        assert "read anew; 0 were read by other steps" in again.stderr
    out.write_bytes(out.read_bytes().replace(b"shells hit a market", b"shells hit a school"))
    broken = run("verify", str(out))
    assert (broken.exit_code, "failure" in broken.stderr) == (1, True)
    assert all(line.endswith(".") for line in broken.stdout.splitlines())


def test_a_bundle_is_the_same_later(run: Run, tmp_path: Path) -> None:
    """As of its instant it is made again byte for byte, whatever was decided since."""
    one, _ = ids(run)
    first = run("bundle", str(tmp_path / "a.zip")).stdout
    at = first.split("as of ")[1].split(". SHA")[0]
    decide(run, "set", one, "killed=9", "--note", "a call")
    run("bundle", str(tmp_path / "b.zip"), "--as-of", at)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    run("bundle", str(tmp_path / "c.zip"))
    assert (tmp_path / "a.zip").read_bytes() != (tmp_path / "c.zip").read_bytes()


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    """Nothing to verify and nothing to put beside are each a sentence."""
    gone = run("verify", str(tmp_path / "gone"))
    assert (gone.exit_code, "there is no such file" in gone.stderr) == (2, True)
    beside = run("bundle", str(tmp_path / "a.zip"), "--with", str(tmp_path / "gone"))
    assert (beside.exit_code, "cannot be read" in beside.stderr) == (1, True)


@pytest.mark.parametrize(
    "command",
    [
        *("accept", "reject", "unsure", "set", "same", "different", "split", "copy", "state", "undo", "open"),
        *("queue", "decisions", "agreement", "changes", "verify", "bundle"),
    ],
)
def test_help_teaches(command: str) -> None:
    """Each command's help says what it does and gives an example that begins with it."""
    whole = command if command in ("queue", "decisions", "agreement", "changes", "verify", "bundle") else f"decide {command}"
    result = CliRunner().invoke(app, [*whole.split(), "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert result.exit_code == 0
    assert f"crossbearing {whole}" in result.stdout


def test_an_id_from_before_a_merge_leads_to_where_its_claims_stand(run: Run) -> None:
    """A coder's notes name the incident that was merged away: its id still opens the one that it is part of."""
    one, two = ids(run)
    decide(run, "same", one, two, because="one raid")
    (left,) = {each["id"] for each in listed(run, "incidents")} & {one, two}

    assert left in run("show", one).stdout
    assert left in run("show", two).stdout


def test_after_a_merge_it_is_told_which_incident_stands_and_what_it_was(run: Run) -> None:
    """The list of decisions and the changes name the incident that both became, and the two ids that it had."""
    one, other = ids(run)
    made = decide(run, "same", one, other)
    (now,) = listed(run, "incidents")
    (record,) = listed(run, "decisions")
    assert (record["incident"], sorted(record["were"])) == (now["id"], sorted((one, other)))
    table = run("decisions").stdout
    assert "was" in table
    assert now["id"][:7] in table
    (told,) = [each["says"] for each in listed(run, "changes") if each["id"] == made]
    assert told.endswith(f"{now['id']} (was {' and '.join(record['were'])})")

    decide(run, "undo", made)
    undone, undo = listed(run, "decisions")
    assert sorted(undone["were"]) == sorted((one, other))
    assert undo["were"] == []
