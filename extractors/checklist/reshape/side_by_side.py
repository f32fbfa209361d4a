"""Stacks tables that stand side by side under one header row.

A grid in; the same grid out, the right list below the left one: `No 項目 回答 | No 項目 回答`.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.checklist.columns.by_words.header_rows import detect_headers
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import QUESTION_ROLES, Header, Role
from extractors.grid import Cell, Grid
from normalizers.text import fold

_MOST = 4
_PAIR = 2  # columns: a number beside a name is a list of things
_ASKS = {Role.ANSWER, Role.CHOICE, Role.REMARKS}


def stack_side_by_side(grid: Grid) -> Grid:
    """`No 項目 回答 | No 項目 回答`: the right list is read after the left one; places stay as printed."""
    for _ in range(_MOST):
        view = GridView(grid)
        headers = detect_headers(view)
        header = next((h for h in headers if _is_twice(h)), None)
        if header is None:
            return grid
        end = next((h.top for h in headers if h.top >= header.bottom), grid.n_rows)
        if _crosses(view, header, end):
            return grid
        grid = _move_right_half(grid, header, end)
    return grid


def _is_twice(header: Header) -> bool:
    """The same names in the left and in the right half: a question and something asked among them, or a number.

    A list that is printed once has no two numbers of one name.
    """
    half, odd = divmod(len(header.columns), 2)
    names = [fold(column.label) for column in header.columns]
    roles = {column.role for column in header.columns[:half]}
    if odd or half < 2 or names[:half] != names[half:]:
        return False
    return bool(roles & QUESTION_ROLES and roles & _ASKS) or (Role.NUMBER in roles and half > _PAIR)


def _cut(header: Header) -> int:
    return header.columns[len(header.columns) // 2].start


def _crosses(view: GridView, header: Header, end: int) -> bool:
    """Whether a cell stands over both halves: then they are one list, as are two groups of answers."""
    cut = _cut(header)
    cells = [cell for row in range(header.top, end) for cell in view.starting(row)]
    return any(cell.col < cut < cell.end_col for cell in cells)


def _move_right_half(grid: Grid, header: Header, end: int) -> Grid:
    """The cells right of the cut put under the left ones, everything below pushed down."""
    cut, first_col, shift = _cut(header), header.columns[0].start, end - header.top

    def move(cell: Cell) -> Cell:
        if cell.row >= end:
            return replace(cell, row=cell.row + shift)
        if cell.row >= header.top and cell.col >= cut:
            return replace(cell, row=cell.row + shift, col=cell.col - cut + first_col)
        return cell

    return replace(
        grid,
        cells=tuple(sorted(map(move, grid.cells), key=lambda cell: (cell.row, cell.col))),
        page_starts=tuple(start + shift * (start >= end) for start in grid.page_starts),
        tables=tuple((a + shift * (a >= end), b + shift * (b > header.top)) for a, b in grid.tables),
    )
