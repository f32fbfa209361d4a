"""Tables of a dataset in, the same without rows that stand twice out, and the documents that are to be read anew for it.

A row is told by its key. A dataset in which two files shared one name, as an early version wrote it, holds such rows; each run
doubled them again. Tables without a key lose the rows of these documents that are equal in every column.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

KEYS: dict[str, tuple[str, ...]] = {
    "answers": ("document_id", "row"), "documents": ("path", "version"), "checklists": ("document_id", "checklist"),
    "items": ("item_id",), "controls": ("control_id",), "alignments": ("item_id", "rank"), "decisions": ("kind", "key"),
}  # fmt: skip
_KEYS_OF_RUNS: dict[str, tuple[str, ...]] = {
    "known": ("path", "version"),
    "lists": ("document_id", "checklist"),
}


def drop_doubled_rows(tables: Mapping[str, pa.Table]) -> tuple[dict[str, pa.Table], frozenset[str]]:
    """The tables with one row for each key, and the ids of the documents of which rows stood twice; none in a sound dataset."""
    keys = {name: key for name, key in (KEYS | _KEYS_OF_RUNS).items() if name in tables}
    kept = {name: _first_of_key(tables[name], key) for name, key in keys.items()}
    doubled = {name: rows for name, rows in kept.items() if len(rows) < tables[name].num_rows}
    if not doubled:
        return dict(tables), frozenset()
    ids = frozenset(
        document
        for name, rows in doubled.items()
        if "document_id" in tables[name].schema.names
        for document in _dropped_ids(tables[name], rows)
    )
    single = {name: tables[name].take(pa.array(rows)) for name, rows in doubled.items()}
    keyless = {name: _without_equals(tables[name], ids) for name in tables if name not in keys}
    mended = dict(tables) | keyless | single
    gone = ids - set(mended["documents"]["document_id"].to_pylist())
    return {name: _without_documents(table, gone) for name, table in mended.items()}, ids


def _first_of_key(table: pa.Table, key: Collection[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The numbers of the rows that are the first of their key, in order."""
    columns = table.select(list(key))
    numbered = columns.append_column("#", pa.array(np.arange(table.num_rows)))
    first = numbered.group_by(list(key)).aggregate([("#", "min")])["#_min"].to_numpy()
    return np.sort(first)


def _dropped_ids(table: pa.Table, kept: np.ndarray[tuple[int], np.dtype[np.int64]]) -> set[str]:
    dropped = np.setdiff1d(np.arange(table.num_rows), kept)
    return set(table["document_id"].take(pa.array(dropped)).to_pylist())


def _without_documents(table: pa.Table, ids: Collection[str]) -> pa.Table:
    """The table without the rows of these documents."""
    if not ids or "document_id" not in table.schema.names:
        return table
    return table.filter(pc.invert(pc.is_in(table["document_id"], pa.array(sorted(ids), pa.string()))))


def _without_equals(table: pa.Table, ids: Collection[str]) -> pa.Table:
    """The table with those rows of these documents once that are equal in every column."""
    suspect = pc.is_in(table["document_id"], pa.array(sorted(ids), pa.string()))
    seen: set[str] = set()
    keep = []
    for number, row in zip(
        np.flatnonzero(suspect.to_numpy()), table.filter(suspect).to_pylist(), strict=True
    ):
        text = repr(row)
        if text in seen:
            continue
        seen.add(text)
        keep.append(int(number))
    rows = np.sort(np.concatenate([np.flatnonzero(~suspect.to_numpy()), np.array(keep, dtype=np.int64)]))
    return table.take(pa.array(rows))
