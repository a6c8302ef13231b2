"""`crossbearing series check` lists the totals that cannot all be right, and says what is wrong with a file that is no series."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from crossbearing.cli import app

SERIES = """# a comment
date,killed,new
2031-01-01,100,
2031-01-02,112,12
2031-01-03,142,12
2031-01-04,136,12
2031-01-05,140,4
2031-01-06,150,10
"""


def check(tmp_path: Path, text: str, *options: str) -> str:
    file = tmp_path / "series.csv"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["series", "check", str(file), *options], env={"COLUMNS": "200", "NO_COLOR": "1"})
    return result.output + result.stderr


def test_a_total_with_two_digits_changed_round_is_named(tmp_path: Path) -> None:
    """142 stands for 124: it does not fit what came after, and is told with what would."""
    said = check(tmp_path, SERIES, "--new", "new")
    assert "transposed: 142 on 2031-01-03" in said
    assert "124" in said
    assert "6 totals, 1 in doubt" in said


def test_a_sound_series_has_no_doubt(tmp_path: Path) -> None:
    """Totals that only grow by each day's number are left alone."""
    assert "6 totals, 0 in doubt" in check(tmp_path, SERIES.replace("142", "124"), "--new", "new")


@pytest.mark.parametrize(
    ("text", "options", "why"),
    [
        ("day,dead\n2031-01-01,1\n", (), "no column 'date'"),
        (SERIES, ("--total", "dead"), "no column 'dead'"),
        ("date,killed\n1 May,3\n", (), "'1 May' for a day"),
        ("date,killed\n2031-01-01,many\n", (), "'many' in killed"),
        ("date,killed\n2031-01-02,1\n2031-01-01,2\n", (), "not after 2031-01-02"),
    ],
)
def test_a_file_that_is_no_series_gets_a_sentence(tmp_path: Path, text: str, options: tuple[str, ...], why: str) -> None:
    """A missing column, a day or number that is none, and rows out of order are told with the row and what to do."""
    assert why in check(tmp_path, text, *options)


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    """A path where nothing lies is told as such."""
    result = CliRunner().invoke(app, ["series", "check", str(tmp_path / "none.csv")])
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr
