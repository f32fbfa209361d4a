"""`.xlsx` / `.xlsm` file → one Grid a sheet, straight from the XML of its package.

Every part is read once. What this reader cannot make sense of it refuses as a whole: another one is asked then.
"""

from __future__ import annotations

import zipfile

from extractors.errors import BROKEN_PACKAGE, Damaged
from extractors.excel.objects.anchors import HIDDEN
from extractors.excel.objects.apply import Drawn, Stand, draw
from extractors.excel.objects.sheet_metrics import Look, column_points, sizes_to_layout
from extractors.excel.package_findings import check_unpacked, look_round
from extractors.excel.spreadsheetml.book import Sheet, package_to_book, parse_root
from extractors.excel.spreadsheetml.cells import Cells, rows_to_cells
from extractors.excel.spreadsheetml.frame import Frame
from extractors.excel.spreadsheetml.rows import matched_sheet, parsed_sheet
from extractors.excel.spreadsheetml.stream import Unfit, part_bytes
from extractors.excel.spreadsheetml.strings import shared_strings
from extractors.excel.spreadsheetml.styles import PLAIN, Style, part_to_styles
from extractors.excel.spreadsheetml.values import Values, book_values
from extractors.gc_pause import no_collection
from extractors.grid import Document, Grid, Source
from extractors.issue import Issue
from extractors.limits import check_count
from extractors.location import Location
from extractors.package.archive import Package
from extractors.package.colours import speaks_of_colours, theme_colours
from extractors.package.xml_parts import parse_part
from extractors.strikethrough import struck_texts

NAME = "spreadsheetml"
_NAMED = 10
_COLUMN = 13.0  # characters of a column of which the width is not told, among columns that are told of


def read_spreadsheetml(path: Source) -> Document:
    """Read all worksheets of the workbook `path`, hidden ones too.

    Raises Damaged or TooLarge (package.py), and Refused for what another reader may understand.
    """
    try:
        with Package(path) as package, no_collection():
            check_unpacked(package, path)
            return _read(package)
    except BROKEN_PACKAGE as error:
        raise Damaged(detail=str(error)) from error


def _read(package: zipfile.ZipFile) -> Document:
    book = package_to_book(package)
    strings = shared_strings(part_bytes(package, book.strings)) if book.strings else []
    themes = theme_colours(parse_part(package, book.theme))
    styles = part_to_styles(parse_root(package, book.styles), themes) if book.styles else {"": PLAIN}
    unknown: set[str] = set()
    values = book_values(strings, styles, book.epoch, unknown)
    grounds = _grounds(values)
    findings = look_round(package, {sheet.part: sheet.title for sheet in book.sheets})
    drawn = {title: sheet for title, sheet in findings.drawn.items() if sheet != Drawn()}
    grids, stands, issues, count = [], {}, list(findings.issues), 0
    for sheet in book.sheets:
        into = Cells(sheet.title, sheet.title in drawn, grounds)
        frame, cells = _read_sheet(package, sheet, values, into)
        grids.append(_grid(sheet, cells))
        count += len(cells.cells)
        check_count(count)
        issues += _issues(cells)
        if cells.drawn:
            stands[sheet.title] = _stand(frame, cells, styles)
    if unknown:
        issues.append(Issue("formats_not_read"))
    done, undrawn = draw(grids, drawn, stands)
    struck = [issue for grid in done for issue in struck_texts(grid)]
    return Document(done, NAME, sheets=len(done), issues=(*issues, *undrawn, *struck))


def _grounds(values: Values) -> dict[str, str]:
    """The colours of the styles with a coloured ground, where a text of the workbook speaks of colours.

    Where it has no shared texts it may do so in its cells.
    """
    found = {index: f"fill:{style.ground}" for index, style in values.styles.items() if style.ground}
    texts = (t if isinstance(t, str) else "".join(words for words, _ in t) for t in values.strings)
    return found if found and (not values.strings or speaks_of_colours(texts)) else {}


def _read_sheet(package: zipfile.ZipFile, sheet: Sheet, values: Values, cells: Cells) -> tuple[Frame, Cells]:
    """The frame and the cells of a sheet, by matching its rows or else by parsing them; `cells` are to be filled."""
    data = part_bytes(package, sheet.part)
    again = Cells(cells.title, cells.drawn, cells.grounds)
    try:
        frame, rows = matched_sheet(data, cells.drawn or bool(cells.grounds))
        rows_to_cells(rows, frame, values, cells)
    except Unfit:
        cells = again
        frame, rows = parsed_sheet(data)
        rows_to_cells(rows, frame, values, cells)
    return frame, cells


def _grid(sheet: Sheet, cells: Cells) -> Grid:
    return Grid(
        sheet.title,
        tuple(cells.cells),
        sheet=sheet.title,
        hidden=sheet.hidden,
        aside=tuple(cells.aside),
        shades=tuple(cells.shades),
    )


def _issues(cells: Cells) -> list[Issue]:
    """One issue a sheet for formulas without a stored value, and one for values that make no sense."""
    found = []
    for code, names in (("formula_without_value", cells.unvalued), ("cells_not_read", cells.unread)):
        if names:
            location = Location(sheet=cells.title, cells=", ".join(names[:_NAMED]))
            found.append(Issue(code, location, {"count": str(len(names))}))
    return found


def _stand(frame: Frame, cells: Cells, styles: dict[str, Style]) -> Stand:
    """Widths, heights and looks of a sheet on which something is drawn."""
    widths = {
        col: HIDDEN if entry.hidden else column_points(_COLUMN if entry.width is None else entry.width)
        for entry in frame.columns
        for col in range(entry.first, entry.last + 1)
    }
    heights = {row: HIDDEN if height is None else height for row, height in cells.heights.items()}

    def look(row: int, col: int) -> Look:
        style = cells.styles.get((row, col))
        return Look() if style is None else styles.get(style, PLAIN).look

    return Stand(sizes_to_layout(widths, heights, frame.usual_width, frame.usual_height), look)
