"""Rows of text in, a workbook out, and back: texts of received files are written as text, never as formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000  # characters that a cell holds

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header, its width in characters, and the words that may be chosen in it."""

    title: str
    width: int
    choices: tuple[str, ...] = ()


def write_sheet(path: Path, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> None:
    """Write one sheet with a fixed header, filters and lists to choose from. Raises OSError."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    for number, row in enumerate([[column.title for column in columns], *rows], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = _ILLEGAL.sub("", value)[:_LONGEST] if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for place, column in enumerate(columns, 1):
        if column.choices and rows:
            rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{len(rows) + 1}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def read_sheet(path: Path) -> list[dict[str, str]]:
    """The rows of a workbook's first sheet under its header, as text; {} keys are the header's words.

    Raises OSError, and what openpyxl raises where the file is no workbook (BadZipFile, InvalidFileException, KeyError).
    """
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        rows = list(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()
    if not rows:
        return []
    header = [str(value or "") for value in rows[0]]
    return [
        {name: "" if value is None else str(value) for name, value in zip(header, row, strict=False)}
        for row in rows[1:]
    ]
