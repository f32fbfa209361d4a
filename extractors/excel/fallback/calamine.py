"""`.xlsb`, old and other workbooks that their own readers refuse → one Grid a sheet, through calamine.

Calamine gives values and, for .xlsx and .xls, merged ranges. It gives no number formats: numbers come as General,
dates as 2026/6/5, and an issue row says so. What is hidden is told for .xlsb only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import python_calamine

from extractors.cell_reference import a1, clean
from extractors.errors import Damaged, Encrypted, panics
from extractors.excel.fallback.xlsb_hidden import HiddenParts, hidden_of_sheets
from extractors.excel.number_format.render import Value, render_value
from extractors.grid import Cell, Document, Grid, Source
from extractors.issue import Issue
from extractors.location import Location
from extractors.package.unpacked_size import check_size


def read_by_calamine(path: Source) -> Document:
    """Read all worksheets of the workbook `path` by calamine. Raises Damaged, Encrypted or TooLarge."""
    check_size(path)
    try:
        grids = _book_to_grids(python_calamine.load_workbook(path), path)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise Encrypted from error
        raise Damaged(detail=str(error)) from error
    except panics() as error:
        raise Damaged(detail=str(error)[:200]) from error
    return Document(grids, "calamine", sheets=len(grids), issues=(Issue("formats_not_read"),))


def _book_to_grids(book: python_calamine.CalamineWorkbook, path: Source) -> tuple[Grid, ...]:
    visible = python_calamine.SheetVisibleEnum.Visible
    hidden = hidden_of_sheets(path)
    return tuple(
        _with_hidden(
            _sheet_to_grid(book, meta.name, meta.visible != visible), hidden.get(meta.name, HiddenParts())
        )
        for meta in book.sheets_metadata
        if "WorkSheet" in str(meta.typ)
    )


def _with_hidden(grid: Grid, hidden: HiddenParts) -> Grid:
    cells = (replace(cell, hidden=cell.row in hidden.rows or cell.col in hidden.cols) for cell in grid.cells)
    return replace(grid, cells=tuple(cells))


def _sheet_to_grid(book: python_calamine.CalamineWorkbook, name: str, hidden: bool) -> Grid:
    sheet = book.get_sheet_by_name(name)
    spans = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        spans[top, left] = (bottom - top + 1, right - left + 1)
    start = sheet.start or (0, 0)
    cells = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), start[0]):
        for col, value in enumerate(values, start[1]):
            rows, cols = spans.get((row, col), (1, 1))
            if value == "" and (rows, cols) == (1, 1):
                continue
            location = Location(sheet=name, cells=a1(row, col, rows, cols))
            cells.append(Cell(row, col, clean(_text(value)), location, rows, cols))
    return Grid(name, tuple(cells), sheet=name, hidden=hidden)


def _text(value: Value) -> str:
    """The text of a value as Excel shows it where nobody chose a format; a time of day is kept."""
    if isinstance(value, dt.datetime):
        timed = value.time() != dt.time()
        return render_value(value, f"yyyy/m/d {_clock(value)}" if timed else "yyyy/m/d")
    if isinstance(value, dt.date):
        return render_value(value, "yyyy/m/d")
    return render_value(value, _clock(value) if isinstance(value, dt.time) else "General")


def _clock(value: dt.datetime | dt.time) -> str:
    return "h:mm:ss" if value.second else "h:mm"
