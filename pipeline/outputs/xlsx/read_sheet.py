"""A workbook that people filled in comes in, its rows out."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook


def read_sheet(path: Path, title: str | None = None) -> list[dict[str, str]]:
    """The rows of a workbook's first sheet, or of the one with this title, under its header, as text.

    The keys are the header's words. A sheet that is not there has no rows.

    Raises OSError, and what openpyxl raises where the file is no workbook (BadZipFile, InvalidFileException, KeyError).
    """
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheets = [sheet for sheet in book.worksheets if title in {None, sheet.title}]
        rows = list(sheets[0].iter_rows(values_only=True)) if sheets else []
    finally:
        book.close()
    if not rows:
        return []
    header = [str(value or "") for value in rows[0]]
    return [
        {name: "" if value is None else str(value) for name, value in zip(header, row, strict=False)}
        for row in rows[1:]
    ]
