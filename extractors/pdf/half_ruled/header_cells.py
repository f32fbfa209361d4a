"""A lattice table in, the table with header cells that stand over several columns cut at the columns of the rows below.

A header on a dark ground is often drawn as one area: 「章　対策　可否」 is one cell there, and three names. It is cut
where each of its texts stands over one column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.location import Box
from extractors.pdf.tables.lattice import BoxCell, BoxTable
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.tables.row_ends import is_header
from extractors.pdf.tables.text_rows import TextRow, text_rows

_FIRST_ROWS = 3  # a header stands no lower in its table
_COLUMNS = 3  # what one cell has to stand over
_MOST_NAMED = 0.6  # share of the columns that have to have a name
_OVER = 1.0  # points by which a name may reach over its column


def split_header_cells(page: Page, table: BoxTable, glyphs: Sequence[Sequence[int]]) -> BoxTable:
    """The table with its wide header cells cut; `glyphs` are the indexes of the glyphs of its cells."""
    cells: list[BoxCell] = []
    for cell, inside in zip(table.cells, glyphs, strict=True):
        edges = [edge for edge in table.cols if cell.box[0] <= edge <= cell.box[2]]
        is_first = cell.box[1] in table.rows[:_FIRST_ROWS] and cell.box[3] < table.rows[-1]
        if is_first and len(edges) > _COLUMNS and _has_names(text_rows(page.glyphs, inside), edges):
            top, foot = cell.box[1], cell.box[3]
            cells += [replace(cell, box=(a, top, b, foot)) for a, b in pairwise(edges)]
        else:
            cells.append(cell)
    return replace(table, cells=tuple(cells)) if len(cells) > len(table.cells) else table


def _has_names(lines: Sequence[TextRow], edges: Sequence[float]) -> bool:
    """Whether lines are the names of most of the columns between edges, none of them over two."""
    if not lines or not is_header(lines):
        return False
    columns = named_columns(lines, edges)
    return columns is not None and len(columns) >= max(_COLUMNS, _MOST_NAMED * (len(edges) - 1))


def named_columns(lines: Sequence[TextRow], edges: Sequence[float]) -> frozenset[int] | None:
    """Which of the columns between edges have words of the lines; None where a word stands over two or beside all."""
    columns: set[int] = set()
    for start, end in (span for line in lines for span in line.spans):
        column = next(
            (i for i, (a, b) in enumerate(pairwise(edges)) if a - _OVER <= start and end <= b + _OVER), None
        )
        if column is None:
            return None
        columns.add(column)
    return frozenset(columns)


def box_of(lines: Sequence[TextRow]) -> Box:
    """The box around lines."""
    parts = [part.box for line in lines for part in line.parts]
    left, top, right, foot = zip(*parts, strict=True)
    return min(left), min(top), max(right), max(foot)
