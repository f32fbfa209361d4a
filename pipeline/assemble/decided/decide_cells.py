"""Answers as read and people's decisions on single cells in, the answers that stand out, and what was read of the decided ones.

A decision finds its row by document, item, sub-item and respondent. Where two rows have that name, or where the row stands on
another sheet or page than it did, its place has to be the one that was decided on: no decision is ever given to a cell that may
be another. `○` read as yes and decided as no becomes no, rule `reviewed`, and `answer_read` says yes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from normalizers.answers.model import AnswerValue
from normalizers.text import fold
from pipeline.assemble.rows import value_struct
from pipeline.dataset.tables import TABLE_BY_NAME, plain_schema
from pipeline.review.answers import CellDecision, CellKey, cell_key, place_text
from pipeline.review.decision import Decision

REVIEWED = "reviewed"
_NAMES = ("document_id", "item_id", "sub_item", "respondent", "source", "requirement", "item")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DecidedAnswers:
    """The answers after the decisions, the rows that were decided as they were read, and how many rows each decision
    reached: 1, or 0 where it fits none or a later one outranks it."""

    answers: pa.Table
    as_read: pa.Table
    applied: Mapping[Decision, int]


def decide_cells(answers: pa.Table, decisions: Sequence[CellDecision]) -> DecidedAnswers:
    """Lay the decisions over `answers`, a table as read, of plain schema; of one row the last decision counts."""
    targets = _targets(answers, decisions)
    by_row = {row: decision for decision, row in targets if row is not None}
    reached = {by_row[row].decision: 1 for row in by_row}
    applied = {decision.decision: reached.get(decision.decision, 0) for decision in decisions}
    rows = sorted(by_row)
    as_read = answers.take(pa.array(rows, pa.int64()))
    if not rows:
        return DecidedAnswers(answers, as_read, applied)
    new = [_decided_row(row, by_row[n]) for n, row in zip(rows, as_read.to_pylist(), strict=True)]
    schema = plain_schema(TABLE_BY_NAME["answers"])
    stays = np.ones(answers.num_rows, dtype=bool)
    stays[rows] = False
    standing = pa.concat_tables([answers.filter(pa.array(stays)), pa.Table.from_pylist(new, schema=schema)])
    return DecidedAnswers(standing, as_read, applied)


def _targets(answers: pa.Table, decisions: Sequence[CellDecision]) -> list[tuple[CellDecision, int | None]]:
    """Each decision with the index of the row that it is of, None where that cannot be said."""
    documents = pa.array(sorted({decision.cell.document_id for decision in decisions}), pa.string())
    indices = np.flatnonzero(pc.is_in(answers["document_id"], documents).to_numpy())
    rows = answers.select(_NAMES).take(pa.array(indices)).to_pylist()
    by_cell: dict[CellKey, list[tuple[int, Row]]] = defaultdict(list)
    for index, row in zip(indices.tolist(), rows, strict=True):
        by_cell[cell_key(row)].append((index, row))
    return [(decision, _target(decision, by_cell)) for decision in decisions]


def _target(decision: CellDecision, by_cell: Mapping[CellKey, Sequence[tuple[int, Row]]]) -> int | None:
    rows = by_cell.get(decision.cell, ())
    exact = [index for index, row in rows if place_text(row["source"]) == decision.place]
    if len(exact) == 1:
        return exact[0]
    near = [index for index, row in rows if _same_surface(row, decision)]
    if len(rows) == 1 and near:
        return near[0]
    return None if rows else _by_place(decision, by_cell)


def _same_surface(row: Row, decision: CellDecision) -> bool:
    """Whether a row stands on the sheet or page on which it stood when it was decided; without a place it may."""
    return not decision.place or surface_of(place_text(row["source"])) == surface_of(decision.place)


def surface_of(place: str) -> str:
    """The sheet or page of a place."""
    return place.rpartition("!")[0] if "!" in place else place.partition(" ")[0]


def _by_place(decision: CellDecision, by_cell: Mapping[CellKey, Sequence[tuple[int, Row]]]) -> int | None:
    """The row at the very place and with the very question, where the id of its item is another one by now."""
    wanted = fold(decision.question)
    rows = [
        index
        for cell, entries in by_cell.items()
        for index, row in entries
        if (cell.document_id, cell.respondent) == (decision.cell.document_id, decision.cell.respondent)
        and place_text(row["source"]) == decision.place
        and wanted == fold(row["requirement"] or row["item"] or "")
    ]
    return rows[0] if len(rows) == 1 and decision.place and wanted else None


def _decided_row(row: Row, decided: CellDecision) -> Row:
    """The row with what was decided; texts stay as printed."""
    return row | {
        "answer": decided.answer,
        "caveat": None,
        "planned": decided.answer == AnswerValue.PLANNED or decided.planned_date is not None,
        "planned_date": decided.planned_date,
        "answer_rule": REVIEWED,
        "value": value_struct(decided.figure, "answer") if decided.figure else None,
        "confidence": 1.0,
        "decided": True,
        "answer_read": row["answer"],
        "replied_at": decided.received,
    }
