"""A CSV file of people's decisions in, its lines out: as UTF-8 or as Excel in Japan saves it (cp932).

Columns may stand in any order and further ones are passed over; a line that breaks the form is told with its number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import UserFileError

_ENCODINGS = ("utf-8-sig", "cp932")


def decision_rows(
    path: Path, columns: Sequence[str], error: type[UserFileError]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Number and cells of each line that holds something, the cells in the order of `columns`.

    Raises `error` where a column is missing, a line is broken, or the text cannot be read.
    """
    reader = csv.reader(io.StringIO(decision_text(path, error), newline=""), strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            number, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                _check_header(path, header, columns, error)
                continue
            if len(cells) != len(header):
                params = {"path": path, "line": number, "cells": len(cells), "columns": len(header)}
                raise error(params, "line_cells")
            by_name = dict(zip(header, cells, strict=True))
            yield number, [by_name[name].strip() for name in columns]
    except csv.Error as broken:
        raise error({"path": path, "line": line, "why": broken}, "line_unreadable") from broken
    if header is None:
        _check_header(path, [], columns, error)


def decision_text(path: Path, error: type[UserFileError]) -> str:
    """The text of a CSV that a person saved. Raises `error` where it is neither UTF-8 nor cp932, OSError."""
    data = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as broken:
            why: Exception = broken
    raise error({"path": path, "why": why}, "file_unreadable")


def _check_header(
    path: Path, header: Sequence[str], columns: Sequence[str], error: type[UserFileError]
) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise error({"path": path, "column": missing[0]}, "column_missing")
