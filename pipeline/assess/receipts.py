"""A file, a document id or a path of a dataset in, the answers of that receipt out: one shape to compare them in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from pipeline.assemble.rows import answer_row
from pipeline.dataset.tables import read_table
from pipeline.document.process import DocumentResult
from pipeline.errors import NoSuchReceipt
from pipeline.query.differences import AnswerCell

_ID = re.compile(r"[0-9a-f]{6,16}")
_VENDORS = {"filled", "blank"}  # kinds of lists that a vendor fills in
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A received sheet: its name, its answers as cells to compare, and the place of each by row."""

    name: str
    cells: tuple[AnswerCell, ...]
    sources: Mapping[int, Row]


def dataset_to_receipt(dataset: Path, name: str) -> Receipt:
    """The receipt whose path, id or beginning of an id (six digits or more) is `name`.

    Raises NoSuchReceipt, and FileNotFoundError or pyarrow.ArrowException without a dataset.
    """
    documents = read_table(dataset, "documents").to_pylist()
    newest = [row for row in documents if row["path"] == name and row["replaced_by"] is None]
    paths_by_id = {row["document_id"]: row["path"] for row in newest}
    if not paths_by_id and _ID.fullmatch(name):
        read = [row for row in documents if row["duplicate_of"] is None]
        paths_by_id = {row["document_id"]: row["path"] for row in read if row["document_id"].startswith(name)}
    if len(paths_by_id) != 1:
        raise NoSuchReceipt(
            {"name": name, "dataset": dataset}, "diff_several" if paths_by_id else "diff_none"
        )
    [(document_id, path)] = paths_by_id.items()
    lists = _of(dataset, "checklists", document_id)
    filled = {row["checklist"] for row in lists if row["kind"] in _VENDORS}
    rows = [row for row in _of(dataset, "answers", document_id) if row["checklist"] in filled]
    return _receipt(path, rows)


def _of(dataset: Path, name: str, document_id: str) -> list[dict[str, Any]]:
    """The rows of a table that belong to a document."""
    table = read_table(dataset, name)
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["document_id"], document_id)).to_pylist()
    return rows


def outcome_to_receipt(outcome: DocumentResult) -> Receipt:
    """The receipt that a file gave when it was read."""
    rows: list[Row] = []
    for number, checklist in enumerate(outcome.checklists, 1):
        for record in checklist.records if checklist.kind in _VENDORS else ():
            rows.append(answer_row(outcome.file.document_id, (number, len(rows) + 1), record))
    return _receipt(outcome.file.name, rows)


def _receipt(name: str, rows: Sequence[Row]) -> Receipt:
    vendor_rows = [row for row in rows if row["respondent"] != "customer"]
    cells = tuple(row_to_cell(row) for row in vendor_rows)
    return Receipt(name, cells, {row["row"]: row["source"] for row in vendor_rows})


def row_to_cell(row: Row) -> AnswerCell:
    """What is compared of a row of answers."""
    date = row["planned_date"]
    cell = AnswerCell(
        row["row"], row["item_id"], row["item_no"], row["sub_item"], row["respondent"], row["category"], row["item"],
        row["requirement"], row["answer"], row["answer_raw"], row["remarks"], date.isoformat() if date else None,
    )  # fmt: skip
    value = row["value"]
    if value is None:
        return cell
    return replace(
        cell,
        canonical=value["canonical"],
        canonical_unit=value["canonical_unit"],
        bound=value["bound"],
    )
