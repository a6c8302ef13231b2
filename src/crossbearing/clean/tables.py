"""Tables of incidents in a page: each row one line, its cells parted by strokes, as texts without mark-up write them.

Only where the first row names such columns (`words/rows.py`): other tables lay a page out, and their cells are blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from crossbearing.clean.walk import Block
from crossbearing.words.rows import columns

_STROKE = " | "


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a page, with the cells of each row of a table of incidents as one."""
    found: list[Block] = []
    for table, held in groupby(blocks, key=lambda block: block.cell and block.cell[0]):
        inside = list(held)
        found += _rows(inside) if table is not None and _names_columns(inside) else inside
    return found


def _names_columns(blocks: Sequence[Block]) -> bool:
    """Whether the first row of a table names the columns of a table of incidents."""
    return bool(columns([block.text for block in blocks if block.cell and blocks[0].cell and block.cell[1] == blocks[0].cell[1]]))


def _rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """The rows of a table, each one block."""
    for _, held in groupby(blocks, key=lambda block: block.cell and block.cell[1]):
        cells = list(held)
        row, column = Block(cells[0].zone, False), 0
        for block in cells:
            here = block.cell[2] if block.cell else column
            if row.runs:
                end = row.runs[-1][2]
                row.add(_STROKE * max(here - column, 0) or " ", end, block.runs[0][1], False)
            column, at = here, len(row.text)
            row.text += block.text
            row.runs += [(at + begin, start, stop, exact) for begin, start, stop, exact in block.runs]
        yield row
