"""A dataset in, what changed of each vendor since its last sheet and what has not come again out.

Better and worse are the catalogue's: an answer that was hoped for and is not any more is worse, 取得済み → 未取得 for instance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.query.query import connect, result_rows

_CHANGES = """
SELECT vendor, coalesce(service, '') AS service, vendor_key, change, item_no, requirement, old_requirement, old_answer::VARCHAR AS
       old_answer, new_answer::VARCHAR AS new_answer, old_answer_raw, new_answer_raw, old_remarks, new_remarks, polarity,
       old_favourable, new_favourable, old_received_at, new_received_at, old_path, new_path, old_row, new_row,
       CASE WHEN change = 'reworded' AND NOT answer_changed THEN '' WHEN coalesce(polarity, 'same') <> 'same' THEN ''
            WHEN new_favourable AND NOT old_favourable THEN 'better' WHEN old_favourable AND NOT new_favourable THEN 'worse'
            WHEN change = 'answer' AND old_favourable AND new_favourable IS NULL THEN 'worse'
            WHEN change = 'answer' AND new_favourable AND old_favourable IS NULL THEN 'better' ELSE '' END AS direction
FROM changes WHERE $day IS NULL OR new_received_at <= $day
"""
_PAIRS = """
SELECT vendor, coalesce(service, '') AS service, old_path, new_path, old_received_at, new_received_at,
       count(*) AS changes, count(*) FILTER (direction = 'better') AS better, count(*) FILTER (direction = 'worse') AS worse
FROM ({changes}) GROUP BY ALL ORDER BY worse DESC, changes DESC, vendor, new_path
"""
_STANDING = """
SELECT vendor, service, form_name, received_at, path FROM sheets
WHERE replaced_at IS NULL AND (received_at IS NULL OR received_at < $since) ORDER BY received_at NULLS FIRST, vendor, path
"""


@dataclass(frozen=True, slots=True)
class YearlyPair:
    """Two receipts of one form by one vendor, and how many of its answers changed, for the better and the worse."""

    vendor: str
    service: str
    old_path: str
    new_path: str
    old_received_at: dt.date | None
    new_received_at: dt.date | None
    changes: int
    better: int
    worse: int


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet that stands though it is older than the day from which on new ones were asked for."""

    vendor: str
    service: str | None
    form_name: str | None
    received_at: dt.date | None
    path: str


def read_yearly_pairs(dataset: Path, day: dt.date | None = None) -> list[YearlyPair]:
    """Every two receipts that differ, those with something worse first; `day` leaves out what came later."""
    with connect(dataset) as connection:
        sql = _PAIRS.format(changes=_CHANGES)
        return [YearlyPair(**row) for row in result_rows(connection.execute(sql, {"day": day}))]


def read_yearly_changes(dataset: Path, old_path: str, new_path: str) -> list[Mapping[str, Any]]:
    """What changed between two receipts, worse first, then in the order of the newer sheet."""
    order = "ORDER BY direction <> 'worse', direction <> 'better', new_row NULLS LAST, old_row"
    sql = f"SELECT * FROM ({_CHANGES}) WHERE old_path = $old AND new_path = $new {order}"
    with connect(dataset) as connection:
        return list(result_rows(connection.execute(sql, {"day": None, "old": old_path, "new": new_path})))


def read_old_sheets(dataset: Path, since: dt.date) -> list[OldSheet]:
    """The sheets that stand and were received before `since`, or at a time that nothing tells."""
    with connect(dataset) as connection:
        return [OldSheet(**row) for row in result_rows(connection.execute(_STANDING, {"since": since}))]
