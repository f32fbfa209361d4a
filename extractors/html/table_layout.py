"""Tables of cells with spans in, the cells of one grid out: what HTML and XML spreadsheets have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.errors import Damaged
from extractors.grid import Cell
from extractors.location import Location

_MOST_PLACES = 2_000_000  # of a grid that cells cover: spans are a few bytes in a file
_MOST_COLUMNS = 1_000
_MOST_ROWS = 1_048_576


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell as a file has it: text, what was struck through, spans; `col` is its column where the file says it."""

    text: str
    rows: int = 1
    cols: int = 1
    hidden: bool = False
    struck: str = ""
    col: int | None = None


def lay_out_table(
    table: Sequence[Sequence[WrittenCell]], top: int, place_of: Callable[[int, int], Location]
) -> tuple[list[Cell], list[Cell]]:
    """The cells of a table whose first row is row `top` of the grid, and texts that are struck through.

    `place_of` tells the place of a row and column of the table, both from 0.
    Raises Damaged where the cells cover more places than a sheet has.
    """
    columns_by_row: dict[int, set[int]] = {}
    cells: list[Cell] = []
    struck: list[Cell] = []
    places = 0
    if len(table) > _MOST_ROWS:
        raise Damaged(detail=f"a table of {len(table)} rows")
    for row, written in enumerate(table):
        used = columns_by_row.pop(row, set())
        col = 0
        for cell in written:
            col = col if cell.col is None else cell.col
            while col in used:
                col += 1
            wide = max(1, min(cell.cols, _MOST_COLUMNS - col))
            high = max(1, min(cell.rows, len(table) - row))
            places += wide * high
            if places > _MOST_PLACES or col >= _MOST_COLUMNS:
                raise Damaged(detail="cells that cover millions of places")
            for below in range(row + 1, row + high):
                columns_by_row.setdefault(below, set()).update(range(col, col + wide))
            location = place_of(row, col)
            cells.append(Cell(top + row, col, cell.text, location, high, wide, cell.hidden))
            if cell.struck:
                struck.append(Cell(0, 0, cell.struck, location, doubt="struck_through"))
            col += wide
    return cells, struck
