"""Cell values and looks → a worksheet: the few drawing steps that all workbook samples share."""

from __future__ import annotations

import math
import unicodedata

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

FACE = "游ゴシック"
THIN = Border(*(Side(style="thin", color="7F7F7F") for _ in range(4)))
HEADER = PatternFill("solid", fgColor="D6E4F0")
BAND = PatternFill("solid", fgColor="EDEDED")
ENTRY = PatternFill("solid", fgColor="FFFBE6")
LINE_HEIGHT = 15.0


def write(
    sheet: Worksheet,
    place: str,
    text: str,
    *,
    size: float = 10,
    bold: bool = False,
    across: str = "left",
    down: str = "center",
) -> None:
    """Write text into the first cell of an A1 range and merge the range."""
    first, _, last = place.partition(":")
    cell = sheet[first]
    cell.value = text or None
    cell.font = Font(name=FACE, size=size, bold=bold)
    cell.alignment = Alignment(horizontal=across, vertical=down, wrap_text=True)
    if last not in ("", first):
        sheet.merge_cells(place)


def rule(sheet: Worksheet, place: str, fill: PatternFill | None = None) -> None:
    """Draw thin lines round every cell of a range, with a ground colour if given."""
    for row in sheet[place]:
        for cell in row:
            cell.border = THIN
            if fill is not None:
                cell.fill = fill


def header(sheet: Worksheet, place: str, text: str) -> None:
    """Write one header cell."""
    write(sheet, place, text, bold=True, across="center")
    rule(sheet, place if ":" in place else f"{place}:{place}", HEADER)


def widths(sheet: Worksheet, columns: dict[str, float]) -> None:
    """Set column widths."""
    for letter, width in columns.items():
        sheet.column_dimensions[letter].width = width


def height(sheet: Worksheet, row: int, texts: list[tuple[str, float]], least: float = 21.0) -> None:
    """Make a row high enough for the texts, each given with the width of its column."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = max(least, lines * LINE_HEIGHT + 5)


def for_print(sheet: Worksheet, titles: str | None = None, *, landscape: bool = False) -> None:
    """A4, one page wide, header rows on each page, page numbers at the foot."""
    sheet.print_title_rows = titles
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&P / &N"


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(_columns(line) / (width - 1))) for line in text.split("\n"))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
