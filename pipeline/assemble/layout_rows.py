"""Layouts and people's decisions on them in, rows of the tables layouts and decisions out: plain dicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pyarrow as pa

from extractors.checklist.model import ChecklistColumn, LayoutSource, TableLayout
from pipeline.document.layout_decisions import decisions_key
from pipeline.document.layouts import area_text, column_range
from pipeline.document.process import DocumentResult
from pipeline.incremental.previous_run import KnownDocument
from pipeline.review.layouts import ReviewedLayout, join_roles

Row = dict[str, Any]


def layout_rows(outcome: DocumentResult) -> list[Row]:
    """The file's rows in layouts: in reading order, the rivals of a table behind its best reading."""
    return [_layout_row(outcome, layout) for layout in outcome.layouts]


def _layout_row(outcome: DocumentResult, layout: TableLayout) -> Row:
    number = layout.checklist
    columns = () if number is None else outcome.checklists[number - 1].checklist.columns
    first, last = layout.header_rows
    return {
        "document_id": outcome.file.document_id, "checklist": number, "form_key": layout.form_key,
        "list_kind": None,  # nothing decides it yet
        "rank": layout.rank, "sheet": layout.location.sheet, "page": layout.location.page, "area": area_text(layout),
        "header_rows": [first, last] if first <= last else [], "columns": _column_structs(layout, columns),
        "p": layout.p, "margin": layout.margin,
        "sample": [{"number": n, "requirement": question, "answer": answer} for n, question, answer in layout.sample],
        "decided_by": layout.decided_by, "status": layout.status,
    }  # fmt: skip


def _column_structs(layout: TableLayout, columns: Iterable[ChecklistColumn]) -> list[Row]:
    """The columns of a layout; who answers in one, and what a tick in it means, is known once its list was read."""
    read = {(column.start, column.end): column for column in columns}
    structs = []
    for column in layout.columns:
        twin = read.get((column.start, column.end))
        structs.append(
            {"columns": column_range(layout, column), "header": column.label, "role": column.role,
             "respondent": twin.respondent if twin else None, "choice": twin.choice if twin else None,
             "score": column.score}
        )  # fmt: skip
    return structs


def decision_rows(
    reviewed: Sequence[ReviewedLayout], known: Sequence[KnownDocument], layouts: pa.Table
) -> list[Row]:
    """The decisions in force, and how many documents follow each."""
    follows = _following(layouts)
    decisions = [entry.decision for entry in reviewed]
    without_list: dict[str, set[str]] = {}
    for document in known:
        keys = document.forms.split()
        if keys and document.decided == decisions_key(keys, decisions):
            for key in keys:
                without_list.setdefault(key, set()).add(document.document_id)
    return [
        {"kind": "layout", "key": entry.form_key, "value": join_roles(entry.roles), "who": entry.who, "at": entry.at,
         "why": entry.why, "applied": len((follows if entry.roles else without_list).get(entry.form_key, ()))}
        for entry in reviewed
    ]  # fmt: skip


def _following(layouts: pa.Table) -> dict[str, Collection[str]]:
    """Key of a form → the documents that are read as a person decided."""
    follows: dict[str, set[str]] = {}
    rows = zip(
        *(layouts[name].to_pylist() for name in ("form_key", "decided_by", "document_id")), strict=True
    )
    for form_key, decided_by, document_id in rows:
        if decided_by == LayoutSource.REVIEWED:
            follows.setdefault(form_key, set()).add(document_id)
    return dict(follows)
