"""The list of who was asked in, one request a line out: the vendor, for which service, by which form, until when.

`data/review/expected.csv` has the columns vendor, service, form, due; all but the vendor may be blank:
`株式会社カクウ,カクウ経費ノート,安全確認シート,2026-06-30`. `form` is the form's title, its id, or the path of the blank form
in the raw folder. Further columns are a person's own and are kept.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.values.dates import first_date
from pipeline.errors import DecisionNotWritten, ExpectedUnreadable
from pipeline.review.lines.folder_lock import lock_folder
from pipeline.review.lines.user_table import read_numbered_lines, read_user_table, write_user_table

COLUMNS = ("vendor", "service", "form", "due")


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """One line: who was asked for which form, "" where any will do; `due` is None where no day was set."""

    line: int
    vendor: str
    service: str = ""
    form: str = ""
    due: dt.date | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Its cells in the order of COLUMNS."""
        return (self.vendor, self.service, self.form, self.due.isoformat() if self.due else "")


def read_requests(path: Path) -> list[SheetRequest]:
    """All lines of the CSV file at `path`, none where it is missing.

    Raises ExpectedUnreadable where a column is missing, a line is broken, names no vendor or a day that is none.
    """
    lines = read_numbered_lines(path, COLUMNS, COLUMNS[1:], ExpectedUnreadable)
    return [_request(path, line, cells) for line, cells in lines]


def requests_to_text(requests: Sequence[SheetRequest]) -> str:
    """The requests as a person types them: one a line, `vendor,service,form,due` without commas at the end."""
    return "\n".join(_typed(request.cells).rstrip(",") for request in requests)


def text_to_requests(text: str, path: Path) -> list[SheetRequest]:
    """The requests that a person typed, or pasted from a spreadsheet (tabs); `path` is the file that an error names.

    Raises ExpectedUnreadable as `read_requests`.
    """
    requests = []
    for line, typed in enumerate(text.splitlines(), 1):
        cells = [
            cell.strip() for cell in next(csv.reader([typed], delimiter="\t" if "\t" in typed else ","), [])
        ]
        if len(cells) > len(COLUMNS):
            params = {"path": path, "line": line, "cells": len(cells), "columns": len(COLUMNS)}
            raise ExpectedUnreadable(params, "line_cells")
        if any(cells):
            padded = (*cells, "", "", "", "")
            requests.append(_request(path, line, dict(zip(COLUMNS, padded, strict=False))))
    return requests


def write_requests(path: Path, shown: Sequence[SheetRequest], requests: Sequence[SheetRequest]) -> None:
    """Write the list, each request once; a line that stays keeps the further columns that a person gave it.

    `shown` is what the person saw who changed it: where the file says something else by now, ExpectedUnreadable is raised and
    nothing written. Raises DecisionsBusy and DecisionNotWritten, too.
    """
    with lock_folder(path.parent):
        if [request.cells for request in read_requests(path)] != [request.cells for request in shown]:
            raise ExpectedUnreadable({"path": path}, "expected_changed")
        _write(path, requests)


def adopt_invited(old: Path, path: Path) -> int:
    """Take the lines of an earlier version's list (`data/invited.csv`: vendor, service) over into `path`, once.

    The old file is kept beside itself as `invited.csv.before`. How many lines it had; 0 where there is none. Raises
    ExpectedUnreadable where either list breaks its form, DecisionsBusy and DecisionNotWritten.
    """
    if not old.exists():
        return 0
    rows = read_user_table(old, ("vendor",), ("service",), ExpectedUnreadable)
    added = [SheetRequest(0, row["vendor"].strip(), row.get("service", "").strip()) for row in rows]
    with lock_folder(path.parent):
        standing = read_requests(path)
        known = {(request.vendor, request.service) for request in standing}
        new = [entry for entry in added if entry.vendor and (entry.vendor, entry.service) not in known]
        if new:
            _write(path, [*standing, *new])
        old.replace(old.with_name(f"{old.name}.before"))
    return len(added)


def _write(path: Path, requests: Sequence[SheetRequest]) -> None:
    lines = read_user_table(path, COLUMNS, COLUMNS[1:], ExpectedUnreadable)
    further = [name for name in (lines[0] if lines else ()) if name not in COLUMNS]
    own = {_key(cells): [cells[name] for name in further] for cells in reversed(lines)}
    rows = {request.cells: own.get(request.cells[:3], [""] * len(further)) for request in requests}
    try:
        write_user_table(path, (*COLUMNS, *further), [(*cells, *rest) for cells, rest in rows.items()])
    except OSError as error:
        raise DecisionNotWritten({"path": path, "why": error.strerror or error}) from error


def _key(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells[name] for name in COLUMNS[:3])


def _request(path: Path, line: int, cells: Mapping[str, str]) -> SheetRequest:
    vendor, service, form, due = (cells[name].strip() for name in COLUMNS)
    if not vendor:
        raise ExpectedUnreadable({"path": path, "line": line}, "expected_no_vendor")
    day = first_date(due) if due else None
    if due and day is None:
        raise ExpectedUnreadable({"path": path, "line": line, "due": due}, "expected_no_day")
    return SheetRequest(line, vendor, service, form, day)


def _typed(cells: Sequence[str]) -> str:
    """The cells as a line of CSV."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
