"""A dataset in, its files as a clerk looks at them out: whose, which form, when, how much of it, what to look at.

Noise (files of the system, copies of what was read, lists of passwords) is told apart, so that a screen can fold it away.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.query.query import connect, result_rows

_NOISE = {"duplicate", "removed", "container", "ignored"}
_FILES = """
WITH forms AS (
    SELECT document_id, string_agg(DISTINCT coalesce(form_name, title), ' / ' ORDER BY coalesce(form_name, title)) AS form,
           bool_and(kind = 'blank') AS blank
    FROM checklists WHERE kind IN ('filled', 'blank') GROUP BY document_id
), told AS (SELECT path, count(*) AS problems, bool_or(ends_with(code, '_ignored')) AS passed_over FROM problems GROUP BY path),
proposals AS (
    SELECT document_id, min(form_key) AS form_key FROM layouts WHERE status = 'proposed' GROUP BY document_id
)
SELECT d.path, d.document_id, d.sha256, d.status::VARCHAR AS status, d.message, d.vendor, d.service, d.received_at, f.form,
       c.items, c.unanswered, c.unclear, c.caveats, coalesce(t.problems, 0) AS problems, coalesce(f.blank, false) AS blank_form,
       coalesce(t.passed_over, false) AS passed_over, d.duplicate_of, p.form_key
FROM documents d JOIN coverage c ON c.path = d.path AND c.document_id = d.document_id
LEFT JOIN forms f ON f.document_id = d.document_id AND d.duplicate_of IS NULL
LEFT JOIN told t ON t.path = d.path
LEFT JOIN proposals p ON p.document_id = d.document_id AND d.duplicate_of IS NULL
WHERE d.replaced_by IS NULL ORDER BY d.received_at DESC NULLS LAST, d.path
"""


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """One file of the raw folder. `to_check` counts what a person should look at, `form_key` is a form to confirm."""

    path: str
    document_id: str
    sha256: str
    status: str
    message: str
    vendor: str | None
    service: str | None
    received_at: dt.date | None
    form: str | None
    items: int
    unanswered: int
    to_check: int
    blank_form: bool
    noise: bool
    form_key: str | None


def read_file_lines(dataset: Path) -> list[ReceivedLine]:
    """All files, the newest first, files without a date behind. Raises DatasetMissing."""
    with connect(dataset) as connection:
        rows = result_rows(connection.execute(_FILES))
    return [_file_line(row) for row in rows]


def _file_line(row: dict[str, Any]) -> ReceivedLine:
    same = ("path", "document_id", "sha256", "status", "message", "vendor", "service", "received_at", "form", "items",
            "unanswered", "blank_form", "form_key")  # fmt: skip
    return ReceivedLine(
        **{name: row[name] for name in same},
        to_check=max(row["unclear"] + row["caveats"], row["problems"]),
        noise=row["status"] in _NOISE or row["passed_over"],
    )
