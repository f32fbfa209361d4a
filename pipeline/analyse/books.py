"""Tables of text in, a workbook out: whatever a vendor wrote stays text and never becomes a formula, a link or a number."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000  # characters that a cell holds
_LINE, _TALLEST = 15.0, 409.0  # points
_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_MADE = dt.datetime(2000, 1, 1)  # the same rows give the same bytes


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet: its title, (header, width in characters) of each column, its rows; `fills` is the colour of rows by the
    word in their cell `fill_by`, counted from 0.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str | float | int | bool | None]]
    fills: tuple[tuple[str, str], ...] = ()
    fill_by: int = 0


def write_book(path: Path, sheets: Sequence[BookSheet]) -> None:
    """Write the sheets with fixed headers, filters and wrapped text. Raises OSError."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, _AS_TEXT) as book:
        book.set_properties({"created": _MADE})
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BBBBBB"}
        for entry in sheets:
            fills = {word: book.add_format(look | {"bg_color": colour}) for word, colour in entry.fills}
            _write(
                book.add_worksheet(entry.title),
                entry,
                (book.add_format(look | {"bold": True, "bg_color": "#E7E6E6"}), book.add_format(look), fills),
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    entry: BookSheet,
    looks: tuple[xlsxwriter.format.Format, xlsxwriter.format.Format, dict[str, xlsxwriter.format.Format]],
) -> None:
    header, plain, fills = looks
    for col, (title, width) in enumerate(entry.columns):
        sheet.set_column(col, col, width)
        sheet.write_string(0, col, title, header)
    for number, row in enumerate(entry.rows, 1):
        look = fills.get(str(row[entry.fill_by]), plain)
        sheet.set_row(number, _height(row, [width for _, width in entry.columns]))
        for col, value in enumerate(row):
            if value is None or value == "":
                sheet.write_blank(number, col, None, look)
            elif isinstance(value, bool):
                sheet.write_boolean(number, col, value, look)
            elif isinstance(value, int | float):
                sheet.write_number(number, col, value, look)
            else:
                sheet.write_string(number, col, _ILLEGAL.sub("", value)[:_LONGEST], look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(entry.rows), 1), len(entry.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height(row: Sequence[object], widths: Sequence[int]) -> float:
    """Points that a row's wrapped text takes: programs that show workbooks do not all measure it themselves."""
    lines = max(
        sum(math.ceil(max(1, _width(line)) / (width - 1)) for line in str(value or "")[:_LONGEST].split("\n"))
        for value, width in zip(row, widths, strict=True)
    )
    return min(_TALLEST, _LINE * lines + 2)


def _width(text: str) -> int:
    """Columns of a fixed font that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
