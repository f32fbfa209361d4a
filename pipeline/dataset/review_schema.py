"""The tables for people's review: how each table of a sheet is read or would be read, and what people decided.

A form whose table is only probably a list of questions stands in `layouts` as `proposed`, its rival as rank 2 (回答 in F or in
G?); a person's word on it stands in `decisions`, and nothing of it in `answers` before that.
"""

from __future__ import annotations

import pyarrow as pa

from pipeline.dataset.table_spec import TableSpec, described

_WORD = pa.dictionary(pa.int32(), pa.string())
_COLUMNS = pa.list_(
    pa.struct(
        [
            ("columns", pa.string()),
            ("header", pa.string()),
            ("role", pa.string()),
            ("respondent", pa.string()),
            ("choice", pa.string()),
            ("score", pa.float32()),
        ]
    )
)
_SAMPLE = pa.list_(
    pa.struct([("number", pa.string()), ("requirement", pa.string()), ("answer", pa.string())])
)

_LAYOUTS = pa.schema(
    [
        described("document_id", pa.string(), "The file"),
        described(
            "checklist",
            pa.int32(),
            "The checklist of the document that was read by it; null for a proposal",
            True,
        ),
        described("form_key", pa.string(), "The same for every copy of a form, whoever filled it in"),
        described("list_kind", pa.string(), "What kind of list it is; null where nothing decided it", True),
        described("rank", pa.int32(), "1 for the best reading of the table, 2 for its rival, …"),
        described("sheet", pa.string(), "Sheet of a workbook", True),
        described("page", pa.int32(), "Page of a PDF, from 1", True),
        described(
            "area",
            pa.string(),
            "The table's A1 range; on a page its box, left,top,right,bottom in PDF points from the page's top left",
            True,
        ),
        described(
            "header_rows",
            pa.list_(pa.int32()),
            "First and last header row, from 1 inside the sheet or table; empty where it has none",
        ),
        described(
            "columns",
            _COLUMNS,
            "From left to right: letters of a sheet (C, C:D) or numbers from 1 (3, 3:4), header as printed, role, who answers, "
            "the answer that a tick in the column stands for, and how likely the role is, 0 to 1",
        ),
        described("p", pa.float32(), "How likely the table is a list with this question column, 0 to 1"),
        described(
            "margin",
            pa.float32(),
            "How far the next reading with another question or answer column is behind, 0 to 1",
        ),
        described("sample", _SAMPLE, "Up to three rows as they are read, or would be"),
        described(
            "decided_by",
            _WORD,
            "words (of the header), evidence (of all cells), same_form or reviewed (a person)",
        ),
        described("status", _WORD, "used, or proposed: seen, and too unsure to be stored as answers"),
    ]
)

_DECISIONS = pa.schema(
    [
        described(
            "kind",
            _WORD,
            "What was decided: layout, answer, reply, date, vendor, service, alignment, direction, legend or exception",
        ),
        described(
            "key",
            pa.string(),
            "What it was decided of, several parts joined by |: of a layout its form_key, of an answer sha256, item_id, sub_item "
            "and respondent (docs/decisions.md)",
        ),
        described(
            "value",
            pa.string(),
            "What was decided, several parts joined by |: of a layout the roles of the columns, empty where it is no list",
        ),
        described("who", pa.string(), "Who decided"),
        described("at", pa.string(), "When, as it stands in the file of decisions"),
        described("why", pa.string(), "The reason given, empty where none was"),
        described(
            "applied",
            pa.int32(),
            "How many documents (layout, legend, date, vendor, service, exception) or answers (the other kinds) it reaches; 0 "
            "where it fits nothing, or a later decision outranks it",
        ),
    ]
)

LAYOUTS = TableSpec(
    "layouts",
    "How each table of a document is read, and readings that wait for a person.",
    _LAYOUTS,
    ("document_id",),
)
DECISIONS = TableSpec("decisions", "Decisions of people that are in force.", _DECISIONS, ("kind", "key"))
