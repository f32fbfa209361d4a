"""`.xlsx` / `.xlsm` file → one Grid a sheet: every cell as the sheet shows it, formulas by cached value."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from extractors.errors import Damaged
from extractors.excel.formats import JAPANESE_FORMATS, shown
from extractors.excel.package import check_package
from extractors.grid import Cell, Document, Grid, Place

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What openpyxl raises on workbooks that Excel itself opens (unknown attributes, odd references).
REFUSALS = (
    TypeError,
    ValueError,
    KeyError,
    AttributeError,
    IndexError,
    InvalidFileException,
    BadZipFile,
    ParseError,
)


def read_workbook(path: Path) -> Document:
    """Read all worksheets of the workbook at `path`, hidden ones too.

    Raises Damaged or TooLarge (package.py), and one of REFUSALS where openpyxl cannot make sense of it.
    """
    findings = check_package(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # openpyxl leaves a file that it opened itself open where it refuses a workbook.
            with path.open("rb") as stream:
                book = openpyxl.load_workbook(stream, data_only=True)
        except (zlib.error, EOFError) as error:
            raise Damaged(detail=str(error)) from error
    grids = tuple(_sheet_to_grid(sheet) for sheet in book.worksheets)
    return Document(grids, "openpyxl", sheets=len(grids), troubles=findings.troubles)


def a1(row: int, col: int, row_span: int = 1, col_span: int = 1) -> str:
    """A1 name of a range, rows and columns counted from 0."""
    first = f"{get_column_letter(col + 1)}{row + 1}"
    if row_span == 1 and col_span == 1:
        return first
    return f"{first}:{get_column_letter(col + col_span)}{row + row_span}"


def clean(text: str) -> str:
    """Cell text with Excel's escapes undone and line ends as `\\n`."""
    undone = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    return undone.replace("\r\n", "\n").replace("\r", "\n")


def _sheet_to_grid(sheet: Any) -> Grid:
    hidden_rows = {row for row, dimension in sheet.row_dimensions.items() if dimension.hidden}
    hidden_cols = set(_hidden_columns(sheet))
    merges = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    covered = {(row, col) for m in merges.values() for row, col in m.cells} - set(merges)
    cells = []
    for (row, col), cell in sorted(sheet._cells.items()):
        if (row, col) in covered or (cell.value is None and (row, col) not in merges):
            continue
        merge = merges.get((row, col))
        rows = merge.max_row - row + 1 if merge else 1
        cols = merge.max_col - col + 1 if merge else 1
        text = "" if cell.value is None else clean(_shown(cell, sheet.parent.epoch))
        place = Place(sheet=sheet.title, cells=a1(row - 1, col - 1, rows, cols))
        hidden = row in hidden_rows or col in hidden_cols
        cells.append(Cell(row - 1, col - 1, text, place, rows, cols, hidden))
    return Grid(sheet.title, tuple(cells), sheet=sheet.title, hidden=sheet.sheet_state != "visible")


def _shown(cell: Any, epoch: Any) -> str:
    """The cell's text; formats that only Japanese workbooks number (31 is 2026年6月5日) are unknown to openpyxl."""
    number_format = JAPANESE_FORMATS.get(cell._style.numFmtId if cell.has_style else 0)
    value = cell.value
    if number_format and isinstance(value, int | float) and not isinstance(value, bool):
        try:
            value = from_excel(value, epoch)
        except (ValueError, OverflowError):
            number_format = None
    return shown(value, number_format or cell.number_format or "General")


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            yield from range(dimension.min or 0, (dimension.max or 0) + 1)
