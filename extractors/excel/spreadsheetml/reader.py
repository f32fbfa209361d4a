"""`.xlsx` / `.xlsm` file → one Grid a sheet, straight from the XML of its package.

Every part is read once. What this reader cannot make sense of it refuses as a whole: another one is asked then.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.errors import BROKEN_PACKAGE, Damaged, Unfit
from extractors.excel.looks.choice_lists import ChoiceLists, Names
from extractors.excel.looks.sheet_looks import protected_look, rules_to_areas
from extractors.excel.objects.anchors import HIDDEN
from extractors.excel.objects.apply import SheetDrawings, SheetGeometry, apply_drawings
from extractors.excel.objects.cell_pictures import print_cell_pictures, rich_cells
from extractors.excel.objects.sheet_metrics import TextSetting, column_points, sizes_to_metrics
from extractors.excel.package_findings import read_findings
from extractors.excel.spreadsheetml.cells import SheetCells, rows_to_cells
from extractors.excel.spreadsheetml.frame import SheetFrame
from extractors.excel.spreadsheetml.row_styles import RowStyles, frame_to_columns
from extractors.excel.spreadsheetml.stored_rows import matched_sheet, parsed_sheet
from extractors.excel.spreadsheetml.strings import shared_strings
from extractors.excel.spreadsheetml.styles import PLAIN, CellStyle, part_to_styles
from extractors.excel.spreadsheetml.values import Values, book_values
from extractors.excel.spreadsheetml.workbook_parts import SheetPart, package_to_workbook_parts, parse_root
from extractors.excel.spreadsheetml.xml_stream import part_bytes
from extractors.gc_pause import pause_gc
from extractors.grid import Document, Grid, Source
from extractors.issue import Issue
from extractors.limits import check_count
from extractors.location import Location
from extractors.looks import build_looks
from extractors.package.archive import Package
from extractors.package.cell_colours import speaks_of_colours, theme_colours
from extractors.package.unpacked_size import check_unpacked
from extractors.package.xml_parts import parse_part
from extractors.strikethrough import struck_texts

NAME = "spreadsheetml"
_NAMED = 10
_COLUMN = 13.0  # characters of a column of which the width is not told, among columns that are told of


def read_spreadsheetml(path: Source) -> Document:
    """Read all worksheets of the workbook `path`, hidden ones too.

    Raises Damaged or TooLarge, and Refused for what another reader may understand.
    """
    try:
        with Package(path) as package, pause_gc():
            check_unpacked(package, path)
            return _read(package)
    except BROKEN_PACKAGE as error:
        raise Damaged(detail=str(error)) from error


def _read(package: zipfile.ZipFile) -> Document:
    book = package_to_workbook_parts(package)
    strings = shared_strings(part_bytes(package, book.strings)) if book.strings else []
    themes = theme_colours(parse_part(package, book.theme))
    styles = part_to_styles(parse_root(package, book.styles), themes) if book.styles else {"": PLAIN}
    unknown: set[str] = set()
    values = book_values(strings, styles, book.epoch, unknown)
    grounds = _grounds(values)
    findings = read_findings(package, {sheet.part: sheet.title for sheet in book.sheets})
    drawings = {title: sheet for title, sheet in findings.drawn.items() if sheet != SheetDrawings()}
    grids, stored, geometries, issues, count = [], [], {}, list(findings.issues), 0
    for sheet in book.sheets:
        into = SheetCells(sheet.title, sheet.title in drawings, grounds)
        data = part_bytes(package, sheet.part)
        frame, cells = _read_sheet(data, values, into)
        grid, pictured = print_cell_pictures(_grid(sheet, cells), rich_cells(data))
        grids.append(grid)
        issues += pictured
        stored.append((frame, cells.row_styles))
        count += len(cells.cells)
        check_count(count)
        issues += _issues(cells)
        if cells.drawn:
            geometries[sheet.title] = _stand(frame, cells, styles)
    if unknown:
        issues.append(Issue("formats_not_read"))
    grids = _with_looks(grids, stored, styles, book.names)
    grids_with_drawings, undrawn = apply_drawings(grids, drawings, geometries)
    struck = [issue for grid in grids_with_drawings for issue in struck_texts(grid)]
    return Document(
        grids_with_drawings, NAME, sheets=len(grids_with_drawings), issues=(*issues, *undrawn, *struck)
    )


def _grounds(values: Values) -> dict[str, str]:
    """The colours of the styles with a coloured ground, where a text of the workbook speaks of colours.

    Where it has no shared texts it may do so in its cells.
    """
    grounds = {index: f"fill:{style.ground}" for index, style in values.styles.items() if style.ground}
    texts = (t if isinstance(t, str) else "".join(words for words, _ in t) for t in values.strings)
    return grounds if grounds and (not values.strings or speaks_of_colours(texts)) else {}


def _read_sheet(data: bytes, values: Values, cells: SheetCells) -> tuple[SheetFrame, SheetCells]:
    """The frame and the cells of a sheet, by matching its rows or else by parsing them; `cells` are to be filled."""
    second_try = SheetCells(cells.title, cells.drawn, cells.grounds)
    try:
        frame, rows = matched_sheet(data, cells.drawn or bool(cells.grounds))
        rows_to_cells(rows, frame, values, cells)
    except Unfit:
        cells = second_try
        frame, rows = parsed_sheet(data)
        rows_to_cells(rows, frame, values, cells)
    return frame, cells


def _grid(sheet: SheetPart, cells: SheetCells) -> Grid:
    return Grid(
        sheet.title,
        tuple(cells.cells),
        sheet=sheet.title,
        hidden=sheet.hidden,
        aside=tuple(cells.aside),
        shades=tuple(cells.shades),
    )


def _with_looks(
    grids: Sequence[Grid],
    stored: Sequence[tuple[SheetFrame, RowStyles]],
    styles: Mapping[str, CellStyle],
    names: Names,
) -> list[Grid]:
    """The grids with their looks; the entries of a drop-down list may stand on any sheet."""
    lists = ChoiceLists(grids, names)
    by_style = {index: style.look for index, style in styles.items()}
    with_looks = []
    for grid, (frame, row_styles) in zip(grids, stored, strict=True):
        protected = frame.rules.protected
        by_index = (
            {i: protected_look(look, protected) for i, look in by_style.items()} if protected else by_style
        )
        columns = frame_to_columns(frame, by_index)
        areas = rules_to_areas(frame.rules, grid.name, lists)
        sheet_looks = build_looks(row_styles.lines(by_index, columns), columns, areas)
        with_looks.append(replace(grid, looks=sheet_looks) if sheet_looks else grid)
    return with_looks


def _issues(cells: SheetCells) -> list[Issue]:
    """One issue a sheet for formulas without a stored value, and one for values that make no sense."""
    issues = []
    for code, names in (("formula_without_value", cells.unvalued), ("cells_not_read", cells.unread)):
        if names:
            location = Location(sheet=cells.title, cells=", ".join(names[:_NAMED]))
            issues.append(Issue(code, location, {"count": str(len(names))}))
    return issues


def _stand(frame: SheetFrame, cells: SheetCells, styles: dict[str, CellStyle]) -> SheetGeometry:
    """Widths, heights and text settings of a sheet on which something is drawn."""
    widths = {
        col: HIDDEN if entry.hidden else column_points(_COLUMN if entry.width is None else entry.width)
        for entry in frame.columns
        for col in range(entry.first, entry.last + 1)
    }
    heights = {row: HIDDEN if height is None else height for row, height in cells.heights.items()}

    def setting(row: int, col: int) -> TextSetting:
        style = cells.styles.get((row, col))
        return TextSetting() if style is None else styles.get(style, PLAIN).setting

    return SheetGeometry(sizes_to_metrics(widths, heights, frame.usual_width, frame.usual_height), setting)
