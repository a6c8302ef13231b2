"""Tables in a text: their columns by name, and their rows."""

from __future__ import annotations

import pytest

from crossbearing.words.rows import columns, rows

TABLES = [
    "Date | District | What happened | Killed | Injured\n2 May | Sevsk | Shelling of a farm | 1 | 0",
    "| Date | District | What happened | Killed | Injured |\n|---|---|---|---|---|\n"
    "| 2 May | Sevsk | Shelling of a farm | 1 | 0 |",
    "Date\tDistrict\tWhat happened\tKilled\tInjured\n2 May\tSevsk\tShelling of a farm\t1\t0",
]


@pytest.mark.parametrize("text", TABLES, ids=["strokes", "markdown", "tabs"])
def test_a_row_gives_its_cells_by_column(text: str) -> None:
    """However cells are parted, a row below the names of columns has its cells, each a span of the text."""
    (row,) = rows(f"The week\n\n{text}\n\nNo more.")
    whole = f"The week\n\n{text}\n\nNo more."
    cells = {column: cell.of(whole) for column, cell in row.cells.items()}
    assert cells == {"date": "2 May", "district": "Sevsk", "what": "Shelling of a farm", "killed": "1", "injured": "0"}


def test_an_empty_cell_is_left_out_and_a_line_of_other_cells_is_no_row() -> None:
    """Cells that say nothing are none; a line with more or fewer cells than there are names belongs to no column."""
    found = rows("Place | Event | Killed\nSevsk | shelling |\nPogar | mine | 1 | Gov\nKlimovo | drone | 2")
    assert [sorted(row.cells) for row in found] == [["spot", "what"], ["killed", "spot", "what"]]


@pytest.mark.parametrize("names", [["Home", "News", "Sport"], ["Date", "Opponent", "Score"], ["Place", "Killed"]])
def test_other_tables_have_no_columns(names: list[str]) -> None:
    """A menu, a table of matches and a table of two columns are no tables of incidents."""
    assert columns(names) == {}
    assert rows(" | ".join(names) + "\na | b | c") == ()
