"""A dataset in, its files, answers, cells, controls and problems as plain rows out.

The views choose (pipeline/query/views): which sheets stand, what an answer says of its control, what several answers say
together and what is a gap. Here it is only brought into shape, so that a query and a comparison cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from extractors.location import Location
from pipeline.assess.comparison.model import ControlLine, Key, Party, Reading, Sheet, Trouble
from pipeline.query.query import connect

_SHEETS = """
SELECT d.document_id, d.path, d.status, d.message, d.vendor, d.service, d.received_at, d.coverage,
       coalesce(k.checklist, 0) AS checklist, k.title, coalesce(k.kind, '') AS kind, coalesce(k.form_id, '') AS form_id,
       k.form_name, coalesce(k.items, 0) AS items,
       CASE WHEN s.document_id IS NULL THEN coalesce(nullif(k.kind::VARCHAR, ''), 'not_read')
            WHEN s.replaced_at IS NULL THEN 'used' ELSE 'older' END AS fate,
       if(s.document_id IS NULL, NULL, {'vendor': s.vendor_key, 'service': s.service_key}) AS key,
       (SELECT list(b.respondent ORDER BY b.respondent) FROM _blank_columns b
        WHERE b.document_id = s.document_id AND b.checklist = s.checklist) AS blank_columns
FROM documents d LEFT JOIN checklists k ON k.document_id = d.document_id AND d.duplicate_of IS NULL
LEFT JOIN sheets s ON s.document_id = k.document_id AND s.checklist = k.checklist
WHERE d.replaced_by IS NULL
ORDER BY d.path, k.checklist
"""
_PARTIES = """
SELECT vendor_key, service_key, if(bool_or(vendor_named), any_value(vendor), NULL) AS vendor,
       any_value(service) AS service, min(path) AS file
FROM _lists GROUP BY vendor_key, service_key ORDER BY NOT bool_or(vendor_named), vendor_key, service_key, file
"""
_READINGS = """
SELECT t.document_id, t.row, concat_ws(' ', nullif(t.item_no, ''), t.sub_item) AS item_no,
       t.sub_item, t.item, t.requirement, t.level, t.respondent, t.answer_raw, t.remarks, t.answer, t.planned_date, t.value,
       [option.label FOR option IN t.options IF option.checked] AS chosen, t.control_id, t.match_score,
       t.match_method, t.confidence, t.source, t.path, t.contradicted, t.state, g.why,
       {'vendor': t.vendor_key, 'service': t.service_key} AS key
FROM _turned t ANTI JOIN _blank_columns USING (document_id, checklist, respondent)
LEFT JOIN gaps g ON g.document_id = t.document_id AND g.row = t.row
WHERE t.replaced_at IS NULL
ORDER BY t.path, t.row
"""
_CELLS = "SELECT control_id, vendor_key, service_key, state, respondents_differ FROM matrix"
_CONTROLS = """
SELECT control_id, domain, name_ja, name_en, definition_ja AS definition, desired
FROM controls ORDER BY domain = 'new', domain, control_id
"""
_TROUBLES = """
SELECT document_id, path, severity, code, message, source FROM problems ORDER BY severity, code, path, message
"""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What a dataset holds: `states` are (state, whether respondents differ) by control id and key of the party."""

    sheets: tuple[Sheet, ...]
    parties: tuple[Party, ...]
    readings: tuple[Reading, ...]
    states: dict[tuple[str, Key], tuple[str, bool]]
    controls: tuple[ControlLine, ...]
    troubles: tuple[Trouble, ...]


def load(dataset: Path) -> Held:
    """Everything of all vendors; parties by name, those that no sheet names behind. Raises DatasetMissing."""
    with connect(dataset) as connection:
        connection.execute("SET enable_progress_bar = false")
        parties = tuple(_party(row) for row in _rows(connection, _PARTIES))
        places = {party.key: place for place, party in enumerate(parties)}
        return Held(
            tuple(_sheet(row, places) for row in _rows(connection, _SHEETS)),
            parties,
            tuple(_reading(row, places) for row in _rows(connection, _READINGS)),
            {
                (row["control_id"], (row["vendor_key"], row["service_key"])):
                    (row["state"], row["respondents_differ"])
                for row in _rows(connection, _CELLS)
            },
            tuple(ControlLine(**row) for row in _rows(connection, _CONTROLS)),
            tuple(Trouble(**row | {"source": _source(row["source"])}) for row in _rows(connection, _TROUBLES)),
        )  # fmt: skip


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Row]:
    """Rows by the names of their columns."""
    result = connection.execute(sql)
    columns = [column[0] for column in result.description]
    return (dict(zip(columns, row, strict=True)) for row in result.fetchall())


def _party(row: Row) -> Party:
    return Party((row["vendor_key"], row["service_key"]), row["vendor"], row["service"], row["file"])


def _sheet(row: Row, places: dict[Key, int]) -> Sheet:
    """The sheet; `party` is None where it is no vendor's filled list."""
    key = row.pop("key")
    party = places[key["vendor"], key["service"]] if key else None
    return Sheet(**row | {"party": party, "blank_columns": tuple(row["blank_columns"] or ())})


def _reading(row: Row, places: dict[Key, int]) -> Reading:
    key = row.pop("key")
    chosen = tuple(row["chosen"] or ())
    party = places[key["vendor"], key["service"]]
    return Reading(**row | {"source": _source(row["source"]), "chosen": chosen, "party": party})


def _source(told: Row | None) -> Location:
    told = told or {}
    bbox = told.get("bbox")
    return Location(told.get("page"), told.get("sheet"), told.get("cells"), tuple(bbox) if bbox else None)
