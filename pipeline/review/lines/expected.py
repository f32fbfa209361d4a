"""The list of who was asked in, one request a line out: the vendor, for which service, by which form, until when.

`data/review/expected.csv` has the columns vendor, service, form, due; all but the vendor may be blank:
`株式会社カクウ,カクウ経費ノート,安全確認シート,2026-06-30`. `form` is the form's title, its id, or the path of the blank form
in the raw folder.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from normalizers.values.dates import first_date
from pipeline.errors import ExpectedUnreadable
from pipeline.review.lines.user_table import read_numbered_lines

COLUMNS = ("vendor", "service", "form", "due")


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """One line: who was asked for which form, "" where any will do; `due` is None where no day was set."""

    line: int
    vendor: str
    service: str = ""
    form: str = ""
    due: dt.date | None = None


def read_requests(path: Path) -> list[SheetRequest]:
    """All lines of the CSV file at `path`, none where it is missing.

    Raises ExpectedUnreadable where a column is missing, a line is broken, names no vendor or a day that is none.
    """
    if not path.exists():
        return []
    requests = []
    for line, cells in read_numbered_lines(path, COLUMNS, (), ExpectedUnreadable):
        vendor, service, form, due = (cells[name] for name in COLUMNS)
        if not vendor:
            raise ExpectedUnreadable({"path": path, "line": line}, "expected_no_vendor")
        day = first_date(due) if due else None
        if due and day is None:
            raise ExpectedUnreadable({"path": path, "line": line, "due": due}, "expected_no_day")
        requests.append(SheetRequest(line, vendor, service, form, day))
    return requests
