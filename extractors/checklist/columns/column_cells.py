"""A frame in, the cells under each column's header out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.checklist.columns.frames import Frame, FrameColumn
from extractors.checklist.grid_index import GridView
from extractors.grid import Cell


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The cells of one column under a frame's header: those that begin in it, and how many rows there are."""

    cells: tuple[Cell, ...]
    rows: int

    @property
    def texts(self) -> list[str]:
        """The texts without white space at their ends."""
        return [cell.text.strip() for cell in self.cells]


def cells_under(view: GridView, frame: Frame) -> list[ColumnCells]:
    """The cells under each column's header; each cell is looked at once, however many columns there are."""
    starting: dict[int, list[Cell]] = {}
    for row in frame.rows:
        for cell in view.starting(row):
            starting.setdefault(cell.col, []).append(cell)
    return [ColumnCells(tuple(_within(column, starting)), len(frame.rows)) for column in frame.columns]


def _within(column: FrameColumn, starting: Mapping[int, Sequence[Cell]]) -> list[Cell]:
    """The cells that begin in a column and reach over its end by no more than one, in reading order."""
    cells = (cell for col in range(column.start, column.end) for cell in starting.get(col, ()))
    return sorted(
        (cell for cell in cells if cell.end_col <= column.end + 1), key=lambda cell: (cell.row, cell.col)
    )
