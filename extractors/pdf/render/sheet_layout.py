"""Grid in, where each of its cells stands on pages out: what a sheet without pages is drawn by (sheet_to_pdf.py).

The grid does not say how wide its columns are, so that widths and heights follow the texts: a column of 「○」 is narrow,
one of questions wide. Rows and columns without any cell are narrow. A long sheet is cut into several pages between rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractors.grid import Cell, Grid
from extractors.location import Box
from extractors.pdf.render.fonts import text_width, wrap

SIZE, LEADING = 8.0, 9.6
_NARROW, _LOW = 7.0, 6.0
_WIDEST, _RUN_ON, _WIDE = 230.0, 480.0, 60
PAD, _FOOT = 3.0, 8.0  # the room under the text is for a label of the row below
GUTTER, HEAD = 26.0, 14.0
_SHORT, _LONG, _SHAPE = 850.0, 1450.0, 1.3
_LINES = 40


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Where the rows and columns of a grid stand, in points: the position of each edge; `cuts` are the edges that begin pages.

    `cols` and `rows` are the grid's columns and rows at which a cell begins or ends, `xs` and `ys` their positions.
    """

    grid: Grid
    cols: tuple[int, ...]
    rows: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cuts: tuple[int, ...]

    @property
    def n_pages(self) -> int:
        """Pages that the sheet is cut into, one at least."""
        return len(self.cuts)

    def page_of(self, row: int) -> int:
        """The page (from 0) on which a row stands."""
        return bisect_right(self.cuts, max(0, bisect_right(self.rows, row) - 1)) - 1

    def boxes(self, top: int, left: int, bottom: int, right: int) -> list[tuple[int, Box]]:
        """The page (from 0) and box of each part of the cells in rows [top, bottom) and columns [left, right)."""
        x0, x1 = span(self.cols, self.xs, left, right)
        y0, y1 = span(self.rows, self.ys, top, bottom)
        parts = []
        for page in range(self.page_of(top), self.page_of(max(top, bottom - 1)) + 1):
            start, end = self.stretch(page)
            low, high = max(y0, start) - start + HEAD, min(y1, end) - start + HEAD
            parts.append((page, (x0 + GUTTER, low, x1 + GUTTER, high)))
        return parts

    def page_size(self, page: int) -> tuple[float, float]:
        """Width and height of a page (from 0)."""
        start, end = self.stretch(page)
        return self.xs[-1] + GUTTER + PAD, end - start + HEAD + PAD

    def stretch(self, page: int) -> tuple[float, float]:
        """Where a page (from 0) begins and ends in the sheet, in points."""
        end = self.cuts[page + 1] if page + 1 < len(self.cuts) else len(self.ys) - 1
        return self.ys[self.cuts[page]], self.ys[end]


def grid_to_layout(grid: Grid) -> SheetLayout:
    """Widths and heights that give every text of the grid room, within limits."""
    cells = [*grid.cells, *grid.aside]
    cols = tuple(sorted({0} | {edge for cell in cells for edge in (cell.col, cell.end_col)})) or (0,)
    rows = tuple(sorted({0} | {edge for cell in cells for edge in (cell.row, cell.end_row)})) or (0,)
    cols, rows = (edges if len(edges) > 1 else (0, 1) for edges in (cols, rows))
    alone = alone_in_row(grid)
    xs = _edge_positions(_widths(grid, cols, alone))
    ys = _edge_positions(_heights(grid, rows, (cols, xs), alone))
    return SheetLayout(grid, cols, rows, xs, ys, _cuts(ys, xs[-1]))


def alone_in_row(grid: Grid) -> set[int]:
    """Rows whose only text stands in one column: it may run on to the right, as in a spreadsheet."""
    filled: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.text.strip():
            filled.setdefault(cell.row, []).append(cell)
    return {row for row, cells in filled.items() if len(cells) == 1 and cells[0].col_span == 1}


def _widths(grid: Grid, cols: Sequence[int], alone: set[int]) -> list[float]:
    widths = [_NARROW] * (len(cols) - 1)
    index_of = {col: index for index, col in enumerate(cols)}
    for cell in sorted(grid.cells, key=lambda c: index_of[c.end_col] - index_of[c.col]):
        first, last = index_of[cell.col], index_of[cell.end_col]
        if cell.row in alone or not cell.text.strip():
            continue
        lack = min(_longest(cell) + 2 * PAD, _WIDEST) - sum(widths[first:last])
        for index in range(first, last) if lack > 0 else ():
            widths[index] += lack / (last - first)
    for cell in (c for c in grid.cells if c.row in alone and c.text.strip()):  # these run on to the right
        lack = min(_longest(cell) + 2 * PAD, _RUN_ON) - sum(widths[index_of[cell.col] :])
        widths[-1] += max(lack, 0.0)
    return widths


def _longest(cell: Cell) -> float:
    """How wide the cell's longest line is; of a very long one, its beginning."""
    choices = LEADING + text_width(choice_text(cell), SIZE) if cell.chosen else 0.0
    return choices + max(text_width(line[:_WIDE], SIZE) for line in cell.text.split("\n")[:_LINES])


def choice_text(cell: Cell) -> str:
    """The choices with a circle round them, written behind the cell's first line, as no circle is drawn there."""
    return f"→ {' '.join(cell.chosen)}"


def _heights(
    grid: Grid, rows: Sequence[int], across: tuple[Sequence[int], Sequence[float]], alone: set[int]
) -> list[float]:
    heights = [_LOW] * (len(rows) - 1)
    index_of = {row: index for index, row in enumerate(rows)}
    for cell in sorted(grid.cells, key=lambda c: index_of[c.end_row] - index_of[c.row]):
        first, last = index_of[cell.row], index_of[cell.end_row]
        x0, x1 = span(*across, cell.col, cell.end_col)
        lines = 1 if cell.row in alone else len(cell_lines(cell, x1 - x0))
        lack = lines * LEADING + PAD + _FOOT - sum(heights[first:last])
        if lack > 0:
            heights[last - 1] += lack
    return heights


def cell_lines(cell: Cell, width: float) -> list[str]:
    """The cell's text in lines that fit into a box of this width (points)."""
    return wrap(cell.text, max(width - 2 * PAD, SIZE), SIZE, _LINES)


def _edge_positions(sizes: Sequence[float]) -> tuple[float, ...]:
    return tuple(accumulate(sizes, initial=0.0))


def span(edges: Sequence[int], positions: Sequence[float], first: int, end: int) -> tuple[float, float]:
    """Where [first, end) begins and ends; between two edges all that lies between them."""
    start = max(0, min(bisect_right(edges, first) - 1, len(edges) - 2))
    stop = max(start + 1, min(bisect_left(edges, end), len(edges) - 1))
    return positions[start], positions[stop]


def _cuts(ys: Sequence[float], width: float) -> tuple[int, ...]:
    """Where pages begin, so that each is about as high as a sheet of paper of its width."""
    height = min(max(_SHORT, _SHAPE * width), _LONG)
    cuts = [0]
    for edge in range(1, len(ys) - 1):
        if ys[edge + 1] - ys[cuts[-1]] > height:
            cuts.append(edge)
    return tuple(cuts)
