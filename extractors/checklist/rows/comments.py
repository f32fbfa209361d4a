"""Comments on the cells of a row in, each given to the answer beside which it is pinned out.

A comment on an answer or its remarks belongs to that respondent; one on the number or the question to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Column, Leftover
from extractors.grid import Cell

COMMENT = "comment"


def comments_of_row(
    view: GridView, row: int, mine: Iterable[Column], others: Sequence[Column], first: bool
) -> tuple[str, ...]:
    """The comments of a row for one answer: those in its columns `mine`, and for the `first` answer all that
    stand in no column of `others`, which belong to another answer."""
    found: list[str] = []
    own = list(mine)
    for cell in view.in_row(row):
        if not cell.comments:
            continue
        if _stands(cell, own) or (first and not _stands(cell, others)):
            found += cell.comments
    return tuple(found)


def _stands(cell: Cell, columns: Iterable[Column]) -> bool:
    """Whether a cell stands in one of the columns."""
    return any(column.start <= cell.col < column.end for column in columns)


def comments_left(cells: Iterable[Cell], rows: frozenset[int]) -> list[Leftover]:
    """The comments on cells that stand in none of the item rows `rows`."""
    return [
        Leftover(text, cell.location, COMMENT)
        for cell in cells
        if cell.row not in rows
        for text in cell.comments
    ]
