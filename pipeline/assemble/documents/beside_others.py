"""A run's tables in, the same out with the problems that only all sheets beside each other tell.

A vendor that sends the workbook and its print, or a second edition beside the first, is counted twice by whoever counts
answers: which one holds is for a person to say. A sheet of 株式会社カクウ in the folder `12_ひばりネット` lies in the wrong
place, or names somebody else than its vendor; in a folder of several vendors, none of which it is called by, it does not.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import pyarrow as pa

from extractors.issue import Issue
from normalizers.text import fold
from normalizers.values.organisations import organisation_key
from pipeline.assemble.rows import issue_row
from pipeline.dataset.tables import TABLE_BY_NAME, finish_table, plain_schema
from pipeline.document.origin.folder_vendor import folders_of, vendor_of_folders
from pipeline.document.origin.vendor import VendorSource
from pipeline.document.status import READ, ChecklistKind, DocumentStatus
from pipeline.incremental.previous_run import Row

_DOCUMENT_COLUMNS = [
    "document_id", "path", "container", "status", "replaced_by", "duplicate_of", "received_at", "vendor", "vendor_key",
    "vendor_source", "service", "title",
]  # fmt: skip
_LIST_COLUMNS = ["document_id", "kind", "form_id", "form_family"]
_Key = tuple[str, str, str]  # vendor, service, form or family of forms


def with_problems_of_all(tables: Mapping[str, pa.Table], language: str) -> dict[str, pa.Table]:
    """The tables with a problem on each current sheet that a newer one outdates, or that lies in another vendor's folder."""
    documents = [row for row in tables["documents"].select(_DOCUMENT_COLUMNS).to_pylist() if _counts(row)]
    checklists = tables["checklists"].select(_LIST_COLUMNS).to_pylist()
    issues = [*find_double_receipts(documents, checklists), *find_misplaced(documents)]
    if not issues:
        return dict(tables)
    rows = [issue_row(row["document_id"], row["path"], issue, language) for row, issue in issues]
    spec = TABLE_BY_NAME["problems"]
    added = pa.Table.from_pylist(rows, schema=plain_schema(spec))
    problems = pa.concat_tables([tables["problems"].cast(plain_schema(spec)), added])
    messages = {row["path"]: row["message"] for row in reversed(rows)}
    return dict(tables) | {
        "problems": finish_table(spec, problems),
        "documents": _with_messages(tables["documents"], messages),
    }


def find_double_receipts(documents: Sequence[Row], checklists: Sequence[Row]) -> list[tuple[Row, Issue]]:
    """The older sheets with their issue; `documents` are those that count, `checklists` of all documents."""
    keys = _keys_of(documents, checklists)
    groups: dict[_Key, dict[str, Row]] = defaultdict(dict)
    for row in documents:
        for key in keys.get(row["document_id"], ()):
            groups[key][row["path"]] = row
    issues: dict[str, tuple[Row, Issue]] = {}
    for key in sorted(groups):
        *older, newest = sorted(groups[key].values(), key=_age)
        for row in older:
            params = {"other": newest["path"], "vendor": row["vendor"]}
            issues.setdefault(row["path"], (row, Issue("form_received_twice", params=params)))
    return list(issues.values())


def find_misplaced(documents: Sequence[Row]) -> list[tuple[Row, Issue]]:
    """The sheets that lie in a folder called by another vendor than they name, with their issue."""
    vendors: dict[str, set[str]] = defaultdict(set)
    for row in documents:
        vendors[_folder(row)].add(row["vendor_key"])
    issues = []
    for row in documents:
        folder = (
            vendor_of_folders(folders_of(row["path"])) if row["vendor_source"] == VendorSource.SHEET else None
        )
        if folder is None or _is_called(row, organisation_key(folder)):
            continue
        neighbours = vendors[_folder(row)]
        if len(neighbours) == 1 or any(_alike(key, organisation_key(folder)) for key in neighbours):
            params = {"vendor": row["vendor"], "folder": folder}
            issues.append((row, Issue("vendor_differs_from_folder", params=params)))
    return issues


def _folder(row: Row) -> str:
    return str(PurePosixPath(row["container"] or row["path"]).parent)


def _is_called(row: Row, folder: str) -> bool:
    """Whether the folder is called by the sheet's vendor, its service or its title."""
    texts = (row["vendor"], row["service"], row["title"])
    return any(_alike(organisation_key(text), folder) for text in texts if text)


def _alike(first: str, second: str) -> bool:
    return not first or not second or first in second or second in first


def _keys_of(documents: Sequence[Row], checklists: Sequence[Row]) -> dict[str, set[_Key]]:
    """Document → vendor, service and form of each list that it fills in."""
    of_vendor = {r["document_id"]: (r["vendor_key"], fold(r["service"] or "")) for r in documents}
    keys: dict[str, set[_Key]] = defaultdict(set)
    for entry in checklists:
        if entry["kind"] == ChecklistKind.FILLED and entry["document_id"] in of_vendor:
            vendor, service = of_vendor[entry["document_id"]]
            keys[entry["document_id"]].add((vendor, service, entry["form_family"] or entry["form_id"]))
    return keys


def _counts(row: Row) -> bool:
    """Whether a document is one of the folder, read, of a known vendor, and no copy of another."""
    return (
        _is_current(row) and row["status"] in READ and bool(row["vendor_key"]) and row["duplicate_of"] is None
    )


def _is_current(row: Row) -> bool:
    return row["replaced_by"] is None and row["status"] != DocumentStatus.REMOVED


def _age(row: Row) -> tuple[dt.date, str]:
    return (row["received_at"] or dt.date.min, row["path"])


def _with_messages(documents: pa.Table, messages: Mapping[str, str]) -> pa.Table:
    """The documents, those that have nothing else to tell with these messages."""
    index = documents.schema.get_field_index("message")
    rows = documents.select(["path", "replaced_by", "status", "message"]).to_pylist()
    texts = [row["message"] or (messages.get(row["path"], "") if _is_current(row) else "") for row in rows]
    return documents.set_column(index, documents.schema.field(index), pa.array(texts, pa.string()))
