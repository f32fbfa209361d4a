"""Widths and heights of a sheet in, where its rows and columns begin out; and where the text of a cell stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import column_index_from_string

from extractors.excel.objects.anchors import HIDDEN, LAST_COL, LAST_ROW, SheetMetrics, axis

_SIZE = 11.0
_ROW = 15.0
_WIDTH = 8.43


@dataclass(frozen=True, slots=True)
class TextSetting:
    """How a cell's text is set in it: font size in points, alignments by Excel's words, wrapped or not."""

    size: float = _SIZE
    across: str = "left"
    down: str = "bottom"
    wrapped: bool = False


def sizes_to_metrics(
    columns: Mapping[int, float], rows: Mapping[int, float], width: float | None, height: float | None
) -> SheetMetrics:
    """The metrics of a sheet: points of its columns and rows by number, and what it says of all others.

    `width` is in characters, `height` in points, both None where the sheet does not tell.
    """
    usual = axis(column_points(width), LAST_COL, columns)
    return SheetMetrics(usual, axis(float(height or _ROW), LAST_ROW, rows))


def column_points(width: float | None) -> float:
    """Points of a column: characters of 7 pixels and 5 pixels of padding, 0.75 points a pixel."""
    return ((float(width) if width else _WIDTH) * 7 + 5) * 0.75


def sheet_sizes(sheet: Any) -> SheetMetrics:
    """Widths and heights of a worksheet of openpyxl in points; hidden rows and columns have next to none."""
    columns: dict[int, float] = {}
    for letters, dimension in sheet.column_dimensions.items():
        first = dimension.min or column_index_from_string(letters)
        width = HIDDEN if dimension.hidden else column_points(dimension.width)
        for number in range(first, min(dimension.max or first, LAST_COL + 1) + 1):
            columns[number - 1] = width
    usual = sheet.sheet_format.defaultRowHeight
    rows = {
        number - 1: HIDDEN if dimension.hidden else float(dimension.height)
        for number, dimension in sheet.row_dimensions.items()
        if dimension.hidden or dimension.height
    }
    return sizes_to_metrics(columns, rows, sheet.sheet_format.defaultColWidth, usual)


def text_setting(sheet: Any, row: int, col: int) -> TextSetting:
    """The setting of the cell of a worksheet of openpyxl at `row`, `col` (from 0)."""
    cell = sheet._cells.get((row + 1, col + 1))
    if cell is None:
        return TextSetting()
    alignment = cell.alignment
    return TextSetting(
        float(cell.font.sz or _SIZE),
        alignment.horizontal or "left",
        alignment.vertical or "bottom",
        bool(alignment.wrap_text),
    )
