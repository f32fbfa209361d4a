"""Attaches cell comments to the answers of their row, and lists those that no item has.

A row in; the comments of one answer out.
A comment on an answer or its remarks belongs to that respondent; one on the number or the question to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn, Leftover, UnusedReason
from extractors.grid import Cell


def comments_of_row(
    view: GridView,
    row: int,
    own_columns: Iterable[ChecklistColumn],
    other_columns: Sequence[ChecklistColumn],
    first: bool,
) -> tuple[str, ...]:
    """The comments of a row for one answer: those in its columns `own_columns`, and for the `first` answer all that
    stand in no column of `other_columns`, which belong to another answer."""
    comments: list[str] = []
    own = list(own_columns)
    for cell in view.in_row(row):
        if not cell.comments:
            continue
        if _stands(cell, own) or (first and not _stands(cell, other_columns)):
            comments += cell.comments
    return tuple(comments)


def _stands(cell: Cell, columns: Iterable[ChecklistColumn]) -> bool:
    """Whether a cell stands in one of the columns."""
    return any(column.start <= cell.col < column.end for column in columns)


def unused_comments(cells: Iterable[Cell], rows: frozenset[int]) -> list[Leftover]:
    """The comments on cells that stand in none of the item rows `rows`."""
    return [
        Leftover(text, cell.location, UnusedReason.COMMENT)
        for cell in cells
        if cell.row not in rows
        for text in cell.comments
    ]
