"""Indexes a grid by row and column: what stands in a row, at an address, or over several.

A grid in; look-ups out: which cell covers a place, which cells begin in a row.
"""

from __future__ import annotations

from collections import defaultdict

from extractors.cell_reference import a1
from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.looks import Look


class GridView:
    """Look-ups over one grid; built once, never changed."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._cover: dict[tuple[int, int], Cell] = {}
        self._rows: dict[int, list[Cell]] = defaultdict(list)
        self._all: dict[int, list[Cell]] = defaultdict(list)
        for cell in grid.cells:
            for row in range(cell.row, cell.end_row):
                for col in range(cell.col, cell.end_col):
                    self._cover.setdefault((row, col), cell)
            self._all[cell.row].append(cell)
            if cell.text.strip():
                self._rows[cell.row].append(cell)
        for cells in self._rows.values():
            cells.sort(key=lambda cell: cell.col)
        self._looks: dict[tuple[int, int], Look] = {}
        self._shades = {(row, col): colour for row, col, colour in grid.shades}
        self.n_rows, self.n_cols = grid.n_rows, grid.n_cols

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a place, None where the grid has none there."""
        return self._cover.get((row, col))

    def starting(self, row: int) -> list[Cell]:
        """The non-empty cells whose top is in `row`, left to right."""
        return self._rows.get(row, [])

    def in_row(self, row: int) -> list[Cell]:
        """The cells whose top is in `row`, empty ones too."""
        return self._all.get(row, [])

    def within(self, row: int, start: int, end: int) -> Cell | None:
        """The non-empty cell covering `row` in grid columns [start, end), else an empty one, else None."""
        empty = None
        for col in range(start, end):
            cell = self._cover.get((row, col))
            if cell is not None and cell.col >= start - 1 and cell.text.strip():
                return cell
            empty = empty or cell
        return empty

    def shade(self, row: int, start: int, end: int) -> str | None:
        """The colour of the ground of a blank place at `row` in columns [start, end), None where it has none."""
        if not self._shades:
            return None
        over = self._cover.get((row, start))
        spots = [(over.row, over.col)] if over is not None else [(row, col) for col in range(start, end)]
        return next((self._shades[spot] for spot in spots if spot in self._shades), None)

    def look(self, row: int, col: int) -> Look:
        """The look of the cell that covers a place, of blank places too."""
        look = self._looks.get((row, col))
        if look is None:
            over = self._cover.get((row, col))
            look = self.grid.looks.at(*((row, col) if over is None else (over.row, over.col)))
            self._looks[row, col] = look
        return look

    def location(self, row: int, start: int, end: int) -> Location:
        """Where the cell at `row` in columns [start, end) stands, also where it is blank."""
        cell = self.within(row, start, end)
        if cell is not None:
            return cell.location
        if self.grid.sheet is not None:
            return Location(sheet=self.grid.sheet, cells=a1(row, start))
        return self._near(row)

    def _near(self, row: int) -> Location:
        """The page of the nearest cell, where a blank has no cell of its own."""
        cells = self.starting(row)
        return Location(page=cells[0].location.page) if cells else Location()
