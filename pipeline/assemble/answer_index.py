"""Rows of all documents in, an index over the answers out: item, document and checklist of each, in reading order.

Input: the collected rows. Output: arrays of indices, to work on whole columns with: a dataset of a million answers takes
seconds. Reading order is that of the files (`a社/回答.xlsx` before `b社/回答.xlsx`), their versions, and their rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.assemble.collect import CollectedRows
from pipeline.incremental.previous_run import KnownDocument, Row

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class AnswerIndex:
    """The answers column by column in reading order: item, document and checklist of each as indices into the lists beside.

    `order` are the indices of the answers in their table.
    """

    order: Indices
    item: Indices
    document: Indices
    checklist: Indices
    item_ids: Sequence[str]
    checklists: Sequence[Row]

    def where_checklist(self, flags: Sequence[bool]) -> NDArray[np.bool_]:
        """For each answer the flag of its checklist."""
        return np.array(flags, dtype=bool)[self.checklist]


def index_answers(rows: CollectedRows) -> AnswerIndex:
    """All answers in reading order: documents by path and version, then their rows."""
    answers = rows.tables["answers"]
    rank = _document_ranks(rows)
    checklists = sorted(rows.checklists, key=lambda row: (rank[row["document_id"]], row["checklist"]))
    ids = answers["document_id"].combine_chunks().dictionary_encode()
    ranks = np.array([rank[name] for name in ids.dictionary.to_pylist()], dtype=np.intp)
    document = ranks[column_to_array(ids.indices)] if len(ids) else np.zeros(0, np.intp)
    order = np.lexsort((column_to_array(answers["row"]), document)).astype(np.intp)
    items = answers["item_id"].combine_chunks().dictionary_encode()
    number = column_to_array(answers["checklist"])
    width = int(number.max(initial=0)) + 1
    keys = np.array(
        [rank[row["document_id"]] * width + row["checklist"] for row in checklists], dtype=np.intp
    )
    checklist = np.searchsorted(keys, document * width + number).astype(np.intp)
    return AnswerIndex(
        order, column_to_array(items.indices)[order], document[order], checklist[order],
        items.dictionary.to_pylist(), checklists,
    )  # fmt: skip


def _document_ranks(rows: CollectedRows) -> dict[str, int]:
    """Document id → its rank, of all that hold answers."""
    return {known.document_id: rank for rank, known in enumerate(ranked_documents(rows))}


def ranked_documents(rows: CollectedRows) -> list[KnownDocument]:
    """The documents that hold answers, by path and version."""
    owners = (known for known in rows.known if known.row["duplicate_of"] is None)
    return sorted(owners, key=lambda known: (known.path, known.version))


def column_to_array(column: Any) -> Indices:
    """A column of whole numbers as an array."""
    return np.asarray(
        column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy(), np.intp
    )


def first_indices(items: Indices) -> tuple[Indices, Indices]:
    """Each item and the index at which it comes first."""
    codes, first = np.unique(items, return_index=True)
    return codes, first.astype(np.intp)
