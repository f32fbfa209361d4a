"""A worksheet of openpyxl in, its widths, heights and the look of its cells out, as plain numbers and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.utils import column_index_from_string

from extractors.excel.drawing import HIDDEN, LAST_COL, LAST_ROW, Layout, axis

_SIZE = 11.0
_ROW = 15.0
_WIDTH = 8.43


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell's text stands in it: font size in points, alignments by Excel's words, wrapped or not."""

    size: float = _SIZE
    across: str = "left"
    down: str = "bottom"
    wrapped: bool = False


def sheet_layout(sheet: Any) -> Layout:
    """Widths and heights of a worksheet in points; hidden rows and columns have next to none."""
    columns: dict[int, float] = {}
    for letters, dimension in sheet.column_dimensions.items():
        first = dimension.min or column_index_from_string(letters)
        width = HIDDEN if dimension.hidden else _column_points(dimension.width)
        for number in range(first, min(dimension.max or first, LAST_COL + 1) + 1):
            columns[number - 1] = width
    rows = {
        number - 1: HIDDEN if dimension.hidden else float(dimension.height or _usual_row(sheet))
        for number, dimension in sheet.row_dimensions.items()
        if dimension.hidden or dimension.height
    }
    usual = _column_points(sheet.sheet_format.defaultColWidth)
    return Layout(axis(usual, LAST_COL, columns), axis(_usual_row(sheet), LAST_ROW, rows))


def _column_points(width: float | None) -> float:
    """Points of a column: characters of 7 pixels and 5 pixels of padding, 0.75 points a pixel."""
    return ((float(width) if width else _WIDTH) * 7 + 5) * 0.75


def _usual_row(sheet: Any) -> float:
    return float(sheet.sheet_format.defaultRowHeight or _ROW)


def cell_look(sheet: Any, row: int, col: int) -> Look:
    """The look of the cell at `row`, `col` (from 0)."""
    cell = sheet._cells.get((row + 1, col + 1))
    if cell is None:
        return Look()
    alignment = cell.alignment
    return Look(
        float(cell.font.sz or _SIZE),
        alignment.horizontal or "left",
        alignment.vertical or "bottom",
        bool(alignment.wrap_text),
    )
