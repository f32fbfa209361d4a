"""Reshapes multi-row records into one row each.

A grid in; the same grid out, the lower rows of each item in columns of their own. Places are kept.
`番号 | 質問` over `回答 | 補足` heads items in two rows as well: the number is merged over both, the question stands
over its answer. The lower rows are moved to columns of their own, of the header and of every item alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import QUESTION_ROLES, Role
from extractors.checklist.terms.column_names import guess_role
from extractors.grid import Cell, Grid
from normalizers.text import is_item_number

_MIN_ITEMS = 3
_HIGHEST = 4
_REPLIES = {Role.ANSWER, Role.REMARKS}


def merge_multi_row_records(grid: Grid) -> Grid:
    """The grid with items of several rows on one; the grid itself where it holds none."""
    for head in grid.cells:
        guess = guess_role(head.text)
        if guess is None or guess.role != Role.NUMBER or not 2 <= head.row_span <= _HIGHEST:
            continue
        items = _items(grid, head)
        if len(items) >= _MIN_ITEMS and _is_multi_row(grid, head):
            return _merge_records(grid, [head, *items])
    return grid


def _items(grid: Grid, head: Cell) -> list[Cell]:
    """The numbers under a header cell that are merged over as many rows as it is."""
    return sorted(
        (
            cell
            for cell in grid.cells
            if cell.col == head.col and cell.row > head.row and is_item_number(cell.text)
            and cell.row_span == head.row_span
        ),
        key=lambda cell: cell.row,
    )  # fmt: skip


def _is_multi_row(grid: Grid, head: Cell) -> bool:
    """Whether in the header a question stands over what is asked, and not over parts of itself."""
    rows = [
        c for c in grid.cells if head.row <= c.row < head.end_row and c.col >= head.end_col and c.text.strip()
    ]
    roles = [(cell, guess.role) for cell in rows if (guess := guess_role(cell.text)) is not None]
    return any(
        above_role in QUESTION_ROLES and below_role in _REPLIES and above.row < below.row
        and above.col < below.end_col and below.col < above.end_col and above.row_span < head.row_span
        for above, above_role in roles
        for below, below_role in roles
    )  # fmt: skip


def _merge_records(grid: Grid, blocks: Sequence[Cell]) -> Grid:
    width = grid.n_cols
    top_of = {row: block.row for block in blocks for row in range(block.row, block.end_row)}
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        by_row[cell.row].append(cell)
    cells: list[Cell] = []
    new_rows: dict[int, int] = {}
    for row in range(grid.n_rows):
        new_rows[row] = new_rows[top_of[row]] if top_of.get(row, row) != row else len(set(new_rows.values()))
        cells += [
            _moved(cell, new_rows[row], row - top_of.get(row, row), width, row in top_of)
            for cell in by_row[row]
        ]
    starts = tuple(dict.fromkeys(new_rows[start] for start in grid.page_starts if start in new_rows))
    return replace(grid, cells=tuple(cells), page_starts=starts, tables=())


def _moved(cell: Cell, row: int, depth: int, width: int, inside: bool) -> Cell:
    """A cell of an item `depth` rows down goes that many widths to the right; others stay, bands as wide as all."""
    if inside:
        return replace(cell, row=row, col=cell.col + depth * width, row_span=1)
    wide = cell.col_span >= width / 2
    return replace(cell, row=row, col_span=width * _HIGHEST if wide else cell.col_span)
