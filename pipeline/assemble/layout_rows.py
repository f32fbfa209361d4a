"""Layouts in, rows of the table layouts out: plain dicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractors.checklist.model import ChecklistColumn, TableLayout
from pipeline.document.layouts import area_text, column_range
from pipeline.document.process import DocumentResult

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
