"""Rows of strings in, a Grid out; and short looks at what was found in it.

A row is a list of texts. `<` goes on with the cell to its left and `^` with the cell above (a merge); an empty
string is a blank cell. `lined` splits a drawing in text at `|`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import GridResult, ItemRow
from extractors.grid import Cell, Grid
from extractors.location import Location

Rows = Sequence[Sequence[str]]


def lined(drawing: str) -> list[list[str]]:
    """Rows of texts from lines split at `|`; every row as long as the longest."""
    rows = [[text.strip() for text in line.split("|")] for line in drawing.strip("\n").splitlines()]
    width = max(map(len, rows))
    return [[text.replace("\\n", "\n") for text in row] + [""] * (width - len(row)) for row in rows]


def grid_of(rows: Rows, name: str = "回答票", sheet: str | None = "回答票") -> Grid:
    """A grid of a sheet; of a printed page where `sheet` is None."""
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    extent: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            corner = corners[r, c - 1] if text == "<" else corners[r - 1, c] if text == "^" else (r, c)
            corners[r, c] = corner
            low, right = extent.get(corner, (0, 0))
            extent[corner] = max(low, r + 1), max(right, c + 1)
    cells = [_cell(rows[r][c], (r, c), end, sheet) for (r, c), end in extent.items()]
    return Grid(name, tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), sheet=sheet)


def _cell(text: str, corner: tuple[int, int], end: tuple[int, int], sheet: str | None) -> Cell:
    (row, col), (low, right) = corner, end
    first, last = f"{get_column_letter(col + 1)}{row + 1}", f"{get_column_letter(right)}{low}"
    box = (50.0 * col, 20.0 * row, 50.0 * right, 20.0 * low)
    cells = first if first == last else f"{first}:{last}"
    location = Location(sheet=sheet, cells=cells) if sheet else Location(page=1, bbox=box)
    return Cell(row, col, text, location, low - row, right - col)


def paged(rows: Rows, *starts: int) -> Grid:
    """A printed grid whose rows at `starts` begin new pages; cells tell their page."""
    grid = grid_of(rows, sheet=None)
    cells = tuple(
        replace(cell, location=replace(cell.location, page=1 + sum(cell.row >= start for start in starts)))
        for cell in grid.cells
    )
    return replace(grid, cells=cells, page_starts=starts)


def cut_open(grid: Grid, row: int) -> Grid:
    """The grid whose cells that end above `row` are open at the bottom, those that begin there at the top."""
    cells = tuple(
        replace(cell, open_bottom=cell.end_row == row, open_top=cell.row == row) for cell in grid.cells
    )
    return replace(grid, cells=cells)


def hide(grid: Grid, rows: Iterable[int] = (), cols: Iterable[int] = ()) -> Grid:
    """The grid with rows and columns hidden."""
    hidden_rows, hidden_cols = set(rows), set(cols)
    cells = tuple(
        replace(cell, hidden=cell.row in hidden_rows or cell.col in hidden_cols) for cell in grid.cells
    )
    return replace(grid, cells=cells)


def found_in(drawing: str, name: str = "回答票") -> GridResult:
    """What is found in a sheet drawn in text."""
    return grid_to_checklists(grid_of(lined(drawing), name=name))


def items_in(drawing: str) -> tuple[ItemRow, ...]:
    """The items of the only checklist of a sheet drawn in text."""
    (checklist,) = found_in(drawing).checklists
    return checklist.rows


def left(found: GridResult) -> dict[str, str]:
    """Text of everything left over, with its reason."""
    return {leftover.text: leftover.reason for leftover in found.leftovers}


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    """Text of the non-empty cells by place."""
    return {(cell.row, cell.col): cell.text for cell in grid.cells if cell.text}
