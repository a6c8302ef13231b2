"""Tables of a page: rows of incidents as lines, all others as the blocks they are."""

from __future__ import annotations

from crossbearing.clean.page import clean_page

_HEAD = "<tr><th>Date</th><th>District</th><th>What happened</th><th>Killed</th></tr>"
_ROWS = (
    "<tr><td>Mon 9 March</td><td>Klimovo</td><td>Drone hit a <b>tractor</b></td><td>1</td></tr>"
    "<tr><td>Wed 11 March</td><td></td><td>Mine under a bus</td><td>0</td></tr>"
)
_MORE = "<p>The governor wrote on Monday that repairs had begun and that the school bus would run again within the week.</p>"


def test_a_row_of_a_table_of_incidents_is_one_line_that_leads_back() -> None:
    """The cells stand side by side, empty ones kept as such, and each word leads back to the page's source."""
    source = f"<html><body><article><h1>The week</h1><table>{_HEAD}{_ROWS}</table>{_MORE}</article></body></html>"
    cleaned = clean_page(source)
    lines = cleaned.text.split("\n")
    assert "Mon 9 March | Klimovo | Drone hit a tractor | 1" in lines
    assert "Wed 11 March |  | Mine under a bus | 0" in lines
    at = cleaned.text.index("Klimovo")
    piece = next(p for p in cleaned.pieces if p.text.start <= at < p.text.end)
    assert source[piece.source.start + at - piece.text.start :].startswith("Klimovo")


def test_a_table_that_lays_out_a_page_stays_as_it_is() -> None:
    """Cells without names of columns are blocks of their own."""
    source = f"<html><body><table><tr><td>Home</td><td>{_MORE}</td><td>Weather</td></tr></table></body></html>"
    assert " | " not in clean_page(source).text
