"""Tables of text in, a workbook out: whatever a vendor wrote stays text and never becomes a formula, a link or a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.outputs.xlsx.written_cells import A3, MEASURED, lines_of, put, sheet_name, workbook_at
from pipeline.query.query import Answer

_LINE, _TALLEST = 15.0, 409.0  # points
_NARROWEST, _WIDEST, _MEASURED_ROWS = 8, 60, 200  # characters, characters, rows
_LOOK = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BBBBBB", "quote_prefix": True}
Value = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column's header, its width in characters, and the words that may be chosen in it."""

    title: str
    width: int
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet: its title, its columns and rows; `fills` is the colour of rows by the word in their cell `fill_by`,
    counted from 0.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[Value]]
    fills: tuple[tuple[str, str], ...] = ()
    fill_by: int = 0


def write_book(path: Path, sheets: Sequence[BookSheet]) -> None:
    """Write the sheets with fixed headers, filters, wrapped text and lists to choose from. Raises OSError."""
    with workbook_at(path) as book:
        for entry in sheets:
            properties = {f"fill {word}": _LOOK | {"bg_color": colour} for word, colour in entry.fills}
            properties |= {"": _LOOK, "head": _LOOK | {"bold": True, "bg_color": "#E7E6E6"}}
            formats = {name: book.add_format(look) for name, look in properties.items()}
            sheet = book.add_worksheet(sheet_name(entry.title))
            _write_rows(sheet, entry, formats)
            _set_up(sheet, entry)


def write_answer(path: Path, answer: Answer) -> None:
    """Write the rows of a query as a sheet of its own; figures stay figures, lists and dates become text. Raises OSError."""
    rows = [
        [value if isinstance(value, int | float) else _text(value) for value in row] for row in answer.rows
    ]
    widths = [
        _width([title, *(str(row[index]) for row in rows[:_MEASURED_ROWS])])
        for index, title in enumerate(answer.columns)
    ]
    columns = tuple(SheetColumn(title, width) for title, width in zip(answer.columns, widths, strict=True))
    write_book(path, [BookSheet("result", columns, rows)])


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _width(texts: Sequence[str]) -> int:
    """Characters that a column should take, Japanese ones counted double."""
    longest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in text[:_WIDEST]) for text in texts)
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _write_rows(sheet: Any, entry: BookSheet, formats: Mapping[str, Any]) -> None:
    for index, column in enumerate(entry.columns):
        sheet.set_column(index, index, column.width)
        put(sheet, (0, index), column.title, formats, "head")
    for number, row in enumerate(entry.rows, 1):
        style = f"fill {row[entry.fill_by]}"
        sheet.set_row(number, _height(row, entry.columns))
        for index, value in enumerate(row):
            put(sheet, (number, index), value, formats, style if style in formats else "")


def _set_up(sheet: Any, entry: BookSheet) -> None:
    """Freeze, filter, choose, print."""
    last = max(len(entry.rows), 1)
    for index, column in enumerate(entry.columns):
        if column.choices:
            sheet.data_validation(1, index, last, index, {"validate": "list", "source": list(column.choices)})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(entry.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height(row: Sequence[Value], columns: Sequence[SheetColumn]) -> float:
    """Points that a row's wrapped text takes: programs that show workbooks do not all measure it themselves."""
    texts = (str(value or "")[:MEASURED] for value in row)
    lines = max(lines_of(text, column.width) for text, column in zip(texts, columns, strict=True))
    return min(_TALLEST, _LINE * lines + 2)
