"""A lattice table in, the table with the names that stand above its first rule as a row of its own.

Where only the body of a table has borders, 「番号　設問　回答」 stands over its columns with nothing round it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.pdf.half_ruled.header_cells import box_of, named_columns
from extractors.pdf.tables.lattice import BoxCell, BoxTable
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.tables.row_ends import is_header, names_above
from extractors.pdf.tables.text_rows import TextRow, side_by_side, text_rows

_REACH = 60.0  # points above a table that its header may take up
_NEAR = 1.5  # of the size: the gap between the names and the first rule
_COLUMNS = 3
_MOST_NAMED = 0.6  # share of the columns that have to have a name
_PAD = 2.0


def add_header_row(page: Page, table: BoxTable, glyphs: Sequence[Sequence[int]]) -> BoxTable:
    """The table with a row for the names above it; as it is where none stand there, or its first row holds names."""
    if len(table.cols) <= _COLUMNS or _first_row_has_names(page, table, glyphs):
        return table
    names = _names_over(page, table)
    columns = named_columns(names, table.cols)
    if columns is None or len(columns) < max(_COLUMNS, _MOST_NAMED * (len(table.cols) - 1)):
        return table
    top = box_of(names)[1] - _PAD
    cells = tuple(BoxCell((a, top, b, table.rows[0])) for a, b in pairwise(table.cols))
    body = tuple(replace(cell, open_top=False) for cell in table.cells)
    return BoxTable((*cells, *body), (top, *table.rows), table.cols)


def _names_over(page: Page, table: BoxTable) -> list[TextRow]:
    """The lines directly above a table that may be the names of its columns."""
    left, top, right, _ = table.box
    x, y = page.glyphs.centres[:, 0], page.glyphs.centres[:, 1]
    above = page.cell_glyphs.free & (y < top) & (y > top - _REACH) & (x > left) & (x < right)
    groups = side_by_side(text_rows(page.glyphs, np.flatnonzero(above).tolist()))
    if not groups or top - max(row.bottom for row in groups[-1]) > _NEAR * groups[-1][-1].size:
        return []
    return names_above(groups)


def _first_row_has_names(page: Page, table: BoxTable, glyphs: Sequence[Sequence[int]]) -> bool:
    """Whether the first row of a table may be its header itself, or is a heading over all columns."""
    first = [
        (cell, inside)
        for cell, inside in zip(table.cells, glyphs, strict=True)
        if cell.box[1] == table.rows[0]
    ]
    lines = text_rows(page.glyphs, [index for _, inside in first for index in inside])
    return bool(lines) and is_header(lines)
