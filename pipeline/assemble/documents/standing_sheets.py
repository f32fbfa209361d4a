"""Documents and their lists in, which sheets count and which newer one takes an older one's place out.

A sheet is replaced by the next version of its file, and by a sheet of the same vendor and service that fills in the same form,
or an edition of it, and came on a later day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from normalizers.text import fold
from pipeline.document.status import READ, ChecklistKind, DocumentStatus
from pipeline.incremental.previous_run import Row

ListKey = tuple[str, str, str]  # vendor, service, form or family of forms


def is_current(row: Row) -> bool:
    """Whether a row of documents is the newest version of a file that is in the folder."""
    return row["replaced_by"] is None and row["status"] != DocumentStatus.REMOVED


def is_standing(row: Row) -> bool:
    """Whether a document is one of the folder, read, of a known vendor, and no copy of another."""
    return (
        is_current(row) and row["status"] in READ and bool(row["vendor_key"]) and row["duplicate_of"] is None
    )


def age_of(row: Row) -> tuple[dt.date, str]:
    """What sorts documents from the oldest to the newest."""
    return (row["received_at"] or dt.date.min, row["path"])


def list_keys(documents: Sequence[Row], checklists: Sequence[Row]) -> dict[str, set[ListKey]]:
    """Document → vendor, service and form of each list that it fills in."""
    of_vendor = {r["document_id"]: (r["vendor_key"], fold(r["service"] or "")) for r in documents}
    keys: dict[str, set[ListKey]] = defaultdict(set)
    for entry in checklists:
        if entry["kind"] == ChecklistKind.FILLED and entry["document_id"] in of_vendor:
            vendor, service = of_vendor[entry["document_id"]]
            keys[entry["document_id"]].add((vendor, service, entry["form_family"] or entry["form_id"]))
    return keys


def newer_sheets(
    documents: Sequence[Row], checklists: Sequence[Row], wanted: Collection[str]
) -> dict[str, tuple[Row, Row]]:
    """Id of each `wanted` document that another replaced → its own row of documents and that of the newest one."""
    standing = [row for row in documents if is_standing(row)]
    keys = list_keys([row for row in documents if row["vendor_key"]], checklists)
    of_path = {row["path"]: row for row in documents if is_current(row) and row["status"] in READ}
    newer: dict[str, tuple[Row, Row]] = {}
    for row in documents:
        if row["document_id"] not in wanted or row["duplicate_of"] is not None:
            continue
        own = keys.get(row["document_id"], set())
        later = [
            sheet
            for sheet in standing
            if own & keys.get(sheet["document_id"], set()) and _came_later(sheet, row)
        ]
        if row["replaced_by"] is not None and row["path"] in of_path:
            later.append(of_path[row["path"]])
        if later:
            newer[row["document_id"]] = (row, max(later, key=age_of))
    return newer


def _came_later(sheet: Row, row: Row) -> bool:
    dates = sheet["received_at"], row["received_at"]
    return None not in dates and dates[0] > dates[1]
