"""Tables of text in, a workbook out: whatever a vendor wrote stays text and never becomes a formula, a link or a number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000  # characters that a cell holds
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
    word in their first cell.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str | float | int | bool | None]]
    fills: tuple[tuple[str, str], ...] = ()


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
        look = fills.get(str(row[0]) if row else "", plain)
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
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
