"""A dataset in, the answers that a person should look at out, worst first: what was read, why it is unsure, where it stands.

Nothing is in the queue that a person decided. A cell is there once, with the gravest reason: what a person had decided of an
older sheet, and is read otherwise now, before `○ ×` in one cell, that before a yes whose remark has to be read, that before a
question of which nobody knows whether はい is good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.location import Location
from pipeline.assemble.rows import struct_to_location
from pipeline.query.query import connect, result_rows

REASONS = ("decided_before", "contradicted", "unclear", "caveat", "direction", "doubtful", "weak_match")
DOUBTFUL = 0.7  # confidence under which a person should look: at 0.9 and below, 3.3 % of rows were not exact
WEAK = 0.55  # likeness under which an aligned control is little surer than one that is not accepted at all
_ITEMS = """
WITH told AS (
    SELECT document_id, source, list(message ORDER BY severity, message) AS messages,
           bool_or(code IN ('decided_before', 'changed_since_decided')) AS decided_before
    FROM problems GROUP BY document_id, source
), chosen AS (
    SELECT l.*, CASE
        WHEN l.decided THEN NULL
        WHEN t.decided_before THEN 'decided_before'
        WHEN contradicted THEN 'contradicted' WHEN l.answer = 'unclear' THEN 'unclear' WHEN state = 'caveat' THEN 'caveat'
        WHEN state = 'polarity_unclear' THEN 'direction' WHEN confidence < $doubtful THEN 'doubtful'
        WHEN match_method = 'fuzzy' AND match_score < $weak AND NOT starts_with(control_id, 'new:') THEN 'weak_match'
        END AS reason, coalesce(t.messages, []) AS messages
    FROM latest l LEFT JOIN told t ON t.document_id = l.document_id AND t.source = l.source
    ANTI JOIN _blank_columns b
        ON b.document_id = l.document_id AND b.checklist = l.checklist AND b.respondent = l.respondent
)
SELECT c.document_id, c."row" AS "row", c.path, d.sha256, c.vendor, c.service, c.item_no, c.sub_item, c.category, c.item,
       c.requirement, c.respondent, c.item_id, c.answer::VARCHAR AS answer, c.answer_raw, c.remarks, c.caveat,
       c.answer_rule::VARCHAR AS answer_rule, c.planned_date, c.value, c.control_id, c.control_name, c.control_name_en,
       c.polarity, c.desired, c.decided, c.answer_read::VARCHAR AS answer_read,
       c.match_score, c.confidence, c.source, coalesce(c.reason, '') AS reason,
       c.messages
FROM chosen c JOIN documents d ON d.document_id = c.document_id AND d.path = c.path
"""
_FIRST = "ORDER BY list_position($order, c.reason), (c.level = 'mandatory') DESC NULLS LAST, c.confidence, c.path, c.\"row\""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An answer cell to look at: the row of `answers` with names of its vendor and control, and why it is here.

    `reason` is one of REASONS, "" for an answer that nothing speaks against; `messages` are the problems at its place.
    """

    row: Mapping[str, Any]
    reason: str
    messages: tuple[str, ...]
    location: Location

    @property
    def reference(self) -> str:
        """What names it in an address: id of the document and row."""
        return f"{self.row['document_id']}:{self.row['row']}"

    @property
    def planned_date(self) -> dt.date | None:
        """When it will be done, where that was read."""
        date: dt.date | None = self.row["planned_date"]
        return date


def read_review_queue(dataset: Path) -> list[QueueItem]:
    """All answers to look at, worst first. Raises DatasetMissing."""
    return _items(dataset, f"{_ITEMS} WHERE c.reason IS NOT NULL {_FIRST}", {"order": list(REASONS)})


def read_queue_item(dataset: Path, reference: str) -> QueueItem | None:
    """The answer that `DOCUMENT:ROW` names (an id or a path), sure or not; None where none stands there."""
    name, _, number = reference.rpartition(":")
    if not number.isdecimal():
        return None
    condition = 'WHERE (c.document_id = $name OR c.path = $name) AND c."row" = $number'
    items = _items(dataset, f"{_ITEMS} {condition}", {"name": name, "number": int(number)})
    return items[0] if items else None


def read_control_names(dataset: Path) -> list[Mapping[str, str]]:
    """Id, names and domain of every control of the dataset, by domain and name. Raises DatasetMissing."""
    sql = "SELECT control_id, name_ja, name_en, domain FROM controls ORDER BY domain = 'new', domain, name_ja"
    with connect(dataset) as connection:
        return list(result_rows(connection.execute(sql)))


def _items(dataset: Path, sql: str, values: Mapping[str, Any]) -> list[QueueItem]:
    with connect(dataset) as connection:
        rows = result_rows(connection.execute(sql, {**values, "doubtful": DOUBTFUL, "weak": WEAK}))
    return [
        QueueItem(row, row["reason"], tuple(row["messages"]), struct_to_location(row["source"]))
        for row in rows
    ]
