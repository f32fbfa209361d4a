"""A dataset in, its checklists, answers, controls and problems as plain rows out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline.analyse.query import connect
from pipeline.analyse.standing.model import ControlLine, Reading, Sheet, Source, Trouble
from pipeline.analyse.standing.states import state_of

_SHEETS = """
SELECT d.document_id, d.path, d.status, d.message, d.vendor, d.service, d.received_at, d.coverage,
       coalesce(k.checklist, 0) AS checklist, k.title, coalesce(k.kind, '') AS kind, coalesce(k.form_id, '') AS form_id,
       k.form_name, coalesce(k.items, 0) AS items
FROM documents d LEFT JOIN checklists k ON k.document_id = d.document_id AND d.duplicate_of IS NULL
WHERE d.replaced_by IS NULL
ORDER BY d.path, k.checklist
"""
# A duplicate has the id of the file that was read: joined by the id alone it would double every row.
_READINGS = """
SELECT a.document_id, a.checklist, a.row, k.form_id, concat_ws(' ', nullif(a.item_no, ''), a.sub_item) AS item_no,
       a.sub_item, a.item, a.requirement, a.level, a.respondent, a.answer_raw, a.remarks, a.answer, a.planned_date, a.value,
       [option.label FOR option IN a.options IF option.checked] AS chosen, a.item_id, a.control_id, a.match_score,
       a.match_method, a.favourable, a.confidence, a.source, m.polarity, d.path
FROM answers a
JOIN documents d ON d.document_id = a.document_id AND d.duplicate_of IS NULL AND d.replaced_by IS NULL
JOIN checklists k ON k.document_id = a.document_id AND k.checklist = a.checklist AND k.kind = 'filled'
LEFT JOIN alignments m ON m.item_id = a.item_id AND m.control_id = a.control_id AND m.rank = 1
ORDER BY d.path, a.row
"""
_CONTROLS = """
SELECT control_id, domain, name_ja, name_en, definition_ja AS definition, desired
FROM controls ORDER BY domain = 'new', domain, control_id
"""
_TROUBLES = """
SELECT document_id, path, severity, code, message, source FROM problems ORDER BY severity, code, path, message
"""
Row = dict[str, Any]


def load(
    dataset: Path,
) -> tuple[list[Sheet], list[Reading], list[ControlLine], list[Trouble]]:
    """Sheets of all files, answers of filled sheets, controls and problems. Raises DatasetMissing."""
    with connect(dataset) as connection:
        connection.execute("SET enable_progress_bar = false")
        sheets = [Sheet(**row) for row in _rows(connection, _SHEETS)]
        troubles = [
            Trouble(**row | {"source": _source(row["source"])}) for row in _rows(connection, _TROUBLES)
        ]
        codes = _codes(troubles)
        readings = [_reading(row, codes) for row in _rows(connection, _READINGS)]
        controls = [ControlLine(**row) for row in _rows(connection, _CONTROLS)]
    return sheets, readings, controls, troubles


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Row]:
    """Rows by the names of their columns."""
    result = connection.execute(sql)
    columns = [column[0] for column in result.description]
    return (dict(zip(columns, row, strict=True)) for row in result.fetchall())


def _source(told: Row | None) -> Source:
    told = told or {}
    bbox = told.get("bbox")
    return Source(told.get("page"), told.get("sheet"), told.get("cells"), tuple(bbox) if bbox else None)


def _codes(troubles: list[Trouble]) -> dict[tuple[str, Source], set[str]]:
    """(document, place) → codes of the problems there; a problem without a place is about no single answer."""
    codes: dict[tuple[str, Source], set[str]] = defaultdict(set)
    for trouble in troubles:
        if trouble.source != Source():
            codes[trouble.document_id, trouble.source].add(trouble.code)
    return codes


def _reading(row: Row, codes: dict[tuple[str, Source], set[str]]) -> Reading:
    source = _source(row["source"])
    found = frozenset(codes.get((row["document_id"], source), ()))
    chosen = tuple(row["chosen"] or ())
    reading = Reading(**row | {"source": source, "codes": found, "chosen": chosen})
    return replace(reading, state=state_of(reading))
