"""A dataset in, the sheets `answers`, `replies` and `directions` of the review workbook out: what a person has to say.

answers      rows that were not understood, that have a caveat, or that were not read surely, the least sure first
replies      what a vendor has left open: blank, not disclosed, not understood, with words beside a yes
directions   items of which it is not known whether はい is good, those that were answered most often first
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from normalizers.answers.model import ANSWERS
from pipeline.outputs.review.decided_rows import DecisionSheet
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn
from pipeline.query.query import connect, result_rows
from pipeline.review.answers import answer_cells, item_cells
from pipeline.review.decision import DecisionKind

Row = Mapping[str, Any]
_DOUBTFUL = 0.6  # confidence under which an answer is shown
_OF_CELL = (
    SheetColumn("sha256", 10), SheetColumn("item_id", 10), SheetColumn("sub_item", 10), SheetColumn("respondent", 11),
    SheetColumn("path", 30), SheetColumn("place", 16), SheetColumn("no", 8), SheetColumn("question", 50),
    SheetColumn("printed", 24), SheetColumn("remarks", 30), SheetColumn("read", 14),
)  # fmt: skip
_MEANT = (SheetColumn("answer", 14, ANSWERS), SheetColumn("figure", 14), SheetColumn("planned_date", 13))
ANSWER_SHEET = DecisionSheet(
    "answers",
    DecisionKind.ANSWER,
    (*_OF_CELL, *_MEANT, SheetColumn("note", 30)),
    ("answer", "figure", "planned_date"),
)
REPLY_SHEET = DecisionSheet(
    "replies",
    DecisionKind.REPLY,
    (*_OF_CELL, *_MEANT, SheetColumn("received", 13), SheetColumn("words", 40), SheetColumn("note", 30)),
    ("answer", "figure", "planned_date", "received", "words"),
)
DIRECTION_SHEET = DecisionSheet(
    "directions",
    DecisionKind.DIRECTION,
    (
        SheetColumn("item_id", 10), SheetColumn("form", 24), SheetColumn("no", 8), SheetColumn("name", 18),
        SheetColumn("requirement", 60), SheetColumn("control", 30), SheetColumn("yes", 6), SheetColumn("no answered", 6),
        SheetColumn("good", 8, ("yes", "no")), SheetColumn("note", 30),
    ),
    ("good",),
)  # fmt: skip
DECISION_SHEETS = (ANSWER_SHEET, REPLY_SHEET, DIRECTION_SHEET)
_CELLS = """
SELECT t.*, d.sha256 FROM latest t JOIN documents d ON d.document_id = t.document_id AND d.duplicate_of IS NULL
    AND d.replaced_by IS NULL
WHERE {} ORDER BY {}
"""
_ANSWERS = (
    f"NOT t.decided AND (t.contradicted OR t.answer = 'unclear' OR t.caveat IS NOT NULL OR t.confidence < {_DOUBTFUL})",
    "t.answer <> 'unclear', t.confidence, t.path, t.row",
)
_REPLIES = (
    "NOT t.decided AND (t.contradicted OR t.caveat IS NOT NULL OR t.answer IN ('unclear', 'unanswered', 'undisclosed'))",
    "t.vendor, t.path, t.row",
)
_DIRECTIONS = """
SELECT item_id, any_value(form_name) AS form_name, any_value(item_no) AS item_no, any_value(item) AS item,
       any_value(sub_item) AS sub_item, any_value(requirement) AS requirement, any_value(control_name) AS control_name,
       count(*) FILTER (answer = 'yes') AS yes, count(*) FILTER (answer = 'no') AS no
FROM latest WHERE answer IN ('yes', 'no') AND favourable IS NULL AND caveat IS NULL AND NOT contradicted
GROUP BY item_id ORDER BY count(*) DESC, item_id
"""


def decision_sheets(dataset: Path) -> list[BookSheet]:
    """The sheets, each with a row for everything that waits for a person. Raises DatasetMissing."""
    with connect(dataset) as connection:
        answers, replies = (
            result_rows(connection.execute(_CELLS.format(*which))) for which in (_ANSWERS, _REPLIES)
        )
        directions = result_rows(connection.execute(_DIRECTIONS))
    return [
        _sheet(ANSWER_SHEET, [_cell_row(row) for row in answers]),
        _sheet(REPLY_SHEET, [_cell_row(row) for row in replies]),
        _sheet(DIRECTION_SHEET, [_direction_row(row) for row in directions]),
    ]


def _sheet(sheet: DecisionSheet, rows: list[dict[str, Any]]) -> BookSheet:
    titles = [column.title for column in sheet.columns]
    return BookSheet(sheet.title, sheet.columns, [[row.get(title, "") for title in titles] for row in rows])


def _cell_row(row: Row) -> dict[str, Any]:
    """What is known of a cell, with the cells in which a person decides left empty."""
    return answer_cells(row, row) | {
        "no": row["item_no"], "printed": row["answer_raw"], "remarks": row["remarks"], "read": row["answer"],
    }  # fmt: skip


def _direction_row(row: Row) -> dict[str, Any]:
    return item_cells(row) | {
        "form": row["form_name"] or "", "no": row["item_no"], "control": row["control_name"] or "", "yes": row["yes"],
        "no answered": row["no"],
    }  # fmt: skip
