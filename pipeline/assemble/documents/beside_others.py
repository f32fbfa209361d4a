"""A run's tables in, the same out with the problems that only all sheets beside each other tell.

A vendor that sends the workbook and its print, or a second edition beside the first, is counted twice by whoever counts
answers: which one holds is for a person to say. A sheet of 株式会社カクウ in the folder `12_ひばりネット` lies in the wrong
place, or names somebody else than its vendor; in a folder of several vendors, none of which it is called by, it does not. What a
person decided of an older sheet is told on the newer one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import pyarrow as pa

from extractors.issue import Issue
from normalizers.values.organisations import organisation_key
from pipeline.assemble.decided.decided_before import decided_before_issues, find_decided_before
from pipeline.assemble.documents.standing_sheets import ListKey, age_of, is_current, is_standing, list_keys
from pipeline.assemble.rows import issue_row
from pipeline.dataset.tables import TABLE_BY_NAME, finish_table, plain_schema
from pipeline.document.origin.folder_vendor import folders_of, vendor_of_folders
from pipeline.document.origin.vendor import VendorSource
from pipeline.incremental.previous_run import Row
from pipeline.review.answers import CellDecision

_DOCUMENT_COLUMNS = [
    "document_id", "path", "container", "status", "version", "replaced_by", "duplicate_of", "received_at", "vendor", "vendor_key",
    "vendor_source", "service", "title",
]  # fmt: skip
_LIST_COLUMNS = ["document_id", "kind", "form_id", "form_family"]


def with_problems_of_all(
    tables: Mapping[str, pa.Table], decisions: Sequence[CellDecision], language: str
) -> dict[str, pa.Table]:
    """The tables with a problem on each current sheet that a newer one outdates, or that lies in another vendor's folder, and
    on each answer of which a person decided something in an older sheet."""
    received = tables["documents"].select(_DOCUMENT_COLUMNS).to_pylist()
    checklists = tables["checklists"].select(_LIST_COLUMNS).to_pylist()
    documents = [row for row in received if is_standing(row)]
    before = find_decided_before(received, checklists, tables["answers"], decisions) if decisions else []
    issues = [
        *find_double_receipts(documents, checklists),
        *find_misplaced(documents),
        *decided_before_issues(before),
    ]
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
    keys = list_keys(documents, checklists)
    groups: dict[ListKey, dict[str, Row]] = defaultdict(dict)
    for row in documents:
        for key in keys.get(row["document_id"], ()):
            groups[key][row["path"]] = row
    issues: dict[str, tuple[Row, Issue]] = {}
    for key in sorted(groups):
        *older, newest = sorted(groups[key].values(), key=age_of)
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


def _with_messages(documents: pa.Table, messages: Mapping[str, str]) -> pa.Table:
    """The documents, those that have nothing else to tell with these messages."""
    index = documents.schema.get_field_index("message")
    rows = documents.select(["path", "replaced_by", "status", "message"]).to_pylist()
    texts = [row["message"] or (messages.get(row["path"], "") if is_current(row) else "") for row in rows]
    return documents.set_column(index, documents.schema.field(index), pa.array(texts, pa.string()))
