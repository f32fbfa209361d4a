"""A run's tables in, the same out with a problem for each sheet that a newer one of the same vendor, form and service follows.

A vendor that sends the workbook and its print, or a second edition beside the first, is counted twice by whoever counts
answers: both stand in the dataset, and which one holds is for a person to say.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa

from extractors.issue import Issue
from normalizers.text import fold
from pipeline.assemble.rows import issue_row
from pipeline.dataset.tables import TABLE_BY_NAME, finish_table, plain_schema
from pipeline.document.status import READ, ChecklistKind
from pipeline.incremental.plan import RunPlan
from pipeline.incremental.previous_run import Row

TWICE = "form_received_twice"
_Key = tuple[str, str, str]  # vendor, service, form or family of forms


def with_double_receipts(tables: Mapping[str, pa.Table], plan: RunPlan) -> dict[str, pa.Table]:
    """The tables with a problem on each current sheet that another one of the same form outdates."""
    documents = [row for row in tables["documents"].to_pylist() if _counts(row, plan.versions)]
    issues = find_double_receipts(documents, tables["checklists"].to_pylist())
    if not issues:
        return dict(tables)
    ids = {row["path"]: row["document_id"] for row in documents}
    rows = [issue_row(ids[path], path, issue, plan.options.language) for path, issue in issues.items()]
    spec = TABLE_BY_NAME["problems"]
    added = pa.Table.from_pylist(rows, schema=plain_schema(spec))
    problems = pa.concat_tables([tables["problems"].cast(plain_schema(spec)), added])
    messages = {row["path"]: row["message"] for row in rows}
    return dict(tables) | {
        "problems": finish_table(spec, problems),
        "documents": _with_messages(tables["documents"], messages, plan.versions),
    }


def find_double_receipts(documents: Sequence[Row], checklists: Sequence[Row]) -> dict[str, Issue]:
    """The issue of each older sheet by its path; `documents` are those that count, `checklists` of all documents."""
    keys = _keys_of(documents, checklists)
    groups: dict[_Key, dict[str, Row]] = defaultdict(dict)
    for row in documents:
        for key in keys.get(row["document_id"], ()):
            groups[key][row["path"]] = row
    issues: dict[str, Issue] = {}
    for key in sorted(groups):
        *older, newest = sorted(groups[key].values(), key=_age)
        for row in older:
            params = {"other": newest["path"], "vendor": row["vendor"]}
            issues.setdefault(row["path"], Issue("form_received_twice", params=params))
    return issues


def _keys_of(documents: Sequence[Row], checklists: Sequence[Row]) -> dict[str, set[_Key]]:
    """Document → vendor, service and form of each list that it fills in."""
    of_vendor = {r["document_id"]: (r["vendor_key"], fold(r["service"] or "")) for r in documents}
    keys: dict[str, set[_Key]] = defaultdict(set)
    for entry in checklists:
        if entry["kind"] == ChecklistKind.FILLED and entry["document_id"] in of_vendor:
            vendor, service = of_vendor[entry["document_id"]]
            keys[entry["document_id"]].add((vendor, service, entry["form_family"] or entry["form_id"]))
    return keys


def _counts(row: Row, versions: Mapping[str, int]) -> bool:
    """Whether a document is one of the folder, read, of a known vendor, and no copy of another."""
    is_current = versions.get(row["path"]) == row["version"]
    return is_current and row["status"] in READ and bool(row["vendor_key"]) and row["duplicate_of"] is None


def _age(row: Row) -> tuple[dt.date, str]:
    return (row["received_at"] or dt.date.min, row["path"])


def _with_messages(documents: pa.Table, messages: Mapping[str, str], versions: Mapping[str, int]) -> pa.Table:
    """The documents, those that have nothing else to tell with these messages."""
    index = documents.schema.get_field_index("message")
    rows = documents.select(["path", "version", "message"]).to_pylist()
    texts = [row["message"] or _message_of(row, messages, versions) for row in rows]
    return documents.set_column(index, documents.schema.field(index), pa.array(texts, pa.string()))


def _message_of(row: Row, messages: Mapping[str, str], versions: Mapping[str, int]) -> str:
    is_current = versions.get(row["path"]) == row["version"]
    return messages.get(row["path"], "") if is_current else ""
