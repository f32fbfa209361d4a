"""`.xlsx` / `.xlsm` file → one Grid a sheet, through openpyxl: for workbooks that the reader of the XML refuses."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from lxml.etree import XMLSyntaxError
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from extractors.cell_reference import a1, clean
from extractors.errors import Damaged
from extractors.excel.number_format.render import JAPANESE_FORMATS, shown
from extractors.excel.objects.apply import Stand, draw
from extractors.excel.objects.sheet_metrics import cell_look, sheet_layout
from extractors.excel.package_findings import check_package
from extractors.grid import Cell, Document, Grid, Source
from extractors.location import Location
from extractors.package.colours import blank_shades, cell_colour, colour_code, theme_colours
from extractors.package.xml_parts import parse_xml
from extractors.strikethrough import STRUCK, struck_texts

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
    XMLSyntaxError,
)


def read_by_openpyxl(path: Source) -> Document:
    """Read all worksheets of the workbook `path`, hidden ones too.

    Raises Damaged or TooLarge (package.py), and one of REFUSALS where openpyxl cannot make sense of it.
    """
    findings = check_package(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # openpyxl leaves a file that it opened itself open where it refuses a workbook.
            with nullcontext(path) if isinstance(path, BytesIO) else path.open("rb") as stream:
                book = openpyxl.load_workbook(stream, data_only=True, rich_text=True)
        except (zlib.error, EOFError) as error:
            raise Damaged(detail=str(error)) from error
    grids = tuple(_sheet_to_grid(sheet) for sheet in book.worksheets)
    stands = {
        sheet.title: Stand(sheet_layout(sheet), partial(cell_look, sheet))
        for sheet in book.worksheets
        if sheet.title in findings.drawn
    }
    grids, undrawn = draw(grids, findings.drawn, stands)
    issues = [*findings.issues, *undrawn, *(issue for grid in grids for issue in struck_texts(grid))]
    return Document(grids, "openpyxl", sheets=len(grids), issues=tuple(issues))


def _sheet_to_grid(sheet: Any) -> Grid:
    hidden_rows = {row for row, dimension in sheet.row_dimensions.items() if dimension.hidden}
    hidden_cols = set(_hidden_columns(sheet))
    merges = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    covered = {(row, col) for m in merges.values() for row, col in m.cells} - set(merges)
    struck = any(font.strike for font in sheet.parent._fonts)
    themes = theme_colours(parse_xml(sheet.parent.loaded_theme or b""))
    blanks: list[tuple[int, int, str]] = []
    cells: list[Cell] = []
    aside: list[Cell] = []
    for (row, col), cell in sorted(sheet._cells.items()):
        if (row, col) in covered:
            continue
        if cell.value is None and (ground := _ground(cell, themes)) is not None:
            blanks.append((row - 1, col - 1, f"fill:{ground}"))
        if cell.value is None and (row, col) not in merges:
            continue
        merge = merges.get((row, col))
        rows = merge.max_row - row + 1 if merge else 1
        cols = merge.max_col - col + 1 if merge else 1
        text, gone = _split_struck(cell, sheet.parent.epoch, struck)
        location = Location(sheet=sheet.title, cells=a1(row - 1, col - 1, rows, cols))
        hidden = row in hidden_rows or col in hidden_cols
        made = Cell(row - 1, col - 1, text, location, rows, cols, hidden)
        cells.append(made if cell.value is None else replace(made, colour=_colour(cell, themes)))
        if gone.strip():
            aside.append(Cell(row - 1, col - 1, gone, location, rows, cols, hidden, doubt=STRUCK))
    return Grid(
        sheet.title,
        tuple(cells),
        sheet=sheet.title,
        hidden=sheet.sheet_state != "visible",
        aside=tuple(aside),
        shades=blank_shades(blanks, cells),
    )


def _colour(cell: Any, themes: Sequence[str]) -> str | None:
    text = _code(cell.font.color if cell.has_style and cell.font else None, themes)
    return cell_colour(_ground(cell, themes), text)


def _ground(cell: Any, themes: Sequence[str]) -> str | None:
    return _code(cell.fill.fgColor, themes) if cell.has_style and cell.fill.fill_type == "solid" else None


def _code(colour: Any, themes: Sequence[str]) -> str | None:
    if colour is None or colour.type not in {"rgb", "theme", "indexed"}:
        return None
    return colour_code(colour.type, str(getattr(colour, colour.type)), float(colour.tint or 0), themes)


def _split_struck(cell: Any, epoch: Any, styles: bool) -> tuple[str, str]:
    """The cell's text that holds, and what of it is struck through: an answer that was withdrawn.

    `styles` tells whether any cell style of the workbook strikes text through.
    """
    value = cell.value
    if value is None:
        return "", ""
    whole = styles and bool(cell.font and cell.font.strike)
    if isinstance(value, CellRichText):
        parts = [(str(part), _is_struck(part, whole)) for part in value]
    else:
        parts = [(_shown(cell, epoch), whole)]
    holding, withdrawn = (
        clean("".join(text for text, gone in parts if gone is side)) for side in (False, True)
    )
    return holding, withdrawn


def _is_struck(part: Any, whole: bool) -> bool:
    """Whether a run of rich text is struck through; a run without a font of its own is as its cell is."""
    return bool(part.font.strike) if isinstance(part, TextBlock) and part.font else whole


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
