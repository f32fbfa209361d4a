"""Tables and glyphs of a page in, the glyphs of each cell out, and those that stand in no table.

A glyph belongs to the smallest cell that its centre lies in, as where a frame runs round a table. A cell that the
page end cut open also takes the line that the cut goes through. A full stop or small kana that hangs over its cell's rule stays
with the character before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.tables.lattice import BoxTable

_HANGING = (
    "。、．，）」』ぁぃぅぇぉっゃゅょァィゥェォッャュョー"  # what may not begin a line hangs over its end
)
_TOUCHING = 0.3  # of the size: the gap that may lie before a hanging mark
_CUT_LINE = 7.0  # points beyond the cut that a line may reach


@dataclass(frozen=True, slots=True)
class CellGlyphs:
    """For each table the indexes of the glyphs of each of its cells.

    `owner` says for each glyph which cell of the page it is in, counted through all tables, -1 for none.
    """

    cells: tuple[tuple[list[int], ...], ...]
    owner: NDArray[np.int64]

    @property
    def free(self) -> NDArray[np.bool_]:
        """True for glyphs in no cell."""
        return np.asarray(self.owner < 0)

    @property
    def share(self) -> float:
        """Share of the page's glyphs that stand in cells, 0 to 1."""
        return float((self.owner >= 0).sum() / max(len(self.owner), 1))


def fill_tables(tables: Sequence[BoxTable], glyphs: Glyphs) -> CellGlyphs:
    """Lay the glyphs of a page into the cells of its tables; each glyph goes to one cell at most."""
    owner = np.full(len(glyphs.chars), -1, dtype=np.int64)
    hanging = _hanging(glyphs)
    cells: dict[int, tuple[list[int], ...]] = {}
    count = 0
    for index in by_size(tables):
        in_table = _with_hanging(_owners(tables[index], glyphs.centres), hanging)
        in_table = np.where(owner < 0, in_table, -1)
        owner = np.where(in_table >= 0, in_table + count, owner)
        count += len(tables[index].cells)
        cells[index] = _by_owner(in_table, len(tables[index].cells))
    return CellGlyphs(tuple(cells[index] for index in range(len(tables))), owner)


def by_size(tables: Sequence[BoxTable]) -> list[int]:
    """The tables' indexes in the order in which their cells are counted: the smallest first."""
    return sorted(range(len(tables)), key=lambda index: _area(tables[index].box))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _hanging(glyphs: Glyphs) -> NDArray[np.int64]:
    """Indexes of closing marks that follow a character on its line without a gap."""
    return np.asarray(
        [
            index
            for index, char in enumerate(glyphs.chars)
            if char in _HANGING and index and glyphs.lines[index] == glyphs.lines[index - 1]
            and abs(glyphs.boxes[index][0] - glyphs.boxes[index - 1][2]) < _TOUCHING * glyphs.sizes[index]
        ],
        dtype=np.int64,
    )  # fmt: skip


def _with_hanging(owner: NDArray[np.int64], hanging: NDArray[np.int64]) -> NDArray[np.int64]:
    """The owners of glyphs, closing marks with the character before them."""
    for index in hanging.tolist():
        if owner[index - 1] >= 0:
            owner[index] = owner[index - 1]
    return owner


def _owners(table: BoxTable, centres: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of the cell that each centre lies in, -1 for none."""
    if not len(centres):
        return np.zeros(0, dtype=np.int64)
    rows, cols = np.asarray(table.rows), np.asarray(table.cols)
    number = _numbers(table)
    open_top = np.asarray([cell.open_top for cell in table.cells])
    open_bottom = np.asarray([cell.open_bottom for cell in table.cells])
    x, y = centres[:, 0], centres[:, 1]
    above = (y < rows[0]) & (y >= rows[0] - _CUT_LINE)
    below = (y >= rows[-1]) & (y < rows[-1] + _CUT_LINE)
    row = np.clip(np.searchsorted(rows, y, "right") - 1, 0, len(rows) - 2)
    col = np.clip(np.searchsorted(cols, x, "right") - 1, 0, len(cols) - 2)
    owner = number[row, col]
    within = (x >= cols[0]) & (x < cols[-1]) & (owner >= 0)
    level = (y >= rows[0]) & (y < rows[-1])
    inside = within & (level | (above & open_top[owner]) | (below & open_bottom[owner]))
    return np.where(inside, owner, -1)


def _numbers(table: BoxTable) -> NDArray[np.int64]:
    """For each place of the table's raster the number of the cell on it, -1 for none; the smaller of two wins."""
    row_of = {edge: index for index, edge in enumerate(table.rows)}
    col_of = {edge: index for index, edge in enumerate(table.cols)}
    number = np.full((len(table.rows) - 1, len(table.cols) - 1), -1, dtype=np.int64)
    order = sorted(range(len(table.cells)), key=lambda index: -_area(table.cells[index].box))
    for index in order:
        left, top, right, bottom = table.cells[index].box
        number[row_of[top] : row_of[bottom], col_of[left] : col_of[right]] = index
    return number


def _by_owner(owner: NDArray[np.int64], count: int) -> tuple[list[int], ...]:
    """Indexes of the glyphs of each cell, in the file's order."""
    order = np.argsort(owner, kind="stable")
    bounds = np.searchsorted(owner[order], np.arange(count + 1))
    listed = order.tolist()
    return tuple(listed[start:end] for start, end in pairwise(bounds.tolist()))
