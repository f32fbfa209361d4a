"""The rows of a query in, a workbook with one sheet out: figures and dates as such, texts as text, lists as JSON."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, Value, write_book
from pipeline.query.query import Answer, flat

_NARROW, _WIDE, _LOOKED_AT = 8, 60, 200


def write_rows(path: Path, answer: Answer) -> None:
    """Write the rows under their columns. Raises OSError."""
    rows = [[_cell(value) for value in row] for row in answer.rows]
    columns = tuple(
        SheetColumn(name, _width([name, *(row[index] for row in rows[:_LOOKED_AT])]))
        for index, name in enumerate(answer.columns)
    )
    write_book(path, [BookSheet("query", columns, rows)])


def _cell(value: Any) -> Value:
    """The value as a cell holds it; a day in ISO, as the tables print it."""
    value = flat(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _width(values: list[Value]) -> int:
    """Characters of the longest text, full-width ones as two, within limits."""
    longest = max(sum(2 if ord(c) > 0xFF else 1 for c in str(value)) for value in values if value is not None)
    return min(_WIDE, max(_NARROW, longest + 2))
