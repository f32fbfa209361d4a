"""A CSV file that a person keeps in, its lines out: the lists beside the decisions, read as these are.

UTF-8 with or without a byte order mark, or as Excel in Japan saves it; a broken line is told with its number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.errors import UserFileError
from pipeline.review.lines.decision_file import escape_cell, parse_file, tidy_cell
from pipeline.system.atomic_write import atomic_write


def read_user_table(
    path: Path, needed: Sequence[str], optional: Sequence[str], error: type[UserFileError]
) -> list[Mapping[str, str]]:
    """The cells of each line by column, none where the file is missing. Raises `error` for the first thing that is wrong."""
    if not path.exists():
        return []
    table = parse_file(path.read_bytes(), needed, optional)
    if table.code:
        raise error({"path": path, **table.params}, table.code)
    for line in table.lines:
        if line.code:
            raise error({"path": path, "line": line.number, **line.params}, line.code)
    return [line.cells for line in table.lines]


def write_user_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write the lines, at once, as UTF-8 that Excel knows for such; no cell is a formula. Raises OSError."""
    with atomic_write(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[escape_cell(tidy_cell(cell)) for cell in row] for row in rows])
