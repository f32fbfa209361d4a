"""A dataset in, its files, answers, cells, controls and problems as plain rows out.

The views choose (pipeline/query/views): which sheets stand, what an answer says of its control, what several answers say
together and what is a gap. Here it is only brought into shape, so that a query and a comparison cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from extractors.location import Location
from pipeline.assess.comparison.model import (
    ControlLine,
    Key,
    Party,
    ProblemRow,
    ReceivedSheet,
    VendorResponse,
)
from pipeline.query.query import result_rows

_SHEETS = """
SELECT d.document_id, d.path, d.status, d.message, d.vendor, d.service, d.received_at, d.coverage,
       coalesce(k.checklist, 0) AS checklist, k.title, coalesce(k.kind, '') AS kind, coalesce(k.form_id, '') AS form_id,
       k.form_name, coalesce(k.items, 0) AS items,
       CASE WHEN s.document_id IS NULL THEN coalesce(nullif(k.kind::VARCHAR, ''), 'not_read')
            WHEN s.removed THEN 'removed' WHEN s.replaced_at IS NULL THEN 'used' ELSE 'older' END AS fate,
       if(s.document_id IS NULL OR s.removed, NULL, {'vendor': s.vendor_key, 'service': s.service_key}) AS key,
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
FROM _lists WHERE NOT removed GROUP BY vendor_key, service_key ORDER BY NOT bool_or(vendor_named), vendor_key, service_key, file
"""
_RESPONSES = """
SELECT t.document_id, t.row, concat_ws(' ', nullif(t.item_no, ''), t.sub_item) AS item_no,
       t.sub_item, t.item, t.requirement, t.level, t.respondent, t.answer_raw, t.remarks, t.answer, t.caveat,
       t.planned_date, t.value,
       [option.label FOR option IN t.options IF option.checked] AS chosen, t.control_id, t.match_score,
       t.match_method, t.confidence, t.source, t.path, t.contradicted, t.state, g.why,
       c.document_id IS NOT NULL AS contradicts,
       {'vendor': t.vendor_key, 'service': t.service_key} AS key
FROM _turned t ANTI JOIN _blank_columns USING (document_id, checklist, respondent)
LEFT JOIN gaps g ON g.document_id = t.document_id AND g.row = t.row
LEFT JOIN (
    SELECT one_document AS document_id, one_row AS "row" FROM _contradictions
    UNION SELECT other_document, other_row FROM _contradictions
) c ON c.document_id = t.document_id AND c.row = t.row
WHERE t.replaced_at IS NULL AND NOT t.removed
ORDER BY t.path, t.row
"""
_CELLS = "SELECT control_id, vendor_key, service_key, state, respondents_differ FROM matrix"
_CONTROLS = """
SELECT control_id, domain, name_ja, name_en, definition_ja AS definition, desired
FROM controls ORDER BY domain = 'new', domain, control_id
"""
_PROBLEMS = """
SELECT document_id, path, severity, code, message, source FROM problems ORDER BY severity, code, path, message
"""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DatasetRows:
    """What a dataset holds: `states` are (state, whether respondents differ) by control id and key of the party."""

    sheets: tuple[ReceivedSheet, ...]
    parties: tuple[Party, ...]
    responses: tuple[VendorResponse, ...]
    states: dict[tuple[str, Key], tuple[str, bool]]
    controls: tuple[ControlLine, ...]
    problems: tuple[ProblemRow, ...]


def read_dataset_rows(connection: duckdb.DuckDBPyConnection) -> DatasetRows:
    """Everything of all vendors of an open dataset; parties by name, those that no sheet names behind."""
    connection.execute("SET enable_progress_bar = false")
    parties = tuple(_party(row) for row in result_rows(connection.execute(_PARTIES)))
    party_indices = {party.key: index for index, party in enumerate(parties)}
    return DatasetRows(
        tuple(_sheet(row, party_indices) for row in result_rows(connection.execute(_SHEETS))),
        parties,
        tuple(_response(row, party_indices) for row in result_rows(connection.execute(_RESPONSES))),
        {
            (row["control_id"], (row["vendor_key"], row["service_key"])):
                (row["state"], row["respondents_differ"])
            for row in result_rows(connection.execute(_CELLS))
        },
        tuple(ControlLine(**row) for row in result_rows(connection.execute(_CONTROLS))),
        tuple(ProblemRow(**row | {"source": _source(row["source"])}) for row in result_rows(connection.execute(_PROBLEMS))),
    )  # fmt: skip


def _party(row: Row) -> Party:
    return Party((row["vendor_key"], row["service_key"]), row["vendor"], row["service"], row["file"])


def _sheet(row: Row, party_indices: dict[Key, int]) -> ReceivedSheet:
    """The sheet; `party` is None where it is no vendor's filled list."""
    key = row.pop("key")
    party = party_indices[key["vendor"], key["service"]] if key else None
    return ReceivedSheet(**row | {"party": party, "blank_columns": tuple(row["blank_columns"] or ())})


def _response(row: Row, party_indices: dict[Key, int]) -> VendorResponse:
    key = row.pop("key")
    chosen = tuple(row["chosen"] or ())
    party = party_indices[key["vendor"], key["service"]]
    return VendorResponse(**row | {"source": _source(row["source"]), "chosen": chosen, "party": party})


def _source(row: Row | None) -> Location:
    row = row or {}
    bbox = row.get("bbox")
    return Location(row.get("page"), row.get("sheet"), row.get("cells"), tuple(bbox) if bbox else None)
