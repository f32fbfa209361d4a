"""Rows of a sheet and its merged ranges in, the cells of its grid in reading order out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from extractors.cell_reference import COLUMNS, a1
from extractors.errors import Damaged, Refused
from extractors.excel.objects.anchors import LAST_COL, LAST_ROW
from extractors.excel.spreadsheetml.drafts import draft_cell
from extractors.excel.spreadsheetml.frame import SheetFrame
from extractors.excel.spreadsheetml.merges import Spans, merges_to_bands, merges_to_spans
from extractors.excel.spreadsheetml.row_styles import RowStyles
from extractors.excel.spreadsheetml.stored_rows import StoredRow
from extractors.excel.spreadsheetml.texts import StoredText
from extractors.excel.spreadsheetml.values import Split, Values, stored_value
from extractors.grid import Cell
from extractors.limits import check_count
from extractors.location import Location
from extractors.package.cell_colours import MOST_SHADES
from extractors.strikethrough import STRUCK

_NUMBERS = ("", "n")
UNREAD = "\ufffd"  # geometries for a value that makes no sense: no rule takes it for an answer


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells of a sheet, and what its rows tell besides; the lists are filled while the rows are read.

    `aside` are struck-through texts, `unread` and `unvalued` the names of cells of which the value makes no sense,
    or that hold a formula without one. `heights` are rows' heights in points, None for hidden ones; `styles` the
    style of each cell, blank ones too; both only where something is drawn on the sheet. `grounds` are the styles
    that colour the ground, where colours matter; then `shades` are the blank cells of rows with texts that have one.
    `row_styles` are the styles of all cells.
    """

    title: str
    drawn: bool = False
    grounds: Mapping[str, str] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    aside: list[Cell] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unvalued: list[str] = field(default_factory=list)
    heights: dict[int, float | None] = field(default_factory=dict)
    styles: dict[tuple[int, int], str] = field(default_factory=dict)
    shades: list[tuple[int, int, str]] = field(default_factory=list)
    row_styles: RowStyles = field(default_factory=RowStyles)


def rows_to_cells(rows: Iterable[StoredRow], frame: SheetFrame, values: Values, into: SheetCells) -> None:
    """Fill `into` with the cells of a sheet.

    Raises Refused where rows or cells are out of order, Damaged beyond what a sheet can hold, TooMuch beyond what
    any sheet holds.
    """
    spans = merges_to_spans(frame.merges)
    waiting = sorted(spans, reverse=True)
    bands = merges_to_bands(frame.merges)
    end, covered = next(bands, (LAST_ROW + 2, frozenset[int]()))
    at = -1
    for row in rows:
        last, at = at, int(row.number) - 1 if row.number else at + 1
        check_count(len(into.cells))
        if at > LAST_ROW:
            raise Damaged(detail=f"row {at + 1}")
        if not last < at:
            raise Refused(detail=f"row {row.number} behind row {last + 1}")
        while waiting and waiting[-1] < at:
            _add_blank(waiting.pop(), spans, frame, into)
        while end <= at:
            end, covered = next(bands, (LAST_ROW + 2, frozenset[int]()))
        if into.drawn and (row.hidden or row.height):
            into.heights[at] = None if row.hidden else row.height
        if row.heads or row.style:
            into.row_styles.add(at, row.heads, row.style)
        here = spans.pop(at, None)
        first, shaded = len(into.cells), len(into.shades)
        add = _add_brief if row.brief else _add_row
        add(row, (at, here or {}, covered), frame, values, into)
        if len(into.cells) == first or len(into.shades) > MOST_SHADES:
            del into.shades[shaded:]
        if here:
            _add_rest(at, here, row.hidden, frame, into)
            into.cells[first:] = sorted(into.cells[first:], key=_column)
    for top in reversed(waiting):
        _add_blank(top, spans, frame, into)


def _column(cell: Cell) -> int:
    return cell.col


def _add_blank(top: int, spans: dict[int, Spans], frame: SheetFrame, into: SheetCells) -> None:
    """The merged cells of a row that the file leaves out."""
    if top in spans:
        _add_rest(top, dict(sorted(spans[top].items())), False, frame, into)


def _add_rest(row: int, spans: Spans, hidden: bool, frame: SheetFrame, into: SheetCells) -> None:
    for col, (rows, cols) in spans.items():
        location = Location(sheet=into.title, cells=a1(row, col, rows, cols))
        into.cells.append(Cell(row, col, "", location, rows, cols, hidden or col in frame.hidden))
        if into.drawn:
            into.styles.setdefault((row, col), "")


def _add_row(
    row: StoredRow,
    place_in_sheet: tuple[int, Spans, frozenset[int]],
    frame: SheetFrame,
    values: Values,
    into: SheetCells,
) -> None:
    """The cells of one row that hold something; merged cells that do are taken out of the spans of `place_in_sheet`."""
    at, spans, covered = place_in_sheet
    number, hidden_row, hidden_cols = str(at + 1), row.hidden, frame.hidden
    col = -1
    for letters, digits, style, kind, formula, element, value, inline, odd in row.cells:
        last, col = col, COLUMNS[letters] if letters else col + 1
        if col > LAST_COL:
            raise Damaged(detail=f"more than {LAST_COL + 1} columns")
        if odd or not last < col or (letters and digits != number):
            raise Refused(detail=f"cell {letters}{digits} in row {number}")
        if into.drawn:
            into.styles[at, col] = style
        if not (value or inline):
            if style in into.grounds:
                into.shades.append((at, col, into.grounds[style]))
            if formula and not (element and kind == "str"):
                into.unvalued.append(a1(at, col))
            continue
        if col in covered and col not in spans:
            continue
        _add_split(
            (at, col, hidden_row or col in hidden_cols), (kind, value, inline, style), (spans, values), into
        )


def _add_brief(
    row: StoredRow,
    place_in_sheet: tuple[int, Spans, frozenset[int]],
    frame: SheetFrame,
    values: Values,
    into: SheetCells,
) -> None:
    """The same for a row of which each cell is a value: nearly all rows of most files, and the fastest way."""
    at, spans, covered = place_in_sheet
    number, title, texts, append = row.number, into.title, values.texts, into.cells.append
    width, hidden_row, hidden_cols = len(number), row.hidden, frame.hidden
    col = -1
    for _, address, written, value, _, _ in row.brief:
        last, col = col, COLUMNS[address[:-width]]
        if not last < col <= LAST_COL or not address.endswith(number):
            raise Refused(detail=f"cell {address} in row {number}")
        text = texts[written](value)
        if text is None or col in covered:
            if col not in covered or col in spans:
                spot = at, col, hidden_row or col in hidden_cols
                _add_split(spot, stored_value(written, value), (spans, values), into)
        elif text:
            append(draft_cell(at, col, text, (title, address), hidden_row or col in hidden_cols))


def _add_split(
    spot: tuple[int, int, bool],
    stored: tuple[str, str, StoredText, str],
    context: tuple[Spans, Values],
    into: SheetCells,
) -> None:
    """A cell of any size, type and style; `stored` are its type, value, inline text and style."""
    (spans, values), (kind, value, inline, style) = context, stored
    row, col, hidden = spot
    if not inline and col not in spans and style not in values.marked:
        known = (
            values.texts.plain
            if kind == "s"
            else values.texts.known.get(style, {})
            if kind in _NUMBERS
            else {}
        )
        text = known.get(value)
        if text is not None:
            if text:
                into.cells.append(draft_cell(row, col, text, (into.title, a1(row, col)), hidden))
            return
    first = len(into.cells)
    _add_cell(spot, values.split(*stored), spans, into)
    if style in values.marked and len(into.cells) > first:
        colour = values.styles[style].colour
        into.cells[-1] = replace(into.cells[-1], colour=colour) if colour else into.cells[-1]


def _add_cell(spot: tuple[int, int, bool], both: Split | None, spans: Spans, into: SheetCells) -> None:
    """A cell of any size: `both` are the text that holds and the text that is struck through."""
    row, col, hidden = spot
    rows, cols = spans.pop(col, (1, 1))
    name = a1(row, col, rows, cols)
    if both is None:
        into.unread.append(name)
    text, gone = both or (UNREAD, "")
    location = Location(sheet=into.title, cells=name)
    if text or gone or rows > 1 or cols > 1:
        into.cells.append(Cell(row, col, text, location, rows, cols, hidden))
    if gone.strip():
        into.aside.append(Cell(row, col, gone, location, rows, cols, hidden, doubt=STRUCK))
