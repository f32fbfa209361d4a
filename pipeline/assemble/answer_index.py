"""Rows of all documents in, who was asked what in which order out: places and numbers to work on whole columns with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.assemble.collect import Harvest
from pipeline.incremental.previous_run import Row

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers column by column in reading order: item, document and checklist of each as places in the lists beside.

    `order` are the places of the answers in their table.
    """

    order: Places
    item: Places
    document: Places
    checklist: Places
    item_ids: Sequence[str]
    checklists: Sequence[Row]


def asked_of(rows: Harvest) -> Asked:
    """All answers in reading order: documents by path and version, then their rows."""
    answers = rows.tables["answers"]
    documents = sorted(
        (one for one in rows.known if one.row["duplicate_of"] is None),
        key=lambda one: (one.path, one.version),
    )
    rank = {one.document_id: place for place, one in enumerate(documents)}
    checklists = sorted(rows.checklists, key=lambda row: (rank[row["document_id"]], row["checklist"]))
    ids = answers["document_id"].combine_chunks().dictionary_encode()
    ranks = np.array([rank[name] for name in ids.dictionary.to_pylist()], dtype=np.intp)
    document = ranks[numbers(ids.indices)] if len(ids) else np.zeros(0, np.intp)
    order = np.lexsort((numbers(answers["row"]), document)).astype(np.intp)
    items = answers["item_id"].combine_chunks().dictionary_encode()
    number = numbers(answers["checklist"])
    wide = int(number.max(initial=0)) + 1
    keys = np.array([rank[row["document_id"]] * wide + row["checklist"] for row in checklists], dtype=np.intp)
    place = np.searchsorted(keys, document * wide + number).astype(np.intp)
    return Asked(
        order, numbers(items.indices)[order], document[order], place[order],
        items.dictionary.to_pylist(), checklists,
    )  # fmt: skip


def numbers(column: Any) -> Places:
    """A column of whole numbers as an array."""
    return np.asarray(
        column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy(), np.intp
    )


def firsts(items: Places) -> tuple[Places, Places]:
    """Each item and the place where it comes first."""
    found, first = np.unique(items, return_index=True)
    return found, first.astype(np.intp)
