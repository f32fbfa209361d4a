"""What a file may hold so that a program can look through all of it: cells, text, and the places that cells cover.

The largest real check sheet has some 20,000 cells. A file far beyond is no sheet, but a list of data or a trap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.errors import TooMuch
from extractors.grid import Cell, Document, Grid

MOST_CELLS = 500_000
MOST_TEXT = 20 << 20  # characters
_MOST_COVERED = 3_000_000
_MANY_COVERED = 500_000


def check_count(cells: int, characters: int = 0) -> None:
    """Raises TooMuch where a file holds more cells or characters than any sheet does."""
    if cells > MOST_CELLS or characters > MOST_TEXT:
        raise TooMuch(cells=str(cells), megabytes=str(characters >> 20))


def clip_to_limits(document: Document) -> Document:
    """The document, without what merged cells cover beyond the last text of a sheet where that is a lot.

    Raises TooMuch where it holds more than a program can look through.
    """
    cells = [cell for grid in document.grids for cell in (*grid.cells, *grid.aside)]
    check_count(len(cells), sum(len(cell.text) for cell in cells))
    if _covered(cells) <= _MANY_COVERED:
        return document
    grids = tuple(map(_clipped, document.grids))
    if sum(_covered(grid.cells) for grid in grids) > _MOST_COVERED:
        raise TooMuch(cells=str(_covered(cells)), megabytes="0")
    return replace(document, grids=grids)


def _covered(cells: Sequence[Cell]) -> int:
    return sum(cell.row_span * cell.col_span for cell in cells)


def _clipped(grid: Grid) -> Grid:
    """The grid of which no merged cell reaches beyond the last row and column in which a text begins."""
    filled = [cell for cell in grid.cells if cell.text.strip()]
    end_row = max((cell.row for cell in filled), default=0) + 1
    end_col = max((cell.col for cell in filled), default=0) + 1
    cells = (
        replace(cell, row_span=min(cell.row_span, end_row - cell.row), col_span=min(cell.col_span, end_col - cell.col))
        for cell in grid.cells
        if cell.row < end_row and cell.col < end_col
    )  # fmt: skip
    return replace(grid, cells=tuple(cells))
