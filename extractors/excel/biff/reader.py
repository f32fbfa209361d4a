"""`.xls` file → one Grid a sheet: cells as the sheet shows them, hidden parts, struck-through text, drawings, comments."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO

import olefile

from extractors.cell_reference import a1
from extractors.errors import BrokenRecords, Encrypted
from extractors.excel.biff.drawings import drawn_on_sheet, sheet_sizes
from extractors.excel.biff.objects import OBJECT
from extractors.excel.biff.sheet import SheetRecords, StoredValue, read_sheet
from extractors.excel.biff.stream_records import BiffRecord, substream
from extractors.excel.biff.styles import SheetEntry, WorkbookGlobals, read_globals
from extractors.excel.biff.texts import BiffText
from extractors.excel.biff.validations import read_rules
from extractors.excel.looks.choice_lists import ChoiceLists
from extractors.excel.looks.sheet_looks import SheetRules, protected_look, rules_to_areas
from extractors.excel.objects.anchors import SheetMetrics, cells_under
from extractors.excel.objects.apply import SheetDrawings, SheetGeometry, apply_drawings
from extractors.excel.objects.shapes import Shapes
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.grid import Cell, Document, Grid, Source
from extractors.issue import Issue
from extractors.location import Location
from extractors.looks import Run, build_looks, numbers_to_lines
from extractors.package.cell_colours import blank_shades
from extractors.strikethrough import STRUCK, struck_texts

_STREAM = "Workbook"
_MOST = 256 << 20
# What this reader raises on workbooks that it makes no sense of: another reader may.
BROKEN = (BrokenRecords, struct.error, IndexError)
# What olefile raises on containers with wrong sectors, sizes or directories.
_BROKEN_CONTAINER = (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error, RecursionError)


def read_biff(path: Source) -> Document:
    """Read all worksheets of the workbook `path`, hidden ones too.

    Raises Encrypted, or one of BROKEN.
    """
    stream = _workbook_stream(path)
    book = read_globals(list(substream(stream, 0)))
    if book.locked:
        raise Encrypted
    grids: list[Grid] = []
    issues: list[Issue] = []
    drawings: dict[str, SheetDrawings] = {}
    geometries: dict[str, SheetGeometry] = {}
    stored: list[tuple[SheetRecords, SheetRules]] = []
    for entry in book.sheets:
        if entry.kind == 0:
            records = list(substream(stream, entry.start))
            sheet = read_sheet(records, book.texts)
            grids.append(_sheet_to_grid(book, entry, sheet))
            stored.append((sheet, read_rules(records, book.titles, book.names)))
            issues += _uncalculated(entry, sheet)
            metrics = sheet_sizes(records)
            drawings[entry.title] = _drawn(records, metrics, book)
            geometries[entry.title] = SheetGeometry(metrics, partial(_setting, book, sheet))
    grids = _with_looks(grids, stored, book)
    grids_with_drawings, undrawn = apply_drawings(grids, drawings, geometries)
    struck = (issue for grid in grids_with_drawings for issue in struck_texts(grid))
    return Document(
        grids_with_drawings, "biff", sheets=len(grids_with_drawings), issues=(*issues, *undrawn, *struck)
    )


def _with_looks(
    grids: Sequence[Grid], stored: Sequence[tuple[SheetRecords, SheetRules]], book: WorkbookGlobals
) -> list[Grid]:
    """The grids with their looks; the entries of a drop-down list may stand on any sheet."""
    lists = ChoiceLists(grids, {})
    with_looks = []
    for grid, (sheet, rules) in zip(grids, stored, strict=True):
        by_style = [protected_look(style.look, rules.protected) for style in book.styles]
        styles = {spot: value.style for spot, value in sheet.values.items()} | sheet.blanks
        columns = tuple(
            Run(first, last, by_style[style]) for first, last, style in sheet.columns if style < len(by_style)
        )
        lines = numbers_to_lines(styles, by_style)
        looks = build_looks(lines, columns, rules_to_areas(rules, grid.name, lists))
        with_looks.append(replace(grid, looks=looks))
    return with_looks


def _drawn(records: Sequence[BiffRecord], metrics: SheetMetrics, book: WorkbookGlobals) -> SheetDrawings:
    """What is drawn on a sheet; where its records make no sense the cells count still, and all of it is reported."""
    try:
        return drawn_on_sheet(records, metrics, book.titles)
    except BROKEN:
        return SheetDrawings(shapes=Shapes((), sum(record.kind == OBJECT for record in records)))


def _setting(book: WorkbookGlobals, sheet: SheetRecords, row: int, col: int) -> TextSetting:
    stored = sheet.values.get((row, col))
    return book.style(stored.style).setting if stored is not None else TextSetting()


def _workbook_stream(path: Source) -> bytes:
    data = path.getvalue() if isinstance(path, BytesIO) else path.read_bytes()
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            if not container.exists(_STREAM) or container.get_size(_STREAM) > min(_MOST, len(data)):
                raise BrokenRecords(detail="no Workbook stream of BIFF8")
            return bytes(container.openstream(_STREAM).read())
    except _BROKEN_CONTAINER as error:
        raise BrokenRecords(detail=str(error)[:200]) from error


def _uncalculated(entry: SheetEntry, sheet: SheetRecords) -> list[Issue]:
    spots = [a1(*spot) for spot, stored in sorted(sheet.values.items()) if stored.value is None]
    if not spots:
        return []
    location = Location(sheet=entry.title, cells=", ".join(spots[:10]))
    return [Issue("formula_without_value", location, {"count": str(len(spots))})]


def _sheet_to_grid(book: WorkbookGlobals, entry: SheetEntry, sheet: SheetRecords) -> Grid:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, bottom, left, right in sheet.merges}
    merged = [Cell(*spot, "", Location(), *span) for spot, span in spans.items()]
    cover = cells_under(merged, sheet.values)
    cells: list[Cell] = []
    aside: list[Cell] = []
    for spot in sorted({*sheet.values, *spans}):
        over = cover.get(spot)
        if over is not None and (over.row, over.col) != spot:
            continue
        text, gone = _split_struck(book, sheet.values.get(spot))
        span = spans.get(spot, (1, 1))
        location = Location(sheet=entry.title, cells=a1(*spot, *span))
        hidden = sheet.hides(*spot)
        if text or gone or span != (1, 1):
            stored = sheet.values.get(spot)
            colour = book.style(stored.style).colour if stored is not None and text else None
            cells.append(Cell(*spot, text, location, *span, hidden, colour=colour))
        if gone.strip():
            aside.append(Cell(*spot, gone, location, *span, hidden, doubt=STRUCK))
    blanks = ((*spot, book.style(style).ground) for spot, style in sheet.blanks.items())
    shades = blank_shades(((row, col, ground) for row, col, ground in blanks if ground), cells)
    title = entry.title
    return Grid(title, tuple(cells), sheet=title, hidden=entry.hidden, aside=tuple(aside), shades=shades)


def _split_struck(book: WorkbookGlobals, stored: StoredValue | None) -> tuple[str, str]:
    """The cell's text that holds, and what of it is struck through."""
    if stored is None or stored.value is None:
        return "", ""
    font, value = book.style(stored.style).font, stored.value
    parts = value.parts(font) if isinstance(value, BiffText) else [(_shown(book, value, stored.style), font)]
    holding = "".join(text for text, number in parts if number not in book.struck)
    return holding, "".join(text for text, number in parts if number in book.struck)


def _shown(book: WorkbookGlobals, value: float | bool | str, style: int) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else book.render_value(value, style)
