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
from extractors.excel.looks.choice_lists import ChoiceLists
from extractors.excel.looks.sheet_looks import (
    SheetRules,
    Validation,
    parse_areas,
    protected_look,
    rules_to_areas,
    short_prompt,
)
from extractors.excel.number_format.render import JAPANESE_FORMATS, render_value
from extractors.excel.objects.anchors import LAST_COL
from extractors.excel.objects.apply import SheetGeometry, apply_drawings
from extractors.excel.objects.sheet_metrics import sheet_sizes, text_setting
from extractors.excel.package_findings import check_package
from extractors.grid import Cell, Document, Grid, Source
from extractors.location import Location
from extractors.looks import Look, Run, build_looks, numbers_to_lines
from extractors.package.cell_colours import blank_shades, cell_colour, colour_code, theme_colours
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

_TWO_SIDES = 2


def read_by_openpyxl(path: Source) -> Document:
    """Read all worksheets of the workbook `path`, hidden ones too.

    Raises Damaged or TooLarge, and one of REFUSALS where openpyxl cannot make sense of it.
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
    grids = _with_looks([_sheet_to_grid(sheet) for sheet in book.worksheets], book)
    geometries = {
        sheet.title: SheetGeometry(sheet_sizes(sheet), partial(text_setting, sheet))
        for sheet in book.worksheets
        if sheet.title in findings.drawn
    }
    grids, undrawn = apply_drawings(grids, findings.drawn, geometries)
    issues = [*findings.issues, *undrawn, *(issue for grid in grids for issue in struck_texts(grid))]
    return Document(grids, "openpyxl", sheets=len(grids), issues=tuple(issues))


def _with_looks(grids: Sequence[Grid], book: Any) -> tuple[Grid, ...]:
    """The grids with their looks; the entries of a drop-down list may stand on any sheet."""
    names: dict[tuple[str | None, str], str] = {
        (None, name.casefold()): entry.attr_text or "" for name, entry in book.defined_names.items()
    }
    lists, themes = ChoiceLists(grids, names), theme_colours(parse_xml(book.loaded_theme or b""))
    with_looks = []
    for grid, sheet in zip(grids, book.worksheets, strict=True):
        rules = SheetRules(
            tuple(map(_validation, sheet.data_validations.dataValidation)), sheet.protection.sheet
        )
        spots = {
            (row - 1, col - 1): protected_look(_look(cell, themes), rules.protected)
            for (row, col), cell in sheet._cells.items()
        }
        numbers = {look: number for number, look in enumerate(dict.fromkeys(spots.values()))}
        lines = numbers_to_lines({spot: numbers[look] for spot, look in spots.items()}, list(numbers))
        columns = (Run(0, LAST_COL, Look(writable=False)),) if rules.protected else ()
        areas = rules_to_areas(rules, sheet.title, lists)
        with_looks.append(replace(grid, looks=build_looks(lines, columns, areas)))
    return tuple(with_looks)


def _validation(rule: Any) -> Validation:
    prompt = short_prompt(rule.promptTitle or "", rule.prompt or "")
    return Validation(
        parse_areas(str(rule.sqref)), (rule.formula1 or "") if rule.type == "list" else None, prompt
    )


def _look(cell: Any, themes: Sequence[str]) -> Look:
    if not cell.has_style:
        return Look()
    sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    return Look(
        writable=None if cell.protection.locked else True,
        bold=bool(cell.font.bold),
        fill=_ground(cell, themes),
        bordered=sum(side is not None and side.style is not None for side in sides) >= _TWO_SIDES,
    )


def _sheet_to_grid(sheet: Any) -> Grid:
    merges = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    covered = {spot for m in merges.values() for spot in m.cells} - set(merges)
    spans = {spot: (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1) for spot, m in merges.items()}
    stored = [(spot, cell) for spot, cell in sorted(sheet._cells.items()) if spot not in covered]
    hidden_rows = {row for row, dimension in sheet.row_dimensions.items() if dimension.hidden}
    hidden_cols = set(_hidden_columns(sheet))
    strikes = any(font.strike for font in sheet.parent._fonts)
    themes = theme_colours(parse_xml(sheet.parent.loaded_theme or b""))
    cells: list[Cell] = []
    aside: list[Cell] = []
    for (row, col), cell in stored:
        if cell.value is None and (row, col) not in spans:
            continue
        rows, cols = spans.get((row, col), (1, 1))
        text, gone = _split_struck(cell, sheet.parent.epoch, strikes)
        location = Location(sheet=sheet.title, cells=a1(row - 1, col - 1, rows, cols))
        hidden = row in hidden_rows or col in hidden_cols
        colour = None if cell.value is None else _colour(cell, themes)
        cells.append(Cell(row - 1, col - 1, text, location, rows, cols, hidden, colour=colour))
        if gone.strip():
            aside.append(Cell(row - 1, col - 1, gone, location, rows, cols, hidden, doubt=STRUCK))
    return Grid(
        sheet.title,
        tuple(cells),
        sheet=sheet.title,
        hidden=sheet.sheet_state != "visible",
        aside=tuple(aside),
        shades=blank_shades(_blank_grounds(stored, themes), cells),
    )


def _blank_grounds(
    stored: Sequence[tuple[tuple[int, int], Any]], themes: Sequence[str]
) -> list[tuple[int, int, str]]:
    """Row and column from 0, and colour, of the cells without a value on a coloured ground."""
    return [
        (row - 1, col - 1, f"fill:{ground}")
        for (row, col), cell in stored
        if cell.value is None and (ground := _ground(cell, themes)) is not None
    ]


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
    cell_struck = styles and bool(cell.font and cell.font.strike)
    if isinstance(value, CellRichText):
        parts = [(str(part), _is_struck(part, cell_struck)) for part in value]
    else:
        parts = [(_shown(cell, epoch), cell_struck)]
    holding, withdrawn = (
        clean("".join(text for text, gone in parts if gone is side)) for side in (False, True)
    )
    return holding, withdrawn


def _is_struck(part: Any, cell_struck: bool) -> bool:
    """Whether a run of rich text is struck through; a run without a font of its own is as its cell is."""
    return bool(part.font.strike) if isinstance(part, TextBlock) and part.font else cell_struck


def _shown(cell: Any, epoch: Any) -> str:
    """The cell's text; formats that only Japanese workbooks number (31 is 2026年6月5日) are unknown to openpyxl."""
    number_format = JAPANESE_FORMATS.get(cell._style.numFmtId if cell.has_style else 0)
    value = cell.value
    if number_format and isinstance(value, int | float) and not isinstance(value, bool):
        try:
            value = from_excel(value, epoch)
        except (ValueError, OverflowError):
            number_format = None
    return render_value(value, number_format or cell.number_format or "General")


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            yield from range(dimension.min or 0, (dimension.max or 0) + 1)
